"""What is said beside the play, on the screens: notes with a letter, requests, the brief."""

from __future__ import annotations

import kit.room
import pytest
from kit.desk import LARGE, MIDDLE, SMALL, seated, sit
from kit.room import CHIEF, LEAD, MEMBER, OTHER, RED, Room, choosing, in_phase

from ttx.session import phases
from ttx.session.answer import Answer
from ttx.session.control_commands import HandOver
from ttx.session.notebook_events import Inquired, Noted, Replied
from ttx.session.play_commands import Continue, Message, Submit
from ttx.session.run import PERSON, PROJECTOR
from ttx.session.side_commands import Inquire, Note, Reply
from ttx.session.view.brief import MOST, brief
from ttx.session.view.eye import Eye

pytestmark = pytest.mark.usefixtures("strict", "shelf")
SIZES = (SMALL, MIDDLE, LARGE)


# --- notes ---


@pytest.mark.slow
@pytest.mark.parametrize("size", SIZES)
async def test_a_note_is_typed_at_once_and_tab_says_what_it_is(
    size: tuple[int, int], room: Room
) -> None:
    async with sit(room.app(MEMBER), size) as hand:
        await hand.press("n")
        assert "Note: no kind" in hand.shown
        await hand.write("The captain should")
        await hand.press("enter")
        assert [Noted("The captain should")] == hand.facts(Noted)
        kinds = ("decision", "insight", "assumption", "question", "quote", "issue", "no kind")
        await hand.press("n")
        for kind in kinds:
            await hand.press("tab")
            assert f"Note: {kind}" in hand.shown
        await hand.write("tides")
        await hand.press("tab", "tab", "tab", "tab", "shift+tab")
        await hand.write(" hold")
        assert "Note: assumption" in hand.shown
        await hand.press("enter")
        assert Noted("tides hold", "assumption") == hand.facts(Noted)[1]
        await hand.press("n")
        assert "Note: no kind" in hand.shown
        await hand.press("tab", "enter", "n", "escape")
        assert 2 == len(hand.facts(Noted))
        assert hand.page.question.asks is None
        await hand.press("n")
        assert await hand.click("Tab kind", "question-line")
        assert "Note: decision" in hand.shown
        await hand.write("go")
        await hand.press("enter")
        assert Noted("go", "decision") == hand.facts(Noted)[2]


@pytest.mark.slow
async def test_notes_are_read_again_by_the_cell_that_wrote_them(room: Room) -> None:
    room.to(choosing)
    room.ask(MEMBER, Note("QOURS", "insight"))
    room.ask(OTHER, Note("QTHEIRS"))
    async with sit(room.app(LEAD)) as hand:
        await hand.press("J")
        assert "insight Deputy turn 1, inject 1.1, " in hand.shown
        assert "JST" in hand.shown
        assert "QOURS" in hand.shown
        assert "QTHEIRS" not in hand.shown
        room.ask(LEAD, Note("QNEXT"))
        await hand.settle()
        assert "QNEXT" in hand.shown
    for seat, reads in ((RED, ()), ("observer", ("QOURS", "QTHEIRS")), (CHIEF, ("QTHEIRS",))):
        async with sit(room.app(seat)) as hand:
            await hand.press("J")
            assert "Journal" == hand.where
            for words in ("QOURS", "QTHEIRS"):
                assert (words in hand.shown) == (words in reads or seat == CHIEF)
    async with sit(room.app(PROJECTOR)) as hand:
        await hand.press("J")
        assert "Table" == hand.where


async def test_notes_and_the_brief_at_one_keyboard() -> None:
    async with sit(seated("tutorial")) as hand:
        await hand.press("K")
        assert "Briefing" == hand.where
        await hand.press("enter", "n", "tab")
        await hand.write("go in")
        await hand.press("enter", "J")
        assert "decision" in hand.shown
        assert "go in" in hand.shown
        await hand.press("escape", "K")
        assert "Sheet" == hand.where
        assert "turn 1 of 2" in hand.shown
        assert "Now: levers may be moved, until all are done." in hand.shown
        await hand.press("escape", "I", "A")
        assert "Table" == hand.where


