"""What the desk sets for everybody: the room's screen, and the time of a phase."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from kit.clock import Clock, fake_clock
from kit.control import answered, sound, to_slot
from kit.hosted import CHIEF, ask, host, refused, to

from ttx.session import phases
from ttx.session.control_events import (
    BREAK,
    FOLLOWS,
    HELD,
    INJECT,
    MAP,
    MESSAGE,
    STANDING,
    RoomSet,
    TimeBoxed,
)
from ttx.session.opening import hosted, resume_hosted
from ttx.session.play_commands import Continue, End, Pause, Undo
from ttx.session.record import read
from ttx.session.run import PROJECTOR
from ttx.session.staging import SetTime, ShowRoom
from ttx.session.table import Table
from ttx.session.view.eye import Eye
from ttx.session.view.room import put_there, room_choices, room_news, room_shows
from ttx.session.view.time_left import time_left


@pytest.fixture
def clock() -> Iterator[Clock]:
    with fake_clock() as one:
        yield one


def desk(table: Table) -> Eye:
    return Eye(table.game, CHIEF)


# --- the room's screen ---


def test_the_room_is_given_what_may_be_shown_there(tmp_path: Path) -> None:
    table = host(tmp_path)
    assert "follows the run: briefing" == room_shows(desk(table))
    assert "follows the run already" in refused(table, CHIEF, ShowRoom(FOLLOWS))
    assert "that was released" in refused(table, CHIEF, ShowRoom(INJECT, inject="guam"))
    assert "The message is empty." in refused(table, CHIEF, ShowRoom(MESSAGE, words=" "))
    assert "follows the run already" in refused(table, CHIEF, ShowRoom("film"))
    assert "That is the facilitator's." in refused(table, "usfj", ShowRoom(MAP))
    assert [HELD, MAP, STANDING, MESSAGE, BREAK] == [c.shows for c in room_choices(desk(table))]
    ask(table, CHIEF, ShowRoom(BREAK, words="Back at half past ten"))
    assert "a break: Back at half past ten" == room_shows(desk(table))
    assert FOLLOWS == room_choices(desk(table))[0].shows
    ask(table, CHIEF, ShowRoom(FOLLOWS))
    assert table.game.room is None
    sound(table)


def test_what_is_held_stays_as_it_was_while_the_run_goes_on(tmp_path: Path) -> None:
    table = host(tmp_path)
    to(table, phases.DELIBERATION)
    ask(table, CHIEF, ShowRoom(HELD))
    before = table.game.held
    assert before is not None
    assert (phases.DELIBERATION, "held: deliberation of turn 1") == (
        before.phase,
        room_shows(desk(table)),
    )
    assert "is held already" in refused(table, CHIEF, ShowRoom(HELD))
    answered(table)
    ask(table, CHIEF, Continue())
    assert phases.REVIEW == table.game.phase
    assert table.game.held is before
    ask(table, CHIEF, Undo())
    assert table.game.held is before
    sound(table)
    table.leave()
    back = resume_hosted(read(tmp_path / "run.ttx.toml"))
    assert back.game.held == before
    ask(back, CHIEF, ShowRoom(FOLLOWS))
    assert room_shows(desk(back)).startswith("follows the run:")
    back.leave()


def test_an_inject_that_was_taken_back_leaves_the_room(tmp_path: Path) -> None:
    table = host(tmp_path)
    inject = to_slot(table, "crisis")
    ask(table, CHIEF, Continue())
    ask(table, CHIEF, ShowRoom(INJECT, inject=inject))
    room = Eye(table.game, PROJECTOR)
    news = room_news(room, inject)
    assert news is not None
    assert table.game.number == news.number
    assert RoomSet(INJECT, inject=inject) == put_there(table.game)
    ask(table, CHIEF, Undo())
    assert phases.LEVERS == table.game.phase
    assert put_there(table.game) is None
    sound(table)


def test_the_standing_is_not_put_before_adversaries(tmp_path: Path) -> None:
    from kit.tables import exercise

    table = hosted(exercise("accelerate"), {}, 7, tmp_path / "run.ttx.toml", red=True)
    assert "Adversaries sit in the room" in refused(table, CHIEF, ShowRoom(STANDING))
    assert STANDING not in [choice.shows for choice in room_choices(desk(table))]
    table.leave()


# --- the time of a phase ---


def test_a_phase_has_the_time_that_it_was_given(tmp_path: Path, clock: Clock) -> None:
    table = host(tmp_path)
    to(table, phases.DELIBERATION)
    plan = time_left(table.game, table.elapsed)
    assert (300, 300, False, "") == (plan.left, plan.ends, plan.boxed, plan.word)
    clock.now += 120
    ask(table, CHIEF, SetTime(10))
    given = time_left(table.game, table.elapsed)
    assert (720, 600, True, False) == (given.ends, given.left, given.boxed, given.late)
    clock.now += 540
    last = time_left(table.game, table.elapsed)
    assert (60, True, False) == (last.left, last.late, last.up)
    assert "Less than a minute is left for this phase: deliberation." == last.word
    clock.now += 60
    up = time_left(table.game, table.elapsed)
    assert (0, True, "Time is up for this phase: deliberation.") == (up.left, up.up, up.word)
    ask(table, CHIEF, SetTime(2))
    assert 120 == time_left(table.game, table.elapsed).left
    ask(table, CHIEF, SetTime(0))
    assert not time_left(table.game, table.elapsed).boxed
    sound(table)


def test_a_pause_holds_it_and_the_next_phase_has_none(tmp_path: Path, clock: Clock) -> None:
    table = host(tmp_path)
    to(table, phases.LEVERS)
    ask(table, CHIEF, SetTime(4), Pause())
    clock.now += 1000
    assert 240 == time_left(table.game, table.elapsed).left
    ask(table, CHIEF, SetTime(5), Pause())
    clock.now += 30
    assert 270 == time_left(table.game, table.elapsed).left
    ask(table, CHIEF, Continue())
    assert table.game.boxed is None
    assert [TimeBoxed(4), TimeBoxed(5)] == [
        entry.event for entry in table.entries if isinstance(entry.event, TimeBoxed)
    ]


def test_only_the_pace_gives_time_and_only_so_much(tmp_path: Path) -> None:
    table = host(tmp_path)
    assert "No time was set" in refused(table, CHIEF, SetTime(0))
    for minutes in (-1, 241):
        assert "whole minutes, 1 to 240" in refused(table, CHIEF, SetTime(minutes))
    assert "That is the facilitator's." in refused(table, "usfj", SetTime(5))
    ask(table, CHIEF, End())
    ask(table, CHIEF, SetTime(20))
    assert time_left(table.game, 0).boxed
