"""`python -m benchmarks.flood`: what a flood at a host costs the others: its memory, their pauses.

Each kind of flood meets a `ttx host` of its own, on loopback, while somebody else at the table, the
canary, presses keys: before the flood, under it, and after its end. All of it is bounded, in people
and in time. `--beside` takes another checkout, whose host is flooded in turn with this one's.
"""

from __future__ import annotations

import argparse
import asyncio
import itertools
import json
import os
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

import asyncssh

from benchmarks import ROOT, hosted
from benchmarks.crowd import ENTER, ENVIRONMENT, SIZE, Invited, Person
from benchmarks.hosted import Prepared, hosting, memory, running, said
from benchmarks.measure import percentile
from benchmarks.remote import LOBBY, ask
from benchmarks.screens import environment
from ttx.session.run import PROJECTOR
from ttx.tui.theme import glyphs

IDLE, AFTER = 6.0, 6.0
"""Seconds for which the canary is asked how it is before a flood, and after its end."""
SECONDS = 20.0
"""Seconds that a flood lasts, where nothing else is asked for."""
MOST = 120.0
"""And at most."""
KEYS = 10
"""Keys of the canary between two looks at the memory."""
WORKERS = 20
"""Connections that a flood of strangers has open at a time."""
AWHILE = 0.01
SETTLE = 3.0
"""Seconds that clients have to come and sit down."""
PAGE = b"?q"
"""Opens a page and closes it."""
START, END = b"\x1b[200~", b"\x1b[201~"


# --- those who flood, in a process of their own ---


@dataclass
class Flood:
    """Seats to come to, and the connections of those who came."""

    port: int
    codes: Mapping[str, str]
    keys: dict[str, asyncssh.SSHKey] = field(default_factory=dict)

    async def come(self, seat: str, size: tuple[int, int] = SIZE) -> Person:
        """Somebody at a seat, past the lobby; by a key from the second time on."""
        key = self.keys.setdefault(seat, asyncssh.generate_private_key("ssh-ed25519"))
        connection = await asyncssh.connect(
            "127.0.0.1",
            self.port,
            username=seat,
            client_factory=lambda: Invited(self.codes[seat]),
            client_keys=[key],
            agent_path=None,
            known_hosts=None,
            config=None,
        )
        person = Person()
        await connection.create_session(
            lambda: person,
            term_type="xterm-256color",
            term_size=size,
            env=ENVIRONMENT,
            encoding=None,
        )
        await person.rest(0.2)
        person.press(ENTER)
        await person.rest(0.2)
        return person

    async def all(self, count: int, first: int = 1) -> list[Person]:
        """People at so many seats."""
        seats = [seat for seat in self.codes if seat != PROJECTOR][first : first + count]
        return [await self.come(seat) for seat in seats]


async def _typing(person: Person, what: bytes) -> None:
    """Type without end, as fast as it is taken."""
    while not person.channel.is_closing():
        if person.channel.get_write_buffer_size() < 2 * len(what) + 64 * 1024:
            person.channel.write(what)
        person.data.clear()
        await asyncio.sleep(AWHILE)


async def pages(flood: Flood, count: int = 1, what: bytes = PAGE * 500) -> list[Awaitable[None]]:
    """Seats that type without end."""
    return [_typing(one, what) for one in await flood.all(count)]


def _deafen(person: Person) -> None:
    transport = person.channel.get_connection()._transport  # noqa: SLF001  # no other way not to read
    assert transport is not None
    transport.pause_reading()


async def deaf(flood: Flood) -> list[Awaitable[None]]:
    """Seats that type and read nothing."""
    people = await flood.all(4)
    for one in people:
        _deafen(one)
    return [_typing(one, PAGE * 500) for one in people]


async def slow(flood: Flood) -> list[Awaitable[None]]:
    """The screen of the room, as large as any, over a line that takes a little now and then."""
    person = await flood.come(PROJECTOR, (300, 100))

    async def trickle() -> None:
        transport: Any = person.channel.get_connection()._transport  # noqa: SLF001  # ditto
        while True:
            transport.pause_reading()
            await asyncio.sleep(1.0)
            transport.resume_reading()
            await asyncio.sleep(AWHILE)

    return [trickle(), _typing(person, PAGE * 500), *await pages(flood)]


