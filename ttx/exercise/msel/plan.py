"""What the rows of an MSEL come to for an exercise: texts changed, injects added and taken out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from ttx.exercise.model.exercise import Exercise
from ttx.exercise.model.injects import Inject
from ttx.exercise.model.part import INJECT_SLOTS, Text
from ttx.exercise.msel import cells, remarks
from ttx.exercise.msel.answers import NEW, Answers
from ttx.exercise.msel.dealing import capacity, dealt
from ttx.exercise.msel.fresh import (
    OPTIONS,
    Fresh,
    FreshContextual,
    contextual,
    fresh,
    id_of,
    in_brackets,
    is_id,
)
from ttx.exercise.msel.header import Mistakes, Row, columns_of, rows_named
from ttx.exercise.msel.match import Matching
from ttx.exercise.msel.sheet import Sheet
from ttx.exercise.msel.timetable import timetable
from ttx.exercise.msel.values import Said, Values, timing
from ttx.exercise.problems import KeyPath, Problem
from ttx.i18n import _, ngettext

_PATHS: dict[str, KeyPath] = {
    "sender": ("message", "sender"),
    "to": ("message", "to"),
    "via": ("message", "via"),
    "text": ("message", "text"),
}


def stubs(exercise: Exercise, wanted: Plan) -> list[str]:
    """What is new, in one sentence, and before that how much of the list can come in a run."""
    if not wanted.added:
        return []
    told = [capacity(exercise, wanted.added, {*wanted.taken_out})]
    bare = [part.row for part in wanted.added if OPTIONS in part.unwritten]
    if bare:
        told.append(
            ngettext(
                "{rows} is new: {n} inject without effects (a stub). Still to write: options with "
                "their benefits and costs, outcomes; the comment on top of its file says what "
                "else.",
                "{rows} are new: {n} injects without effects (stubs). Still to write: options with "
                "their benefits and costs, outcomes; the comment on top of each file says what "
                "else.",
                len(bare),
                rows=rows_named(bare, first=True),
                n=len(bare),
            )
        )
    whole = [part.row for part in wanted.added if OPTIONS not in part.unwritten]
    if whole:
        told.append(
            ngettext(
                "{rows} is new: {n} inject with its options.",
                "{rows} are new: {n} injects with their options.",
                len(whole),
                rows=rows_named(whole, first=True),
                n=len(whole),
            )
        )
    return [words for words in told if words]


@dataclass
class Plan:
    """Everything that is to be done, or everything that is wrong."""

    problems: list[Problem] = field(default_factory=list)
    changes: dict[int, list[tuple[KeyPath, cells.Value]]] = field(default_factory=dict)
    """For injects by their place in the exercise: paths inside, and what they are to hold."""
    added: list[Fresh] = field(default_factory=list)
    told: list[FreshContextual] = field(default_factory=list)
    """Rows that ask nothing."""
    taken_out: list[int] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    """What the author has to know, a sentence each."""
    cells: dict[KeyPath, tuple[Sheet, int, int | None]] = field(default_factory=dict)
    """Sheet, row and column of what was read, by the path of what it becomes, with ids in it."""
    rewritten: dict[KeyPath, tuple[Mapping[str, Any], Mapping[str, Any]]] = field(
        default_factory=dict
    )
    """What other sheets change: tables by their path, as they are and as they are to be."""
    dropped: list[KeyPath] = field(default_factory=list)
    """Tables that other sheets take out, by their path."""
    written: list[tuple[str, str]] = field(default_factory=list)
    """New files of other sheets: name and text."""


def plan(
    exercise: Exercise, sheet: Sheet, answers: Answers | None = None, *, in_order: bool = False
) -> Plan:
    """Read every row against the exercise; all mistakes at once, each with row and column.

    `in_order` lets new injects of one turn come by their numbers, for an exercise made of a list.

    Raises:
        ValueError: A mapping or a calendar cannot be what was said.
    """
    return _Reading(exercise, sheet, answers or Answers(), in_order=in_order).done()


class _Reading:
    """One walk through the rows."""

    def __init__(
        self, exercise: Exercise, sheet: Sheet, answers: Answers, *, in_order: bool
    ) -> None:
        self.exercise, self.sheet, self.answers, self.in_order = exercise, sheet, answers, in_order
        self.plan = Plan()
        self.wrong = Mistakes(sheet)
        self.alike = remarks.Alike()
        self.columns = columns_of(sheet, answers, self.wrong)
        self.matching = Matching(exercise, self.wrong, answers.taken)
        self.values = Values(exercise, self.wrong, self.alike)
        self.waiting: list[Row] = []
        """Rows that are new injects."""
        self.asking_nothing: list[Row] = []
        self.known: list[tuple[Row, Inject]] = []
        self.turns: dict[int, int] = {}
        """The turn of each row that gives a time."""

    def done(self) -> Plan:
        if not self.wrong.found:
            self.plan.remarks += self.columns.unplaced()
            rows = [self.columns.row(number, given) for number, given in self.sheet.rows]
            self.whens = timing(self.exercise, rows, self.alike, spoken=self.columns.day_first)
            for row in rows:
                self._row(row)
            asked = [*filter(None, [self.matching.question(), self._placed()])]
            for row, inject in self.known:
                self.plan.cells["inject", inject.id] = (self.sheet, row.number, None)
                self._changes(row, inject)
            self._add()
            for made in self.plan.added:
                self.plan.cells["inject", made.id] = (self.sheet, made.row, None)
            self._left()
            for words in asked:
                self.plan.problems.append(Problem(self.sheet.name, None, words))
            if not (self.plan.changes or self.known or self.plan.added or self.plan.told):
                self._nothing()
        self.plan.problems += self.wrong.problems()
        self.plan.remarks += self.alike.told()
        return self.plan

    def _placed(self) -> str:
        """Find the turn of all rows with a time; what has to be asked first, where it must."""
        used = [*self.waiting, *self.asking_nothing, *(row for row, _inject in self.known)]
        said = [(row.number, self.whens[row.number]) for row in used]
        found = timetable(self.exercise.turns, sorted(said), self.answers.calendar)
        self.turns = dict(found.turns)
        if self.in_order:
            self._in_between(used)
        for row in found.outside:
            self.wrong.add(row, _("its time is in no turn of --calendar; widen one"))
        return found.question

    def _in_between(self, used: list[Row]) -> None:
        """Turns of rows without a time, where the list decides the order: the row's above it."""
        count, last = self.exercise.turns.count, 1
        ordered = sorted(used, key=lambda row: row.number)
        untimed = not self.turns and not any(self.whens[row.number].turns for row in ordered)
        for at, row in enumerate(ordered):
            turns = self.whens[row.number].turns
            if untimed:
                last = 1 + at * count // len(ordered)
            elif turns is not None:
                last = min(turns[0], count)
            last = self.turns.setdefault(row.number, last)

    # --- one row ---

    def _row(self, row: Row) -> None:
        status = cells.status(row.of("status"))
        if status is cells.Status.LEFT_OUT:
            self._left_out(row)
            return
        if status is cells.Status.DEFERRED:
            self.alike.add(remarks.DEFERRED, row.number)
        if status is cells.Status.UNKNOWN:
            self.alike.add(remarks.STATUS, row.number, row.of("status"))
        try:
            inject = self.matching.of(row)
        except LookupError:
            return
        if inject is not None:
            if self.answers.taken == NEW:
                self.alike.add(remarks.THERE, row.number)
            else:
                self.known.append((row, inject))
        elif not (row.of("title") or row.of("text")):
            if row.cells or row.kept or row.times:
                self.alike.add(remarks.EMPTY, row.number, _first(row))
        elif cells.asks_nothing(row.of("kind"), row.of("sender")):
            self._asks_nothing(row)
        else:
            self.waiting.append(row)
        if row.stand_in and row in (*self.waiting[-1:], *self.asking_nothing[-1:]):
            self.alike.add(remarks.STAND_IN, row.number, row.stand_in)

    def _left_out(self, row: Row) -> None:
        """A row that is not to be played, and the inject that goes with it."""
        try:
            inject = self.matching.of(row)
        except LookupError:
            return
        if inject is None:
            self.alike.add(remarks.LEFT_OUT, row.number, row.of("status"))
            return
        self.plan.remarks.append(
            _(
                "Row {row}: inject '{inject}' is taken out, its status is {status}.",
                row=row.number,
                inject=inject.id,
                status=f"'{row.of('status')}'",
            )
        )
        self.plan.taken_out.append(self.exercise.inject.index(inject))

    def _asks_nothing(self, row: Row) -> None:
        """A row that is no question: one that players read, or one for exercise control alone."""
        kind = row.of("kind")
        there = (part.label or part.title for part in self.exercise.contextual)
        if {row.of("number"), row.of("title")} - {""} & {*map(str, there)}:
            self.alike.add(remarks.THERE, row.number)
        elif cells.word(kind) in cells.FOR_ALL:
            self.alike.add(remarks.CONTEXTUAL, row.number, kind)
            self.asking_nothing.append(row)
        elif any(cell.side == "white" for cell in self.exercise.cell):
            self.alike.add(remarks.FOR_CONTROL, row.number, kind)
            self.asking_nothing.append(row)
        else:
            self.alike.add(remarks.NO_INJECT, row.number, kind)

    # --- an inject that is there ---

    def _changes(self, row: Row, inject: Inject) -> None:
        before = cells.cells(self.exercise, inject)
        at_inject = self.exercise.inject.index(inject)
        named = []
        said = self.values.of(row, before, known=True)
        if row.times:
            said += self._times(row, inject)
        for key, at, value in said:
            if key == "slot" or (key == "window" and inject.slot == "policy"):
                words = _(
                    "inject '{inject}' is {slot}; change that in its TOML",
                    inject=inject.id,
                    slot=inject.slot,
                )
                self.wrong.add(row.number, words, at)
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
                    row=row.number,
                    inject=inject.id,
                    named=", ".join(dict.fromkeys(named)),
                )
            )

    def _times(self, row: Row, inject: Inject) -> list[Said]:
        """Turns and planned time, where a row says others."""
        when, found = self.whens[row.number], list[Said]()
        at = next(at for at, key in self.columns.keys.items() if key == row.times[0][0])
        planned = self.values.planned(row)
        if planned and planned != inject.planned:
            found.append(("planned", at, planned))
        if when.turns is not None:
            try:
                turns = cells.turns(self.exercise, *when.turns)
            except cells.Unreadable as error:
                self.wrong.add(row.number, str(error), at)
                return found
        elif row.number in self.turns and planned != inject.planned:
            turns = [self.turns[row.number]] * 2
        elif when or planned == inject.planned:
            return found
        else:
            words = _("must be a turn, a day, a date or a time, such as T2, D+1 or 09:15")
            self.wrong.add(row.number, words, at)
            return found
        if turns != [*inject.turns]:
            found.append(("turns", at, turns))
        return found

    def _change(self, inject: int, path: KeyPath, value: cells.Value) -> None:
        self.plan.changes.setdefault(inject, []).append((path, value))

    def _paragraphs(self, row: Row, at: int, inject: Inject, wanted: list[str]) -> None:
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
            self.wrong.add(row.number, words, at)
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
        taken = {inject.number for inject in staying}
        ids = {*self.exercise.injects, *self.exercise.contextuals}
        own = self._own_numbers(taken)
        free = iter([n for n in range(1, INJECT_SLOTS + 1) if n not in taken | {*own.values()}])
        slots = dealt(
            [row.number for row in self.waiting],
            {row.number: self._turn(row) for row in self.waiting},
            {row.number: row.of("slot") for row in self.waiting},
        )
        for row in self.waiting:
            number = own.get(row.number) or next(free, None)
            if number is None:
                words = _(
                    "the dice hold {inject_slots} injects and no number is free; leave one out "
                    "with status Omitted",
                    inject_slots=INJECT_SLOTS,
                )
                self.wrong.add(row.number, words)
                continue
            given, kept = self._given(row, number)
            given.setdefault("slot", slots[row.number])
            if "window" in given and given["slot"] != "crisis":
                kept += ((self.sheet.header[row.places["window"]], row.of("window")),)
                self.alike.add(remarks.WINDOW, row.number, row.of("window"))
                del given["window"]
            name = row.of("id")
            made = name if is_id(name) and name not in ids else id_of(str(given["title"]), ids)
            ids.add(made)
            self.plan.added.append(
                fresh(self.exercise, number, made, row.number, given, kept, in_order=self.in_order)
            )
        for row in self.asking_nothing:
            self._tell(row, ids)

    def _own_numbers(self, taken: set[int]) -> dict[int, int]:
        """Numbers that new rows can have as they ask for them: free, and asked for once."""
        own = dict[int, int]()
        for row in self.waiting:
            number = cells.number(row.of("number")) if row.of("number") else None
            if number is not None and number not in taken and number not in own.values():
                own[row.number] = number
        return own

    def _turn(self, row: Row) -> int | None:
        when = self.whens[row.number]
        if when.turns is not None and when.turns[0] == when.turns[1]:
            return when.turns[0]
        return self.turns.get(row.number)

    def _given(
        self, row: Row, number: int | None
    ) -> tuple[dict[str, cells.Value], tuple[tuple[str, str], ...]]:
        """What a new row gives, and what is kept of it as a comment."""
        given = {key: value for key, _at, value in self.values.of(row, {}, known=False)}
        kept = [*row.kept, *self.values.refused(row)]
        if planned := self.values.planned(row):
            given["planned"] = in_brackets(planned)
        asked = row.of("number") or ("" if is_id(row.of("id")) else row.of("id"))
        if asked and (number is None or cells.number(asked) != number):
            self._label(row, asked, given, kept)
        when = self.whens[row.number]
        count = self.exercise.turns.count
        if when.turns is not None:
            if 1 <= when.turns[0] <= when.turns[1] <= count:
                given["turns"] = [*when.turns]
            else:
                self.alike.add(remarks.BEYOND, row.number, row.times[0][1])
        elif row.number in self.turns:
            given["turns"] = [self.turns[row.number]] * 2
        if not row.times and not self.in_order:
            self.alike.add(remarks.UNTIMED, row.number)
        if row.of("status") and cells.status(row.of("status")) is cells.Status.UNKNOWN:
            kept.append((self.sheet.header[row.places["status"]], row.of("status")))
        return given, tuple(kept)

    def _label(
        self, row: Row, asked: str, given: dict[str, cells.Value], kept: list[tuple[str, str]]
    ) -> None:
        if len(asked) <= cells.LONGEST_LABEL:
            given["label"] = in_brackets(asked)
            self.alike.add(remarks.LABEL, row.number, asked)
        else:
            at = row.places.get("number", row.places.get("id", 0))
            kept.append((self.sheet.header[at], asked))
            self.alike.add(remarks.LONG, row.number, asked)

    def _tell(self, row: Row, ids: set[str]) -> None:
        """Make a row that asks nothing a contextual inject."""
        given, kept = self._given(row, None)
        given.pop("slot", None)
        name = id_of(str(given["title"]), ids)
        ids.add(name)
        turns = given.get("turns")
        turn = turns[0] if isinstance(turns, list) and isinstance(turns[0], int) else 1
        control = cells.word(row.of("kind")) not in cells.FOR_ALL
        readers = [cell.id for cell in self.exercise.cell if cell.side == "white"]
        self.plan.told.append(
            contextual(name, row.number, turn, given, kept, readers if control else [])
        )

    def _nothing(self) -> None:
        """A list that comes to nothing is no import."""
        if self.plan.problems or self.wrong.found or self.matching.seen:
            return
        told = " ".join(self.alike.told())
        words = _("no row of it is an inject. {told}", told=told).strip()
        self.plan.problems.append(Problem(self.sheet.name, None, words))

    def _left(self) -> None:
        """Say which injects no row is about."""
        seen = self.matching.seen
        left = [
            inject.label or str(inject.number)
            for inject in self.exercise.inject
            if inject.id not in seen
        ]
        if left and not self.in_order:
            self.plan.remarks.append(
                ngettext(
                    "Inject {numbers} is in no row and stays as it is.",
                    "Injects {numbers} are in no row and stay.",
                    len(left),
                    numbers=_spans(left),
                )
            )


def _spans(numbers: list[str]) -> str:
    """Numbers in words: `1, 2, 5–40`, and labels after them."""
    spans: list[list[int]] = []
    for number in sorted(int(part) for part in numbers if part.isdigit()):
        if spans and number == spans[-1][-1] + 1:
            spans[-1].append(number)
        else:
            spans.append([number])
    said = [
        f"{span[0]}–{span[-1]}" if len(span) > 2 else ", ".join(map(str, span)) for span in spans
    ]
    return ", ".join((*said, *dict.fromkeys(part for part in numbers if not part.isdigit())))


def _first(row: Row) -> str:
    return next((cell for cell in (*row.cells.values(), *(c for _h, c in row.kept)) if cell), "")
