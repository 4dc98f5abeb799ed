"""Strips that keep only what was made of them do what Textual's own do."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from rich.console import Console
from rich.segment import Segment
from rich.style import Style
from rich.text import Text
from textual.color import Color
from textual.filter import Monochrome
from textual.strip import Strip

from ttx.tui.strips import CACHES, Row, blank, strip

RED, GROUND = Style.parse("red on #102030"), Style.parse("on #102030")
SEGMENTS = [Segment("Japan ", RED), Segment("日本", GROUND), Segment(" answers", RED)]
WIDTH = 18


@pytest.mark.parametrize(
    "do",
    [
        lambda line: line.divide([3, 7, WIDTH]),
        lambda line: line.divide([WIDTH]),
        lambda line: line.divide([4, WIDTH, 40]),
        lambda line: line.crop(2, 9),
        lambda line: line.crop_extend(2, 30, GROUND),
        lambda line: line.adjust_cell_length(30, GROUND),
        lambda line: line.apply_style(RED),
        lambda line: line.apply_filter(Monochrome(), Color(0, 0, 0)),
        lambda line: line.apply_offsets(2, 3),
        lambda line: line.render(Console(color_system="truecolor", width=80)),
        lambda line: line.text,
        lambda line: line.link_ids,
        lambda line: line.cell_length,
    ],
)
def test_it_is_cut_and_coloured_as_any_strip(do: Callable[[Strip], object]) -> None:
    ours, theirs = Row(SEGMENTS, WIDTH), Strip(SEGMENTS, WIDTH)
    assert do(ours) == do(theirs)
    assert do(ours) == do(theirs)  # once more, from what was kept


def test_every_cache_of_a_strip_is_made_when_it_is_needed() -> None:
    slots = {slot for slot in Strip.__slots__ if slot.endswith("_cache")}
    assert slots == {*CACHES, "_render_cache"}  # a new one has to be named
    line = Row(SEGMENTS, WIDTH)
    assert not any(name in _kept(line) for name in CACHES)
    line.divide([3, WIDTH])
    assert [name for name in CACHES if name in _kept(line)] == ["_divide_cache"]
    assert all(isinstance(piece, Row) for piece in line.divide([3, WIDTH]))


def test_the_same_row_is_the_same_strip_as_wide_as_its_region() -> None:
    row = Text("Two minutes", "bold", end="")
    line = strip(row, 20, "#ffffff", "#000000")
    assert line is strip(row.copy(), 20, "#ffffff", "#000000")
    assert line.text == "Two minutes" + " " * 9
    assert strip(row, 5, "#ffffff", "#000000").text == "Two m"
    assert blank(7, "#000000").text == " " * 7


def _kept(line: Strip) -> set[str]:
    """The slots that hold something, without asking for what is not there."""
    return {name for name in Strip.__slots__ if _has(line, name)}


def _has(line: Strip, slot: str) -> bool:
    try:
        getattr(Strip, slot).__get__(line, type(line))
    except AttributeError:
        return False
    return True
