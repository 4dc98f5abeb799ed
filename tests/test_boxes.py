from __future__ import annotations

import numpy as np
import pytest

from ttx.analysis.boxes import Box, chosen, held, measured, reproduced, telling
from ttx.studies import prim

pytestmark = pytest.mark.slow

VALUES = np.array([[1, 9], [2, 8], [3, 7], [4, 6], [5, 5]], np.int32)
WON = np.array([False, True, True, True, False])
ALL = Box(())


def test_a_limit_belongs_to_the_box_and_an_open_side_holds_everything() -> None:
    box = Box(((0, 2, None), (1, None, 7)))

    assert [False, False, True, True, True] == box.holds(VALUES).tolist()
    assert ((0, False), (1, True)) == box.sides
    assert Box(((1, None, 7),)) == box.without((0, False))
    made = measured(box, VALUES, WON)
    assert (2 / 3, 2 / 3) == (made.coverage, made.density)


def test_the_box_told_is_dense_enough_and_covers_most() -> None:
    trajectory = [ALL, Box(((0, 2, None),)), Box(((0, 2, 4),)), Box(((0, 3, 4),))]

    assert trajectory[2] == chosen(trajectory, VALUES, WON, 0.8).box
    assert trajectory[1] == chosen(trajectory[:2], VALUES, WON, 0.9).box  # none is: both at once
    assert trajectory[2] == chosen(trajectory, VALUES, WON, 0.6).box  # of equals the densest
    assert ALL == chosen([ALL, trajectory[3]], VALUES, WON, 0.6).box


def test_a_limit_that_adds_nothing_is_not_told() -> None:
    idle = Box(((0, 2, 4), (1, 1, None)))

    assert Box(((0, 2, 4),)) == chosen([idle], VALUES, WON, 0.8).box


def test_limits_are_counted_by_their_side() -> None:
    box, again = Box(((0, 2, 4),)), [Box(((0, 1, None),)), Box(((0, 3, 3), (1, 0, None))), ALL]

    assert {(0, False): 2, (0, True): 1} == reproduced(box, again)


def test_a_limit_stays_that_comes_back_in_half_of_the_resamples() -> None:
    box, one = Box(((0, 2, 4), (1, 1, None))), Box(((0, 1, None),))

    assert Box(((0, 2, None),)) == held(box, [one, Box(((0, None, 3),)), one, ALL, ALL, one])
    assert Box(((0, 2, None),)) == held(box, [one, ALL])
    assert box == held(box, [])


def test_columns_that_tell_worlds_apart_are_those_with_the_greatest_distance() -> None:
    luck = np.random.default_rng(8)
    values = luck.integers(0, 100, (400, 6)).astype(np.int32)
    values[:, 2] = 5
    won = values[:, 4] + values[:, 1] // 2 > 80

    assert [1, 4] == telling(values, won, 2)
    assert 2 not in telling(values, won, 6)
    assert [0, 1] == telling(values, np.ones(400, bool), 2)
    # half of the won lie at 1, none of the others; the other column tells a quarter
    few = np.array([[1, 0], [2, 0], [2, 1], [2, 0]], np.int32)
    assert [0] == telling(few, np.array([True, True, False, False]), 1)


@pytest.fixture(scope="module")
def planted() -> tuple[np.ndarray[tuple[int, ...], np.dtype[np.int32]], prim.Mask]:
    """Five numbers in 600 worlds: two decide, one never differs, 3 % of the worlds do not mind."""
    luck = np.random.default_rng(3)
    values = luck.integers(0, 1000, (600, 5)).astype(np.int32)
    values[:, 4] = 7
    won = (values[:, 1] < 500) & (values[:, 3] >= 300)
    return values, won ^ (luck.random(600) < 0.03)


def test_prim_finds_a_box_that_was_planted(
    planted: tuple[np.ndarray[tuple[int, ...], np.dtype[np.int32]], prim.Mask],
) -> None:
    values, won = planted
    made = chosen(prim.trajectory(values, won), values, won, 0.9)

    assert ((1, True), (3, False)) == made.box.sides
    (_, _, upper), (_, lower, _) = made.box.limits
    assert upper is not None
    assert lower is not None
    assert 400 <= upper <= 560
    assert 240 <= lower <= 380
    assert made.coverage > 0.8


def test_coverage_and_density_are_those_that_prim_counts(
    planted: tuple[np.ndarray[tuple[int, ...], np.dtype[np.int32]], prim.Mask],
) -> None:
    import pandas

    values, won = planted
    boxes = prim.trajectory(values, won)
    with prim.silent():
        from ema_workbench.analysis.prim import Prim

        frame = pandas.DataFrame(values[:, :4].astype(float))
        theirs = Prim(frame, won.astype(int), threshold=0.5).find_box().peeling_trajectory

    ours = [measured(box, values, won) for box in boxes]
    assert len(theirs) == len(boxes)
    assert np.allclose(theirs["coverage"], [one.coverage for one in ours])
    assert np.allclose(theirs["density"], [one.density for one in ours])


def test_a_resample_is_drawn_with_replacement_and_knows_what_it_has_not_seen(
    planted: tuple[np.ndarray[tuple[int, ...], np.dtype[np.int32]], prim.Mask],
) -> None:
    values, won = planted
    (left_out, boxes), (other, _) = prim.resampled(values, won, 2, 5)

    assert 0.30 < left_out.mean() < 0.44  # 1/e of the worlds are not drawn
    assert (left_out != other).any()
    assert boxes[0] == ALL
    (again, same), *_ = prim.resampled(values, won, 1, 5)
    assert (again == left_out).all()
    assert same == boxes
