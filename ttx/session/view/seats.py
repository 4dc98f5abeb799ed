"""A seat in the facilitator's hand: who plays it, and who could; and what observers are shown."""

from __future__ import annotations

from dataclasses import dataclass

from ttx.exercise.model import Seat
from ttx.session.game import Game
from ttx.session.run import PERSON, RULE, WATCHED, allied_robots, red_robots
from ttx.session.view.eye import Eye
from ttx.session.view.pace import named
from ttx.session.view.visibility import decides


@dataclass(frozen=True, slots=True)
class SeatInHand:
    """A seat of a cell that answers injects, or of Red, as it may be handed over."""

    seat: str
    name: str
    cell: str
    leads: bool
    """Whether it leads its cell, which a robot takes whole."""
    lead: str
    """Who leads it, in short."""
    robot: str
    """The robot that plays the cell; empty where people do."""
    robots: tuple[tuple[str, str], ...]
    """Robots that could take the cell, and what each does; none for a seat that does not lead."""


def seat_in_hand(eye: Eye, seat: str) -> SeatInHand | None:
    """The seat; None where it never changes hands: of the white cell, of the room."""
    run = eye.run
    own = run.seat(seat)
    if own.cell in {cell.id for cell in run.red}:
        return _of_red(eye, own)
    if not own.cell or not decides(run, seat):
        return None
    name, cell = named(eye, seat)
    player = run.players.get(own.cell, PERSON)
    robots = [
        (one.id, eye.text(one.about))
        for one in run.exercise.robot
        if own.lead and one.id != player and one.id in allied_robots(run.exercise)
    ]
    return SeatInHand(
        seat,
        name,
        cell,
        own.lead,
        run.lead(own.cell).short,
        "" if player == PERSON else player,
        tuple(robots),
    )


def _of_red(eye: Eye, own: Seat) -> SeatInHand:
    """A seat of the adversaries: any of them gives its whole cell, and none of them leads it."""
    run = eye.run
    name, cell = named(eye, own.id)
    player = run.players.get(own.cell, RULE)
    every = {one.id: eye.text(one.about) for one in run.exercise.robot}
    robots = [(RULE, "odds and draw, as where nobody sits")]
    robots += [(one, every[one]) for one in red_robots(run.exercise)]
    return SeatInHand(
        own.id,
        name,
        cell,
        leads=True,
        lead=own.short,
        robot="" if player in (PERSON, WATCHED) else player,
        robots=tuple(one for one in robots if one[0] != player),
    )


def observers_see(game: Game) -> str:
    """`all` or `room`, as the facilitator last said."""
    return game.notebook.observers_see
