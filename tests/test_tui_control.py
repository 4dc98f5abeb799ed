"""Control: the gates under one hand, who is here, and what can be done about a seat."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import test_tui_hosted
import test_tui_play
from test_facilitated import host, option, to
from test_tui_hosted import CHIEF, LEAD, MEMBER, OTHER, Room, Sitter, choosing, in_phase
from test_tui_play import LARGE, MIDDLE, SMALL, sit
from test_tui_play import Desk as Hand

from ttx.session import phases
from ttx.session.attendance import Attendance
from ttx.session.decide import Commit, Continue, LeaveLevers, Submit
from ttx.session.events import (
    EVERYBODY,
    AnswersClosed,
    Confirmed,
    Ended,
    LeversLeft,
    Messaged,
    Paused,
    Resumed,
    Started,
    Undone,
)
from ttx.session.noted import Noted
from ttx.tui.app import TtxApp
from ttx.tui.screens.control import ControlScreen

strict, shelf, room = test_tui_play.strict, test_tui_play.shelf, test_tui_hosted.room
SIZES = (SMALL, MIDDLE, LARGE)


class Codes:
    """Invitations that note what they are asked for."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, str]] = []
        self.refuses = ""

    def line(self, seat: str) -> str:
        return f"ssh -p 2222 {seat}@192.0.2.7   code OLD-{seat}"

    def state(self, seat: str) -> str:
        return "revoked" if ("revoke", seat) in self.asked else "code given out"

    def reissue(self, seat: str) -> str:
        return self._do("reissue", seat) or f"ssh -p 2222 {seat}@192.0.2.7   code NEW-{seat}"

    def revoke(self, seat: str) -> None:
        self._do("revoke", seat)

    def _do(self, what: str, seat: str) -> str:
        if self.refuses:
            raise RuntimeError(self.refuses)
        self.asked.append((what, seat))
        return ""


def chief(room: Room, codes: Codes | None = None) -> TtxApp:
    app = room.app(CHIEF)
    app.invites = codes
    return app


def row_of(hand: Hand, name: str) -> str:
    """The row of a seat, with single spaces."""
    rows = hand.region("seats").shown.plain.splitlines()
    return " ".join(next(row for row in rows if re.match(rf"^.? *{name} ", row)).split())


# --- the gate ---


@pytest.mark.parametrize("size", SIZES)
async def test_it_stays_while_phases_come_and_go(size: tuple[int, int], room: Room) -> None:
    async with sit(chief(room), size) as hand:
        page = hand.page
        for key, words in (
            ("", "The seats read their briefing; 0 are ready."),
            ("enter", "Levers of turn 1. Waiting for US and Japan."),
        ):
            await hand.press(*([key] if key else []))
            assert words in hand.shown
        for until, words in (
            (choosing, "Waiting for US and Japan."),
            (in_phase(phases.ADJUDICATION), "A ruling is proposed; nobody else sees it yet."),
            (in_phase(phases.REVIEW), "The table reads the ruling."),
            (in_phase(phases.RECKONING), "The reckoning is proposed; nobody else sees it yet."),
            (in_phase(phases.HOTWASH), "Hot wash. The review is open to all seats."),
            (in_phase(phases.CLOSED), "The run is closed; its record stays."),
        ):
            room.to(until)
            await hand.settle()
            assert hand.page is page
            assert words in hand.shown
        assert "Enter next" not in hand.foot


@pytest.mark.parametrize("key", ["enter", "right_square_bracket"])
async def test_a_gate_opens_at_once_where_nobody_is_cut_off(key: str, room: Room) -> None:
    room.to(in_phase(phases.ADJUDICATION))
    async with sit(chief(room)) as hand:
        assert "Enter Confirm the ruling" in hand.shown
        await hand.press(key)
        assert phases.REVIEW == room.game.phase
        assert "Enter Go on" in hand.shown
        assert "Control" == hand.where


@pytest.mark.parametrize("size", SIZES)
async def test_it_asks_before_it_cuts_somebody_off(size: tuple[int, int], room: Room) -> None:
    room.ask(CHIEF, Continue())
    async with sit(chief(room), size) as hand:
        await hand.press("enter")
        assert "Close the levers without US and Japan?" in hand.shown
        await hand.press("escape")
        assert not hand.facts(LeversLeft)
        await hand.press("enter", "y")
        assert 2 == len(hand.facts(LeversLeft))
        room.to(choosing)
        room.ask(LEAD, Submit(room.options()[0].id))
        await hand.settle()
        await hand.press("right_square_bracket")
        assert "Close it without Japan? A robot answers for them. y Close" in hand.shown
        await hand.press("x")
        assert not hand.facts(AnswersClosed)
        await hand.press("right_square_bracket", "y")
        assert [("japan",)] == [one.cells for one in hand.facts(AnswersClosed)]


