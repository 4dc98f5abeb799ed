"""One number at a time: what each does to a paired difference at both ends of its range.

A row's bar reaches from the smallest to the largest mean that was met in its range; the wider, the
higher it stands. Tipping values are those of the score that was asked for.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ttx.analysis.tally import MOMENTS
from ttx.analysis.tipping import Tipping

Int64 = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Row:
    """One number of the exercise and what it moves."""

    id: str
    base: int
    """As the exercise has it, in the units of the engine, as all values here."""
    values: tuple[int, ...]
    """Played, in order: the ends of the range, and where those move something the halfway ones."""
    apart: Int64
    """The sum of B less A over the worlds at each value, int64[values, moments, scores]."""
    tips: Mapping[str, Tipping]
    """By moment, for the score asked for."""

    def reach(self, base: Int64, moment: int, score: int) -> tuple[int, int]:
        """The smallest and the largest sum met in the range, the base's own among them."""
        met = [int(base[moment, score]), *(int(value) for value in self.apart[:, moment, score])]
        return min(met), max(met)

    def flips(self, moment: str) -> bool:
        """Whether the preferred policy flips within the range."""
        tip = self.tips[moment]
        return tip.below is not None or tip.above is not None


def by_width(rows: Sequence[Row], base: Int64, moment: int, score: int) -> list[Row]:
    """Rows from the widest bar to the narrowest; equals by id."""

    def width(row: Row) -> tuple[int, str]:
        least, most = row.reach(base, moment, score)
        return least - most, row.id

    return sorted(rows, key=width)


def halfway(base: int, low: int, high: int) -> list[int]:
    """Values between the present one and the ends of a range, where there are any."""
    between = {(base + low) // 2, (base + high) // 2}
    return sorted(between - {low, base, high})


def ends(base: int, low: int, high: int) -> list[int]:
    """The ends of a range that differ from the present value."""
    return sorted({low, high} - {base})


def moment_row(moment: str) -> int:
    """The row of a moment in a tally."""
    return MOMENTS.index(moment)
