"""The tree of a document and its two forms: nothing in a text ever becomes markup."""

from __future__ import annotations

import html as entities
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from kit.pages import Reader
from markdown_it import MarkdownIt

from ttx.report.document import (
    Blank,
    Bullets,
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
from ttx.report.html import html
from ttx.report.markdown import markdown

SVG = '<svg viewBox="0 0 4 1"><rect width="4" height="1"/></svg>'
BANNER = "EXERCISE ONLY - UNCLASSIFIED"
HANDLING = "For everybody at the table."
HOSTILE = [
    "# a heading",
    "- a list",
    "+ a list",
    "1. a list",
    "12) a list",
    "> said",
    "    code",
    "a | b |",
    "--- ",
    "===",
    "<script>alert(1)</script>",
    "<!-- gone -->",
    "</style></main>",
    "*loud* _loud_ **loud** __loud__",
    "`code` ```code```",
    "[a link](http://example.org)",
    "![a picture](http://example.org/x.png)",
    "http://example.org www.example.org a@example.org ftp://x.example",
    "&lt;b&gt; &amp;amp;",
    "\\* \\",
    "~~gone~~",
    "[x] done",
    "|---|---|",
    ": a term",
    "\u202edesrever\u202c",
    "bell\x07 nul\x00 escape\x1b[31m",
    'quotes " and \' and "',
    "snake_case_name and $x$",
]


def document(*parts: Part, contents: bool = False) -> Document:
    return Document("A plan", BANNER, HANDLING, parts, "For the evening", contents=contents)


def with_text(words: str) -> Document:
    """A document with the same words in every place that takes some."""
    return Document(
        words,
        words,
        words,
        (
            Heading(2, words),
            Heading(3, words),
            Paragraph(words),
            Paragraph(words, words),
            Quote((words, words)),
            Notice(words),
            Bullets((words, words)),
            Bullets((words,), numbered=True),
            Facts(((words, words),)),
            Table((words, words), ((words, words),), words, words),
            Figure(SVG, words, words),
        ),
        words,
        contents=True,
    )


def read_back(page: str) -> Reader:
    """What a reader of Markdown makes of it."""
    rules = MarkdownIt("gfm-like", {"linkify": True, "html": True})
    return Reader(rules.render(page))


def squeezed(texts: list[str]) -> str:
    return " ".join(" ".join(texts).split())


WORDS = st.one_of(
    st.sampled_from(HOSTILE),
    st.text(st.sampled_from("ab1 #*_-+=>|<`~[]()!&:;.@/\\$\"'\n\t{}"), min_size=1, max_size=40),
    st.text(min_size=1, max_size=40),
).filter(plain)


@given(WORDS)
def test_the_words_of_a_text_are_text_in_html(words: str) -> None:
    ours, theirs = Reader(html(with_text("x"))), Reader(html(with_text(words)))

    assert [tag for tag in ours.tags if tag != "br"] == [tag for tag in theirs.tags if tag != "br"]
    assert squeezed([plain(words)]) in squeezed(theirs.texts)
    assert set(ours.attributes) == set(theirs.attributes) - {("table", "class", "told")}


@pytest.mark.slow
@given(WORDS)
def test_the_words_of_a_text_are_text_in_markdown(words: str) -> None:
    ours, theirs = read_back(markdown(with_text("x"))), read_back(markdown(with_text(words)))

    assert [tag for tag in ours.tags if tag != "br"] == [tag for tag in theirs.tags if tag != "br"]
    assert squeezed([plain(words)]) in squeezed(theirs.texts)


@pytest.mark.parametrize("words", HOSTILE)
def test_what_looks_like_markup_is_read_as_it_was_typed(words: str) -> None:
    for page in (html(document(Paragraph(words))), markdown(document(Paragraph(words)))):
        reader = Reader(page) if page.startswith("<!") else read_back(page)
        assert squeezed([plain(words)]) in squeezed(reader.texts)
        assert set() == set(reader.tags) & {"script", "img", "del", "code", "a", "input"}


def test_ordinary_words_carry_no_backslashes() -> None:
    """A page is read by people too, in an editor."""
    words = "T4: pace to phased (US cell), 68 min faster; first_flood - done. 3.5 of 10!"

    assert words in markdown(document(Paragraph(words)))


def test_lines_of_a_text_are_kept() -> None:
    parts = (Paragraph("one\n\ntwo"), Bullets(("three\nfour",)), Table(("a",), (("five\nsix",),)))

    assert "one\\\ntwo" in markdown(document(*parts))
    assert "- three\\\n  four" in markdown(document(*parts))
    assert "| five<br>six |" in markdown(document(*parts))
    assert "<td>" not in html(document(*parts))
    assert '<th scope="row">five<br>six</th>' in html(document(*parts))


def test_nothing_unseen_is_left_in_a_text() -> None:
    assert "ab c\nd" == plain("  a\x00\u202eb\tc \r\nd\x1b\n")
    assert "\U0001f469\u200d\U0001f692" == plain("\U0001f469\u200d\U0001f692")


def test_a_table_says_what_its_cells_are_heads_of() -> None:
    table = Table(("Turn", "Minutes"), (("T1", "68"),), "In minutes.", "Time", (60, 40), (1,))
    page = html(document(table))

    assert '<th scope="col">Turn</th><th scope="col" class="number">Minutes</th>' in page
    assert '<tr><th scope="row">T1</th><td class="number">68</td></tr>' in page
    assert '<col style="width: 60%"><col style="width: 40%">' in page
    assert "<caption>Time</caption>" in page
    assert "<table>" in page
    assert '<p class="note">In minutes.</p>' in page
    assert (
        "**Time**\n\n| Turn | Minutes |\n| --- | ---: |\n| T1 | 68 |\n\n*In minutes.*"
        in markdown(document(table))
    )


def test_a_first_column_of_sentences_is_not_set_in_bold() -> None:
    page = html(document(Table(("What", "Mark"), (("Short.", "1"), ("A sentence " * 4, "2")))))

    assert '<table class="told">' in page


def test_a_drawing_stands_in_html_and_its_words_in_markdown() -> None:
    figure = Figure(SVG, "The clock", "Tokyo took longest.")

    assert f"<figure>{SVG}<figcaption>The clock Tokyo took longest." in html(document(figure))
    assert "*Figure: The clock*\n\nTokyo took longest." in markdown(document(figure))
    assert "svg" not in markdown(document(figure))


def test_contents_lead_to_the_headings() -> None:
    page = html(
        document(Heading(2, "First"), Heading(3, "Inner"), Heading(2, "Second"), contents=True)
    )
    ids = re.findall(r'<h[23] id="(part-\d+)"', page)

    assert ["First", "Second"] == re.findall(r'<a href="#part-\d+">(\w+)</a>', page)
    assert [ids[0], ids[2]] == re.findall(r'href="#(part-\d+)"', page)
    assert "- First\n- Second" in markdown(
        document(Heading(2, "First"), Heading(2, "Second"), contents=True)
    )


def test_the_banner_opens_and_closes_a_document_and_stands_on_each_page() -> None:
    page = html(document(Paragraph("x")))

    assert 2 == page.count(f'<p class="banner">{BANNER}</p>')
    assert '@top-center { content: "EXERCISE ONLY \\2d  UNCLASSIFIED";' in page
    assert 2 == markdown(document(Paragraph("x"))).count(f"**{BANNER}**")


def test_a_page_needs_nothing_from_elsewhere() -> None:
    page = html(with_text('url(http://x) @import "http://y" src=z'))

    assert "default-src 'none'; style-src 'unsafe-inline'" in entities.unescape(page)
    reader = Reader(page)
    assert set() == {name for _, name, _ in reader.attributes} & {"src", "onload", "onclick"}
    assert all(value.startswith("#") for _, name, value in reader.attributes if name == "href")
    style = page.partition("<style>")[2].partition("</style>")[0]
    assert "url(" not in style
    assert "@import" not in style


def test_a_new_page_and_lines_to_write_on() -> None:
    parts = (PageBreak(), Heading(2, "Notes"), Blank(2))

    assert '<div class="break"></div>\n<h2' in html(document(*parts))
    assert 2 == html(document(*parts)).count('class="blank"')
    assert "## Notes\n\n___\n\n___\n" in markdown(document(*parts))
