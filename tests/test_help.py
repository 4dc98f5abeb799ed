"""Help names the keys that do something at this step apart from those of other steps."""

from __future__ import annotations

import pytest
from kit.desk import Desk, sit
from kit.room import CHIEF, LEAD, Room, choosing, in_phase

from ttx.session import phases

pytestmark = [pytest.mark.usefixtures("strict", "shelf"), pytest.mark.slow]
TALL = (120, 90)
HERE, LATER, EVERYWHERE = "ON THIS SCREEN", "HERE AT ANOTHER STEP", "EVERYWHERE"


async def helped(hand: Desk) -> tuple[str, str]:
    """What help lists for this step, and what for others."""
    await hand.press("question_mark")
    here, _, rest = hand.shown.partition(HERE)[2].partition(EVERYWHERE)[0].partition(LATER)
    await hand.press("escape")
    return here, rest


async def test_a_player_reads_which_keys_are_of_this_step(room: Room) -> None:
    levers, answer = "The first lever of the question", "An action of your own"
    async with sit(room.app(LEAD), TALL) as hand:
        for until, now, later in (
            (in_phase(phases.LEVERS), levers, answer),
            (choosing, answer, levers),
        ):
            room.to(until)
            await hand.settle()
            here, rest = await helped(hand)
            assert now in here
            assert later not in here
            assert later in rest
            assert "All tracks" in here
        assert "to 9 Choose this one" in rest
        room.to(in_phase(phases.ADJUDICATION))
        await hand.settle()
        here, rest = await helped(hand)
        assert "Choose this one" not in here
        assert {levers, answer} == {words for words in (levers, answer) if words in rest}


async def test_the_desk_reads_no_keys_of_the_msel_for_the_hot_wash(room: Room) -> None:
    steer, release = "The contingency of the open inject", "Release the marked inject"
    async with sit(room.app(CHIEF), TALL) as hand:
        room.to(choosing)
        await hand.settle()
        here, _rest = await helped(hand)
        assert steer in here
        assert release in here
        room.to(in_phase(phases.HOTWASH))
        await hand.settle()
        here, rest = await helped(hand)
        assert steer in rest
        assert release in rest
        assert steer not in here
        assert "Open the next gate" in here
