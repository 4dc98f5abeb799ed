"""Hosted play on the screens: the lobby, a cell's commitments, and gates that are somebody's."""

from __future__ import annotations

import re
from contextlib import AsyncExitStack
from pathlib import Path

import pytest
from kit.desk import LARGE, MIDDLE, SMALL, Desk, sit
from kit.room import (
    CHIEF,
    LEAD,
    MEMBER,
    OTHER,
    RED,
    SEATS,
    Room,
    Sitter,
    choosing,
    deputed,
    in_phase,
    seat_all,
)
from kit.screens import look
from kit.secrecy import Still
from kit.tables import exercise

from ttx.session import phases
from ttx.session.answer import Answer
from ttx.session.attendance import Attendance
from ttx.session.events import (
    Answered,
    Chosen,
    Closed,
    Committed,
    Confirmed,
    LeversLeft,
    Readied,
    Started,
)
from ttx.session.game import Game
from ttx.session.notebook_events import CardAdded, Noted
from ttx.session.opening import begin, hosted
from ttx.session.play_commands import (
    Commit,
    Continue,
    LeaveLevers,
    Message,
    Move,
    Pause,
    Start,
    Submit,
)
from ttx.session.run import PROJECTOR
from ttx.session.seating import seating
from ttx.tui.app import TtxApp
from ttx.tui.parts.question import Barred
from ttx.tui.seat_state import SeatState

pytestmark = pytest.mark.usefixtures("strict", "shelf")

CODE = "K7QF-M2XW-9RTD"


# --- a whole run ---


@pytest.mark.slow
@pytest.mark.parametrize("size", [SMALL, MIDDLE])
async def test_a_whole_run_on_five_screens(  # noqa: PLR0915  # one whole run
    size: tuple[int, int], room: Room
) -> None:
    players = (LEAD, MEMBER, OTHER, PROJECTOR)
    chose: set[str] = set()
    async with AsyncExitStack() as stack:
        at = await seat_all(stack, room, size, (CHIEF, *players))

        def everywhere(page: str, words: str) -> None:
            for seat in players:
                assert page == at[seat].where, (seat, room.game.phase)
                assert words in at[seat].shown, (seat, room.game.phase)

        assert {"Briefing"} == {at[one].where for one in players}
        await at.press(MEMBER, "enter")
        assert "The seats read their briefing; 1 are ready." in at[CHIEF].shown
        assert "1 ready" in at[LEAD].foot
        await at.press(CHIEF, "right_square_bracket")
        while room.game.phase != phases.HOTWASH:
            assert "Control" == at[CHIEF].where
            turn = room.game.position.turn
            match room.game.phase:
                case phases.LEVERS:
                    await at.press(MEMBER, "enter")
                    assert "Relief staff says when the US cell is done" in at[MEMBER].shown
                    await at.press(LEAD, "enter")
                    assert "US is done. Waiting for Japan." in at[LEAD].shown
                    assert "Waiting for Japan." in at[CHIEF].shown
                    await at.press(OTHER, "enter")
                    assert phases.LEVERS != room.game.phase
                case phases.DELIBERATION:
                    mine, *others = room.options()
                    theirs = others[0] if others else mine
                    why = f"Q{len(chose)}WHY"
                    await at.press(MEMBER, theirs.key, "r")
                    await at.write(MEMBER, why)
                    await at.press(MEMBER, "enter", "enter")
                    words = "Committed. Your cell's lead submits: 1 of 2 has committed."
                    assert words in committed(at[MEMBER])
                    await at.press(LEAD, mine.key, "enter")
                    asked = "Submit for the US cell? 1 of 2 has committed. y Submit"
                    assert asked in at[LEAD].shown
                    await at.press(LEAD, "y")
                    assert "Submitted. Waiting for Japan." in at[LEAD].shown
                    assert "Submitted. Waiting for Japan." in at[MEMBER].shown
                    assert at.who_reads(why) <= {MEMBER}
                    await at.press(OTHER, mine.key, "enter", "y")
                    assert phases.ADJUDICATION == room.game.phase
                    everywhere("Table", "The facilitator adjudicates next.")
                    assert "A ruling is proposed; nobody else sees it yet." in at[CHIEF].shown
                    await at.press(CHIEF, "right_square_bracket")
                    everywhere("Ruling", "Confirmed by the facilitator.")
                    assert "Enter" not in at[LEAD].foot
                    await at.press(LEAD, "enter")
                    assert "The facilitator goes on from here." in at[LEAD].rows[-2]
                    reads = {MEMBER, LEAD} if others else set()
                    await at.press(MEMBER, "m")
                    await at.press(LEAD, "m")
                    assert reads == at.who_reads(why)
                    await at.press(MEMBER, "escape")
                    await at.press(LEAD, "escape")
                    chose.add(why)
                    await at.press(CHIEF, "right_square_bracket")
                case phases.INJECT | phases.OUTCOME:
                    await at.press(CHIEF, "right_square_bracket")
                case phases.RECKONING:
                    everywhere("Reckoning", "The facilitator confirms its reckoning next.")
                    await at.press(CHIEF, "right_square_bracket")
                    everywhere("Reckoning", f"Reckoning of turn {turn}")
                    await at.press(CHIEF, "right_square_bracket")
        assert {"HotWash"} == {at[one].where for one in players}
        for one in players:
            await at.press(one, "W")
        assert {"Review"} == {at[one].where for one in players}
        await at.press(OTHER, "enter")
        assert "The facilitator closes the run." in at[OTHER].shown
        assert phases.HOTWASH == room.game.phase
        await at.press(CHIEF, "right_square_bracket")
        assert phases.HOTWASH == room.game.phase
        await at.press(CHIEF, "y")
        assert room.table.closed
    facts = [entry.event for entry in room.table.entries]
    assert len(chose) == sum(isinstance(one, Committed) for one in facts) > 1
    assert all(one.facilitated for one in facts if isinstance(one, Confirmed))
    assert 1 == sum(isinstance(one, Started) for one in facts)
    assert isinstance(facts[-1], Closed)


