"""A table of injects: read however a spreadsheet has saved it, and written for one."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from ttx.exercise.msel.sheets.beside import key_of, one_table
from ttx.exercise.msel.sheets.choice import BY_HAND, chosen
from ttx.exercise.msel.sheets.columns import letter
from ttx.exercise.msel.sheets.container import Kind, Unfit, kind_of, other_name
from ttx.exercise.msel.sheets.delimited import grid_of
from ttx.exercise.msel.sheets.encodings import decoded
from ttx.exercise.msel.sheets.goes_on import whole_rows
from ttx.exercise.msel.sheets.grid import Grid
from ttx.exercise.msel.sheets.heading import TOP, Heading, Known, heading, on_its_side
from ttx.exercise.msel.sheets.parts import with_days
from ttx.exercise.msel.sheets.passed import PassedOver, told_apart
from ttx.exercise.msel.sheets.workbook import bare_grids_of, marked, marks_of
from ttx.exercise.problems import ExerciseError, Problem
from ttx.exercise.source import as_given
from ttx.i18n import _

_FORMULA = re.compile(r"'*[=+\-@\t\r＝＋－＠]")
"""What a spreadsheet would reckon instead of show, and what has been kept from that already."""
_GUARDED = re.compile(r"''*[=+\-@\t\r＝＋－＠]")


@dataclass(frozen=True, slots=True)
class Sheet:
    """The rows of a file, with the number that a spreadsheet gives each.

    Cells are words whatever they were: a time is `09:15`, a date `2026-03-12`, both with a space
    between, an amount of time `27:30`, a number `5004`. No cell begins or ends with a space, lines
    in it end in a line feed, and rows end with their last cell that is not empty.
    """

    name: str
    """The file's, and the worksheet's where it is a workbook."""
    header: tuple[str, ...]
    header_row: int
    rows: tuple[tuple[int, tuple[str, ...]], ...]
    """Those under the header that can be injects."""
    remarks: tuple[str, ...] = ()
    """What an author has to know of how it was read, a sentence each."""
    passed_over: PassedOver = field(default_factory=PassedOver)
    """Rows that are no injects; `remarks` say so already."""
    sheet: str = ""
    """The name of the worksheet; empty where the file is no workbook."""

    def cell(self, row: tuple[str, ...], at: int) -> str:
        """A cell, empty where the row is shorter."""
        return row[at] if at < len(row) else ""


def as_csv(rows: Iterable[Iterable[str]]) -> bytes:
    """Rows as CSV in UTF-8 with a mark, which spreadsheets need to see that it is UTF-8."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    for row in rows:
        writer.writerow([guarded(cell) for cell in row])
    return out.getvalue().encode("utf-8-sig")


def guarded(cell: str) -> str:
    """The cell with an apostrophe in front where a spreadsheet would take it for a formula."""
    return f"'{cell}" if _FORMULA.match(cell) else cell


def unguarded(cell: str) -> str:
    """The cell as it was before that."""
    return cell[1:] if _GUARDED.match(cell) else cell


def escaped(cell: str) -> str:
    """The cell as it stands in a workbook, so that `unguarded` gives it back.

    A workbook needs no guard, but one that was made from CSV has those of the CSV in it, and they
    are taken off on the way in. What looks like one and is none gets one more.
    """
    return f"'{cell}" if _GUARDED.match(cell) else cell


def read_sheet(
    path: Path, known: Known, sheet: str | None = None, encoding: str | None = None
) -> Sheet:
    """The table of injects in a file, under the row in which most cells are `known` headers.

    Args:
        path: A workbook (XLSX, XLSM, XLSB, XLS, ODS) or a text with `,`, `;`, a tab or `|` between
            cells. What is in it counts, not what it is named.
        known: What a header means, None where it means nothing. What it returns has a `key` where
            the rows below are to be told apart by it.
        sheet: The worksheet to read; without it, the one that holds the list.
        encoding: That of a text; without it, the one that its bytes are found to be in.

    Raises:
        ExerciseError: With the place: it cannot be read, or no header is known.
        Missing: It is a workbook, and the library that reads them is not installed.
    """
    name = as_given(path)
    known = cache(known)  # asked about every cell of the rows in which a header may stand
    try:
        return _read(path, name, known, sheet, encoding)
    except OSError as error:
        reason = (error.strerror or type(error).__name__).lower()
        raise ExerciseError(
            [Problem(name, None, _("cannot be read: {reason}", reason=reason))]
        ) from error
    except Unfit as unfit:
        raise ExerciseError([Problem(name, None, str(unfit))]) from unfit


def _read(path: Path, name: str, known: Known, sheet: str | None, encoding: str | None) -> Sheet:
    raw = path.read_bytes()
    kind = kind_of(raw)
    remarks: list[str] = []
    if misnamed := other_name(kind, path.suffix.lower()):
        remarks.append(misnamed)
    if kind is Kind.TEXT:
        if sheet is not None:
            raise Unfit(_("is text and has no sheets: leave out --sheet"))
        read = decoded(raw, encoding)
        remarks += read.remarks
        grid = grid_of(read.text, known)
        found = heading(grid, known)
        if found is None:
            raise Unfit(
                _(
                    "none of the first {top} rows holds the headers of an MSEL, such as MSEL "
                    "NUMBER, TITLE and DESCRIPTION, with a comma, a semicolon, a tab or | "
                    "between them; say by hand what its columns are, as in {option}",
                    top=TOP,
                    option=BY_HAND,
                )
            )
        return _sheet(name, grid, found, known, remarks)
    if encoding is not None:
        raise Unfit(_("is a workbook, which says itself how it is written: leave out --encoding"))
    grid, found, said = chosen(bare_grids_of(raw, kind), known, sheet)
    grid = marked(grid, marks_of(raw, kind, grid.name).get(grid.name))
    where = _("{file}, sheet {sheet}", file=name, sheet=f"'{grid.name}'")
    return _sheet(where, grid, found, known, [*remarks, *said])


def _sheet(name: str, grid: Grid, header: Heading, known: Known, remarks: list[str]) -> Sheet:
    if (side := on_its_side(grid, header, known)) is not None:
        words = _(
            "its headers stand below each other in column {column}, and an MSEL has them in one "
            "row: copy the table in a spreadsheet and paste it transposed",
            column=letter(side),
        )
        raise ExerciseError([Problem(name, None, words)])
    grid, header = one_table(grid, header, known)
    meant = [key_of(known, name) for name in header.names]
    grid = whole_rows(grid, header, meant)
    rows, passed = told_apart(grid, header, known)
    has_days = not {"date", "day"}.isdisjoint(filter(None, meant))
    rows, names = with_days(rows, header.names, grid, header.at, passed.sections, has_days=has_days)
    return Sheet(
        name,
        tuple(map(unguarded, names)),
        grid.number(header.at),
        tuple((number, tuple(map(unguarded, row))) for number, row in rows),
        (*remarks, *grid.remarks, *passed.remarks()),
        passed,
        grid.name,
    )
