"""One SSH channel as a wire: screens or plain lines, and a few words of text for a command."""

from __future__ import annotations

import asyncio
import contextvars
from collections.abc import Mapping, Sequence
from typing import Protocol

import asyncssh
from asyncssh.connection import SSHConnection

from ttx.remote import private
from ttx.remote.app import incident, said_of
from ttx.remote.frames import LINES
from ttx.remote.pump import Pump
from ttx.remote.wire import ASKED, LEAVE, LONGEST, Reader, Terminal, Wire, clamp
from ttx.shown import clean

COMMAND = 64
"""Characters of a command that are looked at."""
LINGER = 5.0
"""Seconds the other side has to take the last words; then the connection is cut."""


class Visit(Protocol):
    """What happens on a channel, once somebody was let in."""

    async def play(self, wire: Wire, terminal: Terminal, size: tuple[int, int]) -> int:
        """Show screens until they are left; the exit status.

        Build a `SeatApp` on the wire and `sit` it; several in a row will do. Whichever runs gets
        what is typed, because its driver asks the wire for it. Nobody being there any more ends the
        app that runs, and cancels whatever else is awaited here.
        """

    async def talk(self, wire: Wire, terminal: Terminal, size: tuple[int, int]) -> int:
        """Play in plain lines until they are left; the exit status."""

    def tell(self, words: str) -> tuple[list[str], int]:
        """Answer a command where there is no screen: lines, and the exit status.

        The words are what stood after the host's name, or nothing; look them up, and no more.
        """


class ChannelSession(asyncssh.SSHServerSession[bytes]):
    """One channel, and the wire that goes through it."""

    def __init__(self, visit: Visit) -> None:
        """A channel on which nothing was asked for yet."""
        self._visit = visit
        self._channel: asyncssh.SSHServerChannel[bytes] | None = None
        self._connection: SSHConnection | None = None
        self._term: str | None = None
        self._size = (0, 0)
        self._command: str | None = None
        self._pump = Pump(self)
        self._task: asyncio.Task[None] | None = None
        self._cut_later: asyncio.TimerHandle | None = None
        self._ended = False

    # --- what the client asks for ---

    def connection_made(self, chan: asyncssh.SSHServerChannel[bytes]) -> None:
        """Keep the channel."""
        self._channel, self._connection = chan, chan.get_connection()

    def pty_requested(
        self, term_type: str, term_size: tuple[int, int, int, int], term_modes: Mapping[int, int]
    ) -> bool:
        """Note what is said of the terminal; there is no pty here that it would be made for."""
        self._term, self._size = term_type[:LONGEST], term_size[:2]
        return True

    def shell_requested(self) -> bool:
        """Screens; or plain lines, where no terminal could show any."""
        return True

    def exec_requested(self, command: str) -> bool:
        """Words to be looked up; nothing is ever executed."""
        self._command = clean(command[:COMMAND]).strip()
        return True

    def subsystem_requested(self, subsystem: str) -> bool:
        """No files are to be had here, nor anything else."""
        return False

    def session_started(self) -> None:
        """Begin; in a context that knows of no other session."""
        self._task = asyncio.get_running_loop().create_task(
            self._serve(), context=contextvars.Context()
        )

    async def _serve(self) -> None:
        status = 1
        try:
            terminal = self._terminal()
            if self._command and self._command.casefold() != LINES:
                lines, status = self._visit.tell(self._command)
                self._say(lines)
            elif self._command or not terminal.fit:
                status = await self._visit.talk(self, terminal, self._size)
            else:
                status = await self._visit.play(self, terminal, clamp(*self._size))
        except Exception as error:  # noqa: BLE001  # a defect ends its own session, and no other
            self.hang_up(said_of(incident(error)))
        finally:
            self._end(status)

    def _terminal(self) -> Terminal:
        assert self._channel is not None
        environment = self._channel.get_environment_bytes()
        return Terminal(
            self._term,
            {
                name: environment[name.encode()][:LONGEST].decode("utf-8", "replace")
                for name in ASKED
                if name.encode() in environment
            },
        )

    # --- the wire ---

    @property
    def held(self) -> int:
        """Bytes that wait in the channel, in the socket, or for a change of keys."""
        if self._channel is None or self._connection is None or self._ended:
            return 0
        return self._channel.get_write_buffer_size() + private.in_transit(self._connection)

    @property
    def ended(self) -> bool:
        """Whether the channel is closed, or about to be."""
        return self._ended or self._channel is None or self._channel.is_closing()

    def write(self, data: bytes) -> None:
        """Send bytes as long as somebody is there."""
        if not self.ended and self._channel is not None:
            self._channel.write(data)

    def pause_reading(self) -> None:
        """Let the client's window fill, until it stops sending."""
        if self._channel is not None:
            self._channel.pause_reading()

    def resume_reading(self) -> None:
        """Take what waits, and more."""
        if self._channel is not None:
            self._channel.resume_reading()

    def send_to(self, reader: Reader | None) -> None:
        """See `Wire.send_to`."""
        self._pump.send_to(reader)

    def hang_up(self, words: str, status: int = 1) -> None:
        """Leave the screens, say a sentence, and end."""
        if not self.ended:
            if self._on_screen:
                self.write(LEAVE.encode())
            self._say([words])
        self._end(status)

    @property
    def _on_screen(self) -> bool:
        return self._command is None and self._term is not None and self._terminal().fit

    def _say(self, lines: Sequence[str]) -> None:
        end = "\n" if self._term is None else "\r\n"
        text = "".join(f"{clean(line)}{end}" for line in lines)
        self.write(text.encode("utf-8", "replace"))

    def _end(self, status: int) -> None:
        """Close the channel; every session ends here, however it went."""
        if self._ended:
            return
        self._ended = True
        self._pump.lose()
        if self._channel is not None:
            self._channel.exit(status)
            self._channel.close()  # where the client closed first, `exit` alone leaves it half open
            self._cut_later = asyncio.get_running_loop().call_later(LINGER, self._cut)

    def _cut(self) -> None:
        """Whoever does not read does not read our farewell either."""
        if self._connection is not None:
            self._connection.abort()

    # --- what the client sends ---

    def data_received(self, data: bytes, datatype: asyncssh.DataType) -> None:
        """What is typed; at a command that is looked up nobody reads it."""
        if not self._ended:
            self._pump.take(data)

    def terminal_size_changed(self, width: int, height: int, pixwidth: int, pixheight: int) -> None:
        """The window was drawn larger or smaller."""
        self._pump.resize(width, height)

    def pause_writing(self) -> None:
        """The client takes no more; whoever paints asks `held`, which sees further than this."""

    def resume_writing(self) -> None:
        """The client takes more again."""
        if self._pump.reader is not None:
            self._pump.reader.drained()

    def break_received(self, msec: int) -> bool:
        """A break breaks nothing."""
        return True

    def signal_received(self, signal: str) -> None:
        """There is no process here that a signal could be for."""

    def eof_received(self) -> bool:
        """No more will be typed: the screens end when what was is read."""
        self._pump.finish()
        return True

    def connection_lost(self, exc: Exception | None) -> None:
        """Nobody is there any more."""
        self._ended = True
        if self._cut_later is not None:
            self._cut_later.cancel()
        self._channel = self._connection = None
        self._pump.lose()
        if self._task is not None and self._pump.reader is None:
            self._task.cancel()
