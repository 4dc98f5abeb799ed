"""A batch of worlds played to the end with what a rehearsal looks at, each column in its own way.

Columns are cases of the same dice: where two of them have the same world, their difference is what
was forced on one of them and nothing else.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ttx.adjudicator.answering import rule_on
from ttx.adjudicator.arithmetic import Int32
from ttx.adjudicator.opening import open_turn
from ttx.adjudicator.proposing import open_options, propose
from ttx.adjudicator.reckoning import reckon
from ttx.adjudicator.tables import Tables
from ttx.adjudicator.worlds import Worlds
from ttx.exercise.model.injects import SlotName
from ttx.exercise.model.robots import Robot, Wish
from ttx.session.robots import choose, wish_moves

Mask = NDArray[np.bool_]
Floats = NDArray[np.float64]
Moves = Callable[[Worlds], None]
Answers = Callable[[Worlds, SlotName, Int32], Int32]

BLOCK = 8192
"""Columns played at once: more of them only waste the processor's nearest memory."""
OPTIONS = 4
"""The most options that an inject has."""


@dataclass(frozen=True, eq=False)
class Played:
    """What became of n columns; the last axis is the column, the first the turn, from 0."""

    scores: Int32
    """int32[turns, scores, n], hundredths, at the end of each turn."""
    tracks: Int32
    """int32[turns, tracks, n], likewise."""
    levels: NDArray[np.int8]
    """int8[turns, levers, n]."""
    posture: NDArray[np.int8]
    """int8[turns, n]."""
    inject: NDArray[np.int16]
    """int16[turns, 2, n]: policy slot and crisis slot; -1 where it stayed empty."""
    option: NDArray[np.int16]
    """int16[turns, 2, n]: the row among all options; -1 likewise."""
    timing: NDArray[np.int8]
    """int8[turns, 2, n]: 0 on time, 1 late, 2 far too late; -1 likewise."""
    open: Mask
    """bool[turns, 2, 4, n]: which options of the inject were open."""
    response: NDArray[np.int8]
    """int8[turns, adversaries, n]: 0 restraint, 1 probe, 2 escalate; -1 once a run has ended."""
    over: Mask
    """bool[turns, n]: whether the run had ended before the turn."""

    def horizons(self) -> Floats:
        """Each score on the way and at the end, float[2, scores, n]: mean of the turns, last."""
        return np.stack([self.scores.mean(axis=0), self.scores[-1]])


def lasting(
    tables: Tables,
    seed: int,
    worlds: NDArray[np.uint64],
    moves: Moves,
    answers: Answers,
    ruled: Sequence[int | None] = (),
) -> Played:
    """Play these worlds of a seed, uint64[n], to the end, all at once.

    `moves` moves levers in a turn, `answers` gives the option to an inject, int32[n] rows among all
    options; `ruled` is what each adversary does in every turn, None leaves it to the dice.
    """
    batch = Worlds(tables, seed, worlds)
    rows: dict[str, list[NDArray[np.generic]]] = {}

    def keep(name: str, value: NDArray[np.generic]) -> None:
        rows.setdefault(name, []).append(value)

    names: tuple[SlotName, SlotName] = ("policy", "crisis")
    for _ in range(tables.exercise.turns.count):
        over = batch.ended.copy()
        open_turn(batch)
        moves(batch)
        batch.posture = batch.read_posture()
        slots: dict[str, list[NDArray[np.generic]]] = {}
        for slot in names:
            inject = propose(batch, slot)
            slots.setdefault("open", []).append(_open(batch, inject))
            option = answers(batch, slot, inject)
            answered = rule_on(batch, slot, inject, option)
            empty = inject < 0
            slots.setdefault("inject", []).append(inject.astype(np.int16))
            slots.setdefault("option", []).append(np.where(empty, -1, option).astype(np.int16))
            timing = np.where(empty, -1, answered.timing).astype(np.int8)
            slots.setdefault("timing", []).append(timing)
        for name, values in slots.items():
            keep(name, np.stack(values))
        keep("posture", batch.posture.astype(np.int8))
        reckoned = reckon(batch, ruled)
        keep("over", over)
        keep("response", np.where(over, -1, reckoned.response).astype(np.int8))
        keep("scores", batch.scores())
        keep("tracks", batch.tracks.copy())
        keep("levels", batch.levels.astype(np.int8))
    return Played(**{name: np.stack(values) for name, values in rows.items()})