# --- the lobby ---


async def test_the_lobby_says_who_has_come_and_what_the_terminal_gives(room: Room) -> None:
    room.attendance.connect(LEAD, Sitter())
    gone = Sitter()
    room.attendance.connect(OTHER, gone)
    room.attendance.disconnect(OTHER, gone)
    app = room.app(MEMBER, lobby=True)
    app.context.terminal_words = "256 colours"
    async with sit(app) as hand:
        assert "Lobby" == hand.where
        assert "You sit as Deputy, US cell, seat." in hand.shown
        assert "Nothing has begun" in hand.shown
        assert "1 of 8" in hand.shown
        for words in ("Relief staff US here", "Tokyo desk Japan away", "Coast guard Red not yet"):
            assert words in hand.shown
        assert "80 by 24. One column; 120 by 38 or more" in hand.shown
        assert "256 colours." in hand.shown
        assert "You came without a key" not in hand.shown
        room.attendance.connect(RED, Sitter())
        await hand.settle()
        assert "Coast guard Red here" in hand.shown
        await hand.press("enter")
        assert "Briefing" == hand.where
    async with sit(room.app(MEMBER, lobby=True), MIDDLE) as hand:
        assert "120 by 40. Two columns" in hand.shown
    async with sit(room.app(PROJECTOR, lobby=True), LARGE) as hand:
        assert "200 by 60. Three columns" in hand.shown
        assert "You sit as Room, what all may see." in hand.shown


