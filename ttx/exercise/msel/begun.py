"""An exercise made of a list: the calendar of its times, and its rows as injects."""

from __future__ import annotations

import datetime
import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from pydantic import ValidationError

from ttx.exercise.fresh import TEMPLATES, made
from ttx.exercise.load import faults
from ttx.exercise.model.exercise import Exercise
from ttx.exercise.model.part import text
from ttx.exercise.model.times import Turns
from ttx.exercise.msel.answers import Answers, remember
from ttx.exercise.msel.cells import asks_nothing, word
from ttx.exercise.msel.fields import plain
from ttx.exercise.msel.files import Imported, write_new
from ttx.exercise.msel.ground_sheet import Groundwork
from ttx.exercise.msel.groundwork import groundwork, put_in
from ttx.exercise.msel.header import Mistakes, Row, columns_of
from ttx.exercise.msel.origin import told
from ttx.exercise.msel.own_sheets import own_sheets
from ttx.exercise.msel.patch import Patch
from ttx.exercise.msel.plan import stubs
from ttx.exercise.msel.reading import plan
from ttx.exercise.msel.remarks import Alike
from ttx.exercise.msel.revise import join
from ttx.exercise.msel.sheets.sheet import Sheet, read_sheet
from ttx.exercise.msel.sheets.times import DAY, When
from ttx.exercise.msel.timetable import EVEN, moments_of, shown_at
from ttx.exercise.msel.values import timing
from ttx.exercise.msel.whole import MSEL
from ttx.exercise.problems import ExerciseError, shown
from ttx.exercise.source import Source
from ttx.i18n import _, ngettext

MOST = 10
"""Turns of an exercise."""
_NAMED = 5
"""Recipients that are named of those without a seat."""
_ALL = frozenset(("all", "everybody", "everyone", "players", "allplayers", "tous", "alle", "todos"))
_PLACES = 2
"""Injects that come in a turn."""


@dataclass(frozen=True, slots=True)
class Calendar:
    """The turns that a list comes to."""

    turns: Turns
    said: str
    """How its times become these, as `--calendar` says it; empty where the turns say so."""
    remark: str


def begun(folder: Path, title: str, table: Path, answers: Answers) -> Imported:
    """Make an exercise in a folder that is not there yet, of the rows of a list.

    Args:
        folder: Its name is the exercise's id.
        title: What it is called; the name in words where empty.
        table: A workbook or a text.
        answers: What an author has said of its columns and times; it is kept beside the exercise.

    Raises:
        ExerciseError: All that is wrong with the list; then nothing is left behind.
        ValueError: A name, a mapping or a calendar cannot be what was said.
        NotWritten: The folder is there, or cannot be made; then nothing is left behind.
    """
    remarks = list[str]()

    def fill(made_here: Path) -> None:
        own = own_sheets(table, answers.sheet)
        ground = _ground(made_here, own or {}, titled=bool(title.strip()))
        remarks.extend(ground.remarks)
        base = Exercise.model_validate(Source.read(made_here).data)  # it has no injects yet
        sheet = own[MSEL] if own is not None else _read(table, answers)
        wrong = Mistakes(sheet)
        columns = columns_of(sheet, answers, wrong)
        if wrong.found:
            raise ExerciseError(wrong.problems())
        rows = [columns.row(number, given) for number, given in sheet.rows]
        calendar = calendar_of(
            base.turns,
            rows,
            timing(base, rows, Alike(), spoken=columns.day_first),
            answers.calendar,
        )
        _set_turns(made_here / "exercise.toml", calendar.turns)
        part = base.model_copy(update={"turns": calendar.turns})
        said = replace(answers, calendar=calendar.said)
        wanted = plan(part, sheet, said, in_order=True)
        if own is not None:
            join(part, own, wanted)
        if wanted.problems:
            raise ExerciseError(wanted.problems)
        write_new(made_here, wanted, table.name)
        source, findings = faults(made_here)
        if findings:
            places = (made_here, TEMPLATES["list"])
            raise ExerciseError(told(source, findings, ground.places | wanted.cells, places))
        remember(made_here, said)
        remarks.extend(
            (
                *sheet.remarks,
                *unseated(part, rows),
                calendar.remark,
                *stubs(part, wanted),
                *wanted.remarks,
            )
        )

    exercise = made(folder, title, TEMPLATES["list"], fill)
    return Imported(exercise, tuple(filter(None, remarks)))


def _ground(made_here: Path, own: Mapping[str, Sheet], *, titled: bool) -> Groundwork:
    """Put what the sheets of a blank workbook say in the place of the template's.

    Raises:
        ExerciseError: What they say cannot be; with all of it.
    """
    file, data = made_here / "exercise.toml", Source.read(made_here).data
    found = groundwork(data, own)
    if found.problems:
        raise ExerciseError(found.problems)
    if titled:
        found.data["title"] = data["title"]
    if found.data != plain(data):
        text = put_in(file.read_text("utf-8"), data, found.data)
        file.write_text(text, "utf-8", newline="\n")
    try:
        Exercise.model_validate(Source.read(made_here).data)
    except ValidationError:
        source, findings = faults(made_here)
        places = (made_here, TEMPLATES["list"])
        raise ExerciseError(told(source, findings, found.places, places)) from None
    return found