async def test_what_is_written_can_be_mended() -> None:
    async with sit(seated("tutorial")) as hand:
        await hand.press("n")
        await hand.write("pierxs")
        await hand.press(
            "backspace", "left", "delete", "s", "home", "t", "h", "e", "space", "enter"
        )
        assert [Noted("the piers")] == hand.facts(Noted)


# --- requests for information ---


@pytest.mark.slow
@pytest.mark.parametrize("size", SIZES)
async def test_a_cell_asks_and_control_answers(size: tuple[int, int], room: Room) -> None:
    room.to(choosing)
    async with sit(room.app(MEMBER), size) as hand, sit(room.app(CHIEF), size) as chief:
        await hand.press("a")
        assert "Request to control, your 1st this turn" in hand.shown
        await hand.write("which pier")
        await hand.press("enter", "a")
        assert "your 2nd this turn" in hand.shown
        await hand.write("whose ship")
        await hand.press("enter")
        assert ["which pier", "whose ship"] == [one.question for one in hand.facts(Inquired)]
        await chief.press("I")
        assert "Inquiries" == chief.where
        assert "2 open of 2" in chief.shown
        assert "REQUEST 1" in chief.shown
        assert "Deputy, US; turn 1, inject 1.1" in chief.shown
        await chief.press("j", "enter")
        assert "Answer to request 2" in chief.shown
        await chief.write("ours")
        await chief.press("enter")
        assert [Replied(2, "us", "ours")] == chief.facts(Replied)
        assert "1 open of 2" in chief.shown
        assert chief.shown.index("which pier") < chief.shown.index("whose ship")
        await chief.press("enter")
        assert "was answered already" in chief.shown
        await hand.press("k")
        assert "Control answers request 2: ours . I have read it" in hand.shown
        await hand.press("full_stop")
        assert "Control answers" not in hand.shown
        await hand.press("I", "j")
        assert "Control answers: ours" in hand.shown
        await hand.press("enter")
        assert 1 == len(hand.facts(Replied))
    async with sit(room.app(LEAD), size) as lead:
        assert "Control answers request 2: ours" in lead.shown


@pytest.mark.slow
async def test_nobody_else_reads_requests_and_replies(room: Room) -> None:
    room.to(choosing)
    room.ask(MEMBER, Inquire("QASKED"))
    room.ask(CHIEF, Reply(1, "QREPLY"))
    for seat in (OTHER, RED, PROJECTOR):
        async with sit(room.app(seat), MIDDLE) as hand:
            shown = hand.shown
            await hand.press("I")
            assert ("Inquiries" == hand.where) == (seat == OTHER)
            for words in ("QASKED", "QREPLY"):
                assert words not in f"{shown} {hand.shown}"
    async with sit(room.app("evaluator"), MIDDLE) as hand:
        await hand.press("I", "enter", "a")
        assert "QREPLY" in hand.shown
        assert hand.page.question.asks is None


async def test_requests_are_for_the_time_of_play(room: Room) -> None:
    async with sit(room.app(LEAD)) as hand:
        await hand.press("I")
        assert "Inquiries" == hand.where
        await hand.press("a")
        assert hand.page.question.asks is None
        room.to(choosing)
        await hand.settle()
        await hand.press("I")
        assert "Your cell has asked nothing yet; a asks control." in hand.shown
        await hand.press("a", "x", "enter")
        assert [Inquired("x")] == hand.facts(Inquired)


# --- the brief ---