@pytest.mark.parametrize("size", [SMALL, MIDDLE])
async def test_who_came_without_a_key_is_told_the_way_back(
    size: tuple[int, int], room: Room
) -> None:
    room.desks[MEMBER] = SeatState(return_code=CODE)
    async with sit(room.app(MEMBER, lobby=True), size) as hand:
        assert f"You came without a key. To come back, type: {CODE}" in hand.shown
        assert "A key made with ssh-keygen spares you that." in hand.shown
    async with sit(room.app(LEAD, lobby=True), size) as hand:
        assert CODE not in hand.shown


async def test_the_lobby_in_the_middle_of_a_run(room: Room) -> None:
    room.to(choosing)
    room.ask(LEAD, Submit(Answer(room.options()[0].id, rationale="QSECRET")))
    async with sit(room.app(OTHER, lobby=True)) as hand:
        assert "is under way: deliberation." in hand.shown
        room.ask(CHIEF, Pause())
        await hand.settle()
        assert "QSECRET" not in hand.shown
        assert await hand.click("Enter Go in")
        assert "Table" == hand.where
        assert "PAUSED" in hand.rows[1]
        assert "Paused by the facilitator. Your time stands still." in hand.shown
    room.ask(CHIEF, Pause())
    room.to(in_phase(phases.HOTWASH))
    async with sit(room.app(OTHER, lobby=True)) as hand:
        assert "The exercise has ended" in hand.shown


async def test_the_report_of_a_hosted_run_is_the_facilitators_to_write(
    room: Room, tmp_path: Path
) -> None:
    room.to(in_phase(phases.HOTWASH))
    async with sit(room.app(LEAD)) as hand:
        await hand.press("W")
        assert "Review" == hand.where
        assert "w report" not in hand.foot
        await hand.press("w")
        assert "The facilitator writes the report." in hand.shown
    assert not reports(tmp_path)
    async with sit(room.app(CHIEF), MIDDLE) as hand:
        await hand.press("W", "W")
        assert "Review" == hand.where
        assert "w report" in hand.foot
        await hand.press("w")
        assert "run-report.html is written beside the save." in hand.shown
    (report,) = reports(tmp_path)
    assert "Draft, for the white cell alone." in report


def reports(folder: Path) -> list[str]:
    return [one.read_text("utf-8") for one in folder.glob("*.html")]


def left(app: TtxApp) -> bool:
    return app._exit


async def test_the_lobby_asks_before_it_is_left(room: Room) -> None:
    app = room.app(LEAD, lobby=True)
    async with sit(app) as hand:
        await hand.press("q")
        assert "Leave the lobby? Your seat is kept" in hand.shown
        await hand.press("escape")
        assert not left(app)
        await hand.press("q", "y")
        assert left(app)
    assert room.table.save is not None
    room.ask(CHIEF, Continue())


async def test_languages_are_switched_only_where_there_are_some(room: Room, tmp_path: Path) -> None:
    async with sit(room.app(LEAD, lobby=True)) as hand:
        assert "English, the only one" in hand.shown
        await hand.press("L")
        assert "en" == hand.app.context.language
        assert "language" not in hand.foot
    (tmp_path / "two").mkdir()
    two = Room(tmp_path / "two", deputed(("en", "ja")))
    async with sit(two.app(LEAD, lobby=True)) as hand:
        assert "L language" in hand.foot
        await hand.press("L")
        assert "ja" == hand.app.context.language
        await hand.press("L")
        assert "en" == hand.app.context.language


async def test_in_the_lobby_a_small_terminal_is_told_how_to_grow(room: Room) -> None:
    async with sit(room.app(LEAD, lobby=True), (60, 20)) as hand:
        assert "80 by 24 or more, please; now 60 by 20. Make the window larger" in hand.shown
        await hand.press("enter")
        assert "Lobby" == hand.where


# --- a cell's commitments ---


def committed(hand: Desk) -> str:
    """What stands beside the options about the own answer, in one line."""
    return " ".join(hand.region("beside").shown.plain.split())


