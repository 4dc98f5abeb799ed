"""Lever levels in play: which do nothing, cost nothing, or buy nothing, inside several plans.

Each level is put in the place of what a plan wants of that lever and laid beside the level below
it, on the same dice. Half a point is a clear difference, as everywhere.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from ttx.adjudicator.tables import Tables
from ttx.analysis.rehearsal.plays import answering, blocks, holding, lasting
from ttx.analysis.rehearsal.symptom import CLEAR, ENOUGH, TOLERANCE, Symptom, named, quoted, signs
from ttx.exercise.model.robots import Robot
from ttx.exercise.problems import KeyPath
from ttx.i18n import _

AGREE = 2
"""Plans that must agree."""
REACHED = 0.5
"""The share of worlds in which a plan must come to stand at a level before it says anything."""
MOST = 3
"""Clear losses from which on a level with one clear gain is called costly."""

Gain = NDArray[np.float64]
"""float[2, scores] in hundredths: on the way and at the end; positive is better."""


def level_symptoms(tables: Tables, plans: list[Robot], seed: int, worlds: int) -> Iterator[Symptom]:
    """What shows of lever levels in so many worlds of each plan."""
    exercise = tables.exercise
    gains = [steps(tables, plan, seed, worlds) for plan in plans]
    for row, lever in enumerate(exercise.lever):
        for number in range(1, len(lever.levels)):
            best_gains = {
                plan.id: gain[row, number]
                for plan, gain in zip(plans, gains, strict=True)
                if (row, number) in gain
            }
            path = ("lever", row, "levels", number)
            if len(best_gains) >= AGREE:
                scores = [score.id for score in exercise.score]
                yield from _said(path, lever.levels[number - 1].id, best_gains, scores)


def steps(tables: Tables, plan: Robot, seed: int, worlds: int) -> dict[tuple[int, int], Gain]:
    """What each level gains over the level below it inside a plan, by lever row and level number.

    Levels that the plan seldom comes to stand at, for want of means or of what they need, are left
    out, and so are those whose lower level it cannot stay at.
    """
    exercise = tables.exercise
    cases = [(r, n) for r, lever in enumerate(exercise.lever) for n in range(len(lever.levels))]
    lever, level = (
        np.repeat(np.array(column, np.int32), worlds) for column in zip(*cases, strict=True)
    )
    world = np.tile(np.arange(worlds, dtype=np.uint64), len(cases))
    came_to, stood = [], []
    for part in blocks(len(world)):
        moves = holding(tables, plan, lever[part], level[part])
        played = lasting(tables, seed, world[part], moves, answering(plan))
        came_to.append(played.horizons() * signs(exercise))
        mine = lever[part], np.arange(played.scores.shape[-1])
        stood.append(played.levels[-1][mine] == level[part])
    shape = (len(cases), worlds)
    profile = np.concatenate(came_to, axis=-1).reshape(2, -1, *shape)
    reached = np.concatenate(stood).reshape(shape).mean(axis=1) >= REACHED
    return {
        (row, number): np.asarray((profile[:, :, at] - profile[:, :, at - 1]).mean(axis=-1))
        for at, (row, number) in enumerate(cases)
        if number and reached[at] and reached[at - 1]
    }


def _said(
    path: KeyPath, below: str, by_plan: dict[str, Gain], scores: list[str]
) -> Iterator[Symptom]:
    worst = min(float(gain.min()) for gain in by_plan.values())
    best = max(float(gain.max()) for gain in by_plan.values())
    still = [name for name, gain in by_plan.items() if np.abs(gain).max() < CLEAR]
    free = [name for name, gain in by_plan.items() if _free(gain)]
    idle = [name for name, gain in by_plan.items() if gain.max() < CLEAR and gain.min() <= -CLEAR]
    costly = [name for name, gain in by_plan.items() if _costly(gain)]
    if len(still) >= AGREE and best < CLEAR:
        most = max(float(np.abs(by_plan[name]).max()) for name in still) / 100
        text = _(
            "does nothing: against '{below}' no score moves by half a point, with {plans}",
            below=below,
            plans=named(still),
        )
        yield Symptom("level_dead", path, most, text)
    elif len(free) >= AGREE and worst > -CLEAR and len(scores) >= ENOUGH:
        text = _(
            "is free: against '{below}' it gains up to {best:.1f} and no score loses, with {plans}",
            below=below,
            best=best / 100,
            plans=named(free),
        )
        yield Symptom("level_free", path, best / 100, text)
    elif len(idle) >= AGREE:
        most = min(float(by_plan[name].min()) for name in idle) / 100
        text = _(
            "buys nothing: against '{below}' no score gains half a point and "
            "one loses {most:.1f}, with {plans}",
            below=below,
            most=-most,
            plans=named(idle),
        )
        yield Symptom("level_buys_nothing", path, most, text)
    elif len(costly) >= AGREE:
        gains = np.stack([by_plan[name] for name in costly]).mean(axis=0)
        gained = scores[int(gains.max(axis=0).argmax())]
        lost = [name for at, name in enumerate(scores) if gains[:, at].min() <= -CLEAR]
        text = _(
            "gains on '{gained}' alone and loses on {lost} against '{below}', with {plans}",
            gained=gained,
            lost=quoted(lost),
            below=below,
            plans=named(costly),
        )
        yield Symptom("level_costly", path, len(lost), text)


def _free(gain: Gain) -> bool:
    return bool(gain.min() >= -TOLERANCE and gain.max() >= CLEAR)


def _costly(gain: Gain) -> bool:
    """One score gains clearly; of the others most lose clearly."""
    gained, lost = (gain >= CLEAR).any(axis=0), (gain <= -CLEAR).any(axis=0)
    others = gain.shape[1] - 1
    return bool(gained.sum() == 1 and lost.sum() >= max(MOST, (others + 1) // 2))
