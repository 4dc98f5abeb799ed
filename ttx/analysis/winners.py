"""Which policy is best: in how many worlds, by how much, and which is never worth taking."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ttx.analysis.paired import FULL, MOMENTS, Marks, Moment
from ttx.exercise.model import Score
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


def _turned(one: Marks, moment: Moment, scores: Sequence[Score]) -> NDArray[np.int64]:
    """int64[scores, n], higher being better in all."""
    signs = np.array([1 if score.better == "higher" else -1 for score in scores], np.int64)
    return np.asarray(one.values[moment] * signs[:, None])


def wins(every: Sequence[Marks], scores: Sequence[Score]) -> list[Wins]:
    """How often each policy is best, per score and moment; nothing where there is one policy."""
    if len(every) < 2:
        return []
    found = []
    for moment in MOMENTS:
        values = np.stack([_turned(one, moment, scores) for one in every])
        ordered = np.sort(values, axis=0)
        best, lead = ordered[-1], ordered[-1] - ordered[-2]
        bar = CLEAR * every[0].scale[moment]
        for at, one in enumerate(every):
            mine = values[at] == best
            for row, score in enumerate(scores):
                here, by = mine[row], lead[row]
                found.append(
                    Wins(
                        one.policy,
                        score.id,
                        moment,
                        int((here & (by >= bar)).sum()),
                        int((here & (by > 0)).sum()),
                        int((here & (by == 0)).sum()),
                    )
                )
    return found


def dominated(every: Sequence[Marks], scores: Sequence[Score]) -> list[Dominated]:
    """Policies that another dominates in the means of all scores, at each moment."""
    found = []
    for moment in MOMENTS:
        sums = {one.policy: _turned(one, moment, scores).sum(axis=1) for one in every}
        allowed = TOLERANCE * every[0].scale[moment] * every[0].n
        for policy, mine in sums.items():
            by = tuple(
                other
                for other, theirs in sums.items()
                if (theirs - mine >= -allowed).all() and (theirs - mine > allowed).any()
            )
            if by:
                found.append(Dominated(policy, by, moment))
    return found


def tolerance() -> float:
    """The tolerance in points."""
    return TOLERANCE / FULL
