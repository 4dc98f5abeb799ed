"""The feedback form as a seat sees it, and what all forms come to, without who handed in which."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from ttx.exercise.feedback import (
    NOT_SEEN,
    SCALE,
    Question,
    Statement,
    questions,
    statements,
)
from ttx.i18n import _, ngettext
from ttx.session import phases
from ttx.session.asides import evaluators
from ttx.session.notebook_events import FedBack
from ttx.session.run import OBSERVER, PACE, PROJECTOR
from ttx.session.view.eye import ALL_SEEING, Eye
from ttx.session.view.words import listed


@dataclass(frozen=True, slots=True)
class FormView:
    """The form of one seat."""

    statements: tuple[Statement, ...]
    questions: tuple[Question, ...]
    marks: dict[str, int]
    """What this seat marked, in the form that it handed in."""
    answers: dict[str, str]
    entry: int
    """The entry that handed it in; 0 where none did, and for observers, who may be several."""
    open: bool
    """Whether this seat can hand it in now."""
    closes: bool
    """Whether this seat can close it now."""


@dataclass(frozen=True, slots=True)
class Marked:
    """What all marked beside a statement."""

    statement: Statement
    counts: tuple[int, ...]
    """How many marked 1, 2 and so on."""
    not_seen: int

    @property
    def middle(self) -> str:
        """The median of the marks, `3.5`; empty where nobody gave one."""
        from statistics import median  # it loads random and fractions, which no first screen needs

        given = zip(SCALE, self.counts, strict=True)
        marks = [mark for mark, count in given for _nth in range(count)]
        return f"{median(marks):g}" if marks else ""


@dataclass(frozen=True, slots=True)
class Results:
    """What the forms come to."""

    forms: int
    marked: tuple[Marked, ...]
    answered: tuple[tuple[Question, tuple[str, ...]], ...]
    """Each question with its answers by the alphabet: their order tells nothing."""

    @property
    def told(self) -> str:
        """How many handed it in, in a sentence."""
        return ngettext(
            "{count} feedback form was handed in.",
            "{count} feedback forms were handed in.",
            self.forms,
        )


def form(eye: Eye) -> FormView | None:
    """The form of a seat; None before the hot wash, and for the room's screen."""
    if not eye.over or eye.seat in (PROJECTOR, ALL_SEEING):
        return None
    book, wash = eye.game.notebook, eye.game.phase == phases.HOTWASH and not _closed(eye)
    own = [found for found in book.forms if found[0].by == eye.seat != OBSERVER]
    stamp, filled = own[-1] if own else (None, FedBack({}, {}))
    return FormView(
        statements=statements(eye.exercise, eye.language),
        questions=questions(eye.exercise, eye.language),
        marks=filled.marks,
        answers=filled.answers,
        entry=stamp.n if stamp is not None else 0,
        open=wash,
        closes=wash and (not eye.run.facilitator or PACE in eye.rights),
    )


def coming_in(eye: Eye, here: Collection[str]) -> str:
    """How many forms are in, and whose are still out; for exercise control, until it is closed.

    `here` are the seats at which somebody sits. Of no form more is told than that it is there, and
    of several observers who share a seat only whether one of them has handed in theirs.
    """
    view = form(eye)
    if view is None or not view.open or not eye.at_the_desk:
        return ""
    count = ngettext(
        "{count} feedback form is in.", "{count} feedback forms are in.", len(_given(eye))
    )
    return f"{count} {_still_out(eye, here)}".rstrip()


def closing(eye: Eye, here: Collection[str]) -> str:
    """What is asked before the form is closed: how many there are, and whose are still out.

    `here` are the seats at which somebody sits.
    """
    question = ngettext(
        "Close the feedback form for good? {count} form was handed in.",
        "Close the feedback form for good? {count} forms were handed in.",
        len(_given(eye)),
    )
    return f"{question} {_still_out(eye, here)}".rstrip()


def _given(eye: Eye) -> list[str]:
    """By whom each form was handed in."""
    return [stamp.by for stamp, _form in eye.game.notebook.forms]


def _still_out(eye: Eye, here: Collection[str]) -> str:
    """Which of the seats here have handed none in; the reader's own is not waited for."""
    given = {*_given(eye), eye.seat, PROJECTOR}
    out = [eye.names.seats.get(seat, seat) for seat in here if seat not in given]
    return _("Still out: {seats}.", seats=listed(out)) if out else ""


def left_open(view: FormView, marks: Collection[str], answers: Collection[str]) -> str:
    """What is asked before a form is handed in of which a part is empty; nothing of a whole one.

    `marks` and `answers` are the ids of what was marked and of what was answered.
    """
    unmarked = len([part for part in view.statements if part.id not in marks])
    unanswered = len([part for part in view.questions if part.id not in answers])
    parts = []
    if unmarked:
        parts.append(
            ngettext("{count} statement has no mark", "{count} statements have no mark", unmarked)
        )
    if unanswered:
        parts.append(
            ngettext(
                "{count} question has no answer", "{count} questions have no answer", unanswered
            )
        )
    return _("Hand it in as it is? {parts}.", parts=listed(parts)) if parts else ""


def kept() -> str:
    """What becomes of a form, as its page and its paper's readers are told."""
    return _(
        "The record keeps your form under your seat, so whoever has the save can find it. "
        "Screens, report and tables show counts and words of all forms, and none of their authors."
    )


def results(eye: Eye) -> Results | None:
    """What all forms come to; None before the form is closed, and for who may not read it.

    Exercise control and evaluators read it at the hot wash, all others in the report.
    """
    control = eye.at_the_desk or eye.seat in (ALL_SEEING, *evaluators(eye.run))
    if not _closed(eye) or not (control or not eye.run.facilitator):
        return None
    forms = [filled for _stamp, filled in eye.game.notebook.forms]
    return Results(
        forms=len(forms),
        marked=tuple(
            _marked(part, [one.marks[part.id] for one in forms if part.id in one.marks])
            for part in statements(eye.exercise, eye.language)
        ),
        answered=tuple(
            (part, tuple(sorted(_answers(forms, part.id), key=str.casefold)))
            for part in questions(eye.exercise, eye.language)
        ),
    )


def _answers(forms: list[FedBack], question: str) -> list[str]:
    return [filled.answers[question] for filled in forms if question in filled.answers]


def _closed(eye: Eye) -> bool:
    return eye.game.notebook.form_closed or eye.game.phase == phases.CLOSED


def _marked(statement: Statement, marks: list[int]) -> Marked:
    return Marked(statement, tuple(map(marks.count, SCALE)), marks.count(NOT_SEEN))
