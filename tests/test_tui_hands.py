"""Second hands and absent people at the screens: the lead, rights, the pace, what is entered."""

from __future__ import annotations

from contextlib import AsyncExitStack
from pathlib import Path

import pytest
from kit.desk import LARGE, MIDDLE, SMALL, sit
from kit.room import CHIEF, LEAD, MEMBER, OTHER, Room, Sitter, Tables, choosing, seat_all

from ttx.report.aar.account import Account, Imprint
from ttx.report.aar.whole import after_action
from ttx.report.markdown import markdown
from ttx.session import phases
from ttx.session.answer import Answer
from ttx.session.control_commands import GiveRights, PassPace, Promote
from ttx.session.control_events import PacePassed, Promoted, RightsGiven
from ttx.session.events import Answered, Chosen, LeversLeft, Moved
from ttx.session.gates import Gate, gate
from ttx.session.play_commands import Commit, Continue, End
from ttx.session.run import PROJECTOR, RELEASES, REPLIES, RULINGS
from ttx.session.side_commands import Inquire
from ttx.session.timeline import Timeline
from ttx.tui.screens.attendance import AttendanceScreen

pytestmark = pytest.mark.usefixtures("strict", "shelf")
HELPER = "evaluator"


async def at_seats(hands: Tables, seat: str, marked: str) -> None:
    """The page of seats before a seat at the desk, with one of them marked."""
    await hands.press(seat, "A")
    page = hands[seat].page
    assert isinstance(page, AttendanceScreen)
    page.seats.mark(marked)


# --- a lead who never comes ---


@pytest.mark.parametrize("size", [SMALL, MIDDLE])
async def test_another_seat_is_made_the_lead_and_answers(size: tuple[int, int], room: Room) -> None:
    room.to(choosing)
    room.ask(MEMBER, Commit(Answer(room.options()[0].id)))
    async with AsyncExitStack() as stack:
        hands = await seat_all(stack, room, size, (CHIEF, MEMBER))
        await at_seats(hands, CHIEF, MEMBER)
        await hands.press(CHIEF, "l")
        words = "Make Deputy the lead of US? Relief staff does not answer for it any more."
        assert words in hands[CHIEF].shown
        await hands.press(CHIEF, "escape")
        assert not hands[CHIEF].facts(Promoted)
        await hands.press(CHIEF, "l", "y")

        assert [Promoted(MEMBER)] == hands[CHIEF].facts(Promoted)
        assert "Deputy leads US now, and all are told." in hands[CHIEF].shown
        await hands.press(CHIEF, "k", "j")
        assert "Deputy: US, lead" in hands[CHIEF].shown
        assert hands[CHIEF].foot.endswith("q back")
        assert "Enter submit" in hands[MEMBER].foot
        assert ("Deputy US, lead" in hands[MEMBER].shown) == (size == MIDDLE)
        await hands.press(MEMBER, room.options()[0].key, "enter", "y")
        assert ["us"] == [answer.cell for answer in hands[CHIEF].facts(Answered)][-1:]


async def test_who_leads_already_is_said(room: Room) -> None:
    async with AsyncExitStack() as stack:
        hands = await seat_all(stack, room, MIDDLE, (CHIEF,))
        await at_seats(hands, CHIEF, LEAD)
        await hands.press(CHIEF, "l")
        assert "Relief staff leads its cell already." in hands[CHIEF].shown
        await hands.press(CHIEF, "c")
        assert "Rights at the desk are for seats of exercise control." in hands[CHIEF].shown
        assert not hands[CHIEF].facts(Promoted)


# --- said is seen ---


@pytest.mark.slow
@pytest.mark.parametrize("size", [SMALL, MIDDLE, LARGE])
async def test_every_other_seat_reads_what_changed_hands(size: tuple[int, int], room: Room) -> None:
    room.to(choosing)
    everybody = (LEAD, MEMBER, OTHER, CHIEF, HELPER, "observer", PROJECTOR)
    async with AsyncExitStack() as stack:
        hands = await seat_all(stack, room, size, everybody)
        for command, own, words in (
            (Promote(MEMBER), MEMBER, "leads the US cell from here on."),
            (PassPace(HELPER), HELPER, "holds the pace from here on."),
        ):
            room.ask(CHIEF, command)
            await hands.settle()
            told = {**dict.fromkeys(everybody, words), own: words.replace("s the", " the", 1)}
            for seat in set(everybody) - {CHIEF}:
                assert told[seat] in hands[seat].shown, seat
                if seat != PROJECTOR:
                    await hands.press(seat, "full_stop")
                    assert told[seat] not in hands[seat].shown, seat
        room.ask(HELPER, PassPace(CHIEF))
        await hands.settle()
        assert {CHIEF} == hands.who_reads("You hold the pace from here on.")
        room.ask(CHIEF, GiveRights(HELPER, (REPLIES,)))
        await hands.settle()
        assert {HELPER} == hands.who_reads("At the desk you may from here on: answer requests.")


