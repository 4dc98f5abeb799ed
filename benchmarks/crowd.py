"""Twenty people with SSH clients, in one process: they join, press keys, and take the times.

Run as `python -m benchmarks.crowd PORT`. It is told what to do in lines of JSON, a method of
`Crowd` and what it takes, and answers each with a line: `{"found": …}`, or `{"wrong": …}`. `python
-m benchmarks.crowd echo` is a server that sends back what it is sent, and says at which port.
"""

from __future__ import annotations

import asyncio
import json
import random
import sys
import time
from collections.abc import Sequence
from contextlib import suppress

import asyncssh

from benchmarks.terminal import ANSWER, ASKED, END, holds

SIZE = (120, 40)
ENVIRONMENT: dict[bytes | str, bytes | str] = {"COLORTERM": "truecolor", "LANG": "C.UTF-8"}
PAUSE = (0.8, 1.2)
"""Seconds between two keys of somebody who is active."""
QUIET = 0.2
"""Seconds without a byte after which a screen has painted what it was going to."""
REST, REST_MORE = 0.03, 0.004
"""Seconds before a key, and how much longer each of the next seven waits."""
PATIENCE = 60.0
"""Seconds for one thing that the crowd is told to do."""
STEP, ENTER, NEXT, YES = b"j", b"\r", b"]", b"y"


class Person(asyncssh.SSHClientSession[bytes]):
    """One person's terminal: what came, and when what is waited for was there."""

    channel: asyncssh.SSHClientChannel[bytes]

    def __init__(self) -> None:
        """A terminal that was asked nothing yet."""
        self.data = bytearray()
        self.last = time.perf_counter()
        self._answered = False
        self._marks: tuple[bytes, ...] = ()
        self._there: asyncio.Future[float] | None = None

    def connection_made(self, chan: asyncssh.SSHClientChannel[bytes]) -> None:
        """Keep the channel."""
        self.channel = chan

    def data_received(self, data: bytes, datatype: asyncssh.DataType) -> None:
        """Take it, answer what the app asks, and see whether all marks are there."""
        self.last = time.perf_counter()
        self.data += data
        if not self._answered and ASKED in self.data:
            self._answered = True
            self.channel.write(ANSWER)
        self._look()

    def connection_lost(self, exc: Exception | None) -> None:
        """Whoever waits waits in vain."""
        if self._there is not None and not self._there.done():
            self._there.set_exception(ConnectionError(f"gone: {bytes(self.data[-500:])!r}"))

    def until(self, *marks: bytes) -> asyncio.Future[float]:
        """When the marks had come, in this order, since `data` was emptied."""
        self._marks, self._there = marks, asyncio.get_running_loop().create_future()
        self._look()
        return self._there

    def _look(self) -> None:
        if self._there is not None and not self._there.done() and holds(self.data, self._marks):
            self._there.set_result(time.perf_counter())

    def press(self, key: bytes) -> float:
        """When a key was pressed; what came before is forgotten."""
        self.data.clear()
        began = time.perf_counter()
        self.channel.write(key)
        return began

    async def rest(self, seconds: float) -> None:
        """Wait until nothing comes for that long."""
        left = seconds
        while left > 0:  # nobody is to be woken up by each byte
            await asyncio.sleep(left)
            left = self.last + seconds - time.perf_counter()


class Invited(asyncssh.SSHClient):
    """A client that types its code when it is asked for it."""

    def __init__(self, code: str) -> None:
        """With the code."""
        self._code = code

    def kbdint_auth_requested(self) -> str:
        """Codes are typed."""
        return ""

    def kbdint_challenge_received(
        self, name: str, instructions: str, lang: str, prompts: Sequence[tuple[str, bool]]
    ) -> list[str]:
        """Type it."""
        return [self._code] * len(prompts)


async def connected(port: int, seat: str, code: str) -> tuple[asyncssh.SSHClientConnection, Person]:
    """Somebody at a host, at a terminal."""
    connection = await asyncssh.connect(
        "127.0.0.1",
        port,
        username=seat,
        client_factory=lambda: Invited(code),
        client_keys=None,
        agent_path=None,
        known_hosts=None,
        config=None,
    )
    person = Person()
    await connection.create_session(
        lambda: person, term_type="xterm-256color", term_size=SIZE, env=ENVIRONMENT, encoding=None
    )
    return connection, person


