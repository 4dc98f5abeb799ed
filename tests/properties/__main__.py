"""Prints the table of properties of the flagship, or writes it as a section of a page."""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Iterator, Sequence

from ttx import load

from .measure import measured
from .missed import MISSED
from .rows import Row
from .runs import Ground

TITLES = {
    "P1": "Pace is a question",
    "P2": "Staff is a question",
    "P3": "Deterrence is causal and has an object",
    "P4": "Answers matter",
    "P5": "Levers",
    "P6": "Options",
    "P7": "Pace of the evening",
    "P8": "Red is an actor",
    "P9": "No favourite",
    "P10": "The ladder can be climbed",
    "climb": "Climbs over all levers",
}


def main() -> None:
    """Measure, and tell."""
    parser = argparse.ArgumentParser(prog="python -m tests.properties", description=__doc__)
    parser.add_argument("--exercise", default="accelerate", help="a name or the path of a folder")
    parser.add_argument("--seeds", type=int, nargs="+", default=[9, 10, 11, 12])
    parser.add_argument("--worlds", type=int, default=2000, help="of each seed")
    parser.add_argument("--only", default="", help="some properties, such as P1,P9")
    parser.add_argument("--markdown", action="store_true", help="a section of a page")
    asked = parser.parse_args()
    ground = Ground(load(asked.exercise), tuple(asked.seeds), asked.worlds)
    rows = measured(ground, asked.only.split(",") if asked.only else [*TITLES])
    told = section(ground, [*rows]) if asked.markdown else lines(rows)
    for line in told:
        sys.stdout.write(f"{line}\n")
        sys.stdout.flush()
    sys.stderr.write(f"{time.process_time():.0f} s of processor time\n")


def lines(rows: Iterator[Row]) -> Iterator[str]:
    """A line for each, with its id."""
    for row in rows:
        mark = "  " if row.held else "NO"
        yield f"{mark} {row.id:34} {row.measured:>8} {row.asked:18} {row.note}"


def section(ground: Ground, rows: Sequence[Row]) -> Iterator[str]:
    """A section of a page in Markdown, without ids."""
    seeds = ", ".join(map(str, ground.seeds))
    yield "## What the exercise promises of itself, and what was measured"
    yield ""
    yield (
        f"Means over {ground.worlds:,} worlds of each of the seeds {seeds}, on the same dice for "
        "all that is compared. The numbers of the exercise were set on the seeds 1 to 4; the seeds "
        "5 to 8 were to confirm them, but the last numbers were changed after they had been looked "
        "at, so they chose with. On 9 to 12 nothing was chosen: they were measured once all "
        "numbers stood. That a property is reached says that the question stays open, not which "
        "answer is right: the sizes were chosen so that it does."
    )
    for id_, title in TITLES.items():
        mine = [row for row in rows if row.id.split(".")[0] == id_]
        if not mine:
            continue
        yield from ("", f"### {title}", "", "| measured | asked | came to | reached |")
        yield "| --- | --- | ---: | --- |"
        for row in mine:
            note = f"<br>*{row.note}*" if row.note else ""
            reached = "yes" if row.held else "**no**"
            asked = row.asked if row.asked != "-" else ""
            yield f"| {row.said}{note} | {asked} | {row.measured} | {reached if asked else ''} |"
    missed = [row for row in rows if not row.held]
    if missed:
        yield from ("", "### Asked and not reached", "")
        for row in missed:
            why = MISSED[row.id].why if row.id in MISSED else ""
            yield f"- {row.said}: {row.measured} instead of {row.asked}. {why}".rstrip()


if __name__ == "__main__":
    main()
