"""The feedback form of a seat, filled in at the hot wash; and what all forms come to."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import ClassVar

from rich.text import Text

from ttx.exercise.feedback import NOT_SEEN, SCALE
from ttx.i18n import N_, _
from ttx.report.document import Part
from ttx.report.feedback import feedback
from ttx.session.feedback import HandIn
from ttx.session.view import feedback as views
from ttx.tui import paint, routes
from ttx.tui.parts.fields import Choice, Deed, Field, Line, Option, Shape
from ttx.tui.parts.layout import Cell, boxes, column, row
from ttx.tui.region import Box
from ttx.tui.screens.form import FormPage
from ttx.tui.screens.run import RunPage
from ttx.tui.screens.sheet import Sheet, sheet_of

LABELS = (32, 62, 62)
"""Cells of a statement, by size."""
MARK, WORDS = "mark:", "words:"
"""In front of the id of a statement, and of a question."""


class FeedbackForm(FormPage):
    """Statements to mark and questions to answer.

    What is typed lies with the seat until it is handed in: neither a refusal nor leaving the page
    nor a dropped connection loses it. Handed in, it can be filled in again as long as it is open.
    """

    REGIONS: ClassVar[tuple[str, ...]] = ("head", "rows", "about")
    name_of_page: ClassVar[str] = N_("feedback form")
    gone: str = N_("The feedback form is closed; what was handed in stands. {key} goes back.")
    asks_before_leaving: ClassVar[bool] = False
    survives_phase_change: ClassVar[bool] = True

    def __init__(self, handed_in: Callable[[], object]) -> None:
        """An empty form; `handed_in` is called once it is in the record."""
        super().__init__()
        self._handed_in = handed_in

    @property
    def filled(self) -> views.FormView | None:
        """The form as it stands in the record."""
        return self.kept("feedback", lambda: views.form(self.eye))

    @property
    def alive(self) -> bool:
        """Whether it can be handed in."""
        return self.filled is not None and self.filled.open

    def begin(self) -> None:
        """Go on with what lies with the seat."""
        self.values = self.context.state.feedback
        self.touched = {*self.values}

    def left(self) -> Sequence[Field]:
        """All fields: what lies with the seat may be of before the page was opened."""
        return self.declared() or super().left()

    @property
    def gone_words(self) -> str:
        """That it is closed; or that play goes on, where ENDEX was taken back."""
        if self.filled is None:
            key = self.key("give-up")
            return _("Play goes on. What you set waits for the hot wash; {key} goes back.", key=key)
        return super().gone_words

    def _now(self) -> dict[str, str]:
        """What stands in each field: what was set here, else what the seat has handed in."""
        view = self.filled
        if view is None:
            return dict(self.values)
        given = {f"{MARK}{name}": str(mark) for name, mark in view.marks.items()}
        given |= {f"{WORDS}{name}": said for name, said in view.answers.items()}
        return given | self.values

    def foot(self) -> Sequence[tuple[str, str]]:
        """Digits mark; letters are text."""
        keys, field = [("next-field", _("next"))], self.fields.field
        if isinstance(field, Choice):
            keys.append(("1-6", _("mark")))
        return [*keys, ("carry-out-all", _("hand it in")), ("give-up", _("close, kept"))]

    def plan(self) -> dict[str, Box]:
        """What becomes of the form above, the fields, and the question in focus below them."""
        self.label = self.by_size(*LABELS)
        whole = column(
            Cell("head", 6),
            Cell("rows"),
            1,
            Cell("about", 2),
            size=min(self.body.width, 120),
        )
        return boxes(row(whole), self.body)

    def head(self, width: int) -> Sequence[Text]:
        """What is kept of it, and by whom it is read."""
        ink = self.ink
        note = _("1 I disagree entirely, 5 I agree entirely")
        label = paint.label(width, _("FEEDBACK FORM"), ink, note)
        rows = [label, paint.rule(width, ink, self.glyphs)]
        words = views.kept()
        if self.filled is not None and self.filled.closes and self.context.hosted:
            key = routes.key("hotwash", "close-form", self.host.rebound)
            closes = _("On the hot wash {key} closes the form for all.", key=key)
            words = f"{words} {closes}"
        return [*rows, *paint.block(width, words, ink.muted, 130, most=4)]

    def draw_others(self) -> None:
        """The question in focus, whole."""
        field, width = self.fields.field, self.places["about"].width
        about = field.about if field is not None else ""
        self.put("about", paint.block(width, about, self.ink.text, 130, most=2))

    def declared(self) -> Sequence[Field]:
        """The statements, the questions and the button."""
        view = self.filled
        if view is None:
            return ()
        marks = tuple(Option(str(mark), "") for mark in SCALE)
        marks += (Option(str(NOT_SEEN), _("not seen")),)
        unknown, now = _("A mark is 1 to 5; 6 is for not seen."), self._now()
        fields: list[Field] = [
            Choice(
                name=f"{MARK}{part.id}",
                label=_("We could work on this: {text}", text=part.text)
                if part.objective
                else part.text,
                options=marks,
                value=now.get(f"{MARK}{part.id}", ""),
                shape=Shape.INLINE,
                unknown=unknown,
            )
            for part in view.statements
        ]
        fields += [
            Line(
                name=f"{WORDS}{part.id}",
                label=part.name or part.ask,
                about=part.ask,
                empty=_("in your own words"),
                value=now.get(f"{WORDS}{part.id}", ""),
            )
            for part in view.questions
        ]
        again = _("Hand it in again") if view.entry else _("Hand it in")
        return [*fields, Deed(name="hand in", label=again)]

    def carry_out(self) -> None:
        """Hand it in; one that is not whole after a question."""
        marks = {
            name.removeprefix(MARK): int(value)
            for name, value in self._now().items()
            if name.startswith(MARK) and value
        }
        answers = {
            name.removeprefix(WORDS): value
            for name, value in self._now().items()
            if name.startswith(WORDS) and value.strip()
        }
        view = self.filled
        asks = views.left_open(view, marks, answers) if view is not None else ""
        hand_in = partial(self._hand_in, HandIn(marks, answers))
        if asks and (marks or answers):
            self.confirm(asks, _("Hand it in"), hand_in)
        else:
            hand_in()

    def _hand_in(self, command: HandIn) -> None:
        if self.request(command):
            self.values.clear()
            self.leave()
            self.call_later(self._handed_in)


def results_sheet(of: RunPage) -> Sheet:
    """What all forms come to, as it stands whenever it is painted."""

    def parts() -> Iterator[Part]:
        found = views.results(of.eye)
        if found is not None:
            yield from feedback(found)

    return sheet_of(_("Feedback"), parts, _("of all forms, without their authors"))
