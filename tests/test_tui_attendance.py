"""Who is here, and what can be done about a seat: messages, invitations, hand-over."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from crowd import peopled
from kit.desk import LARGE, MIDDLE, SMALL, sit
from kit.desk import Desk as Hand
from kit.room import CHIEF, LEAD, MEMBER, OTHER, Room, Sitter, choosing

from ttx.session import phases
from ttx.session.answer import Answer
from ttx.session.control_events import SeatHandedOver
from ttx.session.events import EVERYBODY, Messaged
from ttx.session.notebook_events import Allowed
from ttx.session.play_commands import Continue, Submit
from ttx.session.run import PERSON
from ttx.tui.screens.attendance import AttendanceScreen

pytestmark = pytest.mark.usefixtures("strict", "shelf")
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


@asynccontextmanager
async def seats(
    room: Room, codes: Codes | None = None, size: tuple[int, int] = SMALL
) -> AsyncIterator[Hand]:
    """The facilitator at the attendance page."""
    app = room.app(CHIEF)
    app.context.invites = codes
    async with sit(app, size) as hand:
        await hand.press("A")
        assert "Attendance" == hand.where
        yield hand


def mark(hand: Hand, seat: str) -> None:
    """Have a seat's row marked."""
    page = hand.page
    assert isinstance(page, AttendanceScreen)
    page.seats.mark(seat)


def row_of(hand: Hand, name: str) -> str:
    """The row of a seat, with single spaces."""
    rows = hand.region("seats").shown.plain.splitlines()
    return " ".join(next(row for row in rows if re.match(rf"^.? *{name} ", row)).split())


# --- who is here ---


@pytest.mark.parametrize("size", SIZES)
async def test_who_is_here_and_how_well(size: tuple[int, int], room: Room) -> None:
    sits = Sitter((120, 40), 41)
    room.attendance.connect(LEAD, sits)
    room.attendance.connect(MEMBER, Sitter((80, 24), 1180, behind=True))
    gone = Sitter()
    room.attendance.connect(OTHER, gone)
    room.now += 240
    room.attendance.disconnect(OTHER, gone)
    room.now += 3780
    room.attendance.disconnect(LEAD, sits)
    room.attendance.connect(LEAD, sits)
    room.now += 120
    async with seats(room, Codes(), size) as hand:
        assert "WHO IS HERE 2 of 8" in hand.shown
        full = "" if size == SMALL else r".*"
        lead = ", lead" if size == LARGE else ""
        for name, words in (
            ("Relief staff", rf"US{lead} here 2 min 41 ms 120x40 code given out"),
            ("Deputy", r"US idle 1 h 09 1180 ms 80x24 slow code given out"),
            ("Tokyo desk", rf"Japan{lead} away 1 h 05 - - code given out"),
            ("Evaluator", r"White never came - - - code given out"),
        ):
            found = row_of(hand, name)
            assert re.search(rf"{name} {full}{words}$", found), found


@pytest.mark.parametrize("size", [MIDDLE, LARGE])
async def test_a_screen_that_shows_no_page_is_not_told_as_here(
    size: tuple[int, int], room: Room
) -> None:
    room.attendance.connect(LEAD, Sitter((60, 20)))
    room.attendance.connect(OTHER, Sitter((0, 0)))  # plain lines have no size
    async with sit(room.app(CHIEF), size) as hand:
        control = [row for row in hand.rows if "Relief staff" in row or "Tokyo desk" in row]
        assert ["window too small" in row for row in control] == [True, False]
        await hand.press("A")
        assert "too small" in row_of(hand, "Relief staff")
        assert "60x20" in row_of(hand, "Relief staff")
        assert "here" in row_of(hand, "Tokyo desk")


async def test_a_key_says_that_somebody_is_there(room: Room) -> None:
    async with sit(room.app(OTHER)) as hand, sit(room.app(CHIEF), MIDDLE) as desk:
        room.attendance.connect(OTHER, Sitter())
        room.attendance.connect(CHIEF, Sitter())
        room.now += 600
        await desk.press("A")
        assert "idle" in row_of(desk, "Tokyo desk")
        await hand.press("j")
        await desk.press("j")
        assert "here" in row_of(desk, "Tokyo desk")
        assert "here" in row_of(desk, "Facilitator")


async def test_times_and_lags_are_shown_anew_only_where_they_are_looked_at(room: Room) -> None:
    screen = Sitter()
    room.attendance.connect(LEAD, screen)
    async with seats(room) as hand:
        page = hand.page
        assert isinstance(page, AttendanceScreen)
        assert "now 23 ms" in row_of(hand, "Relief staff")
        screen.lag = 99
        room.now += 120
        page.refresh_seats()
        assert "2 min 99 ms" in row_of(hand, "Relief staff")
        await hand.press("question_mark")
        screen.lag = 100
        page.refresh_seats()
        assert "99 ms" in page.regions["seats"].shown.plain
        await hand.press("escape")
        assert "2 min 100 ms" in row_of(hand, "Relief staff")


