"""Characters that nobody sees and a terminal or a page would act on: taken out of cells, and said.

Line breaks of all kinds become one. What writes Arabic, Hebrew, Persian or emoji as they should
look (joiners between letters) stays.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from ttx.exercise.msel.sheets.grid import place, some
from ttx.i18n import ngettext

_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
"""How XLSX writes a character that XML cannot hold, left over where it was escaped twice."""
_BREAKS = re.compile(r"\r\n?|[\x0b\x0c\x85\u2028\u2029]")
_COLOURS = re.compile(r"\x1b(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\)|[@-Z\\^_])")
"""Commands to a terminal, whole, so that no `[31m` is left of them."""
_UNSEEN = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f"
    "\xad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff"
    "\ufff9-\ufffb\ufffe\uffff\ud800-\udfff]"
)
"""Controls, marks of direction, soft hyphens, spaces without width, halves of characters."""
_LOST = "\ufffd"
_ERROR = re.compile(
    r"#(?:N/A|REF!|VALUE!|NAME\?|DIV/0!|NUM!|NULL!|SPILL!|CALC!|GETTING_DATA|#+)|Err:\d{3}"
)
"""What a spreadsheet writes into CSV, or leaves as words, in place of a value."""


class Cleaning:
    """Cleans the cells of one table, and keeps what it has done."""

    def __init__(self) -> None:
        self.cleaned: list[int] = []
        """Rows out of which something was taken."""
        self.lost: list[int] = []
        """Rows that hold the mark of a character that was lost before."""
        self.errors: list[str] = []
        """Cells that hold an error in place of a value, with it."""

    def row(self, number: int, row: list[str]) -> list[str]:
        """A row as it is to be read; `number` is the one a spreadsheet shows."""
        return [self._cell(number, column, cell) if cell else "" for column, cell in enumerate(row)]

    def remarks(self) -> list[str]:
        """A sentence for each kind of thing that was found."""
        said = [errors(self.errors)] if self.errors else []
        if self.cleaned:
            said.append(
                ngettext(
                    "Characters that cannot be seen were taken out of {count} row: {rows}.",
                    "Characters that cannot be seen were taken out of {count} rows: {rows}.",
                    len(self.cleaned),
                    count=len(self.cleaned),
                    rows=numbers(self.cleaned),
                )
            )
        if self.lost:
            said.append(
                ngettext(
                    "{count} row holds the mark of a character that was lost before ttx read the "
                    "file ({mark}): {rows}.",
                    "{count} rows hold the mark of a character that was lost before ttx read the "
                    "file ({mark}): {rows}.",
                    len(self.lost),
                    count=len(self.lost),
                    mark=_LOST,
                    rows=numbers(self.lost),
                )
            )
        return said

    def _cell(self, number: int, column: int, cell: str) -> str:
        plain = _ESCAPED.sub(_unescaped, cell) if "_x" in cell else cell
        seen = _UNSEEN.sub("", _COLOURS.sub("", _BREAKS.sub("\n", plain)))
        if _LOST in seen and number not in self.lost[-1:]:
            self.lost.append(number)
        if seen != _BREAKS.sub("\n", cell) and number not in self.cleaned[-1:]:
            self.cleaned.append(number)
        seen = seen.strip()
        if seen.startswith(("#", "Err:")) and _ERROR.fullmatch(seen):
            self.errors.append(f"{place((number - 1, column))} ({seen})")
            return ""
        return seen


def _unescaped(match: re.Match[str]) -> str:
    """A control character that was escaped; what is no control stays as it stands."""
    character = chr(int(match[1], 16))
    return character if character < " " or _UNSEEN.match(character) else match[0]


def errors(cells: Sequence[str]) -> str:
    """A sentence on cells that hold errors, each with its error."""
    return ngettext(
        "{count} cell holds an error in place of a value and was read as empty: {cells}.",
        "{count} cells hold errors in place of values and were read as empty: {cells}.",
        len(cells),
        count=len(cells),
        cells=some(cells),
    )


def numbers(rows: Iterable[int]) -> str:
    """Numbers of rows, with those that follow each other drawn together: `3, 9–12, 40`."""
    parts: list[str] = []
    start = before = None
    for row in [*sorted(rows), None]:
        if before is not None and row == before + 1:
            before = row
            continue
        if start is not None and before is not None:
            parts.append(f"{start}" if start == before else f"{start}–{before}")
        start = before = row
    return ", ".join(parts[:12]) + (", …" if len(parts) > 12 else "")
