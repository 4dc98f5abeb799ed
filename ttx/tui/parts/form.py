"""The form of a page: declared fields, one of them in focus, a place to type where that is text.

It is one widget of painted rows. Only the field in focus has a widget of its own, and only where
something is typed into it: a form that is looked at costs no more than a list.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import ClassVar

from rich.text import Text
from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.geometry import Offset
from textual.message import Message

from ttx.i18n import _
from ttx.tui import paint
from ttx.tui.parts.editor import Editor
from ttx.tui.parts.fields import (
    Choice,
    Deed,
    Field,
    Line,
    Many,
    Number,
    Shape,
    Value,
    holding,
)
from ttx.tui.parts.form_layout import Laid, laid
from ttx.tui.parts.form_rows import MARK, Look, Row, rows_of
from ttx.tui.parts.form_typing import DIGITS, Typing
from ttx.tui.region import Box, Region
from ttx.tui.theme import INKS, glyphs


class Form(Region, can_focus=True):
    """Fields one under the other.

    The page declares them anew with `show` whenever something has changed, by the values it keeps;
    the field in focus and what is being typed stay. Where a form has texts to type, every letter
    and every sign is text, or picks an option; elsewhere letters are left to the page.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "enter", "carry out", id="carry-out", tooltip="Carry it out, or go on"),
        Binding("ctrl+j", "done", "carry out", id="carry-out-all", tooltip="Carry it out"),
        Binding("tab", "go(1)", "next field", id="next-field", tooltip="Next field"),
        Binding("shift+tab", "go(-1)", "field before", id="field-before", tooltip="Field before"),
        Binding("j,down", "go(1)", "down", id="down", tooltip="Next row"),
        Binding("k,up", "go(-1)", "up", id="up", tooltip="Row before"),
        Binding("g,home", "edge(0)", "first", id="first", tooltip="First row"),
        Binding("G,end", "edge(1)", "last", id="last", tooltip="Last row"),
        Binding("pagedown,ctrl+d", "page(1)", "on", id="page-on", tooltip="Next page"),
        Binding("pageup,ctrl+u", "page(-1)", "back", id="page-back", tooltip="Page before"),
        Binding("plus,equals_sign,right", "change(1)", "more", id="more", tooltip="A step more"),
        Binding("minus,left", "change(-1)", "less", id="less", tooltip="A step less"),
        Binding("space", "choose", "choose", id="choose", tooltip="Choose what is marked"),
    ]

    class Changed(Message):
        """A field has another value."""

        def __init__(self, field: str, value: Value) -> None:
            """Which field, and what it holds now."""
            super().__init__()
            self.field, self.value = field, value

    class Moved(Message):
        """Another field is in focus."""

        def __init__(self, left: str) -> None:
            """Which field was in focus before."""
            super().__init__()
            self.left = left

    class Done(Message):
        """What the form is for is asked for."""

    def __init__(self, name: str) -> None:
        """A form without fields."""
        super().__init__(name, whole=True)
        self.fields: list[Field] = []
        self.label, self.hints = MARK, 0
        """Cells of mark and label, and rows at the bottom for what belongs in the field."""
        self._at = self._inner = 0
        self._head: list[Text] = []
        self._laid = Laid()
        self._typing = Typing(self)

    # --- what it holds ---

    @property
    def field(self) -> Field | None:
        """The field in focus."""
        return self.fields[self._at] if self.fields else None

    @property
    def at(self) -> int:
        """The place of the field in focus."""
        return self._at

    @property
    def has_texts(self) -> bool:
        """Whether there are texts to type, so that letters are no keys."""
        return any(isinstance(field, Line) for field in self.fields)

    def show(self, fields: Sequence[Field], head: Sequence[Text] = ()) -> None:
        """The fields as they are now, under rows that stay in sight.

        Focus stays where it was, as far as that is still there.
        """
        self._head = list(head)
        kept = self.field.name if self.field is not None else ""
        self.fields = list(fields)
        names = [field.name for field in fields]
        self._at = names.index(kept) if kept in names else max(min(self._at, len(names) - 1), 0)
        if self._typing.name and (self._typing.name not in names or self.fields[self._at].closed):
            self.put_away()
        self._open_text()
        self.lay()

    def focus_on(self, name: str) -> None:
        """Put a field in focus."""
        self._to([field.name for field in self.fields].index(name))

    def step(self, name: str, by: int) -> None:
        """Change a field by a step, whether or not it is in focus."""
        at = [field.name for field in self.fields].index(name)
        self._step(at, by)
        self.lay()

    # --- what is shown ---

    def lay(self) -> None:
        """Paint the rows round the field in focus, and put the editor in its place."""
        if self.box is None:
            return
        width, height = self.box.width, self.box.height - self.hints - len(self._head)
        ink = INKS.get(self.app.theme, INKS["ttx-dark"])
        look = Look(width, self.label, ink, glyphs(), self._typing.cells)
        typed = self._typing.rows(look)

        def draw(at: int) -> list[Row]:
            field, marked = self.fields[at], at == self._at
            if marked and self._typing.refused:
                field = replace(field, mistakes=(*field.mistakes, self._typing.refused))
            inner = self._inner if marked else -1
            return rows_of(field, look, marked=marked, inner=inner, typed=typed if marked else 0)

        self._laid = laid(self.fields, self._at, self._inner, self._laid, height, draw)
        rows = [*self._head, *(row.text for _, row in self._laid.rows)]
        rows += [paint.blank(width)] * (height + len(self._head) - len(rows))
        if self.field is not None:
            self._typing.place(self.field, look, len(self._head) + self._laid.focus)
            about = paint.broken(self.field.about, width) if self.field.about else []
            rows += [paint.line(width, [(part, ink.muted)]) for part in about[: self.hints]]
        self.fill(rows, ink.text, ink.bg)
        self._typing.take_keys()

    def place(self, box: Box | None) -> bool:
        """Put it somewhere, or nowhere; what is being typed stays as it is."""
        moved = super().place(box)
        if moved:
            self.lay()
        return moved

    def compose(self) -> ComposeResult:
        """The place to type, where something is typed from the start."""
        yield from self._typing.placed

    def on_mount(self) -> None:
        """What is typed from the start has the keys."""
        self.call_after_refresh(self._typing.take_keys)

    # --- what is typed ---

    def _open_text(self) -> None:
        """A text in focus is typed at once; one that cannot be set is only shown."""
        field = self.field
        if isinstance(field, Line) and not field.closed and self._typing.name != field.name:
            self._typing.open(field, field.value)

    def put_away(self) -> None:
        """Type no more; the value is what was taken last."""
        self._typing.put_away()

    def on_focus(self) -> None:
        """What is being typed gets the keys."""
        self._typing.take_keys()

    def on_text_area_changed(self) -> None:
        """Take what was typed for the value, as far as it is one."""
        field = self.field
        if field is not None and field.name == self._typing.name:
            self._set(self._at, self._typing.value(field))
            self.lay()

    def on_editor_refused(self, event: Editor.Refused) -> None:
        """Say beside the text why not all of it was taken."""
        event.stop()
        self._typing.refused = event.reason
        self.lay()

    def _set(self, at: int, value: Value) -> None:
        before = self.fields[at]
        self.fields[at] = holding(before, value)
        if self.fields[at] != before:
            self.post_message(self.Changed(before.name, value))

    # --- keys ---

    async def on_key(self, event: events.Key) -> None:
        """Digits and letters pick or are typed; what else there is, is bound to something."""
        sign = event.character if event.is_printable else None
        if self.field is None or not sign:
            return
        taken = not self.field.closed and self._takes(self.field, sign)
        if taken or (self.has_texts and sign != " "):
            event.stop()
            event.prevent_default()
            self.lay()

    def _takes(self, field: Field, sign: str) -> bool:
        """Whether a sign picked something, or is typed from here on."""
        if isinstance(field, Number) and sign in DIGITS:
            self._typing.open(field, sign)
            return True
        if isinstance(field, Line):  # a key that came before the editor had them
            self._typing.type(sign)
            return True
        if not isinstance(field, Choice):
            return False
        option = field.by_sign(sign, by_name=self.has_texts)
        self._typing.refused = ""
        if option is not None:
            self._set(self._at, option.id)
            if field.at_once:
                self.post_message(self.Done())
        elif field.numbered and sign.isdecimal():
            self._typing.refused = field.unknown
        return option is not None or bool(self._typing.refused)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """What the field in focus has no use for is left to the page."""
        field = self.field
        if action == "done":
            return self.has_texts
        if action == "change":
            listed = isinstance(field, Choice) and field.shape is Shape.LISTED
            return isinstance(field, Number | Many | Choice) and not listed
        if action == "choose":
            return isinstance(field, Many) or (self.has_texts and isinstance(field, Choice))
        return super().check_action(action, parameters)

    def action_enter(self) -> None:
        """On to the next field of a form with texts, and at the last one carry it out."""
        if self.has_texts and self._at < len(self.fields) - 1:
            self.action_go(1)
        else:
            self.action_done()

    def action_done(self) -> None:
        """Carry it out from wherever one is."""
        if not self._holds_back:
            self.post_message(self.Done())

    @property
    def _holds_back(self) -> bool:
        """Whether a number is being typed that is none: it stays where it is, with the reason."""
        return bool(self._typing.name and self._typing.refused) and isinstance(self.field, Number)

    def action_go(self, by: int) -> None:
        """To another field; in a list of options first to another one of them."""
        field = self._listed
        if field is None:
            self._to((self._at + by) % max(len(self.fields), 1))
            return
        at = field.at + by if field.at >= 0 else min(by, 0)
        at = at % len(field.options) if len(self.fields) == 1 else at
        if 0 <= at < len(field.options):
            self._to_option(field, at)
        else:
            self._to((self._at + by) % len(self.fields))

    def action_edge(self, end: int) -> None:
        """To the first or the last field, or option of a list."""
        if self._listed is not None:
            self._to_option(self._listed, len(self._listed.options) - 1 if end else 0)
        else:
            self._to(len(self.fields) - 1 if end else 0)

    def action_page(self, by: int) -> None:
        """As many fields on or back as are in sight, or options of a list."""
        listed = self._listed
        seen = {row.hits if listed else at for at, row in self._laid.rows}
        far = by * max(len(seen) - 1, 1)
        if listed is not None:
            self._to_option(listed, max(min(listed.at + far, len(listed.options) - 1), 0))
        else:
            self._to(max(min(self._at + far, len(self.fields) - 1), 0))

    @property
    def _listed(self) -> Choice | None:
        """The field in focus where its options have rows of their own to go through."""
        field = self.field
        listed = isinstance(field, Choice) and field.shape is Shape.LISTED and not field.closed
        return field if listed and isinstance(field, Choice) and field.options else None

    def _to_option(self, field: Choice, at: int) -> None:
        self._typing.refused = ""
        self._set(self._at, field.options[at].id)
        self.lay()

    def _to(self, at: int) -> None:
        if not self.fields or self._holds_back:
            return
        left = self.fields[self._at].name
        if at != self._at:
            self.put_away()
        self._at, self._inner, self._typing.refused = at, 0, ""
        self._open_text()
        self.lay()
        self.post_message(self.Moved(left))

    def action_change(self, by: int) -> None:
        """A step more or less, the next option, or the mark among several."""
        if self.field is not None and not self.field.closed:
            self.put_away()
            self._step(self._at, by)
            self.lay()

    def _step(self, at: int, by: int) -> None:
        field, self._typing.refused = self.fields[at], ""
        match field:
            case Number():
                value = field.value + by * field.step
                if field.least <= value <= field.most:
                    self._set(at, value)
                else:
                    self._typing.refused = field.beyond
            case Many() if field.options:
                self._inner = (self._inner + by) % len(field.options)
            case Choice() if field.options:
                place = field.at + by
                place = place % len(field.options) if field.shape is Shape.FOLDED else place
                if 0 <= place < len(field.options):
                    self._set(at, field.options[place].id)
                else:
                    last = field.options[field.at].label
                    self._typing.refused = _("There is nothing beyond '{option}'.", option=last)

    def action_choose(self) -> None:
        """Choose what is marked, or choose it no more."""
        field = self.field
        if isinstance(field, Choice):
            self.action_change(1)
        elif isinstance(field, Many) and field.options and not field.closed:
            self._set(self._at, field.toggled(field.options[self._inner].id))
            self.lay()

    # --- the mouse ---

    def clicked(self, row: int, column: int) -> None:
        """Put the field in focus that was clicked; pick the option, or the place to type at."""
        y = row - len(self._head)
        if not 0 <= y < len(self._laid.rows) or self._holds_back:
            return
        self.focus()
        at, shown = self._laid.rows[y]
        hit = next((hit for hit in shown.hits if hit.first <= column < hit.last), None)
        self._to(at)
        field = self.fields[at]
        if isinstance(field, Line):
            place = Offset(max(column - self.label, 0), max(y - self._laid.focus, 0))
            self._typing.put_cursor(place)
        elif hit is not None and not field.closed:
            self._pick(at, field, hit.option)
        self.lay()

    def _pick(self, at: int, field: Field, option: str) -> None:
        match field:
            case Deed():
                self.post_message(self.Done())
            case Choice():
                self._set(at, option)
                if field.at_once and field.value == option:
                    self.post_message(self.Done())
            case Many():
                self._inner = [part.id for part in field.options].index(option)
                self._set(at, field.toggled(option))

    def scrolled(self, by: int) -> None:
        """The wheel moves the focus."""
        self.action_go(by)
