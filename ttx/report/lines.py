"""A document in plain lines, for pipes and for terminals without screens."""

from __future__ import annotations

import textwrap
import unicodedata
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
    return (line.text for line in Layout(width, broken, columns).lines(parts))


def shortened(text: str, room: int) -> str:
    """A text as one line of at most so many columns; where it is longer it ends in `…`."""
    flat = " ".join(text.split())
    if columns(flat) <= room:
        return flat
    return f"{broken(flat, room - 2, 0)[0].rstrip(' ,;:')} …"


def columns(text: str) -> int:
    """Columns that a text takes up in a terminal: two for a wide character, none for a mark."""
    if text.isascii():
        return len(text)
    return sum(map(_columns, text))


def _columns(sign: str) -> int:
    if unicodedata.combining(sign):
        return 0
    return 2 if unicodedata.east_asian_width(sign) in "WF" else 1


def broken(text: str, width: int, hang: int) -> list[str]:
    """A text in lines of at most so many columns, those after the first shorter by `hang`."""
    if columns(text) == len(text):
        first, *rest = textwrap.wrap(text, width, subsequent_indent=" " * hang) or [""]
        return [line for line in (first, *(line[hang:] for line in rest)) if line]
    return [*_broken_wide(text, width, hang)]


def _broken_wide(text: str, width: int, hang: int) -> Iterator[str]:
    """The same of a text with wide characters: between two of those a line may end anywhere."""
    line, room = "", width
    for word in _words(text):
        if line and columns(line) + columns(word.rstrip()) > room:
            yield line.rstrip()
            line, room = "", max(width - hang, 2)
        line += word if line else word.lstrip()
        while columns(line.rstrip()) > room:
            at = next(at for at in range(len(line), 0, -1) if columns(line[:at]) <= room)
            yield line[:at]
            line, room = line[at:], max(width - hang, 2)
    if line.strip():
        yield line.rstrip()


def _words(text: str) -> Iterator[str]:
    """What stays together at the end of a line: a word with the blank behind it, or one sign."""
    word = ""
    for sign in text:
        wide = _columns(sign) == 2
        if word and (wide or word.endswith(" ") or _columns(word[-1]) == 2):
            yield word
            word = ""
        word += sign
    if word:
        yield word
