"""Parts of a list below each other: the days of its sections, and tables that are none of it."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from ttx.exercise.msel.sheets.columns import TIMES
from ttx.exercise.msel.sheets.grid import Grid
from ttx.exercise.msel.sheets.times import read

Rows = tuple[tuple[int, tuple[str, ...]], ...]
"""Rows with the number that a spreadsheet gives each."""
DAYS = "SCENARIO DAY"
"""The header of the column into which days of sections are put."""
_SHORT = 40
"""Letters of a line above the header that is a section: `DAY 1`."""


def with_days(
    rows: Rows,
    names: tuple[str, ...],
    grid: Grid,
    header: int,
    sections: Collection[int],
    *,
    has_days: bool,
) -> tuple[Rows, tuple[str, ...]]:
    """Rows and headers with the day or date of the section above each in a last column.

    As they are where the list has such a column already, and where no section below the `header`
    says a day.
    """
    days, day = dict[int, str](), ""
    of_rows = {number for number, _row in rows}
    for at, row in enumerate(grid.rows):
        number, words = grid.number(at), " ".join(dict.fromkeys(filter(None, row)))
        if number in sections or (at < header and len(words) <= _SHORT):
            day = _day(words) or day
        elif day and number in of_rows:
            days[number] = day
    if has_days or not any(_day(row[0]) for row in _rows(grid, sections)):
        return rows, names
    width = max(len(names), *(len(row) for _number, row in rows))
    dated = tuple(
        (number, (*row, *("",) * (width - len(row)), days[number]) if number in days else row)
        for number, row in rows
    )
    return dated, (*names, *("",) * (width - len(names)), DAYS)


def _rows(grid: Grid, numbers: Collection[int]) -> Iterator[tuple[str, ...]]:
    return (
        tuple(filter(None, row)) for at, row in enumerate(grid.rows) if grid.number(at) in numbers
    )


def _day(section: str) -> str:
    """What a section says of its day, as a cell would say it; empty where it says none."""
    when = read(section, "date", 2000)
    if when.date is not None and not when.yearless:
        return when.date.isoformat()
    return "" if when.day is None else f"Day {when.day + 1}"


def of_another_table(
    below: Sequence[tuple[int, tuple[str, ...]]], meant: Sequence[str | None]
) -> set[int]:
    """Rows of another table below the list: behind a gap, with words for numbers and times.

    Of a list that has a number or a time in mostly every row, in each such column that it has.
    """
    parts: list[list[tuple[int, tuple[str, ...]]]] = []
    for at, row in below:
        if not parts or at > parts[-1][-1][0] + 1:
            parts.append([])
        parts[-1].append((at, row))
    found: list[set[int]] = []
    for signs in (_numbered, _timed):
        here = [column for column, key in enumerate(meant) if signs(key, None)]
        if not here:
            continue
        cells = [
            [(meant[c], row[c]) for _at, row in part for c in here if c < len(row) and row[c]]
            for part in parts
        ]
        told = [sum(signs(key, cell) for key, cell in part) for part in cells]
        mostly = [at for at, many in enumerate(told) if many]
        if sum(told) < max(2, 0.8 * sum(len(parts[at]) for at in mostly)):
            return set()
        found.append(
            {at for n, part in enumerate(parts) if cells[n] and not told[n] for at, _row in part}
        )
    return set.intersection(*found) if found else set()


def _numbered(key: str | None, cell: str | None) -> bool:
    """Whether a column numbers the injects, and whether a cell of it does."""
    return key in ("number", "id") and (cell is None or any(map(str.isdigit, cell)))


def _timed(key: str | None, cell: str | None) -> bool:
    """The same of a column of times."""
    return key is not None and key in TIMES and (cell is None or bool(read(cell, key, 2000)))
