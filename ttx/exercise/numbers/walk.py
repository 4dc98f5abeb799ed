"""All numbers of an exercise, in the order of the format, no two under one id."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

from ttx.exercise.model.exercise import Exercise
from ttx.exercise.numbers import adversaries, clock, injects, levers, tracks
from ttx.exercise.numbers.number import COUNT, Number, held
from ttx.exercise.numbers.shared import Names, of_condition
from ttx.exercise.problems import KeyPath
from ttx.i18n import _


def numbers(exercise: Exercise) -> list[Number]:
    """All of them, in the order of the format; no two have one id."""
    numbers = list(_all(Names(exercise)))
    ids = Counter(number.id for number in numbers)
    finer = [
        replace(number, id=f"{number.id}.{number.finer}")
        if ids[number.id] > 1 and number.finer
        else number
        for number in numbers
    ]
    again: Counter[str] = Counter()
    for at, number in enumerate(finer):
        again[number.id] += 1
        if again[number.id] > 1:
            finer[at] = replace(number, id=f"{number.id}.{again[number.id]}")
    return finer


def _all(known: Names) -> Iterator[Number]:
    ex = known.exercise
    groups: tuple[tuple[str, Callable[[Names, Any, KeyPath], Iterator[Number]]], ...] = (
        ("track", tracks.track),
        ("derived", tracks.derived),
        ("influence", tracks.influence),
        ("budget", levers.budget),
        ("lever", levers.lever),
        ("calendar", tracks.calendar),
        ("weather", tracks.weather),
        ("posture", injects.posture),
        ("lean", injects.lean),
        ("inject", injects.inject),
        ("adversary", adversaries.adversary),
    )
    for key, walk in groups:
        for at, part in enumerate(getattr(ex, key)):
            yield from walk(known, part, (key, at))
    yield from clock.clock(known, ex.clock, ("clock",))
    for slot, meaning in (
        ("policy", _("bar of the policy slot")),
        ("crisis", _("bar of the crisis slot")),
    ):
        yield held(f"bar.{slot}", ex.slots, ("slots",), slot, COUNT, meaning)
    yield from of_condition(known, "ends", ex.turns.ends_when, ("turns", "ends_when"), _("the end"))
