"""Policies in words, mixes of robots by cell, and the courses they lead to."""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np
import pytest
from ssh_rig import ROOT

from ttx.adjudicator import dice
from ttx.adjudicator.arithmetic import RESPONSES
from ttx.adjudicator.tables import Tables
from ttx.analysis.bundles import bundle
from ttx.analysis.course import BLOCK, Course, joined, play
from ttx.analysis.policies import factorial, policies
from ttx.analysis.policy_lines import apart
from ttx.exercise.load import load
from ttx.exercise.model.exercise import Exercise
from ttx.exercise.model.robots import Robot
from ttx.exercise.parts import with_parts
from ttx.session.opening import begin
from ttx.session.seating import seating
from ttx.studies.plan import Plan, exercise_written, read, written

EXERCISE = load(ROOT / "tests" / "exercises" / "accelerate_1")
FLAGSHIP = load(ROOT / "exercises" / "accelerate")
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
        ("usa=phased", "There is no cell to play 'usa' (did you mean 'us'?)."),
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


@pytest.mark.slow
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


# How Red is played


def red(*words: str, exercise: Exercise = FLAGSHIP, worlds: int = 200) -> list[Course]:
    """The courses of policies in the same worlds."""
    tables, dice_ = Tables(exercise), np.arange(worlds, dtype=np.uint64)
    return [play(tables, one, 5, dice_) for one in policies(exercise, words, lambda _: "")]


def test_an_aggressor_escalates_whenever_its_purse_pays_and_a_dove_never_acts() -> None:
    rule, hawk, dove = red("phased", "phased,red=escalate", "phased,red=restraint")
    assert {0} == set(np.unique(dove.response))
    for row, part in enumerate(FLAGSHIP.adversary):
        assert part.purse is not None
        chips = np.full(hawk.n, part.purse.start)
        for turn in range(FLAGSHIP.turns.count):
            chips = np.minimum(chips + part.purse.income, part.purse.cap)
            did, over = hawk.response[turn, row], hawk.response[turn, row] < 0
            dear = chips >= part.purse.price["escalate"]
            assert np.array_equal(did[~over] == 2, dear[~over])
            price = [part.purse.price.get(name, 0) for name in RESPONSES]
            chips = chips - np.where(over, 0, np.array(price)[did])
    acts = [int((one.response == 2).sum()) for one in (dove, rule, hawk)]
    assert acts == sorted(set(acts))


def test_the_first_policy_of_a_mix_plays_all_cells_that_are_not_named() -> None:
    whole, mixed = policies(FLAGSHIP, ["phased", "phased,japan=hawaii,red=probe"], lambda _: "")
    assert ["us", "japan", "red"] == [*mixed.players]
    assert whole.players["us"] == mixed.players["us"]
    assert "hawaii" == mixed.players["japan"].id
    assert [("red", "probe")] == [(cell, one.rule) for cell, one in mixed.red]
    (changed,) = policies(FLAGSHIP, ["phased,red=probe+pace=hold@2"], lambda _: "")
    assert "phased,red=probe+pace=hold@2" == changed.id
    assert ((2, "hold"),) == changed.levers(FLAGSHIP)["pace"]
    assert mixed.red == changed.red


def test_robots_of_red_cells_are_those_with_a_response_for_a_rule() -> None:
    hawk = Robot(id="hawk", name="Hawk", about="It escalates.", rule="escalate")
    exercise = with_parts(FLAGSHIP, robot=[*FLAGSHIP.robot, hawk])
    named, word = (
        policies(exercise, [f"phased,red={one}"], lambda _: "")[0] for one in ("hawk", "escalate")
    )
    assert "hawk" == named.players["red"].id
    first, second = red(named.id, word.id, exercise=exercise, worlds=20)
    assert np.array_equal(first.response, second.response)
    assert "hawk" not in [one.id for one in policies(exercise, ["all"], lambda _: "")]
    for words, said in (
        ("hawk", "The robot 'hawk' plays adversaries; name it for a red cell."),
        ("us=hawk,japan=phased", "The robot 'hawk' plays adversaries; name it for a red cell."),
        ("phased,red=hawaii", "The robot 'hawaii' plays no adversary; in a red cell plays restrai"),
        (
            "phased,red=escalat",
            "There is no robot of a red cell 'escalat' (did you mean 'escalate'?)",
        ),
        ("red=escalate", "'red=escalate' names no robot for us and japan."),
        ("phased,red=probe,red=probe", "The cell 'red' has two robots in"),
        ("phased,white=probe", "There is no cell to play 'white'"),
    ):
        with pytest.raises(ValueError, match=re.escape(said)):
            policies(exercise, [words], lambda _: "")


def test_a_study_says_that_policies_differ_in_what_the_adversaries_want() -> None:
    base, hawk = policies(FLAGSHIP, ["phased", "phased,red=escalate"], lambda _: "")
    apart_ = bundle(FLAGSHIP, hawk, base)
    assert (True, False, ()) == (apart_.red, apart_.answers, apart_.levers)
    told = "phased,red=escalate differs from phased in what the adversaries want."
    assert told == apart(apart_)


def test_a_plan_keeps_who_plays_red() -> None:
    plan = Plan(FLAGSHIP, policies(FLAGSHIP, ["phased,red=escalate"], lambda _: ""), 1, 4)
    again = read(written(plan), exercise_written(FLAGSHIP))
    assert plan.policies == again.policies
