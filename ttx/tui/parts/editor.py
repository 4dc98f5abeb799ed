"""The one place where text is typed: Textual's TextArea, whose letters stay whole and clean."""

from __future__ import annotations

import re
from typing import ClassVar

from textual import events
from textual.geometry import Offset, Region
from textual.message import Message
from textual.strip import Strip
from textual.widgets import TextArea
from textual.widgets.text_area import EditResult, Location

from ttx.i18n import _
from ttx.session.command import LONGEST
from ttx.shown import clean
from ttx.tui.parts.graphemes import by_first_signs, edge_at, edge_before, edge_behind

WORD_EDGE = re.compile(r"(?<=\W)(?=\w)|(?<=\w)(?=\W)")


class Editor(TextArea):
    """A text of one line or of several; what cannot be taken is said and never dropped silently.

    It has Textual's keys: words, line ends, selection, undo and redo, a cursor by click. `Enter`,
    `Esc`, `Tab` and, in a text of one line, the arrows at its rim go on to whoever put it there.
    """

    GOES_ON: ClassVar[frozenset[str]] = frozenset({"enter", "escape", "tab", "shift+tab"})

    class Refused(Message):
        """Something that was typed or pasted was not taken, or only in part."""

        def __init__(self, reason: str) -> None:
            """Why, in a sentence."""
            super().__init__()
            self.reason = reason

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002  # Textual's own name
        """A place that nothing is asked for yet."""
        super().__init__(soft_wrap=True, show_line_numbers=False, id=id)
        self.several_lines, self.longest, self.signs = False, LONGEST, ""
        self.display = False

    def begin(
        self, words: str, *, several_lines: bool, longest: int = LONGEST, signs: str = ""
    ) -> None:
        """A text to go on from, of at most `longest` characters; there is nothing to undo yet.

        `signs` are the only ones it takes, where it does not take all; a key for another one is
        left to whoever put it there.
        """
        self.several_lines, self.longest, self.signs = several_lines, longest, signs
        self.soft_wrap = not signs
        self.load_text(words)
        self.move_cursor(self.document.end)

    def rows_at(self, width: int) -> int:
        """Rows that the text takes in so many cells, its cursor included."""
        if self.wrapped_document.height and self.wrap_width == width - 1:
            return self.wrapped_document.height
        self.wrapped_document.wrap(width - 1, self.indent_width)
        return self.wrapped_document.height

    def corrects(self, key: str) -> bool:
        """Whether a key corrects what is written: backspace, the arrows and their like."""
        return key in self._bindings.key_to_bindings

    def put_cursor(self, place: Offset) -> None:
        """Put the cursor where a cell of the text is."""
        self.move_cursor(self.wrapped_document.offset_to_location(place))

    # --- what is taken ---

    def replace(
        self,
        insert: str,
        start: Location,
        end: Location,
        *,
        maintain_selection_offset: bool = True,
    ) -> EditResult:
        """Put a text in the place of another, cleaned and as far as there is room for it."""
        room = max(self.longest - len(self.text) + len(self.get_text_range(start, end)), 0)
        lines = [clean(line) for line in insert.split("\n")] if insert else [""]
        taken = ("\n" if self.several_lines else " ").join(lines)
        if self.signs:
            taken = "".join(sign for sign in taken if sign in self.signs)
        why = _("What cannot be shown here was left out") if len(taken) < len(insert) else ""
        if len(taken) > room:
            taken, why = taken[: edge_at(taken, room)], _("Full: the rest was left out")
        result = super().replace(
            taken, start, end, maintain_selection_offset=maintain_selection_offset
        )
        if why:
            self.post_message(self.Refused(why))
        return result

    async def on_key(self, event: events.Key) -> None:
        """What is typed goes into the text, but for the keys that lead on."""
        if event.key == "ctrl+j" and self.several_lines:
            event.stop()
            event.prevent_default()
            self.replace("\n", *self.selection, maintain_selection_offset=False)
        elif event.key in self.GOES_ON or (
            event.is_printable and not self.check_consume_key(event.key, event.character)
        ):
            event.prevent_default()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """At its rim the arrows of a text of one line lead on."""
        if self.several_lines or action not in ("cursor_up", "cursor_down"):
            return True
        if action == "cursor_up":
            return not self.navigator.is_first_wrapped_line(self.cursor_location)
        return not self.navigator.is_last_wrapped_line(self.cursor_location)

    def check_consume_key(self, key: str, character: str | None = None) -> bool:
        """Whether a key is text here; a sign that is none may be bound to something."""
        text = super().check_consume_key(key, character)
        return text and (not self.signs or (character or "") in self.signs)

    # --- letters stay whole ---

    def clamp_visitable(self, location: Location) -> Location:
        """The nearest place between two letters."""
        row, column = super().clamp_visitable(location)
        return row, edge_at(self.document[row], column)

    def get_cursor_left_location(self) -> Location:
        """A letter to the left, whatever combines with it."""
        row, column = self.cursor_location
        if not column:
            return super().get_cursor_left_location()
        return row, edge_before(self.document[row], column)

    def get_cursor_right_location(self) -> Location:
        """A letter to the right, whatever combines with it."""
        row, column = self.cursor_location
        if column == len(self.document[row]):
            return super().get_cursor_right_location()
        return row, edge_behind(self.document[row], column)

    def get_cursor_word_left_location(self) -> Location:
        """The start of the word, or of what stands between two."""
        row, column = self.cursor_location
        if not column:
            return super().get_cursor_word_left_location()
        line = by_first_signs(self.document[row][:column]).rstrip()
        return row, max((edge.start() for edge in WORD_EDGE.finditer(line)), default=0)

    def get_cursor_word_right_location(self) -> Location:
        """The end of the word, or of what stands between two."""
        row, column = self.cursor_location
        line = by_first_signs(self.document[row])
        if column == len(line):
            return super().get_cursor_word_right_location()
        begins = column + len(line[column:]) - len(line[column:].lstrip())
        return row, next((edge.start() for edge in WORD_EDGE.finditer(line, begins + 1)), len(line))

    def action_delete_word_right(self) -> None:
        """Delete up to the end of the word."""
        if self.selection.is_empty:
            self.delete(
                self.cursor_location,
                self.get_cursor_word_right_location(),
                maintain_selection_offset=False,
            )
        else:
            super().action_delete_word_right()

    def on_click(self, event: events.Click) -> None:
        """It has put the cursor there already; whoever put it here has nothing to do."""
        event.stop()

    def render_lines(self, crop: Region) -> list[Strip]:
        """Nothing, while it is being put there or taken away: it has no colours then."""
        if self.is_mounted and self.is_attached:
            return super().render_lines(crop)
        return [Strip.blank(crop.width)] * crop.height
