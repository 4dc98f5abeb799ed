"""The numbers of adversaries: odds, purses and aims."""

from __future__ import annotations

from collections.abc import Iterator

from ttx.exercise.model.adversaries import Adversary, Aim, Purse
from ttx.exercise.model.part import text
from ttx.exercise.numbers.number import (
    COUNT,
    STEPS,
    Number,
    held,
)
from ttx.exercise.numbers.shared import Names, of_effects
from ttx.exercise.problems import KeyPath
from ttx.i18n import N_, _

ODDS = {
    "act": (
        N_("how readily {named} acts"),
        N_("{name} where {named} acts"),
        N_("how much more readily {adversary} acts: {part}"),
    ),
    "escalate": (
        N_("how readily {named} escalates"),
        N_("{name} where {named} escalates"),
        N_("how much more readily {adversary} escalates: {part}"),
    ),
}
"""What the numbers of each of its odds mean: the bias, a term, and what an aim adds."""


def adversary(known: Names, part: Adversary, path: KeyPath) -> Iterator[Number]:
    named = text(part.name)
    for key, logit in (("act", part.act), ("escalate", part.escalate)):
        readily, where, _more = ODDS[key]
        place, meaning = (*path, key), _(readily, named=named)
        yield held(f"{key}.{part.id}", logit, place, "bias", STEPS, meaning, part.basis)
        for at, term in enumerate(logit.terms):
            name, inner = f"{key}.{part.id}.{term.of}", (*place, "terms", at)
            meaning = _(where, name=known.name(term.of), named=named)
            yield held(name, term, inner, "weight", STEPS, meaning, part.basis)
    meaning = _("what a provocation of {named} counts", named=named)
    yield held(f"provoked.{part.id}", part, path, "provocation", STEPS, meaning)
    for response, effects in part.responses.items():
        name, meaning = f"response.{part.id}.{response}", f"{named}, {_(response)}"
        place = (*path, "responses", response)
        yield from of_effects(known, name, effects, place, meaning, part.basis)
    if part.purse is not None:
        yield from _purse(part, part.purse, (*path, "purse"))
    for at, aim in enumerate(part.aim):
        yield from _aim(known, part, aim, (*path, "aim", at))


def _purse(adversary: Adversary, part: Purse, path: KeyPath) -> Iterator[Number]:
    named, basis = text(adversary.name), adversary.basis
    for key, meaning in (
        ("start", _("chips of {named} at the start", named=named)),
        ("income", _("chips that {named} receives each turn", named=named)),
        ("cap", _("the most chips that {named} keeps", named=named)),
    ):
        yield held(f"purse.{adversary.id}.{key}", part, path, key, COUNT, meaning, basis)
    for response in [name for name in part.price if name != "restraint"]:  # which is free
        name, keys = f"price.{adversary.id}.{response}", ("price", response)
        yield held(
            name,
            part,
            path,
            keys,
            COUNT,
            _("chips for {named}, {response}", named=named, response=_(response)),
            basis,
        )


def _aim(known: Names, adversary: Adversary, part: Aim, path: KeyPath) -> Iterator[Number]:
    """What an aim adds to the odds and does; `reached` is read by no arithmetic."""
    named, both = f"{text(adversary.name)}, {text(part.name)}", f"{adversary.id}.{part.id}"
    for key, (_readily, _where, more) in ODDS.items():
        words = _(more, adversary=text(adversary.name), part=text(part.name))
        yield held(f"aim.{both}.{key}", part, path, key, STEPS, words, adversary.basis)
    for response, effects in part.responses.items():
        place = (*path, "responses", response)
        name, words = f"response.{both}.{response}", f"{named}, {_(response)}"
        yield from of_effects(known, name, effects, place, words, adversary.basis)
