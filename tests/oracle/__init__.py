"""Judges the engine by scalar ones that were written from the rule model alone.

What is named here plays the first edition of `accelerate`, from numbers written out; `game` plays
any exercise.
"""

from .luck import LG, LOGISTIC, Dice
from .play import (
    AdversaryMargin,
    Choice,
    Clock,
    Margin,
    Policy,
    Refusal,
    Response,
    Run,
    Slot,
    State,
    Turn,
    adversary_margin,
    clock,
    latency,
    margin,
    play,
    scores,
    start_scores,
)

__all__ = [
    "LG",
    "LOGISTIC",
    "AdversaryMargin",
    "Choice",
    "Clock",
    "Dice",
    "Margin",
    "Policy",
    "Refusal",
    "Response",
    "Run",
    "Slot",
    "State",
    "Turn",
    "adversary_margin",
    "clock",
    "latency",
    "margin",
    "play",
    "scores",
    "start_scores",
]
