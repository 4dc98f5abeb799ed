"""The command palette, which outlives keys that come before its list is laid out."""

from __future__ import annotations

from contextlib import suppress

from textual.command import CommandPalette
from textual.css.query import NoMatches


class Palette(CommandPalette):
    """Textual's own, but for keys it cannot carry out yet: they do nothing.

    Its list knows no lines until it was painted once, and looks them up all the same.
    """

    def _action_command_list(self, action: str) -> None:
        with suppress(KeyError, NoMatches):
            super()._action_command_list(action)

    def _action_cursor_down(self) -> None:
        with suppress(KeyError, NoMatches):
            super()._action_cursor_down()
