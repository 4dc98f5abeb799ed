"""The screens of those who play adversaries: the choice, what a seat is after, and who reads it."""

from __future__ import annotations

from pathlib import Path

import pytest
from armed import armed
from kit.desk import LARGE, MIDDLE, SMALL, sit
from kit.footers import walked
from kit.red import CHIEF, LEAD, RED, ask, hosting, to

from ttx.session import phases
from ttx.session.attendance import Attendance
from ttx.session.events import Chosen
from ttx.session.opening import begin
from ttx.session.play_commands import Continue, Respond
from ttx.session.run import PROJECTOR
from ttx.session.seating import seating
from ttx.session.table import Table
from ttx.tui.app import TtxApp

pytestmark = pytest.mark.usefixtures("strict", "shelf")
SIZES = pytest.mark.parametrize("size", [SMALL, MIDDLE, LARGE], ids=["80", "120", "200"])


def app(table: Table, seat: str) -> TtxApp:
    known = [one.id for one in table.game.run.exercise.seat]
    return TtxApp(table, seat, attendance=Attendance([*known, PROJECTOR]))


def chosen(table: Table) -> list[str]:
    return [one.event.response for one in table.entries if isinstance(one.event, Chosen)]


@pytest.mark.slow
@SIZES
async def test_a_digit_marks_and_enter_seals_and_it_may_be_changed(
    size: tuple[int, int], tmp_path: Path
) -> None:
    table = hosting(tmp_path)
    async with sit(app(table, RED), size) as hand:
        assert "Response" == hand.where
        for words in ("how does Neighbour respond?", "Stay for good", "4 chips", "anchored off"):
            assert words in hand.shown
        await hand.press("enter")
        assert "Mark a move with a digit first" in hand.shown
        await hand.press("2")
        assert [] == chosen(table)
        await hand.press("enter")
        assert ["probe"] == chosen(table)
        assert "It may be changed until the facilitator closes the choice." in hand.shown
        await hand.press("j", "enter")
        assert ["probe", "escalate"] == chosen(table)
        assert await hand.click("hold back")
        assert await hand.click("Enter Change it")
        assert ["probe", "escalate", "restraint"] == chosen(table)
        await hand.press("enter")
        assert "That is what is chosen already." in hand.shown


@SIZES
async def test_what_the_purse_cannot_pay_is_said_and_refused(
    size: tuple[int, int], tmp_path: Path
) -> None:
    table = hosting(tmp_path)
    for response in ("escalate", "probe"):
        ask(table, RED, Respond("neighbour", response))
        if response == "escalate":
            to(table, phases.LEVERS)
            to(table, phases.RESPONSE)
    poor = table.game.position.purse
    assert (4,) == poor
    from dataclasses import replace

    table.game = replace(table.game, position=replace(table.game.position, purse=(3,)))
    async with sit(app(table, RED), size) as hand:
        assert "cannot pay" in hand.shown
        await hand.press("3", "enter")
        assert "costs 4, 3 left." in hand.shown
        assert ["escalate", "probe"] == chosen(table)


@SIZES
async def test_a_red_seat_has_its_aim_and_purse_before_it_in_every_phase(
    size: tuple[int, int], tmp_path: Path
) -> None:
    table = hosting(tmp_path)
    ask(table, RED, Respond("neighbour", "escalate"))
    ask(table, CHIEF, Continue())
    async with sit(app(table, RED), size) as hand:
        assert "The facilitator confirms its reckoning next." in hand.shown
        ask(table, CHIEF, Continue())
        await hand.settle()
        assert "Neighbour anchored off the port." in hand.shown
        assert "by the rule " in hand.shown
        assert "Stay for good" in hand.shown
        to(table, phases.LEVERS)
        await hand.settle()
        assert "The allied cells set their levers." in hand.shown
        assert "Stay for good" in hand.shown
        await hand.press("O")
        for words in ("NEIGHBOUR'S AIM", "A boarding at sea.", "purse 4 of 6", "anchored off"):
            assert words in hand.shown


@pytest.mark.slow
@SIZES
async def test_allied_seats_and_the_room_read_neither_aim_nor_purse_nor_choice(
    size: tuple[int, int], tmp_path: Path
) -> None:
    table = hosting(tmp_path)
    ask(table, RED, Respond("neighbour", "escalate"))
    for seat in (LEAD, PROJECTOR):
        async with sit(app(table, seat), size) as hand:
            assert "the adversaries respond next." in hand.shown
            for key in ("", "O", "S", "T", "M", "K", "J"):
                await hand.press(*key)
                for words in ("Stay for good", "anchored off", "chips", "purse"):
                    assert words not in hand.shown, (seat, key)
                await hand.press("escape")


