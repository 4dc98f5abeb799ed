"""What the desk sets for all, on the screens: the room's screen, and the time of a phase."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import AsyncExitStack
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from kit.clock import Clock, fake_clock
from kit.desk import LARGE, MIDDLE, SMALL, sit
from kit.desk import Desk as Hand
from kit.room import CHIEF, LEAD, MEMBER, OTHER, RED, SEATS, Room, Sitter, choosing, seat_all
from kit.tables import exercise
from rich.cells import cell_len

from ttx.session import phases
from ttx.session.answer import Answer
from ttx.session.control_events import FOLLOWS, HELD, MESSAGE, RoomSet
from ttx.session.game import Game
from ttx.session.play_commands import Continue, Message, Pause, Submit
from ttx.session.run import PROJECTOR
from ttx.session.staging import SetTime, ShowRoom
from ttx.session.view.eye import Eye
from ttx.session.view.went_on import went_on
from ttx.tui.large import FACES, _set, large
from ttx.tui.screens.play import PlayPage

pytestmark = pytest.mark.usefixtures("strict", "shelf")
SIZES = (SMALL, MIDDLE, LARGE)


@pytest.fixture
def clock() -> Iterator[Clock]:
    with fake_clock() as one:
        yield one


def letters(hand: Hand) -> str:
    return hand.region("stage").shown.plain


def in_large(words: str, hand: Hand) -> bool:
    """Whether the words are there in one of the typefaces, each row of them in order."""
    shown = [row.strip() for row in letters(hand).splitlines()]
    width = hand.page.body.width
    return any(
        rows and all(row.strip() in shown for row in rows)
        for rows in (_set(words, width, face) for face in FACES)
    )


# --- the room's screen ---


@pytest.mark.parametrize("size", SIZES)
async def test_the_desk_puts_things_on_the_room_and_lets_it_go(
    size: tuple[int, int], clock: Clock, tmp_path: Path
) -> None:
    room = Room(tmp_path)
    clock.now += 1
    room.to(choosing)
    inject = room.game.inject
    assert inject is not None
    async with (
        sit(room.app(CHIEF), size) as hand,
        sit(room.app(PROJECTOR), size) as wall,
        sit(room.app(LEAD), size) as lead,
    ):
        before = lead.shown
        assert "follows the run: deliberation" in hand.shown
        assert "no screen for it" in hand.shown

        async def put(name: str, text: str = "") -> None:
            await hand.press("U")
            options = hand.shown
            digit = re.search(rf"(\d) {name}", options)
            assert digit, options
            await hand.press(digit[1])
            if text:
                await hand.write(text)
                await hand.press("enter")
            await wall.settle()
            assert "Control" == hand.where

        await put("A message", "Take your seats")
        assert in_large("Take your seats", wall)
        assert "a message: Take your seats" in hand.shown
        await put("A break", "Back at 10:30")
        assert in_large("Break", wall)
        assert in_large("10:10", wall)
        assert "a break: Back at 10:30" in hand.shown
        await put("An inject")
        assert str(inject.question)[:30] in wall.shown
        assert in_large(f"1.1 {inject.title}", wall)
        await put("The map")
        assert "Theatre" == wall.where
        assert "the map" in hand.region("room").shown.plain
        await put("The standing")
        assert "Standing" == wall.where
        await put("Follow the run")
        assert "Table" == wall.where
        assert "follows the run: deliberation" in hand.shown
        await lead.settle()
        assert before == lead.shown
        facts = [fact.shows for fact in hand.facts(RoomSet)]
        assert ["message", "break", "inject", "map", "standing", "run"] == facts


async def test_what_is_held_stays_and_nobody_else_is_held(room: Room) -> None:
    room.to(choosing)
    answer = Answer(room.options()[0].id)
    async with sit(room.app(PROJECTOR)) as wall, sit(room.app(LEAD)) as lead:
        room.ask(CHIEF, ShowRoom(HELD))
        await wall.settle()
        shown = wall.shown
        room.ask(LEAD, Submit(answer))
        room.ask(OTHER, Submit(answer))
        room.ask(CHIEF, Continue())
        await wall.settle()
        await lead.settle()
        assert phases.REVIEW == room.game.phase
        assert "Ruling" == lead.where
        assert shown == wall.shown
    async with sit(room.app(PROJECTOR)) as again:  # it comes back to what is held
        assert "Table" == again.where
        room.ask(CHIEF, ShowRoom(FOLLOWS))
        await again.settle()
        assert "Ruling" == again.where


async def test_what_lay_open_at_the_room_is_closed_for_it(room: Room) -> None:
    room.to(choosing)
    async with sit(room.app(PROJECTOR)) as wall:
        await wall.press("M", "question_mark")
        room.ask(CHIEF, ShowRoom(MESSAGE, words="Listen"))
        await wall.settle()
        assert "Room" == wall.where
        assert in_large("Listen", wall)


async def test_the_desk_previews_what_the_room_shows(room: Room) -> None:
    room.ask(CHIEF, Continue(), ShowRoom(MESSAGE, words="Listen"))
    async with sit(room.app(CHIEF)) as hand:
        await hand.press("v")
        digit = re.search(r"(\d) Room", hand.shown)
        assert digit
        await hand.press(digit[1])
        assert in_large("Listen", hand)
        assert "Preview" in hand.shown
        await hand.press("q")
        assert "Control" == hand.where


async def test_before_adversaries_there_is_no_standing_to_be_put(tmp_path: Path) -> None:
    room = Room(tmp_path, red=True)
    room.attendance.connect(PROJECTOR, Sitter())
    async with sit(room.app(CHIEF)) as hand:
        assert "no screen for it" not in hand.shown
        await hand.press("U")
        assert "The map" in hand.shown
        assert "The standing" not in hand.shown


# --- the time of a phase ---


async def later(table_of: list[Hand], clock: Clock, seconds: float) -> None:
    clock.now += seconds
    for hand in table_of:
        page = hand.page
        assert isinstance(page, PlayPage)
        with hand.app._context():
            page._tick()
        await hand.settle()


@pytest.mark.parametrize("size", [SMALL, MIDDLE])
async def test_every_seat_sees_it_count_down_and_end(
    size: tuple[int, int], clock: Clock, tmp_path: Path
) -> None:
    room = Room(tmp_path)
    room.to(choosing)
    async with AsyncExitStack() as stack:
        tables = await seat_all(stack, room, size, SEATS)
        hands = [tables[seat] for seat in SEATS]
        await tables[CHIEF].press("t")
        await tables[CHIEF].write("soon")
        await tables[CHIEF].press("enter")
        assert "Give whole minutes" in tables[CHIEF].shown
        assert "soon" in tables[CHIEF].shown
        await tables[CHIEF].press(*["backspace"] * 4, "2", "enter")
        await tables.settle()
        assert set(SEATS) == tables.who_reads("02:00 left")
        await later(hands, clock, 50)
        assert set(SEATS) == tables.who_reads("01:10 left")
        assert not tables.who_reads("Less than a minute")
        room.ask(CHIEF, Pause())
        await tables.settle()
        await later(hands, clock, 600)
        room.ask(CHIEF, Pause())
        await tables.settle()
        await later(hands, clock, 20)
        assert set(SEATS) == tables.who_reads("00:50 left")
        told = tables.who_reads("Less than a minute is left for this phase: deliberation.")
        assert {LEAD, OTHER, RED, PROJECTOR} <= told
        await later(hands, clock, 50)
        assert set(SEATS) == tables.who_reads("time is up")
        assert {LEAD, OTHER, RED, PROJECTOR} <= tables.who_reads("Time is up for this phase:")
        assert not tables.who_reads("Less than a minute")
        room.ask(CHIEF, SetTime(0))
        await tables.settle()
        assert not tables.who_reads("time is up")
        assert not tables.who_reads("Time is up")


async def test_minutes_typed_for_one_phase_are_not_given_to_the_next(room: Room) -> None:
    room.ask(CHIEF, Continue())
    async with sit(room.app(CHIEF)) as hand:
        await hand.press("t", "5")
        room.ask(CHIEF, Continue())
        await hand.settle()
        await hand.press("enter")
        assert "The table has moved on; look again." in hand.shown
        assert room.game.boxed is None


async def test_what_was_said_of_the_room_goes_when_another_hand_changes_it(room: Room) -> None:
    room.ask(CHIEF, Continue())
    async with sit(room.app(CHIEF)) as hand:
        await hand.press("U")
        digit = re.search(r"(\d) The map", hand.shown)
        assert digit
        await hand.press(digit[1])
        assert "It is on the room's screen" in hand.shown
        room.ask(CHIEF, ShowRoom(FOLLOWS))
        await hand.settle()
        assert "It is on the room's screen" not in hand.shown


async def test_without_a_box_the_plan_is_what_is_left(clock: Clock, tmp_path: Path) -> None:
    room = Room(tmp_path, exercise("accelerate"))
    room.ask(CHIEF, Continue())
    async with sit(room.app("usfj")) as lead:
        assert "03:00 left" in lead.shown
        await later([lead], clock, 200)
        assert "03:20 of 03:00" in lead.shown


# --- large letters ---


@given(st.text("abcABC 019,.!?é", max_size=60), st.integers(20, 200), st.integers(1, 60))
def test_large_letters_fit_and_hold_all_words(words: str, width: int, height: int) -> None:
    rows = large(words, width, height)
    assert len(rows) <= height
    assert all(cell_len(row) <= width for row in rows)


def test_the_larger_face_is_taken_where_there_is_room() -> None:
    assert len(large("Listen", 120, 30)) > len(large("Listen", 120, 5)) > 1
    assert ["Listen"] == large("Listen", 120, 1)


def test_what_has_no_letters_stands_as_it_is() -> None:
    assert ["休憩 10:30"] == large("休憩 10:30", 120, 30)


async def test_what_is_sent_while_time_runs_out_is_read_before_that(
    clock: Clock, tmp_path: Path
) -> None:
    """A short page has room for one sentence, and the key puts away whichever stands there."""
    room = Room(tmp_path)
    room.to(choosing)
    nearly = "Less than a minute is left for this phase: deliberation."
    async with AsyncExitStack() as stack:
        tables = await seat_all(stack, room, SMALL, (LEAD, OTHER, RED, CHIEF))
        hands = list(tables.hands.values())
        room.ask(CHIEF, SetTime(2))
        await later(hands, clock, 70)
        assert {LEAD, OTHER, RED, CHIEF} == tables.who_reads(nearly)
        room.ask(CHIEF, Message("all", "Look up."))
        await tables.settle()
        assert {LEAD, OTHER, RED} == tables.who_reads("Look up.")
        await later(hands, clock, 5)
        assert {LEAD, OTHER, RED} == tables.who_reads("Look up.")

        await tables.press(LEAD, "full_stop")
        assert {OTHER, RED} == tables.who_reads("Look up.")
        assert nearly in tables[LEAD].shown
        await tables.press(LEAD, "full_stop")
        assert nearly not in tables[LEAD].shown
        assert "There are 2 minutes for this phase" in tables[LEAD].shown
        await tables.press(LEAD, "full_stop")
        assert " new " not in tables[LEAD].rows[1]
        await tables.press(CHIEF, "full_stop")
        assert nearly not in tables[CHIEF].shown
        await later(hands, clock, 60)
        assert {LEAD, OTHER, RED, CHIEF} == tables.who_reads("Time is up for this phase:")


@pytest.mark.parametrize("size", SIZES)
async def test_what_is_sent_to_the_room_is_there_while_its_screen_is_held(
    size: tuple[int, int], clock: Clock, tmp_path: Path
) -> None:
    room = Room(tmp_path)
    room.to(choosing)
    room.ask(CHIEF, SetTime(1), Message("all", "Before it."))
    async with sit(room.app(PROJECTOR), size) as hand:
        assert "Less than a minute" in hand.shown
        room.ask(CHIEF, ShowRoom(HELD))
        await hand.settle()
        assert "held" in hand.rows[1]
        for words in ("Less than a minute", "left", "time is up"):
            assert words not in hand.shown
        for to in (PROJECTOR, "all"):
            room.ask(CHIEF, Message(to, f"Look here, {to}."))
            await hand.settle()
            assert f"Look here, {to}." in hand.shown
        await later([hand], clock, 90)
        assert "Time is up" not in hand.shown
        room.to(lambda game: game.phase == phases.REVIEW)
        await hand.settle()
        for words in ("Before it.", "Look here"):  # of a phase that is over
            assert words not in hand.shown
        assert "held" in hand.rows[1]
        room.ask(CHIEF, ShowRoom(FOLLOWS))
        await hand.settle()
        assert "held" not in hand.rows[1]


def answered(number: str) -> Callable[[Game], bool]:
    """The deliberation on that inject is over."""
    return lambda game: game.phase != phases.DELIBERATION or game.number != number


PAGES = {LEAD: "M", MEMBER: "S", OTHER: "J", "evaluator": "V", "observer": "Y", RED: "i"}
"""Where seats look while the run goes on."""


@pytest.mark.slow
@pytest.mark.parametrize("size", [SMALL, MIDDLE])
async def test_a_seat_at_another_page_is_told_where_the_run_went(
    size: tuple[int, int], tmp_path: Path
) -> None:
    room = Room(tmp_path)
    room.ask(CHIEF, Continue())
    said: set[str] = set()
    async with AsyncExitStack() as stack:
        tables = await seat_all(stack, room, size, (*PAGES, PROJECTOR))
        while room.game.phase != phases.CLOSED:
            for seat, key in PAGES.items():
                for back in ("escape", "q"):
                    if tables[seat].app.shell.over_run:
                        await tables.press(seat, back)
                assert not tables[seat].app.context.behind
                await tables.press(seat, key)
            before = {seat: tables[seat].where for seat in PAGES}
            if room.game.phase == phases.DELIBERATION:
                room.to(answered(room.game.number))
            else:
                room.ask(CHIEF, Continue())
            await tables.settle()
            for seat, was in before.items():
                hand, words = tables[seat], went_on(Eye(room.game, seat))
                stays = hand.app.shell.over_run and hand.where == was
                if words and stays:
                    assert words in " ".join(hand.shown.split()), (seat, was)
                    said.add(room.game.phase)
                    await hand.press("full_stop")
                    assert words not in " ".join(hand.shown.split())
            assert not tables[PROJECTOR].app.context.behind
    assert {phases.LEVERS, phases.DELIBERATION, phases.REVIEW, phases.HOTWASH} <= said
