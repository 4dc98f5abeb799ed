"""An action in own words that waits to be weighed, as whoever facilitates has it before it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from ttx.exercise.model.tracks import Effect
from ttx.i18n import _
from ttx.session.control_commands import STRENGTHS
from ttx.session.gates import waits_for_weight
from ttx.session.view.eye import Eye
from ttx.session.view.words import Shift, shift


@dataclass(frozen=True, slots=True)
class Likeness:
    """An option whose benefits, costs and provocation an action can take."""

    id: str
    title: str
    benefits: tuple[Shift, ...]
    """In full, with the turns until it lands."""
    costs: tuple[Shift, ...]


@dataclass(frozen=True, slots=True)
class WeighView:
    """The action as its cell gave it."""

    number: str
    title: str
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
    given = slot.answers[lead]
    return WeighView(
        number=game.number,
        title=eye.names.injects[inject.id],
        cell=eye.names.cells[lead],
        written=given.written,
        pro=given.pro,
        contra=given.contra,
        options=tuple(
            Likeness(
                option.id,
                eye.text(option.title),
                tuple(_effects(eye, option.benefits)),
                tuple(_effects(eye, option.costs)),
            )
            for option in inject.option
        ),
        strengths=tuple(map(_, STRENGTHS)),
    )


def _effects(eye: Eye, effects: Iterable[Effect]) -> Iterator[Shift]:
    for effect in effects:
        short, points, way = shift(eye.exercise.tracks[effect.track], effect.by)
        yield short, f"{points} T+{effect.delay}" if effect.delay else points, way
