"""The feedback form of a seat: handed in at the hot wash, changed by filling it in again, closed.

The record keeps a form under the seat that handed it in. Nobody but that seat reads it there:
results are counts and words without an author, and open once nothing can be changed any more, so
that nobody can tell one form from another by looking before and after.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from ttx.exercise.feedback import NOT_SEEN, SCALE, questions, statements
from ttx.i18n import N_, _
from ttx.session import phases
from ttx.session.command import IllegalDecision, readable
from ttx.session.game import Game
from ttx.session.notebook_events import FedBack, FormClosed
from ttx.session.rights import require
from ttx.session.run import PACE, PROJECTOR
from ttx.session.side_commands import Aside

FORM_CLOSED = N_("The feedback form is closed; what was handed in stands.")


@dataclass(frozen=True, slots=True)
class HandIn(Aside):
    """Hand in the form: by statement 1 to 5, or 0 for not seen; by question what is answered."""

    marks: Mapping[str, int] = field(default_factory=dict)
    answers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class CloseForm(Aside):
    """Close the form for good; its results open."""


def fed_back(game: Game, seat: str, command: HandIn | CloseForm) -> FedBack | FormClosed:
    """The fact of such a request.

    Raises:
        IllegalDecision: It is refused.
    """
    if game.phase != phases.HOTWASH:
        raise IllegalDecision(_("The feedback form is for the hot wash."))
    if game.notebook.form_closed:
        raise IllegalDecision(_(FORM_CLOSED))
    if isinstance(command, CloseForm):
        if game.run.facilitator:
            require(game.run, seat, PACE)
        return FormClosed()
    if seat == PROJECTOR:
        raise IllegalDecision(_("The room's screen fills in no form."))
    return _handed_in(game, command)


def _handed_in(game: Game, command: HandIn) -> FedBack:
    exercise = game.run.exercise
    stated = [part.id for part in statements(exercise)]
    asked = [part.id for part in questions(exercise)]
    for name in (*command.marks, *command.answers):
        if name not in (stated if name in command.marks else asked):
            raise IllegalDecision(_("The form does not ask '{name}'.", name=name))
    for mark in command.marks.values():
        if mark != NOT_SEEN and mark not in SCALE:
            raise IllegalDecision(_("A mark is 1 to 5, or 0 for not seen."))
    marks = {name: command.marks[name] for name in stated if name in command.marks}
    answers = {
        name: words for name in asked if (words := readable(command.answers.get(name, "").strip()))
    }
    if not marks and not answers:
        raise IllegalDecision(_("The form is empty; mark or answer something first."))
    return FedBack(marks, answers)
