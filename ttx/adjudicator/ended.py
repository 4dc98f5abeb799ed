"""Worlds that have ended stand still while the others of their batch go on."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, NamedTuple, ParamSpec, Protocol, TypeVar

import numpy as np

from ttx.adjudicator.arithmetic import Int32
from ttx.adjudicator.conditions import Mask


class Kept(NamedTuple):
    """One term of the ledger: why, which track row (all where None), how much (hundredths)."""

    cause: str
    row: int | None
    by: Int32


class Batch(Protocol):
    """What is taken along of a batch of n worlds besides the arrays that are named below."""

    ended: Mask
    tracks: Int32
    pending: dict[int, Int32]
    """By turn, what lands when it opens, int32[tracks, n]."""
    ledger: list[Kept] | None


B = TypeVar("B", bound=Batch)
P = ParamSpec("P")
R = TypeVar("R")

_STATE = (
    *("tracks", "levels", "promised", "budgets", "spent"),
    *("fired", "last", "provocation", "posture", "purse"),
)
_PAST = ("shots", "past_levels", "past_responses")


def still(
    step: Callable[Concatenate[B, P], R],
) -> Callable[Concatenate[B, P], R]:
    """A step of a batch that leaves worlds that have ended as they are, terms and dues included.

    They are taken along and put back: that costs nothing while none has ended, and no rule has to
    know of it. What the step returns of such a world means nothing.
    """

    @wraps(step)
    def kept(worlds: B, /, *args: P.args, **kwargs: P.kwargs) -> R:
        over = worlds.ended.copy()
        if not np.count_nonzero(over):
            return step(worlds, *args, **kwargs)
        state = {name: getattr(worlds, name)[..., over] for name in _STATE}
        due = {turn: rows[:, over] for turn, rows in worlds.pending.items()}
        past = {name: len(getattr(worlds, name)) for name in _PAST}
        terms = len(worlds.ledger or ())
        outcome = step(worlds, *args, **kwargs)
        for name, rows in state.items():
            getattr(worlds, name)[..., over] = rows
        for turn, rows in due.items():
            if rows.any():
                worlds.pending.setdefault(turn, np.zeros_like(worlds.tracks))[:, over] = rows
        for name in _PAST:
            moments = getattr(worlds, name)
            for moment in moments[past[name] :]:
                moment[:, over] = moments[past[name] - 1][:, over]
        if worlds.ledger is not None:
            worlds.ledger[terms:] = [
                term._replace(by=np.where(over, 0, term.by)) for term in worlds.ledger[terms:]
            ]
        return outcome

    return kept
