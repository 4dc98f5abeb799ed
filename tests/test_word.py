"""A document as a Word file: styles, fields, sections and pictures, and texts that stay texts."""

from __future__ import annotations

import io
import re
import struct
import zipfile
from pathlib import Path

import docx
import font_source_sans_pro
import pytest
from docx.enum.section import WD_ORIENT
from docx.oxml.parser import parse_xml
from hypothesis import given, settings
from hypothesis import strategies as st
from kit.tables import exercise

from ttx import extras, files
from ttx.report import forms
from ttx.report.document import (
    Blank,
    Block,
    Bullets,
    Card,
    Cards,
    Document,
    Facts,
    Figure,
    Heading,
    Notice,
    PageBreak,
    Paragraph,
    Part,
    Quote,
    Table,
    plain,
)
from ttx.report.documents import documents
from ttx.report.papers import write
from ttx.report.word.cards import turned
from ttx.report.word.columns import ROOM, ems, narrowest, widths
from ttx.report.word.figures import _BEYOND, _CUTS, fitted, picture
from ttx.report.word.pages import HEIGHT, SIDE, WIDTH, stretches
from ttx.report.word.sheet import language
from ttx.report.word.whole import word

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
BANNER, HANDLING = "EXERCISE ONLY - UNCLASSIFIED", "For everybody at the table."
SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 200 50" width="200" height="50" '
    'font-family="system-ui, sans-serif">{}</svg>'
)
WORDS = '<text x="4" y="30" font-size="20">Cohesion</text>'
PLAN = Table(
    ("No.", "Capability", "Issue", "Action", "Element", "Office", "Start", "Due"),
    (("1", "Public message", "Nobody knew whom to ask about it", "Write down who answers whom",
      "organisation of staff", "Ministry of Foreign Affairs", "open", "2027-01-15"),),
    widths=(5, 13, 18, 22, 11, 13, 9, 9),
    spare=3,
)  # fmt: skip  # a row as it is read
HOSTILE = st.text(
    st.characters(exclude_categories=[]) | st.sampled_from("\n\r\t\x00\x0b\ufffe\ud800<&]]>☐-1"),
    max_size=40,
)


def document(*parts: Part, contents: bool = False, wide: bool = False) -> Document:
    return Document(
        "A plan", BANNER, HANDLING, parts, "For the evening", contents=contents, wide=wide
    )


def opened(data: bytes) -> docx.document.Document:
    return docx.Document(io.BytesIO(data))


def part_of(data: bytes, name: str = "word/document.xml") -> str:
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        return packed.read(name).decode()


def texts(data: bytes) -> list[str]:
    """The words of each paragraph of the body, those in tables among them."""
    body = opened(data).element.body
    return [
        "".join(
            {f"{W}t": node.text or "", f"{W}br": "\n", f"{W}noBreakHyphen": "-"}.get(node.tag, "")
            for node in paragraph.iter()
        )
        for paragraph in body.iter(f"{W}p")
    ]


ORDER = {
    "pPr": "pStyle keepNext keepLines pageBreakBefore numPr pBdr tabs spacing ind "
    "contextualSpacing jc outlineLvl rPr sectPr",
    "rPr": "rStyle rFonts b i color spacing sz szCs lang",
    "tcPr": "tcW tcBorders shd vAlign",
    "tblPr": "tblStyle tblW tblInd tblBorders tblLayout tblCellMar tblLook",
    "style": "name basedOn next uiPriority semiHidden qFormat pPr rPr tblPr",
    "pBdr": "top left bottom right between",
    "tblBorders": "top left bottom right insideH insideV",
}
"""What may stand in an element, in the order of ISO/IEC 29500: Word opens no file with another."""


def everything() -> bytes:
    """A file with all that there is."""
    return word(
        Document(
            "A plan",
            BANNER,
            HANDLING,
            (
                Notice("Now"),
                Heading(2, "One"),
                Paragraph("a", "b"),
                Table(("A",), (("b",),), "n", "c"),
                Quote(("q",)),
                Bullets(("x",)),
                Bullets(("y",), numbered=True),
                Facts((("f", "g"),)),
                Heading(3, "Plan"),
                PLAN,
                Heading(4, "More"),
                Blank(2),
                Facts((("f", "g"),)),
                Figure(SVG.format(WORDS), "A line", "It rose."),
                PageBreak(),
                Cards((Card("O", "U"),)),
            ),
            "sub",
            (("Sponsor", "JJOC"),),
            contents=True,
        )
    )


