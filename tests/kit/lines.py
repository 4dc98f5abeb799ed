"""Somebody at plain lines over SSH: what they type, and what they are told."""

from __future__ import annotations

import re
import time
from typing import Self

from ssh_rig import LIMIT, MIDDLE, PROMPT, Door, Player, Screen

MOST = 78
"""Columns of a line where nobody knows how wide the terminal is."""


class Lines:
    """An OpenSSH client in a terminal that only shows what comes, one line after the other."""

    def __init__(self, who: Player, host: Door, seat: str, *words: str, tty: bool = False) -> None:
        """They come by the code of the seat, where one was printed for it."""
        self.screen = Screen.of(who.command(host, seat, *words, tty=tty), MIDDLE, who.environment)
        self.at = 0
        """How far they have read."""
        if seat in host.codes:
            self.hears(PROMPT)
            self.screen.type(f"{host.codes[seat]}\n")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.screen.close()

    @property
    def told(self) -> str:
        """All that ever came."""
        return self.screen.bytes.decode("utf-8", "replace").replace("\r\n", "\n")

    @property
    def lines(self) -> list[str]:
        """The same line by line, from the first that the host has said."""
        return self.told.partition(PROMPT)[2].split("\n")

    def hears(self, words: str) -> str:
        """Wait for these words; all that was told before them, since the last time."""
        end = time.monotonic() + LIMIT
        while words not in " ".join(self.told[self.at :].split()):
            assert time.monotonic() < end, f"never told {words!r}: {self.told[self.at :]}"
            assert self.screen.read(), f"left without {words!r}: {self.told[self.at :]}"
        pattern = re.compile(r"\s+".join(map(re.escape, words.split())))
        found = pattern.search(self.told, self.at)
        assert found is not None
        before = self.told[self.at : found.start()]
        self.at = found.end()
        return before

    def types(self, line: str, words: str = "") -> str:
        """Type a line, and wait for words; what was told before them."""
        self.screen.type(f"{line}\n")
        return self.hears(words) if words else ""

    def leaves(self) -> int:
        """Leave, and the exit status."""
        self.types("q")
        return self.screen.status()
