"""The one widget of a page: regions of rows at fixed places, painted line by line.

A page of thirty widgets costs more to arrange than to fill, and twenty seats look at much the same
rows. So a region is no widget; its rows become strips that every app of the process shares, and a
line of the screen is rendered once for all that show it.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from rich.cells import cell_len
from rich.console import Console
from rich.segment import Segment
from rich.style import Style
from rich.text import Text
from textual import events
from textual.geometry import Region as Area
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from ttx.tui import paint

ROWS, LINES = 4096, 2048
"""Rows and lines that are kept, of all apps together."""


class Box(NamedTuple):
    """A place on the screen in cells."""

    x: int
    y: int
    width: int
    height: int


class Region:
    """A rectangle of rows at a fixed place; it says where it was clicked."""

    class Clicked(Message):
        """A cell of a region was clicked."""

        def __init__(self, region: str, row: int, column: int) -> None:
            """Row and column are counted from the region's own corner."""
            super().__init__()
            self.region, self.row, self.column = region, row, column

    class Scrolled(Message):
        """The wheel turned over a region: 1 down, -1 up."""

        def __init__(self, region: str, by: int) -> None:
            """Which region, and which way."""
            super().__init__()
            self.region, self.by = region, by

    def __init__(self, name: str) -> None:
        """A region of that name, which has no place yet."""
        self.called = name
        self.box: Box | None = None
        self.rows: list[Text] = []
        self.strips: list[Strip] = []

    @property
    def display(self) -> bool:
        """Whether it is shown."""
        return self.box is not None

    @property
    def area(self) -> Area:
        """Where it stands; without a size where it is not shown."""
        return Area(*self.box) if self.box is not None else Area()

    def row(self, at: int) -> Text:
        """One of its rows; empty where nothing was written."""
        return self.rows[at] if at < len(self.rows) else Text(end="")

    def written(self, row: int, column: int) -> bool:
        """Whether a cell is part of words: a sign, a space between two, or the rim of a button."""
        line = self.row(row)
        words, at = line.plain, sign_at(line.plain, column)
        if at >= len(words):
            return False
        if words[at] != " ":
            return True
        before, behind = words[at - 1 : at].strip() != "", words[at + 1 : at + 2].strip() != ""
        grounds = [one for one in line.spans if " on " in str(one.style)]
        rim = any(
            (one.start == at and behind) or (one.end == at + 1 and before)
            for one in grounds
            if words[one.start : one.end].strip()
        )
        return (before and behind) or rim

    @property
    def shown(self) -> Text:
        """What it shows, row under row."""
        return Text("\n", end="").join(self.rows)


