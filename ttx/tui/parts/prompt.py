"""The last rows above the footer: a text of several lines to type."""

from __future__ import annotations

from textual import events
from textual.message import Message

from ttx.tui.parts.editor import Editor


class Prompt(Editor):
    """A small place to write: Enter saves, Esc gives up, ctrl+j is a new line."""

    class Written(Message):
        """The text was saved."""

        def __init__(self, words: str) -> None:
            """What was written."""
            super().__init__()
            self.words = words

    class GivenUp(Message):
        """The text was not wanted."""

        def __init__(self, *, new: bool) -> None:
            """Whether something was written that is nowhere else."""
            super().__init__()
            self.new = new

    def __init__(self) -> None:
        """A place that nothing is asked for yet."""
        super().__init__(id="prompt")
        self._start = ""

    def ask(self, start: str) -> None:
        """Have a text written that goes on from `start`."""
        self._start = start
        self.begin(start, several_lines=True)

    def on_mount(self) -> None:
        """The line that asks is made with it: from here on it has the keys."""
        if self.display:
            self.screen.set_focus(self)

    def edits(self, key: str) -> bool:
        """Whether a key corrects what is written: backspace, the arrows and their like."""
        return self.has_focus and key in self._bindings.key_to_bindings

    async def on_key(self, event: events.Key) -> None:
        """Enter and Esc are for whoever asked."""
        if event.key in ("enter", "escape"):
            event.stop()
            event.prevent_default()
            words = self.text.strip()
            given_up = self.GivenUp(new=words not in ("", self._start.strip()))
            self.post_message(self.Written(words) if event.key == "enter" else given_up)
