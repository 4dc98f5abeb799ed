"""Derived values: what tracks, levers and promises add up to, on any number of worlds at once.

docs/model.md, section 7.3.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import lru_cache, reduce

import numpy as np

from ttx.adjudicator.arithmetic import FULL, Int32, bounded, log2_table
from ttx.adjudicator.cells import Number
from ttx.adjudicator.tables import Tables
from ttx.exercise.model.scores import SPENT, Blend, ByLevel, Scarcer, Shortfall, Sum

ScoreInputs = Mapping[str, Int32]
"""Values of tracks, inner derived values and `spent`, int32[n] each, by id."""


class Values:
    """Tracks and derived values as they stand, by id; each is worked out when first asked for.

    It is good until a track, a level or a promise moves, and then made anew.
    """

    def __init__(
        self, tables: Tables, tracks: Int32, levels: Int32, promised: Int32, spent: Int32
    ) -> None:
        """Tracks int32[tracks, n] and promised int32[promises, n] in hundredths.

        Levels int32[levers, n], spent int32[n] in money.
        """
        self._tables, self._tracks, self._levels = tables, tracks, levels
        self._promised = promised
        self._known: dict[str, Int32] = {SPENT: spent}

    def of(self, name: str) -> Int32:
        """A track or derived value in hundredths, or `spent` in money, int32[n]."""
        worked_out = self._known.get(name)
        if worked_out is None:
            worked_out = self._known[name] = self._worked_out(name)
        return worked_out

    def _worked_out(self, name: str) -> Int32:
        tables = self._tables
        rows: Int32
        if name in tables.track:
            rows = self._tracks[tables.track[name]]
            return rows
        if name in tables.promise:
            rows = self._promised[tables.promise[name]]
            return rows
        part = tables.derived[name]
        if isinstance(part, ByLevel):
            level: Int32 = self._levels[tables.lever[part.lever]]
            return tables.by_level_now(name, level)
        return _worked_out(part, self.of)


def score_inputs(
    tables: Tables, tracks: Int32, levels: Int32, promised: Int32, spent: Int32
) -> dict[str, Int32]:
    """The inputs of all scores at one moment; arguments as of `Values`."""
    values = Values(tables, tracks, levels, promised, spent)
    return {name: values.of(name) for name in tables.score_inputs}


def value(tables: Tables, inputs: ScoreInputs, name: str) -> Int32:
    """A track or derived value in hundredths, int32[n], from the leaves given."""
    known = inputs.get(name)
    if known is not None:
        return known
    return _worked_out(tables.derived[name], lambda other: value(tables, inputs, other))


def _worked_out(part: object, of: Callable[[str], Int32]) -> Int32:
    """A derived value that is made of others."""
    if isinstance(part, Sum):
        terms = [
            _times(term.weight, FULL - of(term.of) if term.inverted else of(term.of))
            for term in part.terms
        ]
        return bounded(_plus(part.constant, reduce(np.add, terms)) // part.divisor)
    if isinstance(part, Scarcer):
        a, b = of(part.of[0]), of(part.of[1])
        return np.asarray((3 * np.minimum(a, b) + np.maximum(a, b)) >> 2)
    if isinstance(part, Shortfall):
        promise = of(part.of)
        met = sum(np.minimum(of(delivered), promise) for delivered in part.delivered)
        return np.asarray(promise - met // len(part.delivered), np.int32)
    assert isinstance(part, Blend)
    return blend([of(name) for name in part.parts], part.weights, of(part.motive))


def _times(weight: Number, term: Int32) -> Int32:
    """Most weights are 1, and nothing has to be reckoned."""
    return term if isinstance(weight, int) and weight == 1 else weight * term


def _plus(constant: Number, total: Int32) -> Int32:
    return total if isinstance(constant, int) and constant == 0 else total + constant


def blend(parts: list[Int32], weights: tuple[int, int, int], motive: Int32) -> Int32:
    """The weighted geometric mean of three parts (hundredths), halved by a full motive.

    The mean is the largest y with LG[y] ≤ Σ weight × LG[part] // 100; a part at zero gives zero.
    """
    table = log2_table()
    logs = np.asarray(sum(w * table.take(part) for w, part in zip(weights, parts, strict=True)))
    mean = _power(np.maximum(logs // 100, 0))
    mean *= (parts[0] != 0) & (parts[1] != 0) & (parts[2] != 0)
    return np.asarray(mean * (2 * FULL - motive) // (2 * FULL))


_STEP = 3
"""Logarithms of neighbours lie more than 2^3 apart, so a step of that size holds one at most."""


@lru_cache(maxsize=1)
def _powers() -> tuple[Int32, Int32]:
    """By log >> 3, the largest y whose logarithm is no greater, and the logarithm of the next."""
    table = log2_table()
    steps = np.arange((int(table[-1]) >> _STEP) + 1) << _STEP
    powers = np.searchsorted(table, steps, side="right") - 1
    return powers.astype(np.int32), np.append(table, np.iinfo(np.int32).max).take(powers + 1)


def _power(logs: Int32) -> Int32:
    """The largest y with LG[y] ≤ log, int32[n], for logs from 0 up."""
    powers, following = _powers()
    step = logs >> _STEP
    return powers.take(step) + (following.take(step) <= logs)


def scores(tables: Tables, inputs: ScoreInputs) -> Int32:
    """All scores of the profile, int32[scores, n]."""
    return np.stack([value(tables, inputs, part.of) for part in tables.exercise.score])
