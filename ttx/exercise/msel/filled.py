"""The data of an inject, filled in from the cells of a row where these say something else."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from ttx.exercise.msel import cells
from ttx.exercise.msel.called import Called
from ttx.exercise.msel.fields import PARAGRAPHS, Field, cell_of, value_at
from ttx.exercise.msel.fresh import Fresh
from ttx.exercise.msel.header import Mistakes
from ttx.exercise.msel.languages import kept_in_number, left_as_they_are, retold, to_look_at
from ttx.exercise.msel.origin import Place
from ttx.exercise.msel.sheets.columns import flat
from ttx.exercise.msel.sheets.sheet import Sheet
from ttx.exercise.problems import KeyPath, shown
from ttx.i18n import _

Data = dict[str, Any]
Row = tuple[int, tuple[str, ...]]
"""The number of a row and its cells."""


@dataclass
class Target:
    """An inject that rows speak of: one of the exercise, or a new one."""

    name: str
    number: int
    title: str
    old: Data
    new: Data
    fresh: Fresh | None = None


class Filling:
    """Fills in data from rows, and keeps where each of it is from and what it was told in."""

    def __init__(self, called: Called, origins: dict[KeyPath, Place]) -> None:
        self.called, self.origins = called, origins
        self.retold: dict[str, list[object]] = {}
        """By inject, the texts that are told otherwise, as they were."""

    def fill(
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
            at = header_at(sheet, field.header)
            if at is None:
                if old is None and field.needed:
                    wrong.add(row, _("a new one needs a column {header}", header=field.header))
                continue
            self.origins[*base, *field.path] = (sheet, row, at)
            cell = sheet.cell(given, at)
            if old is not None and cells.same(cell, cell_of(self.called, field, old)):
                continue
            if not cell:
                if field.needed:
                    wrong.add(row, _("it is empty, and cannot be left out"), at)
                elif value_at(new, field.path) is not None:
                    drop(new, field.path)
                    changed.append(field.header)
                continue
            try:
                value, was = field.codec.read(self.called, cell), value_at(old or {}, field.path)
                put(new, field.path, self._retold(field, str(base[1]), was, value))
            except cells.Unreadable as error:
                wrong.add(row, str(error), at)
                continue
            changed.append(field.header)
        return changed

    def _retold(self, field: Field, name: str, old: object, new: object) -> object:
        """A text in its first language, where it is told in several; the others stay."""
        if not field.codec.words or not old:
            return new
        if field.codec is PARAGRAPHS and isinstance(old, list) and isinstance(new, list):
            kept_in_number(old, len(new))
            if len(old) == len(new):
                return [self.told(name, *pair) for pair in zip(old, new, strict=True)]
            return new
        return self.told(name, old, new)

    def told(self, name: str, old: object, new: object) -> object:
        """A text of an inject, or of a contextual one, with what a cell says."""
        told = retold(old, new, self.called.language)
        if told != old:
            self.retold.setdefault(name, []).append(old)
        return told

    def remarks(self) -> Iterator[str]:
        """A sentence for each inject whose other languages stayed as they were."""
        for name, texts in self.retold.items():
            if left := left_as_they_are(texts, self.called.language):
                yield to_look_at(name, left)


def twice(seen: dict[str, int], name: str, row: int, wrong: Mistakes) -> bool:
    """Whether a row is about what another is about already, which is a mistake then."""
    if seen.setdefault(name, row) == row:
        return False
    words = _("row {seen} is about {name} already", seen=seen[name], name=shown(name))
    wrong.add(row, words)
    return True


def header_at(sheet: Sheet, header: str) -> int | None:
    """Where a column stands; None where it was taken out."""
    return next((at for at, name in enumerate(sheet.header) if flat(name) == flat(header)), None)


def put(data: Data, path: KeyPath, value: object) -> None:
    """Give a key a value, and make the tables on the way to it."""
    for step in path[:-1]:
        data = data.setdefault(str(step), {})
    data[str(path[-1])] = value


def drop(data: Data, path: KeyPath) -> None:
    """Take out a key, and the tables that it leaves empty."""
    *outer, key = path
    inside = value_at(data, tuple(outer)) if outer else data
    if isinstance(inside, dict):
        inside.pop(str(key), None)
        if outer and not inside:
            drop(data, tuple(outer))
