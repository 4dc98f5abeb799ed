"""The ground that play stands on: postures never met, tracks at an end, clock tracks set amiss."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import numpy as np

from ttx.adjudicator.arithmetic import FULL
from ttx.adjudicator.tables import Tables
from ttx.adjudicator.worlds import Worlds
from ttx.analysis.rehearsal.plays import Played
from ttx.analysis.rehearsal.symptom import CLEAR, Symptom, per_cent
from ttx.exercise.problems import in_points
from ttx.i18n import _

LONG = 0.5
"""The share of a run's turns at 0 or 100 that is long."""
MANY = 0.2
"""The share of runs that is many."""


def ground_symptoms(tables: Tables, plays: Mapping[str, Played]) -> Iterator[Symptom]:
    """What shows of postures and tracks, over the runs of all robots."""
    yield from _postures(tables, plays)
    yield from _ends(tables, plays)
    yield from _clocks(tables)


def _postures(tables: Tables, plays: Mapping[str, Played]) -> Iterator[Symptom]:
    met = np.concatenate([np.unique(played.posture) for played in plays.values()])
    for row in range(len(tables.exercise.posture)):
        if row not in met:
            text = _("is never met: in no turn of any robot does it hold")
            yield Symptom("posture_unmet", ("posture", row), 0, text)


def _ends(tables: Tables, plays: Mapping[str, Played]) -> Iterator[Symptom]:
    for row in range(len(tables.exercise.track)):
        values = np.concatenate([played.tracks[:, row] for played in plays.values()], axis=-1)
        for end in (0, FULL):
            many = float(((values == end).mean(axis=0) >= LONG).mean())
            if many >= MANY:
                text = _(
                    "stands at {in_points} for half of the turns or more in "
                    "{per_cent} of runs: what would move it further is lost",
                    in_points=in_points(end),
                    per_cent=per_cent(many),
                )
                yield Symptom("track_saturated", ("track", row), 100 * many, text)


def _clocks(tables: Tables) -> Iterator[Symptom]:
    computed = Worlds(tables, 0, np.zeros(1, np.uint64)).tracks
    for row, _index in tables.clock.indices:
        declared, computed_start = int(tables.start[row, 0]), int(computed[row, 0])
        if abs(computed_start - declared) >= CLEAR:
            text = _(
                "start is {start}, but the clock puts the track at {clock} before turn 1",
                start=in_points(declared),
                clock=in_points(computed_start),
            )
            yield Symptom("clock_start", ("track", row, "start"), computed_start / 100, text)
