"""All tables of an export of runs, in the order in which they are read."""

from __future__ import annotations

from ttx.studies.export import beside, decided, numbers, run, taken_back

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
    decided.RULINGS,
    decided.STAGES,
    decided.EFFECTS,
    decided.BESIDES,
    decided.CHOICES,
    decided.ADVERSARIES,
    numbers.TRACKS,
    numbers.VALUES,
    numbers.CHANGES,
    numbers.CAUSES,
    numbers.POLICIES,
    numbers.SCORE_NAMES,
    numbers.SCORES,
    numbers.SCORE_INPUTS,
    numbers.INPUT_VALUES,
    numbers.SCORE_TERMS,
    numbers.CLOCKS,
    beside.NOTES,
    beside.REQUESTS,
    beside.MESSAGES,
    beside.RECEIPTS,
    beside.OBSERVATIONS,
    beside.RATINGS_GIVEN,
    beside.CARDS,
    taken_back.CORRECTIONS,
    beside.CHALLENGES,
    beside.CONTROL,
)
"""A table of which a run has nothing is there without a row: whoever reads finds it."""
