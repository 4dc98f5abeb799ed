"""The record: opened against tomllib's own parse, appended against a bare write of the bytes."""

from __future__ import annotations

import os
import time
import tomllib
from collections.abc import Callable, Mapping
from functools import partial
from itertools import count
from pathlib import Path

from benchmarks.measure import Contender, Figures, Row, Section, in_turn, timed
from benchmarks.run import SEED, Played
from benchmarks.wandering import TEN_THOUSAND, THOUSAND
from ttx.session import references
from ttx.session.audit import differences
from ttx.session.opening import look_at
from ttx.session.record import read

SECTION = Section(
    "save",
    [
        Row("read a finished run", "tomllib, same bytes", "read", "parse", hope=1.3, gate=1.6),
        Row("read and fold it: the run is open", "tomllib, same bytes", "open", "parse"),
        Row(
            "read 1,000 entries",
            "tomllib, same bytes",
            "read 1000",
            "parse 1000",
            hope=1.3,
            gate=1.6,
        ),
        Row(
            "open 1,000 entries: read, every moment folded",
            "tomllib, same bytes",
            "open 1000",
            "parse 1000",
            hope=1.3,
            gate=1.3,
        ),
        Row("open 10,000 entries", "tomllib, same bytes", "open 10000", "parse 10000"),
        Row(
            "open: an entry of 10,000, without the head",
            "an entry of 1,000",
            "each 10000",
            "each 1000",
            hope=1.1,
            gate=1.2,
        ),
        Row(
            "verify: an entry of 10,000, the model asked again",
            "an entry of 1,000",
            "audit 10000",
            "audit 1000",
            hope=1.1,
            gate=1.2,
        ),
        Row("append an entry", "bare write and fsync, same bytes", "append", "write"),
        Row("append an entry, processor time", "bare write and fsync", "append cpu", "write cpu"),
    ],
)


def contenders(played: Played, long: Mapping[int, Path], folder: Path) -> list[Contender]:
    """A finished run and long ones on disk, and one run that is written anew each round."""
    short = folder / "short.ttx.toml"
    played.save(short, played.entries).close()
    assert len(read(short).entries) == len(played.entries)
    for entries, path in long.items():
        assert look_at(read(path)).timeline.last == entries
    numbers = count()
    return [
        lambda: _ways(short, "", 3),
        lambda: _long(long),
        lambda: _audited(long),
        lambda: _append(played, folder / f"{next(numbers)}.ttx.toml"),
    ]


def _ways(path: Path, name: str, times: int) -> Figures:
    """Seconds to parse a save, to read it, and to open it, in turn."""
    works: dict[str, Callable[[], object]] = {
        f"parse{name}": lambda: tomllib.loads(path.read_text()),
        f"read{name}": lambda: read(path),
        f"open{name}": lambda: look_at(read(path)),
    }
    return in_turn(works, times)


def _long(long: Mapping[int, Path]) -> Figures:
    """Seconds to open a long save, and seconds an entry beyond those of its head."""
    found = _ways(long[THOUSAND], " 1000", 3) | _ways(long[TEN_THOUSAND], " 10000", 1)
    head = _ways(long[0], "", 3)["open"]
    for n in (THOUSAND, TEN_THOUSAND):
        found[f"each {n}"] = (found[f"open {n}"] - head) / n
    return found


def _audited(long: Mapping[int, Path]) -> Figures:
    """Seconds an entry; the reference games of the run are played before."""
    found = {}
    for n in (THOUSAND, TEN_THOUSAND):
        timeline = look_at(read(long[n])).timeline
        references.at(timeline.run.tables, SEED, 1)
        found[f"audit {n}"] = timed(partial(differences, timeline.run, timeline.entries)) / n
    return found


def _append(played: Played, path: Path) -> Figures:
    """Seconds an entry, the two ways in turn."""
    save = played.save(path, [])
    bare = os.open(path.with_suffix(".bare"), os.O_CREAT | os.O_WRONLY | os.O_APPEND)
    found = dict.fromkeys(("append", "append cpu", "write", "write cpu"), 0.0)
    size = path.stat().st_size
    for entry in played.entries:
        wall, cpu = time.perf_counter(), time.process_time()
        save.append(entry)
        found["append"] += time.perf_counter() - wall
        found["append cpu"] += time.process_time() - cpu
        data = b"x" * (path.stat().st_size - size)
        size += len(data)
        wall, cpu = time.perf_counter(), time.process_time()
        os.write(bare, data)
        os.fsync(bare)
        found["write"] += time.perf_counter() - wall
        found["write cpu"] += time.process_time() - cpu
    save.close()
    os.close(bare)
    return {name: seconds / len(played.entries) for name, seconds in found.items()}
