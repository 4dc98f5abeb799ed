"""The entries of a record as a seat may read them: who did what, and what is not for it yet."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from enum import Enum, auto

from ttx.i18n import N_, _, ngettext
from ttx.session import events as play
from ttx.session import notebook_events as notes
from ttx.session import phases
from ttx.session.event_codec import Event
from ttx.session.events import Entry
from ttx.session.run import ROBOT, Run
from ttx.session.timeline import Timeline
from ttx.session.view.disclosure import NEVER, RULING, WASH, opens_when
from ttx.session.view.entry_text import entry_text
from ttx.session.view.reader import reader
from ttx.session.view.visibility import side_of

TRUTH = ""
"""The eye that sees everything; only where the exercise is closed."""
AUTHORS = {"nobody": N_("open gate"), "dice": N_("the dice"), "model": N_("the model")}
"""Authors of entries who are no seat."""
OPENERS: dict[type[Event], str] = {play.Confirmed: RULING, play.Ended: WASH}
"""Which entries open what waits for that."""
NOT_YET = 10**9
"""The number of an entry that opens later, or never."""


@dataclass(frozen=True, slots=True)
class EntryView:
    """One entry in a line."""

    n: int
    turn: int
    at: str
    """Wall time, ISO, in UTC; empty where no person plays."""
    who: str
    what: str


class Sort(Enum):
    """What an entry is to whoever cannot read it."""

    ANSWER = auto()
    NOTE = auto()
    MOVE = auto()
    RULING = auto()
    OTHER = auto()


def viewpoints(timeline: Timeline) -> list[str]:
    """Whose eye a record may be seen through: once closed anybody's, before that the players'."""
    exercise = timeline.run.exercise
    white = {cell.id for cell in exercise.cell if cell.side == "white"}
    if timeline.game.phase == phases.CLOSED:
        return [TRUTH, *(seat.id for seat in exercise.seat)]
    return [seat.id for seat in exercise.seat if seat.cell not in white]


def sitting(run: Run, viewpoint: str) -> str:
    """The seat whose views a viewpoint gets; the full truth is what the white cell's lead sees.

    In an exercise without a white cell it is what the lead of a people's cell sees.
    """
    if viewpoint != TRUTH:
        return viewpoint
    white = (seat.id for seat in run.exercise.seat if side_of(run, seat.id) == "white")
    return next(white, run.first_seat)


class RecordView:
    """A record from one viewpoint; each entry opens to it at once, or later, or never.

    An answer opens when its ruling can be read, a note and a reason at the hot wash. Entries of the
    allied cells' own work never open to a seat of the other side before the hot wash.
    """

    def __init__(self, timeline: Timeline, viewpoint: str) -> None:
        """What is made is kept, and a timeline that grows is read on."""
        self.timeline, self.viewpoint = timeline, viewpoint
        sits = reader(timeline, sitting(timeline.run, viewpoint))
        self.reader = replace(sits, side="white") if viewpoint == TRUTH else sits
        self._open: list[int] = []
        self._late: list[int] = []
        """Numbers of the entries that did not open at once."""
        self._waiting: dict[str, list[int]] = {RULING: [], WASH: [], NEVER: []}
        """Numbers of the entries that wait for one of these to open them."""
        self._lines: dict[tuple[int, bool], EntryView] = {}

    def opens(self) -> list[int]:
        """For each entry the number of the one from which it can be read."""
        waiting = self._waiting
        for entry in self.timeline.entries[len(self._open) :]:
            if isinstance(entry.event, play.Undone):
                back_to = entry.event.back_to
                waiting[RULING] = [n for n in waiting[RULING] if n <= back_to]
            key = OPENERS.get(type(entry.event), "")
            for n in waiting.get(key, ()):
                self._open[n - 1] = min(self._open[n - 1], entry.n)
            waiting[key] = []
            sealed = opens_when(self.reader, entry)
            self._open.append(NOT_YET if sealed else entry.n)
            if sealed:
                self._late.append(entry.n)
            for key in sealed:
                waiting[key].append(entry.n)
        return self._open

    def hidden(self, head: int) -> Counter[Sort]:
        """How many entries up to the head could not be read then, by what they are."""
        shut = (self.timeline.entries[n - 1].event for n in self._shut(head) if n <= head)
        return Counter(SORTS.get(type(event), Sort.OTHER) for event in shut)

    def seen(self, head: int) -> list[int]:
        """Numbers of the entries that can be read: those up to the head, and those after it."""
        shut = set(self._shut(head))
        return [n for n in range(1, self.timeline.last + 1) if n not in shut]

    def _shut(self, head: int) -> list[int]:
        """Numbers of the entries that cannot be read with the head there, rising."""
        opens = self.opens()
        return [n for n in self._late if opens[n - 1] > head]

    def line(self, n: int, head: int) -> EntryView:
        """An entry that can be read, as it reads with the head there."""
        phase = self.timeline.games[max(n, head)].phase
        wash = self.reader.side == "white" or phase in phases.PLAY_IS_OVER
        key = (n, wash)
        if key not in self._lines:
            entry = self.timeline.entries[n - 1]
            self._lines[key] = EntryView(
                n,
                entry.turn,
                entry.at,
                self._who(entry),
                entry_text(self.reader, entry, wash=wash),
            )
        return self._lines[key]

    def undone(self, n: int, head: int) -> bool:
        """Whether an entry was taken back by then; one that is ahead, whether it ever was."""
        by = self.timeline.struck.get(n, 0)
        return bool(by) and (n > head or by <= head)

    def _who(self, entry: Entry) -> str:
        by = entry.by
        names = self.reader.names_of(self.timeline.run.exercise)
        if by.startswith(ROBOT):
            cell = entry.event.cell if isinstance(entry.event, play.Answered) else ""
            if cell in names.cells:
                return _("{cell} robot", cell=names.cells[cell])
            return _("robot {name}", name=by.removeprefix(ROBOT))
        return _(AUTHORS[by]) if by in AUTHORS else names.seats.get(by, by)


SORTS: dict[type[Event], Sort] = {
    play.Answered: Sort.ANSWER,
    play.Committed: Sort.ANSWER,
    notes.Noted: Sort.NOTE,
    play.Moved: Sort.MOVE,
    play.Ruled: Sort.RULING,
    play.Reckoned: Sort.RULING,
}
"""All other kinds are OTHER."""
COUNTED: dict[Sort, Callable[[int], str]] = {
    Sort.ANSWER: lambda count: ngettext("{count} answer", "{count} answers", count),
    Sort.NOTE: lambda count: ngettext("{count} note", "{count} notes", count),
    Sort.MOVE: lambda count: ngettext("{count} move", "{count} moves", count),
    Sort.RULING: lambda count: ngettext("{count} ruling", "{count} rulings", count),
    Sort.OTHER: lambda count: _("{count} other", count=count),
}


def counted(hidden: Mapping[Sort, int]) -> str:
    """What could not be read, in words: `2 answers, 1 note`."""
    return ", ".join(COUNTED[sort](count) for sort, count in hidden.items())
