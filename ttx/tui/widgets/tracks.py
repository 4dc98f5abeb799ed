"""Tracks as rows: name, now, trend, and the change with its word."""

from __future__ import annotations

from rich.text import Text

from ttx.session.view.tracks import TrackView
from ttx.session.view.words import moved_points
from ttx.tui import paint
from ttx.tui.braille import trend
from ttx.tui.paint import Seg
from ttx.tui.theme import Glyphs, Ink

TREND = 6


def track_row(view: TrackView, width: int, ink: Ink, glyphs: Glyphs, *, long: bool = False) -> Text:
    """One track in one row."""
    low, high = min(view.course), max(view.course)
    middle, reach = (low + high) / 2, max(high - low, 1000) / 2
    course = [float(v) for v in view.course]
    cells = trend(course, TREND, middle - reach, middle + reach, glyphs)
    room = width - 4 - 2 - TREND - 2 - 12
    name = view.name if long or len(view.name) <= room else view.short
    tone = paint.direction_colour(view.word, ink)
    left: list[Seg] = [
        (f"{paint.cut(paint.clean(name), room, glyphs):<{room}}", ink.text),
        (f"{view.now // 100:>4}", f"bold {ink.strong}"),
        (f"  {cells}", ink.ref),
    ]
    return paint.line(width, left, [(f"{moved_points(view.change)} {view.word.word:<6}", tone)])


def track_cell(view: TrackView, width: int, ink: Ink, glyphs: Glyphs) -> list[Seg]:
    """One track in a third of a row, with a sign instead of the word."""
    sign = {"better": glyphs.better, "worse": glyphs.worse}.get(view.word, " ")
    tone = paint.direction_colour(view.word, ink)
    words = f"{view.short[:14]:<14}"
    tail = f"{moved_points(view.change)} {sign}"
    return [
        (words, ink.muted),
        (f"{view.now // 100:>3} ", f"bold {ink.strong}"),
        (f"{tail:<{max(width - 18, 0)}}", tone),
    ]
