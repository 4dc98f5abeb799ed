"""The socket beside the door: terminals that `ttx join` brings from the same machine.

Who may use it is for the system to say: the socket lies in a folder that only its owner can enter,
and the system names the user of whoever connects. Which seat they take is said by whoever runs
`ttx join`, and is believed. From there on a session is the one that the door has too, with this
connection in place of a channel.
"""

from __future__ import annotations

import asyncio
import json
import logging
import socket
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal, cast

from pydantic import BaseModel, ConfigDict, ValidationError

from ttx.i18n import N_, _
from ttx.remote import frames, unix_socket
from ttx.remote.door import ServerState
from ttx.remote.frames import Frames, MalformedError, frame
from ttx.remote.hosting import TAKEN_BACK, Hosting
from ttx.remote.invitations import State
from ttx.remote.session import ChannelSession, Visit
from ttx.remote.wire import ASKED, LEAVE
from ttx.shown import clean

if TYPE_CHECKING:
    import asyncssh

log = logging.getLogger("ttx.remote")

KEPT = 16 * 1024
"""Bytes that the system may keep between the two sides; what it keeps cannot be seen from here."""
GREETING = {"version": frames.VERSION, "asked": ASKED, "leave": LEAVE}
GARBLED = N_("The host could not read what came; run host and join from one installation.")


class Hello(BaseModel):
    """What is first said of whoever comes."""

    model_config = ConfigDict(strict=True, frozen=True, extra="forbid")

    version: Literal[1]
    seat: str
    term: str | None
    """None where lines are to do, for want of a terminal or for a word."""
    environment: dict[str, str]
    columns: int
    rows: int
    word: str


@dataclass(frozen=True, slots=True)
class Comer:
    """Somebody who came through the socket."""

    seat: str
    connection: asyncio.BaseTransport
    came: str = "join"
    opened: str = ""
    return_code: str = ""


async def listen(listening: socket.socket, hosting: Hosting, state: ServerState) -> LocalListener:
    """Let people come through a bound socket to a table; `state` counts who came by the door."""
    listener = LocalListener(hosting, state, Path(listening.getsockname()))
    loop = asyncio.get_running_loop()
    listener.server = await loop.create_unix_server(lambda: Line(listener), sock=listening)
    return listener


class LocalListener:
    """An open socket; `close` shuts it."""

    server: asyncio.AbstractServer

    def __init__(self, hosting: Hosting, state: ServerState, path: Path) -> None:
        """A socket at which nobody is yet."""
        self.hosting, self.state, self.path = hosting, state, path
        self.lines: set[Line] = set()

    def refusal(self, connected: socket.socket) -> str:
        """A sentence for who may not come this way, else nothing."""
        if unix_socket.trusted(connected):
            return ""
        return _("Only the user who hosts, and root, can join here; ask the host for a code.")

    def unseated(self, seat: str) -> str:
        """A sentence where nobody can take that seat, else nothing."""
        invitations = self.hosting.invitations
        if seat not in invitations.seats:
            return _(
                "There is no seat {seat} here; join as one of {seats}.",
                seat=seat,
                seats=", ".join(invitations.seats),
            )
        if invitations.state(seat).state is State.REVOKED:
            return _(TAKEN_BACK)
        return ""

    async def close(self) -> None:
        """Listen no more, and hang up on everybody."""
        self.path.unlink(missing_ok=True)
        self.server.close()
        for line in (lines := list(self.lines)):
            line.end(1, _("The host has closed the table."))
        for line in lines:
            await line.lost.wait()


class LocalSession(ChannelSession):
    """A session whose bytes wait in a transport."""

    def __init__(self, visit: Visit, transport: asyncio.Transport) -> None:
        """A session on which nothing was asked for yet."""
        super().__init__(visit)
        self._transport = transport

    @property
    def held(self) -> int:
        """Bytes that wait here; the few that the system keeps are on their way."""
        return 0 if self.ended else self._transport.get_write_buffer_size()

    def _cut(self) -> None:
        self._transport.abort()


