"""A page opened over another whose rows are a document."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from ttx.report.document import Part
from ttx.tui.parts import document
from ttx.tui.screens.sheet import Rows, Sheet

Parts = Callable[[], Iterable[Part]]
"""Makes the document; it is asked for it whenever the page is painted."""


def sheet_of(title: str, parts: Parts, note: str = "") -> Sheet:
    """A sheet of that title with what the parts say."""
    return Sheet(title, rows_of(parts), note)


def rows_of(parts: Parts) -> Rows:
    """The rows of a document, as a sheet asks for them."""
    return lambda sheet, width: document.rows(parts(), width, sheet.ink)
