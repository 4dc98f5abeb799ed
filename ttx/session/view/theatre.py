"""Where the injects so far happened, for the map."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from ttx.session.view.badge import Badge, badge
from ttx.session.view.eye import Eye


@dataclass(frozen=True, slots=True)
class PinView:
    """An inject released so far, with its place in degrees where it has one on the map."""

    inject: str
    number: int
    """In the order of release."""
    turn: int
    badge: Badge
    title: str
    kind: str
    lon: float | None
    lat: float | None
    place: str
    edge: Literal["east", "west"] | None = None
    """For a place off the map: the side it lies on."""


def pins(eye: Eye) -> tuple[PinView, ...]:  # a door asks who comes, also where it lets everybody in
    """All injects released so far, in order; these are open to every seat."""
    exercise = eye.exercise
    places = exercise.map.place if exercise.map else {}
    found: list[PinView] = []
    for turn in eye.game.turns:
        for slot in turn.slots:
            inject = exercise.injects[slot.released.inject]
            place = places.get(inject.place) if inject.place else None
            found.append(
                PinView(
                    inject.id,
                    len(found) + 1,
                    turn.opened.turn,
                    badge(exercise, inject.actor, eye.language),
                    eye.text(inject.title),
                    eye.text(inject.kind),
                    float(place.lon) if place else None,
                    float(place.lat if place.edge_lat is None else place.edge_lat)
                    if place
                    else None,
                    eye.text(place.name) if place else "no place",
                    place.edge if place else None,
                )
            )
    return tuple(found)
