"""The command palette, which outlives early keys, and being closed by what others do."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

from textual.command import CommandPalette
from textual.css.query import NoMatches
from textual.worker import Worker


class Palette(CommandPalette):
    """Textual's own, but for keys it cannot carry out yet: they do nothing.

    Its list knows no lines until it was painted once, and looks them up all the same. The run moves
    on and closes it at any time; what was still to be listed in it then finds no list.
    """

    def run_worker(self, *work: Any, **how: Any) -> Worker[Any]:  # noqa: ANN401  # Textual's own
        """Gather what is listed; where the list has gone that is no reason to end the screens."""
        return super().run_worker(*work, **how | {"exit_on_error": False})

    def _watch__list_visible(self) -> None:
        with suppress(NoMatches):
            super()._watch__list_visible()

    async def _watch__show_busy(self) -> None:
        with suppress(NoMatches):
            await super()._watch__show_busy()

    def _action_command_list(self, action: str) -> None:
        with suppress(KeyError, NoMatches):
            super()._action_command_list(action)

    def _action_cursor_down(self) -> None:
        with suppress(KeyError, NoMatches):
            super()._action_cursor_down()
