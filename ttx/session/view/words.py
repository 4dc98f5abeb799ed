"""Numbers, times and directions in the words of the screens."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from enum import StrEnum

from ttx.exercise import length, zones
from ttx.exercise.model.exercise import Exercise
from ttx.exercise.model.part import text
from ttx.exercise.model.times import Turns
from ttx.exercise.model.tracks import Track
from ttx.exercise.zones import DAYS, MONTHS
from ttx.i18n import N_, _, ngettext
from ttx.session.needs import points

JUDGEMENT = N_("Structured judgement, not prediction.")
"""Stands wherever scores do."""
CLEAR = 50
"""A difference of scores under half a point is called no clear difference."""
SAME = 5
"""A change of a track under this many hundredths shows as +0.0 and is called same."""
SHARES = (N_("not at all"), N_("a quarter"), N_("half"), N_("three quarters"), N_("in full"))
"""How far an answer carries, by quarters."""
TIMINGS = {"on_time": N_("in time"), "late": N_("late"), "far_too_late": N_("far too late")}

SLOTS = {"policy": N_("policy"), "crisis": N_("crisis")}
"""What an inject is for."""
RESPONSES = {
    "restraint": N_("restraint"),
    "probe": N_("probe"),
    "escalate": N_("escalate"),
}
"""What an adversary can do at the end of a turn."""


class Direction(StrEnum):
    """Whether a change is for the better; the screens colour it by this, and show its word."""

    BETTER = N_("better")
    WORSE = N_("worse")
    SAME = N_("same")

    @property
    def word(self) -> str:
        """As a reader reads it."""
        return _(self.value)


hours = length.hours
Shift = tuple[str, str, Direction]
"""A track in short, its change in points, and whether that is for the better."""


def hours_short(minutes: int) -> str:
    """Minutes in a bar: `2:50`."""
    return f"{minutes // 60}:{minutes % 60:02d}"


def by_points(value: int) -> str:
    """A change in points with its sign and no needless decimals: `+1.5`, `-4`."""
    return f"{'-' if value < 0 else '+'}{points(abs(value))}"


def moved_points(value: int) -> str:
    """A change with one decimal and its sign: `-3.0`."""
    tenths = (abs(value) + 5) // 10
    sign = "-" if value < 0 and tenths else "+"
    return f"{sign}{tenths // 10}.{tenths % 10}"


def exact(value: int) -> str:
    """A change that has to add up: `-11.30`."""
    return f"{'-' if value < 0 else '+'}{abs(value) // 100}.{abs(value) % 100:02d}"


def direction(value: int, better: str, same: int = SAME) -> Direction:
    """Better, worse or same for a change in hundredths; `same` is the least that counts."""
    if abs(value) < same:
        return Direction.SAME
    return Direction.BETTER if (value > 0) == (better == "higher") else Direction.WORSE


def shift(track: Track, by: int, least: int = 1) -> Shift:
    """A change of a track, in hundredths, as a row shows it."""
    return track.short, by_points(by), direction(by, track.better, same=least)


def share(draw: int) -> str:
    """A 32-bit integer as 0.00 to 100.00, cut and never rounded up."""
    hundredths = draw * 10000 >> 32
    return f"{hundredths // 100}.{hundredths % 100:02d}"


def carries(quarters: int) -> str:
    """How far an answer carries."""
    return _(SHARES[quarters]) if quarters < len(SHARES) else _("more than in full")


def verdict(timing: str) -> str:
    """The timing as the screens say it."""
    return _(TIMINGS[timing])


def slot(kind: str) -> str:
    """What an inject is for: policy or crisis."""
    return _(SLOTS[kind])


def response(kind: str) -> str:
    """What an adversary did: restraint, probe or escalate."""
    return _(RESPONSES[kind])


def month(day: datetime.date) -> str:
    """`Nov 2026`."""
    return f"{_(MONTHS[day.month - 1])} {day.year}"


def scenario_day(turns: Turns, day: datetime.date) -> str:
    """A day of the scenario as exactly as its turns count: `Nov 2026`, or `7 Nov 2026`."""
    return month(day) if turns.days is None else f"{day.day} {month(day)}"


def scenario_span(turns: Turns, first: datetime.date, last: datetime.date) -> str:
    """The scenario's time from one day to another: `Dec 2024 to Feb 2025`; once if it is one."""
    begins, ends = scenario_day(turns, first), scenario_day(turns, last)
    return begins if begins == ends else _("{begins} to {ends}", begins=begins, ends=ends)


def turn_length(turns: Turns) -> str:
    """How long a turn is in the scenario: `3 months`, or `1 day` where it counts days."""
    if turns.days is not None:
        return ngettext("{count} day", "{count} days", turns.days)
    return ngettext("{count} month", "{count} months", turns.months)


def day_text(day: str) -> str:
    """An ISO date as `Sat 7 Nov 2026`."""
    date = datetime.date.fromisoformat(day)
    return f"{_(DAYS[date.weekday()])} {date.day} {month(date)}"


def moment(exercise: Exercise, day: str, hour: int) -> str:
    """A day and hour of the scenario: `Sat 7 Nov 2026 18:00 JST`."""
    wall = datetime.datetime.fromisoformat(day) + datetime.timedelta(hours=hour % 24)
    return f"{day_text(day)} {zones.stamped(zones.local(exercise), wall)}"


def clock_time(hour: int) -> str:
    """A whole hour: `18:00`."""
    return f"{hour % 24:02d}:00"


def robot(exercise: Exercise, name: str) -> str:
    """A robot inside a sentence, by its name: `the robot staff first`."""
    part = next((known for known in exercise.robot if known.id == name), None)
    return _("the robot {part}", part=text(part.name) if part else name)


def because(clause: str, reason: str) -> str:
    """What was done, with the reason that was given for it."""
    return _("{clause}, because: {reason}", clause=clause, reason=reason)


def capital(words: str) -> str:
    """Words as the beginning of a sentence."""
    return f"{words[:1].upper()}{words[1:]}"


def listed(names: Sequence[str]) -> str:
    """Names in a row: `China`, `China and Russia`, `China, North Korea and Russia`."""
    *most, last = names or ("",)
    return _("{most} and {last}", most=", ".join(most), last=last) if most else last
