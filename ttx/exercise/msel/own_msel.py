"""The MSEL of a workbook that ttx has written: numbers, slots, and cells that were emptied."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from ttx.exercise.model.exercise import Exercise
from ttx.exercise.model.injects import Inject
from ttx.exercise.msel import cells
from ttx.exercise.msel.filled import Row, Target, drop
from ttx.exercise.msel.header import Mistakes
from ttx.exercise.msel.origin import Place
from ttx.exercise.msel.sheets.columns import Column, column
from ttx.exercise.msel.sheets.sheet import Sheet
from ttx.exercise.msel.whole import MSEL
from ttx.exercise.problems import KeyPath
from ttx.i18n import _

_CLEARED: dict[str, KeyPath] = {
    "objectives": ("objectives",),
    "window": ("window",),
    "planned": ("planned",),
    "controller": ("controller",),
    "notes": ("notes",),
}
"""Cells of the MSEL that an inject can do without, and what they empty."""
_UNTOLD = ("number", "id", "status", "slot")
"""Cells of the MSEL that say nothing where they are empty."""


def as_listed(exercise: Exercise, sheets: Mapping[str, Sheet]) -> Sheet:
    """The MSEL for who reads its rows, without what is changed as a whole.

    Beside an id a number is what the list calls the inject; and a slot decides which other cells
    it has, which stand on the other sheets.
    """
    sheet = sheets[MSEL]
    places = _places(sheet)
    rows = []
    for number, row in sheet.rows:
        inject = _of_row(exercise, sheet, places, row)
        gone: set[int] = set()
        if inject is not None:
            slot = cells.word(sheet.cell(row, places.get("slot", len(row))))
            if slot in ("policy", "crisis") and slot != inject.slot:
                gone |= {places[key] for key in ("slot", "window") if key in places}
            if "number" in places:
                gone.add(places["number"])
        given = tuple("" if at in gone else cell for at, cell in enumerate(row))
        rows.append((number, given))
    return replace(sheet, rows=tuple(rows))


class OwnMsel:
    """One walk through its rows, for what the list of another would not say."""

    def __init__(
        self,
        exercise: Exercise,
        sheet: Sheet,
        wrong: Mistakes,
        origins: dict[KeyPath, Place],
        note: Callable[[str, str, str], None],
    ) -> None:
        """`note` keeps in mind which header of which sheet changes an inject."""
        self.exercise, self.sheet, self.wrong = exercise, sheet, wrong
        self.origins, self.note = origins, note
        self.places = _places(sheet)

    def read(self, targets: Sequence[Target]) -> None:
        """Change the injects by what the rows say besides their texts."""
        sheet, places = self.sheet, self.places
        by_key = {part.key: part for header in sheet.header if (part := column(header))}
        for row, given in sheet.rows:
            inject = _of_row(self.exercise, sheet, places, given)
            target = next((one for one in targets if inject and one.name == inject.id), None)
            if target is None:
                continue
            for key, at in places.items():
                if key in by_key and by_key[key].placed:
                    path = cells.path_of(key)
                    self.origins["inject", target.name, *path] = (sheet, row, at)
            before = cells.cells(self.exercise, self.exercise.injects[target.name])
            for key, was in before.items():
                if not was or key in _UNTOLD or key not in places:
                    continue
                if not sheet.cell(given, places[key]):
                    self._emptied(target, by_key[key], (row, places[key]))
            if "number" in places:
                self._label(target, sheet.cell(given, places["number"]), before["number"])
            self._slot(target, (row, given))

    def _label(self, target: Target, cell: str, before: str) -> None:
        """What the list calls an inject: its label, or no other than its number."""
        if cell == before:
            return
        if cell and cell != str(target.number):
            target.new["label"] = cell
        else:
            target.new.pop("label", None)
        if target.new != target.old:
            self.note(target.name, MSEL, "MSEL NUMBER")

    def _emptied(self, target: Target, part: Column, place: tuple[int, int]) -> None:
        if part.key in _CLEARED:
            drop(target.new, _CLEARED[part.key])
            self.note(target.name, MSEL, part.header)
        else:
            self.wrong.add(place[0], _("it is empty, and cannot be left out"), place[1])

    def _slot(self, target: Target, row: Row) -> None:
        sheet, places = self.sheet, self.places
        slot = cells.word(sheet.cell(row[1], places["slot"])) if "slot" in places else ""
        if slot not in ("policy", "crisis") or slot == target.old["slot"]:
            return
        target.new["slot"] = slot
        self.note(target.name, MSEL, "SLOT")
        window = sheet.cell(row[1], places["window"]) if "window" in places else ""
        if window and slot == "crisis":
            try:
                target.new["window"] = cells.window(window)
            except cells.Unreadable as error:
                self.wrong.add(row[0], str(error), places["window"])


def _places(sheet: Sheet) -> dict[str, int]:
    """Where the columns of the MSEL stand, by key."""
    found: dict[str, int] = {}
    for at, header in enumerate(sheet.header):
        part = column(header)
        if part is not None:
            found.setdefault(part.key, at)
    return found


def _of_row(
    exercise: Exercise, sheet: Sheet, places: Mapping[str, int], row: tuple[str, ...]
) -> Inject | None:
    """The inject that a row of the MSEL is about, by its id."""
    return exercise.injects.get(sheet.cell(row, places["id"])) if "id" in places else None
