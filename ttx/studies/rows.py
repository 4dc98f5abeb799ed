"""A row of a study as an ordinary save, which replays, compares and verifies like any other."""

from __future__ import annotations

from pathlib import Path

from ttx.adjudicator import dice
from ttx.exercise.model import Exercise, Robot
from ttx.exercise.parameters import with_values
from ttx.session.excursions import with_parts
from ttx.session.opening import Seating, begin
from ttx.studies.study import Study


def open_row(study: Study, number: int, out: Path) -> None:
    """Write a row as a new save; StudyError or SaveError where it cannot be.

    Its seed is the one whose world 0 is the world of the row, so play of that seed is the row.
    """
    plan = study.plan
    policy, world = plan.row(number)
    settings = {name: int(values[world]) for name, values in study.settings.items()}
    varied = {**plan.fixed, **settings}
    written = with_values(plan.exercise, varied) if varied else plan.exercise
    exercise, robots = _with_robots(written, policy.players)
    seats = Seating(robots, _lead(exercise))
    begin(exercise, seats, dice.seed_of(plan.seed, plan.dice(world)), out).leave()


def _lead(exercise: Exercise) -> str:
    cell = next(one.id for one in exercise.cell if one.side == "allied")
    return next(seat.id for seat in exercise.seat if seat.cell == cell and seat.lead)


def _with_robots(exercise: Exercise, players: dict[str, Robot]) -> tuple[Exercise, dict[str, str]]:
    """The exercise with the robots of a policy among its own, and which of them plays each cell."""
    known = {one.id: one for one in exercise.robot}
    named: dict[str, str] = {}
    for cell, robot in players.items():
        name, again = robot.id, 1
        while name in known and known[name].model_copy(update={"id": robot.id}) != robot:
            again += 1
            name = f"{robot.id}-{again}"
        known.setdefault(name, robot.model_copy(update={"id": name}))
        named[cell] = name
    if len(known) == len(exercise.robot):
        return exercise, named
    return with_parts(exercise, robot=[*known.values()]), named
