"""A table as CSV: written so that spreadsheets open it right, read however they have saved it."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from ttx.exercise.msel.cells import unix
from ttx.exercise.problems import ExerciseError, Problem
from ttx.exercise.source import as_given
from ttx.i18n import _

_FORMULA = re.compile(r"'*[=+\-@\t\r＝＋－＠]")
"""What a spreadsheet would reckon instead of show, and what has been kept from that already."""
_GUARDED = re.compile(r"''*[=+\-@\t\r＝＋－＠]")
_SEPARATOR = re.compile(r"sep=(.)\r?\n", re.IGNORECASE)
"""The line in which Excel keeps its delimiter."""
_DELIMITERS = (",", ";", "\t")
TOP = 10
"""The header is looked for in this many rows."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """The rows of a file, with the number that a spreadsheet gives each."""

    name: str
    header: tuple[str, ...]
    header_row: int
    rows: tuple[tuple[int, tuple[str, ...]], ...]
    """Those under the header that are not empty."""

    def cell(self, row: tuple[str, ...], at: int) -> str:
        """A cell, empty where the row is shorter."""
        return row[at] if at < len(row) else ""


def as_csv(rows: Iterable[Iterable[str]]) -> bytes:
    """Rows as CSV in UTF-8 with a mark, which spreadsheets need to see that it is UTF-8."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    for row in rows:
        writer.writerow([guarded(cell) for cell in row])
    return out.getvalue().encode("utf-8-sig")


def guarded(cell: str) -> str:
    """The cell with an apostrophe in front where a spreadsheet would take it for a formula."""
    return f"'{cell}" if _FORMULA.match(cell) else cell


def unguarded(cell: str) -> str:
    """The cell as it was before that."""
    return cell[1:] if _GUARDED.match(cell) else cell


def read_sheet(path: Path, known: Callable[[str], object | None]) -> Sheet:
    """The table in a file, under the row of the first ten in which most cells are `known` headers.

    ExerciseError, with the place, where it cannot be read or no header is known.
    """
    name = as_given(path)
    try:
        raw = path.read_bytes()
    except OSError as error:
        reason = (error.strerror or type(error).__name__).lower()
        raise ExerciseError(
            [Problem(name, None, _("cannot be read: {reason}", reason=reason))]
        ) from error
    text = _decoded(name, raw)
    own = _SEPARATOR.match(text)
    skipped = 1 if own else 0
    text = text[own.end() :] if own else text
    best: tuple[int, int, str, int] = (0, 0, ",", 0)
    for delimiter in [own[1]] if own else _DELIMITERS:
        for at, row in enumerate(_first_rows(text, delimiter)):
            fits = sum(known(cell) is not None for cell in row if cell.strip())
            best = max(best, (fits, -at, delimiter, at), key=lambda rank: rank[:2])
    if not best[0]:
        text = _(
            "none of the first {top} rows holds the headers of an MSEL, such "
            "as MSEL NUMBER, TITLE and DESCRIPTION, with a comma, a "
            "semicolon or a tab between them",
            top=TOP,
        )
        raise ExerciseError([Problem(name, None, text)])
    _fits, _place, delimiter, top = best
    rows = [
        (at + 1 + skipped, tuple(unguarded(unix(cell)).strip() for cell in row))
        for at, row in enumerate(_rows(name, text, delimiter, skipped))
    ]
    return Sheet(
        name,
        rows[top][1],
        rows[top][0],
        tuple((number, row) for number, row in rows[top + 1 :] if any(row)),
    )


def _decoded(name: str, raw: bytes) -> str:
    """UTF-8 or UTF-16 by its mark, else UTF-8, else what Windows wrote in Western Europe."""
    mark = raw[:2] in (b"\xff\xfe", b"\xfe\xff")
    for encoding in ["utf-16"] if mark else ["utf-8-sig", "cp1252"]:
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    text = _("this is not text in UTF-8, UTF-16 or Windows-1252: save it as CSV UTF-8")
    raise ExerciseError([Problem(name, None, text)])


def _first_rows(text: str, delimiter: str) -> list[list[str]]:
    """As many rows as a header may stand in; fewer where the text cannot be read so."""
    rows: list[list[str]] = []
    try:
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter):
            rows.append(row)
            if len(rows) == TOP:
                break
    except csv.Error:
        pass
    return rows


def _rows(name: str, text: str, delimiter: str, skipped: int) -> list[list[str]]:
    rows: list[list[str]] = []
    try:
        rows.extend(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True))
    except csv.Error as error:
        what = _("row {rows} cannot be read: {error}", rows=len(rows) + 1 + skipped, error=error)
        raise ExerciseError([Problem(name, None, what)]) from error
    return rows
