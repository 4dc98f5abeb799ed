"""Your turn: a bell where a seat is awaited that looks away, and at no other time."""

from __future__ import annotations

from pathlib import Path

import pytest
from kit.desk import sit
from kit.room import CHIEF, LEAD, MEMBER, OTHER, Room, choosing, in_phase
from textual.events import AppBlur, AppFocus

from ttx.remote.clipboard import let_through
from ttx.session import phases
from ttx.session.answer import Answer
from ttx.session.control_commands import Challenge
from ttx.session.play_commands import Commit, Message, Pause, Start, Submit
from ttx.session.run import PROJECTOR
from ttx.session.side_commands import Inquire
from ttx.session.view.awaited import awaited
from ttx.session.view.eye import Eye
from ttx.tui.your_turn import BELL, IDLE, YourTurn, call


class Clock:
    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


def turn() -> tuple[YourTurn, Clock]:
    clock = Clock()
    return YourTurn(clock), clock


def test_who_looks_is_not_called() -> None:
    one, clock = turn()
    one.hear_of_focus(focused=True)
    clock.now += 10 * IDLE
    assert not one.calls("levers 1")


def test_who_looks_away_is_called_once_for_each_thing() -> None:
    one, _clock = turn()
    one.hear_of_focus(focused=False)
    assert [True, False, False, True] == [
        one.calls(what) for what in ("levers 1", "levers 1", "", "answer 1.1")
    ]


def test_who_turns_away_from_what_they_have_seen_is_not_called_back() -> None:
    one, _clock = turn()
    one.hear_of_focus(focused=True)
    assert not one.calls("levers 1")
    one.hear_of_focus(focused=False)
    assert not one.calls("levers 1")


def test_a_terminal_that_does_not_tell_is_called_once_nobody_types() -> None:
    one, clock = turn()
    assert not one.calls("levers 1")
    clock.now += IDLE - 1
    assert not one.calls("levers 1")
    one.touch()
    clock.now += IDLE - 1
    assert not one.calls("levers 1")
    clock.now += 1
    assert [True, False] == [one.calls("levers 1"), one.calls("levers 1")]


def test_what_is_sent_is_a_bell_or_what_was_asked_for() -> None:
    assert BELL == call({}, "A title") == call({"TTX_NOTIFY": "bell"}, "A title")
    asked = call({"TTX_NOTIFY": "osc9"}, "A\x1b]52;c;?\x07 title")
    assert "\x1b]9;ttx: It is your turn: A]52;c;? title\x07" == asked


@pytest.mark.parametrize(
    ("data", "passes"),
    [
        (BELL, True),
        ("\x1b]9;ttx: It is your turn: T\x07", True),
        ("\x1b]9;4;1;50\x07", False),
        ("\x1b]9;anything\x07", False),
        ("\x1b]9;ttx: " + "x" * 200 + "\x07", False),
    ],
)
def test_a_seat_far_away_is_sent_that_and_no_other_command(data: str, passes: bool) -> None:  # noqa: FBT001  # pytest passes it by name
    assert (data if passes else "") == let_through(data, copies=False)


def test_who_is_awaited_at_every_gate(tmp_path: Path) -> None:
    room = Room(tmp_path)

    def now(*seats: str) -> list[bool]:
        return [bool(awaited(Eye(room.game, seat))) for seat in seats]

    everybody = (LEAD, MEMBER, OTHER, CHIEF, PROJECTOR)
    assert [True, True, True, False, False] == now(*everybody)
    room.ask(LEAD, Start())
    assert [False, True] == now(LEAD, MEMBER)
    room.to(in_phase(phases.LEVERS))
    assert [True, False, True, False, False] == now(*everybody)
    room.to(choosing)
    assert [True, True, True, False, False] == now(*everybody)
    room.ask(MEMBER, Commit(Answer(room.options()[0].id)))
    assert [True, False, True, False, False] == now(*everybody)
    room.ask(LEAD, Inquire("When?"))
    assert [True] == now(CHIEF)
    room.ask(CHIEF, Pause())
    assert [False, False, False, False, False] == now(*everybody)
    room.ask(CHIEF, Pause())
    for seat in (LEAD, OTHER):
        room.ask(seat, Submit(Answer(room.options()[0].id)))
    assert phases.ADJUDICATION == room.game.phase
    assert [False, False, False, True, False] == now(*everybody)
    room.to(in_phase(phases.REVIEW))
    before = awaited(Eye(room.game, CHIEF))
    room.ask(OTHER, Challenge("Nobody asked us."))
    assert before != awaited(Eye(room.game, CHIEF)) != ""


async def test_an_app_calls_who_looks_away_and_nobody_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    room = Room(tmp_path)
    room.to(in_phase(phases.LEVERS))
    async with sit(room.app(LEAD)) as away, sit(room.app(OTHER)) as looks:
        written: dict[str, list[str]] = {LEAD: [], OTHER: []}
        for seat, hand in ((LEAD, away), (OTHER, looks)):
            monkeypatch.setattr(hand.app._driver, "write", written[seat].append)
            event = AppBlur() if seat == LEAD else AppFocus()
            await hand.app.on_event(event)
        room.to(choosing)
        for hand in (away, looks):
            await hand.settle()
        assert [1, 0] == ["".join(written[seat]).count(BELL) for seat in (LEAD, OTHER)]
        room.ask(CHIEF, Message("all", "No reason to ring."))
        for hand in (away, looks):
            await hand.settle()
        assert [1, 0] == ["".join(written[seat]).count(BELL) for seat in (LEAD, OTHER)]
