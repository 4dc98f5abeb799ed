"""What of anybody's words is shown: nothing in them steers a terminal, a parser or a reader.

Exercises, saves, file names and what people type may hold anything. Whatever shows them asks here.
"""

from __future__ import annotations

import unicodedata

HIDDEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
"""Controls, formats (order of reading, no width), halves, private, unassigned, other line ends."""


def steers(sign: str) -> bool:
    """Whether a character does something where it is shown, instead of being read."""
    return unicodedata.category(sign) in HIDDEN


def clean(words: str) -> str:
    """Words as one line: line ends and tabs are spaces, and what steers is left out."""
    flat = words if words.isprintable() else " ".join(words.replace("\t", " ").splitlines())
    return flat if flat.isprintable() else "".join(sign for sign in flat if not steers(sign))


def clean_lines(words: str) -> str:
    """Words of several lines, each of them clean: what somebody copies and pastes elsewhere."""
    return "\n".join(clean(line) for line in words.splitlines())