async def test_a_question_asked_at_one_gate_opens_no_other(room: Room) -> None:
    room.to(choosing)
    room.ask(LEAD, Submit(room.options()[0].id))
    async with sit(chief(room)) as hand:
        await hand.press("enter")
        room.ask(OTHER, Submit(room.options()[0].id))
        await hand.settle()
        assert phases.ADJUDICATION == room.game.phase
        await hand.press("y")
        assert "The table has moved on; look again." in hand.shown
        assert phases.ADJUDICATION == room.game.phase
        assert not hand.facts(Confirmed)


async def test_the_button_takes_a_click(room: Room) -> None:
    for size in (SMALL, MIDDLE):
        async with sit(chief(room), size) as hand:
            before = room.game.phase
            assert await hand.click("Enter", "next")
            assert before != room.game.phase or "Close the levers without" in hand.shown
            assert phases.LEVERS == room.game.phase
            await hand.press("escape")
            assert await hand.click("Enter next", "footer")
            assert "Close the levers without" in hand.shown
    assert 1 == sum(isinstance(e.event, Started) for e in room.table.entries)


async def test_pause_undo_end_and_note(room: Room) -> None:
    room.to(in_phase(phases.ADJUDICATION))
    room.attendance.sit(LEAD, Sitter())
    async with sit(chief(room)) as hand:
        await hand.press("space")
        assert 1 == len(hand.facts(Paused))
        assert "Paused. A ruling is proposed" in hand.shown
        assert "space resume" in hand.foot
        await hand.press("enter")
        assert "Paused. Time stands still; resume first." in hand.shown
        assert await hand.click("space Resume", "next")
        assert 1 == len(hand.facts(Resumed))
        await hand.press("n")
        await hand.write("watch the clock")
        await hand.press("enter")
        assert [Noted("watch the clock")] == hand.facts(Noted)
        await hand.press("u", "y")
        assert 1 == len(hand.facts(Undone))
        assert phases.DELIBERATION == room.game.phase
        assert "Control" == hand.where
        await hand.press("E")
        assert "End the exercise for 1 seat and go to the review?" in hand.shown
        await hand.press("escape")
        assert not hand.facts(Ended)
        await hand.press("E", "y")
        assert 1 == len(hand.facts(Ended))
        assert "Control" == hand.where


@pytest.mark.parametrize("size", SIZES)
async def test_what_is_proposed_and_who_has_committed(size: tuple[int, int], room: Room) -> None:
    room.to(choosing)
    one, other, *_ = room.options()
    room.ask(MEMBER, Commit(other.id, 70, rationale="QSECRET"))
    async with sit(chief(room), size) as hand:
        assert "committed: Deputy" in hand.shown
        room.ask(LEAD, Submit(one.id, rationale="QWHY"))
        room.ask(OTHER, Submit(one.id))
        await hand.settle()
        assert f"US answered {one.title}." in hand.shown
        assert "Enter Confirm the ruling" in hand.shown
        for words in ("QSECRET", "QWHY"):
            assert words not in hand.shown
        await hand.press("R")
        assert "Ruling" == hand.where
        assert "Enter Confirm the ruling" in hand.shown
        assert "Nobody else sees it yet." in hand.shown
        await hand.press("enter")
        assert phases.REVIEW == room.game.phase
        assert "Control" == hand.where
        await hand.press("R")
        assert "Enter Go on Confirmed by the facilitator." in hand.shown


async def test_the_reckoning_is_confirmed_where_it_is_read(room: Room) -> None:
    room.to(in_phase(phases.RECKONING))
    async with sit(chief(room), MIDDLE) as hand, sit(room.app(LEAD), MIDDLE) as lead:
        assert "The facilitator confirms its reckoning next." in lead.shown
        await hand.press("T")
        assert "Reckoning" == hand.where
        assert "Enter Confirm the reckoning" in hand.shown
        await hand.press("enter")
        await lead.settle()
        assert "Reckoning of turn 1" in lead.shown
        assert "Enter" not in lead.foot
        assert "Enter Go on to the next turn" in hand.shown
        await hand.press("enter")
        assert phases.LEVERS == room.game.phase
        assert "Control" == hand.where


