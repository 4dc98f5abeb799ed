"""A seat in the facilitator's hand: who plays it, and who could; and what observers are shown."""

from __future__ import annotations

from dataclasses import dataclass

from ttx.exercise.model import text
from ttx.session.game import Game
from ttx.session.run import PERSON
from ttx.session.view.pace import named
from ttx.session.view.sight import decides


@dataclass(frozen=True, slots=True)
class SeatInHand:
    """A seat of a cell that answers injects, as it may be handed over."""

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


def seat_in_hand(game: Game, seat: str, language: str) -> SeatInHand | None:
    """The seat; None where it never changes hands: of the white cell, of Red, of the room."""
    run = game.run
    if not run.seat(seat).cell or not decides(run, seat):
        return None
    own = run.seat(seat)
    name, cell = named(run, seat, language)
    player = run.players.get(own.cell, PERSON)
    robots = [
        (one.id, text(one.about, language))
        for one in run.exercise.robot
        if own.lead and one.id != player
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


def observers_see(game: Game) -> str:
    """`all` or `room`, as the facilitator last said."""
    return game.notebook.observers_see
