"""What shows only in play: each symptom on an exercise that was given it, and on real ones."""

from __future__ import annotations

from collections.abc import Callable
from copy import deepcopy
from decimal import Decimal
from functools import cache
from typing import Any

import numpy as np
import pytest
from ssh_rig import ROOT

from ttx.adjudicator.tables import Tables
from ttx.analysis import course
from ttx.analysis.policies import Policy, differing
from ttx.analysis.rehearsal.levels import steps
from ttx.analysis.rehearsal.options import Forced
from ttx.analysis.rehearsal.plays import all_plays
from ttx.analysis.rehearsal.rehearse import Rehearsal, rehearse
from ttx.analysis.rehearsal.symptom import per_cent
from ttx.exercise.load import from_data, load
from ttx.exercise.model.exercise import Exercise
from ttx.exercise.problems import place

TUTORIAL = load(ROOT / "exercises" / "tutorial")
FIRST = ROOT / "tests" / "exercises" / "accelerate_1"
"""The large exercise as it was when a reader measured its faults by hand."""
WORLDS = 200

Data = dict[str, Any]


def said(exercise: Exercise, shown: Rehearsal) -> set[tuple[str, str]]:
    """Kinds with the places they are told of."""
    data = exercise.model_dump(by_alias=True)
    return {(one.kind, place(one.path, data)) for one in shown.symptoms}


def changed(change: Callable[[Data], object]) -> set[tuple[str, str]]:
    """What shows of the tutorial after a change."""
    data = deepcopy(TUTORIAL.as_toml())
    change(data)
    exercise = from_data(data)
    return said(exercise, rehearse(exercise, WORLDS))


def inject(data: Data, number: int) -> Data:
    """The inject of that number."""
    found: Data = next(one for one in data["inject"] if one["number"] == number)
    return found


def four_scores(data: Data) -> None:
    """Two more scores, so that being no better on any of them says something."""
    for name in ("permits", "supplies"):
        data["score"].append(
            {"id": name, "name": name, "short": name, "better": "higher", "of": name}
        )


# Real exercises


def test_the_tutorial_is_quiet() -> None:
    assert () == rehearse(TUTORIAL, WORLDS).symptoms


@cache
def first_edition() -> set[tuple[str, str]]:
    exercise = load(FIRST)
    return said(exercise, rehearse(exercise, 500))


@pytest.mark.parametrize(
    ("kind", "where"),
    [
        ("option_dominated", "inject 'five_in_the_eez', option 'joint_options_ready'"),
        ("option_dominated", "inject 'seafood_then_magnets', option 'quiet_slow_down'"),
        ("option_dominated", "inject 'savings_slide', option 'never_needed_it'"),
        ("option_dominated", "inject 'price_of_the_roof', option 'link_next_phase'"),
        (
            "option_dominated",
            "inject 'what_the_prefecture_was_not_told', option 'distant_apology'",
        ),
        ("option_dominated", "inject 'ryukyu_trending', option 'ministry_denial'"),
        ("option_untaken", "inject 'justice_mission_redux', option 'disperse_to_alternates'"),
        ("level_costly", "lever 'pace', level 'accelerated'"),
        ("level_buys_nothing", "lever 'pace', level 'crash'"),
        ("level_buys_nothing", "lever 'rank', level 'four_star'"),
        ("level_buys_nothing", "lever 'site', level 'roppongi'"),
        ("level_buys_nothing", "lever 'munitions', level 'coproduction'"),
        ("level_costly", "lever 'hns', level 'link'"),
        ("level_free", "lever 'legal_message', level 'separate_chains'"),
        ("turns_empty", ""),
        ("adversary_unmoved", "adversary 'china'"),
        ("score_blind", "adversary 'china'"),
        ("references_confounded", "review"),
        ("robot_dominated", "robot 'halt'"),
    ],
)
def test_what_a_reader_found_by_hand_in_the_first_edition_is_named(kind: str, where: str) -> None:
    assert (kind, where) in first_edition()


def test_the_levels_that_carry_it_are_not_named() -> None:
    named = {where for kind, where in first_edition() if kind.startswith("level_")}

    assert not any("standing_staff" in where or "authority" in where for where in named)
    assert "lever 'pace', level 'phased'" not in named


# Against the studies' own arithmetic


