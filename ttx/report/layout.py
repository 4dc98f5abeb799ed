"""Parts of a document laid out where every character is as wide: what lines and rows share.

Whoever writes them says how wide a line is and where words break, and what tones look like there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import zip_longest

from ttx.report.document import (
    Blank,
    Bullets,
    Cards,
    Entry,
    Facts,
    Figure,
    Heading,
    Notice,
    PageBreak,
    Paragraph,
    Part,
    Quote,
    Section,
    Space,
    Table,
    Tone,
    Verbatim,
)
from ttx.shown import clean

Broken = Callable[[str, int, int], list[str]]
"""A text in lines of at most so many columns, those after the first shorter by the third number."""

TEXT: Tone = "text"
SET_IN = 2
"""Columns by which the rows of a table are set in under its head."""


NARROWEST = 10
"""Columns that the first cell of a row takes up at least."""


@dataclass(frozen=True, slots=True)
class Run:
    """Words of one tone; a mark also has a colour of its own."""

    text: str
    tone: Tone = "text"
    colour: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """One line; without runs it is empty."""

    runs: tuple[Run, ...] = ()
    title: bool = False
    """Whether it is the title of what follows."""
    note: str = ""
    """What stands beside a title."""
    rule: bool = False
    """Whether it is the rule under a title."""

    @property
    def text(self) -> str:
        """Its words."""
        return "".join(run.text for run in self.runs).rstrip()


Lines = Iterator[Line]


@dataclass(frozen=True, slots=True)
class Layout:
    """How wide a line is, where words break, and how deep parts are set in."""

    width: int
    broken: Broken
    size: Callable[[str], int] = len
    """How many columns a text takes up."""
    set_in: int = 2
    """Columns by which the parts of a section are set in."""
    name: int = 16
    """Columns of the name of a fact."""
    first: int = 0
    """Columns of the first one of a table at most, where it takes what others leave; 0 for all."""

    def lines(self, parts: Iterable[Part]) -> Lines:
        """The lines of parts, as they come; never two empty ones together, nor one at first."""
        empty = True
        for part in parts:
            for line in self._part(part, 0):
                if line.runs or not empty:
                    yield line
                empty = not line.runs

    def _part(self, part: Part, indent: int) -> Lines:
        """What has parts, rows or items; words alone are `_words`."""
        match part:
            case Section(title, parts, note):
                yield Line()
                yield from self._title(title, indent, note)
                for below in parts:
                    yield from self._part(below, indent + self.set_in)
            case Entry():
                yield from self._wrapped(self._cells(part), indent, part.hang)
                for below in part.parts:
                    yield from self._part(below, indent + part.under)
            case Table():
                yield from self._table(part, indent) if part.columns else self._told(part, indent)
            case Facts(rows):
                for name, given in rows:
                    yield from self._fact(name, given, indent + self.set_in)
            case Bullets(items, numbered):
                for at, item in enumerate(items, start=1):
                    sign = f"{at}. " if numbered else "- "
                    yield from self._wrapped([Run(f"{sign}{item}")], indent, len(sign))
            case Quote(paragraphs):
                for text in paragraphs:
                    yield from self._wrapped([Run(text)], indent + self.set_in)
            case Blank(lines):
                yield from (Line((Run("_" * self.width),)) for _at in range(lines))
            case Cards(cards):
                for card in cards:
                    words = [card.name, card.under, "_" * self.first]
                    for line in filter(None, words):
                        yield from self._wrapped([Run(line)], indent)
                    yield Line()
            case Space() | PageBreak():
                yield Line()
            case _:
                yield from self._words(part, indent)

    def _words(self, part: Heading | Paragraph | Notice | Verbatim | Figure, indent: int) -> Lines:
        match part:
            case Heading(level, text):
                title = [*self._title(text, indent)]
                yield from title if level == 1 else (Line(), *title)
                if level == 1:
                    longest = max((len(line.text) for line in title), default=0)
                    yield from (Line((Run("=" * longest),), rule=True), Line())
            case Paragraph(text, label, tone):
                front = [Run(f"{label}: ", "bold")] if label else []
                yield from self._wrapped([*front, Run(text, tone)], indent)
            case Verbatim(text):
                yield Line((Run(" " * indent), Run(clean(text))))
            case Notice(text):
                yield from self._wrapped([Run(text, "bad")], indent)
            case Figure(_, caption, in_words):
                yield from self._wrapped([Run(f"{caption} {in_words}")], indent)

    def _title(self, text: str, indent: int, note: str = "") -> Lines:
        for line in self._wrapped([Run(text)], indent):
            yield Line(line.runs, title=True, note=note)
            note = ""

    def _wrapped(self, runs: Sequence[Run], indent: int, hang: int = 0) -> Lines:
        """Runs as one paragraph."""
        runs = [Run(clean(run.text), run.tone, run.colour) for run in runs]
        text, at = "".join(run.text for run in runs), 0
        for number, words in enumerate(self.broken(text, self.width - indent, hang)):
            at = text.index(words, at)
            pad = indent + hang if number else indent
            yield Line((Run(" " * pad), *_between(runs, at, at + len(words))))
            at += len(words)

    def _fact(self, name: str, given: str, indent: int) -> Lines:
        first, *rest = given.split("\n")
        front = Run(f"{self._padded(clean(name), self.name)} ", "muted")
        yield from self._wrapped([front, Run(first)], indent, self.name + 1)
        for line in rest:
            yield from self._wrapped([Run(line)], indent + self.name + 1)

    def _told(self, table: Table, indent: int) -> Lines:
        """A table without columns, row by row under its first cell."""
        yield from self._title(table.caption, indent)
        for name, *cells in table.rows:
            yield from self._wrapped([Run(name, "bold")], indent)
            for head, cell in zip(table.head[1:], cells, strict=True):
                if cell:
                    front = [Run(f"{head}: ", "muted")] if head else []
                    yield from self._wrapped([*front, Run(cell)], indent + SET_IN, SET_IN)
        yield from self._wrapped([Run(table.note, "muted")], indent)

    def _table(self, table: Table, indent: int) -> Lines:
        """A table in columns; those that find no room beside each other go on below.

        Where not even one finds room beside the first, each row is told under its first cell.
        """
        named = bool(table.head[0])
        inner = indent + SET_IN if named else indent
        least, *others = table.columns
        room = self.width - inner
        if (least + max(others) if least else NARROWEST + sum(others)) > room:
            yield from self._told(table, indent)
            return
        yield from self._title(table.caption, indent)
        fit = max((room - least) // max(others), 1) if least else len(others)
        for begin in range(1, len(others) + 1, fit):
            behind = range(begin, min(begin + fit, len(others) + 1))
            first = least or min(room - sum(others), self.first or room)
            yield from self._heads(table, indent, first + inner - indent, behind)
            for row in table.rows:
                yield from self._row(table, row, inner, first, behind)
        yield from self._wrapped([Run(table.note, "muted")], inner)

    def _heads(self, table: Table, indent: int, first: int, behind: range) -> Lines:
        """The names of columns, each in as many lines as it takes."""
        names = [self.broken(clean(table.head[at]), table.columns[at] - 1, 0) for at in behind]
        for number, above in enumerate(zip_longest(*names, fillvalue="")):
            front = "" if number else clean(table.head[0])
            cells = (self._cell(table, at, name) for at, name in zip(behind, above, strict=True))
            yield Line(
                (Run(" " * indent), Run(f"{self._padded(front, first)}{''.join(cells)}", "muted"))
            )

    def _row(
        self, table: Table, row: tuple[str, ...], indent: int, first: int, behind: range
    ) -> Lines:
        """A row, with its values beside the last line of its name."""
        *above, last = self.broken(clean(row[0]), first, 0) or [""]
        yield from (Line((Run(" " * indent), Run(name))) for name in above)
        tones: list[Tone] = [*table.tones, *[TEXT] * len(row)]
        cells = (Run(self._cell(table, at, clean(row[at])), tones[at]) for at in behind)
        yield Line((Run(" " * indent), Run(self._padded(last, first)), *cells))

    def _cell(self, table: Table, at: int, cell: str) -> str:
        right = at in table.numbers
        return self._padded(cell if right else f"  {cell}", table.columns[at], right=right)

    def _cells(self, entry: Entry) -> list[Run]:
        """The words of an entry: its mark, then its cells in their columns and tones."""
        runs = [Run(f"[{entry.mark.letter}]", "bold", entry.mark.colour)] if entry.mark else []
        runs += [Run(" ")] if entry.mark else []
        taken = sum(self.size(run.text) for run in runs)
        tones: list[Tone] = [*entry.tones] or [TEXT]
        tones += tones[-1:] * len(entry.cells)
        for at, cell in enumerate(entry.cells):
            words = clean(cell)
            if at < len(entry.columns):
                right = at in entry.numbers
                words = self._padded(words, entry.columns[at] - taken, right=right)
                words, taken = f"{words}  " if right else f"{words} ", 0
            elif at < len(entry.cells) - 1 and words:
                words += " "
            runs.append(Run(words, tones[at]))
        return runs

    def _padded(self, text: str, width: int, *, right: bool = False) -> str:
        blanks = " " * (width - self.size(text))
        return blanks + text if right else text + blanks


def _between(runs: Sequence[Run], begin: int, end: int) -> Iterator[Run]:
    """What stands between two places of runs that follow each other."""
    at = 0
    for run in runs:
        text = run.text[max(begin - at, 0) : max(end - at, 0)]
        if text:
            yield Run(text, run.tone, run.colour)
        at += len(run.text)