async def test_a_member_commits_and_may_change_it(room: Room) -> None:
    room.to(choosing)
    one, other, *_ = room.options()
    async with sit(room.app(MEMBER), MIDDLE) as hand:
        assert "Enter commit" in hand.foot
        words = "Enter commits, Relief staff submits; none of 2 have committed."
        assert words in committed(hand)
        await hand.press(one.key, "plus", "enter")
        assert [(one.id, 60)] == [
            (c.answer.option, c.answer.confidence) for c in hand.facts(Committed)
        ]
        assert "Committed. Your cell's lead submits: 1 of 2 has committed." in committed(hand)
        assert "committed" in next(row for row in hand.rows if f"{one.key}  {one.title}" in row)
        await hand.press(other.key)
        words = f"Committed to {one.key}. Enter commits what is marked instead."
        assert words in committed(hand)
        await hand.press("enter")
        assert [one.id, other.id] == [c.answer.option for c in hand.facts(Committed)]
        assert not hand.facts(Answered)


async def test_the_lead_is_asked_and_may_think_again(room: Room) -> None:
    room.to(choosing)
    one, *_ = room.options()
    async with sit(room.app(LEAD)) as hand:
        assert "Enter submit" in hand.foot
        await hand.press(one.key, "enter")
        assert "Submit for the US cell? None of 2 have committed. y Submit" in hand.shown
        await hand.press("escape")
        assert not hand.facts(Answered)
        await hand.press("enter", "y")
        assert [one.id] == [a.answer.option for a in hand.facts(Answered)]
        assert "Enter" not in hand.foot
        await hand.press("enter")
        assert "Your cell has already answered." in hand.shown
        assert 1 == len(hand.facts(Answered))


@pytest.mark.slow
async def test_nobody_sees_what_others_committed_to(room: Room) -> None:
    room.to(choosing)
    _, other, *_ = room.options()
    room.ask(MEMBER, Commit(Answer(other.id, 70, rationale="QSECRET")))
    for seat in (LEAD, OTHER, RED, "observer", PROJECTOR):
        for size in (SMALL, MIDDLE, LARGE):
            async with sit(room.app(seat), size) as hand:
                shown = hand.shown
                await hand.press("i", "G")
                read = seat == "observer"  # the white cell reads all
                assert read or "QSECRET" not in f"{shown} {hand.shown}"
                assert read or "70%" not in shown
                assert read or "would answer" not in shown
    async with sit(room.app(CHIEF), MIDDLE) as hand:
        assert re.search(r"Deputy +in  ", hand.region("submissions").shown.plain)
        assert other.title not in hand.shown
        await hand.press("T")
        assert f"Deputy would answer {other.key}" in hand.shown


async def test_what_a_cell_answered_is_shown_to_its_members(room: Room) -> None:
    room.to(choosing)
    one, other, *_ = room.options()
    room.ask(MEMBER, Commit(Answer(other.id)))
    room.ask(LEAD, Submit(Answer(one.id, 80, rationale="QWHY")))
    async with sit(room.app(MEMBER), MIDDLE) as hand:
        assert "THE US CELL'S ANSWER" in hand.shown
        assert f"answer {one.key} {one.title[:12]}" in hand.shown
        assert "rationale QWHY" in hand.shown
        assert "You would have answered" in committed(hand)
        await hand.press("r", "plus")
        assert Barred("Your cell has already answered.") == hand.page.question.asks
        assert "Your cell has already answered." in hand.shown
        await hand.press("enter", "enter")
        assert "Your cell has already answered." in hand.shown
    async with sit(room.app(OTHER), MIDDLE) as hand:
        assert "QWHY" not in hand.shown
        assert "YOUR COMMITMENT" in hand.shown


async def test_an_answer_after_the_close_is_kept_as_a_note(room: Room) -> None:
    room.to(choosing)
    one, *_ = room.options()
    async with sit(room.app(LEAD)) as hand:
        await hand.press(one.key, "enter")
        room.ask(CHIEF, Continue())
        await hand.settle()
        await hand.press("y")
        assert "The facilitator closed the deliberation. Your answer is kept as a note." in (
            hand.shown
        )
        assert 1 == len(hand.facts(Noted))
        assert "The deliberation was closed. The facilitator adjudicates next." in hand.shown
        assert "A robot answered for the US cell." in hand.shown


