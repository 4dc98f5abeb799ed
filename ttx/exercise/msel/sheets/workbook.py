"""The sheets of a workbook (XLSX, XLSM, XLSB, XLS, ODS), as tables of words."""

from __future__ import annotations

import io
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

from ttx.exercise.msel.sheets.cell_marks import (
    Marks,
    far_reaching,
    marks_of_ods,
    marks_of_xlsx,
)
from ttx.exercise.msel.sheets.cleaned import Cleaning, errors, numbers
from ttx.exercise.msel.sheets.container import Kind, Unfit, damaged, encrypted
from ttx.exercise.msel.sheets.grid import Grid, place, some, trimmed
from ttx.exercise.msel.sheets.typed import Cell, from_iso, words
from ttx.exercise.msel.sheets.xls_marks import marks_of_xls
from ttx.extras import need
from ttx.i18n import _, ngettext

_COLUMNS = 12
"""Hidden columns that are named."""
_MOST = 20_000_000
"""Cells from the first to the last, with the empty ones between, that a sheet may come to."""


def grids_of(raw: bytes, kind: Kind) -> list[Grid]:
    """The worksheets, in the order of the workbook; charts and the like are left out.

    Raises:
        Unfit: The workbook is damaged, locked, or has cells far outside any table.
        Missing: The library is not installed.
    """
    marks = marks_of(raw, kind)
    return [marked(grid, marks.get(grid.name)) for grid in bare_grids_of(raw, kind)]


def bare_grids_of(raw: bytes, kind: Kind) -> list[Grid]:
    """The same without what `marked` adds, which takes longer.

    Raises:
        Unfit: The workbook is damaged, locked, or has cells far outside any table.
        Missing: The library is not installed.
    """
    calamine = need("python_calamine", "office")
    _not_far(raw, kind)
    try:
        with _hushed():
            book = calamine.load_workbook(io.BytesIO(raw))
            return [
                _grid(calamine, book, sheet, kind)
                for sheet in book.sheets_metadata
                if sheet.typ == calamine.SheetTypeEnum.WorkSheet
            ]
    except calamine.PasswordError:
        raise Unfit(encrypted()) from None
    except calamine.CalamineError:
        raise Unfit(damaged()) from None
    except BaseException as error:
        if type(error).__name__ != "PanicException":  # of Rust; it is no Exception
            raise
        raise Unfit(damaged()) from None


@contextmanager
def _hushed() -> Iterator[None]:
    """Keep from the terminal what Rust writes there itself where a workbook is damaged."""
    try:
        kept = os.dup(2)
    except OSError:  # there is no standard error
        yield
        return
    try:
        with Path(os.devnull).open("wb") as nowhere:
            os.dup2(nowhere.fileno(), 2)
            yield
    finally:
        os.dup2(kept, 2)
        os.close(kept)


def marks_of(raw: bytes, kind: Kind, only: str | None = None) -> dict[str, Marks]:
    """What the workbook says of cells beside their values, by sheet; of `only` one where named."""
    if kind is Kind.XLSX:
        return marks_of_xlsx(raw, only)
    if kind is Kind.XLS:
        return marks_of_xls(raw)
    return marks_of_ods(raw) if kind is Kind.ODS else {}


def marked(grid: Grid, marks: Marks | None) -> Grid:
    """The sheet with what its formats say, and the remarks on its errors and formulas."""
    if marks is None:
        return grid
    rows = [*grid.rows]
    for (at, column), said in marks.shown.items():
        if grid.cell(at, column):
            row = [*rows[at]]
            row[column] = said
            rows[at] = tuple(row)
    remarks = (*_said_of(marks), *_hidden(grid, marks), *grid.remarks)
    return replace(grid, rows=tuple(rows), remarks=remarks)


def _hidden(grid: Grid, marks: Marks) -> list[str]:
    """That rows and columns are read which nobody sees in the spreadsheet."""
    rows = [grid.number(at) for at in marks.hidden_rows if at < len(grid.rows) and grid.rows[at]]
    filled = {column for held in grid.rows for column, cell in enumerate(held) if cell}
    columns = sorted(marks.hidden_columns & filled)
    said = []
    if rows:
        said.append(
            ngettext(
                "{count} row is hidden or filtered out in the spreadsheet and was read like the "
                "others: {rows}.",
                "{count} rows are hidden or filtered out in the spreadsheet and were read like the "
                "others: {rows}.",
                len(rows),
                count=len(rows),
                rows=numbers(rows),
            )
        )
    if columns:
        said.append(
            ngettext(
                "{count} column is hidden in the spreadsheet and was read like the others: "
                "{columns}.",
                "{count} columns are hidden in the spreadsheet and were read like the others: "
                "{columns}.",
                len(columns),
                count=len(columns),
                columns=some([place((0, column))[:-1] for column in columns], _COLUMNS),
            )
        )
    return said


def _not_far(raw: bytes, kind: Kind) -> None:
    """Refuse what would fill the memory with empty cells."""
    if kind is Kind.ODS:
        far = [
            (name, (marks.rows - 1, marks.columns - 1))
            for name, marks in marks_of_ods(raw).items()
            if marks.rows * marks.columns > _MOST
        ]
    else:
        far = far_reaching(raw, _MOST) if kind is Kind.XLSX else []
    for name, cell in far:
        raise Unfit(
            _(
                "has a sheet ({sheet}) whose cells reach as far as {cell}: delete what stands far "
                "outside its table",
                sheet=name,
                cell=place(cell),
            )
        )


def _grid(calamine: Any, book: Any, sheet: Any, kind: Kind) -> Grid:  # noqa: ANN401  # a library without a base class of its own for these
    read = book.get_sheet_by_name(sheet.name)
    cleaning, rows = Cleaning(), list[tuple[str, ...]]()
    top, left = read.start or (0, 0)
    for at, given in enumerate(read.to_python(skip_empty_area=True), start=top):
        row = [""] * left + [_words(cell, kind) if cell != "" else "" for cell in given]
        rows.append(trimmed(cleaning.row(at + 1, row)))
    merged = tuple((*start, *end) for start, end in (read.merged_cell_ranges or ()) if start != end)
    return Grid(
        sheet.name,
        (*[()] * top, *rows),
        hidden=sheet.visible != calamine.SheetVisibleEnum.Visible,
        merged=merged,
        remarks=tuple(cleaning.remarks()),
    )


def _words(cell: Cell, kind: Kind) -> str:
    if kind is Kind.ODS and isinstance(cell, str):
        return from_iso(cell) or cell
    return words(cell)


def _said_of(marks: Marks) -> list[str]:
    remarks: list[str] = []
    if marks.errors:
        remarks.append(errors([f"{place(at)} ({error})" for at, error in marks.errors.items()]))
    if marks.unreckoned:
        cells = [place(at) for at in marks.unreckoned]
        remarks.append(
            ngettext(
                "{count} cell holds a formula without a result and was read as empty ({cells}): "
                "open the workbook in a spreadsheet and save it.",
                "{count} cells hold formulas without results and were read as empty ({cells}): "
                "open the workbook in a spreadsheet and save it.",
                len(cells),
                count=len(cells),
                cells=some(cells),
            )
        )
    return remarks
