"""Sheets as the bytes of an XLSX workbook: frozen headings, filters, widths, drop-downs, a marking.

A text is written as a text whatever it begins with, so nothing that was typed is ever a formula, a
link or a number. The same sheets give the same bytes.
"""

from __future__ import annotations

import datetime
import io
import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from ttx.exercise.msel.fields import Unwritable
from ttx.i18n import _
from ttx.workbooks import begun

LONGEST = 32_767
"""Characters that a cell holds."""
FIRST_DAY = "1900-03-01"
"""Days before this one have no number in a workbook, and are written as text."""
LISTS = "Lists"
"""The hidden sheet that drop-downs are filled from."""
SPARE = 200
"""Rows below the last that have drop-downs too, for what is added."""
_WHOLE = re.compile(r"-?(?:0|[1-9]\d{0,14})")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_WIDE = 190
"""Characters across that can still be read on a printed page on its side."""
_LINE, _HIGHEST = 15, 409
"""Points of a line, and of the highest row there can be."""
_MARKING, _TIP = 200, 255
"""Characters that the head of a printed page, and a tip beside a cell, hold with room to spare."""


@dataclass(frozen=True, slots=True)
class Shown:
    """How a column is shown and what its drop-down offers."""

    width: int = 16
    kind: str = "text"
    """`text`; `whole` or `day`, where what can be one is written as one."""
    choices: tuple[str, ...] = ()
    several: bool = False
    """Whether something else than one of the choices can be meant."""
    tip: str = ""
    """Shown beside a cell once it is chosen."""
    range: str = ""
    """Where the choices stand instead, in the words of a spreadsheet: `=Seats!$A$2:$A$200`."""


@dataclass(frozen=True, slots=True)
class Page:
    """One sheet of a workbook."""

    name: str
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    columns: Mapping[str, Shown] = field(default_factory=dict)
    """By header; those that are not named are texts."""
    frozen: int = 1
    """Columns that stay in sight."""
    bold: frozenset[int] = frozenset()
    """Rows that head others, of a sheet that is only read."""
    table: bool = True
    """Whether its first row is a heading, to filter by and to repeat on each printed page."""


def as_workbook(pages: Sequence[Page], title: str, marking: str) -> bytes:
    """Sheets as the bytes of a workbook; the marking stands above and below every printed page.

    Raises:
        Missing: XlsxWriter is not installed.
        Unwritable: A text is longer than a cell holds.
    """
    out = io.BytesIO()
    book = begun(out, title, marking)
    cell = {"text_wrap": True, "valign": "top", "border": 1, "border_color": "#B0B0B0"}
    looks = {
        "head": book.add_format(cell | {"bold": True, "bg_color": "#DCE6F1", "valign": "vcenter"}),
        "text": book.add_format(cell),
        "whole": book.add_format(cell | {"num_format": "0", "align": "left"}),
        "day": book.add_format(cell | {"num_format": "yyyy-mm-dd", "align": "left"}),
        "plain": book.add_format({"text_wrap": True, "valign": "top"}),
        "bold": book.add_format({"bold": True, "text_wrap": True, "valign": "top"}),
    }
    lists: dict[tuple[str, ...], str] = {}
    for page in pages:
        for shown in page.columns.values():
            if shown.choices and not shown.range:
                column = len(lists)
                lists.setdefault(shown.choices, column_of(LISTS, column, len(shown.choices)))
    for page in pages:
        _sheet(book, looks, page, lists, f"{title}. {marking}" if title else marking)
    if lists:
        hidden = book.add_worksheet(LISTS)
        for at, choices in enumerate(lists):
            hidden.write_string(0, at, "LIST", looks["bold"])
            for row, choice in enumerate(choices, 1):
                hidden.write_string(row, at, choice)
        hidden.hide()
    book.close()
    return out.getvalue()


def column_of(sheet: str, column: int, rows: int) -> str:
    """Where a column stands below its heading, in the words of a spreadsheet."""
    name, at = "", column + 1
    while at:
        at, rest = divmod(at - 1, 26)
        name = chr(ord("A") + rest) + name
    return f"={sheet}!${name}$2:${name}${rows + 1}"


