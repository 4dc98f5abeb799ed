"""The entries of a record as a seat may read them: who did what, and what is not for it yet."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

from ttx.exercise.model import text
from ttx.session import phases
from ttx.session.events import (
    EVERYBODY,
    Answered,
    AnswersClosed,
    Closed,
    Committed,
    Confirmed,
    Emptied,
    Ended,
    Entry,
    Forked,
    Given,
    LeversClosed,
    LeversLeft,
    Messaged,
    MoveAsked,
    Moved,
    MoveLapsed,
    MoveRefused,
    Paused,
    Readied,
    Reckoned,
    Released,
    Resumed,
    Ruled,
    Started,
    Told,
    TurnOpened,
    Undone,
)
from ttx.session.facts import Event
from ttx.session.game import Game
from ttx.session.noted import Noted
from ttx.session.reel import Reel, carried
from ttx.session.run import Run
from ttx.session.view import clock
from ttx.session.view.answers import numbered
from ttx.session.view.seals import NEVER, RULING, WASH, waits_for
from ttx.session.view.sight import announced_levers, own_adversaries, side_of
from ttx.session.view.told import told_of_control, told_of_the_notebook

TRUTH = ""
"""The eye that sees everything; only where the exercise is closed."""
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


def eyes(reel: Reel) -> list[str]:
    """Whose eye a record may be seen through: once closed anybody's, before that the players'."""
    exercise = reel.run.exercise
    white = {cell.id for cell in exercise.cell if cell.side == "white"}
    if reel.game.phase == phases.CLOSED:
        return [TRUTH, *(seat.id for seat in exercise.seat)]
    return [seat.id for seat in exercise.seat if seat.cell not in white]


def sitting(run: Run, eye: str) -> str:
    """The seat whose views an eye gets; the full truth is what the white cell's lead sees.

    In an exercise without a white cell it is what the lead of a people's cell sees.
    """
    if eye != TRUTH:
        return eye
    white = (seat.id for seat in run.exercise.seat if side_of(run, seat.id) == "white")
    return next(white, run.first_seat)


def opened(game: Game, language: str) -> str:
    """What a run stands at the opening of: `the levers of turn 4`, `the question of 4.1 Title`."""
    turn = game.turns[-1]
    number = turn.opened.turn
    if game.phase == phases.LEVERS or game.inject is None:
        return f"the levers of turn {number}"
    return f"the question of {number}.{len(turn.slots)} {text(game.inject.title, language)}"


class RecordView:
    """A record through one eye; each entry opens to it at some moment, at once or later or never.

    An answer opens when its ruling can be read, a note and a reason at the hot wash. Entries of the
    allied cells' own work never open to a seat of the other side before the hot wash.
    """

    def __init__(self, reel: Reel, eye: str, language: str = "en") -> None:
        """A reel and an eye; what is made is kept, and a reel that grows is read on."""
        self.reel, self.eye, self.language = reel, eye, language
        run = reel.run
        seat = sitting(run, eye)
        self.side = "white" if eye == TRUTH else side_of(run, seat)
        self.seat = seat
        self.own = frozenset(run.speaks_for(seat))
        self.adversaries = own_adversaries(run.exercise, seat)
        self.announced = frozenset(announced_levers(run.exercise))
        self._open: list[int] = []
        self._late: list[int] = []
        """Numbers of the entries that did not open at once."""
        self._waiting: dict[str, list[int]] = {RULING: [], WASH: [], NEVER: []}
        """Numbers of the entries that wait for one of these to open them."""
        self._lines: dict[tuple[int, bool], EntryView] = {}

    def opens(self) -> list[int]:
        """For each entry the number of the one from which it can be read."""
        waiting = self._waiting
        for entry in self.reel.entries[len(self._open) :]:
            if isinstance(entry.event, Undone):
                back_to = entry.event.back_to
                waiting[RULING] = [n for n in waiting[RULING] if n <= back_to]
            for key in self._keys(entry):
                for n in waiting[key]:
                    self._open[n - 1] = min(self._open[n - 1], entry.n)
                waiting[key] = []
            sealed = waits_for(self, entry)
            self._open.append(NOT_YET if sealed else entry.n)
            if sealed:
                self._late.append(entry.n)
            for key in sealed:
                waiting[key].append(entry.n)
        return self._open

    def _keys(self, entry: Entry) -> tuple[str, ...]:
        """What an entry opens."""
        match entry.event:
            case Confirmed():
                return (RULING,)
            case Ended():
                return (WASH,)
        return ()

    def cell_of(self, by: str) -> str:
        """The cell of an entry's author; empty where that is no seat."""
        return next((s.cell for s in self.reel.run.exercise.seat if s.id == by), "")

    def hidden(self, head: int) -> dict[str, int]:
        """How many entries up to the head the eye could not read then, by what they are."""
        found: dict[str, int] = {}
        for n in self._shut(head):
            if n > head:
                break
            event = self.reel.entries[n - 1].event
            kind = {Answered: "answer", Committed: "answer", Noted: "note", Moved: "move"}.get(
                type(event)
            )
            name = kind or ("ruling" if isinstance(event, Ruled | Reckoned) else "other")
            found[name] = found.get(name, 0) + 1
        return found

    def seen(self, head: int) -> list[int]:
        """Numbers of the entries that can be read: those up to the head, and those after it."""
        shut = set(self._shut(head))
        return [n for n in range(1, self.reel.last + 1) if n not in shut]

    def _shut(self, head: int) -> list[int]:
        """Numbers of the entries that the eye cannot read with the head there, rising."""
        opens = self.opens()
        return [n for n in self._late if opens[n - 1] > head]

    def line(self, n: int, head: int) -> EntryView:
        """An entry that can be read, as it reads with the head there."""
        wash = self.side == "white" or self.reel.moments[max(n, head)].phase in (
            phases.HOTWASH,
            phases.CLOSED,
        )
        key = (n, wash)
        if key not in self._lines:
            entry = self.reel.entries[n - 1]
            self._lines[key] = EntryView(
                n,
                entry.turn,
                entry.at,
                self._who(entry),
                _told(self, entry, wash=wash),
            )
        return self._lines[key]

    def undone(self, n: int, head: int) -> bool:
        """Whether an entry was taken back by then; one that is ahead, whether it ever was."""
        by = self.reel.struck.get(n, 0)
        return bool(by) and (n > head or by <= head)

    def _who(self, entry: Entry) -> str:
        by = entry.by
        if by.startswith("robot:"):
            cell = entry.event.cell if isinstance(entry.event, Answered) else ""
            return f"{self.cells[cell]} robot" if cell else f"robot {by.removeprefix('robot:')}"
        told = {"nobody": "open gate", "dice": "the dice", "model": "the model"}
        return told.get(by) or self.seats.get(by, by)

    @cached_property
    def cells(self) -> dict[str, str]:
        """Names of the cells."""
        return {c.id: text(c.name, self.language) for c in self.reel.run.exercise.cell}

    @cached_property
    def seats(self) -> dict[str, str]:
        """Short names of the seats."""
        return {s.id: s.short for s in self.reel.run.exercise.seat}


