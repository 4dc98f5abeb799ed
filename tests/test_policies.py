"""Policies in words, mixes of robots by cell, and the courses they lead to."""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np
import pytest
from ssh_rig import ROOT

from ttx.adjudicator import dice
from ttx.adjudicator.tables import Tables
from ttx.analysis.course import BLOCK, joined, play
from ttx.analysis.policies import factorial, policies
from ttx.exercise.load import load
from ttx.session.opening import begin, seating

EXERCISE = load(ROOT / "exercises" / "accelerate")
TABLES = Tables(EXERCISE)


def asked(*words: str, text: str = "") -> list[str]:
    """The names of the policies that words ask for."""
    return [one.id for one in policies(EXERCISE, words, lambda _: text)]


def wishes(words: str, lever: str) -> list[tuple[int, str]]:
    """What a policy wants of a lever."""
    (one,) = policies(EXERCISE, [words], lambda _: "")
    return [*one.levers(EXERCISE).get(lever, ())]


def test_all_asks_for_every_robot_and_nobody_comes_twice() -> None:
    robots = [one.id for one in EXERCISE.robot]

    assert robots == asked("all")
    assert ["hawaii", *[one for one in robots if one != "hawaii"]] == asked("hawaii", "all")


def test_a_change_takes_the_place_of_what_was_wanted_of_the_lever() -> None:
    assert [(1, "liaison"), (2, "cell"), (4, "full")] == wishes("accelerated", "standing_staff")
    assert [(1, "full")] == wishes("accelerated+standing_staff=full", "standing_staff")
    assert [(3, "full")] == wishes("accelerated+standing_staff=full@3", "standing_staff")
    assert [(1, "link")] == wishes("accelerated+hns=link", "hns")
    assert [(1, "hold")] == wishes("us=phased,japan=accelerated+pace=hold", "pace")


def test_a_changed_wish_stands_in_the_order_of_turns() -> None:
    (one,) = policies(EXERCISE, ["accelerated+authority=maritime_grey_zone@4"], lambda _: "")
    turns = [wish.turn for wish in one.players["us"].wishes]

    assert sorted(turns) == turns
    assert 13 == len(turns)


def test_a_factorial_has_every_combination_inside_the_plan() -> None:
    (plan,) = policies(EXERCISE, ["phased"], lambda _: "")
    made = factorial(EXERCISE, plan, ["pace", "standing_staff=none/full@3"])
    names = [one.id for one in made]

    assert 8 == len(set(names))
    assert "phased+pace=crash+standing_staff=full@3" in names
    for one in made:
        assert plan.levers(EXERCISE)["acm_watch"] == one.levers(EXERCISE)["acm_watch"]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("fased", "There is no robot 'fased' (did you mean 'phased'?)."),
        ("us=phased", "'us=phased' names no robot for japan."),
        ("us=phased,us=hawaii", "The cell 'us' has two robots in 'us=phased,us=hawaii'; name one."),
        ("usa=phased", "There is no allied cell 'usa' (did you mean 'us'?)."),
        ("phased+paces=hold", "There is no lever 'paces' (did you mean 'pace'?)."),
        ("phased+pace=holt", "There is no level of pace 'holt' (did you mean 'hold'?)."),
        ("phased+pace=hold@11", "'pace=hold@11': there is no turn '11'; turns are 1 to 10."),
        ("mine.toml", "mine.toml is no policy: 'name': Field required."),
    ],
)
def test_what_cannot_be_played_is_said(words: str, said: str) -> None:
    with pytest.raises(ValueError, match=re.escape(said)) as refused:
        policies(EXERCISE, [words], lambda _: 'id = "mine"')

    assert said == str(refused.value)


def test_a_policy_from_a_file() -> None:
    text = (
        'id = "mine"\nname = "Mine"\nabout = "Staff first."\n'
        'wishes = [{ turn = 2, lever = "standing_staff", level = "cell" }]'
    )
    (one,) = policies(EXERCISE, ["mine.toml"], lambda _: text)

    assert {"standing_staff": ((2, "cell"),)} == one.levers(EXERCISE)


@pytest.mark.parametrize("words", ["us=accelerated,japan=cautious", "us=hawaii,japan=random"])
def test_a_mix_of_robots_plays_as_it_does_at_a_table(words: str, tmp_path: Path) -> None:
    (mix,) = policies(EXERCISE, [words], lambda _: "")
    course = play(TABLES, mix, 3, np.arange(4, dtype=np.uint64))
    for world in range(4):
        seed = dice.seed_of(3, world)
        table = begin(EXERCISE, seating(EXERCISE, words), seed, tmp_path / f"{world}.ttx.toml")
        scored = [
            list(turn.reckoned.reckoning.scores) for turn in table.game.turns if turn.reckoned
        ]
        table.leave()

        assert scored == course.scores[:, :, world].tolist()


def test_any_world_is_the_first_of_another_seed() -> None:
    worlds = np.array([0, 1, 2, 12_345, 2**63], np.uint64)
    keys = dice.Dice(7, worlds).keys
    for at, world in enumerate(worlds.tolist()):
        seed = dice.seed_of(7, world)

        assert keys[at] == dice.Dice(seed, np.zeros(1, np.uint64)).keys[0]
    assert 7 == dice.seed_of(7, 0)


def test_a_course_is_the_same_in_blocks() -> None:
    tables = Tables(load(ROOT / "exercises" / "tutorial"))
    (policy,) = policies(tables.exercise, [tables.exercise.robot[0].id], lambda _: "")
    worlds = np.arange(BLOCK + 9, dtype=np.uint64)
    whole = play(tables, policy, 1, worlds)
    halves = joined([play(tables, policy, 1, part) for part in (worlds[:700], worlds[700:])])

    assert BLOCK + 9 == whole.n
    for name in ("scores", "tracks", "levels", "inject", "option", "timing", "response", "ended"):
        assert np.array_equal(getattr(whole, name), getattr(halves, name)), name
