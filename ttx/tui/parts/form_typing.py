"""What is being typed into a form: the one editor that lies over the field in focus."""

from __future__ import annotations

from collections.abc import Sequence

from rich.cells import cell_len
from textual.geometry import Offset
from textual.widget import Widget

from ttx.tui.parts.editor import Editor
from ttx.tui.parts.fields import SIZE, Field, Line, Number, Value
from ttx.tui.parts.form_rows import VALUE, Look

MOST_ROWS = 5
"""Rows that a long text takes while it is written."""
DIGITS = "0123456789.,"


class Typing:
    """The editor of a form, which is mounted when something is typed for the first time."""

    def __init__(self, form: Widget) -> None:
        """Nothing is typed into that form yet."""
        self._form = form
        self._editor: Editor | None = None
        self.name = ""
        """The field that is typed into; empty for none."""
        self.refused = ""
        """Why the last key did nothing, or what is typed is not taken as it stands."""

    @property
    def placed(self) -> Sequence[Editor]:
        """The editor, once there is one."""
        return () if self._editor is None else (self._editor,)

    @property
    def _open(self) -> Editor | None:
        """The editor while something is typed."""
        return self._editor if self.name else None

    def open(self, field: Field, words: str) -> None:
        """Type into a field from here on."""
        if self._editor is None:
            self._editor = Editor()
            if self._form.is_attached:
                self._form.mount(self._editor)
        self.name = field.name
        self._editor.placeholder = field.empty
        longest, signs = (field.longest, "") if isinstance(field, Line) else (SIZE, DIGITS)
        self._editor.begin(words, several_lines=False, longest=longest, signs=signs)

    def put_away(self) -> None:
        """Type no more."""
        self.name = self.refused = ""
        for editor in self.placed:
            if editor.has_focus:
                self._form.screen.set_focus(self._form)
            editor.display = False

    def take_keys(self) -> None:
        """Give the form's keys to what is being typed."""
        if self._open is not None and self._form.has_focus:
            self._form.screen.set_focus(self._open)

    def type(self, sign: str) -> None:
        """Take a sign as the editor would."""
        if self._open is not None:
            self._open.replace(sign, *self._open.selection, maintain_selection_offset=False)

    def put_cursor(self, place: Offset) -> None:
        """Put the cursor where a cell of the text is."""
        if self._open is not None:
            self._open.put_cursor(place)

    def value(self, field: Field) -> Value:
        """What is typed as the field's value; that which it has where it is none."""
        words = self._open.text if self._open is not None else ""
        self.refused = ""
        if not isinstance(field, Number):
            return words
        read = field.read(words)
        if isinstance(read, int):
            return read
        self.refused = read
        return field.value

    @property
    def cells(self) -> int:
        """Cells of the number that is typed, its cursor included; 0 where there is none."""
        editor = self._open
        return min(len(editor.text) + 1, VALUE - 1) if editor is not None and editor.signs else 0

    def rows(self, look: Look) -> int:
        """Rows that it takes; 0 where nothing is typed."""
        if self._open is None:
            return 0
        return 1 if self._open.signs else min(self._open.rows_at(look.room), MOST_ROWS)

    def place(self, field: Field, look: Look, row: int) -> None:
        """Lay it over the value of a field that begins in that row."""
        editor = self._open
        if editor is None:
            return
        x, width = look.label, look.room
        if isinstance(field, Number):  # to the right, where the number stands that it replaces
            width = look.typed
            editor.scroll_to(0, 0, animate=False, immediate=True)
            x += sum(cell_len(words) for words, _ in field.lead) + VALUE - width
        editor.styles.offset = (x, row)
        editor.styles.width, editor.styles.height = width, self.rows(look)
        editor.display = True
