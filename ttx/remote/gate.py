"""In front of the door: who comes too soon waits there, and costs no SSH connection.

An SSH connection is dear from its first byte: a thousand objects, then a change of keys. So what is
counted by address is counted here, where there is a bare socket yet. Behind one address there may
be a whole room, so of those who wait the last goes first: whoever made the others come keeps nobody
out once they have. Whoever waits for too long gets the two things that every SSH client understands
before any key: the version, and a farewell.
"""

from __future__ import annotations

import asyncio
import os
import socket
import struct
from collections.abc import Callable
from typing import cast

from asyncssh.constants import DISC_TOO_MANY_CONNECTIONS, MSG_DISCONNECT

from ttx.i18n import N_
from ttx.remote.door import ServerState
from ttx.remote.limits import origin

VERSION = "ttx"
"""What the door calls itself."""
AT_ONCE = 16
"""Connections that are accepted before anybody else has a turn."""
QUEUE = 128
"""Connections that the system keeps until then."""
PATIENCE = 2.0
"""Seconds that whoever is refused has to read why: closed at once, a socket that has not heard what
its client says would take the words with it."""
HEARD = 64 * 1024
"""Bytes of them that are taken meanwhile, and thrown away."""
SOON = N_("Too many connections came from your address just now. Try again in half a minute.")
_BLOCK = 8


def farewell(sentence: str) -> bytes:
    """All that such a client is sent; RFC 4253: 4.2 the version, 6 a packet, 11.1 what it says."""
    words = sentence.encode()
    load = struct.pack(
        f">BII{len(words)}sI", MSG_DISCONNECT, DISC_TOO_MANY_CONNECTIONS, len(words), words, 0
    )
    fill = _BLOCK - (len(load) + 5) % _BLOCK
    fill += _BLOCK * (fill < 4)
    packet = struct.pack(">IB", 1 + len(load) + fill, fill) + load + bytes(fill)
    return f"SSH-2.0-{VERSION}\r\n".encode() + packet


class Gate:
    """What asyncssh takes for its way to listen, and hands what builds a connection."""

    def __init__(self, state: ServerState) -> None:
        """In front of the server of this state."""
        self.state = state
        self.waiting: dict[str, list[Comer]] = {}
        """Those who came too soon, by what counts as their address; the last one at the end."""
        self.told: set[Comer] = set()
        """Those who are refused and still have to read why."""

    async def create_server(
        self, build: Callable[[str, int], asyncio.Protocol], host: str, port: int
    ) -> asyncio.Server:
        """Listen; asyncio accepts as many at once as it lets wait, which is more than is good."""
        server = await asyncio.get_running_loop().create_server(
            lambda: Comer(self, build), host, port, backlog=AT_ONCE
        )
        for listening in server.sockets:
            with socket.socket(fileno=os.dup(listening.fileno())) as same:
                same.listen(QUEUE)
        return server

    def close(self) -> None:
        """Wait for nobody any more."""
        for one in [*self.told, *(one for line in self.waiting.values() for one in line)]:
            one.drop()
        self.waiting.clear()

    def comes(self, comer: Comer) -> None:
        """Let somebody go on who has just connected, or have them wait."""
        if not self.state.arrivals.empty(comer.origin):
            self.state.arrivals.take(comer.origin)
            comer.go_on()
            return
        if comer.origin not in self.waiting:
            self.waiting[comer.origin] = []
            self._later(comer.origin)
        self.waiting[comer.origin].append(comer)
        if sum(map(len, self.waiting.values())) > self.state.limits.waiting:
            self.refuse(max(self.waiting.values(), key=len)[0])

    def _later(self, at: str) -> None:
        wait = self.state.arrivals.wait(at)
        asyncio.get_running_loop().call_later(wait, self._turn, at)

    def _turn(self, at: str) -> None:
        """It may be time for one more from an address."""
        line = self.waiting.get(at)
        if line and not self.state.arrivals.empty(at):
            self.state.arrivals.take(at)
            line.pop().go_on()
        if line:
            self._later(at)
        else:
            self.waiting.pop(at, None)

    def leave(self, comer: Comer) -> None:
        """Somebody waits no more."""
        line = self.waiting.get(comer.origin, [])
        if comer in line:
            line.remove(comer)

    def refuse(self, comer: Comer) -> None:
        """Say why, to as many as are told at one time."""
        self.leave(comer)
        if len(self.told) < self.state.limits.refusals:
            self.told.add(comer)
            comer.hear(SOON)
        else:
            comer.drop()


class Comer(asyncio.Protocol):
    """One who has just connected."""

    def __init__(self, gate: Gate, build: Callable[[str, int], asyncio.Protocol]) -> None:
        """At a gate; `build` makes the connection of whoever may go on."""
        self._gate, self._build = gate, build
        self.origin = ""
        """What counts as their address."""
        self._heard = 0
        self._timer: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Go on, or wait; nothing is read meanwhile."""
        gate, self._transport = self._gate, cast("asyncio.Transport", transport)
        self.origin = origin(str((transport.get_extra_info("peername") or ("",))[0]))
        self._transport.pause_reading()
        wait = gate.state.limits.waiting_seconds
        self._timer = asyncio.get_running_loop().call_later(wait, gate.refuse, self)
        gate.comes(self)

    def go_on(self) -> None:
        """Hand the socket on."""
        self._hush()
        if self._transport.is_closing():
            return
        other = self._build("", 0)
        self._transport.set_protocol(other)
        other.connection_made(self._transport)
        self._transport.resume_reading()

    def hear(self, sentence: str) -> None:
        """Be told why not."""
        self._hush()
        self._transport.resume_reading()
        self._transport.write(farewell(sentence))
        self._transport.write_eof()
        self._timer = asyncio.get_running_loop().call_later(PATIENCE, self.drop)

    def _hush(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def drop(self) -> None:
        """Wait no longer."""
        self._hush()
        self._transport.abort()

    def data_received(self, data: bytes) -> None:
        """Nobody listens."""
        self._heard += len(data)
        if self._heard > HEARD:
            self._transport.pause_reading()

    def connection_lost(self, exc: Exception | None) -> None:
        """They went, or had their time."""
        self._gate.told.discard(self)
        self._gate.leave(self)
        self._hush()