@pytest.mark.parametrize("size", [SMALL, MIDDLE], ids=["80", "120"])
async def test_control_says_who_is_missing_and_asks_before_it_closes_the_choice(
    size: tuple[int, int], tmp_path: Path
) -> None:
    table = hosting(tmp_path)
    async with sit(app(table, CHIEF), size) as hand:
        assert "Waiting for Coast guard." in hand.shown
        await hand.press("right_square_bracket")
        assert phases.RESPONSE == table.game.phase
        assert "Close it without Coast guard?" in hand.shown
        await hand.press("escape")
        ask(table, RED, Respond("neighbour", "escalate"))
        await hand.settle()
        assert "All have chosen" in hand.shown
        assert "anchored off" not in hand.shown
        await hand.press("O")
        assert "NEIGHBOUR'S AIM" in hand.shown
        await hand.press("escape", "right_square_bracket")
        assert phases.RECKONING == table.game.phase
        assert "It was chosen for it" in " ".join(hand.region("next").shown.plain.split())


async def test_the_white_cell_looks_at_the_choice_and_chooses_nothing(tmp_path: Path) -> None:
    table = hosting(tmp_path)
    ask(table, RED, Respond("neighbour", "probe"))
    async with sit(app(table, "evaluator"), MIDDLE) as hand:
        assert "NEIGHBOUR'S AIM" in hand.shown
        assert "Coast guard chooses for Neighbour." in hand.shown
        await hand.press("3", "enter")
        assert "Nothing is chosen from here." in hand.shown
        assert ["probe"] == chosen(table)


@SIZES
async def test_red_alone_plays_from_briefing_to_review_with_keys(
    size: tuple[int, int], tmp_path: Path
) -> None:
    seats = seating(armed(), "steady", RED)
    table = begin(armed(), seats, 7, tmp_path / "run.ttx.toml")
    async with sit(TtxApp(table, seats.seat), size) as hand:
        assert "Briefing" == hand.where
        for _ in range(40):
            if table.game.phase == phases.HOTWASH:
                break
            await hand.press(*(("3", "enter") if hand.where == "Response" else ("enter",)))
        assert phases.HOTWASH == table.game.phase
        assert 2 == len(chosen(table))
        assert hand.keys < 25
    table.leave()


@pytest.mark.slow
async def test_at_one_keyboard_it_is_handed_to_red_and_back(tmp_path: Path) -> None:
    table = begin(armed(), seating(armed(), red=True), 7, tmp_path / "run.ttx.toml")
    async with sit(TtxApp(table, LEAD), SMALL) as hand:
        seen: set[tuple[str, str]] = set()
        for _ in range(60):
            if table.game.phase in phases.PLAY_IS_OVER:
                break
            seen.add((hand.where, hand.app.context.seat))
            answers = hand.where == "Response" or table.game.phase == phases.DELIBERATION
            await hand.press(*(("2", "enter") if answers else ("enter",)))
        assert {("Curtain", RED), ("Response", RED), ("Curtain", LEAD), ("Reckoning", LEAD)} <= seen
        assert not [one for one in seen if one[1] == RED and one[0] in ("Table", "Ruling")]
    table.leave()


@pytest.mark.slow
@pytest.mark.parametrize("size", [SMALL, MIDDLE], ids=["80", "120"])
async def test_every_footer_is_whole(
    size: tuple[int, int], tmp_path: Path, cut: dict[str, str]
) -> None:
    table = hosting(tmp_path)
    pages: set[str] = set()
    for seat in (RED, LEAD, "evaluator", PROJECTOR):
        pages |= await walked(app(table, seat), size)
    assert {} == cut
    assert "Response" in pages


async def test_the_facilitator_hands_the_cell_to_the_rule_on_the_page_of_seats(
    tmp_path: Path,
) -> None:
    table = hosting(tmp_path)
    async with sit(app(table, CHIEF), MIDDLE) as hand:
        await hand.press("A")
        for _ in range(10):
            if "▸ Coast guard" in hand.shown:
                break
            await hand.press("j")
        await hand.press("t")
        for words in ("Hand over Coast guard", "The rule", "Robot hawk"):
            assert words in hand.shown
        await hand.press("2")
        assert "Have the rule play the Red cell?" in hand.shown
        await hand.press("y")
        assert "The rule plays the Red cell; its seats read along." in hand.shown
        assert {} == table.game.run.choosers


async def test_the_facilitator_sees_the_choice_as_its_seat_does_and_chooses_nothing(
    tmp_path: Path,
) -> None:
    table = hosting(tmp_path)
    async with sit(app(table, CHIEF), MIDDLE) as hand:
        hand.app.shell.preview(RED)
        await hand.settle()
        assert "YOUR AIM" in hand.shown
        await hand.press("3", "enter")
        assert [] == chosen(table)
