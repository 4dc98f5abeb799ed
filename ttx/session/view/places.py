"""Which places of the map everybody may know before play; in others something is to come."""

from __future__ import annotations

from collections.abc import Collection

from ttx.exercise.model.map import Map

KNOWN = ("city", "off-map")
"""The kinds of places that a map names from the beginning."""


def known_places(theatre: Map, kinds: Collection[str] = KNOWN) -> tuple[str, ...]:
    """Their ids: those whose distance is shown first, then all of these kinds."""
    wanted = (name for name, place in theatre.place.items() if place.kind in kinds)
    return tuple(dict.fromkeys([*theatre.distances, *wanted]))
