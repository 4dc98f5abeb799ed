"""What became of a batch of worlds under one policy, turn by turn, as arrays of whole numbers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields

import numpy as np
from numpy.typing import NDArray

from ttx.adjudicator.answering import Answered
from ttx.adjudicator.arithmetic import Int32
from ttx.adjudicator.tables import Tables
from ttx.adjudicator.worlds import Worlds
from ttx.analysis.policies import Policy
from ttx.session import robots

_ONCE = ("aims", "reached", "ended")
"""What a world has once, and not for every turn."""
BLOCK = 8192
"""Worlds played at once; in blocks of a fourth each world takes almost twice as long."""

Small = NDArray[np.int8]
Rows = NDArray[np.int16]


@dataclass(frozen=True, eq=False)
class Course:
    """A policy in n worlds; values in hundredths unless said. A world that has ended stands still.

    The last axis is the world, the first the turn, from 0; rows go by the exercise's own order.
    """

    scores: Int32
    """int32[turns, scores, n], at the end of each turn."""
    tracks: Int32
    """int32[turns, tracks, n], likewise."""
    levels: Small
    """int8[turns, levers, n], likewise."""
    budgets: Int32
    """int32[turns, budgets, n], in whole units."""
    spent: Int32
    """int32[turns, n], money."""
    posture: Small
    """int8[turns, n]."""
    inject: Rows
    """int16[turns, 2, n]: policy slot and crisis slot; -1 where it stayed empty."""
    option: Rows
    """int16[turns, 2, n]: the row among all options; -1 likewise."""
    timing: Small
    """int8[turns, 2, n]: 0 on time, 1 late, 2 far too late; 0 for a policy inject; -1 likewise."""
    response: Small
    """int8[turns, adversaries, n]: 0 restraint, 1 probe, 2 escalate; -1 once a world has ended."""
    wanted: Small
    """The same before the purse was asked: by odds and draw, or as the policy has Red played."""
    purse: Rows
    """int16[turns, adversaries, n]: chips at the end of each turn; 0 without a purse."""
    aims: Small
    """int8[adversaries, n]: the row of each adversary's aim; -1 without one."""
    reached: Small
    """int8[adversaries, n]: 1 where the aim was reached at the end, 0 where not, -1 where no aim
    says when it is."""
    ended: Small
    """int8[n]: the turn after which a world ended early; 0 where it did not."""

    @property
    def n(self) -> int:
        """How many worlds."""
        return int(self.ended.shape[0])

    def on_the_way(self) -> NDArray[np.int64]:
        """Each score added up over the turns, int64[scores, n]: its mean times their number."""
        return np.asarray(self.scores.sum(axis=0, dtype=np.int64))

    def at_the_end(self) -> Int32:
        """Each score after the last turn, int32[scores, n]."""
        return np.asarray(self.scores[-1])


def play(
    tables: Tables,
    policy: Policy,
    seed: int,
    worlds: NDArray[np.uint64],
    settings: Mapping[str, Int32] | None = None,
    turns: int | None = None,
    wanted: Sequence[int | None] | None = None,
) -> Course:
    """Play a policy in these worlds of a seed, uint64[n], for all turns or the first few.

    `settings` are numbers of the exercise set otherwise, int32[n] by the id of the parameter.
    `wanted` is what each adversary wants in every turn (0 restraint, 1 probe, 2 escalate; None by
    the rule) instead of what the policy says of Red.
    """
    count = tables.exercise.turns.count if turns is None else turns
    blocks = [
        _block(
            tables,
            policy,
            seed,
            worlds[first : first + BLOCK],
            {name: values[first : first + BLOCK] for name, values in (settings or {}).items()},
            count,
            wanted,
        )
        for first in range(0, len(worlds), BLOCK)
    ]
    return joined(blocks)


def joined(courses: list[Course]) -> Course:
    """Courses of one policy in other worlds, one behind the other."""
    names = [part.name for part in fields(Course)]
    return Course(
        **{
            name: np.concatenate([getattr(course, name) for course in courses], -1)
            for name in names
        }
    )


def _block(
    tables: Tables,
    policy: Policy,
    seed: int,
    worlds: NDArray[np.uint64],
    settings: Mapping[str, Int32],
    count: int,
    wanted: Sequence[int | None] | None,
) -> Course:
    batch = Worlds(tables, seed, worlds, settings=settings)
    ended = np.zeros(batch.n, np.int8)
    kept: dict[str, list[NDArray[np.signedinteger]]] = {
        part.name: [] for part in fields(Course) if part.name not in _ONCE
    }
    for turn in range(1, count + 1):
        over = batch.ended.copy()
        *slots, answer = robots.turn(batch, policy.players, wanted)
        taken = [_slot(slot, over) for slot in slots]
        kept["scores"].append(batch.scores())
        kept["tracks"].append(batch.tracks.copy())
        kept["levels"].append(batch.levels.astype(np.int8))
        kept["budgets"].append(batch.budgets.copy())
        kept["spent"].append(batch.spent.copy())
        kept["posture"].append(batch.posture.astype(np.int8))
        for at, name in enumerate(("inject", "option", "timing")):
            kept[name].append(np.stack([slot[at] for slot in taken]))
        kept["response"].append(np.where(over, -1, answer.response).astype(np.int8))
        kept["wanted"].append(np.where(over, -1, answer.wanted).astype(np.int8))
        kept["purse"].append(batch.purse.astype(np.int16))
        ended[batch.ended & ~over] = turn
    return Course(
        **{name: np.stack(rows) for name, rows in kept.items()},
        aims=batch.aims.astype(np.int8),
        reached=reached(batch),
        ended=ended,
    )


def reached(batch: Worlds) -> Small:
    """Whether adversaries have reached their aims as things stand, int8[adversaries, n].

    1 where one has, 0 where not, -1 where it has no aim or the aim does not say when it is reached.
    """
    met = np.full(batch.aims.shape, -1, np.int8)
    for row, part in enumerate(batch.tables.exercise.adversary):
        for at, aim in enumerate(part.aim):
            mine = batch.aims[row] == at
            if aim.reached is not None and mine.any():
                met[row, mine] = batch.holds(aim.reached)[mine]
    return met


def _slot(slot: Answered, over: NDArray[np.bool_]) -> tuple[Rows, Rows, Small]:
    empty = (slot.inject < 0) | over
    return (
        np.where(empty, -1, slot.inject).astype(np.int16),
        np.where(empty, -1, slot.option).astype(np.int16),
        np.where(empty, -1, slot.timing).astype(np.int8),
    )
