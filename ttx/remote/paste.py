"""Follows bracketed pastes in what a terminal sends, so that none of them grows without end."""

from __future__ import annotations

START, END = b"\x1b[200~", b"\x1b[201~"
KEPT = 16 * 1024
"""Bytes of one paste that are handed on; the rest up to its end is skipped."""
LIMIT = 64 * 1024
"""Bytes after which a paste is given up altogether."""


class Paste:
    """Where a paste begins and ends in a stream of bytes."""

    def __init__(self) -> None:
        """No paste yet."""
        self.open = False
        """Whether what comes next belongs to a paste."""
        self.given_up = False
        """Whether the paste that is open was given up; what is left of it is skipped."""
        self._size = 0
        self._tail = b""

    def cut(self, data: bytes) -> tuple[int, bytes]:
        """How many bytes of the front belong together, and what is to be parsed of them.

        A marker ends a part, so that what follows a paste is never taken for more of it. The end is
        always handed on whole: a parser that sees half of it and then a pause forgets that half,
        and would go on collecting for ever.
        """
        return self._inside(data) if self.open else self._outside(data)

    def forget(self) -> None:
        """A pause came: what looked like the beginning of a paste was none."""
        if not self.open:
            self._tail = b""

    def give_up(self) -> None:
        """Skip what is left of a paste that is open."""
        self.given_up = self.open

    def _outside(self, data: bytes) -> tuple[int, bytes]:
        seen = self._tail + data
        at = seen.find(START)
        if at < 0:
            self._tail = seen[1 - len(START) :]
            return len(data), data
        read = at + len(START) - len(self._tail)
        self.open, self._size, self._tail = True, 0, b""
        return read, data[:read]

    def _inside(self, data: bytes) -> tuple[int, bytes]:
        seen = self._tail + data
        at = seen.find(END)
        if at < 0:
            text, self._tail = self._without_begun_end(seen)
            return len(data), self._handed_on(text)
        read = at + len(END) - len(self._tail)
        handed_on = self._handed_on(seen[:at])
        if not self.given_up:
            handed_on += END
        self.open, self.given_up, self._tail = False, False, b""
        return read, handed_on

    def _handed_on(self, text: bytes) -> bytes:
        room = max(KEPT - self._size, 0)
        self._size += len(text)
        if self._size > LIMIT:
            self.given_up = True
        return b"" if self.given_up else text[:room]

    @staticmethod
    def _without_begun_end(seen: bytes) -> tuple[bytes, bytes]:
        """Bytes, and at their end what may be the first half of the end of a paste."""
        for size in range(min(len(END) - 1, len(seen)), 0, -1):
            if seen.endswith(END[:size]):
                return seen[:-size], seen[-size:]
        return seen, b""
