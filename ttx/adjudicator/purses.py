"""What adversaries are after and what they can afford: aims from the dice, and chips that run out.

docs/model.md, section 7.9. An answer that a purse cannot pay becomes the next lower one that it
can; restraint is free.
"""

from __future__ import annotations

import numpy as np

from ttx.adjudicator import dice
from ttx.adjudicator.arithmetic import RESPONSES, Int32
from ttx.adjudicator.cells import column
from ttx.adjudicator.tables import Tables
from ttx.exercise.model.adversaries import Purse


def drawn(tables: Tables, luck: dice.Dice) -> Int32:
    """The row of each adversary's aim in every world, int32[adversaries, n]; -1 without aims.

    It hangs on seed and world alone, so it is no state: any step can ask for it again.
    """
    n = len(luck.keys)
    aims = [len(part.aim) for part in tables.exercise.adversary]
    rows = [
        luck.below(0, dice.AIM + row, count) if count else np.full(n, -1)
        for row, count in enumerate(aims)
    ]
    return np.array(rows, np.int32).reshape(len(aims), n)


def starts(tables: Tables) -> Int32:
    """Chips before turn 1, int32[adversaries, 1]; 0 without a purse."""
    purses = [part.purse for part in tables.exercise.adversary]
    return column([0 if purse is None else purse.start for purse in purses])


def fill(tables: Tables, purse: Int32) -> None:
    """Pay each adversary its income where the chips stand, int32[adversaries, n]."""
    for row, part in enumerate(tables.exercise.adversary):
        if part.purse is not None:
            purse[row] = np.minimum(purse[row] + part.purse.income, part.purse.cap)


def affordable(purse: Purse | None, chips: Int32, response: Int32) -> Int32:
    """What an adversary with so many chips answers in fact, int32[n], of what it wants.

    Responses are 0 restraint, 1 probe, 2 escalate.
    """
    if purse is None:
        return response
    afforded = response.copy()
    for at in (2, 1):
        dear = (afforded == at) & (chips < purse.price.get(RESPONSES[at], 0))
        afforded[dear] = at - 1
    return afforded


def pay(purse: Purse | None, chips: Int32, response: Int32) -> None:
    """Take the price of an answer from the chips where they stand, both int32[n]."""
    if purse is not None:
        for at, name in enumerate(RESPONSES[1:], 1):
            chips -= purse.price.get(name, 0) * (response == at)
