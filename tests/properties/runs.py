"""Plays the flagship in the worlds of several seeds at once, and keeps what is asked about."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from ttx.adjudicator.answering import rule_on
from ttx.adjudicator.arithmetic import Int32
from ttx.adjudicator.conditions import Mask
from ttx.adjudicator.dice import GOLD, MASK, mix
from ttx.adjudicator.opening import open_turn
from ttx.adjudicator.proposing import open_options, propose
from ttx.adjudicator.reckoning import reckon
from ttx.adjudicator.tables import Tables
from ttx.adjudicator.worlds import Worlds
from ttx.analysis.policies import Policy, policies
from ttx.exercise.model.exercise import Exercise
from ttx.exercise.model.injects import SlotName
from ttx.exercise.model.part import text
from ttx.exercise.model.robots import Robot
from ttx.session import robots

Floats = NDArray[np.float64]
Answers = Callable[[Worlds, SlotName, Int32], Int32]
"""Gives the option to a slot's inject, int32[n]: rows among all options."""
Moves = Callable[[Worlds], None]
BLOCK = 8192
"""Columns played at once."""
OPTIONS = 4
"""The most options that an inject has."""
SLOTS: tuple[SlotName, SlotName] = ("policy", "crisis")
DOCTRINES = ("phased", "accelerated", "staff_first", "hawaii", "cautious", "halt")
RESTRAINT, PROBE, ESCALATE = 0, 1, 2


def worlds_of(seeds: Sequence[int], count: int) -> NDArray[np.uint64]:
    """The worlds 0 to count - 1 of every seed as worlds of the first one, uint64[seeds * count].

    A world's key is `mix(seed) + world * GOLD`, and GOLD is odd: what one seed calls its world 0 is
    a world of every other.
    """
    back = pow(GOLD, -1, 1 << 64)
    first = mix(seeds[0] + GOLD)
    found = [
        np.uint64((mix(seed + GOLD) - first) * back & MASK) + np.arange(count, dtype=np.uint64)
        for seed in seeds
    ]
    return np.concatenate(found)


@dataclass(frozen=True, eq=False)
class Run:
    """What became of n columns; the last axis is the column, the first the turn, from 0."""

    scores: Floats
    """float[turns, scores, n] in points at the end of each turn, turned so that more is better."""
    inject: NDArray[np.int16]
    """int16[turns, 2, n]: policy slot and crisis slot; -1 where it stayed empty."""
    option: NDArray[np.int16]
    """int16[turns, 2, n]: the row among all options; -1 likewise."""
    timing: NDArray[np.int8]
    """int8[turns, 2, n]: 0 on time, 1 late, 2 far too late; -1 likewise."""
    open: Mask
    """bool[turns, 2, 4, n]: which options of the inject were open."""
    could: Mask
    """bool[turns, injects, n]: whether the turn and the condition allowed it, drawn or not."""
    response: NDArray[np.int8]
    """int8[turns, adversaries, n]: 0 restraint, 1 probe, 2 escalate; -1 once a run has ended."""
    levels: NDArray[np.int8]
    """int8[turns, levers, n]."""
    reached: Mask
    """bool[adversaries, n]: whether each adversary reached the aim it had drawn."""
    aims: Int32
    """int32[adversaries, n]: -1 without one."""
    purse: Int32
    """int32[turns, adversaries, n], at the end of each turn."""
    ended: Mask
    """bool[n]: whether the run ended on the ladder."""

    @cached_property
    def horizons(self) -> Floats:
        """Each score on the way and at the end, float[2, scores, n]."""
        return np.stack([self.scores.mean(axis=0), self.scores[-1]])

    @cached_property
    def means(self) -> Floats:
        """The same in the mean of all columns, float[2, scores]."""
        return np.asarray(self.horizons.mean(axis=-1))


