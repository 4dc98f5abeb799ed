"""What the seal of a record is called: it is the seal where nothing follows, else the seal so far.

Whoever notes down a seal holds it against what `ttx verify` prints later, so the name says whether
that can still be another one.
"""

from __future__ import annotations

from ttx.i18n import ngettext


def named(entries: int, *, final: bool) -> str:
    """The name of the last hash of that many entries; `final` where the run is closed and whole."""
    if final:
        return "Seal"
    return ngettext("Seal so far ({count} entry)", "Seal so far ({count} entries)", entries)
