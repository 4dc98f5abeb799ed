"""The position that a list of entries leads to: folded from stored facts, never computed anew."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from functools import cached_property

from ttx.adjudicator import rulings
from ttx.adjudicator.position import Position
from ttx.adjudicator.rulings import Moving, Opening
from ttx.adjudicator.tables import Tables
from ttx.exercise.model import Cell, Exercise, Inject, Seat
from ttx.session import phases
from ttx.session.events import (
    ASIDES,
    NAMES,
    Answered,
    AnswersClosed,
    Committed,
    Confirmed,
    Emptied,
    Ended,
    Entry,
    Event,
    Forked,
    LeversClosed,
    LeversLeft,
    Messaged,
    MoveAsked,
    Moved,
    MoveLapsed,
    MoveRefused,
    Noted,
    Paused,
    Readied,
    Reckoned,
    Released,
    Resumed,
    Ruled,
    TurnOpened,
    Undone,
)

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
LEVERS_SET = "levers"
Known = tuple[int, str]
"""A turn, and the id of an inject that was ruled on in it, or `levers` where news came after."""


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
    commitments: dict[str, Committed] = field(default_factory=dict)
    """What seats would have answered, by seat; the last of each counts."""
    closed: tuple[str, ...] | None = None
    """The people's cells without an answer when the facilitator closed the deliberation."""
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
    ready: tuple[str, ...] = ()
    """Seats that have read their briefing."""
    messages: tuple[tuple[int, str, str], ...] = ()
    """Entry, to whom (a seat or `all`), text."""
    ended: str = ""
    """Why the exercise ended, once it has."""
    elapsed: int = 0
    """Seconds in the phase at the last entry."""
    opened: int = 0
    """The entry that opened these levers or this question, where nothing was decided since."""
    opening: Game | None = field(default=None, repr=False, compare=False)
    """The run at the opening before, and through it at each one in force back to the first."""
    undone: tuple[tuple[int, int], ...] = ()
    """Each time something was taken back: the last entry left in force, and the entry that did."""
    known: frozenset[Known] = frozenset()
    """What was seen and then taken back; it stays known."""
    forked: Forked | None = None

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


Changes = dict[str, object]
"""New values of fields by name."""


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
    number = game.entries + 1
    if isinstance(event, Undone):
        return _undone(game, event.back_to, number)
    changes: Changes = {"entries": number, "elapsed": entry.elapsed}
    if not isinstance(event, (*ASIDES, Forked)):
        changes |= {"opened": 0, "opening": game if game.opened else game.opening}
    if phase != game.phase:
        changes |= {"phase": phase, "elapsed": 0}
    return replace(game, **(changes | _changes(game, entry.by, event, number)))  # type: ignore[arg-type]  # the names are those of Game


def _changes(game: Game, by: str, event: Event, number: int) -> Changes:
    """What an event changes of the game, beside its phase and what all events change."""
    match event:
        case Paused() | Resumed():
            return {"paused": isinstance(event, Paused)}
        case Noted():
            return {"notes": (*game.notes, (len(game.turns), by, event.text))}
        case Messaged():
            return {"messages": (*game.messages, (number, event.to, event.text))}
        case Readied():
            return {"ready": (*game.ready, by)}
        case Forked():
            return {"forked": event}
        case TurnOpened() | Moved() | MoveAsked() | MoveRefused() | MoveLapsed() | LeversLeft():
            return _in_levers(game, by, event, number)
        case LeversClosed():
            after = rulings.closed(game.run.tables, game.position, event.posture)
            return {"position": after, "asked": ()}
        case Released():
            slots = (*game.turns[-1].slots, SlotRecord(event, game.position))
            return _turn(game, slots=slots) | {"opened": number}
        case Emptied():
            return _turn(game, empty=(*game.turns[-1].empty, event.slot))
        case Answered():
            return _slot(game, answers={**game.turns[-1].slots[-1].answers, event.cell: event})
        case Committed():
            return _slot(game, commitments={**game.turns[-1].slots[-1].commitments, by: event})
        case AnswersClosed():
            return _slot(game, closed=event.cells)
        case Ruled():
            return _slot(game, ruled=event)
        case Reckoned():
            return _turn(game, before=game.position, reckoned=event)
        case Confirmed():
            return _confirmed(game)
        case Ended():
            return {"ended": event.reason, "paused": False}
    return {}


