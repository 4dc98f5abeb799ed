"""Draws the map of the theatre: land in braille dots, pins, names, and what lies off its edge."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise, product
from math import asin, ceil, cos, floor, radians, sin, sqrt
from typing import Literal

from rich.cells import cell_len
from rich.text import Text

from ttx.exercise.model import Map, Place, Window, text
from ttx.tui.braille import BITS, Canvas, Glyphs, steps

WHOLE = "whole"
"""The zoom every map has; the others are the exercise's."""
Edge = Literal["east", "west"]
Cells = set[tuple[int, int]]
"""Columns and rows."""

_EARTH = 6371.0
"""Mean radius in km."""
_REACH = 12
"""How far from its place, in cells, a pin may end up where many would touch."""
_MOVES = (
    *((0, 0), (0, 1), (0, -1), (1, 0), (2, 0), (3, 0), (4, 0)),
    *sorted(
        product(range(-_REACH, _REACH + 1), repeat=2),
        key=lambda move: move[0] ** 2 + 4 * move[1] ** 2,
    ),
)
"""Columns right and rows down, in the order in which a pin tries them."""


@dataclass(frozen=True, slots=True)
class MapColours:
    """Names of the colours a map is drawn with."""

    land: str
    coast: str
    text: str
    muted: str
    onactor: str
    bg: str


@dataclass(frozen=True, slots=True)
class Pin:
    """An inject on the map. With an edge it lies beyond it, and `lat` says at which row."""

    letter: str
    number: int
    lon: float
    lat: float
    colour: str
    marked: bool = False
    edge: Edge | None = None


@dataclass(frozen=True, slots=True)
class MapLabel:
    """A name beside its mark, or centred on its spot where it has none; `edge` as for a pin."""

    text: str
    lon: float
    lat: float
    mark: str = "+"
    edge: Edge | None = None


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

    def cell(self, lon: float, lat: float) -> tuple[int, int]:
        """The column and row, which may lie outside."""
        x, y = self.dot(lon, lat)
        return floor(x / 2), floor(y / 4)

    def holds(self, column: int, row: int) -> bool:
        """Whether the view has this cell."""
        return 0 <= column < self.width and 0 <= row < self.height


def zooms(theatre: Map) -> tuple[str, ...]:
    """The presets, in the order the key steps through them."""
    return (WHOLE, *theatre.zooms)


def view(theatre: Map, zoom: str, width: int, height: int) -> View:
    """The window of a preset in the middle of the cells, moved where the data would end."""
    window: Window = theatre.window if zoom == WHOLE else theatre.zooms[zoom]
    west, east = float(window.west), float(window.east)
    south, north = float(window.south), float(window.north)
    narrow = cos(radians(float(theatre.true_at)))
    scale = min(2 * width / ((east - west) * narrow), 4 * height / (north - south))
    lons, lats = 2 * width / (scale * narrow), 4 * height / scale
    least_lon, most_lon, least_lat, most_lat = _extent(_Same(theatre))
    left, bottom = (west + east - lons) / 2, (south + north - lats) / 2
    if lons <= most_lon - least_lon:
        left = min(max(left, least_lon), most_lon - lons)
    if lats <= most_lat - least_lat:
        bottom = min(max(bottom, least_lat), most_lat - lats)
    return View(width, height, left, bottom + lats, scale * narrow, scale)


def distance(lon: float, lat: float, to_lon: float, to_lat: float) -> int:
    """Kilometres along the great circle, to the nearest 10: places are rounded too."""
    here, there = radians(lat), radians(to_lat)
    half = sin((there - here) / 2) ** 2
    half += cos(here) * cos(there) * sin(radians(to_lon - lon) / 2) ** 2
    return round(2 * _EARTH * asin(sqrt(min(half, 1.0))) / 10) * 10


def spot(place: Place) -> tuple[float, float, Edge | None]:
    """Where pins and labels of a place stand: longitude, latitude, and the edge if it is off."""
    lat = place.lat if place.edge_lat is None else place.edge_lat
    return float(place.lon), float(lat), place.edge


def labels(
    theatre: Map, language: str = "en", kinds: Iterable[str] = ("city", "off-map")
) -> list[MapLabel]:
    """Names of the places of these kinds, those whose distance is shown before all others."""
    wanted = set(kinds)
    names = [name for name in theatre.distances if name in theatre.place]
    names += [name for name, place in theatre.place.items() if place.kind in wanted]
    made = []
    for place in (theatre.place[name] for name in dict.fromkeys(names)):
        lon, lat, edge = spot(place)
        made.append(MapLabel(text(place.name, language), lon, lat, edge=edge))
    return made


# --- land ---------------------------------------------------------------------------------------


class _Same:
    """A map as a key: the same object, since its lists have no hash."""

    def __init__(self, theatre: Map) -> None:
        self.theatre = theatre

    def __hash__(self) -> int:
        return id(self.theatre)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and other.theatre is self.theatre


