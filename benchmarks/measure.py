"""Rounds in which every contender runs once, and the ratios between them."""

from __future__ import annotations

import gc
import statistics
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import NamedTuple

Figures = dict[str, float]
"""Seconds by name, for one piece of the work each; or what else a row says it counts."""
Contender = Callable[[], Figures]
NOISY = 1.5
"""Beyond this spread of the rounds, largest over smallest, a row says so."""


class Row(NamedTuple):
    """What is held against what; `ours` and `theirs` name figures."""

    work: str
    against: str
    ours: str
    theirs: str
    faster: bool = False
    """Whether the ratio says how many times as fast ours is; else how many times as long."""
    hope: float = 0.0
    gate: float = 0.0
    """Of the design; 0 where it names none."""
    per: int = 0
    """Pieces in the work, to be told as so many a second; 0 tells how long it takes."""
    of: str = "games"
    unit: str = "seconds"
    """What is told of ours: `seconds`, `bytes` or a `share`."""


class Section(NamedTuple):
    """Rows under one heading."""

    title: str
    rows: Sequence[Row]


def timed(work: Callable[[], object], times: int = 1) -> float:
    """Seconds of this process for one go at the work, of `times` in a row."""
    began = time.process_time()
    for _ in range(times):
        work()
    return (time.process_time() - began) / times


def in_turn(works: Mapping[str, Callable[[], object]], times: int) -> Figures:
    """Seconds of each work, the median of so many goes, one after the other."""
    found: dict[str, list[float]] = {name: [] for name in works}
    for _ in range(times):
        for name, work in works.items():
            found[name].append(timed(work))
    return {name: statistics.median(seconds) for name, seconds in found.items()}


def rounds(
    contenders: Iterable[Contender], count: int, tell: Callable[[int], None]
) -> list[Figures]:
    """The figures of each round."""
    every = list(contenders)
    found = []
    for number in range(count):
        tell(number + 1)
        # Every other round backwards, so that nobody always runs behind the same neighbour.
        figures: Figures = {}
        for one in every if number % 2 == 0 else every[::-1]:
            gc.collect()  # nobody pays for what another left behind
            figures |= one()
        found.append(figures)
    return found


def percentile(values: Sequence[float], share: int) -> float:
    """The smallest value that at least `share` percent of all do not exceed."""
    ordered = sorted(values)
    return ordered[max(-(-share * len(ordered) // 100) - 1, 0)]


def table(sections: Sequence[Section], found: Sequence[Figures]) -> list[str]:
    """All rows as a table in Markdown; a row whose figures were not measured is left out."""
    rows = [
        ["work", "against", "ratio, median [min..max]", "here", "hope", "gate", "holds"],
        ["---"] * 7,
    ]
    for section in sections:
        rows.append([f"**{section.title}**", *[""] * 6])
        rows += [_cells(row, found) for row in section.rows if row.ours in found[0]]
    widths = [max(len(row[at]) for row in rows) for at in range(7)]
    return [
        "| "
        + " | ".join(
            cell * width if cell == "-" else cell.ljust(width)
            for cell, width in zip(
                ["-"] * 7 if row[0] == "---" else row,
                widths,
                strict=True,
            )
        )
        + " |"
        for row in rows
    ]


def _cells(row: Row, found: Sequence[Figures]) -> list[str]:
    here = statistics.median(one[row.ours] for one in found)
    told = f"{row.per / here:,.0f} {row.of}/s" if row.per else UNITS[row.unit](here)
    if not row.theirs:
        return [row.work, "", "", told, "", "", ""]
    if row.theirs not in found[0]:
        return [row.work, row.against, "not installed", told, "", "", ""]
    ratios = [
        one[row.theirs] / one[row.ours] if row.faster else one[row.ours] / one[row.theirs]
        for one in found
    ]
    middle, low, high = statistics.median(ratios), min(ratios), max(ratios)
    noise = ", noisy" if high > NOISY * low else ""
    holds = ""
    if row.hope:
        better = -1 if row.faster else 1
        holds = (
            "hope"
            if better * middle <= better * row.hope
            else "gate"
            if better * middle <= better * row.gate
            else "**no**"
            if row.gate
            else "beyond hope"
        )
    return [
        row.work,
        row.against,
        f"{_number(middle)} [{_number(low)}..{_number(high)}]{noise}",
        told,
        f"{_number(row.hope)}" if row.hope else "",
        f"{_number(row.gate)}" if row.gate else "",
        holds,
    ]


def _number(value: float) -> str:
    if value >= 100:
        return f"{value:,.0f}×"
    if value >= 10:
        return f"{value:.0f}×"
    if value < 0.001:
        return "<0.001×"
    return f"{value:.2f}×" if value >= 0.1 else f"{value:.3f}×"


def _time(seconds: float) -> str:
    if seconds >= 1:
        return f"{seconds:.2f} s"
    if seconds >= 1e-3:
        return f"{seconds * 1e3:.3g} ms"
    return f"{seconds * 1e6:.3g} µs"


def _bytes(count: float) -> str:
    return f"{count / 2**20:.3g} MiB"


def _share(part: float) -> str:
    return f"{part:.2%}"


UNITS: Mapping[str, Callable[[float], str]] = {"seconds": _time, "bytes": _bytes, "share": _share}
