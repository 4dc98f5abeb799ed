"""The last rows above the footer: a text to type, or a question before something final."""

from __future__ import annotations

from textual import events
from textual.geometry import Region
from textual.message import Message
from textual.strip import Strip
from textual.widgets import TextArea

from ttx.session.command import LONGEST
from ttx.tui.paint import clean


class Prompt(TextArea):
    """A small place to write: Enter saves, Esc gives up, ctrl+j is a new line."""

    class Written(Message):
        """The text was saved."""

        def __init__(self, words: str) -> None:
            """What was written."""
            super().__init__()
            self.words = words

    class GivenUp(Message):
        """The text was not wanted."""

    class Full(Message):
        """More was written than it takes."""

    def __init__(self) -> None:
        """A place that nothing is asked for yet."""
        super().__init__(soft_wrap=True, show_line_numbers=False, id="prompt")
        self.display = False

    def begin(self, start: str) -> None:
        """A text to go on from."""
        self.text = start
        self.cursor_location = self.document.end

    async def _on_paste(self, event: events.Paste) -> None:
        """What is pasted keeps its lines and loses what steers a terminal."""
        event.stop()
        event.prevent_default()
        words = "\n".join(clean(line) for line in event.text.splitlines())
        if len(words) > self.room:
            self.post_message(self.Full())
        if self.room:
            self.insert(words[: self.room])

    @property
    def room(self) -> int:
        """Characters that may still be written."""
        return max(LONGEST - len(self.text), 0)

    def edits(self, key: str) -> bool:
        """Whether a key corrects what is written: backspace, the arrows and their like."""
        return self.has_focus and key in self._bindings.key_to_bindings

    def render_lines(self, crop: Region) -> list[Strip]:
        """Nothing, while it is being put there or taken away: it has no colours then."""
        if self.is_mounted and self.is_attached:
            return super().render_lines(crop)
        return [Strip.blank(crop.width)] * crop.height

    async def _on_key(self, event: events.Key) -> None:
        if event.key in ("enter", "escape"):
            event.stop()
            event.prevent_default()
            if event.key == "enter":
                self.post_message(self.Written(self.text.strip()))
            else:
                self.post_message(self.GivenUp())
            return
        if event.is_printable and not self.room:
            event.stop()
            event.prevent_default()
            self.post_message(self.Full())
            return
        if event.key == "ctrl+j":
            event.stop()
            event.prevent_default()
            self.insert("\n")
            return
        await super()._on_key(event)
