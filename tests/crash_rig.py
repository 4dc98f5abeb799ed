"""Kills a player at random moments, again and again, and looks at what its save then holds.

`python -m tests.crash_rig --kills 500 --seed 1` in the root of the checkout prints what was done
and found as JSON, and leaves with 1 where anything was lost or did not open. One process imports
everything once and forks a player a round. The player opens the save, or begins it, plays on, and
says after each request how many entries there are and what the last hash is. A kill comes from
outside, by the clock or near a call that writes, or from within: in a write, or right beside one.
`--begin` kills only while saves are made.
"""

from __future__ import annotations

import argparse
import contextlib
import copy
import gc
import json
import os
import re
import select
import signal
import sys
import tempfile
import time
import tomllib
import traceback
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

if TYPE_CHECKING:
    import numpy as np

    from ttx.session.command import Command
    from ttx.session.record import Record
    from ttx.session.table import Table

WRITE = os.write
CALLS = ("open", "write", "fsync", "ftruncate", "link", "replace", "close")
"""What a save is written with; a player tells of each call before and after it."""
OUTSIDE, WITHIN = ("by the clock", "near a call"), ("within a call", "after a request")
MARK = re.compile(rb'^hash = "([0-9a-f]{32})"\n\n', re.MULTILINE)
PATIENCE = 30
"""Seconds that no round can take; a player that hangs is ended after them."""
ROUNDS_A_KILL = 4
FLAGSHIPS = 45
"""One save in so many is of the flagship, whose opening takes ten times as long."""
FORKS = 4
"""One save in so many begins as a fork of a run that was played before."""
FORKED_AT = 20
"""The entry of that run."""


@dataclass(frozen=True)
class Plan:
    """When a player is to die."""

    way: str
    delay: float = 0.0
    """Seconds after it was started, or after the call was told."""
    call: int = 0
    """Which call that writes, or which request, from 1."""
    part: float = 0.0
    """How much of a write is done before: below 1 a part, at 1 all of it, at 2 it is told too."""


def seals(data: bytes) -> list[str]:
    """The hash of each whole block, found without the reader."""
    first = data.find(b"\n[[event]]\n")
    return [mark.decode() for mark in MARK.findall(data, first)] if first >= 0 else []


def parsing_once() -> Callable[..., dict[str, Any]]:
    """A `tomllib.loads` that reads the same text once: saves share their head and most blocks."""
    parse = lru_cache(8192)(tomllib.loads)

    def loads(text: str, **how: Any) -> dict[str, Any]:  # noqa: ANN401  # as tomllib has it
        found = parse(text, **how)
        return copy.deepcopy(found) if text.startswith("[[event]]") else found

    return loads


# The player


def player(life: Life, plan: Plan, luck: np.random.Generator, pipe: int) -> NoReturn:
    """Open the save or begin it, and play on; everything that was reached is told."""

    def tell(words: str) -> None:
        WRITE(pipe, f"{words}\n".encode())

    code = 1
    try:
        signal.alarm(PATIENCE)
        _wrap(plan, tell)
        _play(life, plan, luck, tell)
        code = 0
    except BaseException:  # noqa: BLE001  # whatever it is, the parent has to hear of it
        with contextlib.suppress(OSError):
            tell("fault " + json.dumps(traceback.format_exc()[-2000:]))
    finally:
        os._exit(code)


def _wrap(plan: Plan, tell: Callable[[str], None]) -> None:
    """Tell of each call that writes, and die at one of them where that is planned."""
    done = 0

    def wrapped(name: str) -> Callable[..., Any]:
        does = getattr(os, name)

        def call(*given: Any, **more: Any) -> object:  # noqa: ANN401  # as each call has it
            nonlocal done
            done += 1
            dies = done == plan.call and plan.way == "within a call"
            tell(f"<{name}")
            if dies and plan.part < 1:
                if name == "write":
                    WRITE(given[0], given[1][: int(plan.part * len(given[1]))])
                os.kill(os.getpid(), signal.SIGKILL)
            answer = does(*given, **more)
            if dies and plan.part < 2:
                os.kill(os.getpid(), signal.SIGKILL)
            tell(f">{name}")
            if dies:
                os.kill(os.getpid(), signal.SIGKILL)
            return answer

        return call

    for name in CALLS:
        setattr(os, name, wrapped(name))


