"""Many worlds at once under a script."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from oracle import Choice, Slot, State, Turn, play
from oracle import data as model

from ttx.adjudicator.answering import Answered, rule_on
from ttx.adjudicator.opening import may_move, move_lever, open_turn
from ttx.adjudicator.proposing import open_options, propose
from ttx.adjudicator.reckoning import Reckoned, reckon
from ttx.adjudicator.tables import Tables
from ttx.adjudicator.worlds import Worlds
from ttx.exercise.model.injects import SlotName

Ints = NDArray[np.int64]


Luck = np.random.Generator
"""Chooses what a test tries; never the luck of a world."""


TURNS, ATTEMPTS = 10, 6


TRACKS = [track.id for track in model.TRACKS]


LEVERS = [lever.id for lever in model.LEVERS]


TOP = np.array([len(lever.levels) - 1 for lever in model.LEVERS])


SCORES = [score.id for score in model.SCORES]


ADVERSARIES = [adversary.id for adversary in model.ADVERSARIES]


BUDGETS = ["money", "attention", "consent"]


STAGES = ["detect", "share", "assess", "legal", "signal", "wait", "coa", "orders", "message"]


POSTURES, TIMINGS = ["A", "B", "C"], ["on_time", "late", "far_too_late"]


DECISION = ["perceived deterrence", "z", "draw", "z2", "draw2"]


RESPONSES = ["restraint", "probe", "escalate"]


DERIVED = ["announced", "expectation_gap", "strike_effect"]


OPTIONS = [(inject.number, option.id) for inject in model.INJECTS for option in inject.options]


SLOT = ["inject", "option", "posture", "outcome"]


CLOCK = ["hour", "minutes", *STAGES, "critical stage"]


NAMES = [
    *TRACKS,
    *(f"score {name}" for name in SCORES),
    *(f"{name}: {told}" for name in ADVERSARIES for told in DECISION),
    *(f"response of {name}" for name in ADVERSARIES),
    *BUDGETS,
    "spent",
    "announced",
    *(f"level of {name}" for name in LEVERS),
    *(f"snapshot of {name}" for name in (*TRACKS, *DERIVED)),
    *(f"policy {name}" for name in SLOT),
    *(f"crisis {name}" for name in (*SLOT, *CLOCK)),
]
"""What is compared of each turn, in this order."""


def batch(
    tables: Tables, worlds: Sequence[int] | Ints, seed: int = 1, *, keep: bool = False
) -> Worlds:
    return Worlds(tables, seed, np.array(worlds, np.uint64), keep=keep)


@dataclass(frozen=True)
class Told:
    """One turn of a batch."""

    policy: Answered
    crisis: Answered
    reckoned: Reckoned
    tried: tuple[Ints, ...] = ()
    """What only scripted games tell: attempts allowed, and options offered as bits."""

    def rows(self, worlds: Worlds) -> Ints:
        """All of `NAMES`, then what was tried, int64[rows, n], as the turn left them."""
        seen, reading = self.reckoned, self.crisis.reading
        decisions = np.stack([seen.perceived, seen.z, seen.draw, seen.z2, seen.draw2], axis=1)
        clock = [self.crisis.hour, reading.total, *reading.minutes, reading.critical]
        rows = [
            worlds.tracks,
            worlds.scores(),
            decisions.reshape(-1, worlds.n),
            seen.response,
            worlds.budgets,
            worlds.spent,
            worlds.promised,
            worlds.levels,
            worlds.shots[-1],
        ]
        for slot in (self.policy, self.crisis):
            outcome = worlds.fired[slot.inject, np.arange(worlds.n)]
            told = [slot.inject, slot.option, worlds.posture, outcome]
            rows.append(np.where(slot.inject >= 0, told, -1))
        rows.append(np.where(self.crisis.inject >= 0, clock, -1))
        return np.vstack([*rows, *self.tried]).astype(np.int64)


def told_by_the_oracle(turn: Turn) -> list[int]:
    """The same of one world."""
    responses = [turn.adversaries[name] for name in ADVERSARIES]
    adversaries = [
        (turn.perceived[name], one.z, one.draw, one.z2, one.draw2)
        for name, one in zip(ADVERSARIES, responses, strict=True)
    ]
    slots = [-1] * (2 * len(SLOT) + len(CLOCK))
    if turn.policy is not None:
        slots[: len(SLOT)] = told_of_a_slot(turn.policy)
    if (slot := turn.crisis) is not None:
        slots[len(SLOT) : 2 * len(SLOT)] = told_of_a_slot(slot)
        assert slot.hour is not None
        assert slot.T is not None
        assert slot.critical is not None
        minutes = [slot.stages[name] for name in STAGES]
        slots[2 * len(SLOT) :] = [slot.hour, slot.T, *minutes, STAGES.index(slot.critical)]
    return [
        *(turn.tracks[name] for name in TRACKS),
        *(turn.scores[name] for name in SCORES),
        *(number for five in adversaries for number in five),
        *(RESPONSES.index(one.response) for one in responses),
        *(turn.money, turn.attention, turn.consent, turn.spent, turn.announced),
        *(turn.levels[name] for name in LEVERS),
        *(turn.snapshot[name] for name in (*TRACKS, *DERIVED)),
        *slots,
    ]


def told_of_a_slot(slot: Slot) -> list[int]:
    option = OPTIONS.index((slot.inject, slot.option))
    outcome = 1 + TIMINGS.index(slot.timing or "on_time")
    return [slot.inject - 1, option, POSTURES.index(slot.posture), outcome]


def differences(expected: Sequence[Sequence[Sequence[int]]], actual: Ints) -> list[str]:
    """The first numbers in which games [world][turn][row] differ from a batch [turn, row, world].

    A world is compared for the turns it was played.
    """
    found: list[str] = []
    for world, turns in enumerate(expected):
        known = np.array(turns, np.int64)
        other = actual[: len(turns), :, world]
        assert known.shape == other.shape
        for turn, row in np.argwhere(known != other)[: 9 - len(found)]:
            name = NAMES[row] if row < len(NAMES) else f"attempt {row - len(NAMES)}"
            numbers = f"oracle {known[turn, row]}, engine {other[turn, row]}"
            found.append(f"game {world}, turn {turn + 1} of it: {name}: {numbers}")
    return found


@dataclass(frozen=True)
class Script:
    """What players without sense try in some worlds, drawn before the first turn."""

    lever: Ints
    """int64[turn, attempt, world]: rows of levers, -1 where nothing is tried."""
    level: Ints
    pick: Ints
    """int64[turn, slot, world]: which of the open options is taken, counted round."""

    @classmethod
    def drawn(cls, luck: Luck, count: int) -> Script:
        """Some ask all the time and some hardly ever; a quarter never asks for a lowest level."""
        shape = (TURNS, ATTEMPTS, count)
        lever = luck.integers(0, len(LEVERS), shape)
        level = luck.integers(0, TOP[lever] + 1)
        eager = luck.random(count) < 0.25
        level = np.where(eager, np.maximum(level, 1), level)
        quiet = luck.random(shape) < luck.choice([0.0, 0.4, 0.9], count)
        pick = luck.integers(0, 12, (TURNS, 2, count))
        return cls(np.where(quiet, -1, lever), level, pick)

    def of(self, worlds: Sequence[int] | Ints) -> Script:
        return Script(self.lever[..., worlds], self.level[..., worlds], self.pick[..., worlds])

    def move(self, worlds: Worlds, attempt: int) -> Ints:
        """Make one attempt in every world; 1 where it was allowed."""
        lever, level = self.lever[worlds.turn - 1, attempt], self.level[worlds.turn - 1, attempt]
        made = np.zeros(worlds.n, np.int64)
        for row, to in {*zip(lever.tolist(), level.tolist(), strict=True)}:
            if row < 0:
                continue
            where = (lever == row) & (level == to) & may_move(worlds, row, to)
            move_lever(worlds, row, to, where)
            made |= where
        return made

    def answer(self, worlds: Worlds, slot: SlotName) -> tuple[Answered, Ints]:
        """Fill a slot in every world; also the options that were open, as bits."""
        inject = propose(worlds, slot)
        picked = self.pick[worlds.turn - 1, 1 if slot == "crisis" else 0]
        option, offered = np.full(worlds.n, -1), np.full(worlds.n, -1)
        for row in np.unique(inject[inject >= 0]):
            here = inject == row
            opened = open_options(worlds, int(row)).astype(np.int64)
            place = np.where(opened > 0, opened.cumsum(axis=0) - 1, -1)
            taken = (place == picked % opened.sum(axis=0)).argmax(axis=0)
            bits = (opened << np.arange(len(opened))[:, None]).sum(axis=0)
            option = np.where(here, worlds.tables.first_option[row] + taken, option)
            offered = np.where(here, bits, offered)
        return rule_on(worlds, slot, inject, option.astype(np.int32)), offered

    def turn(self, worlds: Worlds) -> Told:
        open_turn(worlds)
        made = [self.move(worlds, attempt) for attempt in range(ATTEMPTS)]
        worlds.posture = worlds.read_posture()
        policy, offered = self.answer(worlds, "policy")
        crisis, offered_again = self.answer(worlds, "crisis")
        return Told(policy, crisis, reckon(worlds), (*made, offered, offered_again))


class Player:
    """The script of one world as the oracle asks for it."""

    def __init__(self, script: Script, world: int) -> None:
        self.lever: list[list[int]] = script.lever[..., world].tolist()
        self.level: list[list[int]] = script.level[..., world].tolist()
        self.pick: list[list[int]] = script.pick[..., world].tolist()
        self.tried = [[0] * ATTEMPTS + [-1, -1] for _ in range(TURNS)]

    def moves(self, state: State, turn: int) -> Iterator[tuple[str, int]]:
        for attempt in range(ATTEMPTS):
            if (row := self.lever[turn - 1][attempt]) >= 0:
                before = state.levels[LEVERS[row]]
                yield LEVERS[row], self.level[turn - 1][attempt]
                self.tried[turn - 1][attempt] = int(before != state.levels[LEVERS[row]])

    def choose(self, state: State, turn: int, inject: int, options: list[Choice]) -> str:
        slot = 1 if model.INJECTS[inject - 1].slot == "crisis" else 0
        opened = [choice.id for choice in options if choice.available]
        bits = sum(choice.available << place for place, choice in enumerate(options))
        self.tried[turn - 1][ATTEMPTS + slot] = bits
        return opened[self.pick[turn - 1][slot] % len(opened)]

    def told(self, turns: Sequence[Turn]) -> list[list[int]]:
        return [told_by_the_oracle(turn) + self.tried[turn.number - 1] for turn in turns]


def scripted(script: Script, seed: int, worlds: Ints) -> list[list[list[int]]]:
    """The oracle's games of a script, one a world."""
    games = []
    for column, world in enumerate(worlds):
        player = Player(script, column)
        games.append(player.told(play(player, seed, int(world)).turns))
    return games
