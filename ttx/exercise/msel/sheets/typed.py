"""Cells that hold numbers, times and the like, as the words that stand for them everywhere.

A time is `09:15`, a date `2026-03-12`, both `2026-03-12 09:15`; hours that run past a day are
`27:30`; seconds are there where they are not 0. A number is written out as a spreadsheet would show
it, with 15 digits at most and no exponent; true and false are `TRUE` and `FALSE`.
"""

from __future__ import annotations

import datetime
import math
import re
from decimal import Decimal

Cell = (
    str
    | bool
    | int
    | float
    | datetime.datetime
    | datetime.date
    | datetime.time
    | datetime.timedelta
)
_ZERO = datetime.datetime(1899, 12, 31)  # noqa: DTZ001  # a spreadsheet's times have no zone
_AMOUNTS = datetime.datetime(1900, 2, 1)  # noqa: DTZ001  # nor has this one
"""Before it, a number of days in the form of a date is an amount of time that runs past a day."""
_ISO_DURATION = re.compile(r"(-?)PT(\d+)H(\d+)M(\d+(?:\.\d+)?)S")
_YEAR = datetime.timedelta(days=366)
_EPOCH = datetime.datetime(1899, 12, 30)  # noqa: DTZ001  # nor has this one
"""Day 0 of OpenDocument, in which a date shown as a time is the hours since then."""


def words(cell: Cell) -> str:
    """What stands for a cell."""
    match cell:
        case str():
            return cell
        case bool():
            return "TRUE" if cell else "FALSE"
        case int():
            return str(cell)
        case float():
            return number(cell)
        case datetime.datetime():
            return _moment(cell)
        case datetime.date():
            return _moment(datetime.datetime.combine(cell, datetime.time()), whole=True)
        case datetime.time():
            at = datetime.timedelta(
                hours=cell.hour,
                minutes=cell.minute,
                seconds=cell.second,
                microseconds=cell.microsecond,
            )
            return hours(at)
        case datetime.timedelta():
            return hours(cell)


def number(value: float) -> str:
    """A number in digits: `5004` for 5004.0, `0.3` for 0.1 + 0.2."""
    if math.isfinite(value) and value == int(value) and abs(value) < 1e15:
        return str(int(value))
    return format(Decimal(f"{value:.15g}"), "f")


def hours(amount: datetime.timedelta) -> str:
    """An amount of time in hours and minutes, and seconds where there are any."""
    seconds = round(amount.total_seconds())
    sign, seconds = ("-", -seconds) if seconds < 0 else ("", seconds)
    minutes, seconds = divmod(seconds, 60)
    text = f"{sign}{minutes // 60:02}:{minutes % 60:02}"
    return f"{text}:{seconds:02}" if seconds else text


def from_iso(cell: str) -> str | None:
    """An amount of time as OpenDocument writes it, or None where the words are something else."""
    match = _ISO_DURATION.fullmatch(cell)
    if match is None:
        return None
    amount = datetime.timedelta(hours=int(match[2]), minutes=int(match[3]), seconds=float(match[4]))
    if amount > _YEAR and not match[1]:
        return _moment(_EPOCH + amount)
    return hours(-amount if match[1] else amount)


def _moment(moment: datetime.datetime, *, whole: bool = False) -> str:
    """A date with its time; the time of a `whole` day is left out."""
    if moment < _AMOUNTS:
        return hours(moment - _ZERO)
    seconds = round(moment.microsecond / 1e6)
    moment = moment.replace(microsecond=0) + datetime.timedelta(seconds=seconds)
    if whole:
        return f"{moment:%Y-%m-%d}"
    return f"{moment:%Y-%m-%d %H:%M:%S}" if moment.second else f"{moment:%Y-%m-%d %H:%M}"
