"""An exercise with some of its numbers set otherwise for one run, and how the two differ."""

from __future__ import annotations

from collections.abc import Sequence

from ttx.exercise.model.exercise import Exercise
from ttx.exercise.parameters import parameters, placed, within
from ttx.session.control_commands import Adjust
from ttx.session.control_events import NUMBER, START, STRENGTH, Adjusted


def adjusted(exercise: Exercise, fact: Adjusted, written: Exercise) -> Exercise:
    """The exercise as it is played once a number was set otherwise.

    `written` is the exercise as its author wrote it, in which every number has the same place.

    Raises:
        KeyError: It has no such number.
        ValueError: It cannot be that.
    """
    known, name = parameters(written), number_of(fact)
    within(known[name], fact.value, fact.value)
    return placed(exercise, {name: fact.value}, known)


def number_of(fact: Adjusted | Adjust) -> str:
    """The id of the number that is set otherwise."""
    return fact.part if fact.what == NUMBER else f"{fact.what}.{fact.part}"


def adjustment(name: str, value: int, reason: str) -> Adjust:
    """The request that sets a number otherwise, by its id."""
    kind, _, part = name.partition(".")
    what = (kind, part) if kind in (START, STRENGTH) else (NUMBER, name)
    return Adjust(*what, value, reason)


def differing(exercise: Exercise, facts: Sequence[Adjusted]) -> tuple[Adjusted, ...]:
    """The last word on each number, where it is not what the author of the exercise wrote."""
    known = parameters(exercise)
    last = {number_of(fact): fact for fact in facts}
    return tuple(fact for name, fact in last.items() if known[name].value != fact.value)