async def test_levers_are_moved_by_all_and_closed_by_the_lead(room: Room) -> None:
    room.ask(CHIEF, Continue())
    async with sit(room.app(MEMBER), MIDDLE) as hand:
        await hand.press("s", "2", "enter")
        assert "Standing staff in Naha now stands at liaison." in hand.shown
        await hand.press("enter")
        assert "Relief staff says when the US cell is done with its levers." in hand.shown
        assert not hand.facts(LeversLeft)
        assert "Relief staff says when US is done" in hand.shown
    async with sit(room.app(LEAD), MIDDLE) as hand:
        assert "Enter done with levers" in hand.foot
        await hand.press("enter")
        assert "The US cell is done with its levers. Waiting for Japan." in hand.shown
        await hand.press("enter")
        assert 1 == len(hand.facts(LeversLeft))


# --- what outlives a connection ---


async def test_a_dropped_connection_loses_nothing(room: Room) -> None:
    room.to(choosing)
    _, other, *_ = room.options()
    async with sit(room.app(MEMBER), MIDDLE) as hand:
        await hand.press(other.key, "plus", "plus", "e", "1", "r")
        await hand.write("as drilled")
        await hand.press("enter")
    async with sit(room.app(MEMBER), MIDDLE) as hand:
        assert f"answer {other.key} {other.title[:12]}" in hand.shown
        assert "confidence 70%" in hand.shown
        assert "as drilled" in hand.shown
        await hand.press("enter")
        (given,) = hand.facts(Committed)
        assert (other.id, 70, "as drilled") == (
            given.answer.option,
            given.answer.confidence,
            given.answer.rationale,
        )
        assert given.answer.expects
    room.to(lambda game: game.phase == phases.REVIEW)
    room.to(lambda game: game.phase in (phases.LEVERS, phases.DELIBERATION))
    async with sit(room.app(MEMBER), MIDDLE) as hand:
        assert "as drilled" not in hand.shown


async def test_a_desk_that_was_lost_is_laid_from_the_record(room: Room) -> None:
    room.to(choosing)
    _, other, *_ = room.options()
    room.ask(MEMBER, Commit(Answer(other.id, 70, {}, "as drilled")))
    room.desks.clear()
    async with sit(room.app(MEMBER), MIDDLE) as hand:
        assert "confidence 70%" in hand.shown
        assert "as drilled" in hand.shown
        assert "Committed. Your cell's lead submits" in hand.shown


async def test_alone_each_question_begins_with_an_empty_desk() -> None:
    part = exercise("tutorial")
    seats = seating(part)
    table = begin(part, seats, 7, None)
    table.submit(seats.seat, Start(), 0)
    table.submit(seats.seat, LeaveLevers(), table.game.entries)
    app = TtxApp(table, seats.seat)
    async with sit(app) as hand:
        await hand.press("2", "plus")
        assert SeatState() == app.context.state
        await hand.press("enter")
        assert [60] == [a.answer.confidence for a in hand.facts(Answered)[:1]]
        await hand.press("u", "y", "enter")
        assert "Choose with a digit" in hand.shown


# --- briefing ---


async def test_a_player_is_ready_and_startex_is_not_its_own(room: Room) -> None:
    async with sit(room.app(LEAD)) as hand:
        assert "STARTEX is the facilitator's" in hand.shown
        assert "0 ready" in hand.foot
        await hand.press("enter")
        assert 1 == len(hand.facts(Readied))
        assert "You are ready. STARTEX is the facilitator's." in hand.shown
        assert "1 ready" in hand.foot
        await hand.press("enter")
        assert "You are ready; STARTEX is the facilitator's." in hand.shown
        assert not hand.facts(Started)
    async with sit(room.app(PROJECTOR)) as hand:
        await hand.press("enter")
        assert 1 == len(hand.facts(Readied))
        assert "STARTEX is the facilitator's." in hand.shown


