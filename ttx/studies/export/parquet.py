"""Tables as Parquet files: numbers typed, ids and texts as strings, columns explained in place.

Points are 64-bit floats, so that every tool reads them; a hundred times one, rounded, is the whole
number of hundredths again. What a column means and counts is in the metadata of its field.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import islice
from pathlib import Path
from typing import Any

from ttx import files
from ttx.extras import need
from ttx.studies.export.columns import Column, Row, Table, Value

GROUP = 1 << 14
"""Rows that are gathered before they are written."""


def write_parquet(
    folder: Path, tables: Iterable[tuple[Table[Any], Iterable[Row]]], about: str
) -> None:
    """Put a Parquet file for each table into a folder.

    OSError where the disk refuses, Missing where pyarrow is not installed.
    """
    arrow = need("pyarrow", "analysis")
    parquet = need("pyarrow.parquet", "analysis")
    for table, rows in tables:
        notes = {"title": table.title, "description": f"{table.about} {about}"}
        schema = arrow.schema([_field(arrow, column) for column in table.columns], metadata=notes)
        path = folder / f"{table.name}.parquet"
        with parquet.ParquetWriter(path, schema) as writer:
            left = iter(rows)
            while group := list(islice(left, GROUP)):
                writer.write_table(_group(arrow, schema, table.columns, group))
        path.chmod(files.OWN)


def _field(arrow: Any, column: Column) -> Any:  # noqa: ANN401  # pyarrow comes without types
    kinds = {
        "id": arrow.string(),
        "text": arrow.string(),
        "whole": arrow.int64(),
        "points": arrow.float64(),
        "yes": arrow.bool_(),
        "day": arrow.date32(),
        "moment": arrow.timestamp("s", tz="UTC"),
    }
    notes = {"title": column.title, "description": column.about, "unit": column.unit}
    return arrow.field(
        column.name,
        kinds[column.kind],
        nullable=column.empty,
        metadata={name: words for name, words in notes.items() if words},
    )


def _group(arrow: Any, schema: Any, columns: Sequence[Column], rows: Sequence[Row]) -> Any:  # noqa: ANN401  # the same
    values = zip(*rows, strict=True)
    arrays = [
        arrow.array([_value(column, cell) for cell in cells], type=field.type)
        for column, field, cells in zip(columns, schema, values, strict=True)
    ]
    return arrow.Table.from_arrays(arrays, schema=schema)


def _value(column: Column, value: Value) -> Value | float:
    if value is None or (value == "" and column.empty):
        return None
    return value / 100 if column.kind == "points" and isinstance(value, int) else value
