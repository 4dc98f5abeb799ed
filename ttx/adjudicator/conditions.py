"""Where a condition holds: thresholds, levers, and what has come up, on any number of worlds.

docs/model.md, section 7.4.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import reduce

import numpy as np
from numpy.typing import NDArray

from ttx.adjudicator.arithmetic import RESPONSES, TIMINGS, Int32
from ttx.adjudicator.scores import Values
from ttx.adjudicator.tables import Tables
from ttx.exercise.model.conditions import (
    All,
    AnyOf,
    CameOut,
    Condition,
    Fired,
    LeverAt,
    Not,
    Responded,
    Threshold,
)

Mask = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Moment:
    """What conditions ask about, as it stands; good until anything of it moves."""

    tables: Tables
    values: Values
    levels: Int32
    """int32[levers, n]"""
    fired: Int32
    """int32[injects, n]: 0 where an inject has not come up, else 1 + its timing."""
    aims: Int32
    """int32[adversaries, n]: the row of each adversary's aim, -1 without one."""
    responses: Sequence[Int32]
    """int32[adversaries, n] for each turn that was reckoned: 0 restraint, 1 probe, 2 escalate."""

    def holds(self, condition: Condition | None) -> Mask:
        """Where the condition holds, bool[n]; not to be written to."""
        match condition:
            case Threshold():
                return self._threshold(condition)
            case LeverAt():
                return self._lever(condition)
            case Fired():
                return np.asarray(self.fired[self.tables.inject[condition.fired]] > 0)
            case CameOut():
                timing = self.fired[self.tables.inject[condition.outcome]]
                return _any([timing == TIMINGS.index(name) + 1 for name in condition.timing])
            case Responded():
                return self._responded(condition)
            case All():
                return _all([self.holds(part) for part in condition.all])
            case AnyOf():
                return _any([self.holds(part) for part in condition.any])
            case Not():
                return ~self.holds(condition.not_)
            case None:
                return np.ones(self.fired.shape[1], bool)

    def _threshold(self, condition: Threshold) -> Mask:
        now, met = self.values.of(condition.of), []
        if condition.at_least is not None:
            met.append(now >= condition.at_least)
        if condition.at_most is not None:
            met.append(now <= condition.at_most)
        if condition.below is not None:
            met.append(now < condition.below)
        return _all(met) if met else self.holds(None)

    def _responded(self, condition: Responded) -> Mask:
        row = self.tables.adversary[condition.responded]
        ways = [RESPONSES.index(way) for way in condition.with_]
        answers = [responses[row] for responses in self.responses[-condition.within :]]
        if not answers:
            return np.zeros(self.fired.shape[1], bool)
        met = _any([answer == way for answer in answers for way in ways])
        if condition.aim:
            aims = [aim.id for aim in self.tables.exercise.adversary[row].aim]
            met = met & _any([self.aims[row] == aims.index(aim) for aim in condition.aim])
        return met

    def _lever(self, condition: LeverAt) -> Mask:
        now, met = self.levels[self.tables.lever[condition.lever]], []
        row = self.tables.level_rows[condition.lever]
        if condition.level is not None:
            met.append(now == row[condition.level])
        if condition.at_least is not None:
            met.append(now >= row[condition.at_least])
        if condition.at_most is not None:
            met.append(now <= row[condition.at_most])
        return _all(met) if met else self.holds(None)


def _all(masks: Sequence[Mask]) -> Mask:
    return reduce(np.logical_and, masks)


def _any(masks: Sequence[Mask]) -> Mask:
    return reduce(np.logical_or, masks)