@pytest.mark.slow
def test_the_brief_is_ten_lines_at_most(room: Room) -> None:
    seen = set()
    while not room.table.closed:
        game = room.game
        for seat in kit.room.SEATS:
            lines = brief(Eye(game, seat))
            assert len(lines) <= MOST
            assert all(len(one) < 400 for one in lines)
            seen.add(len(lines))
        if game.phase == phases.DELIBERATION:
            room.ask(MEMBER, Inquire("Q " * 400))
            room.ask(CHIEF, Reply(len(game.notebook.inquiries) + 1, "R " * 400))
            room.ask(CHIEF, Message(MEMBER, "M " * 400))
        if game.phase == phases.HOTWASH:
            break
        room.ask(CHIEF, Continue())
    assert MOST in seen


def test_the_brief_says_what_counts(room: Room) -> None:
    room.to(choosing)
    room.ask(MEMBER, Inquire("which pier"))
    told = " ".join(brief(Eye(room.game, MEMBER)))
    for words in (
        "turn 1 of 2",
        "deliberation.",
        "You are Deputy, US relief staff.",
        "Asked now (1.1 ",
        "Relief staff leads your cell; Tokyo desk leads the Japan cell",
        "Levers: ",
        "None was moved yet.",
        "Requests of your cell to control: 1, 1 waiting.",
    ):
        assert words in told
    room.ask(CHIEF, Reply(1, "the east one"))
    room.to(in_phase(phases.RECKONING))
    room.to(in_phase(phases.LEVERS))
    told = " ".join(brief(Eye(room.game, MEMBER)))
    for words in ("1.1 ", "At the end of turn 1: ", "Against ", "Last reply (1): the east one"):
        assert words in told


async def test_a_crisis_is_asked_with_the_time_its_window_leaves(room: Room) -> None:
    room.to(lambda game: bool(game.inject and game.inject.window and game.slot))
    told = " ".join(brief(Eye(room.game, LEAD)))
    assert " The window closes " in told
    assert " JST, after " in told


async def test_the_lobby_catches_up_whoever_comes_late(room: Room) -> None:
    async with sit(room.app(MEMBER, lobby=True)) as hand:
        assert "catch up" not in hand.foot
        await hand.press("K")
        assert "Lobby" == hand.where
    room.to(choosing)
    async with sit(room.app(MEMBER, lobby=True)) as hand:
        assert "K catches you up." in hand.shown
        await hand.press("K")
        assert "Asked now (1.1 " in hand.shown
        await hand.press("escape", "enter")
        assert "Table" == hand.where


async def test_whoever_a_seat_is_handed_to_reads_the_brief_once(room: Room) -> None:
    room.to(choosing)
    async with sit(room.app(MEMBER)) as hand, sit(room.app(LEAD)) as lead:
        room.ask(CHIEF, HandOver(MEMBER, PERSON))
        await hand.settle()
        assert "CATCH UP" in hand.shown
        await hand.press("escape")
        room.ask(LEAD, Note("go on"))
        await hand.settle()
        assert "Table" == hand.where
        await lead.settle()
        assert "Table" == lead.where
    async with sit(room.app(MEMBER)) as hand:
        assert "Table" == hand.where


async def test_a_cell_is_taken_by_a_robot_and_taken_back(room: Room) -> None:
    room.to(choosing)
    robot = room.game.run.exercise.robot[0].id
    async with sit(room.app(MEMBER)) as hand, sit(room.app(OTHER)) as other:
        room.ask(CHIEF, HandOver(LEAD, robot))
        await hand.settle()
        assert f"The robot {robot} plays your cell from here on." in hand.shown
        await hand.press("escape", "enter")
        assert "This seat answers for no cell." in hand.shown
        room.ask(OTHER, Submit(Answer(room.options()[0].id)))
        assert phases.ADJUDICATION == room.game.phase
        room.ask(CHIEF, HandOver(LEAD, PERSON))
        for one in (hand, other):
            await one.settle()
        assert "CATCH UP" in hand.shown
        assert "CATCH UP" not in other.shown