def test_what_stands_in_an_element_is_in_the_order_of_the_standard() -> None:
    with zipfile.ZipFile(io.BytesIO(everything())) as packed:
        for name in packed.namelist():
            if not name.startswith("word/") or not name.endswith(".xml") or "theme" in name:
                continue
            for element in parse_xml(packed.read(name)).iter(f"{W}*"):
                order = ORDER.get(element.tag.removeprefix(W), "").split()
                if order:
                    at = [order.index(child.tag.removeprefix(W)) for child in element]
                    assert sorted(set(at)) == at, (name, element.xml)


# --- texts ---


@settings(max_examples=30)
@given(HOSTILE)
def test_any_text_stands_in_any_place_as_it_is(text: str) -> None:
    made = word(
        Document(
            text,
            text,
            text,
            (
                Heading(2, text),
                Paragraph(text, text),
                Quote((text, text)),
                Notice(text),
                Bullets((text,)),
                Bullets((text,), numbered=True),
                Facts(((text, text),)),
                Table((text, text), ((text, text),), text, text),
            ),
            text,
            contents=True,
        )
    )

    told, stands = texts(made), plain(text)
    line = " ".join(stands.split())
    beside = {
        "Contents",
        plain(f"{text}:") + f" {stands}",
        "Table 1" + plain(f": {stands}"),
    }
    assert set(told) - {""} <= {stands, line} | beside
    assert [entry for entry in told if entry == stands or not stands][13:]
    assert "w:instrText" in part_of(made)


def test_nothing_in_a_text_is_a_link_or_a_field() -> None:
    made = part_of(word(document(Paragraph("http://example.org { PAGE } www.example.org =1"))))

    assert "w:hyperlink" not in made
    assert "w:instrText" not in made


def test_the_sign_of_a_number_is_not_left_behind_at_the_end_of_a_line() -> None:
    made = word(document(Paragraph("North Korea -5.2 worse, a stand-up of 3-4 weeks")))

    assert 1 == part_of(made).count("<w:noBreakHyphen/>")
    assert "North Korea -5.2 worse, a stand-up of 3-4 weeks" in texts(made)


def test_a_box_to_tick_can_be_clicked() -> None:
    body = part_of(word(document(Facts((("I was", "☐ player ☐ observer"),)))))

    assert 2 == body.count("<w14:checkbox>") == body.count('<w14:checked w14:val="0"/>')
    assert "☐ player ☐ observer" in texts(word(document(Paragraph("☐ player ☐ observer"))))
    assert 'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"' in body
    assert re.search(r'mc:Ignorable="[^"]*\bw14\b', body)


# --- headings, contents, header and footer ---


def test_headings_are_those_of_word_and_the_contents_lead_to_them() -> None:
    made = word(
        document(
            Heading(2, "First"), Heading(3, "Deeper"), Heading(4, "Deepest"), Heading(2, "Last"),
            contents=True,
        )
    )  # fmt: skip  # a document as it is read
    file = opened(made)
    styled = {p.text: str(p.style.name) for p in file.paragraphs if p.style and p.text}

    assert "Heading 1" == styled["First"] == styled["Last"]
    assert ("Heading 2", "Heading 3") == (styled["Deeper"], styled["Deepest"])
    assert "Title" == styled["A plan"]
    body = part_of(made)
    to = re.findall(r'w:anchor="(\w+)"', body)
    assert 2 == len(to)
    assert to == re.findall(r'w:bookmarkStart w:id="\d" w:name="(\w+)"', body)
    assert 'TOC \\o "1-1" \\h' in body


