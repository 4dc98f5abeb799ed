"""Reads a session's particulars and targets from a file: two columns of a sheet, or TOML.

A sheet is CSV or a workbook: a name of a field, and beside it what stands there. A field of which
there are several, such as an organisation, has as many rows. Whatever stands further right is for
whoever fills it in.
"""

from __future__ import annotations

import csv
import datetime
import io
import re
import tomllib
from collections.abc import Callable, Iterable, Iterator, Sequence
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from ttx import files
from ttx.commands import pasted
from ttx.exercise.model.exercise import Exercise
from ttx.exercise.msel.sheets.container import Kind, Unfit, kind_of
from ttx.exercise.msel.sheets.encodings import decoded
from ttx.exercise.msel.sheets.sheet import unguarded
from ttx.exercise.msel.sheets.workbook import grids_of, marked, marks_of
from ttx.exercise.problems import ExerciseError, Problem
from ttx.i18n import _
from ttx.session.command import IllegalDecision
from ttx.session.particulars import ROLES, Particulars, Stated, Targets
from ttx.session.particulars_words import particulars_of, targets_of
from ttx.session.view.particulars import (
    AREAS,
    CONTACT,
    DATE,
    LABELS,
    NAME,
    ORGANISATIONS,
    PLACE,
    SEPARATOR,
    SPONSOR,
    UNTIL,
    ZONE,
)

SHEETS, BOOKS, TOML = (".csv", ".tsv", ".txt"), (".xlsx", ".xlsm", ".xls", ".ods"), ".toml"
MOST = 2_000
"""Rows that such a sheet has at most."""
_TARGET = re.compile(r"target(?: for| of)?\b\s*:?\s*(.+)", re.IGNORECASE | re.DOTALL)
_FIRST = frozenset({"field", "what", "item", "name of field"})
_CALLED = {
    NAME: ("exercise", "session", "title", "exercise title"),
    SPONSOR: ("sponsoring organisation", "sponsoring organization", "host"),
    CONTACT: ("poc", "contact", "points of contact", "exercise poc"),
    DATE: ("date", "dates", "exercise date", "exercise dates", "start date", "begins", "from"),
    UNTIL: ("until", "end date", "ends", "to"),
    PLACE: ("location", "venue", "exercise location"),
    ZONE: ("timezone", "tz", "zone"),
    AREAS: ("mission area", "mission area(s)", "areas"),
    ORGANISATIONS: (
        *("organisation", "organization", "organisations", "organizations", "participants"),
        *("participating organisations", "participating organizations", "agency"),
        "participating organisation",
    ),
}
"""What fields are also called, in small letters."""
_RANGE = re.compile(r"(\d{4}-\d{2}-\d{2})\s*(?:to|until|/|–|—|-|\.\.)\s*(\d{4}-\d{2}-\d{2})")


Remark = Callable[[str], None]
Row = tuple[int, Sequence[str]]
"""A row of a sheet with the number that a spreadsheet gives it."""


def read_session(path: Path, exercise: Exercise, remark: Remark = lambda _sentence: None) -> Stated:
    """What a file says of a session of an exercise; `remark` is told how its letters were read.

    Raises:
        ExerciseError: It cannot be read, or something of it is no field, no date, no target.
        Missing: It is a workbook, and what reads those is not installed.
    """
    name, ending = files.legible(path.name), path.suffix.lower()
    try:
        raw = path.read_bytes()
    except OSError as error:
        reason = (error.strerror or type(error).__name__).lower()
        raise _refused(name, _("cannot be read: {reason}", reason=reason)) from None
    if ending == TOML:
        return _from_toml(name, raw, exercise)
    if ending in (*BOOKS, *SHEETS):
        return _from_rows(name, _rows(name, raw, remark), exercise)
    raise _refused(
        name,
        _(
            "this is no file of a session; that is a sheet with two columns (.csv, .xlsx, .ods) or "
            "TOML (.toml). An empty one: {command}",
            command=pasted("ttx", "session", exercise.id),
        ),
    )


# --- sheets ---


def _refused(name: str, *sentences: str) -> ExerciseError:
    return ExerciseError([Problem(name, None, sentence) for sentence in sentences])


def _fields() -> dict[str, str]:
    """Each name of a field, in small letters, with the field."""
    known = {label.casefold(): field for field, label in LABELS.items()}
    known |= {_(label).casefold(): field for field, label in LABELS.items()}
    known |= {field: field for field in LABELS}
    return known | {other: field for field, others in _CALLED.items() for other in others}


def _flat(label: str) -> str:
    """A label without what makes no difference."""
    return " ".join(label.strip().rstrip(":").split()).casefold()


def _rows(name: str, raw: bytes, remark: Remark) -> list[Row]:
    """The rows of a sheet, whatever its file is called."""
    try:
        kind = kind_of(raw)
        return _csv_rows(name, raw, remark) if kind is Kind.TEXT else _book_rows(raw, kind, remark)
    except Unfit as error:
        raise _refused(name, str(error)) from None


