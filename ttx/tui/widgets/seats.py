"""Who is at the table, as rows: in the lobby for everybody, with more of it for the facilitator."""

from __future__ import annotations

from rich.text import Text

from ttx.i18n import _
from ttx.session.attendance import AWAY, HERE, IDLE, Place
from ttx.session.view.words import hours
from ttx.tui.paint import Seg
from ttx.tui.parts.table import Column, Table
from ttx.tui.sized import LEAST
from ttx.tui.theme import Glyphs, Ink

NAME, CELL = 15, 7
"""Cells of the columns that both tables have."""
PLACE = 12
"""Cells for a cell and what the seat is in it."""
MOST = 9999
"""Milliseconds that the column of lags has room for."""
WIDE = 112
"""From this width on a seat's name stands in full beside its short one."""
ROOMY = 128
"""From this width on what a seat is in its cell stands beside that."""
NONE = "-"


def state(place: Place, ink: Ink) -> Seg:
    """Blue for who is here, orange for who dropped, grey for who was never here."""
    if place.on:
        return _("here"), f"bold {ink.cool}"
    return (_("not yet"), ink.muted) if place.since is None else (_("away"), f"bold {ink.heat}")


def too_small(place: Place) -> bool:
    """Whether somebody sits at a terminal that is too small to show any page."""
    width, height = place.size
    return place.on and width > 0 and (width < LEAST[0] or height < LEAST[1])


def presence(place: Place, ink: Ink) -> Seg:
    """The same for the facilitator, who also reads who pressed no key for long, or sees no page."""
    if too_small(place):
        return _("too small"), f"bold {ink.heat}"
    tones = {HERE: f"bold {ink.cool}", AWAY: f"bold {ink.heat}"}
    return _(place.presence), tones.get(place.presence, ink.muted)


def since(place: Place) -> str:
    """How long it has sat there, been idle or away: `now`, `4 min`, `1 h 05`."""
    if place.since is None:
        return NONE
    minutes = int(place.still if place.presence == IDLE else place.since) // 60
    return hours(minutes) if minutes else _("now")


def lobby_table(width: int, signs: Glyphs) -> Table:
    """The columns that everybody sees."""
    return Table([Column("", NAME), Column("", CELL)], width, signs)


def lobby_row(place: Place, name: str, cell: str, table: Table, ink: Ink, *, own: bool) -> Text:
    """Name, cell, and whether somebody sits there; nothing else is anybody's business."""
    tone = f"bold {ink.strong}" if own else ink.text
    cells = [(name, tone), (cell, ink.muted), state(place, ink)]
    return table.row([*cells, (_(", you"), f"bold {ink.strong}")] if own else cells)


def control_table(width: int, signs: Glyphs) -> Table:
    """The columns that the facilitator sees."""
    full = [Column("", 38)] if width >= WIDE else []
    columns = [
        Column("", 2, gap=0),
        Column(_("seat"), NAME - 1),
        *full,
        Column(_("cell"), PLACE if width >= ROOMY else CELL),
        Column("", 11),
        Column(_("since"), 7),
        Column(_("lag"), 7, "right", gap=0),
        Column("", 1, gap=0),
        Column(_("screen"), 8, gap=0),
    ]
    return Table(columns, width, signs)


def control_head(table: Table, ink: Ink, *, invited: bool) -> Text:
    """The names of the columns."""
    right = [(_("invitation"), ink.muted), (" ", "")] if invited else []
    return table.row([(column.head, ink.muted) for column in table.columns], right=right)


def control_row(
    place: Place, names: tuple[str, str, str], full: str, table: Table, ink: Ink, *, marked: bool
) -> Text:
    """One seat as the host sees it.

    `names` are the seat's in short, its cell's with what the seat is there, and its invitation's;
    `full` is the seat's.
    """
    seat, cell, invitation = names
    columns, rows = place.size
    tone = ink.text if place.on else ink.muted
    lag = NONE
    if place.lag is not None:
        lag = _("{milliseconds} ms", milliseconds=min(place.lag, MOST))
    cells: list[Seg] = [
        (table.signs.marked if marked else "", ink.cool),
        (seat, f"bold {ink.strong if marked else ink.text}"),
        *([(full, ink.muted)] if table.width >= WIDE else []),
        (cell, ink.muted),
        presence(place, ink),
        (since(place), ink.text),
        (lag, tone),
        ("", ""),
        (
            f"{columns}x{rows}" if columns else NONE,
            f"bold {ink.heat}" if too_small(place) else tone,
        ),
    ]
    if place.behind:
        cells.append((_("slow"), f"bold {ink.heat}"))
    right = [(f"{invitation} ", ink.muted)] if invitation else []
    return table.row(cells, ink.raised if marked else "", right)
