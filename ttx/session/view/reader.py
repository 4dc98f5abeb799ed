"""Who reads a record: a side, a seat with its cells, what that side knows, and a line of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import Generic, Literal, TypeVar

from ttx.exercise.model.exercise import Exercise
from ttx.session.asides import evaluators
from ttx.session.event_codec import Event
from ttx.session.events import Entry
from ttx.session.game import Game
from ttx.session.notebook_events import AS_THE_ROOM
from ttx.session.run import OBSERVER, PROJECTOR
from ttx.session.timeline import Timeline
from ttx.session.view.eye import Names
from ttx.session.view.visibility import announced_levers

Side = Literal["allied", "red", "white"]


@dataclass(frozen=True)
class Reader:
    """One who reads a record; the room's screen reads with one of the sides, and has no cell."""

    timeline: Timeline
    seat: str
    side: Side
    own: frozenset[str]
    """The cells it acts for."""
    _names: dict[int, Names] = field(default_factory=dict, repr=False, compare=False)

    def cell_of(self, by: str) -> str:
        """The cell of an entry's author; empty where that is no seat."""
        return next((seat.cell for seat in self.timeline.run.exercise.seat if seat.id == by), "")

    def at(self, n: int) -> Game:
        """The run after its first n entries."""
        return self.timeline.games[n]

    @cached_property
    def evaluates(self) -> bool:
        """Whether it rates, apart from others who do."""
        return self.seat in evaluators(self.timeline.run)

    @cached_property
    def adversaries(self) -> frozenset[str]:
        """The adversaries that a Red seat plays."""
        if self.side != "red" or not self.own:
            return frozenset()
        return self.timeline.run.adversaries_of(self.seat)

    @cached_property
    def announced(self) -> frozenset[str]:
        """The levers whose level is known outside the alliance."""
        return frozenset(announced_levers(self.timeline.run.exercise))

    def names_of(self, exercise: Exercise) -> Names:
        """What its parts are called; in a run it changes when an inject or a robot is added."""
        return self._names.setdefault(id(exercise), Names(exercise))


def reader(timeline: Timeline, seat: str) -> Reader:
    """A seat as a reader; the room's screen, and an observer who sees what it does, as the room."""
    run = timeline.run
    observes = seat == OBSERVER and timeline.game.notebook.observers_see == AS_THE_ROOM
    if observes or seat == PROJECTOR:
        side: Side = "red" if run.red_seated else "allied"
        return Reader(timeline, seat, side, frozenset())
    side = next(cell.side for cell in run.exercise.cell if cell.id == run.seat(seat).cell)
    return Reader(timeline, seat, side, frozenset(run.speaks_for(seat)))


E_co = TypeVar("E_co", bound=Event, covariant=True)


@dataclass(frozen=True, slots=True)
class Line(Generic[E_co]):
    """An entry that a reader may read, to be told in a line."""

    reader: Reader
    entry: Entry
    event: E_co
    """Its fact."""
    wash: bool
    """Whether all is open: always for the white cell, for others from the hot wash on."""

    @property
    def now(self) -> Game:
        """The run after the entry."""
        return self.reader.at(self.entry.n)

    @property
    def before(self) -> Game:
        """The run before it."""
        return self.reader.at(self.entry.n - 1)

    @property
    def names(self) -> Names:
        """Of the exercise as the run had it then."""
        return self.reader.names_of(self.now.run.exercise)

    @property
    def number(self) -> str:
        """The inject on the table, such as `4.1`; empty where there is none."""
        return self.reader.timeline.number(self.entry.n)

    def seat(self, seat: str) -> str:
        """A seat in short."""
        return self.names.seats.get(seat, seat)
