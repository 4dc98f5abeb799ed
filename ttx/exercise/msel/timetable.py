"""Which turn a row's time falls in: by the exercise's calendar, or as its author has said."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from ttx.exercise.model.times import Turns
from ttx.exercise.msel.sheets.times import DAY, When, read
from ttx.i18n import _

EVEN = "even"
"""The calendar that gives each turn about as many rows as another, in the order of their times."""
_PIECE = re.compile(r"\s*(?:t|turn\s*)?(\d{1,2})\s*=\s*(.+?)\s*", re.IGNORECASE | re.DOTALL)
_BETWEEN = re.compile(r"\.\.|/(?=\D|\d{4})|\s+to\s+|–|-")


class BadCalendar(ValueError):
    """What was said of a calendar cannot be one; the words are a sentence."""


@dataclass(frozen=True, slots=True)
class Timetable:
    """The turns of the rows that have a time, or the question that has to be answered first."""

    turns: Mapping[int, int] = field(default_factory=dict)
    """By the number of the row."""
    outside: tuple[int, ...] = ()
    """Rows whose time is in no turn of the calendar that was given."""
    question: str = ""


def timetable(turns: Turns, said: Sequence[tuple[int, When]], calendar: str) -> Timetable:
    """The turn of each row that says a time and no turn.

    `calendar` is what an author has said: nothing, `even`, or `T1=09:00-10:30,T2=10:30-12:00`, with
    dates, days and D+2 H+3 as a row may have them. Without it dates and days fall where the
    exercise's own turns do; where they do not, or all fall into one, the answer is a question.

    Raises:
        BadCalendar: It cannot be read, or names a turn that the exercise has not.
    """
    timed = [(row, when) for row, when in said if when.turns is None and when.timed]
    if not timed:
        return Timetable()
    moments = moments_of(turns.start, timed)
    if calendar.strip().casefold() == EVEN:
        return Timetable(spread(moments, turns.count))
    if calendar.strip():
        return _by_ranges(moments, ranges(turns, timed, calendar))
    if any(when.date is not None or when.day is not None for _row, when in timed):
        placed = {row: _own_turn(turns, at) for row, at in moments.items()}
        if None not in placed.values() and (
            len({*placed.values()}) > 1 or len({*moments.values()}) == 1
        ):
            return Timetable({row: turn for row, turn in placed.items() if turn is not None})
    return Timetable(question=_question(turns, timed, moments))


def moments_of(start: datetime.date, timed: Sequence[tuple[int, When]]) -> dict[int, int]:
    """When each row comes, in minutes on one line: those of its date, or of its day after `start`.

    A row with a time of day alone is of the date of the row above it that has one, or of the day
    after where the clock has gone round since. 24:00 of a date is the end of that day.
    """
    dates = [_date(start, when) for _row, when in timed]
    last = next((date for date in dates if date is not None), 0)
    round_ = overnight(timed)
    moments = {}
    for (row, when), date in zip(timed, dates, strict=True):
        last = last + (row in round_) if date is None else date
        minutes = when.minutes or 0
        moments[row] = last * DAY + (DAY - 1 if date is not None and minutes == DAY else minutes)
    return moments


def overnight(timed: Sequence[tuple[int, When]]) -> set[int]:
    """Rows with which a new day begins and no date says so: the clock has gone round.

    That is where times that otherwise never go back fall by half a day or more.
    """
    falls, before = dict[int, int](), 0
    for row, when in timed:
        dated = when.date is not None or when.day is not None
        if when.minutes is not None:
            if not dated and when.minutes < before:
                falls[row] = before - when.minutes
            before = when.minutes
        elif dated:
            before = 0
    return {*falls} if all(fall >= DAY // 2 for fall in falls.values()) else set()


def _date(start: datetime.date, when: When) -> int | None:
    if when.date is not None:
        return when.date.toordinal()
    return None if when.day is None else start.toordinal() + when.day


def spread(moments: Mapping[int, int], count: int) -> dict[int, int]:
    """Rows in the order of their times over so many turns; the same time is the same turn."""
    ordered = sorted(moments, key=lambda row: (moments[row], row))
    turns, first = dict[int, int](), dict[int, int]()
    for at, row in enumerate(ordered):
        moment = moments[row]
        turns[row] = first.setdefault(moment, 1 + at * count // len(ordered))
    return turns


def ranges(
    turns: Turns, timed: Sequence[tuple[int, When]], calendar: str
) -> list[tuple[int, int, int | None]]:
    """The turns of a calendar that was given: from, turn, and to where it says so; in order."""
    years = [when.date.year for _row, when in timed if when.date is not None]
    year = years[0] if years else turns.start.year
    days = {_date(turns.start, when) for _row, when in timed} - {None}
    found = []
    for piece in filter(str.strip, re.split(r"[,;\n]", calendar)):
        match = _PIECE.fullmatch(piece)
        times = _times(match[2], year) if match else None
        if match is None or times is None:
            raise BadCalendar(
                _(
                    "--calendar: '{piece}' is no turn with its time, such as T1=09:00-10:30 or "
                    "T2=2027-03-12; 'even' spreads the rows over the turns.",
                    piece=piece.strip(),
                )
            )
        if not 1 <= int(match[1]) <= turns.count:
            raise BadCalendar(
                _(
                    "--calendar: turn {turn} is not one of the {count} turns.",
                    turn=int(match[1]),
                    count=turns.count,
                )
            )
        low, high = times
        if len(days) > 1 and _date(turns.start, low) is None:
            raise BadCalendar(
                _(
                    "--calendar: '{piece}' has no date, and the list has several; write "
                    "T1=2027-03-12 09:00, or with Day 2 or D+1.",
                    piece=piece.strip(),
                )
            )
        base = next(iter(days), None) or 0
        begins, ends = _at(turns, low, base), None
        if high is not None:
            of_day = _date(turns.start, low)
            ends = _at(turns, high, base if of_day is None else of_day, last=True)
        elif low.minutes is None:
            ends = begins + DAY - 1
        if ends is not None and ends < begins and high is not None and high.minutes is not None:
            ends += DAY  # from 22:00 to 02:00
        found.append((begins, int(match[1]), ends))
    return sorted(found, key=lambda part: part[0])


def _at(turns: Turns, when: When, base: int, *, last: bool = False) -> int:
    date = _date(turns.start, when)
    minutes = (DAY - 1 if last else 0) if when.minutes is None else when.minutes
    return (base if date is None else date) * DAY + minutes


def _times(words: str, year: int) -> tuple[When, When | None] | None:
    """The two ends of a turn; one end where it goes on to the next, or is a day."""
    for match in _BETWEEN.finditer(words):
        low, high = words[: match.start()].strip(), words[match.end() :].strip()
        ends = [read(end, "date", year) for end in (low, high)]
        if all(end.timed and _whole(text) for end, text in zip(ends, (low, high), strict=True)):
            return ends[0], ends[1]
    alone = read(words, "date", year)
    return (alone, None) if alone.timed else None


def _whole(text: str) -> bool:
    """Whether an end of a turn is not half a date: 2027 of 2027-03-12, or D of D-1."""
    return bool(re.search(r"\d", text)) and not re.fullmatch(
        r"\d{4}(-\d{1,2})?|\d{1,2}(-\d{1,2})?", text
    )


def _by_ranges(
    moments: Mapping[int, int], given: Sequence[tuple[int, int, int | None]]
) -> Timetable:
    placed, outside = dict[int, int](), []
    for row, at in moments.items():
        undated = (at, at % DAY, at + DAY) if at < 2 * DAY else (at,)  # after midnight, either way
        for moment in undated:
            before = [part for part in given if part[0] <= moment]
            if before and (before[-1][2] is None or moment <= before[-1][2]):
                placed[row] = before[-1][1]
                break
        else:
            outside.append(row)
    return Timetable(placed, tuple(outside))


def _own_turn(turns: Turns, at: int) -> int | None:
    date = datetime.date.fromordinal(max(at // DAY, 1))
    for turn in range(1, turns.count + 1):
        if turns.first_day(turn) <= date < turns.first_day(turn + 1):
            return turn
    return None


def _question(turns: Turns, timed: Sequence[tuple[int, When]], moments: Mapping[int, int]) -> str:
    first, last = min(moments.values()), max(moments.values())
    dated = any(when.date is not None or when.day is not None for _row, when in timed)
    example = ",".join(_examples(turns, moments, dated=dated))
    if first == last:
        return _(
            "its time, {first}, says no turn of the exercise, which has {count} from {start} on; "
            'say which it is: --calendar even, or --calendar "{example}"',
            first=shown_at(first, dated=dated),
            count=turns.count,
            start=turns.start.isoformat(),
            example=example,
        )
    return _(
        "its times, {first} to {last}, say no turn of the exercise, which has {count} from "
        '{start} on; say how they become turns: --calendar even, or --calendar "{example}"',
        first=shown_at(first, dated=dated),
        last=shown_at(last, dated=dated),
        count=turns.count,
        start=turns.start.isoformat(),
        example=example,
    )


def _examples(turns: Turns, moments: Mapping[int, int], *, dated: bool) -> Iterator[str]:
    days = sorted({at // DAY for at in moments.values()})
    if dated and 1 < len(days) <= turns.count:
        for turn, day in enumerate(days, start=1):
            yield f"T{turn}={shown_at(day * DAY, dated=True)}"
        return
    placed = spread(moments, turns.count)
    begins = {
        turn: min(moments[row] for row in placed if placed[row] == turn)
        for turn in sorted({*placed.values()})
    }
    ends = [*list(begins.values())[1:], max(moments.values())]
    for (turn, low), high in zip(begins.items(), ends, strict=True):
        if dated:
            yield f"T{turn}={shown_at(low, dated=True, whole=True)}"
        else:
            yield f"T{turn}={shown_at(low, dated=False)}-{shown_at(high, dated=False)}"


def shown_at(moment: int, *, dated: bool, whole: bool = False) -> str:
    """A moment as it can be written: `09:15`, or with its date in front; `whole` has 00:00 too."""
    day, minutes = divmod(moment, DAY)
    if not dated:
        return f"{moment // 60:02d}:{moment % 60:02d}"
    time = f" {minutes // 60:02d}:{minutes % 60:02d}" if minutes or whole else ""
    return f"{datetime.date.fromordinal(max(day, 1)).isoformat()}{time}"


def with_year(when: When, year: int) -> When:
    """A date that was written without its year, in this one."""
    if not when.yearless or when.date is None:
        return when
    try:
        return replace(when, date=when.date.replace(year=year))
    except ValueError:  # the 29th of February
        return replace(when, date=datetime.date(year, 3, 1))
