"""Commands as they are printed: what a shell takes as it stands."""

from __future__ import annotations

import os
import shlex
from pathlib import Path


def pasted(*words: str | Path) -> str:
    """A command that can be pasted into a shell, whatever its paths are made of.

    A path that begins with a dash is said to be one.
    """
    return " ".join(_word(word) for word in words)


def _word(word: str | Path) -> str:
    if isinstance(word, Path):
        word = f"./{word}" if str(word).startswith("-") else str(word)
    if word.isprintable():
        return shlex.quote(word)
    # A line end would send the command, and a byte that is no text cannot be shown: bash, zsh and
    # ksh read both from their numbers.
    raw = "".join(
        chr(byte) if 32 <= byte < 127 and byte not in b"\\'" else f"\\{byte:03o}"
        for byte in os.fsencode(word)
    )
    return f"$'{raw}'"
