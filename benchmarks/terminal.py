"""A terminal to run a program in: it answers what Textual asks of it, and knows when bytes came."""

from __future__ import annotations

import fcntl
import os
import pty
import select
import struct
import subprocess
import termios
import time
from collections.abc import Mapping, Sequence
from types import TracebackType
from typing import Self

from benchmarks import ROOT

ASKED, ANSWER = b"\x1b[?2026$p", b"\x1b[?2026;2$y"
"""Whether frames may be framed; they may, as in most terminals of today."""
END = b"\x1b[?2026l"
"""Where a frame ends."""
LIMIT = 20.0


def holds(data: bytearray, marks: Sequence[bytes]) -> bool:
    """Whether the marks are all there, in this order."""
    at = 0
    for mark in marks:
        at = data.find(mark, at)
        if at < 0:
            return False
        at += len(mark)
    return True


class Terminal:
    """A program on a pseudo-terminal of its own."""

    def __init__(
        self, program: Sequence[str], size: tuple[int, int], environment: Mapping[str, str]
    ) -> None:
        """Start it."""
        self.fd, other = pty.openpty()
        width, height = size
        fcntl.ioctl(other, termios.TIOCSWINSZ, struct.pack("HHHH", height, width, 0, 0))
        self.data = bytearray()
        self.began = time.perf_counter()
        self.process = subprocess.Popen(
            program,
            stdin=other,
            stdout=other,
            stderr=other,
            cwd=ROOT,
            env=dict(environment),
            start_new_session=True,
        )
        os.close(other)

    def __enter__(self) -> Self:
        """The terminal."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """End the program."""
        self.process.kill()
        self.process.wait()
        os.close(self.fd)

    def _take(self, seconds: float) -> bool:
        """Read what comes within that time; False where nothing did."""
        if not select.select([self.fd], [], [], seconds)[0]:
            return False
        try:
            found = os.read(self.fd, 1 << 16)
        except OSError:  # the program has gone, and its side is closed
            found = b""
        if not found:
            raise RuntimeError(f"the program ended: {bytes(self.data[-500:])!r}")
        asked = self.data.count(ASKED)
        self.data += found
        if self.data.count(ASKED) > asked:
            os.write(self.fd, ANSWER)
        return True

    def until(self, *marks: bytes) -> float:
        """The time at which the marks had come, in this order, since `data` was emptied."""
        limit = time.perf_counter() + LIMIT
        while not holds(self.data, marks):
            if not self._take(0.5) and time.perf_counter() > limit:
                raise TimeoutError(f"{marks!r} never came: {bytes(self.data[-500:])!r}")
        return time.perf_counter()

    def first(self, mark: bytes) -> float:
        """Seconds from the start of the program until the mark had come."""
        return self.until(mark) - self.began

    def rest(self, seconds: float) -> None:
        """Take everything, until nothing comes for that long."""
        while self._take(seconds):
            pass
        self.data.clear()

    def key(self, key: bytes, sign: bytes) -> float:
        """Seconds from a key until the frame with the sign was complete."""
        began = time.perf_counter()
        os.write(self.fd, key)
        return self.until(sign, END) - began
