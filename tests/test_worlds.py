from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import partial

import numpy as np
import pytest
from kit.batches import (
    ADVERSARIES,
    ATTEMPTS,
    DERIVED,
    LEVERS,
    OPTIONS,
    POSTURES,
    RESPONSES,
    SCORES,
    STAGES,
    TOP,
    TRACKS,
    TURNS,
    Ints,
    Luck,
    Player,
    Script,
    Told,
    batch,
    differences,
    scripted,
    told_by_the_oracle,
)
from numpy.typing import NDArray
from oracle import Dice, Slot, State, Turn, play
from oracle import data as model
from oracle.play import play_turn
from oracle_rig import position_of
from pydantic import BaseModel

from ttx.adjudicator.answering import Answered
from ttx.adjudicator.arithmetic import FULL, log2_table, logistic
from ttx.adjudicator.ended import Kept
from ttx.adjudicator.opening import open_turn
from ttx.adjudicator.position import Change, Due, Position
from ttx.adjudicator.reckoning import reckon
from ttx.adjudicator.tables import Tables
from ttx.adjudicator.worlds import Worlds
from ttx.exercise.model.exercise import Exercise
from ttx.session import robots

ROBOTS = list(model.ROBOTS)


@pytest.fixture(scope="module")
def tables(accelerate_1: Exercise) -> Tables:
    """The engine's rows stand in the order of the rule model, so that tests need no map."""
    found = Tables(accelerate_1)
    assert TRACKS == list(found.track)
    assert LEVERS == list(found.lever)
    assert OPTIONS == [(row + 1, option.id) for row, option in found.options]
    assert ADVERSARIES == [adversary.id for adversary in accelerate_1.adversary]
    assert SCORES == [score.id for score in accelerate_1.score]
    assert DERIVED == found.sources
    assert STAGES == found.clock.stages
    return found


# What a turn tells


def robot_turn(worlds: Worlds, name: str) -> Told:
    return Told(*robots.turn(worlds, robots.robot(worlds.tables, name)))


# Random games


# Positions


def anywhere(luck: Luck, turn: int) -> Position:
    """A position after a turn that no game need reach, with tracks at their ends as well."""

    def tracks() -> list[int]:
        low, high = luck.choice([0, 0, 3000, 6000]), luck.choice([7000, FULL, FULL])
        values = luck.integers(low, high + 1, len(TRACKS))
        ends = luck.choice([0, 60, 9940, FULL], len(TRACKS))
        return [int(one) for one in np.where(luck.random(len(TRACKS)) < 0.15, ends, values)]

    def shot(known: list[int]) -> tuple[int, ...]:
        return (*known, *luck.integers(0, FULL + 1, len(DERIVED)).tolist())

    past = [luck.integers(0, TOP + 1).tolist() for _ in range(turn + 1)]
    due = [
        Due(
            turn + delay,
            Change("landed", str(luck.choice(TRACKS)), int(luck.integers(-3000, 3001))),
        )
        for delay in (1, 1, 2, 3)
    ]
    return Position(
        turn=turn,
        tracks=tuple(tracks()),
        levels=tuple(past[-1]),
        promised=(int(luck.integers(0, FULL + 1)),),
        budgets=(
            int(luck.integers(-100, 151)),
            int(luck.integers(0, 13)),
            int(luck.integers(0, 11)),
        ),
        spent=int(luck.integers(0, 3000)),
        fired=tuple(luck.choice([0, 0, 0, 1, 2, 3], len(model.INJECTS)).tolist()),
        due=tuple(due),
        shots=tuple(shot(tracks()) for _ in range(turn + 1)),
        past_levels=tuple(tuple(levels) for levels in past),
        provocation=(0,) * len(ADVERSARIES),
    )


