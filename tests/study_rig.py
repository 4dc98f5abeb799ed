"""A small study of the tutorial in many small blocks; as a program it plays it into a folder."""

from __future__ import annotations

import sys
from dataclasses import replace
from functools import cache
from pathlib import Path

from ttx.exercise.load import load
from ttx.studies.asking import Asked, plan_of
from ttx.studies.plan import Plan
from ttx.studies.study import Study, begin
from ttx.studies.sweep import play_on
from ttx.studies.workers import crew

ROOT = Path(__file__).parents[1]
EDITION_1 = ROOT / "tests" / "exercises" / "accelerate_1"
"""The flagship as a referee measured it."""


@cache
def small(worlds: int = 300, block: int = 32, seed: int = 5) -> Plan:
    """Every robot of the tutorial, in blocks that a kill can come between."""
    plan, _ = plan_of(load(ROOT / "exercises" / "tutorial"), Asked(seed=seed, worlds=worlds))
    return replace(plan, block=block)


def played(
    folder: Path, plan: Plan | None = None, workers: int = 1, cluster: str = "", shard: str = ""
) -> tuple[Study, list[str]]:
    """The study in a folder, played to its end or to that of its shard; and what was said."""
    said: list[str] = []
    study = begin(folder, plan or small(), shard=shard)
    with crew(workers, cluster) as made:
        play_on(study, made, lambda _: None, said.append)
    return study, said


if __name__ == "__main__":
    played(Path(sys.argv[1]), small(worlds=int(sys.argv[2])))
