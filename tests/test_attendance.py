"""Who is at the table and since when, with a clock that moves when it is told to."""

from __future__ import annotations

import pytest
from kit.room import Sitter

from ttx.session.attendance import HERE, IDLE, Attendance
from ttx.session.run import PROJECTOR


class Clock:
    """Seconds, by hand."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def attendance(clock: Clock) -> Attendance:
    """Three invited seats."""
    return Attendance(["lead", "deputy", "observer"], clock)


def test_a_table_is_as_quiet_as_the_seat_that_typed_last(
    attendance: Attendance, clock: Clock
) -> None:
    assert attendance.idle_seconds() is None
    attendance.record_activity("lead")
    clock.now += 40
    attendance.record_activity("deputy")
    clock.now += 5

    assert 45 == attendance.idle_seconds("lead")
    assert 5 == attendance.idle_seconds("deputy")
    assert attendance.idle_seconds("observer") is None
    assert 5 == attendance.idle_seconds()

    attendance.record_activity("lead")
    clock.now += 1
    assert (1, 6) == (attendance.idle_seconds("lead"), attendance.idle_seconds("deputy"))
    assert 1 == attendance.idle_seconds()


def test_who_presses_keys_is_there_and_the_table_is_as_quiet_as_before(clock: Clock) -> None:
    seats = Attendance(["lead", "observer", PROJECTOR], clock)
    for seat in seats.seats:
        seats.connect(seat, Sitter())
    clock.now += 1000
    assert [IDLE, IDLE, HERE] == [place.presence for place in seats.places()]  # nobody sits there
    seats.record_touch("observer")
    assert [IDLE, HERE, HERE] == [place.presence for place in seats.places()]
    assert seats.idle_seconds() is None
    clock.now += 181
    assert IDLE == seats.place("observer").presence
