"""The Theatre: its list of injects, the map that follows the mark, and what both show by key."""

from __future__ import annotations

from dataclasses import replace

import pytest
from kit.desk import MIDDLE, SMALL, Desk, sit
from kit.screens import POSITIONS, at

from ttx.tui.app import TtxApp
from ttx.tui.screens.theatre import TheatreScreen

pytestmark = pytest.mark.usefixtures("strict", "shelf")
BOTH = (SMALL, MIDDLE)


def played() -> TtxApp:
    """A run at its end, with all its injects on the map."""
    return at("accelerate", POSITIONS["review"])


def page(desk: Desk) -> TheatreScreen:
    assert isinstance(desk.page, TheatreScreen)
    return desk.page


def marked(desk: Desk) -> int:
    pin = page(desk).marked
    assert pin is not None
    return pin.number


@pytest.mark.parametrize("size", BOTH)
async def test_it_opens_at_the_last_inject_and_the_mark_goes_round(size: tuple[int, int]) -> None:
    async with sit(played(), size) as desk:
        await desk.press("M")
        last = len(page(desk).pins)
        assert last == marked(desk) > 2
        assert f"{last} now" in desk.shown or f"now {last}" in desk.shown
        await desk.press("j")
        assert 1 == marked(desk), "behind the last comes the first"
        assert "DISTANCE FROM C1" in desk.region("distances").shown.plain
        await desk.press("k", "k")
        assert last - 1 == marked(desk)


@pytest.mark.parametrize("size", BOTH)
async def test_a_click_marks_an_inject_and_a_second_one_opens_it(size: tuple[int, int]) -> None:
    async with sit(played(), size) as desk:
        await desk.press("M", "g")
        second = page(desk).pins["2"].title
        assert await desk.click(second[:12], "list")
        assert 2 == marked(desk)
        assert await desk.click(second[:12], "list")
        assert second in desk.rows[1]
        assert "from " in desk.shown


async def test_the_wheel_over_the_list_moves_the_mark_and_the_map_shows_it() -> None:
    async with sit(played(), MIDDLE) as desk:
        await desk.press("M", "g")
        x, y = desk.region("list").area.offset
        await desk.scroll(1, (x + 2, y + 4))
        assert 2 == marked(desk)
        assert "2 now" in desk.region("map").shown.plain


async def test_a_turn_back_shows_fewer_injects_and_marks_the_last_of_them() -> None:
    async with sit(played(), MIDDLE) as desk:
        await desk.press("M")
        pins = page(desk).pins
        turns = [pin.turn for pin in pins.values()]
        await desk.press("left_square_bracket")
        fewer = sum(turn < turns[-1] for turn in turns)
        assert fewer == len(page(desk).pins) == marked(desk) < len(pins)
        assert f"{fewer} injects so far" in desk.shown
        await desk.press("right_square_bracket")
        assert len(pins) == marked(desk)


async def test_places_and_zooms_are_shown_by_key() -> None:
    async with sit(played(), MIDDLE) as desk:
        await desk.press("M")
        assert "Naha" in desk.region("map").shown.plain
        await desk.press("p")
        assert "Naha" not in desk.region("map").shown.plain
        assert "the whole theatre" in desk.shown
        theatre = page(desk).game.run.exercise.map
        assert theatre is not None
        for zoom in (*theatre.zooms, "the whole theatre"):
            await desk.press("z")
            assert zoom in desk.region("head").shown.plain


async def test_before_the_first_inject_nothing_is_marked() -> None:
    async with sit(at("accelerate", POSITIONS["briefing"]), MIDDLE) as desk:
        await desk.press("M")
        assert "No inject has been released yet." in desk.region("list").shown.plain
        assert "0 injects so far" in desk.shown
        assert "no place on this map" in desk.region("distances").shown.plain
        await desk.press("enter", "j", "G")
        assert "Theatre" == desk.where


async def test_an_inject_that_comes_is_marked_where_the_last_one_was() -> None:
    async with sit(at("accelerate", POSITIONS["levers, turn 2"]), MIDDLE) as desk:
        await desk.press("M")
        pins = [*page(desk).pins.values()]
        count = len(pins)
        assert count == marked(desk)
        page(desk)._kept["pins"] = (*pins, replace(pins[0], number=count + 1))
        page(desk).paint()
        assert count + 1 == marked(desk)