def test_nothing_is_asked_when_it_is_opened() -> None:
    """Word asks where fields are to be worked out anew, or where something is linked in."""
    made = word(document(Heading(2, "One"), Figure(SVG.format(WORDS), "A line"), contents=True))

    assert "updateFields" not in part_of(made, "word/settings.xml")
    assert 'w:val="15"' in part_of(made, "word/settings.xml")
    body = part_of(made)
    assert "w:dirty" not in body
    assert body.count('fldCharType="begin"') == body.count('fldCharType="end"')
    with zipfile.ZipFile(io.BytesIO(made)) as packed:
        relations = [n for n in packed.namelist() if n.endswith(".rels")]
        assert [] == [n for n in relations if b'TargetMode="External"' in packed.read(n)]


def test_the_marking_is_on_each_page_and_so_is_its_number() -> None:
    made = word(document(Heading(2, "Improvement plan"), PLAN, Heading(2, "After")))
    sections = [*opened(made).sections]

    assert 3 == len(sections)
    for section in sections:
        assert [BANNER] == [p.text for p in section.header.paragraphs]
        below = section.footer._element.xml
        assert {" PAGE ", " NUMPAGES "} == set(re.findall(r"<w:instrText[^>]*>([^<]*)<", below))
        assert "A plan" in below


def test_loose_pages_have_no_number() -> None:
    made = word(Document("Handouts", BANNER, HANDLING, (Paragraph("One"),), loose=True))

    assert "PAGE" not in opened(made).sections[0].footer._element.xml


# --- tables and pages ---


def test_a_head_stands_on_each_page_and_rows_stay_whole() -> None:
    made = word(document(Table(("A", "B"), (("1", "2"), ("3", "4\n" * 40)))))
    rows = opened(made).tables[0].rows

    assert [True, False, False] == [row._tr.find(f".//{W}tblHeader") is not None for row in rows]
    whole = [row._tr.find(f".//{W}cantSplit") is not None for row in rows]
    assert [True, True, False] == whole  # one that is longer than a page has to break


def test_the_improvement_plan_lies_on_its_side_with_rows_to_write_in() -> None:
    made = word(
        document(Heading(2, "Before"), Heading(2, "Improvement plan"), Paragraph("A row is"), PLAN,
                 Heading(2, "After"))
    )  # fmt: skip  # a document as it is read
    file = opened(made)

    sides = [section.orientation for section in file.sections]
    assert [WD_ORIENT.PORTRAIT, WD_ORIENT.LANDSCAPE, WD_ORIENT.PORTRAIT] == sides
    assert 1 + 1 + 3 == len(file.tables[0].rows)
    assert [""] * 8 == [cell.text for cell in file.tables[0].rows[-1].cells]
    body = part_of(made)
    first, second, _last = (at.start() for at in re.finditer("<w:sectPr", body))
    assert first < body.index("Improvement plan") < body.index("A row is") < second


def test_what_does_not_lie_stands_in_one_section() -> None:
    assert 1 == len(opened(word(document(Table(("A", "B"), (("1", "2"),))))).sections)
    lying = opened(word(document(Paragraph("x"), wide=True))).sections
    assert [WD_ORIENT.LANDSCAPE] == [section.orientation for section in lying]


BLOCKS: st.SearchStrategy[Block] = st.one_of(
    st.builds(Heading, st.sampled_from([2, 3]), st.text("abc", max_size=3)),
    st.builds(Paragraph, st.text("abc", max_size=3)),
    st.just(PageBreak()),
    st.just(PLAN),
    st.just(Table(("a",), (("b",),))),
    st.just(Blank(2)),
)


@settings(max_examples=30)
@given(st.lists(BLOCKS))
def test_every_part_stands_once_and_in_order(parts: list[Block]) -> None:
    laid = [*stretches(parts, wide=False)]

    assert parts == [part for stretch in laid for part in stretch.parts]
    assert all(stretch.wide == (PLAN in stretch.parts) for stretch in laid)
    word(document(*parts))


@given(
    st.lists(st.lists(st.text("abc xyz\n漢字-", max_size=60), min_size=3, max_size=3), max_size=4),
    st.sampled_from([(), (50, 25, 25), (90, 5, 5)]),
)
def test_columns_fill_the_room_and_break_no_word_that_fits(
    rows: list[list[str]], shares: tuple[int, ...]
) -> None:
    table = Table(("One", "Two", "Three"), tuple(map(tuple, rows)), widths=shares)
    room = WIDTH - 2 * SIDE
    wide, least = widths(table, room, 9), narrowest(table, 9)

    assert room == pytest.approx(sum(wide))
    if sum(least) <= room:
        assert all(part >= low - 1e-9 for part, low in zip(wide, least, strict=True))


