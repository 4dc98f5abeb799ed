"""What an answer does beside the tracks, in words: budgets it gives or takes, levers it sets."""

from __future__ import annotations

from ttx.adjudicator.facts import Ruling
from ttx.exercise.model.exercise import Exercise
from ttx.exercise.model.injects import Option
from ttx.i18n import _
from ttx.session.view.eye import Names
from ttx.session.view.words import Direction, Shift, capital


def announced(exercise: Exercise, option: Option) -> list[Shift]:
    """Name, change and direction of each: `money`, `-5`, `worse`; `Pace`, `to [crash]`, `same`."""
    names = Names(exercise)
    return [
        *(
            (names.budgets[name], f"{by:+d}", Direction.BETTER if by > 0 else Direction.WORSE)
            for name, by in option.budgets.items()
        ),
        *(
            (
                names.levers[lever],
                _("to [{level}]", level=names.level(lever, level)),
                Direction.SAME,
            )
            for lever, level in option.sets.items()
        ),
    ]


def sentence(exercise: Exercise, fact: Ruling) -> str:
    """What a ruling did beside the tracks; empty where nothing."""
    names = Names(exercise)
    parts = [_taken(names.budgets[name], size, by) for name, size, by in fact.budgets]
    parts += [
        _("{lever} now [{level}]", lever=names.levers[lever], level=names.level(lever, level))
        for lever, level in fact.sets
    ]
    clauses = "; ".join(parts)
    return f"{capital(clauses)}." if clauses else ""


def _taken(name: str, size: int, by: int) -> str:
    if by == size:
        return f"{name} {by:+d}"
    return _(
        "{budget} {by} of {size}, for want of room", budget=name, by=f"{by:+d}", size=f"{size:+d}"
    )