async def sizes(flood: Flood) -> list[Awaitable[None]]:
    """Windows that are drawn larger and smaller without end."""

    async def drawn(person: Person) -> None:
        for n in itertools.count():
            person.channel.change_terminal_size(120 + n % 180, 40 + n % 60)
            person.data.clear()
            if n % 20 == 0:
                await asyncio.sleep(AWHILE)

    return [drawn(one) for one in await flood.all(2)]


async def visits(flood: Flood) -> list[Awaitable[None]]:
    """Seats that come and drop, over and over."""

    async def visit(seat: str) -> None:
        while True:
            try:
                person = await flood.come(seat)
                person.channel.get_connection().abort()
            except (asyncssh.Error, OSError):
                await asyncio.sleep(0.5)

    return [visit(seat) for seat in list(flood.codes)[1:5]]


async def _knock(port: int, seconds: float) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    with suppress(TimeoutError):
        async with asyncio.timeout(seconds):
            await reader.read(1)
            if seconds > 1:
                await reader.read()
    writer.transport.abort()


async def _strangers(port: int, seconds: float) -> None:
    while True:
        with suppress(OSError):
            await _knock(port, seconds)
        await asyncio.sleep(0)


async def refused(flood: Flood) -> list[Awaitable[None]]:
    """Strangers that connect, and leave at the first byte."""
    return [_strangers(flood.port, 0.5) for _ in range(WORKERS)]


async def silent(flood: Flood) -> list[Awaitable[None]]:
    """Strangers that connect and say nothing, for as long as they are let."""
    return [_strangers(flood.port, 60.0) for _ in range(WORKERS)]


KINDS: Mapping[str, Callable[[Flood], Awaitable[list[Awaitable[None]]]]] = {
    "pages": pages,
    "two at pages": partial(pages, count=2),
    "eight at pages": partial(pages, count=8),
    "keys": partial(pages, count=2, what=b"j" * 1000),
    "pastes": partial(pages, count=2, what=START + b"x" * 1_000_000 + END),
    "sizes": sizes,
    "deaf": deaf,
    "slow room": slow,
    "visits": visits,
    "refused": refused,
    "silent": silent,
}


async def attack(kind: str, port: int, codes: Mapping[str, str]) -> None:
    """Come, say so, flood from the next line on until the one after that."""
    loop = asyncio.get_running_loop()
    floods = await KINDS[kind](Flood(port, codes))
    print("ready", flush=True)
    await loop.run_in_executor(None, sys.stdin.readline)
    tasks = [asyncio.ensure_future(one) for one in floods]
    over = loop.run_in_executor(None, sys.stdin.readline)
    await asyncio.wait([over, *tasks], timeout=MOST, return_when=asyncio.FIRST_COMPLETED)
    if not over.done():  # whoever floods may be thrown out; the rest goes on
        await asyncio.wait([over], timeout=MOST)
    os._exit(0)


# --- what is found ---


@dataclass
class Found:
    """One host under one flood: bytes, and seconds from a key to its frame."""

    before: float = 0.0
    peak: float = 0.0
    after: float = 0.0
    idle: list[float] = field(default_factory=list)
    under: list[float] = field(default_factory=list)
    freed: list[float] = field(default_factory=list)
    """Once the flood has ended."""

    def ratios(self) -> tuple[float, ...]:
        """Of the idle 95th percentile; of the memory before."""
        usual = percentile(self.idle, 95)
        return (
            percentile(self.under, 95) / usual,
            max(self.under) / usual,
            max(self.freed) / usual,
            max(self.idle) / usual,
            self.peak / self.before,
            self.after / self.before,
        )


