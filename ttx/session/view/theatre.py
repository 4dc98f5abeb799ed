"""Where the injects so far happened, for the map."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from ttx.i18n import _
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
    place: str
    lon: float | None
    lat: float | None
    edge: Literal["east", "west"] | None
    """For a place off the map: the side it lies on."""


def pins(eye: Eye) -> tuple[PinView, ...]:
    """All injects released so far, in order; these are open to every seat."""
    return tuple(_pins(eye))


def _pins(eye: Eye) -> Iterator[PinView]:
    places = eye.exercise.map.place if eye.exercise.map else {}
    for number, played in enumerate(eye.played(), start=1):
        inject = played.inject
        place = places.get(inject.place or "")
        lat = None
        if place is not None:
            lat = float(place.lat if place.edge_lat is None else place.edge_lat)
        yield PinView(
            inject.id,
            number,
            played.turn.opened.turn,
            badge(eye.exercise, inject.actor),
            played.title,
            eye.text(inject.kind),
            eye.text(place.name) if place is not None else _("no place"),
            float(place.lon) if place is not None else None,
            lat,
            place.edge if place is not None else None,
        )
