from __future__ import annotations

import numpy as np
import pytest
from kit.golden import GOLDEN, LEVEL_MINUTES

from ttx.adjudicator import clock
from ttx.adjudicator.answering import Answered
from ttx.adjudicator.arithmetic import log2_table, logistic
from ttx.adjudicator.dice import Dice
from ttx.adjudicator.tables import Tables
from ttx.adjudicator.worlds import Worlds
from ttx.exercise.model.exercise import Exercise
from ttx.session import robots

PROFILES = {
    "air_sea": (20, 90, 180, 180, 240, 330, 180, 120, 16),
    "flash": (2, 8, 14, 14, 14, 14, 8, 10, 0),
    "drill": (60, 180, 300, 480, 420, 480, 240, 180, 16),
    "law": (15, 60, 120, 1080, 300, 240, 120, 120, 8),
    "cyber": (240, 360, 480, 180, 180, 600, 300, 120, 16),
    "disaster": (20, 120, 180, 150, 120, 600, 300, 180, 12),
    "message": (120, 120, 180, 60, 210, 150, 60, 240, 8),
}
"""Minutes of detect, share, assess, legal, signal, coa, orders, message; the share of the wait."""


@pytest.fixture(scope="module")
def tables(accelerate_1: Exercise) -> Tables:
    return Tables(accelerate_1)


def one(tables: Tables, world: int) -> Worlds:
    return Worlds(tables, 1, np.array([world], np.uint64))


# Dice and tables of the rule model, section 0


def test_the_dice_roll_what_the_model_says() -> None:
    dice = Dice(1, np.array([0, 1], np.uint64))

    assert [0xDCE423FC82C0D5B8, 0x5E41AB087439611E] == dice.keys.tolist()
    assert 0x5901514A144476D6 == dice.draw(1, 0)[0]
    assert 0x4EE4F3FF18FEC221 == dice.draw(1, 41)[0]
    assert 0x3848E3578BC68009 == dice.draw(10, 29)[0]


def test_the_dice_are_read_as_the_slot_map_says() -> None:
    dice = Dice(1, np.array([0], np.uint64))

    assert [0x5901514A] == dice.high(1, 0).tolist()
    assert [0x5901514A * 24 >> 32] == dice.below(1, 0, 24).tolist()
    assert [[0xD6], [0x76], [0x44], [0x14]] == dice.bytes_of(1, 0, 4).tolist()
    assert [[0x4E + 0xE4 - 255]] == dice.triangular(1, 41, 1).tolist()


def test_the_logistic_table_is_that_of_the_model() -> None:
    table = logistic()

    assert 1024 == len(table)
    assert [1440317, 1155094609, 2147483648, 3139872686, 4293504304] == table[
        [0, 448, 512, 576, 1023]
    ].tolist()
    assert 2196877211710 == table.sum()


def test_the_log_table_is_that_of_the_model() -> None:
    table = log2_table()

    assert 10001 == len(table)
    assert [-1048576, 65536, 805288, 870824] == table[[0, 2, 5000, 10000]].tolist()
    assert 7763272941 == table[1:].sum()


# The crisis clock, section 5


def test_the_base_minutes_are_those_of_the_model(tables: Tables) -> None:
    order = ["detect", "share", "assess", "legal", "signal", "coa", "orders", "message", "wait"]
    columns = [tables.clock.stages.index(name) for name in order]

    assert PROFILES == {
        name: tuple(tables.clock.minutes[row, columns].tolist())
        for name, row in tables.clock.profiles.items()
    }


def test_each_level_buys_the_minutes_of_the_model(tables: Tables) -> None:
    rows = [param.values for param in LEVEL_MINUTES]
    tracks = np.repeat(tables.start, len(rows), axis=1)
    points = np.array([row[:3] for row in rows], np.int32)
    for column, name in enumerate(("fwd_staff", "usfj_authority", "jfhq_maturity")):
        tracks[tables.track[name]] = points[:, column] * 100
    levels = np.repeat(tables.level_start, len(rows), axis=1)
    profile = np.full(len(rows), tables.clock.profiles["air_sea"], np.int32)

    found = clock.read(tables, tracks, levels, profile, np.zeros_like(profile))

    stages = ("share", "assess", "wait", "coa", "orders", "message", "signal")
    minutes = found.minutes[[tables.clock.stages.index(name) for name in stages]]
    assert [row[3] for row in rows] == [tuple(column) for column in minutes.T.tolist()]
    assert [row[4] for row in rows] == found.total.tolist()


# Games, section 12a


def test_the_start_is_that_of_december_2024(tables: Tables) -> None:
    worlds = one(tables, 0)

    scores = dict(zip([s.id for s in tables.exercise.score], worlds.scores()[:, 0], strict=True))
    assert {
        "china": 3461,
        "dprk": 3651,
        "russia": 3965,
        "cohesion": 5096,
        "operational": 3403,
        "escalation": 4489,
        "cost": 6080,
    } == scores
    derived = dict(zip(tables.sources, worlds.shots[0][len(tables.track) :, 0], strict=True))
    assert {"announced": 2800, "expectation_gap": 2034, "strike_effect": 1125} == derived
    assert 6200 == worlds.tracks[tables.track["latency"], 0]
    assert [0, 4, 4] == worlds.budgets[:, 0].tolist()
    assert 0 == worlds.spent[0]


@pytest.mark.parametrize(("robot", "world", "values", "injects"), GOLDEN)
def test_a_golden_row_comes_out_exactly(
    tables: Tables, robot: str, world: int, values: str, injects: str
) -> None:
    worlds, player = one(tables, world), robots.robot(tables, robot)

    for _ in range(tables.exercise.turns.count):
        robots.turn(worlds, player)

    temperature = worlds.tracks[tables.track["temperature"]]
    assert [int(value) for value in values.split()] == np.concatenate(
        [worlds.scores()[:, 0], temperature, worlds.spent]
    ).tolist()
    fired = [tables.injects[row].number for row in np.flatnonzero(worlds.fired[:, 0])]
    assert [int(number) for number in injects.split()] == fired


def test_phased_in_world_0_goes_turn_by_turn_as_printed(tables: Tables) -> None:
    worlds, player = one(tables, 0), robots.robot(tables, "phased")
    china, crises = [], []

    for turn in range(1, 11):
        crisis: Answered = robots.turn(worlds, player)[1]
        china.append(int(worlds.scores()[0, 0]))
        if crisis.inject[0] >= 0:
            number = tables.injects[crisis.inject[0]].number
            crises.append((turn, number, int(crisis.reading.total[0])))

    assert [3497, 3509, 3625, 3687, 3558, 3670, 3737, 3817, 3904, 4022] == china
    assert [(1, 3, 1179), (3, 1, 1202), (5, 2, 1190), (7, 10, 59), (10, 11, 1008)] == crises
