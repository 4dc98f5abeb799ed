"""Rows of the hot wash's board: columns side by side where there is room, else one list."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from rich.text import Text

from ttx.i18n import _, ngettext
from ttx.session.notebook_events import COLUMNS, DELTA, PLUS
from ttx.session.view.wash import BY_COLUMN, BY_SEAT, CardView, Group
from ttx.tui import paint
from ttx.tui.paint import Seg
from ttx.tui.parts.table import Column, Table
from ttx.tui.theme import Glyphs, Ink

KEYS = {
    **{name: str(at) for at, name in enumerate(COLUMNS[:4], start=1)},
    PLUS: "+",
    DELTA: "-",
}
"""What is pressed for a card of each column."""
GAP = 4
"""Cells between two columns."""


def votes(card: CardView) -> str:
    """How many votes a card has, and whether one of them is this seat's."""
    count = ngettext("{count} vote", "{count} votes", card.votes) if card.votes else ""
    return _("{count}, yours", count=count) if card.mine else count


def head(group: Group, width: int, ink: Ink) -> Text:
    """A group's name, the key for a card of it where it is a column, and how many there are."""
    key = [(f"{KEYS[group.column]} ", f"bold {ink.cool}")] if group.column else []
    name = (group.name.upper(), f"bold {ink.muted}")
    return paint.line(width, [*key, name], [(group.note, ink.muted)])


def listed(
    groups: Sequence[Group],
    reading: str,
    width: int,
    height: int,
    marked: int,
    ink: Ink,
    signs: Glyphs,
) -> list[Text]:
    """All groups under each other, a row for each card, round the marked one.

    A row does not say what its group says.
    """
    rows: list[Text] = []
    at = 0
    for group in groups:
        rows.append(head(group, width, ink))
        for card in group.cards:
            at = len(rows) if card.number == marked else at
            row = _row(card, reading, width, ink, signs, marked=card.number == marked)
            rows += _pressed(card, [row])
    top = max(0, min(at - height // 2, len(rows) - height))
    return rows[top : top + height]


def _row(
    card: CardView, reading: str, width: int, ink: Ink, signs: Glyphs, *, marked: bool
) -> Text:
    columns = [Column("", 2, gap=0), Column("", 5, "right", gap=2)]
    cells: list[Seg] = [
        (signs.marked if marked else "", f"bold {ink.cool}"),
        (str(card.number), f"bold {ink.text}"),
    ]
    if reading != BY_COLUMN:
        columns.append(Column("", 10))
        cells.append((card.column, ink.muted))
    if reading != BY_SEAT:
        columns.append(Column("", 13))
        cells.append((card.seat, ink.muted))
    columns += [Column("", 15), Column("", gap=0)]
    cells += [
        (votes(card), ink.cool if card.mine else ink.muted),
        (card.text, f"bold {ink.text}" if marked else ink.text),
    ]
    right = [(_("plan"), f"bold {ink.cool}")] if card.planned else []
    return Table(columns, width, signs).row(cells, ink.raised if marked else "", right)


def _pressed(card: CardView, rows: list[Text]) -> list[Text]:
    """Its rows; a click on them marks it."""
    for row in rows:
        row.stylize(f"@mark({card.number})")
    return rows


def grid(
    groups: Sequence[Group],
    width: int,
    height: int,
    beside: int,
    marked: int,
    ink: Ink,
    signs: Glyphs,
) -> list[Text]:
    """The columns in bands of `beside`, each column round the marked card."""
    room = (width - GAP * (beside - 1)) // beside
    tall = height // -(-len(groups) // beside)
    rows: list[Text] = []
    for first in range(0, len(groups), beside):
        columns = [
            _column(group, room, tall, marked, ink, signs)
            for group in groups[first : first + beside]
        ]
        gap = Text(" " * GAP, end="", no_wrap=True)
        rows += [gap.join(parts) for parts in zip(*columns, strict=True)]
    for row in rows:
        row.pad_right(width - row.cell_len)
    return rows


def _column(
    group: Group, width: int, height: int, marked: int, ink: Ink, signs: Glyphs
) -> list[Text]:
    lines = 2 if height < 20 else 4
    fits = max((height - 2) // (lines + 1), 1)
    at = next((n for n, card in enumerate(group.cards) if card.number == marked), 0)
    first = max(0, min(at - fits + 1, len(group.cards) - fits)) if at >= fits else 0
    shown = group.cards[first : first + fits]
    if len(shown) < len(group.cards):
        last = first + len(shown)
        note = _("{first}-{last} of {note}", first=first + 1, last=last, note=group.note)
        group = replace(group, note=note)
    rows = [head(group, width, ink), paint.rule(width, ink, signs)]
    for card in shown:
        made = _card(card, width, lines, ink, signs, marked=card.number == marked)
        rows += _pressed(card, made)
    return rows + [paint.blank(width)] * (height - len(rows))


def _card(
    card: CardView, width: int, lines: int, ink: Ink, signs: Glyphs, *, marked: bool
) -> list[Text]:
    fill = ink.raised if marked else ""
    right = "  ".join(part for part in (votes(card), _("plan") if card.planned else "") if part)
    head_cells: list[Seg] = [
        (f"{signs.marked if marked else ' '} ", f"bold {ink.cool}"),
        (f"{card.number} ", f"bold {ink.text}"),
        (card.seat, ink.muted),
    ]
    tone = ink.cool if card.mine else ink.muted
    first = paint.line(width, head_cells, [(right, tone)] if right else (), fill)
    parts = paint.broken(card.text, width - 2)
    if len(parts) > lines:
        last = paint.cut(f"{parts[lines - 1]} {parts[lines]}", width - 2, signs)
        parts = [*parts[: lines - 1], last]
    parts += [""] * (lines - len(parts))
    style = f"bold {ink.text}" if marked else ink.text
    return [first, *(paint.line(width, [("  ", ""), (part, style)], (), fill) for part in parts)]
