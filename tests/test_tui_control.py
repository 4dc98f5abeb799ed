"""Control: the gates under one hand, the MSEL, the time plan, and what is done when talk stalls."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from kit.clock import Clock, fake_clock
from kit.desk import LARGE, MIDDLE, SMALL, sit
from kit.desk import Desk as Hand
from kit.hosted import ask, host, option, to
from kit.room import CHIEF, LEAD, MEMBER, OTHER, Room, Sitter, choosing, in_phase

from ttx.exercise.model.part import text
from ttx.session import phases
from ttx.session.answer import Answer
from ttx.session.attendance import Attendance
from ttx.session.automation import next_inject
from ttx.session.control_events import Deferred, Delivered, Improvised, Skipped, Steered
from ttx.session.events import (
    AnswersClosed,
    Confirmed,
    Ended,
    LeversLeft,
    Paused,
    Released,
    Resumed,
    Started,
    Undone,
)
from ttx.session.gates import open_slot, slot_lead, unanswered, waits_for_weight
from ttx.session.notebook_events import Noted, Probed
from ttx.session.play_commands import (
    Commit,
    Continue,
    Grant,
    LeaveLevers,
    Message,
    Move,
    Submit,
)
from ttx.session.side_commands import Inquire, Note, Reply
from ttx.session.table import Table
from ttx.session.view import message as message_views
from ttx.session.view.eye import Eye
from ttx.session.view.msel import msel
from ttx.session.view.time_plan import time_plan
from ttx.tui.app import TtxApp
from ttx.tui.screens.control import ControlScreen
from ttx.tui.seat_state import SeatState

pytestmark = pytest.mark.usefixtures("strict", "shelf")
SIZES = (SMALL, MIDDLE, LARGE)


def chief(room: Room) -> TtxApp:
    return room.app(CHIEF)


# --- the gate ---


@pytest.mark.slow
@pytest.mark.parametrize("size", SIZES)
async def test_it_stays_while_phases_come_and_go(size: tuple[int, int], room: Room) -> None:
    async with sit(chief(room), size) as hand:
        page = hand.page
        for key, words in (
            ("", "The seats read their briefing; 0 are ready."),
            ("right_square_bracket", "Levers of turn 1. Waiting for US and Japan."),
        ):
            await hand.press(*([key] if key else []))
            assert words in hand.shown
        for until, words in (
            (choosing, "Waiting for US and Japan."),
            (in_phase(phases.ADJUDICATION), "A ruling is proposed; nobody else sees it yet."),
            (in_phase(phases.REVIEW), "The table reads the ruling."),
            (in_phase(phases.RECKONING), "The reckoning is proposed; nobody else sees it yet."),
            (in_phase(phases.HOTWASH), "Hot wash. The board is open to all seats."),
            (in_phase(phases.CLOSED), "The run is closed; its record stays."),
        ):
            room.to(until)
            await hand.settle()
            assert hand.page is page
            assert words in hand.shown
        assert "] next" not in hand.foot


async def test_a_gate_opens_at_once_where_nobody_is_cut_off(room: Room) -> None:
    room.to(in_phase(phases.ADJUDICATION))
    async with sit(chief(room)) as hand:
        assert "] Confirm the ruling" in hand.shown
        await hand.press("right_square_bracket")
        assert phases.REVIEW == room.game.phase
        assert "] Go on" in hand.shown
        assert "Control" == hand.where


@pytest.mark.parametrize("size", SIZES)
async def test_it_asks_before_it_cuts_somebody_off(size: tuple[int, int], room: Room) -> None:
    room.ask(CHIEF, Continue())
    async with sit(chief(room), size) as hand:
        await hand.press("right_square_bracket")
        assert "Close the levers without US and Japan?" in hand.shown
        await hand.press("escape")
        assert not hand.facts(LeversLeft)
        await hand.press("right_square_bracket", "y")
        assert 2 == len(hand.facts(LeversLeft))
        room.to(choosing)
        room.ask(LEAD, Submit(Answer(room.options()[0].id)))
        await hand.settle()
        await hand.press("right_square_bracket")
        assert "Close it without Japan? A robot answers for them. y Close" in hand.shown
        await hand.press("x")
        assert not hand.facts(AnswersClosed)
        await hand.press("right_square_bracket", "y")
        assert [("japan",)] == [one.cells for one in hand.facts(AnswersClosed)]


async def test_a_question_asked_at_one_gate_opens_no_other(room: Room) -> None:
    room.to(choosing)
    room.ask(LEAD, Submit(Answer(room.options()[0].id)))
    async with sit(chief(room)) as hand:
        await hand.press("right_square_bracket")
        room.ask(OTHER, Submit(Answer(room.options()[0].id)))
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
            assert await hand.click("] STARTEX" if before == phases.BRIEFING else "] Close", "next")
            assert before != room.game.phase or "Close the levers without" in hand.shown
            assert phases.LEVERS == room.game.phase
            await hand.press("escape")
            assert await hand.click("] next", "footer")
            assert "Close the levers without" in hand.shown
    assert 1 == sum(isinstance(e.event, Started) for e in room.table.entries)


async def test_pause_undo_end_and_note(room: Room) -> None:
    room.to(in_phase(phases.ADJUDICATION))
    room.attendance.connect(LEAD, Sitter())
    async with sit(chief(room)) as hand:
        await hand.press("space")
        assert 1 == len(hand.facts(Paused))
        assert "Paused. A ruling is proposed" in hand.shown
        assert "space resume" in hand.foot
        await hand.press("right_square_bracket")
        assert "Paused. Time stands still; resume first." in hand.shown
        await hand.press("escape")
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
        assert "End the exercise for 1 seat and go to the hot wash?" in hand.shown
        await hand.press("escape")
        assert not hand.facts(Ended)
        await hand.press("E", "y")
        assert 1 == len(hand.facts(Ended))
        assert "Control" == hand.where


@pytest.mark.parametrize("size", SIZES)
async def test_what_is_proposed_and_who_has_committed(size: tuple[int, int], room: Room) -> None:
    room.to(choosing)
    one, other, *_ = room.options()
    room.ask(MEMBER, Commit(Answer(other.id, 70, rationale="QSECRET")))
    async with sit(chief(room), size) as hand:
        assert "Deputy in" in hand.shown or "IN Deputy" in hand.shown
        room.ask(LEAD, Submit(Answer(one.id, rationale="QWHY")))
        room.ask(OTHER, Submit(Answer(one.id)))
        await hand.settle()
        assert one.title not in hand.region("next").shown.plain
        assert "What was answered, and what came of it, is hidden; z." in hand.shown
        await hand.press("z")
        assert f"US answered {one.title}." in hand.shown
        assert "] Confirm the ruling" in hand.shown
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


@pytest.mark.slow
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
        assert "ChoicePage" == hand.where
        assert all(one[:30] in hand.shown for one in asked)
        await hand.press("2")
        assert [1] == [one.number for one in hand.facts(Probed)]
        assert "The question is before the room." in hand.shown
        await hand.press("p")
        assert [False, *[True] * (len(asked) - 1)] == [one[:30] in hand.shown for one in asked]
        await hand.press("escape")
        table.submit("usfj", Submit(Answer(option(table, 0))), table.game.entries)
        table.submit("kantei", Submit(Answer(option(table, 0))), table.game.entries)
        await hand.settle()
        await hand.press("p")
        assert "In your own words" in hand.shown
        assert not [one for one in asked if one[:30] in hand.shown]


async def test_the_levers_of_a_cell_that_is_done(room: Room) -> None:
    room.ask(CHIEF, Continue())
    room.ask(LEAD, LeaveLevers())
    room.attendance.connect(OTHER, Sitter())
    async with sit(chief(room), MIDDLE) as hand:
        assert "Levers of turn 1. Waiting for Japan." in hand.shown
        assert "1 of 2 in" in hand.shown
        assert seat_row(hand, "Relief staff").startswith("Relief staff in ")
        assert re.match(r"Tokyo desk missing idle 00:0\d", seat_row(hand, "Tokyo desk"))


@pytest.mark.parametrize("size", SIZES)
async def test_who_is_not_there_is_said_beside_the_seat(size: tuple[int, int], room: Room) -> None:
    for seat in (LEAD, MEMBER):
        room.attendance.connect(seat, Sitter())
    gone = Sitter()
    room.attendance.connect(OTHER, gone)
    room.now = 60
    room.attendance.disconnect(OTHER, gone)
    room.now = 300
    room.ask(CHIEF, Continue())
    async with sit(chief(room), size) as hand:
        if size == SMALL:
            assert "Tokyo desk away 4 min" in hand.shown
            room.ask(OTHER, LeaveLevers())
            await hand.settle()
            assert "away: Tokyo desk" in hand.shown
        else:
            assert "Tokyo desk missing away 4 min" == seat_row(hand, "Tokyo desk")
            assert "Deputy idle 05:00" == seat_row(hand, "Deputy")
            room.attendance.record_activity(MEMBER)
            room.ask(CHIEF, Message("all", "Ten minutes."))
            await hand.settle()
            assert "Deputy here" == seat_row(hand, "Deputy")


@pytest.mark.parametrize("size", SIZES)
async def test_moves_and_requests_are_at_control_and_named_before_they_lapse(
    size: tuple[int, int], tmp_path: Path
) -> None:
    big = host(tmp_path)
    ask(big, CHIEF, Continue())
    ask(big, "usfj", Move("pace", "accelerated"))
    lever = big.game.run.exercise.levers["pace"]
    level = next(part.name for part in lever.levels if part.id == "accelerated")
    setting = f"{lever.name} at {level}"
    async with sit(at_control(big), size) as hand:
        assert f"USFJ asks for {setting}; Japan must consent" in hand.shown
        await hand.press("right_square_bracket")
        asked = " ".join(hand.region("question-line").shown.plain.split())
        assert f"without US and Japan? One request lapses: {setting}." in asked
        # What is asked is no longer what would be done: somebody consents meanwhile.
        ask(big, "kantei", Grant("pace", agreed=True))
        await hand.settle()
        await hand.press("y")
        assert "The table has moved on; look again." in hand.shown
        assert phases.LEVERS == big.game.phase
        assert f"Kantei: {lever.name} to {level}" in hand.shown


async def test_next_does_not_pass_by_what_is_marked(big: Table) -> None:
    crisis(big)
    due = next_inject(big.game, "crisis")
    assert due is not None
    injects = big.game.run.exercise.injects
    other = next(
        row
        for row in msel(Eye(big.game, CHIEF), 0)
        if row.slot == "crisis" and row.status == "ready"
    )
    async with sit(at_control(big)) as hand:
        assert f"] Release {injects[due].number}" in hand.shown
        await find(hand, other.inject)
        assert f"r Release {other.number}" in hand.shown
        await hand.press("right_square_bracket")
        asked = " ".join(hand.region("question-line").shown.plain.split())
        assert f"Release {injects[due].title}? {other.number} {other.title} is marked;" in asked
        assert phases.OUTCOME == big.game.phase
        await hand.press("y")
        assert big.game.inject is not None
        assert due == big.game.inject.id


async def test_a_message_is_written_without_leaving_control(room: Room) -> None:
    room.ask(CHIEF, Continue())
    async with sit(chief(room)) as hand, sit(room.app(LEAD)) as lead, sit(room.app(OTHER)) as other:
        await hand.press("w", "2")
        assert "Message to Relief staff" in hand.shown
        await hand.write("Look at the ports.")
        await hand.press("enter")
        assert "Control" == hand.where
        assert "Sent to Relief staff." in hand.shown
        await lead.settle()
        assert "From the facilitator: Look at the ports." in lead.shown
        await other.settle()
        assert "Look at the ports." not in other.shown


@pytest.mark.parametrize("size", SIZES)
async def test_the_hour_and_when_it_ends(size: tuple[int, int], clock: Clock, big: Table) -> None:
    plan = time_plan(Eye(big.game, CHIEF), big.elapsed)
    assert plan.left == plan.at_pace == (179 - 35 - 3) * 60
    async with sit(at_control(big), size) as hand:
        assert "10:10" in hand.region("status").shown.plain
        assert "ENDEX 12:31" in hand.region("plan").shown.plain
    to(big, phases.DELIBERATION)
    clock.now += 25 * 60
    plan = time_plan(Eye(big.game, CHIEF), big.elapsed)
    assert plan.at_pace > plan.left
    async with sit(at_control(big), size) as hand:
        shown = hand.region("plan").shown.plain
        assert re.search(r"ENDEX \d\d:\d\d by plan, \d\d:\d\d by pace", shown)


async def test_it_is_taken_from_size_to_size(room: Room) -> None:
    room.to(choosing)
    async with sit(chief(room)) as hand:
        for size in (MIDDLE, LARGE, SMALL):
            await hand.resize(*size)
            assert isinstance(hand.page, ControlScreen)
            inject = room.game.inject
            assert inject is not None
            assert f"{inject.number} (1.1) {inject.title}"[:20] in hand.region(
                "next"
            ).shown.plain.replace("  ", " ")
            assert ("by" in hand.shown.split(" ")) == (size == LARGE)


def seat_row(hand: Hand, name: str) -> str:
    rows = hand.region("submissions").shown.plain.splitlines()
    return " ".join(next(row for row in rows if row.startswith(name)).split())


def msel_rows(hand: Hand) -> list[str]:
    return [" ".join(row.split()) for row in hand.region("msel").shown.plain.splitlines()]


def marked(hand: Hand) -> str:
    return next(row for row in msel_rows(hand) if row.startswith("▸"))


# --- the MSEL ---


@pytest.fixture
def big(tmp_path: Path) -> Table:
    """The flagship, hosted, at the first open slot."""
    table = host(tmp_path)
    to(table, phases.INJECT)
    return table


def at_control(table: Table) -> TtxApp:
    seats = [one.id for one in table.game.run.exercise.seat]
    return TtxApp(table, CHIEF, attendance=Attendance(seats))


def crisis(table: Table) -> None:
    """On to the crisis slot."""
    while open_slot(table.game) != "crisis":
        ask(table, CHIEF, Continue())


async def test_the_mark_moves_and_keeps_to_its_inject(big: Table) -> None:
    async with sit(at_control(big), MIDDLE) as hand:
        await hand.press("g")
        top = marked(hand)
        await hand.press("j", "j", "k")
        one = marked(hand)
        assert one != top
        await hand.press("G")
        assert marked(hand) not in (one, top)
        await hand.press("g", "k", "j", "j")
        assert one == marked(hand)
        await hand.scroll(1, (20, 12))
        assert one != marked(hand)


async def test_a_click_marks_an_inject_and_a_second_opens_it(big: Table) -> None:
    async with sit(at_control(big), MIDDLE) as hand:
        assert await hand.click("Five minutes", "msel")
        assert "Five minutes" in marked(hand)
        assert "Control" == hand.where
        assert await hand.click("Five minutes", "msel")
        assert "Sheet" == hand.where
        assert "Inject 10: Five minutes" in hand.shown


@pytest.mark.slow
async def test_search_filter_and_back_to_all(big: Table) -> None:
    async with sit(at_control(big), MIDDLE) as hand:
        every = len(msel_rows(hand))
        await hand.press("slash")
        await hand.write("flares")
        await hand.press("enter")
        assert "'flares'" in hand.region("msel").shown.plain
        assert [True, True] == [
            "Two minutes" in " ".join(msel_rows(hand)),
            len(msel_rows(hand)) < every,
        ]
        await hand.press("f")
        assert "ready, 'flares'" in hand.region("msel").shown.plain
        await hand.press("escape")
        assert every == len(msel_rows(hand))
        seen = set()
        for _ in range(40):
            await hand.press("f")
            seen.add(hand.region("msel").shown.plain.splitlines()[0])
            if "All injects." in hand.shown:
                break
        assert len(seen) > 10
        await hand.press("slash")
        await hand.write("zeppelin")
        await hand.press("enter")
        assert "No inject has all of that. Esc shows all of them." in hand.shown
        await hand.press("r", "d", "s", "m", "enter", "j", "G")
        assert "Control" == hand.where


async def test_the_inject_whole_and_its_columns(big: Table) -> None:
    part = big.game.run.exercise.injects["two_minutes_over_danjo"]
    async with sit(at_control(big), MIDDLE) as hand:
        await find(hand, "danjo")
        await hand.press("enter")
        for words in (part.message.sender, part.option[0].title, part.question):
            assert str(words)[:30] in hand.shown
        await hand.press("G")
        for words in (part.expected_action, part.if_not, part.probing[0].ask):
            assert str(words)[:30] in hand.shown
        await hand.press("escape", "m")
        named = {one.id: text(one.text) for one in big.game.run.exercise.objective}
        serves = named[part.objectives[0]]  # as the exercise says it, and not by its id
        for words in (f"channel {part.message.via}"[:30], f"objectives {serves}"[:50]):
            assert words in hand.shown
        await hand.press("escape")
        assert "Control" == hand.where


async def find(hand: Hand, words: str) -> None:
    await hand.press("slash")
    await hand.write(words)
    await hand.press("enter", "g")


# --- release, defer, skip ---


@pytest.mark.slow
async def test_release_of_what_is_next_and_of_another(big: Table) -> None:
    crisis(big)
    while next_inject(big.game, "crisis") is None:
        ask(big, CHIEF, Continue())
        to(big, phases.INJECT)
        crisis(big)
    due = next_inject(big.game, "crisis")
    assert due is not None
    title = str(big.game.run.exercise.injects[due].title)
    async with sit(at_control(big), MIDDLE) as hand:
        assert title[:14] in marked(hand)
        assert "NEXT" in hand.region("next").shown.plain
        await find(hand, "guam")
        rows = [row for row in msel_rows(hand) if title[:16] not in row]
        assert rows
        await hand.press("escape", "j")
        other = next(
            row
            for row in msel(Eye(big.game, CHIEF), 0)
            if row.slot == "crisis" and row.status == "ready"
        )
        await find(hand, other.inject)
        await hand.press("r")
        assert f"Release '{other.title}' instead of '{title}'?"[:60] in hand.shown
        await hand.press("escape")
        assert phases.OUTCOME == big.game.phase
        await hand.press("r", "y")
        assert big.game.inject is not None
        assert other.inject == big.game.inject.id
        assert due == hand.facts(Released)[-1].instead_of


@pytest.mark.slow
async def test_release_asks_for_a_reason_where_conditions_do_not_hold(big: Table) -> None:
    crisis(big)
    row = next(row for row in msel(Eye(big.game, CHIEF), 0) if row.slot == "crisis" and row.lacks)
    async with sit(at_control(big), MIDDLE) as hand:
        await find(hand, row.inject)
        assert "not yet:" in hand.shown
        await hand.press("r")
        asked = hand.region("question-line").shown.plain
        assert asked.strip().startswith(f"Why release '{row.title}'? Its conditions do not hold: ")
        await hand.press("enter")
        assert phases.OUTCOME == big.game.phase
        await hand.press("r")
        await hand.write("the table asked")
        await hand.press("enter")
        assert big.game.inject is not None
        assert row.inject == big.game.inject.id
        assert "the table asked" == hand.facts(Released)[-1].reason


async def test_a_refusal_is_said(big: Table) -> None:
    async with sit(at_control(big), MIDDLE) as hand:
        await find(hand, "danjo")
        await hand.press("r")
        assert "is for the crisis slot, and the policy slot is open" in hand.shown
        assert not hand.facts(Released)
        await hand.press("c")
        assert "A contingency belongs to an inject under deliberation." in hand.shown


async def test_defer_asks_for_turn_and_reason_and_forgets_nothing(big: Table) -> None:
    async with sit(at_control(big), MIDDLE) as hand:
        await find(hand, "danjo")
        await hand.press("d")
        assert "to which turn, 2 to 10?" in hand.shown
        await hand.write("1 too early")
        await hand.press("enter")
        assert "Give a turn from 2 to 10." in hand.shown
        assert "1 too early" in hand.shown
        assert not hand.facts(Deferred)
        await hand.press("home", "delete", "4", "enter")
        assert "to turn 4?" in hand.shown
        assert not hand.facts(Deferred)
        await hand.press("enter")
        assert [Deferred("two_minutes_over_danjo", 4, "too early")] == hand.facts(Deferred)
        assert "T4" in marked(hand)
        assert "deferred" in marked(hand)
        assert "to turn 4: too early" in hand.region("next").shown.plain


@pytest.mark.slow
async def test_skip_asks_for_a_reason(big: Table) -> None:
    async with sit(at_control(big)) as hand:
        await find(hand, "danjo")
        await hand.press("s", "escape", "s", "enter")
        assert not hand.facts(Skipped)
        await hand.press("s")
        await hand.write("no time")
        await hand.press("enter")
        assert [Skipped("two_minutes_over_danjo", "no time")] == hand.facts(Skipped)
        assert "skipped" in marked(hand)


async def test_buttons_take_a_click(big: Table) -> None:
    async with sit(at_control(big), MIDDLE) as hand:
        assert await hand.click("s Skip", "next")
        assert "Why" in hand.shown
        await hand.press("escape")
        assert await hand.click("a Ad-hoc", "next")
        assert "AdHoc" == hand.where


async def test_a_button_does_nothing_while_a_text_is_asked_for(big: Table) -> None:
    async with sit(at_control(big), MIDDLE) as hand:
        await hand.press("slash")
        for words in ("s Skip", "a Ad-hoc", "] "):
            assert await hand.click(words.strip(), "next")
            assert "Search the MSEL" in hand.shown
            assert "Control" == hand.where
        await hand.write("flares")
        await hand.press("enter")
        assert "'flares'" in hand.region("msel").shown.plain


# --- the contingency ---


async def test_the_contingency_is_shown_asked_about_and_put(big: Table) -> None:
    to(big, phases.DELIBERATION)
    inject = big.game.inject
    assert inject is not None
    words = str(inject.if_not)
    lead = TtxApp(big, "usfj", attendance=Attendance(["usfj"]))
    async with sit(at_control(big), MIDDLE) as hand, sit(lead, MIDDLE) as player:
        assert words[:20] not in player.shown
        assert f"{inject.number}c" in hand.shown
        await hand.press("c")
        assert "Contingency" == hand.where
        assert words[:30] in hand.shown
        await hand.press("escape")
        assert not hand.facts(Steered)
        await hand.press("c", "y")
        assert [Steered(inject.id)] == hand.facts(Steered)
        assert "The contingency is on the table." in hand.shown
        await player.settle()
        await player.press("i")
        assert words[:30] in player.shown
        await hand.press("c")
        assert "Its contingency was put to the table already." in hand.shown


# --- an ad-hoc inject ---


async def typed(hand: Hand, *fields: str) -> None:
    """Each field written, and the next one gone to."""
    for words in fields:
        await hand.write(words)
        await hand.press("tab")


@pytest.mark.slow
async def test_an_inject_is_written_on_the_spot_and_released(big: Table) -> None:
    async with sit(at_control(big), MIDDLE) as hand:
        await hand.press("a")
        await typed(hand, "Envoy")
        assert "[United States]" not in hand.shown
        await hand.press("right", "tab")  # actor
        await typed(hand, "politics")
        await hand.press("tab", "tab")  # slot, lead
        await typed(hand, "Embassy", "Tokyo", "cable", "A word?", "q?", "Hear him")
        await hand.press("right", "tab")  # lean
        first = next(part for part in big.game.run.exercise.track if part.value is None)
        await hand.press("right", "tab")
        await hand.write("much")
        assert text(first.name) in hand.shown
        await hand.press("tab")
        assert "Write the points, such as +4 or -2.5." in hand.shown
        await hand.press("shift+tab", "ctrl+u")
        await typed(hand, "+4", "")  # the spare effect stays empty
        await hand.press("ctrl+j")
        assert "Give option 2 a title; two are needed." in hand.shown
        assert not hand.facts(Improvised)
        await typed(hand, "Wait")
        await hand.press("up", "up", "down", "down", *["tab"] * 6, "space", "enter")
        assert "Control" == hand.where
        (fact,) = hand.facts(Improvised)
        assert f'track = "{first.id}"' in fact.source
        row = next(one for one in msel(Eye(big.game, CHIEF), 0) if one.ad_hoc)
        assert (row.title, row.kind, len(row.objectives)) == ("Envoy", "politics", 1)
        assert "a1" in marked(hand)
        assert "ad-hoc: Envoy" in marked(hand)
        await hand.press("r")
        if hand.page.question.asks is not None:
            await hand.press("y")
        assert big.game.inject is not None
        assert row.inject == big.game.inject.id


@pytest.mark.slow
async def test_a_crisis_on_the_spot_runs_on_the_first_clock_and_leans_as_first_said(
    big: Table,
) -> None:
    """Fields that appear while it is written begin with their first choice, as all do."""
    async with sit(at_control(big), MIDDLE) as hand:
        await hand.press("a")
        await hand.write("Envoy")
        await hand.press("tab", "tab")  # actor
        await typed(hand, "air")
        await hand.press("space", "tab", "tab")  # slot, profile
        await typed(hand, "600")
        await hand.press("tab")  # lead
        await typed(hand, "Embassy", "Tokyo", "cable", "A word?", "q?")
        for title in ("Hear him", "Wait", "Go"):
            await typed(hand, title, *([""] * 3))
        await hand.press("ctrl+j")
        (fact,) = hand.facts(Improvised)
        first, *_ = big.game.run.exercise.clock.profiles
        assert f'profile = "{first}"' in fact.source
        assert 3 == fact.source.count("lean = ")


@pytest.mark.slow
async def test_an_option_that_was_touched_and_cleared_does_not_go_out(big: Table) -> None:
    async with sit(at_control(big), MIDDLE) as hand:
        await hand.press("a")
        await typed(hand, "Envoy", "", "politics", "", "", "Embassy", "Tokyo", "cable")
        await typed(hand, "A word?", "q?", "Hear him", "", "", "", "Wait", "", "", "", "Go")
        await hand.press("right", "tab", "right", "tab")  # its lean, and an effect
        await hand.press(*["shift+tab"] * 3, "ctrl+u", "ctrl+j")
        assert "Give option 3 a title, or clear what it does." in hand.shown
        assert not hand.facts(Improvised)
        await hand.press("tab", "tab", "left", "ctrl+j")
        (fact,) = hand.facts(Improvised)
        assert 2 == fact.source.count("lean = ")


@pytest.mark.slow
@pytest.mark.parametrize("size", SIZES)
async def test_news_that_asks_nothing_is_written_on_the_spot_and_sent(
    size: tuple[int, int], big: Table
) -> None:
    to(big, phases.LEVERS)
    async with sit(at_control(big), size) as hand:
        await hand.press("a")
        await typed(hand, "Rumour")
        await hand.press("tab")  # actor
        await typed(hand, "call")
        await hand.press("left")  # slot: none
        assert "read by" in hand.shown
        assert "question" not in hand.shown
        await hand.press("tab", "right", "space", "tab")  # the second reader
        assert f"read by {big.game.run.exercise.seat[0].short}" in hand.shown  # by no id
        await typed(hand, "Reporter", "You", "telephone", "QRUMOUR")
        await hand.press("ctrl+j")
        (fact,) = hand.facts(Improvised)
        assert "contextual" == fact.part
        assert "may be sent at any time" in hand.shown
        assert "Rumour" in marked(hand)
        seat = big.game.run.exercise.seat[0]
        await hand.press("r")
        assert f"'Rumour' to {seat.short}?" in hand.shown
        await hand.press("y")
        assert [(seat.id,)] == [sent.readers for sent in hand.facts(Delivered)]


@pytest.mark.slow
async def test_what_was_typed_outlives_leaving_and_a_dropped_connection(big: Table) -> None:
    seats = Attendance([one.id for one in big.game.run.exercise.seat])
    desk = SeatState()
    async with sit(TtxApp(big, CHIEF, attendance=seats, state=desk), SMALL) as hand:
        await hand.press("a")
        await hand.write("q?Envoy")  # no letter leads elsewhere
        assert "AdHoc" == hand.where
        await hand.press("escape")
        assert "Control" == hand.where
    async with sit(TtxApp(big, CHIEF, attendance=seats, state=desk), SMALL) as hand:
        await hand.press("a")
        assert "q?Envoy" in hand.shown
        await hand.press("left", "left", "backspace", "end", "x", "home", "delete")
        assert "?Enoyx" in hand.shown
        await hand.press("end", "ctrl+u", "tab")
        assert "Give it a title." in hand.shown
        assert not hand.facts(Improvised)


@pytest.mark.slow
@pytest.mark.parametrize("size", SIZES)
async def test_every_field_is_told_what_is_wrong(size: tuple[int, int], big: Table) -> None:
    async with sit(at_control(big), size) as hand:
        await hand.press("a", "tab", "tab", "tab", "right", "tab", "tab")
        await hand.write("soon")
        await hand.press("ctrl+j")
        assert "Give it a title." in hand.shown
        assert "Mend what stands under the fields." in hand.shown
        seen = set(hand.rows)
        for _ in range(25):
            await hand.press("tab")
            seen |= set(hand.rows)
        words = " ".join(seen)
        for said in (
            "'soon' is no number of minutes.",
            "Say who it is from.",
            "Say how it comes.",
            "Write the message.",
            "Give option 1 a title",
        ):
            assert said in words
        assert not hand.facts(Improvised)
        assert "AdHoc" == hand.where


# --- when talk stalls ---


@pytest.fixture
def clock() -> Iterator[Clock]:
    with fake_clock() as one:
        yield one


class Talk:
    """A table under deliberation whose clock is turned by hand."""

    def __init__(self, path: Path, clock: Clock) -> None:
        self.clock, self.table = clock, host(path)
        to(self.table, phases.DELIBERATION)
        seats = [one.id for one in self.table.game.run.exercise.seat]
        self.attendance = Attendance(seats, clock.monotonic)
        for seat in seats:
            self.attendance.connect(seat, Sitter())
        self.desk = SeatState()

    def app(self, seat: str = CHIEF) -> TtxApp:
        desk = self.desk if seat == CHIEF else None
        return TtxApp(self.table, seat, attendance=self.attendance, state=desk)

    @property
    def asks(self) -> list[str]:
        assert self.table.game.inject is not None
        return [str(one.ask) for one in self.table.game.inject.probing]


@pytest.fixture
def talk(clock: Clock, tmp_path: Path) -> Talk:
    return Talk(tmp_path, clock)


async def after(hand: Hand, talk: Talk, seconds: int) -> str:
    """What Control shows that many seconds later."""
    talk.clock.now += seconds
    page = hand.page
    assert isinstance(page, ControlScreen)
    with hand.app._context():
        page._tick()
    await hand.settle()
    return hand.shown


@pytest.mark.parametrize("size", SIZES)
async def test_questions_are_offered_once_nobody_has_typed(
    size: tuple[int, int], talk: Talk
) -> None:
    async with sit(talk.app(), size) as hand, sit(talk.app("usfj")) as lead:
        assert talk.asks[0][:30] not in await after(hand, talk, 119)
        await hand.press("1")
        assert not hand.facts(Probed)
        shown = await after(hand, talk, 1)
        assert "QUIET" in shown
        assert all(one[:30] in shown for one in talk.asks[:3])
        assert talk.asks[0][:20] not in lead.shown  # never shown by itself
        await hand.press("2")
        assert [2] == [one.number for one in hand.facts(Probed)]
        await lead.settle()
        assert f"A question to the room: {talk.asks[1]}"[:60] in lead.shown
        assert talk.asks[0][:20] not in lead.shown
        await lead.press("full_stop")
        assert talk.asks[1][:20] not in lead.shown
        # It is an entry, and two minutes begin anew; what was put is offered no more.
        assert "QUIET" not in await after(hand, talk, 100)
        shown = await after(hand, talk, 30)
        assert talk.asks[0][:30] in shown
        assert talk.asks[1][:30] not in shown


@pytest.mark.slow
async def test_typing_and_marking_break_the_silence(talk: Talk) -> None:
    async with sit(talk.app(), MIDDLE) as hand, sit(talk.app("osd")) as member:
        await after(hand, talk, 110)
        view = message_views.message(Eye(talk.table.game, "osd"))
        assert view is not None
        keys = [one.key for one in view.options if not one.closed]
        await member.press(keys[1])  # marked, not sent
        assert "QUIET" not in await after(hand, talk, 110)
        assert seat_row(hand, "OSD") == "OSD not yet typed 01:50 ago"
        await member.press("r")
        await member.write("x")
        assert "QUIET" not in await after(hand, talk, 110)
        await member.press("y")
        assert "QUIET" not in await after(hand, talk, 110)
        await member.press("escape", "y", "i", "escape", "t", "escape")  # reading is not seen
        assert "QUIET" in await after(hand, talk, 30)
        await hand.press("d")
        await hand.write("3 what the facilitator types breaks no silence")
        await hand.press("escape", "y")
        assert "QUIET" in await after(hand, talk, 1)
        table = talk.table
        ask(table, "usfj", Submit(Answer(option(table, 0))))
        await hand.settle()
        assert "QUIET" not in hand.shown
        assert "QUIET" in await after(hand, talk, 120)
        assert "1 answer missing" in hand.shown


async def test_no_question_is_offered_where_every_answer_is_in(talk: Talk) -> None:
    table = talk.table
    run, leads = table.game.run, slot_lead(table.game)
    (other,) = (one for one in unanswered(table.game) if one != leads)
    ask(
        table,
        run.lead(leads).id,
        Submit(Answer("", written="Own words", pro="fast", contra="loud")),
    )
    async with sit(talk.app(), MIDDLE) as hand:
        assert "QUIET" in await after(hand, talk, 130)
        ask(table, run.lead(other).id, Submit(Answer(option(table, 0))))
        await hand.settle()
        assert waits_for_weight(table.game)
        assert "QUIET" not in await after(hand, talk, 900)
        await hand.press("1")
        assert not hand.facts(Probed)


@pytest.mark.slow
async def test_left_be_or_two_minutes_more(talk: Talk) -> None:
    async with sit(talk.app(), MIDDLE) as hand:
        assert "QUIET" in await after(hand, talk, 150)
        await hand.press("plus")
        assert "QUIET" not in await after(hand, talk, 119)
        assert "QUIET" in await after(hand, talk, 1)
        await hand.press("x")
        assert "Left be for this inject" in await after(hand, talk, 900)
        await hand.press("1")
        assert not hand.facts(Probed)
        await hand.press("p")
        assert talk.asks[0][:30] in hand.shown
    async with sit(talk.app(), MIDDLE) as hand:
        assert "QUIET" not in await after(hand, talk, 900)  # also after coming back
        to(talk.table, phases.REVIEW)
        to(talk.table, phases.DELIBERATION)
        await hand.settle()
        assert "QUIET" in await after(hand, talk, 130)


async def test_a_pause_is_no_silence(talk: Talk) -> None:
    async with sit(talk.app(), MIDDLE) as hand:
        await after(hand, talk, 100)
        await hand.press("space")
        assert "QUIET" not in await after(hand, talk, 4000)
        assert "PAUSED" in hand.shown
        await hand.press("space")
        assert "QUIET" not in await after(hand, talk, 100)
        assert "QUIET" in await after(hand, talk, 30)


# --- submissions and the time ---


async def test_answers_are_behind_a_curtain(talk: Talk) -> None:
    table = talk.table
    talk.clock.now += 65
    ask(table, "osd", Commit(Answer(option(table, 1), 70)))
    view = message_views.message(Eye(table.game, "osd"))
    assert view is not None
    (given,) = [one for one in view.commitments if one.own]
    async with sit(talk.app(), MIDDLE) as hand:
        assert "OSD in 01:05" == seat_row(hand, "OSD")
        assert "z answers" in hand.shown
        await hand.press("z")
        assert f"OSD in {given.key} 70% 01:05" == seat_row(hand, "OSD")
        await hand.press("z")
        assert "OSD in 01:05" == seat_row(hand, "OSD")


async def test_the_time_plan_on_the_screen(talk: Talk) -> None:
    async with sit(talk.app(), MIDDLE) as hand:
        shown = await after(hand, talk, 15 * 60)
        view = time_plan(Eye(talk.table.game, CHIEF), talk.table.elapsed)
        assert view.behind > 0
        assert f"{view.behind} min behind" in shown
        assert "hot wash keeps its 20 minutes" in shown
        assert view.proposal[:30] in shown
        assert "deliberation 15:00 of 5:00" in shown
        await hand.resize(*SMALL)
        assert f"{view.behind} min behind" in hand.shown
        assert "15:00/5:00" in hand.shown


async def test_the_last_note_stands_below(talk: Talk) -> None:
    async with sit(talk.app(), MIDDLE) as hand:
        assert "none yet" in hand.region("notes").shown.plain
        ask(talk.table, CHIEF, Note("Legal point worth the hot wash.", "issue"))
        await hand.settle()
        assert "issue: Legal point worth the hot wash." in hand.region("notes").shown.plain


@pytest.mark.parametrize("size", SIZES)
async def test_requests_that_wait_are_counted_and_i_leads_to_them(
    size: tuple[int, int], room: Room
) -> None:
    room.to(choosing)
    async with sit(chief(room), size) as hand:

        def told() -> str:
            row = hand.region("sentence").shown
            heat = [one for one in row.spans if hand.page.ink.heat in str(one.style)]
            return " ".join(row.plain[one.start : one.end] for one in heat)

        assert "I requests" not in hand.foot
        assert "" == told()
        room.ask(LEAD, Inquire("QWHICH ships?"))
        await hand.settle()
        assert ("1 waits: I" if size == SMALL else "1 request waits: I") == told()
        room.ask(OTHER, Inquire("QWHOSE flag?"))
        await hand.settle()
        assert ("2 wait: I" if size == SMALL else "2 requests wait: I") == told()
        assert "Waiting for US and Japan." in hand.shown
        assert "I requests" in hand.foot
        assert hand.foot.rstrip().endswith("q leave")
        await hand.press("I")
        assert "QWHOSE flag?" in hand.shown
        room.ask(CHIEF, *(Reply(number, "QNONE") for number in (1, 2)))
        await hand.press("escape")
        assert "" == told()
        assert "I requests" not in hand.foot


async def test_the_last_note_says_where_it_was_written(room: Room) -> None:
    async with sit(chief(room), MIDDLE) as hand:
        room.ask(MEMBER, Note("QEARLY"))
        await hand.settle()
        assert "notes - QEARLY" in hand.shown
        room.to(choosing)
        room.ask(OTHER, Note("QLATER", "issue"))
        await hand.settle()
        assert f"notes {room.game.number} issue: QLATER" in hand.shown
