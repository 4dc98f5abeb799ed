"""The numbers of an exercise as a study varies them: value, range, unit, and how they are set."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from typing import Any

from ttx import i18n
from ttx.exercise.bounds import Span
from ttx.exercise.model.evidence import Switch
from ttx.exercise.model.exercise import Exercise
from ttx.exercise.model.part import Part
from ttx.exercise.numbers.number import POINTS, UNITS, Number
from ttx.exercise.numbers.walk import numbers
from ttx.exercise.parts import with_parts
from ttx.exercise.problems import KeyPath, did_you_mean, in_points, shown
from ttx.i18n import _


@dataclass(frozen=True, slots=True)
class Parameter:
    """A number that a study may vary; values in the engine's units."""

    id: str
    """Dotted: `start.us_signal`, `strength.07`, `lever.pace.us_signal.accelerated`."""
    name: str
    """In words, for tables."""
    value: int
    """As the exercise has it: hundredths, per 256, minutes, whole money."""
    low: int
    high: int
    declared: bool
    """False where the author gives no range, so that the range is `default_range`."""
    unit: str
    """`points` (hundredths inside), `per 256`, `minutes`, `money`, `steps` of a logit,
    `sixteenths`, `quarters`, or `count`."""
    basis: tuple[str, ...]
    span: Span
    """The least and the most that the arithmetic takes; no setting may leave it."""
    path: KeyPath
    """The fields, positions and keys that lead to it."""


def parameters(exercise: Exercise) -> dict[str, Parameter]:
    """Every number that a study may vary, by id, in the order of the format.

    Left out are the weights of a blend, which have to add up to a hundred, and whatever changes
    the shape of the exercise: turns, delays, hours, rates of drift.
    """
    return _parameters(_Same(exercise))


def default_range(value: int, least: int, most: int) -> tuple[int, int]:
    """The range of a number whose author gives none: half to one and a half times its value.

    Halves are rounded away from the value, and what the arithmetic does not take is left out. A
    number that is 0 stays 0: how far it could go, nothing says.
    """
    half = (abs(value) + 1) // 2
    return max(value - half, min(least, value)), min(value + half, max(most, value))


class _Same:
    """An exercise as a key: the same object, since its contents cannot be hashed.

    It is another key in another language, since parameters have names.
    """

    def __init__(self, exercise: Exercise) -> None:
        self.exercise = exercise
        self.language = i18n.language()

    def __hash__(self) -> int:
        return hash((id(self.exercise), self.language))

    def __eq__(self, other: object) -> bool:
        return (
            isinstance(other, _Same)
            and other.exercise is self.exercise
            and other.language == self.language
        )


@lru_cache(maxsize=4)
def _parameters(same: _Same) -> dict[str, Parameter]:
    exercise = same.exercise
    given = {part.of: part for part in exercise.range}
    by_id = {}
    for number in numbers(exercise):
        given_range = given.get(number.id)
        basis = number.basis
        span = number.range
        if span is None and given_range is not None:
            span = held(number, given_range.low), held(number, given_range.high)
            basis = tuple(given_range.basis)
        low, high = span or default_range(number.value, *number.span)
        by_id[number.id] = Parameter(
            id=number.id,
            name=number.name,
            value=number.value,
            low=low,
            high=high,
            declared=span is not None,
            unit=number.unit,
            basis=basis,
            span=number.span,
            path=number.path,
        )
    return by_id


# --- values as an author writes them ------------------------------------------------------------


def held(number: Number | Parameter, written: int | Decimal) -> int:
    """A value as the engine holds it; ValueError in a sentence where it has too many decimals."""
    scaled = Decimal(written) * (100 if number.unit == POINTS else 1)
    if not scaled.is_finite() or scaled != scaled.to_integral_value():
        most = _("at most two decimals") if number.unit == POINTS else _("no decimals")
        raise ValueError(
            _(
                "{number} takes {most} ({unit}), not {written}",
                number=number.id,
                most=most,
                unit=_(UNITS[number.unit]),
                written=written,
            )
        )
    return int(scaled)


