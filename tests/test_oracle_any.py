"""The engine against the oracle that plays any exercise as docs/model.md says."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from kit.golden import GOLDEN
from oracle.game import Game, play
from oracle.luck import Dice
from oracle.reading import RESPONSES
from oracle_rig import Script, batch_of, position_of, robot_differences, script_differences

from ttx.adjudicator import dice
from ttx.adjudicator.worlds import Worlds
from ttx.exercise.load import load
from ttx.exercise.model.exercise import Exercise
from ttx.exercise.model.part import INJECT_SLOTS
from ttx.session.opening import begin
from ttx.session.seating import Seating

HERE = Path(__file__).parent
FOLDERS = {
    "accelerate": HERE.parent / "exercises" / "accelerate",
    "accelerate_1": HERE / "exercises" / "accelerate_1",
    "tutorial": HERE.parent / "exercises" / "tutorial",
    "small": HERE / "exercises" / "small",
}
EXERCISES = {name: load(folder) for name, folder in FOLDERS.items()}
RED = {"restraint", "probe", "escalate"}
ROBOTS = [
    (name, robot.id)
    for name, exercise in EXERCISES.items()
    for robot in exercise.robot
    if robot.rule not in RED
]


# --- the first edition, by rows that were printed before the engine was written -------------------


@pytest.mark.parametrize(("robot", "world", "values", "injects"), GOLDEN)
def test_the_first_edition_comes_out_exactly(
    robot: str, world: int, values: str, injects: str
) -> None:
    game, turns = play(EXERCISES["accelerate_1"].as_toml(), robot, 1, world)

    end = turns[-1]
    got = [*end.scores.values(), end.tracks["temperature"], end.spent]
    assert [int(value) for value in values.split()] == got
    fired = [part["number"] for part in game.book.injects if part["id"] in game.came]
    assert [int(number) for number in injects.split()] == fired


# --- the dice of the second edition ---------------------------------------------------------------


def test_the_further_page_of_the_dice_is_that_of_the_model() -> None:
    known = [0xF33DC6BD55FFA86B, 0xE1332A7DB412C5A9, 0xE6AF094F768935B3]
    alone, batch = Dice(7, 0), dice.Dice(7, np.array([0], np.uint64))

    assert known == [alone.draw(0, slot) for slot in (0, 1, 2)]
    assert known == [int(batch.draw(0, slot)[0]) for slot in (0, 1, 2)]
    for slot in (95, 96, 143, 144, dice.inject_slot(INJECT_SLOTS)):
        assert alone.draw(9, slot) == int(batch.draw(9, slot)[0])
        assert alone.draw(9, slot) >> 48 == batch.top(9, slot)[0]
    assert 0xC8BAEB50557026A7 == alone.draw(1, 48) == int(batch.draw(1, 48)[0])


def test_no_two_draws_of_a_game_are_one() -> None:
    """Draws differ where their places on the counter do."""
    all_of = range(dice.inject_slot(INJECT_SLOTS) + 1)
    slots = [*((0, slot) for slot in range(3)), *((t, s) for t in range(1, 11) for s in all_of)]

    places = {48 * (turn + 16 * (slot // 48)) + slot % 48 for turn, slot in slots}

    assert len(slots) == len(places)
    assert [dice.inject_slot(number) for number in (1, 28, 29, 40)] == [0, 27, 48, 59]


@pytest.mark.parametrize("number", [100, 900])
def test_a_list_of_hundreds_is_rolled_as_the_oracle_says(number: int) -> None:
    """Ranks times rows pass 32 bits where nearly nothing has a weight."""
    data = EXERCISES["tutorial"].as_toml()
    for at in range(number):
        like = data["inject"][at % 3]
        more = like | {"number": at + 60, "id": f"more_{at}", "weight": {"base": at % 3}}
        data["inject"].append(more)
    data["slots"] = {"policy": 65536, "crisis": 40000, "fill": True}

    assert [] == robot_differences(Exercise.model_validate(data), "random", 20261128, 4)


# --- whole games ----------------------------------------------------------------------------------


@pytest.mark.slow
@pytest.mark.parametrize(("name", "robot"), ROBOTS)
def test_a_robot_plays_as_the_oracle_says(name: str, robot: str) -> None:
    assert [] == robot_differences(EXERCISES[name], robot, 20261128, 4)


@pytest.mark.parametrize("red", sorted(RED))
def test_red_robots_play_as_the_oracle_says(red: str) -> None:
    """Each wants one answer in every turn, and gets what its purse pays for."""
    for name in ("accelerate", "accelerate_1"):
        assert [] == robot_differences(EXERCISES[name], "phased", 4, 6, red)


@pytest.mark.slow
@pytest.mark.parametrize("name", FOLDERS)
@pytest.mark.parametrize("seed", [1, 2])
def test_games_without_sense_go_as_the_oracle_says(name: str, seed: int) -> None:
    assert [] == script_differences(EXERCISES[name], seed, 25)


# --- what the format can say, on exercises that say all of it -------------------------------------

ANSWERS = ["restraint", "probe", "escalate"]


def everything(exercise: Exercise, luck: np.random.Generator) -> Exercise:
    """The exercise with purses, aims, openings, denials and conditions on answers, at random."""
    data = exercise.as_toml()
    names = [one["id"] for one in data["adversary"]]
    data["slots"]["fill"] = bool(luck.random() < 0.7)
    data["slots"]["crisis"] = int(luck.integers(0, 9000))

    def some(low: int, high: int) -> dict[str, int]:
        return {one: int(luck.integers(low, high)) for one in names if luck.random() < 0.6}

    for part in data["adversary"]:
        part["provocation"] = int(luck.integers(-40, 41))
        part["purse"] = {
            "start": int(luck.integers(0, 9)),
            "income": int(luck.integers(0, 4)),
            "cap": int(luck.integers(0, 15)),
            "price": {one: int(luck.integers(0, 8)) for one in ANSWERS if luck.random() < 0.8},
        }
        if luck.random() < 0.3:
            del part["purse"]
        part["aim"] = [aim(data, luck, at) for at in range(luck.integers(0, 5))]
    for inject in data["inject"]:
        inject["opening"] = some(0, 5)
        inject["again"] = int(luck.integers(1, 4))
        if luck.random() < 0.5:
            inject["when"] = answered(data, luck)
        for option in inject["option"]:
            option["denies"] = some(0, 6)
            option["provocation"] = some(-3, 4)
    moved = iter(luck.permutation(np.arange(1, 41)).tolist())
    for inject in data["inject"]:
        inject["number"] = next(moved)
    for robot in data["robot"]:
        if robot.get("rule") == "least_provocation":
            robot["rule"] = "most_provocation"
    return Exercise.model_validate(data)


def aim(data: dict[str, Any], luck: np.random.Generator, at: int) -> dict[str, Any]:
    tracks = [one["id"] for one in data["track"] if "value" not in one]
    return {
        "id": f"aim_{at}",
        "name": f"Aim {at}",
        "about": "Something.",
        "act": int(luck.integers(-200, 200)),
        "escalate": int(luck.integers(-200, 200)),
        "responses": {
            one: [{"track": str(luck.choice(tracks)), "by": int(luck.integers(-9, 10))}]
            for one in ANSWERS
            if luck.random() < 0.5
        },
    }


def answered(data: dict[str, Any], luck: np.random.Generator) -> dict[str, Any]:
    part = data["adversary"][int(luck.integers(len(data["adversary"])))]
    ways = [one for one in ANSWERS if luck.random() < 0.5] or ["escalate"]
    asked: dict[str, Any] = {"responded": part["id"], "with": ways}
    asked["within"] = int(luck.integers(1, 4))
    aims = [one["id"] for one in part["aim"] if luck.random() < 0.6]
    if aims:
        asked["aim"] = aims
    return {"not": asked} if luck.random() < 0.3 else asked


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("name", ["accelerate_1", "tutorial"])
def test_all_that_the_format_can_say_goes_as_the_oracle_says(name: str, seed: int) -> None:
    exercise = everything(EXERCISES[name], np.random.default_rng(seed))

    assert [] == script_differences(exercise, seed, 12)


@pytest.mark.slow
@pytest.mark.parametrize("name", ["accelerate_1", "tutorial"])
def test_robots_play_such_an_exercise_as_the_oracle_says(name: str) -> None:
    exercise = everything(EXERCISES[name], np.random.default_rng(9))
    for robot in exercise.robot:
        if robot.rule not in RED:
            assert [] == robot_differences(exercise, robot.id, 9, 5)


@pytest.mark.slow
def test_such_games_are_about_something() -> None:
    """Purses run dry, aims of all kinds are drawn, openings and denials reach adversaries."""
    seen: set[str] = set()
    for seed in range(4):
        data = everything(EXERCISES["accelerate_1"], np.random.default_rng(seed)).as_toml()
        for world in range(6):
            game, turns = play(data, "random", seed, world)
            seen |= {f"aim {name}" for name in game.board.aims.values()}
            for turn in turns:
                pushes = turn.pushes.values()
                seen |= {"denied" for push in pushes if push.denied}
                seen |= {"opened" for push in pushes if push.opened}
                answers = turn.responses.values()
                seen |= {f"{one.wanted} {one.done}" for one in answers if one.wanted != one.done}
                seen |= {"further page" for s in (turn.policy, turn.crisis) if _late(game, s)}

    dear = {"escalate probe", "escalate restraint", "probe restraint"}
    aims = {f"aim aim_{at}" for at in range(4)}
    assert {*dear, *aims, "denied", "opened", "further page"} <= seen


def _late(game: Game, slot: Any) -> bool:  # noqa: ANN401  # a slot or nothing
    numbers = {part["id"]: int(part["number"]) for part in game.book.injects}
    return slot is not None and numbers[slot.inject] > 28


@pytest.mark.parametrize("name", ["accelerate", "everything"])
def test_a_game_split_after_any_turn_goes_on_with_the_same_bits(name: str) -> None:
    """Purses, aims and answers of earlier turns are part of where a game stands."""
    exercise = EXERCISES.get(name) or everything(
        EXERCISES["accelerate_1"], np.random.default_rng(3)
    )
    count = exercise.turns.count
    script = Script.drawn(exercise, np.random.default_rng(4), count)
    whole, positions = batch_of(exercise, 4, count), []
    for _ in range(count):
        positions.append([position_of(whole, world) for world in range(count)])
        script.turn(whole)

    for turn in range(1, count):
        rest = Worlds.at(whole.tables, positions[turn][turn], 4, np.array([turn], np.uint64))
        for _ in range(turn, count):
            script.of([turn]).turn(rest)
        assert position_of(whole, turn) == position_of(rest, 0)


@pytest.mark.parametrize("robot", ["phased", "reckless"])
def test_a_record_stands_where_the_oracle_stands(robot: str) -> None:
    """A run at the table, entry by entry, against the game of its seed."""
    exercise = EXERCISES["accelerate"]
    table = begin(exercise, Seating({"us": robot, "japan": robot}, ""), 11, None)
    game, turns = play(exercise.as_toml(), robot, 11, 0)

    position = table.game.position
    assert [*position.tracks] == [*turns[-1].tracks.values()]
    assert [*position.purse] == [*turns[-1].purses.values()]
    assert [*position.budgets] == [*turns[-1].budgets.values()]
    aims = [[one.id for one in part.aim] for part in exercise.adversary]
    drawn = [names[row] for names, row in zip(aims, position.aims, strict=True)]
    assert [*game.board.aims.values()] == drawn
    done = [[RESPONSES.index(a.done) for a in turn.responses.values()] for turn in turns]
    assert [tuple(answers) for answers in done] == [*position.past_responses]
