"""A robot that was written for one run: as TOML in its record, and whether it fits the exercise."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping

from pydantic import ValidationError

from ttx.exercise.check import check
from ttx.exercise.model.exercise import Exercise
from ttx.exercise.model.part import text
from ttx.exercise.model.robots import Robot
from ttx.exercise.parts import with_parts
from ttx.exercise.problems import sentence
from ttx.exercise.wording import findings
from ttx.i18n import _


def source(player: Robot) -> str:
    """The robot as its author would write it, in TOML."""
    import tomli_w  # the last thing that play needs

    return tomli_w.dumps(player.model_dump(exclude_defaults=True))


def robot(written: str) -> Robot:
    """The robot in such a text.

    Raises:
        ValueError: It is none.
    """
    try:
        return Robot.model_validate(tomllib.loads(written))
    except ValueError:  # what pydantic and tomllib say goes over many lines
        raise ValueError(_("a robot is written in it that is none")) from None


def with_robot(exercise: Exercise, written: str) -> Exercise:
    """The exercise with one more robot.

    Raises:
        ValueError: Its id is taken.
    """
    new = robot(written)
    if new.id in {other.id for other in exercise.robot}:
        raise ValueError(_("the robot '{robot}' is there already", robot=new.id))
    return with_parts(exercise, robot=[*exercise.robot, new])


def faults(exercise: Exercise, written: str) -> list[str]:
    """What keeps a robot in TOML from fitting an exercise, a sentence each."""
    try:
        table = tomllib.loads(written)
    except tomllib.TOMLDecodeError as error:
        return [_("This is no TOML: {error}.", error=error)]
    if table.get("id") in {other.id for other in exercise.robot}:
        return [_("The exercise has a robot '{robot}' already.", robot=table["id"])]
    data = exercise.as_toml() | {"robot": [table]}
    try:
        problems = check(Exercise.model_validate(data))
    except ValidationError as error:
        problems = findings(error, data)
    return [
        sentence(problem, data)
        for problem in problems
        if not problem.warning and problem.path[:2] == ("robot", 0)
    ]


def named(exercise: Exercise, players: Mapping[str, Robot]) -> tuple[dict[str, str], list[Robot]]:
    """The name of each cell's robot, and those that have to be written for the run.

    A robot that is none of the exercise's but is called as one of them is given another id, and its
    id as its name.
    """
    known = {other.id: other for other in exercise.robot}
    called = {text(other.name) for other in exercise.robot}
    names: dict[str, str] = {}
    new: list[Robot] = []
    for cell, player in players.items():
        same = [other.id for other in known.values() if _plays_as(other, player)]
        if same:
            names[cell] = player.id if player.id in same else same[0]
            continue
        free = [player.id, *(f"{player.id}-{n}" for n in range(2, len(known) + 2))]
        name = next(free_id for free_id in free if free_id not in known)
        own = player.name if text(player.name) not in called else name
        known[name] = player.model_copy(update={"id": name, "name": own})
        new.append(known[name])
        names[cell] = name
    return names, new


def _plays_as(first: Robot, other: Robot) -> bool:
    return (first.rule, first.order, first.wishes) == (other.rule, other.order, other.wishes)
