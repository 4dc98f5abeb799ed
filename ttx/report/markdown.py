"""A document as Markdown, in the dialect with tables that GitHub and most editors read.

What a person typed or an author wrote stays text: every sign that could begin markup in its place
carries a backslash.
"""

from __future__ import annotations

import re

from ttx.i18n import _
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
    Quote,
    Table,
    fronted,
    plain,
)

_ANYWHERE = re.compile(
    r"[\\`*\[\]<>|~$&@]|(?<![^\W_])_|_(?![^\W_])|:(?=//)|(?<=www)\.", re.IGNORECASE
)
"""What begins emphasis, code, a link, a tag, a cell, an entity or an address in any place."""
_IN_FRONT = re.compile(r"^(#+|[-+=]+)(?=\s|$|[-+=])|^(\d{1,9})([.)])(?=\s|$)")
"""What begins a heading, an entry of a list or a line of another kind at the front of a line."""


def markdown(document: Document) -> str:
    """The document as Markdown, ending in a line break."""
    ahead, parts = fronted(document.parts)
    banner = f"**{_line(document.banner)}**"
    texts = [banner, f"# {_line(document.title)}"]
    if document.subtitle:
        texts.append(_text(document.subtitle))
    texts.append(f"*{_line(document.handling)}*")
    texts += _blocks(Facts(document.cover)) if document.cover else []
    texts += [block for part in ahead for block in _blocks(part)]
    if document.contents:
        named = (part.text for part in parts if isinstance(part, Heading) and part.level == 2)
        texts.append("\n".join(f"- {_item(name)}" for name in named))
    texts += [block for part in parts for block in _blocks(part)]
    texts.append(banner)
    return "\n\n".join(block for block in texts if block) + "\n"


def _blocks(part: Block) -> list[str]:
    match part:
        case Heading(level, text):
            return [f"{'#' * level} {_line(text)}"]
        case Paragraph(text, label):
            return [f"**{_line(label)}:** {_text(text)}" if label else _text(text)]
        case Quote(paragraphs):
            return ["\n>\n".join(_quoted(_text(paragraph)) for paragraph in paragraphs)]
        case Notice(text):
            return [_quoted(f"**{_line(text)}**")]
        case Bullets(items, numbered):
            marks = [f"{at}." if numbered else "-" for at in range(1, len(items) + 1)]
            return ["\n".join(f"{m} {_item(item)}" for m, item in zip(marks, items, strict=True))]
        case Facts(rows):
            return ["\n".join(f"- **{_line(name)}:** {_item(given)}" for name, given in rows)]
        case Table():
            return _table(part)
        case Figure(_, caption, in_words):
            return [_("*Figure: {caption}*", caption=_line(caption)), _text(in_words)]
        case Blank(lines):
            return ["___"] * lines
        case Cards(cards):
            return [block for card in cards for block in (*_card(card), "---")]
        case PageBreak():
            return []


def _card(card: Card) -> list[str]:
    return [f"## {_line(card.name)}", _line(card.under), "\\_" * 24]


def _table(table: Table) -> list[str]:
    edges = ("---:" if at in table.numbers else "---" for at in range(len(table.head)))
    rows = [
        _row(table.head),
        f"| {' | '.join(edges)} |",
        *(_row(row) for row in table.rows),
    ]
    caption = f"**{_line(table.caption)}**" if table.caption else ""
    note = f"*{_line(table.note)}*" if table.note else ""
    return [caption, "\n".join(rows), note]


def _row(cells: tuple[str, ...]) -> str:
    return f"| {' | '.join('<br>'.join(_lines(cell)) for cell in cells)} |"


def _quoted(block: str) -> str:
    return "\n".join(f"> {line}" for line in block.split("\n"))


def _item(text: str) -> str:
    """An entry of a list: its further lines stand under its first."""
    return "\\\n  ".join(_lines(text))


def _text(text: str) -> str:
    return "\\\n".join(_lines(text))


def _line(text: str) -> str:
    return " ".join(_lines(text))


def _lines(text: str) -> list[str]:
    """The lines of a text in which nothing is markup; empty ones are left out."""
    return [_neutral(line.strip()) for line in plain(text).split("\n") if line.strip()]


def _neutral(line: str) -> str:
    line = _ANYWHERE.sub(lambda match: f"\\{match[0]}", line)
    return _IN_FRONT.sub(
        lambda match: f"\\{match[1]}" if match[1] else f"{match[2]}\\{match[3]}", line
    )