def openings(game: Game) -> Iterator[Game]:
    """The run at each opening in force that can be gone back to, the last one first."""
    at = game.opening
    while at is not None:
        yield at
        at = at.opening


def _undone(game: Game, back_to: int, number: int) -> Game:
    found = next((one for one in openings(game) if one.opened == back_to), None)
    if found is None:
        raise ValueError(f"nothing opened at entry {back_to}")
    return replace(
        found,
        entries=number,
        elapsed=0,
        paused=game.paused,
        notes=game.notes,
        ready=game.ready,
        messages=game.messages,
        undone=(*game.undone, (back_to, number)),
        known=game.known | _seen(game, found),
    )


def _seen(game: Game, found: Game) -> set[Known]:
    """What the table saw after `found`: rulings, and the news that came after its levers."""
    last = found.turns[-1]
    stand = {one.released.inject for one in last.slots if one.ruled is not None}
    seen: set[Known] = set()
    for turn in game.turns[len(found.turns) - 1 :]:
        number = turn.opened.turn
        here = number == last.opened.turn
        ruled = {one.released.inject for one in turn.slots if one.ruled is not None}
        seen |= {(number, inject) for inject in ruled - (stand if here else set())}
        if turn.slots and not (here and found.phase != phases.LEVERS):
            seen.add((number, LEVERS_SET))
    return seen


def _turn(game: Game, **changes: object) -> Changes:
    last = replace(game.turns[-1], **changes)  # type: ignore[arg-type]  # the names are those of TurnRecord
    return {"turns": (*game.turns[:-1], last)}


def _slot(game: Game, **changes: object) -> Changes:
    slots = game.turns[-1].slots
    last = replace(slots[-1], **changes)  # type: ignore[arg-type]  # the names are those of SlotRecord
    return _turn(game, slots=(*slots[:-1], last))


def _in_levers(
    game: Game,
    by: str,
    event: TurnOpened | Moved | MoveAsked | MoveRefused | MoveLapsed | LeversLeft,
    number: int,
) -> Changes:
    tables = game.run.tables
    match event:
        case TurnOpened():
            fact = Opening(event.turn, event.changes, event.budgets)
            return {
                "position": rulings.opened(tables, game.position, fact),
                "turns": (*game.turns, TurnRecord(event, game.position)),
                "left": (),
                "asked": (),
                "opened": number,
            }
        case Moved():
            level = Tables.level(game.run.exercise.levers[event.lever], event.level)
            move = Moving(event.lever, level, event.changes, event.budgets, event.promised)
            after = rulings.moved(tables, game.position, move)
            moves = (*game.turns[-1].moves, (by, event))
            return _turn(game, moves=moves) | {"position": after} | _without(game, event.lever)
        case MoveAsked():
            return {"asked": (*game.asked, (by, event))}
        case MoveRefused() | MoveLapsed():
            return _without(game, event.lever)
        case LeversLeft():
            return {"left": (*game.left, event.cell)}


def _without(game: Game, lever: str) -> Changes:
    return {"asked": tuple(one for one in game.asked if one[1].lever != lever)}


def _confirmed(game: Game) -> Changes:
    tables, last = game.run.tables, game.turns[-1]
    if last.reckoned is not None:
        after = rulings.reckoned(tables, game.position, last.reckoned.reckoning)
        return _turn(game, confirmed=True, end=after) | {"position": after}
    slot = last.slots[-1]
    if slot.ruled is None:
        raise ValueError("nothing waits to be confirmed")
    after = rulings.ruled(tables, game.position, slot.ruled.ruling)
    return _slot(game, confirmed=True) | {"position": after}
