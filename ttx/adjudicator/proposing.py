"""What news the dice propose for a slot, and which of its answers are open."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ttx.adjudicator import dice
from ttx.adjudicator.arithmetic import FULL, Int32
from ttx.adjudicator.conditions import Mask
from ttx.adjudicator.worlds import Worlds
from ttx.exercise.model.injects import SlotName

_NEVER = 2**30
"""Added to the rank of an inject that cannot come up: more than any rank with its row."""
_MANY = 200
"""So many injects and their ranks still fit into 32 bits together."""


def propose(worlds: Worlds, slot: SlotName, without: Sequence[int] = ()) -> Int32:
    """The inject that the dice propose for a slot, int32[n]; -1 leaves the slot empty.

    The lowest rank is proposed, and of equal ranks the lowest row; what is dated in this turn
    has a rank below all that are rolled. Rows in `without` are passed
    over, and the next lowest takes their place. Where the exercise fills its turns, a crisis
    needs no rank below the bar in a turn without a policy inject.
    """
    injects, moment = worlds.tables.injects, worlds.moment()
    few = len(injects) <= _MANY
    never = np.int32(_NEVER) if few else np.int64(_NEVER**2)
    lowest: NDArray[Any] = np.full(worlds.n, never)
    """Rank and row in one number, so that the least of all is both."""
    for row, inject in enumerate(injects):
        if inject.slot != slot or not inject.turns[0] <= worlds.turn <= inject.turns[1]:
            continue
        free = worlds.fired[row] == 0
        if inject.again is not None:
            free |= worlds.turn - worlds.last[row] >= inject.again
        if inject.when is not None:
            free &= moment.holds(inject.when)
        if row in without or not np.count_nonzero(free):
            continue
        weight: Int32 | int = inject.weight.base
        if inject.weight.of:
            source = moment.values.of(inject.weight.of)
            weight = weight + inject.weight.times * source // FULL
        rolled = worlds.dice.top(worlds.turn, dice.inject_slot(inject.number)) << 6
        rank: NDArray[Any] = rolled if few else rolled.astype(np.int64)
        rank //= max(weight, 1) if isinstance(weight, int) else np.maximum(weight, 1)
        if worlds.tables.dated(inject, worlds.turn):
            rank[:] = -1
        rank *= len(injects)
        rank += row
        rank += ~free * never
        np.minimum(lowest, rank, out=lowest)
    bar = getattr(worlds.tables.exercise.slots, slot)
    rank = lowest // max(len(injects), 1)
    proposed: Int32 = (lowest - rank * len(injects)).astype(np.int32, copy=False)
    if slot == "crisis" and worlds.tables.exercise.slots.fill:
        rank[_quiet(worlds) & (lowest < never)] = -1
    proposed[(rank >= bar) | worlds.ended] = -1
    return proposed


def _quiet(worlds: Worlds) -> Mask:
    """Where this turn has brought no policy inject, bool[n]."""
    rows = [at for at, part in enumerate(worlds.tables.injects) if part.slot == "policy"]
    return np.asarray(~(worlds.last[rows] == worlds.turn).any(axis=0))


def open_options(worlds: Worlds, inject: int) -> Mask:
    """Where each option of an inject is open, bool[options of the inject, n]."""
    moment = worlds.moment()
    return np.stack([moment.holds(option.needs) for option in worlds.tables.injects[inject].option])


def open_gates(worlds: Worlds, inject: Int32) -> Mask:
    """Where options are open that are not always so, bool[1 + gates, n].

    The first row stands for every option without a gate. A gate of an inject that is put in no
    world is not looked at, and told as open.
    """
    tables, moment = worlds.tables, worlds.moment()
    is_open = np.ones((1 + len(tables.answering.gates), worlds.n), bool)
    put = np.bincount(inject[inject >= 0], minlength=len(tables.injects)).tolist()
    for at, (row, option) in enumerate(tables.answering.gates):
        if put[row]:
            is_open[1 + at] = moment.holds(tables.options[option][1].needs)
    return is_open
