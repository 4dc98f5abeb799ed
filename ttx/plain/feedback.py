"""The feedback form in plain lines: one statement after the other, then the questions."""

from __future__ import annotations

from ttx.exercise.feedback import NOT_SEEN, SCALE
from ttx.i18n import _
from ttx.plain.conversation import Asked, Conversation, Words, one_of, sure
from ttx.plain.sitting import FeedbackDraft, Sitting
from ttx.report.feedback import feedback as told
from ttx.session.feedback import CloseForm, HandIn
from ttx.session.view import feedback as views

NONE = "-"
"""What is typed to take back what was answered before."""


def feedback(at: Sitting, typed: str = "") -> Conversation:
    """Fill in the form; close it where `close` is typed behind; tell its results once it is."""
    view = views.form(at.eye)
    if view is None:
        at.tell(_("The feedback form is for the seats of a run, at its hot wash."))
    elif typed.strip().casefold() == "close":
        yield from _close(at, view)
    elif view.open:
        if comes_in := views.coming_in(at.eye, _here(at)):
            at.tell(comes_in)
        yield from _fill_in(at, view)
    else:
        _told(at)


def _told(at: Sitting) -> None:
    found = views.results(at.eye)
    if found is None:
        at.tell(_("The feedback form is closed; the report tells what all said."))
        return
    at.head(_("FEEDBACK"), *told(found))


def _close(at: Sitting, view: views.FormView) -> Conversation:
    if not view.closes:
        at.tell(_("Whoever holds the pace closes the feedback form, once, at the hot wash."))
        return
    question = views.closing(at.eye, _here(at))
    if (yield from sure(question, _("closes it"))):
        at.request(CloseForm(), _("The feedback form is closed; feedback tells what all said."))
    else:
        at.tell(_("It stays open."))


def _here(at: Sitting) -> list[str]:
    """The seats at which somebody sits."""
    seats = at.attendance.places() if at.attendance is not None else ()
    return [place.seat for place in seats if place.on]


def _fill_in(at: Sitting, view: views.FormView) -> Conversation:
    at.tell(views.kept())
    at.tell(
        _(
            "Mark each statement: 1 is I disagree entirely, 5 I agree entirely, 0 not seen. "
            "Enter leaves it as it is."
        )
    )
    marks, answers = dict(view.marks), dict(view.answers)
    begun = at.kept.form
    if begun is not None and begun.entry == view.entry:
        marks, answers = dict(begun.marks), dict(begun.answers)
        at.tell(_("It goes on from what you had begun; nothing of that was handed in yet."))
    known = {str(mark): str(mark) for mark in (NOT_SEEN, *SCALE)} | {"": ""}
    for part in view.statements:
        before = str(marks[part.id]) if part.id in marks else _("nothing yet")
        says = _("We could work on this: {text}", text=part.text) if part.objective else part.text
        here = _("0 to 5; Enter keeps: {before}", before=before)
        mark = yield from one_of(says, known, here)
        if mark:
            marks[part.id] = int(mark)
            at.kept.form = FeedbackDraft(view.entry, dict(marks), dict(answers))
    for asked in view.questions:
        words = yield from _words(asked.ask, answers.get(asked.id, ""))
        answers[asked.id] = words
        at.kept.form = FeedbackDraft(view.entry, dict(marks), dict(answers))
    done = _("Your form is handed in; feedback changes it until it is closed.")
    given = [part for part, words in answers.items() if words.strip()]
    question = views.left_open(view, marks, given) or _("Hand it in?")
    if (yield from sure(question, _("hands it in"))):
        if at.request(HandIn(marks, answers), done):
            at.kept.form = None
    else:
        at.tell(_("Nothing was handed in; feedback goes on from here until the form is closed."))


def _words(ask: str, before: str) -> Words:
    """An answer in words; the one before where Enter is typed."""
    here = _("Enter leaves it empty")
    if before:
        here = _("Enter keeps: {before}; {none} takes it back", before=before, none=NONE)
    typed = (yield Asked(f"{ask} ({here})", here)).strip()
    if typed == NONE:
        return ""
    return typed or before
