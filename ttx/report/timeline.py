"""The time of an exercise as a drawing: its turns, quarters and years, and what is dated in them.

Dated are the tables of the manual whose rows all begin with a date, and those rows of the calendar
that the author says everybody knows. What else comes on its date is nobody's to read before play.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ttx.exercise.model import Exercise, text
from ttx.i18n import _, ngettext
from ttx.report.aar.charts import drawing
from ttx.report.dated import Days, dated
from ttx.report.document import Figure
from ttx.report.graph.ink import said, width, wrapped
from ttx.report.script import months

WIDE, NAMES, LEFT = 680, 300, 312
"""Width of the drawing, of the words on its left, and where time begins, in pixels."""
INK, GREY, PALE, PLAY, KNOWN = "#1c1c1c", "#5a5a5a", "#d9d9d9", "#123f70", "#9db9d8"
SIZE, STEP, ROOM = 10, 12, 8
"""Of words, of a line of them, and between two rows."""
LINES = 2
"""Most lines of words beside a row: the chapter has them whole."""
NARROW = 4
"""Least width of a mark."""
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
    """Where days lie on the drawing."""

    first: datetime.date
    last: datetime.date

    def x(self, day: datetime.date) -> float:
        """The left edge of a day."""
        days = (self.last - self.first).days
        return LEFT + (WIDE - LEFT) * (day - self.first).days / max(days, 1)

    def ends(self, day: datetime.date) -> float:
        """The right edge of a day."""
        return self.x(day + datetime.timedelta(days=1))


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
            spans = tuple(
                (turns.first_day(turn), turns.first_day(turn + 1) - datetime.timedelta(days=1))
                for turn in due
            )
            yield Row(", ".join(f"T{turn}" for turn in due), text(row.name), spans)


def timeline(exercise: Exercise) -> Figure:
    """The turns over the months, with what is dated before them and among them."""
    turns, known = exercise.turns, rows(exercise)
    start = turns.first_day(1)
    end = turns.first_day(turns.count + 1) - datetime.timedelta(days=1)
    first = min([start, *(span[0] for row in known for span in row.spans)]).replace(day=1)
    axis = _Axis(first, max([end, *(span[1] for row in known for span in row.spans)]))
    marks: list[str] = []
    y = HEAD + 14
    for row in known:
        lines = _lines(row)
        marks += _row(axis, row, lines, y, exercise)
        y += STEP * len(lines) + ROOM
    high = y + 4
    told = ngettext(
        "{count} turn, {months}.",
        "{count} turns, {months}.",
        turns.count,
        months=months(exercise, 1, turns.count),
    )
    caption = _("Turns, and what is known to be dated.") if known else _("Turns.")
    marks = [*_ground(axis, exercise, high), *marks]
    return Figure(drawing(WIDE, high, "timeline", _("Timeline"), told, marks), caption, told)


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
        left, right = axis.x(first), axis.ends(last)
        wide = max(right - left, NARROW)
        fill = GREY if last < start else PLAY
        yield (
            f'<rect x="{left:.1f}" y="{y - 8}" width="{wide:.1f}" height="9" rx="2" fill="{fill}"/>'
        )
    base = y + STEP * (len(lines) - 1) + ROOM - 1
    yield f'<path d="M0 {base}H{WIDE}" stroke="{PALE}" stroke-width="0.5"/>'


def _ground(axis: _Axis, exercise: Exercise, high: int) -> Iterator[str]:
    """Years, quarters, and the turns as boxes; every other turn is shaded down to the foot."""
    turns = exercise.turns
    yield from _quarters(axis, high)
    for turn in range(1, turns.count + 1):
        left, right = axis.x(turns.first_day(turn)), axis.x(turns.first_day(turn + 1))
        wide = min(right, WIDE) - left
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
        middle = round(left + wide / 2)
        name = f"T{turn}, {months(exercise, turn)}"
        name = name if width(name, SIZE) < wide else f"T{turn}"
        yield said((middle, 43), name, SIZE, colour=INK, anchor="middle")
    yield said((0, 43), _("Turn"), SIZE, colour=GREY)
    yield said((0, 14), _("Year, and its quarters"), SIZE, colour=GREY)


def _quarters(axis: _Axis, high: int) -> Iterator[str]:
    """A line at each quarter, a longer one at each year, which is named where it has room."""
    day = axis.first.replace(month=(axis.first.month - 1) // 3 * 3 + 1, day=1)
    while day <= axis.last:
        after = (day.replace(day=28) + datetime.timedelta(days=80)).replace(day=1)
        x = axis.x(max(day, axis.first))
        year = day.month == 1
        yield (
            f'<path d="M{x:.1f} {0 if year else 20}V{high if year else 30}" stroke="{GREY}" '
            f'stroke-width="{0.8 if year else 0.5}"/>'
        )
        if year or day <= axis.first:
            ends = datetime.date(day.year + 1, 1, 1)
            if min(axis.x(ends), WIDE) - x > 28:
                yield said((round(x) + 4, 14), str(day.year), SIZE + 1, colour=INK, bold=True)
        day = after
