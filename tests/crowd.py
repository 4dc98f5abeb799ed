"""A hosted table with its door open, here or in another process, and a crowd of SSH clients."""

from __future__ import annotations

import asyncio
import json
import os
import re
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from statistics import mean, median
from typing import Any, cast

import asyncssh
import pyte
from ssh_rig import UNREAD

from ttx.exercise.load import from_data, load
from ttx.exercise.model.exercise import Exercise
from ttx.remote import server
from ttx.remote.hosting import Hosting, seats_of
from ttx.remote.limits import Limits
from ttx.remote.reach import Reach
from ttx.remote.server import Listening
from ttx.session.opening import hosted
from ttx.session.table import Table

ROOT = Path(__file__).parents[1]
FAILSAFE = 60
"""Seconds after which what was to come counts as never coming; nothing is measured by it."""
OPEN = Limits(arrivals=100_000, strangers=100)
"""A door that lets a crowd come from one address as fast as it can."""
CHIEF = "facilitator"


# --- the other side ---


@dataclass
class Place:
    """Where a table is to be found, and what opens its seats."""

    port: int
    public: asyncssh.SSHKey
    codes: dict[str, str]
    keys: dict[str, asyncssh.SSHKey] = field(default_factory=dict)
    """Of the people: one for each seat."""

    def key(self, seat: str) -> asyncssh.SSHKey:
        """The key of whoever sits there."""
        if seat not in self.keys:
            self.keys[seat] = asyncssh.generate_private_key("ssh-ed25519")
        return self.keys[seat]


@dataclass
class Host(Place):
    """A table in this process."""

    table: Table = field(kw_only=True)
    hosting: Hosting = field(kw_only=True)
    listening: Listening = field(kw_only=True)


@dataclass
class Served(Place):
    """A table in a process of its own."""

    process: subprocess.Popen[str] = field(kw_only=True)

    @property
    def pid(self) -> int:
        return self.process.pid

    @property
    def rss(self) -> int:
        return rss(self.process.pid)


def rss(pid: int = 0) -> int:
    """Kilobytes of memory that a process has."""
    words = ["ps", "-o", "rss=", "-p", str(pid or os.getpid())]
    return int(subprocess.run(words, capture_output=True, check=True).stdout)


def tutorial() -> Exercise:
    return load(ROOT / "exercises" / "tutorial")


def peopled(seats: int) -> Exercise:
    """The tutorial with so many seats for people in all, the room's screen among them."""
    said = tutorial().as_toml()
    first = said["seat"][0]
    more = [
        {**{k: v for k, v in first.items() if k != "lead"}, "id": f"deputy{n}", "short": f"D{n}"}
        for n in range(seats - len(said["seat"]))  # coast_guard is nobody's, projector is added
    ]
    return from_data({**said, "seat": [first, *more, *said["seat"][1:]]})


@asynccontextmanager
async def hosting(
    folder: Path, exercise: Exercise | None = None, limits: Limits = OPEN
) -> AsyncIterator[Host]:
    """A table in this process, with its door open on loopback."""
    table = hosted(exercise or tutorial(), {}, 9, folder / "run.ttx.toml")
    assert table.path is not None
    seats = seats_of(table)
    codes, invitations = seats.codes, seats.invitations
    inside = Hosting(table, seats)
    key = asyncssh.generate_private_key("ssh-ed25519")
    listening = await server.listen("127.0.0.1", 0, key, limits, invitations, inside)
    inside.reach = Reach("127.0.0.1", listening.port)
    try:
        yield Host(
            listening.port,
            key.convert_to_public(),
            codes,
            table=table,
            hosting=inside,
            listening=listening,
        )
    finally:
        inside.venue.send_all_away("The host has closed the table.")
        await listening.close()
        table.leave()


async def _serve(folder: Path, limits: Limits, seats: int) -> None:
    async with hosting(folder, peopled(seats) if seats else None, limits) as host:
        public = host.public.export_public_key("openssh").decode().strip()
        said = {"port": host.port, "codes": host.codes, "public": public}
        sys.__stdout__.write(json.dumps(said) + "\n")  # type: ignore[union-attr]  # it has one
        sys.__stdout__.flush()  # type: ignore[union-attr]  # ditto
        over = asyncio.Event()
        asyncio.get_running_loop().add_reader(0, over.set)
        await over.wait()


