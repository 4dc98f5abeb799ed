"""Studies: a long sweep by one process and by two, wall time with everything that belongs to it.

Each has a program of its own, `python -m benchmarks.studies COUNT`, since an app that is measured
has taken the streams of this one, which processes cannot be begun without.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks import ROOT
from benchmarks.measure import Contender, Figures, Row, Section
from ttx.exercise.load import load
from ttx.studies.asking import Asked, plan_of
from ttx.studies.study import begin
from ttx.studies.sweep import play_on
from ttx.studies.workers import crew

WORLDS = 262_144
POLICIES = ("phased", "accelerated", "hawaii")
ROWS = WORLDS * len(POLICIES)

SECTION = Section(
    f"studies: a sweep of {ROWS:,} rows into a folder (wall time)",
    [
        Row("1 process", "", "sweep 1", "", per=ROWS, of="rows"),
        Row(
            "2 processes, begun for it",
            "1",
            "sweep 2",
            "sweep 1",
            True,
            1.9,
            1.7,
            per=ROWS,
            of="rows",
        ),
    ],
)


def contenders() -> list[Contender]:
    """The same sweep by one process and by two."""

    def by(count: int) -> Contender:
        def swept() -> Figures:
            done = subprocess.run(
                [sys.executable, "-m", "benchmarks.studies", str(count)],
                cwd=ROOT,
                stdin=subprocess.DEVNULL,
                capture_output=True,
                text=True,
                check=True,
            )
            return {f"sweep {count}": float(done.stdout)}

        return swept

    return [by(1), by(2)]


def sweep(count: int) -> float:
    """Seconds of one sweep, from an empty folder until its last block is kept."""
    plan, _ = plan_of(load(ROOT / "exercises" / "accelerate"), Asked(POLICIES, worlds=WORLDS))
    with tempfile.TemporaryDirectory() as folder:
        began = time.perf_counter()
        study = begin(Path(folder) / "study", plan)
        with crew(count) as made:
            play_on(study, made, lambda _: None, print)
        return time.perf_counter() - began


if __name__ == "__main__":  # workers import this again
    print(sweep(int(sys.argv[1])))
