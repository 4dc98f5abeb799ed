"""Where the nodes of a picture go: columns by who moves whom, rows by the fewest crossings.

The usual three steps for layered drawings (Sugiyama, Tagawa and Toda 1981): a column each by the
longest way to it, an invisible node wherever a line passes a column, and rows put in order by the
mean of their neighbours, to and fro. Nothing is drawn at random, so a picture stays as it is.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

SWEEPS = 24

Edge = tuple[str, str]


@dataclass(frozen=True)
class Passing:
    """Where the line of an edge passes a column that neither of its ends stands in."""

    edge: Edge
    column: int


Slot = str | Passing
Ways = dict[Edge, list[tuple[int, Slot]]]
"""For each edge its stations from source to target: column, and who stands there."""


def columns(nodes: Sequence[str], edges: Sequence[Edge]) -> dict[str, int]:
    """A column for each node: one more than the farthest of those that move it.

    An edge that would close a loop is passed over, in the order of the edges.
    """
    ahead: dict[str, list[str]] = {node: [] for node in nodes}
    for source, target in edges:
        if source != target and not _leads(ahead, target, source):
            ahead[source].append(target)
    fromkeys = dict.fromkeys(nodes, 0)
    for _rest in nodes:  # no way is longer than there are nodes
        for node in nodes:
            for target in ahead[node]:
                fromkeys[target] = max(fromkeys[target], fromkeys[node] + 1)
    return fromkeys


def _leads(ahead: dict[str, list[str]], start: str, goal: str) -> bool:
    waiting, seen = [start], {start}
    while waiting:
        node = waiting.pop()
        if node == goal:
            return True
        for after in ahead[node]:
            if after not in seen:
                seen.add(after)
                waiting.append(after)
    return False


def ways(column: dict[str, int], edges: Sequence[Edge]) -> Ways:
    """The stations of each edge, with an invisible one in every column between its ends."""
    paths: Ways = {}
    for edge in dict.fromkeys(edges):
        source, target = edge
        first, last = column[source], column[target]
        step = 1 if last > first else -1
        between = range(first + step, last, step) if first != last else range(0)
        paths[edge] = [
            (first, source),
            *((at, Passing(edge, at)) for at in between),
            (last, target),
        ]
    return paths


def rows(column: dict[str, int], stations: Ways) -> list[list[Slot]]:
    """Who stands in each column, from top to bottom."""
    order: list[list[Slot]] = [[] for _rest in range(max(column.values(), default=-1) + 1)]
    for node, at in column.items():
        order[at].append(node)
    beside: dict[tuple[int, Slot], list[tuple[int, Slot]]] = {}
    for way in stations.values():
        for at, slot in way[1:-1]:
            order[at].append(slot)
        for first, other in pairwise(way):
            beside.setdefault(first, []).append(other)
            beside.setdefault(other, []).append(first)
    best, fewest = [list(slots) for slots in order], crossings(order, stations)
    for sweep in range(SWEEPS):
        forward = sweep % 2 == 0
        todo = range(1, len(order)) if forward else range(len(order) - 2, -1, -1)
        for at in todo:
            near = at - 1 if forward else at + 1
            place = {(near, slot): row for row, slot in enumerate(order[near])}
            means = []
            for row, slot in enumerate(order[at]):
                places = [place[node] for node in beside.get((at, slot), []) if node in place]
                means.append((sum(places) / len(places) if places else float(row), row, slot))
            order[at] = [slot for *_rest, slot in sorted(means, key=lambda mean: mean[:2])]
        now = crossings(order, stations)
        if now < fewest:
            best, fewest = [list(slots) for slots in order], now
    return best


def crossings(order: list[list[Slot]], stations: Ways) -> int:
    """How many pairs of lines cross between neighbouring columns."""
    place = [{slot: row for row, slot in enumerate(slots)} for slots in order]
    between: dict[int, list[tuple[int, int]]] = {}
    for way in stations.values():
        for (at, node), (near, other) in pairwise(way):
            if at != near:
                left, right = (
                    ((at, node), (near, other)) if at < near else ((near, other), (at, node))
                )
                pair = place[left[0]][left[1]], place[right[0]][right[1]]
                between.setdefault(left[0], []).append(pair)
    return sum(
        (a < c and b > d) or (a > c and b < d)
        for lines in between.values()
        for at, (a, b) in enumerate(lines)
        for c, d in lines[:at]
    )
