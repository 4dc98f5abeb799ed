"""What is known of one terminal far away: the way its bytes go, its size, and what it can show."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, Protocol

from ttx.process import UNFIT
from ttx.tui.theme import INKS

Depth = Literal["truecolor", "256", "16", "none"]
"""How many colours a terminal shows."""

ASKED = (
    *("COLORTERM", "NO_COLOR", "LANG"),
    *("TTX_THEME", "TTX_GLYPHS", "TTX_LANGUAGE", "TTX_NOTIFY"),
)
"""All that is ever looked at of a client's environment."""
LONGEST = 64
"""Characters of a value that are looked at."""

USUAL = (80, 24)
LEAST = (20, 6)
MOST = (300, 100)
"""Columns and rows: a screen costs time and memory by the cell, and the client names the cells."""

ENTER = (
    "\x1b[?1049h\x1b[?1000h\x1b[?1002h\x1b[?1006h"
    "\x1b[?25l\x1b[?1004h\x1b[?2026$p\x1b[?2004h\x1b[?7l"
)
"""The other screen; clicks and wheel, what the mouse crosses with a button held, all in numbers; no
cursor; focus; what is said when whole frames can be shown at once; pastes in brackets; no wrapping.

No kitty keyboard: with it, some terminals lose what an input method composes, and Japanese is typed
that way. No mode 1003: it reports every cell that the mouse crosses, each a way there and back.
"""
LEAVE = "\x1b[?7h\x1b[?2004l\x1b[?1004l\x1b[?1006l\x1b[?1002l\x1b[?1000l\x1b[?1049l\x1b[?25h"
"""The reverse; harmless on a terminal that was never entered."""

TRUECOLOR = ("-direct", "kitty", "ghostty", "foot", "alacritty", "wezterm")
"""Parts of the names of terminals with all colours, as they name themselves in TERM."""
COLOURLESS = ("vt5", "vt10", "vt22", "vt32", "vt42", "vt52", "ansi-m", "xterm-mono")
"""How the names of terminals without colours begin."""


def clamp(width: int, height: int) -> tuple[int, int]:
    """Columns and rows that an app may be told, for those a client claims; 0 is "not known"."""
    claimed = (width or USUAL[0], height or USUAL[1])
    columns, rows = (
        min(max(size, least), most) for size, least, most in zip(claimed, LEAST, MOST, strict=True)
    )
    return columns, rows


@dataclass(frozen=True, slots=True)
class Terminal:
    """A terminal by what its owner's client says of it; nothing here is ever the server's own."""

    term: str | None
    """What it calls itself; None where there is none, and whole lines are typed."""
    environment: Mapping[str, str] = field(default_factory=dict)

    def _says(self, name: str) -> str:
        return self.environment.get(name, "")[:LONGEST] if name in ASKED else ""

    @property
    def fit(self) -> bool:
        """Whether screens can be shown at all; where not, a line of text has to do."""
        return self.term is not None and self.term not in UNFIT

    @property
    def depth(self) -> Depth:
        """How many colours it can show, whatever is asked for."""
        name = (self.term or "").lower()
        if self._says("COLORTERM").lower() in ("truecolor", "24bit"):
            return "truecolor"
        if any(part in name for part in TRUECOLOR):
            return "truecolor"
        if "256color" in name:
            return "256"
        return "none" if name.startswith(COLOURLESS) or not self.fit else "16"

    @property
    def colours(self) -> Depth:
        """How many colours to show: NO_COLOR asks for none, if it says anything."""
        return "none" if self._says("NO_COLOR") else self.depth

    @property
    def plain_glyphs(self) -> bool:
        """Whether signs beyond ASCII are to be kept from it."""
        asked = self._says("TTX_GLYPHS")
        if asked in ("ascii", "full"):
            return asked == "ascii"
        if self.term == "linux":
            return True
        language, _, coding = self._says("LANG").lower().partition(".")
        coding = coding.partition("@")[0].replace("-", "")
        return coding != "utf8" if coding else language in ("c", "posix")

    @property
    def language(self) -> str:
        """The language asked for, if it was; whether there is one is for the catalogues to say."""
        return self._says("TTX_LANGUAGE")

    @property
    def theme(self) -> str:
        """The theme asked for, by its full name; the dark one where none or no such is."""
        asked = f"ttx-{self._says('TTX_THEME')}"
        return asked if asked in INKS else "ttx-dark"


class Reader(Protocol):
    """Whoever reads what is typed at a terminal."""

    @property
    def backlog(self) -> int:
        """What was read and is not dealt with yet, in messages."""

    @property
    def pasting(self) -> bool:
        """Whether what comes is the text of a paste, which costs far less than keys do."""

    def feed(self, data: bytes, *, more: bool = False) -> int:
        """Read some of it from the front; how many bytes were read, at least one.

        With `more` to come at once, a pause after it is no pause of the person's.
        """

    def resize(self, width: int, height: int) -> None:
        """The terminal has that many columns and rows from now on."""

    def drained(self) -> None:
        """The other side has taken what was written, as far as the wire can tell."""

    def gone(self) -> None:
        """Nobody is there any more; nothing that is written arrives."""


class Wire(Protocol):
    """The bytes of one terminal, wherever it is."""

    @property
    def held(self) -> int:
        """Bytes written that the other side has not taken yet, wherever they wait."""

    @property
    def ended(self) -> bool:
        """Whether nobody is there any more; writing is then harmless and useless."""

    def write(self, data: bytes) -> None:
        """Send bytes; never waits, never raises."""

    def pause_reading(self) -> None:
        """Take nothing more from the other side until `resume_reading`."""

    def resume_reading(self) -> None:
        """Take again; what waited may be handed over before this returns."""

    def send_to(self, reader: Reader | None) -> None:
        """From now on what is typed goes to that reader; to nobody, it waits for the next.

        What waited for the one before is dropped: no key meant for one screen acts on another.
        """

    def hang_up(self, words: str, status: int = 1) -> None:
        """Leave the screens, say a sentence, and end with that exit status."""
