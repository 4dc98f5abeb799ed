"""Which policy is best: in how many worlds, by how much, and which is never worth taking."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ttx.analysis.paired import FULL, MOMENTS, Marks, Moment
from ttx.exercise.model.scores import Score
from ttx.session.view.words import CLEAR

TOLERANCE = 3
"""Hundredths by which a mean may be behind without that counting against a domination."""


@dataclass(frozen=True, slots=True)
class Wins:
    """In how many worlds a policy is best in a score, of all policies of the study."""

    policy: str
    score: str
    moment: Moment
    clear: int
    """By half a point or more."""
    alone: int
    """By anything at all."""
    shared: int
    """As good as another, and no policy better."""


@dataclass(frozen=True, slots=True)
class Dominated:
    """A policy that another is at least as good as in the mean of every score, and better in one.

    As good is within the tolerance, better is beyond it.
    """

    policy: str
    by: tuple[str, ...]
    moment: Moment


def _turned(marks: Marks, moment: Moment, scores: Sequence[Score]) -> NDArray[np.int64]:
    """int64[scores, n], higher being better in all."""
    signs = np.array([1 if score.better == "higher" else -1 for score in scores], np.int64)
    return np.asarray(marks.values[moment] * signs[:, None])


def wins(played: Sequence[Marks], scores: Sequence[Score]) -> list[Wins]:
    """How often each policy is best, per score and moment; nothing where there is one policy."""
    if len(played) < 2:
        return []
    tallied = []
    for moment in MOMENTS:
        values = np.stack([_turned(marks, moment, scores) for marks in played])
        ordered = np.sort(values, axis=0)
        best, lead = ordered[-1], ordered[-1] - ordered[-2]
        bar = CLEAR * played[0].scale[moment]
        for at, marks in enumerate(played):
            mine = values[at] == best
            for row, score in enumerate(scores):
                here, by = mine[row], lead[row]
                tallied.append(
                    Wins(
                        marks.policy,
                        score.id,
                        moment,
                        int((here & (by >= bar)).sum()),
                        int((here & (by > 0)).sum()),
                        int((here & (by == 0)).sum()),
                    )
                )
    return tallied


def dominated(played: Sequence[Marks], scores: Sequence[Score]) -> list[Dominated]:
    """Policies that another dominates in the means of all scores, at each moment."""
    worse = []
    for moment in MOMENTS:
        sums = {marks.policy: _turned(marks, moment, scores).sum(axis=1) for marks in played}
        allowed = TOLERANCE * played[0].scale[moment] * played[0].n
        for policy, mine in sums.items():
            by = tuple(
                other
                for other, theirs in sums.items()
                if (theirs - mine >= -allowed).all() and (theirs - mine > allowed).any()
            )
            if by:
                worse.append(Dominated(policy, by, moment))
    return worse


def tolerance() -> float:
    """The tolerance in points."""
    return TOLERANCE / FULL
