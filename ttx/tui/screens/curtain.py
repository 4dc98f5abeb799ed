"""The curtain: the keyboard goes from one cell to the other, and the screen shows nothing."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.binding import Binding, BindingType

from ttx.i18n import _
from ttx.tui import paint
from ttx.tui.page import Page
from ttx.tui.parts.layout import Cell, boxes, column
from ttx.tui.region import Box


class Curtain(Page):
    """One sentence, until the other cell sits down."""

    REGIONS: ClassVar[tuple[str, ...]] = ("sentence",)
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "sit_down", "ready", id="sit-down", tooltip="The other cell sits here"),
    ]

    def plan(self) -> dict[str, Box]:
        """The middle of the screen."""
        return boxes(column(self.body.height // 3, Cell("sentence", 3)), self.body)

    def draw(self) -> None:
        """Who sits down next."""
        ink, width, context = self.ink, self.body.width, self.context
        name = context.eye.text(context.game.run.seat(context.seat).name)
        words = (_("The keyboard goes to: {seat}.", seat=name), f"bold {ink.strong}")
        key, word = self.key("sit-down"), _("We sit here now")
        button = paint.button(key, word, ink, default=True, does="sit_down")
        self.put("sentence", [paint.line(width, part) for part in ([words], [], button)])

    def foot(self) -> Sequence[tuple[str, str]]:
        """One key."""
        return [("sit-down", _("we sit here now"))]

    def action_sit_down(self) -> None:
        """Show the seat its screen."""
        self.shell.route()
