"""Another seat's screen in the facilitator's hand: the same rows, live, and nothing can be done."""

from __future__ import annotations

import pytest
from kit.desk import LARGE, MIDDLE, SMALL, sit
from kit.desk import Desk as Hand
from kit.room import CHIEF, LEAD, MEMBER, OTHER, RED, SEATS, Room, Sitter, choosing, in_phase
from textual.binding import Binding

from ttx.session import phases
from ttx.session.answer import Answer
from ttx.session.command import IllegalDecision
from ttx.session.play_commands import Commit, Continue, Message, Submit
from ttx.session.preview import Preview
from ttx.session.run import PROJECTOR
from ttx.session.telling import Acknowledge
from ttx.tui.screens.attendance import AttendanceScreen
from ttx.tui.seat_state import SeatState

pytestmark = [pytest.mark.usefixtures("strict", "shelf"), pytest.mark.slow]
OTHERS = tuple(seat for seat in SEATS if seat != CHIEF)


async def look(hand: Hand, seat: str) -> None:
    """From Control to the page of the seats, and from there to what one of them sees."""
    await hand.press("A")
    page = hand.page
    assert isinstance(page, AttendanceScreen)
    page.seats.mark(seat)
    await hand.press("v")
    assert hand.app.context.previewing


def body(hand: Hand) -> list[str]:
    """All rows but the status line, which differs, and the word beside q."""
    rows = hand.rows
    return [rows[0], *rows[2:-1], rows[-1].replace("q leave", "").replace("q back", "").rstrip()]


@pytest.mark.parametrize("size", [SMALL, MIDDLE, LARGE])
async def test_it_paints_the_rows_of_the_seats_own_screen(
    size: tuple[int, int], room: Room
) -> None:
    room.to(choosing)
    room.ask(MEMBER, Commit(Answer(room.options()[-1].id, 70, {}, "as drilled")))
    for until in (choosing, in_phase(phases.REVIEW), in_phase(phases.RECKONING), None):
        if until is not None:
            room.to(until)
        else:
            room.ask(CHIEF, Continue())  # the reckoning stands now
        async with sit(room.app(CHIEF), size) as chief:
            for seat in OTHERS:
                room.desks[seat] = SeatState()
                async with sit(room.app(seat), size) as hand:
                    await look(chief, seat)
                    assert body(hand) == body(chief), (seat, room.game.phase)
                    assert type(hand.page) is type(chief.page)
                    short = room.game.run.seat(seat).short
                    assert f"as {short} sees it" in chief.rows[1]
                    assert "as " not in hand.rows[1]
                    await chief.press("q")
                    assert "Attendance" == chief.where


async def test_it_is_picked_with_a_digit_and_goes_back(room: Room) -> None:
    room.to(choosing)
    async with sit(room.app(CHIEF), MIDDLE) as hand:
        await hand.press("v")
        assert "SEE WHAT A SEAT SEES" in hand.shown
        assert "Deputy" in hand.shown
        assert "Facilitator" not in hand.region("rows").shown.plain
        await hand.press("2")
        assert "Table" == hand.where
        assert "as Deputy sees it" in hand.rows[1]
        assert hand.page.ink.path == hand.page.status_ground != hand.page.ink.surface
        await hand.press("S")
        assert "as Deputy sees it" in hand.rows[1]
        await hand.press("q", "q")
        assert "Control" == hand.where
        assert CHIEF == hand.app.context.seat
        await hand.press("A", "j", "v")
        assert "as Deputy sees it" in hand.rows[1]
        await hand.press("escape", "q")
        assert "Attendance" == hand.where
        while "▸ Facilitator" not in hand.shown:
            await hand.press("j")
        await hand.press("v")
        assert "That is your own seat" in hand.shown