# --- second hands ---


async def test_rights_are_given_on_a_form_and_bring_control_with_their_keys(room: Room) -> None:
    room.ask(CHIEF, Continue())
    async with AsyncExitStack() as stack:
        hands = await seat_all(stack, room, MIDDLE, (CHIEF, HELPER, LEAD))
        assert "Control" != hands[HELPER].where
        await at_seats(hands, CHIEF, HELPER)
        await hands.press(CHIEF, "c")
        assert "RIGHTS OF Evaluator" in hands[CHIEF].shown
        await hands.press(CHIEF, "down", "down", "down", "1", "enter")

        assert [RightsGiven(HELPER, (REPLIES,))] == hands[CHIEF].facts(RightsGiven)
        assert "Evaluator: White, desk" in hands[CHIEF].shown
        assert "Control" == hands[HELPER].where
        assert "Facilitator holds the pace" in hands[HELPER].shown
        for word in ("Defer", "Skip", "Ad-hoc", "] Close the levers", "puts a question", "p puts"):
            assert word not in hands[HELPER].shown
        for word in ("pause", "next", "E end", "e enter"):
            assert word not in hands[HELPER].foot
        at = len(room.table.entries)
        for key in ("d", "s", "a", "e", "p", "space", "right_square_bracket", "w", "E", "u"):
            await hands.press(HELPER, key, "escape")
        assert at == len(room.table.entries)
        room.ask(LEAD, Inquire("Who asks?"))
        await hands.press(HELPER, "I", "enter")
        await hands.write(HELPER, "The governor")
        await hands.press(HELPER, "enter")
        assert "The governor" == room.game.notebook.inquiries[0].reply


async def test_the_last_right_taken_takes_control_away(room: Room) -> None:
    room.ask(CHIEF, Continue(), GiveRights(HELPER, (RELEASES,)))
    async with AsyncExitStack() as stack:
        hands = await seat_all(stack, room, SMALL, (CHIEF, HELPER))
        assert "Control" == hands[HELPER].where
        await at_seats(hands, CHIEF, HELPER)
        await hands.press(CHIEF, "c", "2", "enter")
        assert () == hands[CHIEF].facts(RightsGiven)[-1].rights
        assert "Control" != hands[HELPER].where


async def test_a_controller_releases_and_rules_and_the_pace_stays(room: Room) -> None:
    room.ask(CHIEF, GiveRights(HELPER, (RELEASES, RULINGS)))
    room.to(lambda game: game.phase == phases.INJECT)
    async with AsyncExitStack() as stack:
        hands = await seat_all(stack, room, MIDDLE, (CHIEF, HELPER))
        await hands.press(HELPER, "right_square_bracket")
        assert phases.DELIBERATION == room.game.phase
        assert HELPER == room.table.entries[-1].by
        await hands.press(HELPER, "right_square_bracket")
        assert phases.DELIBERATION == room.game.phase
        room.to(lambda game: game.phase == phases.ADJUDICATION)
        await hands.settle()
        await hands.press(HELPER, "right_square_bracket")
        assert phases.REVIEW == room.game.phase


async def test_the_pace_is_passed_and_taken_with_a_question(room: Room) -> None:
    room.ask(CHIEF, GiveRights(HELPER, (REPLIES,)))
    async with AsyncExitStack() as stack:
        hands = await seat_all(stack, room, MIDDLE, (CHIEF, HELPER))
        await at_seats(hands, CHIEF, HELPER)
        await hands.press(CHIEF, "c", "up", "1", "enter")
        assert "Pass the pace to Evaluator?" in hands[CHIEF].shown
        await hands.press(CHIEF, "y")
        assert [PacePassed(HELPER)] == hands[CHIEF].facts(PacePassed)
        assert not hands[CHIEF].facts(RightsGiven)[1:]
        await hands.press(CHIEF, "q", "space")
        assert not room.game.paused
        assert "Evaluator holds the pace" in hands[CHIEF].shown
        await hands.press(HELPER, "space", "space")
        assert not room.game.paused

        room.attendance.connect(HELPER, Sitter())
        await at_seats(hands, CHIEF, CHIEF)
        await hands.press(CHIEF, "c")
        assert "Evaluator is here. Take the pace from them all the same?" in hands[CHIEF].shown
        await hands.press(CHIEF, "escape")
        room.attendance._here.clear()
        await hands.press(CHIEF, "c")
        assert "Evaluator is not here. Take the pace?" in hands[CHIEF].shown
        await hands.press(CHIEF, "y")
        assert CHIEF == room.game.run.facilitator
        assert "You hold the pace now, and all are told." in hands[CHIEF].shown


