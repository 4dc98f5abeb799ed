"""The time of an exercise: the calendar of its turns, and the zones its texts tell hours in."""

from __future__ import annotations

import datetime
from decimal import Decimal

from pydantic import Field

from ttx.exercise.model.conditions import Threshold
from ttx.exercise.model.part import Id, Part, Text


class Turns(Part):
    """The calendar of the run."""

    count: int = Field(ge=1, le=10)
    """How many turns; at most ten."""
    months: int = Field(default=3, ge=1)
    """Scenario months a turn: 3 is a quarter of a year. Rates and delays count in turns."""
    days: int | None = Field(default=None, ge=1, le=365)
    """Scenario days a turn, in the place of months: 1 is a turn a day."""
    start: datetime.date
    """A day of the month in which turn 1 begins; every turn begins on the first of a month. With
    `days` it is the first day of turn 1."""
    ends_when: Threshold | None = None
    """Ends the run after the turn in which it holds."""
    first_levers: list[Id] = []
    """The levers open to people in turn 1; all where empty."""
    moves: int = 3
    """Successful lever moves a robot may make in a turn."""

    def first_day(self, turn: int) -> datetime.date:
        """The first scenario day of a turn; turn count + 1 is the day after the last."""
        if self.days is not None:
            return self.start + datetime.timedelta(self.days * (turn - 1))
        months = self.start.month - 1 + self.months * (turn - 1)
        return datetime.date(self.start.year + months // 12, months % 12 + 1, 1)


class Change(Part):
    """When clocks are set forward or back, in the zone's standard time."""

    month: int = Field(ge=1, le=12)
    """1 is January."""
    sunday: int = Field(ge=-1, le=4)
    """1 is the first Sunday of the month, 2 the second; -1 is the last."""
    hour: int = Field(ge=0, le=23)
    """In standard time, on both days: EU clocks change at 1 UTC, which is 2 in Paris."""


class Summer(Part):
    """The months in which clocks run ahead."""

    starts: Change
    """When they are set forward."""
    ends: Change
    """When they are set back; before `starts` in the year where summer goes over New Year."""
    minutes: int = Field(default=60, ge=1, le=120)
    """How far they run ahead."""
    short: str = Field(default="", max_length=5)
    """The letters behind a time while they do: CEST; none where empty."""


class Zone(Part):
    """The time of a place. The first zone is the exercise's own: its hours are hours there."""

    id: Id
    """How texts name it: `{london}`, `{london+2h}` for a zone `london`."""
    name: Text
    """The place, as screens print it behind `in`."""
    short: str = Field(default="", max_length=5)
    """The letters behind a time in the first zone, in standard time: JST; none where empty."""
    offset: Decimal = Field(ge=-12, le=14)
    """Hours ahead of UTC in standard time, in quarters of an hour: 9, -10, 5.75."""
    summer: Summer | None = None
    """Left out where clocks stay as they are all year."""
