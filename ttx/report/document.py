"""A document as a tree of headings, paragraphs and tables, before it has a form on paper.

Texts are plain: whoever writes them, they carry no markup, and a renderer shows them as they stand.
A line break in a text is kept; nothing else in it steers anything.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from ttx.shown import steers

JOINERS = "\u200c\u200d"
"""Without width and harmless: Persian, Indic scripts and emoji are spelled with them."""


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading; the title of the document is of level 1, its parts are of level 2 to 4."""

    level: Literal[2, 3, 4]
    text: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Words on the ground of the page."""

    text: str
    label: str = ""
    """Stands in front in bold, with a colon."""


@dataclass(frozen=True, slots=True)
class Quote:
    """What somebody said or sent, set apart from what the document says."""

    paragraphs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Notice:
    """What nobody may overlook, in a frame of its own."""

    text: str


@dataclass(frozen=True, slots=True)
class Bullets:
    """A list, with numbers where the order counts."""

    items: tuple[str, ...]
    numbered: bool = False


@dataclass(frozen=True, slots=True)
class Facts:
    """Names with what is given for each, such as the first page of a report; a row each."""

    rows: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under a head. The first cell names its row."""

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    note: str = ""
    """A sentence under it, such as the unit or where the numbers come from."""
    caption: str = ""
    widths: tuple[int, ...] = ()
    """Shares of the width in hundredths, one for each column; as the words need it where empty."""
    numbers: tuple[int, ...] = ()
    """The columns, from 0, that are set against the right edge."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A drawing with what it shows.

    `svg` is an `<svg>` element and is written as it is: who draws it escapes the words in it, and
    draws with nothing from elsewhere.
    """

    svg: str
    caption: str
    told: str = ""
    """The same in words, for who cannot see it, and for a form without drawings."""


@dataclass(frozen=True, slots=True)
class Blank:
    """Empty lines to write on."""

    lines: int = 3


@dataclass(frozen=True, slots=True)
class PageBreak:
    """What follows begins on a new page, where there are pages."""


Part = Heading | Paragraph | Quote | Notice | Bullets | Facts | Table | Figure | Blank | PageBreak


@dataclass(frozen=True, slots=True)
class Document:
    """A whole document."""

    title: str
    banner: str
    """On every page, such as `EXERCISE ONLY - UNCLASSIFIED`."""
    handling: str
    """Who may have it and what they may do with it, in a sentence under the title."""
    parts: tuple[Part, ...]
    subtitle: str = ""
    contents: bool = False
    """Whether the headings of level 2 are listed at the front."""
    wide: bool = False
    """Whether its pages lie on their side."""
    language: str = "en"


def plain(text: str) -> str:
    """The text in lines, without what would steer a screen, a parser or the order of reading."""
    lines = (
        "".join(c for c in line.replace("\t", " ") if _harmless(c)).rstrip()
        for line in text.strip().splitlines()
    )
    return "\n".join(lines)


def _harmless(sign: str) -> bool:
    return sign in JOINERS or not steers(sign)
