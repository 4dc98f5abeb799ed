"""What is worked out from tracks and levers, and which of it the table is shown."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from ttx.exercise.model.part import Id, Part, Points, Text

SPENT = "spent"
"""The money spent so far: an input of sums, and of nothing else."""


class Term(Part):
    """One weighted input of a sum."""

    of: Id
    """A track or derived value; in a sum also `spent`, in a stage a track only."""
    weight: int = Field(default=1, ge=-1024, le=1024)
    """A factor in a sum, per 256 in a stage, steps for 100 points in a logit."""
    inverted: bool = False
    """Take 100 minus the value."""


class Sum(Part):
    """Σ weight × x plus a constant, divided, kept in 0 to 100."""

    kind: Literal["sum"]
    """`sum`."""
    id: Id
    """How scores, sums and links name it."""
    name: Text
    """As screens and papers print it."""
    terms: list[Term] = Field(min_length=1)
    """What is added up."""
    constant: Points = 0
    """In points, added before dividing."""
    divisor: int = Field(default=1, gt=0)
    """What the sum is divided by, rounded down."""


class Scarcer(Part):
    """(3 × the smaller + the larger) // 4: what is scarce counts three quarters."""

    kind: Literal["scarcer"]
    """`scarcer`."""
    id: Id
    """How scores, sums and links name it."""
    name: Text
    """As screens and papers print it."""
    of: tuple[Id, Id]
    """Two tracks or derived values."""


class Shortfall(Part):
    """What was announced less what was delivered: a − Σ min(x, a) // n."""

    kind: Literal["shortfall"]
    """`shortfall`."""
    id: Id
    """How scores, sums and links name it."""
    name: Text
    """As screens and papers print it."""
    of: Id
    """What was announced: a track or derived value."""
    delivered: list[Id] = Field(min_length=1)
    """What was delivered: tracks or derived values."""


class ByLevel(Part):
    """A value for each level of a lever."""

    kind: Literal["by_level"]
    """`by_level`."""
    id: Id
    """How scores, sums and links name it."""
    name: Text
    """As screens and papers print it."""
    lever: Id
    """The lever whose level decides."""
    values: list[Points]
    """In points, one for each level in order."""


class Fading(Part):
    """A promise: raised at once with the lever, and fading by a quarter a turn when it falls."""

    kind: Literal["fading"]
    """`fading`."""
    id: Id
    """How scores, sums and links name it."""
    name: Text
    """As screens and papers print it."""
    lever: Id
    """The lever that promises."""
    values: list[Points]
    """In points, one for each level in order."""


class Blend(Part):
    """Three parts, none of which may be zero: their weighted geometric mean, halved by motive.

    Capability, credibility and communication multiply (RAND PE295, RR2451); weights in hundredths.
    """

    kind: Literal["blend"]
    """`blend`."""
    id: Id
    """How scores, sums and links name it."""
    name: Text
    """As screens and papers print it."""
    parts: tuple[Id, Id, Id]
    """Exactly three tracks or derived values of 0 to 100."""
    weights: tuple[int, int, int]
    """One for each part, in hundredths; they add up to 100."""
    motive: Id
    """The track or derived value that halves the blend when it is 100."""


Derived = Annotated[
    Sum | Scarcer | Shortfall | ByLevel | Fading | Blend, Field(discriminator="kind")
]


class Score(Part):
    """A line of the profile: a derived value shown to the table."""

    id: Id
    """How adversaries name it."""
    name: Text
    """As screens and papers print it."""
    short: str
    """The name on a small terminal."""
    better: Literal["higher", "lower"]
    """Which way is good."""
    of: Id
    """The track or derived value it shows."""
    enough: Points | None = None
    """The value at which its author would call it good enough at the end; `ttx discover` counts how
    often each policy meets it. Nothing in play depends on it."""
    caution: Text = ""
    """A few words beside the name, such as `widest band`."""
