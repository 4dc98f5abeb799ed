"""A table: columns are declared once, and head and rows follow, each cell cut to its width."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import zip_longest
from typing import Literal

from rich.cells import cell_len
from rich.text import Text

from ttx.tui import paint
from ttx.tui.paint import Seg
from ttx.tui.theme import Glyphs, Ink

Align = Literal["left", "right"]


@dataclass(frozen=True)
class Column:
    """One column."""

    head: str
    width: int | None = None
    """Cells, with the gap behind it; None takes what the others leave."""
    align: Align = "left"
    gap: int = 1
    """Empty cells at its end, whatever stands in it."""


@dataclass(frozen=True)
class Table:
    """Columns beside each other in that many cells."""

    columns: Sequence[Column]
    width: int
    signs: Glyphs

    def _widths(self) -> list[int]:
        fixed = sum(column.width or 0 for column in self.columns)
        shares = sum(column.width is None for column in self.columns)
        rest = max(self.width - fixed, 0)
        return [
            column.width if column.width is not None else rest // shares for column in self.columns
        ]

    def head(self, ink: Ink) -> Text:
        """The names of the columns, in one row."""
        return self.row([(column.head, ink.muted) for column in self.columns])

    def rows(self, cells: Sequence[Seg], fill: str = "") -> list[Text]:
        """A row whose cells go on below where they are longer than their columns."""
        rooms = [
            max(width - column.gap, 1)
            for column, width in zip(self.columns, self._widths(), strict=True)
        ]
        lines = [
            [(line, style) for line in paint.broken(words, room)]
            for room, (words, style) in zip(rooms, cells, strict=False)
        ]
        return [self.row(row, fill) for row in zip_longest(*lines, fillvalue=("", ""))]

    def row(self, cells: Sequence[Seg], fill: str = "", right: Sequence[Seg] = ()) -> Text:
        """A row of them, on the ground `fill`; more cells than columns stand behind the last."""
        segs: list[Seg] = []
        for column, width, (words, style) in zip(self.columns, self._widths(), cells, strict=False):
            room = max(width - column.gap, 0)
            shown = paint.cut(paint.clean(words), room, self.signs)
            parts = [(shown, style), (" " * (room - cell_len(shown)), style)]
            segs += reversed(parts) if column.align == "right" else parts
            segs.append((" " * min(column.gap, width), style if " on " in f" {style}" else ""))
        segs += cells[len(self.columns) :]
        return paint.line(self.width, segs, right, fill=fill)
