"""Rows that go on with the row above: of cells merged over several rows, or more of its words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ttx.exercise.msel.sheets.cleaned import numbers
from ttx.exercise.msel.sheets.columns import TIMES
from ttx.exercise.msel.sheets.grid import Grid, trimmed
from ttx.exercise.msel.sheets.heading import Heading
from ttx.i18n import ngettext

Meant = Sequence[str | None]
"""The key of each column, None where its header is not known."""
_ONE = ("number", "id", "title")
"""What an inject has once: where it is merged over several rows, they are one inject."""
_MORE = ("text", "question", "expected_action", "if_not", "objectives", "notes", "to", "via")
"""What may go on in a row of its own."""
_MOSTLY = 0.8
"""The part of the rows that has a number, where a row without one can go on with another."""


def whole_rows(grid: Grid, header: Heading, meant: Meant) -> Grid:
    """The table with each inject in one row, and a remark on the rows that were put together.

    A cell that is merged over several rows counts for each of them; where it is a number or a
    title, the rows are one inject. A row without number, title and time goes on with the one right
    above it, in a list that numbers its rows.
    """
    rows = [[*row] for row in grid.rows]
    going_on = _merged(grid, header, meant, rows)
    going_on |= _unnumbered(rows, header, meant, grid)
    for at in sorted(going_on):
        first = at - 1
        while first in going_on:
            first -= 1
        rows[first] = _together(rows[first], rows[at], meant)
    for at in going_on:
        rows[at] = []
    made = replace(grid, rows=tuple(map(trimmed, rows)))
    if not going_on:
        return made
    named = numbers(grid.number(at) for at in going_on)
    said = ngettext(
        "{count} row goes on with the row above it and was read as part of it: {rows}.",
        "{count} rows go on with the row above them and were read as part of it: {rows}.",
        len(going_on),
        count=len(going_on),
        rows=named,
    )
    return replace(made, remarks=(*grid.remarks, said))


def _key(meant: Meant, column: int) -> str | None:
    return meant[column] if column < len(meant) else None


def _merged(grid: Grid, header: Heading, meant: Meant, rows: list[list[str]]) -> set[int]:
    """Rows of one inject by their merged cells; a merged cell of the others is put into each."""
    going_on: set[int] = set()
    for top, left, bottom, _right in grid.merged:
        if top <= header.last or bottom == top or not grid.cell(top, left):
            continue
        if _key(meant, left) in _ONE:
            going_on |= {*range(top + 1, min(bottom + 1, len(rows)))}
    for top, left, bottom, right in grid.merged:
        if top <= header.last or bottom == top or not (cell := grid.cell(top, left)):
            continue
        for at in range(top + 1, min(bottom + 1, len(rows))):
            if at in going_on or right != left or _key(meant, left) is None or not any(rows[at]):
                continue
            rows[at] += [""] * (left + 1 - len(rows[at]))
            rows[at][left] = rows[at][left] or cell
    return going_on


def _unnumbered(
    rows: Sequence[Sequence[str]], header: Heading, meant: Meant, grid: Grid
) -> set[int]:
    """Rows that hold nothing but more of what the row right above them says."""
    below = [(at, row) for at, row in enumerate(rows) if at > header.last and any(row)]
    told = {
        at: {_key(meant, column) for column, cell in enumerate(row) if cell} for at, row in below
    }
    long = [keys for keys in told.values() if len(keys) > 2]
    numbered = sum(not keys.isdisjoint(("number", "id")) for keys in long)
    if len(long) < 2 or numbered < _MOSTLY * len(long):
        return set()
    across = {
        at
        for top, left, bottom, right in grid.merged
        if right > left
        for at in range(top, bottom + 1)
    }
    going_on: set[int] = set()
    for at, _row in below:
        keys = told[at]
        above = told.get(at - 1, set())
        begins = at - 1 in going_on or not above.isdisjoint(_ONE)
        if keys <= {*_MORE} and begins and at not in across and len(above) > 1:
            going_on.add(at)
    return going_on


def _together(row: list[str], more: Sequence[str], meant: Meant) -> list[str]:
    """A row and the one that goes on with it."""
    made = row + [""] * (len(more) - len(row))
    for column, cell in enumerate(more):
        key = _key(meant, column)
        if not cell or cell == made[column]:
            continue
        between = "\n" if key in _MORE and key not in ("to", "via") else ", "
        if key in TIMES:
            between = " "
        made[column] = f"{made[column]}{between}{cell}" if made[column] else cell
    return made
