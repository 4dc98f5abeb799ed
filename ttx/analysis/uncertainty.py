"""Three uncertainties of an answer, kept apart: luck, parameters and structure.

Luck is what other dice would have made of it, parameters what other values of the exercise's
numbers would, structure what other rules would. None is added to another.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ttx.analysis.tally import BETTER, WORSE, Tally
from ttx.session.view.words import CLEAR

Float = NDArray[np.float64]
NORMAL = 1.959963984540054
"""Standard errors on either side of a mean that make 95 %."""


@dataclass(frozen=True, slots=True)
class Luck:
    """The answer at the exercise's own numbers; means in hundredths, shares 0 to 1."""

    mean: float
    error: float
    """Half the width of the 95 % interval of the mean over worlds."""
    better: float
    """The share of worlds in which B is better by half a point or more."""
    worse: float
    worlds: int


@dataclass(frozen=True, slots=True)
class Parameters:
    """The answer over settings drawn from the ranges; means in hundredths, shares 0 to 1."""

    mean: float
    central_90: tuple[float, float]
    central_95: tuple[float, float]
    better: float
    """The share of settings in which B is better at all."""
    clearly: float
    """And by half a point or more."""
    clearly_worse: float
    settings: int


@dataclass(frozen=True, slots=True)
class Structure:
    """The answer with a rule of the exercise switched off, in hundredths."""

    least: float
    most: float
    """Over the switches, each alone and all together, and none."""
    flips: tuple[int, ...]
    """Rows of the switches that turn the sign."""


def luck(base: Tally, moment: int, score: int) -> Luck:
    """Luck of a tally of one setting."""
    return Luck(
        float(base.means[0, moment, score]),
        NORMAL * float(base.errors[0, moment, score]),
        int(base.counts[0, BETTER, moment, score]) / base.worlds,
        int(base.counts[0, WORSE, moment, score]) / base.worlds,
        base.worlds,
    )


def parameters(drawn: Tally, moment: int, score: int) -> Parameters:
    """Parameters of a tally of settings that were drawn independently of each other."""
    means: Float = drawn.means[:, moment, score]
    low95, low90, high90, high95 = (
        float(quantile) for quantile in np.quantile(means, [0.025, 0.05, 0.95, 0.975])
    )
    return Parameters(
        float(means.mean()),
        (low90, high90),
        (low95, high95),
        float((means > 0).mean()),
        float((means >= CLEAR).mean()),
        float((means <= -CLEAR).mean()),
        len(means),
    )


def structure(base: Tally, switched: Tally, moment: int, score: int) -> Structure:
    """Structure of a tally with a setting for each switch."""
    now = float(base.means[0, moment, score])
    means: Float = switched.means[:, moment, score]
    return Structure(
        min(now, *(float(mean) for mean in means)),
        max(now, *(float(mean) for mean in means)),
        tuple(int(row) for row in np.flatnonzero(means * now < 0)),
    )
