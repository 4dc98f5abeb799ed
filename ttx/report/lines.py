"""A document in plain lines, for pipes and for terminals without screens."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator

from ttx.report.document import Document, Part
from ttx.report.layout import Layout

WIDTH = 78
"""Columns of a line: those that every terminal has, less two."""


def lines(document: Document, width: int = WIDTH) -> list[str]:
    """The whole document, its title underlined; words are in lines of at most `width`."""
    return [*lines_of(document.whole, width)]


def lines_of(parts: Iterable[Part], width: int = WIDTH) -> Iterator[str]:
    """Parts of a document line by line, as they come."""
    return (line.text for line in Layout(width, _broken).lines(parts))


def _broken(text: str, width: int, hang: int) -> list[str]:
    first, *rest = textwrap.wrap(text, width, subsequent_indent=" " * hang) or [""]
    return [line for line in (first, *(line[hang:] for line in rest)) if line]
