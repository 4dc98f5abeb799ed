"""The part of the world that a map shows, and its land in braille dots."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from math import ceil, cos, floor, radians

from ttx.exercise.model.map import Map
from ttx.tui.braille import BITS, steps

WHOLE = "whole"
"""The zoom every map has; the others are the exercise's."""


@dataclass(frozen=True, slots=True)
class View:
    """The part of the world on so many cells: equirectangular, one scale for both directions."""

    width: int
    height: int
    west: float
    north: float
    across: float
    """Dots a degree of longitude."""
    down: float
    """Dots a degree of latitude."""

    def dot(self, lon: float, lat: float) -> tuple[float, float]:
        """Dots from the top left; the centre of the first is at 0.5, 0.5."""
        return (lon - self.west) * self.across, (self.north - lat) * self.down

    def dots(self, line: Sequence[int]) -> list[tuple[float, float]]:
        """The corners of a line: lon, lat, lon, lat … in hundredths of a degree."""
        pairs = zip(line[::2], line[1::2], strict=True)
        return [self.dot(lon / 100, lat / 100) for lon, lat in pairs]

    def cell(self, lon: float, lat: float) -> tuple[int, int]:
        """The column and row, which may lie outside."""
        x, y = self.dot(lon, lat)
        return floor(x / 2), floor(y / 4)

    def holds(self, column: int, row: int) -> bool:
        """Whether the view has this cell."""
        return 0 <= column < self.width and 0 <= row < self.height


def zooms(theatre: Map | None) -> tuple[str, ...]:
    """The presets, in the order the key steps through them."""
    return (WHOLE, *(theatre.zooms if theatre else ()))


def view(theatre: Map, zoom: str, width: int, height: int) -> View:
    """The window of a preset in the middle of the cells, moved where the data would end."""
    window = theatre.window if zoom == WHOLE else theatre.zooms[zoom]
    west, east, south, north = map(float, (window.west, window.east, window.south, window.north))
    narrow = cos(radians(float(theatre.true_at)))
    scale = min(2 * width / ((east - west) * narrow), 4 * height / (north - south))
    lons, lats = 2 * width / (scale * narrow), 4 * height / scale
    least_lon, most_lon, least_lat, most_lat = _extent(_Same(theatre))
    left = _moved((west + east - lons) / 2, lons, least_lon, most_lon)
    bottom = _moved((south + north - lats) / 2, lats, least_lat, most_lat)
    return View(width, height, left, bottom + lats, scale * narrow, scale)


def _moved(start: float, size: float, least: float, most: float) -> float:
    """A stretch moved to where there is data, if there is enough of it."""
    return min(max(start, least), most - size) if size <= most - least else start


@dataclass(frozen=True, slots=True)
class Land:
    """The land in a view, by row and column of its cells."""

    view: View
    dots: Sequence[bytes]
    """Its dots, without those of borders."""
    whole: Sequence[bytes]
    coast: Sequence[bytes]
    """The dots that meet the sea."""

    def hidden_by(self, cells: Iterable[tuple[int, int]]) -> int:
        """How much of the picture is lost under these cells: the coast counts twice."""
        kinds = ((self.whole[row][column], self.coast[row][column]) for column, row in cells)
        return sum(2 if coast else 1 if whole else 0 for whole, coast in kinds)


class _Same:
    """A map as a key: the same object, since its lists have no hash."""

    def __init__(self, theatre: Map) -> None:
        self.theatre = theatre

    def __hash__(self) -> int:
        return id(self.theatre)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and other.theatre is self.theatre


def land(theatre: Map, zoom: str, width: int, height: int) -> Land:
    """The land of a preset on so many cells, worked out once."""
    return _land(_Same(theatre), zoom, width, height)


@lru_cache(maxsize=8)
def _extent(same: _Same) -> tuple[float, float, float, float]:
    """West, east, south and north end of the data, in degrees."""
    lons = [lon for ring in same.theatre.land for lon in ring[::2]] or [0]
    lats = [lat for ring in same.theatre.land for lat in ring[1::2]] or [0]
    return min(lons) / 100, max(lons) / 100, min(lats) / 100, max(lats) / 100


@lru_cache(maxsize=32)
def _land(same: _Same, zoom: str, width: int, height: int) -> Land:
    on = view(same.theatre, zoom, width, height)
    whole = [0] * (4 * height)
    for ring in same.theatre.land:
        _fill(on, ring, whole)
    sea = [known & ~dots for known, dots in zip(_known(on, same), whole, strict=True)]
    around = zip(whole, [0, *sea[:-1]], sea, [*sea[1:], 0], strict=True)
    coast = [dots & (above | here << 1 | here >> 1 | below) for dots, above, here, below in around]
    dots = list(whole)
    for border in same.theatre.borders:
        corners = [(floor(x), floor(y)) for x, y in on.dots(border)]
        for start, end in pairwise(corners):
            for x, y in steps(*start, *end):
                if on.holds(x >> 1, y >> 2):
                    dots[y] &= ~(1 << x)
    return Land(on, *(_cells(rows, width) for rows in (dots, whole, coast)))


def _fill(on: View, ring: Sequence[int], rows: list[int]) -> None:
    """Set the dots whose centres lie in the ring: a number a row, the west in its lowest bit."""
    corners = on.dots(ring)
    width, height = 2 * on.width, 4 * on.height
    everything = (1 << width) - 1
    inside: dict[int, int] = {}
    for (x0, y0), (x1, y1) in pairwise([*corners, *corners[:1]]):
        first, stop = ceil(min(y0, y1) - 0.5), ceil(max(y0, y1) - 0.5)
        for row in range(max(first, 0), min(stop, height)):
            cross = x0 + (row + 0.5 - y0) * (x1 - x0) / (y1 - y0)
            column = min(max(ceil(cross - 0.5), 0), width)
            inside[row] = inside.get(row, 0) ^ (everything >> column << column)
    for row, dots in inside.items():
        rows[row] |= dots
    if not any(inside.values()):  # too small to hold the centre of a dot
        x, y = (floor(sum(values) / len(corners)) for values in zip(*corners, strict=True))
        if on.holds(x >> 1, y >> 2):
            rows[y] |= 1 << x


def _known(on: View, same: _Same) -> list[int]:
    """The dots inside the outermost points of the data: beyond them nothing says there is sea."""
    west, east, south, north = _extent(same)
    (left, top), (right, bottom) = on.dot(west, north), on.dot(east, south)
    first, stop = (min(max(ceil(x - 0.5), 0), 2 * on.width) for x in (left, right))
    inside = (1 << stop) - (1 << first)
    return [inside if top <= y + 0.5 < bottom else 0 for y in range(4 * on.height)]


def _cells(rows: list[int], width: int) -> list[bytes]:
    """Rows of dots as rows of braille cells."""
    packed = []
    for top in range(0, len(rows), 4):
        cells = bytearray(width)
        for dots, (left, right) in zip(rows[top : top + 4], BITS, strict=True):
            pair = (0, left, right, left | right)
            for column in range(width):
                cells[column] |= pair[dots >> 2 * column & 3]
        packed.append(bytes(cells))
    return packed
