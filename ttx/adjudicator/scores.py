"""Derived values: what tracks, levers and promises add up to, on any number of worlds at once."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from ttx.adjudicator.tables import FULL, Int32, Tables, log2_table
from ttx.exercise.model import Blend, ByLevel, Scarcer, Shortfall, Sum

Leaves = Mapping[str, Int32]
"""Values of tracks, inner derived values and `spent`, int32[n] each, by id."""


def leaves(
    tables: Tables, tracks: Int32, levels: Int32, promised: Int32, spent: Int32
) -> dict[str, Int32]:
    """The inputs of all scores at one moment.

    Tracks int32[tracks, n] and promised int32[promises, n] in hundredths, levels int32[levers, n],
    spent int32[n] in money.
    """
    found: dict[str, Int32] = {name: tracks[row] for name, row in tables.track.items()}
    for row, fading in enumerate(tables.fading):
        found[fading.id] = promised[row]
    found["spent"] = spent
    for name, part in tables.derived.items():
        if isinstance(part, ByLevel):
            found[name] = tables.by_level_now(name, levels[tables.lever[part.lever]])
        elif isinstance(part, Scarcer):
            a, b = value(tables, found, part.of[0]), value(tables, found, part.of[1])
            found[name] = (3 * np.minimum(a, b) + np.maximum(a, b)) >> 2
        elif isinstance(part, Shortfall):
            promise = value(tables, found, part.of)
            met = sum(np.minimum(value(tables, found, d), promise) for d in part.delivered)
            found[name] = np.asarray(promise - met // len(part.delivered), np.int32)
    return found


def value(tables: Tables, inputs: Leaves, name: str) -> Int32:
    """A track or derived value in hundredths, int32[n], from the leaves given."""
    known = inputs.get(name)
    if known is not None:
        return known
    part = tables.derived[name]
    if isinstance(part, Sum):
        total = np.full_like(next(iter(inputs.values())), part.constant)
        for term in part.terms:
            one = value(tables, inputs, term.of)
            total = total + term.weight * ((FULL - one) if term.inverted else one)
        return np.clip(total // part.divisor, 0, FULL)
    assert isinstance(part, Blend)
    return blend(
        [value(tables, inputs, p) for p in part.parts],
        part.weights,
        value(tables, inputs, part.motive),
    )


def blend(parts: list[Int32], weights: tuple[int, int, int], motive: Int32) -> Int32:
    """The weighted geometric mean of three parts (hundredths), halved by a full motive.

    The mean is the largest y with LG[y] ≤ Σ weight × LG[part] // 100; a part at zero gives zero.
    """
    table = log2_table()
    logs = sum(w * table[part] for w, part in zip(weights, parts, strict=True))
    mean = np.searchsorted(table, np.asarray(logs) // 100, side="right") - 1
    zero = (parts[0] == 0) | (parts[1] == 0) | (parts[2] == 0)
    mean = np.where(zero, 0, mean)
    return np.asarray(mean * (2 * FULL - motive) // (2 * FULL), np.int32)


def scores(tables: Tables, inputs: Leaves) -> Int32:
    """All scores of the profile, int32[scores, n]."""
    return np.stack([value(tables, inputs, part.of) for part in tables.exercise.score])
