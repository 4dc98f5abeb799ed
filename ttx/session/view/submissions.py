"""Who is in and who is missing: a row for each seat that the run waits for or hears."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import takewhile

from ttx.adjudicator.arithmetic import RESPONSES
from ttx.exercise.model.people import Seat
from ttx.i18n import N_
from ttx.session import events as play
from ttx.session import phases
from ttx.session.events import Entry
from ttx.session.game import Game
from ttx.session.run import PERSON
from ttx.session.view.answers import mark
from ttx.session.view.eye import Eye

IN, MISSING, NOT_YET = N_("in"), N_("missing"), N_("not yet")
ROBOT, CLOSED = N_("robot"), N_("closed")
"""`missing` is a lead that the run waits for; `not yet` a seat whose commitment it does not."""


@dataclass(frozen=True, slots=True)
class SeatRow:
    """One seat, or a cell that a robot plays."""

    seat: str
    """Its id; of a robot's cell the lead's."""
    name: str
    state: str
    robot: str = ""
    """The name of the robot that plays its cell; else empty."""
    answer: str = ""
    """Digit of the option, a letter where it was written in; empty where none was given."""
    confidence: int = 0
    """0 where it was not given."""
    at: int | None = None
    """Seconds into the phase at which it came; None where it did not."""
    entered: bool = False
    """Whether the desk entered it for the cell."""


def submissions(eye: Eye, entries: Sequence[Entry]) -> tuple[SeatRow, ...]:
    """The seats of the allied cells in this phase, then those of Red that choose.

    Raises:
        ValueError: For all but the seat that holds the pace.
    """
    eye.require_desk()
    return tuple(_rows(eye, _came(entries)))


def _rows(eye: Eye, came: Mapping[str, int]) -> Iterator[SeatRow]:
    run = eye.run
    for cell in run.allied:
        player = run.players.get(cell.id, PERSON)
        if player == PERSON:
            for seat in run.exercise.seat:
                if seat.cell == cell.id:
                    yield _row(eye.game, seat, came.get(seat.id))
        else:
            lead = run.lead(cell.id)
            name = eye.names.robots.get(player, player)
            yield SeatRow(lead.id, lead.short, ROBOT, robot=name)
    for seat in run.exercise.seat:
        own = [adversary for adversary, who in run.choosers.items() if who == seat.id]
        if own:
            yield _chooses(eye.game, seat, own, came.get(seat.id))


def _chooses(game: Game, seat: Seat, own: Sequence[str], came: int | None) -> SeatRow:
    """A Red seat that chooses how adversaries respond, with the digits of what it chose."""
    state, answer, turn = "", "", game.turn
    if game.phase == phases.BRIEFING:
        state = IN if seat.id in game.ready else NOT_YET
    elif game.phase == phases.RESPONSE and turn is not None:
        made = [turn.chosen[adversary].response for adversary in own if adversary in turn.chosen]
        state = IN if len(made) == len(own) else CLOSED if turn.shut else MISSING
        answer = "".join(str(RESPONSES.index(response) + 1) for response in made)
    return SeatRow(seat.id, seat.short, state, answer=answer, at=came)


ASKS = (play.Released, play.ResponsesOpened, play.TurnOpened, play.Started, play.Undone)
"""What asks seats for something anew."""
WORDS = (play.Answered, play.Committed, play.Chosen, play.LeversLeft, play.Readied)
"""What a seat says to that."""


def _came(entries: Sequence[Entry]) -> dict[str, int]:
    """When each seat's last word to what is asked now came, in seconds."""
    now = takewhile(lambda entry: not isinstance(entry.event, ASKS), reversed(entries))
    return {entry.by: entry.elapsed for entry in [*now][::-1] if isinstance(entry.event, WORDS)}


def _row(game: Game, seat: Seat, came: int | None) -> SeatRow:
    state, given, slot, leads = "", None, game.slot, game.run.is_lead(seat.id)
    match game.phase:
        case phases.BRIEFING:
            state = IN if seat.id in game.ready else NOT_YET
        case phases.LEVERS if leads:
            state = IN if seat.cell in game.left else MISSING
        case phases.DELIBERATION | phases.ADJUDICATION | phases.REVIEW if slot is not None:
            given = slot.answers.get(seat.cell) if leads else slot.commitments.get(seat.id)
            closed = seat.cell in (slot.closed or ())
            if leads and closed:
                given, state = None, CLOSED
            elif given is not None:
                state = IN
            elif not closed and seat.cell not in slot.answers:
                state = MISSING if leads else NOT_YET
    entered = given is not None and leads and slot is not None and seat.cell in slot.entered
    row = SeatRow(seat.id, seat.short, state, at=came, entered=entered)
    if given is None or game.inject is None:
        return row
    return replace(row, answer=mark(game.inject, given), confidence=given.confidence)
