"""One rating: the letters with the doctrine's words beside them, then what it rests on."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from rich.text import Text
from textual.binding import Binding, BindingType

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
from ttx.tui.paint import Seg
from ttx.tui.region import Box, Region
from ttx.tui.screens.play import PlayPage


class RatingScreen(PlayPage):
    """Where an evaluator rates an objective, or the lead evaluator settles its rating."""

    survives_phase_change: ClassVar[bool] = True
    REGIONS: ClassVar[tuple[str, ...]] = ("head", "letters")
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            str(at) if letter == UNSEEN else f"{at},{letter.lower()}",  # n writes a note
            f"choose('{letter}')",
            letter,
            id=f"rate-{letter.lower()}",
            tooltip=RATED[letter].capitalize(),
        )
        for at, letter in enumerate(RATINGS, start=1)
    ]
    name_of_page: ClassVar[str] = "rating"

    def __init__(self, objective: str, *, settles: bool) -> None:
        """For the objective of that id."""
        super().__init__()
        self.objective, self.settles = objective, settles
        self._kept_words = ""
        """What was refused; it is there when a letter is chosen again."""
        self._rows: list[str] = []
        """The letter in each row of the region."""

    @property
    def one(self) -> ObjectiveView | None:
        """The objective as this seat sees it."""
        view = self.kept("view", lambda: evaluation(self.eye))
        found = view.objectives if view is not None else ()
        return next((each for each in found if each.id == self.objective), None)

    def foot(self) -> Sequence[tuple[str, str]]:
        """A digit or the letter itself; the letter n writes a note as everywhere."""
        return [("1-5", "choose"), ("Esc", "give up")]

    def plan(self) -> dict[str, Box]:
        """The objective with what there is, and the letters."""
        x, y, width, height = self.body
        air = 0 if self.form == SMALL else 1
        tall = 6 if self.form == SMALL else 10
        return {
            "head": Box(x, y + air, width, tall),
            "letters": Box(x, y + tall + 2 * air, width, height - tall - 2 * air),
        }

    def draw(self) -> None:
        """Fill the regions."""
        one, ink, width = self.one, self.ink, self.places["head"].width
        if one is None:
            return
        word = "SETTLE IN THE OPEN" if self.settles else "RATE, APART FROM THE OTHERS"
        note = f"observations: {len(one.observations)}   injects: {len(one.exercised)}"
        rows = [paint.label(width, word, ink, note)]
        if self.form != SMALL:
            rows.append(paint.rule(width, ink, self.glyphs))
        rows += self._say(one.text, width, f"bold {ink.strong}")
        for each in one.ratings:
            words = f"{each.by}: {each.letter}, {each.words}; {each.why}"
            rows += self._say(words, width, ink.heat if one.differ else ink.text)
        self.put("head", rows[: self.places["head"].height])
        self.put("letters", self._wordings(one, width))

    def _wordings(self, one: ObjectiveView, width: int) -> list[Text]:
        ink, rows = self.ink, list[Text]()
        self._rows = []
        given = one.final if self.settles else one.own
        for at, letter in enumerate(RATINGS, start=1):
            chosen = given is not None and given.letter == letter
            style = f"bold {ink.cool}" if chosen else ink.text
            head: list[Seg] = [
                (f" {at}  ", f"bold {ink.cool}"),
                (f"{f'[{letter}]' if chosen else f' {letter} '}  ", f"bold {ink.strong}"),
            ]
            told = paint.broken(means(letter), min(width - 9, 100))
            for part in told:
                rows.append(paint.line(width, [*head, (part, style)]))
                head = [(" " * 9, "")]
                self._rows.append(letter)
            if self.form != SMALL:
                rows.append(paint.blank(width))
                self._rows.append(letter)
        return rows

    def _say(self, words: str, width: int, style: str) -> list[Text]:
        told = paint.broken(words, min(width, 110))
        return [paint.line(width, [(part, style)]) for part in told]

    def action_choose(self, letter: str) -> None:
        """Ask once where nothing seen speaks for it; then write what it rests on."""
        one = self.one
        if one is None:
            return
        doubt = unsupported(one, letter)
        if doubt:
            self.confirm(doubt, "Rate", lambda: self._write(letter))
        else:
            self._write(letter)

    def _write(self, letter: str) -> None:
        def done(words: str) -> None:
            kind = Settle if self.settles else Rate
            if self.request(kind(self.objective, letter, words)):
                self.call_later(self._given, letter)
            else:
                self._kept_words = words

        self.prompt_text(f"{letter}: what does it rest on?", done, self._kept_words)

    def _given(self, letter: str) -> None:
        self.shell.back()
        verb = "Settled, for everybody to see" if self.settles else "Rated"
        self.shell.say_on_top(f"{verb}: {letter}, {RATED[letter]}.")

    def on_region_clicked(self, event: Region.Clicked) -> None:
        """A click chooses a letter."""
        if event.region == "letters" and event.row < len(self._rows):
            self.action_choose(self._rows[event.row])
