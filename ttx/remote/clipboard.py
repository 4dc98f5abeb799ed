"""What is asked of a terminal far away beside what is painted: to copy, and to call somebody.

A terminal takes text to copy by OSC 52, and by the same sequence it can be asked what was copied
elsewhere, which is nobody's to know. So exactly a well-formed request to copy passes, of bounded
length, and where the host allows it; and the words by which a seat that asked for it is told that
it is its turn (OSC 9). Every other operating system command is left out.
"""

from __future__ import annotations

import re

LONGEST = 74_994
"""Bytes of a text that is copied; in base64 it stays below the 100,000 that terminals take."""
COMMAND = re.compile(r"\x1b\](?:[^\x07\x1b]*(?:\x07|\x1b\\)?)")
"""An operating system command, to its end or as far as it goes."""
COPY = re.compile(r"\x1b\]52;c;(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}(?:==|[A-Za-z0-9+/]=))?\x07")
CALL = re.compile(r"\x1b\]9;ttx: [^\x00-\x1f\x7f-\x9f]{1,120}\x07")
AROUND = len("\x1b]52;c;\x07")


def too_long(text: str) -> bool:
    """Whether a text is longer than what is copied."""
    return len(text.encode("utf-8", "replace")) > LONGEST


def let_through(data: str, *, copies: bool) -> str:
    """What is written to a terminal, without commands that are not for it; `copies` allows copying.

    A command that goes on in what is written later loses its beginning, and steers nothing.
    """
    if "\x1b]" not in data:
        return data

    def passes(command: re.Match[str]) -> str:
        words = command[0]
        return words if (copies and _copies(words)) or CALL.fullmatch(words) else ""

    return COMMAND.sub(passes, data)


def _copies(command: str) -> bool:
    """Whether a command is a request to copy something, not too long."""
    base64 = len(command) - AROUND
    return 0 < base64 <= -(-LONGEST // 3) * 4 and COPY.fullmatch(command) is not None