async def test_startex_may_be_called_from_the_briefing(room: Room) -> None:
    async with sit(chief(room)) as hand:
        await hand.press("B")
        assert "Enter STARTEX" in hand.shown
        await hand.press("enter")
        assert 1 == len(hand.facts(Started))
        assert "Control" == hand.where


async def test_probing_questions_wait_to_be_asked_for(tmp_path: Path) -> None:
    table = host(tmp_path)
    to(table, phases.DELIBERATION)
    assert table.game.inject is not None
    asked = [str(one.ask) for one in table.game.inject.probing]
    assert asked
    app = TtxApp(table, CHIEF, attendance=Attendance(["usfj"]))
    async with sit(app, MIDDLE) as hand:
        assert not [one for one in asked if one[:30] in hand.shown]
        await hand.press("p")
        assert "Sheet" == hand.where
        assert all(one[:30] in hand.shown for one in asked)
        await hand.press("escape")
        table.submit("usfj", Submit(option(table, 0)), table.game.entries)
        table.submit("kantei", Submit(option(table, 0)), table.game.entries)
        await hand.settle()
        await hand.press("p")
        assert "There are no questions now" in hand.shown


# --- who is here ---


@pytest.mark.parametrize("size", SIZES)
async def test_who_is_here_and_how_well(size: tuple[int, int], room: Room) -> None:
    room.attendance.sit(LEAD, Sitter((120, 40), 41))
    room.attendance.sit(MEMBER, Sitter((80, 24), 1180, behind=True))
    gone = Sitter()
    room.attendance.sit(OTHER, gone)
    room.now += 240
    room.attendance.rise(OTHER, gone)
    room.now += 3900
    async with sit(chief(room, Codes()), size) as hand:
        assert "WHO IS HERE 2 of 8" in hand.shown
        full = "" if size == SMALL else r".*"
        for name, words in (
            ("Relief staff", r"US here 1 h 09 41 ms 120x40 code given out"),
            ("Deputy", r"US here 1 h 09 1180 ms 80x24 slow code given out"),
            ("Tokyo desk", r"Japan away 1 h 05 - - code given out"),
            ("Evaluator", r"White not yet - - - code given out"),
        ):
            found = row_of(hand, name)
            assert re.search(rf"{name} {full}{words}$", found), found


async def test_times_and_lags_are_shown_anew_only_where_they_are_looked_at(room: Room) -> None:
    screen = Sitter()
    room.attendance.sit(LEAD, screen)
    async with sit(chief(room)) as hand:
        page = hand.page
        assert isinstance(page, ControlScreen)
        assert "now 23 ms" in row_of(hand, "Relief staff")
        screen.lag = 99
        room.now += 120
        page.refresh_seats()
        assert "2 min 99 ms" in row_of(hand, "Relief staff")
        await hand.press("S")
        screen.lag = 100
        page.refresh_seats()
        assert "99 ms" in page.canvas.regions["seats"].shown.plain
        await hand.press("escape")
        assert "2 min 100 ms" in row_of(hand, "Relief staff")


async def test_somebody_comes_and_goes(room: Room) -> None:
    async with sit(chief(room)) as hand:
        screen = Sitter()
        room.attendance.sit(LEAD, screen)
        await hand.settle()
        assert "Relief staff US here" in row_of(hand, "Relief staff")
        room.attendance.rise(LEAD, screen)
        await hand.settle()
        assert "Relief staff US away" in row_of(hand, "Relief staff")


async def test_a_click_marks_a_seat_and_does_nothing_more(room: Room) -> None:
    codes = Codes()
    async with sit(chief(room, codes)) as hand:
        assert row_of(hand, "Relief staff").startswith("▸")
        before = room.game.entries
        for _ in range(2):
            assert await hand.click("Deputy", "seats")
            assert row_of(hand, "▸ Deputy").startswith("▸")
            assert not row_of(hand, "Relief staff").startswith("▸")
            assert "Control" == hand.where
        assert (before, []) == (room.game.entries, codes.asked)
        await hand.press("j", "j", "k")
        assert row_of(hand, "▸ Tokyo desk").startswith("▸")
        await hand.scroll(-1)
        assert row_of(hand, "▸ Deputy").startswith("▸")
        await hand.press("k", "k")
        assert row_of(hand, "▸ Room").startswith("▸")


async def test_more_seats_than_rows(tmp_path: Path) -> None:
    table = host(tmp_path)
    known = [one.id for one in table.game.run.exercise.seat]
    app = TtxApp(table, CHIEF, attendance=Attendance([*known, "projector"]))
    async with sit(app) as hand:
        assert "Room" not in hand.shown
        await hand.press("k")
        assert row_of(hand, "▸ Room").startswith("▸")
        assert "USFJ" not in hand.region("seats").shown.plain
        await hand.press("k")
        assert "Room" in hand.shown
        await hand.press("j", "j")
        assert row_of(hand, "▸ USFJ").startswith("▸")