@pytest.mark.slow
def test_many_levels_at_once_are_each_what_a_changed_policy_plays() -> None:
    exercise = load(FIRST)
    tables, worlds = Tables(exercise), 16
    plan = next(one for one in exercise.robot if one.id == "accelerated")
    policy = Policy(plan.id, tuple((one, plan) for one in ("us", "japan")))
    found = steps(tables, plan, 1, worlds)

    for lever, level in ((0, 2), (1, 3), (2, 2), (9, 1)):
        part = exercise.lever[lever]
        above, below = (
            course.play(
                tables,
                differing(exercise, policy, [f"{part.id}={part.levels[one].id}"]),
                1,
                np.arange(worlds, dtype=np.uint64),
            )
            for one in (level, level - 1)
        )
        signs = [1 if one.better == "higher" else -1 for one in exercise.score]
        way = (above.on_the_way() - below.on_the_way()).mean(axis=-1) * signs / 10
        end = (above.at_the_end() - below.at_the_end()).mean(axis=-1) * signs
        assert np.allclose(np.stack([way, end]), found[lever, level], rtol=0, atol=1e-9)


@pytest.mark.parametrize("again", [False, True])
def test_a_forced_option_is_the_plan_with_that_answer_and_nothing_else(again: bool) -> None:  # noqa: FBT001  # pytest gives it by name
    data = deepcopy(TUTORIAL.as_toml())
    crisis = inject(data, 2)
    if again:  # it comes in both turns, in the place of the other crisis
        data["inject"].remove(inject(data, 3))
        crisis |= {"turns": [1, 2], "again": 1}
    tables = Tables(from_data(data))
    plan = TUTORIAL.robot[0]
    plays = all_plays(tables, [plan], 1, WORLDS)
    forced = Forced(tables, plays[plan.id], plan, 1, WORLDS)
    mine = forced.option == int(tables.first_option[1]) + 1  # helicopters: no pier is needed

    crisis["option"] = [crisis["option"][1], {**crisis["option"][1], "id": "twin"}]
    only = Tables(from_data(data))
    alone = all_plays(only, [plan], 1, WORLDS)[plan.id]

    assert 1 + again == (alone.inject == 1).sum(axis=(0, 1)).max()
    assert WORLDS == mine.sum()
    assert np.array_equal(alone.horizons(), forced.came_to[:, :, mine])


# One fault each


def test_an_inject_whose_condition_never_holds_never_fires() -> None:
    def change(data: Data) -> None:
        inject(data, 2)["when"] = {"of": "trust", "at_least": 100}

    assert ("inject_never", "inject 'ten_hours_of_fuel'") in changed(change)


def test_a_condition_that_always_holds_is_named_and_a_fixed_inject_is_not() -> None:
    def change(data: Data) -> None:
        inject(data, 2)["when"] = {"of": "trust", "at_least": 0}

    found = changed(change)
    assert ("inject_always", "inject 'ten_hours_of_fuel'") in found
    assert ("inject_always", "inject 'help_nobody_asked_for'") not in found


def test_a_window_of_ten_days_and_one_of_a_minute_ask_nothing() -> None:
    def change(data: Data) -> None:
        inject(data, 2)["window"], inject(data, 3)["window"] = 14400, 1

    found = changed(change)
    assert ("window_idle", "inject 'ten_hours_of_fuel'") in found
    assert ("window_unmet", "inject 'help_nobody_asked_for'") in found


def test_empty_turns_are_counted() -> None:
    def change(data: Data) -> None:
        data["turns"]["count"] = 5

    data = deepcopy(TUTORIAL.as_toml())
    change(data)
    (one,) = [one for one in rehearse(from_data(data), 100).symptoms if one.kind == "turns_empty"]
    assert 3 == one.number  # injects come in turns 1 and 2, whatever the dice
    assert "3.0 turns of 5 bring no inject at all; 100 % of runs" in one.text


def test_turns_after_the_end_of_a_run_are_not_empty() -> None:
    def change(data: Data) -> None:
        data["turns"]["count"] = 5
        data["turns"]["ends_when"] = {"of": "tension", "at_least": 0}

    assert not {where for kind, where in changed(change) if kind == "turns_empty"}


def test_robots_that_all_draw_are_a_rehearsal_too() -> None:
    def change(data: Data) -> None:
        data["robot"] = [one for one in data["robot"] if one.get("rule") == "random"]
        data["review"]["references"] = ["random"]
        for cell in data["cell"]:
            cell.pop("robot", None)

    assert set() == changed(change)


def test_an_option_that_no_state_opens_is_closed_to_everybody() -> None:
    def change(data: Data) -> None:
        inject(data, 1)["option"][1]["needs"] = {"of": "trust", "at_least": 100}

    assert (
        "option_closed",
        "inject 'one_telephone_number', option 'line_in_tokyo'",
    ) in changed(change)


def test_a_second_choice_for_every_posture_is_untaken() -> None:
    def change(data: Data) -> None:
        # two options for two postures, both of the lean that both prefer last
        data["posture"][0]["prefers"] = data["posture"][1]["prefers"] = ["J", "F", "R"]
        one = inject(data, 1)
        del one["option"][2], one["option"][0]["needs"]

    found = changed(change)
    assert ("option_untaken", "inject 'one_telephone_number', option 'desk_in_naha'") in found


