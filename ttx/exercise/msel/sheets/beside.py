"""Other tables beside a list on its sheet, and parts of the list with their columns moved."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from ttx.exercise.msel.sheets.cleaned import numbers
from ttx.exercise.msel.sheets.columns import letter
from ttx.exercise.msel.sheets.grid import Grid, trimmed
from ttx.exercise.msel.sheets.heading import Heading, Known, is_data
from ttx.i18n import _, ngettext

_HEADERS = 3
"""So many known headers make a row the header of another part of the list."""
_DIGIT = re.compile(r"\d")


def one_table(grid: Grid, header: Heading, known: Known) -> tuple[Grid, Heading]:
    """The list alone, its columns in one order, with remarks on what stands beside it."""
    grid, header = _alone(grid, header, known)
    return _reordered(grid, header, known), header


def key_of(known: Known, name: str) -> str | None:
    """The key of the column that a header names."""
    return getattr(known(name), "key", None) if name else None


def _alone(grid: Grid, header: Heading, known: Known) -> tuple[Grid, Heading]:
    """Without tables beside it: parted from it by an empty column, and telling nothing new."""
    below = range(header.last + 1, len(grid.rows))
    width = max((len(grid.rows[at]) for at in below), default=0)
    width = max(width, len(header.names))
    names = header.names + ("",) * (width - len(header.names))
    filled = [
        bool(name) or any(grid.cell(at, column) for at in below)
        for column, name in enumerate(names)
    ]
    blocks: list[range] = []
    start = None
    for column, here in enumerate([*filled, False]):
        if here and start is None:
            start = column
        elif not here and start is not None:
            blocks.append(range(start, column))
            start = None
    if len(blocks) < 2:
        return grid, header
    keys = [{key for c in block if (key := key_of(known, names[c]))} for block in blocks]
    best = max(range(len(blocks)), key=lambda at: (len(keys[at]), -at))
    others = [
        block
        for at, block in enumerate(blocks)
        if at != best
        and len(block) > 1
        and sum(bool(names[c]) for c in block) > 1
        and keys[at] <= keys[best]
        and _mostly_filled(grid, block, header)
    ]
    if not others:
        return grid, header
    gone = {column for block in others for column in block}
    rows = tuple(
        trimmed(["" if column in gone else cell for column, cell in enumerate(row)])
        if at > header.last or at in (header.at, header.last)
        else row
        for at, row in enumerate(grid.rows)
    )
    said = _(
        "Another table stands beside the list, in columns {columns}, and was not read.",
        columns=", ".join(f"{letter(block[0])}–{letter(block[-1])}" for block in others),
    )
    alone = tuple("" if column in gone else name for column, name in enumerate(names))
    return (
        replace(grid, rows=rows, remarks=(*grid.remarks, said)),
        Heading(alone, header.at, header.last, len(keys[best])),
    )


def _mostly_filled(grid: Grid, block: range, header: Heading) -> bool:
    """Whether a block is a table by its rows: most that hold anything are filled."""
    rows = [
        [grid.cell(at, column) for column in block] for at in range(header.last + 1, len(grid.rows))
    ]
    held = [row for row in rows if any(row)]
    whole = [row for row in held if sum(map(bool, row)) * 2 > len(row)]
    return bool(held) and len(whole) * 2 > len(held)


def _reordered(grid: Grid, header: Heading, known: Known) -> Grid:
    """With the cells below a header in another order where the first header has them."""
    home = dict[str, int]()
    for column, name in enumerate(header.names):
        if key := key_of(known, name):
            home.setdefault(key, column)
    moved: dict[int, int] = {}
    rows, told = list(grid.rows), list[int]()
    for at in range(header.last + 1, len(rows)):
        row = rows[at]
        if _again(row, known):
            keys = {column: key_of(known, cell) for column, cell in enumerate(row) if cell}
            there = {column: home[key] for column, key in keys.items() if key in home}
            differs = any(column != place for column, place in there.items())
            moved = there if differs and len({*there.values()}) == len(there) else {}
            if moved:
                told.append(grid.number(at))
                rows[at] = _placed(row, moved, len(header.names))
        elif moved and any(row):
            rows[at] = _placed(row, moved, len(header.names))
    if not told:
        return grid
    said = ngettext(
        "The columns stand in another order below row {rows}, and were read by its headers.",
        "The columns stand in another order below rows {rows}, and were read by their headers.",
        len(told),
        rows=numbers(told),
    )
    return replace(grid, rows=tuple(rows), remarks=(*grid.remarks, said))


def _again(row: Sequence[str], known: Known) -> bool:
    cells = [cell for cell in row if cell]
    keys = {key for cell in cells if (key := key_of(known, " ".join(cell.split())))}
    return (
        len(keys) >= _HEADERS and len(keys) * 5 >= len(cells) * 3 and not any(map(is_data, cells))
    )


def _placed(row: Sequence[str], moved: dict[int, int], width: int) -> tuple[str, ...]:
    """A row with each cell under the header that it belongs to; what has none comes behind."""
    made = [""] * max(width, len(row))
    spare = [(column, cell) for column, cell in enumerate(row) if cell and column not in moved]
    for column, place in moved.items():
        made[place] = row[column] if column < len(row) else ""
    for column, cell in spare:
        if column < len(made) and not made[column] and column >= width:
            made[column] = cell
        else:
            made.append(cell)
    return trimmed(made)
