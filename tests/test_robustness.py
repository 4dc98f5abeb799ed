from __future__ import annotations

import numpy as np

from ttx.analysis.robustness import regret, satisficing

SCORES = np.array(
    [
        [[100, 500, 300, 0], [900, 900, 900, 900]],
        [[200, 100, 300, 50], [100, 1000, 900, 800]],
    ],
    np.int32,
)
"""Two policies, two scores (the second better low), four worlds."""
SIGNS = np.array([1, -1])


def test_regret_is_the_distance_to_the_best_of_the_same_world_and_score() -> None:
    made = regret(SCORES, SIGNS)

    # behind on the first score: 100, 0, 0, 50 and 0, 400, 0, 0; on the second: 800, 0, 0, 100 and
    # 0, 100, 0, 0
    assert [[38, 225], [100, 25]] == made.mean.tolist()
    assert [[100, 800], [400, 100]] == made.most.tolist()
    assert [[2, 2], [3, 3]] == made.best.tolist()


def test_one_world_in_ten_is_worse_than_the_ninetieth_percentile() -> None:
    behind = np.arange(11, dtype=np.int32) * 100
    made = regret(np.stack([behind[None], np.full((1, 11), 1000, np.int32)]), np.array([1]))

    assert 900 == made.ninth[0, 0]


def test_a_threshold_is_met_from_the_better_side_and_at_its_value() -> None:
    made = satisficing(SCORES, SIGNS, {0: 300, 1: 900})

    assert [2, 1] == made[0].tolist()
    assert [4, 3] == made[1].tolist()
