"""The value of a number at which the preferred policy flips, searched for many numbers at once.

A row starts from what was played of it: its present value and some others of its range. Where a
neighbour has the other sign, the gap between the two is halved until they are next to each other.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

Ask = Callable[[Sequence[tuple[int, int]]], Sequence[int]]
"""What (row, value) pairs come to: the sum of B less A of each."""


@dataclass(frozen=True, slots=True)
class Tipping:
    """Where a row flips the preferred policy, coming from its present value."""

    below: int | None
    """The nearest value under the present one at which it does; None where none was met."""
    above: int | None


@dataclass(slots=True)
class _Gap:
    row: int
    down: bool
    held: int
    """The value nearest to the flip at which nothing has flipped yet."""
    flipped: int


def tipping(base: Sequence[int], played: Sequence[Mapping[int, int]], ask: Ask) -> list[Tipping]:
    """Where each row flips; `played` is, by row, the sum of B less A by value, with the base's.

    A flip is a strict change of sign: at a sum of 0 neither policy is preferred, and a row whose
    base is 0 has nothing to flip. Between two values of the same sign that were played a row may
    flip twice and stay unseen.
    """
    gaps = [
        gap
        for row, (value, sums) in enumerate(zip(base, played, strict=True))
        for gap in _gaps(row, value, sums)
    ]
    wide = [gap for gap in gaps if abs(gap.held - gap.flipped) > 1]
    while wide:
        halves = [(gap.row, (gap.held + gap.flipped) // 2) for gap in wide]
        for gap, (_, value), total in zip(wide, halves, ask(halves), strict=True):
            if total * played[gap.row][base[gap.row]] < 0:
                gap.flipped = value
            else:
                gap.held = value
        wide = [gap for gap in wide if abs(gap.held - gap.flipped) > 1]
    below = {gap.row: gap.flipped for gap in gaps if gap.down}
    above = {gap.row: gap.flipped for gap in gaps if not gap.down}
    return [Tipping(below.get(row), above.get(row)) for row in range(len(base))]


def _gaps(row: int, base: int, sums: Mapping[int, int]) -> list[_Gap]:
    """The nearest change of sign on either side of the base."""
    gaps = []
    sides = (
        (True, sorted((v for v in sums if v < base), reverse=True)),
        (False, sorted(v for v in sums if v > base)),
    )
    for down, values in sides:
        held = base
        for value in values:
            if sums[value] * sums[base] < 0:
                gaps.append(_Gap(row, down, held, value))
                break
            held = value
    return gaps
