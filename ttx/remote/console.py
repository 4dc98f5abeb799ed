"""The desk in plain lines at the host's own terminal, whose lines the system edits."""

from __future__ import annotations

import asyncio
import os
import shutil
import sys
from contextlib import suppress

from ttx import i18n
from ttx.remote.hosting import Hosting
from ttx.remote.plain_seat import PlainSeat
from ttx.remote.wire import Reader

MOST = 4096
"""Bytes of what was typed that are taken at once."""


class Console:
    """Standard input and output, as lines go over them."""

    def __init__(self) -> None:
        """Nobody reads what is typed yet."""
        self._reader: Reader | None = None
        self._fd = sys.stdin.fileno()
        self.ended = False
        """Whether nothing more is typed there."""

    @property
    def held(self) -> int:
        """Nothing waits: writing does."""
        return 0

    def write(self, data: bytes) -> None:
        """Show it, as far as anybody is there."""
        with suppress(OSError, ValueError):
            sys.stdout.buffer.write(data)
            sys.stdout.buffer.flush()

    def send_to(self, reader: Reader | None) -> None:
        """From now on what is typed goes to that reader."""
        loop = asyncio.get_running_loop()
        self._reader = reader
        if reader is None:
            loop.remove_reader(self._fd)
        else:
            loop.add_reader(self._fd, self._look)

    def _look(self) -> None:
        typed = b""
        with suppress(OSError):
            typed = os.read(self._fd, MOST)
        if self._reader is None:
            return
        if typed:
            self._reader.feed(typed)
        else:
            self.ended = True
            asyncio.get_running_loop().remove_reader(self._fd)
            self._reader.gone()


class ConsoleSeat:
    """Whoever sits at the desk there, as the table's attendance knows them."""

    lag = 0
    behind = False

    def __init__(self, hosting: Hosting) -> None:
        """At the desk of a hosted table."""
        self._hosting = hosting
        self._seat = hosting.table.game.run.desk
        kept = hosting.venue.lines_of(self._seat)
        kept.heard = hosting.table.game.entries
        self.lines = PlainSeat(
            hosting.table,
            self._seat,
            Console(),
            keys=False,
            width=shutil.get_terminal_size((0, 0)).columns,
            language=i18n.language(),
            attendance=hosting.attendance,
            invites=hosting,
            kept=kept,
            hosts=True,
        )

    @property
    def size(self) -> tuple[int, int]:
        """Columns of the terminal; rows are nothing to lines."""
        return self.lines.size

    def demote(self) -> None:
        """The seat was taken elsewhere."""
        self.lines.demote()

    def restore(self) -> bool:
        """It is this one's again."""
        self.lines.restore()
        return True

    async def sit(self) -> None:
        """Until it is left, or the terminal is gone."""
        attendance = self._hosting.attendance
        attendance.connect(self._seat, self)
        try:
            await self.lines.run("")
        finally:
            attendance.disconnect(self._seat, self)
