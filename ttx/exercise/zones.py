"""The clocks of an exercise: whose time its hours are, and how texts tell times."""

from __future__ import annotations

import datetime
import re
from decimal import Decimal

from ttx.exercise.model.exercise import Exercise
from ttx.exercise.model.part import text
from ttx.exercise.model.times import Change, Summer, Zone
from ttx.i18n import _

ONSET = "onset"
"""The place for the hour of an incident, in the local time of the exercise."""
PLACEHOLDER = re.compile(r"\{([A-Za-z0-9][A-Za-z0-9_-]*)(?:\+(\d{1,3})h)?\}")
DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_US = Summer(
    starts=Change(month=3, sunday=2, hour=2),
    ends=Change(month=11, sunday=1, hour=1),
)
PACIFIC = (
    Zone(id="tokyo", name="Tokyo", short="JST", offset=Decimal(9)),
    Zone(id="hawaii", name="Hawaii", offset=Decimal(-10)),
    Zone(id="washington", name="Washington", offset=Decimal(-5), summer=_US),
)
"""The zones of an exercise that declares none; `{tokyo}` is no place of theirs."""


def local(exercise: Exercise) -> Zone:
    """The zone whose time the hours of the exercise are: the first one."""
    return exercise.zone[0] if exercise.zone else PACIFIC[0]


def placeholders(exercise: Exercise) -> tuple[str, ...]:
    """What may stand between braces in a text, without an offset."""
    return (ONSET, *_elsewhere(exercise))


def _elsewhere(exercise: Exercise) -> dict[str, Zone]:
    return {zone.id: zone for zone in exercise.zone or PACIFIC[1:]}


def fits(exercise: Exercise, brace: str) -> bool:
    """Whether a text between braces is a place for a time that this exercise fills."""
    match = PLACEHOLDER.fullmatch(brace)
    return match is not None and match[1] in placeholders(exercise)


def in_words(exercise: Exercise) -> str:
    """The places for times that a text may have: `{onset}, {hawaii} or {washington}`."""
    *first, last = (f"{{{name}}}" for name in placeholders(exercise))
    return _("{first} or {last}", first=", ".join(first), last=last) if first else last


def filled(exercise: Exercise, words: str, day: str, hour: int) -> str:
    """A text with its places for times filled; day (ISO) and hour are those of onset, local.

    What no zone is named after stays as it stands.
    """
    onset = datetime.datetime.combine(datetime.date.fromisoformat(day), datetime.time(hour % 24))
    here, there = local(exercise), _elsewhere(exercise)
    begins = to_utc(here, onset)

    def stamp(match: re.Match[str]) -> str:
        if match[1] != ONSET and match[1] not in there:
            return match[0]
        moment = begins + datetime.timedelta(hours=int(match[2] or 0))
        near = from_utc(here, moment)
        if match[1] == ONSET:
            later = near.date() != onset.date()
            suffix = f" on {DAYS[near.weekday()]} {near.day} {MONTHS[near.month - 1]}"
            return stamped(here, near) + (suffix if later else "")
        far = from_utc(there[match[1]], moment)
        if far.date() == near.date():
            return f"{far:%H:%M}"
        if far.date() < near.date():
            return _("{time} the day before", time=f"{far:%H:%M}")
        return _("{time} the day after", time=f"{far:%H:%M}")

    return PLACEHOLDER.sub(stamp, words)


def ahead(exercise: Exercise, words: str) -> str:
    """A text as it is read before anybody knows the hour, with each place for a time in words.

    `{onset}` becomes `[time of onset]`, `{hawaii+2h}` `[2 h after onset, Hawaii]`.
    """
    there = _elsewhere(exercise)

    def named(match: re.Match[str]) -> str:
        if match[1] != ONSET and match[1] not in there:
            return match[0]
        hours = int(match[2] or 0)
        when = _("{hours} h after onset", hours=hours) if hours else _("time of onset")
        if match[1] == ONSET:
            return f"[{when}]"
        return f"[{when}, {text(there[match[1]].name)}]"

    return PLACEHOLDER.sub(named, words)


def stamped(zone: Zone, wall: datetime.datetime) -> str:
    """What clocks show, with the letters of the zone at that time of the year: `18:00 JST`."""
    summer = zone.summer
    ahead = summer is not None and in_summer(summer, wall - _ahead(summer))
    letters = summer.short if summer is not None and ahead else zone.short
    return f"{wall:%H:%M} {letters}".rstrip()


def to_utc(zone: Zone, wall: datetime.datetime) -> datetime.datetime:
    """The moment at which clocks of the zone show that; of an hour shown twice, the first."""
    standard = wall - _offset(zone)
    if zone.summer is not None and in_summer(zone.summer, wall - _ahead(zone.summer)):
        return standard - _ahead(zone.summer)
    return standard


def from_utc(zone: Zone, moment: datetime.datetime) -> datetime.datetime:
    """What clocks of the zone show at a moment."""
    standard = moment + _offset(zone)
    if zone.summer is not None and in_summer(zone.summer, standard):
        return standard + _ahead(zone.summer)
    return standard


def _offset(zone: Zone) -> datetime.timedelta:
    return datetime.timedelta(minutes=int(zone.offset * 60))


def _ahead(summer: Summer) -> datetime.timedelta:
    return datetime.timedelta(minutes=summer.minutes)


def in_summer(summer: Summer, standard: datetime.datetime) -> bool:
    """Whether summer time is kept, at a moment in standard time."""
    starts, ends = (_moment(switch, standard.year) for switch in (summer.starts, summer.ends))
    if starts < ends:
        return starts <= standard < ends
    return standard >= starts or standard < ends


def _moment(change: Change, year: int) -> datetime.datetime:
    """When clocks are changed in a year, in standard time."""
    if change.sunday > 0:
        first = datetime.date(year, change.month, 1 + 7 * (change.sunday - 1))
        day = first + datetime.timedelta(days=6 - first.weekday())
    else:
        last = datetime.date(year, change.month, 28)
        while (last + datetime.timedelta(days=1)).month == change.month:
            last += datetime.timedelta(days=1)
        day = last - datetime.timedelta(days=(last.weekday() + 1) % 7)
    return datetime.datetime.combine(day, datetime.time(change.hour))
