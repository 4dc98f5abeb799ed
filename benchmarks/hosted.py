"""The flagship hosted for twenty people: a save that stands at a crisis, and `ttx host` on it."""

from __future__ import annotations

import os
import select
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from benchmarks import ROOT
from benchmarks.run import LEAST, SEED, flagship
from ttx.exercise.load import from_data
from ttx.exercise.model.exercise import Exercise
from ttx.remote.hosting import invited
from ttx.remote.invitations import Invitations, beside
from ttx.session import automation, phases
from ttx.session.answer import Answer
from ttx.session.game import Game
from ttx.session.opening import hosted
from ttx.session.play_commands import Continue, Submit
from ttx.session.table import Table

PEOPLE = 20
SEEDS = 20
"""Runs that are looked through for two turns with two injects each."""
LIMIT = 60.0
"""Seconds for a process to say what it was asked."""
TICKS = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True)
class Prepared:
    """A save with its invitations."""

    save: Path
    codes: Mapping[str, str]
    players: Sequence[str]
    """Seats of allied cells, twenty of them."""
    facilitator: str

    def copied(self, folder: Path) -> Path:
        """The same in another folder, to be played on."""
        folder.mkdir()
        for one in (self.save, beside(self.save)):
            shutil.copy(one, folder)
        return folder / self.save.name


def prepare(folder: Path) -> Prepared:
    """Play up to a crisis of a turn with two injects, before another such turn."""
    exercise = crowded()
    seed, turn = next(
        (seed, turn)
        for seed in range(SEED, SEED + SEEDS)
        for turn in _twice(exercise, seed, folder / f"scout-{seed}.ttx.toml")
    )
    save = folder / "hosted.ttx.toml"
    table = hosted(exercise, {}, seed, save)
    run = table.game.run
    while not _at_crisis(table.game, turn):
        _on(table)
    table.leave()
    codes = Invitations.create(beside(save), invited(run))
    players = [one.id for one in run.exercise.seat if one.cell in run.people and one.id in codes]
    cells = {one.id for one in run.allied}
    allied = [one for one in players if run.seat(one).cell in cells]
    return Prepared(save, codes, allied[:PEOPLE], run.facilitator)


def _twice(exercise: Exercise, seed: int, save: Path) -> Iterator[int]:
    """The turns of a whole run that have two injects and are followed by another such turn."""
    table = hosted(exercise, {}, seed, save)
    while table.game.phase not in phases.PLAY_IS_OVER:
        _on(table)
    table.leave()
    slots = [len(record.slots) for record in table.game.turns]
    yield from (at for at in range(LEAST, len(slots) - 1) if slots[at] == slots[at + 1] == 2)


def crowded() -> Exercise:
    """The flagship with as many more seats, in the two allied cells, as twenty people need."""
    data = flagship().as_toml()
    cells = [one["id"] for one in data["cell"] if one["side"] == "allied"]
    beside_lead = {
        cell: next(s for s in data["seat"] if s["cell"] == cell and not s.get("lead"))
        for cell in cells
    }
    held = sum(one["cell"] in cells for one in data["seat"])
    data["seat"] += [
        {
            **beside_lead[cells[n % len(cells)]],
            "id": f"more{n}",
            "name": f"More {n}",
            "short": f"M{n}",
        }
        for n in range(PEOPLE - held)
    ]
    return from_data(data, "the flagship for twenty")


def _at_crisis(game: Game, turn: int) -> bool:
    inject = game.inject if game.phase == phases.DELIBERATION else None
    return inject is not None and inject.slot == "crisis" and len(game.turns) == turn + 1


def _on(table: Table) -> None:
    """Through the gate that the table stands at."""
    game = table.game
    if game.phase != phases.DELIBERATION:
        table.submit(game.run.facilitator, Continue(), game.entries)
        return
    answer = automation.draft(game, "phased")
    for cell in game.run.people:
        table.submit(game.run.lead(cell).id, Submit(Answer(answer)), table.game.entries)


# --- processes ---


def said(process: subprocess.Popen[bytes]) -> str:
    """The next line of a process; RuntimeError where it ends first, or takes too long."""
    assert process.stdout is not None
    line, limit = b"", time.monotonic() + LIMIT
    while not line.endswith(b"\n"):
        left = limit - time.monotonic()
        if left <= 0 or not select.select([process.stdout], [], [], left)[0]:
            raise RuntimeError(f"{process.args!r} said nothing after {line!r}")
        found = os.read(process.stdout.fileno(), 1)
        if not found:
            raise RuntimeError(f"{process.args!r} ended after {line!r}")
        line += found
    return line.decode()


@contextmanager
def running(
    arguments: Sequence[str], environment: Mapping[str, str], checkout: Path = ROOT
) -> Iterator[subprocess.Popen[bytes]]:
    """A Python process of a checkout's modules that is ended with the block."""
    process = subprocess.Popen(
        [sys.executable, "-m", *arguments],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        cwd=checkout,
        env={**environment, "PYTHONUNBUFFERED": "1", "PYTHONPATH": str(checkout)},
        bufsize=0,
    )
    try:
        yield process
    finally:
        process.kill()
        process.wait()
        for one in (process.stdin, process.stdout):
            if one is not None:
                one.close()


@contextmanager
def hosting(
    save: Path, environment: Mapping[str, str], checkout: Path = ROOT
) -> Iterator[tuple[int, int]]:
    """`ttx host` of a checkout on a save: its process id, and its port."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        port = int(one.getsockname()[1])
    arguments = ["ttx", "host", "--resume", str(save), "--headless", "--port", str(port)]
    with running(arguments, environment, checkout) as process:
        while not said(process).startswith("Ready."):
            pass
        yield process.pid, port


def memory(pid: int) -> float:
    """Bytes of a process, where shared ones count for as much as its share."""
    for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
        if line.startswith("Pss:"):
            return int(line.split()[1]) * 1024.0
    raise RuntimeError(f"no memory is told of {pid}")


def busy(pid: int) -> float:
    """Processor seconds of a process so far."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / TICKS
