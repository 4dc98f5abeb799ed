"""Which column of a list holds what, and the rows as what they say under that."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from ttx.exercise.msel.answers import NOWHERE, Answers
from ttx.exercise.msel.sheets.columns import (
    COLUMNS,
    JOINED,
    STAND_IN,
    TIMES,
    column,
    day_first,
    flat,
    letter,
    nearest,
    parted,
    several,
)
from ttx.exercise.msel.sheets.sheet import Sheet
from ttx.exercise.problems import Problem, shown
from ttx.i18n import _, ngettext

SEVERAL = "+"
"""What a column is for that holds several, each under a heading in its cells."""
_BY_KEY = {part.key: part for part in COLUMNS}
_EMPTY = re.compile(r"[-–—_.*\s]*|n/?a|nil|tbd|tbc|\?+", re.IGNORECASE)
"""What people put into a cell that says nothing."""
_NUMBERED = re.compile(r"(?:[^\W\d_]{1,10}[-. #]{0,2})?\d{1,5}(?:[-.]?\w{1,4})?")
"""A number as lists have them: 12, E1, Inject 3, 4.2, 7a."""
FEW = 4
"""Rows that are named one by one before the others are counted."""
MOST = 12
"""Mistakes that are told one by one."""


@dataclass
class Mistakes:
    """What is wrong with a table so far; what is wrong in the same way is told once."""

    sheet: Sheet
    found: list[tuple[int, int, str]] = field(default_factory=list)

    def add(self, row: int, words: str, at: int | None = None) -> None:
        """One more, in a row, and in a column where it is of one."""
        self.found.append((row, -1 if at is None else at, words))

    def problems(self) -> list[Problem]:
        """All of them, as their author reads them, in the order of rows and columns."""
        alike: dict[tuple[int, str], list[int]] = {}
        for row, at, words in sorted(self.found, key=lambda finding: finding[:2]):
            alike.setdefault((at, words), []).append(row)
        told = [
            Problem(self.sheet.name, None, f"{self._place(numbers, at)}: {words}")
            for (at, words), numbers in alike.items()
        ]
        if len(told) <= MOST:
            return told
        more = ngettext(
            "and {n} more mistake of other kinds",
            "and {n} more mistakes of other kinds",
            len(told) - MOST,
            n=len(told) - MOST,
        )
        return [*told[:MOST], Problem(self.sheet.name, None, more)]

    def _place(self, numbers: list[int], at: int) -> str:
        header = self.sheet.cell(self.sheet.header, at) if at >= 0 else ""
        of = _("{rows}, column {column}", rows=rows_named(numbers), column=letter(at))
        return (f"{of} {shown(header)}" if header else of) if at >= 0 else rows_named(numbers)


def rows_named(numbers: Collection[int], *, first: bool = False) -> str:
    """Rows in words: `row 3`, `rows 3, 9 and 12`, `rows 3, 9, 12, 15 and 37 more`."""
    kept = sorted(numbers)
    if len(kept) == 1:
        return _("Row {row}", row=kept[0]) if first else _("row {row}", row=kept[0])
    if len(kept) <= FEW:
        listed = ", ".join(map(str, kept[:-1]))
        named = {"rows": listed, "last": kept[-1]}
        return (
            _("Rows {rows} and {last}", **named) if first else _("rows {rows} and {last}", **named)
        )
    named = {"rows": ", ".join(map(str, kept[:FEW])), "more": len(kept) - FEW}
    return (
        _("Rows {rows} and {more} more", **named)
        if first
        else _("rows {rows} and {more} more", **named)
    )


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a list by what its cells are for."""

    number: int
    cells: Mapping[str, str]
    """By the key of the column; what says nothing is left out."""
    places: Mapping[str, int]
    """The column of each of them, the first where several say it together."""
    times: tuple[tuple[str, str], ...]
    """What it says of its time: the key of the column and the cell."""
    kept: tuple[tuple[str, str], ...]
    """Cells for which an exercise has no place, under their headers."""
    stand_in: str = ""
    """The header of what stands for its text, where it gave neither that nor a title."""
    second: tuple[str, ...] = ()
    """Headers of columns that say otherwise what a column before them says."""

    def of(self, key: str) -> str:
        """The cell of a column, empty where it says nothing."""
        return self.cells.get(key, "")


