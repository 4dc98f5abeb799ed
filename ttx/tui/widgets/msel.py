"""The MSEL as rows: the columns that fit, each at a fixed width."""

from __future__ import annotations

from rich.cells import set_cell_size
from rich.text import Text

from ttx.i18n import _
from ttx.session.view.msel import COMPLETE, DEFERRED, DUE, NEVER, NEXT, RELEASED, SKIPPED, MselRow
from ttx.tui import paint
from ttx.tui.page import LARGE, MIDDLE
from ttx.tui.paint import Seg
from ttx.tui.theme import Glyphs, Ink

NUMBER, SCENARIO, PLANNED, ACTUAL, STATUS, BADGE = 5, 13, 6, 7, 9, 4
KIND, SENDER, VIA, AIMS = 12, 14, 12, 18
PAST = (COMPLETE, SKIPPED, NEVER)
SHORT = {NEVER: "never"}
"""Statuses that are longer than their column."""
NONE = "-"


def minutes(value: int | None) -> str:
    """Minutes from STARTEX as `01:24`; a dash where there are none."""
    return NONE if value is None else f"{value // 60:02d}:{value % 60:02d}"


def head(width: int, form: str, ink: Ink) -> Text:
    """The heads of the columns."""
    title, to = _rest(width, form)
    parts = [f"  {'#':<{NUMBER}}"]
    if form in (MIDDLE, LARGE):
        parts.append(f"{'scenario':<{SCENARIO}}")
    parts += [f"{'plan':<{PLANNED}}", f"{'actual':<{ACTUAL}}", f"{'status':<{STATUS}}"]
    parts.append(f"{'inject':<{BADGE + title}}")
    if form == LARGE:
        parts += [f"{'kind':<{KIND}}", f"{'from':<{SENDER}}"]
    parts.append(f"{'to':<{to}}")
    if form == LARGE:
        parts += [f"{'by':<{VIA}}", "objectives"]
    return paint.line(width, [("".join(parts), ink.muted)])


def row(one: MselRow, width: int, form: str, ink: Ink, signs: Glyphs, *, marked: bool) -> Text:
    """One inject; what is past shows its letter without colour."""
    title, to = _rest(width, form)
    past = one.status in PAST
    plain = ink.muted if past else ink.text
    name = f"bold {ink.strong}" if marked or one.status in (RELEASED, NEXT) else plain
    sign = f"{signs.marked} " if marked else "  "
    cells: list[Seg] = [(sign, ink.cool), (column(one.number, NUMBER, signs), name)]
    if form in (MIDDLE, LARGE):
        cells.append((column(one.scenario, SCENARIO, signs), plain))
    due = f"T{one.until}" if one.status in (DEFERRED, DUE) and one.planned is None else ""
    cells += [
        (column(due or ("" if one.contingency else minutes(one.planned)), PLANNED, signs), plain),
        (column("" if one.contingency else minutes(one.actual), ACTUAL, signs), plain),
        (column(SHORT.get(one.status, one.status), STATUS, signs), status_colour(one, ink)),
    ]
    colour = one.badge.contrast if ink.bg == "#000000" else one.badge.colour
    letter = f" {one.badge.letter} "
    if one.contingency:
        cells.append(("    ", ""))
    elif past:
        cells.append((f"{letter} ", ink.muted))
    else:
        cells += [paint.badge(one.badge.letter, colour, ink), (" ", "")]
    cells.append((column(titled(one), title, signs), name))
    if form == LARGE:
        cells += [
            (column(one.kind, KIND, signs), plain),
            (column(one.sender, SENDER, signs), plain),
        ]
    cells.append((column(one.to, to, signs), plain))
    if form == LARGE:
        aims = ", ".join(one.objectives)
        cells += [(column(one.via, VIA, signs), plain), (column(aims, AIMS, signs), ink.muted)]
    return paint.line(width, cells, fill=ink.raised if marked else "")


def titled(one: MselRow) -> str:
    """The title, with a word before it for what is no inject of the exercise's list."""
    if one.contingency:
        return _("if not: {one}", one=one.title)
    return _("ad-hoc: {one}", one=one.title) if one.ad_hoc else one.title


def status_colour(one: MselRow, ink: Ink) -> str:
    """Blue for what is on the table or next, orange for what is put off."""
    if one.status in (RELEASED, NEXT):
        return f"bold {ink.cool}"
    if one.status in (DEFERRED, DUE):
        return ink.heat
    return ink.text if one.status not in PAST and not one.lacks else ink.muted


def column(words: str, room: int, signs: Glyphs) -> str:
    """Words inside a column, with a cell of air after them."""
    return set_cell_size(paint.cut(paint.clean(words), room - 1, signs), room)


def _rest(width: int, form: str) -> tuple[int, int]:
    """Cells for the title and for whom it goes to."""
    taken = 2 + NUMBER + PLANNED + ACTUAL + STATUS + BADGE
    if form in (MIDDLE, LARGE):
        taken += SCENARIO
    if form == LARGE:
        taken += KIND + SENDER + VIA + AIMS
    room = width - taken
    to = min(max(room // 3, 8), 20)
    return room - to, to