def _told(view: RecordView, entry: Entry, *, wash: bool) -> str:
    """What happened, in a line."""
    event = entry.event
    plain: dict[type[Event], str] = {
        Readied: "had read the briefing",
        Started: "STARTEX",
        Told: "read on",
        Paused: "paused the exercise",
        Resumed: "went on",
        Closed: "the hot wash was over",
    }
    if type(event) in plain:
        return plain[type(event)]
    makers: dict[type[Event], Callable[[], str]] = {
        Moved: lambda: _move(view, event, "moved"),
        MoveAsked: lambda: _move(view, event, "asked for"),
        MoveRefused: lambda: _move(view, event, "refused"),
        MoveLapsed: lambda: _move(view, event, "nobody answered the request for"),
        Messaged: lambda: _message(view, event),
    }
    if type(event) in makers:
        return makers[type(event)]()
    run, language = view.reel.run, view.language
    number = view.reel.number(entry.n)
    match event:
        case TurnOpened():
            return f"turn {event.turn} opened"
        case LeversLeft():
            return f"{view.cells[event.cell]} is done with its levers"
        case LeversClosed():
            row = next(p for p in run.exercise.posture if p.id == event.posture)
            shown = view.side != "red"
            return "levers closed" + (f"; set up: {text(row.name, language)}" if shown else "")
        case Released():
            return _release(view, entry, event, wash=wash)
        case Emptied():
            return f"the {event.slot} slot stayed empty"
        case Answered():
            return _answer(view, entry, event, whole=wash or event.cell in view.own)
        case Committed():
            return _answer(view, entry, event, whole=wash or entry.by == view.seat)
        case AnswersClosed():
            named = " and ".join(view.cells[cell] for cell in event.cells)
            return "closed the deliberation" + (f" without an answer of {named}" if named else "")
        case Ruled():
            return _ruling(view, entry, event, number)
        case Reckoned():
            return _reckoning(view, event, wash=wash)
        case Confirmed():
            what = f"ruling {number}" if event.what == "ruling" else "the reckoning"
            return f"confirmed {what}" if event.facilitated else f"{what} stood"
        case Noted():
            return f"{event.sort or 'note'}: {event.text}"
        case Undone():
            return f"went back to {opened(view.reel.moments[entry.n], language)}"
        case Forked():
            return f"forked from {event.parent} at entry {event.cut}"
        case Ended():
            return f"ENDEX, {event.reason}"
    return told_of_control(view, entry, wash=wash) or told_of_the_notebook(view, entry)


