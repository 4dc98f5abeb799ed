from __future__ import annotations

import re
from functools import cache
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from kit.reviewed import final, watched
from kit.tables import SEATINGS, exercise, leads, offers, play, played, robots_alone, seated, until

from ttx.exercise.load import from_data
from ttx.exercise.model.exercise import Exercise
from ttx.plain import tell
from ttx.report.counterfactual import decisions, without_each
from ttx.report.lines import WIDTH
from ttx.report.lines import lines as in_lines
from ttx.report.review import FINDINGS, LIMIT, review
from ttx.report.review_text import review_of
from ttx.session import phases
from ttx.session.opening import begin
from ttx.session.play_commands import End, LeaveLevers, Move, Start, Submit
from ttx.session.seating import Seating
from ttx.session.side_commands import Note
from ttx.session.table import Table
from ttx.session.view.words import JUDGEMENT


@cache
def idle() -> Exercise:
    """The tutorial with a lever that does nothing and costs nothing."""
    data: dict[str, Any] = exercise("tutorial").as_toml()
    levels = [{"id": one, "name": one, "note": one} for one in ("off", "on")]
    data["lever"].append(
        {
            "id": "idle",
            "name": "Idle",
            "about": "Nothing hangs on it.",
            "cells": ["us"],
            "held_by": "nobody in particular",
            "start": "off",
            "levels": levels,
        }
    )
    return from_data(data)


# The review


@pytest.mark.slow
@pytest.mark.parametrize("robot", ["phased", "accelerated", "hawaii"])
def test_the_answer_to_the_sponsors_question_comes_first(robot: str) -> None:
    game = robots_alone("accelerate", robot).game

    made = review(game, f"Seal {'0' * 32}")
    lines = in_lines(review_of(made))

    asked = exercise("accelerate").review.asked
    assert asked == made.asked
    assert "REVIEW of Accelerate, seed 1: 10 of 10 turns" == lines[0]
    words = " ".join(line.strip() for line in lines).replace("stand- up", "stand-up")
    places = [
        words.index(part)
        for part in (
            str(asked),
            made.chosen[0],
            made.chosen[1],
            "What the adversaries did: restraint / probe / escalate",
            made.luck,
            made.moved[0],
            made.moved[1],
            *made.differ,
            FINDINGS,
            made.most[0],
            "Profile:",
            "To be deterred: ",
            "Turn by turn",
            JUDGEMENT,
            LIMIT,
            f"Seal {'0' * 32}",
        )
    ]
    assert places == sorted(places)
    names = ["Pace of the stand-up", "Standing staff in Japan"]
    assert names == [one.partition(":")[0] for one in made.chosen]
    assert ["Against phased", "Against hawaii"] == [one.partition(":")[0] for one in made.moved]


@pytest.mark.slow
def test_the_course_of_a_lever_is_told_by_its_turns() -> None:
    made = review(robots_alone("accelerate_1", "phased").game, "")

    staff = "Standing staff in Japan: none in T1, liaison in T2 to T6, cell from T7"
    assert staff == made.chosen[1]
    assert "Pace of the stand-up: phased throughout" == made.chosen[0]


@pytest.mark.slow
def test_a_reference_run_does_not_differ_from_itself() -> None:
    made = review(robots_alone("accelerate", "phased").game, "")

    assert "Against phased: no clear difference in any score." == made.moved[0]
    assert {"no clear difference"} == {row.against for row in made.profile}


