"""How near a crisis ruling was: the smallest single change that would have turned it.

Shortening one of two parallel stages may only make the other the slowest, so nothing is linear
here: every candidate track is tried at every whole point in one batch (docs/model.md, section
7.13).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

import numpy as np

from ttx.adjudicator import clock, dice
from ttx.adjudicator.arithmetic import FULL, TIMINGS, Int32
from ttx.adjudicator.cells import column
from ttx.adjudicator.facts import Ruling
from ttx.adjudicator.position import Position
from ttx.adjudicator.tables import Tables


class TrackFlip(NamedTuple):
    """A track at another whole point, and the timing it would have brought (hundredths)."""

    track: str
    now: int
    at: int
    timing: str


class StageFlip(NamedTuple):
    """Minutes less (negative) or more in one stage, and the timing they would have brought."""

    stage: str
    minutes: int
    timing: str


@dataclass(frozen=True, slots=True)
class Margin:
    """Minutes over (positive) or under the window, and what would have turned the ruling."""

    over: int
    tracks: tuple[TrackFlip, ...]
    """The nearest flip of each track to an earlier and to a later timing, smallest change first."""
    stages: tuple[StageFlip, ...]
    """The same for stages."""


def margin(
    tables: Tables, position: Position, seed: int, ruling: Ruling, *, discord: bool
) -> Margin:
    """The margin of a crisis ruling made at the position."""
    timing = TIMINGS.index(ruling.timing)
    names = [name for name in tables.exercise.clock.margin if name in tables.track]
    points = np.arange(0, FULL + 1, 100, dtype=np.int32)
    count = len(names) * len(points)
    tracks = np.repeat(column(list(position.tracks)), count, axis=1)
    for at, name in enumerate(names):
        tracks[tables.track[name], at * len(points) : (at + 1) * len(points)] = points
    reading = clock.read(
        tables,
        tracks,
        np.repeat(column(list(position.levels)), count, axis=1),
        np.full(count, tables.clock.profile_of[tables.inject[ruling.inject]], np.int32),
        np.full(count, ruling.hour, np.int32),
        np.repeat(_jitter(tables, seed, position.turn), count, axis=1),
        np.full(count, int(discord), np.int32),
    )
    window = np.full(count, ruling.window, np.int32)
    verdicts = clock.verdict(reading.total, window).reshape(len(names), len(points))
    flips = []
    for at, name in enumerate(names):
        now = position.tracks[tables.track[name]]
        for turned in (verdicts[at] < timing, verdicts[at] > timing):
            where = np.flatnonzero(turned)
            if len(where):
                best = min(where, key=lambda p: abs(int(points[p]) - now))
                flips.append(
                    TrackFlip(name, now, int(points[best]), TIMINGS[int(verdicts[at][best])])
                )
    flips.sort(key=lambda flip: abs(flip.at - flip.now))
    return Margin(
        over=ruling.total - ruling.window,
        tracks=tuple(flips),
        stages=tuple(_stage_flips(tables, ruling, timing)),
    )


def _jitter(tables: Tables, seed: int, turn: int) -> Int32:
    luck = dice.Dice(seed, np.zeros(1, np.uint64)).bytes_of(
        turn, dice.JITTER, len(tables.exercise.clock.stages)
    )
    return clock.jitters(tables, luck.astype(np.int32))


def _stage_flips(tables: Tables, ruling: Ruling, timing: int) -> list[StageFlip]:
    window, far = ruling.window, ruling.window + (ruling.window >> 2)
    less = {1: (ruling.total - window, 0), 2: (ruling.total - far, 1)}.get(timing)
    more = {0: (window - ruling.total + 1, 1), 1: (far - ruling.total + 1, 2)}.get(timing)
    flips: list[StageFlip] = []
    for leg in tables.clock.legs:
        minutes = sorted(
            (ruling.minutes[tables.clock.stages[row]] for row in leg.stages), reverse=True
        )
        slowest = max(leg.stages, key=lambda row: (ruling.minutes[tables.clock.stages[row]], -row))
        gives = minutes[0] - (minutes[1] if len(minutes) > 1 else 0)
        name = tables.clock.stages[slowest]
        if less and gives >= less[0]:
            flips.append(StageFlip(name, -less[0], TIMINGS[less[1]]))
        if more:
            flips.append(StageFlip(name, more[0], TIMINGS[more[1]]))
    return sorted(flips, key=lambda flip: abs(flip.minutes))


@dataclass(frozen=True, slots=True)
class Estimate:
    """The staff's estimate before the answer: without jitter, with a range of the middle 80 %."""

    minutes: dict[str, int]
    total: int
    critical: str
    low: int
    high: int
    window: int
    in_time: int
    """Of a hundred ways the stages may run, how many are in time."""


