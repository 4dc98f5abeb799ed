"""Policies against a baseline: by hand on a few worlds, and a referee's tables on two thousand."""

from __future__ import annotations

import math
from dataclasses import replace
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from functools import cache

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from study_rig import EDITION_1

from ttx.adjudicator.tables import Tables
from ttx.analysis.bundles import bundle
from ttx.analysis.course import play
from ttx.analysis.paired import Marks, differences, interval, marks, means, quantile
from ttx.analysis.policies import factorial, policies
from ttx.analysis.policy_lines import apart, lines
from ttx.analysis.policy_table import PolicyTable, policy_table
from ttx.analysis.winners import dominated, wins
from ttx.exercise.digest import digest
from ttx.exercise.load import load
from ttx.exercise.model.exercise import Exercise
from ttx.exercise.model.scores import Score

HIGH = Score(id="trust", name="Trust", short="Trust", better="higher", of="trust")
LOW = Score(id="risk", name="Risk", short="Risk", better="lower", of="risk")

# Section 4.2 of the referee on edition 1: the `accelerated` plan with each pace, 2,000 worlds of
# seed 1; seven scores on the way, then at the end.
PACES = """
accelerated 36.2 38.0 40.1 54.5 42.8 48.0 51.6 39.3 42.0 42.9 60.8 51.2 48.9 41.7
phased      37.7 39.4 41.8 57.0 42.1 47.6 55.5 40.5 43.1 44.3 61.9 49.9 48.2 49.2
hold        37.2 38.0 40.6 55.5 40.0 46.8 58.7 39.6 40.2 42.2 59.3 46.1 46.2 55.9
crash       33.9 35.5 37.3 50.2 42.1 48.5 47.6 36.1 38.4 39.0 55.6 48.7 49.9 37.3
"""
# Section 7: a robot less `phased` at the end, and half the interval; plus is better here.
BY_ROBOT = """
accelerated +0.30 .04 +2.19 .06 +1.11 .06 +2.33 .10 +4.36 .03 -1.79 .07 -11.24 .07
staff_first +0.24 .03 +0.50 .03 +0.30 .04 +0.04 .07 +1.45 .02 -1.25 .05 -4.45 .05
hawaii      -0.92 .04 +1.15 .06 +2.68 .06 -3.57 .09 -0.52 .03 +3.61 .06 +1.16 .06
"""


@cache
def edition_1() -> Exercise:
    return load(EDITION_1)


@cache
def table(baseline: str, *asked: str, factor: str = "", worlds: int = 2000) -> PolicyTable:
    """The table of policies of edition 1 in the first worlds of seed 1."""
    exercise, which = edition_1(), np.arange(worlds, dtype=np.uint64)
    found = policies(exercise, asked, lambda _: "")
    if factor:
        found = factorial(exercise, found[0], [factor])
    tables = Tables(exercise)
    every = (marks(one.id, play(tables, one, 1, which)) for one in found)
    return policy_table(exercise, digest(exercise), found, every, 1, baseline)


def by(policy: str, way: list[list[int]], end: list[list[int]], turns: int = 2) -> Marks:
    """Marks of some worlds: sums over the turns, and ends, a row a score."""
    values = {"way": np.array(way, np.int64), "end": np.array(end, np.int64)}
    return Marks(policy, values, {"way": turns, "end": 1})  # type: ignore[arg-type]  # literals


def tenths(mean: float) -> str:
    """As that table is rounded: from hundredths. Two of its 56 cells show it: 37.947 and 48.149."""
    return str(Decimal(f"{mean:.2f}").quantize(Decimal("0.1"), ROUND_HALF_UP))


# --- by hand ---


def test_a_difference_is_turned_so_that_plus_is_better_and_counts_half_points() -> None:
    one = by("new", [[300, 200, 100], [0, 0, 0]], [[50, 149, 0], [100, 100, 100]])
    base = by("old", [[100, 200, 200], [0, 0, 0]], [[0, 100, 50], [149, 150, 20]])

    trust_way, risk_way, trust, risk = differences(one, base, [HIGH, LOW])

    # Trust on the way: +200, 0 and -100 over two turns of hundredths.
    assert math.isclose(100 / 3 / 200, trust_way.mean)
    assert (1, 1, 100, 50_000) == (
        trust_way.better,
        trust_way.worse,
        trust_way.total,
        trust_way.squares,
    )
    assert (0.0, 0.0, 0, 0) == (risk_way.mean, risk_way.half, risk_way.better, risk_way.worse)
    # Trust at the end: +0.50, +0.49, -0.50. Risk is better where it is lower: +.49, +.50, -.80.
    assert (1, 1) == (trust.better, trust.worse)
    assert (1, 1) == (risk.better, risk.worse)
    assert math.isclose((0.49 + 0.50 - 0.80) / 3, risk.mean)


