"""Tables in Word: heads that stand on each page, rows that stay whole, room to write in."""

from __future__ import annotations

from docx.document import Document as Word
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Mm
from docx.table import Table as WordTable
from docx.table import _Cell

from ttx.report.document import A_NAME, Facts, Table
from ttx.report.word.columns import POINT, ems, widths
from ttx.report.word.marks import make, repeat, shade, styled, unbroken, words

POINTS = 9
"""Size of the letters in a table, as the style sheet has it."""
SMALL = 8
"""The same in a document whose pages all lie on their side."""
FEW = 14
"""A table of so few lines stays on one page."""
_GROUND = "E8EFF7"
_TALL = 25
"""Lines from which on a row may go on to the next page: half of one."""
_SPARE = 9
"""Millimetres of a row to write in at least."""
_NAMES = 0.27
"""The share of the width that the names of facts take up."""


def add_table(word: Word, table: Table, room: float, points: float = POINTS) -> None:
    """A table, `room` millimetres wide; what stands above and below it is not of it."""
    wide = widths(table, room, points)
    long = any(len(line) > A_NAME for row in table.rows for line in row[0].split("\n"))
    rows = [*table.rows, *(("",) * len(table.head) for _row in range(table.spare))]
    made = _begun(word, "Rows", len(rows) + 1, wide)
    together = sum(_lines(cells, wide, points) for cells in rows) <= FEW
    style = "TableSmall" if points < POINTS else "TableText"
    for at, (row, cells) in enumerate(zip(made.rows, (table.head, *rows), strict=True)):
        last = at == len(rows) and not table.note
        keep = at == 0 or (not last and (together or at in (1, len(rows) - 1, len(rows))))
        if _lines(cells, wide, points) < _TALL:
            unbroken(row)
        if at == 0:
            repeat(row)
        elif table.tall or at > len(table.rows):
            row.height = Mm(_SPARE)
        for place, (cell, text) in enumerate(zip(row.cells, cells, strict=True)):
            named = at == 0 or (place == 0 and not long)
            _fill(cell, text, style, keep=keep, bold=named)
            if place in table.numbers:
                cell.paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.RIGHT
            if at == 0:
                shade(cell, _GROUND)


def add_facts(word: Word, facts: Facts, room: float) -> None:
    """Names with what is given for each, in two columns without lines."""
    longest = max((ems(name) for name, _given in facts.rows), default=0)
    share = min(max(_NAMES * room, 30), longest * 4.1 + 6)
    made = _begun(word, "Facts", len(facts.rows), [share, room - share])
    few = sum(_lines(cells, [share, room - share], POINTS) for cells in facts.rows) <= FEW
    for at, (row, cells) in enumerate(zip(made.rows, facts.rows, strict=True), start=1):
        if _lines(cells, [share, room - share], POINTS) < _TALL:
            unbroken(row)
        for cell, text, style in zip(row.cells, cells, ("FactName", "Fact"), strict=True):
            _fill(cell, text, style, keep=few and at < len(facts.rows))


def _begun(word: Word, style: str, rows: int, wide: list[float]) -> WordTable:
    """An empty table of these columns, whose widths nobody works out again."""
    made: WordTable = word.add_table(rows, len(wide))
    properties = made._tbl.tblPr  # noqa: SLF001  # python-docx looks styles up by name each time
    properties.style = style
    made.autofit = False
    width = properties.find("{*}tblW")
    if width is not None:
        properties.remove(width)
    properties.insert_element_before(
        make("tblW", w=str(sum(Mm(part).twips for part in wide)), type="dxa"),
        *("w:jc", "w:tblCellSpacing", "w:tblInd", "w:tblBorders", "w:shd", "w:tblLayout"),
        *("w:tblCellMar", "w:tblLook"),
    )
    for column, part in zip(made.columns, wide, strict=True):
        column.width = Mm(part)
    for row in made.rows:
        for cell, part in zip(row.cells, wide, strict=True):
            cell.width = Mm(part)
    return made


def _fill(cell: _Cell, text: str, style: str, *, keep: bool = False, bold: bool = False) -> None:
    paragraph = styled(cell.paragraphs[0], style)
    words(paragraph, text, "Strong" if bold else "")
    if keep:
        paragraph.paragraph_format.keep_with_next = True


def _lines(cells: tuple[str, ...], wide: list[float], points: float) -> int:
    """About how many lines a row takes up."""
    return max(
        sum(1 + int(ems(line) * points * POINT / part) for line in cell.split("\n"))
        for cell, part in zip(cells, wide, strict=True)
    )
