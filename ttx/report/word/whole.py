"""A document as one Word file: real headings, fields, lists, tables and pictures, nothing linked.

The marking stands in the header of each page, title and page numbers in the footer. The list of
contents is a field that shows its entries at once; no field asks anything when the file is opened.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import zip_longest
from typing import assert_never

import docx
from docx.document import Document as Word
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.text import WD_TAB_ALIGNMENT
from docx.section import Section
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
    blocks,
    plain,
)
from ttx.report.word import marks, pages, sheet
from ttx.report.word.cards import add_cards
from ttx.report.word.figures import fitted, picture
from ttx.report.word.packed import packed, replaced, stripped
from ttx.report.word.tables import POINTS, SMALL, add_facts, add_table

_NUMBER = "\N{OBJECT REPLACEMENT CHARACTER}"
"""Stands in a sentence where a field is to be."""


def word(document: Document) -> bytes:
    """The document as a Word file, the same bytes each time.

    Raises:
        Missing: It has a drawing, and what makes a picture of that is not installed.
    """
    file = docx.Document()
    replaced(file.styles.element, sheet.styles(document.language))
    replaced(file.settings.element, sheet.settings(document.language))
    replaced(file.part.numbering_part.element, sheet.numbering())
    stripped(file, _line(document.title), document.language)
    parts = [*blocks(document.parts)]
    body = _Body(file, small=document.wide)
    laid = [*pages.stretches(parts, wide=document.wide)] or [pages.Stretch((), wide=document.wide)]
    if laid[0].wide and not document.wide:
        laid.insert(0, pages.Stretch((), wide=False))
    section = file.sections[0]
    for at, stretch in enumerate(laid):
        if at:
            section = _new_section(file)
        _shape(section, stretch, document, begun=at > 0)
        if not at:
            body.front(document, parts, stretch)
        body.fill(stretch, begins=at > 0)
    return packed(file)


def _line(text: str) -> str:
    return " ".join(plain(text).split())


def _new_section(file: Word) -> Section:
    """A section on a new page; what ends the one before takes up no line of its own."""
    section: Section = file.add_section(WD_SECTION.NEW_PAGE)
    ends = file.element.body.xpath("./w:p[w:pPr/w:sectPr]")[-1]
    before = ends.getprevious()
    if before is not None and before.tag == ends.tag and before.find("{*}pPr/{*}sectPr") is None:
        before.get_or_add_pPr().append(ends.find("{*}pPr/{*}sectPr"))
        ends.getparent().remove(ends)
    else:
        ends.style = "Between"
    return section


def _shape(section: Section, stretch: pages.Stretch, document: Document, *, begun: bool) -> None:
    """Paper, margins, the marking above and the numbers of pages below."""
    wide = stretch.wide
    section.orientation = WD_ORIENT.LANDSCAPE if wide else WD_ORIENT.PORTRAIT
    section.page_width = Mm(pages.HEIGHT if wide else pages.WIDTH)
    section.page_height = Mm(pages.WIDTH if wide else pages.HEIGHT)
    section.left_margin = section.right_margin = Mm(pages.SIDE)
    section.top_margin, section.bottom_margin = Mm(pages.TOP), Mm(pages.BOTTOM)
    section.header_distance, section.footer_distance = Mm(9), Mm(9)
    section.gutter = Mm(0)
    if not begun:  # those behind show the same one, so that it is changed in one place
        header = section.header
        header.is_linked_to_previous = False
        _styled(header.paragraphs[0], "Marking" if document.banner else "header")
        marks.words(header.paragraphs[0], _line(document.banner))
    footer = section.footer
    footer.is_linked_to_previous = False
    below = _styled(footer.paragraphs[0], "footer")
    below.paragraph_format.tab_stops.add_tab_stop(Mm(stretch.room), WD_TAB_ALIGNMENT.RIGHT)
    marks.words(below, _line(document.title))
    if document.loose:
        return
    below.add_run("\t")
    marks.field(below, "PAGE", "1")
    below.add_run(" / ")
    marks.field(below, "NUMPAGES", "1")


def _styled(paragraph: WordParagraph, style: str) -> WordParagraph:
    paragraph._p.style = style  # noqa: SLF001  # python-docx looks styles up by name each time
    return paragraph


@dataclass(slots=True)
class _Body:
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
    after_table: bool = False
    small: bool = False
    """Whether letters in tables are small, as on pages that all lie on their side."""

    # --- the front ---

    def front(self, document: Document, parts: Sequence[Block], laid: pages.Stretch) -> None:
        """Title, what it is, who may have it, and the contents."""
        self.say("Title", _line(document.title))
        if document.subtitle:
            self.say("Subtitle", document.subtitle)
        if document.handling:
            self.say("Handling", document.handling)
        if document.cover:
            add_facts(self.word, Facts(document.cover), laid.room)
            self.after_table = True
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
            marks.link(entry, name, _line(heading.text))
            if at == len(listed):
                marks.close_field(entry)

    # --- the parts ---

    def fill(self, stretch: pages.Stretch, *, begins: bool) -> None:
        """The parts of a stretch; `begins` where a new section has begun a page for them."""
        if begins:
            self.fresh, self.breaks, self.after_table = True, False, False
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
                self.after_table = True
            case Table():
                self._table(part, stretch)
            case Figure():
                self._figure(part, stretch)
            case Blank(lines):
                for at in range(lines):
                    line = self.new("Line")
                    if at + 1 < lines or isinstance(following, Facts):
                        line.paragraph_format.keep_with_next = True
            case Cards(cards):
                add_cards(self.word, cards, stretch.room, self._above_a_card)
                self.after_table = True
            case PageBreak():
                self.breaks = not self.fresh
            case _:
                assert_never(part)

    def new(self, style: str) -> WordParagraph:
        """An empty paragraph, on a new page where one is due."""
        paragraph = _styled(self.word.add_paragraph(), style)
        if self.breaks:
            paragraph.paragraph_format.page_break_before = True
        if self.breaks or self.fresh:
            paragraph.paragraph_format.space_before = Mm(0)
        elif self.after_table and style not in _AIRY:
            before = paragraph.paragraph_format
            before.space_before = Mm(2.8)
        self.breaks = self.fresh = self.after_table = False
        return paragraph

    def say(self, style: str, text: str) -> WordParagraph:
        """A paragraph of these words."""
        paragraph = self.new(style)
        marks.words(paragraph, text)
        return paragraph

    def _ground(self) -> None:
        """What a table needs before it: a page of its own, or room where another one ends."""
        if self.breaks or self.after_table:
            self.new("Between")
        self.fresh = False

    def _above_a_card(self, *, begins: bool) -> WordParagraph:
        self.breaks = begins and not self.fresh
        return self.new("Between")

    def _heading(self, part: Heading, level: int, text: str) -> None:
        heading = self.say(f"heading{max(level - 1, 1)}", _line(text))
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
        self.after_table = True
        if table.note:
            self.say("Note", table.note)

    def _figure(self, figure: Figure, stretch: pages.Stretch) -> None:
        wide = fitted(figure.svg, stretch.room, stretch.high)
        drawn = (
            self.new("Picture")
            .add_run()
            .add_picture(io.BytesIO(picture(figure.svg, wide)), Mm(wide))
        )
        marks.told(drawn, _line(figure.told or figure.caption), _line(figure.caption))
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


_LED = Table | Bullets | Quote | Blank
"""What the words before it stay with."""
_AIRY = {"heading1", "heading2", "heading3", "Note", "Between"}
"""Styles with room enough in front of them after a table."""
