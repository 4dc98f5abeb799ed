"""What the numbers rest on, how far each may go, and what a study may switch off."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Literal

from pydantic import Field, PlainValidator, WithJsonSchema

from ttx.exercise.model.part import Id, Part, Text


class Evidence(Part):
    """A claim that a number rests on, with its grade."""

    id: str
    """How `basis` names it."""
    claim: Text
    """What it says, in one sentence."""
    source: str
    """Where it stands: a document, or ids of other evidence."""
    date: str
    """When it was said, as far as is known."""
    confidence: Literal["H", "M", "L", "U"]
    """H official or two reports, M one reputable, L aggregator or partisan, U unsourced."""
    note: Text = ""
    """What to beware of."""


def _as_written(value: object) -> int | Decimal:
    if isinstance(value, bool) or not isinstance(value, int | Decimal):
        raise ValueError("write a number, such as 4 or -1.5")
    return value


Written = Annotated[int | Decimal, PlainValidator(_as_written), WithJsonSchema({"type": "number"})]
"""A number in the units in which its author writes it: points, minutes, per 256."""


class Range(Part):
    """How far a number may go that has no `range` of its own."""

    of: str
    """The id of the number, such as `clock.legal.jp_public`."""
    low: Written
    """The least it may be, in its author's units."""
    high: Written
    """The most it may be, in the same units."""
    basis: list[str] = Field(min_length=1)
    """Ids of the exercise's evidence."""


class Switch(Part):
    """A mechanism that a study may switch off, to see whether the answer hangs on it."""

    id: Id
    """How a study names it."""
    name: Text
    """What is switched off, in a few words."""
    why: Text
    """What it would mean if the model were wrong here."""
    set: dict[str, Written] = Field(min_length=1)
    """For each number its value with the mechanism off, mostly 0, in its author's units."""
