"""Two runs laid side by side: how they are related, where they part, and what that came to."""

from __future__ import annotations

from dataclasses import dataclass, field

from ttx.analysis import compared_runs, comparison_remarks, row_details, rows, score_differences
from ttx.analysis.compared_runs import ComparedRun, Head, Like
from ttx.analysis.row_details import Opened
from ttx.analysis.rows import Row, Status
from ttx.analysis.score_differences import AtEnd
from ttx.exercise.model.part import text
from ttx.i18n import _


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two runs side by side, up to the last turn that both have played; numbers in hundredths."""

    a: ComparedRun = field(repr=False)
    b: ComparedRun = field(repr=False)
    title: str
    kind: str
    """In a few words: `two runs on the same dice`."""
    kind_brief: str
    """The same for a narrow screen: `same dice`."""
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
            return _("not compared") if self.like == "other" and self.rows else _("no difference")
        where = place(self.rows[self.first])
        if self.first == self.decided:
            return _("first difference: {where}", where=where)
        return _("first difference: {where}; no decision made it", where=where)

    def opened(self, at: int) -> tuple[Opened, Opened]:
        """What A and B did in a row."""
        row = self.rows[at]
        return row_details.opened(self.a, row, row.a), row_details.opened(self.b, row, row.b)

    def causes(self, turn: int) -> dict[str, tuple[tuple[str, int], ...]]:
        """By track: what each cause moved in A less in B up to a turn.

        Empty where the exercise differs, since the two then need not have begun alike.
        """
        return score_differences.causes(self.a, self.b, turn) if self.like == "same" else {}

    def swapped(self) -> Comparison:
        """The same with A and B changed over."""
        return compare(self.b, self.a)


def place(row: Row) -> str:
    """Where a row stands: `T4, crisis`."""
    return f"T{row.turn}, {row.step}"


def compare(a: ComparedRun, b: ComparedRun) -> Comparison:
    """Two runs side by side.

    Raises:
        ValueError: They have no score in common; its text is a sentence for a person.
    """
    both = compared_runs.shared(a, b)
    turns = min(len(a.played), len(b.played))
    side_by_side = rows.rows(a, b, both, turns)
    first = next((at for at, row in enumerate(side_by_side) if row.status is Status.FIRST), -1)
    remarks = comparison_remarks.remarks(a, b, both, turns)
    if first < 0 and turns and both.like != "other" and not compared_runs.is_same(a, b):
        remarks = (*remarks, _nothing_differs(turns, left_out=bool(both.left_out)))
    kind, brief = _kind(a, b, both.like)
    return Comparison(
        a,
        b,
        " and ".join(dict.fromkeys(text(run.exercise.title) for run in (a, b))),
        kind,
        brief,
        both.like,
        (compared_runs.head(a), compared_runs.head(b)),
        compared_runs.related(a, b),
        compared_runs.differ(a, b, both, turns),
        remarks,
        both.left_out,
        side_by_side,
        first,
        next((at for at, row in enumerate(side_by_side) if row.decision), -1),
        tuple(score_differences.at_end(a, b, both, turn) for turn in range(1, turns + 1)),
    )


def _nothing_differs(turns: int, *, left_out: bool) -> str:
    if left_out:
        return _(
            "Nothing that both have differs up to T{turns}: no decision, no ruling, no score.",
            turns=turns,
        )
    return _("Nothing differs up to T{turns}: no decision, no ruling, no score.", turns=turns)


def _kind(a: ComparedRun, b: ComparedRun, like: Like) -> tuple[str, str]:
    """What is compared in a few words, and in fewer."""
    if like == "other":
        kind = brief = _("two exercises")
    elif compared_runs.is_same(a, b):
        kind = brief = _("one run twice")
    elif like == "changed":
        kind = brief = _("two versions of the exercise")
    elif a.game.run.seed == b.game.run.seed:
        kind, brief = _("two runs on the same dice"), _("same dice")
    else:
        kind, brief = _("two runs on different dice"), _("different dice")
    return kind, brief
