"""The forecast on the screens: the cursor's fan, keys while it is worked out, who may see it."""

from __future__ import annotations

import asyncio
import re
import threading
from collections.abc import Iterator, Sequence
from contextlib import AsyncExitStack

import pytest
from kit.desk import MIDDLE, PATIENCE, SMALL, comes, sit
from kit.desk import Desk as Hand
from kit.room import CHIEF, LEAD, MEMBER, OTHER, RED, SEATS, Room, choosing, in_phase
from kit.screens import MOVES, POSITIONS, at

from ttx.adjudicator.arithmetic import Int32
from ttx.analysis import forecast, onward
from ttx.analysis.onward import AS_IT_STANDS, Candidate
from ttx.session import phases
from ttx.session.notebook_events import ForecastSet
from ttx.session.play_commands import Move
from ttx.session.side_commands import Note, ShareForecast
from ttx.session.view.levers import LevelView, levers
from ttx.session.view.standing import NO_STANDING, NOT_SHARED
from ttx.tui import foresight
from ttx.tui.app import TtxApp
from ttx.tui.screens.fan import FanScreen

pytestmark = pytest.mark.usefixtures("strict", "shelf")


@pytest.fixture(autouse=True)
def few(monkeypatch: pytest.MonkeyPatch) -> None:
    """A forecast of 90 worlds, looked at in three steps."""
    monkeypatch.setattr(foresight, "STEPS", (30, 60, 90))
    monkeypatch.setattr(forecast, "WORLDS", 90)
    monkeypatch.setattr("ttx.tui.widgets.fan.WORLDS", 90)
    forecast._ranked.cache_clear()


@pytest.fixture
def gate(monkeypatch: pytest.MonkeyPatch) -> Iterator[threading.Event]:
    """No turn of a forecast is played before this is set."""
    opened = threading.Event()
    ahead = forecast.ahead

    def held(*asked: object, **how: object) -> Iterator[Int32]:
        for scores in ahead(*asked, **how):  # type: ignore[arg-type]  # as it was called
            opened.wait(PATIENCE)
            yield scores

    monkeypatch.setattr(forecast, "ahead", held)
    yield opened
    opened.set()


def page(app: TtxApp) -> FanScreen:
    assert isinstance(app.screen, FanScreen)
    return app.screen


async def known(hand: Hand) -> str:
    """What is shown once all is worked out."""
    await hand.pilot.app.workers.wait_for_complete()
    await hand.settle()
    return "\n".join(hand.rows)


def flagship(where: str) -> TtxApp:
    found = at("accelerate", POSITIONS[where], MOVES["accelerate"])
    assert found.context.table is not None
    return TtxApp(found.context.table, found.context.seat)


@pytest.mark.slow
async def test_the_option_under_the_cursor_is_the_one_that_is_looked_at() -> None:
    app = flagship("crisis")
    async with sit(app, MIDDLE) as hand:
        await hand.press("3", "f")
        shown = await known(hand)
        game = page(app).game
        assert game.inject is not None
        chosen = Candidate(game.inject.option[2].id)
        assert chosen == page(app).marked
        assert "▸ 3 " in shown
        assert "90 worlds" in shown

        one, stands = (
            forecast.looked(game, onward.players(game), each, count=90)
            for each in (chosen, AS_IT_STANDS)
        )
        bands = one.bands
        gaps = forecast.against(game, one, stands)
        for score, gap in enumerate(gaps):
            low, middle, high = (int(bands[row, -1, score]) / 100 for row in (0, 2, 4))
            assert f"{middle:.1f} {low:.1f}-{high:.1f}" in shown
            assert f"{gap.better} better, {gap.worse} worse" in shown
        await hand.press("f")
        assert not isinstance(app.screen, FanScreen)


@pytest.mark.slow
async def test_the_level_under_the_cursor_and_every_lever_beside_it() -> None:
    app = flagship("levers, turn 2")
    async with sit(app, SMALL) as hand:
        await hand.press("s", "1", "f")
        shown = await known(hand)
        assert Candidate(lever="standing_staff", level="none") == page(app).marked
        assert "▸ 1 Standing staff in Japan [none]" in shown
        await hand.press("h")
        assert "0 as things stand" in "\n".join(hand.rows)
        assert "pace" == page(app).lever
        await hand.press("v")
        shown = await known(hand)
        shares = forecast.higher_than(page(app).game, "phased")
        assert all(f" {share} " in shown for share in shares)


