"""Who plays which exercise on which dice, and what a seat is in that run."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from ttx.adjudicator.arithmetic import RESPONSES
from ttx.adjudicator.tables import Tables
from ttx.exercise.model.exercise import Exercise
from ttx.exercise.model.people import Cell, Seat
from ttx.i18n import N_, _

PERSON = "person"
"""Who holds a cell where no robot does."""
RULE = "rule"
"""Who holds a red cell that nobody sits in: the rule of the model."""
WATCHED = "rule, watched"
"""The same with people in its seats who only watch, as in runs hosted before they could choose."""
ROBOT = "robot:"
"""What the name of a robot follows where it is an author."""
PROJECTOR = "projector"
"""The screen of the room: a seat of no cell, which reads what every player may read."""
OBSERVER = "observer"
"""The seat of the white cell that reads, and writes nothing before the hot wash."""
PACE, RELEASES, RULINGS, MESSAGES = "pace", "releases", "rulings", "messages"
REPLIES, SEATS = "replies", "seats"
ALL_RIGHTS = (PACE, RELEASES, RULINGS, MESSAGES, REPLIES, SEATS)
"""What a seat may do at the desk; `ttx.session.rights` says of each what that is."""


REHEARSED = N_("This is a rehearsal: what happens in it is no part of the session.")


def _room() -> Seat:
    return Seat.model_construct(
        id=PROJECTOR,
        cell="",
        name=_("The room's screen"),
        short=_("Room"),
        you_are=_("You are the screen that the whole room looks at."),
    )


def red_robots(exercise: Exercise) -> list[str]:
    """The robots that play adversaries: each always responds in one way, as its purse pays."""
    return [robot.id for robot in exercise.robot if robot.rule in RESPONSES]


def allied_robots(exercise: Exercise) -> list[str]:
    """The robots that answer injects and move levers."""
    return [robot.id for robot in exercise.robot if robot.rule not in RESPONSES]


@dataclass(frozen=True)
class Run:
    """What does not change while a run is played."""

    exercise: Exercise
    seed: int
    players: dict[str, str]
    """For each cell at the table: `person`, or the name of the robot that plays it."""
    together: bool = True
    """Whether the people's cells give one answer."""
    rehearsal: bool = False
    """Whether it rehearses a session, which every screen and paper of it says."""
    leads: Mapping[str, str] = field(default_factory=dict)
    """The seat that was made the lead of a cell, by cell, where the exercise says another."""
    pace: str = ""
    """The seat that the pace was passed to; empty while it is where the exercise has it."""
    rights: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """What seats were last given to do at the desk, by seat."""
    controllers: tuple[str, ...] = ()
    """Seats at the desk that were added for this run."""

    @cached_property
    def tables(self) -> Tables:
        """The exercise, made ready for arithmetic."""
        return Tables(self.exercise)

    @property
    def banner(self) -> str:
        """What stands on every screen and page of it."""
        banner = self.exercise.banner
        return _("REHEARSAL - {banner}", banner=banner) if self.rehearsal else banner

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
        robots: dict[str, list[str]] = {}
        for cell in self.allied:
            name = self.players.get(cell.id, PERSON)
            if name != PERSON:
                robots.setdefault(name, []).append(cell.id)
        return robots

    @cached_property
    def red(self) -> list[Cell]:
        """The cells of the adversaries."""
        return [cell for cell in self.exercise.cell if cell.side == "red"]

    @cached_property
    def red_seated(self) -> bool:
        """Whether people sit in a red cell, to choose or to watch."""
        return any(self.players.get(cell.id) in (PERSON, WATCHED) for cell in self.red)

    @cached_property
    def red_people(self) -> list[str]:
        """The red cells that people play."""
        return [cell.id for cell in self.red if self.players.get(cell.id) == PERSON]

    @property
    def alone(self) -> bool:
        """Whether no person plays or facilitates, so that nobody is ever waited for."""
        return not (self.people or self.red_people or self.facilitator)

    def adversaries_of(self, seat_id: str) -> frozenset[str]:
        """The adversaries that a Red seat plays.

        Those that bear its name, or whose actor does; for a seat of another name, those of its
        cell's actor. Where people answer as one, whoever leads a cell plays all of its seats'.
        """
        cell = self.seat(seat_id).cell
        mates = [seat.id for seat in self.exercise.seat if seat.cell == cell]
        if self.together and cell in self.red_people:
            return frozenset[str]().union(*(self._named_for(mate, cell) for mate in mates))
        return self._named_for(seat_id, cell)

    def _named_for(self, seat_id: str, cell: str) -> frozenset[str]:
        adversary = self.exercise.adversary
        named = frozenset(part.id for part in adversary if seat_id in (part.id, part.actor))
        if named:
            return named
        actor = next(part.actor for part in self.exercise.cell if part.id == cell)
        return frozenset(part.id for part in adversary if part.actor == actor)

    @cached_property
    def choosers(self) -> dict[str, str]:
        """Who chooses for each adversary that the rule does not play: a seat, or `robot:NAME`.

        The seat is the lead among those that play it, else the first of them. An adversary that no
        seat of such a cell plays is left to the rule.
        """
        choosers = {}
        for adversary in self.exercise.adversary:
            for cell in self.red:
                holds = self.players.get(cell.id, RULE)
                seats = [
                    seat
                    for seat in self.exercise.seat
                    if seat.cell == cell.id and adversary.id in self.adversaries_of(seat.id)
                ]
                if not seats or holds in (RULE, WATCHED):
                    continue
                seats.sort(key=lambda seat: not self.is_lead(seat.id))
                choosers[adversary.id] = seats[0].id if holds == PERSON else f"{ROBOT}{holds}"
                break
        return choosers

    @cached_property
    def facilitator(self) -> str:
        """The seat that holds the pace, where a person leads the white cell; else empty."""
        return (self.pace or self.desk) if self.desk else ""

    @cached_property
    def desk(self) -> str:
        """The lead of the white cell, where that is a person: the seat of who hosts; else empty."""
        for cell in self.exercise.cell:
            if cell.side == "white" and self.players.get(cell.id) == PERSON:
                leads = [s.id for s in self.exercise.seat if s.cell == cell.id and s.lead]
                return leads[0] if leads else ""
        return ""

    def seat(self, seat_id: str) -> Seat:
        """The seat of that id; the room's screen is a seat of no cell."""
        if seat_id == PROJECTOR:
            return _room()
        return next(seat for seat in self.exercise.seat if seat.id == seat_id)

    def lead(self, cell_id: str) -> Seat:
        """The seat whose answer is the cell's answer."""
        if cell_id in self.leads:
            return self.seat(self.leads[cell_id])
        return next(s for s in self.exercise.seat if s.cell == cell_id and s.lead)

    def is_lead(self, seat_id: str) -> bool:
        """Whether a seat speaks for its cell: the exercise says so, or it was made the lead."""
        seat = self.seat(seat_id)
        return self.leads[seat.cell] == seat_id if seat.cell in self.leads else seat.lead

    @property
    def first_seat(self) -> str:
        """The seat at a shared keyboard: the lead of the first cell that people hold."""
        if not self.people and self.red_people:
            seats = [seat for seat in self.exercise.seat if seat.cell == self.red_people[0]]
            return next(iter(sorted(seats, key=lambda seat: not self.is_lead(seat.id)))).id
        return self.lead(self.people[0] if self.people else self.allied[0].id).id

    def speaks_for(self, seat_id: str) -> list[str]:
        """The cells a seat acts for at this table."""
        cell = self.seat(seat_id).cell
        return self.people if self.together and cell in self.people else [cell]

    def first_day(self, turn: int) -> datetime.date:
        """The first scenario day of a turn; turn count + 1 is the day after the last."""
        return self.exercise.turns.first_day(turn)
