"""All tables of an export, of runs and of a study, in the order in which they are read."""

from __future__ import annotations

from ttx.studies.export import (
    adversaries,
    controlled,
    decided,
    evaluated,
    feedback,
    outcomes,
    rulings,
    run,
    said,
    scores,
    stated,
    studied,
    taken_back,
    tracks,
)
from ttx.studies.export.columns import Table
from ttx.studies.study import Study

TABLES = (
    run.RUNS,
    run.PLAYERS,
    run.TURNS,
    run.BUDGETS,
    run.TIMING,
    run.ENTRIES,
    decided.LEVERS,
    decided.LEVER_MOVES,
    decided.INJECTS,
    decided.DECISIONS,
    decided.COMMITMENTS,
    decided.EXPECTATIONS,
    decided.WEIGHINGS,
    rulings.RULINGS,
    rulings.STAGES,
    rulings.EFFECTS,
    rulings.BESIDES,
    adversaries.CHOICES,
    adversaries.ADVERSARIES,
    tracks.TRACKS,
    tracks.VALUES,
    tracks.CHANGES,
    tracks.CAUSES,
    scores.POLICIES,
    scores.SCORE_NAMES,
    scores.SCORES,
    scores.SCORE_INPUTS,
    scores.INPUT_VALUES,
    scores.SCORE_TERMS,
    scores.CLOCKS,
    said.NOTES,
    said.REQUESTS,
    said.MESSAGES,
    said.RECEIPTS,
    evaluated.OBSERVATIONS,
    evaluated.RATINGS_GIVEN,
    evaluated.CARDS,
    feedback.FEEDBACK_MARKS,
    feedback.FEEDBACK_WORDS,
    taken_back.CORRECTIONS,
    controlled.CHALLENGES,
    controlled.CONTROL,
    stated.PARTICULARS,
    stated.ORGANISATIONS,
    stated.TARGETS,
)
"""A table of which a run has nothing is there without a row: whoever reads finds it."""


def tables_of(study: Study) -> tuple[Table[Study], ...]:
    """All tables of a study, in the order in which they are read."""
    exercise = study.plan.exercise
    return (
        studied.STUDY,
        studied.POLICIES,
        studied.PLAYERS,
        studied.SCORE_NAMES,
        studied.PARAMETERS,
        studied.settings_of(study),
        outcomes.outcomes_of(exercise),
        outcomes.turns_of(exercise),
    )
