"""The recorded runs on Home: each shows what its name says, and opens as it was written."""

from __future__ import annotations

from itertools import chain

import numpy as np
import pytest
from find_examples import (
    APART,
    CHINA,
    CLEAR,
    FOLDER,
    LITTLE,
    ROOT,
    WINS,
    blocks,
    ends,
    found,
    lead,
    spread,
)

from ttx.adjudicator.arithmetic import Int32
from ttx.adjudicator.rulings import LIVE
from ttx.adjudicator.tables import Tables
from ttx.adjudicator.worlds import Worlds
from ttx.exercise.digest import digest
from ttx.exercise.load import from_data, load
from ttx.session import phases, robots
from ttx.session.audit import differences
from ttx.session.opening import look_at
from ttx.session.record import Record, read


def record(name: str) -> Record:
    """An example as it stands on the disk."""
    return read(FOLDER / f"{name}.ttx.toml")


def shows(of: Record) -> dict[str, Int32]:
    """The deterrence scores at the end, for each robot on the dice of an example."""
    tables, seed = look_at(of).game.run.tables, of.header.seed
    return {name: ends(tables, range(seed, seed + 1), name) for name in WINS.values()}


@pytest.mark.slow
@pytest.mark.parametrize("name", [*WINS, LITTLE])
def test_an_example_opens_and_every_ruling_holds(name: str) -> None:
    one = record(name)
    game = look_at(one).game

    assert ("", False) == (one.remark, one.read_only)
    assert phases.CLOSED == game.phase
    assert [] == differences(game.run, one.entries)
    assert from_data(one.exercise).id == one.header.id


@pytest.mark.slow
def test_they_are_runs_of_the_flagship_as_it_stands() -> None:
    now = digest(load(ROOT / "exercises" / "accelerate"))
    assert {now} == {record(name).header.digest for name in [*WINS, LITTLE]}


@pytest.mark.slow
@pytest.mark.parametrize(("name", "robot"), WINS.items(), ids=list(WINS))
def test_the_policy_of_its_name_deters_china_best_at_the_end(name: str, robot: str) -> None:
    assert lead(shows(record(name)), robot)[0] >= CLEAR
    assert {robot} == {
        player for player in record(name).header.players.values() if player in WINS.values()
    }


def test_in_one_of_them_no_policy_moves_a_deterrence_score_by_more_than_a_point() -> None:
    assert spread(shows(record(LITTLE)))[0] <= APART


@pytest.mark.slow
def test_the_search_plays_the_dice_of_each_seed() -> None:
    tables = Tables(load(ROOT / "exercises" / "accelerate"))
    many = ends(tables, range(7, 10), "hawaii")
    for at, seed in enumerate(range(7, 10)):
        worlds = Worlds(tables, seed, LIVE)
        for _ in range(tables.exercise.turns.count):
            robots.turn(worlds, robots.robot(tables, "hawaii"))
        assert worlds.scores()[:3, 0].tolist() == many[:, at].tolist()


@pytest.mark.slow
def test_the_search_takes_the_first_seed_with_a_clear_lead_and_the_smallest_spread() -> None:
    exercise = load(ROOT / "exercises" / "accelerate")
    ((_, scores),) = blocks(Tables(exercise), 300)
    best = found(exercise, 300)
    for example, name in WINS.items():
        china = np.array([scores[other][CHINA] for other in WINS.values()])
        mine = list(WINS.values()).index(name)
        clear = [
            seed
            for seed, row in enumerate(china.T.tolist(), start=1)
            if row[mine] - max(chain(row[:mine], row[mine + 1 :])) >= CLEAR
        ]
        assert clear[:1] == ([best[example][0]] if example in best else [])
    every = np.array(list(scores.values()))
    assert np.ptp(every, axis=0).max(axis=0).min() == best[LITTLE][1]
