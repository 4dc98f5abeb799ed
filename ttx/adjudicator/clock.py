"""The crisis clock: how many minutes each stage takes, which one is critical, and the verdict.

docs/model.md, section 7.7.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property, reduce

import numpy as np

from ttx.adjudicator.arithmetic import FULL, Int32, bounded
from ttx.adjudicator.clock_tables import Leg
from ttx.adjudicator.tables import Tables

EVEN = 256
"""Jitter that leaves a stage as it is, per 256."""


@dataclass(frozen=True)
class Reading:
    """The clock of n worlds: minutes int32[stages, n], and total int32[n]."""

    minutes: Int32
    total: Int32
    legs: tuple[Leg, ...] = field(repr=False)

    @cached_property
    def critical(self) -> Int32:
        """The stage that takes longest, int32[n]; of stages side by side only the longest counts.

        It is read where somebody is told of it, and never in many runs.
        """
        counts = self.minutes.copy()
        for leg in self.legs:
            rows = list(leg.stages)
            first = self.minutes[rows].argmax(axis=0)
            for at, row in enumerate(rows):
                counts[row, first != at] = -1
        return np.asarray(counts.argmax(axis=0), np.int32)


def factors(tables: Tables, tracks: Int32) -> Int32:
    """How long each stage takes against its base, int32[stages, n], per 256 (64 to 512)."""
    anchor = tables.clock.anchor
    rows = np.zeros((len(tables.clock.stages), tracks.shape[1]), np.int32)
    for pulls in tables.clock.pulls:
        terms = tracks.take(pulls.track, axis=0)
        terms -= pulls.anchor
        terms *= pulls.weight
        np.add.reduce(terms, axis=0, out=rows[pulls.stage])
    for row, stage in zip(tables.clock.stage_rows, tables.exercise.clock.stages, strict=True):
        if stage.product:
            a, b = (tables.track[name] for name in stage.product.of)
            base = anchor[a] * anchor[b] // FULL
            rows[row] += stage.product.weight * (tracks[a] * tracks[b] // FULL - base)
    rows //= FULL
    np.subtract(EVEN, rows, out=rows)
    np.maximum(rows, 64, out=rows)
    return np.minimum(rows, 512, out=rows)


def jitters(tables: Tables, luck: Int32) -> Int32:
    """Bytes of the dice, int32[stages without the wait, n], as factors per 256 for each stage."""
    rows = np.full((len(tables.clock.stages), luck.shape[1]), EVEN, np.int32)
    low, span = tables.clock.jitter
    rows[tables.clock.stage_rows] = low + (luck * span >> 8)
    return rows


def read(
    tables: Tables,
    tracks: Int32,
    levels: Int32,
    profile: Int32,
    hour: Int32,
    jitter: Int32 | None = None,
    discord: Int32 | None = None,
) -> Reading:
    """The clock of n worlds.

    profile and hour (of onset, local) are int32[n], or int32[1] for all worlds alike; jitter is
    int32[stages, n] per 256; discord is int32[n], 1 where two cells answered differently.
    """
    base = tables.clock.minutes.T.take(profile, axis=1)
    for (at, column), by in tables.clock.cells("minutes"):
        base = np.array(np.broadcast_to(base, (len(base), tracks.shape[1])))
        base[column] += by * (profile == at)
    minutes = factors(tables, tracks)
    minutes *= base
    minutes *= EVEN if jitter is None else jitter
    minutes >>= 16
    clock = tables.exercise.clock
    if discord is not None:
        for row, stage in zip(tables.clock.stage_rows, clock.stages, strict=True):
            if stage.discord:
                minutes[row] += (minutes[row] >> 1) * discord
    if clock.wait:
        row = tables.clock.stages.index(clock.wait.id)
        minutes[row] = _wait(tables, tracks, levels, base[row], hour)
    return summed(tables, minutes)


def _wait(tables: Tables, tracks: Int32, levels: Int32, share: Int32, hour: Int32) -> Int32:
    """Minutes until both offices share a working day, halved by watch floors (section 7.7)."""
    wait = tables.exercise.clock.wait
    assert wait is not None
    opened, still = hour >= wait.opens, hour < wait.closes
    shared = opened & still if wait.opens < wait.closes else opened | still
    until = np.where(shared, 0, ((24 + wait.opens - hour) % 24) * 60).astype(np.int32)
    left = (until >> 1) * share >> 4
    here = reduce(np.minimum, [tracks[tables.track[p.of]] + p.plus for p in wait.present])
    left = left * (FULL - np.minimum(here, FULL)) // FULL
    if wait.deputy:
        level = levels[tables.lever[wait.deputy]]
        quarters = tables.clock.deputy.take(level)
        for (at,), by in tables.clock.cells("deputy"):
            quarters += by * (level == at)
        left = left * quarters >> 2
    return np.asarray(left, np.int32)


def summed(tables: Tables, minutes: Int32) -> Reading:
    """The reading of given minutes: of stages side by side only the longest counts."""
    total = np.zeros(minutes.shape[1], np.int32)
    for leg in tables.clock.legs:
        rows = minutes[leg.stages[0]]
        for row in leg.stages[1:]:
            rows = np.maximum(rows, minutes[row])
        total += rows
    return Reading(minutes, total, tables.clock.legs)


def far(window: int) -> int:
    """The minutes beyond which an answer is far too late."""
    return window + (window >> 2)


def verdict(total: Int32, window: Int32) -> Int32:
    """0 on time (T ≤ W), 1 late (T ≤ W + W // 4), 2 far too late; int32[n]."""
    return np.asarray((total > window).astype(np.int32) + (total > window + (window >> 2)))


def index(tables: Tables, tracks: Int32, levels: Int32) -> list[tuple[int, Int32]]:
    """Work out every clock index anew, at equal jitter, in the tracks given; int32[tracks, n].

    Tells the row of each and by how much it changed, int32[n].
    """
    changes = []
    for row, part in tables.clock.indices:
        profile = np.array([tables.clock.profiles[part.profile]], np.int32)
        reading = read(tables, tracks, levels, profile, np.array([part.hour], np.int32))
        now = bounded(reading.total * part.times // part.over)
        changes.append((row, now - tracks[row]))
        tracks[row] = now
    return changes
