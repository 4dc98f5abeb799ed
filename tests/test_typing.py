"""Typing is typing: a text goes into its field, stays there, and is never taken for keys."""

from __future__ import annotations

import pytest
from kit.desk import MIDDLE, SMALL, seated, sit
from kit.keys import post
from kit.room import CHIEF, LEAD, MEMBER, OTHER, Room, choosing, in_phase

from ttx.session import phases
from ttx.session.answer import Answer
from ttx.session.control_commands import Enter
from ttx.session.events import Committed, Paused
from ttx.session.notebook_events import Noted
from ttx.session.play_commands import Submit

pytestmark = pytest.mark.usefixtures("strict", "shelf")
SIZES = (SMALL, MIDDLE)


@pytest.mark.parametrize("size", SIZES)
async def test_a_note_goes_on_where_the_run_moves_on_under_it(
    size: tuple[int, int], room: Room
) -> None:
    room.to(choosing)
    async with sit(room.app(MEMBER), size) as hand:
        await hand.press("n", "tab")
        await hand.write("They ask")
        room.to(in_phase(phases.REVIEW))
        await hand.settle()
        assert "Ruling" == hand.where
        assert "Note: decision" in hand.shown
        assert "They ask" in hand.shown
        await hand.write(" quick E yes")
        room.to(in_phase(phases.LEVERS))
        await hand.settle()
        assert "Table" == hand.where
        await hand.write(" now")
        await hand.press("left", "left", "left", "left", "s", "end", "enter")
        assert [Noted("They ask quick E yess now", "decision")] == hand.facts(Noted)
        assert "The note is in the record." in hand.shown
        assert hand.page.question.asks is None


async def test_keys_that_come_while_the_page_changes_go_into_the_text(room: Room) -> None:
    room.to(choosing)
    async with sit(room.app(MEMBER)) as hand:
        await hand.press("n", "a")
        post(hand, "bc")
        room.to(in_phase(phases.REVIEW))
        post(hand, [*"def", "enter"])
        await hand.settle()
        assert [Noted("abcdef")] == hand.facts(Noted)


async def test_a_note_over_another_page_goes_on_as_well(room: Room) -> None:
    room.to(choosing)
    async with sit(room.app(CHIEF), MIDDLE) as chief, sit(room.app(LEAD), MIDDLE) as lead:
        for hand in (chief, lead):
            await hand.press("S", "n")
            await hand.write("why")
        room.to(in_phase(phases.RECKONING))
        for hand, place in ((chief, "Control"), (lead, "Reckoning")):
            await hand.settle()
            assert place == hand.where
            await hand.press("y", "enter")
        assert [Noted("whyy")] * 2 == lead.facts(Noted)


async def test_a_rationale_that_comes_too_late_stays_with_the_reason(room: Room) -> None:
    room.to(choosing)
    async with sit(room.app(MEMBER), MIDDLE) as hand:
        await hand.press("r")
        await hand.write("Because")
        room.to(in_phase(phases.REVIEW))
        await hand.settle()
        await hand.press("enter")
        assert "The table has moved on: what this is for is answered." in hand.shown
        assert "Because" in hand.shown
        await hand.press("escape")
        assert "Throw away what you have written?" in hand.shown
        await hand.press("escape", "E", "enter")
        assert "BecauseE" in hand.shown
        await hand.press("escape", "y")
        assert "Because" not in hand.shown
        assert "" == hand.app.context.state.draft.answer.rationale


