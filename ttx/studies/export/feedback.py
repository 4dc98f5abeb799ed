"""The tables of what the feedback forms come to: no row says who handed in which."""

from __future__ import annotations

from collections.abc import Iterator

from ttx.exercise.feedback import SCALE
from ttx.i18n import reading
from ttx.session.view.eye import Eye
from ttx.session.view.feedback import Results, results
from ttx.studies.export.columns import OF_RUN, RUN, Column, Row, Table
from ttx.studies.export.source import Source


def _results(source: Source) -> Results | None:
    """Results once they are open, in the exercise's first language whoever exports."""
    with reading(source.language):
        return results(Eye.all_seeing(source.game, source.language))


def _marks(source: Source) -> Iterator[Row]:
    found = _results(source)
    for part in found.marked if found is not None else ():
        told = part.statement
        named: Row = (source.run, told.id, told.text, told.objective)
        yield *named, *part.counts, part.not_seen, part.middle


FEEDBACK_MARKS = Table[Source](
    "feedback_marks",
    "Feedback marks",
    "A statement of the feedback form, and how often each mark was given.",
    ("run", "statement"),
    (
        RUN,
        Column("statement", "id", "The id of the statement; `objective:` in front of one's."),
        Column("text", "text", "The statement in words."),
        Column("objective", "yes", "Whether it is an objective that one could work on."),
        *(Column(f"marked_{mark}", "whole", f"How many marked {mark}.", "forms") for mark in SCALE),
        Column("not_seen", "whole", "How many could not say.", "forms"),
        Column("median", "text", "The median of the marks; empty where there is none.", empty=True),
    ),
    _marks,
    (OF_RUN,),
)


def _words(source: Source) -> Iterator[Row]:
    found = _results(source)
    for question, answers in found.answered if found is not None else ():
        for number, answer in enumerate(answers, start=1):
            yield source.run, question.id, number, question.ask, answer


FEEDBACK_WORDS = Table[Source](
    "feedback_words",
    "Feedback words",
    "An answer to a question of the feedback form; by the alphabet, so that their order tells "
    "nothing.",
    ("run", "question", "answer"),
    (
        RUN,
        Column("question", "id", "The id of the question."),
        Column("answer", "whole", "The number of the answer, from 1."),
        Column("asked", "text", "The question in words."),
        Column("text", "text", "The answer."),
    ),
    _words,
    (OF_RUN,),
)
