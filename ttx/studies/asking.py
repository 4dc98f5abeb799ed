"""From the words of a command line to a plan: which policies, worlds and numbers a study has."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from ttx import files
from ttx.adjudicator.arithmetic import Int32
from ttx.analysis.policies import ALL, Policy, factorial, policies
from ttx.exercise.model.exercise import Exercise
from ttx.i18n import _
from ttx.studies import sows
from ttx.studies.plan import Plan, StudyError
from ttx.studies.study import settings_checksum


@dataclass(frozen=True)
class Asked:
    """The words of a sweep, as they were given."""

    policies: Sequence[str] = ()
    """All robots where none is named."""
    baseline: str = ""
    factors: str = ""
    """Levers with commas between them."""
    seed: int = 1
    worlds: int = 2000
    set: Sequence[str] = ()
    """`id=value`, in the author's units; what is set is not drawn."""
    switches: Sequence[str] = ()
    ranges: str = ""
    """`declared`, `all` or a file; numbers of each world are drawn from them."""


def plan_of(exercise: Exercise, asked: Asked) -> tuple[Plan, Mapping[str, Int32]]:
    """The plan that words ask for, and the settings of its worlds, int32[worlds] by parameter.

    ValueError in a sentence where they ask for what there is not.
    """
    plans, baseline = _policies(exercise, asked)
    fixed = sows.fixed(exercise, asked.set, asked.switches)
    ranges = sows.ranges_of(exercise, asked.ranges, text_of) if asked.ranges else {}
    ranges = {name: ends for name, ends in ranges.items() if name not in fixed}
    settings = sows.drawn(ranges, asked.seed, asked.worlds)
    plan = Plan(
        exercise,
        plans,
        asked.seed,
        asked.worlds,
        baseline,
        fixed=fixed,
        ranges=ranges,
        sows=sows.HOW if ranges else "",
        settings=settings_checksum(settings),
    )
    return plan, settings


def _policies(exercise: Exercise, asked: Asked) -> tuple[tuple[Policy, ...], str]:
    """The policies, and which of them is the baseline."""
    words = [*asked.policies] or [ALL]
    plans = policies(exercise, words, text_of)
    if asked.factors:
        if not asked.policies:
            raise StudyError(_("A factorial stands inside a plan; name it with --policy."))
        factors = [factor.strip() for factor in asked.factors.split(",")]
        plans = tuple(crossed for plan in plans for crossed in factorial(exercise, plan, factors))
    names = [plan.id for plan in plans]
    baseline = asked.baseline
    if not baseline:
        references = [name for name in exercise.review.references if name in names]
        baseline = references[0] if ALL in words and references else names[0]
    if baseline not in names:
        plans = (*policies(exercise, [baseline], text_of), *plans)
    return plans, baseline


def text_of(path: str) -> str:
    """The text of a file that was named; StudyError where it cannot be read."""
    try:
        return files.contents(Path(path)).decode()
    except (OSError, UnicodeDecodeError) as error:
        why = error.strerror if isinstance(error, OSError) else _("it is not text in UTF-8")
        raise StudyError(
            _("{path} cannot be read: {why}.", path=files.legible(path), why=why)
        ) from None
