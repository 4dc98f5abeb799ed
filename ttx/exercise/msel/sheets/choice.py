"""Which sheet of a workbook holds the list of injects, and which were passed over."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ttx.exercise.msel.sheets.container import Unfit
from ttx.exercise.msel.sheets.grid import Grid, some
from ttx.exercise.msel.sheets.heading import TOP, Heading, Known, heading
from ttx.exercise.msel.sheets.passed import TEXTS, told_apart
from ttx.exercise.problems import did_you_mean, shown
from ttx.i18n import _, ngettext

BY_HAND = '--map "HEADER=title"'
"""How a column is named by hand."""
_ASIDE = re.compile(
    r"\b(?:old|deleted?|backup|archived?|examples?|samples?|misc|templates?|copy|info only|print|"
    r"blank|unused|do ?not ?(?:use|delete)|donotdelete|lists?|lookups?|legend|read ?me|alt|"
    r"vorlage|modèle|plantilla|архив)\b|旧|サンプル|テンプレート|模板",
    re.IGNORECASE,
)
"""Names of sheets that are kept beside the list and are not the list."""
_LIST = re.compile(r"\b(?:m(?:ain )?sel|main|injects?|master|scenario events?)\b", re.IGNORECASE)
_NAMED = 20
"""So many sheets are named in a sentence."""
_ENOUGH = 3
"""So many known columns make a list of injects; where it says what they are about, two do."""


@dataclass(frozen=True, slots=True)
class _Table:
    """A sheet with its header."""

    at: int
    grid: Grid
    header: Heading
    injects: int
    """Rows that can be some."""

    @property
    def named(self) -> str:
        return _("{sheet} ({rows} rows)", sheet=shown(self.grid.name), rows=self.injects)


def chosen(
    grids: Sequence[Grid], known: Known, sheet: str | None
) -> tuple[Grid, Heading, list[str]]:
    """The sheet that was asked for, else the visible one whose header is best known; and remarks.

    Of several whose headers are known about as well, the one that is not named as if it were kept
    beside the list (`old`, `examples`, `backup`), then the one with most rows, then the first.

    Raises:
        Unfit: There is no such sheet, or none has a header that is known.
    """
    if not grids or not any(any(grid.rows) for grid in grids):
        raise Unfit(_("is empty: none of its sheets holds anything"))
    if sheet is not None:
        return _asked_for(grids, known, sheet)
    tables = [table for at, grid in enumerate(grids) if (table := _table(at, grid, known))]
    seen = [table for table in tables if not table.grid.hidden]
    if not seen:
        raise Unfit(_none_of(grids, tables, known))
    best = _best([one for one in seen if _is_list(one, known)] or seen)
    remarks: list[str] = []
    if len(grids) > 1:
        remarks.append(
            _(
                "Read sheet {sheet}; --sheet NAME reads another.",
                sheet=best.named,
            )
        )
    others = [one for one in seen if one is not best and one.injects and _is_list(one, known)]
    if others:
        remarks.append(
            ngettext(
                "{count} other sheet holds a list as well and was not read: {sheets}.",
                "{count} other sheets hold lists as well and were not read: {sheets}.",
                len(others),
                count=len(others),
                sheets=some([one.named for one in others], _NAMED),
            )
        )
    hidden = [grid.name for grid in grids if grid.hidden and any(grid.rows)]
    if hidden:
        remarks.append(
            ngettext(
                "{count} hidden sheet was passed over: {sheets}.",
                "{count} hidden sheets were passed over: {sheets}.",
                len(hidden),
                count=len(hidden),
                sheets=some(list(map(shown, hidden)), _NAMED),
            )
        )
    helpers = [
        grid.name
        for grid in grids
        if not grid.hidden
        and any(grid.rows)
        and grid is not best.grid
        and all(one.grid is not grid for one in others)
    ]
    if helpers:
        remarks.append(
            ngettext(
                "{count} sheet that holds no list of injects was passed over: {sheets}.",
                "{count} sheets that hold no list of injects were passed over: {sheets}.",
                len(helpers),
                count=len(helpers),
                sheets=some(list(map(shown, helpers)), _NAMED),
            )
        )
    return best.grid, best.header, remarks


def _asked_for(grids: Sequence[Grid], known: Known, sheet: str) -> tuple[Grid, Heading, list[str]]:
    grid = next((one for one in grids if one.name == sheet), None)
    if grid is None:
        alike = [one for one in grids if one.name.strip().casefold() == sheet.strip().casefold()]
        if len(alike) != 1:
            names = [one.name for one in grids]
            raise Unfit(
                _("has no sheet {sheet}{near}", sheet=shown(sheet), near=did_you_mean(sheet, names))
            )
        grid = alike[0]
    found = heading(grid, known)
    if found is None:
        raise Unfit(
            _("has a sheet {sheet} that is empty", sheet=shown(grid.name))
            if not any(grid.rows)
            else _(
                "has no headers of an MSEL in the first {top} rows of sheet {sheet}, such as MSEL "
                "NUMBER, TITLE and DESCRIPTION; say by hand what its columns are, as in {option}",
                top=TOP,
                option=BY_HAND,
                sheet=shown(grid.name),
            )
        )
    return grid, found, []


def _table(at: int, grid: Grid, known: Known) -> _Table | None:
    found = heading(grid, known)
    if found is None:
        return None
    rows, _passed = told_apart(grid, found, known)
    return _Table(at, grid, found, len(rows))


def _is_list(table: _Table, known: Known) -> bool:
    """Whether it is a list of injects, and not one of statuses or places under a known word."""
    names = [name for name in table.header.names if name]
    keys = {getattr(known(name), "key", None) for name in names}
    few = table.header.fits >= min(2, len(names)) and not keys.isdisjoint(TEXTS)
    return table.header.fits >= _ENOUGH or few


def _best(tables: Sequence[_Table]) -> _Table:
    lists = [one for one in tables if one.injects] or list(tables)
    most = max(one.header.fits for one in lists)
    alike = [one for one in lists if one.header.fits * 4 >= most * 3]
    return max(
        alike,
        key=lambda one: (
            not _ASIDE.search(one.grid.name),
            bool(_LIST.search(one.grid.name)) and one.injects * 2 >= _rows(alike),
            one.injects,
            one.header.fits,
            -one.at,
        ),
    )


def _rows(tables: Sequence[_Table]) -> int:
    return max(one.injects for one in tables)


def _none_of(grids: Sequence[Grid], tables: Sequence[_Table], known: Known) -> str:
    hidden = [one.grid.name for one in tables if one.injects and _is_list(one, known)]
    if hidden:
        return _(
            "none of its visible sheets holds the headers of an MSEL; the hidden sheet {sheet} "
            "does: read it with --sheet",
            sheet=shown(hidden[0]),
        )
    return _(
        "none of its sheets holds the headers of an MSEL in the first {top} rows, such as MSEL "
        "NUMBER, TITLE and DESCRIPTION: {sheets}; say by hand what its columns are, as in {option}",
        top=TOP,
        option=BY_HAND,
        sheets=some([shown(grid.name) for grid in grids if any(grid.rows)]),
    )
