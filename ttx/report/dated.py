"""What an author's words date: the days that `28 July 2024`, `summer 2025` or `2023` stand for."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_SEASONS = {"spring": (3, 5), "summer": (6, 8), "autumn": (9, 11), "fall": (9, 11)}
"""Months from the first to the last; winter lies in two years and is read as neither."""
_REST = "uary|ruary|ch|il|e|y|ust|t|tember|ober|ember"
"""What may follow those letters: a word that only begins like a month is none."""
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_ISO = re.compile(r"((?:19|20)\d\d)-(\d\d)(?:-(\d\d))?(?!\d)")
_KANJI = re.compile(r"((?:19|20)\d\d)年(?:(\d{1,2})月)?(?:(\d{1,2})日)?")
_NAMED = re.compile(
    rf"(?:(\d{{1,2}})\s+)?\b({'|'.join(_MONTHS)})(?:{_REST})?\b\.?(?:\s+(\d{{1,2}})(?!\d))?",
    re.IGNORECASE,
)
_QUARTER = re.compile(r"\b(?:Q([1-4])|([1-4])Q)\b", re.IGNORECASE)

Days = tuple[datetime.date, datetime.date]
"""The first and the last one."""


def dated(words: str) -> Days | None:
    """The days that words begin and end with; None where they name no year, or no day there is."""
    try:
        return _dated(words)
    except ValueError:  # the 31st of February
        return None


def _dated(words: str) -> Days | None:
    numbers = _ISO.search(words) or _KANJI.search(words)
    if numbers is not None:
        year, month, day = (int(part) if part else 0 for part in numbers.groups())
        return _span(year, month, day), _span(year, month, day, last=True)
    years = [int(found[0]) for found in _YEAR.finditer(words)]
    if not years:
        return None
    named = [*_months(_YEAR.sub("", words))]
    if named:
        (first, day), (last, until) = named[0], named[-1]
        return _span(years[0], first, day), _span(years[-1], last, until, last=True)
    for season, (first, last) in _SEASONS.items():
        if season in words.casefold():
            return _span(years[0], first), _span(years[0], last, last=True)
    quarter = _QUARTER.search(words)
    if quarter is not None:
        last = 3 * int(quarter[1] or quarter[2])
        return _span(years[0], last - 2), _span(years[0], last, last=True)
    return _span(years[0]), _span(years[-1], last=True)


def _months(words: str) -> Iterator[tuple[int, int]]:
    """Months by number, each with its day; 0 where it has none."""
    for found in _NAMED.finditer(words):
        yield _MONTHS.index(found[2].casefold()) + 1, int(found[1] or found[3] or 0)


def _span(year: int, month: int = 0, day: int = 0, *, last: bool = False) -> datetime.date:
    """The first or the last day of a year, a month or a day."""
    if day:
        return datetime.date(year, month, day)
    if not last:
        return datetime.date(year, month or 1, 1)
    after = (
        datetime.date(year + 1, 1, 1) if (month or 12) == 12 else datetime.date(year, month + 1, 1)
    )
    return after - datetime.timedelta(days=1)
