"""Where the regions of Compare stand: everything at once, or turns and scores in turns."""

from __future__ import annotations

from typing import NamedTuple

from ttx.tui.region import Box
from ttx.tui.widgets.compare import GAP

PANELS, PANEL_ROWS = 12, 12
"""Panels that a wide screen has places for, and the rows of each."""
CARRIED = 4
"""Rows for what carried it, half of them for either side."""


class Needs(NamedTuple):
    """How many rows a comparison has to show."""

    remarks: int
    courses: int
    """Of levers, on the side that has more of them."""
    scores: int


def wide(body: Box, needs: Needs, *, panels: bool) -> dict[str, Box]:
    """Heads, turns, scores and what carried it, one under the other; panels where there is room."""
    x, y, width, height = body
    head = 2 + needs.courses
    below = PANEL_ROWS + 2 if panels else 0
    rows = (
        ("turns", 3, needs.remarks + 1),
        ("rows", 0, 0),
        ("strip", 2, 0),
        ("scores", needs.scores + 3, 1),
        ("carried", CARRIED + 2, 1),
    )
    room = height - head - below - sum(count + gap for _, count, gap in rows)
    air = 1 if room > 4 else 0
    half, top = (width - GAP) // 2, y + air
    places = {
        "head-a": Box(x, top, half, head),
        "head-b": Box(x + width - half, top, half, head),
    }
    top += head
    if needs.remarks:
        places["remarks"] = Box(x, top, width, needs.remarks)
    for name, count, gap in rows:
        places[name] = Box(x, top + gap, width, count or room - air)
        top += gap + places[name].height
    if panels:
        places["courses"] = Box(x, top + 1, width, 1)
        places |= _panels(Box(x, top + 2, width, PANEL_ROWS), min(needs.scores, PANELS))
    return places


def _panels(box: Box, count: int) -> dict[str, Box]:
    across = (box.width + 3) // max(count, 1) - 3
    return {
        f"panel-{at + 1}": Box(box.x + at * (across + 3), box.y, across, box.height)
        for at in range(count)
    }


def narrow_turns(body: Box, needs: Needs) -> dict[str, Box]:
    """The turns, with what is to be borne in mind above them."""
    x, y, width, height = body
    places = {
        "head-a": Box(x, y, width, 1),
        "head-b": Box(x, y + 1, width, 1),
        "turns": Box(x, y + 2 + needs.remarks, width, 2),
        "rows": Box(x, y + 4 + needs.remarks, width, height - needs.remarks - 6),
        "strip": Box(x, y + height - 2, width, 2),
    }
    if needs.remarks:
        places["remarks"] = Box(x, y + 2, width, needs.remarks)
    return places


def narrow_scores(body: Box, needs: Needs) -> dict[str, Box]:
    """The scores, with the courses of the levers below them."""
    x, y, width, height = body
    top, courses = needs.scores + 3, 2 * needs.courses
    return {
        "scores": Box(x, y, width, top - 1),
        "carried": Box(x, y + top, width, height - top - courses),
        "courses": Box(x, y + height - courses, width, courses),
    }
