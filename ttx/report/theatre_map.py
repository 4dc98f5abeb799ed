"""The theatre as a drawing for paper: land, borders, and the places that everybody may know.

The same data as the map of the screens, in the same projection (equirectangular, true at one
latitude). Places where something is only to come are left out, as they are there.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import cos, radians

from ttx.exercise.model.map import Map, Place
from ttx.exercise.model.part import text
from ttx.i18n import _
from ttx.report.aar.charts import drawing
from ttx.report.document import Figure
from ttx.report.graph.ink import Point, said, width
from ttx.session.view.places import known_places

WIDE, HIGH = 680, 380
"""The most that the drawing takes up, in pixels: less than half a page, so that little of one
stays empty where the map goes to the next."""
SEA, LAND, COAST, WORDS, FRAME = "#eef3f8", "#d8d4c8", "#6b6b6b", "#1c1c1c", "#999999"
SIZE = 12
"""Of the names, in pixels."""
DEGREE = 111.2
"""Kilometres a degree of latitude."""
_LENGTHS = (2000, 1000, 500, 200, 100, 50, 20, 10, 5, 2, 1)
"""Kilometres that a scale can show."""

Area = tuple[float, float, float, float]
"""Left, top, right and bottom."""


@dataclass(frozen=True, slots=True)
class _Sheet:
    """Where degrees lie on the drawing."""

    west: float
    north: float
    across: float
    """Pixels a degree of longitude."""
    down: float
    """Pixels a degree of latitude."""
    wide: int
    high: int

    def at(self, lon: float, lat: float) -> tuple[float, float]:
        """The point of a place, which may lie outside."""
        return (lon - self.west) * self.across, (self.north - lat) * self.down


def theatre_map(theatre: Map) -> Figure:
    """The map of an exercise, with its places told in words as well."""
    on = _sheet(theatre)
    places = [theatre.place[name] for name in known_places(theatre)]
    words = _told(places)
    marks = [
        f'<clipPath id="theatre-window"><rect width="{on.wide}" height="{on.high}"/></clipPath>',
        '<g clip-path="url(#theatre-window)">',
        f'<rect width="{on.wide}" height="{on.high}" fill="{SEA}"/>',
        (
            f'<path d="{_path(on, theatre.land, close=True)}" fill="{LAND}" stroke="{COAST}" '
            'stroke-width="0.7" fill-rule="evenodd"/>'
        ),
        (
            f'<path d="{_path(on, theatre.borders)}" fill="none" stroke="{COAST}" '
            'stroke-width="0.8" stroke-dasharray="4 3"/>'
        ),
        *_scale(on),
        *_names(on, places),
        "</g>",
        f'<rect width="{on.wide}" height="{on.high}" fill="none" stroke="{FRAME}"/>',
    ]
    title = _("The theatre")
    source = _("Coast: {source}.", source=theatre.source) if theatre.source else ""
    caption = " ".join(filter(None, (_("The theatre."), source)))
    return Figure(drawing(on.wide, on.high, "theatre", title, words, marks), caption, words)


def _sheet(theatre: Map) -> _Sheet:
    window = theatre.window
    west, east, south, north = map(float, (window.west, window.east, window.south, window.north))
    narrow = cos(radians(float(theatre.true_at)))
    scale = min(WIDE / ((east - west) * narrow), HIGH / (north - south))
    size = round((east - west) * narrow * scale), round((north - south) * scale)
    return _Sheet(west, north, narrow * scale, scale, *size)


def _path(on: _Sheet, lines: Sequence[Sequence[int]], *, close: bool = False) -> str:
    """Lines of lon, lat in hundredths of a degree as a path, without those that lie outside."""
    drawn = []
    for line in lines:
        pairs = zip(line[::2], line[1::2], strict=True)
        points = [on.at(lon / 100, lat / 100) for lon, lat in pairs]
        if _outside(on, points):
            continue
        corners = "L".join(f"{x:.1f} {y:.1f}" for x, y in points)
        drawn.append(f"M{corners}{'Z' if close else ''}")
    return "".join(drawn)


def _outside(on: _Sheet, points: Sequence[tuple[float, float]]) -> bool:
    """Whether all of a line lies on one side of the window."""
    xs, ys = [x for x, _y in points], [y for _x, y in points]
    return max(xs) < 0 or min(xs) > on.wide or max(ys) < 0 or min(ys) > on.high


def _scale(on: _Sheet) -> Iterator[str]:
    """A bar with its length, true at the latitude at which shapes are."""
    room = on.wide / 4 / on.down * DEGREE
    km = next((length for length in _LENGTHS if length <= room), 0)
    if not km:
        return
    long, y = km / DEGREE * on.down, on.high - 12
    yield f'<path d="M12 {y - 4}V{y}H{12 + long:.1f}V{y - 4}" fill="none" stroke="{WORDS}"/>'
    yield said((16, y - 7), _("{km} km", km=km), SIZE - 1, colour=WORDS, halo=True)


def _names(on: _Sheet, places: Sequence[Place]) -> Iterator[str]:
    """Marks with their names, none over another; where no side has room, the mark goes too."""
    taken: list[Area] = [(0, on.high - 36, on.wide / 4 + 24, on.high)]
    for place in sorted(places, key=lambda place: place.edge is None):
        lat = place.lat if place.edge_lat is None else place.edge_lat
        x, y = on.at(float(place.lon), float(lat))
        name = text(place.name)
        if place.edge is not None:
            y = min(max(y, SIZE), on.high - 6.0)
            west = place.edge == "west"
            name = f"◀ {name}" if west else f"{name} ▶"
            ways = [(6.0 if west else on.wide - 6.0, y + down) for down in (4, 20, -12, 36, -28)]
            anchor, dot = "start" if west else "end", ""
        elif 0 <= x <= on.wide and 0 <= y <= on.high:
            ways = [(x + 6, y + 4), (x - 6, y + 4), (x + 4, y - 6), (x + 4, y + 15)]
            anchor, dot = "", f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3" fill="{WORDS}"/>'
        else:
            continue
        long, spot = width(name, SIZE), (x - 4, y - 4, x + 4, y + 4)
        if dot and any(_meet(spot, there) for there in taken):
            continue
        for nth, (left, base) in enumerate(ways):
            side = anchor or ("end" if nth == 1 else "start")
            start = left - long if side == "end" else left
            area = (start - 2, base - SIZE, start + long + 2, base + 4)
            if _free(on, area, taken):
                taken += [area, *([spot] if dot else [])]
                yield dot
                at: Point = (round(left), round(base))
                yield said(at, name, SIZE, colour=WORDS, anchor=side, halo=True)
                break


def _free(on: _Sheet, area: Area, taken: Sequence[Area]) -> bool:
    left, top, right, bottom = area
    inside = left >= 0 and top >= 0 and right <= on.wide and bottom <= on.high
    return inside and not any(_meet(area, there) for there in taken)


def _meet(area: Area, there: Area) -> bool:
    """Whether two areas have something in common."""
    left, top, right, bottom = area
    return left < there[2] and right > there[0] and top < there[3] and bottom > there[1]


def _told(places: Sequence[Place]) -> str:
    """The places in words, those off the map with the side on which they lie."""
    on_it = [text(place.name) for place in places if place.edge is None]
    sides = {
        "west": [text(place.name) for place in places if place.edge == "west"],
        "east": [text(place.name) for place in places if place.edge == "east"],
    }
    said_of = [
        _("Within it: {names}.", names=", ".join(on_it)) if on_it else "",
        _("Beyond its western edge: {names}.", names=", ".join(sides["west"]))
        if sides["west"]
        else "",
        _("Beyond its eastern edge: {names}.", names=", ".join(sides["east"]))
        if sides["east"]
        else "",
    ]
    return " ".join(filter(None, said_of))
