"""The pages on which the facilitator rules, weighs and hears, and sets up excursions."""

from __future__ import annotations

import pytest
from kit.desk import LARGE, MIDDLE, SMALL, sit
from kit.desk import Desk as Hand
from kit.room import CHIEF, LEAD, MEMBER, OTHER, RED, Room, choosing, in_phase, with_clock

from ttx.session import phases
from ttx.session.answer import Answer
from ttx.session.control_commands import Adjust, Amend, Challenge, Override
from ttx.session.control_events import (
    Adjusted,
    Amended,
    Challenged,
    ChallengeHeard,
    ReckoningAmended,
    Weighed,
)
from ttx.session.events import Confirmed
from ttx.session.play_commands import Continue, Submit
from ttx.session.run import PROJECTOR
from ttx.session.view.excursion import WORD
from ttx.tui.screens.amend import AmendScreen
from ttx.tui.screens.hear import HearScreen
from ttx.tui.screens.reckoning import ReckoningScreen

pytestmark = pytest.mark.usefixtures("strict", "shelf")
SIZES = (SMALL, MIDDLE, LARGE)


async def because(hand: Hand, words: str) -> None:
    await hand.write(words)
    await hand.press("enter")


# --- a ruling ---


@pytest.mark.slow
@pytest.mark.parametrize("size", SIZES)
async def test_a_ruling_is_overruled_by_typed_numbers(size: tuple[int, int], room: Room) -> None:
    room.to(with_clock)
    async with sit(room.app(CHIEF), size) as hand, sit(room.app(LEAD), size) as lead:
        confirmed = len(hand.facts(Confirmed))
        await hand.press("R")
        assert "m modify" in hand.foot
        assert "o overrule" in hand.foot
        await hand.press("m")
        assert "Modify the ruling on 1." in hand.shown
        await hand.press("enter")
        assert "That is what stands already" in hand.shown
        page = hand.page
        assert isinstance(page, AmendScreen)
        await hand.press("j", "9", "full_stop", "2", "5")
        assert "9.25 beyond" in hand.shown
        assert "Beyond a modification" in hand.shown
        await hand.press("enter")
        assert "y Overrule" in hand.shown
        await hand.press("y")
        await because(hand, "")
        assert "Nothing was done: it needs a reason." in hand.shown
        assert not hand.facts(Amended)
        await hand.press("enter")
        await because(hand, "QREASON")
        (made,) = hand.facts(Amended)
        assert ("overruled", "QREASON") == (made.how, made.reason)
        assert 925 == abs(made.ruling.effects[0].by)
        assert confirmed + 1 == len(hand.facts(Confirmed))
        assert "Control" == hand.where
        await hand.press("R")
        assert "overruled ruling 1." in hand.shown
        await lead.settle()
        assert "overruled ruling 1." in lead.shown
        assert "QREASON" in lead.shown
        await lead.press("w")
        assert "ruled" in lead.shown
        await hand.press("m")
        assert "It is confirmed: hear a challenge with c" in hand.shown


async def test_a_modification_is_confirmed_with_its_reason(room: Room) -> None:
    room.to(with_clock)
    slot = room.game.slot
    assert slot is not None
    assert slot.ruled is not None
    model = slot.ruled.ruling
    async with sit(room.app(CHIEF), MIDDLE) as hand:
        await hand.press("R", "m", "2")
        late = model.timing != "late"
        assert "[2 late]" in hand.shown
        if not late:
            await hand.press("1")
        await hand.press("enter")
        await because(hand, "QREASON")
        (made,) = hand.facts(Amended)
        assert "modified" == made.how
        assert model.timing != made.ruling.timing


async def test_the_sign_the_models_value_and_the_ends(room: Room) -> None:
    room.to(with_clock)
    async with sit(room.app(CHIEF), MIDDLE) as hand:
        await hand.press("R", "o", "j", "1", "2")
        page = hand.page
        assert isinstance(page, AmendScreen)
        assert 1200 == abs(page.amended.override.effects[0])
        was = page.amended.override.effects[0]
        await hand.press("s")
        assert -was == page.amended.override.effects[0]
        await hand.press("plus")
        assert -was + 50 == page.amended.override.effects[0]
        await hand.press("minus", "1", "0", "1")
        assert "An effect is between -100 and 100 points." in hand.shown
        await hand.press("backspace", "x")
        assert {} == page.amended.override.effects
        await hand.press("k", "9")
        assert "1 is in time, 2 late, 3 far too late." in hand.shown
        await hand.press("escape")
        assert "Ruling" == hand.where
        assert not hand.facts(Amended)


