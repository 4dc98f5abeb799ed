"""The documents of an exercise, by the names of their files."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from ttx.exercise.model.exercise import Exercise
from ttx.report.attendees import place_cards, sign_in_sheet
from ttx.report.covers import covered
from ttx.report.document import Document
from ttx.report.evaluation import evaluation_guide, msel
from ttx.report.guide import facilitator_guide
from ttx.report.handouts import contingency_handouts, inject_handouts
from ttx.report.players import feedback_form, situation_manual
from ttx.session.particulars import Particulars, Targets

FOR_PLAYERS = ("situation-manual", "feedback-form", "sign-in-sheet", "place-cards")
"""What everybody at the table may read; the others are for exercise control and evaluators."""


def documents(
    exercise: Exercise,
    particulars: Particulars | None = None,
    came: Mapping[str, str] | None = None,
    *,
    anonymous: bool = False,
    targets: Targets | None = None,
) -> dict[str, Document]:
    """Every document by the name of its file, without an ending.

    The `particulars` of a session stand on the cover of each; not for attribution, without the
    point of contact. `came` says of a seat when it was at
    its screen, for the sign-in sheet of a run that was played. The sponsor's `targets` stand in the
    evaluation guide alone, which is not for players.
    """
    stated = Particulars() if particulars is None else particulars
    if anonymous:
        stated = replace(stated, contact="")
    papers = {
        "situation-manual": situation_manual(exercise, stated),
        "facilitator-guide": facilitator_guide(exercise),
        "msel": msel(exercise),
        "inject-handouts": inject_handouts(exercise),
        "contingency-handouts": contingency_handouts(exercise),
        "evaluation-guide": evaluation_guide(exercise, targets),
        "feedback-form": feedback_form(exercise),
        "sign-in-sheet": sign_in_sheet(exercise, stated, came),
        "place-cards": place_cards(exercise),
    }
    return {name: covered(paper, exercise, stated) for name, paper in papers.items()}
