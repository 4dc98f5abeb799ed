"""The curtain: the keyboard goes from one cell to the other, and the screen shows nothing."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.binding import Binding, BindingType

from ttx.exercise.model import text
from ttx.i18n import N_, _
from ttx.tui import paint
from ttx.tui.page import Page
from ttx.tui.region import Box, Region

WORD = N_("We sit here now")


class Curtain(Page):
    """One sentence, until the other cell sits down."""

    REGIONS: ClassVar[tuple[str, ...]] = ("sentence",)
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "sit_down", "ready", id="sit-down", tooltip="The other cell sits here"),
    ]

    def plan(self) -> dict[str, Box]:
        """The middle of the screen."""
        body = self.body
        return {"sentence": Box(body.x, body.y + body.height // 3, body.width, 3)}

    def draw(self) -> None:
        """Who sits down next."""
        ink, width, table = self.ink, self.places["sentence"].width, self.context.table
        assert table is not None
        name = text(table.game.run.seat(self.context.seat).name, self.context.language)
        words = _("The keyboard goes to: {name}.", name=name)
        key = paint.button("Enter", _(WORD), ink, default=True)
        self.put(
            "sentence",
            [
                paint.line(width, [(words, f"bold {ink.strong}")]),
                paint.blank(width),
                paint.line(width, key),
            ],
        )

    def foot(self) -> Sequence[tuple[str, str]]:
        """One key."""
        return (("Enter", _("we sit here now")),)

    def action_sit_down(self) -> None:
        """Show the seat its screen."""
        self.shell.route()

    def on_region_clicked(self, event: Region.Clicked) -> None:
        """The button takes a click."""
        if event.region == "sentence" and self.on_button(event, "Enter", _(WORD)):
            self.action_sit_down()
