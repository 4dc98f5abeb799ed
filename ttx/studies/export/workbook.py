"""Tables as one XLSX workbook: a sheet a table, typed cells, and a first sheet that explains them.

A text is written as a text whatever it begins with, so nothing that was typed is ever a formula, a
link or a number.
"""

from __future__ import annotations

import datetime
import io
from collections.abc import Iterable, Sequence
from typing import Any

from ttx.studies.export.columns import Column, Row, Value, decimal
from ttx.studies.export.package import Filled
from ttx.workbooks import begun

LONGEST = 32_767
"""Characters that a cell holds."""
MOST = 1_048_575
"""Rows that a sheet holds below its heading."""
EXACT = 2**53
"""Whole numbers up to here are exact in a cell; larger ones are written as text."""
FIRST = "1900-03-01"
"""Days before this one have no number in a workbook, and are written as text."""
WIDEST = 60
ABOUT = "about"
_ABOUT = ("table", "column", "type", "unit", "values", "meaning")
_TYPES = {
    "id": "text",
    "text": "text",
    "whole": "whole number",
    "points": "number with two decimals",
    "yes": "yes or no",
    "day": "date",
    "moment": "time in UTC",
}


class TooLarge(ValueError):
    """Something that no workbook holds; a sentence for a person."""


def workbook(filled: Filled, title: str, about: str) -> bytes:
    """Tables as the bytes of a workbook; TooLarge where it cannot hold them whole.

    Missing where XlsxWriter is not installed.
    """
    for table, rows in filled.values():
        _held(table.name, table.columns, rows)
    out = io.BytesIO()
    book = begun(out, title, about)
    looks = {
        "head": book.add_format({"bold": True, "bottom": 1}),
        "points": book.add_format({"num_format": "0.00"}),
        "day": book.add_format({"num_format": "yyyy-mm-dd"}),
        "moment": book.add_format({"num_format": "yyyy-mm-dd hh:mm:ss"}),
    }
    explained = [Column(name, "text", "") for name in _ABOUT]
    _sheet(book, looks, ABOUT, explained, list(_explained(filled, title, about)))
    for table, rows in filled.values():
        _sheet(book, looks, table.name, table.columns, rows)
    book.close()
    return out.getvalue()


def _held(name: str, columns: Sequence[Column], rows: Sequence[Row]) -> None:
    if len(rows) > MOST:
        raise TooLarge(
            f"A sheet holds {MOST} rows, and {name} has {len(rows)}; take CSV, or fewer runs."
        )
    for row in rows:
        for column, value in zip(columns, row, strict=True):
            if isinstance(value, str) and len(value.encode("utf-16-le")) // 2 > LONGEST:
                raise TooLarge(
                    f"A cell holds {LONGEST} characters, and {column.name} of {name} is longer; "
                    "take CSV."
                )


def _explained(filled: Filled, title: str, about: str) -> Iterable[Row]:
    yield "", "", "", "", "", f"{title}. {about}"
    for table, _ in filled.values():
        yield table.name, "", "", "", "", table.about
        for column in table.columns:
            among = ", ".join(column.among)
            yield table.name, column.name, _TYPES[column.kind], column.unit, among, column.about


def _sheet(
    book: Any,  # noqa: ANN401  # xlsxwriter comes without types
    looks: dict[str, Any],
    name: str,
    columns: Sequence[Column],
    rows: Sequence[Row],
) -> None:
    sheet = book.add_worksheet(name)
    sheet.freeze_panes(1, 0)
    for at, column in enumerate(columns):
        sheet.write_string(0, at, column.name, looks["head"])
        sheet.set_column(at, at, _width(column, [row[at] for row in rows[:200]]))
    for line, row in enumerate(rows, 1):
        for at, (column, value) in enumerate(zip(columns, row, strict=True)):
            if value is not None and value != "":
                _cell(sheet, looks, line, at, column, value)
    sheet.autofilter(0, 0, max(len(rows), 1), len(columns) - 1)


def _cell(
    sheet: Any,  # noqa: ANN401  # xlsxwriter comes without types
    looks: dict[str, Any],
    line: int,
    at: int,
    column: Column,
    value: Value,
) -> None:
    match column.kind, value:
        case "points", int():
            sheet.write_number(line, at, value / 100, looks["points"])
        case "yes", _:
            sheet.write_boolean(line, at, bool(value))
        case "whole", int() if abs(value) <= EXACT:
            sheet.write_number(line, at, value)
        case "day", str() if value >= FIRST:
            day = datetime.datetime.fromisoformat(value)
            sheet.write_datetime(line, at, day, looks["day"])
        case "moment", str() if value >= FIRST:
            moment = datetime.datetime.fromisoformat(value).replace(tzinfo=None)
            sheet.write_datetime(line, at, moment, looks["moment"])
        case _:
            sheet.write_string(line, at, str(value))


def _width(column: Column, values: Iterable[Value]) -> int:
    def shown(value: Value) -> str:
        points = column.kind == "points" and isinstance(value, int)
        return decimal(int(value or 0)) if points else str(value or "")

    longest = max((len(shown(cell)) for cell in values), default=0)
    return min(max(longest, len(column.name)) + 3, WIDEST)
