"""An exercise with nine scores: wherever scores are shown, all of them are."""

from __future__ import annotations

import pytest
from kit.desk import LARGE, MIDDLE, SMALL, Desk, sit
from kit.screens import next_command

from ttx.analysis.compared_runs import ComparedRun
from ttx.exercise.model.exercise import Exercise
from ttx.exercise.model.part import text
from ttx.session import phases
from ttx.session.opening import begin
from ttx.session.seating import seating
from ttx.session.table import Table
from ttx.tui.app import TtxApp
from ttx.tui.screens.compare import CompareScreen

pytestmark = pytest.mark.usefixtures("strict", "shelf")
SIZES = (SMALL, MIDDLE, LARGE)


@pytest.fixture(scope="module")
def nine(accelerate: Exercise) -> Exercise:
    """The flagship with two scores more, which weigh what others weigh."""
    more = [
        part.model_copy(
            update={"id": f"more_{n}", "name": f"Further score {n}", "short": f"more {n}"}
        )
        for n, part in enumerate(accelerate.score[:2], start=8)
    ]
    return accelerate.model_copy(update={"score": [*accelerate.score, *more]})


@pytest.fixture(scope="module")
def reckoned(nine: Exercise) -> Table:
    seats = seating(nine)
    table = begin(nine, seats, 7, None)
    while table.game.phase != phases.RECKONING:
        table.submit(seats.seat, next_command(table, seats.seat), table.game.entries)
    return table


async def all_of_them(desk: Desk, exercise: Exercise) -> None:
    """Every score is on the screen, at the latest after going to the end of what is shown."""
    shown = desk.shown
    await desk.press("G")
    shown += desk.shown
    await desk.press("g")
    for part in exercise.score:
        assert text(part.name)[:18] in shown, part.id


@pytest.mark.parametrize("size", SIZES)
async def test_every_page_shows_every_score(
    size: tuple[int, int], reckoned: Table, nine: Exercise
) -> None:
    async with sit(TtxApp(reckoned, "usfj"), size) as desk:
        assert "Reckoning" == desk.where
        await all_of_them(desk, nine)
        await desk.press("S")
        assert "Standing" == desk.where
        assert "9 scores" in desk.shown
        await all_of_them(desk, nine)
        await desk.press("9")
        assert "FURTHER SCORE 9" in desk.shown
        await desk.press("escape", "f")
        assert "Fan" == desk.where
        await desk.app.workers.wait_for_complete()
        await desk.settle()
        for part in nine.score:
            assert text(part.name)[:14] in desk.shown, part.id


@pytest.mark.parametrize("size", SIZES)
async def test_two_runs_are_compared_in_every_score(
    size: tuple[int, int], reckoned: Table, nine: Exercise
) -> None:
    run = ComparedRun("a", reckoned.game, "", (), "0")
    async with sit(TtxApp(initial_page=CompareScreen(run, run)), size) as desk:
        if size == SMALL:
            await desk.press("tab")
        marks = [row.strip()[:2] for row in desk.rows]
        assert all(f"{number} " in marks for number in range(1, len(nine.score) + 1)), marks