@contextmanager
def serving(folder: Path, *, strict: bool = False, seats: int = 0) -> Iterator[Served]:
    """The same in a process of its own, which ends with the block; `strict` has the usual door."""
    paths = [
        *os.environ.get("PYTHONPATH", "").split(os.pathsep),
        str(ROOT),
        str(Path(__file__).parent),
    ]
    with (folder / "stderr").open("wb") as told:
        process = subprocess.Popen(
            [sys.executable, __file__, str(folder), "strict" if strict else "open", str(seats)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=told,
            text=True,
            env={
                **os.environ,
                "HOME": str(folder),
                "PYTHONPATH": os.pathsep.join(p for p in paths if p),
            },
        )
    try:
        assert process.stdout is not None
        line = process.stdout.readline()
        assert line, (folder / "stderr").read_text()
        said = json.loads(line)
        public = asyncssh.import_public_key(said["public"])
        yield Served(said["port"], public, said["codes"], process=process)
        assert process.poll() is None, (folder / "stderr").read_text()
    finally:
        process.kill()
        process.communicate()


# --- clients ---


class Client(asyncssh.SSHClientSession[bytes]):
    """A terminal that keeps what it is sent, and says when something came."""

    def __init__(self) -> None:
        self.got = bytearray()
        self.closed = False
        self.changed = asyncio.Event()

    def data_received(self, data: bytes, datatype: asyncssh.DataType) -> None:
        self.got += data
        self.changed.set()

    def connection_lost(self, exc: Exception | None) -> None:
        self.closed = True
        self.changed.set()


class Guest(asyncssh.SSHClient):
    """Answers the prompt with its code, and keeps why the other side hung up."""

    def __init__(self, code: str) -> None:
        self._code = code
        self.lost: Exception | None = None

    def kbdint_auth_requested(self) -> str:
        return ""

    def kbdint_challenge_received(
        self, name: str, instructions: str, lang: str, prompts: Sequence[tuple[str, bool]]
    ) -> list[str] | None:
        code, self._code = self._code, ""
        return [code] if code else None

    def connection_lost(self, exc: Exception | None) -> None:
        self.lost = exc


class Player:
    """Somebody at a terminal; what is typed goes out at once."""

    def __init__(
        self,
        connection: asyncssh.SSHClientConnection,
        channel: asyncssh.SSHClientChannel[bytes],
        client: Client,
        size: tuple[int, int],
    ) -> None:
        self.connection, self.channel, self.client = connection, channel, client
        self.shown = pyte.Screen(*size)
        self._stream = pyte.ByteStream(self.shown)
        self._fed = 0
        self._page = self._pages = 1

    # What it shows.

    @property
    def text(self) -> str:
        """What the terminal shows, row by row."""
        got = self.client.got
        if self._fed < len(got):
            self._stream.feed(UNREAD.sub(b"", bytes(got[self._fed :])))
            self._fed = len(got)
        rows = []
        for y in range(self.shown.lines):
            row = self.shown.buffer[y]
            rows.append("".join(row[x].data for x in range(self.shown.columns)).rstrip())
        return "\n".join(rows)

    async def until(self, happened: Callable[[], bool]) -> None:
        """Wait until something that comes of what is received has happened."""
        async with asyncio.timeout(FAILSAFE):
            while not happened():
                self.client.changed.clear()
                await self.client.changed.wait()

    async def sees(self, *words: str) -> str:
        """The screen once it shows all of these words."""
        try:
            await self.until(lambda: self.client.closed or all(word in self.text for word in words))
        except TimeoutError:
            raise AssertionError(f"{words} never came:\n{self.text}") from None
        assert all(word in self.text for word in words), f"closed without {words}:\n{self.text}"
        return self.text

    async def lacks(self, word: str) -> None:
        """Wait until the screen does not show a word any more."""
        await self.until(lambda: word not in self.text)

    async def gone(self) -> str:
        """All that the terminal shows once the channel has closed."""
        await self.until(lambda: self.client.closed)
        return self.text

    # What it does.

    def type(self, data: bytes) -> None:
        self.channel.write(data)

    async def enter(self) -> None:
        """From the lobby to the first page of the briefing, whatever was open there before."""
        await self.sees("WHO IS HERE")
        self.type(b"\r")
        await self.until(lambda: "WHO IS HERE" not in self.text and "? help" in self.text)
        if "page 1 of" not in self.text:
            self.type(b"q")
        shown = await self.sees("page 1 of")
        self._page, self._pages = 1, int(re.findall(r"page 1 of (\d+)", shown)[0])

    async def turn(self) -> float:
        """Turn a page of the briefing; the seconds until it is shown."""
        self._page = self._page % self._pages + 1
        mark, word = len(self.client.got), f"page {self._page} of {self._pages}".encode()
        began = time.perf_counter()
        self.channel.write(b" ")
        await self.until(lambda: word in self.client.got[mark:] or self.client.closed)
        assert not self.client.closed
        return time.perf_counter() - began

    async def turns(self, count: int) -> list[float]:
        return [await self.turn() for _ in range(count)]

    async def home(self) -> str:
        """Back to the first page; all that it shows."""
        while self._page != 1:
            await self.turn()
        rows = (await self.sees(f"page 1 of {self._pages}", "q leave")).split("\n")
        # A clock is in the second, and in the last how many are ready.
        return "\n".join(row for at, row in enumerate(rows) if at not in (1, len(rows) - 1))

    async def leave(self) -> None:
        """Through the question, and out."""
        self.type(b"q")
        await self.sees("Leave this screen?")
        self.type(b"y")
        await self.gone()
        self.connection.close()
        await self.connection.wait_closed()

    async def drop(self) -> None:
        """Vanish."""
        self.connection.abort()
        await self.connection.wait_closed()


async def knock(
    place: Place,
    seat: str,
    *,
    sock: Any = None,  # noqa: ANN401  # as asyncssh takes it
    **options: Any,  # noqa: ANN401  # as asyncssh takes them
) -> asyncssh.SSHClientConnection:
    """A connection that was let in."""
    where = {"sock": sock} if sock is not None else {"host": "127.0.0.1", "port": place.port}
    code = place.codes.get(seat, "")
    connection, _ = await asyncssh.create_connection(
        lambda: Guest(code),
        **where,
        username=seat,
        known_hosts=None if sock is not None else ([place.public], [], []),
        client_keys=[place.key(seat)],
        agent_path=None,
        config=None,
        **options,
    )
    return connection


async def come(
    place: Place,
    seat: str,
    size: tuple[int, int] = (80, 24),
    term: str = "xterm-256color",
    env: Mapping[str, str] | None = None,
    *,
    asked: tuple[int, int] | None = None,
    sock: Any = None,  # noqa: ANN401  # a socket, as asyncssh takes it
    **channel: Any,  # noqa: ANN401  # ditto
) -> Player:
    """Somebody who comes and opens a screen; `asked` is a size that the terminal only claims."""
    connection = await knock(place, seat, sock=sock)
    opened = await connection.create_session(
        Client,
        term_type=term,
        term_size=asked or size,
        env=[f"{name}={value}" for name, value in (env or {}).items()],
        encoding=None,
        **channel,
    )
    opened = cast("tuple[asyncssh.SSHClientChannel[bytes], Client]", opened)
    return Player(connection, *opened, size)


# --- what is measured ---

FEW, MANY = 9, 36
"""Rounds that say how fast a canary is answered, and rounds in which an attack has to show."""


@dataclass
class Canary:
    """Somebody else at the table, and how fast they were answered just before an attack."""

    player: Player
    before: float
    looked: str
    during: list[float] = field(default_factory=list)

    @classmethod
    async def at(cls, place: Place, seat: str = "tokyo") -> Canary:
        player = await come(place, seat)
        await player.enter()
        looked = await player.home()
        await player.turns(5)
        return cls(player, median(await player.turns(FEW)), looked)

    async def sings(self, count: int = MANY, until: asyncio.Task[Any] | None = None) -> None:
        """So many rounds at least, and on until an attack has been made."""
        self.during += await self.player.turns(count)
        while until is not None and not until.done():
            self.during.append(await self.player.turn())
        if until is not None:
            await until

    @property
    def usual(self) -> float:
        """How many times slower it was answered than before, all in all."""
        return mean(self.during) / self.before

    @property
    def worst(self) -> float:
        """How many times slower it was answered at worst."""
        return max(self.during) / self.before


def canned(connection: asyncssh.SSHClientConnection, say: Callable[[], object]) -> bytes:
    """What a client would send, ready to go out at once: making it must not slow the canary."""
    kept: list[bytes] = []
    connection._send = kept.append  # type: ignore[method-assign,assignment]  # no other way past the socket
    try:
        say()
    finally:
        del connection._send
    return b"".join(kept)


async def pour(send: Callable[[Any], object], what: Iterable[Any], every: int = 20) -> None:
    """Send one after the other, and let others have their turns meanwhile."""
    for n, one in enumerate(what):
        send(one)
        if n % every == every - 1:
            await asyncio.sleep(0)


def few(limits: Limits = OPEN, **changes: int) -> Limits:
    """Those limits, but for some."""
    return replace(limits, **changes)


if __name__ == "__main__":
    door = Limits() if sys.argv[2] == "strict" else OPEN
    asyncio.run(_serve(Path(sys.argv[1]), door, int(sys.argv[3])))
