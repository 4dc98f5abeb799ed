"""What was stated of the session: the sponsor's targets, and how its particulars were corrected."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from ttx.i18n import _
from ttx.report.aar.account import Account
from ttx.report.document import Heading, Part
from ttx.report.targets import target_rows, target_table
from ttx.session.notebook_events import ParticularsSet
from ttx.session.view import particulars


def targets(account: Account) -> list[Part]:
    """Each target beside what was reached; nothing where the sponsor set none."""
    rows = target_rows(account.game, account.targets)
    return [Heading(2, _("Targets of the sponsor")), target_table(rows)] if rows else []


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
