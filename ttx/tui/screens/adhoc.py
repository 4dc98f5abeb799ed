"""An inject written on the spot: a form over the Control screen, checked as it is typed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import ClassVar

from rich.text import Text

from ttx.i18n import N_, _, ngettext
from ttx.session.control_commands import Improvise
from ttx.tui import paint
from ttx.tui.adhoc_form import asked, checked, part_of, while_typed
from ttx.tui.parts.fields import Field, Value
from ttx.tui.parts.form import Form
from ttx.tui.parts.layout import Cell, boxes, column, row
from ttx.tui.region import Box
from ttx.tui.screens.form import FormPage

LABEL = 14


class AdHocScreen(FormPage):
    """Fields one under the other; every key is text, but for those that move.

    What is typed lies on the desk until the inject is on the list: neither a refusal nor leaving
    the page nor a dropped connection loses it.
    """

    REGIONS: ClassVar[tuple[str, ...]] = ("head", "rows", "about")
    name_of_page: ClassVar[str] = N_("ad-hoc inject")
    asks_before_leaving: ClassVar[bool] = False
    survives_phase_change: ClassVar[bool] = True
    """A phase that goes on does not close it."""

    def __init__(self, added: Callable[[str], None]) -> None:
        """`added` is told the inject's id once it is on the list."""
        super().__init__(LABEL)
        self._added = added
        self._left: set[str] = set()
        """Fields that were left once; only those are told that they are empty."""
        self._wrong: dict[str, tuple[str, ...]] = {}

    @property
    def turn(self) -> int:
        """The turn under way; the first one before it opens."""
        return max(len(self.game.turns), 1)

    def begin(self) -> None:
        """Go on with what lies on the desk."""
        self.values = self.context.state.typed

    def foot(self) -> Sequence[tuple[str, str]]:
        """Keys that are no text."""
        keys = [("next-field", _("next field")), ("carry-out-all", _("add it"))]
        return [*keys, ("give-up", _("close, kept"))]

    def plan(self) -> dict[str, Box]:
        """A head and the fields, with what is known of the marked one below them."""
        form = column(
            Cell("head", 2), Cell("rows"), Cell("about", 2), size=min(self.body.width, 120)
        )
        return boxes(row(form), self.body)

    def head(self, width: int) -> Sequence[Text]:
        """How much is to be mended."""
        count = sum(len(sentences) for sentences in self._wrong.values())
        note = ngettext("{count} to mend", "{count} to mend", count)
        label = paint.label(
            width, _("AD-HOC INJECT"), self.ink, note if count else _("checked as you type")
        )
        return [label, paint.rule(width, self.ink, self.glyphs)]

    def draw_others(self) -> None:
        """What belongs in the field in focus."""
        field = self.fields.field
        about = field.about if field is not None else ""
        self.put("about", paint.block(self.places["about"].width, about, self.ink.muted, 120))

    def declared(self) -> Sequence[Field]:
        """The fields with what is wrong in them."""
        return [
            replace(part.field, mistakes=self._wrong.get(part.field.name, ()))
            for part in asked(self.game.run.exercise, self.values, self.language)
        ]

    def take(self, field: str, value: Value) -> None:
        """Keep it; its own mistakes show at once, the rest when it is left."""
        super().take(field, value)
        exercise = self.game.run.exercise
        for part in asked(exercise, self.values, self.language):
            if part.field.name == field:
                wrong = while_typed(exercise, part, self.values)
                if wrong and field in self._left:
                    self._wrong[field] = wrong
                else:
                    self._wrong.pop(field, None)

    def on_form_moved(self, event: Form.Moved) -> None:
        """What was left is checked, and with it the whole."""
        self._left.add(event.left)
        _toml, wrong = checked(self.game.run.exercise, self.values, self.language, self.turn)
        self._wrong = {name: faults for name, faults in wrong.items() if name in self._left}
        self.paint()

    def carry_out(self) -> None:
        """Put the inject on the list, where it stands as ready; or say what is to be mended."""
        exercise = self.game.run.exercise
        names = [field.name for field in self.fields.fields]
        self._left = set(names)
        toml, self._wrong = checked(exercise, self.values, self.language, self.turn)
        if self._wrong:
            first = next((name for name in names if name in self._wrong), "")
            if first:
                self.fields.focus_on(first)
            mend = _("Mend what stands under the fields.")
            self.show_notice(" ".join(self._wrong.get("", ())) or mend)
        elif self.request(Improvise(toml, part_of(self.values))):
            self.values.clear()
            self.leave()
            known, now = {*exercise.injects, *exercise.contextuals}, self.game.run.exercise
            listed = (*now.injects, *now.contextuals)
            self._added(next(part for part in listed if part not in known))
