"""Boxes of scenario discovery: limits on numbers, the worlds in them, and which box is told.

A limit is a whole number in the units of the engine and belongs to the box. Coverage is the share
of the worlds of interest that lie in the box, density the share of the box that is of interest.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ttx.adjudicator.arithmetic import Int32

Mask = NDArray[np.bool_]
Edge = tuple[int, bool]
"""A column and whether its upper limit is meant: one limit of a box."""
LITTLE = 0.01
"""A limit whose removal costs less density than this is not told."""


@dataclass(frozen=True, slots=True)
class Box:
    """Limits by column: the lowest value inside, the highest, or None where a side is open."""

    limits: tuple[tuple[int, int | None, int | None], ...]
    """(column, lowest, highest), by column."""

    @property
    def sides(self) -> tuple[Edge, ...]:
        """The limits one by one."""
        return tuple(
            (column, upper)
            for column, lowest, highest in self.limits
            for upper, value in ((False, lowest), (True, highest))
            if value is not None
        )

    def without(self, side: Edge) -> Box:
        """The same box with one limit taken away."""
        kept = []
        for column, lowest, highest in self.limits:
            low = None if (column, False) == side else lowest
            high = None if (column, True) == side else highest
            if low is not None or high is not None:
                kept.append((column, low, high))
        return Box(tuple(kept))

    def holds(self, values: Int32) -> Mask:
        """Which worlds lie in the box, bool[n]; values int32[n, columns]."""
        inside = np.ones(len(values), bool)
        for column, lowest, highest in self.limits:
            if lowest is not None:
                inside &= values[:, column] >= lowest
            if highest is not None:
                inside &= values[:, column] <= highest
        return inside


@dataclass(frozen=True, slots=True)
class Measured:
    """A box on some worlds."""

    box: Box
    worlds: int
    """In the box."""
    of_interest: int
    """Of these."""
    all_of_interest: int

    @property
    def coverage(self) -> float:
        """The share of the worlds of interest that the box holds."""
        return self.of_interest / self.all_of_interest if self.all_of_interest else 0.0

    @property
    def density(self) -> float:
        """The share of the box that is of interest."""
        return self.of_interest / self.worlds if self.worlds else 0.0


def measured(box: Box, values: Int32, of_interest: Mask) -> Measured:
    """The box on worlds: values int32[n, columns], of interest bool[n]."""
    inside = box.holds(values)
    return Measured(
        box, int(inside.sum()), int((inside & of_interest).sum()), int(of_interest.sum())
    )


def telling(values: Int32, of_interest: Mask, most: int) -> list[int]:
    """The columns that tell worlds of interest from the others best, at most so many, in order.

    By the distance of Kolmogorov and Smirnov between both; a column of one value tells nothing.
    """
    if of_interest.all() or not of_interest.any():
        return [at for at in range(values.shape[1]) if np.ptp(values[:, at])][:most]
    distances = []
    for at in range(values.shape[1]):
        ours, theirs = np.sort(values[of_interest, at]), np.sort(values[~of_interest, at])
        met = np.unique(values[:, at])
        shares = [np.searchsorted(side, met, side="right") / len(side) for side in (ours, theirs)]
        distances.append(float(np.abs(shares[0] - shares[1]).max()))
    best = sorted(range(len(distances)), key=lambda at: (-distances[at], at))[:most]
    return sorted(at for at in best if distances[at])


def chosen(trajectory: Sequence[Box], values: Int32, of_interest: Mask, density: float) -> Measured:
    """The box to tell of a peeling trajectory, less the limits that add next to nothing.

    Of the boxes that reach the density asked for the one with the most coverage; where none does,
    the one with the highest harmonic mean of both. ValueError for an empty trajectory.
    """
    boxes = [measured(box, values, of_interest) for box in trajectory]
    dense = [box for box in boxes if box.density >= density]
    if dense:
        best = max(
            dense,
            key=lambda measured_box: (
                measured_box.coverage,
                measured_box.density,
                -len(measured_box.box.sides),
            ),
        )
    else:
        best = max(
            boxes, key=lambda measured_box: (_harmonic(measured_box), -len(measured_box.box.sides))
        )
    return _trimmed(best, values, of_interest)


def _harmonic(measure: Measured) -> float:
    total = measure.coverage + measure.density
    return 2 * measure.coverage * measure.density / total if total else 0.0


def _trimmed(best: Measured, values: Int32, of_interest: Mask) -> Measured:
    """The box without limits that cost next to no density: a reader need not hear of those."""
    floor = best.density - LITTLE
    while best.box.sides:
        lighter = [measured(best.box.without(side), values, of_interest) for side in best.box.sides]
        freest = max(lighter, key=lambda lighter_box: lighter_box.density)
        if freest.density < floor:
            break
        best = freest
    return best


def reproduced(box: Box, again: Sequence[Box]) -> dict[Edge, int]:
    """In how many of the boxes made of resamples each limit of a box occurs, on its side."""
    return {side: sum(side in other.sides for other in again) for side in box.sides}


def held(box: Box, again: Sequence[Box]) -> Box:
    """The box without the limits that occur in fewer than half of the boxes of resamples.

    All are kept where there are no resamples.
    """
    counts = reproduced(box, again)
    for side in box.sides:
        if 2 * counts[side] < len(again):
            box = box.without(side)
    return box
