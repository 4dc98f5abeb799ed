"""What an exercise is to find out: objectives, feedback, and the sponsor's question."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from ttx.exercise.model.part import Id, Part, Text


class Capability(Part):
    """A capability of the author's own list."""

    id: Id
    """How objectives name it."""
    name: Text
    """As papers print it."""


class Objective(Part):
    """What the exercise is to find out or train."""

    id: Id
    """How injects name it."""
    text: Text
    """One sentence that an evaluator can rate."""
    capability: Id
    """The capability it belongs to."""
    measures: list[Text] = []
    """Two or three sentences that an evaluator can tick: a number, or a thing that can be seen."""
    lever_tasks: list[Text] = []
    """What is to be seen of it while levers are moved, before any news; a task each."""


class FeedbackQuestion(Part):
    """One thing that the feedback form asks in place of what it asks otherwise."""

    id: Id
    """How the record names it."""
    ask: Text
    """A statement to agree with, or a question."""
    answer: Literal["scale", "words"]
    """Marked from 1 to 5, or answered in words; where one is given, the standard ones of its kind
    are left out."""


class Review(Part):
    """The question that the review answers first."""

    asked: Text
    """What the sponsor asked."""
    levers: list[Id] = Field(min_length=1)
    """The levers that the question is about."""
    references: list[Id] = Field(min_length=1, max_length=2)
    """The robots whose runs on the same dice stand beside this one."""