@pytest.mark.parametrize("size", SIZES)
async def test_where_nothing_can_be_written_its_letters_do_nothing(
    size: tuple[int, int], room: Room
) -> None:
    """`r` and a sentence, where the lead has answered meanwhile."""
    room.to(choosing)
    async with sit(room.app(MEMBER), size) as hand, sit(room.app(LEAD), size) as lead:
        room.ask(LEAD, Submit(Answer(room.options()[0].id)))
        before = room.game.entries
        for seat in (hand, lead):
            for key in ("r", "w"):
                await seat.settle()
                await seat.press(key)
                assert "Your cell has already answered." in seat.shown
                await seat.write("nobody quits Me Sx?")
                await seat.press("space", "tab", "up")
                assert "Table" == seat.where
                assert "Your cell has already answered." in seat.shown
                await seat.press("enter")
                assert seat.page.question.asks is None
        assert before == room.game.entries
        assert not hand.facts(Committed)


async def test_a_challenge_that_is_refused_takes_no_sentence_for_keys(room: Room) -> None:
    room.to(in_phase(phases.REVIEW))
    async with sit(room.app(LEAD), MIDDLE) as hand:
        await hand.press("c")
        await hand.write("weak")
        await hand.press("enter", "c")
        assert "Your seat has challenged once in this turn." in hand.shown
        before = room.game.entries
        await hand.write("not fair Sn")
        assert "Ruling" == hand.where
        await hand.press("escape")
        assert before == room.game.entries


async def test_the_fields_before_are_not_thrown_away_unasked(room: Room) -> None:
    room.to(choosing)
    async with sit(room.app(LEAD), MIDDLE) as hand:
        await hand.press("w")
        await hand.write("send both")
        await hand.press("enter")
        assert "2 of 3" in hand.shown
        await hand.press("escape")
        assert "Throw away what you have written?" in hand.shown
        await hand.press("escape")
        assert "2 of 3" in hand.shown
        await hand.press("enter", "enter")
        assert "w send both" in hand.shown
        await hand.press("w", "enter", "escape")
        assert hand.page.question.asks is None, "nothing new was written"


@pytest.mark.parametrize("leaves", ["ctrl+q", "ctrl+c"])
async def test_leaving_keeps_what_is_being_typed_until_it_is_sure(leaves: str) -> None:
    async with sit(seated("tutorial")) as desk:
        await desk.press("n")
        await desk.write("half")
        await desk.press(leaves)
        assert "Leave this run?" in desk.shown
        await desk.press("escape", "x", "enter")
        assert [Noted("halfx")] == desk.facts(Noted)
        await desk.press("n", "z", leaves, "y")
        assert desk.app._exit or "Home" == desk.where


async def test_a_click_while_something_is_typed_moves_the_cursor_only(room: Room) -> None:
    room.to(choosing)
    async with sit(room.app(OTHER), MIDDLE) as hand:
        await hand.press("n")
        await hand.write("abc")
        for region in ("options", "text", "footer", "status", "question-line"):
            x, y = hand.region(region).area.offset
            await hand.point(x + 2, y)
        await hand.press("d", "enter")
        assert ["abcd"] == ["".join(sorted(one.text)) for one in hand.facts(Noted)]
        assert not hand.facts(Paused)


async def test_how_to_commit_is_said_only_while_something_can_be_committed(room: Room) -> None:
    room.to(choosing)
    async with sit(room.app(LEAD), MIDDLE) as hand:
        await hand.press("enter")
        assert "commits what is marked" in hand.shown
        room.ask(CHIEF, Enter("us", Submit(Answer(room.options()[0].id))))
        await hand.settle()
        assert phases.DELIBERATION == room.game.phase
        assert "commits what is marked" not in hand.shown
        assert "Entered by exercise control." in hand.shown


@pytest.mark.parametrize("size", SIZES)
async def test_answers_that_one_row_has_no_room_for_stand_in_several(
    size: tuple[int, int], room: Room
) -> None:
    words = {str(digit): f"answer number {digit} of a long row" for digit in range(1, 8)}
    took: list[str] = []
    async with sit(room.app(LEAD), size) as hand:
        hand.page.prompt_key("A question that is asked with many answers?", words, took.append)
        await hand.settle()
        for word in words.values():
            assert word in hand.shown
        assert await hand.click(words["7"])
        assert ["7"] == took
