"""One rating: the letters with the doctrine's words beside them, then what it rests on."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import ClassVar

from rich.text import Text

from ttx.i18n import N_, _
from ttx.session.notebook_events import RATINGS
from ttx.session.side_commands import Rate, Settle
from ttx.session.view.evaluation import UNSEEN, ObjectiveView, evaluation, means, unsupported
from ttx.session.view.notebook_text import RATED
from ttx.tui import paint
from ttx.tui.parts.fields import Choice, Field, Option, Shape
from ttx.tui.parts.layout import Cell, boxes, column
from ttx.tui.region import Box
from ttx.tui.screens.form import FormPage

LETTER = "letter"
"""The field."""


class RatingScreen(FormPage):
    """Where an evaluator rates an objective, or the lead evaluator settles its rating."""

    survives_phase_change: ClassVar[bool] = True
    name_of_page: ClassVar[str] = N_("rating")
    asks_before_leaving: ClassVar[bool] = False

    def __init__(self, objective: str, *, settles: bool) -> None:
        """For the objective of that id."""
        super().__init__()
        self.objective, self.settles = objective, settles

    @property
    def letter(self) -> str:
        """The letter that is marked; empty for none yet."""
        return self.values.get(LETTER, "")

    @property
    def view(self) -> ObjectiveView | None:
        """The objective as this seat sees it."""
        view = self.kept("view", lambda: evaluation(self.eye))
        objectives = view.objectives if view is not None else ()
        return next((part for part in objectives if part.id == self.objective), None)

    def foot(self) -> Sequence[tuple[str, str]]:
        """A digit or the letter itself; the letter n writes a note as everywhere."""
        return [("1-5", _("choose")), ("give-up", _("give up"))]

    def plan(self) -> dict[str, Box]:
        """The objective with what there is, and the letters."""
        air, head = self.by_size(0, 1), Cell("head", self.by_size(6, 10))
        return boxes(column(air, head, air, Cell("rows")), self.body)

    def head(self, width: int) -> list[Text]:
        """The objective, and what it was given."""
        view, ink = self.view, self.ink
        if view is None:
            return []
        does = _("SETTLE IN THE OPEN") if self.settles else _("RATE, APART FROM THE OTHERS")
        seen, exercised = len(view.observations), len(view.exercised)
        note = _("observations: {seen}   injects: {exercised}", seen=seen, exercised=exercised)
        rows = self.headed(paint.label(width, does, ink, note))
        rows += paint.block(width, view.text, f"bold {ink.strong}")
        tone = ink.heat if view.differ else ink.text
        for rating in view.ratings:
            words = f"{rating.by}: {rating.letter}, {rating.words}; {rating.why}"
            rows += paint.block(width, words, tone)
        return rows

    def declared(self) -> Sequence[Field]:
        """The letters, the one that was given in brackets."""
        view = self.view
        given = view and (view.final if self.settles else view.own)
        options = []
        for letter in RATINGS:
            label = f"[{letter}]" if given and given.letter == letter else f" {letter} "
            key = "" if letter == UNSEEN else letter.lower()  # n writes a note
            options.append(Option(letter, label, means(letter), key=key))
        return [
            Choice(
                name=LETTER,
                options=tuple(options),
                value=self.letter,
                shape=Shape.LISTED,
                air=self.by_size(small=False, middle=True),
                prose=True,
                at_once=True,
            )
        ]

    def carry_out(self) -> None:
        """Ask once where nothing seen speaks for it; then write what it rests on."""
        doubt = unsupported(self.view, self.letter) if self.view is not None else ""
        if doubt:
            self.confirm(doubt, _("Rate"), self._ask_why)
        elif self.letter:
            self._ask_why()

    def _ask_why(self) -> None:
        what = _("{letter}: what does it rest on?", letter=self.letter)
        self.prompt_text(what, partial(self._rate, self.letter))

    def _rate(self, letter: str, words: str) -> bool:
        done = self.request((Settle if self.settles else Rate)(self.objective, letter, words))
        if done:
            self.call_later(self._given, letter)
        return done

    def _given(self, letter: str) -> None:
        self.leave()
        given = _("Rated: {letter}, {words}.", letter=letter, words=_(RATED[letter]))
        if self.settles:
            given = _(
                "Settled, for everybody to see: {letter}, {words}.",
                letter=letter,
                words=_(RATED[letter]),
            )
        self.shell.say_on_top(given)
