"""Numbers, times and directions in the words of the screens."""

from __future__ import annotations

import datetime
import re

from ttx.session.needs import points

__all__ = [
    "by_points",
    "carries",
    "clock_time",
    "day_text",
    "direction",
    "exact",
    "filled",
    "hours",
    "hours_short",
    "moved_points",
    "points",
    "share",
    "verdict",
]

JUDGEMENT = "Structured judgement, not prediction."
"""Stands wherever scores do."""
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
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


def clock_time(hour: int) -> str:
    """A whole hour: `18:00`."""
    return f"{hour % 24:02d}:00"


def _summer_time(there: datetime.datetime) -> bool:
    """Whether Washington keeps summer time, at a moment given in its winter time.

    From the second Sunday of March, 02:00, to the first Sunday of November, 01:00 winter time.
    """
    march = datetime.datetime.combine(datetime.date(there.year, 3, 8), datetime.time(2))
    november = datetime.datetime.combine(datetime.date(there.year, 11, 1), datetime.time(1))
    begins = march + datetime.timedelta(days=(6 - march.weekday()) % 7)
    ends = november + datetime.timedelta(days=(6 - november.weekday()) % 7)
    return begins <= there < ends


PLACEHOLDER = re.compile(r"\{(onset|hawaii|washington)(?:\+(\d+)h)?\}")


def filled(words: str, day: str, hour: int) -> str:
    """A text with its places for times filled from the dice; onset is in Japan's time."""
    onset = datetime.datetime.combine(datetime.date.fromisoformat(day), datetime.time(hour % 24))

    def one(match: re.Match[str]) -> str:
        moment = onset + datetime.timedelta(hours=int(match[2] or 0))
        if match[1] == "onset":
            later = (moment.date() - onset.date()).days
            suffix = f" on {DAYS[moment.weekday()]} {moment.day} {MONTHS[moment.month - 1]}"
            return f"{clock_time(moment.hour)} JST" + (suffix if later else "")
        there = moment - datetime.timedelta(hours=19 if match[1] == "hawaii" else 14)
        if match[1] == "washington" and _summer_time(there):
            there += datetime.timedelta(hours=1)
        before = there.date() < moment.date()
        return clock_time(there.hour) + (" the day before" if before else "")

    return PLACEHOLDER.sub(one, words)
