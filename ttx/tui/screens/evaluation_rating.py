"""One rating: the letters with the doctrine's words beside them, then what it rests on."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from rich.text import Text

from ttx.i18n import N_, _
from ttx.session.notebook_events import RATINGS
from ttx.session.side_commands import Rate, Settle
from ttx.session.view.entry_text import RATED
from ttx.session.view.evaluation import (
    UNSEEN,
    ObjectiveView,
    evaluation,
    means,
    unsupported,
)
from ttx.tui import paint
from ttx.tui.page import SMALL
from ttx.tui.parts.fields import Choice, Field, Option, Shape, Value
from ttx.tui.region import Box
from ttx.tui.screens.form import FormPage


class RatingScreen(FormPage):
    """Where an evaluator rates an objective, or the lead evaluator settles its rating."""

    survives_phase_change: ClassVar[bool] = True
    REGIONS: ClassVar[tuple[str, ...]] = ("head", "rows")
    name_of_page: ClassVar[str] = N_("rating")

    def __init__(self, objective: str, *, settles: bool) -> None:
        """For the objective of that id."""
        super().__init__()
        self.objective, self.settles = objective, settles
        self.letter = ""

    @property
    def view(self) -> ObjectiveView | None:
        """The objective as this seat sees it."""
        view = self.kept("view", lambda: evaluation(self.eye))
        objectives = view.objectives if view is not None else ()
        return next((part for part in objectives if part.id == self.objective), None)

    @property
    def unsent(self) -> bool:
        """A letter that is marked is nothing to lose."""
        return False

    def foot(self) -> Sequence[tuple[str, str]]:
        """A digit or the letter itself; the letter n writes a note as everywhere."""
        return [("1-5", _("choose")), ("give-up", _("give up"))]

    def plan(self) -> dict[str, Box]:
        """The objective with what there is, and the letters."""
        x, y, width, height = self.body
        air = 0 if self.form == SMALL else 1
        tall = 6 if self.form == SMALL else 10
        return {
            "head": Box(x, y + air, width, tall),
            "rows": Box(x, y + tall + 2 * air, width, height - tall - 2 * air),
        }

    def draw(self) -> None:
        """Fill the regions."""
        view, ink, width = self.view, self.ink, self.places["head"].width
        if view is None:
            return
        does = _("SETTLE IN THE OPEN") if self.settles else _("RATE, APART FROM THE OTHERS")
        seen, exercised = len(view.observations), len(view.exercised)
        note = _("observations: {seen}   injects: {exercised}", seen=seen, exercised=exercised)
        rows = [paint.label(width, does, ink, note)]
        if self.form != SMALL:
            rows.append(paint.rule(width, ink, self.glyphs))
        rows += self._paragraph(view.text, width, f"bold {ink.strong}")
        for rating in view.ratings:
            words = f"{rating.by}: {rating.letter}, {rating.words}; {rating.why}"
            rows += self._paragraph(words, width, ink.heat if view.differ else ink.text)
        self.put("head", rows[: self.places["head"].height])
        self.fields.show(self.declared())

    def _paragraph(self, words: str, width: int, style: str) -> list[Text]:
        parts = paint.broken(words, min(width, 110))
        return [paint.line(width, [(part, style)]) for part in parts]

    def declared(self) -> Sequence[Field]:
        """The letters, the one that was given in brackets."""
        view = self.view
        given = view and (view.final if self.settles else view.own)
        options = []
        for letter in RATINGS:
            label = f"[{letter}]" if given and given.letter == letter else f" {letter} "
            key = "" if letter == UNSEEN else letter.lower()  # n writes a note
            options.append(Option(letter, label, means(letter), key=key))
        choice = Choice(
            name="letter",
            options=tuple(options),
            value=self.letter,
            shape=Shape.LISTED,
            air=self.form != SMALL,
            prose=True,
            at_once=True,
        )
        return [choice]

    def take(self, field: str, value: Value) -> None:
        """Mark a letter."""
        self.letter = str(value)

    def carry_out(self) -> None:
        """Ask once where nothing seen speaks for it; then write what it rests on."""
        if self.view is None or not self.letter:
            return
        doubt = unsupported(self.view, self.letter)
        if doubt:
            self.confirm(doubt, _("Rate"), self._ask_why)
        else:
            self._ask_why()

    def _ask_why(self) -> None:
        letter = self.letter

        def rate(words: str) -> bool:
            done = self.request((Settle if self.settles else Rate)(self.objective, letter, words))
            if done:
                self.call_later(self._given, letter)
            return done

        self.prompt_text(_("{letter}: what does it rest on?", letter=letter), rate)

    def _given(self, letter: str) -> None:
        self.leave()
        verb = _("Settled, for everybody to see") if self.settles else _("Rated")
        self.shell.say_on_top(f"{verb}: {letter}, {RATED[letter]}.")