def test_an_option_that_only_costs_more_is_dominated() -> None:
    def change(data: Data) -> None:
        four_scores(data)
        one = inject(data, 2)["option"]
        one[2] = {**one[1], "id": "dearer", "costs": [{"track": "supplies", "by": Decimal(-4)}]}

    found = changed(change)
    assert ("option_dominated", "inject 'ten_hours_of_fuel', option 'dearer'") in found
    assert ("option_dominated", "inject 'ten_hours_of_fuel', option 'helicopters_first'") not in (
        found
    )


def test_answers_that_do_the_same_leave_an_inject_flat() -> None:
    def change(data: Data) -> None:
        one = inject(data, 2)["option"]
        one[0] = {**one[1], "id": "a"}
        one[2] = {**one[1], "id": "c"}

    assert ("inject_flat", "inject 'ten_hours_of_fuel'") in changed(change)


def test_a_posture_that_no_robot_comes_to_is_unmet() -> None:
    def change(data: Data) -> None:
        data["posture"][0]["when"] = {"of": "staff", "at_least": 100}

    assert ("posture_unmet", "posture 'A'") in changed(change)


def a_lever(**effect: object) -> Data:
    """A lever of two levels, the upper at a price that its effects may be worth."""
    levels = [{"id": name, "name": name, "note": name} for name in ("off", "on")]
    return {
        "id": "extra",
        "name": "extra",
        "about": "extra",
        "cells": ["us"],
        "held_by": "us",
        "start": "off",
        "levels": levels,
        "effects": [{"kind": "flow", **effect}],
    }


@pytest.mark.parametrize(
    ("kind", "track", "by"),
    [
        ("level_dead", "tension", 0),
        ("level_free", "supplies", 6),
        ("level_buys_nothing", "trust", -6),
    ],
)
def test_a_level_is_dead_or_free_or_buys_nothing(kind: str, track: str, by: int) -> None:
    def change(data: Data) -> None:
        four_scores(data)
        data["turns"]["moves"] = 9  # it takes no other lever's place
        data["lever"].append(a_lever(track=track, values=[0, by]))

    found = changed(change)
    assert {(kind, "lever 'extra', level 'on'")} == {
        one for one in found if "extra" in one[1] and one[0].startswith("level_")
    }


def test_a_clock_track_that_starts_elsewhere_is_named_with_both_numbers() -> None:
    data = deepcopy(TUTORIAL.as_toml())
    data["track"][0]["start"] = 50
    data["track"][0]["anchor"] = 60
    (one,) = [one for one in rehearse(from_data(data), 100).symptoms if one.kind == "clock_start"]
    assert ("track", 0, "start") == one.path
    assert 60 == round(one.number)
    assert "start is 50, but the clock puts the track at 60" in one.text


def test_a_track_that_is_held_at_its_end_is_saturated() -> None:
    def change(data: Data) -> None:
        data["lever"][0]["effects"].append(
            {"track": "trust", "kind": "flow", "values": [100, 100, 100]}
        )

    assert ("track_saturated", "track 'trust'") in changed(change)


@pytest.mark.parametrize(("bias", "kind"), [(4000, "adversary_always"), (-4000, "adversary_never")])
def test_an_adversary_without_a_choice_is_named(bias: int, kind: str) -> None:
    def change(data: Data) -> None:
        data["adversary"][0]["act"]["bias"] = bias

    assert (kind, "adversary 'neighbour'") in changed(change)


def test_a_score_that_no_act_reaches_is_named() -> None:
    def change(data: Data) -> None:
        data["score"].append(
            {"id": "staff", "name": "staff", "short": "staff", "better": "higher", "of": "staff"}
        )

    found = changed(change)
    assert {("score_unmoved", "score 'staff'")} == {
        one for one in found if one[0] == "score_unmoved"
    }


def test_references_that_differ_in_more_than_the_question_are_named() -> None:
    def change(data: Data) -> None:
        data["review"]["levers"] = ["ports"]

    assert ("references_confounded", "review") in changed(change)


def test_a_robot_that_only_pays_is_dominated() -> None:
    def change(data: Data) -> None:
        four_scores(data)
        data["lever"].append(a_lever(track="trust", values=[0, -8]))
        data["robot"].append(
            {
                "id": "payer",
                "name": "payer",
                "about": "pays",
                "wishes": [
                    *data["robot"][0]["wishes"],
                    {"turn": 1, "lever": "extra", "level": "on"},
                ],
            }
        )

    assert ("robot_dominated", "robot 'payer'") in changed(change)


@pytest.mark.parametrize(
    ("share", "words"),
    [(0, "0 %"), (0.004, "under 1 %"), (0.5, "50 %"), (0.996, "over 99 %"), (1, "100 %")],
)
def test_a_share_is_never_rounded_to_none_or_all(share: float, words: str) -> None:
    assert words == per_cent(share)
