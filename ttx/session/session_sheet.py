"""Writes the sheet of a session's particulars and targets, to be filled in and read again.

What reads it is `session_file`.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence

from ttx.exercise.model.exercise import Exercise
from ttx.exercise.model.part import text
from ttx.i18n import N_, _
from ttx.session.particulars import Particulars, Stated, Targets
from ttx.session.view.particulars import (
    ABOUT,
    LABELS,
    ORGANISATIONS,
    field_texts,
    score_target,
)
from ttx.workbooks import begun

SPARE = 6
"""Rows for organisations on an empty sheet."""
TARGET = N_("Target: {of}")


def session_rows(exercise: Exercise, stated: Stated | None = None) -> list[tuple[str, str, str]]:
    """The sheet: the name of each field, what stands there, and what belongs there."""
    known = Stated(Particulars(), Targets()) if stated is None else stated
    rows = [(_("Field"), _("What stands on the papers"), _("What belongs here"))]
    for field, told in field_texts(known.particulars):
        rows.append((_(LABELS[field]), told, _(ABOUT[field])))
    more = max(SPARE - len(known.particulars.organisations), 2)
    label, about = _(LABELS[ORGANISATIONS]), _(ABOUT[ORGANISATIONS])
    rows += [(label, "", about if not at else "") for at in range(more)]
    for score in exercise.score:
        aim = known.targets.scores.get(score.id)
        told = "" if aim is None else score_target(exercise, score.id, aim)
        wanted = _("points at the end, such as at least 60")
        if score.better == "lower":
            wanted = _("points at the end, such as at most 40")
        rows.append((_(TARGET, of=text(score.name)), told, wanted))
    for objective in exercise.objective:
        told = known.targets.objectives.get(objective.id, "")
        wanted = _("P, S or M: the rating that is to be settled at least")
        rows.append((_(TARGET, of=text(objective.text)), told, wanted))
    return rows


def as_csv(rows: Iterable[Sequence[str]]) -> bytes:
    """The sheet as CSV in UTF-8 with a mark, which spreadsheets need to see that it is UTF-8."""
    from ttx.exercise.msel.sheets.sheet import as_csv as csv_of

    return csv_of(rows)


def as_workbook(rows: Sequence[Sequence[str]]) -> bytes:
    """The sheet as a workbook, the same for the same rows.

    Raises:
        Missing: What writes workbooks is not installed.
    """
    out = io.BytesIO()
    book = begun(out, _("Session"))
    head = book.add_format({"bold": True, "bottom": 1, "bg_color": "#e8eff7"})
    name = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
    filled = book.add_format({"text_wrap": True, "valign": "top", "border": 1, "num_format": "@"})
    about = book.add_format({"text_wrap": True, "valign": "top", "font_color": "#555555"})
    page = book.add_worksheet(_("Session")[:31])
    page.freeze_panes(1, 1)
    for column, width in enumerate((34, 52, 48)):
        page.set_column(column, column, width)
    for at, row in enumerate(rows):
        for column, (cell, look) in enumerate(zip(row, (name, filled, about), strict=True)):
            page.write_string(at, column, cell, look if at else head)
    page.set_landscape()
    page.fit_to_pages(1, 0)
    page.repeat_rows(0)
    book.close()
    return out.getvalue()
