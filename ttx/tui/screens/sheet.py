"""A page of rows opened over another: the whole message, all tracks, evidence, help."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import ClassVar, cast

from rich.text import Text
from textual.binding import Binding, BindingType

from ttx.i18n import _
from ttx.report.document import Part
from ttx.tui import flow, paint
from ttx.tui.page import Page
from ttx.tui.paint import Seg
from ttx.tui.parts import document
from ttx.tui.parts.layout import Cell, boxes, column
from ttx.tui.parts.scroll import ScrollRegion
from ttx.tui.region import Box, Region

Rows = Callable[["Sheet", int], list[Text]]
"""Makes the rows for a width."""
Parts = Callable[[], Iterable[Part]]
"""Makes a document; it is asked for it whenever the page is painted."""
EXTENT = 20
"""Cells for which rows are shown, at the end of the title."""


class Sheet(Page):
    """Rows under a title, which are scrolled where they are more than fit."""

    REGIONS: ClassVar[tuple[str, ...]] = ("head", "rows")
    PARTS: ClassVar[Mapping[str, type[Region]]] = {"rows": ScrollRegion}
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("space", "rows.turn(1)", "on", id="read-on", tooltip="Next page"),
        Binding("b", "rows.turn(-1)", "back", id="read-back", tooltip="Page before"),
        Binding("enter", "give_up", "close", id="close", tooltip="Close this page"),
    ]

    def __init__(self, title: str, rows: Rows, note: str = "") -> None:
        """A sheet of that title; `rows` is asked for them at every size."""
        super().__init__()
        self.heading, self.note, self._rows = title, note, rows

    def status(self) -> tuple[Sequence[Seg], Sequence[Seg]]:
        """The title again, so that nobody mistakes it for the run."""
        return [(self.heading, f"bold {self.ink.strong}")], [(self.note, self.ink.muted)]

    def foot(self) -> Sequence[tuple[str, str]]:
        """How to read on."""
        return [("read-on read-back", _("page")), ("down up", _("row")), ("give-up", _("close"))]

    def plan(self) -> dict[str, Box]:
        """The head and the rows; the bar beside them stands in the margin."""
        x, y, width, height = self.body
        head = Cell("head", len(self._head(" " * EXTENT)))
        return boxes(column(1, head, Cell("rows"), 1), Box(x, y, width + 1, height))

    def _head(self, extent: str) -> list[Text]:
        """The title, however long, with which rows are shown; and a rule."""
        ink, width = self.ink, self.body.width
        label = (self.heading.upper(), f"bold {ink.muted}")
        rows = flow.flowed(width, [label], right=[(f"{extent:>{EXTENT}}", ink.muted)])
        return [*rows, paint.rule(width, ink, self.glyphs)]

    def draw(self) -> None:
        """The rows, and which of them are shown; a cell narrower where a bar stands beside them."""
        rows, width = self._rows(self, self.body.width), self.body.width
        if len(rows) > self.places["rows"].height:
            rows = self._rows(self, width - 1)
        self.put_scroll("rows", rows)
        self.on_scroll_region_moved()

    def on_scroll_region_moved(self) -> None:
        """Say which rows are shown."""
        self.put("head", self._head(cast("ScrollRegion", self.regions["rows"]).extent))

    def always(self) -> Sequence[tuple[str, str]]:
        """The way back alone: all of its keys stand in the footer."""
        return super().always()[1:]

    def action_help(self) -> None:
        """Nothing more than the footer says."""


def sheet_of(title: str, parts: Parts, note: str = "") -> Sheet:
    """A sheet of that title with what the parts say."""
    return Sheet(title, lambda sheet, width: document.rows(parts(), width, sheet.ink), note)


def prose(title: str, paragraphs: Sequence[str], note: str = "") -> Sheet:
    """Paragraphs as a page, an empty row after each."""

    def rows(sheet: Sheet, width: int) -> list[Text]:
        apart = (paint.block(width, words, sheet.ink.text, within=72) for words in paragraphs)
        return [row for block in apart for row in (*block, paint.blank(width))]

    return Sheet(title, rows, note)
