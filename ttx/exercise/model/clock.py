"""The way from an incident to an answer: stages, the wait, and minutes by kind of crisis."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from ttx.exercise.model.part import STAGE_BYTES, Id, Part, Points, Text
from ttx.exercise.model.scores import Term


class Product(Part):
    """Two tracks worth more together: their product, less its value at the start."""

    of: tuple[Id, Id]
    """Two tracks."""
    weight: int
    """Per 256, for 100 points of the product above its value at the start."""


class Stage(Part):
    """A step of the crisis clock, shortened by tracks."""

    id: Id
    """How profiles and `beside` name it."""
    name: Text
    """As screens and papers print it."""
    short: str
    """At most eight characters, for the bar."""
    weights: list[Term] = []
    """Per 256, for 100 points above the start value."""
    product: Product | None = None
    """Two tracks that shorten the stage more together."""
    jitter: Literal["narrow", "wide"] = "narrow"
    """Narrow is 0.81 to 1.18 of the stage, wide 0.50 to 1.74."""
    beside: Id | None = None
    """The earlier stage it runs in parallel with; the longer of the two counts."""
    discord: bool = False
    """Takes half as long again when two cells answer differently."""
    basis: list[str] = Field(min_length=1)
    """Ids of evidence, or `design`."""


class Present(Part):
    """A track that shortens the wait, with points added to it."""

    of: Id
    """The track."""
    plus: Points = 0
    """In points, added to it."""


class Wait(Part):
    """The stage that lasts until the far office and the near one share a working day."""

    id: Id
    """How the record names it; no stage has it."""
    name: Text
    """As screens and papers print it."""
    short: str
    """At most eight characters, for the bar."""
    opens: int = Field(ge=0, le=23)
    """First shared hour, 0 to 23, in the local time of the exercise, that of `{onset}`."""
    closes: int = Field(ge=1, le=24)
    """The hour after the last shared one; 24 is midnight, and one below `opens` is past it."""
    present: list[Present] = Field(min_length=1)
    """The scarcest of these shortens the wait in proportion."""
    deputy: Id | None = None
    """The lever that lets a deputy decide."""
    quarters: list[int] = []
    """What is left of the wait at each of its levels, in quarters."""
    after: Id
    """The stage it follows."""
    basis: list[str] = Field(min_length=1)
    """Ids of evidence, or `design`."""


class Profile(Part):
    """Base minutes of each stage, for one kind of crisis."""

    name: Text
    """As screens and papers print it."""
    minutes: dict[Id, int]
    """Base minutes of every stage, by its id; the wait is not among them."""
    wait: int = Field(default=0, ge=0, le=16)
    """The share of the wait that applies, in sixteenths."""


class Clock(Part):
    """The way from an incident to an answer, as a chain of stages."""

    stages: list[Stage] = Field(min_length=1, max_length=STAGE_BYTES)
    """In the order in which they are gone through."""
    wait: Wait | None = None
    """Left out where nobody far away has to wake up."""
    profiles: dict[Id, Profile]
    """By id, how long each stage takes in one kind of crisis."""
    margin: list[Id] = Field(min_length=1)
    """The tracks asked for the smallest change that would have turned a ruling, in this order."""
