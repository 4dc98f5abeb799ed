"""A text with delimiters, as a table of words."""

from __future__ import annotations

import csv
import io
import re

from ttx.exercise.msel.sheets.cleaned import Cleaning
from ttx.exercise.msel.sheets.container import Unfit
from ttx.exercise.msel.sheets.grid import Grid, trimmed
from ttx.exercise.msel.sheets.heading import TOP, Known, heading
from ttx.i18n import _

_SEPARATOR = re.compile(r"sep=(.)\r?\n", re.IGNORECASE)
"""The line in which Excel keeps its delimiter."""
_DELIMITERS = (",", ";", "\t", "|")


def grid_of(text: str, known: Known) -> Grid:
    """The rows, with the delimiter under which most headers are `known`.

    Raises:
        Unfit: A quotation mark stands where none can, or is never closed; says in which row.
    """
    own = _SEPARATOR.match(text)
    skipped = 1 if own else 0
    text = text[own.end() :] if own else text
    delimiter, most = ",", 0
    for candidate in [own[1]] if own else _DELIMITERS:
        found = heading(Grid("", tuple(_first_rows(text, candidate))), known)
        if own or (found is not None and found.fits > most):
            delimiter, most = candidate, found.fits if found else 0
    cleaning = Cleaning()
    rows = [
        trimmed(cleaning.row(at, row))
        for at, row in enumerate(_rows(text, delimiter, skipped), start=1 + skipped)
    ]
    return Grid("", tuple(rows), first=1 + skipped, remarks=tuple(cleaning.remarks()))


def _first_rows(text: str, delimiter: str) -> list[tuple[str, ...]]:
    """As many rows as a header may stand in; fewer where the text cannot be read so."""
    rows: list[tuple[str, ...]] = []
    try:
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter):
            rows.append(tuple(cell.strip() for cell in row))
            if len(rows) == TOP:
                break
    except csv.Error:
        pass
    return rows


def _rows(text: str, delimiter: str, skipped: int) -> list[list[str]]:
    rows: list[list[str]] = []
    try:
        rows.extend(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True))
    except csv.Error as error:
        raise Unfit(
            _("row {rows} cannot be read: {error}", rows=len(rows) + 1 + skipped, error=error)
        ) from error
    return rows
