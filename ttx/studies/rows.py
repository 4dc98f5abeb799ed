"""A row of a study as an ordinary save, which replays, compares and verifies like any other."""

from __future__ import annotations

from pathlib import Path

from ttx.adjudicator import dice
from ttx.session.opening import opened_row
from ttx.studies.study import Study


def open_row(study: Study, number: int, out: Path) -> None:
    """Write a row as a new save; StudyError or SaveError where it cannot be.

    Its seed is the one whose world 0 is the world of the row, so play of that seed is the row. What
    the study set otherwise makes it an excursion, and a policy that is no robot of the exercise is
    a fact of its own.
    """
    study.has_rows()
    plan = study.plan
    policy, world = plan.row(number)
    varied = {**plan.fixed, **{name: int(row[world]) for name, row in study.settings.items()}}
    seed = dice.seed_of(plan.seed, plan.dice(world))
    reason = f"row {number} of study {plan.id}"
    opened_row(plan.exercise, policy.players, varied, seed, out, reason).leave()
