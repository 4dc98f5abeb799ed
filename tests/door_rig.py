"""A door on loopback with a table behind it that only echoes, and clients that knock."""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import asyncssh

from ttx.remote import server
from ttx.remote.invitations import Invitations
from ttx.remote.limits import Limits
from ttx.remote.server import Guest, Listening

SEATS = ("usfj", "kantei", "facilitator", "projector")
QUICK = Limits(wrong_code_seconds=0, wrong_codes=1000, wrong_codes_of_all=1000, arrivals=1000)
"""Nothing waits, and a test may try as often as it must."""


def spent(held: Invitations, seat: str, code: str, keys: Sequence[str]) -> bool:
    """Whether a code opened a seat, and is spent for these keys."""
    opened = held.match(seat, code)
    return bool(opened) and held.bind(seat, opened, keys)


class Echo(asyncssh.SSHServerSession[bytes]):
    """Says who came, then says everything again; `q` leaves."""

    channel: asyncssh.SSHServerChannel[bytes]

    def __init__(self, guest: Guest, held: Invitations) -> None:
        self.guest, self.held = guest, held

    def connection_made(self, chan: asyncssh.SSHServerChannel[bytes]) -> None:
        self.channel = chan

    def pty_requested(self, *_: object) -> bool:
        return True

    def shell_requested(self) -> bool:
        return True

    def session_started(self) -> None:
        guest, channel = self.guest, self.channel
        if guest.return_code:
            made = self.held.promise(guest.seat, guest.opened, guest.return_code)
            self.held.seen(guest.seat, made)
        told = {
            "seat": guest.seat,
            "came": guest.came,
            "fingerprint": guest.fingerprint,
            "return_code": guest.return_code,
            "agent": channel.get_agent_path(),
            "x11": channel.get_x11_display(),
        }
        channel.write(json.dumps(told).encode() + b"\r\n")

    def data_received(self, data: bytes, datatype: int | None) -> None:
        if data == b"q":
            self.channel.exit(0)
        else:
            self.channel.write(data)


@dataclass
class Table:
    """A reception that seats everybody, and holds that what it shows is seen."""

    held: Invitations
    guests: list[Guest] = field(default_factory=list)
    at_greeting: Callable[[Guest], object] = id

    def greet(self, guest: Guest) -> Echo:
        self.at_greeting(guest)
        self.guests.append(guest)
        return Echo(guest, self.held)


@dataclass
class Host:
    """What a test needs of an open door."""

    listening: Listening
    table: Table
    invitations: Invitations
    codes: dict[str, str]
    key: asyncssh.SSHKey
    standing: list[asyncio.StreamWriter] = field(default_factory=list)
    """Connections that only stand about."""


@asynccontextmanager
async def hosting(
    folder: Path, limits: Limits = QUICK, *, post_quantum: bool = False
) -> AsyncIterator[Host]:
    """An open door whose invitations are `run.seats.toml` in a folder."""
    path = folder / "run.seats.toml"
    codes = Invitations.create(path, SEATS)
    invitations = Invitations.open(path)
    table = Table(invitations)
    key = asyncssh.generate_private_key("ssh-ed25519")
    listening = await server.listen(
        "127.0.0.1", 0, key, limits, invitations, table, post_quantum=post_quantum
    )
    host = Host(listening, table, invitations, codes, key)
    try:
        yield host
    finally:
        for writer in host.standing:
            writer.close()
        await listening.close()


async def stand(host: Host) -> asyncio.StreamWriter:
    """A connection that says nothing, and has read the other side's banner."""
    reader, writer = await asyncio.open_connection("127.0.0.1", host.listening.port)
    host.standing.append(writer)
    assert await reader.readline() == b"SSH-2.0-ttx\r\n"
    return writer


def sentence(error: Exception | None) -> str:
    """What the other side said; asyncssh adds a number to reasons that it has no class for."""
    return re.sub(r" \(error \d+\)$", "", str(error))


class Knocker(asyncssh.SSHClient):
    """Answers prompts with these codes in turn, and writes down what it saw."""

    def __init__(self, codes: Sequence[str]) -> None:
        self.seen: list[Any] = []
        self.lost = ""
        """Why the other side hung up."""
        self._codes: Iterator[str] = iter(codes)

    def kbdint_auth_requested(self) -> str:
        return ""

    def kbdint_challenge_received(
        self, name: str, instructions: str, lang: str, prompts: Sequence[tuple[str, bool]]
    ) -> list[str] | None:
        self.seen.append((name, instructions, lang, prompts))
        code = next(self._codes, None)
        return None if code is None else [code]

    def connection_lost(self, exc: Exception | None) -> None:
        self.lost = sentence(exc)
        self.seen.append(self.lost)


async def knock(
    host: Host, seat: str, *codes: str, keys: Sequence[Any] = (), knocker: Knocker | None = None
) -> asyncssh.SSHClientConnection:
    """A connection that was let in; asyncssh's own errors where it was not."""
    client = knocker or Knocker(codes)
    return (
        await asyncssh.create_connection(
            lambda: client,
            "127.0.0.1",
            host.listening.port,
            username=seat,
            known_hosts=([host.key.convert_to_public()], [], []),
            client_keys=list(keys) or None,
            agent_path=None,
            config=None,
        )
    )[0]


async def refused(host: Host, seat: str, *codes: str, keys: Sequence[Any] = ()) -> str:
    """Why nobody was let in."""
    try:
        connection = await knock(host, seat, *codes, keys=keys)
    except asyncssh.DisconnectError as error:
        return sentence(error)
    connection.abort()
    raise AssertionError(f"{seat} was let in")


class Screen:
    """The client's end of the one session."""

    def __init__(self, process: asyncssh.SSHClientProcess[bytes], told: dict[str, Any]) -> None:
        self.process, self.told = process, told

    async def says(self, word: bytes) -> bool:
        """Whether the other side still echoes."""
        self.process.stdin.write(word)
        return await self.process.stdout.readexactly(len(word)) == word


async def sit(connection: asyncssh.SSHClientConnection) -> Screen:
    """Open the screen of a connection."""
    process = await connection.create_process(term_type="xterm", encoding=None)
    return Screen(process, json.loads(await process.stdout.readline()))


def ssh(host: Host, seat: str, folder: Path, *options: str, key: Path | None = None) -> list[str]:
    """What a person types, with nothing of this machine in it."""
    known = folder / "known_hosts"
    public = host.key.export_public_key("openssh").decode().strip()
    known.write_text(f"[127.0.0.1]:{host.listening.port} {public}\n")
    return [
        *("-F", "/dev/null", "-p", str(host.listening.port)),
        *("-o", f"UserKnownHostsFile={known}", "-o", "GlobalKnownHostsFile=/dev/null"),
        *("-o", "IdentityAgent=none", "-o", "IdentitiesOnly=yes", "-o", "UpdateHostKeys=no"),
        *("-o", f"IdentityFile={key or 'none'}"),
        *options,
        f"{seat}@127.0.0.1",
    ]
