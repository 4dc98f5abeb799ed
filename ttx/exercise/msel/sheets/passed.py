"""Rows of a table that are no injects: sections, totals, headers said again, legends."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from ttx.exercise.msel.sheets.cleaned import numbers
from ttx.exercise.msel.sheets.grid import Grid
from ttx.exercise.msel.sheets.heading import Heading, Known, is_data
from ttx.exercise.msel.sheets.parts import Rows, of_another_table
from ttx.i18n import ngettext

TEXTS = ("title", "text")
"""What an inject says: a row that has it alone can be one."""
_SECTION = re.compile(
    r"(?:\W*\b(?:day|phase|move|module|part|section|session|stage|step|week|block|vignette|"
    r"chapter|storyline|thread|serial|turn|act|jour|journée|étape|partie|tag|teil|abschnitt|día|"
    r"fase|этап|день|часть|раздел|фаза)\b[ .:#-]*(?:\d+|[ivx]+\b|[a-z]\b|one|two|three|four|five|"
    r"six|seven|eight|nine|ten|un|deux|trois|eins|zwei|drei|uno|dos|tres|один|два|три)?)"
    r"|.*第\s*[\d一二三四五六七八九十]+\s*(?:日|部|章|段階|幕|天|阶段|階段)",
    re.IGNORECASE,
)
_HEADED = re.compile(
    r"\W*\w+[ .:#-]*(?:\d+|[ivx]+|[a-z]|[^\W\d_]+)\s*(?:$|[:.,;(–—-])", re.IGNORECASE
)
"""A section with its number, and a sign or nothing behind: `Phase 2: Recovery`."""
_TOTAL = re.compile(
    r"(?:sub-?|grand )?totals?\b(?:\s+(?:number\s+of\s+)?(?:injects?|events?|rows?|messages?|"
    r"msels?|missions?|count))?\s*[:=]?\s*\d*"
    r"|(?:number of |count of )(?:injects?|events?|messages?)\s*[:=]?\s*\d*"
    r"|(?:sous-)?total(?:\s+des\s+(?:injects?|stimuli|événements))?\s*[:=]?\s*\d*"
    r"|(?:gesamt(?:zahl|summe)?|summe|suma|итого|всего)\b.{0,20}?\s*[:=]?\s*\d*"
    r"|(?:合計|総計|小計|合计|总计|小计|總計)\s*[:：=]?\s*\d*",
    re.IGNORECASE,
)
_LEGEND = re.compile(
    r"(?:legend|legende|légende|key|colou?r (?:key|code|legend)s?|abbreviations?|acronyms?|"
    r"msel colou?r key|status (?:key|codes?|legend)|凡例|图例|圖例|легенда)\s*[:：]?",
    re.IGNORECASE,
)
_DATE = re.compile(r"\d{1,4}[-/. ]\d{1,2}[-/. ]\d{1,4}(?: \d{2}:\d{2})?|\d{6}[A-Z]?[A-Z]{3}\d{2,4}")
_NUMBERED = re.compile(r"#?\s*[A-Za-z]{0,4}[-. ]?\d+(?:[-.]\w+)*")


@dataclass(frozen=True, slots=True)
class PassedOver:
    """Rows of one kind."""

    sections: tuple[int, ...] = ()
    """Days, phases and the like that stand between injects."""
    totals: tuple[int, ...] = ()
    headers: tuple[int, ...] = ()
    """The header, said again on a new page."""
    numbered: tuple[int, ...] = ()
    """Rows that have a number and are not filled in."""
    others: tuple[int, ...] = ()
    """Legends, lists and notes: rows that hold one thing, and not what an inject says."""

    def remarks(self) -> list[str]:
        """A sentence for each kind of which there are rows."""
        said: list[str] = []
        if rows := self.sections:
            said.append(
                ngettext(
                    "{count} section row was passed over: {rows}.",
                    "{count} section rows were passed over: {rows}.",
                    len(rows),
                    count=len(rows),
                    rows=numbers(rows),
                )
            )
        if rows := self.totals:
            said.append(
                ngettext(
                    "{count} row of totals was passed over: {rows}.",
                    "{count} rows of totals were passed over: {rows}.",
                    len(rows),
                    count=len(rows),
                    rows=numbers(rows),
                )
            )
        if rows := self.headers:
            said.append(
                ngettext(
                    "{count} row that says the header again was passed over: {rows}.",
                    "{count} rows that say the header again were passed over: {rows}.",
                    len(rows),
                    count=len(rows),
                    rows=numbers(rows),
                )
            )
        if rows := self.numbered:
            said.append(
                ngettext(
                    "{count} row with a number and nothing else was passed over: {rows}.",
                    "{count} rows with a number and nothing else were passed over: {rows}.",
                    len(rows),
                    count=len(rows),
                    rows=numbers(rows),
                )
            )
        if rows := self.others:
            said.append(
                ngettext(
                    "{count} row of a legend, a list or a note was passed over: {rows}.",
                    "{count} rows of a legend, a list or notes were passed over: {rows}.",
                    len(rows),
                    count=len(rows),
                    rows=numbers(rows),
                )
            )
        return said


def told_apart(grid: Grid, header: Heading, known: Known) -> tuple[Rows, PassedOver]:
    """The rows below a header that can be injects, and which were passed over.

    Nothing is passed over that has a title or a text and anything else.
    """
    meant = [getattr(known(name), "key", None) if name else None for name in header.names]
    below = [(at, row) for at, row in enumerate(grid.rows) if at > header.last and any(row)]
    lengths = [sum(map(bool, row)) for _at, row in below]
    filled = median(
        [length for length in lengths if length > 2]
        or [length for length in lengths if length > 1]
        or [1]
    )
    kept: list[tuple[int, tuple[str, ...]]] = []
    found: dict[str, list[int]] = {}
    legend = False
    strange = of_another_table(below, meant)
    for at, row in below:
        kind = _kind(grid, at, row, meant, header, filled) or ("others" if at in strange else None)
        cells = [cell for cell in row if cell]
        if len(cells) == 1 and _LEGEND.fullmatch(cells[0]):
            legend, kind = True, "others"
        elif legend and kind is None and len(cells) <= 2 < filled:
            kind = "others"
        elif kind is None:
            legend = False
        if kind is None:
            kept.append((grid.number(at), row))
        else:
            found.setdefault(kind, []).append(grid.number(at))
    return tuple(kept), PassedOver(**{kind: tuple(rows) for kind, rows in found.items()})


def _kind(
    grid: Grid,
    at: int,
    row: tuple[str, ...],
    meant: Sequence[str | None],
    header: Heading,
    filled: float,
) -> str | None:
    """What a row is that is no inject; None for one that may be."""
    places = [column for column, cell in enumerate(row) if cell]
    cells = [row[column] for column in places]
    again = sum(
        column < len(header.names) and _same(row[column], header.names[column]) for column in places
    )
    if again > 1 and again * 5 >= len(places) * 3:
        return "headers"
    keys = [meant[column] if column < len(meant) else None for column in places]
    worded = any(
        key in TEXTS and not is_data(cell) for key, cell in zip(keys[1:], cells[1:], strict=True)
    )
    if _TOTAL.fullmatch(cells[0]) and not worded:
        return "totals"
    one = len(set(cells)) == 1 and places[-1] - places[0] == len(places) - 1
    if not one:
        spoken = _SECTION.match(cells[0]) and keys[0] in (None, "number")
        dated = all(_DATE.fullmatch(cell) or _SECTION.fullmatch(cell) for cell in cells[1:])
        return "sections" if spoken and dated and _whole(cells[0]) else None
    key, cell = keys[0], cells[0]
    across = any(
        top <= at <= bottom and right > left for top, left, bottom, right in _across(grid, at)
    )
    if key in TEXTS:
        section = across or (_section(cell) and _HEADED.match(cell)) or _DATE.fullmatch(cell)
        return "sections" if section and filled > 1 else None
    if key == "id" and filled > 1:
        return "numbered"
    if key == "number" and filled > 1:
        return "numbered" if _NUMBERED.fullmatch(cell) and not _section(cell) else "sections"
    if filled <= 1 and key is not None:
        return None
    if across or _section(cell) or _DATE.fullmatch(cell) or places[0] == _first(header):
        return "sections"
    return "others"


def _section(cell: str) -> bool:
    return _SECTION.match(cell) is not None and _whole(cell)


def _whole(cell: str) -> bool:
    """Whether a cell is as short as a heading is."""
    return len(cell) <= 80


def _across(grid: Grid, at: int) -> list[tuple[int, int, int, int]]:
    return [area for area in grid.merged if area[0] <= at <= area[2] and area[3] - area[1] >= 2]


def _first(header: Heading) -> int:
    return next((column for column, name in enumerate(header.names) if name), 0)


def _same(cell: str, name: str) -> bool:
    def flat(words: str) -> str:
        return "".join(c for c in unicodedata.normalize("NFC", words).casefold() if c.isalnum())

    return bool(flat(cell)) and flat(cell) == flat(name)
