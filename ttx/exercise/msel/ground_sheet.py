"""A sheet that says what an exercise is besides its injects: its headings, its rows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from ttx.exercise.msel.origin import Place
from ttx.exercise.msel.sheets.columns import flat
from ttx.exercise.msel.sheets.sheet import Sheet
from ttx.exercise.problems import KeyPath, Problem, shown
from ttx.i18n import N_, _

Data = dict[str, Any]
EXERCISE, OBJECTIVES, SEATS, TRACKS = "Exercise", "Objectives", "Seats", "Tracks"
HEADERS = {
    EXERCISE: ("FIELD", "VALUE", "WHAT IT IS"),
    OBJECTIVES: ("OBJECTIVE ID", "OBJECTIVE", "CAPABILITY", "MEASURES"),
    SEATS: ("OFFICE", "SHORT NAME", "CELL", "LEAD", "WHO YOU ARE"),
    TRACKS: ("TRACK", "SHORT NAME", "START", "BETTER", "WHAT 0 AND 100 MEAN"),
}
"""The sheets with their headings; each is known by the first of them."""
ABOUT = {
    EXERCISE: N_("What the exercise is called and asks, a field a row."),
    OBJECTIVES: N_("What it is to train or find out; injects name these ids."),
    SEATS: N_("Who sits where: offices, never people. A cell decides as one, its lead speaks."),
    TRACKS: N_("What is kept count of, 0 to 100; the first is what the lever and the clock move."),
}
SHORT_SEAT, SHORT_TRACK = 12, 14
"""Characters of a short name, which the model holds to."""
_LEANING = 4
"""A word with fewer characters leans on the next one."""


@dataclass
class Groundwork:
    """What the sheets come to: the data of an exercise without injects, and where it is from."""

    data: Data
    titled: bool = False
    problems: list[Problem] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    """What of the sheets was left out or made up, a sentence each."""
    places: dict[KeyPath, Place] = field(default_factory=dict)

    def shortened(self, name: str, short: str) -> None:
        """Keep in mind that a short name was made up, which is not the name itself."""
        if short != name:
            self.remarks.append(
                _("{name} is {short} where room is short.", name=shown(name), short=shown(short))
            )


def short_of(name: str, most: int, taken: Sequence[str]) -> str:
    """A short name that no other has: its whole words that fit, its initials, its first word.

    `most` is its characters. A word that is longer is cut; what is taken gets a number.
    """
    words = name.split()
    whole = words[:1]
    for word in words[1:]:
        if len(" ".join([*whole, word])) > most:
            break
        whole.append(word)
    while len(whole) > 1 and len(whole[-1]) < _LEANING and whole[-1].islower():
        whole.pop()  # no name ends with `of the`
    told = [name] if len(name) <= most else []
    if len(whole[0]) <= most and len(whole) > 1:
        told.append(" ".join(whole))
    capitals = "".join(word[0] for word in words if word[0].isupper())
    if len(capitals) > 1:
        told.append(capitals[:most])
    told += [words[0][:most], name[:most].strip()]
    told += [f"{name[: most - 3].strip()} {at}" for at in range(2, 100)]
    return next(short for short in told if short and short not in taken)


def rows_of(sheet: Sheet) -> Iterator[tuple[int, dict[str, tuple[str, int]]]]:
    """The rows with their cells by heading; each cell with its column."""
    known = {flat(header): header for header in HEADERS[sheet.sheet]}
    places = {known[flat(h)]: at for at, h in enumerate(sheet.header) if flat(h) in known}
    for row, given in sheet.rows:
        yield row, {header: (sheet.cell(given, at), at) for header, at in places.items()}


def cell(row: Mapping[str, tuple[str, int]], header: str) -> str:
    """What a row says under a heading; empty where the sheet has no such column."""
    return row[header][0] if header in row else ""


def place(row: Mapping[str, tuple[str, int]], header: str) -> int | None:
    """The column of a heading; None where the sheet has none."""
    return row[header][1] if header in row else None


def ids_of(parts: list[Data]) -> list[str]:
    """The ids of parts of an exercise."""
    return [str(part["id"]) for part in parts]