async def test_who_may_not_give_rights_is_told_who_does(room: Room) -> None:
    room.ask(CHIEF, GiveRights(HELPER, (REPLIES,)))
    async with AsyncExitStack() as stack:
        hands = await seat_all(stack, room, MIDDLE, (HELPER,))
        for of_seat, words in (
            (CHIEF, "Facilitator holds the pace, and with it every right."),
            (MEMBER, "Rights at the desk are for seats of exercise control."),
        ):
            await at_seats(hands, HELPER, of_seat)
            await hands.press(HELPER, "c")
            assert words in hands[HELPER].shown
            await hands.press(HELPER, "q")


# --- what the desk enters ---


@pytest.mark.parametrize("size", [SMALL, MIDDLE])
async def test_a_turn_is_entered_at_one_screen(size: tuple[int, int], room: Room) -> None:
    """Levers, then an answer each, with the keys of the desk alone."""
    async with sit(room.app(CHIEF), size) as hand:
        await hand.press("right_square_bracket")
        assert "e enter" in hand.foot
        await hand.press("e")
        assert "ENTER FOR US" in hand.shown
        await hand.press("2", "enter")
        assert [LeversLeft("us", entered=True)] == hand.facts(LeversLeft)
        assert "ENTER FOR Japan" in hand.shown
        assert "Entered for US." in hand.shown
        await hand.press("2", "enter")
        assert "Control" == hand.where
        assert "Entered for Japan." in hand.shown
        while room.game.phase != phases.DELIBERATION:
            await hand.press("right_square_bracket")
        first = room.options()[0]
        await hand.press("e")
        assert first.title in hand.shown
        await hand.press(first.key, "tab")
        await hand.press("7", "0", "tab")
        await hand.write("by show of hands")
        await hand.press("ctrl+j")
        answer = hand.facts(Answered)[0]
        assert ("us", first.id, 70) == (answer.cell, answer.answer.option, answer.answer.confidence)
        assert "by show of hands" == answer.answer.rationale
        assert "ENTER FOR Japan" in hand.shown
        await hand.press(first.key, "ctrl+j")
        assert "Control" == hand.where
        given = hand.facts(Answered)
        assert ["us", "japan"] == [answer.cell for answer in given]
        assert "" == given[1].answer.rationale
        assert {CHIEF} == {e.by for e in room.table.entries if isinstance(e.event, Answered)}


@pytest.mark.slow
@pytest.mark.parametrize("size", [SMALL, MIDDLE])
async def test_a_whole_session_is_run_at_one_screen(size: tuple[int, int], room: Room) -> None:
    """One projector and no laptops, from STARTEX to the report, with keys alone."""
    async with sit(room.app(CHIEF), size) as hand:
        while room.game.phase != phases.CLOSED:
            at = room.game.entries
            if room.game.phase == phases.LEVERS:
                await hand.press("e", "2", "enter", "2", "enter", "right_square_bracket")
            elif gate(room.game) is Gate.ANSWERS:
                await hand.press("e")
                for _cell in room.game.run.people:
                    await hand.press(room.options()[0].key, "tab", "8", "0", "ctrl+j")
            else:
                await hand.press("right_square_bracket")
                if room.game.entries == at:
                    await hand.press("y")
            assert room.game.entries > at, hand.shown
    timeline = Timeline(room.game.run, room.table.entries)
    report = markdown(after_action(Account(timeline, Imprint("", "0", "0"))))
    answers = len([e for e in room.table.entries if isinstance(e.event, Answered)]) // 2
    assert answers > 1
    assert 2 == report.count(f"control entered all of its {answers} answers")
    assert "US (entered)" in report
    assert "Japan (entered)" in report


@pytest.mark.parametrize("size", [SMALL, MIDDLE])
async def test_every_seat_of_the_cell_reads_that_the_desk_entered_its_answer(
    size: tuple[int, int], room: Room
) -> None:
    room.to(choosing)
    async with AsyncExitStack() as stack:
        hands = await seat_all(stack, room, size, (CHIEF, LEAD, MEMBER, OTHER))
        key = room.options()[0].key
        await hands.press(CHIEF, "e", key, "ctrl+j")
        words = "Exercise control has entered your cell's answer"
        assert {LEAD, MEMBER} == hands.who_reads(words)
        assert "Entered by exercise control. Waiting for" in hands[LEAD].shown
        await hands.press(LEAD, "full_stop", key, "enter", "y")
        assert 1 == len(hands[CHIEF].facts(Answered))
        assert {MEMBER} == hands.who_reads(words)


