"""Where the header of a table stands, and what its columns are called."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from ttx.exercise.msel.sheets.grid import Grid

Known = Callable[[str], object | None]
"""What a header means, None where it means nothing; the same for all that mean the same."""
TOP = 100
"""The header is looked for in this many rows."""
_DATA = re.compile(r"[#$+]?\d[\d:.,/ +-]*(?:am|pm|hrs?|h|%)?", re.IGNORECASE)
_SIDE = 3
"""Columns in which headers may stand, and more than so many of them make a list on its side."""
_LONG = 60
"""A cell with more characters is no part of a header in two rows."""


@dataclass(frozen=True, slots=True)
class Heading:
    """The header of a table."""

    names: tuple[str, ...]
    at: int
    """The row that holds most of it, from 0."""
    last: int
    """The last row that belongs to it: the table begins below."""
    fits: int
    """How many different things its columns are known to be."""


def heading(grid: Grid, known: Known) -> Heading | None:
    """The row in which most cells are known headers, the first of several; None without any.

    Where a second row above or below it belongs to the header, as under merged cells, the two are
    read as one.
    """
    best: Heading | None = None
    for at, row in enumerate(grid.rows[:TOP]):
        names = tuple(map(_plain, row))
        fits = _fits(names, known)
        if fits and (best is None or fits > best.fits):
            best = Heading(names, at, at, fits)
    if best is None:
        return None
    return _below(grid, _above(grid, best, known), known)


def on_its_side(grid: Grid, best: Heading, known: Known) -> int | None:
    """The column in which the headers stand below each other, where that tells more than a row."""
    for column in range(_SIDE):
        cells = [_plain(grid.cell(at, column)) for at in range(min(TOP, len(grid.rows)))]
        if _fits(cells, known) > max(best.fits, _SIDE):
            return column
    return None


def is_data(cell: str) -> bool:
    """Whether a cell is a bare number, a time or a date, which no header is."""
    return _DATA.fullmatch(cell) is not None


def _above(grid: Grid, best: Heading, known: Known) -> Heading:
    """With the names of groups above it, where they say more than the row alone."""
    if not best.at:
        return best
    groups = [_plain(cell) for cell in _spread(grid, best.at - 1)]
    if sum(map(bool, groups)) < 2 or any(len(group) > _LONG for group in groups):
        return best
    names = _joined(groups, best.names, known)
    fits = _fits(names, known)
    return Heading(names, best.at, best.last, fits) if fits > best.fits else best


def _below(grid: Grid, best: Heading, known: Known) -> Heading:
    """With the row below it, where that goes on with the header and is no inject."""
    at = best.at + 1
    under = [_plain(cell) for cell in (grid.rows[at] if at < len(grid.rows) else ())]
    filled = [column for column, name in enumerate(under) if name]
    if not filled or any(len(under[column]) > _LONG or is_data(under[column]) for column in filled):
        return best
    groups = [_plain(cell) for cell in _spread(grid, best.at)]
    names = _joined(groups, under, known)
    fits = _fits(names, known)
    nameless = [
        column for column in filled if not (best.names[column] if column < len(best.names) else "")
    ]
    first = next((column for column, name in enumerate(best.names) if name), 0)
    bracketed = all(under[column][0] in "([（" and under[column][-1] in ")]）" for column in filled)
    merged = any(top <= best.at < bottom for top, _left, bottom, _right in grid.merged)
    goes_on = merged or (bool(nameless) and first not in filled) or _fits(under, known) > 1
    if bracketed or (goes_on and fits > best.fits) or (merged and nameless):
        return Heading(names, best.at, at, max(fits, best.fits))
    if nameless and first not in filled and len(filled) < len(best.names):
        return Heading(names, best.at, at, max(fits, best.fits))
    return best


def _spread(grid: Grid, at: int) -> list[str]:
    """A row in which the words of merged cells stand in each of them."""
    row = [*(grid.rows[at] if at < len(grid.rows) else ())]
    for top, left, bottom, right in grid.merged:
        if top <= at <= bottom:
            row += [""] * (right + 1 - len(row))
            for column in range(left, right + 1):
                row[column] = row[column] or grid.cell(top, left)
    return row


def _joined(upper: Sequence[str], lower: Sequence[str], known: Known) -> tuple[str, ...]:
    """The names of a header of two rows: both where that is known, else the lower, else the upper.

    The upper one stands for the first of several columns only.
    """
    names: list[str] = []
    for column in range(max(len(upper), len(lower))):
        over = upper[column] if column < len(upper) else ""
        under = lower[column] if column < len(lower) else ""
        if not over or not under or over == under:
            names.append(under or over)
            continue
        both = f"{over} {under}"
        if known(under) is not None and known(both) == known(under):
            names.append(under)
            continue
        first = column == 0 or upper[column - 1 : column] != [over]
        likely = (both, under, over) if first else (both, under)
        names.append(next((name for name in likely if known(name) is not None), both))
    return tuple(names)


def _fits(names: Sequence[str], known: Known) -> int:
    return len({meaning for name in names if name and (meaning := known(name)) is not None})


def _plain(cell: str) -> str:
    """A header on one line, its accents in one character."""
    return unicodedata.normalize("NFC", " ".join(cell.split()))
