"""What a workbook says of its cells beside their values, which calamine leaves out.

Errors (`#REF!`), formulas that nobody has reckoned yet, and the number formats that change what a
number says: `0700`, `50%`, `INJ-5004`. XLSX after ECMA-376 part 1 (18.3, 18.8), ODS after
OpenDocument 1.3 part 3 (9.1). It also says how far the cells reach, before they are read.
"""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import IO
from xml.etree.ElementTree import Element, ParseError, iterparse

from ttx.exercise.msel.sheets.container import BROKEN_ZIP
from ttx.exercise.msel.sheets.grid import Place

_SHEET = re.compile(r"worksheets/[^/]+\.xml$", re.IGNORECASE)
_ROW = re.compile(rb'<row[^>]*? r="(\d+)"')
_EMPTY = re.compile(rb'<c r="[A-Z]+\d+"[^>/]*/>')
"""Cells that have a look and no content: there can be a million of them."""
_WIDEST = 16_384
"""Columns that a sheet can have."""
_LITERAL = r'(?:"[^"]*"|\\.|[ ._:/#-])*'
_FORMAT = re.compile(rf"({_LITERAL})(0*)((?:\.0+)?)(%?)({_LITERAL})")
_PERCENT = {9, 10}
"""Formats that every workbook has: `0%` and `0.00%`."""


@dataclass(slots=True)
class Marks:
    """What is said of the cells of one sheet."""

    shown: dict[Place, str] = field(default_factory=dict)
    """What a number says by its format, where that is more than its digits."""
    errors: dict[Place, str] = field(default_factory=dict)
    unreckoned: list[Place] = field(default_factory=list)
    """Formulas without a result."""
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    """Rows and columns that nobody sees, from 0: hidden by hand, or by a filter."""
    rows: int = 0
    columns: int = 0
    """How far cells that hold something reach."""

    def reach(self, row: int, column: int) -> None:
        """A cell that holds something."""
        self.rows, self.columns = max(self.rows, row + 1), max(self.columns, column + 1)


def marks_of_xlsx(raw: bytes, only: str | None = None) -> dict[str, Marks]:
    """Those of each worksheet, or of `only` one, by name; none where the file is out of order."""
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as file:
            names = {name.lower(): name for name in file.namelist()}
            book = next(name for low, name in names.items() if low.endswith("workbook.xml"))
            folder = posixpath.dirname(book)
            related = _related(file, folder, posixpath.basename(book))
            formats = _formats(file, names.get(f"{folder}/styles.xml".lower()))
            found: dict[str, Marks] = {}
            for name, part in _sheets(file, book):
                path = names.get(related.get(part, "").lower())
                if path is not None and only in (None, name):
                    found[name] = _sheet(file, path, formats)
            return found
    except (*BROKEN_ZIP, OSError, KeyError, StopIteration, ParseError, ValueError):
        return {}


def far_reaching(raw: bytes, most: int) -> list[tuple[str, Place]]:
    """Sheets of XLSX whose cells reach over more than `most`, and the last cell of each.

    A sheet that has few rows cannot, and its cells are not looked at.
    """
    found: list[tuple[str, Place]] = []
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as file:
            for name in file.namelist():
                if not _SHEET.search(name):
                    continue
                text = file.read(name)
                rows = [int(row) for row in _ROW.findall(text, max(0, text.rfind(b"<row")))]
                if rows and rows[-1] * _WIDEST > most:
                    marks = _sheet(file, name, [])
                    if marks.rows * marks.columns > most:
                        found.append((name, (marks.rows - 1, marks.columns - 1)))
    except (*BROKEN_ZIP, OSError, KeyError, ParseError, ValueError):
        return found
    return found


def marks_of_ods(raw: bytes) -> dict[str, Marks]:
    """The same of a spreadsheet in OpenDocument."""
    found: dict[str, Marks] = {}
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as file, file.open("content.xml") as content:
            for node in _each(content, "table"):
                found[_key(node, "name")] = _table(node)
                node.clear()
    except (*BROKEN_ZIP, OSError, KeyError, ParseError, ValueError):
        return {}
    return found


# --- XLSX ---


def _related(file: zipfile.ZipFile, folder: str, name: str) -> dict[str, str]:
    with file.open(f"{folder}/_rels/{name}.rels" if folder else f"_rels/{name}.rels") as rels:
        return {
            _key(node, "Id"): posixpath.normpath(
                posixpath.join("/" + folder, _key(node, "Target"))
            ).lstrip("/")
            for node in _each(rels, "Relationship")
        }


def _sheets(file: zipfile.ZipFile, book: str) -> list[tuple[str, str]]:
    with file.open(book) as parts:
        return [(_key(node, "name"), _key(node, "id")) for node in _each(parts, "sheet")]


def _formats(file: zipfile.ZipFile, styles: str | None) -> list[str]:
    """The number format of each style of a cell, by its place; empty where it changes nothing."""
    if styles is None:
        return []
    own: dict[int, str] = {}
    of_styles: list[str] = []
    with file.open(styles) as parts:
        for node in _each(parts, "numFmt", "cellXfs"):
            if _local(node) == "numFmt":
                own[int(_key(node, "numFmtId"))] = _key(node, "formatCode")
                continue
            for style in node:
                number = int(_key(style, "numFmtId") or 0)
                code = own.get(number, "0%" if number in _PERCENT else "")
                of_styles.append(code)
    return of_styles


