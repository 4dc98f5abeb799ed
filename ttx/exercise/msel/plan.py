"""What the rows of an MSEL come to for an exercise: texts changed, injects added and taken out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from ttx.exercise.model import INJECT_SLOTS, Exercise, Inject, Text
from ttx.exercise.msel import cells
from ttx.exercise.msel.fresh import Fresh, fresh, id_of, is_id, stray_brace
from ttx.exercise.msel.header import Mistakes, columns_of, unplaced
from ttx.exercise.msel.sheet import Sheet
from ttx.exercise.problems import KeyPath, Problem, did_you_mean, shown
from ttx.exercise.zones import in_words
from ttx.i18n import _, ngettext

_FIXED = ("slot",)
"""What decides which other keys an inject has, and is changed in its TOML only."""
_PATHS: dict[str, KeyPath] = {
    "sender": ("message", "sender"),
    "to": ("message", "to"),
    "via": ("message", "via"),
    "text": ("message", "text"),
}


@dataclass
class Plan:
    """Everything that is to be done, or everything that is wrong."""

    problems: list[Problem] = field(default_factory=list)
    changes: dict[int, list[tuple[KeyPath, cells.Value]]] = field(default_factory=dict)
    """For injects by their place in the exercise: paths inside, and what they are to hold."""
    added: list[Fresh] = field(default_factory=list)
    taken_out: list[int] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    """What the author has to know, a sentence each."""
    rewritten: dict[KeyPath, tuple[Mapping[str, Any], Mapping[str, Any]]] = field(
        default_factory=dict
    )
    """What other sheets change: tables by their path, as they are and as they are to be."""
    dropped: list[KeyPath] = field(default_factory=list)
    """Tables that other sheets take out, by their path."""
    written: list[tuple[str, str]] = field(default_factory=list)
    """New files of other sheets: name and text."""


def plan(exercise: Exercise, sheet: Sheet) -> Plan:
    """Read every row against the exercise; all mistakes at once, each with row and column."""
    return _Reading(exercise, sheet).done()


class _Reading:
    """One walk through the rows."""

    def __init__(self, exercise: Exercise, sheet: Sheet) -> None:
        self.exercise, self.sheet = exercise, sheet
        self.plan = Plan()
        self.wrong = Mistakes(sheet)
        self.columns = columns_of(sheet, self.wrong)
        self.seen: dict[str, int] = {}
        """Ids that a row has spoken of, and which row."""
        self.waiting: list[tuple[int, tuple[str, ...], str]] = []
        """Rows that are new injects, with the id that they give."""
        self.numbers: dict[int, int] = {}
        """Numbers that new rows ask for, by row."""

    def done(self) -> Plan:
        complete = not self.wrong.found
        self.plan.remarks += unplaced(self.sheet, self.columns)
        for row, given in self.sheet.rows:
            self._row(row, given)
        if complete:
            self._add()
            self._left()
        else:  # what a new row lacks may stand under a header that was not understood
            for row, given, _ in self.waiting:
                list(self._values(row, given, {}))
        self.plan.problems = self.wrong.problems()
        return self.plan

    def _at(self, key: str) -> int | None:
        return next((at for at, part in self.columns if part.key == key), None)

    def _cell(self, row: tuple[str, ...], key: str) -> str:
        at = self._at(key)
        return "" if at is None else self.sheet.cell(row, at)

    # --- one row ---

    def _row(self, row: int, given: tuple[str, ...]) -> None:
        try:
            status = cells.status(self._cell(given, "status"))
        except cells.Unreadable as error:
            self.wrong.add(row, str(error), self._at("status"))
            status = cells.Status.KEPT
        kind = self._cell(given, "kind")
        if cells.word(kind) in cells.NO_INJECT:
            self.plan.remarks.append(
                _("Row {row} is left out: {kind} is no inject.", row=row, kind=shown(kind))
            )
            return
        mistakes = len(self.wrong.found)
        inject = self._inject(row, given, played=status is not cells.Status.LEFT_OUT)
        if len(self.wrong.found) > mistakes:
            list(self._values(row, given, {}))  # whatever else is wrong with the row is said too
            return
        if status is cells.Status.LEFT_OUT:
            given_status = shown(self._cell(given, "status"))
            self.plan.remarks.append(
                _("Row {row} is left out: its status is {status}.", row=row, status=given_status)
                if inject is None
                else _(
                    "Row {row}: inject '{inject}' is taken out, its status is {status}.",
                    row=row,
                    inject=inject.id,
                    status=given_status,
                )
            )
            if inject is not None:
                self.plan.taken_out.append(self.exercise.inject.index(inject))
            return
        if status is cells.Status.DEFERRED:
            self.plan.remarks.append(
                _("Row {row} is deferred; it is kept, and can be deferred at the table.", row=row)
            )
        if inject is None:
            self.waiting.append((row, given, self._cell(given, "id")))
        else:
            self._changes(row, given, inject)

    def _inject(self, row: int, given: tuple[str, ...], *, played: bool) -> Inject | None:
        """The inject that a row is about, by id or by number; None where it is a new one.

        A new one that is not to be played takes no id and no number from others.
        """
        name, number = self._cell(given, "id"), self._cell(given, "number")
        by_number = None
        inject = self.exercise.injects.get(name)
        if number:
            try:
                by_number = cells.number(number)
            except cells.Unreadable as error:
                self.wrong.add(row, str(error), self._at("number"))
                return None
        numbered = next((i for i in self.exercise.inject if i.number == by_number), None)
        if name and inject is None and (numbered or not is_id(name)):
            near = did_you_mean(name, self.exercise.injects)
            self.wrong.add(
                row,
                _("inject {name} is unknown{near}", name=shown(name), near=near),
                self._at("id"),
            )
            return None
        if inject and by_number is not None and numbered is not inject:
            self.wrong.add(
                row,
                _(
                    "number {given} is not that of inject '{inject}', which is {number}",
                    given=by_number,
                    inject=inject.id,
                    number=inject.number,
                ),
                self._at("number"),
            )
            return None
        inject = inject or numbered
        if inject is None and not played:
            return None
        known = inject.id if inject else name
        if known and self.seen.setdefault(known, row) != row:
            at = self._at("id" if name else "number")
            self.wrong.add(
                row,
                _(
                    "row {seen} is about inject '{known}' already",
                    seen=self.seen[known],
                    known=known,
                ),
                at,
            )
        elif inject is None and by_number is not None:
            if by_number in self.numbers.values():
                self.wrong.add(
                    row, _("number {number} is given twice", number=by_number), self._at("number")
                )
            self.numbers[row] = by_number
        return inject

    def _values(
        self, row: int, given: tuple[str, ...], before: dict[str, str]
    ) -> Iterator[tuple[str, int, cells.Value]]:
        """What the cells of a row give, where that is not what is `told` already."""
        supported = "; ".join(
            sheet_cell
            for at, part in self.columns
            if part.key == "objectives" and (sheet_cell := self.sheet.cell(given, at))
        )
        for at, part in self.columns:
            if not part.placed or part.key in ("number", "id", "status"):
                continue
            cell = self.sheet.cell(given, at)
            if part.key == "objectives":
                if at != self._at("objectives"):
                    continue
                cell = supported
            if not cell or cells.same(cell, before.get(part.key, "")):
                continue
            try:
                value = self._value(part.key, cell)
            except cells.Unreadable as error:
                self.wrong.add(row, str(error), at)
                continue
            if value is not None:
                yield part.key, at, value

    def _value(self, key: str, cell: str) -> cells.Value | None:
        if key == "slot":
            return cells.slot(cell)
        if key == "kind":
            return cells.kind(cell)
        read = cells.READERS.get(key)
        value = cell if read is None else read(self.exercise, cell)
        timed = key not in ("turns", "objectives", "lead", "window")
        if timed and stray_brace(self.exercise, cell):
            raise cells.Unreadable(
                _(
                    "a brace is no placeholder: write {words}, with +2h or the like",
                    words=in_words(self.exercise),
                )
            )
        return value

    # --- an inject that is there ---

    def _changes(self, row: int, given: tuple[str, ...], inject: Inject) -> None:
        before = cells.cells(self.exercise, inject)
        at_inject = self.exercise.inject.index(inject)
        named = []
        for key, at, value in self._values(row, given, before):
            if key in _FIXED or (key == "window" and inject.slot == "policy"):
                words = _(
                    "inject '{inject}' is {slot}; change that in its TOML",
                    inject=inject.id,
                    slot=inject.slot,
                )
                self.wrong.add(row, words, at)
                continue
            path = _PATHS.get(key, (key,))
            if key == "text" and isinstance(value, list):
                self._paragraphs(row, at, inject, [str(paragraph) for paragraph in value])
            else:
                self._change(at_inject, self._in_language(path, inject), value)
            named.append(self.sheet.header[at])
        if named:
            self.plan.remarks.append(
                _(
                    "Row {row} changes inject '{inject}': {named}. Its options "
                    "and outcomes stay as they are; see that they still fit.",
                    row=row,
                    inject=inject.id,
                    named=", ".join(named),
                )
            )

    def _change(self, inject: int, path: KeyPath, value: cells.Value) -> None:
        self.plan.changes.setdefault(inject, []).append((path, value))

    def _paragraphs(self, row: int, at: int, inject: Inject, wanted: list[str]) -> None:
        """A paragraph for a paragraph; another number of them only in one language."""
        here, old = self.exercise.inject.index(inject), inject.message.text
        if len(wanted) == len(old):
            for place, paragraph in enumerate(wanted):
                self._change(here, self._in_language(("message", "text", place), inject), paragraph)
        elif any(isinstance(paragraph, dict) for paragraph in old):
            words = _(
                "it has {wanted} paragraph(s), and inject '{inject}' has "
                "{old} in several languages; keep their number",
                wanted=len(wanted),
                inject=inject.id,
                old=len(old),
            )
            self.wrong.add(row, words, at)
        else:
            self._change(here, ("message", "text"), wanted)

    def _in_language(self, path: KeyPath, inject: Inject) -> KeyPath:
        """The path to a text in the exercise's first language, where it is told in several."""
        value: Text | object = inject
        for step in path:
            value = value[step] if isinstance(step, int) else getattr(value, step)  # type: ignore[index]  # a list
        if not isinstance(value, dict):
            return path
        language = self.exercise.languages[0] if self.exercise.languages else "en"
        return (*path, language if language in value else next(iter(value)))

    # --- new injects ---

    def _add(self) -> None:
        """Give each new row a number of the dice and an id, and make it an inject."""
        gone = set(self.plan.taken_out)
        staying = [inject for at, inject in enumerate(self.exercise.inject) if at not in gone]
        taken = {inject.number for inject in staying} | set(self.numbers.values())
        ids = {inject.id for inject in self.exercise.inject} | {name for _, _, name in self.waiting}
        free = iter([n for n in range(1, INJECT_SLOTS + 1) if n not in taken])
        for row, given, name in self.waiting:
            number = self.numbers.get(row) or next(free, None)
            if number is None:
                self.wrong.add(
                    row,
                    _(
                        "the dice hold {inject_slots} injects and no number is "
                        "free; give the number of the one it replaces, or leave "
                        "one out with status Omitted",
                        inject_slots=INJECT_SLOTS,
                    ),
                )
                continue
            values = {key: value for key, _, value in self._values(row, given, {})}
            if "title" not in values:
                self.wrong.add(row, _("a new inject needs a title"), self._at("title"))
                continue
            if "window" in values and values.get("slot") != "crisis":
                self.wrong.add(row, _("only a crisis inject has a window"), self._at("window"))
                continue
            made = name or id_of(str(values["title"]), ids)
            ids.add(made)
            kept = tuple(
                (self.sheet.header[at], self.sheet.cell(given, at))
                for at, part in self.columns
                if not part.placed and self.sheet.cell(given, at)
            )
            inject = fresh(self.exercise, number, made, row, values, kept)
            self.plan.added.append(inject)
            self.plan.remarks.append(
                _(
                    "Row {row} is new: inject {number} '{id}'. Still to write: {unwritten}.",
                    row=row,
                    number=number,
                    id=made,
                    unwritten=", ".join(inject.unwritten),
                )
            )

    def _left(self) -> None:
        """Say which injects no row is about."""
        left = [str(inject.number) for inject in self.exercise.inject if inject.id not in self.seen]
        if left:
            self.plan.remarks.append(
                ngettext(
                    "Inject {numbers} is in no row and stays as it is.",
                    "Injects {numbers} are in no row and stay.",
                    len(left),
                    numbers=", ".join(left),
                )
            )
