"""What is typed on the pages of a run: edited as anywhere, kept where it is refused, asked for."""

from __future__ import annotations

from pathlib import Path

import pytest
from kit.desk import MIDDLE, SMALL, sit
from kit.desk import Desk as Hand
from kit.hosted import host
from kit.room import CHIEF, Room
from textual.events import Paste

from ttx.session.attendance import Attendance
from ttx.session.notebook_events import Noted
from ttx.session.table import Table
from ttx.tui.app import TtxApp

pytestmark = pytest.mark.usefixtures("strict", "shelf")
ACUTE = "\u0301"
ASKS = "Throw away what you have written?"


def control(table: Table) -> TtxApp:
    seats = Attendance([seat.id for seat in table.game.run.exercise.seat])
    return TtxApp(table, CHIEF, attendance=seats)


async def paste(hand: Hand, words: str) -> None:
    hand.app.post_message(Paste(words))
    await hand.settle()


async def test_a_field_has_the_keys_of_an_editor_whatever_they_mean_elsewhere(
    tmp_path: Path,
) -> None:
    async with sit(control(host(tmp_path)), SMALL) as hand:
        await hand.press("a")
        await hand.write("one two")
        await hand.press("ctrl+w")
        assert "one two" not in hand.shown
        await hand.press("ctrl+z")  # which stands the table still where nothing is typed
        assert "title one two" in hand.shown
        await paste(hand, f"cafe{ACUTE}\x1b\u202e")
        assert f"one twocafe{ACUTE}" in hand.shown
        assert "What cannot be shown here was left out" in hand.shown
        await hand.press("backspace")
        assert "one twocaf" in hand.shown
        assert ACUTE not in hand.shown
        await hand.resize(*MIDDLE)
        await hand.write("x")
        assert "title one twocafx" in hand.shown
        await hand.point(16, 4)
        await hand.write("Y")
        assert "title Yone" in hand.shown
        await hand.point(16, 5)
        await hand.press("5")
        assert "actor United States" in hand.shown
        assert "AdHoc" == hand.where


async def test_esc_throws_nothing_away_that_was_written_without_asking(room: Room) -> None:
    async with sit(room.app(CHIEF), MIDDLE) as hand:
        await hand.press("n", "escape")
        assert ASKS not in hand.shown
        await hand.press("n")
        await hand.write("ab")
        await hand.press("escape")
        assert ASKS in hand.shown
        assert "ab" in hand.shown
        await hand.press("escape")
        assert ASKS not in hand.shown
        await hand.write("c")
        await hand.press("enter")
        assert ["abc"] == [note.text for note in hand.facts(Noted)]
        await hand.press("n")
        await hand.write("gone")
        await hand.press("escape", "y")
        assert "gone" not in hand.shown
        assert 1 == len(hand.facts(Noted))


@pytest.mark.parametrize("key", ["escape", "q"])
async def test_a_form_asks_before_it_forgets_what_was_set(key: str, room: Room) -> None:
    async with sit(room.app(CHIEF), MIDDLE) as hand:
        await hand.press("X", key)
        assert "Briefing" in hand.where or "Control" in hand.where
        await hand.press("X", "plus", key)
        assert "Throw away what you have set here?" in hand.shown
        await hand.press("escape")
        assert "Excursion" == hand.where
        await hand.press(key, "y")
        assert "Excursion" != hand.where
