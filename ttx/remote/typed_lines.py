"""What is typed at a terminal far away as lines: edited here where the terminal sends each key."""

from __future__ import annotations

import codecs
import unicodedata
from collections.abc import Callable

from ttx.report.lines import columns

LONGEST = 8000
"""Characters of a line that are kept; what is asked for is shorter."""
ERASE, KILL, WORD, STOP, END = ("\x7f", "\b"), "\x15", "\x17", "\x03", "\x04"
ESCAPE = "\x1b"
WAITING = 64
"""Lines that may wait to be dealt with before nothing more is read."""

Heard = Callable[[str], None]
"""Takes a line without its end."""


class TypedLines:
    """A reader of a wire that makes lines of what comes; see `Reader`.

    With `keys` a terminal sends each key as it is pressed and shows none of them: then what is
    typed is echoed, and Backspace, ctrl+w and ctrl+u take back. Without, whole lines come.
    """

    pasting = False

    def __init__(self, write: Callable[[str], None], heard: Heard, *, keys: bool) -> None:
        """Nothing was typed yet; `write` echoes."""
        self._write, self._heard, self._keys = write, heard, keys
        self._decoder = codecs.getincrementaldecoder("utf-8")("replace")
        self._line = ""
        self._escape = ""
        self._after_return = False
        self.waiting = 0
        """Lines that were heard and are not dealt with."""
        self.left: Callable[[], None] = _nothing
        """Called where the person asks to go: ctrl+c or ctrl+d with nothing typed."""
        self.emptied: Callable[[], None] = _nothing
        """Called where all that was typed was taken back."""
        self.resized: Callable[[int, int], None] = _ignored
        self.over: Callable[[], None] = _nothing
        """Called once nobody is there any more."""

    @property
    def begun(self) -> str:
        """What stands in the line that is being typed."""
        return self._line

    # --- as a reader of the wire ---

    @property
    def backlog(self) -> int:
        """Lines that wait."""
        return self.waiting

    def feed(self, data: bytes, *, more: bool = False) -> int:
        """Take what came."""
        for sign in self._decoder.decode(data):
            self._take(sign)
        return len(data)

    def resize(self, width: int, height: int) -> None:
        """Lines that are said from here on are as wide."""
        self.resized(width, height)

    def drained(self) -> None:
        """Nothing waits for that."""

    def gone(self) -> None:
        """What was begun is no line."""
        self.over()

    # --- signs ---

    def _take(self, sign: str) -> None:
        if self._escape or sign == ESCAPE:
            self._steer(sign)
            return
        if sign == "\n" and self._after_return:
            self._after_return = False
            return
        self._after_return = sign == "\r"
        if sign in "\r\n":
            self._ended()
        elif sign == STOP or (sign == END and not self._line):
            self._stopped()
        elif self._keys and sign in (*ERASE, KILL, WORD):
            self._take_back(sign)
        elif sign == "\t" or unicodedata.category(sign) not in ("Cc", "Cs", "Zl", "Zp"):
            self._typed(" " if sign == "\t" else sign)

    def _steer(self, sign: str) -> None:
        """An arrow or another key that writes nothing: read to its end and dropped."""
        self._escape += sign
        second = self._escape[1:2]
        if (
            len(self._escape) > 1
            and (
                (second in "[O" and len(self._escape) > 2 and "@" <= sign <= "~")
                or second not in "[O"
            )
        ) or len(self._escape) > LONGEST:
            self._escape = ""

    def _typed(self, sign: str) -> None:
        if len(self._line) >= LONGEST:
            return
        self._line += sign
        if self._keys:
            self._write(sign)

    def _ended(self) -> None:
        line, self._line = self._line, ""
        if self._keys:
            self._write("\r\n")
        self._heard(line)

    def _stopped(self) -> None:
        """ctrl+c takes back what is typed; with nothing typed it asks to go."""
        if self._line:
            self._line = ""
            self._write("^C\r\n" if self._keys else "\n")
            self.emptied()
        else:
            self.left()

    def _take_back(self, sign: str) -> None:
        kept = self._line[:-1]
        if sign == KILL:
            kept = ""
        elif sign == WORD:
            words = self._line.rstrip()
            kept = words[: words.rfind(" ") + 1]
        cells = columns(self._line[len(kept) :])
        had, self._line = self._line, kept
        self._write("\b \b" * cells)
        if had and not kept:
            self.emptied()


def _nothing() -> None:
    """Where nobody asks to be told."""


def _ignored(_width: int, _height: int) -> None:
    """Where no size is asked for."""
