"""A row of a study as an ordinary save, which replays, compares and verifies like any other."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from ttx import __version__, files
from ttx.adjudicator import dice
from ttx.adjudicator.tables import Tables
from ttx.analysis.course import play
from ttx.i18n import _
from ttx.session.opening import opened_row
from ttx.studies.plan import StudyError
from ttx.studies.study import Study


def open_row(study: Study, number: int, out: Path) -> None:
    """Write a row as a new save; StudyError or SaveError where it cannot be.

    Its seed is the one whose world 0 is the world of the row, so play of that seed is the row. What
    the study set otherwise makes it an excursion, and a policy that is no robot of the exercise is
    a fact of its own. A row that the folder holds comes out as it was kept, or is refused: another
    version of ttx may make another run of it.
    """
    study.has_rows()
    plan = study.plan
    policy, world = plan.row(number)
    varied = {**plan.fixed, **{name: int(row[world]) for name, row in study.settings.items()}}
    _agrees(study, number, varied)
    seed = dice.seed_of(plan.seed, plan.dice(world))
    reason = f"row {number} of study {plan.id}"
    opened_row(plan.exercise, policy.players, varied, seed, out, reason).leave()


def _agrees(study: Study, number: int, varied: dict[str, int]) -> None:
    """StudyError where the row would not be played as the folder holds it; what is not held may."""
    plan = study.plan
    policy, world = plan.row(number)
    row = number // plan.worlds
    task = next(
        task for task in plan.tasks() if task.policy == row and 0 <= world - task.first < task.count
    )
    if not study.holds(task):
        return
    kept = study.block(task).scores[..., world - task.first]
    settings = {name: np.full(1, value, np.int32) for name, value in varied.items()}
    which = np.array([plan.dice(world)], np.uint64)
    again = play(Tables(plan.exercise), policy, plan.seed, which, settings).scores[..., 0]
    if not np.array_equal(kept, again):
        raise StudyError(
            _(
                "Row {number} of {path} was played by ttx {version}, and this "
                "is {other}, which makes another run of it; open it with "
                "that version.",
                number=number,
                path=files.legible(study.folder),
                version=study.version,
                other=__version__,
            )
        )