async def test_somebody_comes_and_goes(room: Room) -> None:
    async with seats(room) as hand:
        screen = Sitter()
        room.attendance.connect(LEAD, screen)
        await hand.settle()
        assert "Relief staff US here" in row_of(hand, "Relief staff")
        room.attendance.disconnect(LEAD, screen)
        await hand.settle()
        assert "Relief staff US away" in row_of(hand, "Relief staff")


async def test_a_click_marks_a_seat_and_does_nothing_more(room: Room) -> None:
    codes = Codes()
    async with seats(room, codes) as hand:
        assert row_of(hand, "Relief staff").startswith("▸")
        before = room.game.entries
        for _ in range(2):
            assert await hand.click("Deputy", "seats")
            assert row_of(hand, "▸ Deputy").startswith("▸")
            assert not row_of(hand, "Relief staff").startswith("▸")
            assert "Attendance" == hand.where
        assert (before, []) == (room.game.entries, codes.asked)
        await hand.press("j", "j", "k")
        assert row_of(hand, "▸ Tokyo desk").startswith("▸")
        await hand.scroll(-1)
        assert row_of(hand, "▸ Deputy").startswith("▸")
        await hand.press("k", "k")
        assert row_of(hand, "▸ Room").startswith("▸")


async def test_more_seats_than_rows(tmp_path: Path) -> None:
    async with seats(Room(tmp_path, peopled(24))) as hand:
        assert "Room" not in hand.shown
        await hand.press("k")
        assert row_of(hand, "▸ Room").startswith("▸")
        assert "Relief staff" not in hand.region("seats").shown.plain
        await hand.press("k")
        assert "Room" in hand.shown
        await hand.press("j", "j")
        assert row_of(hand, "▸ Relief staff").startswith("▸")


# --- where it opens, and how long it stays ---


async def test_it_is_the_facilitators_alone(room: Room) -> None:
    for seat in (LEAD, "evaluator", "observer"):
        async with sit(room.app(seat)) as hand:
            await hand.press("A")
            assert "Briefing" == hand.where
            await hand.press("question_mark", "G")
            assert "Who is here" not in hand.shown


async def test_it_stays_while_phases_come_and_go_and_with_it_what_lies_over_it(room: Room) -> None:
    async with seats(room, Codes(), MIDDLE) as hand:
        room.ask(CHIEF, Continue())
        await hand.settle()
        assert phases.LEVERS == room.game.phase
        assert "Attendance" == hand.where
        assert "who is here" in hand.rows[1]
        await hand.press("i")
        room.ask(CHIEF, Continue())
        await hand.settle()
        assert "code OLD-relief" in hand.shown
        await hand.press("escape", "escape")
        assert "Control" == hand.where
        await hand.press("T")
        assert "Table" == hand.where
        room.to(lambda game: game.phase == phases.REVIEW)
        await hand.settle()
        assert "Control" == hand.where


async def test_it_is_open_again_after_a_dropped_connection(room: Room) -> None:
    async with seats(room):
        pass
    app = room.app(CHIEF, lobby=True)
    async with sit(app) as hand:
        await hand.press("enter")
        assert "Attendance" == hand.where


# --- messages and invitations ---


async def test_a_message_to_one_and_to_all(room: Room) -> None:
    async with seats(room) as hand, sit(room.app(MEMBER)) as member:
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
    async with seats(room, Codes(), MIDDLE) as hand:
        assert "i invitation" in hand.shown
        await hand.press("j", "i")
        assert "Sheet" == hand.where
        assert "ssh -p 2222 deputy@192.0.2.7 code OLD-deputy" in hand.shown


async def test_a_new_code_is_asked_about_and_shown(room: Room) -> None:
    codes = Codes()
    async with seats(room, codes) as hand:
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
    async with seats(room, codes) as hand:
        await hand.press("j", "x")
        assert "Revoke the invitation of Deputy? y Revoke, and send away" in hand.shown
        await hand.press("escape")
        assert [] == codes.asked
        await hand.press("x", "y")
        assert [("revoke", MEMBER)] == codes.asked
        assert row_of(hand, "▸ Deputy").endswith("revoked")


async def test_nobody_is_locked_out_of_their_own_seat(room: Room) -> None:
    codes = Codes()
    async with seats(room, codes) as hand:
        while not row_of(hand, ".*Facilitator").startswith("▸"):
            await hand.press("j")
        await hand.press("x")
        assert "That is your own seat" in hand.shown
        await hand.press("y", "r", "y")
        assert [] == codes.asked


async def test_a_code_that_cannot_be_written_is_said(room: Room) -> None:
    codes = Codes()
    codes.refuses = "run.seats.toml cannot be written: disk full."
    async with seats(room, codes) as hand:
        await hand.press("r", "y")
        assert codes.refuses in hand.shown
        assert "Attendance" == hand.where


async def test_without_invitations_there_are_no_keys_for_them(room: Room) -> None:
    async with seats(room, size=LARGE) as hand:
        assert "w write" in hand.shown
        for words in ("i invitation", "x revoke", "invitation"):
            assert words not in hand.shown
        await hand.press("i", "r", "x")
        assert "Attendance" == hand.where
        assert hand.page.question.asks is None
        await hand.press("question_mark")
        assert "A message to the marked seat" in hand.shown
        assert "A new code for the marked seat" not in hand.shown