@dataclass(frozen=True, slots=True)
class _Land:
    """By row and column: dots with and without borders left out, and whether it meets the sea."""

    dots: list[bytes]
    whole: list[bytes]
    coast: list[bytes]

    def hidden_by(self, piece: Piece) -> int:
        """How much of the picture is lost under these words: the coast counts twice."""
        cells = [
            (self.whole[row][column], self.coast[row][column]) for column, row in piece.cells()
        ]
        return sum(2 if coast else 1 if whole else 0 for whole, coast in cells)


@lru_cache(maxsize=8)
def _extent(same: _Same) -> tuple[float, float, float, float]:
    """West, east, south and north end of the data, in degrees."""
    lons = [lon for ring in same.theatre.land for lon in ring[::2]] or [0]
    lats = [lat for ring in same.theatre.land for lat in ring[1::2]] or [0]
    return min(lons) / 100, max(lons) / 100, min(lats) / 100, max(lats) / 100


@lru_cache(maxsize=32)
def _land(same: _Same, zoom: str, width: int, height: int) -> _Land:
    on = view(same.theatre, zoom, width, height)
    land = [0] * (4 * height)
    for ring in same.theatre.land:
        _fill(on, ring, land)
    sea = [known & ~dots for known, dots in zip(_known(on, same), land, strict=True)]
    around = zip(land, [0, *sea[:-1]], sea, [*sea[1:], 0], strict=True)
    coast = [dots & (above | here << 1 | here >> 1 | below) for dots, above, here, below in around]
    dots = list(land)
    for border in same.theatre.borders:
        corners = [(floor(x), floor(y)) for x, y in _corners(on, border)]
        for (x0, y0), (x1, y1) in pairwise(corners):
            for x, y in steps(x0, y0, x1, y1):
                if on.holds(x >> 1, y >> 2):
                    dots[y] &= ~(1 << x)
    return _Land(_cells(dots, width), _cells(land, width), _cells(coast, width))


def _corners(on: View, line: Sequence[int]) -> list[tuple[float, float]]:
    pairs = zip(line[::2], line[1::2], strict=True)
    return [on.dot(lon / 100, lat / 100) for lon, lat in pairs]


def _fill(on: View, ring: Sequence[int], rows: list[int]) -> None:
    """Set the dots whose centres lie in the ring: a number a row, the west in its lowest bit."""
    corners = _corners(on, ring)
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
    if not any(inside.values()):
        x = floor(sum(x for x, _ in corners) / len(corners))
        y = floor(sum(y for _, y in corners) / len(corners))
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


# --- pins and names -----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Piece:
    """Words that stand in a row, each with the name of its style."""

    row: int
    column: int
    words: tuple[tuple[str, str], ...]

    @property
    def end(self) -> int:
        """The column after the last one."""
        return self.column + sum(cell_len(word) for word, _ in self.words)

    def cells(self, around: int = 0) -> Cells:
        """The cells it takes, and so many more on either side."""
        return {(at, self.row) for at in range(self.column - around, self.end + around)}

    def within(self, on: View) -> bool:
        """Whether nothing of it lies outside."""
        return on.holds(self.column, self.row) and self.end <= on.width


Pinned = Sequence[tuple[Pin, Piece]]
"""The pins that have found a place, and the place."""


def settle(
    on: View, pins: Sequence[Pin], now: str = "now", glyphs: Glyphs = "braille"
) -> list[Piece | None]:
    """Where each pin goes so that no two touch; None for one that lies outside of the view.

    The later of two that would touch moves one row down, then up, then right, then to whatever is
    nearest. The marked one keeps room for its word.
    """
    taken: Cells = set()
    settled: list[Piece | None] = []
    for pin in pins:
        ways = (way for way in _ways_to_pin(on, pin, now, glyphs) if way.within(on))
        settled.append(piece := _first(ways, taken))
        taken |= piece.cells() if piece else set()
    return settled


def _first(ways: Iterable[Piece], taken: AbstractSet[tuple[int, int]]) -> Piece | None:
    """The first that neither covers nor touches what is there."""
    return next((way for way in ways if taken.isdisjoint(way.cells(1))), None)


def _ways_to_pin(on: View, pin: Pin, now: str, glyphs: Glyphs) -> Iterator[Piece]:
    name = f"{pin.letter}{pin.number}"
    column, row = on.cell(pin.lon, pin.lat)
    after = ((name, "pin"), (f" {now}" if pin.marked else "", "strong"))
    before = ((f"{now} " if pin.marked else "", "strong"), (name, "pin"))
    if pin.edge is not None:
        words = after if pin.edge == "west" else before
        for down in sorted(range(-_REACH, _REACH + 1), key=lambda down: (abs(down), -down)):
            yield _against(on, pin.edge, row + down, words, glyphs)
    elif on.holds(column, row):
        start = round(on.dot(pin.lon, pin.lat)[0] / 2 - len(name) / 2)
        start = max(min(start, on.width - len(name)), 0)
        for across, down in _MOVES:
            yield Piece(row + down, start + across, after)
            yield Piece(row + down, start + across - cell_len(before[0][0]), before)