async def test_it_follows_the_run(room: Room) -> None:
    room.to(choosing)
    async with sit(room.app(CHIEF), MIDDLE) as hand:
        await look(hand, LEAD)
        room.ask(CHIEF, Message(LEAD, "QHELLO"))
        await hand.settle()
        assert "QHELLO" in hand.shown
        await hand.press("full_stop")
        assert "QHELLO" in hand.shown  # it is the seat's to say that it has read it
        room.ask(LEAD, Acknowledge((room.game.entries,)))
        await hand.settle()
        assert "QHELLO" not in hand.shown
        room.ask(LEAD, Submit(Answer(room.options()[0].id)))
        await hand.settle()
        assert "Submitted. Waiting for Japan." in hand.shown
        room.ask(OTHER, Submit(Answer(room.options()[0].id)))
        room.ask(CHIEF, Continue())
        await hand.settle()
        assert "Ruling" == hand.where
        assert "as Relief staff sees it" in hand.rows[1]
        await hand.press("q", "q")
        assert "Control" == hand.where
        assert "The table reads the ruling." in hand.shown
        room.ask(CHIEF, Continue())
        await hand.settle()
        assert "Control" == hand.where


async def test_what_is_typed_and_not_sent_is_the_seats_own(room: Room) -> None:
    room.to(choosing)
    one, other, *_ = room.options()
    room.ask(MEMBER, Commit(Answer(one.id, 60)))
    async with sit(room.app(MEMBER), MIDDLE) as hand, sit(room.app(CHIEF), MIDDLE) as chief:
        await hand.press(other.key, "plus")
        await look(chief, MEMBER)
        assert f"answer {one.key} {one.title[:12]}" in chief.shown
        assert "confidence 60%" in chief.shown
        assert "confidence 70%" in hand.shown
        await chief.press("q")
        assert "confidence 70%" in hand.shown


@pytest.mark.parametrize("seat", OTHERS)
async def test_no_key_changes_anything(seat: str, room: Room) -> None:
    room.to(choosing)
    for until in (choosing, in_phase(phases.REVIEW), in_phase(phases.LEVERS)):
        room.to(until)
        before = room.game
        async with sit(room.app(CHIEF)) as hand:
            await look(hand, seat)
            shown = body(hand)
            keys = {
                key
                for kind in type(hand.page).__mro__
                for binding in kind.__dict__.get("BINDINGS", [])
                if isinstance(binding, Binding)
                for key in binding.key.split(",")
            }
            for key in sorted(keys - {"q", "ctrl+c"}):
                await hand.press(key)
                assert hand.app.context.previewing, key
                assert hand.page.question.asks is None, key
                while hand.app.shell.over_run:
                    await hand.press("escape")
            await hand.press("space")  # whatever was said is put away
            assert body(hand) == shown, seat
            for words in ("Enter", "1"):
                await hand.click(words)
            assert before is room.game
            assert hand.app.context.previewing
            with pytest.raises(IllegalDecision, match="nothing is decided here"):
                hand.table.submit(seat, Continue(), before.entries)


async def test_who_is_relieved_meanwhile_only_reads_from_then_on(room: Room) -> None:
    room.to(choosing)
    async with sit(room.app(CHIEF)) as hand:
        await look(hand, RED)
        hand.app.demote()
        await hand.settle()
        assert "You are signed in somewhere else" in hand.shown
        await hand.press("q", "q")
        assert "Control" == hand.where
        assert "You are signed in somewhere else" in hand.shown
        assert hand.app.context.state is not room.desks[CHIEF]


async def test_nothing_is_left_subscribed(room: Room) -> None:
    room.to(choosing)
    room.attendance.connect(LEAD, Sitter())
    async with sit(room.app(CHIEF)) as hand:
        before = len(room.table._subscribers), len(room.attendance._told)
        for seat in (LEAD, PROJECTOR):
            await look(hand, seat)
            assert isinstance(hand.table, Preview)
            await hand.press("q")
        assert before == (len(room.table._subscribers), len(room.attendance._told))
    assert not room.table._subscribers or before
