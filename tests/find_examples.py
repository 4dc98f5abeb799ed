"""Finds the dice of the recorded runs on Home, and records them: `python -m tests.find_examples`.

Each shows one plan clearly ahead of the others on the deterrence of China, and one that little of
it matters. Seeds are tried from 1 on, thousands in one batch: a seed's run is a world of seed 0,
since what both roll hangs on one key. To be run again whenever the flagship was changed, for a
record keeps its exercise. `--look` records nothing, `--only NAME` records one of them.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

import numpy as np

from ttx.adjudicator import dice
from ttx.adjudicator.arithmetic import Int32
from ttx.adjudicator.tables import Tables
from ttx.adjudicator.worlds import Worlds
from ttx.exercise.load import load
from ttx.exercise.model.exercise import Exercise
from ttx.session import robots
from ttx.session.opening import begin
from ttx.session.seating import Seating

ROOT = Path(__file__).parents[1]
FOLDER = ROOT / "saves" / "examples"
WINS = {
    "accelerating-wins": "accelerated",
    "phasing-wins": "phased",
    "standing-staff-wins": "staff_first",
    "hawaii-wins": "hawaii",
}
"""The robot that is clearly ahead on the dice of an example, and plays it."""
LITTLE = "little-of-it-matters"
PLAYS_LITTLE = "phased"
CHINA = 0
"""The row of the score that is asked."""
DETERRENCE = 3
"""The first rows of the scores: how far each adversary is deterred."""
CLEAR = 50
"""Hundredths of a point by which a plan has to be ahead of each other one."""
APART = 100
"""Hundredths between the plans, on any deterrence score, where little of it matters."""
BLOCK = 4096
INVERSE = pow(dice.GOLD, -1, 1 << 64)


def worlds_of(seeds: range) -> dice.Words:
    """The worlds of seed 0 that roll what world 0 of each of these seeds rolls, uint64[n]."""
    base = dice.mix(dice.GOLD)
    keys = [(dice.mix(seed + dice.GOLD) - base) * INVERSE & dice.MASK for seed in seeds]
    return np.array(keys, np.uint64)


def ends(tables: Tables, seeds: range, name: str) -> Int32:
    """The deterrence scores at the end of a robot's run on the dice of each seed, int32[3, n]."""
    worlds = Worlds(tables, 0, worlds_of(seeds))
    for _ in range(tables.exercise.turns.count):
        robots.turn(worlds, robots.robot(tables, name))
    return worlds.scores()[:DETERRENCE]


def lead(scores: Mapping[str, Int32], name: str) -> Int32:
    """How far a robot is ahead of the best other one on China, int32[n] in hundredths."""
    others = [one[CHINA] for other, one in scores.items() if other != name]
    return np.asarray(scores[name][CHINA] - np.max(others, axis=0), np.int32)


def spread(scores: Mapping[str, Int32]) -> Int32:
    """How far the robots lie apart on the deterrence score where that is most, int32[n]."""
    every = np.array(list(scores.values()))
    return np.asarray((every.max(axis=0) - every.min(axis=0)).max(axis=0), np.int32)


def blocks(tables: Tables, count: int) -> Iterator[tuple[range, dict[str, Int32]]]:
    """Seeds from 1 on with what each of the named robots comes to."""
    for first in range(1, count + 1, BLOCK):
        seeds = range(first, min(first + BLOCK, count + 1))
        yield seeds, {name: ends(tables, seeds, name) for name in WINS.values()}


def found(exercise: Exercise, count: int) -> dict[str, tuple[int, int]]:
    """Of each example the first seed that shows it, with its hundredths.

    Where nothing is close enough in that many seeds, little of it matters where it matters least.
    """
    tables, best = Tables(exercise), dict[str, tuple[int, int]]()
    for seeds, scores in blocks(tables, count):
        for example, name in WINS.items():
            by = lead(scores, name)
            ahead = np.flatnonzero(by >= CLEAR)
            if example not in best and len(ahead):
                best[example] = (seeds[ahead[0]], int(by[ahead[0]]))
        apart = spread(scores)
        close = np.flatnonzero(apart <= APART)
        least = close[0] if len(close) else apart.argmin()
        if LITTLE not in best or apart[least] < best[LITTLE][1] > APART:
            best[LITTLE] = (seeds[least], int(apart[least]))
        if len(best) > len(WINS) and best[LITTLE][1] <= APART:
            break
    return best


def record(exercise: Exercise, example: str, seed: int) -> None:
    """Have the robot of an example play it, and keep the run where Home finds it."""
    path = FOLDER / f"{example}.ttx.toml"
    path.unlink(missing_ok=True)
    player = WINS.get(example, PLAYS_LITTLE)
    allied = [cell.id for cell in exercise.cell if cell.side == "allied"]
    begin(exercise, Seating(dict.fromkeys(allied, player), ""), seed, path).leave()


def main() -> None:
    """Look for seeds, say what was found, and record the runs."""
    asks = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    asks.add_argument("--seeds", type=int, default=2_000_000, help="the most seeds to try")
    asks.add_argument("--only", action="append", choices=[*WINS, LITTLE], help="these alone")
    asks.add_argument("--look", action="store_true", help="record nothing")
    asked = asks.parse_args()
    exercise = load(ROOT / "exercises" / "accelerate")
    best = found(exercise, asked.seeds)
    for example in asked.only or [*WINS, LITTLE]:
        if example not in best:
            sys.exit(f"{example}: none in {asked.seeds} seeds")
        seed, by = best[example]
        sys.stdout.write(f"{example}: seed {seed}, {by / 100:.2f} points\n")
        if not asked.look:
            record(exercise, example, seed)


if __name__ == "__main__":
    main()
