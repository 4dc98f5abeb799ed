"""A page of rows opened over another: the whole message, all tracks, evidence, help."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import ClassVar

from rich.text import Text
from textual.binding import Binding, BindingType

from ttx.i18n import _
from ttx.tui import paint
from ttx.tui.page import Page
from ttx.tui.paint import Seg
from ttx.tui.region import Box, Region

Rows = Callable[["Sheet", int], list[Text]]
"""Makes the rows for a width."""


class Sheet(Page):
    """Rows under a title; longer ones are paged."""

    REGIONS: ClassVar[tuple[str, ...]] = ("head", "rows")
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("space,pagedown,ctrl+d", "turn(1)", "on", id="page-on", tooltip="Next page"),
        Binding("b,pageup,ctrl+u", "turn(-1)", "back", id="page-back", tooltip="Page before"),
        Binding("j,down", "scroll(1)", "down", id="row-down", tooltip="Next row"),
        Binding("k,up", "scroll(-1)", "up", id="row-up", tooltip="Row before"),
        Binding("g,home", "edge(0)", "first", id="first", tooltip="First row"),
        Binding("G,end", "edge(1)", "last", id="last", tooltip="Last row"),
        Binding("enter", "give_up", "close", id="close", tooltip="Close this page"),
    ]

    def __init__(self, title: str, rows: Rows, note: str = "") -> None:
        """A sheet of that title; `rows` is asked for them at every size."""
        super().__init__()
        self.heading, self.note, self._rows, self._top = title, note, rows, 0

    def status(self) -> tuple[Sequence[Seg], Sequence[Seg]]:
        """The title again, so that nobody mistakes it for the run."""
        return [(self.heading, f"bold {self.ink.strong}")], [(self.note, self.ink.muted)]

    def foot(self) -> Sequence[tuple[str, str]]:
        """Paging, where there is something to page."""
        return (("space b", _("page")), ("j k", _("row")), ("Esc", _("close")))

    def plan(self) -> dict[str, Box]:
        """A head of two rows, and the rest."""
        body = self.body
        return {
            "head": Box(body.x, body.y + 1, body.width, 2),
            "rows": Box(body.x, body.y + 3, body.width, body.height - 4),
        }

    @property
    def room(self) -> int:
        """Rows that fit."""
        return max(self.body.height - 4, 1)

    def draw(self) -> None:
        """The rows from the present top."""
        width = self.body.width
        rows = self._rows(self, width)
        self._top = max(0, min(self._top, len(rows) - self.room))
        last = min(self._top + self.room, len(rows))
        place = (
            _("{top} to {last} of {rows}", top=self._top + 1, last=last, rows=len(rows))
            if len(rows) > self.room
            else ""
        )
        self.put(
            "head",
            [
                paint.label(width, self.heading.upper(), self.ink, place),
                paint.rule(width, self.ink, self.glyphs),
            ],
        )
        self.put("rows", rows[self._top : last])

    def action_turn(self, by: int) -> None:
        """A page on or back."""
        self._top += by * max(self.room - 1, 1)
        self.paint()

    def action_scroll(self, by: int) -> None:
        """A row down or up."""
        self._top += by
        self.paint()

    def action_edge(self, end: int) -> None:
        """To the first or the last row."""
        self._top = 10**6 if end else 0
        self.paint()

    def on_region_scrolled(self, message: Region.Scrolled) -> None:
        """The wheel scrolls the rows."""
        self.action_scroll(3 * message.by)

    def action_help(self) -> None:
        """Nothing: its keys stand in the footer."""

    def action_back(self) -> None:
        """Close."""
        self.shell.back()


def prose(title: str, paragraphs: Sequence[str], note: str = "") -> Sheet:
    """Paragraphs as a page, an empty row after each."""

    def rows(sheet: Sheet, width: int) -> list[Text]:
        lines: list[Text] = []
        for words in paragraphs:
            lines += [paint.line(width, [(p, sheet.ink.text)]) for p in paint.wrap(words, width)]
            lines.append(paint.blank(width))
        return lines

    return Sheet(title, rows, note)
