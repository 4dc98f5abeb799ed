"""The rows of an MSEL, read against an exercise: what each is about, and what that comes to."""

from __future__ import annotations

from ttx.exercise.model.exercise import Exercise
from ttx.exercise.model.injects import Inject
from ttx.exercise.msel import cells, remarks
from ttx.exercise.msel.added import added
from ttx.exercise.msel.answers import NEW, Answers
from ttx.exercise.msel.changed import changed
from ttx.exercise.msel.header import Mistakes, Row, columns_of
from ttx.exercise.msel.match import Matching
from ttx.exercise.msel.plan import Plan
from ttx.exercise.msel.sheets.cleaned import numbers
from ttx.exercise.msel.sheets.sheet import Sheet
from ttx.exercise.msel.timetable import timetable
from ttx.exercise.msel.values import timing
from ttx.exercise.msel.walk import Walk
from ttx.exercise.problems import Problem
from ttx.i18n import _, ngettext


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
        self.wrong, self.alike = Mistakes(sheet), remarks.Alike()
        self.columns = columns_of(sheet, answers, self.wrong)
        self.matching = Matching(exercise, self.wrong, answers.taken)
        self.walk = Walk(exercise, sheet, self.columns, self.wrong, self.alike, in_order)
        self.plan = self.walk.plan
        self.waiting: list[Row] = []
        """Rows that are new injects."""
        self.asking_nothing: list[Row] = []
        self.known: list[tuple[Row, Inject]] = []

    def done(self) -> Plan:
        if not self.wrong.found:
            self.plan.remarks += self.columns.unplaced()
            rows = [self.columns.row(number, given) for number, given in self.sheet.rows]
            self.walk.whens = timing(self.exercise, rows, self.alike, spoken=self.columns.day_first)
            for row in rows:
                self._row(row)
            asked = [*filter(None, [self.matching.question(), self._placed()])]
            for row, inject in self.known:
                self.plan.cells["inject", inject.id] = (self.sheet, row.number, None)
                changed(self.walk, row, inject)
            added(self.walk, self.waiting, self.asking_nothing)
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
        said = [(row.number, self.walk.whens[row.number]) for row in used]
        found = timetable(self.exercise.turns, sorted(said), self.answers.calendar)
        self.walk.turns = dict(found.turns)
        if self.in_order:
            self._in_between(used)
        for row in found.outside:
            self.wrong.add(row, _("its time is in no turn of --calendar; widen one"))
        return found.question

    def _in_between(self, used: list[Row]) -> None:
        """Turns of rows without a time, where the list decides the order: the row's above it."""
        count, last = self.exercise.turns.count, 1
        ordered = sorted(used, key=lambda row: row.number)
        untimed = not self.walk.turns and not any(
            self.walk.whens[row.number].turns for row in ordered
        )
        for at, row in enumerate(ordered):
            turns = self.walk.whens[row.number].turns
            if untimed:
                last = 1 + at * count // len(ordered)
            elif turns is not None:
                last = min(turns[0], count)
            last = self.walk.turns.setdefault(row.number, last)

    # --- one row ---

    def _row(self, row: Row) -> None:
        status = cells.status(row.of("status"))
        if status is cells.Status.LEFT_OUT:
            self._left_out(row)
            return
        if status is cells.Status.DEFERRED:
            self.alike.add(remarks.DEFERRED, row.number)
        try:
            inject = self.matching.of(row)
        except LookupError:
            return
        if status is cells.Status.UNKNOWN:
            words = remarks.STATUS if inject is None else remarks.NO_STATUS
            self.alike.add(words, row.number, row.of("status"))
        if inject is not None:
            if self.answers.taken == NEW:
                self.alike.add(remarks.THERE, row.number)
            else:
                self.known.append((row, inject))
        elif not (row.of("title") or row.of("text")):
            if row.cells or row.kept or row.times:
                self.alike.add(remarks.EMPTY, row.number, _first(row))
        elif cells.asks_nothing(row.of("kind"), row.of("sender"), row.of("title")):
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
        if cells.word(row.of("title")) in cells.MILESTONES:
            kind = row.of("title")
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


def _spans(left: list[str]) -> str:
    """Numbers in words: `1–3, 5–40`, and labels after them."""
    figures = [int(part) for part in left if part.isdigit()]
    labels = dict.fromkeys(part for part in left if not part.isdigit())
    return ", ".join(([numbers(figures)] if figures else []) + [*labels])


def _first(row: Row) -> str:
    return next((cell for cell in (*row.cells.values(), *(c for _h, c in row.kept)) if cell), "")
