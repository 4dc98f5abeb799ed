"""Who is at the table, as rows: in the lobby for everybody, with more of it for the facilitator."""

from __future__ import annotations

from rich.text import Text

from ttx.i18n import _
from ttx.session.attendance import Place
from ttx.session.view.words import hours
from ttx.tui import paint
from ttx.tui.paint import Seg
from ttx.tui.theme import Glyphs, Ink

NAME, CELL, STATE, SINCE, LAG, FULL = 15, 7, 9, 7, 7, 38
"""Cells of the columns; a name that is longer ends in `~`."""
MOST = 9999
"""Milliseconds that the column of lags has room for."""
WIDE = 112
"""From this width on a seat's name stands in full beside its short one."""


def state(place: Place) -> str:
    """`here`, `away`, or `not yet` where nobody ever came."""
    if place.on:
        return "here"
    return _("not yet") if place.since is None else "away"


def state_colour(place: Place, ink: Ink) -> str:
    """Blue for who is here, orange for who dropped, grey for who was never here."""
    return {"here": f"bold {ink.cool}", "away": f"bold {ink.heat}"}.get(state(place), ink.muted)


def short(words: str, room: int) -> str:
    """A name inside a column, with one cell of air after it."""
    clean = paint.clean(words)
    cut = clean if len(clean) < room else f"{clean[: room - 2]}~"
    return f"{cut:<{room}}"


def since(place: Place) -> str:
    """How long it has sat there, or been away: `now`, `4 min`, `1 h 05`."""
    if place.since is None:
        return "-"
    minutes = int(place.since) // 60
    return hours(minutes) if minutes else "now"


def lobby_row(
    place: Place, name: str, cell: str, width: int, ink: Ink, *, own: bool = False
) -> Text:
    """Name, cell, and whether somebody sits there; nothing else is anybody's business."""
    tone = f"bold {ink.strong}" if own else ink.text
    cells: list[Seg] = [
        (short(name, NAME), tone),
        (short(cell, CELL), ink.muted),
        (state(place), state_colour(place, ink)),
        (_(", you") if own else "", f"bold {ink.strong}"),
    ]
    return paint.line(width, cells)


def control_head(width: int, ink: Ink, *, invited: bool) -> Text:
    """The column heads of the rows below."""
    full = " " * FULL if width >= WIDE else ""
    heads = f"  {'seat':<{NAME}}{full}{'cell':<{CELL}}{'':<{STATE}}{'since':<{SINCE}}{'lag':>{LAG}}"
    right = [(_("invitation "), ink.muted)] if invited else []
    return paint.line(width, [(_("{heads}  screen", heads=heads), ink.muted)], right)


def control_row(
    place: Place,
    names: tuple[str, str, str, str],
    width: int,
    ink: Ink,
    signs: Glyphs,
    *,
    marked: bool,
) -> Text:
    """One seat as the host sees it.

    `names` are the seat's in short, its cell's, its invitation's, and the seat's in full.
    """
    seat, cell, invitation, full = names
    columns, rows = place.size
    lag = _("{lag} ms", lag=min(place.lag, MOST)) if place.lag is not None else "-"
    cells: list[Seg] = [
        (f"{signs.marked} " if marked else "  ", ink.cool),
        (short(seat, NAME), f"bold {ink.strong if marked else ink.text}"),
        (short(full, FULL) if width >= WIDE else "", ink.muted),
        (short(cell, CELL), ink.muted),
        (f"{state(place):<{STATE}}", state_colour(place, ink)),
        (f"{since(place):<{SINCE}}", ink.text),
        (f"{lag:>{LAG}}", ink.text if place.on else ink.muted),
        (f"  {f'{columns}x{rows}' if columns else '-':<8}", ink.text if place.on else ink.muted),
        (_("slow") if place.behind else "", f"bold {ink.heat}"),
    ]
    right = [(f"{invitation} ", ink.muted)] if invitation else []
    return paint.line(width, cells, right, fill=ink.raised if marked else "")
