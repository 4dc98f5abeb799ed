"""Reads the sheets of a workbook that ttx has written, as people have left them."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from ttx.exercise.msel.columns import column, flat
from ttx.exercise.msel.fields import CONTEXTUAL_ID, INJECT_ID
from ttx.exercise.msel.sheet import TOP, Sheet
from ttx.exercise.msel.whole import MSEL, OWN
from ttx.exercise.source import as_given
from ttx.extras import need
from ttx.i18n import _

_ARCHIVES = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
"""How XLSX and ODS begin, and XLS."""


def own_sheets(path: Path) -> Mapping[str, Sheet] | None:
    """The MSEL and the sheets beside it by name; None for a table that ttx has not written.

    Raises:
        OSError: The file cannot be read.
        Missing: It is a workbook, and what reads those is not installed.
    """
    with path.open("rb") as file:
        if not file.read(4).startswith(_ARCHIVES):
            return None
    calamine = need("python_calamine", "office")
    try:
        book = calamine.CalamineWorkbook.from_path(str(path))
    except Exception:  # noqa: BLE001  # whatever it is, it is none of ours; its reader says what is wrong
        return None
    if MSEL not in book.sheet_names or not set(OWN) & set(book.sheet_names):
        return None
    sheets = {}
    for name in (MSEL, *OWN):
        if name in book.sheet_names:
            known = _is_msel if name == MSEL else _is_own
            table = book.get_sheet_by_name(name).to_python(skip_empty_area=False)
            sheet = _sheet(f"{as_given(path)}, {_('sheet {name}', name=name)}", table, known)
            if sheet is not None:
                sheets[name] = sheet
    return sheets if MSEL in sheets else None


def _is_msel(header: str) -> bool:
    return column(header) is not None


def _is_own(header: str) -> bool:
    return flat(header) in (flat(INJECT_ID), flat(CONTEXTUAL_ID))


def _sheet(name: str, table: list[list[Any]], known: Callable[[str], bool]) -> Sheet | None:
    """A sheet under its heading; None where it has none."""
    rows = [tuple(_words(cell).strip() for cell in row) for row in table]
    fits = [sum(known(cell) for cell in row if cell) for row in rows[:TOP]]
    if not fits or not max(fits):
        return None
    top = fits.index(max(fits))
    below = ((at + 1, row) for at, row in enumerate(rows) if at > top and any(row))
    return Sheet(name, rows[top], top + 1, tuple(below))


def _words(cell: object) -> str:
    """A cell as text: whole numbers without decimals, days as 2026-03-12."""
    match cell:
        case bool():
            return "TRUE" if cell else "FALSE"
        case float() if cell.is_integer():
            return str(int(cell))
        case datetime.datetime() if cell.time() == datetime.time():
            return str(cell.date())
        case datetime.datetime():
            return f"{cell:%Y-%m-%d %H:%M}"
        case datetime.time():
            return f"{cell:%H:%M}"
    return str(cell).replace("\r\n", "\n").replace("\r", "\n")
