"""What others did, told to a seat in plain lines as it happens: who, and what."""

from __future__ import annotations

from collections.abc import Iterator

from ttx.i18n import N_, _
from ttx.plain.conversation import whole_number
from ttx.plain.sitting import Sitting
from ttx.session import control_events as control
from ttx.session import events as play
from ttx.session import notebook_events as notes
from ttx.session.command import ended
from ttx.session.events import Entry
from ttx.session.timeline import Timeline
from ttx.session.view import words
from ttx.session.view.notices import Notice, notices, waiting
from ttx.session.view.record import AUTHORS, RecordView

LAST = 20
"""Entries that the record is told by, where no number is named."""
READ = N_("ok says that you have read it.")
BY_STEPS = (
    play.Started,
    play.TurnOpened,
    play.Released,
    play.Ruled,
    play.Reckoned,
    play.Told,
    play.ResponsesOpened,
    play.Closed,
    play.Confirmed,
)
"""What a seat is told by what lies before it next."""


ALONE = (play.Moved, play.LeversClosed, play.Emptied, control.Delivered)
"""What is told as it comes where nobody else sits at the table."""


class News:
    """Reads a record on, for one seat."""

    def __init__(self, at: Sitting) -> None:
        """Nothing is told of what the seat has heard before."""
        self._at = at
        self._timeline = Timeline(at.game.run, at.table.entries)
        self._view = RecordView(self._timeline, at.seat)

    def tell(self) -> bool:
        """Tell what others did since the last time; whether there was anything to tell."""
        at = self._at
        lines = list(self._lines())
        if len(lines) > LAST:
            before = len(lines) - LAST
            first = _("{count} things came before these; record tells them.", count=before)
            lines = [first, *lines[-LAST:]]
        waits = [notice.entry for notice in self._sent() if notice.waits]
        told = [notice.entry for notice in self._sent()]
        at.kept.heard = at.seen = at.game.entries
        at.tell(*lines, _(READ) if waits else "")
        at.record_told(told)
        return bool(lines)

    def tell_waiting(self) -> None:
        """Tell again what was said to the seat and not acknowledged."""
        at = self._at
        open_ = [notice for notice in reversed(waiting(at.eye)) if notice.entry <= at.kept.heard]
        if open_:
            at.tell(*(notice.words for notice in open_), _(READ))
            at.record_told([notice.entry for notice in open_])

    @property
    def any(self) -> bool:
        """Whether others did something that the seat was not told yet."""
        return next(self._lines(), None) is not None

    @property
    def sent(self) -> bool:
        """Whether any of that was said to the seat itself."""
        return next(self._sent(), None) is not None

    def _sent(self) -> Iterator[Notice]:
        heard = self._at.kept.heard
        return (notice for notice in notices(self._at.eye) if notice.entry > heard)

    def _lines(self) -> Iterator[str]:
        at = self._at
        if at.seat != self._view.viewpoint:
            self._view = RecordView(self._timeline, at.seat)
        self._timeline.extend(at.table.entries[self._timeline.last :])
        sent = {notice.entry: notice.words for notice in self._sent()}
        opens = self._view.opens()
        for entry in self._timeline.entries[at.kept.heard :]:
            if entry.n in sent:
                yield sent[entry.n]
            elif entry.by != at.seat and opens[entry.n - 1] <= entry.n and _is_news(at, entry):
                line = self._view.line(entry.n, self._timeline.last)
                what = ended(line.what)
                by_itself = entry.by in AUTHORS
                yield words.capital(what) if by_itself else f"{line.who}: {what}"

    def record(self, typed: str) -> None:
        """The last entries that the seat may read."""
        at = self._at
        count = whole_number(typed) or LAST
        last = self._timeline.last
        shown = [n for n in self._view.seen(last) if n <= last][-count:]
        sentences = []
        for n in shown:
            line = self._view.line(n, last)
            back = _(" (taken back)") if self._view.undone(n, last) else ""
            sentences.append(f"{n}. {line.who}: {line.what}{back}")
        at.listed(_("THE RECORD"), sentences, _("Nothing yet."))


def _is_news(at: Sitting, entry: Entry) -> bool:
    """Whether an entry is told as it comes; alone at a keyboard that is what robots moved."""
    if isinstance(entry.event, (*BY_STEPS, notes.Acknowledged)):
        return False
    return at.hosted or isinstance(entry.event, ALONE)
