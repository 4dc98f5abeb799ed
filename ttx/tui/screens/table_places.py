"""Where the regions of the Table stand: for an inject, for levers, and while others decide."""

from __future__ import annotations

from dataclasses import dataclass

from ttx.tui.page import LARGE, MIDDLE, SMALL
from ttx.tui.parts.layout import Cell, Part, Stack, boxes, column, row
from ttx.tui.region import Box

LEFT = {MIDDLE: 67, LARGE: 80}
"""Columns of what is answered."""
RIGHT = 46
"""Columns of the tracks and of what stands over them."""
COMMITMENT = 8
"""Rows of what a seat commits to, with what is said of it in two."""
MAP = Cell("map", 34)
REST = column()
"""What is left empty."""


def _beside(form: str, left: Stack, gap: Part, right: Stack, third: Stack) -> Stack:
    """Two columns with a gap between them; on a large terminal three, and gaps of its own."""
    return row(left, 5, right, 5, third) if form == LARGE else row(left, gap, right)


@dataclass(frozen=True)
class Needs:
    """Rows that a message, its question and the options take where nothing of them is cut."""

    message: int
    closest: int
    """Those that the message takes where it is set as close as can be."""
    question: int
    options: int
    fewest: int
    """Those that the options take where each is set as close as can be."""


def width_of_answer(body: Box, form: str) -> int:
    """Cells of the message, the question and the options."""
    return body.width if form == SMALL else LEFT[form]


def answer(body: Box, form: str, needs: Needs, *, held: bool) -> dict[str, Box]:
    """The message, the question and the options left, the rest right, the clock below.

    What one of the three does not need is the others'. Where somebody facilitates (`held`), there
    is a row more for what a cell has committed to.
    """
    air = 1 if form == LARGE else 0
    asked, options = 2, 6 if form == SMALL else 13 + 4 * air
    message = 4 if form == SMALL else 14
    pool = message + asked + options
    asked = max(min(needs.question, 3), asked)
    apart = 1 if form == SMALL or needs.message + asked + needs.options <= pool else None
    if apart is None:
        pool, options = pool + 2, options + 2
    options = _rows_of_options(needs, pool - asked, options)
    message = pool - asked - options
    if form == SMALL:
        tall = body.height > 30
        stack = column(
            *(Cell("text", message), 1, Cell("question", asked), Cell("options", options)),
            Cell("clock", 5 if tall else 4),
            Cell("beside", 1) if held else 1,
            *((Cell("held", 5), 1) if tall else (Cell("held", 1),)),
            Cell("tracks", 12 if tall else 2),
        )
        return boxes(stack, body)
    below, known = 6 + 3 * air, 12 + 2 * air
    tracks, commitment = Cell("tracks", known), Cell("beside")
    needed = 1 + 7 + 1 + known + 1 + COMMITMENT
    over_held = 1 if body.height - below >= needed else None
    over = _beside(
        form,
        column(
            *(apart, Cell("text", message), apart),
            *(Cell("question", asked), Cell("options", options)),
            size=LEFT[form],
        ),
        REST,
        column(over_held, Cell("held", 7), 1, tracks, 1, commitment, size=RIGHT),
        column(1, MAP, 1, Cell("since"), 1),
    )
    return boxes(column(over, Cell("clock", below)), body)


def _rows_of_options(needs: Needs, pool: int, most: int) -> int:
    """Rows that the options get of a pool which the message has the rest of."""
    for message in (needs.message, needs.closest):
        if message + needs.options <= pool:
            return max(min(most, pool - message), needs.options)
    return min(max(needs.fewest, pool - needs.closest), most)


def moves(body: Box, form: str, rows: int, *, has_clock: bool) -> dict[str, Box]:
    """The list of levers in so many `rows` and the marked one left, budgets and tracks right."""
    levers, tracks = Cell("list", rows), Cell("tracks", 2)
    if form == SMALL:
        return boxes(column(Cell("held", 1), levers, Cell("text"), tracks), body)
    air = 1 if form == LARGE else 0
    below = 6 + 3 * air
    room = body.height - below - 3 - air
    landing, tracks = Cell("beside", min(room - 22, 11)), Cell("tracks", 12)
    over = _beside(
        form,
        column(levers, Cell("text"), size=84 if air else 73),
        3,
        column(Cell("held", 8), 1, tracks, landing, size=RIGHT if air else None),
        column(MAP),
    )
    fits = has_clock and rows + 11 <= room
    clock = Cell("clock", below) if fits else None
    return boxes(column(air, Cell("question", 3), over, clock), body)


def watch(body: Box, form: str, *, message: bool, known: int, aim: bool) -> dict[str, Box]:
    """The sentence with the message above it left, `known` rows of what is held and tracks right.

    Below the sentence is what a seat is after, where it has an `aim`. On a small terminal all of it
    stands in one column.
    """
    small = form == SMALL
    news = (Cell("text", 4 if small else 16),) if message else ()
    held = (Cell("held", known + (1 if small else 2)), 1) if known else ()
    if small:
        after = (Cell("beside", 3), 1) if aim else ()
        stack = column(*news, 1, Cell("question", 1), 1, *after, *held, Cell("tracks"))
        return boxes(stack, body)
    size = 80 if form == LARGE else 67
    left = column(
        1,
        *news,
        1 if message else None,
        Cell("question", 2),
        1,
        Cell("beside", 18) if aim else None,
        size=size,
    )
    return boxes(
        _beside(
            form,
            left,
            REST,
            column(1, *held, Cell("tracks", 16), size=RIGHT),
            column(1, MAP),
        ),
        body,
    )