class Crowd:
    """Everybody at one host; each public method is something that the crowd can be told to do."""

    def __init__(self, port: int) -> None:
        """Nobody yet."""
        self._port = port
        self._players: list[Person] = []
        self._chief = Person()
        self._connections: list[asyncssh.SSHClientConnection] = []
        self._stirring: list[asyncio.Task[None]] = []
        self._dice = random.Random(7)  # noqa: S311  # when somebody presses a key is no secret

    async def join(self, seat: str, code: str, lobby: list[str], inside: list[str]) -> list[float]:
        """A player comes and goes in; seconds until the lobby was painted, then the screen."""
        person, seconds = await self._come(seat, code, lobby, inside)
        self._players.append(person)
        return seconds

    async def facilitate(self, seat: str, code: str, lobby: list[str], inside: list[str]) -> None:
        """The facilitator comes and goes in."""
        self._chief, _ = await self._come(seat, code, lobby, inside)

    async def _come(
        self, seat: str, code: str, lobby: list[str], inside: list[str]
    ) -> tuple[Person, list[float]]:
        came = time.perf_counter()
        connection, person = await connected(self._port, seat, code)
        self._connections.append(connection)
        at_door = await person.until(*_bytes(lobby), END)
        await person.rest(QUIET)
        entered = person.press(ENTER)
        at_seat = await person.until(*_bytes(inside), END)
        await person.rest(QUIET)
        return person, [at_door - came, at_seat - entered]

    async def keys(self, count: int, active: int, sign: str) -> list[float]:
        """Seconds from each key of the first player until its frame, while others press keys too.

        `active` counts everybody who presses keys; the others about once a second.
        """
        person, found = self._players[0], list[float]()
        others = self._players[1:active]
        stirring = [asyncio.create_task(self._stir(one)) for one in others]
        try:
            for number in range(count):
                # Uneven rests, so that keys fall anywhere between two ticks of the repaint timer.
                await person.rest(REST + number % 8 * REST_MORE)
                began = person.press(STEP)
                found.append(await person.until(sign.encode(), END) - began)
        finally:
            for one in stirring:
                one.cancel()
            await asyncio.gather(*stirring, return_exceptions=True)
        await self._calm()
        return found

    async def _stir(self, person: Person) -> None:
        await asyncio.sleep(self._dice.uniform(0, PAUSE[1]))
        while True:
            person.press(STEP)
            await asyncio.sleep(self._dice.uniform(*PAUSE))

    async def gate(self, words: list[str], question: str) -> float:
        """Seconds from the facilitator's key until the words stood on the last player's screen.

        Where that key cuts somebody off, a question comes first; then the answer is the key.
        """
        chief, key = self._chief, NEXT
        if question:
            chief.press(NEXT)
            await chief.until(question.encode(), END)
            await chief.rest(QUIET)
            key = YES
        await self._calm()
        for one in self._players:
            one.data.clear()
        there = [one.until(*_bytes(words), END) for one in self._players]
        pressed = chief.press(key)
        last = max(await asyncio.gather(*there))
        await asyncio.sleep(QUIET)
        return last - pressed

    async def _calm(self) -> None:
        """Wait until no screen shows anything new; the seconds tick on."""
        await asyncio.gather(*(one.rest(REST) for one in (*self._players, self._chief)))

    async def echo(self, port: int, count: int) -> list[float]:
        """Seconds until a server that only echoes has sent a key back."""
        connection, person = await connected(port, "echo", "")
        found = []
        async with connection:
            for number in range(count):
                await person.rest(REST + number % 8 * REST_MORE)
                began = person.press(STEP)
                found.append(await person.until(STEP) - began)
        return found


def _bytes(words: list[str]) -> list[bytes]:
    return [one.encode() for one in words]


async def told(port: int) -> None:
    """Do what is told, until nothing more is."""
    crowd = Crowd(port)
    loop = asyncio.get_running_loop()
    while line := await loop.run_in_executor(None, sys.stdin.readline):
        what, *rest = json.loads(line)
        answer: dict[str, object]
        try:
            async with asyncio.timeout(PATIENCE):
                answer = {"found": await getattr(crowd, what)(*rest)}
        except Exception as error:  # noqa: BLE001  # whoever tells the crowd what to do is told
            answer = {"wrong": f"{what}: {type(error).__name__}: {error}"}
        print(json.dumps(answer), flush=True)


class Echo(asyncssh.SSHServerSession[bytes]):
    """A channel that sends back what comes."""

    channel: asyncssh.SSHServerChannel[bytes]

    def connection_made(self, chan: asyncssh.SSHServerChannel[bytes]) -> None:
        """Keep the channel."""
        self.channel = chan

    def shell_requested(self) -> bool:
        """All there is here."""
        return True

    def data_received(self, data: bytes, datatype: asyncssh.DataType) -> None:
        """Send it back."""
        self.channel.write(data)


class Open(asyncssh.SSHServer):
    """A door without a lock."""

    def begin_auth(self, username: str) -> bool:
        """Nobody is asked for anything."""
        return False

    def session_requested(self) -> asyncssh.SSHServerSession[bytes]:
        """An echo."""
        return Echo()


async def echoing() -> None:
    """Echo until the process is ended."""
    server = await asyncssh.create_server(
        Open,
        "127.0.0.1",
        0,
        server_host_keys=[asyncssh.generate_private_key("ssh-ed25519")],
        encoding=None,
        line_editor=False,
    )
    print(server.get_port(), flush=True)
    await server.wait_closed()


if __name__ == "__main__":
    with suppress(KeyboardInterrupt):
        asyncio.run(echoing() if sys.argv[1] == "echo" else told(int(sys.argv[1])))
