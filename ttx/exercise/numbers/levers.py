"""The numbers of budgets and levers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from ttx.exercise.model.levers import Budget, Level, Lever
from ttx.exercise.model.part import text
from ttx.exercise.numbers.number import (
    COUNT,
    MONEY,
    POINTS,
    Number,
    as_many,
    held,
)
from ttx.exercise.numbers.shared import Names, of_condition, of_effects
from ttx.exercise.problems import KeyPath
from ttx.i18n import _


def budget(known: Names, part: Budget, path: KeyPath) -> Iterator[Number]:
    named, unit = text(part.name), MONEY if part.kind == "money" else COUNT
    start = held(
        f"budget.{part.id}", part, path, "start", unit, _("{named} at the start", named=named)
    )
    yield replace(start, span=(part.floor, part.cap))
    income, place = part.income, (*path, "income")
    meaning = _("{named} received each turn", named=named)
    yield held(f"income.{part.id}", income, place, "base", unit, meaning, part.basis)
    if income.by:
        name, meaning = (
            f"income.{part.id}.{income.by}",
            _("{meaning} for {name}", meaning=meaning, name=known.name(income.by)),
        )
        yield held(name, income, place, "rate", unit, meaning, part.basis)
    if part.kind == "points":
        meaning = _("{named} for a move down", named=named)
        yield held(f"lowering.{part.id}", part, path, "lowering", unit, meaning)
    place, meaning = (*path, "overdraft"), _("{named} below zero", named=named)
    yield from of_effects(known, f"overdraft.{part.id}", part.overdraft, place, meaning, part.basis)


def lever(known: Names, part: Lever, path: KeyPath) -> Iterator[Number]:
    named = text(part.name)
    for at, effect in enumerate(part.effects):
        place = (*path, "effects", at)
        for row, level in enumerate(as_many(part.levels, effect.values)):
            meaning = _(
                "{named} at {level}: {name}",
                named=named,
                level=text(level.name),
                name=known.name(effect.track),
            )
            name = f"lever.{part.id}.{effect.track}.{level.id}"
            number = held(name, effect, place, ("values", row), POINTS, meaning, part.basis)
            yield replace(number, finer=str(effect.delay))
    place = (*path, "lowered")
    yield from of_effects(
        known,
        f"lowered.{part.id}",
        part.lowered,
        place,
        _("{named} lowered", named=named),
        part.basis,
    )
    for at, level in enumerate(part.levels):
        yield from _level(known, part, level, (*path, "levels", at))


def _level(known: Names, lever: Lever, part: Level, path: KeyPath) -> Iterator[Number]:
    both, meaning = (
        f"{lever.id}.{part.id}",
        _("{lever} at {part}", lever=text(lever.name), part=text(part.name)),
    )
    basis = lever.basis
    yield held(
        f"upkeep.{both}",
        part,
        path,
        "upkeep",
        MONEY,
        _("upkeep of {meaning}", meaning=meaning),
        basis,
    )
    for budget in part.price:
        words = _("{name} for {meaning}", name=known.name(budget), meaning=meaning)
        name = f"price.{both}.{budget}"
        yield held(name, part, path, ("price", budget), COUNT, words, basis)
    place = (*path, "needs")
    yield from of_condition(
        known, f"needs.{both}", part.needs, place, _("{meaning} needs", meaning=meaning), basis
    )
