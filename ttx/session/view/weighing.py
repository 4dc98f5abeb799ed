"""An action in own words that waits to be weighed, as whoever facilitates has it before it."""

from __future__ import annotations

from dataclasses import dataclass

from ttx.exercise.model import Effect
from ttx.session.control_commands import STRENGTHS
from ttx.session.gates import waits_for_weight
from ttx.session.view import words
from ttx.session.view.eye import Eye


@dataclass(frozen=True, slots=True)
class Likeness:
    """An option whose benefits, costs and provocation an action can take."""

    id: str
    title: str
    benefits: tuple[tuple[str, str, str], ...]
    """Track, change in full, direction."""
    costs: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True, slots=True)
class WeighView:
    """The action as its cell gave it."""

    number: str
    title: str
    question: str
    cell: str
    written: str
    pro: str
    contra: str
    options: tuple[Likeness, ...]
    strengths: tuple[str, ...]
    """From far too weak, 0 quarters, to strong, 4 quarters."""


def weigh_view(eye: Eye) -> WeighView | None:
    """What waits to be weighed, for the seat that facilitates alone; None where nothing does."""
    game = eye.game
    lead, slot, inject = waits_for_weight(game), game.slot, game.inject
    if not lead or slot is None or inject is None:
        return None
    exercise, given = eye.exercise, slot.answers[lead]

    def rows(effects: list[Effect]) -> tuple[tuple[str, str, str], ...]:
        tracks = exercise.tracks
        return tuple(
            (
                tracks[e.track].short,
                words.by_points(e.by) + (f" T+{e.delay}" if e.delay else ""),
                words.direction(e.by, tracks[e.track].better, same=1),
            )
            for e in effects
        )

    return WeighView(
        number=game.number,
        title=eye.text(inject.title),
        question=eye.text(inject.question),
        cell=next(eye.text(c.name) for c in exercise.cell if c.id == lead),
        written=given.written,
        pro=given.pro,
        contra=given.contra,
        options=tuple(
            Likeness(o.id, eye.text(o.title), rows(o.benefits), rows(o.costs))
            for o in inject.option
        ),
        strengths=STRENGTHS,
    )
