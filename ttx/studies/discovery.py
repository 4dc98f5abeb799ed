"""Scenario discovery on a sweep over states of the world: where a policy wins, how robust it is.

Which worlds a policy wins depends on their dice too; a box speaks of the numbers alone, so its
density shows how much of it is left to luck.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from ttx.adjudicator.arithmetic import Int32
from ttx.analysis.boxes import Box, Edge, Measured, chosen, held, measured, reproduced
from ttx.analysis.robustness import Regret, regret, satisficing
from ttx.analysis.signposts import Signpost, signposts
from ttx.analysis.tally import signs
from ttx.exercise.model.exercise import Exercise
from ttx.files import legible
from ttx.i18n import _
from ttx.studies import prim
from ttx.studies.plan import StudyError
from ttx.studies.study import Study

Int64 = NDArray[np.int64]
Mask = NDArray[np.bool_]
FEWEST = 20
"""Worlds of interest without which no box is looked for, and as many others."""


@dataclass(frozen=True, slots=True)
class Scenario:
    """Where one of the two is ahead, as a box of numbers."""

    winner: str
    won: int
    """In how many worlds it is ahead by the margin."""
    box: Measured | None
    """None where too few or too many worlds are won to look for one."""
    reproduced: Mapping[Edge, int]
    """In how many boxes of bootstrap resamples each limit occurs."""
    resamples: int
    unseen: Measured | None
    """Boxes of the resamples, added up, each on the worlds that its resample had not seen."""


@dataclass(frozen=True, slots=True)
class Discovery:
    """What a sweep over states of the world shows of a policy against a baseline."""

    exercise: Exercise
    policies: tuple[str, ...]
    policy: str
    baseline: str
    score: int
    by: int
    """The margin of a win, in hundredths."""
    worlds: int
    ids: tuple[str, ...]
    """The numbers that differ between worlds."""
    ranges: Mapping[str, tuple[int, int]]
    scenarios: tuple[Scenario, ...]
    """Of the policy, then of the baseline."""
    regret: Regret
    """By policy of the study and score, at the end."""
    thresholds: Mapping[int, int]
    met: Mapping[int, Int64]
    """By score row: in how many worlds each policy meets its threshold at the end."""
    lost: int
    """Worlds in which the policy ends behind by the margin."""
    signposts: tuple[Signpost, ...]
    """The best of each turn; none where it loses too seldom or too often."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What is to be discovered; empty names are filled in from the study."""

    policy: str = ""
    baseline: str = ""
    score: str = ""
    by: int = 50
    density: float = 0.8
    thresholds: Mapping[str, int] = field(default_factory=dict)
    """In hundredths, by score; the exercise's own `enough` where none is named."""
    resamples: int = 20


def discover(study: Study, asked: Asked, tell: Callable[[str, int, int], None]) -> Discovery:
    """Boxes, robustness and signposts of a finished sweep; StudyError where it has none to show."""
    plan = study.plan
    settings = study.settings
    if not settings:
        raise StudyError(
            _(
                "{path} has no states of the world: its worlds differ in dice "
                "alone; make a sweep with --ranges declared.",
                path=legible(study.folder),
            )
        )
    names = [planned.id for planned in plan.policies]
    policy, baseline = _two(study, asked, names)
    score = _score(plan.exercise, asked.score) if asked.score else 0
    theirs = {score.id: score.enough for score in plan.exercise.score if score.enough is not None}
    wanted = {**theirs, **asked.thresholds}
    thresholds = {_score(plan.exercise, name): v for name, v in wanted.items()}
    ends = []
    for name in names:
        course = study.course(name)
        ends.append(course.at_the_end())
        if name == policy:
            tracks = course.tracks
    scores = np.stack(ends)
    turned = signs(plan.exercise)
    apart = (scores[names.index(policy), score] - scores[names.index(baseline), score]).astype(
        np.int64
    ) * turned[score]
    ids = tuple(settings)
    values = np.stack([settings[name] for name in ids], axis=1)
    lost = apart <= -asked.by
    scenarios = (
        _scenario(policy, apart >= asked.by, values, asked, plan.seed, tell),
        _scenario(baseline, lost, values, asked, plan.seed, tell),
    )
    enough = FEWEST <= lost.sum() <= len(lost) - FEWEST
    return Discovery(
        plan.exercise,
        tuple(names),
        policy,
        baseline,
        score,
        asked.by,
        plan.worlds,
        ids,
        {name: plan.ranges[name] for name in ids},
        scenarios,
        regret(scores, turned),
        thresholds,
        satisficing(scores, turned, thresholds),
        int(lost.sum()),
        tuple(signposts(tracks, lost)) if enough else (),
    )


def _two(study: Study, asked: Asked, names: list[str]) -> tuple[str, str]:
    """The policy and the baseline that are meant."""
    baseline = asked.baseline or study.plan.baseline or names[0]
    study.plan.policy(baseline)
    others = [name for name in names if name != baseline]
    if not others:
        raise StudyError(
            _(
                "The study has the policy {baseline} alone; a comparison needs two.",
                baseline=baseline,
            )
        )
    policy = asked.policy or others[0]
    study.plan.policy(policy)
    if policy == baseline:
        raise StudyError(
            _(
                "{policy} is compared with itself; name another --policy or --baseline.",
                policy=policy,
            )
        )
    return policy, baseline


def _score(exercise: Exercise, name: str) -> int:
    names = [score.id for score in exercise.score]
    if name not in names:
        raise StudyError(
            _(
                "There is no score '{name}'; {exercise} has {names}.",
                name=name,
                exercise=exercise.id,
                names=", ".join(names),
            )
        )
    return names.index(name)


def _scenario(
    winner: str,
    won: Mask,
    values: Int32,
    asked: Asked,
    seed: int,
    tell: Callable[[str, int, int], None],
) -> Scenario:
    count = int(won.sum())
    if not FEWEST <= count <= len(won) - FEWEST:
        return Scenario(winner, count, None, {}, 0, None)
    best = chosen(prim.trajectory(values, won), values, won, asked.density)
    again, unseen = [], []
    tell(_("resamples where {winner} wins", winner=winner), 0, asked.resamples)
    for left_out, boxes in prim.resampled(values, won, asked.resamples, seed):
        # the box of a resample is picked on its own worlds, and judged on those it has not seen
        scenario_box = chosen(boxes, values[~left_out], won[~left_out], asked.density).box
        again.append(scenario_box)
        unseen.append(measured(scenario_box, values[left_out], won[left_out]))
        tell(_("resamples where {winner} wins", winner=winner), len(again), asked.resamples)
    kept = held(best.box, again)
    return Scenario(
        winner,
        count,
        measured(kept, values, won),
        reproduced(kept, again),
        len(again),
        _added(kept, unseen),
    )


def _added(box: Box, judged: list[Measured]) -> Measured | None:
    if not judged:
        return None
    return Measured(
        box,
        sum(part.worlds for part in judged),
        sum(part.of_interest for part in judged),
        sum(part.all_of_interest for part in judged),
    )
