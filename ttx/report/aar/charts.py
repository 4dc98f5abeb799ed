"""Drawings of the after-action review as SVG that reads in black and white, and aloud.

Every word in them is escaped here; nothing is fetched, and no style of the page is needed.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape

from ttx.i18n import _
from ttx.report.document import plain
from ttx.session.view.clock import ClockView
from ttx.session.view.words import hours_short

INK, GREY, PALE, OWN = "#1c1c1c", "#5a5a5a", "#d9d9d9", "#123f70"
DASHES = ("7 4", "1 4")
"""How the first and the second reference run are drawn."""
_FONT = 'font-family="system-ui, sans-serif"'
_ACROSS = 4
"""Panels in a row."""
_COLUMN, _ROW, _LEFT, _TOP, _WIDE, _HIGH = 177, 154, 26, 36, 128, 96


@dataclass(frozen=True, slots=True)
class Line:
    """A course of values in hundredths, the start first."""

    name: str
    values: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Panel:
    """One score: its name, a few words under it, this run and then the reference runs."""

    name: str
    words: str
    lines: tuple[Line, ...]


def words_of(text: str) -> str:
    """A text as it stands in a drawing: one line, nothing in it markup."""
    return escape(" ".join(plain(text).split()))


def trends(panels: Sequence[Panel], turns: int, title: str, in_words: str) -> str:
    """Panels of one size and one scale, four in a row; the last place explains the lines."""
    values = [v for panel in panels for line in panel.lines for v in line.values]
    low = min(values, default=3000) // 1000 * 1000
    high = max(low + 2000, -(-max(values, default=7000) // 1000) * 1000)
    rows = len(panels) // _ACROSS + 1
    height = rows * _ROW + 4
    drawn = [
        _panel(panel, at % _ACROSS * _COLUMN, at // _ACROSS * _ROW, low, high, turns)
        for at, panel in enumerate(panels)
    ]
    at = len(panels)
    names = [line.name for line in panels[0].lines] if panels else []
    drawn.append(_key(names, at % _ACROSS * _COLUMN, at // _ACROSS * _ROW))
    return drawing(_ACROSS * _COLUMN, height, "trends", title, in_words, drawn)


def drawing(
    width: int, height: int, mark: str, title: str, in_words: str, drawn: Iterable[str]
) -> str:
    """An `<svg>` of these elements; `mark` makes its ids its own, `told` is read aloud."""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" '
        f'height="{height}" role="img" aria-labelledby="{mark}-title {mark}-told" {_FONT}>'
        f'<title id="{mark}-title">{words_of(title)}</title>'
        f'<desc id="{mark}-told">{words_of(in_words)}</desc>{"".join(drawn)}</svg>'
    )


def _panel(panel: Panel, left: int, top: int, low: int, high: int, turns: int) -> str:
    x0, y0 = left + _LEFT, top + _TOP

    def x(at: int) -> float:
        return round(x0 + at * _WIDE / max(turns, 1), 1)

    def y(value: int) -> float:
        return round(y0 + _HIGH - (value - low) * _HIGH / (high - low), 1)

    drawn = [
        label(left + 4, top + 13, panel.name, size=13, weight=600),
        label(left + 4, top + 27, panel.words, size=11, fill=GREY),
        *(
            f'<path d="M{x0} {y(v)}H{x0 + _WIDE}" stroke="{PALE}" stroke-width="1"/>'
            + label(x0 - 5, y(v) + 4, str(v // 100), size=10, fill=GREY, anchor="end")
            for v in range(low, high + 1, 1000)
        ),
        *(
            label(
                x(at), y0 + _HIGH + 14, f"T{at}" if at else "start", size=10, fill=GREY, anchor=end
            )
            for at, end in ((0, "start"), (turns, "end"))
        ),
    ]
    ends: list[tuple[float, str]] = []
    for at, line in reversed([*enumerate(panel.lines)]):
        points = " ".join(f"{x(turn)},{y(v)}" for turn, v in enumerate(line.values))
        drawn.append(f'<polyline points="{points}" {_stroke(at)}/>')
        if at and line.values:
            ends.append((y(line.values[-1]), line.name[:1].upper()))
    for height, letter in _apart(ends):
        drawn.append(label(x0 + _WIDE + 6, height + 4, letter, size=11, fill=GREY))
    return "".join(drawn)


def _apart(ends: list[tuple[float, str]]) -> list[tuple[float, str]]:
    """Letters at the ends of lines, moved so that none lies on another."""
    placed: list[tuple[float, str]] = []
    for height, letter in sorted(ends):
        placed.append((max(height, placed[-1][0] + 11) if placed else height, letter))
    return placed


def _stroke(at: int) -> str:
    """This run is thick and solid; reference runs are thin, dashed and dotted."""
    if not at:
        return f'fill="none" stroke="{OWN}" stroke-width="2.6" stroke-linejoin="round"'
    return (
        f'fill="none" stroke="{INK}" stroke-width="1.5" stroke-linecap="round" '
        f'stroke-dasharray="{DASHES[(at - 1) % len(DASHES)]}"'
    )


def _key(names: Sequence[str], left: int, top: int) -> str:
    drawn = []
    for at, name in enumerate(names):
        height = top + 40 + 22 * at
        drawn.append(f'<path d="M{left + 4} {height}h44" {_stroke(at)}/>')
        letter = f"{name[:1].upper()}: " if at else ""
        drawn.append(label(left + 58, height + 4, f"{letter}{name}", size=12))
    return "".join(drawn)


def label(
    x: float,
    y: float,
    words: str,
    *,
    size: int,
    weight: int = 400,
    fill: str = INK,
    anchor: str = "start",
) -> str:
    """Words at a place, as an element of a drawing."""
    strong = f' font-weight="{weight}"' if weight != 400 else ""
    side = f' text-anchor="{anchor}"' if anchor != "start" else ""
    return (
        f'<text x="{round(x, 1)}" y="{round(y, 1)}" font-size="{size}" fill="{fill}"'
        f"{strong}{side}>{words_of(words)}</text>"
    )


_BAR, _LANE, _CLOCK = 20, 24, 690
"""Height of a step, of a lane, and the width of a clock."""


def clock(view: ClockView, scale: int, mark: str, title: str, in_words: str) -> str:
    """The stages of one answer on a scale of minutes, with a line where the window closed."""
    step = next(
        minutes for minutes in (60, 120, 240, 480, 720, 1440, 2880) if scale / minutes <= 16
    )

    def x(minutes: int) -> float:
        return round(4 + minutes * (_CLOCK - 40) / max(scale, 1), 1)

    lanes = sorted({stage.lane for stage in view.steps})
    drawn = []
    for stage in view.steps:
        top = 16 + lanes.index(stage.lane) * _LANE
        width = round(x(stage.begins + stage.minutes) - x(stage.begins), 1)
        fill, ink = (INK, "#ffffff") if stage.slowest else ("#b9c9dc", INK)
        if not stage.on_path:
            fill, ink = "#ffffff", INK
        drawn.append(
            f'<rect x="{x(stage.begins)}" y="{top}" width="{max(width, 1)}" height="{_BAR}" '
            f'fill="{fill}" stroke="{INK}" stroke-width=".8"/>'
        )
        name = stage.short.upper() if stage.on_path else stage.short
        named = f"{name} {hours_short(stage.minutes)}"
        fits = [part for part in (named, name) if 6.6 * len(part) + 8 <= width]
        if fits:
            drawn.append(label(x(stage.begins) + 4, top + 14, fits[0], size=10, fill=ink))
    low = 16 + len(lanes) * _LANE
    drawn.append(
        f'<path d="M{x(view.window)} 12V{low + 2}" stroke="{INK}" stroke-width="2" '
        'stroke-dasharray="4 3"/>'
    )
    late = view.total > view.window
    side = "end" if x(view.window) > _CLOCK - 150 else "start"
    shift = -5 if side == "end" else 5
    closes = _("window closes {hours_short}", hours_short=hours_short(view.window))
    drawn.append(label(x(view.window) + shift, 10, closes, size=10, weight=600, anchor=side))
    if late:
        width = round(x(view.total) - x(view.window), 1)
        drawn.append(
            f'<path d="M{x(view.window)} {low + 2}h{width}" stroke="{INK}" stroke-width="4"/>'
        )
    drawn += [
        label(x(at), low + 16, _("{at} h", at=at // 60), size=9, fill=GREY, anchor="middle")
        for at in range(step, scale + 1, step)
    ]
    return drawing(_CLOCK, low + 22, mark, title, in_words, drawn)
