"""What all share who read the rows of one list: what is said of it, and what it comes to."""

from __future__ import annotations

from dataclasses import dataclass, field

from ttx.exercise.model.exercise import Exercise
from ttx.exercise.msel import remarks
from ttx.exercise.msel.header import Columns, Mistakes
from ttx.exercise.msel.plan import Plan
from ttx.exercise.msel.sheets.sheet import Sheet
from ttx.exercise.msel.sheets.times import When
from ttx.exercise.msel.values import Values


@dataclass
class Walk:
    """One walk through the rows of a list."""

    exercise: Exercise
    sheet: Sheet
    columns: Columns
    wrong: Mistakes
    alike: remarks.Alike
    in_order: bool
    """Whether new injects of one turn come by their numbers."""
    plan: Plan = field(default_factory=Plan)
    whens: dict[int, When] = field(default_factory=dict)
    """When each row comes, by its number."""
    turns: dict[int, int] = field(default_factory=dict)
    """The turn of each row that gives a time."""

    def __post_init__(self) -> None:
        self.values = Values(self.exercise, self.wrong, self.alike)
