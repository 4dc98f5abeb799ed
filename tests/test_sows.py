"""States of the world: what is drawn from which ranges, and what holds in every world."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from kit.study_rows import opens
from study_rig import EDITION_1, played

from ttx.adjudicator.tables import Tables
from ttx.analysis.course import play
from ttx.analysis.policy_lines import lines
from ttx.exercise.load import load
from ttx.exercise.parameters import parameter, parameters, with_values, written
from ttx.studies import sows
from ttx.studies.asking import Asked, plan_of
from ttx.studies.compared import table_of
from ttx.studies.study import begin
from ttx.studies.sweep import play_on
from ttx.studies.workers import crew

EXERCISE = load(EDITION_1)


@given(st.integers(-500, 500), st.integers(1, 5000), st.integers(1, 200), st.integers(0, 9))
def test_each_world_takes_another_nth_of_a_range(low: int, width: int, n: int, seed: int) -> None:
    (values,) = sows.drawn({"start.unity": (low, low + width)}, seed, n).values()
    slots = np.sort((values.astype(np.int64) - low) * n // (width + 1))

    assert low <= values.min()
    assert values.max() <= low + width
    # A whole number may fall short of the slot it was drawn in, by less than the slot next to it.
    assert (np.abs(slots - np.arange(n)) <= n / (width + 1) + 1).all()


def test_draws_are_those_of_seed_and_parameter_alone() -> None:
    both = sows.drawn({"a": (0, 10_000), "b": (0, 10_000)}, 1, 500)
    alone = sows.drawn({"b": (0, 10_000)}, 1, 500)

    assert np.array_equal(both["b"], alone["b"])
    assert not np.array_equal(both["a"], both["b"])
    assert not np.array_equal(alone["b"], sows.drawn({"b": (0, 10_000)}, 2, 500)["b"])
    assert abs(np.corrcoef(both["a"], both["b"])[0, 1]) < 0.15
    # Known, so that a study of today is the study of tomorrow.
    assert [6, 5, 3, 1, 8] == sows.drawn({"a": (0, 9)}, 1, 5)["a"].tolist()


def test_declared_ranges_are_those_of_the_author_and_all_are_more() -> None:
    known = parameters(EXERCISE)
    declared = sows.ranges_of(EXERCISE, "declared", str)
    every = sows.ranges_of(EXERCISE, "all", str)

    assert {n for n, one in known.items() if one.declared and one.low < one.high} == {*declared}
    assert {*declared} < {*every}
    assert (known["start.us_signal"].low, known["start.us_signal"].high) == every["start.us_signal"]


def test_a_file_has_ranges_in_the_units_of_its_author() -> None:
    text = '"start.us_signal" = [30, 55.5]\n[strength]\n30 = [1, 9]\n'

    assert {"start.us_signal": (3000, 5550), "strength.30": (1, 9)} == sows.ranges_of(
        EXERCISE, "mine.toml", lambda _: text
    )


@pytest.mark.parametrize(
    ("asked", "says"),
    [
        (Asked(["phased"], ranges="x.toml"), "x.toml cannot be read"),
        (Asked(["phased"], set=["start.us_signal"]), "sets nothing"),
        (Asked(["phased"], set=["start.us_sinal=40"]), "did you mean"),
        (
            Asked(["phased"], set=["start.us_signal=400"]),
            "start.us_signal must be between 0 and 100 (points), not 400.",
        ),
        (Asked(["phased"], switches=["waits"]), "names no switch"),
    ],
)
def test_what_cannot_be_set_is_said(asked: Asked, says: str) -> None:
    with pytest.raises(ValueError, match=r".") as refused:
        plan_of(EXERCISE, asked)
    assert says in str(refused.value)
    assert str(refused.value).endswith(".")
    assert "\n" not in str(refused.value)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "holds no range"),
        ("start = [", "is not TOML"),
        ('"start.us_signal" = 4', "is written [low, high]"),
        ('"start.us_signal" = [50, 50]', "holds nothing: 50 to 50"),
        ('"start.us_signal" = [60, 50]', "holds nothing: 60 to 50"),
        ('"start.us_signal" = [60, 500]', "must be between 0 and 100 (points)"),
        ('"start.none" = [1, 2]', "has no number"),
    ],
)
def test_ranges_that_hold_nothing_are_a_sentence(text: str, says: str) -> None:
    with pytest.raises(ValueError, match=r".") as refused:
        sows.ranges_of(EXERCISE, "mine.toml", lambda _: text)
    assert str(refused.value).startswith("mine.toml")
    assert says in str(refused.value)
    assert "\n" not in str(refused.value)


@pytest.mark.slow
def test_every_policy_meets_the_same_states_and_what_is_set_is_not_drawn(tmp_path: Path) -> None:
    known = [name for name, one in parameters(EXERCISE).items() if one.low < one.high]
    few = {"start.us_signal", *known[:: len(known) // 12]}
    file = tmp_path / "few.toml"
    ends = ((parameter(EXERCISE, name), name) for name in sorted(few))
    file.write_text(
        "".join(f'"{name}" = [{written(p, p.low)}, {written(p, p.high)}]\n' for p, name in ends)
    )
    asked = Asked(
        ["accelerated", "phased"],
        worlds=5,
        ranges=str(file),
        set=["start.us_signal=41.5"],
        seed=2,
    )
    plan, settings = plan_of(EXERCISE, asked)
    study = begin(tmp_path / "study", plan, settings)
    with crew() as made:
        play_on(study, made, lambda _: None, print)

    assert {"start.us_signal": 4150} == plan.fixed
    assert "start.us_signal" not in settings
    assert few - {"start.us_signal"} == {*settings} == {*study.settings} == {*plan.ranges}
    for row in (0, 9):
        policy, world = plan.row(row)
        values = {**plan.fixed, **{name: int(one[world]) for name, one in settings.items()}}
        tables = Tables(with_values(EXERCISE, values))
        there = play(tables, policy, 2, np.array([world], np.uint64))
        assert (
            there.scores[:, :, 0].tolist() == study.course(policy.id).scores[:, :, world].tolist()
        )
        opens(study, row, tmp_path)

    told = " ".join(" ".join(lines(table_of(study))).split())
    assert "Set otherwise in every world: start.us_signal = 41.5." in told
    assert f"Each world has {len(settings)} numbers of its own, drawn from ranges: " in told

    other, drawn = plan_of(EXERCISE, Asked(["phased"], worlds=5, ranges=str(file), seed=3))
    assert other.id != plan.id
    assert few == {*drawn}


def test_a_study_without_its_settings_is_not_read(tmp_path: Path) -> None:
    plan, settings = plan_of(EXERCISE, Asked(["phased"], worlds=3, ranges="declared"))
    study = begin(tmp_path / "study", plan, settings)
    (study.folder / "settings.npz").unlink()

    with pytest.raises(ValueError, match=r"settings.npz cannot be read"):
        played(study.folder, plan)
