"""What `ttx join` and a host say to each other through the socket: a line each, then frames.

The host speaks first: its version, the names it looks at in an environment, and what gives a
terminal back. The other side answers with a seat and what it knows of the terminal. From then on
each frame is its kind, the number of its bytes, and those. Nothing here loads screens or SSH: what
joins must start at once, many times over.
"""

from __future__ import annotations

import struct

VERSION = 1
LINE = 8 * 1024
"""Bytes of a first line."""
VALUE = 64
"""Characters of a value in it that are worth sending."""
MOST = 16 * 1024
"""Bytes that one frame carries."""

LINES = "plain"
"""The word for plain lines; all others are looked up and answered."""

DATA = b"d"
"""What is typed, or shown."""
SIZE = b"s"
"""To the host: columns and rows."""
END = b"e"
"""To the terminal: an exit status, and the last words, which are for the person."""

CELLS = struct.Struct(">HH")
_HEAD = struct.Struct(">cI")


class MalformedError(ValueError):
    """The other side says what nobody could have meant."""


def frame(kind: bytes, load: bytes) -> bytes:
    """One frame."""
    return _HEAD.pack(kind, len(load)) + load


def framed(data: bytes) -> bytes:
    """Data of any length, in as many frames as it takes."""
    return b"".join(frame(DATA, data[at : at + MOST]) for at in range(0, len(data), MOST))


class Frames:
    """What came in, taken apart."""

    def __init__(self) -> None:
        """Nothing came yet."""
        self._waiting = bytearray()

    def add(self, data: bytes) -> None:
        """More came."""
        self._waiting += data

    def line(self) -> bytes | None:
        """The first line, once all of it is there.

        Raises:
            MalformedError: it does not end.
        """
        end = self._waiting.find(b"\n", 0, LINE + 1)
        if end < 0:
            if len(self._waiting) > LINE:
                raise MalformedError("The first line does not end.")
            return None
        line = bytes(self._waiting[:end])
        del self._waiting[: end + 1]
        return line

    def next(self) -> tuple[bytes, bytes] | None:
        """The next frame, once all of it is there.

        What is too long is refused by its head: nothing is ever kept that will not be used.

        Raises:
            MalformedError: it claims to be too long.
        """
        if len(self._waiting) < _HEAD.size:
            return None
        kind, size = _HEAD.unpack_from(self._waiting)
        if size > MOST:
            raise MalformedError("A frame is longer than any is.")
        end = _HEAD.size + size
        if len(self._waiting) < end:
            return None
        load = bytes(self._waiting[_HEAD.size : end])
        del self._waiting[:end]
        return kind, load
