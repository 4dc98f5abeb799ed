"""What was said and ruled and then taken back: it counts no more, and it was said all the same."""

from __future__ import annotations

from collections.abc import Iterator

from ttx.i18n import _
from ttx.report.aar.account import Account
from ttx.report.document import Heading, Paragraph, Part, Table
from ttx.session.control_events import Amended, Challenged, ReckoningAmended
from ttx.session.events import Answered, Committed, Entry, Moved, Ruled
from ttx.session.view.record import TRUTH, RecordView
from ttx.session.view.table import opened

TOLD = (Moved, Committed, Answered, Ruled, Amended, ReckoningAmended, Challenged)
"""What somebody gave and what came of it; the rest is how a run goes on."""


def taken_back(account: Account) -> list[Part]:
    """A table for each time, in the order of the record; nothing where nothing was taken back."""
    parts: list[Part] = []
    view = RecordView(account.timeline, TRUTH)
    for _back, n in account.game.undone:
        rows = tuple(_rows(account, view, n))
        if rows:
            place = opened(account.timeline.games[n])
            parts += [Paragraph(_("Back to {place}:", place=place)), _table(rows)]
    return [Heading(2, _("What was taken back")), *parts] if parts else []


def _table(rows: tuple[tuple[str, ...], ...]) -> Table:
    return Table((_("Who"), _("What counts no more")), rows, widths=(20, 80))


def _rows(account: Account, view: RecordView, undone: int) -> Iterator[tuple[str, str]]:
    for entry in _struck(account, undone):
        yield account.who(entry.by), view.line(entry.n, account.timeline.last).what


def _struck(account: Account, undone: int) -> Iterator[Entry]:
    """What one undo took back, as far as it is told."""
    for entry in account.timeline.entries:
        by = account.timeline.struck.get(entry.n)
        if by == undone and isinstance(entry.event, TOLD):
            yield entry
