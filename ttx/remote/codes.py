"""One-time codes: how they are drawn, and what somebody meant who typed or pasted one."""

from __future__ import annotations

import re
import secrets
import unicodedata

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
GROUPS, GROUP = 3, 4
LONGEST = 1000
"""Characters of what was typed that are looked at: a printed line fits, with whatever host."""
_ALIKE = str.maketrans("OIL", "011")
_CODE = re.compile(r"(?<![0-9A-Z])(?=([0-9A-Z]{4}-+[0-9A-Z]{4}-+[0-9A-Z]{4})(?![0-9A-Z]))")
"""A code as it is shown, also where one more group stands before it."""


def new_code() -> str:
    """A fresh code of 60 random bits, as it is shown: `K7QF-M2XW-9RTD`."""
    letters = [secrets.choice(ALPHABET) for _ in range(GROUPS * GROUP)]
    return "-".join("".join(letters[at : at + GROUP]) for at in range(0, len(letters), GROUP))


def plain(typed: str) -> str:
    """A code as it was meant, in whatever it was pasted: without dashes, O as 0, I and L as 1.

    What looks like a code is one, the last of several; where nothing does, a code is what the
    letters and digits end with, since words stand before it.
    """
    letters = unicodedata.normalize("NFKC", typed[:LONGEST]).upper()
    kinds = ((letter, unicodedata.category(letter)) for letter in letters)
    dashed = "".join(
        "-" if kind == "Pd" or letter in "−⁃" else letter for letter, kind in kinds if kind != "Cf"
    )
    alike = _CODE.findall(dashed)
    meant = re.sub("[^0-9A-Z]", "", alike[-1] if alike else dashed)
    return meant[-GROUPS * GROUP :].translate(_ALIKE)
