"""The time of an exercise as a drawing: its turns, quarters and years, and what is dated in them.

Dated are the tables of the manual whose rows all begin with a date, and those rows of the calendar
that the author says everybody knows. What else comes on its date is nobody's to read before play.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ttx.exercise.model.exercise import Exercise
from ttx.exercise.model.part import text
from ttx.i18n import _, ngettext
from ttx.report.aar.charts import drawing
from ttx.report.dated import Days, dated
from ttx.report.document import Figure
from ttx.report.graph.ink import said, width, wrapped
from ttx.report.script import span
from ttx.session.view import words

WIDE, NAMES, LEFT = 680, 300, 312
"""Width of the drawing, of the words on its left, and where time begins, in pixels."""
INK, GREY, PALE, PLAY, KNOWN = "#1c1c1c", "#5a5a5a", "#d9d9d9", "#123f70", "#9db9d8"
SIZE, STEP, ROOM = 10, 12, 8
"""Of words, of a line of them, and between two rows."""
LINES = 2
"""Most lines of words beside a row: the chapter has them whole."""
NARROW = 4
"""Least width of a mark."""
DAY = datetime.timedelta(days=1)
DAYS_SHOWN, MONTHS_SHOWN = 45, 400
"""Days of the drawing up to which each day has a line, and each month."""
BEFORE, AFTER = 2, 1
"""How many times as long as play is the drawing reaches back, and beyond the end, at most."""
HEAD = 52
"""Height of years and turns above the first row."""


@dataclass(frozen=True, slots=True)
class Row:
    """What is dated, with the stretches of time that it takes up."""

    when: str
    what: str
    spans: tuple[Days, ...]


@dataclass(frozen=True, slots=True)
class _Axis:
    """Where days lie on the drawing; what lies beyond its ends is shown at them."""

    first: datetime.date
    last: datetime.date

    @property
    def days(self) -> int:
        """How many it has."""
        return (self.last - self.first).days + 1

    def x(self, day: datetime.date) -> float:
        """The left edge of a day."""
        at = LEFT + (WIDE - LEFT) * (day - self.first).days / self.days
        return min(max(at, LEFT), WIDE)

    def ends(self, day: datetime.date) -> float:
        """The right edge of a day."""
        return self.x(day + DAY)


def rows(exercise: Exercise) -> tuple[Row, ...]:
    """All that is dated and open to players, by its first day."""
    found = [*_chapters(exercise), *_calendar(exercise)]
    return tuple(sorted(found, key=lambda row: row.spans[0]))


def _chapters(exercise: Exercise) -> Iterator[Row]:
    """The rows of each table of the manual that is one of dates."""
    for chapter in exercise.manual:
        table = [tuple(text(cell) for cell in row) for row in chapter.rows]
        spans = [dated(cells[0]) for cells in table]
        if len(chapter.columns) > 1 and all(spans):
            for cells, days in zip(table, spans, strict=True):
                if days is not None and days[0] <= days[1]:
                    yield Row(cells[0], cells[1], (days,))


def _calendar(exercise: Exercise) -> Iterator[Row]:
    turns = exercise.turns
    for row in exercise.calendar:
        due = sorted({turn for entry in row.entries for turn in entry.turns})
        if row.known and due:
            spans = tuple((turns.first_day(turn), turns.first_day(turn + 1) - DAY) for turn in due)
            yield Row(", ".join(f"T{turn}" for turn in due), text(row.name), spans)


def timeline(exercise: Exercise) -> Figure:
    """The turns over the months, with what is dated before them and among them."""
    turns, known = exercise.turns, rows(exercise)
    axis = _axis(exercise, known)
    marks: list[str] = []
    y = HEAD + 14
    for row in known:
        lines = _lines(row)
        marks += _row(axis, row, lines, y, exercise)
        y += STEP * len(lines) + ROOM
    high = y + 4
    told = ngettext(
        "{count} turn, {span}.",
        "{count} turns, {span}.",
        turns.count,
        span=span(exercise, 1, turns.count),
    )
    caption = _("Turns, and what is known to be dated.") if known else _("Turns.")
    marks = [*_ground(axis, exercise, high), *marks]
    return Figure(drawing(WIDE, high, "timeline", _("Timeline"), told, marks), caption, told)


def _axis(exercise: Exercise, known: Sequence[Row]) -> _Axis:
    """From the first that is dated to the last, so far as that leaves the turns room."""
    turns = exercise.turns
    start, end = turns.first_day(1), turns.first_day(turns.count + 1) - DAY
    play = end - start + DAY
    spans = [span for row in known for span in row.spans]
    first = min([start, *(span[0] for span in spans if span[0] >= start - BEFORE * play)])
    last = max([end, *(span[1] for span in spans if span[1] <= end + AFTER * play)])
    return _Axis(first, last)


def _lines(row: Row) -> list[str]:
    """The words beside a row, its date in front; cut with a sign where there is no room."""
    lines = wrapped(f"{row.when}: {row.what}", SIZE, NAMES)
    if len(lines) > LINES:
        lines = [*lines[: LINES - 1], lines[LINES - 1].rstrip(" .,;") + "…"]
    return lines


def _row(axis: _Axis, row: Row, lines: Sequence[str], y: int, exercise: Exercise) -> Iterator[str]:
    start = exercise.turns.first_day(1)
    for nth, line in enumerate(lines):
        yield said((0, y + STEP * nth), line, SIZE, colour=INK)
    for first, last in row.spans:
        if last < axis.first or first > axis.last:
            earlier = last < axis.first
            at, anchor = (LEFT, "start") if earlier else (WIDE, "end")
            yield said((at, y), "◂" if earlier else "▸", SIZE, colour=GREY, anchor=anchor)
            continue
        left, right = axis.x(first), axis.ends(last)
        wide = max(right - left, NARROW)
        left = min(left, WIDE - wide)
        fill = GREY if last < start else PLAY
        yield (
            f'<rect x="{left:.1f}" y="{y - 8}" width="{wide:.1f}" height="9" rx="2" fill="{fill}"/>'
        )
    base = y + STEP * (len(lines) - 1) + ROOM - 1
    yield f'<path d="M0 {base}H{WIDE}" stroke="{PALE}" stroke-width="0.5"/>'


def _ground(axis: _Axis, exercise: Exercise, high: int) -> Iterator[str]:
    """The calendar, and the turns as boxes; every other turn is shaded down to the foot."""
    turns = exercise.turns
    yield from _calendar_lines(axis, high)
    for turn in range(1, turns.count + 1):
        left, right = axis.x(turns.first_day(turn)), axis.x(turns.first_day(turn + 1))
        wide = right - left
        fill = KNOWN if turn % 2 else PALE
        yield (
            f'<rect x="{left:.1f}" y="30" width="{wide:.1f}" height="18" fill="{fill}" '
            f'stroke="{INK}" stroke-width="0.6"/>'
        )
        if turn % 2:
            yield (
                f'<rect x="{left:.1f}" y="48" width="{wide:.1f}" height="{high - 48}" '
                f'fill="{KNOWN}" fill-opacity="0.18"/>'
            )
        names = (f"T{turn}, {span(exercise, turn)}", f"T{turn}", str(turn))
        name = next((name for name in names if width(name, SIZE) < wide), names[-1])
        yield said((round(left + wide / 2), 43), name, SIZE, colour=INK, anchor="middle")
    yield said((0, 43), _("Turn"), SIZE, colour=GREY)


def _calendar_lines(axis: _Axis, high: int) -> Iterator[str]:
    """Lines of quarters and years, or of shorter ones, each long one named where it has room."""
    if axis.days <= DAYS_SHOWN:
        heading, short = _("Month, and its days"), axis.first
    elif axis.days <= MONTHS_SHOWN:
        heading, short = _("Year, and its months"), axis.first.replace(day=1)
    else:
        heading = _("Year, and its quarters")
        short = axis.first.replace(month=(axis.first.month - 1) // 3 * 3 + 1, day=1)
    by_days = axis.days <= DAYS_SHOWN
    months_on = 1 if axis.days <= MONTHS_SHOWN else 3
    yield said((0, 14), heading, SIZE, colour=GREY)
    while short <= axis.last:
        x = axis.x(short)
        long = short.day == 1 if by_days else short.month == 1
        if short >= axis.first:
            yield (
                f'<path d="M{x:.1f} {0 if long else 20}V{high if long else 30}" stroke="{GREY}" '
                f'stroke-width="{0.8 if long else 0.5}"/>'
            )
        if by_days and axis.ends(short) - x > width("31", SIZE) + 4:
            yield said((round(x) + 3, 27), str(short.day), SIZE, colour=GREY)
        if long or short <= axis.first:
            name = words.month(short) if by_days else str(short.year)
            ends = _month_after(short, 1 if by_days else 13 - short.month)
            if axis.x(ends) - x > width(name, SIZE + 1) + 4:
                yield said((round(x) + 4, 14), name, SIZE + 1, colour=INK, bold=True)
        short = short + DAY if by_days else _month_after(short, months_on)


def _month_after(day: datetime.date, months_on: int) -> datetime.date:
    """The first day of the month so many months on."""
    at = day.month - 1 + months_on
    return datetime.date(day.year + at // 12, at % 12 + 1, 1)
