"""Contextual injects in words, for whoever reads them and for exercise control."""

from __future__ import annotations

from dataclasses import dataclass

from ttx.exercise.contextuals import readers
from ttx.exercise.model.exercise import Exercise
from ttx.exercise.model.injects import Contextual
from ttx.i18n import _
from ttx.session.contextual import beside, reads
from ttx.session.game import Sending
from ttx.session.view import words
from ttx.session.view.eye import Eye
from ttx.session.view.msel_number import numbered


@dataclass(frozen=True, slots=True)
class ContextualView:
    """One that went out, or that is on the list, as it is read."""

    number: str
    title: str
    kind: str
    sender: str
    to: str
    """The address that is printed on it."""
    via: str
    precedence: str
    text: tuple[str, ...]
    readers: str
    """Who reads it, in short; `all` where everybody does."""
    when: str
    """`turn 4`, or `with 23`: the inject it goes out with."""
    expected: str
    objectives: tuple[str, ...]


def number_of(exercise: Exercise, part: Contextual) -> str:
    """Its number on the MSEL: `m1` and so on, in the order of the exercise."""
    return part.label or f"m{[*exercise.contextuals].index(part.id) + 1}"


def received(eye: Eye) -> tuple[tuple[Sending, ContextualView], ...]:
    """Those that went out and that this eye may read, in order; after ENDEX all of them."""
    whole = eye.visibility.proposed or eye.over
    return tuple(
        (sending, shown(eye, eye.exercise.contextuals[sending.event.contextual]))
        for sending in eye.game.delivered
        if whole or reads(eye.run, eye.seat, sending.event.readers)
    )


def shown(eye: Eye, part: Contextual) -> ContextualView:
    """One of them in words; for whoever reads it, and for exercise control."""
    to = readers(eye.exercise, part)
    return ContextualView(
        number=number_of(eye.exercise, part),
        title=eye.text(part.title),
        kind=eye.text(part.kind),
        sender=eye.text(part.message.sender),
        to=eye.text(part.message.to),
        via=eye.text(part.message.via),
        precedence=eye.text(part.message.precedence),
        text=eye.texts(part.message.text),
        readers=words.listed([eye.names.seats[seat] for seat in to]) if to else _("all"),
        when=_when(eye, part),
        expected=eye.text(part.expected),
        objectives=tuple(eye.names.objectives[aim] for aim in part.objectives),
    )


def goes_to(eye: Eye, part: Contextual) -> str:
    """What is sent with one of them, and to whom: `m2 'Cable' to OSD and m3 'Call' to Kantei`."""
    views = (shown(eye, one) for one in (part, *beside(eye.game, part)))
    return words.listed(
        [
            _("{number} '{title}' to {seats}", number=v.number, title=v.title, seats=v.readers)
            for v in views
        ]
    )


def _when(eye: Eye, part: Contextual) -> str:
    if part.inject is not None:
        return _("with {number}", number=numbered(eye.exercise.injects[part.inject]))
    return _("turn {turn}", turn=part.turn)
