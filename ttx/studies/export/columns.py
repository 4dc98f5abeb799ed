"""What a table of an export is: its columns said once, for CSV, its data package and XLSX alike.

What it says of itself is English whoever exports: it goes into files that others read, and that
are to be the same for the same record.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Generic, Literal, TypeVar

Kind = Literal["id", "text", "whole", "points", "yes", "day", "moment"]
"""What a column holds: an id, a free text, a whole number, hundredths of a point that are shown
with two decimals, yes or no, an ISO date, a wall time in UTC."""
Value = str | int | bool | None
"""A value of a cell: whole numbers for `whole` and `points`, texts for days and moments. None, and
a text without a character, is a cell in which nothing is said."""
Row = Sequence[Value]
POINTS = "points"
FULL = 100
S = TypeVar("S")
"""What a table is made of: a run, or a study."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column."""

    name: str
    kind: Kind
    about: str
    """What it means, in a sentence."""
    unit: str = ""
    """What its numbers count; empty where they count nothing."""
    empty: bool = False
    """Whether a cell of it may be empty."""
    among: tuple[str, ...] = ()
    """All values that it can have; empty where they are open."""

    @property
    def title(self) -> str:
        """Its name as a heading."""
        words = self.name.replace("_", " ")
        return words[:1].upper() + words[1:]


@dataclass(frozen=True, slots=True)
class Link:
    """That some columns, which are never empty, name a row of another table.

    Whether a key of several columns may be half empty is read otherwise by every reader.
    """

    columns: tuple[str, ...]
    table: str
    key: tuple[str, ...]
    """The columns there, in the same order."""


@dataclass(frozen=True)  # no slots: Python 3.11 makes no generic one of a class that has them
class Table(Generic[S]):
    """One table: what a row of it is, its columns, and how its rows are made."""

    name: str
    title: str
    about: str
    """What one row is, in a sentence."""
    key: tuple[str, ...]
    """The columns that no two rows share."""
    columns: tuple[Column, ...]
    rows: Callable[[S], Iterable[Row]]
    """The rows of one run or study, in order."""
    links: tuple[Link, ...] = ()

    def filled(self, sources: Iterable[S]) -> list[Row]:
        """The rows of some runs, in order; each as long as there are columns."""
        return [row for source in sources for row in self.rows(source)]


def decimal(hundredths: int) -> str:
    """Hundredths as a number with two decimals: -1205 is `-12.05`."""
    return f"{'-' if hundredths < 0 else ''}{abs(hundredths) // FULL}.{abs(hundredths) % FULL:02d}"


RUN = Column("run", "id", "The run: the name of its save, or its place where nobody is named.")
ENTRY = Column("entry", "whole", "The number of the entry in the record, from 1.")
TURN = Column("turn", "whole", "The turn, from 1; 0 before the first.")
NUMBER = Column(
    "number", "id", "The inject on the table: turn and place in it, such as 4.1.", empty=True
)
BY = Column(
    "by",
    "id",
    "Who: a seat, `robot:NAME`, dice, model or nobody. Not for attribution: a cell instead of a "
    "seat, and of the white cell control, evaluator or observer.",
    empty=True,
)
CELL = Column("cell", "id", "The cell of that seat.", empty=True)
IN_FORCE = Column("in_force", "yes", "False where it was taken back: it stays, and does not count.")
OF_ENTRY = Link(("run", "entry"), "entries", ("run", "entry"))
OF_RUN = Link(("run",), "runs", ("run",))
INJECT = Column("inject", "id", "The inject.")
STANDS = Column(
    "stands", "yes", "Whether the run stands by it: in force, confirmed, and changed by nobody."
)
HOW = Column(
    "how",
    "id",
    "Who says so: the model, or the facilitator, who modified it within the band, overruled it, or "
    "ruled by hand where the model had no effects.",
    among=("model", "modified", "overruled", "by_hand"),
)
BETTER = ("higher", "lower")
"""Which way a track or a score is good."""