def as_held(parameter: Parameter, words: str) -> int:
    """A value in the author's units as the engine holds it, such as "12.5" points as 1250.

    ValueError in a sentence where the words are no number, or one that the exercise cannot take.
    """
    try:
        value = held(parameter, Decimal(words.strip()))
    except InvalidOperation:
        text = _(
            "{parameter} takes a number in {unit}, not {words}",
            parameter=parameter.id,
            unit=_(UNITS[parameter.unit]),
            words=shown(words),
        )
        raise ValueError(text) from None
    within(parameter, value, value)
    return value


def written(parameter: Number | Parameter, value: int) -> str:
    """A value in the author's units: 1250 hundredths as "12.5"."""
    return in_points(value) if parameter.unit == POINTS else str(value)


def switched(exercise: Exercise, switch: Switch) -> dict[str, int]:
    """What a switch sets of what is there, by parameter id, in the engine's units."""
    known = parameters(exercise)
    there = {name: value for name, value in switch.set.items() if name in known}
    return {name: held(known[name], value) for name, value in there.items()}


# --- setting them -------------------------------------------------------------------------------


def with_values(exercise: Exercise, values: Mapping[str, int]) -> Exercise:
    """The exercise with numbers set otherwise, by parameter id, in the engine's units.

    A changed start keeps the clock's anchor and the value the track drifts back to, as they were.
    ValueError in a sentence where there is no such number or it cannot take the value. Nothing
    else is validated again.
    """
    for name, value in values.items():
        within(parameter(exercise, name), value, value)
    return placed(exercise, values)


def parameter(exercise: Exercise, name: str) -> Parameter:
    """The parameter of that id; ValueError in a sentence where the exercise has none."""
    known = parameters(exercise)
    if name not in known:
        near = did_you_mean(name, known)
        raise ValueError(
            _(
                "exercise '{exercise}' has no number {name}{near}",
                exercise=exercise.id,
                name=shown(name),
                near=near,
            )
        )
    return known[name]


def now(exercise: Exercise, param: Parameter) -> int:
    """What stands at the place of a number in an exercise that differs in values alone."""
    value: Any = exercise
    for step in param.path:
        value = getattr(value, str(step)) if isinstance(value, Part) else value[step]
    return int(value)


def within(number: Number | Parameter, low: int, high: int) -> None:
    """ValueError in a sentence where values from low to high are not what the exercise takes."""
    least, most = number.span
    if not least <= low <= high <= most:
        span = _(
            "between {least} and {most}",
            least=written(number, least),
            most=written(number, most),
        )
        wrong = written(number, low if low < least else high)
        raise ValueError(
            _(
                "{number} must be {span} ({unit}), not {wrong}",
                number=number.id,
                span=span,
                unit=_(UNITS[number.unit]),
                wrong=wrong,
            )
        )


def placed(
    exercise: Exercise, values: Mapping[str, Any], known: Mapping[str, Parameter] | None = None
) -> Exercise:
    """The exercise with these values at the places of the numbers named, whatever they are.

    `known` says where those are, of an exercise that differs in values alone. A batch places rows
    here, int32[n] with a value for each world; such an exercise is for tables of that batch alone:
    it has no digest and cannot be written.
    """
    changes: dict[str | int, Any] = {}
    for name, value in values.items():
        number = known[name] if known else parameter(exercise, name)
        _put(changes, number.path, value)
        if number.path[0] == "track":
            track = exercise.tracks[name.partition(".")[2]]
            for key in ("rest", "anchor"):
                if getattr(track, key) is None:
                    _put(changes, (*number.path[:-1], key), track.start)
    new = _rebuilt(exercise, changes) if changes else exercise
    assert isinstance(new, Exercise)
    return new


def _put(changes: dict[str | int, Any], path: KeyPath, value: object) -> None:
    """Note a change where its path leads, in tables inside tables."""
    for step in path[:-1]:
        changes = changes.setdefault(step, {})
    changes[path[-1]] = value


def _rebuilt(old: Any, changes: Any) -> Any:  # noqa: ANN401  # a part, a list, a table or a number
    if not isinstance(changes, dict):
        return changes
    if isinstance(old, Part):
        new = {
            str(key): _rebuilt(getattr(old, str(key)), change) for key, change in changes.items()
        }
        # A copy of an exercise would keep what was worked out of the old one.
        return with_parts(old, **new) if isinstance(old, Exercise) else old.model_copy(update=new)
    copy = dict(old) if isinstance(old, dict) else list(old)
    for key, change in changes.items():
        copy[key] = _rebuilt(old[key], change)
    return copy
