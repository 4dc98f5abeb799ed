"""Marks of WordprocessingML that python-docx cannot make: fields, places, links, rows, lists."""

from __future__ import annotations

import re

from docx.oxml.ns import nsdecls, qn
from docx.oxml.parser import OxmlElement, parse_xml
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shape import InlineShape
from docx.table import _Cell, _Row
from docx.text.paragraph import Paragraph
from docx.text.run import Run

from ttx.report.document import plain

BOX = "☐"
"""A box to tick, by hand or by a click."""
_SIGNS = re.compile(r"((?<!\w)-(?=\d)|☐)")
"""The hyphen of a number below nothing, which would be left behind at the end of a line; a box."""
_FACE = "MS Gothic"
_TICKED = (
    f'<w:sdt {nsdecls("w")} xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml">'
    '<w:sdtPr><w14:checkbox><w14:checked w14:val="0"/>'
    f'<w14:checkedState w14:val="2612" w14:font="{_FACE}"/>'
    f'<w14:uncheckedState w14:val="2610" w14:font="{_FACE}"/></w14:checkbox></w:sdtPr>'
    f'<w:sdtContent><w:r><w:rPr><w:rFonts w:hint="eastAsia" w:ascii="{_FACE}" w:hAnsi="{_FACE}" '
    f'w:eastAsia="{_FACE}"/></w:rPr><w:t>{BOX}</w:t></w:r></w:sdtContent></w:sdt>'
)


def make(tag: str, **given: str) -> BaseOxmlElement:
    """An element of the main vocabulary with its attributes, such as `make("tab", val="num")`."""
    element = OxmlElement(f"w:{tag}")
    for name, value in given.items():
        element.set(qn(f"w:{name}"), value)
    return element


def words(paragraph: Paragraph, text: str, style: str = "") -> None:
    """A text behind what is in the paragraph: nothing in it is markup, and its lines are kept.

    `style` is the identity of a style of characters. A box to tick is one that can be clicked.
    """
    for at, line in enumerate(plain(text).split("\n")):
        run = _run(paragraph, style)
        if at:
            run.add_break()
        for place, piece in enumerate(_SIGNS.split(line)):
            if piece == BOX:
                _box(paragraph)
                run = _run(paragraph, style)
            elif place % 2:
                run._r.append(make("noBreakHyphen"))  # noqa: SLF001  # python-docx only reads it
            elif piece:
                run.add_text(piece)


def _run(paragraph: Paragraph, style: str) -> Run:
    run = paragraph.add_run()
    if style:
        run._r.style = style  # noqa: SLF001  # python-docx looks styles up by name each time
    return run


def _box(paragraph: Paragraph) -> None:
    """A box that a click ticks, in Word since 2010 and in LibreOffice since 7.4."""
    paragraph._p.append(parse_xml(_TICKED))  # noqa: SLF001  # python-docx has no controls


def styled(paragraph: Paragraph, style: str) -> Paragraph:
    """The paragraph in a style, by its identity."""
    paragraph._p.style = style  # noqa: SLF001  # python-docx looks styles up by name each time
    return paragraph


def field(paragraph: Paragraph, instruction: str, shown: str) -> None:
    """What Word works out by itself, with what it shows until then."""
    open_field(paragraph, instruction)
    paragraph.add_run(shown)
    close_field(paragraph)


def open_field(paragraph: Paragraph, instruction: str) -> None:
    """The front of a field whose result may be paragraphs; `close_field` ends it."""
    _field_mark(paragraph.add_run(), "begin")
    code = make("instrText")
    code.set(qn("xml:space"), "preserve")
    code.text = f" {instruction} "
    paragraph.add_run()._r.append(code)  # noqa: SLF001  # python-docx has no fields
    _field_mark(paragraph.add_run(), "separate")


def close_field(paragraph: Paragraph) -> None:
    """The end of a field, behind what is in the paragraph."""
    _field_mark(paragraph.add_run(), "end")


def _field_mark(run: Run, kind: str) -> None:
    run._r.append(make("fldChar", fldCharType=kind))  # noqa: SLF001  # python-docx has no fields


def place(paragraph: Paragraph, name: str, number: int) -> None:
    """Make the paragraph a place that a link leads to; `number` is its own in the file."""
    inside = paragraph._p  # noqa: SLF001  # python-docx has no bookmarks
    at = 1 if inside.pPr is not None else 0
    inside.insert(at, make("bookmarkStart", id=str(number), name=name))
    inside.append(make("bookmarkEnd", id=str(number)))


def link(paragraph: Paragraph, name: str, text: str) -> None:
    """A text that leads to a place of that name in the same file."""
    there = make("hyperlink", anchor=name, history="1")
    inside = paragraph._p  # noqa: SLF001  # python-docx only reads links
    inside.append(there)
    before = len(inside)
    words(paragraph, text, "Hyperlink")
    for child in [*inside][before:]:
        there.append(child)


def repeat(row: _Row) -> None:
    """Have a row stand again on top of each page that its table goes on to."""
    row._tr.get_or_add_trPr().append(make("tblHeader"))  # noqa: SLF001  # python-docx has no such


def unbroken(row: _Row) -> None:
    """Keep a row on one page."""
    row._tr.get_or_add_trPr().append(make("cantSplit"))  # noqa: SLF001  # python-docx has no such


def shade(cell: _Cell, colour: str) -> None:
    """A ground of that colour, six hexadecimal digits."""
    properties = cell._tc.get_or_add_tcPr()  # noqa: SLF001  # python-docx has no grounds
    properties.append(make("shd", val="clear", color="auto", fill=colour))


def edges(cell: _Cell, **kinds: str) -> None:
    """Lines around a cell: `top`, `left`, `bottom` and `right`, each of a kind of Word's."""
    around = make("tcBorders")
    for side in ("top", "left", "bottom", "right"):
        if side in kinds:
            around.append(make(side, val=kinds[side], sz="6", space="0", color="777777"))
    properties = cell._tc.get_or_add_tcPr()  # noqa: SLF001  # python-docx has no lines
    properties.insert_element_before(
        around, *("w:shd", "w:noWrap", "w:tcMar", "w:textDirection", "w:tcFitText", "w:vAlign")
    )


def told(drawn: InlineShape, words_: str, title: str = "") -> None:
    """Give a picture words to be read aloud, and leave no room around it."""
    inline = drawn._inline  # noqa: SLF001  # python-docx gives pictures neither
    inline.docPr.set("descr", words_)
    if title:
        inline.docPr.set("title", title)
    for side in ("distT", "distB", "distL", "distR"):
        inline.set(side, "0")


def numbered(paragraph: Paragraph, number: int) -> None:
    """Make the paragraph an entry of the list of that number."""
    properties = paragraph._p.get_or_add_pPr().get_or_add_numPr()  # noqa: SLF001  # no lists there
    properties.get_or_add_numId().val = number
