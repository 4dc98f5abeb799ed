"""Place cards in Word: two on a page, each with the same words on both sides of its fold.

Word turns no words of a page upside down. The side that faces away is a picture of them; the one
that is read from the table's own end is typed.
"""

from __future__ import annotations

import io
from collections.abc import Callable
from html import escape

from docx.document import Document as Word
from docx.enum.table import WD_ALIGN_VERTICAL, WD_ROW_HEIGHT_RULE
from docx.shared import Mm
from docx.table import Table as WordTable
from docx.table import _Cell
from docx.text.paragraph import Paragraph

from ttx.report.document import Card, plain
from ttx.report.word.columns import POINT, ems
from ttx.report.word.figures import picture
from ttx.report.word.marks import edges, styled, told, unbroken, words
from ttx.report.word.sheet import CARD_NAME, CARD_UNDER

ON_A_PAGE = 2
HALF = 57.0
"""Millimetres from the edge of a card to its fold."""
_INSIDE = 12.0
"""Millimetres that stay free at the left and the right."""
_LEAD = 1.15
"""The distance of two lines, in the size of their letters."""


def add_cards(
    word: Word, cards: tuple[Card, ...], room: float, new: Callable[..., Paragraph]
) -> None:
    """The cards, `room` millimetres wide; `new` makes the paragraph above one, on a page or not."""
    for at, card in enumerate(cards):
        new(begins=at % ON_A_PAGE == 0)
        made: WordTable = word.add_table(2, 1)
        made.autofit = False
        made.columns[0].width = Mm(room)
        for row in made.rows:
            row.height, row.height_rule = Mm(HALF), WD_ROW_HEIGHT_RULE.EXACTLY
            unbroken(row)
            row.cells[0].width = Mm(room)
            row.cells[0].vertical_alignment = WD_ALIGN_VERTICAL.CENTER
        back, front = (row.cells[0] for row in made.rows)
        edges(back, top="single", left="single", right="single", bottom="dashed")
        edges(front, top="dashed", left="single", right="single", bottom="single")
        _back(back.paragraphs[0], card, room)
        _front(front, card)


def _front(cell: _Cell, card: Card) -> None:
    for at, (text, style) in enumerate(
        ((card.name, "CardName"), (card.under, "CardUnder"), ("", "CardPerson"))
    ):
        paragraph = cell.add_paragraph() if at else cell.paragraphs[0]
        words(styled(paragraph, style), text)


def _back(paragraph: Paragraph, card: Card, room: float) -> None:
    """The same upside down; whoever has the page read aloud hears it once, from the front."""
    wide = room - _INSIDE
    side = io.BytesIO(picture(turned(card, wide), wide))
    drawn = styled(paragraph, "CardBack").add_run().add_picture(side, Mm(wide))
    paragraph.paragraph_format.keep_with_next = True
    told(drawn, plain(card.name))


def turned(card: Card, wide: float) -> str:
    """A side of a card upside down as an `<svg>`, in points."""
    width, height = wide / POINT, (HALF - 4) / POINT
    named = _broken(plain(card.name), width, CARD_NAME)
    under = _broken(plain(card.under), width, CARD_UNDER) if card.under else []
    sizes = [
        *((line, CARD_NAME, 700) for line in named),
        *((line, CARD_UNDER, 400) for line in under),
    ]
    below = 34.0
    top = (height - below - sum(size * _LEAD for _line, size, _weight in sizes)) / 2
    drawn = []
    for line, size, weight in sizes:
        top += size * _LEAD
        drawn.append(
            f'<text x="{width / 2:.1f}" y="{top - size * 0.25:.1f}" font-size="{size}" '
            f'font-weight="{weight}" text-anchor="middle">{escape(line)}</text>'
        )
    edge, line_at = width * 0.12, top + below
    drawn.append(
        f'<path d="M{edge:.1f} {line_at:.1f}H{width - edge:.1f}" stroke="#777777" '
        'stroke-width="1.5" stroke-dasharray="1.5 3"/>'
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:.1f} {height:.1f}" '
        f'width="{width:.1f}" height="{height:.1f}" font-family="sans-serif">'
        f'<g transform="rotate(180 {width / 2:.1f} {height / 2:.1f})">{"".join(drawn)}</g></svg>'
    )


def _broken(text: str, width: float, size: int) -> list[str]:
    """The words in lines that are not wider than the card."""
    lines = [""]
    for word in text.split():
        longer = f"{lines[-1]} {word}".strip()
        if lines[-1] and ems(longer) * size > width:
            lines.append(word)
        else:
            lines[-1] = longer
    return lines
