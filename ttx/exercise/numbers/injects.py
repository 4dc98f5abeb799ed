"""The numbers of injects: postures, leans, weights, windows, and what options do."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ttx.exercise.model.injects import Inject, Lean, Option, Posture
from ttx.exercise.model.part import text
from ttx.exercise.numbers.number import (
    COUNT,
    MINUTES,
    MONEY,
    QUARTERS,
    Number,
    as_many,
    held,
)
from ttx.exercise.numbers.shared import Names, of_condition, of_effects
from ttx.exercise.problems import KeyPath
from ttx.exercise.references import DESIGN
from ttx.i18n import N_, _


def posture(known: Names, part: Posture, path: KeyPath) -> Iterator[Number]:
    meaning = _("posture {part}", part=text(part.name))
    yield from of_condition(known, f"posture.{part.id}", part.when, (*path, "when"), meaning)


def lean(known: Names, part: Lean, path: KeyPath) -> Iterator[Number]:
    yield from _carries(known, f"quarters.{part.id}", part, path, f"'{text(part.name)}'", (DESIGN,))


def _carries(
    known: Names,
    prefix: str,
    part: Lean | Option,
    path: KeyPath,
    meaning: str,
    basis: Sequence[str],
) -> Iterator[Number]:
    for at, posture in enumerate(as_many(known.exercise.posture, part.quarters or [])):
        words = _(
            "how far {meaning} carries in posture '{posture}'",
            meaning=meaning,
            posture=text(posture.name),
        )
        name = f"{prefix}.{posture.id}"
        yield held(name, part, path, ("quarters", at), QUARTERS, words, basis)


def inject(known: Names, part: Inject, path: KeyPath) -> Iterator[Number]:
    named, weight, place = text(part.title), part.weight, (*path, "weight")
    meaning, basis = _("weight of {named}", named=named), part.basis
    yield held(f"weight.{part.id}", weight, place, "base", COUNT, meaning, basis)
    if weight.of:
        name, meaning = (
            f"weight.{part.id}.{weight.of}",
            _("{meaning} for {name}", meaning=meaning, name=known.name(weight.of)),
        )
        yield held(name, weight, place, "times", COUNT, meaning, basis)
    meaning, place = _("{named} comes", named=named), (*path, "when")
    yield from of_condition(known, f"when.{part.id}", part.when, place, meaning, basis)
    if part.window is not None:
        meaning = _("window of {named}", named=named)
        yield held(f"window.{part.id}", part, path, "window", MINUTES, meaning)
    meaning, place = _("{named}, late", named=named), (*path, "late")
    yield from of_effects(known, f"late.{part.id}", part.late, place, meaning, basis)
    for adversary in part.opening:
        words = _(
            "what a late answer to {named} opens to {name}",
            named=named,
            name=known.name(adversary),
        )
        name, keys = f"opening.{part.id}.{adversary}", ("opening", adversary)
        yield held(name, part, path, keys, COUNT, words, basis)
    for at, option in enumerate(part.option):
        yield from _option(known, part, option, (*path, "option", at))


def _option(known: Names, inject: Inject, part: Option, path: KeyPath) -> Iterator[Number]:
    both, basis = f"{inject.id}.{part.id}", inject.basis
    meaning = f"{text(inject.title)}, {text(part.title)}"
    for kind, changes, means in (
        ("benefit", part.benefits, N_("benefit of {meaning}")),
        ("cost", part.costs, N_("cost of {meaning}")),
    ):
        words, place = _(means, meaning=meaning), (*path, f"{kind}s")
        yield from of_effects(known, f"{kind}.{both}", changes, place, words, basis)
    for key, given, means in (
        ("provocation", part.provocation, N_("how far {meaning} provokes {name}")),
        ("denies", part.denies, N_("how far {meaning} closes an opening to {name}")),
    ):
        for adversary in given:
            words = _(means, meaning=meaning, name=known.name(adversary))
            yield held(
                f"{key}.{both}.{adversary}", part, path, (key, adversary), COUNT, words, basis
            )
    for budget in part.budgets:
        unit = MONEY if known.money == budget else COUNT
        words = _("{name} that {meaning} brings", name=known.name(budget), meaning=meaning)
        name, keys = f"gives.{both}.{budget}", ("budgets", budget)
        yield held(name, part, path, keys, unit, words, basis)
    yield from _carries(known, f"carries.{both}", part, path, meaning, basis)
    words, place = _("{meaning} needs", meaning=meaning), (*path, "needs")
    yield from of_condition(known, f"opens.{both}", part.needs, place, words, basis)
