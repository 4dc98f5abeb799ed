"""In front of the door: who is one too many is told so, and costs no SSH connection.

An SSH connection is dear from its first byte: a thousand objects, then a change of keys. So what is
counted by address is counted here, where there is a bare socket yet, and whoever is refused gets
the two things that every SSH client understands before any key: the version, and a farewell.
"""

from __future__ import annotations

import asyncio
import os
import socket
import struct
from collections.abc import Callable
from typing import cast

from asyncssh.constants import DISC_TOO_MANY_CONNECTIONS, MSG_DISCONNECT

from ttx.remote.door import House

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
SOON = "Too many connections came from your address just now. Try again in half a minute."
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

    def __init__(self, house: House) -> None:
        """Of a house."""
        self.house = house
        self.told: set[Comer] = set()
        """Those who are refused and still have to read why."""

    async def create_server(
        self, build: Callable[[str, int], asyncio.Protocol], host: str, port: int
    ) -> asyncio.Server:
        """Listen; asyncio accepts as many at once as it lets wait, which is more than is good."""
        server = await asyncio.get_running_loop().create_server(
            lambda: Comer(self, build), host, port, backlog=AT_ONCE
        )
        for one in server.sockets:
            with socket.socket(fileno=os.dup(one.fileno())) as same:
                same.listen(QUEUE)
        return server

    def close(self) -> None:
        """Wait for nobody who is refused."""
        for one in list(self.told):
            one.drop()

    def refusal(self, address: str) -> str:
        """Count whoever comes; a sentence where they are one too many, and then count nothing."""
        house = self.house
        if house.arrivals.empty(address):
            return SOON
        house.arrivals.take(address)
        return ""


class Comer(asyncio.Protocol):
    """One who has just connected."""

    def __init__(self, gate: Gate, build: Callable[[str, int], asyncio.Protocol]) -> None:
        """At a gate; `build` makes the connection of whoever may go on."""
        self._gate, self._build = gate, build
        self._heard = 0
        self._timer: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Hand the socket on, or say why not."""
        gate, self._transport = self._gate, cast("asyncio.Transport", transport)
        address = str((transport.get_extra_info("peername") or ("",))[0])
        refusal = gate.refusal(address)
        if not refusal:
            other = self._build("", 0)
            self._transport.set_protocol(other)
            other.connection_made(transport)
        elif len(gate.told) >= gate.house.limits.refusals:
            self._transport.abort()
        else:
            gate.told.add(self)
            self._transport.write(farewell(refusal))
            self._transport.write_eof()
            self._timer = asyncio.get_running_loop().call_later(PATIENCE, self.drop)

    def drop(self) -> None:
        """Wait no longer until they have read why."""
        self._transport.abort()

    def data_received(self, data: bytes) -> None:
        """Nobody listens."""
        self._heard += len(data)
        if self._heard > HEARD:
            self._transport.pause_reading()

    def connection_lost(self, exc: Exception | None) -> None:
        """They went, or had their time."""
        self._gate.told.discard(self)
        if self._timer is not None:
            self._timer.cancel()
