"""The contextual injects of a workbook that ttx has written."""

from __future__ import annotations

from collections.abc import Callable
from copy import deepcopy
from typing import cast

from ttx.exercise.model.exercise import Exercise
from ttx.exercise.msel import cells
from ttx.exercise.msel.fields import CONTEXTUAL, CONTEXTUAL_ID, STATUS, plain
from ttx.exercise.msel.filled import Data, Filling, header_at, twice
from ttx.exercise.msel.fresh import block, id_of, is_id
from ttx.exercise.msel.header import Mistakes
from ttx.exercise.msel.plan import Plan
from ttx.exercise.msel.sheets.sheet import Sheet
from ttx.exercise.msel.whole import CONTEXTUAL_SHEET
from ttx.exercise.problems import shown
from ttx.i18n import _

CONTEXTUAL_KEY = "contextual"
Note = Callable[[str, str, str], None]
"""Keeps in mind which header of which sheet changes an inject."""


def contextual_sheet(
    exercise: Exercise,
    read: tuple[Sheet, Mistakes],
    wanted: Plan,
    filling: Filling,
    note: Note,
) -> None:
    """Add to a plan the contextual injects that its rows change, bring and take out."""
    sheet, wrong = read
    kept = cast("list[Data]", plain(exercise.as_toml().get("contextual", [])))
    seen: dict[str, int] = {}
    had = {part["id"]: (at, part) for at, part in enumerate(kept)}
    status_at, at = header_at(sheet, STATUS), header_at(sheet, CONTEXTUAL_ID)
    title_at = header_at(sheet, "TITLE")
    for row, given in sheet.rows:
        name = "" if at is None else sheet.cell(given, at)
        status = cells.word("" if status_at is None else sheet.cell(given, status_at))
        if not name and title_at is not None and sheet.cell(given, title_at):
            ids = [*exercise.injects, *had, *seen]
            name = id_of(sheet.cell(given, title_at), ids)
        if name and twice(seen, name, row, wrong):
            continue
        place, old = had.get(name, (None, None))
        if status in cells.LEFT_OUT:
            if place is not None:
                wanted.dropped.append((CONTEXTUAL_KEY, place))
                note(name, CONTEXTUAL_SHEET, _("taken out"))
            else:
                wanted.remarks.append(
                    _(
                        "Sheet {sheet}, row {row}: left out, status {status}.",
                        sheet=sheet.sheet,
                        row=row,
                        status=shown(sheet.cell(given, status_at or 0)),
                    )
                )
            continue
        if not is_id(name):
            words = _("an id is letters, digits, _ and -, not {name}", name=shown(name))
            wrong.add(row, words, at)
            continue
        new: Data = deepcopy(old) if old is not None else {"id": name}
        fields = [field for field in CONTEXTUAL if field.header != CONTEXTUAL_ID]
        base = (CONTEXTUAL_KEY, name)
        wanted.cells[base] = (sheet, row, None)
        headers = filling.fill((sheet, wrong, (row, given)), fields, old, new, base)
        for header in headers:
            note(name, CONTEXTUAL_SHEET, header)
        if old is None:
            order = dict.fromkeys(str(field.path[0]) for field in CONTEXTUAL)
            new = {key: new[key] for key in order if key in new}
            lines = block(f"[[{CONTEXTUAL_KEY}]]", CONTEXTUAL_KEY, new)
            file = f"contextual-{name.replace('_', '-')}.toml"
            wanted.written.append((file, "\n".join(lines) + "\n"))
        elif new != old and place is not None:
            wanted.rewritten[CONTEXTUAL_KEY, place] = (old, new)
