"""Half a point is the least difference that counts, at 0.50 itself, wherever it is told."""

from __future__ import annotations

from types import SimpleNamespace
from typing import cast

import numpy as np
import pytest

from ttx.analysis import paired, score_differences
from ttx.analysis.score_differences import Verdict
from ttx.exercise.model.scores import Score
from ttx.session.view import standing, words

EDGE = words.CLEAR


def test_it_is_half_a_point_in_hundredths() -> None:
    assert 50 == EDGE


@pytest.mark.parametrize(
    ("apart", "better", "verdict"),
    [
        (EDGE, "higher", Verdict.A_BETTER),
        (EDGE, "lower", Verdict.B_BETTER),
        (-EDGE, "higher", Verdict.B_BETTER),
        (-EDGE, "lower", Verdict.A_BETTER),
        (EDGE - 1, "higher", Verdict.UNCLEAR),
        (1 - EDGE, "higher", Verdict.UNCLEAR),
        (EDGE - 1, "lower", Verdict.UNCLEAR),
        (1 - EDGE, "lower", Verdict.UNCLEAR),
    ],
)
def test_two_runs_differ_clearly_from_it_on(apart: int, better: str, verdict: Verdict) -> None:
    assert verdict is score_differences._verdict(apart, better)


@pytest.mark.parametrize(
    ("apart", "against", "moved"),
    [
        (EDGE, "better", "better"),
        (-EDGE, "worse", "worse"),
        (EDGE - 1, "no clear difference", "same"),
        (1 - EDGE, "no clear difference", "same"),
    ],
)
def test_a_score_differs_clearly_from_it_on(apart: int, against: str, moved: str) -> None:
    way = words.direction(apart, "higher", same=words.CLEAR)
    assert (against, moved) == (standing.compared(way), way)


def test_a_world_is_won_and_lost_from_it_on() -> None:
    apart = np.array([[EDGE, EDGE - 1, 1 - EDGE, -EDGE, EDGE + 1]], np.int64)
    scale: dict[paired.Moment, int] = {"way": 4, "end": 1}
    won = paired.Marks("new", {moment: apart * scale[moment] for moment in scale}, scale)
    base = paired.Marks("old", dict.fromkeys(scale, apart * 0), scale)
    score = cast("Score", SimpleNamespace(id="ready", better="higher"))

    found = paired.differences(won, base, [score])

    assert [(2, 1), (2, 1)] == [(one.better, one.worse) for one in found]
