"""The papers for who comes: a sheet to sign, and cards that stand before each place."""

from __future__ import annotations

from collections.abc import Mapping

from ttx.exercise.model.exercise import Exercise
from ttx.exercise.model.part import text
from ttx.exercise.model.people import Seat
from ttx.i18n import N_, _
from ttx.report.document import Card, Cards, Document, Heading, Paragraph, Part, Table
from ttx.session.particulars import ROLES, Particulars

SIDES = {
    "allied": N_("player"),
    "red": N_("player, of an adversary"),
    "white": N_("exercise control"),
}
SPARE = 6
"""Rows for people without a seat where nobody said how many there will be."""
MOST_SPARE = 40


def sign_in_sheet(
    exercise: Exercise, particulars: Particulars, came: Mapping[str, str] | None = None
) -> Document:
    """The sign-in sheet: a row for each seat, then rows for others who come.

    `came` says in a few words of a seat when it was there, after the run; None before it.
    """
    sides = {cell.id: cell.side for cell in exercise.cell}
    parts: list[Part] = [
        Paragraph(
            _(
                "Everybody who is in the room signs, whether they play or not. Offices stand here "
                "as the exercise names them; names are written by hand, and stay on this sheet."
            )
        )
    ]
    for cell in exercise.cell:
        seats = [seat for seat in exercise.seat if seat.cell == cell.id]
        if seats:
            rows = tuple(_row(seat, came) for seat in seats)
            title = _("{cell}: {part}", cell=text(cell.name), part=_(SIDES[sides[cell.id]]))
            parts += [Heading(2, title), _table(rows, came)]
    blank = ("",) * (4 if came is None else 5)
    others = tuple(blank for _at in range(_spare(particulars)))
    parts += [Heading(2, _("Others in the room")), _table(others, came)]
    return Document(
        title=_("{exercise}: sign-in sheet", exercise=text(exercise.title)),
        banner=exercise.banner,
        handling=_(
            "It will hold names once it is filled in: keep it with the sponsor, apart from the "
            "report, and destroy it when the sponsor's rules say so."
        ),
        parts=tuple(parts),
        wide=True,
    )


def _row(seat: Seat, came: Mapping[str, str] | None) -> tuple[str, ...]:
    when = [] if came is None else [came.get(seat.id, _("no entry"))]
    return (text(seat.name), "", "", "", *when)


def _table(rows: tuple[tuple[str, ...], ...], came: Mapping[str, str] | None) -> Table:
    head = (_("Office"), _("Name"), _("Organisation"), _("Signature, time in"))
    if came is None:
        return Table(head, rows, widths=(34, 24, 22, 20), tall=True)
    return Table((*head, _("First to last entry")), rows, widths=(28, 20, 18, 18, 16), tall=True)


def _spare(particulars: Particulars) -> int:
    """As many rows as organisations send people who do not play; some where that is unknown."""
    players = ROLES.index("players")
    others = sum(sum(part.counts) - part.counts[players] for part in particulars.organisations)
    return min(max(others, SPARE), MOST_SPARE)


def place_cards(exercise: Exercise) -> Document:
    """A card for each seat, two on a page, to be folded and stood up; a person's name by hand."""
    cells = {cell.id: text(cell.name) for cell in exercise.cell}
    cards = tuple(Card(text(seat.name), cells[seat.cell]) for seat in exercise.seat)
    return Document(
        title=_("{exercise}: place cards", exercise=text(exercise.title)),
        banner=exercise.banner,
        handling=_(
            "Cut between the cards, fold each along its broken line, and stand it up. The dotted "
            "line is for a name."
        ),
        parts=(Cards(cards),),
    )