def _csv_rows(name: str, raw: bytes, remark: Remark) -> list[Row]:
    """The rows, cut where most of them begin with the name of a field."""
    try:
        found = decoded(raw)
    except Unfit:
        what = _("it cannot be told which encoding this is in; save it as CSV UTF-8")
        raise _refused(name, what) from None
    words = found.text
    if found.remarks:
        cells = (cell.strip() for cell in re.split('[,;\t"\r\n]', words))
        sample = next((cell for cell in cells if not cell.isascii()), "")
        remark(
            _(
                "{name} is read as {encoding}, such as '{sample}'; where that is wrong, save it as "
                "CSV UTF-8.",
                name=name,
                encoding=found.encoding,
                sample=files.legible(sample[:30]),
            )
        )
    known, best = _fields(), list[list[str]]()
    try:
        for delimiter in (",", ";", "\t"):
            rows = list(csv.reader(io.StringIO(words, newline=""), delimiter=delimiter))
            fits = [sum(_flat(row[0]) in known for row in of if row) for of in (rows, best)]
            best = rows if fits[0] > fits[1] or not best else best
    except csv.Error as error:
        what = _("this cannot be read as CSV: {error}", error=error)
        raise _refused(name, what) from None
    return [(at, [*map(unguarded, row)]) for at, row in enumerate(best[:MOST], 1)]


def _book_rows(raw: bytes, kind: Kind, remark: Remark) -> list[Row]:
    """The rows of the first sheet that is in sight and has any, with the numbers they have there.

    Raises:
        Missing: What reads workbooks is not installed.
    """
    marks = marks_of(raw, kind)
    for grid in grids_of(raw, kind):
        if not grid.hidden and any(grid.rows):
            shown = marked(grid, marks.get(grid.name))
            for sentence in shown.remarks:
                remark(sentence)
            return [(grid.number(at), row) for at, row in enumerate(shown.rows[:MOST]) if row]
    raise Unfit(_("no sheet that is in sight has anything in it"))


def _from_rows(name: str, rows: Iterable[Row], exercise: Exercise) -> Stated:
    known = _fields()
    values: list[tuple[str, str]] = []
    targets: list[tuple[int, str, str]] = []
    wrong: list[str] = []
    for at, row in rows:
        filled = [cell.strip() for cell in row[:2]]
        label, told = (*filled, "", "")[:2]
        key = _flat(label)
        if not told or not key or (at == 1 and key in {*_FIRST, _("Field").casefold()}):
            continue
        target = _TARGET.fullmatch(label)
        if target is not None:
            targets.append((at, target[1], told))
        elif key in known:
            values += _dated(known[key], told)
        else:
            close = get_close_matches(key[:60], known, n=1)
            what = _("row {at}: '{label}' is no field of a session", at=at, label=label[:60])
            if close:
                meant = _(LABELS[known[close[0]]])
                what = _("{what} (did you mean '{meant}'?)", what=what, meant=meant)
            wrong.append(what)
    if not (values or targets or wrong):
        raise _refused(name, _("it says nothing: no field has anything beside it"))
    particulars, aims = Particulars(), Targets()
    try:
        particulars = particulars_of(values)
    except IllegalDecision as error:
        wrong.append(str(error))
    for at, of, told in targets:
        try:
            aim = targets_of(exercise, [(of, told)])
        except IllegalDecision as error:
            wrong.append(_("row {at}: {error}", at=at, error=error))
            continue
        aims = Targets({**aims.scores, **aim.scores}, {**aims.objectives, **aim.objectives})
    if wrong:
        raise _refused(name, *wrong)
    return Stated(particulars, aims)


def _dated(field: str, told: str) -> Iterator[tuple[str, str]]:
    """A field as it is kept; a range of days is two."""
    span = _RANGE.fullmatch(told) if field == DATE else None
    if span is None:
        yield field, told
    else:
        yield from ((DATE, span[1]), (UNTIL, span[2]))


# --- TOML ---


def _from_toml(name: str, raw: bytes, exercise: Exercise) -> Stated:
    try:
        table = tomllib.loads(raw.decode("utf-8-sig"))
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise _refused(name, _("this is no TOML: {error}", error=error)) from None
    try:
        organisations = table.pop("organisation", [])
        targets = table.pop("target", {})
        values = [pair for key, value in table.items() for pair in _of_key(key, value)]
        values += [(ORGANISATIONS, _organisation(part)) for part in organisations]
        aims = [(key, _plain(key, value)) for key, value in dict(targets).items()]
        return Stated(particulars_of(values), targets_of(exercise, aims))
    except (IllegalDecision, TypeError, ValueError) as error:
        raise _refused(name, str(error)) from None


def _of_key(key: str, value: Any) -> Iterator[tuple[str, str]]:  # noqa: ANN401  # whatever TOML has
    if key not in LABELS or key == ORGANISATIONS:
        keys = ", ".join([*(field for field in LABELS if field != ORGANISATIONS), "organisation"])
        raise IllegalDecision(
            _(
                "'{key}' is no key of a session; choose from {keys}.",
                key=key,
                keys=f"{keys}, target",
            )
        )
    if isinstance(value, list) and key == AREAS:
        value = SEPARATOR.join(map(str, value))
    yield key, _plain(key, value)


def _plain(key: str, value: object) -> str:
    if isinstance(value, dict | list | bool):
        raise IllegalDecision(_("'{key}' is a text, a date or a number.", key=key))
    if isinstance(value, datetime.datetime):
        value = value.date()
    return str(int(value) if isinstance(value, float) and value.is_integer() else value)


def _organisation(part: Any) -> str:  # noqa: ANN401  # whatever TOML has
    """An organisation's table as its field has it."""
    if not isinstance(part, dict) or not part.get("name") or part.keys() - {"name", *ROLES}:
        keys = ", ".join(("name", *ROLES))
        raise IllegalDecision(_("An [[organisation]] has the keys {keys}.", keys=keys))
    if any(sign in str(part["name"]) for sign in ";\n"):
        raise IllegalDecision(_("The name of an organisation holds no semicolon."))
    counts = ", ".join(f"{part[role]} {role}" for role in ROLES if role in part)
    return f"{part['name']}: {counts or '0 players'}"
