"""The three themes: two hues, greys, and actor colours that live only inside a one-letter badge.

Every value is an exact xterm-256 colour, so a 256-colour terminal shows the same picture.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from contextvars import ContextVar
from dataclasses import dataclass, field, fields

from textual.theme import Theme


@dataclass(frozen=True, slots=True)
class Ink:
    """The colours of one theme, by what they are for."""

    bg: str
    surface: str
    raised: str
    rule: str
    text: str
    strong: str
    muted: str
    faint: str
    cool: str
    coolbg: str
    oncool: str
    heat: str
    heatbg: str
    onheat: str
    path: str
    onpath: str
    band: str
    bandtext: str
    ref: str
    fan: str
    land: str
    coast: str
    onactor: str


DARK = Ink(
    bg="#121212",
    surface="#1c1c1c",
    raised="#303030",
    rule="#4e4e4e",
    text="#e4e4e4",
    strong="#ffffff",
    muted="#a8a8a8",
    faint="#8a8a8a",
    cool="#5fafff",
    coolbg="#005f87",
    oncool="#ffffff",
    heat="#ffaf5f",
    heatbg="#ffaf5f",
    onheat="#121212",
    path="#875f00",
    onpath="#ffffff",
    band="#005f87",
    bandtext="#ffffff",
    ref="#b2b2b2",
    fan="#5f87af",
    land="#585858",
    coast="#949494",
    onactor="#121212",
)
LIGHT = Ink(
    bg="#ffffff",
    surface="#eeeeee",
    raised="#dadada",
    rule="#a8a8a8",
    text="#262626",
    strong="#000000",
    muted="#4e4e4e",
    faint="#626262",
    cool="#005faf",
    coolbg="#005f87",
    oncool="#ffffff",
    heat="#870000",
    heatbg="#870000",
    onheat="#ffffff",
    path="#d7af87",
    onpath="#000000",
    band="#005f87",
    bandtext="#ffffff",
    ref="#626262",
    fan="#5f5faf",
    land="#bcbcbc",
    coast="#767676",
    onactor="#000000",
)
CONTRAST = Ink(
    bg="#000000",
    surface="#000000",
    raised="#444444",
    rule="#ffffff",
    text="#ffffff",
    strong="#ffffff",
    muted="#e4e4e4",
    faint="#bcbcbc",
    cool="#5fd7ff",
    coolbg="#5fd7ff",
    oncool="#000000",
    heat="#ffd700",
    heatbg="#ffd700",
    onheat="#000000",
    path="#875f00",
    onpath="#ffffff",
    band="#ffffff",
    bandtext="#000000",
    ref="#e4e4e4",
    fan="#5fafff",
    land="#808080",
    coast="#ffffff",
    onactor="#000000",
)
INKS = {"ttx-dark": DARK, "ttx-light": LIGHT, "ttx-contrast": CONTRAST}


def ink_of(theme: str) -> Ink:
    """The colours of a theme by its name; those of the dark one where it is none of ours."""
    return INKS.get(theme, DARK)


def themes() -> list[Theme]:
    """The themes as Textual knows them; all names of the table go in as variables."""
    return [
        Theme(
            name=name,
            primary=ink.cool,
            secondary=ink.coolbg,
            accent=ink.cool,
            foreground=ink.text,
            background=ink.bg,
            surface=ink.surface,
            panel=ink.raised,
            boost=ink.raised,
            success=ink.cool,
            warning=ink.heat,
            error=ink.heat,
            dark=name != "ttx-light",
            variables={f"ttx-{part.name}": getattr(ink, part.name) for part in fields(ink)},
        )
        for name, ink in INKS.items()
    ]


GLYPHS = ("full", "ascii")
"""What TTX_GLYPHS may ask for."""


NOTIFIES = ("bell", "osc9")
"""Ways to call somebody whose turn it is."""


def misnamed(environment: Mapping[str, str]) -> str:
    """What an environment asks for and there is not, as a sentence; empty where there is all."""
    names = [name.removeprefix("ttx-") for name in INKS]
    known = (("TTX_THEME", names), ("TTX_GLYPHS", GLYPHS), ("TTX_NOTIFY", NOTIFIES))
    for name, choices in known:
        asked = environment.get(name, "")
        if asked and asked not in choices:
            return f"{name} is {asked[:20]!r}; choose from {', '.join(choices)}."
    return ""


@dataclass(frozen=True, slots=True)
class Glyphs:
    """The signs beyond ASCII, or their plain forms."""

    marked: str
    rule: str
    bar: str
    hatch: str
    cut: str
    worse: str
    better: str
    plain: bool


FULL = Glyphs("▸", "─", "▆", "░", "…", "▾", "▴", plain=False)
PLAIN = Glyphs(">", "-", "=", "#", "...", "v", "^", plain=True)


def _asks_for_ascii() -> bool:
    """Whether the environment asks for ASCII: the Linux console, or TTX_GLYPHS=ascii."""
    asked = os.environ.get("TTX_GLYPHS", "")
    return asked == "ascii" or (not asked and os.environ.get("TERM") == "linux")


@dataclass(slots=True)
class Signs:
    """Which signs one app shows; shared by all that runs for it, so that a change reaches all."""

    plain: bool | None = None
    """None is what the environment says: right at one's own terminal, and nowhere else."""
    _asked: bool = field(default_factory=_asks_for_ascii, init=False)
    """What it says, looked up once: every row that is painted asks for its signs."""

    @property
    def glyphs(self) -> Glyphs:
        """The signs themselves."""
        return PLAIN if self.are_plain else FULL

    @property
    def are_plain(self) -> bool:
        """Whether they are ASCII."""
        return self._asked if self.plain is None else self.plain


_SIGNS: ContextVar[Signs | None] = ContextVar("signs", default=None)
# A context variable, because painting is done by functions that know no app, and several apps with
# different terminals share a process. It holds what can be changed and not the choice itself: each
# widget runs in a copy of its app's context, where setting the variable anew would reach no other.


def paint_with(signs: Signs) -> None:
    """Paint with these signs, in all that is started from here."""
    _SIGNS.set(signs)


def glyphs() -> Glyphs:
    """The signs of the app that is painting."""
    return (_SIGNS.get() or Signs()).glyphs
