"""P7 and P9: what an evening brings, and whether any way of playing is the favourite."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from .rows import Row
from .runs import Ground

CLEAR = 0.5
DATED = {29: 2, 39: 3}
"""Numbers of injects that come in a turn of their own."""


def evening(ground: Ground) -> Iterator[Row]:
    """P7; of a run that has ended no turn counts as quiet."""
    runs = {name: ground.run(name) for name in ground.doctrines}
    came = {name: (run.inject >= 0).sum(axis=(0, 1)).mean() for name, run in runs.items()}
    yield Row(
        "P7.injects",
        "injects a game, of 20 slots, in the mean of the doctrines",
        float(np.mean([*came.values()])),
        at_least=13,
        note=", ".join(f"{ground.told(name)} {count:.1f}" for name, count in came.items()),
    )
    quiet = [(run.inject < 0).all(axis=1) & (run.response[:, 0] >= 0) for run in runs.values()]
    yield Row(
        "P7.empty",
        "turns without news in a game, at the most of the doctrines",
        max(float(one.sum(axis=0).mean()) for one in quiet),
        at_most=0.4,
    )
    yield Row(
        "P7.running",
        "games with two turns running without news, at the most of the doctrines",
        100 * max(float((one[1:] & one[:-1]).any(axis=0).mean()) for one in quiet),
        at_most=0,
        unit=" %",
    )
    row_of = {one.number: at for at, one in enumerate(ground.tables.injects)}
    for number, turn in DATED.items():
        shares = [
            (run.inject[turn - 1] == row_of[number]).any(axis=0)[run.response[turn - 1, 0] >= 0]
            for run in runs.values()
        ]
        yield Row(
            f"P7.dated.{number}",
            f"games in which inject {number} comes in T{turn}, as it is dated",
            100 * min(float(share.mean()) for share in shares),
            at_least=100,
            unit=" %",
        )


def favourites(ground: Ground) -> Iterator[Row]:
    """P9."""
    ends = np.stack(
        [ground.run(name).scores[-1, ground.scores.index("china")] for name in ground.doctrines]
    )
    ordered = np.sort(ends, axis=0)
    clear = ordered[-1] - ordered[-2] >= CLEAR - 1e-9
    best = ends.argmax(axis=0)
    for at, name in enumerate(ground.doctrines):
        yield Row(
            f"P9.{name}",
            f"worlds in which {ground.told(name)} is best on China by half a point",
            100 * float((clear & (best == at)).mean()),
            at_least=3,
            at_most=60,
            unit=" %",
        )
