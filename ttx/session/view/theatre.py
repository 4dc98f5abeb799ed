"""Where the injects so far happened, and how far that is from the places that are named."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from math import asin, cos, radians, sin, sqrt
from typing import Literal

from ttx.i18n import _
from ttx.session.view.badge import Badge, badge
from ttx.session.view.eye import Eye

EARTH = 6371.0
"""Mean radius in km."""


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


def distances(eye: Eye, pin: PinView) -> tuple[tuple[str, int], ...]:
    """How far the place of an inject is from those that the exercise names, in kilometres."""
    theatre = eye.exercise.map
    if theatre is None or pin.lon is None or pin.lat is None:
        return ()
    return tuple(
        (eye.text(place.name), distance(pin.lon, pin.lat, float(place.lon), float(place.lat)))
        for place in (theatre.place[name] for name in theatre.distances)
    )


def distance(lon: float, lat: float, to_lon: float, to_lat: float) -> int:
    """Kilometres along the great circle, to the nearest 10: places are rounded too."""
    here, there = radians(lat), radians(to_lat)
    half = sin((there - here) / 2) ** 2
    half += cos(here) * cos(there) * sin(radians(to_lon - lon) / 2) ** 2
    return round(2 * EARTH * asin(sqrt(min(half, 1.0))) / 10) * 10
