"""A written-in action weighed by the facilitator: which option it is like, and how strongly."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import ClassVar

from rich.text import Text
from textual.binding import Binding, BindingType

from ttx.i18n import N_, _
from ttx.session.control_commands import STRENGTHS, Weigh
from ttx.session.run import RULINGS
from ttx.session.view.weighing import Likeness, WeighView, weigh_view
from ttx.tui import paint
from ttx.tui.paint import Seg
from ttx.tui.parts.fields import Choice, Field, Option, Shape
from ttx.tui.parts.layout import Cell, boxes, column
from ttx.tui.region import Box
from ttx.tui.screens.form import FormPage

EVEN = 2
LIKE, STRENGTH = "like", "strength"
"""The two fields."""


class WeighScreen(FormPage):
    """The action with its reasons for and against, the options, and the five strengths."""

    REGIONS: ClassVar[tuple[str, ...]] = ("head", "action", "rows", "gate")
    gone = N_("Nothing waits to be weighed any more. {key} closes this page.")
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("plus,equals_sign", "strength(1)", "more", id="stronger", tooltip="Stronger"),
        Binding("minus", "strength(-1)", "less", id="weaker", tooltip="Weaker"),
    ]
    name_of_page: ClassVar[str] = N_("weigh")

    def _view(self) -> WeighView | None:
        return self.kept("weigh", lambda: weigh_view(self.eye))

    @property
    def alive(self) -> bool:
        """Whether the action still waits."""
        return self.same_moment and self.context.may(RULINGS) and self._view() is not None

    @property
    def view(self) -> WeighView:
        """The action and what it can be like; while it waits."""
        view = self._view()
        assert view is not None
        return view

    @property
    def marked(self) -> int:
        """The place of the option that it is like."""
        ids, like = [option.id for option in self.view.options], self.values.get(LIKE)
        return ids.index(like) if like in ids else 0

    @property
    def quarters(self) -> int:
        """How strong it is; even, to begin with."""
        return int(self.values.get(STRENGTH, EVEN))

    def foot(self) -> Sequence[tuple[str, str]]:
        """Digits choose the option, + and - the strength."""
        count = len(self.view.options) if self.alive else 0
        like = (f"1-{count}", _("like option"))
        return [("carry-out", _("weigh")), like, ("stronger weaker", _("strength"))]

    # --- what is done ---

    def declared(self) -> Sequence[Field]:
        """The options, and below them the strengths."""
        view, large = self.view, self.by_size(small=False, middle=True)
        options = tuple(
            Option(option.id, option.title, more=self._in_full(option)) for option in view.options
        )
        like = Choice(
            name=LIKE,
            label=_("IT TAKES THE BENEFITS, COSTS AND PROVOCATION OF"),
            options=options,
            value=view.options[self.marked].id,
            shape=Shape.LISTED,
            ruled=large,
            air=large,
            unknown=_("Choose an option from 1 to {count}.", count=len(options)),
        )
        strength = Choice(
            name=STRENGTH,
            lead=((f"{_('strength')} ", f"bold {self.ink.text}"),),
            options=tuple(Option(str(n), f"{word} {n}/4") for n, word in enumerate(view.strengths)),
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
        self.decide(what, partial(Weigh, option.id, self.quarters), _("weighs"))

    # --- what is shown ---

    def plan(self) -> dict[str, Box]:
        """The action above, the form below, and the button last."""
        head, action = self.by_size((1, 7), (3, 12))
        above, gate = (Cell("head", head), Cell("action", action)), Cell("gate", 1)
        form = column(*above, 1, Cell("rows"), 1, gate)
        return boxes(self.by_size(form, column(1, form, 1)), self.body)

    def draw_others(self) -> None:
        """What the cell wrote, and the button."""
        self.put("action", self._action(self.view, self.places["action"]))
        note = _("then why; everybody reads both once the ruling is confirmed")
        self.put_button(_("Weigh"), note)

    def head(self, width: int) -> Sequence[Text]:
        """Who answered what."""
        ink, view = self.ink, self.view
        title = _("{cell} answered {number} in its own words", cell=view.cell, number=view.number)
        right = [(view.title, ink.muted)]
        return self.headed(paint.line(width, [(title, f"bold {ink.strong}")], right))

    def _action(self, view: WeighView, box: Box) -> list[Text]:
        """What the cell wrote, and its reasons, in an equal share of the room each."""
        ink, rows = self.ink, list[Text]()
        parts = [
            (_("action"), view.written, f"bold {ink.strong}"),
            (_("for"), view.pro, ink.text),
            (_("against"), view.contra, ink.text),
        ]
        given = [part for part in parts if part[1]]
        room = max(box.height // max(len(given), 1), 1)
        if not (view.pro or view.contra):
            given.append(("", _("The cell gave no reasons for or against it."), ink.muted))
        for label, sentences, tone in given:
            for at, line in enumerate(paint.fitted(sentences, min(box.width, 110) - 9, room)):
                name = (f"{'' if at else label:<9}", ink.muted)
                rows.append(paint.line(box.width, [name, (line, tone)]))
        return rows
