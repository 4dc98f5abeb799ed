"""In what two policies or two runs differ, so that nobody takes a bundle for its headline lever."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ttx.analysis.policies import Policy
from ttx.exercise.model.exercise import Exercise
from ttx.exercise.model.part import text
from ttx.i18n import _


@dataclass(frozen=True, slots=True)
class Bundle:
    """A policy against the baseline: everything in which its plan is another."""

    policy: str
    baseline: str
    levers: tuple[str, ...]
    """Levers that are wanted at other levels or in other turns, in the order of the exercise."""
    answers: bool
    """Whether it also answers injects by another rule."""
    red: bool
    """Whether the adversaries are also played otherwise."""
    random: bool
    """Whether one of the two draws its moves, so that its levers cannot be told."""


def bundle(exercise: Exercise, policy: Policy, base: Policy) -> Bundle:
    """In what a policy differs from the baseline.

    A wish for the level that a lever starts at changes nothing.
    """
    mine, theirs = _wanted(exercise, policy), _wanted(exercise, base)
    levers = [lever.id for lever in exercise.lever if mine.get(lever.id) != theirs.get(lever.id)]
    rules = [
        [(cell, robot.rule, robot.order) for cell, robot in plan.allied] for plan in (policy, base)
    ]
    red = [[(cell, robot.rule) for cell, robot in plan.red] for plan in (policy, base)]
    draws = any(robot.rule == "random" for plan in (policy, base) for _, robot in plan.robots)
    answers, played = rules[0] != rules[1], red[0] != red[1]
    return Bundle(policy.id, base.id, tuple(levers), answers, played, draws)


def _wanted(exercise: Exercise, policy: Policy) -> dict[str, tuple[tuple[int, str], ...]]:
    wanted = {}
    for lever, wishes in policy.levers(exercise).items():
        moved = tuple(wish for wish in wishes if wish[1] != exercise.levers[lever].start)
        if moved:
            wanted[lever] = moved
    return wanted


def moved_apart(
    exercise: Exercise, own: Sequence[Sequence[int]], other: Sequence[Sequence[int]]
) -> tuple[str, ...]:
    """The levers that stood at different levels in some turn that both have, by id.

    Each side is a row a turn, with the level of each lever in the order of the exercise.
    """
    turns = [*zip(own, other, strict=False)]
    return tuple(
        part.id
        for row, part in enumerate(exercise.lever)
        if any(mine[row] != theirs[row] for mine, theirs in turns)
    )


def in_which(exercise: Exercise, levers: Sequence[str]) -> str:
    """In which levers two runs differ, as the end of a sentence: `in Pace alone`.

    Of several it says how many, and which lever of the exercise's question is only one of them.
    """
    names = {lever.id: text(lever.name) for lever in exercise.lever}
    mine = [names[lever] for lever in levers]
    if not mine:
        return _("in no lever")
    if len(mine) == 1:
        return _("in {lever} alone", lever=mine[0])
    asked = next((names[lever] for lever in exercise.review.levers if lever in levers), "")
    if asked:
        return _(
            "in a bundle of {count} levers, not {asked} alone: {levers}",
            count=len(mine),
            asked=asked,
            levers=", ".join(mine),
        )
    return _("in a bundle of {count} levers: {levers}", count=len(mine), levers=", ".join(mine))
