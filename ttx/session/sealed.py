"""What the seal of a record is called: it is the seal where nothing follows, else the seal so far.

Whoever notes down a seal holds it against what `ttx verify` prints later, so the name says whether
that can still be another one.
"""

from __future__ import annotations


def named(entries: int, *, final: bool) -> str:
    """The name of the last hash of that many entries; `final` where the run is closed and whole."""
    if final:
        return "Seal"
    return f"Seal so far ({entries} {'entry' if entries == 1 else 'entries'})"
