"""A written-in action weighed by the facilitator: which option it is like, and how strongly."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from rich.text import Text
from textual.binding import Binding, BindingType

from ttx.i18n import N_, _
from ttx.session.control_commands import STRENGTHS, Weigh
from ttx.session.view.weighing import Likeness, WeighView, weigh_view
from ttx.tui import paint
from ttx.tui.page import SMALL
from ttx.tui.paint import Seg
from ttx.tui.parts.fields import Choice, Field, Option, Shape, Value
from ttx.tui.region import Box
from ttx.tui.screens.form import FormPage

EVEN = 2
LIKE, STRENGTH = "like", "strength"
"""The two fields."""


class WeighScreen(FormPage):
    """The action with its reasons for and against, the options, and the five strengths."""

    REGIONS: ClassVar[tuple[str, ...]] = ("head", "action", "rows", "gate")
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("plus,equals_sign", "strength(1)", "more", id="stronger", tooltip="Stronger"),
        Binding("minus", "strength(-1)", "less", id="weaker", tooltip="Weaker"),
    ]
    name_of_page: ClassVar[str] = N_("weigh")

    def __init__(self) -> None:
        """Even, like the first option."""
        super().__init__()
        self.like, self.quarters = "", EVEN

    def _view(self) -> WeighView | None:
        return self.kept("weigh", lambda: weigh_view(self.eye))

    @property
    def alive(self) -> bool:
        """Whether the action still waits."""
        return self.context.facilitates and self._view() is not None

    @property
    def view(self) -> WeighView:
        """The action and what it can be like; while it waits."""
        view = self._view()
        assert view is not None
        return view

    @property
    def marked(self) -> int:
        """The place of the option that it is like."""
        ids = [option.id for option in self.view.options]
        return ids.index(self.like) if self.like in ids else 0

    def foot(self) -> Sequence[tuple[str, str]]:
        """Digits choose the option, + and - the strength."""
        count = len(self.view.options) if self.alive else 0
        like = (f"1-{count}", _("like option"))
        return [("carry-out", _("weigh")), like, ("stronger weaker", _("strength"))]

    # --- what is done ---

    def declared(self) -> Sequence[Field]:
        """The options, and below them the strengths."""
        view, small = self.view, self.form == SMALL
        like = Choice(
            name=LIKE,
            label=_("IT TAKES THE BENEFITS, COSTS AND PROVOCATION OF"),
            options=tuple(
                Option(option.id, option.title, more=self._in_full(option))
                for option in view.options
            ),
            value=view.options[self.marked].id,
            shape=Shape.LISTED,
            ruled=not small,
            air=not small,
            unknown=_("Choose an option from 1 to {count}.", count=len(view.options)),
        )
        strengths = tuple(
            Option(str(at), f"{word} {at}/4") for at, word in enumerate(view.strengths)
        )
        strength = Choice(
            name=STRENGTH,
            lead=((f"{_('strength')} ", f"bold {self.ink.text}"),),
            options=strengths,
            value=str(self.quarters),
            shape=Shape.INLINE,
            numbered=False,
        )
        return [like, strength]

    def _in_full(self, option: Likeness) -> tuple[Seg, ...]:
        changes: list[Seg] = [
            (f"{name} {by}   ", paint.direction_colour(direction, self.ink))
            for name, by, direction in (*option.benefits, *option.costs)
        ]
        return ((_("in full: "), self.ink.muted), *changes)

    def take(self, field: str, value: Value) -> None:
        """Another option, or another strength."""
        if field == LIKE:
            self.like = str(value)
        else:
            self.quarters = int(str(value))

    def action_strength(self, by: int) -> None:
        """A step weaker or stronger, whichever field is in focus."""
        if self.alive:
            self.fields.step(STRENGTH, by)

    def carry_out(self) -> None:
        """Why; then it is weighed, and the model rules with that."""
        option = self.view.options[self.marked]
        what = _(
            "Weigh it {strength}, like {number}: why?",
            strength=STRENGTHS[self.quarters],
            number=self.marked + 1,
        )

        def weigh(reason: str) -> bool:
            return self.ask_and_leave(Weigh(option.id, self.quarters, reason))

        self.because(what, weigh, _("weighs"))

    # --- what is shown ---

    def plan(self) -> dict[str, Box]:
        """The action above, the form below, and the button last."""
        x, y, width, height = self.body
        top, head, above = (y, 1, 7) if self.form == SMALL else (y + 1, 3, 12)
        rows = top + head + above + 1
        gate = y + height - (1 if self.form == SMALL else 2)
        return {
            "head": Box(x, top, width, head),
            "action": Box(x, top + head, width, above),
            "rows": Box(x, rows, width, gate - 1 - rows),
            "gate": Box(x, gate, width, 1),
        }

    def draw(self) -> None:
        """Fill the page."""
        if not self.alive:
            self.gone(_("Nothing waits to be weighed any more. Esc closes this page."))
            return
        ink, view, width = self.ink, self.view, self.places["head"].width
        title = _("{cell} answered {number} in its own words", cell=view.cell, number=view.number)
        head = [paint.line(width, [(title, f"bold {ink.strong}")], [(view.title, ink.muted)])]
        if self.form != SMALL:
            head.append(paint.rule(width, ink, self.glyphs))
        self.put("head", head)
        self.put("action", self._action(view, self.places["action"]))
        self.fields.show(self.declared())
        self.put_button(
            _("Weigh"), _("then why; everybody reads both once the ruling is confirmed")
        )

    def _action(self, view: WeighView, box: Box) -> list[Text]:
        """What the cell wrote, and its reasons, in an equal share of the room each."""
        ink, rows = self.ink, list[Text]()
        parts = (
            (_("action"), view.written, f"bold {ink.strong}"),
            (_("for"), view.pro, ink.text),
            (_("against"), view.contra, ink.text),
        )
        given = [part for part in parts if part[1]]
        room = max(box.height // max(len(given), 1), 1)
        for name, sentences, tone in given:
            lines = paint.broken(sentences, min(box.width, 110) - 9)
            if len(lines) > room:
                rest = paint.cut(" ".join(lines[room - 1 :]), 60, self.glyphs)
                lines = [*lines[: room - 1], rest]
            for at, line in enumerate(lines):
                label = name if not at else ""
                rows.append(paint.line(box.width, [(f"{label:<9}", ink.muted), (line, tone)]))
        if not (view.pro or view.contra):
            none = _("The cell gave no reasons for or against it.")
            rows.append(paint.line(box.width, [(f"{'':<9}{none}", ink.muted)]))
        return rows