@pytest.mark.parametrize(("name", "robot"), [("accelerate", "hawaii"), ("tutorial", "eager")])
def test_the_profile_is_the_mean_of_the_turns_and_the_end(name: str, robot: str) -> None:
    game = robots_alone(name, robot).game
    facts = [turn.reckoned for turn in game.turns if turn.reckoned is not None]

    for at, row in enumerate(review(game, "").profile):
        own = [fact.reckoning.scores[at] for fact in facts]
        assert (sum(own) // len(own), own[-1]) == (row.way, row.end)
        for reference, way, end in row.references:
            course = [fact.references[reference].scores[at] for fact in facts]
            assert (sum(course) // len(course), course[-1]) == (way, end)
            if reference == robot:
                assert (row.way, row.end) == (way, end)


@pytest.mark.slow
def test_references_in_the_record_are_runs_of_those_robots() -> None:
    game = robots_alone("accelerate", "keep", 3).game
    for name in ("phased", "hawaii"):
        itself = robots_alone("accelerate", name, 3).game
        for turn, other in zip(game.turns, itself.turns, strict=True):
            assert turn.reckoned is not None
            assert other.reckoned is not None
            reference = turn.reckoned.references[name]
            assert other.reckoned.reckoning.scores == reference.scores
            assert other.reckoned.minutes == reference.minutes


def test_the_profile_begins_where_the_model_does() -> None:
    made = review(robots_alone("accelerate_1", "keep").game, "")

    assert [3461, 3651, 3965, 5096, 3403, 4489, 6080] == [row.start for row in made.profile]


@pytest.mark.slow
def test_timings_and_slowest_stages_count_the_crises() -> None:
    made = review(robots_alone("accelerate", "random").game, "")

    clocks = [one for row in made.rows for one in row.rulings if one.clock is not None]
    assert len(clocks) == sum(made.timings) == sum(count for _, count in made.slowest)
    counts = [count for _, count in made.slowest]
    assert counts == sorted(counts, reverse=True)
    assert made.timings[0] == sum(one.good for one in clocks)


def test_a_run_that_was_cut_short_is_reviewed_as_far_as_it_went() -> None:
    table = seated("tutorial")
    made = review(table.game, "")
    assert (0, "in play, briefing", "No decision was taken.", ()) == (
        made.played,
        made.state,
        made.unmoved,
        made.most,
    )
    assert in_lines(review_of(made))

    assert until(table, phases.RECKONING)
    table.submit("relief", Note("so far"), table.game.entries)
    table.submit("relief", End("lunch"), table.game.entries)
    made = review(table.game, "")
    assert (1, 2, "lunch") == (made.played, made.turns, made.state)
    assert 1 == len(made.rows)
    assert ["so far"] == [words for _, _, words in made.notes]
    assert "REVIEW of Tutorial, seed 1: 1 of 2 turns" == in_lines(review_of(made))[0]


@pytest.mark.slow
@given(how=st.sampled_from(list(SEATINGS)), seed=st.integers(0, 100_000), stop=st.integers(0, 20))
@settings(max_examples=12)
def test_a_run_can_be_reviewed_at_any_time(how: str, seed: int, stop: int) -> None:
    table = seated("tutorial", how, seed)
    for number, _ in enumerate(play(table, seed)):
        if number == stop:
            break
    made = review(table.game, "")

    lines = in_lines(review_of(made))
    assert sum(turn.end is not None for turn in table.game.turns) == made.played
    assert all(len(line) <= WIDTH for line in lines)
    assert not any("None" in line for line in lines)


def wordy() -> Exercise:
    """The tutorial where whatever has a name has a long one."""
    data: dict[str, Any] = exercise("tutorial").as_toml()
    long = " of the islands between the two seas and of those who live there"
    robots = {one["id"]: f"{one['id']}-and-as-long-as-an-id-may-well-be" for one in data["robot"]}
    for part in ("score", "track", "derived", "budget", "cell", "adversary", "lever"):
        for one in data[part]:
            one["name"] += long
    for one in data["inject"]:
        one["title"] += long
        for option in one["option"]:
            option["title"] += long
    for one in data["robot"]:
        one["id"] = robots[one["id"]]
    for one in data["cell"]:
        if "robot" in one:
            one["robot"] = robots[one["robot"]]
    data["review"]["references"] = [robots[one] for one in data["review"]["references"]]
    return from_data(data)


@pytest.mark.parametrize("part", [wordy(), exercise("accelerate")], ids=["wordy", "accelerate"])
def test_no_line_of_a_story_is_wider_than_a_terminal(part: Exercise) -> None:
    said: list[str] = []
    names = dict.fromkeys(("us", "japan"), part.robot[0].id)

    tell(begin(part, Seating(names, ""), 3, None), said.append)

    assert [] == [line for line in said if len(line) > WIDTH]
    whole = " ".join(" ".join(said).split())
    assert all(str(one.name) in whole for one in part.score)


@pytest.mark.slow
def test_every_run_of_the_profile_stands_over_its_column() -> None:
    lines = in_lines(review_of(review(robots_alone("accelerate", "keep").game, "")))
    at = next(n for n, line in enumerate(lines) if line.startswith("Profile:"))

    heads, first = lines[at + 1], lines[at + 2]

    assert ["this", "run", "phased", "hawaii"] == heads.split()
    ends = [one.end() for one in re.finditer(r"this run|phased|hawaii", heads)]
    assert ends == [one.end() for one in re.finditer(r"\d+\.\d\d", first)][1::2]


# Without each decision


@pytest.mark.slow
@pytest.mark.parametrize("how", SEATINGS)
@pytest.mark.parametrize("seed", [1, 2, 3, 4])
def test_the_first_world_is_the_record(
    how: str, seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = watched(monkeypatch)
    for name in ("tutorial", "accelerate") if seed == 1 else ("tutorial",):
        game = played(name, how, seed).game
        found = without_each(game)

        batch = made.pop()
        assert final(game) == batch.scores()[:, 0].tolist()
        assert game.position.tracks == tuple(batch.tracks[:, 0].tolist())
        assert game.position.budgets == tuple(batch.budgets[:, 0].tolist())
        assert game.position.levels == tuple(batch.levels[:, 0].tolist())
        assert len(decisions(game)) == len(found) == batch.n - 1


def test_a_move_that_did_nothing_makes_no_difference() -> None:
    table = begin(idle(), Seating({}, ""), 1, None)
    for command in (Start(), Move("idle", "on"), Move("standing_staff", "liaison")):
        table.submit("relief", command, table.game.entries)
    finish(table)

    found = {one.lever: one for one in without_each(table.game) if one.lever}

    assert (0, 0, 0) == found["idle"].differences
    assert 0 == found["idle"].size
    assert found["standing_staff"].size > 0


def finish(table: Table) -> None:
    """To the end, with the first open answers and no further moves."""
    assert until(table, phases.HOTWASH)
    table.submit(leads(table.game.run)[0], offers(table.game, "relief")[0], table.game.entries)


def test_leaving_out_the_only_decision_gives_the_world_without_it() -> None:
    with_it = begin(idle(), Seating({}, ""), 5, None)
    for command in (Start(), Move("standing_staff", "liaison"), LeaveLevers()):
        with_it.submit("relief", command, with_it.game.entries)
    without_it = begin(idle(), Seating({}, ""), 5, None)
    for command in (Start(), LeaveLevers()):
        without_it.submit("relief", command, without_it.game.entries)
    taken: list[list[str]] = []
    for table in (with_it, without_it):
        taken.append([])
        while table.game.phase != phases.HOTWASH:
            game = table.game
            if game.phase == phases.DELIBERATION:
                asks = offers(game, "relief")
                submits = [one for one in asks if isinstance(one, Submit)]
                other = next(one for one in submits if one.answer.option not in FIRST)
                taken[-1].append(other.answer.option)
                table.submit("relief", other, game.entries)
            else:
                table.submit("relief", offers(game, "relief")[0], game.entries)
    assert taken[0] == taken[1]

    (move,) = [one for one in without_each(with_it.game) if one.lever]

    gone = np.array(final(with_it.game)) - np.array(final(without_it.game))
    assert gone.tolist() == list(move.differences)


FIRST = {"desk_in_naha", "ship_to_the_pier", "side_by_side"}
"""Answers that a lever opens."""


@pytest.mark.slow
def test_the_largest_comes_first_and_is_told_first() -> None:
    game = robots_alone("accelerate", "accelerated").game

    found = without_each(game)
    sizes = [one.size for one in found]
    made = review(game, "")

    assert sizes == sorted(sizes, reverse=True)
    assert made.most[0].startswith(f"T{found[0].turn} ")
    assert 3 == len(made.most)
    assert "" == made.unmoved
    assert {(one.turn, one.lever, one.level, one.inject, one.option) for one in found} == set(
        decisions(game)
    )


def test_without_an_answer_its_effects_do_not_happen() -> None:
    game = robots_alone("tutorial", "keep").game

    found = [one for one in without_each(game) if one.inject]

    assert 3 == len(found)
    assert all(one.size > 0 for one in found)


def test_nothing_decided_is_nothing_left_out() -> None:
    assert [] == without_each(seated("tutorial").game)
    assert [] == decisions(seated("tutorial").game)