@pytest.mark.slow
async def test_what_can_be_done_is_a_list_at_every_size() -> None:
    """Keys, the wheel and a click mark; another lever begins with how things stand."""
    app = flagship("levers, turn 2")
    async with sit(app, SMALL) as hand:
        await hand.press("f")
        lever = page(app).lever
        levels = [Candidate(lever=lever, level=level.id) for level in levels_of(app, lever)]
        await hand.press("down")
        assert levels[0] == page(app).marked
        box = hand.region("list").area
        await hand.scroll(1, (box.x + 4, box.y))
        assert levels[1] == page(app).marked
        await hand.point(box.x + 4, box.y + 1)
        assert levels[0] == page(app).marked
        await hand.press("up", "up")
        assert levels[-1] == page(app).marked
        await hand.press("l")
        assert lever != page(app).lever
        assert AS_IT_STANDS == page(app).marked
        assert "▸ 0 as things stand" in hand.shown


def levels_of(app: TtxApp, lever: str) -> Sequence[LevelView]:
    return next(view for view in levers(page(app).eye) if view.id == lever).levels


@pytest.mark.slow
async def test_before_the_first_reckoning_it_says_why_it_has_no_robots_runs() -> None:
    app = flagship("levers, turn 1")
    async with sit(app, SMALL) as hand:
        await hand.press("f", "v")
        assert "is known once a turn is reckoned." in await known(hand)


@pytest.mark.slow
async def test_keys_are_carried_out_while_it_is_worked_out(gate: threading.Event) -> None:
    """Nothing is known yet, and the cursor goes on; what it left behind stops at the next turn."""
    app = flagship("crisis")
    async with sit(app, MIDDLE) as hand:
        await hand.press("f", "0")
        assert AS_IT_STANDS == page(app).marked
        assert any("fan: 0 of 90" in row for row in hand.rows)
        for key in ("j", "j", "j", "k"):
            await hand.press(key)
        here = page(app).marked
        assert here not in (None, AS_IT_STANDS)
        await hand.press("S", "f", "T")
        assert not isinstance(app.screen, FanScreen)
        await hand.press("f")
        gate.set()
        assert "90 worlds" in await known(hand)
        assert {AS_IT_STANDS, page(app).marked} == set(page(app).foresight.fans)


