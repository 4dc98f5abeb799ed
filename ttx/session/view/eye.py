"""Whose eye a run is looked at through: a game, a seat, and the names of things for its reader."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple, Protocol

from ttx import i18n
from ttx.exercise import zones
from ttx.exercise.model.exercise import Exercise
from ttx.exercise.model.injects import Inject
from ttx.exercise.model.part import Text, text
from ttx.exercise.model.tracks import Effect
from ttx.session.events import Released
from ttx.session.game import Game, SlotRecord, TurnRecord
from ttx.session.phases import PLAY_IS_OVER
from ttx.session.rights import rights_of
from ttx.session.run import Run
from ttx.session.view.visibility import (
    Visibility,
    decides,
    everything,
    own_cells,
    side_of,
    visibility,
)
from ttx.session.view.words import Shift, shift

ALL_SEEING = "*"
"""No seat: the eye of the review, which is made for everybody."""


class _Named(Protocol):
    """A part of an exercise with a name."""

    @property
    def id(self) -> str: ...
    @property
    def name(self) -> Text: ...


def _names(parts: Iterable[_Named], language: str) -> dict[str, str]:
    return {part.id: text(part.name, language) for part in parts}


def _named(
    parts: Callable[[Exercise], Iterable[_Named]],
) -> cached_property[dict[str, str]]:
    """A table of names, made when it is first asked for."""
    return cached_property(lambda names: _names(parts(names.exercise), names.language))


class Names:
    """What the parts of an exercise are called in one language, by id; each table is made once."""

    def __init__(self, exercise: Exercise, language: str = "") -> None:
        """Nothing is looked up before it is asked for."""
        self.exercise, self.language = exercise, language

    cells = _named(lambda exercise: exercise.cell)
    """Cells."""
    adversaries = _named(lambda exercise: exercise.adversary)
    """Adversaries."""
    scores = _named(lambda exercise: exercise.score)
    """Scores."""
    budgets = _named(lambda exercise: exercise.budget)
    """Budgets."""
    postures = _named(lambda exercise: exercise.posture)
    """Ways in which the alliance can be set up."""
    leans = _named(lambda exercise: exercise.lean)
    """What an option leans to."""
    levers = _named(lambda exercise: exercise.lever)
    """Levers."""
    robots = _named(lambda exercise: exercise.robot)
    """Robots."""
    capabilities = _named(lambda exercise: exercise.capability)
    """Capabilities."""
    stages = _named(
        lambda exercise: filter(None, (*exercise.clock.stages, exercise.clock.wait)),
    )
    """Stages of the crisis clock, with the wait for the adversary's."""

    @cached_property
    def seats(self) -> dict[str, str]:
        """Seats, in short."""
        return {seat.id: seat.short for seat in self.exercise.seat}

    @cached_property
    def values(self) -> dict[str, str]:
        """Tracks and derived values."""
        return {part: text(name, self.language) for part, name in self.exercise.names.items()}

    @cached_property
    def objectives(self) -> dict[str, str]:
        """Objectives, each by its whole text."""
        return {part.id: text(part.text, self.language) for part in self.exercise.objective}

    @cached_property
    def injects(self) -> dict[str, str]:
        """Titles of injects."""
        return {part.id: text(part.title, self.language) for part in self.exercise.inject}

    def level(self, lever: str, level: str) -> str:
        """The name of a lever's level; KeyError where it has none of that id."""
        return _names(self.exercise.levers[lever].levels, self.language)[level]


class Played(NamedTuple):
    """An inject that was released in this run."""

    place: int
    """In its turn, from 1."""
    title: str
    turn: TurnRecord
    slot: SlotRecord
    inject: Inject

    @property
    def number(self) -> str:
        """Turn and place in it: `4.1`."""
        return f"{self.turn.opened.turn}.{self.place}"

    @property
    def headed(self) -> str:
        """`4.1 Half an hour of radar`."""
        return f"{self.number} {self.title}"


