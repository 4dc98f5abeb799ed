"""Why a number moved: terms that add up exactly, for one world, worked out when asked."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from ttx.adjudicator import scores
from ttx.adjudicator.arithmetic import FULL, logistic
from ttx.adjudicator.tables import Tables
from ttx.exercise.model.adversaries import Logit


class ScoreTerm(NamedTuple):
    """What one input did to a value: its own change and the change booked to it (hundredths)."""

    input: str
    before: int
    after: int
    by: int


class Step(NamedTuple):
    """One term of z, in steps of 1/64 logit, and what its source stood at (hundredths)."""

    of: str
    at: int
    weight: int
    steps: int


def split(
    tables: Tables, name: str, before: dict[str, int], after: dict[str, int]
) -> list[ScoreTerm]:
    """The change of a derived value, booked to its inputs one at a time, in the order of booking.

    The parts telescope, so they add up exactly, rounding included. The order is a convention.
    """
    inputs = tables.inputs_of(name)
    steps = np.arange(len(inputs) + 1)
    table = {
        leaf: np.where(steps > at, after[leaf], before[leaf]).astype(np.int32)
        for at, leaf in enumerate(inputs)
    }
    values = scores.value(tables, table, name)
    return [
        ScoreTerm(leaf, before[leaf], after[leaf], int(values[at + 1] - values[at]))
        for at, leaf in enumerate(inputs)
    ]


def value_of(tables: Tables, inputs: dict[str, int], name: str) -> int:
    """A track or derived value from its inputs, in hundredths."""
    table = {leaf: np.array([v], np.int32) for leaf, v in inputs.items()}
    return int(scores.value(tables, table, name)[0])


def steps_of(
    tables: Tables,
    inputs: dict[str, int],
    logit: Logit,
    *,
    aim: int = 0,
    push: int = 0,
    per_point: int = 0,
) -> list[Step]:
    """The terms of z: bias, aim, the turn's answers, then each source; they add up to z.

    `aim` is in steps; `push` is what the answers come to, in quarters of a point, and each point
    is `per_point` steps.
    """
    rows = [Step("bias", 0, 0, logit.bias)]
    if aim:
        rows.append(Step("aim", 0, 0, aim))
    if push:
        rows.append(Step("answers", push, per_point, (per_point * push) >> 2))
    for term in logit.terms:
        at = value_of(tables, inputs, term.of)
        rows.append(Step(term.of, at, term.weight, term.weight * at // FULL))
    return rows


def steps_to_turn(z: int, draw: int) -> int | None:
    """How many steps would have turned an adversary's decision; None where none could.

    Positive: it held back and would have acted that many steps higher. Negative: the other way.
    """
    odds = logistic()
    crossing = int(np.searchsorted(odds, draw, side="right")) - 512
    if draw < odds[min(max(z, -512), 511) + 512]:
        turned = crossing - 1
        return turned - z if turned >= -512 else None
    return crossing - z if crossing <= 511 else None


def change_to_turn(steps: int, weight: int) -> int:
    """The change of a source that covers that many steps, in hundredths, rounded up."""
    return -(-abs(steps) * FULL // abs(weight))
