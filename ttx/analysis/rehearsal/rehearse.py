"""An exercise played by all its robots on common dice, and everything worth a second look in it."""

from __future__ import annotations

from dataclasses import dataclass

from ttx.adjudicator.arithmetic import RESPONSES
from ttx.adjudicator.tables import Tables
from ttx.analysis.rehearsal.adversaries import adversary_symptoms
from ttx.analysis.rehearsal.ground import ground_symptoms
from ttx.analysis.rehearsal.injects import in_time, inject_symptoms
from ttx.analysis.rehearsal.levels import level_symptoms
from ttx.analysis.rehearsal.options import option_symptoms
from ttx.analysis.rehearsal.plays import all_plays
from ttx.analysis.rehearsal.red import Outing, outings, red_symptoms
from ttx.analysis.rehearsal.robots import robot_symptoms
from ttx.analysis.rehearsal.symptom import Symptom
from ttx.exercise.model.exercise import Exercise
from ttx.exercise.model.robots import Robot

FEW = 50
"""Worlds in which options and levels are tried at the least."""
SEED = 1
PLANS = 3
"""Robots inside whose plans options and levels are tried: the references come first."""


@dataclass(frozen=True)
class Rehearsal:
    """What play showed; the same exercise and number of worlds give the same, to the last digit."""

    worlds: int
    robots: tuple[str, ...]
    plans: tuple[str, ...]
    symptoms: tuple[Symptom, ...]
    in_time: dict[str, float | None]
    """By robot: the share of crises answered inside the window; None where none came."""
    red: tuple[Outing, ...]
    """What adversaries with an aim or a purse did inside each plan, and always escalating."""


def rehearse(exercise: Exercise, worlds: int) -> Rehearsal:
    """Play the worlds 0 to `worlds` - 1 of seed 1 with every robot, and look at what came of it.

    Options are forced in up to a fifth as many worlds in which their inject fires, levels in an
    eighth as many.
    """
    tables = Tables(exercise)
    plans = _plans(exercise)
    plays = all_plays(tables, _allied(exercise), SEED, worlds)
    fifth, eighth = max(FEW, worlds // 5), max(FEW, worlds // 8)
    red = outings(tables, plans, SEED, worlds)
    symptoms = [
        *robot_symptoms(tables, plays),
        *inject_symptoms(tables, plays),
        *option_symptoms(tables, plays, plans, SEED, fifth),
        *level_symptoms(tables, plans, SEED, eighth),
        *ground_symptoms(tables, plays),
        *adversary_symptoms(tables, plays, (plans or _allied(exercise))[0], SEED, eighth),
        *red_symptoms(exercise, red),
    ]
    return Rehearsal(
        worlds,
        tuple(plays),
        tuple(plan.id for plan in plans),
        tuple(symptoms),
        in_time(plays),
        tuple(red),
    )


def _plans(exercise: Exercise) -> list[Robot]:
    """The first robots that do not draw their moves, the references before the others."""
    first = exercise.review.references
    steady = [robot for robot in _allied(exercise) if robot.rule != "random"]
    place = {name: at for at, name in enumerate(first)}
    return sorted(steady, key=lambda robot: place.get(robot.id, len(first)))[:PLANS]


def _allied(exercise: Exercise) -> list[Robot]:
    """The robots that play allied cells."""
    return [robot for robot in exercise.robot if robot.rule not in RESPONSES]
