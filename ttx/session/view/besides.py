"""What an answer does beside the tracks, in words: budgets it gives or takes, levers it sets."""

from __future__ import annotations

from ttx.adjudicator.rulings import Ruling
from ttx.exercise.model import Exercise, Option, text


def announced(exercise: Exercise, option: Option, language: str = "") -> list[tuple[str, str, str]]:
    """Name, change and direction of each: `money`, `-5`, `worse`; `pace`, `to [crash]`, `same`."""
    budgets = {one.id: text(one.name, language) for one in exercise.budget}
    found = [
        (budgets[name], f"{by:+d}", "better" if by > 0 else "worse")
        for name, by in option.budgets.items()
    ]
    return found + [
        (lever, f"to [{_level(exercise, lever, level, language)}]", "same")
        for lever, level in option.sets.items()
    ]


def told(exercise: Exercise, fact: Ruling, language: str = "") -> str:
    """What a ruling did beside the tracks, in a sentence; empty where nothing."""
    budgets = {one.id: text(one.name, language) for one in exercise.budget}
    parts = [_taken(budgets[name], size, by) for name, size, by in fact.budgets]
    parts += [
        f"{lever} now [{_level(exercise, lever, level, language)}]" for lever, level in fact.sets
    ]
    said = "; ".join(parts)
    return f"{said[:1].upper()}{said[1:]}." if said else ""


def _taken(name: str, size: int, by: int) -> str:
    return f"{name} {by:+d}" if by == size else f"{name} {by:+d} of {size:+d}, for want of room"


def _level(exercise: Exercise, lever: str, level: str, language: str = "") -> str:
    levels = exercise.levers[lever].levels
    return next(text(one.name, language) for one in levels if one.id == level)
