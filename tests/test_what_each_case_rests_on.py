"""What the page of the flagship says the case for haste and the case for patience rest on."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import numpy as np
import pytest

from ttx import labels, load, play
from ttx.exercise.load import from_data
from ttx.exercise.parameters import switched

EXERCISE = load("accelerate")
PAGE = (Path(__file__).parents[1] / "exercises" / "accelerate" / "README.md").read_text("utf-8")
WORLDS, SEED, CLEAR = 300, 6, 0.2
"""Twenty hundredths are far outside the luck of 300 paired worlds, and far below a clear half."""


@cache
def faster_pace(switch: str) -> dict[str, float]:
    """By score, points at the end that pace alone gains in the plan of `phased`; more is better."""
    found = next((one for one in EXERCISE.switch if one.id == switch), None)
    settings = switched(EXERCISE, found) if found else {}
    runs = [
        play(EXERCISE, plays, seed=SEED, worlds=WORLDS, settings=settings).at_the_end()
        for plays in ("phased", "accelerated")
    ]
    apart = (np.asarray(runs[1], float) - runs[0]).mean(axis=1) / 100
    named = labels(EXERCISE)
    return dict(zip(named.scores, apart * named.better, strict=True))


@pytest.mark.slow
def test_with_all_mechanisms_each_pace_is_ahead_on_something() -> None:
    apart = faster_pace("")

    assert apart["operational"] > CLEAR
    assert apart["dprk"] > CLEAR
    assert apart["escalation"] < -CLEAR
    assert apart["cost"] < -CLEAR


def test_without_the_counterpart_gap_haste_gains_operational_capability_and_nothing_else() -> None:
    assert "`--switch counterpart_gap`" in PAGE
    apart = faster_pace("counterpart_gap")

    assert {"operational"} == {score for score, by in apart.items() if by > -CLEAR}


@pytest.mark.parametrize("score", ["china", "dprk", "russia", "cohesion", "operational"])
def test_without_the_expectation_gap_haste_gains_on_all_but_escalation_and_what_is_left(
    score: str,
) -> None:
    assert "`--switch expectation_gap`" in PAGE
    apart = faster_pace("expectation_gap")

    assert apart[score] > CLEAR
    assert apart["cost"] < -CLEAR


def test_red_that_knows_one_move_reaches_less_than_red_that_goes_by_the_moment() -> None:
    data = EXERCISE.as_toml()
    rules = ("restraint", "probe", "escalate")
    data["robot"] += [{"id": r, "name": r, "about": r, "rule": r} for r in rules]
    exercise = from_data(data)

    def reached(plays: str) -> float:
        return float((play(exercise, plays, seed=SEED, worlds=WORLDS).reached == 1).mean())

    by_the_moment = reached("phased")
    for rule in rules:
        assert reached(f"us=phased,japan=phased,red={rule}") < by_the_moment / 2, rule


@pytest.mark.slow
def test_luck_moves_the_score_on_china_by_more_than_the_doctrines_differ() -> None:
    runs = [
        play(EXERCISE, robot, seed=SEED, worlds=WORLDS).at_the_end()[0]
        for robot in ("phased", "accelerated", "staff_first", "hawaii", "cautious", "halt")
    ]
    means = [float(run.mean()) for run in runs]

    assert max(means) - min(means) < min(float(run.std()) for run in runs)
