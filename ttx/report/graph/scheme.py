"""What a picture of an exercise shows, before it is drawn: who asks what, and who moves whom."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Literal

from ttx.exercise.asks import CAME_OUT, asks
from ttx.exercise.model.conditions import (
    All,
    AnyOf,
    CameOut,
    Condition,
    Fired,
    LeverAt,
    Not,
    Responded,
    Threshold,
)
from ttx.exercise.model.exercise import Exercise
from ttx.exercise.model.injects import Inject
from ttx.exercise.model.part import text
from ttx.exercise.model.scores import ByLevel, Fading
from ttx.exercise.problems import in_points
from ttx.i18n import _, ngettext

Leaf = Threshold | LeverAt | Fired | CameOut | Responded


@dataclass(frozen=True)
class Asked:
    """One thing that an inject's condition asks of a track, a lever, an inject or an adversary."""

    of: Literal["value", "lever", "inject", "adversary"]
    id: str
    words: str
    """What of it: `at least 45`, `released`."""
    negated: bool


@dataclass(frozen=True)
class Link:
    """One influence between two values."""

    source: str
    target: str
    strength: int
    """Per 256; the sign is the sign of the influence."""
    delay: int
    kick: bool
    """Whether it works by the change of a turn, not by the level."""
    only: str
    """The level of a lever that it needs, in words; empty where it always works."""

    @property
    def words(self) -> str:
        """Its strength with a sign, and its delay."""
        size = f"{'+' if self.strength >= 0 else '−'}{abs(self.strength)}"
        return (
            ngettext("{size}, {count} turn", "{size}, {count} turns", self.delay, size=size)
            if self.delay
            else size
        )


def asked(condition: Condition | None) -> Iterator[Asked]:
    """What a condition asks, leaf by leaf; whether all of it or any is not told here."""
    for leaf, negated in _leaves(condition, negated=False):
        match leaf:
            case Threshold():
                yield Asked("value", leaf.of, _threshold(leaf), negated)
            case LeverAt():
                yield Asked("lever", leaf.lever, _level(leaf), negated)
            case Fired():
                yield Asked("inject", leaf.fired, _("released"), negated)
            case CameOut():
                words = _(" or ").join(_(CAME_OUT[timing]) for timing in leaf.timing)
                yield Asked("inject", leaf.outcome, words, negated)
            case Responded():
                yield Asked(
                    "adversary", leaf.responded, _(" or ").join(map(_, leaf.with_)), negated
                )


def _leaves(condition: Condition | None, *, negated: bool) -> Iterator[tuple[Leaf, bool]]:
    match condition:
        case None:
            return
        case All(all=inside) | AnyOf(any=inside):
            for leaf in inside:
                yield from _leaves(leaf, negated=negated)
        case Not(not_=inside):
            yield from _leaves(inside, negated=not negated)
        case _:
            yield condition, negated


def negation(words: str) -> str:
    """That what is asked may not be so."""
    return _("not {words}", words=words)


def coming_again(words: str, inject: Inject) -> str:
    """Words of an inject, with the turns after which it comes again, where it does."""
    return (
        _("{words}, again after {turns}", words=words, turns=inject.again)
        if inject.again
        else words
    )


def _threshold(leaf: Threshold) -> str:
    bounds = (
        (_("at least"), leaf.at_least),
        (_("at most"), leaf.at_most),
        (_("below"), leaf.below),
    )
    return ", ".join(f"{word} {in_points(size)}" for word, size in bounds if size is not None)


def _level(leaf: LeverAt) -> str:
    bounds = ((_("at"), leaf.level), (_("at least"), leaf.at_least), (_("at most"), leaf.at_most))
    return ", ".join(f"{word} {name}" for word, name in bounds if name is not None)


def links(exercise: Exercise) -> list[Link]:
    """The influences, in the order of the exercise."""
    return [
        Link(
            part.from_,
            part.to,
            part.strength,
            part.delay,
            part.kind == "change",
            _("while {lever} at {level}", lever=part.while_.lever, level=part.while_.level)
            if part.while_
            else "",
        )
        for part in exercise.influence
    ]


def when(exercise: Exercise, inject: Inject) -> str:
    """The condition of an inject in words; empty where it has none."""
    return "" if inject.when is None else asks(exercise, inject.when, _news(exercise))


def opens(exercise: Exercise, inject: Inject) -> list[str]:
    """Each option that has needs, with them: `escort: Staff 30`."""
    return [
        f"{option.id}: {asks(exercise, option.needs, _news(exercise))}"
        for option in inject.option
        if option.needs is not None
    ]


def _news(exercise: Exercise) -> Callable[[str], str]:
    """What names an inject by its number."""
    numbers = {inject.id: inject.label or inject.number for inject in exercise.inject}
    return lambda name: f"#{numbers[name]}"


def movers(exercise: Exercise) -> dict[str, list[str]]:
    """The levers that move each track or derived value at once, by its id."""
    moved_by: dict[str, list[str]] = {}
    for lever in exercise.lever:
        for effect in lever.effects:
            if lever.id not in moved_by.setdefault(effect.track, []):
                moved_by[effect.track].append(lever.id)
    for part in exercise.derived:
        if isinstance(part, ByLevel | Fading):
            moved_by.setdefault(part.id, []).append(part.lever)
    return moved_by


def named(exercise: Exercise, name: str) -> str:
    """A track's short name or a derived value's name."""
    track = exercise.tracks.get(name)
    return track.short if track else text(exercise.names[name])
