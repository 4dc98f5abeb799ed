"""The table of a study that is whole: its policies against its baseline."""

from __future__ import annotations

from ttx.analysis.paired import marks
from ttx.analysis.policy_table import PolicyTable, policy_table
from ttx.studies.study import Study


def table_of(study: Study) -> PolicyTable:
    """The table of a study; StudyError where blocks are missing or damaged.

    One policy is in memory at a time.
    """
    plan = study.plan
    return policy_table(
        plan.exercise,
        plan.digest,
        plan.policies,
        (marks(policy.id, study.course(policy.id)) for policy in plan.policies),
        plan.seed,
        plan.baseline,
        fixed=plan.fixed,
        drawn=[*plan.ranges],
    )
