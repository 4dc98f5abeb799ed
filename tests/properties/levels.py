"""P5: whether each level of a lever is worth a thought inside several plans."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np

from ttx.analysis.rehearsal.levels import Gain, steps
from ttx.exercise.model.part import text

from .rows import Row
from .runs import Ground

PLANS = ("phased", "hawaii", "accelerated")
CLEAR, TOLERANCE = 50, 3
"""Hundredths."""
WORLDS = 250
"""Of each seed, at the most."""
AGREE = 2
"""Plans that must agree."""


def levels(ground: Ground) -> Iterator[Row]:
    """Each level against the one below it."""
    found: dict[str, list[Gain]] = {}
    worlds = min(WORLDS, ground.worlds)
    for plan in PLANS:
        every = [steps(ground.tables, ground.robot(plan), seed, worlds) for seed in ground.seeds]
        for lever, level in set.intersection(*[set(one) for one in every]):
            part = ground.exercise.lever[lever]
            name = f"{text(part.name)}, {text(part.levels[level].name)}"
            gains = np.stack([one[lever, level] for one in every])
            found.setdefault(name, []).append(gains.mean(axis=0))
    dead = [n for n, every in found.items() if all(np.abs(g).max() < CLEAR for g in every)]
    for id_, said, names in (
        ("dead", "levels that move no score by half a point in any of three plans", dead),
        ("free", "levels that gain and lose nothing, in two plans", _agreed(found, _free)),
        ("worse", "levels that are worse on all scores, in two plans", _agreed(found, _worse)),
    ):
        yield Row(f"P5.{id_}", said, len(names), at_most=0, note="; ".join(names))
    idle = _agreed(found, _idle)
    yield Row(
        "P5.idle",
        "levels that gain half a point on no score and lose one, in two plans",
        len(idle),
        note="; ".join(idle),
    )


def _agreed(found: dict[str, list[Gain]], is_so: Callable[[Gain], bool]) -> list[str]:
    return [name for name, gains in found.items() if sum(map(is_so, gains)) >= AGREE]


def _free(gain: Gain) -> bool:
    return bool(gain.min() >= -TOLERANCE and gain.max() >= CLEAR)


def _worse(gain: Gain) -> bool:
    return bool(gain.max() <= TOLERANCE and gain.min() < -TOLERANCE)


def _idle(gain: Gain) -> bool:
    return bool(gain.max() < CLEAR and gain.min() <= -CLEAR)
