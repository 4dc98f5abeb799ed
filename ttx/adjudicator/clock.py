"""The crisis clock: how many minutes each stage takes, which one is critical, and the verdict."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ttx.adjudicator.tables import FULL, Int32, Tables

EVEN = 256
"""Jitter that leaves a stage as it is, per 256."""


@dataclass(frozen=True)
class Reading:
    """The clock of n worlds: minutes int32[stages, n], total and critical stage int32[n]."""

    minutes: Int32
    total: Int32
    critical: Int32


def factors(tables: Tables, tracks: Int32) -> Int32:
    """How long each stage takes against its base, int32[stages, n], per 256 (64 to 512)."""
    clock = tables.exercise.clock
    rows = np.full((len(tables.stages), tracks.shape[1]), EVEN, np.int32)
    anchor = tables.anchor
    for stage in clock.stages:
        pull = np.zeros(tracks.shape[1], np.int32)
        for term in stage.weights:
            row = tables.track[term.of]
            pull = pull + term.weight * (tracks[row] - anchor[row, 0])
        if stage.product:
            a, b = (tables.track[name] for name in stage.product.of)
            base = int(anchor[a, 0]) * int(anchor[b, 0]) // FULL
            pull = pull + stage.product.weight * (tracks[a] * tracks[b] // FULL - base)
        rows[tables.stages.index(stage.id)] = np.clip(EVEN - pull // FULL, 64, 512)
    return rows


def jitters(tables: Tables, luck: Int32) -> Int32:
    """Bytes of the dice, int32[stages without the wait, n], as factors per 256 for each stage."""
    rows = np.full((len(tables.stages), luck.shape[1]), EVEN, np.int32)
    for byte, stage in enumerate(tables.exercise.clock.stages):
        low, span = (128, 320) if stage.jitter == "wide" else (208, 96)
        rows[tables.stages.index(stage.id)] = low + (luck[byte] * span >> 8)
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

    profile and hour (of onset, local) are int32[n]; jitter is int32[stages, n] per 256;
    discord is int32[n], 1 where two cells answered differently.
    """
    base = tables.minutes[profile].T
    minutes = base * factors(tables, tracks)
    minutes = (minutes * (EVEN if jitter is None else jitter)) >> 16
    clock = tables.exercise.clock
    if discord is not None:
        for stage in clock.stages:
            if stage.discord:
                row = tables.stages.index(stage.id)
                minutes[row] += (minutes[row] >> 1) * discord
    if clock.wait:
        row = tables.stages.index(clock.wait.id)
        minutes[row] = _wait(tables, tracks, levels, base[row], hour)
    return summed(tables, minutes)


def _wait(tables: Tables, tracks: Int32, levels: Int32, share: Int32, hour: Int32) -> Int32:
    """Minutes until both offices share a working day, halved by watch floors (domain F20)."""
    wait = tables.exercise.clock.wait
    assert wait is not None
    opened, still = hour >= wait.opens, hour < wait.closes
    shared = opened & still if wait.opens < wait.closes else opened | still
    until = np.where(shared, 0, ((24 + wait.opens - hour) % 24) * 60).astype(np.int32)
    left = (until >> 1) * share >> 4
    here = np.minimum.reduce([tracks[tables.track[p.of]] + p.plus for p in wait.present])
    left = left * (FULL - np.minimum(here, FULL)) // FULL
    if wait.deputy:
        quarters = np.array((wait.quarters + [4] * 4)[:4], np.int32)
        left = left * quarters[levels[tables.lever[wait.deputy]]] >> 2
    return np.asarray(left, np.int32)


def summed(tables: Tables, minutes: Int32) -> Reading:
    """Total and critical stage of given minutes: of stages side by side only the longest counts."""
    total = np.zeros(minutes.shape[1], np.int32)
    counts = minutes.copy()
    for leg in tables.legs:
        longest = minutes[list(leg.stages)].max(axis=0)
        total += longest
        taken = np.zeros(minutes.shape[1], bool)
        for row in leg.stages:
            mine = (minutes[row] == longest) & ~taken
            taken |= mine
            counts[row] = np.where(mine, minutes[row], -1)
    return Reading(minutes, total, np.asarray(counts.argmax(axis=0), np.int32))


def far(window: int) -> int:
    """The minutes beyond which an answer is far too late."""
    return window + (window >> 2)


def verdict(total: Int32, window: Int32) -> Int32:
    """0 on time (T ≤ W), 1 late (T ≤ W + W // 4), 2 far too late; int32[n]."""
    return np.asarray((total > window).astype(np.int32) + (total > window + (window >> 2)))


def index(tables: Tables, tracks: Int32, levels: Int32) -> Int32:
    """The tracks with every clock index worked out anew, at equal jitter; int32[tracks, n]."""
    tracks = tracks.copy()
    for row, part in tables.indices:
        count = tracks.shape[1]
        reading = read(
            tables,
            tracks,
            levels,
            np.full(count, tables.profiles[part.profile], np.int32),
            np.full(count, part.hour, np.int32),
        )
        tracks[row] = np.clip(reading.total * part.times // part.over, 0, FULL)
    return tracks
