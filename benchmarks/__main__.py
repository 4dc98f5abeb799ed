"""`python -m benchmarks`: all rows in one run; `--write` puts them into benchmarks/README.md."""

from __future__ import annotations

import argparse
import datetime
import os
import platform
import sys
import tempfile
import time
from collections.abc import Sequence
from importlib.metadata import version
from pathlib import Path

from benchmarks import ROOT, engine, live, measure, run, saves, screens
from benchmarks.measure import Section

README = ROOT / "benchmarks" / "README.md"
OPEN, CLOSE = "<!-- figures -->", "<!-- end of figures -->"
ROUNDS = 9
SECTIONS: Sequence[Section] = (engine.SECTION, live.SECTION, screens.SECTION, saves.SECTION)


def told(words: str) -> None:
    """Progress; the app that is measured has taken standard error."""
    print(words, file=sys.__stderr__, flush=True)


def figures(rounds: int) -> list[str]:
    """The table, under one line about where it was measured."""
    began = time.perf_counter()
    played = run.play()
    with tempfile.TemporaryDirectory() as name, live.painted(played) as painted:
        folder = Path(name)
        here = folder / "here.ttx.toml"
        played.save(here, played.entries[: played.asked]).close()
        boxes, count = painted.boxes()
        with screens.contenders(here, boxes, count, folder) as opened:
            every = [
                *engine.contenders(played.run.tables),
                *live.contenders(played, painted),
                *opened,
                *saves.contenders(played, folder),
            ]
            found = measure.rounds(every, rounds, lambda n: told(f"round {n} of {rounds}"))
    told(f"{time.perf_counter() - began:.0f} s")
    packages = ", ".join(f"{name} {version(name)}" for name in ("numpy", "textual"))
    today = datetime.datetime.now(datetime.UTC).date()
    where = f"{today}, Python {platform.python_version()}, {packages}, cores: {os.cpu_count()}"
    return [
        f"{where}, {rounds} rounds",
        "",
        *measure.table(SECTIONS, found),
    ]


def main() -> None:
    """Measure and print."""
    asked = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    asked.add_argument("--write", action="store_true", help="put the table into the README")
    asked.add_argument("--rounds", type=int, default=ROUNDS, help="at least 9 to be quoted")
    options = asked.parse_args()
    lines = figures(options.rounds)
    print("\n".join(lines))
    if options.write:
        words = README.read_text()
        head, tail = words.partition(OPEN)[0], words.partition(CLOSE)[2]
        README.write_text("\n".join([head + OPEN, "", *lines, "", CLOSE + tail]))


if __name__ == "__main__":
    main()
