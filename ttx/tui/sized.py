"""A screen that knows how large its terminal is, and what it paints with."""

from __future__ import annotations

from typing import Self, TypeVar

from rich.text import Text
from textual.geometry import Region as Area
from textual.strip import Strip

from ttx.tui import paint
from ttx.tui.asking import AskingScreen
from ttx.tui.strips import blank, filtered
from ttx.tui.theme import Glyphs, Ink, glyphs, ink_of

T = TypeVar("T")
SMALL, MIDDLE, LARGE = "small", "middle", "large"
LEAST = (80, 24)


def form_of(width: int, height: int) -> str:
    """Which of the three arrangements a terminal of that size gets."""
    if width >= 180 and height >= 54:
        return LARGE
    return MIDDLE if width >= 120 and height >= 38 else SMALL


class SizedScreen(AskingScreen):
    """One of three arrangements, by the size of the terminal."""

    @property
    def ink(self) -> Ink:
        """The colours of the theme in use."""
        return ink_of(self.app.theme)

    @property
    def glyphs(self) -> Glyphs:
        """The signs this terminal can show."""
        return glyphs()

    @property
    def form(self) -> str:
        """The arrangement for the present size."""
        return form_of(*self.app.size)

    def by_size(self, small: T, middle: T, large: T | None = None) -> T:
        """What belongs to the present size; the middle one also to a large terminal."""
        if self.form == SMALL:
            return small
        return large if self.form == LARGE and large is not None else middle

    def headed(self, row: Text) -> list[Text]:
        """A row that heads others, with a rule beneath it where there is room for that."""
        return [row, *self.by_size([], [paint.rule(row.cell_len, self.ink, self.glyphs)])]

    @property
    def fits(self) -> bool:
        """Whether the terminal is large enough to show anything."""
        return self.app.size.width >= LEAST[0] and self.app.size.height >= LEAST[1]

    @property
    def side(self) -> int:
        """Cells left free at either side."""
        return self.by_size(1, 2, 3)

    # --- the ground ---

    def refresh(
        self, *regions: Area, repaint: bool = True, layout: bool = False, recompose: bool = False
    ) -> Self:
        """Its ground is the same in every arrangement, so only what has moved is painted then."""
        return super().refresh(
            *regions, repaint=repaint and not layout, layout=layout, recompose=recompose
        )

    def render_lines(self, crop: Area) -> list[Strip]:
        """The ground on which the regions stand, the same strip for all rows of all pages."""
        filters = self.get_line_filters()
        line = filtered(blank(crop.width, self.ink.bg), filters, self.background_colors[1])
        return [line] * crop.height
