"""What the sheets beside an MSEL change in an exercise, joined to the plan that its rows make."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass, replace
from typing import Any, cast

from ttx.exercise.model.exercise import Exercise
from ttx.exercise.model.injects import Inject
from ttx.exercise.msel import cells
from ttx.exercise.msel.called import Called, plain
from ttx.exercise.msel.columns import Column, column, flat, letter
from ttx.exercise.msel.fields import (
    CONTEXTUAL,
    CONTEXTUAL_ID,
    DETAILS,
    INJECT_ID,
    OPTION_ID,
    OPTIONS,
    PARAGRAPHS,
    PROBING,
    STATUS,
    TIMING,
    TIMINGS,
    Field,
    cell_of,
    value_at,
)
from ttx.exercise.msel.fields import plain as as_toml
from ttx.exercise.msel.fresh import Fresh, block, id_of, is_id
from ttx.exercise.msel.header import Mistakes
from ttx.exercise.msel.plan import Plan
from ttx.exercise.msel.sheet import Sheet
from ttx.exercise.msel.whole import (
    CONTEXTUAL_SHEET,
    DETAILS_SHEET,
    MSEL,
    OPTIONS_SHEET,
    OUTCOMES_SHEET,
    PROBING_SHEET,
    TITLE,
    posture_headers,
)
from ttx.exercise.problems import KeyPath, did_you_mean, shown
from ttx.i18n import _

Data = dict[str, Any]
Row = tuple[int, tuple[str, ...]]
_CLEARED: dict[str, KeyPath] = {
    "objectives": ("objectives",),
    "window": ("window",),
    "planned": ("planned",),
    "controller": ("controller",),
    "notes": ("notes",),
}
"""Cells of the MSEL that an inject can do without, and what they empty."""
CONTEXTUAL_KEY = "contextual"
_PATHS: dict[str, KeyPath] = {key: ("message", key) for key in ("sender", "to", "via", "text")}
"""What a column of the MSEL is of, where that is no key of the inject itself."""
_KNOWN = frozenset(
    field.header for fields in (DETAILS, OPTIONS, PROBING, CONTEXTUAL) for field in fields
) | {INJECT_ID, TITLE, TIMING, STATUS}
"""What heads a column of one of the sheets, but for postures."""
_UNTOLD = ("number", "id", "status", "slot")
"""Cells of the MSEL that say nothing where they are empty."""


@dataclass
class Target:
    """An inject that rows speak of: one of the exercise, or a new one."""

    name: str
    number: int
    title: str
    old: Data
    new: Data
    fresh: Fresh | None = None


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


def join(exercise: Exercise, sheets: Mapping[str, Sheet], wanted: Plan) -> None:
    """Add to a plan what the sheets beside the MSEL change, and all that is wrong with them."""
    _Revision(exercise, sheets, wanted).join()


class _Revision:
    """One walk through the sheets."""

    def __init__(self, exercise: Exercise, sheets: Mapping[str, Sheet], wanted: Plan) -> None:
        self.exercise, self.sheets, self.wanted = exercise, sheets, wanted
        self.called = Called(exercise, injects=[added.id for added in wanted.added])
        data = cast("Data", as_toml(exercise.as_toml()))
        gone = set(wanted.taken_out)
        self.kept = data.get("contextual", [])
        self.targets = [
            Target(inject["id"], inject["number"], self._words(inject["title"]), inject, new)
            for at, inject in enumerate(data.get("inject", []))
            if at not in gone
            for new in [deepcopy(inject)]
        ]
        self.targets += [
            Target(
                added.id,
                added.number,
                str(added.data["title"]),
                deepcopy(added.data),
                added.data,
                added,
            )
            for added in wanted.added
        ]
        self.changed: dict[tuple[str, str], list[str]] = {}
        """By inject and sheet, the headers of cells that change it."""

    def _words(self, value: str | dict[str, str]) -> str:
        return self.called.words(value)

    def join(self) -> None:
        for name, read in (
            (MSEL, self._msel),
            (DETAILS_SHEET, self._details),
            (OPTIONS_SHEET, self._options),
            (OUTCOMES_SHEET, self._outcomes),
            (PROBING_SHEET, self._probing),
            (CONTEXTUAL_SHEET, self._contextual),
        ):
            if name in self.sheets:
                wrong = Mistakes(self.sheets[name])
                read(self.sheets[name], wrong)
                if name != MSEL:
                    self.wanted.remarks += self.sheets[name].remarks
                    self.wanted.remarks += self._unread(self.sheets[name])
                self.wanted.problems += wrong.problems()
        at = {inject.id: place for place, inject in enumerate(self.exercise.inject)}
        for target in self.targets:
            if target.fresh is None and target.old != target.new:
                self.wanted.rewritten["inject", at[target.name]] = (target.old, target.new)
        new = {added.id for added in self.wanted.added}
        for (name, sheet), headers in self.changed.items():
            if name in new:  # all of it is new
                continue
            self.wanted.remarks.append(
                _(
                    "Sheet {sheet} changes '{name}': {headers}.",
                    sheet=sheet,
                    name=name,
                    headers=", ".join(dict.fromkeys(headers)),
                )
            )

    def _unread(self, sheet: Sheet) -> Iterator[str]:
        """A sentence for each column with cells that nothing on its sheet stands for."""
        known = {flat(header) for header in _KNOWN}
        if sheet.sheet == OUTCOMES_SHEET:
            for header, posture in posture_headers(self.called).items():
                known |= {flat(header), flat(posture.id)}
        for at in range(max((len(row) for _n, row in sheet.rows), default=0)):
            header = sheet.cell(sheet.header, at)
            if flat(header) not in known and any(sheet.cell(row, at) for _n, row in sheet.rows):
                yield _(
                    "Sheet {sheet}, column {letter} {header} has no place in an exercise; its "
                    "cells are left out.",
                    sheet=sheet.sheet,
                    letter=letter(at),
                    header=shown(header),
                )

    def _note(self, name: str, sheet: str, header: str) -> None:
        self.changed.setdefault((name, sheet), []).append(header)

    # --- rows and what they speak of ---

    def _rows(self, sheet: Sheet, wrong: Mistakes) -> Iterator[tuple[Row, Target]]:
        """The rows of a sheet with the inject that each names."""
        at = _header(sheet, INJECT_ID)
        for row, given in sheet.rows:
            name = "" if at is None else sheet.cell(given, at)
            if not name:
                wrong.add(row, _("it names no inject"), at)
                continue
            target = self._target(name)
            if target is not None:
                yield (row, given), target
            elif not self._taken_out(name):
                near = did_you_mean(name, [target.name for target in self.targets])
                words = _("inject {name} is unknown{near}", name=shown(name), near=near)
                wrong.add(row, words, at)

    def _target(self, name: str) -> Target | None:
        for target in self.targets:
            if name.casefold() == target.name.casefold() or name == str(target.number):
                return target
        titled = [target for target in self.targets if plain(target.title) == plain(name)]
        return titled[0] if len(titled) == 1 else None

    def _taken_out(self, name: str) -> bool:
        gone = (self.exercise.inject[at] for at in self.wanted.taken_out)
        return any(name.casefold() in (inject.id.casefold(), str(inject.number)) for inject in gone)

    def _fill(
        self,
        place: tuple[Sheet, Mistakes, Row],
        fields: Sequence[Field],
        old: Data | None,
        new: Data,
        base: KeyPath,
    ) -> list[str]:
        """Put the cells of a row that say something else than before; their headers.

        `base` is the path of what the row is about, with the id of its inject.
        """
        sheet, wrong, (row, given) = place
        changed = []
        for field in fields:
            at = _header(sheet, field.header)
            if at is None:
                if old is None and field.needed:
                    wrong.add(row, _("a new one needs a column {header}", header=field.header))
                continue
            self.wanted.cells[*base, *field.path] = (sheet, row, at)
            cell = sheet.cell(given, at)
            if old is not None and cells.same(cell, cell_of(self.called, field, old)):
                continue
            if not cell:
                if field.needed:
                    wrong.add(row, _("it is empty, and cannot be left out"), at)
                elif value_at(new, field.path) is not None:
                    _drop(new, field.path)
                    changed.append(field.header)
                continue
            try:
                value = field.codec.read(self.called, cell)
                _put(new, field.path, self._retold(field, value_at(old or {}, field.path), value))
            except cells.Unreadable as error:
                wrong.add(row, str(error), at)
                continue
            changed.append(field.header)
        return changed

    def _retold(self, field: Field, old: object, new: object) -> object:
        """A text in its first language, where it is told in several; the others stay."""
        if not field.codec.words or not old:
            return new
        if field.codec is PARAGRAPHS and isinstance(old, list) and isinstance(new, list):
            if len(old) == len(new):
                return [self._told(was, words) for was, words in zip(old, new, strict=True)]
            if any(isinstance(paragraph, dict) for paragraph in old):
                raise cells.Unreadable(
                    _("it has another number of paragraphs, and is told in several languages")
                )
            return new
        return self._told(old, new)

    def _told(self, old: object, new: object) -> object:
        if not isinstance(old, dict):
            return new
        language = self.called.language
        return old | {language if language in old else next(iter(old)): new}

    # --- sheets ---

    def _msel(self, sheet: Sheet, wrong: Mistakes) -> None:
        """Cells of the MSEL that were emptied, and injects that change their slot."""
        places = _places(sheet)
        by_key = {part.key: part for header in sheet.header if (part := column(header))}
        for row, given in sheet.rows:
            inject = _of_row(self.exercise, sheet, places, given)
            target = next((one for one in self.targets if inject and one.name == inject.id), None)
            if target is None:
                continue
            for key, at in places.items():
                if key in by_key and by_key[key].placed:
                    path = _PATHS.get(key, (key,))
                    self.wanted.cells["inject", target.name, *path] = (sheet, row, at)
            before = cells.cells(self.exercise, self.exercise.injects[target.name])
            for key, was in before.items():
                if not was or key in _UNTOLD or key not in places:
                    continue
                if not sheet.cell(given, places[key]):
                    self._emptied(target, by_key[key], (row, places[key]), wrong)
            if "number" in places:
                self._label(target, sheet.cell(given, places["number"]), before["number"])
            self._slot(target, sheet, (row, given), wrong)

    def _label(self, target: Target, cell: str, before: str) -> None:
        """What the list calls an inject: its label, or no other than its number."""
        if cell == before:
            return
        if cell and cell != str(target.number):
            target.new["label"] = cell
        else:
            target.new.pop("label", None)
        if target.new != target.old:
            self._note(target.name, MSEL, "MSEL NUMBER")

    def _emptied(
        self, target: Target, part: Column, place: tuple[int, int], wrong: Mistakes
    ) -> None:
        if part.key in _CLEARED:
            _drop(target.new, _CLEARED[part.key])
            self._note(target.name, MSEL, part.header)
        else:
            wrong.add(place[0], _("it is empty, and cannot be left out"), place[1])

    def _slot(self, target: Target, sheet: Sheet, row: Row, wrong: Mistakes) -> None:
        places = _places(sheet)
        slot = cells.word(sheet.cell(row[1], places["slot"])) if "slot" in places else ""
        if slot not in ("policy", "crisis") or slot == target.old["slot"]:
            return
        target.new["slot"] = slot
        self._note(target.name, MSEL, "SLOT")
        window = sheet.cell(row[1], places["window"]) if "window" in places else ""
        if window and slot == "crisis":
            try:
                target.new["window"] = cells.window(window)
            except cells.Unreadable as error:
                wrong.add(row[0], str(error), places["window"])

    def _details(self, sheet: Sheet, wrong: Mistakes) -> None:
        seen: dict[str, int] = {}
        for row, target in self._rows(sheet, wrong):
            if self._twice(seen, target.name, row[0], wrong):
                continue
            fields: Sequence[Field] = DETAILS
            if target.fresh is not None:  # what its row leaves empty stays as it was made
                fields = [
                    field
                    for field in DETAILS
                    if (at := _header(sheet, field.header)) is not None and sheet.cell(row[1], at)
                ]
            self._titled(sheet, row, target)
            headers = self._fill(
                (sheet, wrong, row), fields, target.old, target.new, ("inject", target.name)
            )
            self._said(target, DETAILS_SHEET, headers)
            if target.fresh is not None and "WEIGHT" in headers:
                self._is_written(target.fresh, "weight")

    def _titled(self, sheet: Sheet, row: Row, target: Target) -> None:
        """Say that a title is changed where it stands, and not where it is shown beside."""
        at = _header(sheet, TITLE)
        cell = "" if at is None else sheet.cell(row[1], at)
        if cell and not cells.same(cell, target.title):
            self.wanted.remarks.append(
                _(
                    "Sheet {sheet}, row {row}: the title is changed on sheet {msel}; it stays.",
                    sheet=sheet.sheet,
                    row=row[0],
                    msel=MSEL,
                )
            )

    def _options(self, sheet: Sheet, wrong: Mistakes) -> None:
        listed = self._listed(sheet, wrong)
        for target in self.targets:
            rows = listed.get(target.name, [])
            if not rows:
                if target.fresh is None and target.old.get("option"):
                    self.wanted.remarks.append(
                        _(
                            "Inject '{inject}' has no row on sheet {sheet}; its options stay.",
                            inject=target.name,
                            sheet=OPTIONS_SHEET,
                        )
                    )
                continue
            had = {} if target.fresh else {part["id"]: part for part in target.old["option"]}
            made: list[Data] = []
            for row in rows:
                base = ("inject", target.name, "option", len(made))
                self.wanted.cells[base] = (sheet, row[0], None)
                option = self._option((sheet, wrong, row), had, made, base)
                if option is not None:
                    made.append(option)
            if made != target.old["option"]:
                target.new["option"] = made
                gone = [name for name in had if name not in [one["id"] for one in made]]
                if gone:
                    self._note(
                        target.name, OPTIONS_SHEET, _("without {gone}", gone=", ".join(gone))
                    )
                for one in made:
                    if one != had.get(one["id"]):
                        self._note(target.name, OPTIONS_SHEET, one["id"])
                    elif not gone and [*had] != [other["id"] for other in made]:
                        self._note(target.name, OPTIONS_SHEET, _("their order"))
            if target.fresh is not None:
                self._is_written(target.fresh, "options with their benefits and costs")

    def _option(
        self,
        place: tuple[Sheet, Mistakes, Row],
        had: Mapping[str, Data],
        made: list[Data],
        base: KeyPath,
    ) -> Data | None:
        sheet, wrong, row = place
        at = _header(sheet, OPTION_ID)
        name = "" if at is None else sheet.cell(row[1], at)
        title_at = _header(sheet, "TITLE")
        taken = [one["id"] for one in made]
        if not name and title_at is not None and sheet.cell(row[1], title_at):
            name = id_of(sheet.cell(row[1], title_at), [*had, *taken])
        if not is_id(name):
            wrong.add(
                row[0], _("an id is letters, digits, _ and -, not {name}", name=shown(name)), at
            )
            return None
        if name in taken:
            wrong.add(row[0], _("option {name} stands in it twice", name=shown(name)), at)
            return None
        old = had.get(name)
        new: Data = deepcopy(old) if old is not None else {}
        fields = [field for field in OPTIONS if field.header != OPTION_ID]
        new["id"] = name
        self._fill(place, fields, old, new, base)
        order = [str(field.path[0]) for field in OPTIONS]
        return (
            dict(sorted(new.items(), key=lambda pair: order.index(pair[0]))) if old is None else new
        )

    def _outcomes(self, sheet: Sheet, wrong: Mistakes) -> None:
        seen: dict[str, int] = {}
        at = _header(sheet, TIMING)
        postures = {
            place: posture.id
            for header, posture in posture_headers(self.called).items()
            for place in [_header(sheet, header), _header(sheet, posture.id)]
            if place is not None
        }
        for (row, given), target in self._rows(sheet, wrong):
            timing = self._timing("" if at is None else sheet.cell(given, at))
            if timing is None:
                wrong.add(row, _("must be on time, late or far too late"), at)
                continue
            if self._twice(seen, f"{target.name} {timing}", row, wrong):
                continue
            base = ("inject", target.name, "outcome", timing)
            self.wanted.cells[base] = (sheet, row, None)
            for place, posture in postures.items():
                self.wanted.cells[*base, posture] = (sheet, row, place)
                cell = sheet.cell(given, place)
                old = value_at(target.old, ("outcome", timing, posture))
                if cells.same(cell, self._words(old or "")) or (target.fresh and not cell):
                    continue
                if cell:
                    _put(target.new, ("outcome", timing, posture), self._told(old, cell))
                else:
                    _drop(target.new, ("outcome", timing, posture))
                if target.fresh is not None:
                    self._is_written(target.fresh, "outcomes")
                self._said(target, OUTCOMES_SHEET, [f"{TIMINGS[timing]}, {sheet.header[place]}"])

    def _timing(self, cell: str) -> str | None:
        for key, words in TIMINGS.items():
            if cells.word(cell) in (cells.word(key), cells.word(words)):
                return key
        return None

    def _probing(self, sheet: Sheet, wrong: Mistakes) -> None:
        listed = self._listed(sheet, wrong)
        for target in self.targets:
            had = target.old.get("probing", [])
            made: list[Data] = []
            for place, row in enumerate(listed.get(target.name, [])):
                old = had[place] if place < len(had) else None
                new: Data = deepcopy(old) if old is not None else {}
                base = ("inject", target.name, "probing", place)
                self._fill((sheet, wrong, row), PROBING, old, new, base)
                made.append(new)
            if made != had:
                self._said(target, PROBING_SHEET, [_("questions")])
                if made:
                    target.new["probing"] = made
                else:
                    target.new.pop("probing", None)

    def _contextual(self, sheet: Sheet, wrong: Mistakes) -> None:
        seen: dict[str, int] = {}
        had = {part["id"]: (at, part) for at, part in enumerate(self.kept)}
        status_at, at = _header(sheet, STATUS), _header(sheet, CONTEXTUAL_ID)
        for row, given in sheet.rows:
            name = "" if at is None else sheet.cell(given, at)
            status = cells.word("" if status_at is None else sheet.cell(given, status_at))
            if self._twice(seen, name, row, wrong):
                continue
            place, old = had.get(name, (None, None))
            if status in cells.LEFT_OUT:
                if place is not None:
                    self.wanted.dropped.append((CONTEXTUAL_KEY, place))
                    self._note(name, CONTEXTUAL_SHEET, _("taken out"))
                continue
            if not is_id(name):
                words = _("an id is letters, digits, _ and -, not {name}", name=shown(name))
                wrong.add(row, words, at)
                continue
            new: Data = deepcopy(old) if old is not None else {"id": name}
            fields = [field for field in CONTEXTUAL if field.header != CONTEXTUAL_ID]
            base = (CONTEXTUAL_KEY, name)
            self.wanted.cells[base] = (sheet, row, None)
            headers = self._fill((sheet, wrong, (row, given)), fields, old, new, base)
            for header in headers:
                self._note(name, CONTEXTUAL_SHEET, header)
            if old is None:
                order = dict.fromkeys(str(field.path[0]) for field in CONTEXTUAL)
                new = {key: new[key] for key in order if key in new}
                lines = block(f"[[{CONTEXTUAL_KEY}]]", CONTEXTUAL_KEY, new)
                file = f"contextual-{name.replace('_', '-')}.toml"
                self.wanted.written.append((file, "\n".join(lines) + "\n"))
            elif new != old and place is not None:
                self.wanted.rewritten[CONTEXTUAL_KEY, place] = (old, new)

    # --- what all of them do ---

    def _listed(self, sheet: Sheet, wrong: Mistakes) -> dict[str, list[Row]]:
        listed: dict[str, list[Row]] = {}
        for row, target in self._rows(sheet, wrong):
            listed.setdefault(target.name, []).append(row)
        return listed

    def _twice(self, seen: dict[str, int], name: str, row: int, wrong: Mistakes) -> bool:
        if seen.setdefault(name, row) == row:
            return False
        words = _("row {seen} is about {name} already", seen=seen[name], name=shown(name))
        wrong.add(row, words)
        return True

    def _said(self, target: Target, sheet: str, headers: list[str]) -> None:
        for header in headers:
            self._note(target.name, sheet, header)

    def _is_written(self, fresh: Fresh, what: str) -> None:
        left = tuple(words for words in fresh.unwritten if words != what)
        object.__setattr__(fresh, "unwritten", left)


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


def _header(sheet: Sheet, header: str) -> int | None:
    """Where a column stands; None where it was taken out."""
    return next((at for at, name in enumerate(sheet.header) if flat(name) == flat(header)), None)


def _put(data: Data, path: KeyPath, value: object) -> None:
    for step in path[:-1]:
        data = data.setdefault(str(step), {})
    data[str(path[-1])] = value


def _drop(data: Data, path: KeyPath) -> None:
    """Take out a key, and the tables that it leaves empty."""
    *outer, key = path
    inside = value_at(data, tuple(outer)) if outer else data
    if isinstance(inside, dict):
        inside.pop(str(key), None)
        if outer and not inside:
            _drop(data, tuple(outer))