def unseated(exercise: Exercise, rows: Iterable[Row]) -> list[str]:
    """A sentence on those to whom a list sends and who have no seat; none where all have one."""
    named = [name for seat in exercise.seat for name in (text(seat.name), seat.short)]
    named += [text(cell.name) for cell in exercise.cell]
    known = {*map(word, named), *_ALL}
    sent = Counter(
        to.strip()
        for row in rows
        if not asks_nothing(row.of("kind"), row.of("sender"), row.of("title"))
        for to in re.split(r"[,;/\n]", row.of("to"))
        if to.strip() and word(to) not in known
    )
    if not sent:
        return []
    few = ", ".join(f"{shown(name)} ({count})" for name, count in sent.most_common(_NAMED))
    more = len(sent) - _NAMED
    if more > 0:
        few = _("{few} and {more} more", few=few, more=more)
    return [
        _(
            "It sends to {few}, who have no seat yet: the players are one desk. Write [[seat]] for "
            "each of them in exercise.toml, or name them on the sheet Seats of 'ttx msel blank'.",
            few=few,
        )
    ]


def _read(table: Path, answers: Answers) -> Sheet:
    return read_sheet(table, answers.known, answers.sheet or None, answers.encoding or None)


def calendar_of(
    base: Turns, rows: Sequence[Row], whens: Mapping[int, When], calendar: str
) -> Calendar:
    """The turns of a list: those it names, a turn a day, or as many as hold its rows two by two.

    Raises:
        ValueError: A calendar was given that names no turn.
    """
    used = [row for row in rows if row.of("title") or row.of("text")]
    asking = [
        row for row in used if not asks_nothing(row.of("kind"), row.of("sender"), row.of("title"))
    ]
    said = [(row.number, whens[row.number]) for row in used]
    named = [when.turns[1] for _row, when in said if when.turns is not None]
    timed = [(row, when) for row, when in said if when.turns is None and when.timed]
    dates = sorted({when.date for _row, when in said if when.date is not None})
    start = dates[0] if dates else base.start
    enough = min(MOST, max(_PLACES, math.ceil(len(asking) / _PLACES)))
    if named:
        count = min(MOST, max(1, *named))
        return _calendar(base, count, start, calendar, _("its turns are those of the list"))
    if calendar.strip() and calendar.strip().casefold() != EVEN:
        turns = [int(turn) for turn in re.findall(r"(?i)t(?:urn)?\s*(\d{1,2})\s*=", calendar)]
        count = min(MOST, max(turns, default=1))
        return _calendar(base, count, start, calendar, _("its turns are those of --calendar"))
    dated = any(when.date is not None or when.day is not None for _row, when in timed)
    if dated and not calendar.strip():
        days = sorted({at // DAY for at in moments_of(base.start, timed).values()})
        first = datetime.date.fromordinal(days[0]) if days[0] > 0 else base.start
        span = days[-1] - days[0] + 1
        if 1 < span <= MOST:
            words = _("a turn is a day of the list")
            if dates or first == base.start:
                return _calendar(base, span, first, "", words)
            # its days are told from day 1 or D-day, which would move with the calendar
            every = _pairs(range(days[0], days[-1] + 1))
            return _calendar(base, span, base.start, every, words)
        if 1 < len(days) <= MOST:
            words = _("a turn is a day of the list on which something comes")
            start = first if dates else base.start
            return _calendar(base, len(days), start, _pairs(days), words)
    words = (
        _("its rows are dealt evenly over the turns in the order of their times")
        if timed
        else _("its rows are dealt evenly over the turns in their own order")
    )
    return _calendar(base, enough, start, EVEN if timed else "", words)


def _pairs(days: Iterable[int]) -> str:
    """A turn for each day, as `--calendar` says it."""
    return ",".join(
        f"T{turn}={shown_at(day * DAY, dated=True)}" for turn, day in enumerate(days, 1)
    )


def _calendar(base: Turns, count: int, start: datetime.date, said: str, words: str) -> Calendar:
    turns = base.model_copy(update={"count": count, "start": start})
    remark = ngettext(
        "The exercise has {count} turn from {start} on: {words}; --calendar says it otherwise.",
        "The exercise has {count} turns from {start} on: {words}; --calendar says it otherwise.",
        count,
        count=count,
        start=start.isoformat(),
        words=words,
    )
    return Calendar(turns, said, remark)


def _set_turns(file: Path, turns: Turns) -> None:
    patch = Patch(file.read_text("utf-8"))
    patch.put(("turns", "count"), turns.count)
    patch.put(("turns", "start"), turns.start)
    file.write_text(patch.done(), "utf-8", newline="\n")
