"""The seats of a blank workbook: offices in their cells, and what of an exercise hangs on them."""

from __future__ import annotations

from collections.abc import Mapping

from ttx.exercise.msel import cells
from ttx.exercise.msel.fresh import id_of
from ttx.exercise.msel.ground_sheet import (
    SHORT_SEAT,
    Data,
    Groundwork,
    cell,
    ids_of,
    place,
    rows_of,
    short_of,
)
from ttx.exercise.msel.header import Mistakes
from ttx.exercise.msel.sheets.sheet import Sheet
from ttx.exercise.problems import shown
from ttx.i18n import _

_COLOURS = ("#87afff", "#ffaf5f", "#87d787", "#d787d7", "#ffd75f", "#5fd7d7", "#ff8787", "#bcbcbc")
_YES = {"yes", "y", "x", "1", "true", "lead", "ja", "oui", "si", "да", "✓", "✔", "☑"}
_NO = {"", "no", "n", "0", "false", "nein", "non", "нет", "☐"}
_CONTROL = "control"


def seats(found: Groundwork, sheet: Sheet, wrong: Mistakes) -> None:
    """Put the offices of the sheet in the place of the template's."""
    data = found.data
    known = {cells.word(str(cell["name"])): cell for cell in data["cell"]}
    own = {cells.word(str(seat["name"])): seat for seat in data["seat"]}
    made: list[Data] = []
    sides: dict[str, Data] = {}
    for row, given in rows_of(sheet):
        office, where = cell(given, "OFFICE"), cell(given, "CELL")
        if not office or not where:
            wrong.add(row, _("a seat needs an office and a cell"), place(given, "OFFICE"))
            continue
        if office in (seat["name"] for seat in made):
            wrong.add(
                row, _("{office} has a row already", office=shown(office)), place(given, "OFFICE")
            )
            continue
        short = cell(given, "SHORT NAME")
        if not short:
            short = short_of(office, SHORT_SEAT, [seat["short"] for seat in made])
            found.shortened(office, short)
        if len(short) > SHORT_SEAT:
            said = _("it has more than {most} characters", most=SHORT_SEAT)
            wrong.add(row, said, place(given, "SHORT NAME"))
        side = known.get(cells.word(where))
        if side is None:
            side = _side(data, where)
            known[cells.word(where)] = side
        sides[side["id"]] = side
        was = own.get(cells.word(office), {})
        taken = [seat["id"] for seat in (*made, *data["seat"]) if seat is not was]
        seat: Data = {
            "id": was.get("id") or id_of(office, [*taken, *ids_of(data["cell"])]),
            "cell": side["id"],
            "name": office,
            "short": short,
            "you_are": cell(given, "WHO YOU ARE") or _("You speak for {office}.", office=office),
        }
        leads = _mark(cell(given, "LEAD"))
        if leads in _YES:
            seat["lead"] = True
        elif leads not in _NO:
            said = _("must be yes, or empty, not {cell}", cell=shown(cell(given, "LEAD")))
            wrong.add(row, said, place(given, "LEAD"))
        if was.get("decides") and was["cell"] == side["id"]:
            seat["decides"] = was["decides"]
        made.append(seat)
        found.places["seat", seat["id"]] = (sheet, row, None)
    if made:
        _seated(found, made, sides)


def _seated(found: Groundwork, made: list[Data], sides: Mapping[str, Data]) -> None:
    """Put seats in the place of the template's, with what hangs on them; `sides` are their cells.

    Control's stay where none is named, a cell without a lead gets its first seat as one, and cells
    and actors that nobody sits in go.
    """
    data = found.data
    control = [seat for seat in data["seat"] if seat["cell"] == _CONTROL]
    if _CONTROL not in sides:
        made += control
    for name, side in sides.items():
        if not any(seat.get("lead") for seat in made if seat["cell"] == name):
            first = next(seat for seat in made if seat["cell"] == name)
            first["lead"] = True
            words = _(
                "No seat of cell {cell} is marked as its lead; {office} leads it.",
                cell=shown(side["name"]),
                office=shown(first["name"]),
            )
            found.remarks.append(words)
    data["seat"] = made
    data["cell"] = [cell for cell in data["cell"] if cell["id"] in {*sides, _CONTROL}]
    allied = [cell["id"] for cell in data["cell"] if cell["side"] == "allied"]
    for lever in data["lever"]:
        if not set(lever["cells"]) <= set(allied):
            lever["cells"] = allied
            lever["held_by"] = _("the leads of the cells")
    used = {cell["actor"] for cell in data["cell"]}
    data["actor"] = [actor for actor in data["actor"] if actor["id"] in used]


def _side(data: Data, name: str) -> Data:
    """A new allied cell, with an actor of its own."""
    letters = {actor["letter"] for actor in data["actor"]}
    wanted = [sign for sign in name.upper() if "A" <= sign <= "Z"]
    free = (sign for sign in (*wanted, *"ABCDEFGHIJKLMNOPQRSTUVWXYZ") if sign not in letters)
    taken = [*ids_of(data["cell"]), *ids_of(data["seat"]), *ids_of(data["actor"])]
    made = id_of(name, taken)
    colour = _COLOURS[len(data["actor"]) % len(_COLOURS)]
    data["actor"].append({"id": made, "name": name, "letter": next(free, "Z"), "colour": colour})
    side = {"id": made, "name": name, "side": "allied", "actor": made, "robot": "steady"}
    data["cell"].insert(len(data["cell"]) - 1, side)
    return side


def _mark(cell: str) -> str:
    """A cell of yes or no; of a sign alone the sign."""
    return cells.word(cell) or cell.strip().strip("-–—")
