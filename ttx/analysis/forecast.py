"""Where robots would lead a run from where it stands: the median and bands of each score, by turn.

Its dice are not the run's. World 0 of a run's seed is the run's own future, so a forecast draws
from the worlds 1 and up of another seed. All candidates share those worlds, and so their luck.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from ttx.adjudicator import dice
from ttx.adjudicator.arithmetic import Int32
from ttx.adjudicator.tables import Tables
from ttx.analysis.course import BLOCK, play
from ttx.analysis.onward import AS_IT_STANDS, Candidate, Players, scores_to_come, turns_to_come
from ttx.analysis.policies import Policy
from ttx.exercise.model.robots import Robot
from ttx.session.game import Game
from ttx.session.view.visibility import Visibility
from ttx.session.view.words import CLEAR

APART = 0x666F726563617374
"""Mixed into the seed of a run for the seed of its forecasts."""
PARTS = (5, 25, 50, 75, 95)
"""Of 100 worlds, how many lie at or below each line of a fan."""
MEDIAN = PARTS.index(50)
FIRST, WORLDS = 200, 2000
"""How many worlds are looked at first, and how many in the end."""


def seed_of(seed: int) -> int:
    """The seed of the forecasts of a run with that seed."""
    return dice.mix(seed ^ APART)


def numbers(first: int, count: int) -> dice.Words:
    """`count` world numbers from `first` on (1 …), uint64[count]."""
    return np.arange(first, first + count, dtype=np.uint64)


def ahead(
    game: Game,
    playing: Players,
    candidate: Candidate = AS_IT_STANDS,
    *,
    first: int = 1,
    count: int = WORLDS,
    eye: Visibility | None = None,
) -> Iterator[Int32]:
    """The scores at the end of each turn to come in worlds of the forecast, int32[scores, count].

    ValueError in a sentence where the candidate cannot be had.
    """
    worlds = numbers(first, count)
    return scores_to_come(game, playing, seed_of(game.run.seed), worlds, candidate, eye)


@dataclass(frozen=True, eq=False)
class Fan:
    """A candidate in n worlds of the forecast; scores in hundredths."""

    candidate: Candidate
    first: int
    """The first turn to come."""
    scores: Int32
    """int32[turns, scores, n]"""

    @property
    def n(self) -> int:
        """How many worlds."""
        return int(self.scores.shape[-1])

    @property
    def bands(self) -> Int32:
        """int32[parts, turns, scores]: the values that PARTS of 100 worlds do not exceed."""
        ranked = np.sort(self.scores, axis=-1)
        places = [(self.n - 1) * part // 100 for part in PARTS]
        return np.asarray(np.moveaxis(ranked[..., places], -1, 0))


def fan(game: Game, candidate: Candidate, turns: list[Int32]) -> Fan:
    """The fan of what `ahead` gave."""
    return Fan(candidate, turns_to_come(game)[0], np.stack(turns))


def looked(
    game: Game,
    playing: Players,
    candidate: Candidate = AS_IT_STANDS,
    *,
    count: int = WORLDS,
    eye: Visibility | None = None,
) -> Fan:
    """The fan of a candidate in that many worlds; ValueError where it cannot be had."""
    whole: Fan | None = None
    for first in range(1, count + 1, BLOCK):
        part = min(BLOCK, count + 1 - first)
        turns = list(ahead(game, playing, candidate, first=first, count=part, eye=eye))
        alternative = fan(game, candidate, turns)
        whole = alternative if whole is None else joined(whole, alternative)
    assert whole is not None
    return whole


def joined(first: Fan, other: Fan) -> Fan:
    """A fan with the worlds of both."""
    return Fan(first.candidate, first.first, np.concatenate([first.scores, other.scores], axis=-1))


@dataclass(frozen=True, slots=True)
class Against:
    """What a candidate does to a score at the end, world by world against another one."""

    median: int
    """Of the differences, hundredths."""
    better: int
    worse: int
    """Of 100 worlds, in how many it is clearly better and clearly worse."""


def against(game: Game, ours: Fan, other: Fan) -> tuple[Against, ...]:
    """Each score of a fan against another on the same dice, after the last turn to come."""
    n = min(ours.n, other.n)
    gaps = ours.scores[-1, :, :n] - other.scores[-1, :, :n]
    compared = []
    for part, gap in zip(game.run.exercise.score, gaps, strict=True):
        gain = gap if part.better == "higher" else -gap
        compared.append(
            Against(
                int(np.sort(gap)[(n - 1) // 2]),
                _of_100(int((gain >= CLEAR).sum()), n),
                _of_100(int((gain <= -CLEAR).sum()), n),
            )
        )
    return tuple(compared)


def _of_100(count: int, n: int) -> int:
    return count * 100 // n


# --- where a table lies among the robots' runs ---


def higher_than(game: Game, robot: str) -> tuple[int, ...]:
    """Of 100 runs of a robot on other dice, how many each score is higher than at this turn.

    At the end of the last turn that was reckoned and confirmed; empty before the first.
    """
    played = [turn for turn in game.turns if turn.reckoned is not None and turn.confirmed]
    if not played or played[-1].reckoned is None:
        return ()
    now = played[-1].reckoned.reckoning.scores
    runs = _ranked(game.run.tables, game.run.seed, robot)[len(played) - 1]
    below = [int(np.searchsorted(row, value)) for row, value in zip(runs, now, strict=True)]
    return tuple(_of_100(count, WORLDS) for count in below)


def eight_of_ten(game: Game, robot: str) -> tuple[tuple[int, int], ...]:
    """Between which values each score of a robot's runs lies at this turn in eight of ten worlds.

    Lowest and highest of the middle eight tenths, in hundredths, on other dice; empty before the
    first turn was reckoned and confirmed.
    """
    played = [turn for turn in game.turns if turn.reckoned is not None and turn.confirmed]
    if not played:
        return ()
    runs = _ranked(game.run.tables, game.run.seed, robot)[len(played) - 1]
    low, high = ((WORLDS - 1) * part // 100 for part in (10, 90))
    return tuple((int(row[low]), int(row[high])) for row in runs)


@lru_cache(maxsize=32)
def _ranked(tables: Tables, seed: int, robot: str) -> Int32:
    """The scores of a robot's runs at the end of each turn, rising, int32[turns, scores, n]."""
    part: Robot = next(candidate for candidate in tables.exercise.robot if candidate.id == robot)
    cells = [cell.id for cell in tables.exercise.cell if cell.side == "allied"]
    policy = Policy(robot, tuple((cell, part) for cell in cells))
    course = play(tables, policy, seed_of(seed), numbers(1, WORLDS))
    return np.sort(course.scores, axis=-1)
