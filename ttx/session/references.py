"""What the reference robots made of the same dice, turn by turn."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from ttx.adjudicator.arithmetic import Int32, logistic
from ttx.adjudicator.margin import reference_minutes
from ttx.adjudicator.opening import open_turn
from ttx.adjudicator.proposing import propose
from ttx.adjudicator.rulings import LIVE
from ttx.adjudicator.tables import Tables
from ttx.adjudicator.worlds import Worlds
from ttx.session import robots
from ttx.session.events import Reference


@dataclass(frozen=True, slots=True)
class Played:
    """What a reference robot did, up to the end of a turn."""

    scores: tuple[tuple[int, ...], ...]
    """By turn, in hundredths."""
    responses: tuple[tuple[int, ...], ...]
    """By turn, how each adversary answered: 0 restraint, 1 probe, 2 escalate."""
    levels: tuple[tuple[int, ...], ...]
    """By turn, the level of each lever."""


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

    def up_to(self, turn: int) -> Played:
        if turn:
            self.at(turn)
        batch = self.batch

        def by_turn(rows: Sequence[Int32]) -> tuple[tuple[int, ...], ...]:
            return tuple(tuple(row[:, 0].tolist()) for row in rows[:turn])

        return Played(
            tuple(reference.scores for reference in self.turns[:turn]),
            by_turn(batch.past_responses),
            by_turn(batch.past_levels[1:]),
        )


@lru_cache(maxsize=16)
def _run(tables: Tables, seed: int, name: str) -> _Run:
    return _Run(tables, seed, name)


def at(tables: Tables, seed: int, turn: int) -> dict[str, Reference]:
    """Scores and reference clock of each reference robot at the end of a turn (1 …)."""
    return {name: _run(tables, seed, name).at(turn) for name in tables.exercise.review.references}


def played(tables: Tables, seed: int, turn: int) -> dict[str, Played]:
    """What each reference robot did up to the end of a turn; 0 is before the first.

    Worked out anew, since a record holds of a reference its scores and its clock alone.
    """
    names = tables.exercise.review.references
    return {name: _run(tables, seed, name).up_to(turn) for name in names}


def play_ahead(tables: Tables, seed: int) -> None:
    """Play the reference robots to the end, so that no reckoning has to wait for them."""
    logistic()
    at(tables, seed, tables.exercise.turns.count)


def first_crisis_in_turn_one(tables: Tables, seed: int) -> bool:
    """Whether turn 1 has a crisis inject, whatever the table does first."""
    batch = Worlds(tables, seed, LIVE)
    open_turn(batch)
    return bool(np.all(propose(batch, "crisis") >= 0))
