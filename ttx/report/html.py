"""A document as one HTML file: its own style, no script, nothing fetched; for screens and paper.

Every text is escaped. The banner stands on each printed page by the margin boxes of CSS, which
browsers have had since about 2024; with an older one it stands on the first page only.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape

from ttx.i18n import _
from ttx.report.document import (
    A_NAME,
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
    Quote,
    Table,
    fronted,
    plain,
)
from ttx.report.style import sheet

_POLICY = "default-src 'none'; style-src 'unsafe-inline'"
"""A browser that reads it fetches nothing and runs nothing, whatever else the file says."""


def html(document: Document) -> str:
    """The document as one file of HTML, ending in a line break."""
    banner = f'<p class="banner">{_text(document.banner)}</p>'
    title = " ".join(_text(document.title).split("<br>"))
    ahead, parts = fronted(document.parts)
    style = sheet(
        plain(document.banner), plain(document.title), wide=document.wide, loose=document.loose
    )
    lines = [
        "<!DOCTYPE html>",
        f'<html lang="{escape(document.language)}">',
        "<head>",
        '<meta charset="utf-8">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">',
        f"<title>{title}</title>",
        f"<style>\n{style}</style>",
        "</head>",
        '<body class="wide">' if document.wide else "<body>",
        "<header>",
        banner,
        f"<h1>{title}</h1>",
        *([f'<p class="subtitle">{_text(document.subtitle)}</p>'] if document.subtitle else []),
        f'<p class="handling">{_text(document.handling)}</p>',
        *(_facts(document.cover) if document.cover else []),
        *(line for part in ahead for line in _lines(part, 0)),
        "</header>",
        *(_contents(parts) if document.contents else []),
        "<main>",
        *(line for at, part in enumerate(parts) for line in _lines(part, at)),
        "</main>",
        "<footer>",
        banner,
        "</footer>",
        "</body>",
        "</html>",
    ]
    return "\n".join(lines) + "\n"


def _contents(parts: Sequence[Block]) -> Iterator[str]:
    """The headings of level 2, each leading to its place."""
    name = _text(_("Contents"))
    yield f'<nav aria-labelledby="contents">\n<h2 id="contents">{name}</h2>\n<ol>'
    for at, part in enumerate(parts):
        if isinstance(part, Heading) and part.level == 2:
            yield f'<li><a href="#part-{at}">{_text(part.text)}</a></li>'
    yield "</ol>\n</nav>"


def _lines(part: Block, at: int) -> Iterator[str]:
    """One part; `at` is its place in the document, which gives a heading its address."""
    match part:
        case Heading(level, text):
            yield f'<h{level} id="part-{at}">{_text(text)}</h{level}>'
        case Paragraph(text, label):
            front = f"<strong>{_text(label)}:</strong> " if label else ""
            yield f"<p>{front}{_text(text)}</p>"
        case Quote(paragraphs):
            written = "".join(f"<p>{_text(paragraph)}</p>" for paragraph in paragraphs)
            yield f"<blockquote>{written}</blockquote>"
        case Notice(text):
            yield f'<p class="notice">{_text(text)}</p>'
        case Bullets(items, numbered):
            kind = "ol" if numbered else "ul"
            yield f"<{kind}>"
            yield from (f"<li>{_text(item)}</li>" for item in items)
            yield f"</{kind}>"
        case Facts(rows):
            yield from _facts(rows)
        case Table():
            yield from _table(part)
        case Figure(svg, caption, written):
            words = f" {_text(written)}" if written else ""
            yield f"<figure>{svg}<figcaption>{_text(caption)}{words}</figcaption></figure>"
        case Blank(lines):
            yield from ('<div class="blank"></div>' for _rest in range(lines))
        case Cards(cards):
            yield '<div class="cards">'
            yield from (line for card in cards for line in _card(card))
            yield "</div>"
        case PageBreak():
            yield '<div class="break"></div>'


def _facts(rows: Sequence[tuple[str, str]]) -> Iterator[str]:
    """Names with what is given for each."""
    yield '<dl class="facts">'
    yield from (f"<dt>{_text(name)}</dt><dd>{_text(given)}</dd>" for name, given in rows)
    yield "</dl>"


def _card(card: Card) -> Iterator[str]:
    """A card with both of its sides; what reads aloud has the words once."""
    under = f'<p class="under">{_text(card.under)}</p>' if card.under else ""
    side = f'<p class="office">{_text(card.name)}</p>{under}<p class="person"></p>'
    yield f'<section class="card"><div class="back" aria-hidden="true">{side}</div>'
    yield f'<div class="front">{side}</div></section>'


def _table(table: Table) -> Iterator[str]:
    first = [line for row in table.rows for line in row[0].split("\n")]
    long = any(len(line) > A_NAME for line in first)
    yield '<div class="sheet">'
    kinds = " ".join(kind for kind, on in (("told", long), ("tall", table.tall)) if on)
    yield f'<table class="{kinds}">' if kinds else "<table>"
    if table.caption:
        yield f"<caption>{_text(table.caption)}</caption>"
    if table.widths:
        columns = "".join(f'<col style="width: {share}%">' for share in table.widths)
        yield f"<colgroup>{columns}</colgroup>"
    heads = (
        f'<th scope="col"{_side(table, at)}>{_text(cell)}</th>'
        for at, cell in enumerate(table.head)
    )
    yield f"<thead><tr>{''.join(heads)}</tr></thead>\n<tbody>"
    for row in table.rows:
        cells = (_cell(table, at, cell) for at, cell in enumerate(row))
        yield f"<tr>{''.join(cells)}</tr>"
    yield "</tbody>\n</table>"
    if table.note:
        yield f'<p class="note">{_text(table.note)}</p>'
    yield "</div>"


def _cell(table: Table, at: int, cell: str) -> str:
    if at == 0:
        return f'<th scope="row"{_side(table, at)}>{_text(cell)}</th>'
    return f"<td{_side(table, at)}>{_text(cell)}</td>"


def _side(table: Table, at: int) -> str:
    return ' class="number"' if at in table.numbers else ""


def _text(text: str) -> str:
    """A text in which nothing is markup, with its lines kept."""
    return "<br>".join(escape(line) for line in plain(text).split("\n"))
