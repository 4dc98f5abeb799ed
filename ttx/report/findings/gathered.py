"""What a page of findings is made of: a sweep, and what else was studied of the same exercise."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from ttx import files
from ttx.analysis.paired import FULL
from ttx.analysis.policy_table import PolicyTable
from ttx.analysis.rehearsal.rehearse import Rehearsal, rehearse
from ttx.analysis.sensitivity import Sensitivity
from ttx.exercise.model.exercise import Exercise
from ttx.i18n import _
from ttx.studies import sensitivity
from ttx.studies.compared import table_of
from ttx.studies.discovery import Asked, Discovery, discover
from ttx.studies.plan import StudyError
from ttx.studies.study import Study

SWEEP = "sweep"
ALWAYS = 0.99
"""The share of worlds from which on luck is said never to change an answer."""
MANY = 100
"""Worlds from which on that share can be told at all."""
REHEARSED = 400
"""Worlds in which every robot is played once more to look at levels and options."""


@dataclass(frozen=True)
class Findings:
    """Everything that the page tells; the sweep's worlds all have the exercise's own numbers."""

    exercise: Exercise
    table: PolicyTable
    horizon: dict[str, tuple[tuple[float, ...], ...]]
    """By policy other than the baseline: a row a score, the mean difference at the end of each turn
    in points, turned so that plus is better."""
    built_in: tuple[tuple[str, str, int], ...]
    """Policy, score and 1 or -1 where the sign at the end was that in all but one world in a
    hundred: the dice do not come into it. Empty where there are fewer worlds than that."""
    sensitivity: Sensitivity | None
    discovery: Discovery | None
    rehearsal: Rehearsal
    studies: tuple[tuple[str, str, str], ...]
    """Kind, digest of the results and command of each study."""

    def policy(self, name: str) -> bool:
        """Whether the sweep has a policy of that name."""
        return name in self.table.policies


def gather(studies: Sequence[Study]) -> Findings:
    """What studies of one exercise come to, which may be in any order.

    Raises:
        StudyError: Where none is a sweep with the exercise's own numbers, where they are of other
            exercises, and where one is not finished.
    """
    digests = {study.plan.digest for study in studies}
    if len(digests) > 1:
        names = ", ".join(f"{study.plan.exercise.id} {study.plan.digest[:8]}" for study in studies)
        raise StudyError(
            _("These are studies of several exercises: {names}; name those of one.", names=names)
        )
    plain = [study for study in studies if study.plan.kind == SWEEP and not study.plan.ranges]
    drawn = [study for study in studies if study.plan.kind == SWEEP and study.plan.ranges]
    hangs = [study for study in studies if study.plan.kind == sensitivity.KIND]
    for kind, some in (("sweep", plain), (_("sweep with --ranges"), drawn), ("sensitivity", hangs)):
        if len(some) > 1:
            raise StudyError(
                _(
                    "There are {some} studies of the kind '{kind}'; name one.",
                    some=len(some),
                    kind=kind,
                )
            )
    if not plain:
        raise StudyError(_("None of these is a sweep without --ranges, which findings begin with."))
    sweep = plain[0]
    if len(sweep.plan.policies) < 2:
        raise StudyError(
            _(
                "{legible} has one policy, and findings compare two at least; "
                "make a sweep with --policy A --policy B.",
                legible=files.legible(sweep.folder),
            )
        )
    table = table_of(sweep)
    horizon, built_in = _turn_by_turn(sweep)
    made = sensitivity.read_again(hangs[0]) if hangs else None
    return Findings(
        sweep.plan.exercise,
        table,
        horizon,
        built_in,
        made,
        discover(drawn[0], Asked(), lambda _step, _done, _of: None) if drawn else None,
        rehearse(sweep.plan.exercise, REHEARSED),
        tuple((study.plan.kind, _digest(study), study.command) for study in studies),
    )


def _digest(study: Study) -> str:
    if study.plan.kind == SWEEP:
        return study.digest
    steps = sensitivity.Steps(study.plan, None, study)
    sensitivity.examine(steps)
    return steps.digest


def _turn_by_turn(
    study: Study,
) -> tuple[dict[str, tuple[tuple[float, ...], ...]], tuple[tuple[str, str, int], ...]]:
    """Mean differences from the baseline turn by turn, and where luck never turned the sign."""
    plan = study.plan
    scores = plan.exercise.score
    signs = np.array([1 if score.better == "higher" else -1 for score in scores], np.int64)
    base = study.course(plan.baseline).scores.astype(np.int64)
    horizon, built_in = {}, []
    for policy in plan.policies:
        if policy.id == plan.baseline:
            continue
        apart = (study.course(policy.id).scores - base) * signs[:, None]
        means = apart.sum(axis=-1) / (apart.shape[-1] * FULL)
        horizon[policy.id] = tuple(tuple(map(float, row)) for row in means.T)
        built_in += [
            (policy.id, score.id, sign)
            for row, score in enumerate(scores)
            for sign in (1, -1)
            if plan.worlds >= MANY and (apart[-1, row] * sign > 0).mean() >= ALWAYS
        ]
    return horizon, tuple(built_in)
