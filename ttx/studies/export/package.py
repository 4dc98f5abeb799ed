"""Tables as CSV (UTF-8, RFC 4180) with a `datapackage.json` that types and explains each column.

Text stands as it was typed, also where it begins with what a spreadsheet takes for a formula: CSV
is data, and a sign before it would be another text. `formulas` counts such cells, so that it can be
said.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from ttx import files
from ttx.studies.export.columns import Column, Row, Table, Value, decimal

FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""What a spreadsheet takes for the beginning of a formula."""
PIECE = 1 << 20
"""Characters that are gathered before they are written."""
_TYPES = {
    "id": "string",
    "text": "string",
    "whole": "integer",
    "points": "number",
    "yes": "boolean",
    "day": "date",
    "moment": "datetime",
}
Filled = Mapping[str, tuple[Table[Any], Sequence[Row]]]
"""Tables with their rows, by name."""


def cell(column: Column, value: Value) -> str:
    """A value as CSV has it; empty where nothing is said."""
    if value is None:
        return ""
    if column.kind == "points":
        assert isinstance(value, int)
        return decimal(value)
    if column.kind == "yes":
        return "true" if value else "false"
    return str(value)


def lines_of(columns: Sequence[Column], rows: Iterable[Row]) -> Iterator[bytes]:
    """A table as CSV, a heading and then a line a row, each ended by CR and LF; in large pieces."""
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow([column.name for column in columns])
    for row in rows:
        writer.writerow([cell(*pair) for pair in zip(columns, row, strict=True)])
        if text.tell() > PIECE:
            yield text.getvalue().encode()
            text.seek(0)
            text.truncate()
    yield text.getvalue().encode()


def formulas(filled: Filled) -> int:
    """How many texts begin with what a spreadsheet takes for a formula."""
    return sum(
        isinstance(value, str) and column.kind in ("id", "text") and value.startswith(FORMULA)
        for table, rows in filled.values()
        for row in rows
        for column, value in zip(table.columns, row, strict=True)
    )


def write_package(
    folder: Path,
    tables: Iterable[tuple[Table[Any], Iterable[Row]]],
    name: str,
    title: str,
    about: str,
) -> None:
    """Put a data package into a folder: a CSV file a table, and `datapackage.json`.

    OSError where the disk refuses.
    """
    described: dict[str, Any] = {
        "profile": "tabular-data-package",
        "name": name,
        "title": title,
        "description": about,
        "resources": [_written(folder, table, rows) for table, rows in tables],
    }
    text = json.dumps(described, indent=2, ensure_ascii=False)
    files.write(folder / "datapackage.json", f"{text}\n".encode())


def _written(folder: Path, table: Table[Any], rows: Iterable[Row]) -> dict[str, Any]:
    """Write a table, and describe what was written."""
    size, count, digest = 0, 0, hashlib.sha256()

    def counted() -> Iterator[Row]:
        nonlocal count
        for row in rows:
            count += 1
            yield row

    with files.draft(folder) as (fd, there):
        for piece in lines_of(table.columns, counted()):
            files.fill(fd, piece)
            digest.update(piece)
            size += len(piece)
        files.name(there, folder / f"{table.name}.csv")
    return _resource(table) | {
        "bytes": size,
        "hash": f"sha256:{digest.hexdigest()}",
        "rows": count,
    }


def _resource(table: Table[Any]) -> dict[str, Any]:
    return {
        "profile": "tabular-data-resource",
        "name": _name(table.name),
        "path": f"{table.name}.csv",
        "title": table.title,
        "description": table.about,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "dialect": {
            "delimiter": ",",
            "lineTerminator": "\r\n",
            "quoteChar": '"',
            "doubleQuote": True,
            "skipInitialSpace": False,
            "header": True,
        },
        "schema": {
            "fields": [_field(column) for column in table.columns],
            "missingValues": [""],
            "primaryKey": list(table.key),
            "foreignKeys": [
                {
                    "fields": list(link.columns),
                    "reference": {
                        "resource": _name(link.table),
                        "fields": list(link.key),
                    },
                }
                for link in table.links
            ],
        },
    }


def _name(table: str) -> str:
    return table.replace("_", "-")


def _field(column: Column) -> dict[str, Any]:
    field: dict[str, Any] = {
        "name": column.name,
        "type": _TYPES[column.kind],
        "title": column.title,
        "description": column.about,
    }
    if column.unit:
        field["unit"] = column.unit
    limits: dict[str, Any] = {} if column.empty else {"required": True}
    if column.among:
        limits["enum"] = list(column.among)
    return field | ({"constraints": limits} if limits else {})
