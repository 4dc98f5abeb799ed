"""What stands between header and footer of a Word file, part by part, as it is filled."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import zip_longest
from typing import assert_never

from docx.document import Document as Word
from docx.shared import Mm
from docx.text.paragraph import Paragraph as WordParagraph

from ttx.i18n import _
from ttx.report.document import (
    Blank,
    Block,
    Bullets,
    Cards,
    Document,
    Facts,
    Figure,
    Heading,
    Notice,
    PageBreak,
    Paragraph,
    Quote,
    Table,
    plain,
)
from ttx.report.word import marks, pages, sheet
from ttx.report.word.cards import add_cards
from ttx.report.word.figures import fitted, picture
from ttx.report.word.tables import POINTS, SMALL, add_facts, add_table

_NUMBER = "\N{OBJECT REPLACEMENT CHARACTER}"
"""Stands in a sentence where a field is to be."""


def in_line(text: str) -> str:
    """A text as one line."""
    return " ".join(plain(text).split())


@dataclass(slots=True)
class Body:
    """What stands between header and footer, as it is filled."""

    word: Word
    lists: int = sheet.NUMBERS
    """The number of the last list."""
    counted: dict[str, int] = field(default_factory=dict)
    """How many figures and tables have a number."""
    places: dict[int, str] = field(default_factory=dict)
    """The names of headings that the contents lead to, by the identity of the part."""
    breaks: bool = False
    """Whether what comes next begins a page."""
    fresh: bool = True
    """Whether nothing stands on the page yet."""
    tight: bool = False
    """Whether what stands last leaves no room under it, as a table does."""
    small: bool = False
    """Whether letters in tables are small, as on pages that all lie on their side."""

    # --- the front ---

    def front(
        self,
        document: Document,
        ahead: Sequence[Block],
        parts: Sequence[Block],
        laid: pages.Stretch,
    ) -> None:
        """Title, what it is, who may have it, what nobody may overlook, and the contents."""
        self.say("Title", in_line(document.title))
        if document.subtitle:
            self.say("Subtitle", document.subtitle)
        if document.handling:
            self.say("Handling", document.handling)
        if document.cover:
            add_facts(self.word, Facts(document.cover), laid.room)
            self.tight = True
        for part, following in zip_longest(ahead, ahead[1:]):
            self._part(part, following, laid)
        if document.contents:
            self._contents([part for part in parts if isinstance(part, Heading)])

    def _contents(self, headings: Sequence[Heading]) -> None:
        """The headings of level 2, each leading to its place.

        Page numbers are known to whoever lays the pages out: Word and LibreOffice put them in when
        the list is updated by hand.
        """
        listed = [heading for heading in headings if heading.level == 2]
        if not listed:
            return
        self.say("Contents", _("Contents"))
        for at, heading in enumerate(listed, start=1):
            name = self.places[id(heading)] = f"_Toc{at:08d}"
            entry = self.new("toc1")
            if at == 1:
                marks.open_field(entry, 'TOC \\o "1-1" \\h \\z \\u')
            marks.link(entry, name, in_line(heading.text))
            if at == len(listed):
                marks.close_field(entry)
        self.tight = True

    # --- the parts ---

    def fill(self, stretch: pages.Stretch, *, begins: bool) -> None:
        """The parts of a stretch; `begins` where a new section has begun a page for them."""
        if begins:
            self.fresh, self.breaks, self.tight = True, False, False
        parts = stretch.parts
        for part, following in zip_longest(parts, parts[1:]):
            self._part(part, following, stretch)

    def _part(self, part: Block, following: Block | None, stretch: pages.Stretch) -> None:
        match part:
            case Heading(level, text):
                self._heading(part, level, text)
            case Paragraph(text, label):
                self._paragraph(text, label, leads=isinstance(following, _LED))
            case Quote(paragraphs):
                for text in paragraphs:
                    self.say("Quote", text)
            case Notice(text):
                self.say("Notice", text)
            case Bullets(items, numbered):
                self._bullets(items, numbered=numbered)
            case Facts():
                self._ground()
                add_facts(self.word, part, stretch.room)
                self.tight = True
            case Table():
                self._table(part, stretch)
            case Figure():
                self._figure(part, stretch)
            case Blank(lines):
                for at in range(lines):
                    line = self.new("Line")
                    if at + 1 < lines or isinstance(following, Facts):
                        line.paragraph_format.keep_with_next = True
                self.tight = True
            case Cards(cards):
                add_cards(self.word, cards, stretch.room, self._above_a_card)
                self.tight = True
            case PageBreak():
                self.breaks = not self.fresh
            case _:
                assert_never(part)

    def new(self, style: str) -> WordParagraph:
        """An empty paragraph, on a new page where one is due."""
        paragraph = marks.styled(self.word.add_paragraph(), style)
        if self.breaks:
            paragraph.paragraph_format.page_break_before = True
        if self.breaks or self.fresh:
            paragraph.paragraph_format.space_before = Mm(0)
        elif self.tight and style not in _AIRY:
            before = paragraph.paragraph_format
            before.space_before = Mm(2.8)
        self.breaks = self.fresh = self.tight = False
        return paragraph

    def say(self, style: str, text: str) -> WordParagraph:
        """A paragraph of these words."""
        paragraph = self.new(style)
        marks.words(paragraph, text)
        return paragraph

    def _ground(self) -> None:
        """What a table needs before it: a page of its own, or room where another one ends."""
        if self.breaks or self.tight:
            self.new("Between").paragraph_format.keep_with_next = True
        self.fresh = False

    def _above_a_card(self, *, begins: bool) -> WordParagraph:
        self.breaks = begins and not self.fresh
        return self.new("Between")

    def _heading(self, part: Heading, level: int, text: str) -> None:
        heading = self.say(f"heading{max(level - 1, 1)}", in_line(text))
        if id(part) in self.places:
            name = self.places[id(part)]
            marks.place(heading, name, [*self.places.values()].index(name) + 1)

    def _paragraph(self, text: str, label: str, *, leads: bool) -> None:
        paragraph = self.new("Normal")
        if label:
            marks.words(paragraph, f"{label}:", "Strong")
            paragraph.add_run(" ")
        marks.words(paragraph, text)
        if leads:
            paragraph.paragraph_format.keep_with_next = True

    def _bullets(self, items: Sequence[str], *, numbered: bool) -> None:
        if numbered:
            self.lists += 1
            number = marks.make("num", numId=str(self.lists))
            number.append(marks.make("abstractNumId", val=str(sheet.NUMBERS)))
            again = marks.make("lvlOverride", ilvl="0")
            again.append(marks.make("startOverride", val="1"))
            number.append(again)
            self.word.part.numbering_part.element.append(number)
        for at, item in enumerate(items, start=1):
            entry = self.say("ListNumber" if numbered else "ListBullet", item)
            if numbered:
                marks.numbered(entry, self.lists)
            if at == len(items):
                entry.paragraph_format.space_after = Mm(2.8)
            elif at in (1, len(items) - 1):
                entry.paragraph_format.keep_with_next = True  # no entry is alone on a page

    def _table(self, table: Table, stretch: pages.Stretch) -> None:
        if table.caption:
            caption = self._caption(
                "Table",
                _("Table {number}: {caption}", number=_NUMBER, caption=plain(table.caption)),
            )
            caption.paragraph_format.keep_with_next = True
        else:
            self._ground()
        add_table(self.word, table, stretch.room, SMALL if self.small else POINTS)
        self.tight = True
        if table.note:
            self.say("Note", table.note)

    def _figure(self, figure: Figure, stretch: pages.Stretch) -> None:
        wide = fitted(figure.svg, stretch.room, stretch.high)
        drawn = (
            self.new("Picture")
            .add_run()
            .add_picture(io.BytesIO(picture(figure.svg, wide)), Mm(wide))
        )
        marks.told(drawn, in_line(figure.told or figure.caption), in_line(figure.caption))
        self._caption(
            "Figure", _("Figure {number}: {caption}", number=_NUMBER, caption=plain(figure.caption))
        )
        if figure.told:
            self.say("Note", figure.told)

    def _caption(self, kind: str, text: str) -> WordParagraph:
        """A caption whose number Word counts, in the place that is kept for it."""
        at = self.counted[kind] = self.counted.get(kind, 0) + 1
        paragraph = self.new("caption")
        front, _found, behind = text.partition(_NUMBER)
        marks.words(paragraph, front)
        paragraph.add_run(" ")
        marks.field(paragraph, f"SEQ {kind} \\* ARABIC", str(at))
        marks.words(paragraph, behind)
        return paragraph


_LED = Table | Bullets | Quote | Blank | Facts | Figure
"""What the words before it stay with."""
_AIRY = {"heading1", "heading2", "heading3", "Note", "Between"}
"""Styles with room enough in front of them after a table."""
