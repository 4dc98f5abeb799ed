"""What a rehearsal finds: a kind, a place in the exercise, a number and a sentence."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from ttx.adjudicator.arithmetic import Int32
from ttx.analysis.winners import TOLERANCE
from ttx.exercise.model.exercise import Exercise
from ttx.exercise.problems import KeyPath
from ttx.i18n import _
from ttx.session.view.words import CLEAR

__all__ = ["CLEAR", "ENOUGH", "TOLERANCE", "Kind", "Symptom", "named", "per_cent", "signs"]
ENOUGH = 4
"""Scores from which on it says something that one thing is no better than another on any of them.

With one score all but the best are; with three, a quarter of all pairs that differ at random.
"""


Kind = Literal[
    "inject_never",
    "inject_always",
    "inject_flat",
    "window_idle",
    "window_unmet",
    "turns_empty",
    "option_closed",
    "option_mostly_closed",
    "option_untaken",
    "option_dominated",
    "level_dead",
    "level_free",
    "level_buys_nothing",
    "level_costly",
    "posture_unmet",
    "track_saturated",
    "clock_start",
    "adversary_always",
    "adversary_never",
    "adversary_unmoved",
    "aim_never",
    "aim_always",
    "escalation_pays",
    "escalation_unheard",
    "purse_idle",
    "score_blind",
    "score_unmoved",
    "references_confounded",
    "robot_dominated",
]
"""What can be found; docs/authoring.md says of each when."""


@dataclass(frozen=True, slots=True)
class Symptom:
    """Something that shows in play and is worth a second look; none of it is a mistake."""

    kind: Kind
    """Its name for programs."""
    path: KeyPath
    """The part of the exercise that it is about."""
    number: float
    """What was measured, in the unit that the text names: per cent, points or a count."""
    text: str
    """The rest of a sentence that begins with the place."""


def per_cent(share: float) -> str:
    """A share from 0 to 1 in words; what is not quite none or all is not rounded to it."""
    if 0 < share < 0.01:
        return _("under 1 %")
    if 0.99 < share < 1:
        return _("over 99 %")
    return f"{100 * share:.0f} %"


def named(names: Sequence[str]) -> str:
    """Some names in a row: `a`, `a and b`, `a, b and c`."""
    return _(" and ").join([", ".join(names[:-1]), names[-1]]) if len(names) > 1 else names[0]


def quoted(ids: Sequence[str]) -> str:
    """Ids in a row, each quoted, so that whoever knows their names can put those in their place."""
    return named([f"'{part}'" for part in ids])


def signs(exercise: Exercise) -> Int32:
    """What turns a difference of scores so that more is better, int32[scores, 1]: 1 or -1."""
    better = [1 if score.better == "higher" else -1 for score in exercise.score]
    return np.array(better, np.int32).reshape(-1, 1)
