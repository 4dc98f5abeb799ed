"""The table of a sweep: every policy against the baseline, in values that any page can show."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from ttx.analysis.bundles import Bundle, bundle
from ttx.analysis.paired import Difference, Marks, Mean, Moment, differences, means, quantile
from ttx.analysis.policies import Policy
from ttx.analysis.winners import Dominated, Wins, dominated, tolerance, wins
from ttx.exercise.model.exercise import Exercise
from ttx.exercise.model.part import text
from ttx.exercise.parameters import parameter, written
from ttx.i18n import _
from ttx.session.view.words import CLEAR


@dataclass(frozen=True, slots=True)
class ScoreHead:
    """A score, as a table names it."""

    id: str
    name: str
    short: str
    better: str
    """`higher` or `lower`; differences are turned so that plus is better."""


@dataclass(frozen=True, slots=True)
class PolicyTable:
    """All that a sweep prints. Points are points, counts are worlds."""

    exercise: str
    title: str
    digest: str
    """Of the exercise."""
    seed: int
    worlds: int
    turns: int
    baseline: str
    policies: tuple[str, ...]
    scores: tuple[ScoreHead, ...]
    means: tuple[Mean, ...]
    differences: tuple[Difference, ...]
    wins: tuple[Wins, ...]
    dominated: tuple[Dominated, ...]
    bundles: tuple[Bundle, ...]
    clear: float
    """What counts as a clear difference."""
    tolerance: float
    """What counts as equal where one policy is said to dominate another."""
    intervals: int
    """How many intervals there are, each of which holds by itself."""
    widened: float
    """What to widen each by, for all of them to hold together (Bonferroni)."""
    fixed: tuple[tuple[str, str], ...] = ()
    """Numbers of the exercise set otherwise in every world, in the units of its author."""
    drawn: tuple[str, ...] = ()
    """Numbers that each world has of its own, the same for every policy."""

    def difference(self, policy: str, score: str, moment: Moment) -> Difference:
        """One of the differences; KeyError where there is none such."""
        for difference in self.differences:
            if (difference.policy, difference.score, difference.moment) == (policy, score, moment):
                return difference
        raise KeyError((policy, score, moment))

    def mean(self, policy: str, score: str, moment: Moment) -> float:
        """One of the means; KeyError where there is none such."""
        for mean in self.means:
            if (mean.policy, mean.score, mean.moment) == (policy, score, moment):
                return mean.mean
        raise KeyError((policy, score, moment))


def policy_table(
    exercise: Exercise,
    digest: str,
    policies: Sequence[Policy],
    played: Iterable[Marks],
    seed: int,
    baseline: str,
    *,
    fixed: Mapping[str, int] | None = None,
    drawn: Sequence[str] = (),
) -> PolicyTable:
    """The table of policies, from the marks of each in the same worlds and in the same order.

    `fixed` are numbers set otherwise in all of them, `drawn` those that each world has of its own,
    both by parameter.

    ValueError where the baseline is none of them.
    """
    known = {marks.policy: marks for marks in played}
    if baseline not in known:
        raise ValueError(
            _(
                "The baseline '{baseline}' is none of {known}.",
                baseline=baseline,
                known=", ".join(known),
            )
        )
    base, scores = known[baseline], exercise.score
    plans = {policy.id: policy for policy in policies}
    others = [marks for marks in known.values() if marks is not base]
    apart = [difference for other in others for difference in differences(other, base, scores)]
    return PolicyTable(
        exercise.id,
        text(exercise.title),
        digest,
        seed,
        base.n,
        base.scale["way"],
        baseline,
        tuple(known),
        tuple(
            ScoreHead(score.id, text(score.name), text(score.short), score.better)
            for score in scores
        ),
        tuple(mean for marks in known.values() for mean in means(marks, scores)),
        tuple(apart),
        tuple(wins([*known.values()], scores)),
        tuple(dominated([*known.values()], scores)),
        tuple(bundle(exercise, plans[marks.policy], plans[baseline]) for marks in others),
        CLEAR / 100,
        tolerance(),
        len(apart),
        quantile(max(1, len(apart))) / quantile(1),
        tuple(
            (name, written(parameter(exercise, name), value))
            for name, value in (fixed or {}).items()
        ),
        tuple(drawn),
    )
