"""What settings of an exercise come to for two policies on the same worlds, in whole numbers.

Settings are laid side by side on the world axis, each with the same worlds: the luck of two
settings is the same, and what differs between them is the setting alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ttx.adjudicator.arithmetic import Int32
from ttx.adjudicator.tables import Tables
from ttx.analysis.course import play
from ttx.analysis.policies import Policy
from ttx.exercise.model.exercise import Exercise
from ttx.session.view.words import CLEAR

Int64 = NDArray[np.int64]

MOMENTS = ("way", "end")
"""The mean over the turns, and the last turn."""
A, B, SQUARES, BETTER, WORSE = range(5)
"""Rows of a tally: the sums of both policies, then what is counted of B less A."""
ROWS = 8_192
"""Settings times worlds of one piece of work; a course of more fills the memory, not the time."""


@dataclass(frozen=True, slots=True)
class Tally:
    """What each of some settings came to.

    `counts` is int64[settings, 5, moments, scores]: the sums of A and of B in hundredths as the
    scores stand, then the sum of squares of B less A, and in how many worlds B was better and
    worse by half a point or more. A difference is turned so that more is better for B. On the way
    a score is added up over the turns and not divided, so that nothing is rounded.
    """

    worlds: int
    turns: int
    signs: Int64
    """int64[scores]: 1 where a higher score is better, else -1."""
    counts: Int64

    @property
    def apart(self) -> Int64:
        """The sum of B less A over the worlds, int64[settings, moments, scores].

        In hundredths, on the way times the number of turns.
        """
        return np.asarray((self.counts[:, B] - self.counts[:, A]) * self.signs)

    @property
    def scale(self) -> Int64:
        """What a sum is divided by to be a mean in hundredths, int64[moments, 1]."""
        return self.worlds * _turns(self.turns)

    @property
    def means(self) -> NDArray[np.float64]:
        """The mean of B less A, hundredths, float64[settings, moments, scores]."""
        return np.asarray(self.apart / self.scale)

    @property
    def errors(self) -> NDArray[np.float64]:
        """The standard error of that mean over worlds; 0 for a single world."""
        if self.worlds < 2:
            return np.zeros_like(self.means)
        turns = _turns(self.turns)
        squares = self.counts[:, SQUARES] / (turns * turns)
        spread = np.maximum(squares - self.worlds * self.means**2, 0)
        return np.asarray(np.sqrt(spread / (self.worlds - 1) / self.worlds))

    def at(self, rows: slice) -> Tally:
        """The same of some settings."""
        return Tally(self.worlds, self.turns, self.signs, self.counts[rows])


def _turns(count: int) -> Int64:
    """How many turns are added up in a sum of each moment, int64[moments, 1]."""
    return np.array([[count], [1]], np.int64)


def signs(exercise: Exercise) -> Int64:
    """Which way each score is better, int64[scores]: 1 for higher, -1 for lower."""
    return np.array([1 if part.better == "higher" else -1 for part in exercise.score], np.int64)


def pieces(settings: int, worlds: int) -> list[slice]:
    """How settings are cut into pieces of work, in order; independent of who does them."""
    step = max(1, ROWS // worlds)
    return [slice(at, min(at + step, settings)) for at in range(0, settings, step)]


def count(
    tables: Tables,
    pair: tuple[Policy, Policy],
    seed: int,
    worlds: NDArray[np.uint64],
    ids: Sequence[str],
    settings: Int32,
) -> Int64:
    """Play both policies at each setting and count, int64[settings, 5, moments, scores].

    `settings` int32[settings, parameters] in the units of the engine, by the ids given.
    """
    rows, n = len(settings), len(worlds)
    turned = signs(tables.exercise)[:, None, None]
    axis = {name: np.repeat(settings[:, at], n) for at, name in enumerate(ids)}
    scores = []
    for policy in pair:
        course = play(tables, policy, seed, np.tile(worlds, rows), axis)
        way = course.on_the_way()
        end = course.at_the_end().astype(np.int64)
        scores.append(np.stack([way, end]).reshape(len(MOMENTS), -1, rows, n))
    apart = (scores[1] - scores[0]) * turned
    clear = CLEAR * _turns(tables.exercise.turns.count)[..., None, None]
    counted = [
        scores[0].sum(axis=-1),
        scores[1].sum(axis=-1),
        (apart * apart).sum(axis=-1),
        (apart >= clear).sum(axis=-1),
        (apart <= -clear).sum(axis=-1),
    ]
    return np.asarray(np.stack(counted).transpose(3, 0, 1, 2), np.int64)