async def test_it_is_taken_from_size_to_size(room: Room) -> None:
    room.attendance.connect(LEAD, Sitter())
    async with seats(room, Codes()) as hand:
        assert isinstance(hand.page, AttendanceScreen)
        for size in (MIDDLE, LARGE, SMALL):
            await hand.resize(*size)
            assert "Relief staff" in row_of(hand, "▸ Relief staff")
            if size == SMALL:
                assert "Commander, US relief staff" not in hand.shown
            else:
                assert "Commander, US relief staff" in hand.shown


# --- hand over ---


async def test_a_seat_is_given_to_another_person_with_a_new_code(room: Room) -> None:
    codes = Codes()
    async with seats(room, codes) as hand:
        await hand.press("j", "t")
        assert "HAND OVER DEPUTY" in hand.shown
        assert "at the same screen" in hand.shown
        assert "Robot" not in hand.shown
        await hand.press("escape", "t", "2")
        assert "Hand Deputy over? Its code and keys are void. y Hand over" in hand.shown
        await hand.press("escape")
        assert ([], []) == (hand.facts(SeatHandedOver), codes.asked)
        await hand.press("t", "j", "enter", "y")
        assert [SeatHandedOver(MEMBER, PERSON)] == hand.facts(SeatHandedOver)
        assert [("revoke", MEMBER), ("reissue", MEMBER)] == codes.asked
        assert "code NEW-deputy" in hand.shown
        await hand.press("escape", "t", "1")
        assert 2 == len(hand.facts(SeatHandedOver))
        assert "Deputy is handed over. Whoever sits there reads a catch-up brief." in hand.shown


async def test_a_cell_is_given_to_a_robot_and_taken_back(room: Room) -> None:
    room.to(choosing)
    robots = room.game.run.exercise.robot
    async with seats(room) as hand:
        await hand.press("t")
        for one in robots:
            assert f"Robot {one.id}" in hand.shown
        await hand.press("2")
        assert f"Have the robot {robots[0].id} play the US cell? y Hand over" in hand.shown
        await hand.press("x")
        assert not hand.facts(SeatHandedOver)
        await hand.press("t", "2", "y")
        assert [SeatHandedOver(LEAD, robots[0].id)] == hand.facts(SeatHandedOver)
        assert "its seats read along." in hand.shown
        await hand.press("j", "t")
        assert f"{robots[0].id} plays the US cell; take its lead back, Relief staff." in hand.shown
        await hand.press("k", "t")
        assert "A person again" in hand.shown
        assert f"now {robots[0].id}" in hand.shown
        assert f"Robot {robots[0].id} " not in hand.region("rows").shown.plain
        await hand.press("1")
        assert SeatHandedOver(LEAD, PERSON) == hand.facts(SeatHandedOver)[1]
        assert ["us", "japan"] == room.game.run.people


async def test_seats_that_answer_nothing_stay_where_they_are(room: Room) -> None:
    async with seats(room) as hand:
        for seat in ("evaluator", CHIEF, "projector"):
            mark(hand, seat)
            await hand.press("t")
            assert "Only seats of the cells that play change hands." in hand.shown
        assert not hand.facts(SeatHandedOver)


@pytest.mark.slow
async def test_a_seat_whose_code_cannot_be_voided_stays_where_it_is(room: Room) -> None:
    codes = Codes()
    codes.refuses = "run.seats.toml cannot be written: disk full."
    async with seats(room, codes) as hand:
        await hand.press("t", "2", "y")
        assert codes.refuses in hand.shown
        assert not hand.facts(SeatHandedOver)
        room.to(lambda game: game.phase == phases.HOTWASH)
        await hand.settle()
        await hand.press("t")
        assert "The exercise has ended; no seat changes hands any more." in hand.shown


# --- observers ---


@pytest.mark.slow
async def test_the_facilitator_sets_what_observers_see(room: Room) -> None:
    async with seats(room) as hand, sit(room.app("observer"), MIDDLE) as watch:
        assert "Observers see all that the white cell sees." in hand.shown
        await hand.press("o")
        assert [Allowed("room")] == hand.facts(Allowed)
        assert "Observers see what the room sees from now on." in hand.shown
        await hand.press("j")
        assert "Observers see what the room sees." in hand.shown
        room.to(choosing)
        room.ask(LEAD, Submit(Answer(room.options()[0].id, 70, {}, "QWHY")))
        await watch.settle()
        await watch.press("i", "G")
        assert "QWHY" not in watch.shown
        await watch.press("escape", "J")
        assert "No notes yet" in watch.shown
        await watch.press("escape")
        await hand.press("o")
        await watch.settle()
        assert "QWHY" in watch.shown
        room.ask(OTHER, Submit(Answer(room.options()[0].id)))
        await hand.press("o")
        await watch.settle()
        assert "QWHY" not in watch.shown
        assert "Table" == watch.where
        assert "All answers are in. The facilitator adjudicates next." in watch.shown
