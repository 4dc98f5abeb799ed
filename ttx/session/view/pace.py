"""Who holds the pace of a run, and what that makes of a seat and of its cell."""

from __future__ import annotations

from dataclasses import dataclass

from ttx.session import phases
from ttx.session.answer import Answer
from ttx.session.game import Game, SlotRecord
from ttx.session.gates import slot_lead
from ttx.session.run import PROJECTOR
from ttx.session.view.eye import Eye


@dataclass(frozen=True, slots=True)
class PaceView:
    """Whose hand opens the gates, as far as a seat is concerned."""

    held: bool
    """Whether somebody facilitates: then seats commit, leads submit, and the run waits."""
    chief: bool
    """Whether that is this seat."""
    ready: int
    """How many seats have read their briefing."""
    said_so: bool
    """Whether this seat has."""
    awaited: bool
    """Whether whoever facilitates would like to hear that it has."""
    proposed: bool
    """Whether a ruling or a reckoning waits to be confirmed."""


@dataclass(frozen=True, slots=True)
class OwnCell:
    """The seat's own cell, and how far it is."""

    name: str
    lead: str
    """Who leads it, in short."""
    leads: bool
    """Whether that is this seat."""
    decides: bool
    """Whether people answer and move levers for it; a robot's cell may have seats that read."""
    done: bool
    """Whether it is done with its levers and waits for others."""
    waiting: tuple[str, ...]
    """The cells whose levers are still awaited, while levers are moved."""
    closed: bool
    """Whether the deliberation was closed without its answer."""
    entered: bool
    """Whether exercise control entered its answer."""
    given: Answer | None
    """What this seat has committed to."""
    unweighed: bool
    """Whether its answer in own words is to be carried out, and waits to be weighed."""


def pace(eye: Eye) -> PaceView:
    """Who holds the pace, seen from a seat."""
    game, chief = eye.game, eye.run.facilitator
    unsettled = game.turn is not None and not game.turn.confirmed
    reads = game.phase == phases.BRIEFING and eye.seat not in (PROJECTOR, *game.ready)
    reads = reads and not eye.at_the_desk
    return PaceView(
        held=bool(chief),
        chief=eye.facilitates,
        ready=len(game.ready),
        said_so=eye.seat in game.ready,
        awaited=bool(chief) and reads,
        proposed=game.phase == phases.ADJUDICATION
        or (game.phase == phases.RECKONING and unsettled),
    )


def own_cell(eye: Eye) -> OwnCell:
    """A seat's cell; for the room's screen one without a name."""
    game, run, slot = eye.game, eye.run, eye.game.slot
    seat, names = run.seat(eye.seat), eye.names.cells
    own, levers = seat.cell, game.phase == phases.LEVERS
    return OwnCell(
        name=names.get(own, ""),
        lead=_lead(eye, own),
        leads=bool(own) and run.is_lead(eye.seat),
        decides=eye.plays if run.facilitator else eye.decides,
        done=levers and own in game.left,
        waiting=tuple(names[cell] for cell in run.people if levers and cell not in game.left),
        closed=slot is not None and own in (slot.closed or ()),
        entered=slot is not None and own in slot.entered,
        given=slot.commitments.get(eye.seat) if slot is not None else None,
        unweighed=slot is not None and _unweighed(game, slot, own),
    )


def others_move(eye: Eye) -> bool:
    """Whether people of a cell that this seat does not speak for still move their levers."""
    own = eye.run.speaks_for(eye.seat)
    return any(cell not in own and cell not in eye.game.left for cell in eye.run.people)


def _lead(eye: Eye, cell: str) -> str:
    """Who leads a cell, in short; empty where nobody does, as in Red or for the room."""
    run = eye.run
    seats = (seat for seat in run.exercise.seat if seat.cell == cell and run.is_lead(seat.id))
    return next((seat.short for seat in seats), "")


def _unweighed(game: Game, slot: SlotRecord, cell: str) -> bool:
    answer = slot.answers.get(cell)
    waits = game.phase == phases.DELIBERATION and slot.weighed is None
    return waits and answer is not None and bool(answer.written) and slot_lead(game) == cell


def named(eye: Eye, seat: str) -> tuple[str, str]:
    """A seat in short, and its cell; the room's screen has none."""
    part = eye.run.seat(seat)
    return part.short, eye.names.cells.get(part.cell, "")
