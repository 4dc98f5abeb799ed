"""Robots laid beside each other: what compares more than the question, and who only loses."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import combinations

import numpy as np

from ttx.adjudicator.tables import Tables
from ttx.analysis.bundles import Bundle, bundle
from ttx.analysis.paired import MOMENTS, Marks
from ttx.analysis.policies import Policy
from ttx.analysis.rehearsal.plays import Played
from ttx.analysis.rehearsal.symptom import ENOUGH, Symptom, named, quoted
from ttx.analysis.winners import dominated
from ttx.exercise.model.exercise import Exercise
from ttx.exercise.model.robots import Robot
from ttx.i18n import _


def robot_symptoms(tables: Tables, plays: Mapping[str, Played]) -> Iterator[Symptom]:
    """What shows of robots: by their wishes, and in their runs."""
    yield from _confounded(tables.exercise)
    if len(tables.exercise.score) >= ENOUGH:
        yield from _dominated(tables.exercise, plays)


# --- what compares more than the question ---------------------------------------------------------


def _confounded(exercise: Exercise) -> Iterator[Symptom]:
    """References that differ in more than the levers of the question."""
    asked = exercise.review.levers
    robots = {robot.id: robot for robot in exercise.robot}
    references = [robots[name] for name in exercise.review.references]
    if len(references) < 2:
        return
    apart = _apart(exercise, references[0], references[1])
    more = [lever for lever in apart.levers if lever not in asked]
    if not more:
        return
    clean = next(
        (
            pair
            for pair in combinations(exercise.robot, 2)
            if _only_in(asked, _apart(exercise, *pair))
        ),
        None,
    )
    best = (
        _("'{first}' and '{second}' differ in nothing else", first=clean[0].id, second=clean[1].id)
        if clean
        else _("no two robots differ in those alone")
    )
    text = _(
        "'{policy}' and '{baseline}' differ in {more} besides {asked}, so "
        "their difference does not answer the question; {best}",
        policy=apart.policy,
        baseline=apart.baseline,
        more=quoted(more),
        asked=quoted(asked),
        best=best,
    )
    yield Symptom("references_confounded", ("review", "references"), len(more), text)


def _apart(exercise: Exercise, mine: Robot, other: Robot) -> Bundle:
    cells = [cell.id for cell in exercise.cell if cell.side == "allied"]
    first, second = (
        Policy(robot.id, tuple((cell, robot) for cell in cells)) for robot in (mine, other)
    )
    return bundle(exercise, first, second)


def _only_in(asked: list[str], apart: Bundle) -> bool:
    levers = {*apart.levers}
    return bool(levers) and levers <= {*asked} and not apart.answers and not apart.random


# --- who only loses -------------------------------------------------------------------------------


def _dominated(exercise: Exercise, plays: Mapping[str, Played]) -> Iterator[Symptom]:
    """Robots, but one that draws, that another dominates both on the way and at the end."""
    losers = dominated([_marks(name, played) for name, played in plays.items()], exercise.score)
    by = {
        moment: {loser.policy: loser.by for loser in losers if loser.moment == moment}
        for moment in MOMENTS
    }
    for at, robot in enumerate(exercise.robot):
        both = [name for name in by["way"].get(robot.id, ()) if name in by["end"].get(robot.id, ())]
        quoted = [f"'{name}'" for name in both]
        if both and robot.rule != "random":
            text = _(
                "is dominated by {named}: as good on every score, on the way "
                "and at the end, and better on one",
                named=named(quoted),
            )
            yield Symptom("robot_dominated", ("robot", at), len(both), text)


def _marks(name: str, played: Played) -> Marks:
    way = played.scores.sum(axis=0, dtype=np.int64)
    end = played.scores[-1].astype(np.int64)
    return Marks(name, {"way": way, "end": end}, {"way": len(played.scores), "end": 1})