@dataclass(eq=False)
class Ground:
    """An exercise, and the worlds in which its properties are measured."""

    exercise: Exercise
    seeds: tuple[int, ...]
    worlds: int
    """Of each seed."""
    _runs: dict[str, Run] = field(default_factory=dict)

    @cached_property
    def tables(self) -> Tables:
        return Tables(self.exercise)

    @cached_property
    def every(self) -> NDArray[np.uint64]:
        """All worlds, as worlds of the first seed."""
        return worlds_of(self.seeds, self.worlds)

    def some(self, count: int) -> NDArray[np.intp]:
        """Columns of at least so many worlds, as many of each seed."""
        each = min(self.worlds, -(-count // len(self.seeds)))
        return np.concatenate([at * self.worlds + np.arange(each) for at in range(len(self.seeds))])

    @property
    def scores(self) -> list[str]:
        return [one.id for one in self.exercise.score]

    @property
    def adversaries(self) -> list[tuple[str, str]]:
        """Their ids and names, in the order of rows."""
        return [(one.id, text(one.name)) for one in self.exercise.adversary]

    @property
    def doctrines(self) -> list[str]:
        return [name for name in DOCTRINES if name in self.names]

    @property
    def names(self) -> list[str]:
        """All robots but the one that draws its moves."""
        return [one.id for one in self.exercise.robot if one.rule != "random"]

    def told(self, robot: str) -> str:
        """A robot by its name."""
        return next(text(one.name) for one in self.exercise.robot if one.id == robot)

    def short(self, score: int) -> str:
        """A score by its short name."""
        return text(self.exercise.score[score].short)

    def score(self, adversary: int) -> int:
        """The row of the score that tells how far an adversary is deterred."""
        return self.scores.index(self.exercise.adversary[adversary].score)

    def robot(self, words: str) -> Robot:
        """A robot, with `+lever=level@turn` behind it as often as one likes."""
        found: tuple[Policy, ...] = policies(self.exercise, [words], lambda _: "")
        return found[0].robots[0][1]

    def run(self, words: str) -> Run:
        """The runs of a robot in all worlds; kept, since most rooms ask for the same few."""
        if words not in self._runs:
            self._runs[words] = self.play(words)
        return self._runs[words]

    def play(
        self,
        words: str,
        answers: Answers | None = None,
        ruled: Sequence[int | None] = (),
        worlds: NDArray[np.uint64] | None = None,
        settings: Mapping[str, Int32] | None = None,
    ) -> Run:
        """A robot's levers with these answers, or its own; `ruled` as in `reckon`."""
        player = self.robot(words)
        every = self.every if worlds is None else worlds
        parts = [slice(first, first + BLOCK) for first in range(0, len(every), BLOCK)]
        return joined(
            [
                self._block(
                    player,
                    every[part],
                    answers or answering(player),
                    ruled,
                    {name: row[part] for name, row in (settings or {}).items()},
                )
                for part in parts
            ]
        )

    def _block(
        self,
        player: Robot,
        worlds: NDArray[np.uint64],
        answers: Answers,
        ruled: Sequence[int | None],
        settings: Mapping[str, Int32],
    ) -> Run:
        batch = Worlds(self.tables, self.seeds[0], worlds, settings=settings)
        rows: dict[str, list[NDArray[np.generic]]] = {}
        seated = robots.together(batch.tables, player)
        for _ in range(self.exercise.turns.count):
            over = batch.ended.copy()
            open_turn(batch)
            robots.move(batch, seated)
            batch.posture = batch.read_posture()
            kept: dict[str, list[NDArray[np.generic]]] = {}
            could = np.zeros((len(self.tables.injects), batch.n), bool)
            for slot in SLOTS:
                self._could(batch, slot, could)
                inject = propose(batch, slot)
                kept.setdefault("open", []).append(_open(batch, inject))
                option = answers(batch, slot, inject)
                answered = rule_on(batch, slot, inject, option)
                empty = inject < 0
                kept.setdefault("inject", []).append(inject.astype(np.int16))
                chosen = np.where(empty, -1, option).astype(np.int16)
                kept.setdefault("option", []).append(chosen)
                timing = np.where(empty, -1, answered.timing).astype(np.int8)
                kept.setdefault("timing", []).append(timing)
            for name, values in kept.items():
                rows.setdefault(name, []).append(np.stack(values))
            rows.setdefault("could", []).append(could)
            reckoned = reckon(batch, ruled)
            response = np.where(over, -1, reckoned.response).astype(np.int8)
            rows.setdefault("response", []).append(response)
            rows.setdefault("levels", []).append(batch.levels.astype(np.int8))
            rows.setdefault("scores", []).append(batch.scores())
            rows.setdefault("purse", []).append(batch.purse.copy())
        played = {name: np.stack(values) for name, values in rows.items()}
        played["scores"] = played["scores"] * self.turned / 100
        return Run(
            **played,
            reached=self._reached(batch),
            aims=batch.aims.copy(),
            ended=batch.ended.copy(),
        )

    @cached_property
    def turned(self) -> Int32:
        """int32[scores, 1]: 1 where higher is better, -1 where lower is."""
        better = [1 if one.better == "higher" else -1 for one in self.exercise.score]
        return np.array(better, np.int32).reshape(-1, 1)

    def _could(self, batch: Worlds, slot: SlotName, could: Mask) -> None:
        moment = batch.moment()
        for row, inject in enumerate(self.tables.injects):
            if inject.slot == slot and inject.turns[0] <= batch.turn <= inject.turns[1]:
                could[row] = True if inject.when is None else moment.holds(inject.when)

    def _reached(self, batch: Worlds) -> Mask:
        found = np.zeros((len(self.exercise.adversary), batch.n), bool)
        for row, adversary in enumerate(self.exercise.adversary):
            for at, aim in enumerate(adversary.aim):
                if aim.reached is not None:
                    found[row] |= (batch.aims[row] == at) & batch.holds(aim.reached)
        return found


def joined(runs: Sequence[Run]) -> Run:
    """Runs of one policy in other worlds, one behind the other."""
    if len(runs) == 1:
        return runs[0]
    names = list(Run.__dataclass_fields__)
    return Run(**{name: np.concatenate([getattr(one, name) for one in runs], -1) for name in names})


def _open(batch: Worlds, inject: Int32) -> Mask:
    found = np.zeros((OPTIONS, batch.n), bool)
    for row in np.unique(inject[inject >= 0]):
        here = inject == row
        is_open = open_options(batch, int(row))
        found[: len(is_open), here] = is_open[:, here]
    return found


# --- ways of answering ----------------------------------------------------------------------------


def answering(player: Robot) -> Answers:
    """The robot's own answers."""
    return lambda batch, slot, inject: robots.choose(batch, slot, inject, player)


def by_rank(tables: Tables, rank: Floats) -> Answers:
    """The open option that ranks highest, by float[options]."""
    first = tables.first_option

    def answers(batch: Worlds, _: SlotName, inject: Int32) -> Int32:
        answer = np.full(batch.n, -1, np.int32)
        for row in np.unique(inject[inject >= 0]):
            here = np.flatnonzero(inject == row)
            is_open = open_options(batch, int(row))[:, here]
            mine = rank[first[row] : first[row + 1]]
            answer[here] = first[row] + np.where(is_open, mine[:, None], -np.inf).argmax(axis=0)
        return answer

    return answers
