"""Whether declared ranges and switches name numbers of the exercise, and values they can have."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from decimal import Decimal

from ttx.exercise.model.exercise import Exercise
from ttx.exercise.numbers.number import Number
from ttx.exercise.numbers.walk import numbers
from ttx.exercise.parameters import held, within, written
from ttx.exercise.problems import Finding, KeyPath, did_you_mean, shown
from ttx.i18n import _


def range_faults(exercise: Exercise) -> Iterator[Finding]:
    """Everything wrong with the ranges and switches.

    A value outside its own range is a warning, and so is a range of what is not there, or one of
    several numbers of a switch: nothing is played by it, and an inject that is taken out of an
    exercise leaves its ranges and its part of switches behind.
    """
    if not exercise.range and not exercise.switch:
        return
    known = {number.id: number for number in numbers(exercise)}
    ranged: set[str] = set()
    for at, part in enumerate(exercise.range):
        path: KeyPath = ("range", at)
        number = known.get(part.of)
        if number is None:
            yield _passed_over(_unknown((*path, "of"), part.of, known))
            continue
        if number.range is not None:
            text = _("'{of}' has a range of its own: give it there, beside the value", of=part.of)
            yield Finding((*path, "of"), text)
        elif part.of in ranged:
            yield Finding(
                (*path, "of"), _("the range of '{of}' is given by an earlier one", of=part.of)
            )
        ranged.add(part.of)
        yield from _range(path, number, part.low, part.high)
    for at, switch in enumerate(exercise.switch):
        for name, value in switch.set.items():
            place: KeyPath = ("switch", at, "set", name)
            if name in known:
                yield from _values(place, known[name], value)
            elif known.keys() & switch.set.keys():
                yield _passed_over(_unknown(place, name, known))
            else:
                yield _unknown(place, name, known)


def _unknown(path: KeyPath, name: str, known: Iterable[str]) -> Finding:
    return Finding(
        path,
        _(
            "number {name} is unknown{hint}",
            name=shown(name),
            hint=did_you_mean(name, known),
        ),
    )


def _passed_over(fault: Finding) -> Finding:
    what = "range" if fault.path[0] == "range" else "number"
    return replace(
        fault,
        text=_("{fault}; the {what} is passed over", fault=fault.text, what=what),
        warning=True,
    )


def _range(
    path: KeyPath, number: Number, low: int | Decimal, high: int | Decimal
) -> Iterator[Finding]:
    if low > high:
        text = _(
            "a range goes from the lower to the higher, not {low} to {high}", low=low, high=high
        )
        yield Finding((*path, "low"), text)
        return
    faults = [*_values((*path, "low"), number, low), *_values((*path, "high"), number, high)]
    yield from faults
    if not faults and not held(number, low) <= number.value <= held(number, high):
        value = written(number, number.value)
        text = _(
            "the value of '{number}', {value}, is outside its range {low} to {high}",
            number=number.id,
            value=value,
            low=low,
            high=high,
        )
        yield Finding((*path, "of"), text, warning=True)


def _values(path: KeyPath, number: Number, value: int | Decimal) -> Iterator[Finding]:
    """What is wrong with a value in its author's units."""
    try:
        inside = held(number, value)
        within(number, inside, inside)
    except ValueError as error:
        yield Finding(path, str(error))