class Line(asyncio.Protocol):
    """One connection: frames to the session, and what the session asks of a channel to frames."""

    transport: asyncio.Transport
    session: LocalSession | None = None

    def __init__(self, listener: LocalListener) -> None:
        """A connection on which nothing was said yet."""
        self._listener = listener
        self._frames = Frames()
        self._environment: dict[str, str] = {}
        self._timer: asyncio.TimerHandle | None = None
        self._paused = False
        self._seat = ""
        self.lost = asyncio.Event()

    # --- the other side ---

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Greet, and wait for who it is."""
        self.transport = cast("asyncio.Transport", transport)
        connected = transport.get_extra_info("socket")
        connected.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, KEPT)
        self.transport.write(json.dumps(GREETING).encode() + b"\n")
        refusal = self._listener.refusal(connected)
        self._listener.lines.add(self)
        if refusal:
            self.end(1, refusal)
            return
        self._timer = asyncio.get_running_loop().call_later(
            self._listener.state.limits.login_seconds,
            self.end,
            1,
            _("Nobody came in time. Try again."),
        )

    def data_received(self, data: bytes) -> None:
        """Take apart what came, as far as it is wanted."""
        self._frames.add(data)
        self._read()

    def _read(self) -> None:
        try:
            while not self._paused and not self.is_closing() and self._next():
                pass
        except MalformedError as error:
            log.warning("Malformed at the socket: %s", error)
            self.end(2, _(GARBLED))

    def _next(self) -> bool:
        """Deal with what stands first; whether there was any of it whole."""
        if self.session is None:
            line = self._frames.line()
            if line is not None:
                self._begin(line)
            return line is not None
        part = self._frames.next()
        if part is None:
            return False
        kind, load = part
        if kind == frames.DATA:
            self.session.data_received(load, None)
        elif kind == frames.SIZE and len(load) == frames.CELLS.size:
            columns, rows = frames.CELLS.unpack(load)
            self.session.terminal_size_changed(columns, rows, 0, 0)
        else:
            raise MalformedError("A frame of no known kind.")
        return True

    def _begin(self, line: bytes) -> None:
        """Open the session that somebody came for."""
        try:
            hello = Hello.model_validate_json(line)
        except ValidationError:
            raise MalformedError("No first line of this version.") from None
        if refusal := self._listener.unseated(hello.seat):
            self.end(2, refusal)
            return
        state = self._listener.state
        if hello.seat not in state.taken() and (crowded := state.crowded()):
            self.end(1, crowded)
            return
        state.elsewhere.append(hello.seat)
        self._seat = hello.seat
        if self._timer is not None:
            self._timer.cancel()
        log.info("%s came through the socket.", hello.seat)
        self._environment = hello.environment
        visit = self._listener.hosting.visit(Comer(hello.seat, self.transport))
        self.session = session = LocalSession(visit, self.transport)
        session.connection_made(cast("asyncssh.SSHServerChannel[bytes]", self))
        if hello.term is not None:
            session.pty_requested(hello.term, (hello.columns, hello.rows, 0, 0), {})
        elif hello.word:
            session.exec_requested(hello.word)
        session.session_started()

    def eof_received(self) -> bool:
        """No more will be typed."""
        return self.session is not None and self.session.eof_received()

    def resume_writing(self) -> None:
        """The other side takes more again."""
        if self.session is not None:
            self.session.resume_writing()

    def connection_lost(self, exc: Exception | None) -> None:
        """Nobody is there any more."""
        if self._timer is not None:
            self._timer.cancel()
        self._listener.lines.discard(self)
        if self._seat:
            self._listener.state.elsewhere.remove(self._seat)
        if self.session is not None:
            self.session.connection_lost(exc)
        self.lost.set()

    def end(self, status: int, words: str) -> None:
        """End it with a sentence."""
        if self.session is not None:
            self.session.hang_up(words, status)
        elif not self.is_closing():
            self.exit(status, words)
            self.close()

    # --- what a session asks of its channel ---

    def get_connection(self) -> None:
        """There is none beneath; what waits is in the transport."""

    def get_environment_bytes(self) -> dict[bytes, bytes]:
        """What was said of the environment."""
        return {name.encode(): value.encode() for name, value in self._environment.items()}

    def is_closing(self) -> bool:
        """Whether it ends."""
        return self.transport.is_closing()

    def write(self, data: bytes) -> None:
        """Send what is to be shown."""
        self.transport.write(frames.framed(data))

    def pause_reading(self) -> None:
        """Take no frame more, and let the other side stop sending."""
        self._paused = True
        self.transport.pause_reading()

    def resume_reading(self) -> None:
        """Take what waits, and more, unless that is too much again."""
        self._paused = False
        self._read()
        if not self._paused and not self.is_closing():
            self.transport.resume_reading()

    def exit(self, status: int, words: str = "") -> None:
        """Say how it ended, and the last words."""
        self.transport.write(frame(frames.END, bytes([status & 0xFF]) + clean(words).encode()))

    def close(self) -> None:
        """Close, once what was written is taken."""
        self.transport.close()
