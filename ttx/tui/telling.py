"""A screen that tells its seat what others sent: what it shows of that, and that it was read."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.binding import Binding, BindingType

from ttx.tui import told
from ttx.tui.sized import SizedScreen


class TellingScreen(SizedScreen):
    """What others sent stands here until it is acknowledged, or is no longer so."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "full_stop",
            "acknowledge",
            "read",
            id="acknowledge",
            tooltip="Say that you have read what was sent",
        ),
        Binding("Y", "messages", "messages", id="go-messages", tooltip="All that was sent"),
    ]

    def __init__(self) -> None:
        """Nothing is told."""
        super().__init__()
        self.told_entries: tuple[int, ...] = ()
        """The entries of which something is shown."""

    def told_items(self) -> Sequence[told.Item]:
        """What this seat is told wherever it looks; the last first."""
        return self.context.told

    @property
    def told_rows(self) -> int:
        """Rows at most for what others sent; more where nobody can put the first away."""
        return self.by_size(told.FEW if self.context.reads else 7, 8, 14)

    def tell(self, deeds: Sequence[told.Deed], width: int) -> told.Shown:
        """The rows of it, with what can be done at their end."""
        shown = told.shown(self.told_items(), deeds, width, self.told_rows, self.ink)
        self.told_entries = shown.entries
        return shown

    def record_what_was_told(self) -> None:
        """It was painted, where this is the screen that is looked at."""
        if self.told_entries and self is self.app.screen_stack[-1]:
            self.context.record_painted(self.told_entries)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """There is something to acknowledge, and a page of messages, where there is a seat."""
        if action == "acknowledge" and not self.context.acknowledges:
            return False
        if action == "messages" and not self.context.has_messages:
            return False
        return super().check_action(action, parameters)

    def action_acknowledge(self) -> None:
        """Say that what stood here when the key was pressed has been read."""
        if refusal := self.context.acknowledge(self.told_entries, self.acted_at):
            self.show_notice(refusal)
        else:
            self.paint()

    def action_messages(self) -> None:
        """All that was sent to this seat; to whom, for the desk."""
        self.shell.go("messages")
