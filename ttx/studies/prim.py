"""Boxes by PRIM, the patient rule induction method of ema_workbench: the only room that knows it.

Its versions 2 and 3 differ in what is handed in (2 asks for a threshold), not in what is read back:
limits by row of a peeling trajectory. Tried with 2.5; 3 needs Python 3.12.
"""

from __future__ import annotations

import inspect
import logging
import math
import warnings
from collections.abc import Iterator
from contextlib import contextmanager

import numpy as np
from numpy.typing import NDArray

from ttx.adjudicator.arithmetic import Int32
from ttx.analysis.boxes import Box, telling
from ttx.extras import need

Mask = NDArray[np.bool_]
COLUMNS = 12
"""Numbers on which a box may have limits: with more PRIM takes minutes, and finds chance."""


@contextmanager
def silent() -> Iterator[None]:
    """What the library logs and warns of, such as what else it could use, is for its own users."""
    before = logging.root.manager.disable
    logging.disable(logging.CRITICAL)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    finally:
        logging.disable(before)


def ready() -> None:
    """Missing where the library is not installed."""
    with silent():
        need("ema_workbench", "discovery")


def trajectory(values: Int32, of_interest: Mask) -> list[Box]:
    """The boxes of one peeling and pasting, from all worlds to the densest.

    `values` int32[n, columns], of interest bool[n], at least one of them. Limits are looked for on
    the columns that tell the two apart best. Extra needed: `ttx[discovery]`.
    """
    ready()
    with silent():
        import pandas
        from ema_workbench.analysis.prim import Prim

        # Numbers as floats: with whole ones PRIM peels value by value, and takes wide ranges for
        # categories. A limit then lies between two values that were played.
        columns = telling(values, of_interest, COLUMNS)
        frame = pandas.DataFrame({f"x{at}": values[:, at].astype(float) for at in columns})
        if not columns:
            return [Box(())]
        # a world of interest is one at or over the threshold, and any box with one is taken
        asked = {"threshold": 1e-9} if "threshold" in inspect.signature(Prim).parameters else {}
        box = Prim(frame, of_interest.astype(np.int64), **asked).find_box()
    if box is None:
        return [Box(())]
    first = box.box_lims[0]
    return [_read(limits, first, columns) for limits in box.box_lims]


def _read(limits: object, first: object, columns: list[int]) -> Box:
    """Limits of ema_workbench, row 0 the lower and row 1 the upper, as whole numbers inside."""
    rows = []
    for at in columns:
        low, high = (float(value) for value in limits[f"x{at}"])  # type: ignore[index]  # a DataFrame
        least, most = (float(value) for value in first[f"x{at}"])  # type: ignore[index]  # likewise
        lowest = math.ceil(low) if low > least else None
        highest = math.floor(high) if high < most else None
        if lowest is not None or highest is not None:
            rows.append((at, lowest, highest))
    return Box(tuple(rows))


def resampled(
    values: Int32, of_interest: Mask, times: int, seed: int
) -> Iterator[tuple[Mask, list[Box]]]:
    """Trajectories of bootstrap resamples, each with the worlds it has not seen, bool[n].

    Drawn with replacement, as many worlds as there are; a resample without a world of interest is
    passed over.
    """
    drawn = np.random.default_rng(seed)
    for _ in range(times):
        rows = drawn.integers(len(values), size=len(values))
        if of_interest[rows].any():
            unseen = np.ones(len(values), bool)
            unseen[rows] = False
            yield unseen, trajectory(values[rows], of_interest[rows])