async def test_an_action_in_own_words_is_entered_with_its_reasons(room: Room) -> None:
    room.to(choosing)
    async with sit(room.app(CHIEF), MIDDLE) as hand:
        await hand.press("e")
        own = len(room.game.inject.option) + 1 if room.game.inject is not None else 0
        await hand.press(str(own), "tab", "tab")
        await hand.write("Ask the islands")
        await hand.press("tab")
        await hand.write("They know")
        await hand.press("ctrl+j")
        answer = hand.facts(Answered)[0].answer
        assert ("", "Ask the islands", "They know") == (answer.option, answer.written, answer.pro)


async def test_nothing_chosen_is_said_and_what_is_typed_stays(room: Room) -> None:
    room.to(choosing)
    async with sit(room.app(CHIEF), MIDDLE) as hand:
        await hand.press("e", "shift+tab", "shift+tab")
        await hand.write("because")
        await hand.press("ctrl+j")
        assert "Choose first what the cell answers." in hand.shown
        assert "because" in hand.shown
        assert not hand.facts(Answered)
        await hand.press("escape")
        assert "Throw away what you have set here?" in hand.shown


async def test_what_is_set_for_a_cell_stays_while_another_is_looked_at(room: Room) -> None:
    room.to(choosing)
    async with sit(room.app(CHIEF), MIDDLE) as hand:
        await hand.press("e", "tab", "tab")
        await hand.write("for the US")
        await hand.press("shift+tab", "shift+tab", "shift+tab", "2")
        assert "ENTER FOR Japan" in hand.shown
        assert "for the US" not in hand.shown
        await hand.press("shift+tab", "1")
        assert "ENTER FOR US" in hand.shown
        assert "for the US" in hand.shown


async def test_a_move_is_entered_and_consent_with_it(room: Room) -> None:
    room.ask(CHIEF, Continue())
    async with sit(room.app(CHIEF), MIDDLE) as hand:
        await hand.press("e", "tab", "tab", "2", "enter")
        ((by, asked),) = room.game.asked
        assert (CHIEF, []) == (by, hand.facts(Moved))
        await hand.press("shift+tab", "2")
        assert "ENTER FOR Japan" in hand.shown
        agree = next(row for row in hand.rows if "agree to" in row).split("agree to")[0].split()[-1]
        await hand.press(agree, "enter")
        assert [asked.lever] == [fact.lever for fact in hand.facts(Moved)]
        assert () == room.game.asked


async def test_where_nothing_is_awaited_that_is_said(room: Room) -> None:
    async with sit(room.app(CHIEF), SMALL) as hand:
        await hand.press("e")
        assert "Nothing is awaited of a cell now." in hand.shown


async def test_a_lead_that_answers_meanwhile_is_not_overwritten(room: Room) -> None:
    room.to(choosing)
    async with AsyncExitStack() as stack:
        hands = await seat_all(stack, room, MIDDLE, (CHIEF, LEAD))
        await hands.press(CHIEF, "e", "shift+tab", "shift+tab")
        await hands.write(CHIEF, "not sent yet")
        assert "ENTER FOR US" in hands[CHIEF].shown
        await hands.press(LEAD, room.options()[0].key, "enter", "y")
        assert "The run went on without it." in hands[CHIEF].shown
        assert "for US, reason: not sent yet" in hands[CHIEF].shown
        await hands.press(CHIEF, "enter", "escape")
        assert "Throw away what you have set here?" in hands[CHIEF].shown
        await hands.press(CHIEF, "y")
        assert "ENTER FOR Japan" in hands[CHIEF].shown
        assert "not sent yet" not in hands[CHIEF].shown
        given = room.game.slot
        assert given is not None
        assert ({}, ["us"]) == (given.entered, [*given.answers])


@pytest.mark.slow
async def test_reds_choice_is_entered(tmp_path: Path) -> None:
    room = Room(tmp_path, red=True)
    room.to(lambda game: game.phase == phases.RESPONSE)
    async with sit(room.app(CHIEF), MIDDLE) as hand:
        await hand.press("e", "2", "enter")
        assert ["probe"] == [fact.response for fact in hand.facts(Chosen)]
        assert {CHIEF} == {e.by for e in room.table.entries if isinstance(e.event, Chosen)}


# --- observers ---


@pytest.mark.parametrize("size", [SMALL, MIDDLE])
async def test_an_observer_puts_up_a_card_and_votes(size: tuple[int, int], room: Room) -> None:
    room.ask(CHIEF, Continue(), End("enough"))
    async with AsyncExitStack() as stack:
        hands = await seat_all(stack, room, size, ("observer", LEAD))
        await hands.press("observer", "plus")
        await hands.write("observer", "They asked early")
        await hands.press("observer", "enter", "v")
        (card,) = room.game.notebook.cards
        assert ("observer", "They asked early") == (card.stamp.by, card.text)
        assert {"observer", LEAD} == hands.who_reads("They asked early")