def test_a_word_is_as_wide_as_it_is_printed() -> None:
    """Measured: Helvetica sets these in so many thousandths of the size of its letters."""
    for written, thousandths in (("Contingency", 5558), ("INDOPACOM", 6167), ("12.50", 2502)):
        assert thousandths / 1000 == pytest.approx(ems(written), rel=0.12)
    assert ROOM > 0
    assert HEIGHT > WIDTH


def test_each_list_of_figures_begins_at_one() -> None:
    made = word(document(*[Bullets(("a", "b"), numbered=True)] * 2))
    numbers = re.findall(r'<w:numId w:val="(\d+)"/>', part_of(made))

    assert 2 == len(set(numbers))
    listed = part_of(made, "word/numbering.xml")
    assert 2 == listed.count('<w:startOverride w:val="1"/>')


def test_a_page_begins_once_where_one_is_to_begin() -> None:
    made = word(
        document(PageBreak(), PageBreak(), Heading(2, "One"), PageBreak(), Table(("A",), (("b",),)),
                 PageBreak())
    )  # fmt: skip  # a document as it is read

    assert 2 == part_of(made).count("<w:pageBreakBefore/>")


# --- pictures ---


def test_a_drawing_is_a_picture_at_the_resolution_of_print_that_can_be_read_aloud() -> None:
    figure = Figure(SVG.format(WORDS), "A line", "It rose.")
    made = word(document(figure))
    with zipfile.ZipFile(io.BytesIO(made)) as packed:
        (name,) = [n for n in packed.namelist() if n.startswith("word/media/")]
        wide, high = struct.unpack(">II", packed.read(name)[16:24])

    shape = opened(made).inline_shapes[0]
    assert 300 == round(wide / (shape.width / 914400))
    assert 4 == pytest.approx(wide / high, rel=0.01)
    said = shape._inline.docPr
    assert ("A line", "It rose.") == (said.get("title"), said.get("descr"))
    assert {"Figure 1: A line", "It rose."} <= set(texts(made))


def test_words_in_a_picture_show_without_the_typefaces_of_the_machine() -> None:
    """Nothing but the packaged typeface is loaded for what it has signs for."""
    assert picture(SVG.format(WORDS), 50) != picture(SVG.format(""), 50)
    greek = WORDS.replace("Cohesion", "Ω Ж ≥ −")
    assert picture(SVG.format(greek), 50) != picture(SVG.format(""), 50)


def test_what_the_packaged_typeface_is_said_to_have_it_has() -> None:
    """Else a box would stand in its place, on a machine that has the sign."""
    ttlib = pytest.importorskip("fontTools.ttLib")
    for cut in _CUTS:
        path = Path(font_source_sans_pro.font_directory) / f"SourceSansPro-{cut}.ttf"
        signs = ttlib.TTFont(path).getBestCmap()
        known = [at for at in range(0x20, 0x10000) if not _BEYOND.search(chr(at))]
        assert [] == [chr(at) for at in known if at not in signs]
    assert _BEYOND.search("計")
    assert _BEYOND.search("▸")


def test_a_drawing_is_as_wide_as_it_is_and_no_wider_than_there_is_room() -> None:
    assert 200 / 96 * 25.4 == pytest.approx(fitted(SVG, 174, 200))
    assert 30 == fitted(SVG, 30, 200)
    assert 40 == pytest.approx(fitted(SVG, 174, 10))
    assert 174 == fitted("<svg/>", 174, 200)


# --- cards and covers ---


def test_cards_stand_two_on_a_page_with_both_sides() -> None:
    cards = tuple(Card(f"Office {at}", "US") for at in range(3))
    made = word(document(Cards(cards)))
    file = opened(made)

    assert 3 == len(file.tables) == len(file.inline_shapes)
    assert ["Office 0", "US", ""] == [p.text for p in file.tables[0].rows[1].cells[0].paragraphs]
    assert 2 == part_of(made).count("<w:pageBreakBefore/>")


