"""The form of a page: declared fields, one of them in focus, a place to type where that is text.

It is a list of painted rows. Only the field in focus has a widget of its own, and only where
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
from ttx.tui.parts.editor import Editor
from ttx.tui.parts.fields import Choice, Deed, Field, Line, Many, Number, Shape, Value, holding
from ttx.tui.parts.form_rows import MARK, Drawn, Look, drawn
from ttx.tui.parts.form_typing import DIGITS, Typing
from ttx.tui.parts.list import ListRegion
from ttx.tui.region import Box
from ttx.tui.theme import glyphs

Stop = tuple[str, str]
"""An item of a form: a field, or an option of it where each of them has rows of its own."""


FOLDS = (Shape.FOLDED, Shape.UNFOLDED)
"""Shapes that go from the last option to the first."""


class Form(ListRegion[Stop]):
    """Fields one under the other.

    The page declares them anew with `declare` whenever something has changed, by the values it
    keeps; the field in focus and what is being typed stay. Where a form has texts to type, every
    letter and every sign is text, or picks an option; elsewhere letters are left to the page.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "enter", "carry out", id="carry-out", tooltip="Carry it out, or go on"),
        Binding("ctrl+j", "done", "carry out", id="carry-out-all", tooltip="Carry it out"),
        Binding("tab", "step(1)", "next field", id="next-field", tooltip="Next field"),
        Binding("shift+tab", "step(-1)", "field before", id="field-before", tooltip="Field before"),
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
        super().__init__(name)
        self.fields: list[Field] = []
        self.label = MARK
        """Cells of mark and label."""
        self._inner = 0
        self._typing = Typing(self)

    # --- what it holds ---

    @property
    def field(self) -> Field | None:
        """The field in focus."""
        return self.fields[self._place(self.marked[0])] if self.marked is not None else None

    @property
    def has_texts(self) -> bool:
        """Whether there are texts to type, so that letters are no keys."""
        return any(isinstance(field, Line) for field in self.fields)

    @property
    def _holds_back(self) -> bool:
        """Whether a number is being typed that is none: it stays where it is, with the reason."""
        return bool(self._typing.name and self._typing.refused) and isinstance(self.field, Number)

    def _place(self, name: str) -> int:
        return next(n for n, field in enumerate(self.fields) if field.name == name)

    def declare(self, fields: Sequence[Field], head: Sequence[Text] = ()) -> None:
        """The fields as they are now, under rows that stay in sight.

        Focus stays where it was, as far as that is still there.
        """
        self.fields, self._head, kept = [*fields], head, self.marked
        self.take([stop for field in fields for stop in _stops(field)])
        names = [name for name, _option in self.keys]
        if kept is not None and kept not in self.keys and kept[0] in names:
            self.at = names.index(kept[0])
        self._mark_chosen()
        if self._typing.name and (self.field is None or self._typing.name != self.field.name):
            self.put_away()
        self._open_text()
        self.lay()

    def _mark_chosen(self) -> None:
        """Where options have rows of their own, the mark is on the chosen one."""
        if isinstance(self.field, Choice):
            self.mark((self.field.name, self.field.value))

    def focus_on(self, name: str) -> None:
        """Put a field in focus."""
        if self.keys[self.at][0] != name and not self._holds_back:
            left = self.keys[self.at][0]
            self.put_away()
            self.at = [stop[0] for stop in self.keys].index(name)
            self._inner = 0
            self._mark_chosen()
            self._open_text()
            self.post_message(self.Moved(left))
        self.lay()

    def step(self, name: str, by: int) -> None:
        """Change a field by a step, whether or not it is in focus."""
        self._step(self._place(name), by)
        self.lay()

    # --- what is shown ---

    def lay(self) -> None:
        """Paint the rows round the field in focus, and put the editor in its place."""
        if self.box is None:
            return
        ink = self.ink
        for width in (self.box.width, self.box.width - 2):  # the bar takes two cells
            look = Look(self.called, width, self.label, ink, glyphs(), self._typing.cells)
            fields = [self._drawn(n, look) for n in range(len(self.fields))]
            items = [rows for field in fields for rows in field.stops]
            if sum(map(len, items)) <= self.room:
                break
        made = dict(zip(self.keys, items, strict=True))
        self.show_items(lambda stop, _marked: made[stop], self._head)
        if self.field is not None:
            first = self._rows_of.index(self.at)
            if len(items[self.at]) > self.room:
                sight = fields[self._place(self.field.name)].sight
                self.top = first + max(sight - self.room + 1, 0)
                self._paint()
            self._typing.place(self.field, look, len(self._head) + first - self.top)
        self._typing.take_keys()

    def _drawn(self, n: int, look: Look) -> Drawn:
        field, typing = self.fields[n], self._typing
        if self.marked is None or field.name != self.marked[0]:
            return drawn(field, n, look)
        if typing.refused:
            field = replace(field, mistakes=(*field.mistakes, typing.refused))
        return drawn(field, n, look, marked=True, inner=self._inner, typed=typing.rows(look))

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
        """A text in focus is typed at once."""
        field = self.field
        if isinstance(field, Line) and self._typing.name != field.name:
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
            self._set(field, self._typing.value(field))
            self.lay()

    def on_editor_refused(self, event: Editor.Refused) -> None:
        """Say beside the text why not all of it was taken."""
        event.stop()
        self._typing.refused = event.reason
        self.lay()

    def _set(self, field: Field, value: Value) -> None:
        changed = holding(field, value)
        if changed != field:
            self.fields[self._place(field.name)] = changed
            self.post_message(self.Changed(field.name, value))

    # --- keys ---

    async def on_key(self, event: events.Key) -> None:
        """Digits and letters pick or are typed; what else there is, is bound to something."""
        sign = event.character if event.is_printable else None
        if self.field is not None and sign:
            taken = self._takes(self.field, sign)
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
            self._pick(field, option.id, at_once=field.at_once)
        elif field.numbered and sign.isdecimal():
            self._typing.refused = field.unknown
        return option is not None or bool(self._typing.refused)

    def _pick(self, field: Choice, option: str, *, at_once: bool) -> None:
        self._set(field, option)
        self._mark_chosen()
        if at_once:
            self.post_message(self.Done())

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
        if self.has_texts and self.at < len(self.keys) - 1:
            self.action_step(1)
        else:
            self.action_done()

    def action_done(self) -> None:
        """Carry it out from wherever one is."""
        if not self._holds_back:
            self.post_message(self.Done())

    def action_step(self, by: int) -> None:
        """To another field, or option of a list; to the first or last where none is chosen yet."""
        field = self.field
        none_yet = isinstance(field, Choice) and self.marked != (field.name, field.value)
        super().action_step(min(by, 0) if none_yet and self.marked and self.marked[1] else by)

    def scrolled(self, by: int) -> None:
        """The wheel does as the keys do."""
        self.action_step(by)

    def _move(self, at: int) -> None:
        if not self.keys or self._holds_back:
            return
        name, option = self.keys[at]
        self._typing.refused = ""
        field = self.field
        if option and isinstance(field, Choice) and field.name == name:
            self._pick(field, option, at_once=False)
        self.focus_on(name)

    def action_change(self, by: int) -> None:
        """A step more or less, the next option, or the mark among several."""
        if self.field is not None:
            self.put_away()
            self.step(self.field.name, by)

    def _step(self, n: int, by: int) -> None:
        field, self._typing.refused = self.fields[n], ""
        match field:
            case Number():
                value = field.value + by * field.step
                if field.least <= value <= field.most:
                    self._set(field, value)
                else:
                    self._typing.refused = field.beyond
            case Many() if field.options:
                self._inner = (self._inner + by) % len(field.options)
            case Choice() if field.options:
                place = field.at + by
                place = place % len(field.options) if field.shape in FOLDS else place
                if 0 <= place < len(field.options):
                    self._set(field, field.options[place].id)
                else:
                    last = field.options[field.at].label
                    self._typing.refused = _("There is nothing beyond '{option}'.", option=last)

    def action_choose(self) -> None:
        """Choose what is marked, or choose it no more."""
        field = self.field
        if isinstance(field, Choice):
            self.action_change(1)
        elif isinstance(field, Many) and field.options:
            self._set(field, field.toggled(field.options[self._inner].id))
            self.lay()

    # --- the mouse ---

    def clicked(self, row: int, column: int) -> None:
        """Put the field in focus that was clicked, and the cursor at that place of a text."""
        at = self.item_at(row, column)
        if at is None:
            return
        down = row - len(self._head) + self.top - self._rows_of.index(at)
        self.focus()
        self.focus_on(self.keys[at][0])
        if isinstance(self.field, Line):
            self._typing.put_cursor(Offset(max(column - self.label, 0), down))

    def action_pick(self, n: int, at: int) -> None:
        """Pick an option that was clicked; what is taken at once, is with a second click."""
        if self._holds_back:
            return
        field, self._typing.refused = self.fields[n], ""
        self.focus()
        self.focus_on(field.name)
        match field:
            case Deed():
                self.post_message(self.Done())
            case Choice():
                option = field.options[at].id
                self._pick(field, option, at_once=field.at_once and field.value == option)
            case Many():
                self._inner = at
                self._set(field, field.toggled(field.options[at].id))
        self.lay()


def _stops(field: Field) -> list[Stop]:
    if isinstance(field, Choice) and field.shape is Shape.LISTED and field.options:
        return [(field.name, option.id) for option in field.options]
    return [(field.name, "")]
