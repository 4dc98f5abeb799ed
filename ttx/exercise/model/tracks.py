"""The numbers that an exercise keeps, and what moves them: links, effects, dates, luck."""

from __future__ import annotations

import re
from typing import Literal

from pydantic import Field

from ttx.exercise.model.part import Id, Part, Points, Text


class ClockIndex(Part):
    """A derived value: the reference time of a clock profile as an index (T × times // over)."""

    kind: Literal["clock_index"] = "clock_index"
    """Always `clock_index`."""
    profile: Id
    """The profile whose minutes are read, at equal luck."""
    hour: int = Field(ge=0, le=23)
    """The hour of onset that is assumed, local time: it decides the wait."""
    times: int = Field(gt=0, le=20000)
    """Minutes × `times` // `over` are hundredths of points."""
    over: int = Field(gt=0)
    """The minutes at which the index reads `times` hundredths."""


def _words(name: str) -> list[str]:
    return re.findall(r"\w+", name.casefold())


class Track(Part):
    """A number the exercise keeps, 0.00 to 100.00."""

    id: Id
    """How everything that moves or reads it names it."""
    name: Text
    """As screens and papers print it."""
    short: str
    """At most fourteen characters, for a small terminal."""
    better: Literal["higher", "lower"]
    """Which way is good; it decides the words better and worse everywhere."""
    about: Text
    """What 0 and 100 mean, in one sentence."""
    start: Points
    """In points, before turn 1."""
    rest: Points | None = None
    """Where the track drifts back to; its start where not given."""
    anchor: Points | None = None
    """Where the clock's base minutes hold; its start where not given. An edited start keeps it."""
    rate: int = Field(default=0, ge=0, le=16)
    """The share of the distance to its target covered each turn, in sixteenths."""
    range: tuple[Points, Points]
    """The start values that the evidence allows."""
    basis: list[str] = Field(min_length=1)
    """Ids of the exercise's evidence."""
    value: ClockIndex | None = None
    """For a track that is computed from the crisis clock and moved by nothing else."""

    @property
    def called(self) -> Text:
        """The one name that people read: its name where `short` is made of words of that.

        Elsewhere `short`, since a track that has two names is taken for two.
        """
        if not isinstance(self.name, str):
            return self.name
        words = _words(self.name)
        known = all(any(word.startswith(part) for word in words) for part in _words(self.short))
        return self.name if known else self.short


class While(Part):
    """The level a lever must stand at for a link to work."""

    lever: Id
    """The lever that is asked."""
    level: Id
    """The one level at which the link works."""


class Influence(Part):
    """A causal link between tracks."""

    id: Id
    """How the record and excursions name it."""
    from_: Id = Field(alias="from")
    """A track or a derived value."""
    to: Id
    """The track that is moved."""
    kind: Literal["level", "change"]
    """`level` shifts the target of *to* by the deviation of *from*; `change` is a kick."""
    strength: int = Field(ge=-256, le=256)
    """Per 256 of the deviation or the change."""
    range: tuple[int, int]
    """The strengths the evidence allows."""
    delay: int = Field(default=0, ge=0, le=8)
    """In turns."""
    while_: While | None = Field(default=None, alias="while")
    """The level a lever must stand at for the link to work; always where not given."""
    basis: list[str] = Field(min_length=1)
    """Ids of evidence, or `design`."""
    confidence: Literal["H", "M", "L"]
    """In the sign, never in the size."""
    why: Text
    """The mechanism in one sentence."""


class Effect(Part):
    """A change of a track, in points."""

    track: Id
    """The track that changes."""
    by: Points
    """In points, with the sign of the change."""
    delay: int = Field(default=0, ge=0, le=8)
    """In turns; an effect without one lands at once."""


class CalendarEntry(Part):
    """Effects in each of these turns."""

    turns: list[int] = Field(min_length=1)
    """Turns, counted from 1, at whose opening the effects come."""
    effects: list[Effect] = Field(min_length=1)
    """What they do; none can have a delay."""


class CalendarRow(Part):
    """What comes on its own date; each row can be switched off."""

    id: Id
    """How the record names it."""
    name: Text
    """As screens and papers print it."""
    entries: list[CalendarEntry]
    """What comes when."""
    known: bool = False
    """Whether everybody knows of it beforehand, such as an election: the situation manual then has
    it on its timeline."""
    basis: list[str] = Field(min_length=1)
    """Ids of evidence, or `design`."""


class Weather(Part):
    """A track that luck moves every turn, by up to `size` points either way."""

    track: Id
    """The track that luck moves."""
    size: Points
    """In points: at most this much, most often near zero."""