def estimate(tables: Tables, position: Position, inject: str, hour: int) -> Estimate:
    """What the table may know before it answers; it uses no draw of this run."""
    return _estimate(tables, position.tracks, position.levels, inject, hour)


@lru_cache(maxsize=64)
def _estimate(
    tables: Tables, tracks: tuple[int, ...], levels: tuple[int, ...], inject: str, hour: int
) -> Estimate:
    """Kept, because every seat of a table asks the same."""
    row = tables.inject[inject]
    count = 1024
    stages = len(tables.exercise.clock.stages)
    spread = dice.Dice(0, np.arange(count, dtype=np.uint64)).bytes_of(0, dice.JITTER, stages)
    jitter = np.hstack(
        [
            np.full((len(tables.clock.stages), 1), clock.EVEN, np.int32),
            clock.jitters(tables, spread.astype(np.int32)),
        ]
    )
    count += 1
    reading = clock.read(
        tables,
        np.repeat(column(list(tracks)), count, axis=1),
        np.repeat(column(list(levels)), count, axis=1),
        np.full(count, tables.clock.profile_of[row], np.int32),
        np.full(count, hour, np.int32),
        jitter,
    )
    window = int(tables.clock.windows[row])
    totals = np.sort(reading.total[1:])
    return Estimate(
        minutes={name: int(reading.minutes[at, 0]) for at, name in enumerate(tables.clock.stages)},
        total=int(reading.total[0]),
        critical=tables.clock.stages[int(reading.critical[0])],
        low=int(totals[len(totals) // 10]),
        high=int(totals[len(totals) - 1 - len(totals) // 10]),
        window=window,
        in_time=int((totals <= window).sum() * 100 // len(totals)),
    )


def bought(tables: Tables, position: Position, lever: str) -> tuple[int, ...]:
    """Minutes that each level of a lever adds to the reference clock once its effects are in full.

    Against the level held now, equal jitter; negative is faster. Counted are the direct effects of
    the lever on tracks, and its deputy rule; not the links that follow.
    """
    return _bought(tables, position.tracks, position.levels, lever)


@lru_cache(maxsize=512)
def _bought(
    tables: Tables, held: tuple[int, ...], stand: tuple[int, ...], lever: str
) -> tuple[int, ...]:
    """Kept, because every seat of a table asks the same."""
    if not tables.clock.indices:
        return tuple(0 for _ in tables.exercise.levers[lever].levels)
    part = tables.exercise.levers[lever]
    row = tables.lever[lever]
    now = stand[row]
    count = len(part.levels)
    tracks = np.repeat(column(list(held)), count, axis=1)
    levels = np.repeat(column(list(stand)), count, axis=1)
    levels[row] = np.arange(count)
    for effect in part.effects:
        if effect.kind == "target":
            shift = np.array(effect.values, np.int32) - effect.values[now]
            tracks[tables.track[effect.track]] += shift
    _, index = tables.clock.indices[0]
    reading = clock.read(
        tables,
        np.clip(tracks, 0, FULL),
        levels,
        np.full(count, tables.clock.profiles[index.profile], np.int32),
        np.full(count, index.hour, np.int32),
    )
    return tuple(int(total - reading.total[now]) for total in reading.total)


def reference_reading(
    tables: Tables, tracks: Sequence[int], levels: Sequence[int]
) -> clock.Reading:
    """The reference clock: equal jitter, a fixed hour; the exercise must have a clock index.

    tracks in hundredths and levels, one number a row.
    """
    _, index = tables.clock.indices[0]
    return clock.read(
        tables,
        column([int(v) for v in tracks]),
        column([int(v) for v in levels]),
        np.array([tables.clock.profiles[index.profile]], np.int32),
        np.array([index.hour], np.int32),
    )


def reference_minutes(tables: Tables, tracks: Sequence[int], levels: Sequence[int]) -> int:
    """The reference clock in minutes; 0 without a clock index."""
    if not tables.clock.indices:
        return 0
    return int(reference_reading(tables, tracks, levels).total[0])
