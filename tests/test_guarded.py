"""Nothing final by a key that was meant for what stood there before, by a held one, or a click."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace

import pytest
from kit.clock import Clock
from kit.desk import MIDDLE, SMALL, Desk, seated, sit
from kit.keys import post
from kit.room import CHIEF, LEAD, OTHER, Room, choosing, in_phase
from kit.screens import POSITIONS, at
from textual.events import Key

from ttx.session import phases
from ttx.session.answer import Answer
from ttx.session.events import (
    Answered,
    Confirmed,
    Ended,
    LeversLeft,
    Moved,
    Paused,
    Resumed,
    Started,
)
from ttx.session.play_commands import Submit
from ttx.tui import sight

pytestmark = pytest.mark.usefixtures("strict", "shelf")
AGAIN = "The table has moved on; look again."


@pytest.fixture
def hands(monkeypatch: pytest.MonkeyPatch, quick: None) -> Clock:  # noqa: ARG001  # it comes before
    """Hands that need as long as hands do, by a clock that moves when it is told to.

    By the real one a busy machine would press late what was meant to come too early.
    """
    clock = Clock()
    monkeypatch.setattr(sight, "REACTION", 0.3)
    monkeypatch.setattr(sight, "HELD", 0.7)
    for room in ("sight", "asking", "parts.question"):
        monkeypatch.setattr(f"ttx.tui.{room}.time", clock)
    monkeypatch.setattr("ttx.tui.seat.monotonic", clock.monotonic)
    keys = SimpleNamespace(get_time=clock.monotonic)
    monkeypatch.setattr("textual.message._time", keys)
    return clock


async def held(desk: Desk, key: str, seconds: float, hands: Clock) -> None:
    """A key that is held: a pause, and then again and again."""
    await desk.press(key)
    hands.now += 0.5
    for _ in range(int((seconds - 0.5) / 0.05)):
        await desk.press(key)
        hands.now += 0.05


@pytest.mark.parametrize("size", [SMALL, MIDDLE])
async def test_a_ruling_is_not_published_by_the_key_that_was_to_go_on(
    size: tuple[int, int], room: Room, hands: Clock
) -> None:
    """The last lead submits just before the facilitator presses what meant something else."""
    room.to(choosing)
    room.ask(LEAD, Submit(Answer(room.options()[0].id)))
    async with sit(room.app(CHIEF), size) as chief:
        room.ask(OTHER, Submit(Answer(room.options()[0].id)))
        await chief.settle()
        assert phases.ADJUDICATION == room.game.phase
        await chief.press("right_square_bracket")
        assert phases.ADJUDICATION == room.game.phase
        assert AGAIN in chief.shown
        hands.now += 1
        await chief.press("right_square_bracket")
        assert phases.REVIEW == room.game.phase


async def test_a_yes_is_meant_for_the_run_as_it_stood_when_that_was_asked(
    room: Room, hands: Clock
) -> None:
    room.to(choosing)
    async with sit(room.app(CHIEF), MIDDLE) as chief:
        hands.now += 0.5
        await chief.press("E")
        assert "End the exercise" in chief.shown
        for seat in (LEAD, OTHER):
            room.ask(seat, Submit(Answer(room.options()[0].id)))
        await chief.settle()
        hands.now += 1
        await chief.press("y")
        assert not chief.facts(Ended)
        assert AGAIN in chief.shown
        hands.now += 1
        await chief.press("E")
        hands.now += 0.5
        await chief.press("y")
        assert chief.facts(Ended)


async def test_a_held_key_starts_the_exercise_and_no_more(hands: Clock) -> None:
    async with sit(seated("tutorial")) as desk:
        hands.now += 0.5
        await held(desk, "enter", 3.0, hands)
        assert desk.facts(Started)
        assert not desk.facts(LeversLeft)
        assert phases.LEVERS == desk.game.phase


async def test_what_one_has_led_to_oneself_on_the_same_page_needs_no_waiting(
    hands: Clock,
) -> None:
    async with sit(seated("accelerate")) as desk:
        hands.now += 0.5
        await desk.press("enter")
        hands.now += 0.8
        await desk.press("3", "enter", "s", "3", "enter")
        assert AGAIN not in desk.shown
        assert 2 == sum(type(entry.event).__name__ == "Moved" for entry in desk.table.entries)


async def test_a_key_that_came_before_the_ruling_was_shown_publishes_nothing(room: Room) -> None:
    room.to(choosing)
    async with sit(room.app(CHIEF), MIDDLE) as chief:
        for seat in (LEAD, OTHER):
            room.ask(seat, Submit(Answer(room.options()[0].id)))
        early = Key("right_square_bracket", "]")
        early.time -= 1
        chief.app.post_message(early)
        await chief.settle()
        assert not chief.facts(Confirmed)
        assert phases.ADJUDICATION == room.game.phase


@pytest.mark.parametrize("size", [SMALL, MIDDLE])
async def test_a_click_on_an_empty_cell_does_nothing(size: tuple[int, int]) -> None:
    async with sit(seated("tutorial"), size) as desk:
        for y in range(size[1]):
            row = desk.rows[y]
            at = len(row.rstrip()) + 2
            if at < size[0] - 1:
                await desk.point(at, y)
        assert phases.BRIEFING == desk.game.phase
        assert "Briefing" == desk.where


async def test_no_paste_is_a_yes(tmp_path: Path) -> None:
    room = Room(tmp_path)
    room.to(in_phase(phases.REVIEW))
    async with sit(room.app(CHIEF), MIDDLE) as chief:
        for keys in ("Ey", "uy", "qy", "]y", "E]y"):
            post(chief, ["right_square_bracket" if key == "]" else key for key in keys])
            await chief.settle()
            await chief.press("escape")
        assert not chief.facts(Ended)
        assert not chief.facts(Answered) or room.game.phase != phases.HOTWASH
        assert not any(type(entry.event).__name__ == "Undone" for entry in room.table.entries)


@pytest.mark.parametrize("size", [SMALL, MIDDLE])
async def test_a_level_that_cannot_be_had_ends_no_phase(size: tuple[int, int]) -> None:
    async with sit(at("accelerate", POSITIONS["levers, turn 1"]), size) as desk:
        await desk.press("2")
        assert "already stands at" in desk.shown
        await desk.press("enter")
        assert "Nothing is marked: choose another level, or Esc and then Enter." in desk.shown
        await desk.press("enter", "enter")
        assert phases.LEVERS == desk.game.phase
        await desk.press("escape", "enter")
        assert phases.DELIBERATION == desk.game.phase


async def test_esc_unmarks_what_is_marked_and_leaves_nothing() -> None:
    async with sit(at("accelerate", POSITIONS["levers, turn 1"]), MIDDLE) as desk:
        await desk.press("3")
        assert "Enter move" in desk.foot
        await desk.press("escape")
        assert "Enter move" not in desk.foot
        assert "Table" == desk.where
        await desk.press("3", "enter")
        assert 1 == len(desk.facts(Moved))


@pytest.mark.parametrize("size", [SMALL, MIDDLE])
async def test_an_option_looks_chosen_only_where_enter_commits_it(size: tuple[int, int]) -> None:
    async with sit(at("tutorial", POSITIONS["policy"]), size) as desk:
        mark = desk.page.glyphs.marked
        assert mark not in desk.region("options").shown.plain
        await desk.press("enter")
        assert "Choose with a digit" in desk.shown
        await desk.press("j")
        assert mark in desk.region("options").shown.plain
        await desk.press("escape")
        assert mark not in desk.region("options").shown.plain
        await desk.press("enter")
        assert not desk.facts(Answered)
        await desk.press("2")
        assert mark in desk.region("options").shown.plain
        await desk.press("enter")
        assert desk.facts(Answered)


async def test_space_stops_the_time_only_where_nothing_is_read_on(room: Room) -> None:
    room.to(in_phase(phases.REVIEW))
    async with sit(room.app(CHIEF), MIDDLE) as chief:
        await chief.press("R")
        assert "Ruling" == chief.where
        await chief.press("space", "S", "space", "T", "B", "space")
        assert not chief.facts(Paused)
        await chief.press("escape", "space")
        assert "Control" == chief.where
        assert chief.facts(Paused)
        await chief.press("R", "space")
        assert chief.facts(Resumed)


async def test_from_a_page_of_what_is_past_no_key_goes_on(room: Room) -> None:
    """At the hot wash Enter on the last reckoning closed the run for good."""
    room.to(in_phase(phases.HOTWASH))
    async with sit(room.app(CHIEF), MIDDLE) as chief:
        await chief.press("R")
        assert "Reckoning" == chief.where
        assert "go on" not in chief.foot
        before = room.game.entries
        for key in ("enter", "right_square_bracket"):
            await chief.press(key)
            assert before == room.game.entries
            assert "This is past; the run stands elsewhere." in chief.shown
