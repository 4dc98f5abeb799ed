"""Where the regions of the Table stand: for an inject, for levers, and while others decide."""

from __future__ import annotations

from ttx.tui.page import LARGE, MIDDLE, SMALL
from ttx.tui.region import Box


def answer(body: Box, form: str, *, has_clock: bool, held: bool = False) -> dict[str, Box]:
    """The message, the question and the options left, the rest right, the clock below.

    Where somebody facilitates (`held`), there is a row more for what a cell has committed to.
    """
    x, y, width, height = body
    if form == SMALL:
        tall = height > 30
        rows = {
            "message": Box(x, y, width, 4),
            "question": Box(x, y + 5, width, 2),
            "options": Box(x, y + 7, width, 6),
            "clock": Box(x, y + 13, width, 5 if tall else 4),
            "held": Box(x, y + 18, width, 1),
            "tracks": Box(x, y + 19, width, 2),
        }
        if not has_clock:
            rows["landing"] = rows.pop("clock")
        if held:
            rows["commitment"] = Box(x, y + (18 if tall else 17), width, 1)
        if tall:
            rows["held"] = Box(x, y + 19, width, 5)
            rows["tracks"] = Box(x, y + 25, width, min(12, height - 25))
        return rows
    left = 67 if form == MIDDLE else 80
    right = 46
    gap = width - left - right if form == MIDDLE else 5
    column = x + left + gap
    air = 1 if form == LARGE else 0
    places = {
        "message": Box(x, y + 1, left, 14),
        "question": Box(x, y + 16, left, 2),
        "options": Box(x, y + 18, left, 13 + 4 * air),
        "held": Box(column, y + 1, right, 6),
        "tracks": Box(column, y + 8, right, 12 + 2 * air),
        "commitment": Box(column, y + 21 + 2 * air, right, 7 + held),
    }
    bottom = y + height - 6 - 3 * air
    places["clock"] = Box(x, bottom, width, 6 + 3 * air)
    if not has_clock:
        places["landing"] = places.pop("clock")
    if form == LARGE:
        third = column + right + 5
        places["map"] = Box(third, y + 1, x + width - third, 34)
        places["since"] = Box(third, y + 36, x + width - third, max(bottom - y - 37, 4))
    return places


def moves(body: Box, form: str, count: int) -> dict[str, Box]:
    """The list of `count` levers and the marked one left, budgets and tracks right."""
    x, y, width, height = body
    if form == SMALL:
        half = (count + 1) // 2 if count > 4 else count
        return {
            "held": Box(x, y, width, 1),
            "list": Box(x, y + 1, width, half + 2),
            "detail": Box(x, y + (4 if count <= 4 else 3) + half, width, 9),
            "tracks": Box(x, y + height - 2, width, 2),
        }
    left = 73 if form == MIDDLE else 84
    column = x + left + (3 if form == MIDDLE else 5)
    right = x + width - column if form == MIDDLE else 46
    air = 1 if form == LARGE else 0
    clock_rows = 6 + 3 * air
    bottom = y + height - clock_rows
    places = {
        "question": Box(x, y + air, width, 1),
        "list": Box(x, y + 2 + air, left, count + 2),
        "detail": Box(x, y + 5 + air + count, left, 11),
        "held": Box(column, y + 2 + air, right, 3),
        "tracks": Box(column, y + 6 + air, right, 12),
        "landing": Box(column, y + 19 + air, right, min(bottom - y - 20 - air, 11)),
    }
    if y + 5 + air + count + 11 <= bottom:
        places["clock"] = Box(x, bottom, width, clock_rows)
    if form == LARGE:
        third = column + right + 5
        places["map"] = Box(third, y + 2 + air, x + width - third, 34)
    return places


def watch(body: Box, form: str, *, message: bool, known: int, aim: bool = False) -> dict[str, Box]:
    """The sentence with the message above it left, `known` rows of what is held and tracks right.

    Below the sentence is what a seat is after, where it has an `aim`. On a small terminal all of it
    stands in one column.
    """
    x, y, width, height = body
    top = 5 if message else 1
    if form == SMALL:
        rows = {"question": Box(x, y + top, width, 1)}
        if message:
            rows["message"] = Box(x, y, width, 4)
        start = top + 2
        if aim:
            rows["aim"] = Box(x, y + start, width, 3)
            start += 4
        if known:
            rows["held"] = Box(x, y + start, width, known + 1)
            start += known + 2
        rows["tracks"] = Box(x, y + start, width, height - start)
        return rows
    left = 67 if form == MIDDLE else 80
    right = 46
    column = x + left + (width - left - right if form == MIDDLE else 5)
    places = {"question": Box(x, y + (18 if message else 1), left, 2)}
    if message:
        places["message"] = Box(x, y + 1, left, 16)
    if aim:
        below = 21 if message else 4
        places["aim"] = Box(x, y + below, left, min(height - below, 18))
    start = 1
    if known:
        places["held"] = Box(column, y + 1, right, known + 2)
        start += known + 3
    places["tracks"] = Box(column, y + start, right, min(16, height - start))
    if form == LARGE:
        third = column + right + 5
        places["map"] = Box(third, y + 1, x + width - third, 34)
    return places
