"""A document as a tree of headings, paragraphs and tables, before it has a form on paper.

Texts are plain: whoever writes them, they carry no markup, and a renderer shows them as they stand.
A line break in a text is kept; nothing else in it steers anything.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import takewhile
from typing import Literal

from ttx import i18n
from ttx.shown import steers

Tone = Literal["text", "bold", "strong", "muted", "good", "bad"]
"""How loud words are, and whether they tell of something good or bad; colours where there are."""

Level = Literal[1, 2, 3, 4]
A_NAME = 32
"""A longer line in a first cell, in characters, makes it a column of sentences, not set in bold."""
LOWER: dict[Level, Level] = {1: 2, 2: 3, 3: 4, 4: 4}
"""The level under a level."""

JOINERS = "\u200c\u200d"
"""Without width and harmless: Persian, Indic scripts and emoji are spelled with them."""


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading; the title of a document is of level 1, its parts are of level 2 to 4."""

    level: Level
    text: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Words on the ground of the page."""

    text: str
    label: str = ""
    """Stands in front in bold, with a colon."""
    tone: Tone = "text"


@dataclass(frozen=True, slots=True)
class Mark:
    """Whom an entry is about: a letter, on a ground of its colour where there are colours."""

    letter: str
    colour: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing in an account, with what belongs to it set in under it.

    Its words are a sentence, or cells of one that stand in columns or in tones of their own.
    """

    cells: tuple[str, ...]
    parts: tuple[Part, ...] = ()
    tones: tuple[Tone, ...] = ()
    """One for each cell; cells behind the last of them have its tone."""
    mark: Mark | None = None
    columns: tuple[int, ...] = ()
    """Characters that the first cells take up; where empty, cells follow each other."""
    numbers: tuple[int, ...] = ()
    """The cells, from 0, that are set against the right edge of their column."""
    hang: int = 0
    """Characters by which its further lines are set in."""
    under: int = 4
    """Characters by which its parts are set in."""


@dataclass(frozen=True, slots=True)
class Section:
    """What stands under a title, set in; a section in a section is a level lower."""

    title: str
    parts: tuple[Part, ...]
    note: str = ""
    """A few words beside the title, where there is room."""


@dataclass(frozen=True, slots=True)
class Space:
    """Room between what is told before and what comes after."""


@dataclass(frozen=True, slots=True)
class Verbatim:
    """A line that is compared or copied as it stands, such as a seal: never broken."""

    text: str


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
    columns: tuple[int, ...] = ()
    """Characters that each column takes up where all are as wide; 0 for a first one that takes what
    the others leave. Where empty, each row is told under its first cell."""
    tones: tuple[Tone, ...] = ()
    """One for each column."""
    spare: int = 0
    """Empty rows behind the others, in a form that can be typed in."""
    tall: bool = False
    """Whether its rows are to be written into by hand, and are as high as that needs."""


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
class Card:
    """What stands before a place: large enough to be read across a room."""

    name: str
    """The office."""
    under: str = ""
    """What stands below it, smaller, such as its cell; a line to write on follows."""


@dataclass(frozen=True, slots=True)
class Cards:
    """Cards to be cut out and folded along the middle, two on a page, with the same on both sides.

    Where a form cannot turn words upside down, they stand on one side.
    """

    cards: tuple[Card, ...]


@dataclass(frozen=True, slots=True)
class PageBreak:
    """What follows begins on a new page, where there are pages."""


Block = (
    Heading
    | Paragraph
    | Quote
    | Notice
    | Bullets
    | Facts
    | Table
    | Figure
    | Blank
    | Cards
    | PageBreak
)
"""What every form has: one after the other, without depth."""
Part = Block | Section | Entry | Space | Verbatim


@dataclass(frozen=True, slots=True)
class Document:
    """A whole document."""

    title: str
    banner: str = ""
    """On every page, such as `EXERCISE ONLY - UNCLASSIFIED`."""
    handling: str = ""
    """Who may have it and what they may do with it, in a sentence under the title."""
    parts: tuple[Part, ...] = ()
    subtitle: str = ""
    cover: tuple[tuple[str, str], ...] = ()
    """Names with what is given for each, under the title: for whom, when and where it is."""
    contents: bool = False
    """Whether the headings of level 2 are listed at the front."""
    wide: bool = False
    """Whether its pages lie on their side."""
    loose: bool = False
    """Whether its pages are given out one by one: a number would tell how many more there are."""
    language: str = field(default_factory=i18n.language)

    @property
    def whole(self) -> tuple[Part, ...]:
        """Its title and its parts, as they stand in another document."""
        return (Heading(1, self.title), *self.parts)


def apart(texts: Iterable[str], tone: Tone = "text") -> list[Part]:
    """Paragraphs, with room behind each."""
    return [part for text in texts for part in (Paragraph(text, tone=tone), Space())]


def blocks(parts: Iterable[Part], level: Level = 2) -> Iterator[Block]:
    """Parts without depth, for forms in which nothing is set in: a section is a heading there."""
    for part in parts:
        match part:
            case Section(title, below, note):
                yield Heading(level, f"{title} {note}".strip())
                yield from blocks(below, LOWER[level])
            case Entry(cells, below):
                yield Paragraph(" ".join(filter(None, cells)))
                yield from blocks(below, level)
            case Verbatim(text):
                yield Paragraph(text)
            case Space():
                continue
            case _:
                yield part


def fronted(parts: Iterable[Part]) -> tuple[list[Block], list[Block]]:
    """Parts without depth: what nobody may overlook, ahead of any list of contents, and the rest.

    That is each notice at the front, with the list below it.
    """
    whole = [*blocks(parts)]
    ahead = [*takewhile(lambda part: isinstance(part, Notice | Bullets), whole)]
    if not ahead or not isinstance(ahead[0], Notice):
        return [], whole
    return ahead, whole[len(ahead) :]


def plain(text: str) -> str:
    """The text in lines, without what would steer a screen, a parser or the order of reading."""
    lines = (
        "".join(c for c in line.replace("\t", " ") if _harmless(c)).rstrip()
        for line in text.strip().splitlines()
    )
    return "\n".join(lines)


def _harmless(sign: str) -> bool:
    return sign in JOINERS or not steers(sign)
