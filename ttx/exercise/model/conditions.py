"""What must hold of a run for something to happen or to be open: data, never code."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Discriminator, Field, Tag

from ttx.exercise.model.part import Id, Part, Points


class All(Part):
    """Holds when every condition of the list holds."""

    all: list[Condition] = Field(min_length=1)
    """At least one condition."""


class AnyOf(Part):
    """Holds when one condition of the list holds."""

    any: list[Condition] = Field(min_length=1)
    """At least one condition."""


class Not(Part):
    """Holds when the condition inside does not."""

    not_: Condition = Field(alias="not")
    """One condition."""


class Threshold(Part):
    """Holds when a track or a derived value is on the named side of a number of points."""

    of: Id
    """The id of a track or derived value."""
    at_least: Points | None = None
    """In points; holds from this number up."""
    at_most: Points | None = None
    """In points; holds from this number down."""
    below: Points | None = None
    """In points; holds under this number, and not at it."""


class LeverAt(Part):
    """Holds when a lever stands at, at least at, or at most at one of its levels."""

    lever: Id
    """The id of the lever."""
    level: Id | None = None
    """The level it stands at."""
    at_least: Id | None = None
    """This level, or one further down its list."""
    at_most: Id | None = None
    """This level, or one further up its list."""


class Fired(Part):
    """Holds when the inject was released earlier in this run, once or more."""

    fired: Id
    """The id of the inject; never the one that asks."""


class CameOut(Part):
    """Holds when the inject was released and its last ruling had one of these timings."""

    outcome: Id
    """The id of the inject."""
    timing: list[Literal["on_time", "late", "far_too_late"]] = Field(min_length=1)
    """Any of `on_time`, `late` and `far_too_late`; a policy inject is always on time."""


ResponseName = Literal["restraint", "probe", "escalate"]


class Responded(Part):
    """Holds when an adversary answered in one of these ways in the last turns that were reckoned.

    It is how an escalation becomes news: an inject that asks for it comes up in the next turn.
    """

    responded: Id
    """The id of the adversary."""
    with_: list[ResponseName] = Field(alias="with", min_length=1)
    """Any of `restraint`, `probe` and `escalate`."""
    aim: list[Id] = []
    """Its aim is one of these, by id; any where left out."""
    within: int = Field(default=1, ge=1, le=10)
    """How many turns back are asked: 1 is the last one that was reckoned."""


def _kind_of_condition(value: object) -> str | None:
    keys = set(value) if isinstance(value, dict) else set(getattr(value, "model_fields_set", ()))
    for key in ("all", "any", "not", "of", "lever", "fired", "outcome", "responded"):
        if key in keys or f"{key}_" in keys:
            return key
    return None


Condition = Annotated[
    Annotated[All, Tag("all")]
    | Annotated[AnyOf, Tag("any")]
    | Annotated[Not, Tag("not")]
    | Annotated[Threshold, Tag("of")]
    | Annotated[LeverAt, Tag("lever")]
    | Annotated[Fired, Tag("fired")]
    | Annotated[CameOut, Tag("outcome")]
    | Annotated[Responded, Tag("responded")],
    Discriminator(
        _kind_of_condition,
        custom_error_type="condition",
        custom_error_message=(
            "a condition has a key all, any, not, of, lever, fired, outcome or responded"
        ),
    ),
]
