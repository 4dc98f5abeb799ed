"""Who sits where: people and robots by cell, from the words of the command line."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from ttx.exercise.model.exercise import Exercise
from ttx.i18n import _
from ttx.session.run import PERSON, RULE, allied_robots, red_robots

NOBODY = "nobody"


class NotSeated(ValueError):
    """A wish for seats or robots that this exercise cannot fulfil; a sentence for a person."""


@dataclass(frozen=True)
class Seating:
    """Who plays which cell, the seat at this keyboard, and whether cells answer as one."""

    robots: dict[str, str]
    """Robots by cell; `rule` for a cell of the adversaries that the model plays."""
    seat: str
    together: bool = True
    red: tuple[str, ...] = ()
    """Cells of the adversaries that people play."""


def seating(
    exercise: Exercise,
    robots: str = "",
    seat: str = "",
    *,
    together: bool = True,
    red: bool = False,
) -> Seating:
    """Seats from the words of the command line.

    `robots` is one name for every allied cell, or `cell=name,…`; the other allied cells are held by
    people. With `red`, people also hold the cells of the adversaries that are not named there, else
    the rule plays those. `seat` is a seat of a cell that people hold, the first lead where it is
    left out; one of the adversaries' has people hold its cell.

    Raises:
        NotSeated: The exercise has no such cell, robot or seat, or the seat cannot be taken.
    """
    sides = {cell.id: cell.side for cell in exercise.cell if cell.side != "white"}
    allied = [cell for cell, side in sides.items() if side == "allied"]
    wanted: dict[str, str] = {}
    if robots and "=" not in robots:
        wanted = dict.fromkeys(allied, robots)
    elif robots:
        for part in robots.split(","):
            cell, _equals, name = part.partition("=")
            wanted[cell.strip()] = name.strip()
    fit = {"allied": sorted(allied_robots(exercise)), "red": [RULE, *red_robots(exercise)]}
    for cell, name in wanted.items():
        if cell not in sides:
            raise NotSeated(
                _(
                    "There is no cell '{cell}' to play; choose from {sides}.",
                    cell=cell,
                    sides=", ".join(sides),
                )
            )
        if name not in fit[sides[cell]]:
            which = ", ".join(fit[sides[cell]])
            raise NotSeated(
                _(
                    "There is no robot '{name}' for {cell}; choose from {which}.",
                    name=name,
                    cell=cell,
                    which=which,
                )
            )
    seats = {part.id: part for part in exercise.seat}
    own = seats[seat].cell if seat in seats else ""
    held = tuple(
        cell
        for cell, side in sides.items()
        if side == "red" and cell not in wanted and (red or cell == own)
    )
    people = [cell for cell in allied if cell not in wanted]
    if own in held:
        return Seating(wanted, seat, together, held)
    if seat:
        if seat not in seats:
            known = [part.id for part in exercise.seat if part.cell in people and part.lead]
            free = (
                _("choose from {known}", known=", ".join(known))
                if known
                else _("robots hold every allied cell")
            )
            raise NotSeated(_("There is no seat '{seat}'; {free}.", seat=seat, free=free))
        if seats[seat].cell not in people:
            raise NotSeated(
                _("The seat '{seat}' is in a cell that nobody at this keyboard holds.", seat=seat)
            )
        if not seats[seat].lead:
            lead = next(s.id for s in exercise.seat if s.cell == seats[seat].cell and s.lead)
            raise NotSeated(_("At one keyboard the lead answers: sit as '{lead}'.", lead=lead))
    lead_of = {part.cell: part.id for part in exercise.seat if part.lead}
    first = lead_of[people[0] if people else allied[0]]
    if held and not people:
        first = next(part.id for part in exercise.seat if part.cell == held[0])
    return Seating(wanted, seat or first, together, held)


def players(
    exercise: Exercise, robots: dict[str, str], red: Collection[str] = ()
) -> dict[str, str]:
    """Who holds each cell; `red` are cells of the adversaries that people hold."""
    players_ = {}
    for cell in exercise.cell:
        if cell.side == "allied":
            players_[cell.id] = robots.get(cell.id, PERSON)
        elif cell.side == "red":
            players_[cell.id] = PERSON if cell.id in red else robots.get(cell.id, RULE)
        else:
            players_[cell.id] = NOBODY
    return players_
