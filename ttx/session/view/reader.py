"""Who reads a record: a side, a seat with its cells, and what that side knows."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from ttx.exercise.model import text
from ttx.session.game import Game
from ttx.session.notebook_events import AS_THE_ROOM
from ttx.session.run import OBSERVER, PROJECTOR
from ttx.session.side_commands import evaluators
from ttx.session.timeline import Timeline
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
    language: str

    def cell_of(self, by: str) -> str:
        """The cell of an entry's author; empty where that is no seat."""
        return next((s.cell for s in self.timeline.run.exercise.seat if s.id == by), "")

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

    @cached_property
    def cells(self) -> dict[str, str]:
        """Names of the cells."""
        return {c.id: text(c.name, self.language) for c in self.timeline.run.exercise.cell}

    @cached_property
    def seats(self) -> dict[str, str]:
        """Short names of the seats."""
        return {s.id: s.short for s in self.timeline.run.exercise.seat}


def reader(timeline: Timeline, seat: str, language: str) -> Reader:
    """A seat as a reader; the room's screen, and an observer who sees what it does, as the room."""
    run = timeline.run
    observes = seat == OBSERVER and timeline.game.notebook.observers_see == AS_THE_ROOM
    if observes or seat == PROJECTOR:
        side: Side = "red" if run.red_seated else "allied"
        return Reader(timeline, seat, side, frozenset(), language)
    cell = run.seat(seat).cell
    side = next(one.side for one in run.exercise.cell if one.id == cell)
    return Reader(timeline, seat, side, frozenset(run.speaks_for(seat)), language)