def state_at(position: Position, seed: int, world: int) -> State:
    """The oracle's state at a position."""
    return State(
        Dice(seed, world),
        v=[0, *position.tracks],
        levels=dict(zip(LEVERS, position.levels, strict=True)),
        history=[dict(zip(LEVERS, levels, strict=True)) for levels in position.past_levels],
        snapshots=[dict(zip([*TRACKS, *DERIVED], shot, strict=True)) for shot in position.shots],
        queue=[
            (turn, TRACKS.index(change.track) + 1, change.by, "landed")
            for turn, change in position.due
        ],
        fired=[row + 1 for row, timing in enumerate(position.fired) if timing],
        money=position.budgets[0],
        attention=position.budgets[1],
        consent=position.budgets[2],
        spent=position.spent,
        announced=position.promised[0],
    )


# The oracle


@pytest.mark.slow
@pytest.mark.parametrize("robot", ROBOTS)
@pytest.mark.parametrize(("seed", "first", "count"), [(1, 0, 70), (20260704, 90_000, 30)])
def test_a_robot_plays_as_the_oracle_says(
    tables: Tables, robot: str, seed: int, first: int, count: int
) -> None:
    worlds = batch(tables, range(first, first + count), seed)
    expected = [
        [told_by_the_oracle(turn) for turn in play(robot, seed, world).turns]
        for world in range(first, first + count)
    ]

    actual = np.stack([robot_turn(worlds, robot).rows(worlds) for _ in range(TURNS)])

    assert [] == differences(expected, actual)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("seed", "count"), [(1, 700), (2, 1), (3, 500), (2**63, 300), (5, 37), (6, 650)]
)
def test_random_games_of_any_batch_go_as_the_oracle_says(
    tables: Tables, seed: int, count: int
) -> None:
    luck = np.random.default_rng(seed)
    numbers = luck.integers(0, 2**62, count) >> luck.integers(0, 62, count)
    script, worlds = Script.drawn(luck, count), batch(tables, numbers, seed)

    actual = np.stack([script.turn(worlds).rows(worlds) for _ in range(TURNS)])

    assert [] == differences(scripted(script, seed, numbers), actual)


@pytest.mark.slow
def test_random_games_played_alone_go_as_the_oracle_says(tables: Tables) -> None:
    luck = np.random.default_rng(7)
    script, numbers = Script.drawn(luck, 50), luck.integers(0, 1000, 50)
    expected = scripted(script, 7, numbers)

    actual = []
    for column, world in enumerate(numbers):
        alone, worlds = script.of([column]), batch(tables, [world], 7)
        actual.append([alone.turn(worlds).rows(worlds) for _ in range(TURNS)])

    assert [] == differences(expected, np.array(actual)[..., 0].transpose(1, 2, 0))


@pytest.mark.slow
def test_any_position_goes_on_as_the_oracle_says(tables: Tables) -> None:
    luck = np.random.default_rng(8)
    last = []
    for seed in range(60):
        position = anywhere(luck, turn=seed % TURNS)
        numbers, script = luck.integers(0, 1000, 10), Script.drawn(luck, 10)
        expected, ends = [], []
        for column, world in enumerate(numbers):
            state, player = state_at(position, seed, int(world)), Player(script, column)
            turns = [play_turn(state, player, position.turn + 1)]
            while turns[-1].number < TURNS and not over(turns[-1]):
                turns.append(play_turn(state, player, turns[-1].number + 1))
            expected.append(player.told(turns))
            ends.append([over(turn) for turn in turns])
            last.append(turns[-1])

        worlds = Worlds.at(tables, position, seed, numbers.astype(np.uint64))
        actual = []
        for step in range(TURNS - position.turn):
            actual.append(script.turn(worlds).rows(worlds))
            assert [one[min(step, len(one) - 1)] for one in ends] == worlds.ended.tolist()

        assert [] == differences(expected, np.stack(actual))

    assert {True, False} == {over(turn) for turn in last}
    assert {True, False} == {turn.money < 0 for turn in last}
    assert set(POSTURES) == {turn.crisis.posture for turn in last if turn.crisis}


def over(turn: Turn) -> bool:
    return turn.snapshot["temperature"] >= model.GAME_OVER


# One world among others


