"""What was stated of the session: the sponsor's targets, and how its particulars were corrected."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from ttx.i18n import _
from ttx.report.aar.account import Account
from ttx.report.document import Bullets, Heading, Part
from ttx.report.targets import target_rows, target_table
from ttx.session.notebook_events import ParticularsSet, TargetsSet
from ttx.session.view import particulars


def targets(account: Account) -> list[Part]:
    """Each target beside what was reached, and when it was set; nothing where none is."""
    rows = target_rows(account.game, account.targets)
    if not rows:
        return []
    parts: list[Part] = [Heading(2, _("Targets of the sponsor")), target_table(rows)]
    sentences = tuple(_set(account))
    return [*parts, Bullets(sentences)] if sentences else parts


def _set(account: Account) -> Iterator[str]:
    """When targets were set, where that was not before play, or they were changed."""
    if account.imprint.stated is not None:
        yield _("These targets are from a file that was named, and not of the record.")
        return
    exercise, before = account.exercise, dict[str, str]()
    for at, (stamp, event) in enumerate(account.game.notebook.of(TargetsSet)):
        now = dict(particulars.target_texts(exercise, event.targets))
        when = ", ".join(account.when(stamp).split("\n"))
        if not at and stamp.turn:
            yield _("Set during or after play: {when}.", when=when)
        elif at:
            none = _("none")
            changed = "; ".join(
                f"{of}: {now.get(of, none)} ({before.get(of, none)})"
                for of in dict.fromkeys([*before, *now])
                if now.get(of) != before.get(of)
            )
            yield _("Changed ({when}), before in brackets: {changed}.", when=when, changed=changed)
        before = now


def corrections(account: Account) -> Iterator[str]:
    """How what stands on the cover came to be what it is, a sentence for each time it changed."""
    if account.imprint.stated is not None:
        yield _("What stands on the cover is from a file that was named, and not of the record.")
    stated = account.game.notebook.of(ParticularsSet)
    for (_before, first), (stamp, then) in pairwise(stated):
        changed = "; ".join(
            particulars.changes(first.particulars, then.particulars, anonymous=account.anonymous)
        )
        when = ", ".join(account.when(stamp).split("\n"))
        yield _("{when}: {changed}.", when=when, changed=changed)
