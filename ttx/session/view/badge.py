"""Whom something comes from: a letter first, a colour second."""

from __future__ import annotations

from dataclasses import dataclass

from ttx.exercise.model.exercise import Exercise
from ttx.exercise.model.part import text


@dataclass(frozen=True, slots=True)
class Badge:
    """The letter and the colour of an actor, and its name."""

    letter: str
    colour: str
    contrast: str
    """The colour in the high contrast theme."""
    actor: str


def badge(exercise: Exercise, actor: str) -> Badge:
    """The badge of an actor."""
    part = next(known for known in exercise.actor if known.id == actor)
    return Badge(part.letter, part.colour, part.contrast or part.colour, text(part.name))
