"""Rows of the hot wash's board: columns side by side where there is room, else one list."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from rich.text import Text

from ttx.i18n import _, ngettext
from ttx.session.notebook_events import COLUMNS, DELTA, PLUS
from ttx.session.view.wash import BY_COLUMN, BY_SEAT, CardView, Group
from ttx.tui import paint
from ttx.tui.theme import Glyphs, Ink

KEYS = {
    **{name: str(at) for at, name in enumerate(COLUMNS[:4], start=1)},
    PLUS: "+",
    DELTA: "-",
}
"""What is pressed for a card of each column."""
GAP = 4
"""Cells between two columns."""


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a card is painted, for the mouse."""

    top: int
    bottom: int
    left: int
    right: int
    card: int


@dataclass(slots=True)
class Painted:
    """Rows, and where the cards are in them."""

    rows: list[Text] = field(default_factory=list)
    spots: list[Spot] = field(default_factory=list)

    def at(self, row: int, column: int) -> int:
        """The number of the card at a cell; 0 where there is none."""
        for one in self.spots:
            if one.top <= row < one.bottom and one.left <= column < one.right:
                return one.card
        return 0


def votes(one: CardView) -> str:
    """How many votes a card has, and whether one of them is this seat's."""
    count = ngettext("{count} vote", "{count} votes", one.votes) if one.votes else ""
    return _("{count}, yours", count=count) if one.mine else count


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
) -> Painted:
    """All groups under each other, a row for each card, round the marked one.

    A row does not say what its group says.
    """
    rows: list[Text] = []
    cards: list[int] = []
    for group in groups:
        rows.append(head(group, width, ink))
        cards.append(0)
        for one in group.cards:
            rows.append(_row(one, reading, width, ink, signs, marked=one.number == marked))
            cards.append(one.number)
    at = cards.index(marked) if marked in cards else 0
    top = max(0, min(at - height // 2, len(rows) - height))
    painted = Painted(rows[top : top + height])
    painted.spots = [
        Spot(row, row + 1, 0, width, card)
        for row, card in enumerate(cards[top : top + height])
        if card
    ]
    return painted


def _row(one: CardView, reading: str, width: int, ink: Ink, signs: Glyphs, *, marked: bool) -> Text:
    bold = "bold " if marked else ""
    column = "" if reading == BY_COLUMN else f"{one.column:<10}"
    seat = "" if reading == BY_SEAT else f"{paint.clean(one.seat)[:12]:<13}"
    return paint.line(
        width,
        [
            (f"{signs.marked if marked else ' '} ", f"bold {ink.cool}"),
            (f"{one.number:>3}  ", f"bold {ink.text}"),
            (f"{column}{seat}", ink.muted),
            (f"{votes(one):<15}", ink.cool if one.mine else ink.muted),
            (one.text, f"{bold}{ink.text}"),
        ],
        [(_("plan"), f"bold {ink.cool}")] if one.planned else (),
        ink.raised if marked else "",
    )


def grid(
    groups: Sequence[Group],
    width: int,
    height: int,
    beside: int,
    marked: int,
    ink: Ink,
    signs: Glyphs,
) -> Painted:
    """The columns in bands of `beside`, each column round the marked card."""
    room = (width - GAP * (beside - 1)) // beside
    bands = -(-len(groups) // beside)
    tall = height // bands
    painted = Painted()
    for band in range(bands):
        columns = groups[band * beside : (band + 1) * beside]
        made = [_column(one, room, tall, marked, ink, signs) for one in columns]
        for at in range(tall):
            row = Text(end="", no_wrap=True)
            for number, column in enumerate(made):
                row.append(" " * (GAP if number else 0))
                row.append_text(column.rows[at])
            row.append(" " * (width - len(made) * (room + GAP) + GAP))
            painted.rows.append(row)
        for number, column in enumerate(made):
            left, top = number * (room + GAP), band * tall
            painted.spots += [
                Spot(s.top + top, s.bottom + top, left, left + room, s.card) for s in column.spots
            ]
    return painted


def _column(group: Group, width: int, height: int, marked: int, ink: Ink, signs: Glyphs) -> Painted:
    lines = 2 if height < 20 else 4
    tall = lines + 1
    fits = max((height - 2) // tall, 1)
    at = next((n for n, one in enumerate(group.cards) if one.number == marked), 0)
    first = max(0, min(at - fits + 1, len(group.cards) - fits)) if at >= fits else 0
    shown = group.cards[first : first + fits]
    if len(shown) < len(group.cards):
        group = replace(
            group,
            note=_(
                "{first}-{first_2} of {note}",
                first=first + 1,
                first_2=first + len(shown),
                note=group.note,
            ),
        )
    painted = Painted([head(group, width, ink), paint.rule(width, ink, signs)])
    for one in shown:
        top = len(painted.rows)
        painted.rows += _card(one, width, lines, ink, signs, marked=one.number == marked)
        painted.spots.append(Spot(top, len(painted.rows), 0, width, one.number))
    painted.rows += [paint.blank(width)] * (height - len(painted.rows))
    return painted


def _card(
    one: CardView, width: int, lines: int, ink: Ink, signs: Glyphs, *, marked: bool
) -> list[Text]:
    fill = ink.raised if marked else ""
    right = f"{votes(one)}{'  plan' if one.planned else ''}".strip()
    first = paint.line(
        width,
        [
            (f"{signs.marked if marked else ' '} ", f"bold {ink.cool}"),
            (f"{one.number} ", f"bold {ink.text}"),
            (one.seat, ink.muted),
        ],
        [(right, ink.cool if one.mine else ink.muted)] if right else (),
        fill,
    )
    told = paint.broken(one.text, width - 2)
    if len(told) > lines:
        told = [*told[: lines - 1], paint.cut(f"{told[lines - 1]} {told[lines]}", width - 2, signs)]
    told += [""] * (lines - len(told))
    style = f"bold {ink.text}" if marked else ink.text
    return [first, *(paint.line(width, [("  ", ""), (part, style)], (), fill) for part in told)]