def _against(
    on: View, edge: Edge, row: int, words: tuple[tuple[str, str], ...], glyphs: Glyphs
) -> Piece:
    """Words at an edge, with the sign that points beyond it."""
    if edge == "west":
        return Piece(row, 0, (("< " if glyphs == "ascii" else "◂ ", "muted"), *words))
    piece = Piece(row, 0, (*words, (" >" if glyphs == "ascii" else " ▸", "muted")))
    return replace(piece, column=on.width - piece.end)


def _ways_to_name(on: View, label: MapLabel, pins: Pinned, glyphs: Glyphs) -> Iterator[Piece]:
    column, row = on.cell(label.lon, label.lat)
    name, size = label.text, cell_len(label.text)
    if label.edge is not None:
        for pin, piece in pins:
            if (pin.edge, pin.lat) == (label.edge, label.lat):
                start = piece.end + 1 if pin.edge == "west" else piece.column - 1 - size
                yield Piece(piece.row, start, ((name, "muted"),))
        for at in (row, row + 1, row - 1):
            yield _against(on, label.edge, at, ((name, "muted"),), glyphs)
    elif not on.holds(column, row):
        return
    elif cover := next((piece for _, piece in pins if (column, row) in piece.cells()), None):
        yield Piece(row, cover.end + 1, ((name, "text"),))
        yield Piece(row, cover.column - 1 - size, ((name, "text"),))
    elif not label.mark:
        yield Piece(row, column - size // 2, ((name, "strong"),))
    else:
        yield Piece(row, column, ((label.mark, "strong"), (f" {name}", "text")))
        yield Piece(row, column - 1 - size, ((f"{name} ", "text"), (label.mark, "strong")))


def _name(
    on: View, names: Sequence[MapLabel], pins: Pinned, land: _Land, glyphs: Glyphs
) -> list[Piece]:
    """The names that find room: what lies off the map, then the first of the list before others.

    Of the two sides of its mark a name takes the one that hides less of the coast. It keeps off the
    marks of the names after it where it can; where it cannot, they go. A mark without its name says
    nothing and goes with it. Where a pin covers the mark, it stands for it.
    """
    pinned = {cell for _, piece in pins for cell in piece.cells()}
    marks = {on.cell(name.lon, name.lat) for name in names if name.mark and not name.edge}
    taken: Cells = set()
    named: list[Piece] = []
    for name in sorted(names, key=lambda name: name.edge is None):
        column, row = on.cell(name.lon, name.lat)
        # A mark may stand against a pin, a word may not: without colours the two would be one.
        beside = {(column - 1, row), (column + 1, row)} if name.mark else set()
        ways = [
            way
            for way in _ways_to_name(on, name, pins, glyphs)
            if way.within(on) and pinned.isdisjoint(way.cells() | (way.cells(1) - beside))
        ]
        if name.edge is None:
            ways.sort(key=land.hidden_by)
        if piece := _first(ways, taken | (marks - {(column, row)})) or _first(ways, taken):
            named.append(piece)
            taken |= piece.cells()
    return named


def frame(
    theatre: Map,
    width: int,
    height: int,
    colours: MapColours,
    *,
    zoom: str = WHOLE,
    pins: Sequence[Pin] = (),
    names: Sequence[MapLabel] = (),
    now: str = "now",
    glyphs: Glyphs = "braille",
) -> list[Text]:
    """The map in exactly `height` rows of `width` cells.

    `names` stand in order of priority; `now` is the word beside the marked pin.
    """
    land = _land(_Same(theatre), zoom, width, height)
    canvas = Canvas(width, height)
    for row, cells in enumerate(land.whole if glyphs == "ascii" else land.dots):
        for column, dots in enumerate(cells):
            if dots:
                ink = colours.coast if land.coast[row][column] else colours.land
                canvas.cell(column, row, dots, ink)
    on = view(theatre, zoom, width, height)
    settled = zip(pins, settle(on, pins, now, glyphs), strict=True)
    pinned = [(pin, piece) for pin, piece in settled if piece]
    named = _name(on, names, pinned, land, glyphs)
    pieces = [*named, *(piece for _, piece in pinned)]
    taken = {cell for piece in pieces for cell in piece.cells()}
    for piece in pieces:
        # No dots in the one cell between a pin and its name.
        if (piece.end + 1, piece.row) in taken:
            canvas.clear(piece.end, piece.row)
    styles = {"text": colours.text, "strong": f"bold {colours.text}", "muted": colours.muted}
    for piece in named:
        _lay(canvas, piece, styles)
    for pin, piece in pinned:
        _lay(canvas, piece, styles | {"pin": f"bold {colours.onactor} on {pin.colour}"})
    return canvas.rows(f"{colours.text} on {colours.bg}", glyphs)


def _lay(canvas: Canvas, piece: Piece, styles: dict[str, str]) -> None:
    column = piece.column
    for words, style in piece.words:
        column = canvas.write(column, piece.row, words, styles[style])
