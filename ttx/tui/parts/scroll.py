"""A region with more rows than it has room for: keys, the wheel and a bar go through them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from rich.segment import Segment
from rich.text import Text
from textual import events
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.strip import Strip

from ttx.i18n import _
from ttx.tui.region import Region
from ttx.tui.strips import styled
from ttx.tui.theme import glyphs

WHEEL = 3
"""Rows that one turn of the wheel goes."""


class ScrollRegion(Region, can_focus=True):
    """Rows under a head that stays."""

    class Moved(Message):
        """Somebody went to other rows of it."""

        def __init__(self, region: str) -> None:
            """In the region of that name."""
            super().__init__()
            self.region = region

    FOCUS_ON_CLICK = False  # a click that brings the keys here does nothing else
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("j,down", "step(1)", "down", id="down", tooltip="Next row"),
        Binding("k,up", "step(-1)", "up", id="up", tooltip="Row before"),
        Binding("pagedown,ctrl+d", "turn(1)", "on", id="page-on", tooltip="Next page"),
        Binding("pageup,ctrl+u", "turn(-1)", "back", id="page-back", tooltip="Page before"),
        Binding("g,home", "edge(0)", "first", id="first", tooltip="First row"),
        Binding("G,end", "edge(1)", "last", id="last", tooltip="Last row"),
    ]

    def __init__(self, name: str) -> None:
        """At the top of nothing."""
        super().__init__(name, whole=True)
        self.top = 0
        self._all: Sequence[Text] = ()
        self._head: Sequence[Text] = ()
        self._dragged = False

    # --- what it shows ---

    @property
    def room(self) -> int:
        """Rows that fit below the head."""
        return max((self.box.height if self.box else 0) - len(self._head), 1)

    @property
    def overflows(self) -> bool:
        """Whether there are more rows than fit."""
        return len(self._all) > self.room

    @property
    def below(self) -> bool:
        """Whether there are rows below those that are shown."""
        return self.top + self.room < len(self._all)

    def show(self, rows: Sequence[Text], head: Sequence[Text] = ()) -> None:
        """Show these rows, from where it stands."""
        self._all, self._head = rows, head
        self._paint()

    def _paint(self) -> None:
        self.top = max(0, min(self.top, len(self._all) - self.room))
        shown = self._all[self.top : self.top + self.room]
        self.fill([*self._head, *shown])

    @property
    def extent(self) -> str:
        """Which rows are shown, where that is not all of them."""
        if not self.overflows:
            return ""
        last = min(self.top + self.room, len(self._all))
        return _(
            "{first} to {last} of {count}", first=self.top + 1, last=last, count=len(self._all)
        )

    def _line(self, y: int) -> Strip:
        """A row, with the bar at its end where there are more than fit."""
        line, at = super()._line(y), y - len(self._head)
        if not (self.overflows and self.box and 0 <= at < self.room):
            return line
        first, last = self._thumb()
        sign = glyphs().bar if first <= at < last else " "
        style = styled(f"{self.ink.muted} on {self.ground}")
        return Strip.join([line.crop(0, self.box.width - 1), Strip([Segment(sign, style)], 1)])

    def _thumb(self) -> tuple[int, int]:
        """Where the thumb of the bar begins and ends, in rows below the head."""
        count, room = len(self._all), self.room
        size = max(room * room // count, 1)
        first = self.top * (room - size) // max(count - room, 1)
        return first, first + size

    # --- keys and the mouse ---

    def action_step(self, by: int) -> None:
        """A row down or up."""
        self._go(self.top + by)

    def action_turn(self, by: int) -> None:
        """A page on or back."""
        self.action_step(by * max(self.room - 1, 1))

    def action_edge(self, end: int) -> None:
        """To the first or the last row."""
        self._go(len(self._all) if end else 0)

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """Take hold of the bar."""
        if self.overflows and self.box and event.x == self.box.width - 1:
            event.stop()
            self._dragged = True
            self.capture_mouse()
            self._drag(event.y)

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """The bar goes where it is dragged."""
        if self._dragged:
            self._drag(event.y)

    def on_mouse_up(self) -> None:
        """Let go of it."""
        if self._dragged:
            self._dragged = False
            self.release_mouse()

    def on_click(self, event: events.Click) -> None:
        """A click on the bar is no click on what stands beside it."""
        if self.overflows and self.box and event.x == self.box.width - 1:
            event.stop()
            event.prevent_default()

    def _drag(self, y: int) -> None:
        at = min(max(y - len(self._head), 0), self.room - 1)
        self._drag_to(at * (len(self._all) - self.room) // max(self.room - 1, 1))

    def _drag_to(self, top: int) -> None:
        self._go(top)

    def _go(self, top: int) -> None:
        had, self.top = self.top, top
        self._paint()
        if self.top != had:
            self.post_message(self.Moved(self.called))

    def scrolled(self, by: int) -> None:
        """The wheel scrolls."""
        self.action_step(WHEEL * by)