def _sheet(
    book: Any,  # noqa: ANN401  # xlsxwriter comes without types
    looks: dict[str, Any],
    page: Page,
    lists: Mapping[tuple[str, ...], str],
    marking: str,
) -> None:
    sheet = book.add_worksheet(page.name)
    words = marking[:_MARKING].replace("&", "&&")
    sheet.set_header(f"&C{words}")
    sheet.set_footer(f"&L&A&C{words}&R&P / &N")
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.set_margins(left=0.4, right=0.4, top=0.75, bottom=0.75)
    total = sum(page.columns.get(header, Shown()).width for header in page.header)
    sheet.fit_to_pages(-(-total // _WIDE), 0)
    for at, header in enumerate(page.header):
        shown = page.columns.get(header, Shown())
        sheet.set_column(at, at, shown.width, None if page.table else looks["plain"])
        if page.table:
            sheet.write_string(0, at, header, looks["head"])
    if page.table:
        sheet.freeze_panes(1, page.frozen)
        sheet.repeat_rows(0)
        if page.frozen:
            sheet.repeat_columns(0, page.frozen - 1)
        sheet.autofilter(0, 0, max(len(page.rows), 1), len(page.header) - 1)
    top = 1 if page.table else 0
    for row, cells in enumerate(page.rows, top):
        for at, (header, cell) in enumerate(zip(page.header, cells, strict=True)):
            _cell(sheet, looks, (row, at), page, header, cell)
    if page.table:
        sheet.set_row(0, _height(page, page.header))
    for row, cells in enumerate(page.rows, top):
        sheet.set_row(row, _height(page, cells))
    for at, header in enumerate(page.header if page.table else ()):
        shown = page.columns.get(header, Shown())
        last = len(page.rows) + SPARE
        if shown.choices or shown.range or shown.tip:
            sheet.data_validation(1, at, last, at, _rule(header, shown, lists))


def _height(page: Page, cells: Sequence[str]) -> int:
    """Points that a row needs; not every spreadsheet works that out when it opens a workbook."""
    most = 1
    for header, cell in zip(page.header, cells, strict=True):
        room = max(page.columns.get(header, Shown()).width - 2, 4)
        most = max(most, sum(-(-across(line) // room) or 1 for line in cell.split("\n")))
    return min(most * _LINE + 1, _HIGHEST)


def across(words: str) -> int:
    """How many columns of a character words take; those of East Asia take two."""
    return sum(2 if unicodedata.east_asian_width(sign) in "WF" else 1 for sign in words)


def _cell(
    sheet: Any,  # noqa: ANN401  # xlsxwriter comes without types
    looks: dict[str, Any],
    place: tuple[int, int],
    page: Page,
    header: str,
    cell: str,
) -> None:
    if len(cell.encode("utf-16-le")) // 2 > LONGEST:
        raise Unwritable(
            _(
                "A cell holds {longest} characters, and {header} of row {row} on sheet {sheet} "
                "has more; write the MSEL as CSV.",
                longest=LONGEST,
                header=header,
                row=place[0] + 1,
                sheet=page.name,
            )
        )
    kind = page.columns.get(header, Shown()).kind
    if not page.table:
        sheet.write_string(*place, cell, looks["bold" if place[0] in page.bold else "plain"])
    elif not cell:
        sheet.write_blank(*place, None, looks["text"])
    elif kind == "whole" and _WHOLE.fullmatch(cell):
        sheet.write_number(*place, int(cell), looks["whole"])
    elif kind == "day" and _DAY.fullmatch(cell) and cell >= FIRST_DAY:
        sheet.write_datetime(*place, datetime.datetime.fromisoformat(cell), looks["day"])
    else:
        sheet.write_string(*place, cell, looks["text"])


def _rule(header: str, shown: Shown, lists: Mapping[tuple[str, ...], str]) -> dict[str, Any]:
    """What a spreadsheet offers beside a cell; another word is asked about, never refused."""
    rule: dict[str, Any] = {"validate": "any"}
    if shown.choices or shown.range:
        rule = {
            "validate": "list",
            "source": shown.range or lists[shown.choices],
            "error_type": "warning",
            "show_error": not shown.several,
        }
    if shown.tip:
        rule |= {"input_title": header[:32], "input_message": shown.tip[:_TIP]}
    return rule


def widths(header: Sequence[str], rows: Iterable[Sequence[str]], widest: int) -> dict[str, Shown]:
    """Columns as wide as what stands in them, up to a limit."""
    longest = {name: len(name) for name in header}
    for row in rows:
        for name, cell in zip(header, row, strict=True):
            longest[name] = max(longest[name], *(across(line) for line in cell.split("\n")))
    return {name: Shown(min(most + 3, widest)) for name, most in longest.items()}
