"""A study played: its blocks handed to workers and kept as they come, until none is missing."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np

from ttx import __version__
from ttx.adjudicator.arithmetic import Int32
from ttx.adjudicator.tables import Tables
from ttx.analysis.course import play
from ttx.exercise.parameters import with_values
from ttx.i18n import _
from ttx.studies import parts
from ttx.studies.plan import Plan, Task, read
from ttx.studies.study import Study, going_on, keep
from ttx.studies.workers import Crew, results, same_version


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a study is."""

    rows: int
    """Rows that are kept, those of earlier goes among them."""
    of: int
    played: int
    """Rows of this go."""
    seconds: float
    """Since it began."""

    @property
    def rate(self) -> float:
        """Rows a second; 0 where nothing was played yet."""
        return self.played / self.seconds if self.seconds > 0 else 0.0

    @property
    def left(self) -> float:
        """Seconds to go at that rate; 0 where there is no rate yet."""
        return (self.of - self.rows) / self.rate if self.rate else 0.0


def play_on(
    study: Study, workers: Crew, tell: Callable[[Progress], None], notice: Callable[[str], None]
) -> None:
    """Play what is still missing in the folder of a study, or damaged there.

    What was kept stays, however this ends. StudyError where it cannot be gone on with.
    """
    study.has_rows()
    going_on(study)
    with study.held():
        wanted, damaged = study.looked_over()
        for path in damaged:
            notice(_("{path} is damaged; its block is played again.", path=path))
        of = sum(task.count for task in study.tasks())
        done, began, played = of - sum(task.count for task in wanted), time.monotonic(), 0
        tell(Progress(done, of, 0, 0.0))
        for task, data in results(workers, block, _jobs(study, wanted, workers), notice):
            if data:
                study.check(task, parts.about_of(data))
                study.keep(task, data)
            played += task.count
            tell(Progress(done + played, of, played, time.monotonic() - began))


def _jobs(
    study: Study, wanted: list[Task], workers: Crew
) -> Iterator[tuple[Task, tuple[tuple[bytes, bytes], Task, dict[str, Int32], str, Path | None]]]:
    folder = study.folder.absolute() if workers.here else None
    for task in wanted:
        here = slice(task.first, task.first + task.count)
        settings = {name: values[here] for name, values in study.settings.items()}
        yield task, (study.said, task, settings, study.version, folder)


def block(
    contents: tuple[bytes, bytes],
    task: Task,
    settings: Mapping[str, Int32],
    version: str,
    folder: Path | None = None,
) -> bytes:
    """Play one block of the study that these files speak of; the bytes of its part.

    What a worker runs, wherever it is. Where the folder of the study is on its own disk the part is
    kept there at once and nothing is sent back. StudyError where its ttx is another, or the part
    cannot be kept.
    """
    same_version(version)
    plan, tables = _read(contents)
    policy = plan.policies[task.policy]
    worlds = [plan.dice(world) for world in range(task.first, task.first + task.count)]
    course = play(tables, policy, plan.seed, np.array(worlds, np.uint64), settings or None)
    data = parts.packed(course, plan.part(task, __version__))
    if folder is None:
        return data
    keep(folder, task, data)
    return b""


@lru_cache(maxsize=2)
def _read(contents: tuple[bytes, bytes]) -> tuple[Plan, Tables]:
    """A plan and its tables, once for all blocks that a worker plays of it."""
    plan = read(*contents)
    return plan, Tables(with_values(plan.exercise, plan.fixed) if plan.fixed else plan.exercise)
