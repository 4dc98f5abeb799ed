"""A document as one Word file: real headings, fields, lists, tables and pictures, nothing linked.

The marking stands in the header of each page, title and page numbers in the footer. The list of
contents is a field that shows its entries at once; no field asks anything when the file is opened.
"""

from __future__ import annotations

import docx
from docx.document import Document as Word
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.text import WD_TAB_ALIGNMENT
from docx.section import Section
from docx.shared import Mm

from ttx.report.document import (
    Document,
    fronted,
)
from ttx.report.word import marks, pages, sheet
from ttx.report.word.body import Body, in_line
from ttx.report.word.packed import packed, replaced, stripped


def word(document: Document) -> bytes:
    """The document as a Word file, the same bytes each time.

    Raises:
        Missing: It has a drawing, and what makes a picture of that is not installed.
    """
    file = docx.Document()
    replaced(file.styles.element, sheet.styles(document.language))
    replaced(file.settings.element, sheet.settings(document.language))
    replaced(file.part.numbering_part.element, sheet.numbering())
    stripped(file, in_line(document.title), document.language)
    ahead, parts = fronted(document.parts)
    body = Body(file, small=document.wide)
    laid = [*pages.stretches(parts, wide=document.wide)] or [pages.Stretch((), wide=document.wide)]
    if laid[0].wide and not document.wide:
        laid.insert(0, pages.Stretch((), wide=False))
    section = file.sections[0]
    for at, stretch in enumerate(laid):
        if at:
            section = _new_section(file)
        _shape(section, stretch, document, begun=at > 0)
        if not at:
            body.front(document, ahead, parts, stretch)
        body.fill(stretch, begins=at > 0)
    return packed(file)


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
        marks.styled(header.paragraphs[0], "Marking" if document.banner else "header")
        marks.words(header.paragraphs[0], in_line(document.banner))
    footer = section.footer
    footer.is_linked_to_previous = False
    below = marks.styled(footer.paragraphs[0], "footer")
    below.paragraph_format.tab_stops.add_tab_stop(Mm(stretch.room), WD_TAB_ALIGNMENT.RIGHT)
    marks.words(below, in_line(document.title))
    if document.loose:
        return
    below.add_run("\t")
    marks.field(below, "PAGE", "1")
    below.add_run(" / ")
    marks.field(below, "NUMPAGES", "1")
