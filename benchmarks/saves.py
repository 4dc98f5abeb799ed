"""The record: opened against tomllib's own parse, appended against a bare write of the bytes."""

from __future__ import annotations

import os
import time
import tomllib
from dataclasses import replace
from itertools import count
from pathlib import Path

from benchmarks.measure import Contender, Figures, Row, Section, timed
from benchmarks.run import Played
from ttx.session.opening import look_at
from ttx.session.save import read

THOUSAND = 1000

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
        Row("append an entry", "bare write and fsync, same bytes", "append", "write"),
        Row("append an entry, processor time", "bare write and fsync", "append cpu", "write cpu"),
    ],
)


def contenders(played: Played, folder: Path) -> list[Contender]:
    """A finished run and 1,000 entries on disk, and one run that is written anew each round."""
    short, long = folder / "short.ttx.toml", folder / "long.ttx.toml"
    played.save(short, played.entries).close()
    many = [
        replace(entry, n=number + 1)
        for number, entry in enumerate((played.entries * THOUSAND)[:THOUSAND])
    ]
    played.save(long, many).close()
    assert len(read(short).entries) == len(played.entries)
    assert len(read(long).entries) == THOUSAND
    numbers = count()
    return [
        lambda: {"read": timed(lambda: read(short), 3)},
        lambda: {"parse": timed(lambda: tomllib.loads(short.read_text()), 3)},
        lambda: {"open": timed(lambda: look_at(read(short)), 3)},
        lambda: {"read 1000": timed(lambda: read(long))},
        lambda: {"parse 1000": timed(lambda: tomllib.loads(long.read_text()))},
        lambda: _append(played, folder / f"{next(numbers)}.ttx.toml"),
    ]


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
