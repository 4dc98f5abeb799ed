"""The position that a list of entries leads to: folded from stored facts, never computed anew."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from functools import cached_property

from ttx.adjudicator import rulings
from ttx.adjudicator.position import Position
from ttx.adjudicator.rulings import Moving, Opening
from ttx.adjudicator.tables import Tables
from ttx.exercise.model import Cell, Exercise, Inject, Seat
from ttx.session import phases
from ttx.session.events import (
    NAMES,
    Answered,
    Closed,
    Confirmed,
    Emptied,
    Ended,
    Entry,
    LeversClosed,
    LeversLeft,
    MoveAsked,
    Moved,
    MoveLapsed,
    MoveRefused,
    Noted,
    Paused,
    Reckoned,
    Released,
    Resumed,
    Ruled,
    TurnOpened,
)

PERSON = "person"
"""Who holds a cell where no robot does."""


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

    def seat(self, seat_id: str) -> Seat:
        """The seat of that id."""
        return next(seat for seat in self.exercise.seat if seat.id == seat_id)

    def lead(self, cell_id: str) -> Seat:
        """The seat whose answer is the cell's answer."""
        return next(s for s in self.exercise.seat if s.cell == cell_id and s.lead)

    def speaks_for(self, seat_id: str) -> list[str]:
        """The cells a seat acts for at this table."""
        cell = self.seat(seat_id).cell
        return self.people if self.together and cell in self.people else [cell]

    def first_day(self, turn: int) -> datetime.date:
        """The first scenario day of a turn; turn count + 1 is the day after the last."""
        turns = self.exercise.turns
        months = turns.start.month - 1 + turns.months * (turn - 1)
        return datetime.date(turns.start.year + months // 12, months % 12 + 1, 1)


@dataclass(frozen=True, slots=True)
class SlotRecord:
    """What happened to one inject."""

    released: Released
    before: Position
    """Where the run stood when it was released."""
    answers: dict[str, Answered] = field(default_factory=dict)
    ruled: Ruled | None = None
    confirmed: bool = False


@dataclass(frozen=True, slots=True)
class TurnRecord:
    """What happened in one turn."""

    opened: TurnOpened
    start: Position
    """Where the run stood at the end of the turn before."""
    moves: tuple[tuple[str, Moved], ...] = ()
    """Author and move."""
    slots: tuple[SlotRecord, ...] = ()
    empty: tuple[str, ...] = ()
    before: Position | None = None
    """Where the run stood at the reckoning."""
    reckoned: Reckoned | None = None
    confirmed: bool = False
    end: Position | None = None


@dataclass(frozen=True, slots=True)
class Game:
    """A run at one point of its record."""

    run: Run
    position: Position
    phase: str = phases.BRIEFING
    paused: bool = False
    entries: int = 0
    turns: tuple[TurnRecord, ...] = ()
    left: tuple[str, ...] = ()
    """Cells that are done with their levers this turn."""
    asked: tuple[tuple[str, MoveAsked], ...] = ()
    """Requests that wait for another cell's consent, with the seat that asked."""
    notes: tuple[tuple[int, str, str], ...] = ()
    """Turn, author, text."""
    ended: str = ""
    """Why the exercise ended, once it has."""
    elapsed: int = 0
    """Seconds in the phase at the last entry."""

    @property
    def turn(self) -> TurnRecord | None:
        """The turn under way or last played."""
        return self.turns[-1] if self.turns else None

    @property
    def slot(self) -> SlotRecord | None:
        """The inject under way or last played in this turn."""
        return self.turns[-1].slots[-1] if self.turns and self.turns[-1].slots else None

    @property
    def inject(self) -> Inject | None:
        """The inject of that slot."""
        return self.run.exercise.injects[self.slot.released.inject] if self.slot else None

    @property
    def over(self) -> bool:
        """Whether the last turn is played."""
        last = self.turn
        if last is None or last.reckoned is None or not last.confirmed:
            return False
        return last.reckoned.reckoning.ended or len(self.turns) >= self.run.exercise.turns.count


def beginning(run: Run) -> Game:
    """The game before its first entry."""
    return Game(run, rulings.start(run.tables))


def fold(run: Run, entries: Iterable[Entry]) -> Game:
    """The game that these entries lead to."""
    game = beginning(run)
    for entry in entries:
        game = apply(game, entry)
    return game


def apply(game: Game, entry: Entry) -> Game:
    """The game after one more entry; ValueError where it cannot follow."""
    event = entry.event
    phase = phases.after(game.phase, NAMES[type(event)])
    if phase is None:
        raise ValueError(f"{NAMES[type(event)]} cannot follow in the phase {game.phase}")
    game = replace(
        game,
        phase=phase,
        entries=game.entries + 1,
        elapsed=0 if phase != game.phase else entry.elapsed,
    )
    match event:
        case Paused() | Resumed():
            return replace(game, paused=isinstance(event, Paused))
        case Noted():
            return replace(game, notes=(*game.notes, (len(game.turns), entry.by, event.text)))
        case Ended():
            return replace(game, ended=event.reason, paused=False)
        case Closed():
            return game
        case TurnOpened() | Moved() | MoveAsked() | MoveRefused() | MoveLapsed() | LeversLeft():
            return _in_levers(game, entry.by, event)
        case LeversClosed():
            after = rulings.closed(game.run.tables, game.position, event.posture)
            return replace(game, position=after, asked=())
        case Released() | Emptied() | Answered() | Ruled():
            return _in_slot(game, event)
        case Reckoned():
            return _turn(game, before=game.position, reckoned=event)
        case Confirmed():
            return _confirmed(game)
    return game


def _turn(game: Game, **changes: object) -> Game:
    return replace(game, turns=(*game.turns[:-1], replace(game.turns[-1], **changes)))  # type: ignore[arg-type]  # the names are those of TurnRecord


def _slot(game: Game, **changes: object) -> Game:
    slots = game.turns[-1].slots
    return _turn(game, slots=(*slots[:-1], replace(slots[-1], **changes)))  # type: ignore[arg-type]  # the names are those of SlotRecord


def _in_levers(
    game: Game,
    by: str,
    event: TurnOpened | Moved | MoveAsked | MoveRefused | MoveLapsed | LeversLeft,
) -> Game:
    tables = game.run.tables
    match event:
        case TurnOpened():
            fact = Opening(event.turn, event.changes, event.budgets)
            record = TurnRecord(event, game.position)
            return replace(
                game,
                position=rulings.opened(tables, game.position, fact),
                turns=(*game.turns, record),
                left=(),
                asked=(),
            )
        case Moved():
            level = Tables.level(game.run.exercise.levers[event.lever], event.level)
            move = Moving(event.lever, level, event.changes, event.budgets, event.promised)
            game = replace(game, position=rulings.moved(tables, game.position, move))
            game = _turn(game, moves=(*game.turns[-1].moves, (by, event)))
            return _without(game, event.lever)
        case MoveAsked():
            return replace(game, asked=(*game.asked, (by, event)))
        case MoveRefused() | MoveLapsed():
            return _without(game, event.lever)
        case LeversLeft():
            return replace(game, left=(*game.left, event.cell))


def _without(game: Game, lever: str) -> Game:
    return replace(game, asked=tuple(one for one in game.asked if one[1].lever != lever))


def _in_slot(game: Game, event: Released | Emptied | Answered | Ruled) -> Game:
    match event:
        case Released():
            record = SlotRecord(event, game.position)
            return _turn(game, slots=(*game.turns[-1].slots, record))
        case Emptied():
            return _turn(game, empty=(*game.turns[-1].empty, event.slot))
        case Answered():
            return _slot(game, answers={**game.turns[-1].slots[-1].answers, event.cell: event})
        case Ruled():
            return _slot(game, ruled=event)


def _confirmed(game: Game) -> Game:
    tables, last = game.run.tables, game.turns[-1]
    if last.reckoned is not None:
        after = rulings.reckoned(tables, game.position, last.reckoned.reckoning)
        return _turn(replace(game, position=after), confirmed=True, end=after)
    slot = last.slots[-1]
    if slot.ruled is None:
        raise ValueError("nothing waits to be confirmed")
    after = rulings.ruled(tables, game.position, slot.ruled.ruling)
    return _slot(replace(game, position=after), confirmed=True)
