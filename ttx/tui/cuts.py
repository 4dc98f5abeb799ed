"""Words that there is no room for: a sign stands for what is left out, and the whole is kept.

A page says by these which of its words were cut, and shows them whole behind one key.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Self

from rich.cells import cell_len, set_cell_size
from rich.style import Style
from rich.text import Span, Text

from ttx.tui.theme import Glyphs

_WHOLE = "whole"
"""What a span of a row holds of the words that it shows a part of."""


class Cut(str):
    """Words with a sign at their end, and what they were cut from."""

    __slots__ = ("whole",)
    whole: str

    def __new__(cls, words: str, whole: str) -> Self:
        """These words, as a part of the whole."""
        made = super().__new__(cls, words)
        made.whole = whole
        return made


def cut(words: str, width: int, signs: Glyphs) -> str:
    """Words in at most that many cells, with a sign where some are left out."""
    return shortened(words, width, signs.cut)


def cell(words: str, width: int, signs: Glyphs) -> str:
    """The same in exactly that many cells."""
    shown = cut(words, width, signs)
    padded = shown + " " * (width - cell_len(shown))
    return Cut(padded, shown.whole) if isinstance(shown, Cut) else padded


def shortened(words: str, width: int, sign: str) -> str:
    """The same as `cut` with a sign of one's own."""
    if cell_len(words) <= width:
        return words
    whole, room = whole_of(words), width - cell_len(sign)
    if room < 0:
        return Cut(set_cell_size(words, width).rstrip(), whole)
    return Cut(set_cell_size(words, room).rstrip() + sign, whole)


def whole_of(words: str) -> str:
    """What words were cut from; the words themselves where nothing is left out."""
    return words.whole if isinstance(words, Cut) else words


def remember(row: Text, wholes: Iterable[str]) -> None:
    """Keep with a row what some of its words were cut from; it is painted as before."""
    for whole in wholes:
        row.stylize(Style(meta={_WHOLE: whole}))


def belong(rows: Iterable[Text], whole: str) -> None:
    """Say of rows that together they show a part of the whole."""
    for row in rows:
        row.spans = [span for span in row.spans if not _keeps(span)]
        remember(row, [whole])


def _keeps(span: Span) -> bool:
    return isinstance(span.style, Style) and _WHOLE in span.style.meta


def cut_in(row: Text) -> Sequence[str]:
    """What the words were cut from that a row shows a part of."""
    styles = [span.style for span in row.spans if isinstance(span.style, Style)]
    return [str(style.meta[_WHOLE]) for style in styles if _WHOLE in style.meta]


def signed(row: Text, width: int, sign: str) -> Text:
    """A row that ends in the sign, for what has no place below it."""
    last = row.copy()
    last.rstrip()
    over = len(last) - _fitting(last.plain, width - cell_len(sign) - 1)
    if over > 0:
        last.right_crop(over)
    return last.append(f" {sign}")


def _fitting(words: str, width: int) -> int:
    """How many signs of some words have room in so many cells."""
    return len(set_cell_size(words, width)) if cell_len(words) > width else len(words)