@pytest.mark.slow
async def test_the_marked_one_is_shown_before_what_it_is_laid_against(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    app, opened, ahead = flagship("crisis"), threading.Event(), forecast.ahead

    def held(*asked: object, **how: object) -> Iterator[Int32]:
        if asked[2] == AS_IT_STANDS:
            opened.wait(PATIENCE)
        yield from ahead(*asked, **how)  # type: ignore[arg-type]  # as it was called

    monkeypatch.setattr(forecast, "ahead", held)
    async with sit(app, MIDDLE) as hand:
        await hand.press("f")
        await comes(hand.pilot, lambda: any("fan: 30 of 90" in row for row in hand.rows))
        shown = "\n".join(hand.rows)
        assert "fan: 30 of 90" in shown
        assert not re.search(r"[+-]\d+\.\d (better|worse|same)", shown)
        assert "T10" in shown
        opened.set()
        assert re.search(r"[+-]\d+\.\d (better|worse|same)", await known(hand))


@pytest.mark.slow
async def test_what_is_not_wanted_stops_between_two_turns(monkeypatch: pytest.MonkeyPatch) -> None:
    app = flagship("levers, turn 2")
    begun, go_on, ended = threading.Event(), threading.Event(), threading.Event()
    turns: list[int] = []
    ahead = forecast.ahead

    def slow(*asked: object, **how: object) -> Iterator[Int32]:
        try:
            for number, scores in enumerate(ahead(*asked, **how)):  # type: ignore[arg-type]  # as it was called
                turns.append(number)
                begun.set()
                go_on.wait(PATIENCE)
                yield scores
        finally:
            ended.set()

    monkeypatch.setattr(forecast, "ahead", slow)
    async with sit(app, SMALL) as hand:
        await hand.press("f")
        await asyncio.to_thread(begun.wait, 20)
        await hand.press("q")
        go_on.set()
        assert await asyncio.to_thread(ended.wait, 20)
    assert [0] == turns


async def test_it_belongs_to_a_moment(room: Room, gate: threading.Event) -> None:
    """What is written beside the play leaves it; where the run goes on, nothing old is shown."""
    room.to(in_phase(phases.LEVERS))
    room.ask(CHIEF, ShareForecast(shared=True))
    async with sit(room.app(MEMBER), MIDDLE) as hand:
        app = hand.pilot.app
        assert isinstance(app, TtxApp)
        gate.set()
        await hand.press("f")
        assert "90 worlds" in await known(hand)
        here, before = page(app), {**page(app).foresight.fans}

        room.ask(OTHER, Note("as agreed"))
        await hand.settle()
        assert before == here.foresight.fans
        gate.clear()
        room.ask(LEAD, Move("standing_staff", "liaison"))
        await hand.settle()
        assert here is app.screen
        assert {} == here.foresight.fans
        assert any("fan: 0 of 90" in row for row in hand.rows)
        gate.set()
        assert "90 worlds" in await known(hand)
        assert before[AS_IT_STANDS] is not here.foresight.fans[AS_IT_STANDS]


async def looked_at(hand: Hand) -> str:
    await hand.press("S", "f")
    return await known(hand)


@pytest.mark.slow
async def test_the_facilitator_decides_who_sees_it(room: Room) -> None:
    """Every seat's screen, before it is shared, once it is, and after it was taken back."""
    room.to(choosing)
    async with AsyncExitStack() as stack:
        hands = {
            seat: await stack.enter_async_context(sit(room.app(seat), MIDDLE)) for seat in SEATS
        }
        for seat, hand in hands.items():
            shown = await looked_at(hand)
            wanted = "90 worlds" if seat == CHIEF else NO_STANDING if seat == RED else NOT_SHARED
            assert wanted in shown, seat
            assert ("at the end" in shown) == (seat == CHIEF), seat

        await hands[CHIEF].press("q")
        await hands[CHIEF].press("o", "escape")
        assert [] == room.game.notebook.of(ForecastSet)
        await hands[CHIEF].press("o", "y")
        assert [True] == [one.shared for _, one in room.game.notebook.of(ForecastSet)]
        for seat, hand in hands.items():
            shown = await known(hand) if seat != CHIEF else await looked_at(hand)
            assert (NO_STANDING if seat == RED else "90 worlds") in shown, seat

        await hands[CHIEF].press("o")
        for seat, hand in hands.items():
            shown = await known(hand)
            wanted = "90 worlds" if seat == CHIEF else NO_STANDING if seat == RED else NOT_SHARED
            assert wanted in shown, seat
            assert ("share" in hand.rows[-1]) == (seat == CHIEF), seat
        before = room.game.entries
        for seat in (LEAD, OTHER, MEMBER, "evaluator"):
            await hands[seat].press("o")
        assert before == room.game.entries


@pytest.mark.slow
async def test_a_look_at_another_seat_is_what_that_seat_sees(room: Room) -> None:
    room.to(choosing)
    app = room.app(CHIEF)
    async with sit(app, MIDDLE) as hand:
        app.shell.preview(LEAD)
        await hand.settle()
        assert NOT_SHARED in await looked_at(hand)
        await hand.press("q", "q")
        room.ask(CHIEF, ShareForecast(shared=True))
        app.shell.preview(LEAD)
        await hand.settle()
        assert "90 worlds" in await looked_at(hand)
        before = room.game.entries
        await hand.press("o")
        assert before == room.game.entries


async def test_once_the_run_is_over_there_is_nothing_to_come(room: Room) -> None:
    room.to(in_phase(phases.HOTWASH))
    async with sit(room.app(CHIEF), MIDDLE) as hand:
        assert onward.NOTHING in await looked_at(hand)


@pytest.mark.slow
async def test_a_forecast_that_fails_leaves_the_run_alone(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def broken(*_: object, **__: object) -> Iterator[Int32]:
        yield from ()
        raise RuntimeError("no such world")

    monkeypatch.delenv("TTX_STRICT", raising=False)
    monkeypatch.setattr(forecast, "ahead", broken)
    app = flagship("crisis")
    async with sit(app, SMALL) as hand:
        await hand.press("f")
        shown = await known(hand)
        assert "fan: 0 of 90" in shown
        assert "could not be worked out" in shown
        await hand.press("q", "2")
        assert app.is_running