class Canvas(Widget):
    """All regions of a page; those named later lie over those named before."""

    ALLOW_SELECT = False

    def __init__(self, names: Sequence[str], whole: Sequence[str] = ()) -> None:
        """Regions of these names; the canvas takes no keys.

        An empty cell takes no click, but in those of `whole`, where it is the place that counts.
        """
        super().__init__(id="canvas")
        self._whole = whole
        self.regions = {name: Region(name) for name in names}
        self._lines: dict[int, Strip] = {}

    def place(self, name: str, box: Box | None) -> None:
        """Put a region somewhere, or nowhere."""
        region = self.regions[name]
        if box == region.box:
            return
        self._touch(region.box)
        if box is None or region.box is None:
            region.rows, region.strips = [], []
        region.box = box
        self._touch(box)

    def fill(self, name: str, rows: Sequence[Text], tone: str, ground: str) -> None:
        """Fill a region; `tone` and `ground` are the colours where a row says none.

        Rows beyond its height are left out, and a row that is the same is not painted again.
        """
        region = self.regions[name]
        box = region.box
        if box is None:
            return
        kept = [paint.shown_safely(row) for row in rows[: box.height]]
        strips = [strip(row, tone, ground) for row in kept]
        had, region.rows, region.strips = region.strips, kept, strips
        changed = [
            at
            for at in range(max(len(had), len(strips)))
            if at >= len(had) or at >= len(strips) or had[at] is not strips[at]
        ]
        if changed:
            first, last = changed[0], changed[-1]
            self._touch(Box(box.x, box.y + first, box.width, last - first + 1))

    def _touch(self, box: Box | None) -> None:
        if box is not None and box.width > 0 and box.height > 0:
            for y in range(box.y, box.y + box.height):
                self._lines.pop(y, None)
            self.refresh(Area(*box))

    # --- painting ---

    def render_lines(self, crop: Area) -> list[Strip]:
        """Whole lines, then what of them is asked for.

        Textual's own way there keeps lines for this widget alone; these are everybody's.
        """
        width = self.size.width
        ground = self.background_colors[1]
        first, last = crop.column_span
        found = []
        for y in crop.line_range:
            line = self._line(y, width)
            for one in self.get_line_filters():
                line = line.apply_filter(one, ground)
            found.append(line if (first, last) == (0, width) else line.crop(first, last))
        return found

    def _line(self, y: int, width: int) -> Strip:
        line = self._lines.get(y)
        if line is None or line.cell_length != width:
            line = self._lines[y] = self._joined(y, width)
        return line

    def _joined(self, y: int, width: int) -> Strip:
        """One line of the screen, from the regions that lie there."""
        parts: list[tuple[int, int, Strip]] = []
        for region in self.regions.values():
            box = region.box
            if box is not None and box.y <= y < box.y + box.height:
                row, over = y - box.y, box.x + box.width
                parts = [one for one in parts if one[0] + one[1] <= box.x or one[0] >= over]
                if row < len(region.strips):
                    parts.append((box.x, box.width, region.strips[row]))
        parts.sort(key=lambda one: one[0])
        return joined(parts, width, Style(bgcolor=self.background_colors[1].rich_color))

    # --- the mouse ---

    def _under(self, x: int, y: int) -> Region | None:
        for region in reversed(self.regions.values()):
            box = region.box
            if box and box.x <= x < box.x + box.width and box.y <= y < box.y + box.height:
                return region
        return None

    def on_click(self, event: events.Click) -> None:
        """Say where."""
        region = self._under(event.x, event.y)
        if region is not None and region.box is not None:
            row, column = event.y - region.box.y, event.x - region.box.x
            if region.called in self._whole or region.written(row, column):
                self.post_message(Region.Clicked(region.called, row, column))

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """Say which way."""
        self._scrolled(event, 1)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """Say which way."""
        self._scrolled(event, -1)

    def _scrolled(self, event: events.MouseEvent, by: int) -> None:
        event.stop()
        region = self._under(event.x, event.y)
        if region is not None:
            self.post_message(Region.Scrolled(region.called, by))


def sign_at(words: str, column: int) -> int:
    """Which sign of a row stands in a cell; behind the last for a cell that has none."""
    cell = 0
    for at, sign in enumerate(words):
        cell += cell_len(sign)
        if cell > column:
            return at
    return len(words)


_CONSOLE = Console(color_system="truecolor", width=400, _environ={}, legacy_windows=False)
_JOINED: OrderedDict[tuple[object, ...], tuple[Strip, list[Strip]]] = OrderedDict()


def strip(row: Text, tone: str, ground: str) -> Strip:
    """A row as it is painted, the same one for the same row."""
    spans = tuple((span.start, span.end, str(span.style)) for span in row.spans)
    return _strip(row.plain, spans, str(row.style), tone, ground)


@lru_cache(ROWS)
def _strip(
    words: str, spans: tuple[tuple[int, int, str], ...], style: str, tone: str, ground: str
) -> Strip:
    row = Text(words, style, end="", no_wrap=True)
    for first, last, over in spans:
        row.stylize(over, first, last)
    base = _style(f"{tone} on {ground}") + _style(style)
    return Strip(Segment.apply_style(row.render(_CONSOLE), base))


@lru_cache(256)
def _style(words: str) -> Style:
    return Style.parse(words)


def joined(parts: Sequence[tuple[int, int, Strip]], width: int, empty: Style) -> Strip:
    """A line of that many cells with these strips at their columns, each cut to its width."""
    key = (width, empty, *((x, wide, id(one)) for x, wide, one in parts))
    kept = _JOINED.get(key)
    if kept is not None:
        _JOINED.move_to_end(key)
        return kept[0]
    line, at = [], 0
    for x, wide, one in parts:
        if x > at:
            line.append(Strip.blank(x - at, empty))
        line.append(one if one.cell_length == wide else one.adjust_cell_length(wide, empty))
        at = x + wide
    if at < width:
        line.append(Strip.blank(width - at, empty))
    made = Strip.join(line).adjust_cell_length(width, empty)
    # The strips are kept with the line, so that no other takes the place of one in memory.
    _JOINED[key] = (made, [one for _, _, one in parts])
    if len(_JOINED) > LINES:
        _JOINED.popitem(last=False)
    return made
