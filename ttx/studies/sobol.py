"""Designs and indices of Sobol, by SALib: the only room that knows it.

A design is drawn on the unit cube and laid on whole numbers, each value of a range as likely as any
other. Indices are floats and no part of a digest; the design and what was counted are.
"""

from __future__ import annotations

import warnings
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from ttx.adjudicator.arithmetic import Int32
from ttx.analysis.sensitivity import Indices
from ttx.extras import need

Float = NDArray[np.float64]
RESAMPLES = 200
"""Bootstrap resamples behind an interval."""


def design(ranges: Sequence[tuple[int, int]], samples: int, seed: int) -> Int32:
    """Settings after Saltelli, int32[samples * (numbers + 2), numbers]; lowest and highest kept.

    `samples` is a power of two. Extra of SALib needed: `ttx[analysis]`.
    """
    need("SALib", "analysis")
    from SALib.sample import sobol

    count = len(ranges)
    unit = sobol.sample(_problem(count), samples, calc_second_order=False, seed=_seed(seed))
    low = np.array([pair[0] for pair in ranges], np.int64)
    high = np.array([pair[1] for pair in ranges], np.int64)
    laid = low + np.floor(unit * (high - low + 1)).astype(np.int64)
    return np.asarray(np.minimum(laid, high), np.int32)


def free(settings: int, numbers: int) -> NDArray[np.intp]:
    """Rows of a design drawn independently of each other: the first and last of each block."""
    step = numbers + 2
    firsts = np.arange(0, settings, step)
    return np.sort(np.concatenate([firsts, firsts + step - 1]))


def indices(outcome: Float, numbers: int, seed: int) -> Indices:
    """Indices of an outcome float64[settings of the design]; all 0 where it never differs."""
    need("SALib", "analysis")
    from SALib.analyze import sobol

    samples = len(outcome) // (numbers + 2)
    nothing = np.zeros(numbers)
    if not np.ptp(outcome):
        return Indices(samples, nothing, nothing, nothing, nothing)
    with warnings.catch_warnings():
        # a resample of few settings may hold one value: its indices are 0, as SALib then says
        warnings.simplefilter("ignore")
        made = sobol.analyze(
            _problem(numbers),
            outcome,
            calc_second_order=False,
            num_resamples=RESAMPLES,
            seed=_seed(seed),
        )
    return Indices(samples, made["S1"], made["S1_conf"], made["ST"], made["ST_conf"])


def _problem(numbers: int) -> dict[str, object]:
    return {
        "num_vars": numbers,
        "names": [f"x{at}" for at in range(numbers)],
        "bounds": [[0.0, 1.0]] * numbers,
    }


def _seed(seed: int) -> int:
    """Never 0, which SALib takes for none: the bootstrap would differ from run to run."""
    return seed % (1 << 32) + 1
