"""The numbers of tracks, derived values, links, dates and luck."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from ttx.exercise.model.part import text
from ttx.exercise.model.scores import ByLevel, Derived, Fading, Sum
from ttx.exercise.model.tracks import CalendarRow, Influence, Track, Weather
from ttx.exercise.numbers.number import (
    COUNT,
    PER_256,
    POINTS,
    Number,
    as_many,
    held,
)
from ttx.exercise.numbers.shared import Names, of_effects
from ttx.exercise.problems import KeyPath
from ttx.i18n import _


def track(_known: Names, part: Track, path: KeyPath) -> Iterator[Number]:
    if part.value is None:  # else the clock gives it
        meaning = _("start of {part}", part=text(part.name))
        yield held(f"start.{part.id}", part, path, "start", POINTS, meaning)


def influence(known: Names, part: Influence, path: KeyPath) -> Iterator[Number]:
    meaning = _(
        "influence of {source} on {target}",
        source=known.name(part.from_),
        target=known.name(part.to),
    )
    yield held(f"strength.{part.id}", part, path, "strength", PER_256, meaning)


def derived(known: Names, part: Derived, path: KeyPath) -> Iterator[Number]:
    if isinstance(part, Sum):
        for at, term in enumerate(part.terms):
            meaning = _(
                "weight of {name} in {part}", name=known.name(term.of), part=text(part.name)
            )
            place = (*path, "terms", at)
            yield held(f"sum.{part.id}.{term.of}", term, place, "weight", COUNT, meaning)
        meaning = _("constant of {part}", part=text(part.name))
        yield held(f"constant.{part.id}", part, path, "constant", POINTS, meaning)
    elif isinstance(part, ByLevel | Fading):
        lever = known.exercise.levers.get(part.lever)
        for at, level in enumerate(as_many(lever.levels if lever else [], part.values)):
            meaning = _("{part} at {level}", part=text(part.name), level=text(level.name))
            name = f"level.{part.id}.{level.id}"
            yield held(name, part, path, ("values", at), POINTS, meaning)


def weather(known: Names, part: Weather, path: KeyPath) -> Iterator[Number]:
    meaning = _("luck that moves {name}", name=known.name(part.track))
    yield held(f"weather.{part.track}", part, path, "size", POINTS, meaning)


def calendar(known: Names, part: CalendarRow, path: KeyPath) -> Iterator[Number]:
    for at, entry in enumerate(part.entries):
        place = (*path, "entries", at, "effects")
        meaning = text(part.name)
        for effect in of_effects(
            known, f"calendar.{part.id}", entry.effects, place, meaning, part.basis
        ):
            yield replace(effect, finer=f"turn-{min(entry.turns, default=0)}")
