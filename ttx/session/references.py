"""What the reference robots made of the same dice, turn by turn."""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from ttx.adjudicator.margin import reference_minutes
from ttx.adjudicator.rulings import LIVE
from ttx.adjudicator.tables import Tables
from ttx.adjudicator.worlds import Worlds
from ttx.session import robots
from ttx.session.events import Reference


@lru_cache(maxsize=16)
def _runs(tables: Tables, seed: int, name: str) -> tuple[Reference, ...]:
    batch = Worlds(tables, seed, LIVE)
    player = robots.robot(tables, name)
    found = []
    for _ in range(tables.exercise.turns.count):
        if not batch.ended[0]:
            robots.turn(batch, player)
        position_minutes = reference_minutes(
            tables, batch.tracks[:, 0].tolist(), batch.levels[:, 0].tolist()
        )
        found.append(Reference(tuple(int(v) for v in batch.scores()[:, 0]), position_minutes))
    return tuple(found)


def at(tables: Tables, seed: int, turn: int) -> dict[str, Reference]:
    """Scores and reference clock of each reference robot at the end of a turn (1 …)."""
    return {name: _runs(tables, seed, name)[turn - 1] for name in tables.exercise.review.references}


def first_crisis_in_turn_one(tables: Tables, seed: int) -> bool:
    """Whether turn 1 has a crisis inject, whatever the table does first."""
    batch = Worlds(tables, seed, LIVE)
    batch.open()
    return bool(np.all(batch.propose("crisis") >= 0))