@pytest.mark.slow
@pytest.mark.parametrize("robot", [*ROBOTS, None])
def test_a_world_draws_the_same_bits_in_any_company(tables: Tables, robot: str | None) -> None:
    luck = np.random.default_rng(9)
    numbers = luck.integers(0, 2**40, 200)
    script = Script.drawn(luck, 200)

    def played(chosen: Ints) -> Ints:
        worlds, turn = batch(tables, numbers[chosen], 3), script.of(chosen).turn
        if robot is not None:
            turn = partial(robot_turn, name=robot)
        return np.stack([turn(worlds).rows(worlds) for _ in range(TURNS)])

    together = played(np.arange(200))

    for size in (1, 2, 17, 199):
        chosen = luck.choice(200, size, replace=False)
        assert np.array_equal(together[..., chosen], played(chosen))
    for again in (luck.permutation(200), luck.integers(0, 200, 300)):
        assert np.array_equal(together[..., again], played(again))


# Whole numbers, and terms that add up


def arrays(of: object, path: str) -> Iterator[tuple[str, NDArray[np.generic]]]:
    """Every array that can be reached from a value, with the way to it; no float is on the way."""
    assert not isinstance(of, float), path
    if isinstance(of, np.ndarray):
        yield path, of
    elif isinstance(of, dict):
        for key, value in of.items():
            yield from arrays(value, f"{path}[{key!r}]")
    elif isinstance(of, list | tuple):
        for at, value in enumerate(of):
            yield from arrays(value, f"{path}[{at}]")
    elif hasattr(of, "__dict__") and not isinstance(of, BaseModel):
        for name, value in vars(of).items():
            yield from arrays(value, f"{path}.{name}")


def test_nothing_in_a_batch_is_a_float(tables: Tables) -> None:
    luck = np.random.default_rng(10)
    script, worlds = Script.drawn(luck, 50), batch(tables, range(50), keep=True)
    told = [script.turn(worlds) for _ in range(TURNS)]
    reached = dict(arrays([worlds, told, logistic(), log2_table()], ""))

    some = [
        "[0].tables.answering.effects_of['policy'][0][0].by",
        "[0].dice.keys",
        "[0].ledger[0][2]",
        "[1][0].reckoned.draw",
    ]
    assert [] == [path for path in some if path not in reached]
    assert {} == {path: one.dtype for path, one in reached.items() if one.dtype.kind not in "iub"}
    state = [worlds.tracks, worlds.levels, worlds.promised, worlds.budgets, worlds.spent]
    state += [worlds.fired, worlds.provocation, worlds.posture, *worlds.shots, *worlds.past_levels]
    assert {np.dtype(np.int32)} == {one.dtype for one in (*state, *worlds.pending.values())}


def summed(worlds: Worlds, kept: Sequence[Kept]) -> Ints:
    """What terms of a ledger come to, int64[tracks, n]."""
    total = np.zeros((len(TRACKS), worlds.n), np.int64)
    for term in kept:
        total[slice(None) if term.row is None else term.row] += term.by
    return total


@pytest.mark.parametrize("robot", [*ROBOTS, None])
def test_the_kept_terms_of_each_track_add_up_to_its_change(
    tables: Tables, robot: str | None
) -> None:
    script = Script.drawn(np.random.default_rng(11), 200)
    worlds, silent = (batch(tables, range(200), keep=keep) for keep in (True, False))
    turn = script.turn if robot is None else partial(robot_turn, name=robot)
    assert worlds.ledger is not None

    for _ in range(TURNS):
        before, kept = worlds.tracks.copy(), len(worlds.ledger)
        turn(worlds)
        turn(silent)
        assert np.array_equal(worlds.tracks - before, summed(worlds, worlds.ledger[kept:]))
        assert np.array_equal(silent.tracks, worlds.tracks)


