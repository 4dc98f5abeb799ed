"""Who holds the pace of a run, and what that makes of a seat and of its cell."""

from __future__ import annotations

from dataclasses import dataclass

from ttx.session import phases
from ttx.session.answer import Answer
from ttx.session.game import Game, SlotRecord
from ttx.session.gates import slot_lead
from ttx.session.run import PROJECTOR
from ttx.session.view.eye import Eye
from ttx.session.view.visibility import decides


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
    given: Answer | None
    """What this seat has committed to."""
    unweighed: bool
    """Whether its answer in own words is to be carried out, and waits to be weighed."""


def pace(eye: Eye) -> PaceView:
    """Who holds the pace, seen from a seat."""
    game = eye.game
    chief = eye.run.facilitator
    unsettled = game.turn is not None and not game.turn.confirmed
    return PaceView(
        held=bool(chief),
        chief=eye.seat == chief != "",
        ready=len(game.ready),
        said_so=eye.seat in game.ready,
        awaited=bool(chief)
        and game.phase == phases.BRIEFING
        and eye.seat not in (chief, PROJECTOR, *game.ready),
        proposed=game.phase == phases.ADJUDICATION
        or (game.phase == phases.RECKONING and unsettled),
    )


def own_cell(eye: Eye) -> OwnCell:
    """A seat's cell; for the room's screen one without a name."""
    game = eye.game
    run = eye.run
    own = run.seat(eye.seat).cell
    cells = {one.id: eye.text(one.name) for one in run.exercise.cell}
    leads = [one for one in run.exercise.seat if one.cell == own and one.lead]
    slot = game.slot
    return OwnCell(
        name=cells.get(own, ""),
        lead=leads[0].short if leads else "",
        leads=run.seat(eye.seat).lead,
        decides=decides(run, eye.seat) and (not run.facilitator or own in run.people),
        done=game.phase == phases.LEVERS and own in game.left,
        waiting=tuple(cells[one] for one in run.people if one not in game.left)
        if game.phase == phases.LEVERS
        else (),
        closed=slot is not None and own in (slot.closed or ()),
        given=slot.commitments.get(eye.seat) if slot is not None else None,
        unweighed=slot is not None and _unweighed(game, slot, own),
    )


def _unweighed(game: Game, slot: SlotRecord, cell: str) -> bool:
    answer = slot.answers.get(cell)
    waits = game.phase == phases.DELIBERATION and slot.weighed is None
    return waits and answer is not None and bool(answer.written) and slot_lead(game) == cell


def named(eye: Eye, seat: str) -> tuple[str, str]:
    """A seat in short, and its cell; the room's screen has none."""
    run = eye.run
    part = run.seat(seat)
    cells = {one.id: eye.text(one.name) for one in run.exercise.cell}
    return part.short, cells.get(part.cell, "")
