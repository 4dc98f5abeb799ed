"""Which track, at which turn and on which side of which value, foretells how a run will end.

A signpost is one threshold on one track at the end of one turn. It is chosen on the even worlds and
its rate is that on the odd ones, which it has not seen.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from ttx.adjudicator.arithmetic import Int32

Mask = NDArray[np.bool_]
CUTS = 33
"""Values tried of a track: its quantiles on the worlds it is chosen on."""


@dataclass(frozen=True, slots=True)
class Signpost:
    """A threshold and how often it was right on worlds that it was not chosen on."""

    turn: int
    """From 1."""
    track: int
    side: Literal["below", "above"]
    """Where the track must stand to foretell: under the value, or at it or over."""
    value: int
    """In hundredths."""
    caught: float
    """The share of the worlds so foretold among those that came."""
    spared: float
    """The share of the others that it rightly did not name."""
    chosen: float
    """Balanced accuracy on the worlds it was chosen on."""

    @property
    def rate(self) -> float:
        """Balanced accuracy: the mean of both shares; a half is what a coin has."""
        return (self.caught + self.spared) / 2


def signposts(tracks: Int32, came: Mask) -> list[Signpost]:
    """The best signpost of each turn but the last; none where either half has no such worlds.

    `tracks` int32[turns, tracks, n] in hundredths, `came` bool[n]: what is to be foretold.
    """
    seen = np.arange(len(came)) % 2 == 0
    halves = (came[seen], came[~seen])
    if any(half.all() or not half.any() for half in halves):
        return []
    return [
        _best(turn, tracks[turn - 1][:, seen], tracks[turn - 1][:, ~seen], halves)
        for turn in range(1, len(tracks))
    ]


def _best(turn: int, chosen_on: Int32, judged_on: Int32, halves: tuple[Mask, Mask]) -> Signpost:
    """The threshold with the highest balanced accuracy; the first of those that are equal."""
    came, ours = halves
    best: tuple[float, int, int, Literal["below", "above"]] = (-1.0, 0, 0, "below")
    for track, values in enumerate(chosen_on):
        cuts = np.unique(np.quantile(values, np.linspace(0, 1, CUTS), method="higher"))
        below = values < cuts[:, None]
        caught = below[:, came].mean(axis=1)
        spared = 1 - below[:, ~came].mean(axis=1)
        rates = (caught + spared) / 2
        for side, made in (("below", rates), ("above", 1 - rates)):
            at = int(made.argmax())
            if made[at] > best[0]:
                best = (float(made[at]), track, int(cuts[at]), side)  # type: ignore[assignment]  # a loop over literals gives str
    chosen, track, value, side = best
    named = judged_on[track] < value
    if side == "above":
        named = ~named
    return Signpost(
        turn,
        track,
        side,
        value,
        float(named[ours].mean()),
        float(1 - named[~ours].mean()),
        chosen,
    )
