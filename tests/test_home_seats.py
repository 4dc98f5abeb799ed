"""Home: who one is in a run, which saves are forks, their seeds, and where all of it lies."""

from __future__ import annotations

from pathlib import Path

import pytest
from kit.desk import LARGE, MIDDLE, SMALL, only_save, sit

from ttx.session.events import Started
from ttx.session.run import PERSON
from ttx.tui.app import TtxApp
from ttx.tui.screens.home import HomeScreen

pytestmark = pytest.mark.usefixtures("strict")


@pytest.mark.parametrize("size", [SMALL, MIDDLE, LARGE])
async def test_a_seat_is_chosen_and_a_robot_plays_the_other_cell(
    size: tuple[int, int], shelf: Path
) -> None:
    async with sit(TtxApp(), size) as desk:
        assert "s seat" in desk.foot
        await desk.press("s")
        assert "Choice" in desk.where
        assert "you decide for" in desk.shown
        assert "a robot plays" in desk.shown
        await desk.press("3")
        assert "Briefing" == desk.where
        run = desk.game.run
        assert run.lead("japan").id == desk.app.context.seat
        assert PERSON == run.players["japan"]
        assert run.players["us"] != PERSON
        await desk.press("enter")
        assert desk.facts(Started)
        await desk.press("q", "y")
        assert "Home" == desk.where
        save = only_save(shelf)
        fork = save.with_name(save.name.replace(".ttx.toml", "-fork-T1.ttx.toml"))
        fork.write_bytes(save.read_bytes())
        save.with_name("x-report.html").write_text("")
        assert isinstance(desk.page, HomeScreen)
        desk.page.read()
        desk.page.paint()
        await desk.settle()
        assert "seed 7" in desk.shown
        assert "fork" in desk.shown
        if size != SMALL:
            assert "2 in all; last report: x-report.html; in " in desk.shown


@pytest.mark.usefixtures("shelf")
async def test_all_seats_together_are_what_enter_plays() -> None:
    async with sit(TtxApp(), MIDDLE) as desk:
        await desk.press("s", "1")
        together = dict(desk.game.run.players)
        await desk.press("q", "y", "s")
        assert "Mark an exercise first" in desk.shown
        await desk.press("tab", "enter")
        assert together == desk.game.run.players
