"""Paired differences: two policies on the same dice, world by world, in exact whole numbers.

Two policies share the luck of a world, so what differs between them is theirs. Sums and sums of
squares are whole, so neither the order of worlds nor who played them can move a mean.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import NormalDist
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from ttx.analysis.course import Course
from ttx.exercise.model.scores import Score
from ttx.i18n import _
from ttx.session.view.words import CLEAR

Moment = Literal["way", "end"]
MOMENTS: tuple[Moment, Moment] = ("way", "end")
"""The mean over all turns, and the end of the last."""
CONFIDENCE = 0.95
FULL = 100
"""Hundredths in a point."""


@dataclass(frozen=True, eq=False)
class Marks:
    """What a policy came to in n worlds. Values are whole: hundredths times `scale` of the moment.

    On the way a score is added up over the turns and not divided, so that nothing is rounded.
    """

    policy: str
    values: dict[Moment, NDArray[np.int64]]
    """int64[scores, n] by moment."""
    scale: dict[Moment, int]
    """How many turns are added up in a value."""

    @property
    def n(self) -> int:
        """How many worlds."""
        return int(self.values["end"].shape[1])


def marks(policy: str, course: Course) -> Marks:
    """The marks of a course."""
    turns = int(course.scores.shape[0])
    values: dict[Moment, NDArray[np.int64]] = {
        "way": course.on_the_way(),
        "end": course.at_the_end().astype(np.int64),
    }
    return Marks(policy, values, {"way": turns, "end": 1})


@dataclass(frozen=True, slots=True)
class Mean:
    """A policy's mean of a score over all worlds, in points."""

    policy: str
    score: str
    moment: Moment
    mean: float


@dataclass(frozen=True, slots=True)
class Difference:
    """A policy less the baseline in one score; turned so that plus is better, in points."""

    policy: str
    baseline: str
    score: str
    moment: Moment
    worlds: int
    mean: float
    half: float
    """Half the width of the interval that holds the mean with 95 % of luck; inf for one world."""
    better: int
    """Worlds in which it is better by half a point or more."""
    worse: int
    total: int
    """The sum of all differences, in hundredths times `scale`; whole, so it can be added up."""
    squares: int
    """The sum of their squares."""
    scale: int

    @property
    def settled(self) -> bool:
        """Whether the interval leaves no doubt of the sign."""
        return abs(self.mean) > self.half


def means(played: Marks, scores: Sequence[Score]) -> list[Mean]:
    """The mean of every score at both moments, as it stands, not turned."""
    return [
        Mean(
            played.policy,
            score.id,
            moment,
            int(played.values[moment][row].sum()) / (played.n * played.scale[moment] * FULL),
        )
        for moment in MOMENTS
        for row, score in enumerate(scores)
    ]


def differences(played: Marks, base: Marks, scores: Sequence[Score]) -> list[Difference]:
    """A policy against the baseline in the same worlds: every score at both moments.

    ValueError where the worlds are not as many.
    """
    if played.n != base.n:
        raise ValueError(
            _(
                "{policy} has {n} worlds and {baseline} has {theirs}.",
                policy=played.policy,
                n=played.n,
                baseline=base.policy,
                theirs=base.n,
            )
        )
    lines = []
    for moment in MOMENTS:
        scale = played.scale[moment]
        for row, score in enumerate(scores):
            apart = played.values[moment][row] - base.values[moment][row]
            apart = apart if score.better == "higher" else -apart
            total, squares = int(apart.sum()), int((apart * apart).sum())
            mean, half = interval(total, squares, played.n)
            unit = scale * FULL
            lines.append(
                Difference(
                    played.policy,
                    base.policy,
                    score.id,
                    moment,
                    played.n,
                    mean / unit,
                    half / unit,
                    int((apart >= CLEAR * scale).sum()),
                    int((apart <= -CLEAR * scale).sum()),
                    total,
                    squares,
                    scale,
                )
            )
    return lines


def interval(total: int, squares: int, n: int) -> tuple[float, float]:
    """Mean of n whole numbers and half the width of its 95 % interval, from their exact sums.

    That of the normal distribution, so it means little below some thirty worlds; inf for one.
    """
    if n < 2:
        return total / n, math.inf
    variance = (n * squares - total * total) / (n * (n - 1))
    return total / n, quantile(1) * math.sqrt(variance / n)


def in_a_hundred(count: int, of: int) -> str:
    """So many in a hundred; what is not quite none or all is not rounded to it."""
    share = 100 * count / of
    if count and share < 1:
        return "<1"
    return ">99" if count < of and share > 99 else f"{share:.0f}"


def quantile(intervals: int) -> float:
    """Standard deviations on either side of a mean so that so many intervals hold together.

    By Bonferroni: each is taken at a share of the five in a hundred that may miss.
    """
    return NormalDist().inv_cdf(1 - (1 - CONFIDENCE) / (2 * intervals))
