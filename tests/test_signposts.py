from __future__ import annotations

import numpy as np
import pytest

from ttx.analysis.signposts import signposts

LUCK = np.random.default_rng(11)


def tracks(worlds: int = 400) -> np.ndarray[tuple[int, ...], np.dtype[np.int32]]:
    """Three turns of two tracks that say nothing."""
    return LUCK.integers(0, 10_000, (3, 2, worlds)).astype(np.int32)


@pytest.mark.parametrize("side", ["below", "above"])
def test_a_track_that_decides_is_found_with_its_side_and_is_never_wrong(side: str) -> None:
    made = tracks()
    made[1, 1] = LUCK.permutation(np.arange(400)) * 10
    came = made[1, 1] < 2000 if side == "below" else made[1, 1] >= 2000

    noise, sure = signposts(made, came)

    assert (2, 1, side) == (sure.turn, sure.track, sure.side)
    assert sure.rate > 0.95
    assert abs(sure.value - 2000) <= 150  # a cut is a quantile of half of the worlds
    assert noise.rate < 0.62


def test_a_rate_is_that_of_worlds_it_was_not_chosen_on() -> None:
    made = np.zeros((2, 1, 8), np.int32)
    made[0, 0] = [0, 0, 9, 9, 0, 9, 9, 9]
    came = np.array([True, True, False, False, True, True, False, False])

    (one,) = signposts(made, came)

    # even worlds 0, 2, 4, 6: (0, came), (9, not), (0, came), (9, not); odd 1, 3, 5, 7
    assert (1.0, 0.5, 1.0) == (one.chosen, one.caught, one.spared)


def test_the_last_turn_foretells_nothing_and_what_always_comes_needs_no_post() -> None:
    made = tracks(20)

    assert [] == signposts(made, np.ones(20, bool))
    assert [] == signposts(made, np.zeros(20, bool))
    assert [1, 2] == [one.turn for one in signposts(made, np.arange(20) % 3 == 0)]
