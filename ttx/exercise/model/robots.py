"""Ways of playing without a person."""

from __future__ import annotations

from typing import Literal

from ttx.exercise.model.part import Id, Part, Text


class Wish(Part):
    """A lever level that a robot wants from a turn on."""

    turn: int
    """From this turn on, counted from 1; a refused wish is tried again each turn."""
    lever: Id
    """The lever."""
    level: Id
    """The level it is to stand at."""


class Robot(Part):
    """A named way of playing without a person."""

    id: Id
    """How `--robots`, cells and the review name it."""
    name: Text
    """As screens and papers print it."""
    about: Text
    """What it does, in one line."""
    rule: Literal[
        "posture",
        "least_provocation",
        "most_provocation",
        "random",
        "restraint",
        "probe",
        "escalate",
    ] = "posture"
    """How it answers: as the posture prefers, with least or most provocation, or at random.

    A robot of an adversary's cell: `restraint`, `probe` or `escalate`, what it does whenever its
    purse pays for it.
    """
    order: list[Id] = []
    """For least and most provocation: the leans in the order that breaks a tie."""
    wishes: list[Wish] = []
    """The levers it moves, in the order it tries them."""
