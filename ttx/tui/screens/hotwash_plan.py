"""The improvement plan: a form that makes a card or an observation a row, and its page."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import ClassVar

from rich.text import Text

from ttx.exercise.model.part import text
from ttx.i18n import N_, _
from ttx.report.document import Entry, Paragraph, Part, Space
from ttx.session.asides import dated
from ttx.session.command import IllegalDecision
from ttx.session.notebook_events import ELEMENTS
from ttx.session.side_commands import Plan
from ttx.session.view import wash
from ttx.tui import paint
from ttx.tui.parts.fields import Choice, Deed, Field, Line, Option, Value
from ttx.tui.parts.form import Form
from ttx.tui.parts.layout import Cell, boxes, column
from ttx.tui.region import Box
from ttx.tui.screens.form import FormPage
from ttx.tui.screens.run import RunPage
from ttx.tui.screens.sheet import Sheet, sheet_of

FIELDS = {
    "capability": (N_("capability"), N_("a digit chooses")),
    "action": (N_("corrective action"), N_("what is done, so that one can see whether it was")),
    "element": (N_("element"), N_("a digit chooses: what the action changes")),
    "owner": (N_("owner"), N_("the office that is responsible, not a name")),
    "contact": (N_("contact"), N_("whom to ask: an office or a function, or nothing")),
    "due": (N_("done by"), N_("a date such as 2026-03-31")),
    "starts": (N_("starts"), N_("a date, or nothing")),
}
"""For each part of a row its label, and what belongs there."""
CHOSEN, DATES = ("capability", "element"), ("due", "starts")
LABEL = 22


class PlanForm(FormPage):
    """A row of the plan while it is being filled; nothing typed is lost by a refusal."""

    gone = N_("What it is planned for was struck, or the run is closed. {key} closes this page.")
    survives_phase_change: ClassVar[bool] = True
    name_of_page: ClassVar[str] = N_("improvement plan")

    def __init__(self, card: int, written: Callable[[int], None], *, observation: int = 0) -> None:
        """The form for a card, or for an observation by its entry, with what is planned for it.

        `written` is told once it is a row.
        """
        super().__init__(LABEL)
        self.card, self.observation, self._written = card, observation, written
        self._wrong: dict[str, str] = {}

    def begin(self) -> None:
        """Begin with what is planned already."""
        book = self.game.notebook
        plan = book.cards[self.card - 1].plan if self.card else book.planned.get(self.observation)
        if plan is not None:
            self.values = {name: getattr(plan, name) for name in FIELDS}

    def foot(self) -> Sequence[tuple[str, str]]:
        """Letters are text, or begin a name."""
        keys, field = [("next-field", _("next field"))], self.fields.field
        if isinstance(field, Choice):
            keys.append((f"1-{min(len(field.options), 9)}", _("choose")))
        return [*keys, ("carry-out-all", _("write it")), ("give-up", _("give up"))]

    def plan(self) -> dict[str, Box]:
        """The card above, the fields below it."""
        air = self.by_size(0, 1)
        return boxes(column(air, Cell("head", 5), air, Cell("rows")), self.body)

    def head(self, width: int) -> Sequence[Text]:
        """What is planned for."""
        title = _("A ROW OF THE PLAN FOR CARD {card}", card=self.card)
        if not self.card:
            title = _("A ROW OF THE PLAN FOR AN OBSERVATION")
        return [
            paint.label(width, title, self.ink),
            paint.rule(width, self.ink, self.glyphs),
            *paint.block(width, self._about(), f"bold {self.ink.strong}", most=3),
        ]

    @property
    def alive(self) -> bool:
        """Whether the card or the observation still stands."""
        struck = bool(self.card) and self.game.notebook.cards[self.card - 1].struck
        return super().alive and bool(self._about()) and not struck

    def _about(self) -> str:
        """What the card or the observation says."""
        book = self.game.notebook
        if self.card:
            return book.cards[self.card - 1].text
        seen = {stamp.n: seen.text for stamp, seen in book.observations}
        return seen.get(self.observation, "")  # its author may have struck it meanwhile

    def declared(self) -> Sequence[Field]:
        """The fields, and the button."""
        return [*map(self._field, FIELDS), Deed(name="write", label=_("Write it into the plan"))]

    def _field(self, name: str) -> Field:
        label, belongs = map(_, FIELDS[name])
        value, wrong = self.values.get(name, ""), self._wrong.get(name, "")
        if name not in CHOSEN:
            mistakes = (wrong,) if wrong else ()
            return Line(name=name, label=label, empty=belongs, value=value, mistakes=mistakes)
        options = tuple(Option(element, _(element)) for element in ELEMENTS)
        if name == "capability":
            parts = self.game.run.exercise.capability
            options = tuple(Option(part.id, text(part.name, self.language)) for part in parts)
        return Choice(name=name, label=label, empty=belongs, value=value, options=options)

    def take(self, field: str, value: Value) -> None:
        """Keep it; what was wrong with it is looked at again when it is left."""
        super().take(field, value)
        self._wrong.pop(field, None)

    def on_form_moved(self, event: Form.Moved) -> None:
        """A date that was left reads as one, or it is said beside it why it does not."""
        if event.left in DATES and self.values.get(event.left):
            try:
                self.values[event.left] = dated(self.values[event.left])
            except IllegalDecision as refusal:
                self._wrong[event.left] = str(refusal)
        self.paint()

    def carry_out(self) -> None:
        """Write the row, or say what is missing."""
        values = {name: self.values.get(name, "").strip() for name in FIELDS}
        missing = [_(FIELDS[name][0]) for name in CHOSEN if not values[name]]
        if missing:
            names = _(" and the ").join(missing)
            self.show_notice(_("Choose the {names} first; a digit does.", names=names))
        elif self.request(self._row(values)):
            self.leave()
            self.call_later(self._written, self.card)

    def _row(self, values: Mapping[str, str]) -> Plan:
        return Plan(
            self.card,
            values["capability"],
            values["action"],
            values["element"],
            values["owner"],
            values["starts"],
            values["due"],
            values["contact"],
            self.observation,
        )


def plan_sheet(of: RunPage) -> Sheet:
    """The improvement plan as a page, as it stands whenever it is painted."""

    def parts() -> Iterator[Part]:
        rows = wash.plan(of.eye)
        for at, row in enumerate(rows, start=1):
            made = row.made
            when = _("by {due}", due=made.due)
            if made.starts:
                when = _("{starts} to {due}", starts=made.starts, due=made.due)
            sort = _("area for improvement") if row.area else _("from the board")
            issue = _("{sort}, card {card}: {issue}", sort=sort, card=row.card, issue=row.issue)
            if not row.card:
                sort = _("area for improvement") if row.area else _("from the evaluation")
                issue = _("{sort}, observed: {issue}", sort=sort, issue=row.issue)
            facts = f"{made.owner}, {when}   {row.capability}, {_(made.element)}"
            if made.contact:
                facts += "   " + _("contact: {contact}", contact=made.contact)
            below = (Paragraph(facts), Paragraph(issue, tone="muted"))
            head = (str(at), made.action)
            yield Entry(head, below, ("bold", "strong"), columns=(2,), hang=3, under=3)
            yield Space()
        if not rows:
            words = _(
                "No row yet. On the board {key} makes the marked card one, in the evaluation an "
                "observation; the facilitator and the evaluators do.",
                key=of.key("plan-row"),
            )
            yield Paragraph(words, tone="muted")

    return sheet_of(_("Improvement plan"), parts, _("by the date by which each action is done"))