def _play(life: Life, plan: Plan, luck: np.random.Generator, tell: Callable[[str], None]) -> None:
    from kit.tables import leads, offers, seated

    from ttx.session.opening import fork, resume
    from ttx.session.record import read

    def kept(word: str) -> None:
        assert table.save is not None
        assert table.game.entries == len(table.entries)
        tell(f"{word} {table.game.entries} {table.save.seal}")

    if life.parent is not None and not life.path.exists():
        fork(read(life.parent), FORKED_AT, path=life.path)
    if life.path.exists():
        table = resume(read(life.path))
    else:
        table = seated(life.exercise, life.how, life.seed, life.path)
    kept("opened")
    for number in count(1):
        if table.closed:
            break
        if not any(offers(table.game, seat) for seat in leads(table.game.run)):
            tell(f"stuck in {table.game.phase} after {type(table.entries[-1].event).__name__}")
            return
        seat, command = _request(table, luck)
        table.submit(seat, command, table.game.entries)
        kept("kept")
        if number == plan.call and plan.way == "after a request":
            os.kill(os.getpid(), signal.SIGKILL)
    tell("closed")


def _request(table: Table, luck: np.random.Generator) -> tuple[str, Command]:
    """Something open to a person; notes of all lengths and taking back among it."""
    from kit.tables import leads, someone

    from ttx.session.command import LONGEST
    from ttx.session.game import openings
    from ttx.session.play_commands import Undo
    from ttx.session.side_commands import Note

    if luck.random() < 0.03 and any(openings(table.game)):
        return leads(table.game.run)[0], Undo()
    if luck.random() < 0.15:
        size = int(luck.integers(1, 200 if luck.random() < 0.9 else 20_000))
        words = "なるほど。ok\n"[: 1 + size % 9] * (1 + size // 9)
        return leads(table.game.run)[0], Note(words[:LONGEST])
    return someone(table, luck)


# The one who kills


@dataclass
class Life:
    """One save from its beginning to the end of its run, through many deaths."""

    path: Path
    exercise: str
    how: str
    seed: int
    parent: Path | None = None
    """What it is a fork of."""
    begun: bool = False
    """Whether it was ever acknowledged."""
    kept: dict[int, str] = field(default_factory=dict)
    """What was acknowledged: the hash by the number of entries."""
    found: list[str] = field(default_factory=list)
    """The hashes of the entries that were found last."""
    tail: bytes = b""
    """What was found after the last whole entry."""
    size: int = 0
    """Where that tail began."""


@dataclass
class Rig:
    """What was done, and what was found."""

    luck: np.random.Generator
    folder: Path
    only_begin: bool = False
    kills: int = 0
    where: dict[str, Counter[str]] = field(
        default_factory=lambda: {"outside": Counter(), "within": Counter()}
    )
    lives: list[Life] = field(default_factory=list)
    finished: int = 0
    requests: int = 0
    torn: Counter[str] = field(default_factory=Counter)
    set_aside: int = 0
    beyond: int = 0
    """Entries found that were written and not yet acknowledged."""
    lost: int = 0
    not_opened: int = 0
    half_begun: int = 0
    """Saves that were killed while they were made, and do not open."""
    stuck: list[str] = field(default_factory=list)
    """Where nobody could go on."""
    faults: list[str] = field(default_factory=list)
    opening: dict[str, float] = field(default_factory=lambda: {"tutorial": 0.02, "accelerate": 0.1})
    """Seconds that an opening takes, from what it took of late."""

    def run(self, kills: int) -> None:
        """Round after round, until there were so many kills."""
        life = self._new()
        for _ in range(ROUNDS_A_KILL * kills):
            if self.kills >= kills or self.faults:
                return
            over = self._round(life)
            if over or self.only_begin:
                life = self._new()
        self.faults.append("The players end too early to be killed.")

    def _new(self) -> Life:
        from kit.tables import SEATINGS

        number = len(self.lives)
        name = "accelerate" if number % FLAGSHIPS == 3 else "tutorial"
        how = [*SEATINGS][int(self.luck.integers(len(SEATINGS)))]
        path = self.folder / f"{number}.ttx.toml"
        parent = self.folder / "first-tutorial.ttx.toml" if number % FORKS == 2 else None
        life = Life(path, name, how, int(self.luck.integers(100_000)), parent)
        self.lives.append(life)
        return life

    def _plan(self, life: Life) -> Plan:
        luck, ways = self.luck, OUTSIDE + WITHIN
        way = WITHIN[0] if self.only_begin else ways[int(luck.integers(len(ways)))]
        far = 25 if life.exercise == "tutorial" else 75
        call = int(luck.integers(1, 10 if self.only_begin else far))
        if way == "after a request":
            return Plan(way, call=1 + call // 4)
        if way == "by the clock":
            return Plan(way, float(luck.uniform(0, 2 * self.opening[life.exercise] + 0.02)))
        if way == "near a call":
            return Plan(way, float(max(0, luck.uniform(-0.0003, 0.0003))), call)
        part = float(luck.random()) if luck.random() < 0.5 else float(luck.integers(1, 3))
        return Plan(way, call=call, part=part)

    def _round(self, life: Life) -> bool:
        """One player from its start to its death; whether its run is over."""
        import numpy as np

        plan, seed = self._plan(life), int(self.luck.integers(2**32))
        out, into = os.pipe()
        began = time.monotonic()
        child = os.fork()
        if not child:
            os.close(out)
            player(life, plan, np.random.default_rng(seed), into)
        os.close(into)
        said = bytearray()
        try:
            took = _wait(out, said, plan, began)
            if took:
                self.opening[life.exercise] += (took - self.opening[life.exercise]) / 5
        finally:
            os.kill(child, signal.SIGKILL)  # a child that is not waited for keeps its number
            while more := os.read(out, 65536):
                said += more
            os.close(out)
            _, status = os.waitpid(child, 0)
        lines = said.decode().splitlines()
        killed = os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL
        if killed:
            self.kills += 1
            self.where["within" if plan.way in WITHIN else "outside"][_place(lines)] += 1
        stuck = [line for line in lines if line.startswith("stuck")]
        over = "closed" in lines or bool(stuck)
        if not killed and not over:
            self.faults += [line for line in lines if line.startswith("fault")] or ["It ended."]
        self._look(life, plan, lines)
        self.finished += "closed" in lines
        self.stuck += stuck
        return over

    def _look(self, life: Life, plan: Plan, lines: list[str]) -> None:
        """Open what the player left, and compare it with what it had told."""
        told = [line.split() for line in lines if line.startswith(("opened", "kept"))]
        life.begun |= bool(told)
        self.requests += sum(line[0] == "kept" for line in told)
        for _, number, seal in told:
            if int(number) and life.kept.setdefault(int(number), seal) != seal:
                self.lost += 1
                self.faults.append(f"{plan}: entry {number} was acknowledged twice, and differs")
        if not life.path.exists() and not life.begun:
            return
        try:
            data = life.path.read_bytes()
            record = _opened(life.path)
        except Exception as error:  # noqa: BLE001  # whatever it is, it does not open
            if life.begun:
                self.not_opened += 1
                self.faults.append(f"{plan}: {error!r}")
            else:
                self.half_begun += 1
                life.path.unlink(missing_ok=True)
            return
        marks = seals(data)
        missing = [n for n, seal in life.kept.items() if marks[n - 1 : n] != [seal]]
        if missing or len(marks) != len(record.entries) or marks[: len(life.found)] != life.found:
            self.lost += max(1, len(missing))
            self.faults.append(f"{plan}: {len(marks)} whole entries; lost {missing}")
        self.beyond += max(0, len(marks) - max(life.kept, default=0))
        self._aside(life, data, opened=bool(told))
        life.found, life.size, life.tail = marks, record.size, data[record.size :]
        if life.tail:
            self.torn["within" if plan.way in WITHIN else "outside"] += 1

    def _aside(self, life: Life, data: bytes, *, opened: bool) -> None:
        """The tail of the round before is still there, or was set aside."""
        if not life.tail or (not opened and data[life.size :] == life.tail):
            return
        torn = life.path.with_name(life.path.name + ".torn")
        if not torn.exists() or not torn.read_bytes().endswith(life.tail):
            self.lost += 1
            self.faults.append(f"a torn tail of {len(life.tail)} bytes was not set aside")
        self.set_aside += 1

    def counts(self) -> dict[str, Any]:
        """All of it, to be printed."""
        where: Counter[str] = self.where["outside"] + self.where["within"]
        return {
            "kills": self.kills,
            "kills by place": dict(sorted(where.items())),
            "kills from outside": dict(sorted(self.where["outside"].items())),
            "kills from within": dict(sorted(self.where["within"].items())),
            "saves": len(self.lives),
            "runs finished": self.finished,
            "requests acknowledged": self.requests,
            "entries acknowledged": sum(max(one.kept, default=0) for one in self.lives),
            "entries found": sum(len(one.found) for one in self.lives),
            "entries found unacknowledged": self.beyond,
            "torn tails": sum(self.torn.values()),
            "torn tails by a kill from outside": self.torn["outside"],
            "torn tails set aside": self.set_aside,
            "lost": self.lost,
            "not opened": self.not_opened,
            "half begun": self.half_begun,
            "stuck": self.stuck,
            "faults": self.faults,
        }


def _wait(out: int, said: bytearray, plan: Plan, began: float) -> float:
    """Listen until it is time to kill, or nobody speaks any more; how long the opening took."""
    took, near = 0.0, plan.way == "near a call"
    end = began + (plan.delay if plan.way == "by the clock" else PATIENCE)
    while (left := end - time.monotonic()) > 0:
        if select.select([out], [], [], left)[0]:
            more = os.read(out, 65536)
            said += more
            if not more:
                break
            if not took and b"opened" in said:
                took = time.monotonic() - began
            if near and said.count(b"<") >= plan.call:
                near, end = False, time.monotonic() + plan.delay
    return took


def _place(lines: list[str]) -> str:
    """Where a player stood when it died, by the last it told."""
    last = lines[-1] if lines else ""
    if not any(line.startswith("opened") for line in lines):
        return "opening"
    return {
        "<write": "inside a write",
        ">write": "before the sync",
        "<fsync": "before the sync",
        ">fsync": "before it was told",
    }.get(last, "between requests")


def _opened(path: Path) -> Record:
    """A save that opens whole up to its torn tail, and whose entries fold."""
    from ttx.session.opening import look_at
    from ttx.session.record import read

    record = read(path)
    assert not record.read_only, record.remark
    assert bool(record.remark) == (record.size < path.stat().st_size), record.remark
    assert look_at(record).game.entries == len(record.entries)
    return record


def main() -> None:
    """Kill, look, and print what was found."""
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # a fork is best made from one thread
    sys.path.append(str(Path(__file__).parent))
    words = argparse.ArgumentParser("python -m tests.crash_rig", description=__doc__)
    words.add_argument("--kills", type=int, default=500)
    words.add_argument("--seed", type=int, default=1)
    words.add_argument("--begin", action="store_true")
    asked = words.parse_args()

    import numpy as np
    from kit.tables import played

    tomllib.loads = parsing_once()
    with tempfile.TemporaryDirectory() as folder:
        for name in ("tutorial", "accelerate"):  # what is made late is made once, before any fork
            path = Path(folder) / f"first-{name}.ttx.toml"
            played(name, "as the US", 1, path).leave()
            _opened(path)
        gc.freeze()  # so that a fork does not copy what it never changes
        rig = Rig(np.random.default_rng(asked.seed), Path(folder), only_begin=asked.begin)
        rig.run(asked.kills)
    print(json.dumps(rig.counts(), indent=2))  # noqa: T201  # a table on standard output
    raise SystemExit(bool(rig.faults or rig.stuck or rig.half_begun))


if __name__ == "__main__":
    main()
