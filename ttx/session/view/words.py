"""Numbers, times and directions in the words of the screens."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

from ttx.exercise import zones
from ttx.exercise.model import Exercise
from ttx.exercise.zones import DAYS, MONTHS
from ttx.session.needs import points

__all__ = [
    "DAYS",
    "MONTHS",
    "by_points",
    "carries",
    "clock_time",
    "day_text",
    "direction",
    "exact",
    "hours",
    "hours_short",
    "listed",
    "moment",
    "moved_points",
    "points",
    "share",
    "verdict",
]

JUDGEMENT = "Structured judgement, not prediction."
"""Stands wherever scores do."""
SAME = 5
"""A change of a track under this many hundredths shows as +0.0 and is called same."""


def hours(minutes: int) -> str:
    """Minutes in a sentence: `2 h 50`, `45 min`."""
    whole, rest = divmod(abs(minutes), 60)
    if not whole:
        return f"{rest} min"
    return f"{whole} h {rest:02d}" if rest else f"{whole} h"


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


def direction(value: int, better: str, same: int = SAME) -> str:
    """`better`, `worse` or `same` for a change in hundredths."""
    if abs(value) < same:
        return "same"
    return "better" if (value > 0) == (better == "higher") else "worse"


def share(draw: int) -> str:
    """A 32-bit integer as 0.00 to 100.00, cut and never rounded up."""
    hundredths = draw * 10000 >> 32
    return f"{hundredths // 100}.{hundredths % 100:02d}"


def carries(quarters: int) -> str:
    """How far an answer carries."""
    words = ("not at all", "a quarter", "half", "three quarters", "in full")
    return words[quarters] if quarters <= 4 else "more than in full"


def verdict(timing: str) -> str:
    """The timing as the screens say it."""
    return {"on_time": "in time", "late": "late", "far_too_late": "far too late"}[timing]


def day_text(day: str) -> str:
    """An ISO date as `Sat 7 Nov 2026`."""
    date = datetime.date.fromisoformat(day)
    return f"{DAYS[date.weekday()]} {date.day} {MONTHS[date.month - 1]} {date.year}"


def moment(exercise: Exercise, day: str, hour: int) -> str:
    """A day and hour of the scenario: `Sat 7 Nov 2026 18:00 JST`."""
    wall = datetime.datetime.fromisoformat(day) + datetime.timedelta(hours=hour % 24)
    return f"{day_text(day)} {zones.stamped(zones.local(exercise), wall)}"


def clock_time(hour: int) -> str:
    """A whole hour: `18:00`."""
    return f"{hour % 24:02d}:00"


def listed(names: Sequence[str]) -> str:
    """Names in a row: `China`, `China and Russia`, `China, North Korea and Russia`."""
    *most, last = names or ("",)
    return f"{', '.join(most)} and {last}" if most else last
