"""Control: the gates under one hand."""

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
    AnswersClosed,
    Confirmed,
    Ended,
    LeversLeft,
    Paused,
    Resumed,
    Started,
    Undone,
)
from ttx.session.noted import Noted
from ttx.tui.app import TtxApp

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
        await hand.press("n", "enter")
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


async def test_the_levers_of_a_cell_that_is_done(room: Room) -> None:
    room.ask(CHIEF, Continue())
    room.ask(LEAD, LeaveLevers())
    async with sit(chief(room), MIDDLE) as hand:
        assert "US done with its levers" in hand.shown
        assert "1 missing" in hand.shown
        assert "moves its levers, missing" in hand.shown
