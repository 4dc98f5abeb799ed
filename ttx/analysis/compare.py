"""Two runs laid side by side: how they are related, where they part, and what that came to."""

from __future__ import annotations

from dataclasses import dataclass, field

from ttx.analysis import compared_runs, row_details, rows, score_differences
from ttx.analysis.compared_runs import ComparedRun, Head, Like, compared_run
from ttx.analysis.row_details import Opened
from ttx.analysis.rows import Row
from ttx.analysis.score_differences import AtEnd
from ttx.exercise.model import text

__all__ = ["ComparedRun", "Comparison", "compare", "compared_run"]


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two runs side by side, up to the last turn that both have played; numbers in hundredths."""

    a: ComparedRun = field(repr=False)
    b: ComparedRun = field(repr=False)
    language: str
    title: str
    kind: str
    """In a few words: `two runs on the same dice`."""
    like: Like
    heads: tuple[Head, Head]
    related: tuple[str, ...]
    """How the records hang together, a sentence each."""
    levers: str
    """In which levers they differ, in a sentence; empty where that is not compared."""
    remarks: tuple[str, ...]
    """Where they are not like for like, a sentence each."""
    left_out: tuple[str, ...]
    """What only one version of the exercise has, all of it by name."""
    rows: tuple[Row, ...]
    first: int
    """The row of the first difference; -1 where there is none."""
    decided: int
    """The first row in which a decision differs; -1 where there is none."""
    turns: tuple[AtEnd, ...]
    """Both at the end of each turn that both have played."""

    @property
    def parted(self) -> str:
        """Where the first difference is, and whether a decision made it."""
        if self.first < 0:
            return "not compared" if self.like == "other" and self.rows else "no difference"
        told = f"first difference: {place(self.rows[self.first])}"
        if self.first == self.decided:
            return told
        return f"{told}; no decision made it"

    def opened(self, at: int) -> tuple[Opened, Opened]:
        """What A and B did in a row."""
        row = self.rows[at]
        return (
            row_details.opened(self.a, row, row.a, self.language),
            row_details.opened(self.b, row, row.b, self.language),
        )

    def causes(self, turn: int) -> dict[str, tuple[tuple[str, int], ...]]:
        """By track: what each cause moved in A less in B up to a turn.

        Empty where the exercise differs, since the two then need not have begun alike.
        """
        return (
            score_differences.causes(self.a, self.b, turn, self.language)
            if self.like == "same"
            else {}
        )

    def swapped(self) -> Comparison:
        """The same with A and B changed over."""
        return compare(self.b, self.a, self.language)


def place(row: Row) -> str:
    """Where a row stands: `T4, crisis`."""
    return f"T{row.turn}, {row.kind}"


def compare(a: ComparedRun, b: ComparedRun, language: str = "en") -> Comparison:
    """Two runs side by side; ValueError where they have no score in common."""
    both = compared_runs.shared(a, b, language)
    turns = min(len(a.played), len(b.played))
    found = rows.rows(a, b, both, turns, language)
    ends = tuple(
        score_differences.at_end(a, b, both, turn, language) for turn in range(1, turns + 1)
    )
    first = next((at for at, row in enumerate(found) if row.status == rows.FIRST), -1)
    related = compared_runs.related(a, b)
    remarks = compared_runs.remarks(a, b, both, turns, language)
    if first < 0 and turns and both.like != "other" and not compared_runs.is_same(a, b):
        what = "Nothing that both have differs" if both.left_out else "Nothing differs"
        remarks = (*remarks, f"{what} up to T{turns}: no decision, no ruling, no score.")
    return Comparison(
        a,
        b,
        language,
        _title(a, b, language),
        _kind(a, b, both.like),
        both.like,
        (compared_runs.head(a, language), compared_runs.head(b, language)),
        related,
        compared_runs.differ(a, b, both, turns, language),
        remarks,
        both.left_out,
        found,
        first,
        next((at for at, row in enumerate(found) if row.decision), -1),
        ends,
    )


def _title(a: ComparedRun, b: ComparedRun, language: str) -> str:
    titles = dict.fromkeys(text(one.exercise.title, language) for one in (a, b))
    return " and ".join(titles)


def _kind(a: ComparedRun, b: ComparedRun, like: Like) -> str:
    if like == "other":
        return "two exercises"
    if compared_runs.is_same(a, b):
        return "one run twice"
    if like == "changed":
        return "two versions of the exercise"
    same = a.game.run.seed == b.game.run.seed
    return f"two runs on {'the same' if same else 'different'} dice"
