"""The footer of every page that letters lead to: at most eight keys, and each of them whole."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import test_tui_play
from rich.text import Text
from test_snapshots import hosted, position, washed
from test_tui_hosted import CHIEF, LEAD, RED
from test_tui_play import MIDDLE, SMALL, sit
from test_tui_screens import POSITIONS

from ttx.session.attendance import Attendance
from ttx.session.run import PROJECTOR
from ttx.session.table import Table
from ttx.tui.app import TtxApp
from ttx.tui.page import Page

strict, shelf = test_tui_play.strict, test_tui_play.shelf

HOSTED = ("excursion", "choosing", "action", "ruling", "overruled", "challenge", "reckoning")
SEATS = {
    **dict.fromkeys(HOSTED, (CHIEF, LEAD, RED, "observer")),
    "washed": (CHIEF, "usfj", "evaluator"),
}
KEYS = "BSMRAIJKVWXPTaefimprtwz"
"""Letters that show something and decide nothing before a text or a second key follows."""
FURTHER = {"R": "mobgw", "V": "pt", "W": "pi", "I": "a"}
"""Letters that lead on from those pages."""


@pytest.fixture
def cut(monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """Footers that are too long, by page and size."""
    found: dict[str, str] = {}
    put = Page.put

    def watched(self: Page, name: str, rows: list[Text]) -> None:
        put(self, name, rows)
        if name != "footer":
            return
        named = (*self.named_keys(), *self.always())
        keys = [f"{self.keymap.shown(key)} {word}" for key, word in named]
        shown = re.split(" {2,}", rows[0].plain.strip())
        if len(keys) > 8 or shown != keys:
            here = f"{type(self).__name__} at {self.app.size.width}, {self.context.seat}"
            found[here] = f"{len(keys)}: {rows[0].plain.strip()}"

    monkeypatch.setattr(Page, "put", watched)
    return found


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


async def walked(app: TtxApp, size: tuple[int, int]) -> set[str]:
    """The pages that letters lead to from where the run stands, and from one page further."""
    pages = set()
    async with sit(app, size) as hand:
        entries = hand.game.entries
        for key in KEYS:
            for more in ("", *FURTHER.get(key, "")):
                await hand.press(key, *more)
                pages.add(hand.where)
                await hand.press("escape", "escape", "escape")
        assert entries == hand.game.entries
    return pages
