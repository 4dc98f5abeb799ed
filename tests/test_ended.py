"""In a batch, a world that has ended stands still, as it does where it is played alone."""

from __future__ import annotations

import numpy as np
import pytest

from ttx.adjudicator.tables import Tables
from ttx.adjudicator.worlds import Worlds
from ttx.exercise.model.conditions import Threshold
from ttx.exercise.model.exercise import Exercise
from ttx.exercise.parts import with_parts
from ttx.session import references, robots

STATE = (
    *("tracks", "levels", "promised", "budgets", "spent", "fired", "provocation", "posture"),
    "ended",
)
SEED, COUNT, TURNS = 5, 12, 6


@pytest.fixture(scope="module")
def tables(accelerate: Exercise) -> Tables:
    """The flagship, over as soon as the theatre is a little hotter than it began."""
    ends = Threshold(of="temperature", at_least=30)
    turns = accelerate.turns.model_copy(update={"ends_when": ends})
    return Tables(with_parts(accelerate, turns=turns))


def alone(tables: Tables, world: int, player: str) -> Worlds:
    """One world, played as at a table: until it ends."""
    one = Worlds(tables, SEED, np.array([world], np.uint64), keep=True)
    while not one.ended[0] and one.turn < TURNS:
        robots.turn(one, robots.robot(tables, player))
    return one


@pytest.mark.slow
@pytest.mark.parametrize("player", ["random", "accelerated", "cautious"])
def test_a_world_that_has_ended_stands_still(tables: Tables, player: str) -> None:
    batch = Worlds(tables, SEED, np.arange(COUNT, dtype=np.uint64), keep=True)
    start = batch.tracks.copy()
    for _ in range(TURNS):
        robots.turn(batch, robots.robot(tables, player))
    total = np.zeros_like(start)
    for term in batch.ledger or ():
        total[slice(None) if term.row is None else term.row] += term.by
    np.testing.assert_array_equal(start + total, batch.tracks)
    lengths = set()
    for world in range(COUNT):
        one = alone(tables, world, player)
        lengths.add(one.turn)
        for name in STATE:
            np.testing.assert_array_equal(
                getattr(batch, name)[..., world], getattr(one, name)[..., 0], f"{name} of {world}"
            )
        np.testing.assert_array_equal(batch.scores()[:, world], one.scores()[:, 0])
        for mine, theirs in ((batch.shots, one.shots), (batch.past_levels, one.past_levels)):
            for turn, moment in enumerate(mine):
                then = theirs[min(turn, one.turn)]
                np.testing.assert_array_equal(moment[:, world], then[:, 0], f"turn {turn}")
        for turn, due in one.pending.items():
            waits = batch.pending.get(turn, np.zeros_like(batch.tracks))
            np.testing.assert_array_equal(waits[:, world], due[:, 0])
    assert len(lengths) > 2, "worlds end at several turns, or not at all"


def test_a_reference_stays_where_it_ended(tables: Tables) -> None:
    name = tables.exercise.review.references[0]
    ended = next(w for w in range(30) if alone_at(tables, w, name).ended[0])
    found = [references.at(tables, ended, turn)[name] for turn in range(1, TURNS + 1)]
    last = alone_at(tables, ended, name).turn
    assert last < TURNS
    assert len(set(found[last - 1 :])) == 1
    assert len(set(found[:last])) == last


def alone_at(tables: Tables, seed: int, player: str) -> Worlds:
    one = Worlds(tables, seed, np.zeros(1, np.uint64))
    while not one.ended[0] and one.turn < TURNS:
        robots.turn(one, robots.robot(tables, player))
    return one
