"""Who is here: each seat with its lag and invitation, and what the facilitator does about it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.binding import Binding, BindingType

from ttx.tui.canvas import Box, Region
from ttx.tui.page import SMALL
from ttx.tui.screens.control_seats import SeatsPage


class AttendanceScreen(SeatsPage):
    """A row for each seat; it stays open while phases come and go."""

    REGIONS: ClassVar[tuple[str, ...]] = ("seats",)
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("j,down", "step(1)", "down", id="down", tooltip="Next seat"),
        Binding("k,up", "step(-1)", "up", id="up", tooltip="Seat before"),
        Binding("w", "write_to", "write", id="write-to", tooltip="A message to the marked seat"),
        Binding("a", "write_all", "to all", id="write-all", tooltip="A message to all seats"),
        Binding("i", "line", "invitation", id="line", tooltip="What to send to the marked seat"),
        Binding("r", "reissue", "new code", id="reissue", tooltip="A new code for the marked seat"),
        Binding("x", "revoke", "revoke", id="revoke", tooltip="Take the marked seat's invitation"),
    ]
    name_of_page: ClassVar[str] = "who is here"
    stays: ClassVar[bool] = True

    def foot(self) -> Sequence[tuple[str, str]]:
        """The keys that are for all; those of the marked seat stand beside the seats."""
        return [("j k", "seat"), ("a", "to all")]

    def plan(self) -> dict[str, Box]:
        """All of it is rows; on a wide terminal they end where their columns do."""
        x, y, width, height = self.body
        if self.form == SMALL:
            return {"seats": Box(x, y, width, height)}
        return {"seats": Box(x, y + 1, min(width, 132), height - 2)}

    def draw(self) -> None:
        """Fill the rows."""
        self.draw_seats()

    def on_region_clicked(self, event: Region.Clicked) -> None:
        """A click marks a seat and nothing more."""
        if event.region == "seats":
            self.mark_row(event.row)

    def on_region_scrolled(self, message: Region.Scrolled) -> None:
        """The wheel moves the mark."""
        self.action_step(message.by)
