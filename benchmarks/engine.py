"""The arithmetic: one world, a batch, with and without terms, against the oracle and its peers.

On the first edition of the flagship, which is the one that all of them play.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable

import numpy as np
from oracle import play

from benchmarks.measure import Contender, Figures, Row, Section, timed
from benchmarks.run import first_edition
from ttx.adjudicator.arithmetic import Int32
from ttx.adjudicator.tables import Tables
from ttx.adjudicator.worlds import Worlds
from ttx.exercise.parameters import parameters, with_values
from ttx.session import robots

ROBOT = "phased"
SEED = 7
BATCH = 2048
SCALAR = 20
"""Games that a scalar contender plays in a round."""
SETTINGS, WORLDS = 200, 128
"""A sensitivity design: every number with a range of its author, on the same dice each time."""
ALONE = 10
"""Settings that are played one by one in a round."""

SECTION = Section(
    "engine, robot `phased`, a whole game of the first edition",
    [
        Row("one world", "", "one", "", per=10, of="turns"),
        Row("batch of 2,048 worlds", "", "batch", "", per=BATCH * 10, of="world-turns"),
        Row("batch, a game", "scalar oracle", "batch each", "oracle", True, 50, 40, per=1),
        Row("batch, a game", "Mesa, same arithmetic", "batch each", "mesa", True, 100, 50, per=1),
        Row(
            "batch, a game",
            "OpenSpiel, Python game, same arithmetic",
            "batch each",
            "open_spiel",
            True,
            100,
            40,
            per=1,
        ),
        Row("batch, a game", "one world alone, a game", "batch each", "one", True, per=1),
        Row("batch with terms kept", "without", "batch kept", "batch", hope=1.15, gate=1.3),
        Row(
            "200 settings of 128 worlds, one batch",
            "setting by setting",
            "settings",
            "settings alone",
            True,
            10,
            8,
            per=SETTINGS * WORLDS,
        ),
        Row("one world with terms kept", "without", "one kept", "one", hope=1.15, gate=1.3),
    ],
)


def game(tables: Tables, count: int, *, keep: bool = False) -> Worlds:
    """Worlds 0 to count - 1, played to the end by the robot."""
    return played(Worlds(tables, SEED, np.arange(count, dtype=np.uint64), keep=keep))


def played(worlds: Worlds) -> Worlds:
    """The same worlds, played to the end by the robot."""
    player = robots.robot(worlds.tables, ROBOT)
    for _ in range(worlds.tables.exercise.turns.count):
        robots.turn(worlds, player)
    return worlds


def design(tables: Tables) -> dict[str, Int32]:
    """Settings drawn from the ranges, int32[settings] by parameter id."""
    luck = np.random.default_rng(SEED)
    return {
        name: luck.integers(one.low, one.high, SETTINGS, np.int32, endpoint=True)
        for name, one in parameters(tables.exercise).items()
        if name.startswith(("start.", "strength."))
    }


def contenders() -> list[Contender]:
    """Ours, and the peers that are installed; a peer that plays another game is none."""
    tables = Tables(first_edition())

    def batch() -> Figures:
        seconds = timed(lambda: game(tables, BATCH), 2)
        return {"batch": seconds, "batch each": seconds / BATCH}

    settings = design(tables)
    worlds = np.arange(WORLDS, dtype=np.uint64)

    def alone() -> None:
        for at in range(ALONE):
            values = {name: int(row[at]) for name, row in settings.items()}
            played(Worlds(Tables(with_values(tables.exercise, values)), SEED, worlds))

    def together() -> None:
        rows = {name: np.repeat(row, WORLDS) for name, row in settings.items()}
        played(Worlds(tables, SEED, np.tile(worlds, SETTINGS), settings=rows))

    found: list[Contender] = [
        lambda: {"settings": timed(together)},
        lambda: {"settings alone": timed(alone) * SETTINGS / ALONE},
        lambda: {"one": timed(lambda: game(tables, 1), 3)},
        lambda: {"one kept": timed(lambda: game(tables, 1, keep=True), 3)},
        batch,
        lambda: {"batch kept": timed(lambda: game(tables, BATCH, keep=True), 2)},
        lambda: {"oracle": timed(_oracle) / SCALAR},
    ]
    ends = game(tables, SCALAR).tracks.T.tolist()
    for name in ("mesa", "open_spiel"):
        try:
            peer = importlib.import_module(f"benchmarks.peer_{name}")
        except ImportError:
            continue
        assert [peer.game(ROBOT, SEED, world) for world in range(SCALAR)] == ends, name
        found.append(_peer(name, peer.game))
    return found


def _oracle() -> None:
    for world in range(SCALAR):
        play(ROBOT, SEED, world)


def _peer(name: str, one: Callable[[str, int, int], list[int]]) -> Contender:
    def games() -> None:
        for world in range(SCALAR):
            one(ROBOT, SEED, world)

    return lambda: {name: timed(games) / SCALAR}
