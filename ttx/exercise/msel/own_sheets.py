"""Reads the sheets of a workbook that ttx has written, as people have left them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from ttx.exercise.msel.fields import CONTEXTUAL_ID, INJECT_ID
from ttx.exercise.msel.ground_sheet import HEADERS
from ttx.exercise.msel.sheets.columns import column, flat
from ttx.exercise.msel.sheets.container import Kind, Unfit, kind_of
from ttx.exercise.msel.sheets.grid import Grid
from ttx.exercise.msel.sheets.sheet import Sheet
from ttx.exercise.msel.sheets.workbook import bare_grids_of, marked, marks_of
from ttx.exercise.msel.whole import MSEL, OWN
from ttx.exercise.source import as_given
from ttx.i18n import _

_TOP = 10
"""The heading is looked for in this many rows; people put a title above it at most."""


def own_sheets(path: Path, named: str = "") -> Mapping[str, Sheet] | None:
    """The MSEL and the sheets beside it by name; None for a table that ttx has not written.

    Where another sheet than the MSEL is `named`, that one is read by itself. What cannot be read
    is none of them either: whoever reads tables from elsewhere says why.

    Raises:
        Missing: It is a workbook, and what reads those is not installed.
    """
    if named not in ("", MSEL):
        return None
    try:
        raw = path.read_bytes()
        kind = kind_of(raw)
        if kind is Kind.TEXT:
            return None
        grids = {grid.name: grid for grid in bare_grids_of(raw, kind)}
    except (OSError, Unfit):
        return None
    if MSEL not in grids or not set(OWN) & set(grids):
        return None
    marks = marks_of(raw, kind)
    sheets = {}
    for name in (MSEL, *OWN, *HEADERS):
        if name in grids:
            known = _is_msel if name == MSEL else _is_own if name in OWN else _heads(name)
            sheet = _sheet(
                f"{as_given(path)}, {_('sheet {name}', name=name)}",
                marked(grids[name], marks.get(name)),
                known,
            )
            if sheet is not None:
                sheets[name] = sheet
    return sheets if MSEL in sheets else None


def _is_msel(header: str) -> bool:
    return column(header) is not None


def _is_own(header: str) -> bool:
    return flat(header) in (flat(INJECT_ID), flat(CONTEXTUAL_ID))


def _heads(name: str) -> Callable[[str], bool]:
    known = {flat(header) for header in HEADERS[name]}
    return lambda header: flat(header) in known


def _sheet(name: str, grid: Grid, known: Callable[[str], bool]) -> Sheet | None:
    """A sheet under its heading; None where it has none."""
    rows = [tuple(cell.strip() for cell in row) for row in grid.rows]
    fits = [sum(known(cell) for cell in row if cell) for row in rows[:_TOP]]
    if not fits or not max(fits):
        return None
    top = fits.index(max(fits))
    below = ((grid.number(at), row) for at, row in enumerate(rows) if at > top and any(row))
    return Sheet(
        name, rows[top], grid.number(top), tuple(below), remarks=grid.remarks, sheet=grid.name
    )
