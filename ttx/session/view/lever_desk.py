"""The levers of this turn as the facilitator has them: what was moved, and what waits for whom."""

from __future__ import annotations

from dataclasses import dataclass

from ttx.i18n import _
from ttx.session import phases
from ttx.session.view.eye import Eye
from ttx.session.view.words import listed


@dataclass(frozen=True, slots=True)
class LeverDesk:
    """What the cells did with their levers so far, in words."""

    moved: tuple[str, ...]
    """Each move, in the order in which they were made: `USFJ: Pace to accelerated`."""
    waiting: tuple[str, ...]
    """Each request that no other cell has answered yet."""


def lever_desk(eye: Eye) -> LeverDesk | None:
    """The levers while cells move them; None in any other phase.

    Raises:
        ValueError: For a seat that has no right at the desk.
    """
    eye.require_desk()
    game = eye.game
    if game.phase != phases.LEVERS or game.turn is None:
        return None
    granters = [part.granted_by for part in eye.exercise.budget if part.granted_by]
    cells = listed([eye.names.cells[cell] for cell in dict.fromkeys(granters)])
    return LeverDesk(
        moved=tuple(
            _(
                "{who}: {lever} to {level}",
                who=_who(eye, by),
                **_setting(eye, fact.lever, fact.level),
            )
            for by, fact in game.turn.moves
        ),
        waiting=tuple(
            _(
                "{who} asks for {lever} at {level}; {cells} must consent",
                who=_who(eye, by),
                cells=cells,
                **_setting(eye, fact.lever, fact.level),
            )
            for by, fact in game.asked
        ),
    )


def lapses(eye: Eye) -> tuple[str, ...]:
    """What nobody will have consented to if the levers are closed now: `Pace at accelerated`."""
    if eye.game.phase != phases.LEVERS:
        return ()
    return tuple(
        _("{lever} at {level}", **_setting(eye, fact.lever, fact.level))
        for _seat, fact in eye.game.asked
    )


def _setting(eye: Eye, lever: str, level: str) -> dict[str, str]:
    name = eye.text(eye.exercise.levers[lever].name)
    return {"lever": name, "level": eye.names.level(lever, level)}


def _who(eye: Eye, by: str) -> str:
    """A seat in short, or the robot."""
    if by in eye.names.seats:
        return eye.names.seats[by]
    robot = by.partition(":")[2]
    return _("Robot {name}", name=eye.names.robots.get(robot, robot))
