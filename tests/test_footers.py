"""The footer of every page that letters lead to: at most eight keys, and each of them whole."""

from __future__ import annotations

from pathlib import Path

import pytest
from kit.desk import MIDDLE, SMALL
from kit.footers import walked
from kit.room import CHIEF, LEAD, RED
from kit.screens import POSITIONS
from kit.shots import hosted, position, washed

from ttx.session.attendance import Attendance
from ttx.session.run import PROJECTOR
from ttx.session.table import Table
from ttx.tui.app import TtxApp

pytestmark = [pytest.mark.usefixtures("strict", "shelf"), pytest.mark.slow]

HOSTED = ("excursion", "choosing", "action", "ruling", "overruled", "challenge", "reckoning")
SEATS = {
    **dict.fromkeys(HOSTED, (CHIEF, LEAD, RED, "observer")),
    "washed": (CHIEF, "usfj", "evaluator"),
}


def table_at(name: str, folder: Path) -> Table:
    return washed() if name == "washed" else hosted(name, folder).table


@pytest.mark.parametrize("size", [SMALL, MIDDLE], ids=["80", "120"])
@pytest.mark.parametrize("name", SEATS)
async def test_a_footer_of_a_hosted_run_is_whole(
    name: str, size: tuple[int, int], tmp_path: Path, cut: dict[str, str]
) -> None:
    table = table_at(name, tmp_path)
    known = [one.id for one in table.game.run.exercise.seat]
    pages: set[str] = set()
    for seat in SEATS[name]:
        app = TtxApp(table, seat, attendance=Attendance([*known, PROJECTOR]))
        pages |= await walked(app, size)
    assert {} == cut
    assert len(pages) > 5


@pytest.mark.parametrize("size", [SMALL, MIDDLE], ids=["80", "120"])
@pytest.mark.parametrize("name", POSITIONS)
async def test_a_footer_of_a_run_alone_is_whole(
    name: str, size: tuple[int, int], cut: dict[str, str]
) -> None:
    pages = await walked(TtxApp(*position(name)), size)
    assert {} == cut
    assert len(pages) > 1
