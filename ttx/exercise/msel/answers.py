"""What an author has said about lists, kept beside the exercise for the next one."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from ttx import files
from ttx.exercise.msel.sheets.columns import COLUMNS, Column, column, flat, letter
from ttx.exercise.msel.sheets.sheet import Sheet
from ttx.exercise.problems import did_you_mean, shown
from ttx.i18n import _

FILE = "msel-map.json"
"""Beside the files of the exercise: it goes where they go, and its digest does not count it."""
NOWHERE = "-"
"""What a column is mapped to that is left out."""
ASK, NEW, REPLACE = "ask", "new", "replace"
"""What is done where a row has the number of an inject with another title and sender."""
_LEFT_OUT = Column("", NOWHERE, (), placed=False)
"""What a column is that an author leaves out: a header all the same."""
_KEYS = tuple(part.key for part in COLUMNS)


class BadMapping(ValueError):
    """A column cannot be mapped as it was said; the words are a sentence."""


@dataclass(frozen=True, slots=True)
class Answers:
    """How a list is read."""

    columns: Mapping[str, str] = field(default_factory=dict)
    """Headers as they were given, and the key of a column or `-` for each."""
    calendar: str = ""
    """How times become turns; see `timetable`."""
    taken: str = ASK
    """One of ASK, NEW and REPLACE; not kept, since the next list is another."""
    sheet: str = ""
    """The worksheet to read; the one that holds the list where empty. Not kept."""
    encoding: str = ""
    """That of a text; found where empty. Not kept."""
    given: frozenset[str] = frozenset()
    """Headers that were named now, and so have to be in the list; not kept."""

    def known(self, header: str) -> Column | None:
        """What a header means, because it was mapped or by itself; None where it means nothing."""
        for name, key in self.columns.items():
            if flat(name) == flat(header):
                return next((part for part in COLUMNS if part.key == key), _LEFT_OUT)
        return column(header)

    def mapped(self, sheet: Sheet) -> dict[int, str]:
        """The columns of a sheet that were mapped by hand: their places, and what each holds.

        Raises:
            BadMapping: A header that was named now is not in the sheet.
        """
        by_place = dict[int, str]()
        for header, key in self.columns.items():
            places = [at for at, name in enumerate(sheet.header) if flat(name) == flat(header)]
            if not places and header.isalpha() and header.isupper():
                places = [at for at in range(len(sheet.header)) if letter(at) == header]
            if not places and header in self.given:
                names = ", ".join(shown(name) for name in sheet.header if name)
                raise BadMapping(
                    _(
                        "--map: {name} has no column {header}; it has {names}.",
                        name=sheet.name,
                        header=shown(header),
                        names=names,
                    )
                )
            by_place |= dict.fromkeys(places, key)
        return by_place

    def with_(self, other: Answers) -> Answers:
        """These, where the other says nothing else."""
        return Answers(
            {**self.columns, **other.columns},
            other.calendar or self.calendar,
            other.taken,
            other.sheet,
            other.encoding,
            frozenset(other.columns),
        )

    def kept(self) -> bytes:
        """As the file that is kept."""
        said: dict[str, object] = {}
        if self.columns:
            said["columns"] = dict(self.columns)
        if self.calendar:
            said["calendar"] = self.calendar
        return (json.dumps(said, indent=2, ensure_ascii=False) + "\n").encode()


def mapping(given: Iterable[str]) -> dict[str, str]:
    """Columns mapped by hand, each as `Header=column` or `Header=-`.

    Raises:
        BadMapping: One of them says no column, or none that there is.
    """
    said = {}
    for pair in given:
        header, equals, name = pair.rpartition("=")
        if not equals or not header.strip() or not name.strip():
            raise BadMapping(
                _(
                    "--map {pair}: write the header of the list, = and the column it holds, such "
                    'as --map "Questions/Notes=question"; =- leaves it out.',
                    pair=shown(pair),
                )
            )
        said[header.strip()] = _key(name.strip())
    return said


def _key(name: str) -> str:
    if name == NOWHERE or name in _KEYS:
        return name
    known = column(name)
    if known is None:
        raise BadMapping(
            _(
                "--map: {name} is no column of an MSEL{hint}; there are {known}, and - to leave "
                "one out.",
                name=shown(name),
                hint=did_you_mean(name, _KEYS),
                known=", ".join(_KEYS),
            )
        )
    return known.key


def remembered(exercise: Path) -> Answers:
    """What is kept beside an exercise; nothing where nothing is, or where it cannot be read."""
    try:
        said = json.loads((exercise / FILE).read_text("utf-8"))
        columns = {str(header): str(key) for header, key in said.get("columns", {}).items()}
        calendar = str(said.get("calendar", ""))
    except (OSError, ValueError, AttributeError):
        return Answers()
    return Answers({h: key for h, key in columns.items() if key in (*_KEYS, NOWHERE)}, calendar)


def remember(exercise: Path, answers: Answers) -> None:
    """Keep them beside an exercise that is being made; OSError where the disk refuses."""
    if not answers.columns and not answers.calendar:
        return
    path = exercise / FILE
    path.unlink(missing_ok=True)
    files.write(path, answers.kept())
