"""Climbs from the first doctrine to the best levers for several objectives: not always one pace.

One lever is changed at a time, the best of all changes each time, on the same dice, until none
gains more than a fiftieth of a point.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from ttx.analysis import policies
from ttx.analysis.policies import Policy
from ttx.analysis.rehearsal.plays import answering, blocks, holding, lasting

from .rows import Row
from .runs import Floats, Ground

WORLDS = 240
STEPS = 12
WAY, END = 0, 1
OBJECTIVES: dict[str, tuple[int, tuple[str, ...]]] = {
    "China on the way": (WAY, ("china",)),
    "China at the end": (END, ("china",)),
    "the three deterrences on the way": (WAY, ("china", "dprk", "russia")),
    "the three deterrences at the end": (END, ("china", "dprk", "russia")),
    "deterrence, cohesion and capability": (
        END,
        ("china", "dprk", "russia", "cohesion", "operational"),
    ),
    "all seven scores": (
        END,
        ("china", "dprk", "russia", "cohesion", "operational", "escalation", "cost"),
    ),
}


def climbs(ground: Ground) -> Iterator[Row]:
    """At how many paces the climbs for six objectives end, and at how many staffs."""
    found = {name: _climb(ground, *objective) for name, objective in OBJECTIVES.items()}
    for lever in ("pace", "standing_staff"):
        ends = {name: levels[lever] for name, levels in found.items()}
        yield Row(
            f"climb.{lever}",
            f"levels of {lever} at which climbs over all levers for six objectives end",
            len(set(ends.values())),
            at_least=2,
            note="; ".join(f"{name}: {level}" for name, level in ends.items()),
        )


def _climb(ground: Ground, moment: int, names: tuple[str, ...]) -> dict[str, str]:
    """The level of each lever that most worlds stand at where no change gains any more."""
    exercise, tables = ground.exercise, ground.tables
    rows = [ground.scores.index(name) for name in names]
    worlds = ground.every[ground.some(WORLDS)]
    cases = [(r, n) for r, one in enumerate(exercise.lever) for n in range(len(one.levels))]
    lever, level = (
        np.repeat(np.array(one, np.int32), len(worlds)) for one in zip(*cases, strict=True)
    )
    world = np.tile(worlds, len(cases))
    player = ground.robot(ground.doctrines[0])
    best, stands = -np.inf, np.zeros(len(exercise.lever), int)
    for _ in range(STEPS):
        came_to: list[Floats] = []
        stood = []
        for part in blocks(len(world)):
            moves = holding(tables, player, lever[part], level[part])
            played = lasting(tables, ground.seeds[0], world[part], moves, answering(player))
            came_to.append((played.horizons() * ground.turned / 100)[moment][rows].sum(axis=0))
            stood.append(played.levels[-1])
        worth = np.concatenate(came_to).reshape(len(cases), -1).mean(axis=1)
        at = int(worth.argmax())
        if worth[at] < best + 0.02:
            break
        best = float(worth[at])
        mine = slice(at * len(worlds), (at + 1) * len(worlds))
        stands = np.median(np.concatenate(stood, axis=-1)[:, mine], axis=-1).astype(int)
        changed = exercise.lever[cases[at][0]]
        words = f"{changed.id}={changed.levels[cases[at][1]].id}"
        plan = Policy("climb", tuple((one.id, player) for one in exercise.cell))
        player = policies.differing(exercise, plan, [words]).robots[0][1]
    return {one.id: one.levels[stands[row]].id for row, one in enumerate(exercise.lever)}