def _open(batch: Worlds, inject: Int32) -> Mask:
    opened = np.zeros((OPTIONS, batch.n), bool)
    for row in np.unique(inject[inject >= 0]):
        here = inject == row
        is_open = open_options(batch, int(row))
        opened[: len(is_open), here] = is_open[:, here]
    return opened


# --- the ways of playing --------------------------------------------------------------------------


def wishing(tables: Tables, player: Robot) -> Moves:
    """The lever moves of one robot in every allied cell."""
    levers = {part.id for part in tables.exercise.lever}

    def moves(batch: Worlds) -> None:
        for _ in wish_moves(batch, player, levers, np.zeros(batch.n, np.int32)):
            pass

    return moves


def answering(player: Robot) -> Answers:
    """The robot's own answers."""
    return lambda batch, slot, inject: choose(batch, slot, inject, player)


def forced(player: Robot, inject: Int32, option: Int32) -> Answers:
    """The robot's answers, but to one inject of each column, int32[n], one option, int32[n]."""

    def answers(batch: Worlds, slot: SlotName, given: Int32) -> Int32:
        return np.where(given == inject, option, choose(batch, slot, given, player))

    return answers


def holding(tables: Tables, player: Robot, lever: Int32, level: Int32) -> Moves:
    """The robot's moves, but for one lever of each column, int32[n], one level, int32[n].

    The level takes the place of the robot's first wish for that lever, at its turn, or comes first
    of all from turn 1: what `policies.differing` does to one robot, here for many columns at once.
    """
    exercise = tables.exercise
    levers = {part.id for part in exercise.lever}
    most = exercise.turns.moves
    steps: list[tuple[Robot, Mask]] = []

    def step(wish: Wish, where: Mask) -> None:
        if where.any():
            steps.append((player.model_copy(update={"wishes": [wish]}), where))

    def own(name: str, turn: int) -> None:
        row, part = tables.lever[name], exercise.levers[name]
        for number, held in enumerate(part.levels):
            where = (lever == row) & (level == number)
            step(Wish(turn=turn, lever=name, level=held.id), where)

    wished = {wish.lever for wish in player.wishes}
    for name in exercise.levers:
        if name not in wished:
            own(name, 1)
    seen: set[str] = set()
    for wish in player.wishes:
        if wish.lever not in seen:
            own(wish.lever, wish.turn)
        seen.add(wish.lever)
        step(wish, lever != tables.lever[wish.lever])

    def moves(batch: Worlds) -> None:
        made = np.zeros(batch.n, np.int32)
        for move, where in steps:
            left = np.where(where, made, most).astype(np.int32)  # elsewhere no move is left
            for _ in wish_moves(batch, move, levers, left):
                pass
            made = np.where(where, left, made)

    return moves


def all_plays(tables: Tables, robots: list[Robot], seed: int, worlds: int) -> dict[str, Played]:
    """The runs of each robot in the worlds 0 to `worlds` - 1 of a seed, by its id."""
    all_worlds = np.arange(worlds, dtype=np.uint64)
    return {
        robot.id: lasting(tables, seed, all_worlds, wishing(tables, robot), answering(robot))
        for robot in robots
    }


def blocks(count: int) -> Iterator[slice]:
    """The columns of a batch, a block at a time."""
    for first in range(0, count, BLOCK):
        yield slice(first, first + BLOCK)
