"""What is asked above the footer is whole, with its answers, however long it is."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from kit.desk import MIDDLE, SMALL, Desk, seated, sit

from ttx.tui.page import Page

LONG = (
    "The request for ports still waits, and may lapse before anybody has answered it. Be done with"
    " the levers of this turn all the same?"
)


def yes(page: Page, done: Callable[[str], object]) -> None:
    page.confirm(LONG, "Done", lambda: done("y"))


def key(page: Page, done: Callable[[str], object]) -> None:
    page.prompt_key(LONG, {"y": "Done", "w": "Wait"}, done)


def text(page: Page, done: Callable[[str], object]) -> None:
    page.prompt_text(LONG, done)


@pytest.mark.parametrize("size", [SMALL, MIDDLE])
@pytest.mark.parametrize("ask", [yes, key, text])
async def test_all_of_it_is_read(
    ask: Callable[[Page, Callable[[str], object]], None], size: tuple[int, int]
) -> None:
    answers: list[str] = []
    async with sit(seated("tutorial"), size) as desk:
        await desk.press("enter")
        ask(desk.page, answers.append)
        await desk.settle()
        assert LONG in " ".join(_asked(desk))
        assert all(len(row) <= size[0] for row in desk.rows)
        if ask is text:
            await desk.press("o", "k", "enter")
        else:
            assert await desk.click("y Done")
        assert answers == ["ok" if ask is text else "y"]
        assert LONG not in " ".join(desk.rows)


async def test_a_short_question_takes_one_row() -> None:
    async with sit(seated("tutorial"), SMALL) as desk:
        await desk.press("enter")
        desk.page.confirm("Leave it?", "Leave", lambda: None)
        await desk.settle()
        assert desk.rows[-2].split() == ["Leave", "it?", "y", "Leave", "Esc", "Go", "on"]


async def test_a_click_elsewhere_takes_no_keys_from_a_text() -> None:
    texts: list[str] = []
    async with sit(seated("tutorial"), MIDDLE) as desk:
        await desk.press("enter", "2", "enter", "enter")
        assert "options" in desk.page.places
        desk.page.prompt_text("What?", texts.append)
        marked = desk.page.list("options").marked
        await desk.press("a", "b")
        for number in range(len(desk.page.list("options").keys)):
            assert await desk.click(f"{number + 1}  ")
            await desk.press("c")
        await desk.press("enter")
        assert texts == ["ab" + "c" * len(desk.page.list("options").keys)]
        assert desk.page.list("options").marked == marked


def _asked(desk: Desk) -> list[str]:
    return [row.plain.strip() for row in desk.page.question.rows]