def test_the_other_side_of_a_card_is_upside_down_and_as_wide_as_the_card() -> None:
    svg = turned(Card("Commander, United States Indo-Pacific Command & more", "US"), 160)

    assert 'transform="rotate(180' in svg
    assert "&amp; more" in svg
    assert 2 == svg.count('font-size="26"')
    assert picture(svg, 160) != picture(svg.replace("rotate(180", "rotate(0"), 160)


def test_the_cover_stands_in_front_of_the_contents() -> None:
    made = Document(
        "A plan",
        BANNER,
        HANDLING,
        (Heading(2, "One"),),
        cover=(("Sponsor", "JJOC"),),
        contents=True,
    )
    told = texts(word(made))

    assert (
        told.index("A plan") < told.index("Sponsor") < told.index("JJOC") < told.index("Contents")
    )


# --- the file ---


def test_it_is_the_same_each_time_and_says_nothing_of_who_and_when() -> None:
    parts = (Heading(2, "One"), Figure(SVG.format(WORDS), "A line"), PLAN)
    made = word(document(*parts, contents=True))

    assert made == word(document(*parts, contents=True))
    with zipfile.ZipFile(io.BytesIO(made)) as packed:
        assert {(1980, 1, 1, 0, 0, 0)} == {entry.date_time for entry in packed.infolist()}
        said = packed.read("docProps/core.xml").decode()
        assert "docProps/app.xml" not in packed.namelist()
    assert "A plan" in said
    for word_ in ("creator", "created", "modified", "python-docx", "lastModifiedBy"):
        assert word_ not in said


def test_its_language_is_said_and_east_asian_words_have_a_typeface() -> None:
    assert ("en-GB", "ja-JP", "pt-BR", "de-DE") == tuple(map(language, ("en", "ja", "pt-BR", "de")))
    sheet = part_of(word(Document("計画", language="ja")), "word/styles.xml")
    assert '<w:lang w:val="ja-JP" w:eastAsia="ja-JP"' in sheet
    assert 'w:eastAsia="Yu Gothic"' in sheet
    assert 'w:eastAsia="Malgun Gothic"' in part_of(
        word(Document("계획", language="ko")), "word/styles.xml"
    )


@pytest.mark.parametrize("name", ["tutorial", "accelerate"])
def test_every_paper_is_a_word_file_with_its_words(name: str) -> None:
    for paper, made in documents(exercise(name)).items():
        told = texts(word(made))
        assert made.title in told, paper
        assert made.handling in told, paper


# --- forms ---


def test_papers_are_written_in_the_forms_that_are_asked_for(tmp_path: Path) -> None:
    written = write(exercise("tutorial"), tmp_path / "papers", forms=("docx",))

    assert {".docx"} == {path.suffix for path in written}
    assert documents(exercise("tutorial")).keys() == {path.stem for path in written}
    assert b"PK" == written[0].read_bytes()[:2]


def test_without_the_extra_one_sentence_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def gone(library: str) -> None:
        raise ModuleNotFoundError(name=library)

    monkeypatch.setattr(extras, "import_module", gone)
    with pytest.raises(extras.Missing, match=r"pip install 'ttx\[office\]'"):
        write(exercise("tutorial"), tmp_path / "papers", forms=("docx",))
    assert not (tmp_path / "papers").exists()
    with pytest.raises(extras.Missing):
        forms.form_of(Path("x.docx"))
    assert b"#" in forms.made(documents(exercise("tutorial"))["msel"], "md")


def test_a_form_is_what_the_name_says_and_no_other() -> None:
    assert "docx" == forms.form_of(Path("x.DOCX")) == forms.form_of(None, "docx")
    assert "html" == forms.form_of(None) == forms.form_of(Path("x"))
    with pytest.raises(files.NotWritten, match=r"A report ends in \.html or \.md or \.docx"):
        forms.form_of(Path("x.pdf"))
    with pytest.raises(files.NotWritten, match=r"A report as docx ends in \.docx"):
        forms.form_of(Path("x.html"), "docx")
    with pytest.raises(ValueError, match="There is no form 'doc'; choose from html, md, docx"):
        forms.form_of(None, "doc")