def test_a_mean_stands_as_it_is_and_is_not_turned() -> None:
    found = means(by("new", [[300, 100], [40, 80]], [[10, 30], [0, 100]]), [HIGH, LOW])

    assert [1.0, 0.3, 0.2, 0.5] == [one.mean for one in found]


@given(st.lists(st.integers(-20_000, 20_000), min_size=2, max_size=40))
def test_an_interval_is_that_of_the_mean_however_it_was_added_up(values: list[int]) -> None:
    n = len(values)
    mean, half = interval(sum(values), sum(one * one for one in values), n)
    true = Fraction(sum(values), n)
    variance = sum((one - true) ** 2 for one in values) / (n - 1)

    assert math.isclose(float(true), mean, abs_tol=1e-9)
    assert math.isclose(1.959963984540054 * math.sqrt(variance / n), half, abs_tol=1e-9)


def test_one_world_has_no_interval() -> None:
    assert (7.0, math.inf) == interval(7, 49, 1)


def test_several_intervals_are_widened_as_bonferroni_says() -> None:
    assert math.isclose(1.959964, quantile(1), abs_tol=1e-6)
    assert math.isclose(2.807034, quantile(10), abs_tol=1e-6)  # 0.05 / 20 on each side


def test_worlds_are_won_clearly_alone_or_together() -> None:
    end = {"a": [[100, 60, 10, 5]], "b": [[50, 50, 10, 6]], "c": [[0, 0, 0, 0]]}
    every = [by(name, values, values, turns=1) for name, values in end.items()]

    at_end = {one.policy: one for one in wins(every, [HIGH]) if one.moment == "end"}

    assert (1, 2, 1) == (at_end["a"].clear, at_end["a"].alone, at_end["a"].shared)
    assert (0, 1, 1) == (at_end["b"].clear, at_end["b"].alone, at_end["b"].shared)
    assert (0, 0, 0) == (at_end["c"].clear, at_end["c"].alone, at_end["c"].shared)
    assert [] == wins(every[:1], [HIGH])


def test_a_policy_is_dominated_where_another_is_nowhere_worse_and_somewhere_better() -> None:
    end = {"good": [[100], [10]], "near": [[97], [10]], "bad": [[90], [13]], "cheap": [[0], [0]]}
    every = [by(name, values, values, turns=1) for name, values in end.items()]

    found = {one.policy: one.by for one in dominated(every, [HIGH, LOW]) if one.moment == "end"}

    # `near` is 0.03 behind `good`, which is as good; `bad` 0.10 behind; `cheap` has the lower risk.
    assert {"bad": ("good", "near")} == found


def test_the_levers_of_a_bundle_are_named_and_a_wish_for_the_start_is_none() -> None:
    exercise = edition_1()
    one, base, least, drawn = policies(
        exercise, ["accelerated", "phased", "cautious", "random"], lambda _: ""
    )
    (same,) = factorial(exercise, base, ["pace=phased@3"])

    found = bundle(exercise, one, base)
    assert {"pace", "standing_staff", "authority", "site"} == {*found.levers}
    assert not found.answers
    assert not found.random
    assert () == bundle(exercise, same, base).levers
    assert bundle(exercise, least, base).answers
    assert bundle(exercise, drawn, base).random
    told = apart(found)
    assert told.startswith("accelerated differs from phased in 4 levers: ")
    assert told.endswith("of all of them together.")


# --- what a referee found by hand ---


@pytest.mark.slow
def test_pace_inside_the_accelerated_plan_comes_out_as_the_referee_measured_it() -> None:
    made = table("accelerated+pace=phased", "accelerated", factor="pace")
    found = {
        policy.rpartition("=")[2]: [
            tenths(made.mean(policy, score.id, moment))
            for moment in ("way", "end")
            for score in made.scores
        ]
        for policy in made.policies
    }
    expected = {row.split()[0]: row.split()[1:] for row in PACES.strip().splitlines()}

    assert expected == found