@pytest.mark.slow
def test_terms_add_up_where_limits_bite(tables: Tables) -> None:
    luck = np.random.default_rng(12)
    causes = set()
    for seed in range(40):
        script, position = Script.drawn(luck, 25), anywhere(luck, turn=seed % TURNS)
        worlds = Worlds.at(tables, position, seed, np.arange(25, dtype=np.uint64), keep=True)
        assert worlds.ledger is not None
        for _ in range(position.turn, min(position.turn + 3, TURNS)):
            before, kept = worlds.tracks.copy(), len(worlds.ledger)
            script.turn(worlds)
            assert np.array_equal(worlds.tracks - before, summed(worlds, worlds.ledger[kept:]))
            assert ((worlds.tracks >= 0) & (worlds.tracks <= FULL)).all()
            causes |= {term.cause for term in worlds.ledger[kept:]}

    assert {"limit", "overdraft", "landed"} <= causes


def causes_in_the_oracle(turn: Turn) -> dict[tuple[str, str], int]:
    """The terms of a turn by track and cause, in the engine's words."""
    slots = {"policy": turn.policy, "crisis": turn.crisis}
    asked = {f"{slot.inject:02d}": name for name, slot in slots.items() if slot is not None}
    found: dict[tuple[str, str], int] = {}
    for track, terms in turn.track_terms.items():
        for cause, size in terms:
            match cause.split():
                case ["inject", number, _, kind]:
                    name = f"{asked[number]}:{kind}" if number in asked else "landed"
                case ["reversion"]:
                    name = "rest"
                case [("calendar" | "link" | "lever") as kind, which, *_]:
                    name = f"{kind}:{which}"
                case [adversary, response] if response in RESPONSES:
                    name = f"adversary:{adversary}"
                case _:
                    name = cause
            found[track, name] = found.get((track, name), 0) + size
    return {key: size for key, size in found.items() if size}


def causes_in_the_ledger(kept: Sequence[Kept], world: int) -> dict[tuple[str, str], int]:
    """The same of one world of a batch."""
    found: dict[tuple[str, str], int] = {}
    for term in kept:
        rows = range(len(TRACKS)) if term.row is None else [term.row]
        by = np.atleast_2d(term.by)[:, world]
        for row, size in zip(rows, by.tolist(), strict=True):
            found[TRACKS[row], term.cause] = found.get((TRACKS[row], term.cause), 0) + size
    return {key: size for key, size in found.items() if size}


@pytest.mark.parametrize("robot", ROBOTS)
def test_every_term_has_the_cause_that_the_oracle_gives(tables: Tables, robot: str) -> None:
    worlds = batch(tables, range(8), keep=True)
    expected = [play(robot, 1, world).turns for world in range(8)]
    assert worlds.ledger is not None

    for step in range(TURNS):
        kept = len(worlds.ledger)
        robot_turn(worlds, robot)
        for world in range(8):
            told = causes_in_the_ledger(worlds.ledger[kept:], world)
            assert causes_in_the_oracle(expected[world][step]) == told


@pytest.mark.parametrize("robot", ROBOTS)
def test_every_answer_books_what_the_oracle_books(tables: Tables, robot: str) -> None:
    worlds = batch(tables, range(8))
    expected = [play(robot, 1, world).turns for world in range(8)]

    for step in range(TURNS):
        told = robot_turn(worlds, robot)
        for world in range(8):
            turn = expected[world][step]
            for slot, answered in ((turn.policy, told.policy), (turn.crisis, told.crisis)):
                assert booked_by_the_oracle(slot) == booked(answered, world)


Booking = dict[tuple[str, int, str], int]
"""Effects of an answer by kind, delay in turns, and track."""


def booked_by_the_oracle(slot: Slot | None) -> Booking:
    found: Booking = {}
    for term in slot.terms if slot is not None else []:
        key = (term.kind, term.delay, term.track)
        found[key] = found.get(key, 0) + term.size
    return {key: size for key, size in found.items() if size}


def booked(answered: Answered, world: int) -> Booking:
    return {
        (one.kind, one.delay, TRACKS[row]): int(by)
        for one in answered.effects
        for row, by in zip(one.tracks, one.by[:, world], strict=True)
        if by
    }


