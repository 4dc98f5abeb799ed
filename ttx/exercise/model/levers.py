"""The standing policies of the table, and the budgets that they are paid from."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from ttx.exercise.model.conditions import Condition
from ttx.exercise.model.part import Id, Part, Points, Text
from ttx.exercise.model.tracks import Effect


class Income(Part):
    """What a budget receives each turn: base + rate × track // per."""

    base: int = 0
    """Whole units each turn."""
    rate: int = 0
    """Whole units for each `per` points of the track named in `by`."""
    by: Id | None = None
    """The track that income goes by, where it goes by one."""
    per: Points = 10000
    """In points: 25 is one `rate` for every 25 points of the track."""


class Budget(Part):
    """Something levers are paid with, in whole units."""

    id: Id
    """How prices name it."""
    name: Text
    """As screens and papers print it."""
    kind: Literal["money", "points"]
    """Money is spent by the upkeep of the levels held; points are paid once, to enter a level."""
    start: int
    """Whole units before turn 1."""
    income: Income
    """What comes in at the opening of each turn."""
    cap: int
    """The most that is kept: of points at the opening, of money after upkeep."""
    floor: int = 0
    """The least that money can fall to; points never fall below 0."""
    overdraft: list[Effect] = []
    """What happens each turn while money is below zero."""
    lowering: int = 0
    """What one move down costs, of a budget of points."""
    granted_by: Id | None = None
    """The cell whose lead must agree to a move that costs some of it."""
    basis: list[str] = ["design"]
    """Ids of evidence, or `design`."""


class Level(Part):
    """One setting of a lever."""

    id: Id
    """How wishes, conditions and `--robots` name it."""
    name: Text
    """As screens and papers print it."""
    note: Text
    """What it means in the world, in one line."""
    upkeep: int = 0
    """Money a turn, in US$ million."""
    price: dict[Id, int] = {}
    """Points of each budget, to enter it by a move up."""
    needs: Condition | None = None
    """Asked only on entry by a move up."""


class LeverEffect(Part):
    """What the levels of a lever do to a track."""

    track: Id
    """The track that is moved."""
    kind: Literal["target", "flow"]
    """`target` shifts where the track drifts to; `flow` is added every turn."""
    delay: int = Field(default=0, ge=0, le=8)
    """In turns: the level in force that long ago counts."""
    values: list[Points]
    """In points, one for each level in order."""


class Lever(Part):
    """A standing policy with levels, held until changed."""

    id: Id
    """How wishes, conditions and the review name it."""
    name: Text
    """As screens and papers print it."""
    about: Text
    """What it is, in one sentence."""
    cells: list[Id] = Field(min_length=1)
    """Who may move it."""
    held_by: Text
    """Who really holds it."""
    start: Id
    """The level in force before turn 1."""
    levels: list[Level] = Field(min_length=2, max_length=4)
    """Two to four, in order; a move further down the list is a move up."""
    effects: list[LeverEffect] = []
    """What the levels do to tracks while they are held."""
    lowered: list[Effect] = []
    """What each step down does at once."""
    basis: list[str] = ["design"]
    """Ids of evidence, or `design`."""
