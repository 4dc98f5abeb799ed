"""A table as it lies in a file, before anything is known about its header or its rows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

Place = tuple[int, int]
"""Row and column, from 0."""
Area = tuple[int, int, int, int]
"""First row, first column, last row and last column of merged cells, from 0."""
_NAMED = 5
"""So many are named in a sentence; that there are more is said."""


@dataclass(frozen=True, slots=True)
class Grid:
    """All rows of a sheet or of a text, as words, empty ones among them."""

    name: str
    """The sheet's, empty where the file holds one table and no sheets."""
    rows: tuple[tuple[str, ...], ...]
    """Without the empty cells at the end of each."""
    first: int = 1
    """The number that a spreadsheet gives the first of `rows`."""
    hidden: bool = False
    merged: tuple[Area, ...] = ()
    remarks: tuple[str, ...] = field(default=())
    """What had to be done to read it, a sentence each."""

    def number(self, at: int) -> int:
        """The number that a spreadsheet gives a row of `rows`, from 0."""
        return at + self.first

    def cell(self, at: int, column: int) -> str:
        """A cell, empty where the table ends before it."""
        row = self.rows[at] if 0 <= at < len(self.rows) else ()
        return row[column] if column < len(row) else ""


def trimmed(row: list[str]) -> tuple[str, ...]:
    """A row without the empty cells at its end."""
    end = len(row)
    while end and not row[end - 1]:
        end -= 1
    return tuple(row[:end])


def place(cell: Place) -> str:
    """The name that a spreadsheet gives a cell: `B7`."""
    column, name = cell[1] + 1, ""
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(ord("A") + rest) + name
    return f"{name}{cell[0] + 1}"


def some(names: Sequence[str], most: int = _NAMED) -> str:
    """The first few names, and that there are more."""
    return ", ".join(names[:most]) + (", …" if len(names) > most else "")
