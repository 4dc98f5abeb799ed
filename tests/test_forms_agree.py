"""A document says the same in every form: HTML, Word and Markdown, word for word and in order."""

from __future__ import annotations

import io
import re
from pathlib import Path

import docx
import pytest
from kit.pages import Reader
from kit.tables import exercise
from markdown_it import MarkdownIt

from ttx.report.aar.whole import after_action
from ttx.report.document import Bullets, Document, Heading, Notice, Paragraph
from ttx.report.documents import documents
from ttx.report.filed import account_of
from ttx.report.html import html
from ttx.report.markdown import markdown
from ttx.report.word.whole import word
from ttx.session.record import read

SAVES = Path(__file__).parent / "saves"
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
SIGNS = {f"{W}br": "\n", f"{W}tab": " ", f"{W}noBreakHyphen": "-"}
NUMBER = re.compile(r"\b(Table|Figure)( \d+)?:|_{2,}|☐")
"""What one form alone has: numbers of tables and figures, lines to write on; and boxes to click."""


def in_order(texts: str) -> list[str]:
    """The words of a form, without what it alone has."""
    return NUMBER.sub(" ", texts).replace(":", " ").split()


def of_page(made: Document) -> list[str]:
    page = re.sub(r"<svg.*?</svg>", "", html(made), flags=re.DOTALL)
    _head, _found, behind = page.partition("<header>")
    body, _found, _behind = behind.partition("<footer>")
    title, _found, rest = body.partition("<h1>")
    assert made.banner in title or not made.banner
    return in_order(" ".join(Reader(f"<header><h1>{rest}").texts))


def of_file(made: Document) -> list[str]:
    file = docx.Document(io.BytesIO(word(made)))
    told = []
    for paragraph in file.element.body.iter(f"{W}p"):
        told += [
            (part.text or "") if part.tag == f"{W}t" else SIGNS.get(str(part.tag), "")
            for part in paragraph.iter()
        ]
        told.append("\n")
    return in_order("".join(told))


def of_text(made: Document) -> list[str]:
    rules = MarkdownIt("commonmark").enable("table")
    page = re.sub(r"<br ?/?>|&lt;br&gt;|<hr />", "\n", rules.render(markdown(made)))
    told = in_order(" ".join(Reader(page).texts))
    banner = in_order(made.banner)
    assert banner == told[: len(banner)] == told[-len(banner) :]
    return told[len(banner) : -len(banner)]


def said_alike(made: Document) -> None:
    page = of_page(made)
    assert len(page) > 20
    assert page == of_file(made)
    text = of_text(made)
    if made.contents:
        page.remove("Contents")
    assert page == text


@pytest.mark.parametrize("anonymous", [False, True])
@pytest.mark.parametrize("save", ["format-2-analysed", "format-2-feedback", "format-2-told"])
def test_a_report_says_the_same_in_every_form(save: str, *, anonymous: bool) -> None:
    record = read(SAVES / f"{save}.ttx.toml")
    said_alike(after_action(account_of(record, anonymous=anonymous)))


@pytest.mark.slow
@pytest.mark.parametrize(
    "save", ["format-1-facilitated", "format-2-contextual", "format-2-red", "format-2-struck"]
)
def test_a_long_report_says_the_same_in_every_form(save: str) -> None:
    said_alike(after_action(account_of(read(SAVES / f"{save}.ttx.toml"))))


@pytest.mark.parametrize("name", sorted(documents(exercise("tutorial"))))
def test_a_paper_says_the_same_in_every_form(name: str) -> None:
    made = documents(exercise("tutorial"))[name]
    if name == "place-cards":
        pytest.skip("each form shows the two sides of a card in its own way")
    said_alike(made)


def test_what_nobody_may_overlook_stands_ahead_of_the_contents() -> None:
    made = Document(
        "A report",
        "EXERCISE",
        "For all.",
        (Notice("A draft."), Bullets(("not closed",)), Heading(2, "Summary"), Paragraph("Said.")),
        contents=True,
    )
    whole = in_order("A report For all. A draft. not closed Contents Summary Summary Said.")
    assert whole == of_page(made) == of_file(made)
    whole.remove("Contents")
    assert whole == of_text(made)
