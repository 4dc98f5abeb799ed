"""Tracks as rows: name, now, trend, and the change with its word; or three in a row, in brief."""

from __future__ import annotations

from dataclasses import replace
from itertools import chain

from rich.cells import cell_len
from rich.text import Text

from ttx.i18n import _
from ttx.session.view.eye import Eye
from ttx.session.view.tracks import TrackView, tracks_that_matter
from ttx.session.view.words import moved_points
from ttx.tui import paint
from ttx.tui.braille import trend
from ttx.tui.paint import Seg
from ttx.tui.theme import Glyphs, Ink

TREND = 6
ACROSS = 3
"""Tracks beside each other where there is little room."""
LOWEST = 2
"""So few rows are little room."""
WIDE = 60


def track_rows(view: TrackView, width: int, ink: Ink, glyphs: Glyphs) -> list[Text]:
    """One track by its whole name, however long that is."""
    *above, last = paint.broken(view.name, _room(width))
    rows = [paint.line(width, [(line, ink.text)]) for line in above]
    return [*rows, track_row(replace(view, name=last, short=last), width, ink, glyphs)]


def _room(width: int) -> int:
    """Cells of the name of a track in its row."""
    return width - 4 - 2 - TREND - 2 - 12


def track_row(view: TrackView, width: int, ink: Ink, glyphs: Glyphs) -> Text:
    """One track in one row."""
    low, high = min(view.course), max(view.course)
    middle, reach = (low + high) / 2, max(high - low, 1000) / 2
    course = [float(v) for v in view.course]
    cells = trend(course, TREND, middle - reach, middle + reach, glyphs)
    room = _room(width)
    name = view.name if cell_len(view.name) <= room else view.short
    tone = paint.direction_colour(view.word, ink)
    left: list[Seg] = [
        (paint.cell(paint.clean(name), room, glyphs), ink.text),
        (f"{view.now // 100:>4}", f"bold {ink.strong}"),
        (f"  {cells}", ink.ref),
    ]
    return paint.line(width, left, [(f"{moved_points(view.change)} {view.word.word:<6}", tone)])


def track_cell(view: TrackView, width: int, ink: Ink, glyphs: Glyphs) -> list[Seg]:
    """One track in a third of a row, with a sign instead of the word."""
    sign = {"better": glyphs.better, "worse": glyphs.worse}.get(view.word, " ")
    tone = paint.direction_colour(view.word, ink)
    words = paint.cell(view.short, 14, glyphs)
    tail = f"{moved_points(view.change)} {sign}"
    return [
        (words, ink.muted),
        (f"{view.now // 100:>3} ", f"bold {ink.strong}"),
        (f"{tail:<{max(width - 18, 0)}}", tone),
    ]


def panel(
    eye: Eye, views: tuple[TrackView, ...], width: int, height: int, ink: Ink, glyphs: Glyphs
) -> list[Text]:
    """Those that matter most at the moment, as many as there is room for."""
    if height <= LOWEST:
        shown = tracks_that_matter(eye, views, ACROSS * height - 1)
        third = width // ACROSS
        cells = [track_cell(view, third, ink, glyphs) for view in shown]
        legend = _("{better} better {worse} worse", better=glyphs.better, worse=glyphs.worse)
        cells.append([(legend, ink.muted)])
        rows = [
            chain.from_iterable(cells[at : at + ACROSS]) for at in range(0, ACROSS * height, ACROSS)
        ]
        return [paint.line(width, [*row]) for row in rows]
    head = (
        _("now  {value:<6}      change      ", value=_("trend"))
        if width < WIDE
        else _("now  trend       change")
    )
    shown = tracks_that_matter(eye, views, height - 2)
    return [
        paint.label(width, _("TRACKS"), ink, f"{head.rstrip()}      "),
        paint.rule(width, ink, glyphs),
        *(track_row(view, width, ink, glyphs) for view in shown),
    ]
