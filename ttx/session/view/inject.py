"""An inject whole, as exercise control has it: also what no player may see before or after."""

from __future__ import annotations

from dataclasses import dataclass

from ttx.exercise import zones
from ttx.exercise.model import Effect
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
    probing: tuple[Question, ...]
    objectives: tuple[str, ...]


def whole(eye: Eye, inject_id: str) -> WholeInject:
    """An inject of the list; ValueError for all but the white cell's lead."""
    if not eye.seat or eye.seat != eye.run.facilitator:
        raise ValueError(f"the seat {eye.seat} does not have the MSEL")
    exercise = eye.exercise
    inject = exercise.injects[inject_id]
    came = [s.released for t in eye.game.turns for s in t.slots if s.released.inject == inject_id]
    released = came[-1] if came and inject_id in eye.game.gone else None

    def told(part: object) -> str:
        said = eye.text(part)  # type: ignore[arg-type]  # a text of the exercise
        if released is None:
            return said
        return zones.filled(exercise, said, released.day, released.hour)

    leans = {one.id: eye.text(one.name) for one in exercise.lean}
    cells = {one.id: eye.text(one.name) for one in exercise.cell}
    aims = {one.id: eye.text(one.text) for one in exercise.objective}
    when = ""
    if released is not None:
        when = words.moment(exercise, released.day, released.hour)
    return WholeInject(
        title=eye.text(inject.title),
        when=when,
        sender=eye.text(inject.message.sender),
        to=eye.text(inject.message.to),
        via=eye.text(inject.message.via),
        text=tuple(told(part) for part in inject.message.text),
        question=told(inject.question),
        lead=cells[inject.lead],
        options=tuple(
            WholeOption(
                str(at),
                eye.text(one.title),
                told(one.about),
                leans[one.lean],
                tuple(_effect(eye, effect) for effect in one.benefits),
                (
                    *(_effect(eye, effect) for effect in one.costs),
                    *(f"{name} {by}" for name, by, _ in announced(exercise, one, eye.language)),
                ),
            )
            for at, one in enumerate(inject.option, start=1)
        ),
        expected=told(inject.expected_action),
        otherwise=told(inject.if_not),
        probing=questions(eye, inject_id),
        objectives=tuple(aims[one] for one in inject.objectives),
    )


def questions(eye: Eye, inject_id: str) -> tuple[Question, ...]:
    """The probing questions of an inject, for exercise control."""
    exercise = eye.exercise
    names = {one.id: eye.text(one.name) for one in exercise.cell}
    names |= {one.id: one.short for one in exercise.seat}
    put = eye.game.notebook.probed(inject_id)
    return tuple(
        Question(at, names.get(one.to, one.to), eye.text(one.ask), at in put)
        for at, one in enumerate(exercise.injects[inject_id].probing, start=1)
    )


def _effect(eye: Eye, effect: Effect) -> str:
    track = eye.exercise.tracks[effect.track]
    way = words.direction(effect.by, track.better)
    return f"{eye.text(track.name)} {words.by_points(effect.by)} {way}"