async def test_a_message_is_seen_by_whom_it_is_for(room: Room) -> None:
    async with sit(room.app(MEMBER)) as member, sit(room.app(OTHER)) as other:
        room.ask(CHIEF, Message(MEMBER, "QHELLO"))
        for hand in (member, other):
            await hand.settle()
        assert "QHELLO" in member.shown
        assert "QHELLO" not in other.shown


# --- every seat, every moment ---


def moments(room: Room) -> list[Game]:
    """The run at one moment of each kind, in order, some of them paused."""
    found = [room.game]
    room.ask(MEMBER, Start())
    found.append(room.game)
    room.ask(CHIEF, Continue())
    while not room.table.closed:
        found.append(room.game)
        if room.game.phase == phases.LEVERS:
            room.ask(LEAD, LeaveLevers())
        elif room.game.phase == phases.DELIBERATION:
            is_open = [one.id for one in room.options()]
            room.ask(MEMBER, Commit(Answer(is_open[-1], 70, {}, "because it was drilled " * 8)))
            found.append(room.game)
            if len(found) % 2:  # else it is closed without anybody
                room.ask(LEAD, Submit(Answer(is_open[0], 70, {}, "why not")))
        if room.game.phase in (phases.LEVERS, phases.DELIBERATION):
            found.append(room.game)
            room.ask(CHIEF, Pause())
            found.append(room.game)
            room.ask(CHIEF, Pause())
        room.ask(CHIEF, Continue())
    return [*found, room.game]


@pytest.mark.slow
@pytest.mark.parametrize("size", [SMALL, (80, 50), (120, 38), LARGE])
@pytest.mark.parametrize("red", [False, True])
async def test_every_seat_at_every_moment(
    size: tuple[int, int],
    red: bool,  # noqa: FBT001  # pytest passes it by name
    tmp_path: Path,
    faults: dict[str, None],
) -> None:
    """Whole rows, whole footers, nothing that overlaps; and no key of a reader decides anything."""
    room = Room(tmp_path, red=red)
    games = moments(room)
    passed = {phases.INJECT, phases.OUTCOME, *(() if red else (phases.RESPONSE,))}
    assert {one.phase for one in games} >= {*phases.PHASES} - passed
    for seat in SEATS:
        still = Still(games[0])
        app = TtxApp(still, seat, attendance=room.attendance)
        async with sit(app, size) as hand:
            for game in games:
                still.game = game
                app.shell.route()
                await hand.settle()
                look(hand, faults)
                if seat in (PROJECTOR, "observer", "evaluator", RED):
                    for key in ("1", "j", "plus", "y", "enter", "escape"):
                        await hand.press(key)
                    look(hand, faults)
            if seat != CHIEF:
                own = {Chosen} if seat == RED else set[type]()
                assert {Readied, CardAdded, *own} >= {type(one) for one in still.decided}
    assert [*faults] == []


async def test_a_cell_whose_request_waits_is_asked_before_it_is_done(tmp_path: Path) -> None:
    table = hosted(exercise("accelerate"), {}, 7, tmp_path / "run.ttx.toml")
    table.submit(CHIEF, Continue(), table.game.entries)
    table.submit("osd", Move("pace", "accelerated"), table.game.entries)
    seats = Attendance([one.id for one in table.game.run.exercise.seat])
    async with sit(TtxApp(table, "usfj", attendance=seats), MIDDLE) as hand:
        await hand.press("enter")
        assert (
            "The request for Pace of the stand-up still waits, and may lapse. Be done?"
            in hand.shown
        )
        assert "us" not in table.game.left
        await hand.press("y")
        assert "us" in table.game.left