async def test_members_keep_margins_and_clock_behind_m_and_o(room: Room) -> None:
    room.to(with_clock)
    room.ask(CHIEF, Continue())
    async with sit(room.app(LEAD), MIDDLE) as lead, sit(room.app(CHIEF), MIDDLE) as hand:
        for key, words in (("m", "MARGINS OF"), ("g", "MARGINS OF"), ("o", "THE CRISIS CLOCK")):
            await lead.press(key)
            assert words in lead.shown
            await lead.press("escape")
        await lead.press("question_mark")
        assert "g m What else would have turned it" in lead.shown
        assert "t o The clock as a table" in lead.shown
        assert "Modify it" not in lead.shown
        await hand.press("R")
        assert "g margins" in hand.foot
        assert "t clock" in hand.foot
        await hand.press("question_mark")
        assert "m Modify it, within the band" in hand.shown
        assert "g What else would have turned it" in hand.shown
        assert "g m What else" not in hand.shown


async def test_effects_that_find_no_room_are_scrolled_to(room: Room) -> None:
    room.to(with_clock)
    slot = room.game.slot
    assert slot is not None
    assert slot.ruled is not None
    last = room.game.run.exercise.tracks[slot.ruled.ruling.effects[-1].track].short
    room.ask(CHIEF, Amend(Override(effects={0: 900}), "QREASON", overrule=True))
    async with sit(room.app(LEAD)) as lead:
        shown = lead.region("because").shown.plain
        assert shown.count("+9.00") == 1
        count = len(slot.ruled.ruling.effects)
        assert len(shown.splitlines()) < count + 1
        await lead.press(*"j" * count)
        assert last in lead.region("because").shown.plain.splitlines()[-1]
        assert "+9.00" not in lead.region("because").shown.plain


async def test_a_page_outlives_no_ruling(room: Room) -> None:
    room.to(with_clock)
    async with sit(room.app(CHIEF), MIDDLE) as hand:
        await hand.press("R", "m")
        room.ask(CHIEF, Continue())
        await hand.settle()
        assert "Control" == hand.where


async def test_a_page_about_what_is_gone_says_so_and_closes(room: Room) -> None:
    room.to(with_clock)
    async with sit(room.app(CHIEF), MIDDLE) as hand:
        for where, words in (
            ("weigh", "Nothing waits to be weighed any more. Esc closes this page."),
            ("hear", "No challenge waits to be heard. Esc closes this page."),
        ):
            hand.app.shell.go(where)
            await hand.settle()
            assert words in hand.shown
            assert "Enter Weigh" not in hand.shown
            await hand.press("2", "plus", "enter")
            assert "Control" == hand.where


async def test_what_is_clicked_on_a_page_with_a_form_is_picked(room: Room) -> None:
    room.to(in_phase(phases.REVIEW))
    room.ask(MEMBER, Challenge("QWHY"))
    async with sit(room.app(CHIEF), MIDDLE) as hand:
        await hand.press("right_square_bracket")
        assert await hand.click("overturned", "rows")
        assert "Enter Overturn" in hand.shown
        assert await hand.click("Enter Overturn", "gate")
        assert "Amend" == hand.where


async def test_a_timing_is_clicked(room: Room) -> None:
    room.to(with_clock)
    async with sit(room.app(CHIEF), MIDDLE) as hand:
        await hand.press("R", "m", "down")

        def timing() -> str:
            return next(row.plain for row in hand.region("rows").rows if "timing" in row.plain)

        words = next(words for words in ("1 in time", "2 late") if f"[{words}]" not in timing())
        assert await hand.click(words, "rows")
        assert f"[{words}]" in timing()
        assert "▸ timing" in hand.shown
        await hand.press("escape")
        assert "Throw away what you have set here?" in hand.shown


