"""What many parts have alike: effects on tracks, thresholds, and what things are called."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from ttx.exercise.model.adversaries import Adversary
from ttx.exercise.model.conditions import All, AnyOf, Condition, Not, Threshold
from ttx.exercise.model.exercise import Exercise
from ttx.exercise.model.levers import Budget, Lever
from ttx.exercise.model.part import Text, text
from ttx.exercise.model.scores import SPENT
from ttx.exercise.model.tracks import Effect
from ttx.exercise.numbers.number import (
    POINTS,
    Number,
    held,
)
from ttx.exercise.problems import KeyPath
from ttx.exercise.references import DESIGN
from ttx.i18n import N_, _

SIDES = {
    "at_least": N_("{meaning}: {name} at least"),
    "at_most": N_("{meaning}: {name} at most"),
    "below": N_("{meaning}: {name} below"),
}
"""What the points of a threshold mean, by its side."""


class Names:
    """What the parts of one exercise are called where a number says what it means."""

    def __init__(self, exercise: Exercise) -> None:
        self.exercise = exercise
        named: list[Lever | Budget | Adversary] = [
            *exercise.lever,
            *exercise.budget,
            *exercise.adversary,
        ]
        self.money = next((budget.id for budget in exercise.budget if budget.kind == "money"), "")
        """The id of the budget that is money; empty where there is none."""
        self._names: dict[str, Text] = (
            {SPENT: _("spent")} | exercise.names | {part.id: part.name for part in named}
        )

    def name(self, of: str) -> str:
        """The name of a track, derived value, lever, budget or adversary; else its id."""
        return text(self._names.get(of, of))


def of_effects(
    known: Names,
    prefix: str,
    effects: Sequence[Effect],
    path: KeyPath,
    meaning: str,
    basis: Sequence[str],
) -> Iterator[Number]:
    """The sizes of some effects, an id for each track and, where it tells them apart, delay."""
    for at, effect in enumerate(effects):
        yield replace(
            held(
                f"{prefix}.{effect.track}",
                effect,
                (*path, at),
                "by",
                POINTS,
                f"{meaning}: {known.name(effect.track)}",
                basis,
            ),
            finer=str(effect.delay),
        )


def of_condition(
    known: Names,
    prefix: str,
    part: Condition | None,
    path: KeyPath,
    meaning: str,
    basis: Sequence[str] = (DESIGN,),
) -> Iterator[Number]:
    """The points of every threshold in a condition, however deep."""
    inner: list[tuple[Condition, KeyPath]] = []
    match part:
        case All():
            inner = [(inner_part, (*path, "all", at)) for at, inner_part in enumerate(part.all)]
        case AnyOf():
            inner = [(inner_part, (*path, "any", at)) for at, inner_part in enumerate(part.any)]
        case Not():
            inner = [(part.not_, (*path, "not_"))]
        case Threshold():
            for side, means in SIDES.items():
                if getattr(part, side) is not None:
                    words = _(means, meaning=meaning, name=known.name(part.of))
                    number = held(f"{prefix}.{part.of}", part, path, side, POINTS, words, basis)
                    yield replace(number, finer=side)
    for below, place in inner:
        yield from of_condition(known, prefix, below, place, meaning, basis)
