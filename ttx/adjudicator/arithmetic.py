"""What all arithmetic is done in: int32 hundredths, row numbers, and functions as tables."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from ttx.exercise.model.conditions import ResponseName

Int32 = NDArray[np.int32]
FULL = 10000
"""100.00 points in hundredths."""
TIMINGS = ("on_time", "late", "far_too_late")
RESPONSES: tuple[ResponseName, ...] = ("restraint", "probe", "escalate")
Rows = NDArray[np.intp]
"""Row numbers, to gather by."""


def bounded(values: Int32) -> Int32:
    """Values kept in 0 to 100 points, where they stand."""
    np.maximum(values, 0, out=values)
    return np.minimum(values, FULL, out=values)


@lru_cache(maxsize=1)
def logistic() -> NDArray[np.int64]:
    """floor(2^32 / (1 + exp(-(i - 512) / 64))) for i = 0 … 1023; 64 steps are one logit."""
    from decimal import Decimal, localcontext  # a tenth of a second that only a reckoning needs

    with localcontext() as context:
        context.prec = 50
        rows = [int(2**32 / (1 + (Decimal(512 - i) / 64).exp())) for i in range(1024)]
    return np.array(rows, np.int64)


@lru_cache(maxsize=1)
def log2_table() -> Int32:
    """round-half-even(65536 × log2 y) for y = 1 … 10000; -1048576 for 0."""
    from decimal import ROUND_HALF_EVEN, Decimal, localcontext

    with localcontext() as context:
        context.prec = 30
        unit = 65536 / Decimal(2).ln()
        rows = [
            int((Decimal(y).ln() * unit).to_integral_value(ROUND_HALF_EVEN))
            for y in range(1, FULL + 1)
        ]
    return np.array([-1048576, *rows], np.int32)
