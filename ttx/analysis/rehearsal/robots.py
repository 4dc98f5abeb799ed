"""Robots laid beside each other: what compares more than the question, and who only loses."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import numpy as np

from ttx.adjudicator.tables import Tables
from ttx.analysis.rehearsal.plays import Played
from ttx.analysis.rehearsal.symptom import ENOUGH, TOLERANCE, Symptom, named, signs
from ttx.exercise.model import Exercise, Robot


def robot_symptoms(tables: Tables, plays: Mapping[str, Played]) -> Iterator[Symptom]:
    """What shows of robots: by their wishes, and in their runs."""
    yield from _confounded(tables.exercise)
    yield from _dominated(tables, plays)


def _confounded(exercise: Exercise) -> Iterator[Symptom]:
    """References that differ in more than the levers of the question."""
    robots = {robot.id: robot for robot in exercise.robot}
    names = exercise.review.references
    asked = exercise.review.levers
    if len(names) < 2:
        return
    one, other = (robots[name] for name in names)
    more = [lever for lever in differing(exercise, one, other) if lever not in asked]
    if not more:
        return
    pairs = [
        (a.id, b.id)
        for a in exercise.robot
        for b in exercise.robot
        if a.id < b.id and _alone(exercise, a, b, asked)
    ]
    best = (
        f"'{pairs[0][0]}' and '{pairs[0][1]}' differ in nothing else"
        if pairs
        else "no two robots differ in those alone"
    )
    text = (
        f"'{one.id}' and '{other.id}' differ in {named(more)} besides {named(asked)}, so their "
        f"difference does not answer the question; {best}"
    )
    yield Symptom("references_confounded", ("review", "references"), len(more), text)


def differing(exercise: Exercise, one: Robot, other: Robot) -> list[str]:
    """The levers of which two robots want something else, in the order of the exercise."""
    return [lever for lever in exercise.levers if _wants(one, lever) != _wants(other, lever)]


def _wants(robot: Robot, lever: str) -> list[tuple[int, str]]:
    return [(wish.turn, wish.level) for wish in robot.wishes if wish.lever == lever]


def _alone(exercise: Exercise, one: Robot, other: Robot, asked: list[str]) -> bool:
    apart = differing(exercise, one, other)
    same = one.rule == other.rule != "random" and one.order == other.order
    return same and bool(apart) and set(apart) <= set(asked)


def _dominated(tables: Tables, plays: Mapping[str, Played]) -> Iterator[Symptom]:
    """Robots, but the random one, that are worse than one other on every score."""
    exercise = tables.exercise
    if len(exercise.score) < ENOUGH:
        return
    means = {
        name: np.asarray((played.horizons() * signs(exercise)).mean(axis=-1))
        for name, played in plays.items()
    }
    for at, robot in enumerate(exercise.robot):
        if robot.rule == "random":
            continue
        for name, mean in means.items():
            gap = mean - means[robot.id]
            if name != robot.id and gap.min() >= -TOLERANCE and gap.max() > TOLERANCE:
                text = (
                    f"is dominated by '{name}': no score is better, on the way or at the end, and "
                    f"one is {gap.max() / 100:.1f} worse"
                )
                yield Symptom("robot_dominated", ("robot", at), gap.max() / 100, text)
                break
