"""What others sent to a seat, as rows above the sentence of its own: the last first, and whole."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from rich.cells import cell_len
from rich.text import Text

from ttx.i18n import _
from ttx.tui import paint
from ttx.tui.paint import Seg
from ttx.tui.theme import Ink, glyphs

FEW = 3
"""Rows in which there is room for one alone."""


class Item(NamedTuple):
    """Something that a seat is told."""

    entry: int
    """Of the record; 0 where it is this screen that tells it."""
    words: str


class Deed(NamedTuple):
    """What can be done about it."""

    key: str
    word: str
    action: str


class Shown(NamedTuple):
    """What there was room for."""

    rows: list[Text]
    entries: tuple[int, ...]
    """Those of which at least the beginning is shown."""


def shown(items: Sequence[Item], deeds: Sequence[Deed], width: int, most: int, ink: Ink) -> Shown:
    """Items in at most so many rows of that width; what can be done stands at the end of the last.

    Those that have no room are counted; the first is cut where it alone needs more. In `FEW` rows
    the first stands alone: a page that is so short needs its last rows.
    """
    if not items:
        return Shown([], ())
    taken = _whole(items, width, most)
    ends = _ends(deeds, len(items) - len(taken), ink)
    if most > 1 and _cells(_rows(taken, ink)[-1]) + _cells(ends) + 1 > width:
        taken = _whole(items, width, most - 1)
        ends = _ends(deeds, len(items) - len(taken), ink)
        rows = [*_rows(taken, ink), []]
    else:
        rows = _rows(taken, ink)
    *first, last = rows
    lines = [paint.line(width, row, fill=ink.raised) for row in first]
    lines.append(paint.line(width, last, ends, ink.raised))
    return Shown(lines, tuple(item.entry for item, _lines in taken))


def _whole(items: Sequence[Item], width: int, most: int) -> list[tuple[Item, list[str]]]:
    """As many items as are whole in so many rows, with their lines; the first one in any case."""
    room, left = width - _pad() - 1, most
    taken: list[tuple[Item, list[str]]] = []
    for item in items:
        lines = paint.fitted(item.words, room, max(left, 1))
        if taken and (most <= FEW or left < 1 or len(paint.broken(item.words, room)) > left):
            break
        taken.append((item, lines))
        left -= len(lines)
    return taken


def _pad() -> int:
    """Cells before the words."""
    return cell_len(glyphs().marked) + 2


def _rows(taken: Sequence[tuple[Item, list[str]]], ink: Ink) -> list[list[Seg]]:
    """Their lines, the first line of each behind a sign."""
    head, none = (f" {glyphs().marked} ", f"bold {ink.heat}"), (" " * _pad(), "")
    return [
        [none if at else head, (line, f"bold {ink.strong}")]
        for _item, lines in taken
        for at, line in enumerate(lines)
    ]


def _cells(segs: Sequence[Seg]) -> int:
    return sum(cell_len(words) for words, _style in segs)


def _ends(deeds: Sequence[Deed], more: int, ink: Ink) -> list[Seg]:
    """How many have no room, and what can be done."""
    segs: list[Seg] = [(_("and {count} more", count=more), f"bold {ink.heat}")] if more else []
    for deed in deeds:
        does = f" @{deed.action}"
        segs += [
            ("  " if segs else "", ""),
            (deed.key, f"bold {ink.cool}{does}"),
            (f" {deed.word}", f"{ink.text}{does}"),
        ]
    return [*segs, (" ", "")] if segs else []
