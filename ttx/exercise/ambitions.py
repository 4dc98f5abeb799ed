"""What of a sound exercise adversaries never reach, never pay for, or have in any case."""

from __future__ import annotations

from collections.abc import Iterator

from ttx.exercise.conditions import Question, reason
from ttx.exercise.model.adversaries import Adversary, Aim
from ttx.exercise.model.conditions import Condition
from ttx.exercise.model.exercise import Exercise
from ttx.exercise.problems import KeyPath
from ttx.exercise.reach import Reach, chips
from ttx.i18n import _

Remark = tuple[KeyPath, str]


def ambitions(exercise: Exercise, reach: Reach) -> Iterator[Remark]:
    """Every remark on aims and purses, and on answers that reach no adversary."""
    for at, adversary in enumerate(exercise.adversary):
        path: KeyPath = ("adversary", at)
        yield from _purse(path, adversary, exercise)
        for entry, aim in enumerate(adversary.aim):
            yield from _aim((*path, "aim", entry), aim, reach)
    yield from _unheard(exercise)


def _purse(path: KeyPath, adversary: Adversary, exercise: Exercise) -> Iterator[Remark]:
    purse, have = adversary.purse, chips(adversary, exercise)
    if purse is None or have is None:
        return
    if purse.price.get("restraint"):
        yield (*path, "purse", "price", "restraint"), _("it is never taken: restraint is free")
    dear = {name: purse.price.get(name, 0) for name in ("probe", "escalate")}
    for name, price in dear.items():
        if price > have:
            text = _(
                "price {price} is more than the purse ever holds ({have}): it never can {name}",
                price=price,
                have=have,
                name=name,
            )
            yield (*path, "purse", "price", name), text
    if max(dear.values()) <= min(purse.income, purse.cap):
        text = _("it refuses nothing: what a turn brings pays for every answer; leave it out")
        yield (*path, "purse"), text


def _aim(path: KeyPath, aim: Aim, reach: Reach) -> Iterator[Remark]:
    if aim.reached is None:
        yield path, _("nobody can say whether it was reached: 'reached' is missing")
        return
    end = Question.about(reach.at_end(), aim.reached)
    if not end.can((aim.reached, True)):
        text = _(
            "it can never hold ({reason}): the aim is never reached",
            reason=reason(end, aim.reached),
        )
        yield (*path, "reached"), text
    elif _sure(reach, aim.reached):
        text = _("it holds before turn 1: the aim is reached by doing nothing")
        yield (*path, "reached"), text


def _sure(reach: Reach, condition: Condition) -> bool:
    """Whether a condition holds at the start, so far as that can be told without the clock."""
    return not Question.about(reach.at_start(), condition).can((condition, False))


def _unheard(exercise: Exercise) -> Iterator[Remark]:
    """What answers and lateness say to an adversary whose odds do not listen."""
    deaf = {adversary.id for adversary in exercise.adversary if adversary.provocation == 0}
    for at, inject in enumerate(exercise.inject):
        conditions: list[tuple[KeyPath, str]] = [
            (("inject", at, "opening"), name) for name in inject.opening
        ]
        for entry, option in enumerate(inject.option):
            place: KeyPath = ("inject", at, "option", entry)
            conditions += [((*place, "denies"), name) for name in option.denies]
            conditions += [((*place, "provocation"), name) for name in option.provocation]
        for path, name in conditions:
            if name in deaf:
                text = _(
                    "it does nothing: a point of provocation of '{name}' is 0 steps", name=name
                )
                yield (*path, name), text
