"""The influences as a drawing: values in columns, from what moves others to what is moved."""

from __future__ import annotations

from itertools import pairwise

from ttx.exercise.model.exercise import Exercise
from ttx.exercise.model.part import text
from ttx.i18n import _
from ttx.report.graph.ink import LESS, MORE, QUIET, RULE, Point, arrow, box, cut, said, wrapped
from ttx.report.graph.layers import Edge, Passing, Slot, Ways, columns, rows, ways
from ttx.report.graph.scheme import Link, links, movers, named

LEFT, BOX, GAP = 16, 168, 150
PORT, LEAST, BETWEEN, THROUGH = 13, 38, 16, 14
"""Room for a line's end, least height of a box, room between boxes, height of a passing line."""
FILL, OTHER = "#eef2f7", "#fbf3e6"
"""Of a track, and of a derived value that influences read."""
PASSES = 16


def network(exercise: Exercise, top: int) -> tuple[list[str], Point]:
    """The marks of the drawing from `top` down, and where its right lower corner is."""
    all_links = links(exercise)
    touched = {name for link in all_links for name in (link.source, link.target)}
    nodes = [name for name in exercise.names if name in touched]
    steady = [link for link in all_links if not link.kick] + [
        link for link in all_links if link.kick
    ]
    edges = [(link.source, link.target) for link in steady]
    column = columns(nodes, edges)
    stations = ways(column, edges)
    order = rows(column, stations)
    ends = _ends(column, stations)
    height = {
        slot: THROUGH if isinstance(slot, Passing) else max(LEAST, PORT * _most(slot, ends) + 12)
        for slots in order
        for slot in slots
    }
    marks = _legend(top)
    start = top + 46
    middle = _heights(order, stations, height, start)
    place = _ports(ends, middle)
    for edge, way in stations.items():
        pair = [link for link in all_links if (link.source, link.target) == edge]
        marks += _drawn(pair, way, middle, place)
    by = movers(exercise)
    for at, slots in enumerate(order):
        for slot in slots:
            if isinstance(slot, str):
                y = middle[at, slot] - height[slot] // 2
                marks += _node(exercise, slot, by.get(slot, []), (_x(at), y), height[slot])
    low = max(
        (middle[at, slot] + height[slot] // 2 for at, slots in enumerate(order) for slot in slots),
        default=start,
    )
    right = _x(len(order) - 1) + BOX + LEFT if order else 400
    alone = [named(exercise, name) for name in exercise.tracks if name not in touched]
    words = _("No influence touches: {names}.", names=", ".join(alone)) if alone else ""
    for row in wrapped(words, 11, right):
        low += 18
        marks.append(said((LEFT, low), row, 11, colour=QUIET))
    return marks, (right, low)


def _x(at: int) -> int:
    return LEFT + at * (BOX + GAP)


def _legend(top: int) -> list[str]:
    marks = [said((LEFT, top + 4), _("Influences: what moves what"), 15, bold=True)]
    x, y = LEFT, top + 24
    for words, colour, dashed in (
        (_("raises"), MORE, False),
        (_("lowers"), LESS, False),
        (_("by the change of a turn, not by the level"), QUIET, True),
    ):
        marks.append(arrow(f"M{x} {y}H{x + 34}", colour, dashed=dashed))
        marks.append(said((x + 40, y + 4), words, 10, colour=QUIET))
        x += 62 + 6 * len(words)
    words = _("numbers: strength per 256, and delay; second line of a box: levers that move it")
    return [*marks, said((x, y + 4), words, 10, colour=QUIET)]


def _node(exercise: Exercise, name: str, levers: list[str], at: Point, height: int) -> list[str]:
    x, y = at
    track = exercise.tracks.get(name)
    tip = text(track.about) if track else text(exercise.names[name])
    base = y + height // 2 + (-2 if levers else 4)
    marks = [
        box(at, (BOX, height), FILL if track else OTHER, edge=RULE, tip=tip),
        said((x + 8, base), cut(named(exercise, name), 12, BOX - 16), 12, bold=True),
    ]
    if levers:
        marks.append(said((x + 8, base + 13), cut(", ".join(levers), 9, BOX - 16), 9, colour=QUIET))
    return marks


# --- where lines end ------------------------------------------------------------------------------

Ends = dict[tuple[str, str], list[tuple[Edge, tuple[int, Slot]]]]
"""By node and side (left, right): the edges that end there, with their next station."""


def _ends(column: dict[str, int], stations: Ways) -> Ends:
    ends: Ends = {}
    for edge, way in stations.items():
        source, target = edge
        same = column[source] == column[target]
        for node, near in ((source, way[1]), (target, way[-2])):
            side = "right" if same or near[0] > column[node] else "left"
            ends.setdefault((node, side), []).append((edge, near))
    return ends


def _most(node: str, ends: Ends) -> int:
    return max(len(ends.get((node, side), [])) for side in ("left", "right"))


def _ports(ends: Ends, middle: dict[tuple[int, Slot], int]) -> dict[tuple[str, str, Edge], int]:
    """The height at which each edge meets each side of a node, in the order of where it leads."""
    own = {slot: y for (_, slot), y in middle.items() if isinstance(slot, str)}
    ports: dict[tuple[str, str, Edge], int] = {}
    for (node, side), end in ends.items():
        ordered = sorted(end, key=lambda end: middle[end[1]])
        first = own[node] - PORT * (len(ordered) - 1) // 2
        for at, (edge, _level) in enumerate(ordered):
            ports[node, side, edge] = first + at * PORT
    return ports


def _heights(
    order: list[list[Slot]], stations: Ways, height: dict[Slot, int], top: int
) -> dict[tuple[int, Slot], int]:
    """The middle of each slot: as near to its neighbours' as the boxes above and below allow."""
    beside: dict[tuple[int, Slot], list[tuple[int, Slot]]] = {}
    for way in stations.values():
        for node, other in pairwise(way):
            beside.setdefault(node, []).append(other)
            beside.setdefault(other, []).append(node)
    middle: dict[tuple[int, Slot], int] = {}
    for at, slots in enumerate(order):
        y = top
        for slot in slots:
            middle[at, slot] = y + height[slot] // 2
            y += height[slot] + BETWEEN
    for turn in range(PASSES):
        rows = range(len(order)) if turn % 2 else range(len(order) - 1, -1, -1)
        for at in rows:
            slots = order[at]
            wanted = [_mean(beside.get((at, s), []), middle, middle[at, s]) for s in slots]
            off, low = 0, None
            for slot, y in zip(slots, wanted, strict=True):
                half = height[slot] // 2
                middle[at, slot] = y if low is None else max(y, low + half)
                low = middle[at, slot] + half + BETWEEN
                off += middle[at, slot] - y
            for slot in slots:  # what was pushed down is shared by all, so that nothing drifts
                middle[at, slot] -= off // len(slots)
    return _closed(middle, height, top)


def _closed(
    middle: dict[tuple[int, Slot], int], height: dict[Slot, int], top: int
) -> dict[tuple[int, Slot], int]:
    """The same with every band in which no column has anything closed to the room between boxes."""
    heights: dict[tuple[int, Slot], int] = {}
    low, taken = top, 0
    for slot in sorted(middle, key=lambda band: (middle[band] - height[band[1]] // 2, band[0])):
        half = height[slot[1]] // 2
        first = middle[slot] - half - taken
        room = low + (2 * BETWEEN if heights else 0)
        taken += first - room if first > room or not heights else 0
        heights[slot] = middle[slot] - taken
        low = max(low, heights[slot] + half)
    return heights


def _mean(near: list[tuple[int, Slot]], middle: dict[tuple[int, Slot], int], otherwise: int) -> int:
    return sum(middle[slot] for slot in near) // len(near) if near else otherwise


# --- lines ----------------------------------------------------------------------------------------


def _drawn(
    pair: list[Link],
    stations: list[tuple[int, Slot]],
    middle: dict[tuple[int, Slot], int],
    place: dict[tuple[str, str, Edge], int],
) -> list[str]:
    """The line of all influences between two values, with the words of each."""
    link = pair[0]
    edge = (link.source, link.target)
    (first, _), (last, _) = stations[0], stations[-1]
    out = "left" if last < first else "right"
    into = "right" if last <= first else "left"
    toward = -1 if out == "left" else 1
    bend = GAP // 2 * toward
    x, y = _x(first) + (BOX if out == "right" else 0), place[link.source, out, edge]
    end, level = _x(last) + (BOX if into == "right" else 0), place[link.target, into, edge]
    path = f"M{x} {y}"
    if first == last:
        path += f"C{x + bend} {y} {x + bend} {level} {end} {level}"
    else:
        for at, slot in stations[1:-1]:
            near, through = _x(at) + (0 if toward > 0 else BOX), middle[at, slot]
            path += f"C{x + bend} {y} {near - bend} {through} {near} {through}h{BOX * toward}"
            x, y = near + BOX * toward, through
        path += f"C{x + bend} {y} {end - bend} {level} {end} {level}"
    most = max((link.strength for link in pair), key=abs)
    colour = MORE if most >= 0 else LESS
    thick = "1.2" if abs(most) < 64 else "2" if abs(most) < 128 else "3"
    words = "; ".join(", ".join(filter(None, (link.words, link.only))) for link in pair)
    tip = f"{link.source} → {link.target}: {words}"
    dashed = all(link.kick for link in pair)
    anchor, at_end = ("end", end - 10) if into == "left" else ("start", end + 10)
    return [
        arrow(path, colour, thick=thick, dashed=dashed, tip=tip),
        said((at_end, level - 3), words, 9, colour=colour, anchor=anchor, halo=True),
    ]
