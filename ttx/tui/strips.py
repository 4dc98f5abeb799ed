"""Rows as strips of cells, the same strip for the same row, in every app of the process.

Twenty seats look at much the same rows. What can be pressed in a row says so in its style: a word
`@action` at its end.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Any

from rich.console import Console
from rich.segment import Segment
from rich.style import Style
from rich.text import Text
from textual.cache import FIFOCache
from textual.color import Color
from textual.filter import LineFilter
from textual.strip import Strip

from ttx.tui.paint import ROWS

PRESSES = "press"
"""What a cell's style holds of what a click on it does: an action of the page."""
CACHES = {
    "_divide_cache": 32,
    "_crop_cache": 4,
    "_style_cache": 4,
    "_filter_cache": 4,
    "_line_length_cache": 4,
    "_crop_extend_cache": 4,
    "_offsets_cache": 4,
}
"""What a strip keeps of what was made of it, and how many of each."""

_CONSOLE = Console(color_system="truecolor", width=400, _environ={}, legacy_windows=False)


class Row(Strip):
    """A strip that has a cache only once there is something to keep in it.

    Textual makes all seven for each strip, and for each piece of one; a host of twenty seats had
    two hundred thousand, and its garbage took as long to look at as a page to paint.
    """

    __slots__ = ()

    def __init__(self, segments: Iterable[Segment], cell_length: int | None = None) -> None:
        """As many cells as are said, else as they are counted.

        It does not ask the class above, which would make the caches.
        """
        self._segments = list(segments)
        self._cell_length = cell_length
        self._render_cache = self._link_ids = self._cell_count = None

    def __getattr__(self, name: str) -> FIFOCache[Any, Any]:
        """A cache that was not needed yet."""
        if name not in CACHES:
            raise AttributeError(name)
        cache = FIFOCache[Any, Any](CACHES[name])
        setattr(self, name, cache)
        return cache

    def divide(self, cuts: Iterable[int]) -> Sequence[Strip]:
        """Its pieces up to each of the cuts, in cells; such strips themselves."""
        within = tuple(cut for cut in cuts if cut <= self.cell_length)
        if within == (self.cell_length,):
            return [self]
        pieces = self._divide_cache.get(within)
        if pieces is None:
            ends = zip(Segment.divide(self._segments, within), within, (0, *within), strict=False)
            pieces = [Row(segments, end - begin) for segments, end, begin in ends]
            self._divide_cache[within] = pieces
        return pieces


def strip(row: Text, width: int, tone: str, ground: str) -> Strip:
    """A row as it is painted, in so many cells; the same one for the same row."""
    spans = tuple((span.start, span.end, str(span.style)) for span in row.spans)
    return _strip(row.plain, spans, str(row.style), width, tone, ground)


@lru_cache(ROWS)
def _strip(
    words: str,
    spans: tuple[tuple[int, int, str], ...],
    style: str,
    width: int,
    tone: str,
    ground: str,
) -> Strip:
    row = Text(words, end="", no_wrap=True)
    for first, last, over in spans:
        row.stylize(styled(over), first, last)
    base = styled(f"{tone} on {ground}") + styled(style)
    segments = Segment.apply_style(row.render(_CONSOLE), base)
    return Row(Segment.adjust_line_length([*segments], width, styled(f"on {ground}")), width)


@lru_cache(1024)
def styled(words: str) -> Style:
    """A style from its words; `@action` among them is what a click there does."""
    named, at, action = words.partition("@")
    style = Style.parse(named.strip())
    if not at:
        return style
    action, _, more = action.partition(" on ")
    ground = Style.parse(f"on {more}") if more else Style.null()
    return style + ground + Style.from_meta({PRESSES: action})


@lru_cache(256)
def blank(width: int, ground: str) -> Strip:
    """An empty row."""
    return Row([Segment(" " * width, styled(f"on {ground}"))], width)


def filtered(line: Strip, filters: Sequence[LineFilter], ground: Color) -> Strip:
    """A row in the colours of its terminal."""
    for line_filter in filters:
        line = line.apply_filter(line_filter, ground)
    return line


def lit(line: Strip, action: str) -> Strip:
    """A row in which what is pressed for that action stands out."""
    over = Style(underline=True)
    return Row(
        [
            Segment(part.text, part.style + over)
            if part.style is not None and part.style.meta.get(PRESSES) == action
            else part
            for part in line
        ],
        line.cell_length,
    )


def chosen(line: Strip, first: int, last: int, style: Style) -> Strip:
    """A row whose cells from `first` to before `last` are in the style of a selection."""
    before, among, behind = Row([*line], line.cell_length).divide([first, last, line.cell_length])
    return Strip.join(
        [before, Row([Segment(part.text, style) for part in among], among.cell_length), behind]
    )
