"""How policies stand up to states of the world: regret, and thresholds met; never summed up."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ttx.adjudicator.arithmetic import Int32

Int64 = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Regret:
    """How far each policy stayed behind the best one of the same world, by score.

    All int64[policies, scores] in hundredths, absolute points of the score; `mean` is rounded up.
    """

    mean: Int64
    ninth: Int64
    """The 90th percentile: one world in ten is worse."""
    most: Int64
    best: Int64
    """In how many worlds the policy was the best, ties to each."""


def regret(scores: Int32, signs: Int64) -> Regret:
    """Regret by policy and score; `scores` int32[policies, scores, worlds], 1 or -1 a score."""
    turned = scores.astype(np.int64) * signs[:, None]
    behind = turned.max(axis=0) - turned
    return Regret(
        -(-behind.sum(axis=-1) // behind.shape[-1]),
        np.quantile(behind, 0.9, axis=-1, method="higher").astype(np.int64),
        behind.max(axis=-1),
        (behind == 0).sum(axis=-1),
    )


def satisficing(scores: Int32, signs: Int64, thresholds: Mapping[int, int]) -> dict[int, Int64]:
    """In how many worlds each policy meets a threshold, int64[policies] by score row.

    `scores` as for `regret`; thresholds in hundredths by score row, met from the better side.
    """
    return {
        row: (scores[:, row].astype(np.int64) * signs[row] >= value * signs[row]).sum(axis=-1)
        for row, value in thresholds.items()
    }
