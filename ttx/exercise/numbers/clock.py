"""The numbers of the crisis clock: its weights, its wait, and the minutes of its profiles."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from ttx.exercise.bounds import LARGEST
from ttx.exercise.model.clock import Clock, Profile, Wait
from ttx.exercise.model.part import text
from ttx.exercise.numbers.number import (
    MINUTES,
    PER_256,
    POINTS,
    QUARTERS,
    SIXTEENTHS,
    Number,
    as_many,
    held,
)
from ttx.exercise.numbers.shared import Names
from ttx.exercise.problems import KeyPath
from ttx.exercise.references import DESIGN
from ttx.i18n import _

_MOST_OF_A_WAIT = 24 * 60 * 4
"""Minutes: half of what the bounds of an exercise grant a wait."""


def clock(known: Names, part: Clock, path: KeyPath) -> Iterator[Number]:
    for at, stage in enumerate(part.stages):
        place = (*path, "stages", at)
        for row, term in enumerate(stage.weights):
            meaning = _("{name} shortens {stage}", name=known.name(term.of), stage=text(stage.name))
            name, inner = f"clock.{stage.id}.{term.of}", (*place, "weights", row)
            yield held(name, term, inner, "weight", PER_256, meaning, stage.basis)
        if stage.product:
            both = _(" and ").join(known.name(name) for name in stage.product.of)
            meaning = _("{both} together shorten {stage}", both=both, stage=text(stage.name))
            name, inner = f"product.{stage.id}", (*place, "product")
            yield held(name, stage.product, inner, "weight", PER_256, meaning, stage.basis)
    if part.wait:
        yield from _wait(known, part.wait, (*path, "wait"))
    for name, profile in part.profiles.items():
        yield from _profile(known, name, profile, (*path, "profiles", name))


def _wait(known: Names, part: Wait, path: KeyPath) -> Iterator[Number]:
    for at, present in enumerate(part.present):
        meaning = _(
            "added to {name} before it shortens {part}",
            name=known.name(present.of),
            part=text(part.name),
        )
        place = (*path, "present", at)
        yield held(f"present.{present.of}", present, place, "plus", POINTS, meaning, part.basis)
    lever = known.exercise.levers.get(part.deputy or "")
    for at, level in enumerate(as_many(lever.levels if lever else [], part.quarters)):
        name, meaning = (
            f"deputy.{level.id}",
            _("{part} left at {level}", part=text(part.name), level=text(level.name)),
        )
        yield held(name, part, path, ("quarters", at), QUARTERS, meaning)


def _profile(known: Names, name: str, part: Profile, path: KeyPath) -> Iterator[Number]:
    stages = {stage.id: stage for stage in known.exercise.clock.stages}
    free = _free(known, name, part)
    for of, minutes in part.minutes.items():
        stage = stages.get(of)
        meaning = f"{text(stage.name) if stage else of}, {text(part.name)}"
        basis = stage.basis if stage else (DESIGN,)
        number = held(f"stage.{name}.{of}", part, path, ("minutes", of), MINUTES, meaning, basis)
        most = max(minutes, min(number.span[1], minutes + free))
        yield replace(number, span=(number.span[0], most))
    wait = known.exercise.clock.wait
    if wait:
        meaning = f"{text(wait.name)}, {text(part.name)}"
        yield held(f"wait.{name}", part, path, "wait", SIXTEENTHS, meaning, wait.basis)


def _free(known: Names, name: str, part: Profile) -> int:
    """By how many minutes each stage may grow, all at once, where the clock is an index.

    An index is the minutes times a factor, and the product has to stay within 32 bits.
    """
    factors = [
        track.value.times
        for track in known.exercise.track
        if track.value and track.value.profile == name
    ]
    if not factors:
        return LARGEST
    longest = sum(part.minutes.values()) + _MOST_OF_A_WAIT
    return max(0, (LARGEST // max(factors) // 2 - longest) // max(1, len(part.minutes)))
