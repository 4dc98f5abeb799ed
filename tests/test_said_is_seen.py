"""Whatever the desk claims to have done is on the screen of every seat that it concerns.

All acts of exercise control, and what players do to each other, in one walk through a turn: after
each of them the painted cells of every seat are read, whatever page it has open and whatever line
of its own stands there.
"""

from __future__ import annotations

from contextlib import AsyncExitStack
from pathlib import Path

import pytest
from kit.desk import LARGE, MIDDLE, SMALL, Desk, sit
from kit.hosted import CHIEF, ask, option
from kit.tables import exercise

from ttx.session import phases, sent
from ttx.session.answer import Answer
from ttx.session.attendance import Attendance
from ttx.session.command import Command
from ttx.session.control_commands import (
    Challenge,
    Deliver,
    Enter,
    GiveRights,
    HandOver,
    Hear,
    Improvise,
    PassPace,
    Promote,
    Steer,
)
from ttx.session.control_events import CONTEXTUAL
from ttx.session.events import LeversClosed, TurnOpened
from ttx.session.feedback import CloseForm
from ttx.session.opening import hosted
from ttx.session.play_commands import (
    Continue,
    End,
    Grant,
    Message,
    Move,
    Pause,
    Respond,
    Submit,
    Undo,
)
from ttx.session.run import PROJECTOR
from ttx.session.side_commands import Allow, Assign, Inquire, Probe, Reply, ShareForecast
from ttx.session.staging import SetTime
from ttx.session.table import Table
from ttx.session.telling import AskRoom
from ttx.tui.app import TtxApp
from ttx.tui.seat_state import SeatState

pytestmark = [pytest.mark.usefixtures("strict"), pytest.mark.slow]
US, OSD, JAPAN, RED, JUDGE, OBSERVER = "usfj", "osd", "kantei", "prc", "evaluator", "observer"
PLAYERS = {US, OSD, JAPAN, RED, JUDGE, OBSERVER, PROJECTOR}
ALL = {*PLAYERS, CHIEF}
PAGES = {US: "t", OSD: "n", JAPAN: "S", RED: "question_mark", JUDGE: "V", OBSERVER: "J"}
"""Where seats are while things are said: a sheet, a question, another page, help."""
CABLE = """
id = "ad_hoc_rumour"
title = "A rumour"
kind = "call"
turn = 1
readers = ["osd"]
message = { sender = "a reporter", to = "you", via = "telephone", text = ["Is it true?"] }
"""
WALKED_ELSEWHERE = {TurnOpened, LeversClosed}
"""Money below zero and a posture that turns, which this turn has none of."""
OWN = "What this seat did last."


class Walk:
    """A table with its seats at screens, and what was not seen there."""

    def __init__(self, table: Table, hands: dict[str, Desk], *, elsewhere: bool) -> None:
        self.table, self.hands, self.elsewhere = table, hands, elsewhere
        self.missed: list[str] = []

    async def does(self, by: str, *commands: Command) -> None:
        """Something without a word to others."""
        ask(self.table, by, *commands)
        await self.settle()

    @property
    def facts(self) -> set[type]:
        """The kinds of what somebody was told."""
        return {type(message.event) for message in self.table.game.sent}

    async def settle(self) -> None:
        for hand in self.hands.values():
            await hand.settle()

    async def shows(self, words: str, seats: set[str], by: str, *commands: Command) -> None:
        """Exactly these seats read it over their footer at the next paint, once it is done."""
        for seat, hand in self.hands.items():
            if self.elsewhere and seat in PAGES and hand.page.question.asks is None:
                await hand.press("escape", "escape", PAGES[seat])
            if hand.page.question.asks is None:
                hand.page.show_notice(OWN)
        ask(self.table, by, *commands)
        await self.settle()
        for seat, hand in self.hands.items():
            if (words in over_footer(hand)) != (seat in seats):
                wrong = "does not read" if seat in seats else "reads"
                self.missed.append(f"{seat} on {hand.where} {wrong} {words!r}")


def over_footer(hand: Desk) -> str:
    """The painted cells of what others sent."""
    region = hand.page.regions["sent"]
    if not region.display:
        return ""
    rows = hand.rows[region.area.y : region.area.bottom]
    return " ".join(" ".join(rows).split())


@pytest.mark.parametrize("elsewhere", [False, True], ids=["at the run", "elsewhere"])
@pytest.mark.parametrize("size", [SMALL, MIDDLE, LARGE], ids=["80", "120", "200"])
async def test_every_act_is_on_every_screen_that_it_concerns(
    tmp_path: Path,
    size: tuple[int, int],
    elsewhere: bool,  # noqa: FBT001  # pytest passes it by name
) -> None:
    table = hosted(exercise("accelerate"), {}, 7, tmp_path / "run.ttx.toml", red=True)
    seats = Attendance([*(seat.id for seat in table.game.run.exercise.seat), PROJECTOR])
    async with AsyncExitStack() as stack:
        hands = {
            seat: await stack.enter_async_context(
                sit(TtxApp(table, seat, attendance=seats, state=SeatState()), size)
            )
            for seat in sorted(ALL)
        }
        walk = Walk(table, hands, elsewhere=elsewhere)
        await through_a_turn(walk)
        assert [] == walk.missed
        assert set(sent.ROWS) - WALKED_ELSEWHERE == walk.facts & set(sent.ROWS)
        for seat in sorted(PLAYERS - {PROJECTOR}):
            hand = hands[seat]
            await hand.press("escape", "escape", "escape")
            for _ in range(16):
                await hand.press("full_stop")
            assert " new " not in hand.rows[1], seat
            assert "" == over_footer(hand), seat