@pytest.mark.slow
def test_robots_against_phased_come_out_as_the_referee_measured_them() -> None:
    made = table("phased", "all")
    for row in BY_ROBOT.strip().splitlines():
        policy, *cells = row.split()
        for at, score in enumerate(made.scores):
            one = made.difference(policy, score.id, "end")
            mean, half = float(cells[2 * at]), float(cells[2 * at + 1])
            assert f"{mean:+.2f} {half:.2f}" == f"{one.mean:+.2f} {one.half:.2f}", (row, score)
    china = made.difference("accelerated", "china", "end")
    assert (40, 19) == (round(china.better / 20), round(china.worse / 20))


def test_the_dominated_robots_are_those_that_the_referee_named() -> None:
    made = table("phased", "all")
    found = {one.policy: one.by for one in made.dominated if one.moment == "end"}

    assert {"halt", "random"} == {*found}
    assert "cautious" in found["halt"]


def test_clear_wins_come_out_as_the_referee_counted_them() -> None:
    made = table("phased", "phased", "accelerated", "hawaii", "staff_first")
    china = {
        one.policy: one.clear for one in made.wins if (one.score, one.moment) == ("china", "end")
    }

    # 22.2, 10.0, 2.6 and 1.7 % of 2,000; the second lies between 10.0 and 10.1.
    assert {"accelerated": 444, "staff_first": 201, "phased": 53, "hawaii": 34} == china


def test_the_lines_say_all_that_and_fit_a_terminal() -> None:
    made = table("phased", "all")
    told = lines(made)
    words = " ".join(" ".join(told).split())

    assert max(map(len, told)) <= 79
    assert "accelerated differs from phased in 4 levers: pace, standing_staff" in words
    assert "140 intervals stand here, each alone" in words
    assert "random against phased: one of them draws its moves at random." in words
    assert "Dominated at the end: halt by cautious" in words
    assert any("Deterrence of China" in one and "+0.30 ±0.04" in one for one in told)


@pytest.mark.parametrize(
    ("asked", "worlds", "says", "never"),
    [
        (("phased",), 1, ("1 policy in 1 world", "Seed 1, world 0, the same"), "interval"),
        (("phased", "hawaii"), 1, ("One world has no interval",), "Bonferroni"),
        (("phased", "hawaii"), 2, ("on average 0.7 of them miss by luck",), "some"),
    ],
)
def test_the_lines_of_a_small_study_claim_no_more_than_it_holds(
    asked: tuple[str, ...], worlds: int, says: tuple[str, ...], never: str
) -> None:
    words = " ".join(" ".join(lines(table("phased", *asked, worlds=worlds))).split())

    for one in says:
        assert one in words
    assert never not in words.replace("One world has no interval", "")


def test_more_scores_than_fit_go_on_below() -> None:
    exercise = edition_1()
    more = [one.model_copy(update={"id": f"{one.id}_2"}) for one in exercise.score[:2]]
    many = exercise.model_copy(update={"score": [*exercise.score, *more]})
    found, which = policies(exercise, ("phased", "hawaii"), lambda _: ""), np.arange(30)
    tables = Tables(many)
    every = (marks(one.id, play(tables, one, 1, which.astype(np.uint64))) for one in found)
    made = policy_table(many, "", found, every, 1, "phased")
    told = lines(made)
    at = [row for row, line in enumerate(told) if line.startswith("Mean at the end")]

    assert max(map(len, told)) <= 79
    assert [7, 2] == [len(told[row + 1].split()) - 1 for row in at]
    assert told[at[0] + 1].split()[1:3] == told[at[1] + 1].split()[1:]


@pytest.mark.parametrize(
    ("count", "of", "said"),
    [
        (0, 2000, "0 %"),
        (1, 2000, "<1 %"),
        (20, 2000, "1 %"),
        (1000, 2000, "50 %"),
        (1999, 2000, ">99 %"),
        (2000, 2000, "100 %"),
    ],
)
def test_what_is_not_quite_none_or_all_is_not_called_so(count: int, of: int, said: str) -> None:
    made = table("phased", "phased", "hawaii", worlds=2)
    one = replace(made.differences[0], better=count, worse=0, worlds=of)
    told = lines(replace(made, differences=(one, *made.differences[1:])))

    assert any(f" {said} " in line for line in told)


def test_a_baseline_that_is_not_played_is_refused() -> None:
    with pytest.raises(ValueError, match="none of phased"):
        table("hawaii", "phased")
