"""Rows of the hot wash's board: columns side by side where there is room, else one list."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from rich.cells import cell_len
from rich.text import Text

from ttx.i18n import N_, _, ngettext
from ttx.session.view.notebook_text import COLUMN
from ttx.session.view.wash import BY_COLUMN, BY_SEAT, CardView, Group
from ttx.tui import paint
from ttx.tui.paint import Seg
from ttx.tui.parts.table import Column, Table
from ttx.tui.theme import Glyphs, Ink

IN_A_WORD = (N_("planned"), N_("happened"), N_("why"), N_("next"), N_("plus"), N_("delta"))
"""The columns where there is room for one word only, by which the record knows them."""
GAP = 4
"""Cells between two columns."""


def _room(words: Iterable[str]) -> int:
    """Cells for the longest of these and a gap: what they leave is for what the cards say."""
    return min(max(map(cell_len, words), default=0), 16) + 2


def votes(card: CardView) -> str:
    """How many votes a card has, and whether one of them is this seat's; or that it was struck."""
    if card.struck:
        return _("struck")
    count = ngettext("{count} vote", "{count} votes", card.votes) if card.votes else ""
    return _("{count}, yours", count=count) if card.mine else count


@dataclass(frozen=True)
class Drawing:
    """The board in rows of that many cells, one card marked."""

    marked: int
    width: int
    ink: Ink
    signs: Glyphs
    keys: Mapping[str, str] = field(default_factory=dict)
    """What is pressed for a card of each column."""

    def _mark(self, card: CardView) -> Seg:
        return self.signs.marked if card.number == self.marked else " ", f"bold {self.ink.cool}"

    def _tone(self, card: CardView) -> str:
        if card.struck:
            return f"{self.ink.muted} strike"
        return f"bold {self.ink.text}" if card.number == self.marked else self.ink.text

    def _fill(self, card: CardView) -> str:
        return self.ink.raised if card.number == self.marked else ""

    def _head(self, group: Group) -> Text:
        """Its name, the key for a card of it where it is a column, and how many there are."""
        ink = self.ink
        key = [(f"{self.keys[group.column]} ", f"bold {ink.cool}")] if group.column else []
        name = (group.name.upper(), f"bold {ink.muted}")
        return paint.line(self.width, [*key, name], [(group.note, ink.muted)])

    def card_head(self, card: CardView, does: str) -> Text:
        """What stands above a card that is shown in full."""
        column = _(COLUMN[card.column]).upper()
        title = _("CARD {number}  {column}", number=card.number, column=column)
        who = f"   {card.seat}, {card.cell}" if card.cell else f"   {card.seat}"
        note = "   ".join(filter(None, (votes(card) or _("no vote"), does)))
        return paint.label(self.width, title, self.ink, note, [(who, self.ink.muted)])

    # --- one list ---

    def listed(self, groups: Sequence[Group], reading: str) -> dict[int, list[Text]]:
        """A row for each card, under the heads of its group and of those without cards before it.

        What has no card after it stands below the last one, or alone under 0.
        """
        rows: dict[int, list[Text]] = {0: []}
        heads: list[Text] = []
        last = 0
        cards = [card for group in groups for card in group.cards]
        seat, counted = _room(card.seat for card in cards), _room(votes(card) for card in cards)
        for group in groups:
            heads.append(self._head(group))
            for card in group.cards:
                rows[card.number] = [*heads, self._row(card, reading, seat, counted)]
                heads, last = [], card.number
        rows[last] += heads
        return rows

    def _row(self, card: CardView, reading: str, seat: int, counted: int) -> Text:
        """A card; it does not say what its group says.

        Its `seat` and its votes, `counted`, have that many cells with the gap behind them.
        """
        ink = self.ink
        shown: list[tuple[Column, Seg]] = [
            (Column("", 2, gap=0), self._mark(card)),
            (Column("", 5, "right", gap=2), (str(card.number), f"bold {ink.text}")),
        ]
        if reading != BY_COLUMN:
            shown.append((Column("", 10), (_(card.column), ink.muted)))
        if reading != BY_SEAT:
            shown.append((Column("", seat, gap=2), (card.seat, ink.muted)))
        shown += [
            (Column("", counted, gap=2), (votes(card), ink.cool if card.mine else ink.muted)),
            (Column("", gap=0), (card.text, self._tone(card))),
        ]
        columns, cells = zip(*shown, strict=True)
        right = [(_("plan"), f"bold {ink.cool}")] if card.planned else []
        return Table(columns, self.width, self.signs).row(cells, self._fill(card), right)

    # --- side by side ---

    def grid(self, groups: Sequence[Group], height: int, beside: int) -> list[Text]:
        """The columns in bands of `beside`, each round the marked card."""
        drawing = replace(self, width=(self.width - GAP * (beside - 1)) // beside)
        tall = height // -(-len(groups) // beside)
        gap = Text(" " * GAP, end="", no_wrap=True)
        rows: list[Text] = []
        for first in range(0, len(groups), beside):
            columns = [drawing.column(group, tall) for group in groups[first : first + beside]]
            rows += [gap.join(parts) for parts in zip(*columns, strict=True)]
        for row in rows:
            row.pad_right(self.width - row.cell_len)
        return rows

    def column(self, group: Group, height: int) -> list[Text]:
        """A column from its head on, as far as there is room."""
        lines = 2 if height < 20 else 4
        fits = max((height - 2) // (lines + 1), 1)
        at = next((n for n, card in enumerate(group.cards) if card.number == self.marked), 0)
        first = max(0, min(at - fits + 1, len(group.cards) - fits))
        shown = group.cards[first : first + fits]
        if len(shown) < len(group.cards):
            last = first + len(shown)
            note = _("{first}-{last} of {note}", first=first + 1, last=last, note=group.note)
            group = replace(group, note=note)
        rows = [self._head(group), paint.rule(self.width, self.ink, self.signs)]
        for card in shown:
            rows += self._card(card, lines)
        return rows + [paint.blank(self.width)] * (height - len(rows))

    def _card(self, card: CardView, lines: int) -> list[Text]:
        """A card with the first of its words; a click on it marks it."""
        ink, fill = self.ink, self._fill(card)
        right = "  ".join(part for part in (votes(card), _("plan") if card.planned else "") if part)
        mark, tone = self._mark(card), ink.cool if card.mine else ink.muted
        head = [mark, (" ", ""), (f"{card.number} ", f"bold {ink.text}"), (card.seat, ink.muted)]
        parts = paint.fitted(card.text, self.width - 2, lines)
        parts += [""] * (lines - len(parts))
        rows = [paint.line(self.width, head, [(right, tone)] if right else (), fill)]
        rows += [
            paint.line(self.width, [("  ", ""), (part, self._tone(card))], (), fill)
            for part in parts
        ]
        for row in rows:
            row.stylize(f"@board.go_to({card.number})")
        return rows