@dataclass(frozen=True, eq=False)
class Eye:
    """One seat looking at one position of a run; made once for everything it is shown of that.

    What costs something to look up is kept, so that views made with one eye share it.
    """

    game: Game
    seat: str
    language: str = field(default_factory=i18n.language)

    @classmethod
    def all_seeing(cls, game: Game, language: str = "") -> Eye:
        """The eye of the review, and of whatever else is made for those who may know all."""
        return cls(game, ALL_SEEING, language or i18n.language())

    @property
    def run(self) -> Run:
        """The run."""
        return self.game.run

    @property
    def exercise(self) -> Exercise:
        """The exercise, as this run has it by now."""
        return self.game.run.exercise

    @cached_property
    def names(self) -> Names:
        """The names of its parts."""
        return Names(self.exercise, self.language)

    @cached_property
    def visibility(self) -> Visibility:
        """What the seat may see now."""
        if self.seat == ALL_SEEING:
            return everything(self.exercise)
        return visibility(self.game, self.seat)

    @property
    def over(self) -> bool:
        """Whether play is: the hot wash has begun, or is over as well."""
        return self.game.phase in PLAY_IS_OVER

    @property
    def facilitates(self) -> bool:
        """Whether the seat holds the pace of the run."""
        return self.seat == self.run.facilitator != ""

    @cached_property
    def rights(self) -> frozenset[str]:
        """What the seat may do at the desk; nothing for a seat that is not there."""
        return frozenset() if self.seat == ALL_SEEING else rights_of(self.run, self.seat)

    @property
    def at_the_desk(self) -> bool:
        """Whether the seat may do something at the desk, so that it is shown Control."""
        return bool(self.rights)

    def require_desk(self) -> None:
        """Go on for a seat at the desk.

        Raises:
            ValueError: For any other.
        """
        if not self.at_the_desk:
            raise ValueError(f"the seat {self.seat} is not at the desk")

    @cached_property
    def side(self) -> str:
        """The seat's side: allied, red or white; `room` for the screen that all look at."""
        return side_of(self.run, self.seat)

    @property
    def decides(self) -> bool:
        """Whether the seat is in a cell that answers injects and holds levers."""
        return decides(self.run, self.seat)

    @property
    def plays(self) -> bool:
        """Whether people hold that cell, so that it answers for itself."""
        return self.decides and self.run.seat(self.seat).cell in self.run.people

    @cached_property
    def own_cells(self) -> frozenset[str]:
        """The cells whose notes and requests are the seat's own."""
        return own_cells(self.game, self.seat)

    def reads_of(self, seat: str) -> bool:
        """Whether it may read what another seat wrote for its cell and for exercise control."""
        whole = self.over or self.visibility.proposed
        return whole or self.run.seat(seat).cell in self.own_cells

    def text(self, value: Text) -> str:
        """A text of the exercise as its reader reads it."""
        return text(value, self.language)

    def texts(self, values: Iterable[Text]) -> tuple[str, ...]:
        """The same of several."""
        return tuple(map(self.text, values))

    def timed(self, value: Text, released: Released | None) -> str:
        """A text of an inject with its times: those of its release, or words while it is ahead."""
        if released is None:
            return zones.ahead(self.exercise, self.text(value))
        return zones.filled(self.exercise, self.text(value), released.day, released.hour)

    def shifts(self, effects: Iterable[Effect]) -> tuple[Shift, ...]:
        """What effects do to the tracks that the seat sees, a row each."""
        tracks, seen = self.exercise.tracks, self.visibility.tracks
        return tuple(shift(tracks[part.track], part.by) for part in effects if part.track in seen)

    def played(self) -> Iterator[Played]:
        """Every inject that was released so far and stands, in order."""
        for turn in self.game.turns:
            yield from self.played_in(turn)

    def played_in(self, turn: TurnRecord) -> Iterator[Played]:
        """The injects of one turn."""
        for at, slot in enumerate(turn.slots, start=1):
            inject = self.exercise.injects[slot.released.inject]
            yield Played(at, self.names.injects[inject.id], turn, slot, inject)
