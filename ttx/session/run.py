"""Who plays which exercise on which dice, and what a seat is in that run."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from functools import cached_property

from ttx.adjudicator.tables import Tables
from ttx.exercise.model import Cell, Exercise, Seat

PERSON = "person"
"""Who holds a cell where no robot does."""
WATCHED = "rule, watched"
"""Who holds a red cell that the rule plays while people sit in its seats."""
PROJECTOR = "projector"
"""The screen of the room: a seat of no cell, which reads what every player may read."""
ROOM = Seat.model_construct(
    id=PROJECTOR,
    cell="",
    name="The room's screen",
    short="Room",
    you_are="You are the screen that the whole room looks at.",
)
OBSERVER = "observer"
"""The seat of the white cell that reads, and writes nothing."""


@dataclass(frozen=True)
class Run:
    """What does not change while a run is played."""

    exercise: Exercise
    seed: int
    players: dict[str, str]
    """For each cell at the table: `person`, or the name of the robot that plays it."""
    together: bool = True
    """Whether the people's cells give one answer."""

    @cached_property
    def tables(self) -> Tables:
        """The exercise, made ready for arithmetic."""
        return Tables(self.exercise)

    @cached_property
    def allied(self) -> list[Cell]:
        """The cells that answer injects."""
        return [cell for cell in self.exercise.cell if cell.side == "allied"]

    @cached_property
    def people(self) -> list[str]:
        """The allied cells that people hold."""
        return [cell.id for cell in self.allied if self.players.get(cell.id) == PERSON]

    def robots(self) -> dict[str, list[str]]:
        """The robots at the table, each with the allied cells it plays."""
        found: dict[str, list[str]] = {}
        for cell in self.allied:
            name = self.players.get(cell.id, PERSON)
            if name != PERSON:
                found.setdefault(name, []).append(cell.id)
        return found

    @cached_property
    def red_seated(self) -> bool:
        """Whether people sit in a red cell, beside the rule that plays it."""
        red = [cell.id for cell in self.exercise.cell if cell.side == "red"]
        return any(self.players.get(cell) == WATCHED for cell in red)

    @cached_property
    def facilitator(self) -> str:
        """The seat that holds the pace, where a person leads the white cell; else empty."""
        for cell in self.exercise.cell:
            if cell.side == "white" and self.players.get(cell.id) == PERSON:
                leads = [s.id for s in self.exercise.seat if s.cell == cell.id and s.lead]
                return leads[0] if leads else ""
        return ""

    def seat(self, seat_id: str) -> Seat:
        """The seat of that id; the room's screen is a seat of no cell."""
        if seat_id == PROJECTOR:
            return ROOM
        return next(seat for seat in self.exercise.seat if seat.id == seat_id)

    def lead(self, cell_id: str) -> Seat:
        """The seat whose answer is the cell's answer."""
        return next(s for s in self.exercise.seat if s.cell == cell_id and s.lead)

    @property
    def first_seat(self) -> str:
        """The seat at a shared keyboard: the lead of the first cell that people hold."""
        return self.lead(self.people[0] if self.people else self.allied[0].id).id

    def speaks_for(self, seat_id: str) -> list[str]:
        """The cells a seat acts for at this table."""
        cell = self.seat(seat_id).cell
        return self.people if self.together and cell in self.people else [cell]

    def first_day(self, turn: int) -> datetime.date:
        """The first scenario day of a turn; turn count + 1 is the day after the last."""
        return self.exercise.turns.first_day(turn)
