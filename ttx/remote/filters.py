"""What is done to each painted line before it leaves for a terminal far away."""

from __future__ import annotations

import io
from functools import lru_cache
from typing import TextIO, cast

from rich.color import Color as RichColor
from rich.color import ColorSystem
from rich.console import Console
from rich.segment import Segment
from rich.style import Style
from textual.app import App
from textual.color import Color
from textual.filter import LineFilter, Monochrome

from ttx.remote import private
from ttx.remote.wire import Depth, Terminal
from ttx.shown import steers

SYSTEMS = {
    "truecolor": ColorSystem.TRUECOLOR,
    "256": ColorSystem.EIGHT_BIT,
    "16": ColorSystem.STANDARD,
}


class SafeText(LineFilter):
    """The last line of defence: whatever was typed or authored, nothing in a line steers."""

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        """The same line with a sign in the place of what would steer the terminal."""
        return [
            segment
            if text.isprintable()
            else Segment(
                "".join("\ufffd" if steers(sign) else sign for sign in text), style, control
            )
            for segment in segments
            for text, style, control in (segment,)
        ]


def _marked(text: str) -> str:
    return "".join("\ufffd" if steers(sign) else sign for sign in text)


@lru_cache(maxsize=8192)
def lowered(style: Style, depth: Depth) -> Style:
    """A style in the colours of a terminal of that depth.

    Rich keeps the codes of a style with the style, styles are shared by all apps of a process, and
    the first console decides: so every console here is truecolor, and what is to have fewer colours
    is another style.
    """
    if style.color is None and style.bgcolor is None:
        return style
    if depth == "none":
        return style.without_color
    return style + Style.from_color(_lower(style.color, depth), _lower(style.bgcolor, depth))


def _lower(colour: RichColor | None, depth: Depth) -> RichColor | None:
    return None if colour is None else colour.downgrade(SYSTEMS[depth])


class Lowered(LineFilter):
    """Paints with the colours that a terminal has."""

    def __init__(self, depth: Depth) -> None:
        """For a terminal of that depth."""
        super().__init__()
        self._depth = depth

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        """The same line in other colours."""
        depth = self._depth
        return [
            segment if segment.style is None else Segment(segment[0], lowered(segment.style, depth))
            for segment in segments
        ]


class _Nowhere(io.TextIOBase):
    """What apps print to: they paint through their drivers, and what they print is for nobody."""

    def write(self, text: str, /) -> int:
        return len(text)


def nowhere() -> Console:
    """A console for rendering, which prints nothing and knows nothing of the server's terminal."""
    return Console(
        color_system="truecolor",
        file=cast("TextIO", _Nowhere()),
        force_terminal=True,
        width=80,
        height=24,
        highlight=False,
        emoji=False,
        legacy_windows=False,
        safe_box=False,
        _environ={},
    )


# A line keeps what each filter made of it, and lines are shared by all apps; so are these.
# Textual's own filter for the sixteen named colours has nothing to do: every colour is a number.
GREYS, SAFE = Monochrome(), SafeText()
LOWERED: dict[Depth, Lowered] = {depth: Lowered(depth) for depth in ("256", "16", "none")}


def suit(app: App[None], terminal: Terminal) -> None:
    """Have an app paint for a terminal, whatever the server's own environment says.

    For every app of a process where there are several, also for one at the server's own terminal.
    """
    app.console = nowhere()
    app.no_color = terminal.colours == "none"
    filters = private.filters(app)
    filters.clear()
    if app.no_color and terminal.depth != "none":
        filters.append(GREYS)  # as at one's own terminal: they still set things apart
    if terminal.depth != "truecolor":
        filters.append(LOWERED[terminal.depth])
    filters.append(SAFE)
