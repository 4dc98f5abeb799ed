"""Drawings of the findings: differences over the turns, and the tornado, in black and white."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ttx.report.aar.charts import GREY, INK, OWN, PALE, drawing, label

_ACROSS, _COLUMN, _ROW = 4, 232, 172
_LEFT, _TOP, _WIDE, _HIGH = 34, 24, 150, 118
_DASHES = ("", "7 4", "1 4", "9 3 2 3", "3 3")
"""How the lines of policies differ where there is no colour."""


@dataclass(frozen=True, slots=True)
class Lines:
    """One panel: a name, and the course of each policy in points, by turn."""

    name: str
    courses: tuple[tuple[float, ...], ...]


def horizon(panels: Sequence[Lines], policies: Sequence[str], title: str, in_words: str) -> str:
    """Panels, four in a row, each with its own scale; the last place names the lines."""
    drawn = [
        _panel(panel, at % _ACROSS * _COLUMN, at // _ACROSS * _ROW)
        for at, panel in enumerate(panels)
    ]
    at = len(panels)
    left, top = at % _ACROSS * _COLUMN, at // _ACROSS * _ROW
    for row, name in enumerate(policies):
        height = top + 34 + 20 * row
        drawn.append(f'<path d="M{left + 6} {height}h40" {_stroke(row)}/>')
        drawn.append(label(left + 54, height + 4, name, size=11))
    rows = at // _ACROSS + 1
    high = max(rows * _ROW, top + 34 + 20 * len(policies))
    return drawing(_ACROSS * _COLUMN, high + 4, "horizon", title, in_words, drawn)


def _panel(panel: Lines, left: int, top: int) -> str:
    most = max([1.0, *(abs(value) for course in panel.courses for value in course)])
    x0, y0 = left + _LEFT, top + _TOP
    turns = max((len(course) for course in panel.courses), default=1)

    def x(turn: int) -> float:
        return round(x0 + turn * _WIDE / max(turns - 1, 1), 1)

    def y(value: float) -> float:
        return round(y0 + _HIGH / 2 - value * _HIGH / (2 * most), 1)

    drawn = [label(left + 4, top + 13, panel.name, size=12, weight=600)]
    for value in (most, 0.0, -most):
        drawn.append(f'<path d="M{x0} {y(value)}h{_WIDE}" stroke="{PALE}" stroke-width="1"/>')
        size = f"{value:+.1f}" if value else "0"
        drawn.append(label(x0 - 4, y(value) + 4, size, size=9, fill=GREY, anchor="end"))
    drawn.append(label(x0, y0 + _HIGH + 13, "T1", size=9, fill=GREY))
    drawn.append(label(x0 + _WIDE, y0 + _HIGH + 13, f"T{turns}", size=9, fill=GREY, anchor="end"))
    for row, course in reversed([*enumerate(panel.courses)]):
        points = " ".join(f"{x(turn)},{y(value)}" for turn, value in enumerate(course))
        drawn.append(f'<polyline points="{points}" {_stroke(row)}/>')
    return "".join(drawn)


def _stroke(row: int) -> str:
    dashes = f' stroke-dasharray="{_DASHES[row % len(_DASHES)]}"' if row % len(_DASHES) else ""
    wide = 2.4 if row == 0 else 1.5
    ink = OWN if row == 0 else INK
    return f'fill="none" stroke="{ink}" stroke-width="{wide}" stroke-linejoin="round"{dashes}'


@dataclass(frozen=True, slots=True)
class Bar:
    """One number of a tornado: from where to where it moves the difference, in points."""

    name: str
    low: float
    high: float
    flips: bool


_NAME, _SCALE, _STEP = 440, 420, 20


def tornado(bars: Sequence[Bar], now: float, title: str, in_words: str) -> str:
    """Bars on one scale, with a line at no difference and one at the present difference."""
    least = min(0.0, now, *(bar.low for bar in bars))
    most = max(0.0, now, *(bar.high for bar in bars))
    span = max(most - least, 0.01)

    def x(value: float) -> float:
        return round(_NAME + (value - least) * _SCALE / span, 1)

    drawn = []
    for row, bar in enumerate(bars):
        top = 8 + row * _STEP
        fill = INK if bar.flips else "#b9c9dc"
        wide = max(round(x(bar.high) - x(bar.low), 1), 1)
        drawn.append(label(_NAME - 8, top + 11, bar.name, size=10, anchor="end"))
        drawn.append(
            f'<rect x="{x(bar.low)}" y="{top}" width="{wide}" height="14" fill="{fill}" '
            f'stroke="{INK}" stroke-width=".8"/>'
        )
    low = 10 + len(bars) * _STEP
    for value, dash, caption in ((0.0, "", "0"), (now, "4 3", f"{now:+.2f}")):
        dashes = f' stroke-dasharray="{dash}"' if dash else ""
        drawn.append(f'<path d="M{x(value)} 4V{low}" stroke="{INK}" stroke-width="1.6"{dashes}/>')
        drawn.append(label(x(value), low + 12, caption, size=10, anchor="middle"))
    drawn += [
        label(x(value), low + 12, f"{value:+.2f}", size=9, fill=GREY, anchor="middle")
        for value in (least, most)
        if all(abs(x(value) - x(mark)) > 36 for mark in (0.0, now))
    ]
    return drawing(_NAME + _SCALE + 30, low + 18, "tornado", title, in_words, drawn)
