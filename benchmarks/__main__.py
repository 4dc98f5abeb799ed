"""`python -m benchmarks`: all rows in one run; `--write` puts them into benchmarks/README.md."""

from __future__ import annotations

import argparse
import datetime
import gc
import os
import platform
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from importlib.metadata import version
from pathlib import Path

from benchmarks import (
    ROOT,
    engine,
    live,
    measure,
    remote,
    replay,
    run,
    saves,
    screens,
    studies,
    wandering,
)
from benchmarks.measure import Contender, Section
from benchmarks.painted import painted
from ttx.session.opening import look_at
from ttx.session.record import read
from ttx.tui.app import TtxApp
from ttx.tui.screens.replay import ReplayScreen
from ttx.tui.screens.table import TableScreen

README = ROOT / "benchmarks" / "README.md"
OPEN, CLOSE = "<!-- figures -->", "<!-- end of figures -->"
ROUNDS = 9
LONG = (0, wandering.THOUSAND, wandering.TEN_THOUSAND)
"""Entries of the long records; the first has its head alone."""
SECTIONS: Mapping[str, Section] = {
    "engine": engine.SECTION,
    "live": live.SECTION,
    "replay": replay.SECTION,
    "screens": screens.SECTION,
    "remote": remote.SECTION,
    "saves": saves.SECTION,
    "studies": studies.SECTION,
}
LONG_IN = {"replay", "saves"}
"""Sections that need the long records."""


def told(words: str) -> None:
    """Progress; the app that is measured has taken standard error."""
    print(words, file=sys.__stderr__, flush=True)


def figures(rounds: int, only: Sequence[str]) -> list[str]:
    """The table of some sections, under one line about where it was measured."""
    began = time.perf_counter()
    played = run.play()
    with ExitStack() as held:
        folder = Path(held.enter_context(tempfile.TemporaryDirectory()))
        here = folder / "here.ttx.toml"
        played.save(here, played.entries[: played.asked]).close()
        long = {n: wandering.written(folder, n) for n in LONG} if LONG_IN & {*only} else {}
        table = TtxApp(played.table(played.asked), played.seat)
        screen = held.enter_context(painted(table, TableScreen))
        scrubbed = {}
        for n in (wandering.THOUSAND, wandering.TEN_THOUSAND) if "replay" in only else ():
            viewing = look_at(read(long[n]))
            app = TtxApp(viewing, viewing.timeline.run.first_seat)
            page = held.enter_context(painted(app, ReplayScreen))
            scrubbed[n] = replay.Scrubbed(viewing, page)
        boxes, count = screen.boxes()
        made: dict[str, Callable[[], list[Contender]]] = {
            "engine": engine.contenders,
            "live": lambda: live.contenders(played, screen),
            "replay": lambda: replay.contenders(scrubbed),
            "screens": lambda: held.enter_context(screens.contenders(here, boxes, count, folder)),
            "remote": lambda: remote.contenders(played, boxes, count, screen, folder),
            "saves": lambda: saves.contenders(played, long, folder),
            "studies": studies.contenders,
        }
        every = [one for name in SECTIONS if name in only for one in made[name]()]
        # The records that stand open are searched for garbage here, and not by everybody else.
        gc.collect()
        gc.freeze()
        found = measure.rounds(every, rounds, lambda n: told(f"round {n} of {rounds}"))
    told(f"{time.perf_counter() - began:.0f} s")
    packages = ", ".join(f"{name} {version(name)}" for name in ("numpy", "textual", "asyncssh"))
    today = datetime.datetime.now(datetime.UTC).date()
    where = f"{today}, Python {platform.python_version()}, {packages}, cores: {os.cpu_count()}"
    return [
        f"{where}, {rounds} rounds",
        "",
        *measure.table([SECTIONS[name] for name in SECTIONS if name in only], found),
    ]


def main() -> None:
    """Measure and print."""
    asked = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    asked.add_argument("--write", action="store_true", help="put the table into the README")
    asked.add_argument("--rounds", type=int, default=ROUNDS, help="at least 9 to be quoted")
    asked.add_argument("--only", choices=SECTIONS, help="measure and print one section alone")
    options = asked.parse_args()
    if options.write and options.only:
        asked.error("--write takes all sections")
    lines = figures(options.rounds, [options.only] if options.only else [*SECTIONS])
    print("\n".join(lines))
    if options.write:
        words = README.read_text()
        head, tail = words.partition(OPEN)[0], words.partition(CLOSE)[2]
        README.write_text("\n".join([head + OPEN, "", *lines, "", CLOSE + tail]))


if __name__ == "__main__":
    main()
