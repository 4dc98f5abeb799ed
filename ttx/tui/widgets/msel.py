"""The MSEL as rows: the columns that fit, each at a fixed width."""

from __future__ import annotations

from collections.abc import Collection

from rich.cells import cell_len
from rich.text import Text

from ttx.i18n import N_, _
from ttx.session.view.msel import COMPLETE, DEFERRED, DUE, NEVER, NEXT, RELEASED, SKIPPED, MselRow
from ttx.tui import paint
from ttx.tui.page import LARGE, SMALL
from ttx.tui.paint import Seg
from ttx.tui.parts.table import Column, Table
from ttx.tui.theme import Glyphs, Ink

PAST = (COMPLETE, SKIPPED, NEVER)
SHORT = {NEVER: N_("never")}
"""Statuses that are longer than their column."""
NONE = "-"


def minutes(value: int | None) -> str:
    """Minutes from STARTEX as `01:24`; a dash where there are none."""
    return NONE if value is None else paint.clock(value)


NUMBER, LABEL = 4, {SMALL: 10}
"""How wide the column of numbers is, and how wide for labels on a small screen; elsewhere 12."""


def number_width(rows: Collection[MselRow], form: str) -> int:
    """How wide the numbers of a list are: its labels whole, up to what the screen has for them."""
    longest = max((cell_len(row.number) for row in rows), default=0)
    return min(max(longest + 1, NUMBER), LABEL.get(form, 12))


def table(
    width: int, form: str, signs: Glyphs, *, head: bool = False, number: int = NUMBER
) -> Table:
    """The columns that fit; in the `head` the badge has no column of its own."""
    first = [Column("", 2, gap=0), Column("#", number), Column(_("as"), 5)]
    if form != SMALL:
        first.append(Column(_("scenario"), 13))
    first += [Column(_("plan"), 6), Column(_("actual"), 7), Column(_("status"), 9)]
    badge = [] if head else [Column("", 3, gap=0), Column("", 1, gap=0)]
    title = Column(_("inject"))
    wide = form == LARGE
    middle = [Column(_("kind"), 12), Column(_("from"), 14)] if wide else []
    last = [Column(_("by"), 12), Column(_("objectives"), 18)] if wide else []
    taken = 4 + sum(column.width or 0 for column in (*first, *middle, *last))
    to = Column(_("to"), min(max((width - taken) // 3, 8), 20))
    return Table([*first, *badge, title, *middle, to, *last], width, signs)


def row(row: MselRow, table: Table, form: str, ink: Ink, *, marked: bool) -> Text:
    """One inject; what is past shows its letter without colour."""
    past = row.status in PAST
    plain = ink.muted if past else ink.text
    name = f"bold {ink.strong}" if marked or row.status in (RELEASED, NEXT) else plain
    due = f"T{row.until}" if row.status in (DEFERRED, DUE) and row.planned is None else ""
    planned, actual = (due or minutes(row.planned)), minutes(row.actual)
    if row.contingency:
        planned, actual = due, ""
    cells: list[Seg] = [
        (table.signs.marked if marked else "", ink.cool),
        (row.number, name),
        (row.played, plain),
    ]
    if form != SMALL:
        cells.append((row.scenario, plain))
    cells += [
        (planned, plain),
        (actual, plain),
        (_(SHORT.get(row.status, row.status)), status_colour(row, ink)),
        _badge(row, ink, past=past),
        ("", ""),
        (titled(row), name),
    ]
    if form == LARGE:
        cells += [(row.kind, plain), (row.sender, plain)]
    cells.append((row.to, plain))
    if form == LARGE:
        cells += [(row.via, plain), (", ".join(row.objectives), ink.muted)]
    return table.row(cells, ink.raised if marked else "")


def _badge(row: MselRow, ink: Ink, *, past: bool) -> Seg:
    if row.contingency or row.contextual:
        return "", ""
    if past:
        return f" {row.badge.letter} ", ink.muted
    colour = row.badge.contrast if ink.bg == "#000000" else row.badge.colour
    return paint.badge(row.badge.letter, colour, ink)


def titled(row: MselRow) -> str:
    """The title, with a word before it for what is no inject of the exercise's list."""
    if row.contingency:
        return _("if not: {title}", title=row.title)
    return _("ad-hoc: {title}", title=row.title) if row.ad_hoc else row.title


def status_colour(row: MselRow, ink: Ink) -> str:
    """Blue for what is on the table or next, orange for what is put off."""
    if row.status in (RELEASED, NEXT):
        return f"bold {ink.cool}"
    if row.status in (DEFERRED, DUE):
        return ink.heat
    return ink.text if row.status not in PAST and not row.lacks else ink.muted
