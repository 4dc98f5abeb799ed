"""Words in letters of several rows, for a screen that a whole room looks at."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from rich.cells import cell_len

from ttx.shown import clean
from ttx.tui import paint

if TYPE_CHECKING:
    from pyfiglet import Figlet

FACES = ("big", "standard", "small", "mini")
"""Typefaces by size, the largest first; all of them are ASCII, which any terminal shows."""
UNBOUNDED = 10_000
"""Cells, so that lines are broken here and not where the library would."""


def large(words: str, width: int, height: int) -> list[str]:
    """Words in the largest letters in which all of them fit; as they are where none do.

    What a typeface has no letter for, such as Japanese, is not set in it.
    """
    text = clean(words)
    for face in FACES:
        rows = _set(text, width, face)
        if rows and len(rows) <= height:
            return rows
    return paint.broken(text, width)[:height]


@cache
def _figlet(face: str) -> Figlet:
    from pyfiglet import Figlet  # a large module, which only the room's screen needs

    return Figlet(font=face, width=UNBOUNDED)


@cache
def _set(words: str, width: int, face: str) -> list[str]:
    """Words in a typeface, broken between words; nothing where one of them is too wide."""
    figlet = _figlet(face)
    if any(ord(sign) not in figlet.Font.chars for sign in words):
        return []
    lines: list[str] = []
    for word in words.split(" "):
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and _width(longer, face) <= width:
            lines[-1] = longer
        elif _width(word, face) <= width:
            lines.append(word)
        else:
            return []
    return [row for line in lines for row in _rows(line, face)]


def _width(words: str, face: str) -> int:
    return max((cell_len(row) for row in _rows(words, face)), default=0)


@cache
def _rows(words: str, face: str) -> tuple[str, ...]:
    """One line of words as rows of the same width; rows empty in all letters are left out."""
    rows = _figlet(face).renderText(words).split("\n")
    while rows and not rows[-1].strip():
        rows.pop()
    while rows and not rows[0].strip():
        rows.pop(0)
    width = max((len(row.rstrip()) for row in rows), default=0)
    return tuple(row.rstrip().ljust(width) for row in rows)
