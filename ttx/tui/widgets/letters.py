"""One key out of several, asked for in the row above the footer: each with its word beside it."""

from __future__ import annotations

from collections.abc import Mapping

from rich.cells import cell_len
from rich.text import Text

from ttx.tui import paint
from ttx.tui.paint import Seg
from ttx.tui.theme import Ink

ENTER = "Enter"
"""The key of whoever wants none of the letters."""
GIVE_UP = "Esc gives up"


def letters_row(
    sentence: str, keys: Mapping[str, str], width: int, side: int, ink: Ink
) -> tuple[Text, list[tuple[int, int, str]]]:
    """The row, and where each key stands in it: first and last cell, and the key.

    Where all of it does not fit, the gaps shrink to one cell and Esc, which is the same
    everywhere, is not named.
    """
    words = cell_len(sentence) + sum(cell_len(f"{key} {word}") for key, word in keys.items())
    wide = words + 3 * len(keys) + len(GIVE_UP) + 1 <= width - 2 * side
    gap = " " * (3 if wide else 1)
    cells: list[Seg] = [(" " * side, ""), (sentence, f"bold {ink.strong}")]
    at, places = side + cell_len(sentence), []
    for key, word in keys.items():
        at += len(gap)
        places.append((at, at + cell_len(f"{key} {word}"), key))
        at = places[-1][1]
        cells += [(gap, ""), (key, f"bold {ink.cool}"), (f" {word}", ink.text)]
    right: list[Seg] = [(GIVE_UP, ink.muted), (" " * side, "")] if wide else []
    return paint.line(width, cells, right, fill=ink.surface), places
