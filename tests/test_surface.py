"""What a notebook imports from `ttx`: it is there, typed, described, and not loaded early."""

from __future__ import annotations

import ast
import subprocess
import sys
from typing import Any

import numpy as np
import pytest
from ssh_rig import ROOT

import ttx

STUB = (ROOT / "ttx" / "__init__.pyi").read_text("utf-8")


def test_what_is_listed_is_there_and_is_what_types_say() -> None:
    typed = {
        name.name: f"{line.module}.{name.name}"
        for line in ast.parse(STUB).body
        if isinstance(line, ast.ImportFrom)
        for name in line.names
    }

    assert {*typed} == {*ttx.__all__}  # type: ignore[attr-defined]  # the stub has no list
    for name, place in typed.items():
        part = getattr(ttx, name)

        assert place == f"{part.__module__}.{part.__name__}"
        assert part.__doc__
    with pytest.raises(AttributeError, match="module 'ttx' has no attribute 'plays'"):
        _ = ttx.plays  # type: ignore[attr-defined]  # there is none


@pytest.mark.slow
def test_arithmetic_is_not_loaded_before_it_is_asked_for() -> None:
    numpy = "('numpy' in sys.modules)"
    words = f"import sys, ttx; assert not {numpy}; ttx.play; assert {numpy}"

    assert 0 == subprocess.run([sys.executable, "-c", words], cwd=ROOT, check=False).returncode


def test_labels_stand_for_the_rows_of_arrays() -> None:
    exercise = ttx.load("tutorial")
    labels = ttx.labels(exercise)
    course = ttx.play(exercise, labels.robots[0], worlds=range(3, 8), seed=2)
    turns = exercise.turns.count

    assert (turns, len(labels.scores), 5) == course.scores.shape
    assert (turns, len(labels.tracks), 5) == course.tracks.shape
    assert (turns, len(labels.levers), 5) == course.levels.shape
    assert (turns, len(labels.adversaries), 5) == course.response.shape
    for turn, slot, world in np.argwhere(course.option >= 0).tolist():
        inject = labels.injects[course.inject[turn, slot, world]]

        assert inject == labels.options[course.option[turn, slot, world]][0]


def test_worlds_are_those_that_were_asked_for() -> None:
    exercise = ttx.load("tutorial")
    some = ttx.play(exercise, "random", worlds=range(3, 8), seed=2)
    more = ttx.play(exercise, "random", worlds=10, seed=2)

    assert np.array_equal(some.scores, more.scores[:, :, 3:8])
    assert not np.array_equal(some.scores, more.scores[:, :, 2:7])


def test_one_policy_is_asked_for() -> None:
    exercise = ttx.load("tutorial")

    assert "random" == ttx.policy(exercise, "random").id
    with pytest.raises(ValueError, match=r"'all' asks for \d policies; name one\."):
        ttx.policy(exercise, "all")


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"settings": {"start.trust": 40.7}}, "start.trust takes a whole number"),
        ({"settings": {"start.trust": np.array([1.5, 2.5])}}, "start.trust takes a whole number"),
        ({"settings": {"start.trust": np.array([1, 2, 3])}}, "or one for each world"),
        ({"settings": {"start.trust": 2**40}}, "at most 2147483647"),
        ({"turns": 99}, "'tutorial' has turns 1 to 2"),
        ({"turns": 0}, "'tutorial' has turns 1 to 2"),
        ({"worlds": 0}, "a world at least"),
        ({"worlds": range(-1, 2)}, "neither worlds nor seeds below 0"),
        ({"seed": -1}, "neither worlds nor seeds below 0"),
    ],
)
def test_nothing_is_cut_off_what_was_asked_for(asked: dict[str, Any], said: str) -> None:
    with pytest.raises(ValueError, match=said):
        ttx.play(ttx.load("tutorial"), "steady", **{"worlds": 2, **asked})
