"""What every part of an exercise is made of: ids, texts in languages, sizes in points."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, PlainSerializer, WithJsonSchema

from ttx import i18n

INJECT_SLOTS, ADVERSARY_SLOTS, WEATHER_SLOTS, STAGE_BYTES = 1000, 3, 7, 8
"""What the slot map of the dice holds: injects, adversaries, weather rows, jittered stages."""


class NoPoints(ValueError):
    """A value that is no number of points."""


class TooFine(ValueError):
    """A number of points with more than two decimals."""


class OffTheScale(ValueError):
    """A number of points that is outside -100 to 100."""


def _hundredths(value: object) -> object:
    if isinstance(value, bool) or not isinstance(value, int | Decimal):
        raise NoPoints(value)
    scaled = Decimal(value) * 100
    if not scaled.is_finite() or scaled != scaled.to_integral_value():
        raise TooFine(value)
    if abs(scaled) > 10000:
        raise OffTheScale(value)
    return int(scaled)


def _points(value: int) -> int | Decimal:
    return value // 100 if value % 100 == 0 else Decimal(value) / 100


Points = Annotated[
    int,
    BeforeValidator(_hundredths),
    PlainSerializer(_points),
    WithJsonSchema({"type": "number", "multipleOf": 0.01, "minimum": -100, "maximum": 100}),
]
"""A size on the scale of the tracks: written in points (-100.00 to 100.00), held in hundredths."""

Id = Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9_-]*$")]
Text = str | dict[Annotated[str, Field(pattern=r"^[a-z]{2}$")], str]
"""A text in the exercise's first language, or one for each language: `{ en = "…", ja = "…" }`."""


def text(value: Text, language: str = "") -> str:
    """The text in the language in force, or in `language`; in its first where that is missing."""
    if isinstance(value, str):
        return value
    return value.get(language or i18n.language()) or next(iter(value.values()), "")


class Part(BaseModel):
    """A part of an exercise: frozen, and an unknown key is a mistake."""

    model_config = ConfigDict(
        extra="forbid", frozen=True, use_attribute_docstrings=True, populate_by_name=True
    )
