"""At the Table of a facilitated run: actions in own words, and what is expected of whom."""

from __future__ import annotations

from pathlib import Path

import pytest
from kit.desk import LARGE, MIDDLE, SMALL, seated, sit
from kit.desk import Desk as Hand
from kit.hosted import CHIEF as WHITE
from kit.hosted import host, to
from kit.room import CHIEF, LEAD, MEMBER, OTHER, RED, Room, choosing

from ttx.session import phases
from ttx.session.answer import Answer
from ttx.session.attendance import Attendance
from ttx.session.control_commands import Weigh
from ttx.session.events import Answered, Committed, Ruled
from ttx.session.play_commands import Commit, Continue, Submit
from ttx.tui.app import TtxApp

pytestmark = pytest.mark.usefixtures("strict", "shelf")
SIZES = (SMALL, MIDDLE, LARGE)
WAITS = "Your own action waits to be weighed by the facilitator"


async def write_in(hand: Hand, *fields: str) -> None:
    await hand.press("w")
    for words in fields:
        await hand.write(words)
        await hand.press("enter")


@pytest.mark.slow
@pytest.mark.parametrize("size", SIZES)
async def test_an_action_in_own_words_is_committed_and_submitted(
    size: tuple[int, int], room: Room
) -> None:
    room.to(choosing)
    async with sit(room.app(MEMBER), size) as hand, sit(room.app(LEAD), size) as lead:
        assert "w write in" in hand.foot
        await hand.press("w")
        assert "1 of 3: Your own action" in hand.shown
        assert "Enter goes on" in hand.shown
        await hand.press("escape")
        assert hand.page.question.asks is None
        await write_in(hand, "send both", "two keys", "slow")
        assert hand.page.question.asks is None
        assert "w send both in your own words" in hand.shown
        await hand.press("plus", "enter")
        (given,) = hand.facts(Committed)
        assert ("", "send both", "two keys", "slow") == (
            given.answer.option,
            given.answer.written,
            given.answer.pro,
            given.answer.contra,
        )
        assert 60 == given.answer.confidence
        assert "Committed. Your cell's lead submits" in hand.shown
        assert "w send both committed" in hand.shown
        await lead.settle()
        assert "send both" not in lead.shown
        await write_in(lead, "call first", "", "")
        await lead.press("enter", "y")
        assert [("us", "call first")] == [(a.cell, a.answer.written) for a in lead.facts(Answered)]
        for one in (hand, lead):
            await one.settle()
            assert "w call first sealed" in one.shown
            if size != SMALL:
                assert "answer w call first" in one.shown
        leads = room.game.inject is not None and room.game.inject.lead == "us"
        assert (WAITS in lead.shown) == leads
        await lead.press("w", "enter")
        assert lead.page.question.asks is None


@pytest.mark.slow
async def test_an_option_may_be_marked_again(room: Room) -> None:
    room.to(choosing)
    one, *_ = room.options()
    async with sit(room.app(MEMBER), MIDDLE) as hand:
        await write_in(hand, "send both", "", "")
        await hand.press(one.key)
        assert f"answer {one.key} {one.title[:12]}" in hand.shown
        while "▸ w send both" not in hand.shown:
            await hand.press("k")
        assert f"answer {one.key}" not in hand.shown
        await hand.press(one.key, "enter")
        assert [(one.id, "")] == [
            (c.answer.option, c.answer.written) for c in hand.facts(Committed)
        ]
        assert await hand.click("send both", "options")
        assert "answer w send both" in hand.shown
        await hand.press("w", "enter", "enter", "enter", "enter")
        assert "send both" == hand.facts(Committed)[1].answer.written
        await hand.press("w")
        for _ in "send both":
            await hand.press("backspace")
        await hand.press("enter")
        assert "An action of your own needs words; nothing was changed." in hand.shown
        assert "w send both committed" in hand.shown


@pytest.mark.slow
async def test_it_outlives_the_connection_and_the_desk(room: Room) -> None:
    room.to(choosing)
    async with sit(room.app(MEMBER), MIDDLE) as hand:
        await write_in(hand, "send both", "two keys", "slow")
    async with sit(room.app(MEMBER), MIDDLE) as hand:
        assert "answer w send both" in hand.shown
        await hand.press("enter")
    room.desks.clear()
    async with sit(room.app(MEMBER), MIDDLE) as hand:
        assert "w send both committed" in hand.shown
        assert "Committed. Your cell's lead submits" in hand.shown


