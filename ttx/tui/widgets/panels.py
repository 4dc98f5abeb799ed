"""Panels of one size, a score each, beside and below each other; how to read them comes last."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rich.text import Text

from ttx.session.view.standing import ScoreView
from ttx.tui import paint
from ttx.tui.paint import Seg
from ttx.tui.theme import Glyphs, Ink

ACROSS = 4
"""Panels beside each other."""


def titled(
    score: ScoreView, value: Sequence[Seg], width: int, ink: Ink, signs: Glyphs, does: str = ""
) -> list[Text]:
    """The name of a score and what it comes to, with a word of caution where that has room.

    A click on the name does an action of the page.
    """
    caution = f"  {score.caution}" if score.caution else ""
    fits = sum(len(part) for part, _style in value) + len(caution) <= width
    style = f"bold {ink.strong} @{does}" if does else f"bold {ink.strong}"
    return [
        paint.line(width, [(paint.cut(score.name, width, signs), style)]),
        paint.line(width, [*value, (caution if fits else "", ink.muted)]),
    ]


@dataclass(frozen=True)
class Grid:
    """Places for so many scores in that many cells, `gap` cells between two."""

    count: int
    width: int
    height: int
    gap: int

    @property
    def _lines(self) -> int:
        return max(-(-(self.count + 1) // ACROSS), 2)

    @property
    def size(self) -> tuple[int, int]:
        """Width and height of a panel; an empty row stands below each but the last."""
        wide = (self.width - (ACROSS - 1) * self.gap) // ACROSS
        return wide, (self.height + 1) // self._lines - 1

    def rows(self, panels: Sequence[Sequence[Text]], key: Sequence[Text]) -> list[Text]:
        """All of them as rows, and how to read them in the last place."""
        wide, tall = self.size
        places = [
            (at % ACROSS * (wide + self.gap), at // ACROSS * (tall + 1), wide, tall)
            for at in range(self._lines * ACROSS)
        ]
        made = [*zip(places, panels, strict=False), (places[-1], key)]
        return paint.laid_out(made, self.height)
