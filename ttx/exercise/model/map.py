"""The theatre: coast, borders and places, in degrees."""

from __future__ import annotations

from decimal import Decimal
from typing import Literal

from ttx.exercise.model.part import Id, Part, Text


class Place(Part):
    """A named spot on the map, in degrees; positions are rounded."""

    name: Text
    """As the map prints it."""
    lon: Decimal
    """Degrees east."""
    lat: Decimal
    """Degrees north."""
    kind: Literal["base", "city", "island", "sea", "site", "off-map"]
    """Which sign it gets; `off-map` stands at an edge."""
    edge: Literal["east", "west"] | None = None
    """The edge at which a place off the map is shown."""
    edge_lat: Decimal | None = None
    """The latitude at which it is shown there."""


class Window(Part):
    """The edges of the map, in degrees."""

    west: Decimal
    """Degrees east of the left edge."""
    east: Decimal
    """Degrees east of the right edge."""
    south: Decimal
    """Degrees north of the lower edge."""
    north: Decimal
    """Degrees north of the upper edge."""


class Map(Part):
    """Coast, borders and places of the theatre."""

    window: Window
    """What the map shows at first."""
    true_at: Decimal
    """The latitude at which shapes are true."""
    source: str
    """Where coast and borders come from."""
    zooms: dict[Id, Window] = {}
    """Closer windows, by id."""
    land: list[list[int]] = []
    """Rings as lon, lat, lon, lat … in hundredths of a degree."""
    borders: list[list[int]] = []
    """Lines of the same form; left out of the filled land."""
    place: dict[Id, Place] = {}
    """Named spots, by id."""
    distances: list[Id] = []
    """The places whose distance from the marked inject is shown."""
