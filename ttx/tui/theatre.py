"""Draws the map of the theatre: its land, pins, names, and what lies off its edge."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from itertools import product
from typing import Literal

from rich.cells import cell_len
from rich.text import Text

from ttx.exercise.model.map import Map, Place
from ttx.exercise.model.part import text
from ttx.session.view.places import KNOWN, known_places
from ttx.tui.braille import Canvas
from ttx.tui.land import WHOLE, Land, View, land
from ttx.tui.theme import FULL, Glyphs, Ink

Edge = Literal["east", "west"]
Cells = AbstractSet[tuple[int, int]]
"""Columns and rows."""
Words = tuple[tuple[str, str], ...]
"""Words that follow each other, each with the name of its style."""

REACH = 12
"""How far from its place, in cells, a pin may end up where many would touch."""
MOVES = (
    *((0, 0), (0, 1), (0, -1), (1, 0), (2, 0), (3, 0), (4, 0)),
    *sorted(
        product(range(-REACH, REACH + 1), repeat=2),
        key=lambda move: move[0] ** 2 + 4 * move[1] ** 2,
    ),
)
"""Columns right and rows down, in the order in which a pin tries them."""


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
    edge: Edge | None = None
    mark: str = "+"


def spot(place: Place) -> tuple[float, float, Edge | None]:
    """Where pins and labels of a place stand: longitude, latitude, and the edge if it is off."""
    lat = place.lat if place.edge_lat is None else place.edge_lat
    return float(place.lon), float(lat), place.edge


def labels(theatre: Map, language: str = "", kinds: Collection[str] = KNOWN) -> list[MapLabel]:
    """Names of the places of these kinds, those whose distance is shown before all others."""
    places = (theatre.place[name] for name in known_places(theatre, kinds))
    return [MapLabel(text(place.name, language), *spot(place)) for place in places]


# --- where pins and names go ---


@dataclass(frozen=True, slots=True)
class Piece:
    """Words that stand in a row."""

    row: int
    column: int
    words: Words

    @property
    def end(self) -> int:
        """The column after the last one."""
        return self.column + sum(cell_len(word) for word, _style in self.words)

    def cells(self, around: int = 0) -> Cells:
        """The cells it takes, and so many more on either side."""
        return {(at, self.row) for at in range(self.column - around, self.end + around)}

    def within(self, on: View) -> bool:
        """Whether nothing of it lies outside."""
        return on.holds(self.column, self.row) and self.end <= on.width


def settle(
    on: View, pins: Sequence[Pin], now: str = "now", signs: Glyphs = FULL
) -> list[tuple[Pin, Piece]]:
    """The pins that lie in the view, each where no two touch.

    The later of two that would touch moves one row down, then up, then right, then to whatever is
    nearest. The marked one keeps room for its word.
    """
    taken: Cells = set()
    settled: list[tuple[Pin, Piece]] = []
    for pin in pins:
        ways = (way for way in _ways_to_pin(on, pin, now, signs) if way.within(on))
        if piece := _first(ways, taken):
            settled.append((pin, piece))
            taken |= piece.cells()
    return settled


def _first(ways: Iterable[Piece], taken: Cells) -> Piece | None:
    """The first that neither covers nor touches what is there."""
    return next((way for way in ways if taken.isdisjoint(way.cells(1))), None)


def _ways_to_pin(on: View, pin: Pin, now: str, signs: Glyphs) -> Iterator[Piece]:
    name = f"{pin.letter}{pin.number}"
    column, row = on.cell(pin.lon, pin.lat)
    after = ((name, "pin"), (f" {now}" if pin.marked else "", "strong"))
    before = ((f"{now} " if pin.marked else "", "strong"), (name, "pin"))
    if pin.edge is not None:
        words = after if pin.edge == "west" else before
        for down in sorted(range(-REACH, REACH + 1), key=lambda down: (abs(down), -down)):
            yield _against(on, pin.edge, row + down, words, signs)
    elif on.holds(column, row):
        start = round(on.dot(pin.lon, pin.lat)[0] / 2 - len(name) / 2)
        start = max(min(start, on.width - len(name)), 0)
        for across, down in MOVES:
            yield Piece(row + down, start + across, after)
            yield Piece(row + down, start + across - cell_len(before[0][0]), before)


def _against(on: View, edge: Edge, row: int, words: Words, signs: Glyphs) -> Piece:
    """Words at an edge, with the sign that points beyond it."""
    if edge == "west":
        return Piece(row, 0, (("< " if signs.plain else "◂ ", "muted"), *words))
    piece = Piece(row, 0, (*words, (f" {signs.marked}", "muted")))
    return replace(piece, column=on.width - piece.end)


def _ways_to_name(
    on: View, label: MapLabel, pins: Sequence[tuple[Pin, Piece]], signs: Glyphs
) -> Iterator[Piece]:
    column, row = on.cell(label.lon, label.lat)
    name, size = label.text, cell_len(label.text)
    if label.edge is not None:
        for pin, piece in pins:
            if (pin.edge, pin.lat) == (label.edge, label.lat):
                start = piece.end + 1 if pin.edge == "west" else piece.column - 1 - size
                yield Piece(piece.row, start, ((name, "muted"),))
        for at in (row, row + 1, row - 1):
            yield _against(on, label.edge, at, ((name, "muted"),), signs)
    elif not on.holds(column, row):
        return
    elif cover := next((piece for _pin, piece in pins if (column, row) in piece.cells()), None):
        yield Piece(row, cover.end + 1, ((name, "text"),))
        yield Piece(row, cover.column - 1 - size, ((name, "text"),))
    elif not label.mark:
        yield Piece(row, column - size // 2, ((name, "strong"),))
    else:
        yield Piece(row, column, ((label.mark, "strong"), (f" {name}", "text")))
        yield Piece(row, column - 1 - size, ((f"{name} ", "text"), (label.mark, "strong")))


def settle_names(
    shown: Land, names: Sequence[MapLabel], pins: Sequence[tuple[Pin, Piece]], signs: Glyphs = FULL
) -> list[Piece]:
    """The names that find room: what lies off the map, then the first of the list before others.

    Of the two sides of its mark a name takes the one that hides less of the coast. It keeps off the
    marks of the names after it where it can; where it cannot, they go. A mark without its name says
    nothing and goes with it. Where a pin covers the mark, it stands for it.
    """
    on = shown.view
    pinned = {cell for _pin, piece in pins for cell in piece.cells()}
    marks = {on.cell(name.lon, name.lat) for name in names if name.mark and not name.edge}
    taken: Cells = set()
    named: list[Piece] = []
    for name in sorted(names, key=lambda name: name.edge is None):
        column, row = on.cell(name.lon, name.lat)
        # A mark may stand against a pin, a word may not: without colours the two would be one.
        beside = {(column - 1, row), (column + 1, row)} if name.mark else set()
        ways = [
            way
            for way in _ways_to_name(on, name, pins, signs)
            if way.within(on) and pinned.isdisjoint(way.cells() | (way.cells(1) - beside))
        ]
        if name.edge is None:
            ways.sort(key=lambda way: shown.hidden_by(way.cells()))
        if piece := _first(ways, taken | (marks - {(column, row)})) or _first(ways, taken):
            named.append(piece)
            taken |= piece.cells()
    return named


def frame(
    theatre: Map,
    width: int,
    height: int,
    ink: Ink,
    signs: Glyphs = FULL,
    *,
    zoom: str = WHOLE,
    pins: Sequence[Pin] = (),
    names: Sequence[MapLabel] = (),
    now: str = "now",
) -> list[Text]:
    """The map in exactly `height` rows of `width` cells.

    `names` stand in order of priority; `now` is the word beside the marked pin.
    """
    shown, canvas = land(theatre, zoom, width, height), Canvas(width, height)
    for row, cells in enumerate(shown.whole if signs.plain else shown.dots):
        for column, dots in enumerate(cells):
            if dots:
                tone = ink.coast if shown.coast[row][column] else ink.land
                canvas.cell(column, row, dots, tone)
    pinned = settle(shown.view, pins, now, signs)
    pieces = [(piece, "") for piece in settle_names(shown, names, pinned, signs)]
    pieces += [(piece, pin.colour) for pin, piece in pinned]
    taken = {cell for piece, _colour in pieces for cell in piece.cells()}
    for piece, _colour in pieces:
        # No dots in the one cell between a pin and its name.
        if (piece.end + 1, piece.row) in taken:
            canvas.clear(piece.end, piece.row)
    styles = {"text": ink.text, "strong": f"bold {ink.text}", "muted": ink.muted}
    for piece, colour in pieces:
        column = piece.column
        for words, style in piece.words:
            tone = styles.get(style) or f"bold {ink.onactor} on {colour}"
            column = canvas.write(column, piece.row, words, tone)
    return canvas.rows(f"{ink.text} on {ink.bg}", signs)
