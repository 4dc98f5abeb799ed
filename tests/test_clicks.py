"""Clicks beside what is written: an empty cell does nothing, and only a button is a button."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import AsyncExitStack
from pathlib import Path

import pytest
from kit.desk import LARGE, MIDDLE, SMALL, Desk, files, seated, sit
from kit.room import CHIEF, LEAD, MEMBER, Room, choosing, in_phase
from kit.screens import MOVES, POSITIONS, at
from rich.cells import cell_len
from textual.events import Click

from ttx.session import phases
from ttx.tui.app import TtxApp
from ttx.tui.region import Region

pytestmark = pytest.mark.usefixtures("strict", "shelf")

SIZES = (SMALL, (100, 30), MIDDLE, LARGE)
OVER = {
    "briefing": ("space", "question_mark"),
    "levers, turn 1": ("2", "v"),
    "policy": ("1", "t"),
    "crisis": ("2", "i", "escape", "o"),
    "ruling": ("S",),
    "ruling of a crisis": ("M",),
    "reckoning": ("1",),
    "levers, turn 2": ("E",),
    "review": ("S",),
}
"""Keys at each position of the flagship; all that is shown on the way is clicked."""


def empty_cells(desk: Desk) -> Iterator[tuple[int, int]]:
    """Cells where nothing is written, nor in the cells beside it, and no place is what counts."""
    whole = [desk.page.regions[name].area for name in desk.page.WHOLE]
    for y, row in enumerate(desk.rows):
        cells = "".join(sign + "\0" * (cell_len(sign) - 1) for sign in row)
        for x in range(len(cells)):
            if not cells[max(x - 1, 0) : x + 2].strip() and not any(
                at.contains(x, y) for at in whole
            ):
                yield x, y


def button_cells(desk: Desk, words: str) -> set[tuple[int, int]]:
    """The cells of a button, which is shown once, with its rim."""
    found = [(row.find(words), y) for y, row in enumerate(desk.rows) if words in row]
    return {(x + step, y) for x, y in found for step in range(-1, len(words) + 1)}


def click(desk: Desk, x: int, y: int) -> None:
    """Where a click lands that the terminal has sent."""
    widget, place = desk.page.get_widget_at(x, y)
    if isinstance(widget, Region):
        style = desk.page.get_style_at(x, y)
        at = x - place.x, y - place.y
        widget.on_click(Click(widget, *at, 0, 0, 1, False, False, False, style=style))


def still(desk: Desk) -> list[str]:
    """What is shown, but for the seconds."""
    return [re.sub(r"\d\d:\d\d", "", row) for row in desk.rows]


async def nothing_comes_of_empty_cells(desk: Desk) -> None:
    entries, page, shown = desk.game.entries, desk.app.screen, still(desk)
    cells = [*empty_cells(desk)]
    assert len(cells) > 50
    for _ in range(2):  # a second click carries out what the first has marked
        for x, y in cells:
            click(desk, x, y)
        await desk.settle()
    assert (entries, page) == (desk.game.entries, desk.app.screen)
    assert shown == still(desk)


@pytest.mark.slow
@pytest.mark.parametrize("where", list(POSITIONS))
async def test_an_empty_cell_does_nothing(where: str) -> None:
    for size in (SMALL, MIDDLE):
        app = at("accelerate", POSITIONS[where], MOVES["accelerate"])
        async with sit(app, size) as desk:
            await nothing_comes_of_empty_cells(desk)
            for key in OVER[where]:
                await desk.press(key)
                await nothing_comes_of_empty_cells(desk)


@pytest.mark.slow
@pytest.mark.parametrize("phase", [phases.BRIEFING, "choosing", phases.REVIEW, phases.RECKONING])
async def test_an_empty_cell_of_a_hosted_table_does_nothing(phase: str, tmp_path: Path) -> None:
    until: Callable[..., bool] = choosing if phase == "choosing" else in_phase(phase)
    room = Room(tmp_path)
    room.to(until)
    async with AsyncExitStack() as stack:
        for seat in (CHIEF, LEAD, MEMBER):
            size = MIDDLE if seat == LEAD else SMALL
            desk = await stack.enter_async_context(sit(room.app(seat), size))
            await nothing_comes_of_empty_cells(desk)
            for key in ("n", "escape", "K", "escape", "A"):
                await desk.press(key)
                await nothing_comes_of_empty_cells(desk)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "size"), [*(("tutorial", one) for one in SIZES), ("accelerate", MIDDLE)]
)
async def test_only_the_button_is_startex(name: str, size: tuple[int, int]) -> None:
    async with sit(seated(name), size) as desk:
        shown, count = "Enter Ready", 0
        button = button_cells(desk, shown)
        assert len(shown) + 2 == len(button)
        for y in range(2, size[1] - 1):
            for x in range(size[0]):
                if (x, y) not in button:
                    click(desk, x, y)
                    count += 1
            await desk.settle()
            desk.page.page = 0  # type: ignore[attr-defined]  # words of the page turn it
            desk.page.paint()
        assert phases.BRIEFING == desk.game.phase
        assert count > 1000
    for x, y in [min(button), max(button)]:
        async with sit(seated(name), size) as desk:
            click(desk, x, y)
            await desk.settle()
            assert phases.LEVERS == desk.game.phase


@pytest.mark.slow
@pytest.mark.parametrize("theme", ["light", "contrast"])
async def test_the_button_is_the_button_in_every_theme(
    theme: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TTX_THEME", theme)
    await test_only_the_button_is_startex("tutorial", MIDDLE)


@pytest.mark.slow
@pytest.mark.parametrize("size", [SMALL, MIDDLE])
async def test_only_its_answers_answer_a_question(size: tuple[int, int]) -> None:
    async with sit(at("tutorial", POSITIONS["policy"]), size) as desk:
        y = size[1] - 2
        await desk.press("E")
        yes, no = button_cells(desk, "y End"), button_cells(desk, "Esc Go on")
        for x in range(size[0]):
            if (x, y) not in yes | no:
                click(desk, x, y)
        await desk.settle()
        assert "End the exercise here" in desk.shown
        click(desk, min(no)[0] + 2, y)
        await desk.settle()
        assert "End the exercise here" not in desk.shown
        assert phases.DELIBERATION == desk.game.phase
        await desk.press("E")
        click(desk, min(yes)[0] + 2, y)
        await desk.settle()
        assert phases.HOTWASH == desk.game.phase


@pytest.mark.slow
async def test_an_empty_cell_of_home_starts_no_run(shelf: Path) -> None:
    for size in SIZES:
        async with sit(TtxApp(), size) as desk:
            for x, y in [*empty_cells(desk)] * 2:
                click(desk, x, y)
            await desk.settle()
            assert "Home" == desk.where
            assert [] == files(shelf)
