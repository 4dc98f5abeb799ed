"""The rows around every page: banner, status, footer, and the sentence above the footer."""

from __future__ import annotations

from collections.abc import Sequence

from rich.cells import cell_len
from rich.text import Text

from ttx.i18n import _
from ttx.tui import paint
from ttx.tui.keys import Keymap
from ttx.tui.paint import Seg
from ttx.tui.theme import Ink

MOST = 8
"""Keys that it names at most."""
WIDE = 120
"""Columns from which the words of the footer stand further apart."""


def banner(words: str, width: int, ink: Ink) -> Text:
    """The first row, in the middle of its band."""
    centred = paint.clean(words).center(width)
    return Text(centred, f"bold {ink.bandtext} on {ink.band}", end="")


def status(
    left: Sequence[Seg], right: Sequence[Seg], width: int, side: int, ground: str, muted: str
) -> list[Text]:
    """The second row, `side` cells from either edge.

    Where it has no room for all, what is `muted` at the right gives way: it stands elsewhere too.
    """
    pad, right = (" " * side, ""), [*right]
    while sum(cell_len(words) for words, _style in (*left, *right)) + 2 * side >= width:
        spare = next((at for at, seg in enumerate(right) if seg[1] == muted), None)
        if spare is None:
            break
        words = right[spare][0]
        right[spare] = (words[len(words.rstrip()) :], "")
    return [paint.line(width, [pad, *left], [*right, pad], fill=ground)]


def fits(named: Sequence[tuple[str, str]], keymap: Keymap, width: int, side: int) -> bool:
    """Whether a footer that names these has room for all of it, and is not more than one reads."""
    gap = 3 if width >= WIDE else 2
    words = (f"{keymap.shown(names)} {word}" for names, word in named)
    return len(named) <= MOST and side + sum(cell_len(part) + gap for part in words) - gap <= width


def footer(
    named: Sequence[tuple[str, str]], keymap: Keymap, width: int, side: int, ink: Ink
) -> list[Text]:
    """The last row: of each binding its key and the word for what it does now."""
    gap = 3 if width >= WIDE else 2
    segs: list[Seg] = [(" " * side, "")]
    used = side
    for names, word in named:
        key, does = keymap.shown(names), f" @{keymap.does(names)}"
        segs += [
            (key, f"bold {ink.cool}{does}"),
            (f" {word}", f"{ink.text}{does}"),
            (" " * gap, ""),
        ]
        used += cell_len(key) + cell_len(word) + 1 + gap
    if used - gap <= width < used:  # what follows the last word is all that has no room
        segs.pop()
    return [paint.line(width, segs, fill=ink.surface)]


def sentence(words: str, width: int, ink: Ink) -> list[Text]:
    """What is said above the footer, in as many rows as it takes."""
    return [paint.line(width, [(row, f"bold {ink.heat}")]) for row in paint.broken(words, width)]


def too_small(width: int, height: int, least: tuple[int, int], then: str) -> list[Text]:
    """What a terminal shows that has room for nothing else: what to do, and `then` what keys do."""
    needs = _(
        "{columns} by {rows} or more, please; now {width} by {height}.",
        columns=least[0],
        rows=least[1],
        width=width,
        height=height,
    )
    how = _("Make the window larger, or its letters smaller (often ctrl and minus).")
    for words in (f"{needs} {how} {then}", f"{needs} {then}", needs):
        rows = paint.wrap(words, width)
        if len(rows) <= height:
            break
    return [Text(row, end="") for row in rows]
