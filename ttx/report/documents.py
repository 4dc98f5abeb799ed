"""The documents of an exercise, by the names of their files."""

from __future__ import annotations

from ttx.exercise.model import Exercise
from ttx.report.document import Document
from ttx.report.evaluation import evaluation_guide, msel
from ttx.report.guide import facilitator_guide
from ttx.report.handouts import contingency_handouts, inject_handouts
from ttx.report.players import feedback_form, situation_manual

FOR_PLAYERS = ("situation-manual", "feedback-form")
"""What everybody at the table may read; the others are for exercise control and evaluators."""


def documents(exercise: Exercise) -> dict[str, Document]:
    """Every document by the name of its file, without an ending."""
    return {
        "situation-manual": situation_manual(exercise),
        "facilitator-guide": facilitator_guide(exercise),
        "msel": msel(exercise),
        "inject-handouts": inject_handouts(exercise),
        "contingency-handouts": contingency_handouts(exercise),
        "evaluation-guide": evaluation_guide(exercise),
        "feedback-form": feedback_form(exercise),
    }
