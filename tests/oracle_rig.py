"""Plays an exercise in the engine's batch and in the scalar oracle, and tells where they differ."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from oracle.game import Choice, Game, Robot, Slot, Turn
from oracle.reading import RESPONSES, Data
from oracle.values import TIMINGS

from ttx.adjudicator.answering import Answered, rule_on
from ttx.adjudicator.opening import may_move, move_lever, open_turn
from ttx.adjudicator.position import Change, Due, Position
from ttx.adjudicator.proposing import open_options, propose
from ttx.adjudicator.reckoning import Reckoned, _adversaries, _index, reckon
from ttx.adjudicator.tables import Tables
from ttx.adjudicator.worlds import Worlds
from ttx.exercise.model.exercise import Exercise
from ttx.exercise.model.injects import SlotName
from ttx.session import robots

Told = dict[str, Any]
"""What one turn of one world came to, by name."""
Ordered = NDArray[np.int32]
"""int32[adversaries, n]: what each wants who is ordered to; -1 leaves it to the rule."""
Play = Callable[[Worlds], tuple[Answered, Answered, Reckoned]]


def batch_of(exercise: Exercise, seed: int, count: int) -> Worlds:
    """The worlds 0 to count - 1 of a seed, keeping their terms."""
    return Worlds(Tables(exercise), seed, np.arange(count, dtype=np.uint64), keep=True)


def differences(
    worlds: Worlds, games: Sequence[Iterator[Turn]], play: Play, turns: int
) -> list[str]:
    """Where turns of a batch differ from the oracle's games of the same worlds.

    A game that has ended is compared no further.
    """
    found: list[str] = []
    over: set[int] = set()
    assert worlds.ledger is not None
    for number in range(1, turns + 1):
        kept = len(worlds.ledger)
        policy, crisis, reckoned = play(worlds)
        ledger = worlds.ledger[kept:]
        for world, game in enumerate(games):
            turn = next(game, None) if world not in over else None
            if turn is None:
                over.add(world)
                continue
            expected = by_the_oracle(turn)
            actual = by_the_batch(worlds, policy, crisis, reckoned, world)
            actual["terms"] = terms_of(worlds, ledger, world)
            found += [
                f"world {world}, turn {number}, {name}: oracle {expected[name]}, batch {now}"
                for name, now in actual.items()
                if now != expected[name]
            ]
    return found[:9]


def by_the_oracle(turn: Turn) -> Told:
    found: Told = {
        "tracks": list(turn.tracks.values()),
        "scores": list(turn.scores.values()),
        "budgets": list(turn.budgets.values()),
        "spent": turn.spent,
        "promised": list(turn.promised.values()),
        "levels": list(turn.levels.values()),
        "snapshot": list(turn.snapshot.values()),
        "pushes": [push.total for push in turn.pushes.values()],
        "purses": [turn.purses.get(name, 0) for name in turn.responses],
        "terms": turn.terms,
    }
    for name in ("perceived", "z", "draw", "z2", "draw2"):
        found[name] = [getattr(one, name) for one in turn.responses.values()]
    for name in ("wanted", "done"):
        found[name] = [RESPONSES.index(getattr(one, name)) for one in turn.responses.values()]
    for slot, told in (("policy", turn.policy), ("crisis", turn.crisis)):
        found[slot] = slot_of(told)
    return found


def slot_of(slot: Slot | None) -> list[Any]:
    if slot is None:
        return []
    clock: list[Any] = [] if slot.clock is None else [slot.hour, *slot.clock.stages.values()]
    if slot.clock is not None:
        clock += [slot.clock.total, slot.clock.critical]
    return [slot.inject, slot.option, slot.posture, TIMINGS.index(slot.timing), *clock]


def by_the_batch(
    worlds: Worlds, policy: Answered, crisis: Answered, reckoned: Reckoned, world: int
) -> Told:
    found: Told = {
        "tracks": worlds.tracks[:, world].tolist(),
        "scores": worlds.scores()[:, world].tolist(),
        "budgets": worlds.budgets[:, world].tolist(),
        "spent": int(worlds.spent[world]),
        "promised": worlds.promised[:, world].tolist(),
        "levels": worlds.levels[:, world].tolist(),
        "snapshot": worlds.shots[-1][:, world].tolist(),
        "pushes": worlds.provocation[:, world].tolist(),
        "purses": worlds.purse[:, world].tolist(),
        "wanted": reckoned.wanted[:, world].tolist(),
        "done": reckoned.response[:, world].tolist(),
    }
    for name in ("perceived", "z", "draw", "z2", "draw2"):
        found[name] = getattr(reckoned, name)[:, world].tolist()
    found["policy"] = slot_in(worlds, policy, world, clocked=False)
    found["crisis"] = slot_in(worlds, crisis, world, clocked=True)
    return found


def slot_in(worlds: Worlds, answered: Answered, world: int, *, clocked: bool) -> list[Any]:
    tables, row = worlds.tables, int(answered.inject[world])
    if row < 0:
        return []
    posture = tables.exercise.posture[int(worlds.posture[world])].id
    option = tables.options[int(answered.option[world])][1].id
    told: list[Any] = [tables.injects[row].id, option, posture]
    told = [*told, int(answered.timing[world])]
    if clocked:
        reading = answered.reading
        told += [int(answered.hour[world]), *reading.minutes[:, world].tolist()]
        told += [int(reading.total[world]), tables.clock.stages[int(reading.critical[world])]]
    return told


def terms_of(worlds: Worlds, ledger: Sequence[Any], world: int) -> dict[tuple[str, str], int]:
    """What each cause did to each track in one world."""
    tracks = list(worlds.tables.track)
    found: dict[tuple[str, str], int] = {}
    for term in ledger:
        rows = range(len(tracks)) if term.row is None else [term.row]
        by = np.atleast_2d(term.by)[:, world]
        for row, size in zip(rows, by.tolist(), strict=True):
            key = (tracks[row], term.cause)
            found[key] = found.get(key, 0) + size
    return {key: size for key, size in found.items() if size}


# --- games of robots ----------------------------------------------------------------------------


def robot_differences(
    exercise: Exercise, robot: str, seed: int, count: int, red: str = ""
) -> list[str]:
    """Where the games of a robot differ in some worlds; a red robot always wants its one answer."""
    data, player = exercise.as_toml(), next(one for one in exercise.robot if one.id == robot)
    wants = {one.id: red for one in exercise.adversary if red}
    games = [_games(data, Robot(_part(data, robot)), seed, world, wants) for world in range(count)]
    worlds = batch_of(exercise, seed, count)
    players = {cell.id: player for cell in exercise.cell if cell.side == "allied"}
    if red:
        hawk = player.model_copy(update={"id": "hawk", "rule": red, "wishes": []})
        players |= {cell.id: hawk for cell in exercise.cell if cell.side == "red"}
    return differences(worlds, games, lambda w: robots.turn(w, players), exercise.turns.count)


def _part(data: Data, robot: str) -> Data:
    return next(one for one in data["robot"] if one["id"] == robot)


def _games(
    data: Data, player: Robot | Senseless, seed: int, world: int, red: dict[str, str] | None = None
) -> Iterator[Turn]:
    game = Game.of(data, seed, world)
    while game.turn < int(data["turns"]["count"]) and not game.over:
        orders = player.orders(game) if isinstance(player, Senseless) else red
        yield game.play_turn(player, orders)


# --- games without sense --------------------------------------------------------------------------

ATTEMPTS = 5


@dataclass(frozen=True)
class Script:
    """What is tried in some worlds, drawn before the first turn; arrays [turn, …, world]."""

    lever: NDArray[np.int64]
    """int64[turn, attempt, world]: rows of levers, -1 where nothing is tried."""
    level: NDArray[np.int64]
    pick: NDArray[np.int64]
    """int64[turn, slot, world]: which of the open options is taken, counted round."""
    red: Ordered
    """int32[turn, adversary, world]"""

    @classmethod
    def drawn(cls, exercise: Exercise, luck: np.random.Generator, count: int) -> Script:
        """Some ask all the time and some hardly ever; half of the adversaries are ordered."""
        top = np.array([len(lever.levels) - 1 for lever in exercise.lever])
        shape = (exercise.turns.count, ATTEMPTS, count)
        lever = luck.integers(0, len(top), shape)
        level = luck.integers(0, top[lever] + 1)
        quiet = luck.random(shape) < luck.choice([0.0, 0.4, 0.9], count)
        pick = luck.integers(0, 12, (exercise.turns.count, 2, count))
        red = luck.integers(-3, 3, (exercise.turns.count, len(exercise.adversary), count))
        ordered = np.maximum(red, -1).astype(np.int32)
        return cls(np.where(quiet, -1, lever), level, pick, ordered)

    def of(self, worlds: list[int]) -> Script:
        """The same for some of the worlds alone."""
        lever, level, pick = (one[..., worlds] for one in (self.lever, self.level, self.pick))
        return Script(lever, level, pick, self.red[..., worlds])

    def turn(self, worlds: Worlds) -> tuple[Answered, Answered, Reckoned]:
        """One turn of a batch."""
        open_turn(worlds)
        at = worlds.turn - 1
        for attempt in range(ATTEMPTS):
            lever, level = self.lever[at, attempt], self.level[at, attempt]
            for row, to in {*zip(lever.tolist(), level.tolist(), strict=True)}:
                if row >= 0:
                    where = (lever == row) & (level == to) & may_move(worlds, row, to)
                    move_lever(worlds, row, to, where)
        worlds.posture = worlds.read_posture()
        slots = [self.answer(worlds, "policy", 0), self.answer(worlds, "crisis", 1)]
        return slots[0], slots[1], self.reckoned(worlds, self.red[at])

    def answer(self, worlds: Worlds, slot: SlotName, place: int) -> Answered:
        inject, option = propose(worlds, slot), np.full(worlds.n, -1)
        picked = self.pick[worlds.turn - 1, place]
        for row in np.unique(inject[inject >= 0]):
            opened = open_options(worlds, int(row)).astype(np.int64)
            at = np.where(opened > 0, opened.cumsum(axis=0) - 1, -1)
            taken = (at == picked % opened.sum(axis=0)).argmax(axis=0)
            option = np.where(inject == row, worlds.tables.first_option[row] + taken, option)
        return rule_on(worlds, slot, inject, option.astype(np.int32))

    def reckoned(self, worlds: Worlds, red: Ordered) -> Reckoned:
        """The turn reckoned with what is ordered and, where nothing is, what the rule wants."""
        _index(worlds)  # odds are of the state that a reckoning begins with
        wanted = _adversaries(worlds).wanted
        return reckon(worlds, list(np.where(red >= 0, red, wanted).astype(np.int32)))


class Senseless:
    """The script of one world as the oracle asks for it."""

    def __init__(self, script: Script, world: int) -> None:
        self.script, self.world = script, world

    def moves(self, game: Game) -> Iterator[tuple[str, int]]:
        levers = list(game.book.levers)
        at = game.turn - 1
        for row, level in zip(
            self.script.lever[at, :, self.world].tolist(),
            self.script.level[at, :, self.world].tolist(),
            strict=True,
        ):
            if row >= 0:
                yield levers[row], level

    def choose(self, game: Game, inject: Data, offered: Sequence[Choice]) -> int:
        opened = [place for place, choice in enumerate(offered) if choice.opened]
        slot = 1 if inject["slot"] == "crisis" else 0
        return opened[int(self.script.pick[game.turn - 1, slot, self.world]) % len(opened)]

    def orders(self, game: Game) -> dict[str, str]:
        """What is ordered in the turn about to be played."""
        row = self.script.red[game.turn, :, self.world].tolist()
        names = zip(game.book.adversaries, row, strict=True)
        return {name: RESPONSES[wish] for name, wish in names if wish >= 0}


def script_differences(exercise: Exercise, seed: int, count: int) -> list[str]:
    """Where games without sense, Red's among them, differ in some worlds."""
    script = Script.drawn(exercise, np.random.default_rng(seed), count)
    data = exercise.as_toml()
    games = [_games(data, Senseless(script, world), seed, world) for world in range(count)]
    return differences(batch_of(exercise, seed, count), games, script.turn, exercise.turns.count)


# --- positions ------------------------------------------------------------------------------------


def position_of(worlds: Worlds, world: int) -> Position:
    """Where one world of a batch stands, read off its state."""
    names = list(worlds.tables.track)
    due = [
        Due(turn, Change("landed", names[row], int(effects[row, world])))
        for turn, effects in worlds.pending.items()
        for row in np.flatnonzero(effects[:, world])
    ]

    def column(rows: NDArray[np.int32]) -> tuple[int, ...]:
        return tuple(rows[:, world].tolist())

    return Position(
        turn=worlds.turn,
        tracks=column(worlds.tracks),
        levels=column(worlds.levels),
        promised=column(worlds.promised),
        budgets=column(worlds.budgets),
        spent=int(worlds.spent[world]),
        fired=column(worlds.fired),
        due=tuple(due),
        shots=tuple(column(shot) for shot in worlds.shots),
        past_levels=tuple(column(levels) for levels in worlds.past_levels),
        provocation=column(worlds.provocation),
        posture=int(worlds.posture[world]),
        last=column(worlds.last),
        aims=column(worlds.aims),
        purse=column(worlds.purse),
        past_responses=tuple(column(answers) for answers in worlds.past_responses),
    )
