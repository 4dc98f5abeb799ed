"""Who is in and who is missing: a row for each seat that the run waits for or hears."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from ttx.adjudicator.tables import RESPONSES
from ttx.exercise.model import Seat
from ttx.session import phases
from ttx.session.answer import Answer
from ttx.session.events import (
    Answered,
    Chosen,
    Committed,
    Entry,
    LeversLeft,
    Readied,
    Released,
    ResponsesOpened,
    Started,
    TurnOpened,
    Undone,
)
from ttx.session.game import Game
from ttx.session.run import PERSON
from ttx.session.view.eye import Eye

NAMES: tuple[str, ...] = RESPONSES
IN, MISSING, NOT_YET, ROBOT, CLOSED = "in", "missing", "not yet", "robot", "closed"
"""`missing` is a lead that the run waits for; `not yet` a seat whose commitment it does not."""


@dataclass(frozen=True, slots=True)
class SeatRow:
    """One seat, or a cell that a robot plays."""

    seat: str
    """Its id; of a robot's cell the lead's."""
    name: str
    state: str
    lead: bool
    robot: str
    """The name of the robot that plays its cell; else empty."""
    answer: str
    """Digit of the option, `w` where it was written in; empty where none was given."""
    confidence: int
    """0 where it was not given."""
    at: int | None
    """Seconds into the phase at which it came; None where it did not."""


def submissions(eye: Eye, entries: Sequence[Entry]) -> tuple[SeatRow, ...]:
    """The seats of the allied cells in this phase; ValueError for all but who holds the pace."""
    run = eye.run
    if not eye.seat or eye.seat != run.facilitator:
        raise ValueError(f"the seat {eye.seat} does not hold the pace")
    came = _came(entries)
    found: list[SeatRow] = []
    for cell in run.allied:
        player = run.players.get(cell.id, PERSON)
        if player != PERSON:
            names = {one.id: eye.text(one.name) for one in run.exercise.robot}
            lead = run.lead(cell.id)
            name = names.get(player, player)
            found.append(SeatRow(lead.id, lead.short, ROBOT, lead.lead, name, "", 0, None))
            continue
        seats = [one for one in run.exercise.seat if one.cell == cell.id]
        found += [_row(eye, one, came.get(one.id)) for one in seats]
    return (*found, *_of_the_other_side(eye.game, came))


def _of_the_other_side(game: Game, came: Mapping[str, int]) -> Iterator[SeatRow]:
    """The Red seats that choose how adversaries respond, with the digits of what they chose."""
    run, turn = game.run, game.turn
    for seat in run.exercise.seat:
        own = [one for one, who in run.choosers.items() if who == seat.id]
        if not own:
            continue
        state, answer = "", ""
        if game.phase == phases.BRIEFING:
            state = IN if seat.id in game.ready else NOT_YET
        elif game.phase == phases.RESPONSE and turn is not None:
            made = [turn.chosen[one].response for one in own if one in turn.chosen]
            state = IN if len(made) == len(own) else CLOSED if turn.shut else MISSING
            answer = "".join(str(NAMES.index(one) + 1) for one in made)
        yield SeatRow(seat.id, seat.short, state, seat.lead, "", answer, 0, came.get(seat.id))


def _came(entries: Sequence[Entry]) -> dict[str, int]:
    """When each seat's last word to what is asked now came, in seconds."""
    found: dict[str, int] = {}
    for entry in reversed(entries):
        if isinstance(entry.event, Released | ResponsesOpened | TurnOpened | Started | Undone):
            break
        if isinstance(entry.event, Answered | Committed | Chosen | LeversLeft | Readied):
            found.setdefault(entry.by, entry.elapsed)
    return found


def _row(eye: Eye, seat: Seat, came: int | None) -> SeatRow:
    game = eye.game
    given: Answer | None = None
    slot, waits = game.slot, MISSING if seat.lead else NOT_YET
    state = ""
    match game.phase:
        case phases.BRIEFING:
            state = IN if seat.id in game.ready else NOT_YET
        case phases.LEVERS:
            if seat.lead:
                state = IN if seat.cell in game.left else MISSING
        case phases.DELIBERATION | phases.ADJUDICATION | phases.REVIEW if slot is not None:
            given = slot.answers.get(seat.cell) if seat.lead else slot.commitments.get(seat.id)
            closed = seat.cell in (slot.closed or ())
            state = IN if given is not None else waits
            if seat.lead and closed:
                given, state = None, CLOSED
            elif given is None and (closed or seat.cell in slot.answers):
                state = ""
    answer = ""
    if given is not None and game.inject is not None:
        ids = [one.id for one in game.inject.option]
        answer = "w" if given.written else str(ids.index(given.option) + 1)
    confidence = given.confidence if given is not None else 0
    return SeatRow(seat.id, seat.short, state, seat.lead, "", answer, confidence, came)
