"""Which column of a table holds what, and what is wrong with its header."""

from __future__ import annotations

from dataclasses import dataclass, field

from ttx.exercise.msel.columns import Column, column, letter, nearest
from ttx.exercise.msel.sheet import Sheet
from ttx.exercise.problems import Problem, shown
from ttx.i18n import _


@dataclass
class Mistakes:
    """What is wrong with a table so far, told in the order of its rows and columns."""

    sheet: Sheet
    found: list[tuple[int, int, str]] = field(default_factory=list)

    def add(self, row: int, words: str, at: int | None = None) -> None:
        """One more, in a row, and in a column where it is of one."""
        place = _("row {row}", row=row)
        if at is not None:
            header = self.sheet.cell(self.sheet.header, at)
            place = _("row {row}, column {column}", row=row, column=letter(at))
            place += f" {shown(header)}" if header else ""
        self.found.append((row, -1 if at is None else at, f"{place}: {words}"))

    def problems(self) -> list[Problem]:
        """All of them, as their author reads them."""
        ordered = sorted(self.found, key=lambda finding: finding[:2])
        return [Problem(self.sheet.name, None, words) for _, _, words in ordered]


def columns_of(sheet: Sheet, wrong: Mistakes) -> list[tuple[int, Column]]:
    """The columns that are understood, each with its place; what is not is among the mistakes."""
    top, columns = sheet.header_row, list[tuple[int, Column]]()
    width = max(len(row) for row in (sheet.header, *(row for _, row in sheet.rows)))
    first: dict[str, int] = {}
    for at in range(width):
        header = sheet.cell(sheet.header, at)
        placed = column(header)
        if not header:
            full = next((number for number, row in sheet.rows if sheet.cell(row, at)), None)
            if full is not None:
                wrong.add(full, _("there is a cell under no header"), at)
        elif placed is None:
            wrong.add(
                top, _("this header fits no column of an MSEL{hint}", hint=nearest(header)), at
            )
        elif placed.key in first and placed.placed and placed.key != "objectives":
            wrong.add(
                top,
                _(
                    "column {letter} gives the {header} already",
                    letter=letter(first[placed.key]),
                    header=placed.header,
                ),
                at,
            )
        else:
            first.setdefault(placed.key, at)
            columns.append((at, placed))
    if not {"number", "id", "title"} & set(first):
        wrong.add(top, _("no column gives a number, an id or a title"))
    return columns


def unplaced(sheet: Sheet, columns: list[tuple[int, Column]]) -> list[str]:
    """A sentence for each column with cells for which an exercise has no place."""
    return [
        _(
            "Column {letter} {header} has no place in an exercise; its cells are "
            "kept as comments above new injects only.",
            letter=letter(at),
            header=shown(sheet.header[at]),
        )
        for at, part in columns
        if not part.placed and any(sheet.cell(row, at) for _, row in sheet.rows)
    ]
