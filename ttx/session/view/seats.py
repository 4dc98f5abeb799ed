"""A seat in the facilitator's hand: who plays it, and who could; and what observers are shown."""

from __future__ import annotations

from dataclasses import dataclass

from ttx.i18n import _
from ttx.session.game import Game
from ttx.session.rights import at_the_desk
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
    run, own = eye.run, eye.run.seat(seat)
    about = {part.id: eye.text(part.about) for part in eye.exercise.robot}
    if own.cell in [cell.id for cell in run.red]:
        # Any of them gives its whole cell, and none of them leads it.
        player, leads, lead = run.players.get(own.cell, RULE), True, own.short
        robots = [(RULE, _("odds and draw, as where nobody sits"))]
        robots += [(robot, about[robot]) for robot in red_robots(run.exercise)]
    elif own.cell and decides(run, seat):
        player, leads = run.players.get(own.cell, PERSON), run.is_lead(seat)
        lead = run.lead(own.cell).short
        robots = [(robot, about[robot]) for robot in allied_robots(run.exercise) if leads]
    else:
        return None
    return SeatInHand(
        seat,
        *named(eye, seat),
        leads=leads,
        lead=lead,
        robot="" if player in (PERSON, WATCHED) else player,
        robots=tuple((robot, does) for robot, does in robots if robot != player),
    )


def leads_now(eye: Eye, seat: str) -> str:
    """Who leads the cell of a seat that people hold, in short.

    Empty where the seat leads it itself, nobody does, or people do not hold it.
    """
    run, own = eye.run, eye.run.seat(seat).cell
    if own not in (*run.people, *run.red_people) or run.is_lead(seat):
        return ""
    of_cell = (part for part in eye.exercise.seat if part.cell == own)
    return next((part.short for part in of_cell if run.is_lead(part.id)), "")


def plays_in(eye: Eye, seat: str) -> str:
    """Who plays the cell of a seat: `person`, the rule, or a robot by its name."""
    return eye.run.players.get(eye.run.seat(seat).cell, "")


def placed(eye: Eye, seat: str) -> tuple[str, str]:
    """A seat in short, and its cell with what it is there: its lead, at the desk, with the pace."""
    run, (short, cell) = eye.run, named(eye, seat)
    if seat == run.facilitator:
        return short, _("{cell}, pace", cell=cell)
    if at_the_desk(run, seat):
        return short, _("{cell}, desk", cell=cell)
    if run.seat(seat).cell in (*run.people, *run.red_people) and run.is_lead(seat):
        return short, _("{cell}, lead", cell=cell)
    return short, cell


def observers_see(game: Game) -> str:
    """`all` or `room`, as the facilitator last said."""
    return game.notebook.observers_see
