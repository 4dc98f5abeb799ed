"""Where the injects so far happened, for the map."""

from __future__ import annotations

from dataclasses import dataclass, replace
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
    lon: float | None = None
    lat: float | None = None
    edge: Literal["east", "west"] | None = None
    """For a place off the map: the side it lies on."""


def pins(eye: Eye) -> tuple[PinView, ...]:
    """All injects released so far, in order; these are open to every seat."""
    places = eye.exercise.map.place if eye.exercise.map else {}
    views = []
    for number, played in enumerate(eye.played(), start=1):
        inject = played.inject
        place = places.get(inject.place) if inject.place else None
        view = PinView(
            inject.id,
            number,
            played.turn.opened.turn,
            badge(eye.exercise, inject.actor),
            played.title,
            eye.text(inject.kind),
            _("no place"),
        )
        if place is not None:
            lat = place.lat if place.edge_lat is None else place.edge_lat
            view = replace(
                view,
                place=eye.text(place.name),
                lon=float(place.lon),
                lat=float(lat),
                edge=place.edge,
            )
        views.append(view)
    return tuple(views)