# Positions


@pytest.mark.parametrize("robot", ROBOTS)
def test_a_game_split_after_any_turn_goes_on_with_the_same_bits(tables: Tables, robot: str) -> None:
    numbers = np.random.default_rng(13).integers(0, 10_000, TURNS)
    whole, positions, expected = batch(tables, numbers, 4), [], []
    for turn in range(TURNS):
        positions.append(position_of(whole, turn))
        expected.append(robot_turn(whole, robot).rows(whole))

    for turn, position in enumerate(positions):
        rest = Worlds.at(tables, position, 4, numbers[turn : turn + 1].astype(np.uint64))
        assert position == position_of(rest, 0)
        for step in range(turn, TURNS):
            actual = robot_turn(rest, robot).rows(rest)
            assert expected[step][:, turn].tolist() == actual[:, 0].tolist()


@pytest.mark.slow
def test_a_random_game_split_after_any_turn_goes_on_with_the_same_bits(tables: Tables) -> None:
    luck = np.random.default_rng(14)
    script, numbers = Script.drawn(luck, 40), luck.integers(0, 10_000, 40)
    whole, positions, expected = batch(tables, numbers, 4), [], []
    for _ in range(TURNS):
        positions.append([position_of(whole, world) for world in range(40)])
        expected.append(script.turn(whole).rows(whole))

    for world, number in enumerate(numbers):
        turn, alone = int(luck.integers(1, TURNS)), script.of([world])
        rest = Worlds.at(tables, positions[turn][world], 4, np.array([number], np.uint64))
        for step in range(turn, TURNS):
            actual = alone.turn(rest).rows(rest)
            assert expected[step][:, world].tolist() == actual[:, 0].tolist()


STEPS = ["opening", *(f"attempt {attempt}" for attempt in range(ATTEMPTS)), "policy", "crisis"]


def steps_of_a_turn(script: Script) -> list[Callable[[Worlds], object]]:
    """One for each of `STEPS`, then the reckoning."""

    def policy(worlds: Worlds) -> None:
        worlds.posture = worlds.read_posture()
        script.answer(worlds, "policy")

    attempts = [partial(script.move, attempt=attempt) for attempt in range(ATTEMPTS)]
    return [open_turn, *attempts, policy, partial(script.answer, slot="crisis"), reckon]


@pytest.mark.parametrize("step", range(len(STEPS)), ids=STEPS)
def test_a_turn_split_after_any_step_goes_on_with_the_same_bits(tables: Tables, step: int) -> None:
    luck = np.random.default_rng(15)
    # A staff of just over 30 makes posture A; an answer to inject 22 takes it below.
    edge = {"fwd_staff": 3100, "usfj_authority": 2500}
    position = anywhere(luck, turn=5)
    levels = [2 if name == "standing_staff" else 0 for name in LEVERS]
    tracks = [edge.get(name, known) for name, known in zip(TRACKS, position.tracks, strict=True)]
    fired = [int(inject.slot == "policy" and inject.number != 22) for inject in model.INJECTS]
    position = replace(
        position, tracks=tuple(tracks), levels=tuple(levels), fired=tuple(fired), due=()
    )
    numbers = np.arange(60, dtype=np.uint64)
    whole, broken = (Worlds.at(tables, position, 5, numbers) for _ in range(2))
    script = Script.drawn(luck, 60)

    for act in steps_of_a_turn(script):
        act(whole)
    for act in steps_of_a_turn(script)[: step + 1]:
        act(broken)
    if STEPS[step] == "policy" and np.array_equal(broken.posture, broken.read_posture()):
        pytest.fail("no world leaves the posture it was read in, so nothing is tested")

    for world in range(60):
        rest = Worlds.at(tables, position_of(broken, world), 5, numbers[world : world + 1])
        for act in steps_of_a_turn(script.of([world]))[step + 1 :]:
            act(rest)
        assert position_of(whole, world) == position_of(rest, 0)