def _sheet(file: zipfile.ZipFile, path: str, formats: list[str]) -> Marks:
    marks, row = Marks(), -1
    with io.BytesIO(_EMPTY.sub(b"", file.read(path))) as parts:
        for node in _each(parts, "row", "col"):
            hidden = node.get("hidden") in ("1", "true")
            if _local(node) == "col":
                span = range(int(node.get("min") or 1) - 1, int(node.get("max") or 1))
                marks.hidden_columns |= {*span} if hidden else set()
                continue
            row = int(node.get("r") or row + 2) - 1
            marks.hidden_rows |= {row} if hidden else set()
            column = -1
            for cell in node:
                at = cell.get("r")
                if at is None:
                    column += 1
                elif len(cell):
                    column = _column(at.rstrip("0123456789"))
                if len(cell):
                    _read(marks, (row, column), cell, formats)
            node.clear()
    return marks


def _read(marks: Marks, at: Place, cell: Element, formats: list[str]) -> None:
    parts = {_local(part): part.text or "" for part in cell}
    value, kind = parts.get("v", ""), cell.get("t") or ""
    if not value and "is" not in parts:
        if "f" in parts and kind != "str":
            marks.unreckoned.append(at)
        return
    marks.reach(*at)
    if kind == "e":
        marks.errors[at] = value
    elif kind in ("", "n"):
        style = int(cell.get("s") or 0)
        code = formats[style] if style < len(formats) else ""
        said = as_formatted(value, code) if code else None
        if said is not None:
            marks.shown[at] = said


def as_formatted(value: str, code: str) -> str | None:
    """What a number says by a format of zeros, a percent sign and words; None for any other."""
    match = _FORMAT.fullmatch(code.partition(";")[0])
    if match is None or not (match[2] or match[3]):
        return None
    before, zeros, _decimals, percent, after = match.groups()
    before, after = _literal(before), _literal(after)
    try:
        number = float(value)
    except ValueError:
        return None
    if percent:
        return f"{before}{number * 100:.10g}%{after}"
    if len(zeros) < 2 and not before.strip() and not after.strip():
        return None
    if number < 0 or number != int(number):
        return None
    return f"{before}{int(number):0{len(zeros)}}{after}"


def _literal(words: str) -> str:
    return re.sub(r"\\(.)", r"\1", words.replace('"', "")).replace("_", "")


def _column(letters: str) -> int:
    at = 0
    for letter in letters:
        at = at * 26 + ord(letter) - ord("A") + 1
    return at - 1


# --- ODS ---


def _table(table: Element) -> Marks:
    marks, row, at = Marks(), 0, 0
    for line in table.iter():
        hidden = _key(line, "visibility") in ("collapse", "filter")
        if _local(line) == "table-column":
            wide = min(int(_key(line, "number-columns-repeated") or 1), _WIDEST)
            marks.hidden_columns |= {*range(at, at + wide)} if hidden else set()
            at += wide
        if _local(line) != "table-row":
            continue
        times, column, filled = int(_key(line, "number-rows-repeated") or 1), 0, False
        for cell in line:
            if _local(cell) not in ("table-cell", "covered-table-cell"):
                continue
            wide = int(_key(cell, "number-columns-repeated") or 1)
            kind = _key(cell, "value-type")
            said = "".join(cell.itertext())
            if kind or said:
                filled = True
                marks.reach(row + times - 1, column + wide - 1)
            places = [(row, column + more) for more in range(min(wide, 16))]
            if kind == "percentage":
                value = float(_key(cell, "value") or 0)
                marks.shown |= dict.fromkeys(places, f"{value * 100:.10g}%")
            elif _calc(cell, "value-type") == "error":
                marks.errors |= dict.fromkeys(places, said)
            elif kind == "boolean":
                marks.shown |= dict.fromkeys(places, _key(cell, "boolean-value").upper())
            elif kind == "float" and re.fullmatch(r"0\d+|TRUE|FALSE", said):
                marks.shown |= dict.fromkeys(places, said)
            column += wide
        if hidden and filled:
            marks.hidden_rows |= {*range(row, row + min(times, 1000))}
        row += times if filled or times < 1000 else 0
    return marks


def _calc(cell: Element, name: str) -> str:
    """A key of LibreOffice's own."""
    return next(
        (value for key, value in cell.items() if "calc" in key and key.endswith("}" + name)), ""
    )


# --- both ---


def _each(parts: IO[bytes], *names: str) -> Iterator[Element]:
    for _event, node in iterparse(parts):  # noqa: S314  # expat refuses entities that grow
        if _local(node) in names:
            yield node


def _local(node: Element) -> str:
    return str(node.tag).rpartition("}")[2]


def _key(node: Element, name: str) -> str:
    """A key of a node, in whatever namespace but LibreOffice's own."""
    for key, value in node.items():
        if key.rpartition("}")[2] == name and "calc" not in key:
            return value
    return ""
