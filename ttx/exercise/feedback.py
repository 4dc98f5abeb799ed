"""What the feedback form asks: the exercise's own statements and questions, or the standard ones.

The paper, the screens and the results are all made from here.
"""

from __future__ import annotations

from dataclasses import dataclass

from ttx.exercise.model.exercise import Exercise
from ttx.exercise.model.part import text
from ttx.i18n import N_, _

OBJECTIVE = "objective:"
"""In front of the id of an objective; no author's id has a colon."""
SCALE = range(1, 6)
"""1 is: I disagree entirely; 5 is: I agree entirely."""
NOT_SEEN = 0
"""What is marked where somebody could not say."""
_STATEMENTS = {
    "organised": N_("The exercise was well organised, and its time was enough."),
    "plausible": N_("The scenario was plausible."),
    "prepared": N_("The briefing and the papers gave me what I needed to take part."),
    "facilitated": N_("The facilitator kept the discussion going and on its subject."),
    "seated": N_("My office was right to be at this table, and I could speak for it."),
    "explained": N_("Rulings were explained well enough to be argued with."),
}
_QUESTIONS = {
    "strengths": (
        N_("Strengths"),
        N_("What went well, and should be kept? Up to three."),
    ),
    "improvements": (
        N_("Areas for improvement"),
        N_("What should be better? Up to three."),
    ),
    "plans": (
        N_("Plans"),
        N_("Which plan, policy or procedure of your office should change, and in what?"),
    ),
    "next_steps": (
        N_("Next steps"),
        N_("Who should do what next, and by when? Name offices, not persons."),
    ),
    "exercise": (
        N_("The exercise itself"),
        N_("What would you change in it before it is played again?"),
    ),
}


@dataclass(frozen=True, slots=True)
class Statement:
    """A sentence that is marked from 1 to 5, or as not seen."""

    id: str
    text: str
    objective: bool = False
    """Whether it is an objective that one could work on, and no statement."""


@dataclass(frozen=True, slots=True)
class Question:
    """A question that is answered in words."""

    id: str
    name: str
    """Its heading; empty where an author gave none."""
    ask: str


def statements(exercise: Exercise, language: str = "") -> tuple[Statement, ...]:
    """What is marked: the author's statements or the standard ones, then each objective."""
    own = [
        Statement(part.id, text(part.ask, language))
        for part in exercise.feedback
        if part.answer == "scale"
    ]
    standard = [Statement(name, _(words)) for name, words in _STATEMENTS.items()]
    objectives = [
        Statement(f"{OBJECTIVE}{part.id}", text(part.text, language), objective=True)
        for part in exercise.objective
    ]
    return (*(own or standard), *objectives)


def questions(exercise: Exercise, language: str = "") -> tuple[Question, ...]:
    """What is answered in words: the author's questions, or the standard ones."""
    own = [
        Question(part.id, "", text(part.ask, language))
        for part in exercise.feedback
        if part.answer == "words"
    ]
    standard = [Question(name, _(title), _(ask)) for name, (title, ask) in _QUESTIONS.items()]
    return tuple(own or standard)
