"""What the reference robots made of the same dice, turn by turn."""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from ttx.adjudicator.margin import reference_minutes
from ttx.adjudicator.rulings import LIVE
from ttx.adjudicator.tables import Tables, logistic
from ttx.adjudicator.worlds import Worlds
from ttx.session import robots
from ttx.session.events import Reference


class _Run:
    """A reference robot on some dice, played on only as far as it was asked for."""

    def __init__(self, tables: Tables, seed: int, name: str) -> None:
        self.batch = Worlds(tables, seed, LIVE)
        self.player = robots.robot(tables, name)
        self.turns: list[Reference] = []

    def at(self, turn: int) -> Reference:
        batch = self.batch
        while len(self.turns) < turn:
            robots.turn(batch, self.player)
            minutes = reference_minutes(
                batch.tables, batch.tracks[:, 0].tolist(), batch.levels[:, 0].tolist()
            )
            self.turns.append(Reference(tuple(int(v) for v in batch.scores()[:, 0]), minutes))
        return self.turns[turn - 1]


@lru_cache(maxsize=16)
def _run(tables: Tables, seed: int, name: str) -> _Run:
    return _Run(tables, seed, name)


def at(tables: Tables, seed: int, turn: int) -> dict[str, Reference]:
    """Scores and reference clock of each reference robot at the end of a turn (1 …)."""
    return {name: _run(tables, seed, name).at(turn) for name in tables.exercise.review.references}


def play_ahead(tables: Tables, seed: int) -> None:
    """Play the reference robots to the end, so that no reckoning has to wait for them."""
    logistic()
    at(tables, seed, tables.exercise.turns.count)


def first_crisis_in_turn_one(tables: Tables, seed: int) -> bool:
    """Whether turn 1 has a crisis inject, whatever the table does first."""
    batch = Worlds(tables, seed, LIVE)
    batch.open()
    return bool(np.all(batch.propose("crisis") >= 0))
