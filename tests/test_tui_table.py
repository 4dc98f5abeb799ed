"""The lists of the Table and of the response: marks by click and key, and regions that stay."""

from __future__ import annotations

from pathlib import Path

import pytest
from kit.desk import MIDDLE, SMALL, Desk, sit
from kit.red import RED, hosting
from kit.room import LEAD, Room, choosing, in_phase
from kit.screens import MOVES, POSITIONS, at

from ttx.exercise.model.part import text
from ttx.session import phases
from ttx.session.attendance import Attendance
from ttx.session.events import Answered, Chosen
from ttx.tui.app import TtxApp
from ttx.tui.screens.table import TableScreen

pytestmark = pytest.mark.usefixtures("strict", "shelf")


def marked(desk: Desk, region: str) -> str:
    """The row of a list that is marked, from its sign on."""
    (row,) = [row for row in desk.region(region).shown.plain.splitlines() if "▸" in row]
    return row[row.index("▸") + 2 :]


async def test_levers_in_two_columns_are_marked_where_they_are_clicked() -> None:
    app = at("accelerate", POSITIONS["levers, turn 2"], MOVES["accelerate"])
    async with sit(app, SMALL) as desk:
        parts = desk.table.game.run.exercise.levers
        names = [text(parts[key].name) for key in desk.page.list("list").keys]
        first, *_, last = names
        for lever in (last, first):
            assert await desk.click(lever, "list")
            assert marked(desk, "list").startswith(lever)
            assert desk.region("text").shown.plain.startswith(lever)
        await desk.press("G")
        assert marked(desk, "list").startswith(last)
        await desk.press("j")
        assert marked(desk, "list").startswith(first)


async def test_an_option_is_not_handed_in_by_the_click_that_chooses_it() -> None:
    app = at("accelerate", POSITIONS["crisis"], MOVES["accelerate"])
    async with sit(app, MIDDLE) as desk:
        assert isinstance(desk.page, TableScreen)
        view = desk.page.hand.view
        assert view is not None
        title = view.options[desk.page.draft.marked].title[:17]
        assert await desk.click(title, "options")
        assert [] == desk.facts(Answered)
        assert "not chosen yet" not in desk.region("beside").shown.plain
        assert await desk.click(title, "options")
        assert [] != desk.facts(Answered)


@pytest.mark.parametrize("size", [SMALL, MIDDLE], ids=["80", "120"])
async def test_a_release_mounts_nothing(size: tuple[int, int], tmp_path: Path) -> None:
    room = Room(tmp_path)
    room.to(in_phase(phases.LEVERS))
    async with sit(room.app(LEAD), size) as desk:
        page, before = desk.page, set(desk.page.children)
        room.to(in_phase(phases.INJECT))
        await desk.settle()
        assert not desk.region("options").display
        room.to(choosing)
        await desk.settle()
        assert desk.page is page
        assert desk.region("options").display
        assert before == set(page.children)


async def test_a_second_click_seals_a_move(tmp_path: Path) -> None:
    table = hosting(tmp_path)
    app = TtxApp(
        table, RED, attendance=Attendance([seat.id for seat in table.game.run.exercise.seat])
    )
    async with sit(app, MIDDLE) as desk:
        for sealed in ([], ["restraint"]):
            assert await desk.click("hold back", "moves")
            assert sealed == [chosen.response for chosen in desk.facts(Chosen)]