def said_of_it(hand: Hand) -> str:
    """What stands at the answer, read across its rows."""
    return " ".join(hand.region("beside").shown.plain.split())


@pytest.mark.slow
async def test_it_waits_to_be_weighed_and_the_others_are_told_nothing(room: Room) -> None:
    room.to(choosing)
    assert room.game.inject is not None
    first, second = (LEAD, OTHER) if room.game.inject.lead == "us" else (OTHER, LEAD)
    async with sit(room.app(first), MIDDLE) as hand, sit(room.app(second), MIDDLE) as other:
        room.ask(first, Submit(Answer("", written="QOWN words", pro="QPRO", contra="QCON")))
        await hand.settle()
        assert f"{WAITS}; waiting for" in said_of_it(hand)
        room.ask(second, Submit(Answer(room.options()[0].id)))
        assert phases.DELIBERATION == room.game.phase
        for one in (hand, other):
            await one.settle()
        assert f"{WAITS}." in said_of_it(hand)
        assert "Submitted. The facilitator adjudicates next." in said_of_it(other)
        assert "QOWN" not in other.shown
        await hand.press("i", "G")
        assert "it would work: QPRO; it might not: QCON" in hand.shown
        async with sit(room.app(CHIEF), MIDDLE) as chief:
            await chief.press("T", "i", "G")
            assert "it would work: QPRO; it might not: QCON" in chief.shown
        room.ask(CHIEF, Weigh(room.options()[0].id, 3, "plausible"), Continue())
        assert 1 == len(hand.facts(Ruled))
    for seat, reads in ((second, True), (MEMBER, True), (RED, False)):
        async with sit(room.app(seat), MIDDLE) as one:
            assert ("QOWN words" in one.shown) == reads
            assert "QPRO" not in one.shown


async def test_there_is_no_key_for_it_where_nobody_would_weigh_it() -> None:
    async with sit(seated("tutorial"), MIDDLE) as hand:
        await hand.press("enter", "enter")
        assert phases.DELIBERATION == hand.game.phase
        assert "write in" not in hand.foot
        assert "ask control" not in hand.foot
        await hand.press("w", "a")
        assert hand.page.question.asks is None
        await hand.press("question_mark")
        assert "An action of your own" not in hand.shown


# --- what is expected of each adversary ---


@pytest.mark.slow
@pytest.mark.parametrize("size", SIZES)
async def test_something_is_expected_of_each_adversary(
    size: tuple[int, int], tmp_path: Path
) -> None:
    table = host(tmp_path)
    to(table, phases.DELIBERATION)
    app = TtxApp(table, "usfj", attendance=Attendance(["usfj", WHITE]))
    async with sit(app, size) as hand:
        names = [one.id for one in hand.game.run.exercise.adversary]
        assert 3 == len(names)
        await hand.press("2", "e")
        assert "Expect of " in hand.shown
        assert "1 restraint" in hand.shown
        assert "Enter next" in hand.shown
        await hand.press("2", "1", "3")
        assert "Expect of" not in hand.shown
        if size != SMALL:
            expects = hand.region("beside").shown.plain
            assert all(word in expects for word in ("probe", "restraint", "escalate"))
        await hand.press("enter", "y")
        (given, *_) = hand.facts(Answered)
        assert set(names) == set(given.answer.expects)
        assert {"probe", "restraint", "escalate"} == set(given.answer.expects.values())


async def test_an_expectation_is_changed_or_taken_back(room: Room) -> None:
    room.to(choosing)
    async with sit(room.app(MEMBER), MIDDLE) as hand:
        await hand.press("e", "2", "e")
        assert "Expect of Neighbour, now probe:" in hand.shown
        await hand.press("enter")
        assert "expect Neighbour: probe" in hand.shown
        await hand.press("e", "0")
        assert "expect not given" in hand.shown
        await hand.press("e", "escape")
        assert "expect not given" in hand.shown
        room.ask(MEMBER, Commit(Answer(room.options()[0].id)))