async def through_a_turn(walk: Walk) -> None:
    table = walk.table
    await walk.shows("Welcome to all.", PLAYERS, CHIEF, Message("all", "Welcome to all."))
    await walk.shows("For you alone.", {OSD}, CHIEF, Message(OSD, "For you alone."))
    await walk.shows("On the wall.", {PROJECTOR}, CHIEF, Message(PROJECTOR, "On the wall."))
    await walk.shows("Who speaks first?", PLAYERS, CHIEF, AskRoom("Who speaks first?"))
    await walk.does(CHIEF, Continue())
    await walk.shows(
        "You watch the Japan cell from here on.", {JUDGE}, CHIEF, Assign(JUDGE, "japan")
    )
    await levers(walk)
    while table.game.phase != phases.DELIBERATION:
        await walk.does(CHIEF, Continue())
    await a_question(walk)
    await walk.does(CHIEF, Continue())
    await walk.shows("challenges what stands: We said no.", {CHIEF}, US, Challenge("We said no."))
    seen = {US, OSD, JAPAN, JUDGE, OBSERVER}
    heard = "The challenge of USFJ was heard: the ruling stands. It was late."
    await walk.shows(heard, seen, CHIEF, Hear("upheld", "It was late."))
    await walk.shows("You see what the room sees", {OBSERVER}, CHIEF, Allow("room"))
    await walk.shows(
        "shares the forecast with you", {US, OSD, JAPAN}, CHIEF, ShareForecast(shared=True)
    )
    while table.game.phase != phases.RESPONSE:
        if table.game.phase == phases.DELIBERATION:
            for seat in (US, JAPAN):
                await walk.does(seat, Submit(Answer(option(table, 0))))
        await walk.does(CHIEF, Continue())
    chosen = Enter("red", Respond("china", "restraint"))
    await walk.shows("entered the choice for China", {RED}, CHIEF, chosen)
    await walk.does(CHIEF, Undo())
    while table.game.phase != phases.RESPONSE:
        await walk.does(CHIEF, Continue())
    await walk.shows("the rule of the model responds for you", {RED}, CHIEF, Continue())
    await walk.shows("At the desk you may", {JUDGE}, CHIEF, GiveRights(JUDGE, ("replies",)))
    await walk.shows("holds the pace from here on", PLAYERS - {JUDGE}, CHIEF, PassPace(JUDGE))
    await walk.does(JUDGE, PassPace(CHIEF))
    await walk.does(CHIEF, End("That was all."))
    await walk.shows("closed the feedback form", PLAYERS, CHIEF, CloseForm())


async def levers(walk: Walk) -> None:
    """A time, a cable for one office; a consent refused, one that lapses, an undo, one given."""
    await walk.shows("There are 5 minutes for this phase", PLAYERS, CHIEF, SetTime(5))
    await walk.does(CHIEF, Improvise(CABLE, CONTEXTUAL))
    await walk.shows("A reporter to you", {OSD}, CHIEF, Deliver("ad_hoc_rumour"))
    await walk.shows("asks for your consent", {JAPAN}, OSD, Move("pace", "accelerated"))
    await walk.shows("does not agree to", {US, OSD}, JAPAN, Grant("pace", agreed=False))
    await walk.does(OSD, Move("pace", "accelerated"))
    await walk.shows("before the levers closed; it stays", {US, OSD}, CHIEF, Continue())
    assert "The facilitator closed the levers" in walk.hands[JAPAN].shown
    await walk.shows("Taken back", PLAYERS, CHIEF, Undo())
    await walk.does(OSD, Move("pace", "accelerated"))
    await walk.shows("agrees:", {US, OSD}, JAPAN, Grant("pace", agreed=True))


async def a_question(walk: Walk) -> None:
    """All that is said while an inject is deliberated, up to where it is ruled on."""
    table, inject = walk.table, walk.table.game.inject
    assert inject is not None
    question = f"A question to the room: {inject.probing[0].ask}"[:60]
    await walk.shows(question, PLAYERS, CHIEF, Probe(1))
    news = f"News on {table.game.number} {inject.title}"[:60]
    await walk.shows(news, PLAYERS, CHIEF, Steer())
    await walk.shows("asks control: Which port?", {CHIEF}, US, Inquire("Which port?"))
    answer = "Control answers request 1: All."
    await walk.shows(answer, {US, OSD}, CHIEF, Reply(1, "All."))
    await walk.shows("Paused by the facilitator", PLAYERS, CHIEF, Pause())
    await walk.shows("Paused by the facilitator", set(), CHIEF, Pause())
    await walk.shows("The robot phased plays", PLAYERS, CHIEF, HandOver(JAPAN, "phased"))
    await walk.shows("The robot phased plays", set(), CHIEF, HandOver(JAPAN, "person"))
    await walk.shows("from here on", PLAYERS, CHIEF, Promote(OSD))
    await walk.does(CHIEF, Promote(US))
    entered = "has entered your cell's answer"
    await walk.shows(entered, {US, OSD}, CHIEF, Enter("us", Submit(Answer(option(table, 0)))))
    await walk.shows("closed the deliberation without", {JAPAN}, CHIEF, Continue())
