"""Pages of rows over another: how they are gone through, and the keys that they name."""

from __future__ import annotations

from pathlib import Path

import pytest
from kit.desk import MIDDLE, SMALL, Desk, sit
from kit.room import CHIEF, LEAD, Room, choosing
from kit.screens import POSITIONS, at

from ttx.session.control_events import Steered
from ttx.session.notebook_events import Noted
from ttx.session.save_header import SaveError
from ttx.tui.app import TtxApp
from ttx.tui.parts.scroll import ScrollRegion

pytestmark = pytest.mark.usefixtures("strict", "shelf")


def extent(desk: Desk) -> str:
    """Which rows are shown, as the head says it."""
    return desk.region("head").row(0).plain.strip().split("  ")[-1].strip()


async def test_a_long_sheet_says_which_rows_are_shown_wherever_it_is_gone_to() -> None:
    async with sit(at("accelerate", POSITIONS["crisis"]), SMALL) as desk:
        await desk.press("t")
        rows = desk.region("rows")
        assert isinstance(rows, ScrollRegion)
        room, count = rows.room, len(rows._all)
        assert count > 2 * room
        for keys, top in (
            ((), 0),
            (("j", "down", "k"), 1),
            (("G",), count - room),
            (("b",), count - 2 * room + 1),
            (("g", "space"), room - 1),
            (("pageup",), 0),
        ):
            await desk.press(*keys)
            assert f"{top + 1} to {top + room} of {count}" == extent(desk), keys
        await desk.scroll(1)
        assert f"4 to {room + 3} of {count}" == extent(desk)
        await desk.click("space b page")
        assert f"{room + 3} to {2 * room + 2} of {count}" == extent(desk)
        await desk.press("enter")
        assert "Table" == desk.where


async def test_a_short_sheet_says_nothing_of_rows() -> None:
    async with sit(TtxApp(), MIDDLE) as desk:
        await desk.press("question_mark")
        assert "HELP" == extent(desk)
        await desk.press("j", "G", "space")
        assert "HELP" == extent(desk)


async def test_a_click_on_its_button_puts_a_contingency(room: Room) -> None:
    room.to(choosing)
    async with sit(room.app(CHIEF), MIDDLE) as desk:
        await desk.press("c")
        assert "Contingency" == desk.where
        assert await desk.click("y Put it", "rows")
        assert 1 == len(desk.facts(Steered))
        assert "The contingency is on the table." in desk.shown


async def test_sheets_name_the_keys_that_were_given(
    room: Room, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "keys.toml"
    path.write_text('catch-up = "f2"\nnote = "f3"\ngo-forecast = "f4"\n')  # a test's own file
    monkeypatch.setenv("TTX_KEYS", str(path))
    room.to(choosing)
    app = room.app(CHIEF)
    assert not app.take_keys()
    async with sit(app, MIDDLE) as desk:
        await desk.press("f2")
        assert "what your seat may see; f2 shows it again" in desk.shown
        await desk.press("escape", "J")
        assert "No notes yet; f3 writes one." in desk.shown
        await desk.press("escape", "o", "y")
        assert "All who see the scores see the forecast now, with f4." in desk.shown


async def test_a_text_that_the_table_refuses_stays_to_be_sent_again(
    room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_asked: object) -> None:
        raise SaveError("The disk is full.")

    room.to(choosing)
    async with sit(room.app(LEAD), MIDDLE) as desk:
        with monkeypatch.context() as patch:
            patch.setattr(room.table, "submit", full)
            await desk.press("n")
            await desk.write("tides")
            await desk.press("enter")
            assert "The disk is full." in desk.shown
            assert "tides" in desk.shown
            assert not desk.facts(Noted)
        await desk.press("enter")
        assert [Noted("tides")] == desk.facts(Noted)
        assert "The note is in the record. J shows yours." in desk.shown
