from __future__ import annotations

import numpy as np
import pytest

from ttx.studies import sobol

RANGES = [(0, 9), (-500, 499), (3, 3), (0, 9)]


@pytest.mark.slow
def test_a_design_holds_whole_numbers_of_every_range_each_as_likely() -> None:
    made = sobol.design(RANGES, 64, 0)

    assert (64 * 6, 4) == made.shape
    assert np.int32 == made.dtype
    assert [(low, high) for low, high in RANGES if high - low < 100] == [
        (int(made[:, at].min()), int(made[:, at].max())) for at in (0, 2, 3)
    ]
    counts = np.bincount(made[sobol.free(len(made), 4), 0], minlength=10)
    assert counts.min() >= 128 // 10 - 2
    assert counts.max() <= 128 // 10 + 3


def test_a_block_changes_one_number_at_a_time() -> None:
    made = sobol.design(RANGES, 8, 1).reshape(8, 6, 4)

    for block in made:
        for at in range(4):
            assert block[at + 1, at] == block[5, at]
            others = [one for one in range(4) if one != at]
            assert (block[at + 1, others] == block[0, others]).all()


@pytest.mark.parametrize("seed", [0, 1])
def test_indices_of_an_additive_function_are_its_shares_of_variance(seed: int) -> None:
    design = sobol.design([(0, 99), (0, 99), (0, 99)], 512, seed).astype(float)
    made = sobol.indices(2 * design[:, 0] + design[:, 1] + 500, 3, seed)

    for at, share in enumerate((0.8, 0.2, 0.0)):
        assert abs(made.total[at] - share) <= made.total_interval[at] + 0.01
        assert abs(made.first[at] - share) <= made.first_interval[at] + 0.01
    assert 0 == made.total[2] == made.total_interval[2]
    again = sobol.indices(2 * design[:, 0] + design[:, 1] + 500, 3, seed)
    assert made.total_interval.tolist() == again.total_interval.tolist()


def test_what_never_differs_hangs_on_nothing() -> None:
    made = sobol.indices(np.full(4 * 5, 7.0), 3, 1)

    assert [0, 0, 0] == made.total.tolist() == made.first.tolist()
    assert 4 == made.samples
