"""When a row of a list is meant to come, as people write it: a turn, a day, a date, a time."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable
from dataclasses import dataclass, fields

from ttx.exercise.msel.sheets.time_words import MONTHS, folded, in_figures

_MONTHS = {month: at for at, month in enumerate(MONTHS, start=1)}
_TURN = re.compile(
    r"(?:t|turns?|moves?|rounds?|q|tours?)\s*(\d{1,3})"
    r"(?:\s*(?:-|–|to|until|a)\s*(?:t|turns?|moves?|rounds?|q|tours?)?\s*(\d{1,3}))?"
)
_BARE_TURN = re.compile(r"(\d{1,2})(?:\.0)?(?:\s*(?:-|–|to|until)\s*t?\s*(\d{1,2}))?")
_DAY = re.compile(r"(?:day|jour|scenario day|exercise day|tag)\s*[#:]?\s*(-?\d{1,3})\b")
_D_DAY = re.compile(r"\b[dj]\s*([+-])\s*(\d{1,3})\b|\b[dj]-?day\b|\bd(\d{1,2})\b")
_H_HOUR = re.compile(
    r"\b(?:h|startex)\s*\+\s*(\d{1,3})(?::(\d{2}))?(?:\s*(?:h|hrs?|hours?))?\b|\bh-?hour\b"
)
_PLUS = re.compile(r"\+\s*(\d{1,2}):(\d{2})\b|\+\s*(\d{1,4})\s*min(?:utes?)?\b")
_T_PLUS = re.compile(
    r"\bt\s*\+\s*(\d{1,4})(?:\s*h\s*(\d{2}))?\s*(m|mins?|minutes?|h|hrs?|hours?|days?)?(?![\w:])"
)
_ISO = re.compile(r"\b(\d{4})-(\d{1,2})-(\d{1,2})\b")
_YEAR_FIRST = re.compile(r"\b(\d{4})(?:/|\.\s?)(\d{1,2})(?:/|\.\s?)(\d{1,2})\b\.?")
_BASIC = re.compile(r"\b((?:19|20)\d{2})(0[1-9]|1[0-2])([0-2]\d|3[01])\b")
_FIGURES = re.compile(r"\b(\d{1,2})([/.-])(\d{1,2})(?:\2(\d{4}|\d{2}))?\b(?!:)")
_DOTTED = re.compile(r"\b(\d{1,2})\.\s?(\d{1,2})\.(?!\s?\d)")
"""A day and a month with a dot behind each: 12.3. in German, Czech or Finnish."""
_DTG = re.compile(
    r"\b(\d{2})\s*(\d{2})(\d{2})\s*(?:[a-z]|hrs?)?\s*([a-z]{3})[a-z]*\s*(\d{4}|\d{2})?\b"
)
_DAY_MONTH = re.compile(
    r"\b(\d{1,2})(?:st|nd|rd|th|er)?[\s.\-/]*([a-z]{3,9})\.?[\s\-/,]*"
    r"((?:19|20)\d{2}(?![\da-z])|\d{2}(?![\d:a-z]))?"
)
_MONTH_DAY = re.compile(
    r"\b([a-z]{3,9})\.?\s*(\d{1,2})(?:st|nd|rd|th)?\b(?!:)(?:\s*,?\s*((?:19|20)\d{2}(?![\da-z])))?"
)
_CLOCK = re.compile(
    r"(?<![\d:])(\d{1,2})(?::|\s?h\s?|\.(?=\d\d\b))(\d{2})?(?::\d{2}(?:\.\d+)?)?"
    r"\s*(am|pm|a\.m\.|p\.m\.)?(?:\s*[a-z]{1,4}(?=$|[\s,;)\]-]))?"
)
_HOUR_12 = re.compile(r"\b(\d{1,2})\s*(am|pm|a\.m\.|p\.m\.)")
_FOUR = re.compile(
    r"(?<![\d:/.-])0?(\d{1,2})(\d{2})\s*(?:[a-z]|hrs?|hours?|[a-z]{3})?(?=$|[\s,;)\]/–-])"
)
_SERIAL = re.compile(r"(\d{5})(?:\.(\d+))?")
_SERIAL_START = datetime.date(1899, 12, 30)
_SERIALS = range(20000, 80000)
"""Days since then of which a spreadsheet means a date: 1954 to 2119."""
DAY = 24 * 60
_NAMED = {"noon": 720, "midday": 720, "midi": 720, "midnight": 0, "minuit": 0}


@dataclass(frozen=True, slots=True)
class When:
    """What a row says of its time; what it leaves open is None."""

    turns: tuple[int, int] | None = None
    """The first turn and the last, where it names them."""
    date: datetime.date | None = None
    yearless: bool = False
    """Whether the date was written without its year, so that this one is not its own."""
    day: int | None = None
    """Days after the first: 0 for day 1 and for D-day, -1 for day 0 of a list that counts so."""
    minutes: int | None = None
    """Minutes after midnight, or after H-hour."""
    unsure: bool = False
    """Whether day and month could be the other way round."""

    def __bool__(self) -> bool:
        said = (getattr(self, part.name) for part in fields(self))
        return any(value is not None and value is not False for value in said)

    @property
    def timed(self) -> bool:
        """Whether it says more than a turn."""
        return self.date is not None or self.day is not None or self.minutes is not None


def merged(said: Iterable[When]) -> When:
    """What several cells of a row say together; of two that say the same kind, the first."""
    turns = date = day = minutes = None
    yearless = unsure = False
    for when in said:
        turns = when.turns if turns is None else turns
        if date is None or (yearless and when.date is not None and not when.yearless):
            date, yearless, unsure = when.date, when.yearless, when.unsure
        day = when.day if day is None else day
        minutes = when.minutes if minutes is None else minutes
    return When(turns, date, yearless, day, minutes, unsure)


def read(cell: str, column: str, year: int, *, day_first: bool = False) -> When:
    """What a cell says, in a column of `TIMES`; nothing where it says no time.

    A bare number is a day under SCENARIO DAY, a turn of one or two digits under SCENARIO TIME, so
    many minutes under MINUTES AFTER STARTEX, and a time of three or four digits anywhere else.
    `year` is that of dates which name none; `day_first` reads 12/03 as the 12th of March.
    """
    text = _plain(cell)
    if column in ("turns", "day", "planned") and (match := _TURN.fullmatch(text)):
        return _turns(match)
    if column == "turns" and (match := _BARE_TURN.fullmatch(text)):
        return _turns(match)
    if column == "day" and (match := re.fullmatch(r"(-?\d{1,3})(?:\.0)?", text)):
        return When(day=int(match[1]) - 1)
    if column == "day" and (match := re.fullmatch(r"t\s*\+\s*(\d{1,3})", text)):
        return When(day=int(match[1]))
    if column == "elapsed" and (match := re.fullmatch(r"[+t]*\s*(\d{1,4})(?:\.0)?", text)):
        return When(minutes=int(match[1]))
    serial = _SERIAL.fullmatch(text)
    if serial and column != "planned" and int(serial[1]) in _SERIALS:
        date = _SERIAL_START + datetime.timedelta(days=int(serial[1]))
        part = float(f"0.{serial[2] or 0}")
        return When(date=date, minutes=round(part * DAY) if part else None)
    return _spoken(text, year, day_first=day_first)


def _plain(cell: str) -> str:
    text = folded(cell)
    text = re.sub(
        r"\b(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\b,?", " ", text
    )
    text = in_figures(re.sub(r"\([^()]*\)", " ", text))
    text = re.sub(r"^(\d+)\.0$", r"\1", text.strip())
    return " ".join(re.sub(r"(?<=\d)t(?=\d\d:)", " ", text).split())


def _turns(match: re.Match[str]) -> When:
    return When(turns=(int(match[1]), int(match[2] or match[1])))


def _spoken(text: str, year: int, *, day_first: bool) -> When:
    """Dates, days and times as they stand among other words."""
    day = minutes = None
    if match := _DAY.search(text):
        day = int(match[1]) - 1
        text = _without(text, match)
    elif match := _D_DAY.search(text):
        away = int(match[2] or match[3] or 0)
        day = away * (-1 if match[1] == "-" else 1)
        text = _without(text, match)
    if match := _H_HOUR.search(text):
        minutes = int(match[1] or 0) * 60 + int(match[2] or 0)
        text = _without(text, match)
    elif match := _PLUS.search(text):
        minutes = int(match[3]) if match[3] else int(match[1]) * 60 + int(match[2])
        text = _without(text, match)
    elif match := _T_PLUS.search(text):
        amount, unit = int(match[1]), (match[3] or "h" if match[2] else match[3] or "m")[0]
        minutes = amount * {"m": 1, "h": 60, "d": DAY}[unit] + int(match[2] or 0)
        text = _without(text, match)
    date, yearless, unsure, at_once, text = _date(text, year, day_first=day_first)
    if minutes is None:
        minutes = _clock(text) if at_once is None else at_once
    return When(None, date, yearless, day, minutes, unsure)


def _without(text: str, match: re.Match[str]) -> str:
    return f"{text[: match.start()]} {text[match.end() :]}".strip()


def _date(
    text: str, year: int, *, day_first: bool
) -> tuple[datetime.date | None, bool, bool, int | None, str]:
    """The date in some words, two things unsure of it, its minutes if it has them, the rest."""
    if match := _DTG.search(text):
        date = _day_of(match[1], match[4], match[5], year)
        minutes = int(match[2]) * 60 + int(match[3])
        if date and minutes < DAY and int(match[3]) < 60:
            return date, not match[5], False, minutes, _without(text, match)
    for pattern in (_ISO, _YEAR_FIRST, _BASIC):
        if match := pattern.search(text):
            date = _calendar_day(int(match[1]), int(match[2]), int(match[3]))
            if date:
                return date, False, False, None, _without(text, match)
    for match in _DAY_MONTH.finditer(text):
        if date := _day_of(match[1], match[2], match[3], year):
            return date, not match[3], False, None, _without(text, match)
    for match in _MONTH_DAY.finditer(text):
        if date := _day_of(match[2], match[1], match[3], year):
            return date, not match[3], False, None, _without(text, match)
    for match in _FIGURES.finditer(text):
        if match[2] != "/" and not match[4]:
            continue  # 9.15 is a time of day, and 9-15 two of them
        one, two = int(match[1]), int(match[3])
        first = one > 12 or match[2] == "." or (day_first and two <= 12)
        month, day = (two, one) if first else (one, two)
        if date := _calendar_day(_year(match[4], year), month, day):
            unsure = match[2] != "." and one <= 12 and two <= 12 and one != two
            return date, not match[4], unsure, None, _without(text, match)
    if (match := _DOTTED.search(text)) and (
        date := _calendar_day(year, int(match[2]), int(match[1]))
    ):
        return date, True, False, None, _without(text, match)
    return None, False, False, None, text


def _day_of(day: str, month: str, given: str | None, year: int) -> datetime.date | None:
    at = _MONTHS.get(month)
    return _calendar_day(_year(given, year), at, int(day)) if at else None


def _year(given: str | None, year: int) -> int:
    if not given:
        return year
    return int(given) + (2000 if len(given) == 2 else 0)


def _calendar_day(year: int, month: int, day: int) -> datetime.date | None:
    try:
        return datetime.date(year, month, day)
    except ValueError:
        return None


def _clock(text: str) -> int | None:
    """Minutes after midnight of the first time of day among some words."""
    for name, minutes in _NAMED.items():
        if re.search(rf"\b{name}\b", text):
            return minutes
    text = _ISO.sub(" ", text)
    for clock in _CLOCK.finditer(text):
        if clock[2] is None and not re.search(r"\d ?h\s", f"{clock[0].strip()} "):
            continue
        return _minutes(clock[1], clock[2] or "0", clock[3])
    if match := _HOUR_12.search(text):
        return _minutes(match[1], "0", match[2])
    if match := _FOUR.search(text):
        return _minutes(match[1], match[2], None)
    return None


def _minutes(hour: str, minute: str, half: str | None) -> int | None:
    hours, minutes = int(hour), int(minute)
    if half:
        if not 1 <= hours <= 12:
            return None
        hours = hours % 12 + (12 if half.startswith("p") else 0)
    if minutes > 59 or hours > 72:
        return None
    return hours * 60 + minutes
