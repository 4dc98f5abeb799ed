"""An inject whole, as exercise control has it: also what no player may see before or after."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

from ttx.exercise.model.tracks import Effect
from ttx.session.events import Released
from ttx.session.view import words
from ttx.session.view.besides import announced
from ttx.session.view.eye import Eye


@dataclass(frozen=True, slots=True)
class WholeOption:
    """One answer with all it does."""

    key: str
    title: str
    about: str
    lean: str
    benefits: tuple[str, ...]
    """`US signal +4 better`"""
    costs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Question:
    """A probing question."""

    number: int
    """In the inject's list, from 1."""
    to: str
    """A seat or a cell, in short."""
    ask: str
    put: bool
    """Whether it was put to the room."""


@dataclass(frozen=True, slots=True)
class WholeInject:
    """All of an inject."""

    title: str
    when: str
    """Day and hour where it was released; else empty, and places for times stay open."""
    sender: str
    to: str
    via: str
    text: tuple[str, ...]
    question: str
    lead: str
    options: tuple[WholeOption, ...]
    expected: str
    otherwise: str
    directions: str
    """What control does when that is put; players never read it."""
    probing: tuple[Question, ...]
    objectives: tuple[str, ...]
    listed: str = ""
    """When the list that it came from plans it, as that says so."""
    controller: str = ""
    """The office that is to put it, as the list names it."""
    notes: str = ""
    """What its author notes for exercise control."""


def whole(eye: Eye, inject_id: str) -> WholeInject:
    """An inject of the list.

    Raises:
        ValueError: For all but the white cell's lead.
    """
    eye.require_desk()
    exercise, names = eye.exercise, eye.names
    inject = exercise.injects[inject_id]
    released = _released(eye, inject_id)
    timed = partial(eye.timed, released=released)

    return WholeInject(
        title=names.injects[inject_id],
        when=words.moment(exercise, released.day, released.hour) if released is not None else "",
        sender=eye.text(inject.message.sender),
        to=eye.text(inject.message.to),
        via=eye.text(inject.message.via),
        text=tuple(map(timed, inject.message.text)),
        question=timed(inject.question),
        lead=names.cells[inject.lead],
        options=tuple(
            WholeOption(
                str(at),
                eye.text(option.title),
                timed(option.about),
                names.leans[option.lean],
                tuple(_effect(eye, effect) for effect in option.benefits),
                (
                    *(_effect(eye, effect) for effect in option.costs),
                    *(f"{name} {by}" for name, by, _way in announced(exercise, option)),
                ),
            )
            for at, option in enumerate(inject.option, start=1)
        ),
        expected=timed(inject.expected_action),
        otherwise=timed(inject.if_not),
        directions=timed(inject.directions),
        probing=questions(eye, inject_id),
        objectives=tuple(names.objectives[part] for part in inject.objectives),
        listed=inject.planned,
        controller=inject.controller,
        notes=inject.notes,
    )


def questions(eye: Eye, inject_id: str) -> tuple[Question, ...]:
    """The probing questions of an inject, for exercise control."""
    names = eye.names.cells | eye.names.seats
    put, released = eye.game.notebook.probed(inject_id), _released(eye, inject_id)
    return tuple(
        Question(
            at, names.get(question.to, question.to), eye.timed(question.ask, released), at in put
        )
        for at, question in enumerate(eye.exercise.injects[inject_id].probing, start=1)
    )


def _released(eye: Eye, inject_id: str) -> Released | None:
    """How an inject last came; None where it is still ahead."""
    came = [played.slot.released for played in eye.played() if played.inject.id == inject_id]
    return came[-1] if came and inject_id in eye.game.gone else None


def _effect(eye: Eye, effect: Effect) -> str:
    way = words.direction(effect.by, eye.exercise.tracks[effect.track].better)
    return f"{eye.names.values[effect.track]} {words.by_points(effect.by)} {way.word}"