def flooded(kind: str, prepared: Prepared, room: Path, seconds: float, checkout: Path) -> Found:
    """Flood one host."""
    settings, found = environment(room.parent), Found()
    canary, *others = prepared.players
    codes = {seat: prepared.codes[seat] for seat in (*others, PROJECTOR)}
    with (
        hosting(prepared.copied(room), settings, checkout) as (pid, port),
        running(["benchmarks.crowd", str(port)], settings) as crowd,
        running(["benchmarks.flood", "--attack", kind, str(port)], settings) as flood,
    ):
        assert flood.stdin is not None
        sign = glyphs().marked
        ask(crowd, "join", canary, prepared.codes[canary], LOBBY, [sign, "leave"])
        flood.stdin.write(json.dumps(codes).encode() + b"\n")
        if said(flood) != "ready\n":
            raise RuntimeError(f"nobody came to flood: {kind}")
        time.sleep(SETTLE)

        def sing(until: float, into: list[float]) -> None:
            end = time.monotonic() + until
            while time.monotonic() < end:
                into += ask(crowd, "keys", KEYS, 1, sign)
                found.peak = max(found.peak, memory(pid))

        sing(1.0, [])
        found.before, found.peak = memory(pid), 0.0
        sing(IDLE, found.idle)
        flood.stdin.write(b"go\n")
        sing(seconds, found.under)
        flood.stdin.write(b"over\n")
        sing(AFTER, found.freed)
        found.after = memory(pid)
    return found


HEAD = (
    "flood",
    "host",
    "keys under it, p95",
    "longest pause",
    "after its end",
    "longest when idle",
    "memory at most",
    "and after",
    "idle p95, memory before",
)


def row(kind: str, host: str, found: Sequence[Found]) -> str:
    """Medians of the rounds; pauses in idle p95, memory in what it was before."""
    each = zip(*(one.ratios() for one in found), strict=True)
    ratios = [f"{statistics.median(values):.2f}×" for values in each]
    usual = statistics.median(percentile(one.idle, 95) for one in found)
    before = statistics.median(one.before for one in found)
    here = f"{usual * 1e3:.3g} ms, {before / 2**20:.3g} MiB"
    return "| " + " | ".join((kind, host, *ratios, here)) + " |"


def main() -> None:
    """Flood hosts and print what came of it."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.flood", description=__doc__)
    parser.add_argument("kinds", nargs="*", help=f"of {', '.join(KINDS)}; all where none is named")
    parser.add_argument("--seconds", type=float, default=SECONDS, help="that each flood lasts")
    parser.add_argument("--rounds", type=int, default=1)
    parser.add_argument("--beside", type=Path, help="another checkout, flooded in turn")
    parser.add_argument("--attack", nargs=2, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.attack:
        os.nice(5)  # what is measured is the host, which they share a machine with
        kind, port = asked.attack
        asyncio.run(attack(kind, int(port), json.loads(sys.stdin.readline())))
        return
    if unknown := set(asked.kinds) - set(KINDS):
        parser.error(f"there is no flood {', '.join(unknown)}; there are {', '.join(KINDS)}")
    if not 0 < asked.seconds <= MOST / 2:
        parser.error(f"a flood lasts up to {MOST / 2:.0f} seconds")
    hosts = {"here": ROOT} | ({"beside": asked.beside.resolve()} if asked.beside else {})
    order = random.Random(7)  # noqa: S311  # who goes first is no secret
    with tempfile.TemporaryDirectory() as name:
        prepared = hosted.prepare(Path(name))
        print(f"| {' | '.join(HEAD)} |\n|{' --- |' * len(HEAD)}", flush=True)
        for kind in asked.kinds or KINDS:
            found: dict[str, list[Found]] = {host: [] for host in hosts}
            for number in range(asked.rounds):
                for host in order.sample(list(hosts), len(hosts)):
                    room = Path(name) / f"{kind} {number} {host}"
                    found[host].append(flooded(kind, prepared, room, asked.seconds, hosts[host]))
            for host, rounds in found.items():
                print(row(kind, host, rounds), flush=True)


if __name__ == "__main__":
    main()
