"""What was said of the session, in a line of the record: its particulars, and the targets."""

from __future__ import annotations

from ttx.i18n import _
from ttx.session.notebook_events import ParticularsSet, TargetsSet
from ttx.session.particulars import Particulars
from ttx.session.view import particulars
from ttx.session.view.reader import Line


def particulars_set(line: Line[ParticularsSet]) -> str:
    """What the cover says from here on; of a correction, what stood there before as well."""
    before = line.reader.at(line.entry.n - 1).notebook.particulars
    if before != Particulars():
        changed = "; ".join(particulars.changes(before, line.event.particulars))
        return _("corrected the session's particulars: {changed}", changed=changed)
    stated = particulars.cover(line.event.particulars)
    told = "; ".join(f"{label}: {words}".replace("\n", ", ") for label, words in stated)
    return _("set the session's particulars: {told}", told=told or _("none"))


def targets_set(line: Line[TargetsSet]) -> str:
    """What the sponsor would have reached."""
    exercise = line.now.run.exercise
    told = "; ".join(
        f"{of} ({words})" for of, words in particulars.target_texts(exercise, line.event.targets)
    )
    return _("set the sponsor's targets: {told}", told=told or _("none"))
