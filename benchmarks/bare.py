"""Textual apps with nothing in them: `first` fills one screen, `rows` moves a mark in one of many.

Run as `python -m benchmarks.bare first`, or `rows` with places as `[[x, y, width, height], …]` and
the number of widgets.
"""

from __future__ import annotations

import json
import sys
from typing import ClassVar

from textual.app import App, ComposeResult
from textual.binding import BindingType
from textual.widgets import Static

READY = "ready."
SIGN = "▶"


class First(App[None]):
    """A screen full of words; the last row says that it is painted."""

    def compose(self) -> ComposeResult:
        """One widget."""
        yield Static(id="all", markup=False)

    def on_mount(self) -> None:
        """Fill it."""
        width, height = self.size
        rows = ["a row of plain words ".ljust(width, ".")[:width] for _ in range(height - 1)]
        self.query_one("#all", Static).update("\n".join([*rows, READY]))


class Rows(App[None]):
    """Widgets at fixed places; `j` moves the mark in the tallest and repaints only that."""

    CSS = """
    Screen { overflow: hidden; }
    Static { position: absolute; width: 1; height: 1; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [("j", "step", "down")]

    def __init__(self, boxes: list[list[int]], count: int) -> None:
        """That many widgets; those without a place are hidden."""
        super().__init__()
        self.boxes, self.count, self.marked = boxes, count, 0
        self.tallest = max(range(len(boxes)), key=lambda at: boxes[at][3])

    def compose(self) -> ComposeResult:
        """The widgets."""
        for at in range(self.count):
            yield Static(id=f"w{at}", markup=False)

    def on_mount(self) -> None:
        """Place and fill them."""
        for at in range(self.count):
            widget = self.query_one(f"#w{at}", Static)
            widget.display = at < len(self.boxes)
            if widget.display:
                x, y, width, height = self.boxes[at]
                widget.styles.offset = (x, y)
                widget.styles.width, widget.styles.height = width, height
                widget.update("\n".join("words " * (width // 6) for _ in range(height)))
        self.action_step()

    def action_step(self) -> None:
        """Mark the next row."""
        _, _, width, height = self.boxes[self.tallest]
        self.marked = (self.marked + 1) % height
        rows = [
            (f"{SIGN} " if at == self.marked else "  ") + "words " * (width // 6 - 1)
            for at in range(height)
        ]
        self.query_one(f"#w{self.tallest}", Static).update("\n".join(rows), layout=False)


if __name__ == "__main__":
    if sys.argv[1] == "first":
        First().run()
    else:
        Rows(json.loads(sys.argv[2]), int(sys.argv[3])).run()