async def test_a_page_whose_matter_goes_shows_nothing_of_it(
    room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    room.to(in_phase(phases.REVIEW))
    room.ask(MEMBER, Challenge("QWHY"))
    async with sit(room.app(CHIEF), MIDDLE) as hand:
        await hand.press("full_stop", "right_square_bracket")
        assert "Enter Let it stand" in hand.shown
        monkeypatch.setattr(HearScreen, "alive", False)
        hand.page.paint()
        await hand.settle()
        assert "No challenge waits to be heard." in hand.shown
        for words in ("QWHY", "it stands", "Enter Let it stand"):
            assert words not in hand.shown


async def test_a_player_s_page_outlives_a_phase_and_the_facilitator_s_does_not(room: Room) -> None:
    room.to(in_phase(phases.LEVERS))
    async with sit(room.app(LEAD), MIDDLE) as lead, sit(room.app(CHIEF), MIDDLE) as hand:
        await lead.press("S")
        await hand.press("S")
        assert ("Standing", "Standing") == (lead.where, hand.where)
        for phase in (phases.INJECT, phases.DELIBERATION):
            room.ask(CHIEF, Continue())
            assert phase == room.game.phase
            await lead.settle()
            await hand.settle()
            assert ("Standing", "Control") == (lead.where, hand.where)
        await lead.press("q")
        assert "Table" == lead.where


# --- a reckoning ---


@pytest.mark.slow
@pytest.mark.parametrize("size", SIZES)
async def test_a_reckoning_is_modified_by_a_step(size: tuple[int, int], room: Room) -> None:
    room.to(in_phase(phases.RECKONING))
    turn = room.game.turn
    assert turn is not None
    assert turn.proposed is not None
    did = turn.proposed.reckoning.responses[0].response
    async with sit(room.app(CHIEF), size) as hand, sit(room.app(LEAD), size) as lead:
        await hand.press("R", "m")
        assert "Odds and draw stay as they were said." in hand.shown
        await hand.press("4")
        assert "1 is restraint, 2 probe, 3 escalate." in hand.shown
        await hand.press("1" if did == "probe" else "2", "enter")
        await because(hand, "QREASON")
        (made,) = hand.facts(ReckoningAmended)
        assert ("modified", "QREASON") == (made.how, made.reason)
        await lead.settle()
        assert "modified" in lead.shown
        assert "QREASON" in lead.shown
        assert f"model: {did}" in lead.shown


async def test_only_adversaries_that_are_shown_have_a_key_for_their_terms(room: Room) -> None:
    room.to(in_phase(phases.RECKONING))
    room.ask(CHIEF, Continue())
    async with sit(room.app(LEAD), MIDDLE) as lead:
        assert "1 terms" in lead.foot
        await lead.press("2")
        assert "Reckoning" == lead.where
        await lead.press("question_mark")
        assert "1 The terms of one" in lead.shown
        await lead.press("escape", "1")
        assert "the terms of its odds" in lead.shown


async def test_adversaries_that_find_no_room_are_scrolled_to(
    room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ReckoningScreen, "_each", 30)
    room.to(in_phase(phases.RECKONING))
    room.ask(CHIEF, Continue())
    async with sit(room.app(LEAD)) as lead:
        part = lead.page.regions["responses"]
        assert part.box is not None
        assert part.box.height == lead.page.body.height // 2
        assert "1  N" in part.shown.plain
        assert lead.page.regions["gate"].display
        await lead.press("tab", "G")
        assert "1  N" not in part.shown.plain


# --- written-in actions ---


@pytest.mark.parametrize("size", SIZES)
async def test_what_was_written_in_is_weighed(size: tuple[int, int], room: Room) -> None:
    room.to(choosing)
    inject = room.game.inject
    assert inject is not None
    lead, other = (LEAD, OTHER) if inject.lead == "us" else (OTHER, LEAD)
    room.ask(lead, Submit(Answer("", written="QWORDS", pro="QPRO", contra="QCONTRA")))
    room.ask(other, Submit(Answer(room.options()[0].id)))
    async with sit(room.app(CHIEF), size) as hand, sit(room.app(MEMBER), size) as member:
        assert "waits to be weighed" in hand.shown
        await hand.press("right_square_bracket")
        for words in ("QWORDS", "QPRO", "QCONTRA", "[even 2/4]"):
            assert words in hand.shown
        await hand.press("9")
        assert "Choose an option from 1 to" in hand.shown
        await hand.press("2", "plus", "plus", "plus")
        assert "There is nothing beyond 'strong 4/4'." in hand.shown
        await hand.press("minus", "enter")
        await because(hand, "QREASON")
        (made,) = hand.facts(Weighed)
        assert (inject.option[1].id, 3, "QREASON") == (made.option, made.quarters, made.reason)
        assert "Control" == hand.where
        await member.settle()
        assert "QREASON" not in member.shown
        await hand.press("right_square_bracket")
        await member.settle()
        assert "weighed good (3/4), like" in member.shown or size == SMALL
        assert "QREASON" in member.shown


# --- challenges ---


@pytest.mark.slow
@pytest.mark.parametrize("size", SIZES)
async def test_a_challenge_is_heard_before_the_table_goes_on(
    size: tuple[int, int], room: Room
) -> None:
    room.to(in_phase(phases.REVIEW))
    async with sit(room.app(CHIEF), size) as hand, sit(room.app(MEMBER), size) as member:
        assert "c challenge" in member.foot
        await member.press("c")
        await because(member, "QWHY")
        assert [Challenged("QWHY")] == member.facts(Challenged)
        assert "c challenged" in member.foot
        await member.press("c")
        assert "Your seat has challenged once in this turn." in member.shown
        await hand.settle()
        assert "The challenge of Deputy waits to be heard." in hand.shown
        await hand.press("R")
        assert "Enter Hear the challenge" in hand.shown
        await hand.press("c")
        assert "QWHY" in hand.shown
        await hand.press("1", "enter")
        await because(hand, "QHEARD")
        assert ["upheld"] == [one.outcome for one in hand.facts(ChallengeHeard)]
        await member.settle()
        assert "QHEARD" in member.shown
        await hand.press("enter")
        assert phases.REVIEW != room.game.phase


async def test_a_challenge_is_overturned_on_the_amending_page(room: Room) -> None:
    room.to(with_clock)
    room.ask(CHIEF, Continue())
    room.ask(MEMBER, Challenge("QWHY"))
    async with sit(room.app(CHIEF), MIDDLE) as hand:
        await hand.press("right_square_bracket", "2", "enter")
        assert "Modify the ruling on" in hand.shown
        await hand.press("j", "9", "9", "enter")
        assert "y Overturn" in hand.shown
        await hand.press("y")
        await because(hand, "QHEARD")
        assert ["overturned"] == [one.outcome for one in hand.facts(ChallengeHeard)]
        assert ["overruled"] == [one.how for one in hand.facts(Amended)]
        assert "Control" == hand.where


@pytest.mark.slow
async def test_who_cannot_challenge_has_no_key_for_it(room: Room) -> None:
    room.to(in_phase(phases.REVIEW))
    for seat in (PROJECTOR, "observer", "evaluator", RED):
        async with sit(room.app(seat)) as hand:
            assert "challenge" not in hand.foot
            await hand.press("c")
            assert not hand.facts(Challenged)


# --- excursions ---


@pytest.mark.slow
@pytest.mark.parametrize("size", SIZES)
async def test_an_excursion_is_set_up_and_marks_every_screen(
    size: tuple[int, int], room: Room
) -> None:
    link = room.game.run.exercise.influence[0]
    async with sit(room.app(CHIEF), size) as hand, sit(room.app(MEMBER), size) as member:
        assert "X excursion" in hand.foot
        assert "excursion" not in member.foot
        await member.press("X")
        assert "Briefing" == member.where
        await hand.press("X")
        assert WORD not in hand.shown
        await hand.press("enter")
        assert "That is what it is" in hand.shown
        await hand.press("x", "j")
        assert f"{link.id} was not set: Enter does that." in hand.shown
        await hand.press("k", "x", "enter")
        await because(hand, "QREASON")
        assert [Adjusted("strength", link.id, 0, "QREASON")] == hand.facts(Adjusted)
        assert WORD in hand.rows[1]
        await member.settle()
        assert WORD in member.rows[1]
        assert "This run is an excursion" in member.shown
        await member.press("X")
        assert "QREASON" in member.shown
        assert WORD in member.rows[1]
        await member.press("escape")
        await hand.press("slash")
        await because(hand, "zzz")
        assert "Nothing is called 'zzz'" in hand.shown
        await hand.press("slash", "enter", "G", "4", "full_stop", "2", "5", "5")
        assert "At most two places." in hand.shown
        await hand.press("enter", "backspace", "enter")
        await because(hand, "QSTART")
        assert ("start", 425) == (hand.facts(Adjusted)[1].what, hand.facts(Adjusted)[1].value)
        await hand.press("escape", "right_square_bracket")
        assert phases.LEVERS == room.game.phase
        await hand.press("X")
        assert "QSTART" in hand.shown
        room.to(in_phase(phases.REVIEW))
        await hand.settle()
        for one in (hand, member):
            await one.press("T")
            assert WORD in one.rows[1]
        room.to(in_phase(phases.HOTWASH))
        await member.settle()
        assert WORD in member.rows[1]


async def test_an_excursion_is_marked_in_its_replay(room: Room) -> None:
    from ttx.session.opening import look_at
    from ttx.session.record import read
    from ttx.tui.app import TtxApp

    link = room.game.run.exercise.influence[0]
    room.ask(CHIEF, Adjust("strength", link.id, 0, "QREASON"))
    room.to(in_phase(phases.HOTWASH))
    room.ask(CHIEF, Continue())
    path = room.table.path
    assert path is not None
    room.table.leave()
    viewing = look_at(read(path))
    async with sit(TtxApp(viewing, viewing.eye())) as hand:
        assert WORD in hand.rows[1]
        assert "Replay" in hand.rows[1]