def unread(sheet: Sheet, headers: Iterable[str]) -> Iterator[str]:
    """A sentence for each column of one of ttx's own sheets that holds cells nobody reads."""
    known = set(map(flat, headers))
    for at in range(max((len(row) for _n, row in sheet.rows), default=0)):
        header = sheet.cell(sheet.header, at)
        if flat(header) not in known and any(sheet.cell(row, at) for _n, row in sheet.rows):
            yield _(
                "Sheet {sheet}, column {letter} {header} has no place in an exercise; its "
                "cells are left out.",
                sheet=sheet.sheet,
                letter=letter(at),
                header=shown(header),
            )


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns of a sheet that hold something."""

    sheet: Sheet
    keys: Mapping[int, str]
    """What each column is for, by its place; empty for one that is kept and has no place."""

    @property
    def day_first(self) -> bool | None:
        """Whether 12/03 is the 12th of March where the list's language is spoken; None in English.

        As its headers have it: English is written with the month first and the day first.
        """
        said = [day_first(header) for header in self.sheet.header if column(header)]
        told = [first for first in said if first is not None]
        return told.count(True) > told.count(False) if len(told) * 2 > len(said) else None

    def row(self, number: int, given: tuple[str, ...]) -> Row:
        """A row as what it says."""
        cells, places = dict[str, str](), dict[str, int]()
        times, kept = list[tuple[str, str]](), list[tuple[str, str]]()
        spare = dict[str, tuple[int, str, str]]()
        second = list[str]()
        for at, key, header, cell in self._said(given):
            if key in TIMES:
                times.append((key, cell))
            elif key and _BY_KEY[key].placed and (key not in cells or key in JOINED):
                cells[key] = _joined(key, cells.get(key, ""), cell)
                places.setdefault(key, at)
            elif cells.get(key) != cell:
                kept.append((header, cell))
                if key in cells:
                    second.append(header)
                spare.setdefault(key, (at, header, cell))
        stand_in = ""
        if not cells.get("title") and not cells.get("text"):
            for key in STAND_IN:
                if key in cells:
                    cells["text"], places["text"] = cells.pop(key), places.pop(key)
                    stand_in = self.sheet.cell(self.sheet.header, places["text"])
                    break
                if key in spare:
                    at, stand_in, cells["text"] = spare[key]
                    places["text"] = at
                    kept.remove((stand_in, cells["text"]))
                    break
        return Row(number, cells, places, tuple(times), tuple(kept), stand_in, tuple(second))

    def _said(self, given: tuple[str, ...]) -> Iterator[tuple[int, str, str, str]]:
        """The place, key, header and cell of all that a row says."""
        for at, key in self.keys.items():
            cell = self.sheet.cell(given, at)
            header = self.sheet.cell(self.sheet.header, at)
            header = header or _("column {letter}", letter=letter(at))
            for inner, said in parted(cell) if key == SEVERAL else [(key, cell)]:
                if said and (inner == "number" or not _EMPTY.fullmatch(said)):
                    named = _BY_KEY[inner].header if key == SEVERAL and inner else header
                    yield at, inner, named, said

    def unplaced(self) -> list[str]:
        """A sentence about all columns with cells for which an exercise has no place."""
        named = [
            f"{letter(at)} {shown(header)}" if header else letter(at)
            for at, key in self.keys.items()
            if key != SEVERAL and not (key and (_BY_KEY[key].placed or key in TIMES))
            for header in [self.sheet.cell(self.sheet.header, at)]
            if any(self.sheet.cell(row, at) for _row, row in self.sheet.rows)
        ]
        if not named:
            return []
        return [
            ngettext(
                "Column {columns} has no place in an exercise; its cells are kept as comments "
                "above new injects.",
                "Columns {columns} have no place in an exercise; their cells are kept as comments "
                "above new injects.",
                len(named),
                columns=", ".join(named),
            ),
            *self._hints(),
        ]

    def _hints(self) -> list[str]:
        """How a column is mapped by hand that looks like one of ours."""
        hints = self._longer()
        unknown = [
            self.sheet.cell(self.sheet.header, at) for at, key in self.keys.items() if not key
        ]
        near = [hint for header in unknown if header and (hint := nearest(header))]
        return hints + [
            _(
                '{header} may be {column}: --map "{header}={column}" reads it so.',
                header=header,
                column=column_key,
            )
            for header, column_key in near[:3]
        ]

    def _longer(self) -> list[str]:
        """Columns without a place that say more than the text does, as some lists have it."""
        found = []
        texts = self._letters({at for at, key in self.keys.items() if key == "text"})
        for at, key in self.keys.items():
            if key in ("narrative_actual", "background") and self._letters({at}) > texts:
                header = self.sheet.cell(self.sheet.header, at)
                found.append(
                    _(
                        '{header} says more than the description does: --map "{named}=text" '
                        "puts it into the message.",
                        header=shown(header),
                        named=header,
                    )
                )
        return found

    def _letters(self, places: Collection[int]) -> int:
        return sum(
            len(self.sheet.cell(row, at)) for _number, row in self.sheet.rows for at in places
        )


def _joined(key: str, before: str, cell: str) -> str:
    if not before or cell in before:
        return before or cell
    if before in cell:
        return cell
    return f"{before}; {cell}" if key == "objectives" else f"{before}\n\n{cell}"


def columns_of(sheet: Sheet, answers: Answers, wrong: Mistakes) -> Columns:
    """What each column is for; what is mapped by hand comes first, then what headers say."""
    mapped = answers.mapped(sheet)
    width = max(len(row) for row in (sheet.header, *(row for _row, row in sheet.rows)))
    keys = dict[int, str]()
    for at in range(width):
        header = sheet.cell(sheet.header, at)
        known = column(header)
        named = known.key if known else SEVERAL if several(header) else ""
        key = mapped.get(at, named)
        if key != NOWHERE and (header or any(sheet.cell(row, at) for _row, row in sheet.rows)):
            keys[at] = key
    found = {*keys.values()}
    if "number" not in found:
        says = [at for at, key in keys.items() if key in ("title", "text")]
        for at in says if len(says) > 1 else ():
            if at not in mapped and _numbers(sheet, at):
                keys[at] = "number"
                break
    if not found & {"number", "id", "title", "text", SEVERAL}:
        named = ", ".join(shown(header) for header in sheet.header if header)
        wrong.add(
            sheet.header_row,
            _(
                "no column gives a number, an id, a title or a description; it has {columns}; "
                'name one with --map "HEADER=title"',
                columns=_most(named),
            ),
        )
    return Columns(sheet, keys)


def _numbers(sheet: Sheet, at: int) -> bool:
    """Whether a column that is headed INJECT or EVENT only numbers them, each row once."""
    cells = [cell for _row, row in sheet.rows if (cell := sheet.cell(row, at))]
    return len(cells) > 1 and len({*cells}) == len(cells) and all(map(_NUMBERED.fullmatch, cells))


def _most(named: str) -> str:
    return named if len(named) <= 200 else f"{named[:200]}…"
