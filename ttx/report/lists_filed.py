"""Writes the MSEL of an exercise or of a run to a file: whole, as planned, as it was run, blank."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from ttx import files
from ttx.exercise.model.exercise import Exercise
from ttx.exercise.model.part import text
from ttx.exercise.msel.sheet_written import Page, Shown, as_workbook
from ttx.exercise.msel.sheets.sheet import as_csv
from ttx.exercise.msel.whole_workbook import blank
from ttx.i18n import _
from ttx.report.aar.account import Account
from ttx.report.as_run import as_run
from ttx.report.msel_lines import HEADERS, Line, header, planned
from ttx.session.view.particulars import cover

FORMS = (".xlsx", ".csv")
"""The endings of a list; the first is a workbook."""
RUN, PLANNED, ABOUT = "As run", "As planned", "About"
"""Sheets; like headers they have one name in every language."""
_WIDTHS = {
    "number": 9,
    "played": 9,
    "scenario": 18,
    "planned": 18,
    "controller": 18,
    "sender": 22,
    "to": 22,
    "via": 14,
    "kind": 12,
    "title": 26,
    "description": 55,
    "expected": 40,
    "objectives": 32,
    "actual": 18,
    "status": 13,
    "answered": 40,
    "carried": 30,
    "came": 30,
    "reason": 32,
    "notes": 40,
}


def write_as_run(account: Account, out: Path) -> None:
    """The list of a run as it was run, written to a file that is not there yet.

    Raises:
        NotWritten: The file is there, has another ending, or the disk refuses.
        Missing: A workbook is asked for, and what writes one is not installed.
    """
    named(out)
    lines = as_run(account)
    files.write(out, as_run_csv(account) if out.suffix.lower() == ".csv" else _run(account, lines))


def as_run_csv(account: Account) -> bytes:
    """The list of a run as CSV."""
    return as_csv([header(account.clock), *(line.cells() for line in as_run(account))])


def write_planned(exercise: Exercise, out: Path) -> None:
    """The list of an exercise in the columns of a list that was run, written to a new file.

    Raises:
        NotWritten: The file is there, has another ending, or the disk refuses.
        Missing: A workbook is asked for, and what writes one is not installed.
    """
    named(out)
    if out.suffix.lower() == ".csv":
        files.write(out, planned_csv(exercise))
        return
    page = _page(PLANNED, header(), planned(exercise))
    files.write(out, as_workbook([page], text(exercise.title), exercise.banner))


def planned_csv(exercise: Exercise) -> bytes:
    """The list of an exercise in those columns, as CSV."""
    return as_csv([header(), *(line.cells() for line in planned(exercise))])


def write_blank(exercise: Exercise, out: Path, template: Mapping[str, Any] | None = None) -> None:
    """The workbook of an exercise with nothing in it but headings and drop-downs.

    With the data of a `template`, one that says what a new exercise is besides its injects.

    Raises:
        NotWritten: The file is there, has another ending, or the disk refuses.
        Missing: What writes a workbook is not installed.
    """
    files.named_for(out, _("A blank MSEL"), FORMS[:1])
    files.write(out, blank(exercise, template))


def named(out: Path) -> None:
    """Go on where a file is named as a list.

    Raises:
        NotWritten: Its name says something else.
    """
    files.named_for(out, _("An MSEL"), FORMS)


def _run(account: Account, lines: list[Line]) -> bytes:
    exercise = account.exercise
    about = Page(
        ABOUT,
        ("", " "),
        tuple(_about(account)),
        {"": Shown(24), " ": Shown(90)},
        0,
        table=False,
    )
    pages = [_page(RUN, header(account.clock), lines), about]
    name = account.game.notebook.particulars.name or text(exercise.title)
    return as_workbook(pages, name, exercise.banner)


def _page(name: str, heading: tuple[str, ...], lines: list[Line]) -> Page:
    shown = {
        title: Shown(_WIDTHS[key], "whole" if key == "number" else "text")
        for key, title in zip(HEADERS, heading, strict=True)
    }
    return Page(name, heading, tuple(line.cells() for line in lines), shown, 1)


def _about(account: Account) -> list[tuple[str, str]]:
    """What the list is of, and by which clock."""
    rows = [
        (_("What was played"), text(account.exercise.title)),
        *cover(account.particulars, anonymous=account.anonymous),
        (_("Marking"), account.exercise.banner),
        (_("Days"), ", ".join(account.days) if not account.anonymous else ""),
        (_("Clock"), account.clock or _("hours and minutes from STARTEX")),
        (_("Record"), account.imprint.name if not account.anonymous else ""),
        (_("Seal"), account.imprint.seal if account.closed else ""),
        (_("Names"), _("Offices; no person is named.")),
    ]
    return [row for row in rows if row[1]]
