"""A region of a page: rows at a place, painted line by line, that say where they were clicked.

What can be pressed in a row says so in its style, and no other cell takes the click.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple, Self, cast

from rich.cells import cell_len
from rich.text import Text
from textual import events
from textual.color import Color
from textual.geometry import NULL_OFFSET, NULL_SPACING, Size
from textual.geometry import Region as Area
from textual.layout import ArrangeResult, Layout, WidgetPlacement
from textual.layouts.vertical import VerticalLayout
from textual.message import Message
from textual.reactive import Reactive
from textual.selection import Selection
from textual.strip import Strip
from textual.widget import Widget

from ttx.tui import paint
from ttx.tui.cuts import cut_in, signed
from ttx.tui.keys import Keymap
from ttx.tui.strips import PRESSES, blank, chosen, filtered, lit, strip
from ttx.tui.theme import Ink, glyphs, ink_of

SAYS = re.compile(r"\w")
"""A sign that is read, as against blanks and rules."""


class Box(NamedTuple):
    """A place on the screen in cells."""

    x: int
    y: int
    width: int
    height: int


class Region(Widget):
    """A rectangle of rows."""

    auto_links = False  # links are not what is pressed here
    virtual_size = Reactive(Size(0, 0))  # it has none of its own: no reason to arrange anew

    class Clicked(Message):
        """A cell of a region was clicked."""

        def __init__(self, region: str, row: int, column: int) -> None:
            """Row and column are counted from the region's own corner."""
            super().__init__()
            self.region, self.row, self.column = region, row, column

    class Pressed(Message):
        """What stands in a clicked cell does something: `action` says what."""

        def __init__(self, action: str) -> None:
            """An action of the page, such as `go('table')`."""
            super().__init__()
            self.action = action

    class Scrolled(Message):
        """The wheel turned over a region: 1 down, -1 up."""

        def __init__(self, region: str, by: int) -> None:
            """Which region, and which way."""
            super().__init__()
            self.region, self.by = region, by

    class LeftOut(Message):
        """Words of it have no room any more, or have it again."""

    def __init__(self, name: str, *, whole: bool = False) -> None:
        """A region of that name, which has no place yet.

        An empty cell takes no click, but where the `whole` of it is what is pointed at.
        """
        super().__init__(id=name)
        self.called, self._whole = name, whole
        self.display = False
        self.box: Box | None = None
        self.rows: list[Text] = []
        self.strips: list[Strip] = []
        self.given: Sequence[Text] = ()
        """Rows that it was to show, with those that it has no place for."""
        self.cuts = False
        """Whether there are words that it does not show, or shows a part of."""
        self._hover: tuple[int, str] | None = None

    # --- what it shows ---

    @property
    def ink(self) -> Ink:
        """The colours of the theme in use."""
        return ink_of(self.app.theme)

    @property
    def ground(self) -> str:
        """The colour behind rows that say none."""
        return self.ink.bg

    @property
    def area(self) -> Area:
        """Where it stands; without a size where it is not shown."""
        return Area(*self.box) if self.box is not None else Area()

    def row(self, at: int) -> Text:
        """One of its rows; empty where nothing was written."""
        return self.rows[at] if at < len(self.rows) else Text(end="")

    @property
    def shown(self) -> Text:
        """What it shows, row under row."""
        return Text("\n", end="").join(self.rows)

    def place(self, box: Box | None) -> bool:
        """Put it somewhere, or nowhere; whether that is news."""
        if box == self.box:
            return False
        if box is None or self.box is None or box.width != self.box.width:
            self.rows, self.strips = [], []
        if box is None:
            self.given, self.cuts = (), False
        if (box is None) == self.display:
            self.display = box is not None
        self.box = box
        return True

    def fill(self, rows: Sequence[Text]) -> None:
        """Fill it; a row that is the same is not painted.

        Rows beyond its height are left out, and the last of those that have room says so.
        """
        if self.box is None:
            return
        self.given = [paint.shown_safely(row) for row in rows]
        kept = self._kept(self.box)
        tone, ground = self.ink.text, self.ground
        strips = [strip(row, self.box.width, tone, ground) for row in kept]
        had, self.rows, self.strips = self.strips, kept, strips
        changed = [
            at
            for at in range(max(len(had), len(strips)))
            if at >= len(had) or at >= len(strips) or had[at] is not strips[at]
        ]
        if changed:
            first, last = changed[0], changed[-1]
            self.refresh(Area(0, first, self.box.width, last - first + 1))

    def _kept(self, box: Box) -> list[Text]:
        """The rows that have a place, with a sign where some that say something have none."""
        had, kept = self.cuts, [*self.given[: box.height]]
        lost = any(SAYS.search(row.plain) for row in self.given[box.height :])
        self.cuts = lost or any(map(cut_in, kept))
        if lost:
            kept[-1] = signed(kept[-1], box.width, glyphs().cut)
        if self.cuts != had and self.is_attached:
            self.post_message(self.LeftOut())
        return kept

    # --- painting ---

    def refresh(
        self, *regions: Area, repaint: bool = True, layout: bool = False, recompose: bool = False
    ) -> Self:
        """Paint rows that have changed.

        Whatever else asks for it changes no row: a place, a size, the keys that come and go. And a
        region that is hidden and asks to be painted would stay on the terminal.
        """
        return super().refresh(*regions, repaint=repaint) if regions else self

    def arrange_page(self) -> None:
        """Have its page arranged anew, once for all regions that were given another place."""
        super().refresh(repaint=False, layout=True)

    def _paint_anew(self) -> None:
        self.refresh(Area(0, 0, *self.box[2:]) if self.box else Area())

    def render_lines(self, crop: Area) -> list[Strip]:
        """The rows that are asked for, each one the same strip for every app that shows it.

        Textual's own way there keeps lines for this widget alone.
        """
        filters = self.get_line_filters()
        ground = self.background_colors[1] if filters else Color(0, 0, 0)
        first, last = crop.column_span
        lines = [filtered(self._line(y), filters, ground) for y in crop.line_range]
        whole = (first, last) == (0, self.box.width if self.box else 0)
        return lines if whole else [line.crop(first, last) for line in lines]

    def render_line(self, y: int) -> Strip:
        """A row as Textual asks for it to see which sign lies under the mouse."""
        return self._line(y).apply_offsets(0, y)

    def _line(self, y: int) -> Strip:
        width = self.box.width if self.box else 0
        if y >= len(self.strips):
            return blank(width, self.ground)
        line = self.strips[y]
        if self._hover is not None and self._hover[0] == y:
            line = lit(line, self._hover[1])
        selection = self.text_selection if self.screen.selections else None
        span = selection.get_span(y) if selection is not None else None
        if span is None:
            return line
        words = self.row(y).plain
        end = width if span[1] == -1 else cell_len(words[: span[1]])
        style = self.screen.get_component_rich_style("screen--selection")
        return chosen(line, cell_len(words[: span[0]]), end, style)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Its page says whether keys and clicks mean anything now; hidden, it has none."""
        return self.is_attached and self.screen.check_action(action, parameters)

    # --- the mouse ---

    def get_selection(self, selection: Selection) -> tuple[str, str]:
        """The words that are selected, without the blanks that fill their rows."""
        taken = selection.extract("\n".join(row.plain for row in self.rows))
        return "\n".join(line.rstrip() for line in taken.split("\n")), "\n"

    def selection_updated(self, selection: Selection | None) -> None:
        """Paint what is selected otherwise."""
        self._paint_anew()

    def written(self, row: int, column: int) -> bool:
        """Whether a cell is part of words: a sign, a space between two, or the rim of a button."""
        line = self.row(row)
        words, at = line.plain, sign_at(line.plain, column)
        if at >= len(words):
            return False
        if words[at] != " ":
            return True
        before, behind = words[at - 1 : at].strip() != "", words[at + 1 : at + 2].strip() != ""
        grounds = [span for span in line.spans if " on " in str(span.style)]
        rim = any(
            (span.start == at and behind) or (span.end == at + 1 and before)
            for span in grounds
            if words[span.start : span.end].strip()
        )
        return (before and behind) or rim

    def on_click(self, event: events.Click) -> None:
        """Say where, or what stands there."""
        event.stop()
        action = event.style.meta.get(PRESSES)
        if action is not None:
            self.post_message(self.Pressed(cast("str", action)))
        elif self.check_action("click", ()) and (self._whole or self.written(event.y, event.x)):
            self.clicked(event.y, event.x)

    def clicked(self, row: int, column: int) -> None:
        """What a click on words does, or on anything where the whole of it is pointed at."""
        self.post_message(self.Clicked(self.called, row, column))

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """What would be pressed is lit."""
        action = event.style.meta.get(PRESSES)
        self._light(None if action is None else (event.y, cast("str", action)))

    def on_leave(self) -> None:
        """Nothing is under the mouse any more."""
        self._light(None)

    def _light(self, hover: tuple[int, str] | None) -> None:
        if hover != self._hover:
            self._hover = hover
            keymap = getattr(self.screen, "keymap", None)
            known = hover is not None and isinstance(keymap, Keymap)
            self.tooltip = keymap.explained(hover[1]) if known and keymap and hover else None
            self._paint_anew()

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """The wheel."""
        event.stop()
        self.scrolled(1)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """The wheel."""
        event.stop()
        self.scrolled(-1)

    def scrolled(self, by: int) -> None:
        """What the wheel does: 1 is down."""
        self.post_message(self.Scrolled(self.called, by))


class Placed(Layout):
    """Widgets at the places that their page has worked out for them, later ones on top."""

    name = "placed"

    def __init__(self, places: dict[str, Box], order: Sequence[str] = ()) -> None:
        """The page's own places, by the id of a widget; those later in the order lie over others.

        The places are read anew each time.
        """
        self._places, self._order = places, {name: at for at, name in enumerate(order)}

    def arrange(
        self,
        parent: Widget,
        children: list[Widget],
        size: Size,
        greedy: bool = True,  # noqa: FBT001, FBT002  # Textual's own signature
    ) -> ArrangeResult:
        """Where each of them stands, and whatever Textual adds to a screen where it wants to."""
        places = [
            WidgetPlacement(Area(*self._places[child.id]), NULL_OFFSET, NULL_SPACING, child)
            for child in sorted(children, key=lambda child: self._order.get(child.id or "", 0))
            if child.id in self._places
        ]
        others = [child for child in children if child.id not in self._places]
        return [*places, *_FLOW.arrange(parent, others, size, greedy)]


_FLOW = VerticalLayout()


def sign_at(words: str, column: int) -> int:
    """Which sign of a row stands in a cell; behind the last for a cell that has none."""
    cell = 0
    for at, sign in enumerate(words):
        cell += cell_len(sign)
        if cell > column:
            return at
    return len(words)
