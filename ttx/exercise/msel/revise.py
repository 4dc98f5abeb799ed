"""What the sheets beside an MSEL change in an exercise, joined to the plan that its rows make."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from copy import deepcopy
from typing import cast

from ttx.exercise.model.exercise import Exercise
from ttx.exercise.msel import cells
from ttx.exercise.msel.called import Called, plain
from ttx.exercise.msel.fields import (
    CONTEXTUAL,
    DETAILS,
    INJECT_ID,
    OPTION_ID,
    OPTIONS,
    PROBING,
    STATUS,
    TIMING,
    TIMINGS,
    Field,
    value_at,
)
from ttx.exercise.msel.fields import plain as as_toml
from ttx.exercise.msel.filled import Data, Filling, Row, Target, drop, header_at, put, twice
from ttx.exercise.msel.fresh import Fresh, id_of, is_id
from ttx.exercise.msel.header import Mistakes, unread
from ttx.exercise.msel.own_contextual import contextual_sheet
from ttx.exercise.msel.own_msel import OwnMsel
from ttx.exercise.msel.plan import Plan
from ttx.exercise.msel.sheets.sheet import Sheet
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

_KNOWN = frozenset(
    field.header for fields in (DETAILS, OPTIONS, PROBING, CONTEXTUAL) for field in fields
) | {INJECT_ID, TITLE, TIMING, STATUS}
"""What heads a column of one of the sheets, but for postures."""


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
        self.filling = Filling(self.called, wanted.cells)

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

        self.wanted.remarks += [
            words for words in self.filling.remarks() if words not in self.wanted.remarks
        ]

    def _unread(self, sheet: Sheet) -> Iterator[str]:
        """A sentence for each column with cells that nothing on its sheet stands for."""
        known = [*_KNOWN]
        if sheet.sheet == OUTCOMES_SHEET:
            for header, posture in posture_headers(self.called).items():
                known += [header, posture.id]
        return unread(sheet, known)

    def _note(self, name: str, sheet: str, header: str) -> None:
        self.changed.setdefault((name, sheet), []).append(header)

    # --- rows and what they speak of ---

    def _rows(self, sheet: Sheet, wrong: Mistakes) -> Iterator[tuple[Row, Target]]:
        """The rows of a sheet with the inject that each names."""
        at = header_at(sheet, INJECT_ID)
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

    # --- sheets ---

    def _msel(self, sheet: Sheet, wrong: Mistakes) -> None:
        OwnMsel(self.exercise, sheet, wrong, self.wanted.cells, self._note).read(self.targets)

    def _details(self, sheet: Sheet, wrong: Mistakes) -> None:
        seen: dict[str, int] = {}
        for row, target in self._rows(sheet, wrong):
            if twice(seen, target.name, row[0], wrong):
                continue
            fields: Sequence[Field] = DETAILS
            if target.fresh is not None:  # what its row leaves empty stays as it was made
                fields = [
                    field
                    for field in DETAILS
                    if (at := header_at(sheet, field.header)) is not None and sheet.cell(row[1], at)
                ]
            self._titled(sheet, row, target)
            headers = self.filling.fill(
                (sheet, wrong, row), fields, target.old, target.new, ("inject", target.name)
            )
            self._said(target, DETAILS_SHEET, headers)
            if target.fresh is not None and "WEIGHT" in headers:
                self._is_written(target.fresh, "weight")

    def _titled(self, sheet: Sheet, row: Row, target: Target) -> None:
        """Say that a title is changed where it stands, and not where it is shown beside."""
        at = header_at(sheet, TITLE)
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
        at = header_at(sheet, OPTION_ID)
        name = "" if at is None else sheet.cell(row[1], at)
        title_at = header_at(sheet, "TITLE")
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
        self.filling.fill(place, fields, old, new, base)
        order = [str(field.path[0]) for field in OPTIONS]
        return (
            dict(sorted(new.items(), key=lambda pair: order.index(pair[0]))) if old is None else new
        )

    def _outcomes(self, sheet: Sheet, wrong: Mistakes) -> None:
        seen: dict[str, int] = {}
        at = header_at(sheet, TIMING)
        postures = {
            place: posture.id
            for header, posture in posture_headers(self.called).items()
            for place in [header_at(sheet, header), header_at(sheet, posture.id)]
            if place is not None
        }
        for (row, given), target in self._rows(sheet, wrong):
            timing = self._timing("" if at is None else sheet.cell(given, at))
            if timing is None:
                wrong.add(row, _("must be on time, late or far too late"), at)
                continue
            if twice(seen, f"{target.name} {timing}", row, wrong):
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
                    put(
                        target.new,
                        ("outcome", timing, posture),
                        self.filling.told(target.name, old, cell),
                    )
                else:
                    drop(target.new, ("outcome", timing, posture))
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
            rows = listed.get(target.name, [])
            olds = self._asked_before(sheet, rows, had)
            for place, (row, old) in enumerate(zip(rows, olds, strict=True)):
                new: Data = deepcopy(old) if old is not None else {}
                base = ("inject", target.name, "probing", place)
                self.filling.fill((sheet, wrong, row), PROBING, old, new, base)
                made.append(new)
            if made != had:
                self._said(target, PROBING_SHEET, [_("questions")])
                if made:
                    target.new["probing"] = made
                else:
                    target.new.pop("probing", None)

    def _asked_before(
        self, sheet: Sheet, rows: Sequence[Row], had: Sequence[Data]
    ) -> list[Data | None]:
        """The question that each row was: one with its words, else the one in its place.

        So a row that is taken out or put in between leaves the others what they are, in every
        language; in its place only while their number is the same.
        """
        at = header_at(sheet, "QUESTION")
        asked = ["" if at is None else sheet.cell(given, at) for _row, given in rows]
        told = [self._words(one["ask"]) for one in had]
        found: list[Data | None] = []
        for place, words in enumerate(asked):
            taken = [id(one) for one in found if one is not None]
            same = [
                n
                for n, was in enumerate(told)
                if cells.same(words, was) and id(had[n]) not in taken
            ]
            kept = len(rows) == len(had) and not any(cells.same(told[place], own) for own in asked)
            at_place = [place] if kept else []
            found.append(next((had[n] for n in (*same, *at_place)), None))
        return found

    def _contextual(self, sheet: Sheet, wrong: Mistakes) -> None:
        contextual_sheet(self.exercise, (sheet, wrong), self.wanted, self.filling, self._note)

    # --- what all of them do ---

    def _listed(self, sheet: Sheet, wrong: Mistakes) -> dict[str, list[Row]]:
        listed: dict[str, list[Row]] = {}
        for row, target in self._rows(sheet, wrong):
            listed.setdefault(target.name, []).append(row)
        return listed

    def _said(self, target: Target, sheet: str, headers: list[str]) -> None:
        for header in headers:
            self._note(target.name, sheet, header)

    def _is_written(self, fresh: Fresh, what: str) -> None:
        left = tuple(words for words in fresh.unwritten if words != what)
        object.__setattr__(fresh, "unwritten", left)