# --- messages and invitations ---


async def test_a_message_to_one_and_to_all(room: Room) -> None:
    async with sit(chief(room)) as hand, sit(room.app(MEMBER)) as member:
        await hand.press("j", "w")
        assert "Message to Deputy" in hand.shown
        assert "Enter sends" in hand.shown
        await hand.write("call me")
        await hand.press("enter")
        assert [Messaged(MEMBER, "call me")] == hand.facts(Messaged)
        assert "Sent to Deputy." in hand.shown
        await member.settle()
        assert "call me" in member.shown
        await hand.press("a")
        await hand.write("five minutes")
        await hand.press("enter")
        assert Messaged(EVERYBODY, "five minutes") == hand.facts(Messaged)[1]
        await hand.press("a", "escape", "a", "enter")
        assert 2 == len(hand.facts(Messaged))


async def test_the_line_of_a_seat(room: Room) -> None:
    async with sit(chief(room, Codes()), MIDDLE) as hand:
        assert "i invitation" in hand.shown
        await hand.press("j", "i")
        assert "Sheet" == hand.where
        assert "ssh -p 2222 deputy@192.0.2.7 code OLD-deputy" in hand.shown


async def test_a_new_code_is_asked_about_and_shown(room: Room) -> None:
    codes = Codes()
    async with sit(chief(room, codes)) as hand:
        await hand.press("j", "r")
        assert "A new code for Deputy? The one before is void. y New code" in hand.shown
        await hand.press("escape")
        assert [] == codes.asked
        await hand.press("r", "y")
        assert [("reissue", MEMBER)] == codes.asked
        assert "code NEW-deputy" in hand.shown
        await hand.press("escape")
        assert "NEW-deputy" not in hand.shown


async def test_a_seat_is_revoked_after_a_question(room: Room) -> None:
    codes = Codes()
    async with sit(chief(room, codes)) as hand:
        await hand.press("j", "x")
        assert "Revoke the invitation of Deputy? y Revoke, and send away" in hand.shown
        await hand.press("escape")
        assert [] == codes.asked
        await hand.press("x", "y")
        assert [("revoke", MEMBER)] == codes.asked
        assert row_of(hand, "▸ Deputy").endswith("revoked")


async def test_nobody_is_locked_out_of_their_own_seat(room: Room) -> None:
    codes = Codes()
    async with sit(chief(room, codes)) as hand:
        while not row_of(hand, ".*Facilitator").startswith("▸"):
            await hand.press("j")
        await hand.press("x")
        assert "That is your own seat" in hand.shown
        await hand.press("y", "r", "y")
        assert [] == codes.asked


async def test_a_code_that_cannot_be_written_is_said(room: Room) -> None:
    codes = Codes()
    codes.refuses = "run.seats.toml cannot be written: disk full."
    async with sit(chief(room, codes)) as hand:
        await hand.press("r", "y")
        assert codes.refuses in hand.shown
        assert "Control" == hand.where


async def test_without_invitations_there_are_no_keys_for_them(room: Room) -> None:
    async with sit(chief(room), LARGE) as hand:
        assert "w write" in hand.shown
        for words in ("i invitation", "x revoke", "invitation"):
            assert words not in hand.shown
        await hand.press("i", "r", "x")
        assert "Control" == hand.where
        assert hand.page._asking is None
        await hand.press("question_mark")
        assert "A message to the marked seat" in hand.shown
        assert "A new code for the marked seat" not in hand.shown


async def test_it_is_taken_from_size_to_size(room: Room) -> None:
    room.attendance.sit(LEAD, Sitter())
    async with sit(chief(room, Codes())) as hand:
        assert isinstance(hand.page, ControlScreen)
        for size in (MIDDLE, LARGE, SMALL):
            await hand.resize(*size)
            assert "Relief staff" in row_of(hand, "▸ Relief staff")
            if size == SMALL:
                assert "Commander, US relief staff" not in hand.shown
            else:
                assert "Commander, US relief staff" in hand.shown


async def test_the_levers_of_a_cell_that_is_done(room: Room) -> None:
    room.ask(CHIEF, Continue())
    room.ask(LEAD, LeaveLevers())
    async with sit(chief(room), MIDDLE) as hand:
        assert "US done with its levers" in hand.shown
        assert "1 missing" in hand.shown
        assert "moves its levers, missing" in hand.shown
