"""The MSEL of an exercise as a workbook in which whole injects can be edited, or a blank one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from ttx.exercise.model.exercise import Exercise
from ttx.exercise.msel.called import Called
from ttx.exercise.msel.fields import (
    CONTEXTUAL,
    DAY,
    DETAILS,
    INJECT_ID,
    OPTIONS,
    PROBING,
    STATUS,
    TIMING,
    TIMINGS,
    WHOLE,
    Field,
)
from ttx.exercise.msel.ground_sheet import ABOUT, OBJECTIVES, SEATS
from ttx.exercise.msel.groundwork import prefilled
from ttx.exercise.msel.sheet_written import SPARE, Page, Shown, as_workbook, column_of
from ttx.exercise.msel.sheets.columns import PLACED
from ttx.exercise.msel.whole import (
    CONTEXTUAL_SHEET,
    DETAILS_SHEET,
    MSEL,
    OPTIONS_SHEET,
    OUTCOMES_SHEET,
    PROBING_SHEET,
    TITLE,
    Written,
    written,
)
from ttx.i18n import _

HOW = "How to use"
_ID_AT = [column.key for column in PLACED].index("id")
STATUSES = ("Ready to Inject", "Draft", "Approved", "Deferred", "Omitted")
METHODS = ("in person", "telephone", "e-mail", "radio", "message", "press", "social media")
PRECEDENCES = ("FLASH", "IMMEDIATE", "PRIORITY", "ROUTINE")
_WIDTHS = {
    "number": 9,
    "id": 22,
    "turns": 10,
    "status": 15,
    "kind": 12,
    "slot": 9,
    "title": 30,
    "sender": 24,
    "to": 24,
    "via": 16,
    "text": 60,
    "question": 40,
    "lead": 10,
    "window": 10,
    "objectives": 24,
    "expected_action": 45,
    "if_not": 45,
}


def workbook(exercise: Exercise) -> bytes:
    """The injects of an exercise as a workbook that `ttx msel import` reads back whole.

    Raises:
        Missing: XlsxWriter is not installed.
        Unwritable: Something cannot stand in a cell.
    """
    called = Called(exercise)
    pages = [_page(called, sheet) for sheet in written(exercise)]
    return as_workbook([*pages, _how(called)], called.words(exercise.title), exercise.banner)


def blank(exercise: Exercise, template: Mapping[str, Any] | None = None) -> bytes:
    """The same sheets with nothing in them but headings, drop-downs and how to use them.

    With the data of a `template`, which `exercise` is then, there are sheets before them for what
    an exercise is besides its injects, filled in with the template's.

    Raises:
        Missing: XlsxWriter is not installed.
    """
    called = Called(exercise)
    ground = [] if template is None else prefilled(template)
    pages = [_ground(sheet) for sheet in ground]
    for sheet in written(exercise):
        page = _page(called, Written(sheet.name, sheet.header, ()))
        pages.append(_fed(page) if ground else page)
    how = _how(called, [sheet.name for sheet in ground])
    title = "" if ground else called.words(exercise.title)
    return as_workbook([*pages, how], title, exercise.banner)


def _ground(sheet: Written) -> Page:
    """A sheet of what an exercise is besides its injects."""
    wide = {
        "FIELD": Shown(20),
        "VALUE": Shown(70),
        "WHAT IT IS": Shown(60),
        "OBJECTIVE ID": Shown(20),
        "OBJECTIVE": Shown(60),
        "CAPABILITY": Shown(24),
        "MEASURES": Shown(60, tip=_("A line each.")),
        "OFFICE": Shown(30),
        "SHORT NAME": Shown(14),
        "CELL": Shown(24, tip=_("Who decides together; Exercise control runs the exercise.")),
        "LEAD": Shown(8, choices=("yes",), several=True),
        "WHO YOU ARE": Shown(70),
        "TRACK": Shown(28),
        "START": Shown(8, "whole"),
        "BETTER": Shown(10, choices=("higher", "lower")),
        "WHAT 0 AND 100 MEAN": Shown(60),
    }
    columns = {header: wide[header] for header in sheet.header}
    return Page(sheet.name, sheet.header, sheet.rows, columns)


def _fed(page: Page) -> Page:
    """The page with drop-downs that offer what stands on the sheets before it."""
    feeds = {
        "LEAD CELL": column_of(SEATS, 2, SPARE),
        "COMES FROM": column_of(SEATS, 2, SPARE),
        "ASK WHOM": column_of(SEATS, 0, SPARE),
        "READERS": column_of(SEATS, 0, SPARE),
        "OBJECTIVE": column_of(OBJECTIVES, 0, SPARE),
    }
    columns = {
        header: replace(shown, range=feeds.get(header, shown.range))
        for header, shown in page.columns.items()
    }
    return replace(page, columns=columns)


def _page(called: Called, sheet: Written) -> Page:
    ids = Shown(24, several=True, range=column_of(MSEL, _ID_AT, SPARE + len(sheet.rows)))
    match sheet.name:
        case "MSEL":
            columns = _msel(called)
        case "Details":
            columns = {INJECT_ID: ids, TITLE: Shown(30), **_fields(called, DETAILS)}
        case "Options":
            columns = {INJECT_ID: ids, **_fields(called, OPTIONS)}
        case "Outcomes":
            texts = {header: Shown(60) for header in sheet.header}
            columns = texts | {INJECT_ID: ids, TIMING: Shown(14, choices=tuple(TIMINGS.values()))}
        case "Probing":
            columns = {INJECT_ID: ids, **_fields(called, PROBING)}
        case _:
            status = Shown(15, choices=STATUSES, several=True)
            columns = {STATUS: status, **_fields(called, CONTEXTUAL)}
    frozen = 2 if sheet.name in (MSEL, DETAILS_SHEET, OPTIONS_SHEET, OUTCOMES_SHEET) else 1
    return Page(sheet.name, sheet.header, sheet.rows, columns, frozen)


def _fields(called: Called, fields: Sequence[Field]) -> dict[str, Shown]:
    shown = {}
    for field in fields:
        kind = "whole" if field.codec is WHOLE else "day" if field.codec is DAY else "text"
        choices = tuple(field.codec.choices(called)) if field.codec.choices else ()
        if field.header == "PRECEDENCE":
            choices = PRECEDENCES
        loose = field.codec.several or field.codec.words
        shown[field.header] = Shown(field.width, kind, choices, loose, _(field.about))
    return shown


def _msel(called: Called) -> dict[str, Shown]:
    exercise = called.exercise
    kinds = tuple(dict.fromkeys(called.words(inject.kind) for inject in exercise.inject))
    means = tuple(
        dict.fromkeys((*(called.words(i.message.via) for i in exercise.inject), *METHODS))
    )
    choices: dict[str, tuple[str, ...]] = {
        "status": STATUSES,
        "slot": ("policy", "crisis"),
        "lead": tuple(cell.id for cell in exercise.cell if cell.side == "allied"),
        "turns": tuple(f"T{turn}" for turn in range(1, exercise.turns.count + 1)),
        "objectives": tuple(part.id for part in exercise.objective),
        "kind": kinds,
        "via": means,
    }
    loose = ("turns", "objectives", "kind", "via", "status")
    tips = {
        "turns": _("A turn or two: T2, or T2-T5."),
        "objectives": _("Ids, with ; between them."),
        "window": _("Of a crisis: minutes."),
        "status": _("Omitted takes the inject out."),
        "text": _("The message: one paragraph or two, an empty line between them."),
    }
    return {
        column.header: Shown(
            _WIDTHS.get(column.key, 18),
            "whole" if column.key in ("number", "window") else "text",
            choices.get(column.key, ()),
            column.key in loose,
            tips.get(column.key, ""),
        )
        for column in PLACED
    }


def _how(called: Called, ground: Sequence[str] = ()) -> Page:
    rows = list(_explained(called, ground))
    bold = frozenset(at for at, row in enumerate(rows) if row[0] and not row[1])
    columns = {"": Shown(24), " ": Shown(30), "  ": Shown(90)}
    return Page(HOW, tuple(columns), tuple(rows), columns, 0, bold, table=False)


def _explained(called: Called, ground: Sequence[str]) -> Iterator[tuple[str, str, str]]:
    exercise = called.exercise
    yield called.words(exercise.title), "", ""
    yield exercise.banner, "", ""
    yield "", "", ""
    yield _("What this is"), "", ""
    for line in (
        _("A row for each inject on sheet MSEL; the other sheets hold what it does."),
        _("Change cells, add rows, then: ttx msel import FILE --exercise EXERCISE --out FOLDER")
        if not ground
        else _("Change cells, add rows, then: ttx new NAME --from FILE"),
        _("What is not changed stays as it is. An emptied cell empties what can be left out."),
        _("A new inject is a new row on MSEL with an id of its own; its options name that id."),
        _("Omitted in STATUS takes an inject out; a row that is deleted on MSEL leaves it."),
        _("The options and questions of an inject are the rows that name it, in their order."),
        _("Parts are named by their names or ids as below; capitals make no difference."),
    ):
        yield "", line, ""
    for name in ground:
        yield "", name, _(ABOUT[name])
    for name, fields in (
        (DETAILS_SHEET, DETAILS),
        (OPTIONS_SHEET, OPTIONS),
        (PROBING_SHEET, PROBING),
        (CONTEXTUAL_SHEET, CONTEXTUAL),
    ):
        yield "", "", ""
        yield _("Sheet {name}", name=name), "", ""
        for field in fields:
            yield "", field.header, _(field.about)
    yield "", "", ""
    yield _("Sheet {name}", name=OUTCOMES_SHEET), "", ""
    yield "", TIMING, _("on time; of a crisis also late and far too late.")
    for posture in exercise.posture:
        yield "", posture.id, called.words(posture.name)
    for heading, kind in (
        (_("Tracks and derived values"), "value"),
        (_("Levers and their levels"), "lever"),
        (_("Adversaries and their aims"), "adversary"),
        (_("Budgets"), "budget"),
        (_("Seats and cells"), "side"),
        (_("Objectives"), "objective"),
    ):
        yield "", "", ""
        yield heading, "", ""
        yield from _names(called, kind)


def _names(called: Called, kind: str) -> Iterator[tuple[str, str, str]]:
    if kind == "objective":
        for part in called.exercise.objective:
            yield "", part.id, called.words(part.text)
        return
    inner = {"lever": "level", "adversary": "aim"}.get(kind, "")
    for part_id in called.names(kind):
        within = "; ".join(called.choices(inner, part_id)) if inner else ""
        yield "", called.spelt(kind, part_id), f"{part_id}{': ' if within else ''}{within}"
