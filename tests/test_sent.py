"""What others send: on every seat's screen at the next paint, until it is read or no longer so."""

from __future__ import annotations

from contextlib import AsyncExitStack
from pathlib import Path

import pytest
from kit.desk import LARGE, MIDDLE, SMALL
from kit.room import CHIEF, LEAD, SEATS, Room, choosing, seat_all

from ttx.session.play_commands import Message
from ttx.session.run import PROJECTOR

pytestmark = pytest.mark.usefixtures("strict")
PLAYERS = tuple(seat for seat in SEATS if seat != CHIEF)
WORDS = "Page four of the annex is withdrawn."


@pytest.mark.parametrize("size", [SMALL, MIDDLE, LARGE], ids=["80", "120", "200"])
async def test_a_message_is_on_every_screen_whatever_its_seat_was_told(
    tmp_path: Path, size: tuple[int, int]
) -> None:
    room = Room(tmp_path)
    room.to(choosing)
    async with AsyncExitStack() as stack:
        tables = await seat_all(stack, room, size, PLAYERS)
        for hand in tables.hands.values():
            hand.page.show_notice("A line of its own.")
        room.ask(CHIEF, Message("all", WORDS))
        await tables.settle()

        assert set(PLAYERS) == tables.who_reads(WORDS) == tables.who_reads("A line of its own.")
        assert {*PLAYERS} - {PROJECTOR} == tables.who_reads("1 unread")
        await tables.hands[LEAD].press("escape", "j")
        assert set(PLAYERS) == tables.who_reads(WORDS)

        await tables.hands[LEAD].press("full_stop")
        assert {*PLAYERS} - {LEAD} == tables.who_reads(WORDS)