def _release(view: RecordView, entry: Entry, event: Released, *, wash: bool) -> str:
    """A release; what else was due for the slot is for the white cell alone."""
    exercise = view.reel.moments[entry.n].run.exercise
    said = text(exercise.injects[event.inject].title, view.language)
    words = f"released {view.reel.number(entry.n)} {said}"
    if view.side == "white" and event.instead_of:
        words += f" instead of {text(exercise.injects[event.instead_of].title, view.language)}"
    return words + (f", because: {event.reason}" if wash and event.reason else "")


def _message(view: RecordView, event: Event) -> str:
    assert isinstance(event, Messaged)
    to = "all" if event.to == EVERYBODY else view.seats.get(event.to, event.to)
    return f"to {to}: {event.text}"


def _move(view: RecordView, event: Event, verb: str) -> str:
    assert isinstance(event, Moved | MoveAsked | MoveRefused | MoveLapsed)
    levels = view.reel.run.exercise.levers[event.lever].levels
    name = next(text(one.name, view.language) for one in levels if one.id == event.level)
    return f"{verb} {event.lever} {'to' if verb == 'moved' else 'at'} {name}"


def _answer(view: RecordView, entry: Entry, event: Given, *, whole: bool) -> str:
    inject = view.reel.moments[entry.n].inject
    assert inject is not None
    verb = "committed to" if isinstance(event, Committed) else "answered"
    said = f"{verb} {numbered(inject, event, view.language)}"
    if not entry.by.startswith("robot") and view.reel.run.seat(entry.by).cell != event.cell:
        said = f"{said} (for {view.cells[event.cell]})"
    if whole and event.confidence:
        said += f", {event.confidence}% sure"
    if whole and event.rationale:
        said += f", because: {event.rationale}"
    if whole and event.pro:
        said += f"; it would work: {event.pro}"
    if whole and event.contra:
        said += f"; it might not: {event.contra}"
    return said


def _ruling(view: RecordView, entry: Entry, event: Ruled, number: str) -> str:
    fact = event.ruling
    if fact.minutes:
        tables = view.reel.moments[entry.n].run.tables
        return f"ruled on {number}: {clock.ruled(tables, fact, view.language).verdict}"
    share = {"y": "carried in full", "p": "carried in part", "n": "did not carry"}[carried(event)]
    return f"ruled on {number}: {share}"


def _reckoning(view: RecordView, event: Reckoned, *, wash: bool) -> str:
    exercise = view.reel.run.exercise
    seen = [a for a in exercise.adversary if wash or view.side != "red" or a.id in view.adversaries]
    did = {r.adversary: r.response for r in event.reckoning.responses}
    told = ", ".join(f"{text(a.name, view.language)} {did[a.id]}" for a in seen if a.id in did)
    return f"reckoned turn {event.reckoning.turn}" + (f": {told}" if told else "")
