"""One of several, over the page that asks: a seat, a robot, whoever takes a seat over."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import ClassVar

from rich.text import Text
from textual.binding import Binding, BindingType

from ttx.tui import paint
from ttx.tui.page import SMALL, Page
from ttx.tui.paint import Seg
from ttx.tui.region import Box, Region


@dataclass(frozen=True, slots=True)
class Choice:
    """One row."""

    key: str
    """What the page that asks knows it by."""
    name: str
    note: str = ""


class ChoicePage(Page):
    """Rows to mark with a digit or with j and k; Enter takes the marked one."""

    REGIONS: ClassVar[tuple[str, ...]] = ("rows",)
    BINDINGS: ClassVar[list[BindingType]] = [
        *(
            Binding(str(n), f"take({n})", "choose", id=f"take-{n}", tooltip="Take this one")
            for n in range(1, 10)
        ),
        Binding("enter", "take_marked", "choose", id="take", tooltip="Take what is marked"),
        Binding("j,down", "step(1)", "down", id="down", tooltip="Next row"),
        Binding("k,up", "step(-1)", "up", id="up", tooltip="Row before"),
    ]
    survives_phase_change: ClassVar[bool] = True

    def __init__(
        self, heading: str, choices: Sequence[Choice], then: Callable[[str], None], note: str = ""
    ) -> None:
        """A choice under a heading; `then` gets the key of what was taken."""
        super().__init__()
        self.heading, self.note, self._choices, self._then = heading, note, choices, then
        self.marked = self._first = 0

    def status(self) -> tuple[Sequence[Seg], Sequence[Seg]]:
        """The heading again, so that nobody mistakes it for the run."""
        return [(self.heading, f"bold {self.ink.strong}")], [(self.note, self.ink.muted)]

    def foot(self) -> Sequence[tuple[str, str]]:
        """How to choose."""
        last = min(len(self._choices), 9)
        return [(f"1-{last}", "choose"), ("j k", "row"), ("Enter", "take"), ("Esc", "close")]

    def plan(self) -> dict[str, Box]:
        """One column."""
        x, y, width, height = self.body
        top = 0 if self.form == SMALL else 1
        return {"rows": Box(x, y + top, min(width, 110), height - top)}

    def draw(self) -> None:
        """The rows round the marked one."""
        box, ink = self.places["rows"], self.ink
        head = [
            paint.label(box.width, self.heading.upper(), ink),
            paint.rule(box.width, ink, self.glyphs),
        ]
        room = box.height - len(head)
        self._first = max(min(self._first, self.marked), self.marked - room + 1, 0)
        shown = list(enumerate(self._choices))[self._first : self._first + room]
        self.put("rows", head + [self._row(at, one, box.width) for at, one in shown])

    def _row(self, at: int, one: Choice, width: int) -> Text:
        ink, marked = self.ink, at == self.marked
        digit = str(at + 1) if at < 9 else " "
        cells: list[Seg] = [
            (f"{self.glyphs.marked} " if marked else "  ", ink.cool),
            (f"{digit}  ", f"bold {ink.cool}"),
            (f"{paint.clean(one.name):<24} ", f"bold {ink.strong if marked else ink.text}"),
            (one.note, ink.muted),
        ]
        return paint.line(width, cells, fill=ink.raised if marked else "")

    # --- keys ---

    def action_step(self, by: int) -> None:
        """Mark the next or the former row."""
        self.marked = (self.marked + by) % len(self._choices)
        self.paint()

    def action_take(self, number: int) -> None:
        """Take a row by its digit."""
        if number <= len(self._choices):
            self.marked = number - 1
            self.action_take_marked()

    def action_take_marked(self) -> None:
        """Close the page, and do what was asked about."""
        self.shell.back()
        self._then(self._choices[self.marked].key)

    def on_region_clicked(self, event: Region.Clicked) -> None:
        """A click marks, a second one takes."""
        at = self._first + event.row - 2
        if event.region == "rows" and event.row >= 2 and at < len(self._choices):
            again, self.marked = at == self.marked, at
            self.paint()
            if again:
                self.action_take_marked()

    def on_region_scrolled(self, message: Region.Scrolled) -> None:
        """The wheel moves the mark."""
        self.action_step(message.by)
