"""One number of an exercise that a study may vary: its id, where it stands, and in which unit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

from ttx.exercise.bounds import Span, span_of
from ttx.exercise.model.injects import Posture
from ttx.exercise.model.levers import Level
from ttx.exercise.model.part import Part
from ttx.exercise.problems import KeyPath
from ttx.exercise.references import DESIGN
from ttx.i18n import N_

POINTS, PER_256, MINUTES, MONEY = "points", "per 256", "minutes", "money"
STEPS, SIXTEENTHS, QUARTERS, COUNT = "steps", "sixteenths", "quarters", "count"
UNITS = {
    POINTS: N_("points"),
    PER_256: N_("per 256"),
    MINUTES: N_("minutes"),
    MONEY: N_("money"),
    STEPS: N_("steps"),
    SIXTEENTHS: N_("sixteenths"),
    QUARTERS: N_("quarters"),
    COUNT: N_("count"),
}
"""What a reader calls a unit."""

Named = TypeVar("Named", Level, Posture)


@dataclass(frozen=True, slots=True)
class Number:
    """One number, as the engine holds it."""

    id: str
    path: KeyPath
    """The fields, positions and keys that lead to it, such as `("track", 3, "start")`."""
    value: int
    unit: str
    span: Span
    """The least and the most that the arithmetic takes."""
    name: str
    basis: tuple[str, ...] = (DESIGN,)
    range: Span | None = None
    """What the part says itself of how far the evidence lets it go."""
    finer: str = ""
    """What tells it from another of the same id: a delay, or the side of a threshold."""


def held(
    name: str,
    part: Part,
    path: KeyPath,
    keys: str | KeyPath,
    unit: str,
    meaning: str,
    basis: Sequence[str] = (),
) -> Number:
    """The number that a field of a part holds, or that stands in it at a position or key."""
    keys = (keys,) if isinstance(keys, str) else keys
    value = getattr(part, str(keys[0]))
    for key in keys[1:]:
        value = value[key]
    own = getattr(part, "range", None)
    basis = tuple(basis or getattr(part, "basis", ()) or (DESIGN,))
    span = span_of(type(part), str(keys[0]))
    return Number(name, (*path, *keys), value, unit, span, meaning, basis, own)


def as_many(named: Sequence[Named], numbers: Sequence[int]) -> Sequence[Named]:
    """The levels or postures that have a number, of which a faulty exercise has too few."""
    return named[: len(numbers)]
