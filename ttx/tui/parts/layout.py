"""Rows and columns of regions: what stands beside and below what is said, and the cells follow."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ttx.tui.region import Box


@dataclass(frozen=True)
class Cell:
    """A region; without a `size` it takes a share of what the others leave."""

    name: str
    size: int | None = None


@dataclass(frozen=True)
class Stack:
    """Parts one after the other, down or across; a number among them is that many empty cells."""

    parts: tuple[Part, ...]
    size: int | None = None
    down: bool = True


Part = Cell | Stack | int


def column(*parts: Part | None, size: int | None = None) -> Stack:
    """Parts below each other, in that many columns; None among them is nothing."""
    return Stack(tuple(part for part in parts if part is not None), size)


def row(*parts: Part | None, size: int | None = None) -> Stack:
    """Parts beside each other, in that many rows; None among them is nothing."""
    return Stack(tuple(part for part in parts if part is not None), size, down=False)


def boxes(part: Part, room: Box) -> dict[str, Box]:
    """Where each region stands in a room; one that has no cells left is nowhere."""
    if isinstance(part, int):
        return {}
    if isinstance(part, Cell):
        return {part.name: room} if room.width > 0 and room.height > 0 else {}
    places: dict[str, Box] = {}
    at = 0
    for inner, size in zip(part.parts, _sizes(part, room), strict=True):
        if part.down:
            places |= boxes(inner, Box(room.x, room.y + at, room.width, size))
        else:
            places |= boxes(inner, Box(room.x + at, room.y, size, room.height))
        at += size
    return places


def _sizes(stack: Stack, room: Box) -> Sequence[int]:
    """Cells of each part along the stack: what has a size first, and an even share of the rest."""
    left = room.height if stack.down else room.width
    asked = [part if isinstance(part, int) else part.size for part in stack.parts]
    shares = asked.count(None)
    rest = max(left - sum(size for size in asked if size is not None), 0)
    sizes = []
    for size in asked:
        if size is None:
            size = -(-rest // shares)  # noqa: PLW2901  # the first of them takes what is odd
            rest, shares = rest - size, shares - 1
        taken = max(min(size, left), 0)
        left -= taken
        sizes.append(taken)
    return sizes
