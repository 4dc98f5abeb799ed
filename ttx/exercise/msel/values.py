"""What the cells of a row give an inject: strictly one that is there, leniently a new one."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from ttx.exercise.model.exercise import Exercise
from ttx.exercise.msel import cells, remarks
from ttx.exercise.msel.fresh import in_brackets, stray_brace, title_of
from ttx.exercise.msel.header import Mistakes, Row
from ttx.exercise.msel.remarks import Alike
from ttx.exercise.msel.sheets.columns import COLUMNS
from ttx.exercise.msel.sheets.times import When, merged, read
from ttx.exercise.msel.timetable import overnight, with_year
from ttx.exercise.zones import ahead, in_words
from ttx.i18n import N_, _

Said = tuple[str, int, cells.Value]
"""The key of a column, its place, and what it holds."""
_ELSEWHERE = ("number", "id", "status", "turns", "planned")
"""Read by others: what a row is about, and when it comes."""
_STRICT = {
    "objectives": remarks.OBJECTIVE,
    "lead": remarks.LEAD,
    "slot": remarks.SLOT,
    "window": remarks.WINDOW,
}
"""Columns whose cells may not fit, and what is said of a new inject where they do not."""
_TIMED = ("text", "question", "expected_action", "if_not")
"""Columns in whose texts places for times are filled in."""
_ON_ONE_LINE = ("title", "sender", "to", "via", "kind", "controller")
"""What screens and papers show on a line of its own."""
_DAY_FIRST = re.compile(r"(?<![\d/.-])(1[3-9]|2\d|3[01])(?:/\d{1,2}\b|-\d{1,2}-\d{2})")
_FIGURES = re.compile(r"\b\d{1,2}[/-]\d{1,2}\b")


@dataclass
class Values:
    """Reads the cells of rows for one exercise."""

    exercise: Exercise
    wrong: Mistakes
    alike: Alike
    _refused: dict[int, list[tuple[str, str]]] = field(default_factory=dict)
    """Cells of new rows that did not fit, by the row, under their headers."""

    def of(self, row: Row, before: Mapping[str, str], *, known: bool) -> list[Said]:
        """What a row gives, where that is not what is told already.

        Of an inject that is there a cell that does not fit is a mistake; of a new one it is kept
        as a comment and told with others of its kind.
        """
        return [*self._read(row, before, known=known)]

    def refused(self, row: Row) -> list[tuple[str, str]]:
        """What did not fit, under its headers."""
        return self._refused.get(row.number, [])

    def planned(self, row: Row, *, known: bool) -> str:
        """When the list plans a row, as it says so, without what is a turn only.

        Raises:
            Unreadable: It is too long for an inject that is there; of a new one it is a comment.
        """
        said = list[str]()
        for key, cell in row.times:
            only_a_turn = read(cell, key, 2000)
            if only_a_turn.turns is not None and not only_a_turn.timed:
                continue
            words = cell if key != "day" or not cell.isdigit() else _("day {day}", day=cell)
            if not any(words in other for other in said):
                said = [*(other for other in said if other not in words), " ".join(words.split())]
        together = " ".join(said)
        if len(together) <= cells.LONGEST_TIME:
            return together
        if known:
            words = N_("has {count} characters, and {most} are the most")
            raise cells.Unreadable(_(words, count=len(together), most=cells.LONGEST_TIME))
        self._keep(row, "planned", together, remarks.LONG)
        return ""

    def _read(self, row: Row, before: Mapping[str, str], *, known: bool) -> Iterator[Said]:
        given = dict(row.cells)
        if not known and "title" not in given:
            given["title"] = title_of(given.get("text", ""))
        for part in COLUMNS:
            cell = given.get(part.key, "")
            if not part.placed or part.key in _ELSEWHERE or not cell:
                continue
            was = before.get(part.key, "")
            if any(cells.same(cell, told) for told in (was, ahead(self.exercise, was))):
                continue
            at = row.places.get(part.key, row.places.get("text", 0))
            try:
                value = self._value(part.key, cell, row, known=known)
            except cells.Unreadable as error:
                if known:
                    self.wrong.add(row.number, str(error), at)
                else:
                    self._keep(row, part.key, cell, _STRICT[part.key])
                continue
            if value is not None:
                yield part.key, at, value

    def _keep(self, row: Row, key: str, cell: str, why: str) -> None:
        header = next((part.header for part in COLUMNS if part.key == key), key)
        kept = self._refused.setdefault(row.number, [])
        if (header, cell) not in kept:
            kept.append((header, cell))
        self.alike.add(why, row.number, cell)

    def _value(self, key: str, cell: str, row: Row, *, known: bool) -> cells.Value | None:
        if key == "slot":
            return cells.slot(cell)
        if key == "kind" and cells.kind(cell) is None:
            return None
        if key not in _STRICT and stray_brace(self.exercise, cell, timed=key in _TIMED):
            if known and key not in _TIMED:
                raise cells.Unreadable(_("a brace has no place here: no time is filled in"))
            if known:
                raise cells.Unreadable(
                    _(
                        "a brace is no placeholder: write {words}, with +2h or the like",
                        words=in_words(self.exercise),
                    )
                )
            self.alike.add(remarks.BRACES, row.number)
            cell = in_brackets(cell)
        if key in _ON_ONE_LINE and not known:
            cell = _on_one_line(cell, key)
        reader = cells.READERS.get(key)
        return cell if reader is None else reader(self.exercise, cell)


def _on_one_line(cell: str, key: str) -> str:
    """Words that a cell has on several lines; people and means are told apart by commas."""
    lines = [" ".join(line.split()) for line in cell.split("\n") if line.strip()]
    between = " " if key in ("title", "kind") else ", "
    return "".join(
        line if at + 1 == len(lines) else line + (" " if line[-1] in ",;:/&-–" else between)
        for at, line in enumerate(lines)
    )


def timing(
    exercise: Exercise, rows: Sequence[Row], alike: Alike, *, spoken: bool | None = None
) -> dict[int, When]:
    """When each row comes, by its number; dates without a year are of the list's own year.

    `spoken` says whether the day comes first in the list's language, None where that is open.
    """
    all_cells = [cell for row in rows for _key, cell in row.times]
    day_first = bool(spoken) or any(_DAY_FIRST.search(cell) for cell in all_cells)
    start = exercise.turns.start.year
    whens = dict[int, When]()
    for row in rows:
        said = [read(cell, key, start, day_first=day_first) for key, cell in row.times]
        whens[row.number] = merged(said)
        unread = [cell for when, (_key, cell) in zip(said, row.times, strict=True) if not when]
        if unread:
            alike.add(remarks.TIME, row.number, unread[0])
        if whens[row.number].unsure and not day_first and spoken is None:
            unsure = next(cell for _key, cell in row.times if _FIGURES.search(cell))
            alike.add(remarks.MONTH_FIRST, row.number, unsure)
    timed = [(number, when) for number, when in whens.items() if when.turns is None and when.timed]
    for number in overnight(timed):
        alike.add(
            remarks.OVERNIGHT,
            number,
            next(cell for row in rows if row.number == number for _key, cell in row.times),
        )
    years = Counter(
        when.date.year for when in whens.values() if when.date is not None and not when.yearless
    )
    if years:
        year = years.most_common(1)[0][0]
        whens = {number: with_year(when, year) for number, when in whens.items()}
    return whens
