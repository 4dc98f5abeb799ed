"""The board of the hot wash as a list: its cards however they are read, and the marked one."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import ClassVar

from rich.text import Text
from textual.binding import Binding, BindingType

from ttx.i18n import N_, _
from ttx.session.notebook_events import COLUMNS, DELTA, PLUS
from ttx.session.side_commands import Vote
from ttx.session.striking import Strike
from ttx.session.view import wash
from ttx.session.view.wash import BY_COLUMN, BY_SEAT, BY_VOTES, READINGS, BoardView, CardView, Group
from ttx.tui import paint
from ttx.tui.page import SMALL
from ttx.tui.parts.list import ListRegion
from ttx.tui.screens.hotwash_plan import PlanForm
from ttx.tui.screens.play import PlayRegion
from ttx.tui.widgets.board import Drawing

CLOSED = BoardView((), writes=False, left=0, plans=False)
"""The board before the hot wash."""
PUTS = {PLUS: "plus", DELTA: "minus"}
"""The bindings that put up a card of these columns; of another, `put-` and its name."""
READ = {
    BY_COLUMN: N_("{key} by column"),
    BY_VOTES: N_("{key} by votes"),
    BY_SEAT: N_("{key} by seat"),
}


class BoardRegion(ListRegion[int], PlayRegion):
    """Cards by their numbers, side by side in their columns where there is room."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("l,right", "across(1)", "right", id="right", tooltip="Next column"),
        Binding("h,left", "across(-1)", "left", id="left", tooltip="Column before"),
        Binding("v", "vote", "vote", id="vote", tooltip="Give the marked card a vote, or take it"),
        Binding("o", "order", "order", id="order", tooltip="By column, by votes, by seat"),
        Binding("e", "correct", "correct", id="correct", tooltip="Correct your own card"),
        Binding("x", "strike", "strike", id="strike", tooltip="Take your own card off the board"),
        Binding("p", "plan_row", "plan it", id="plan-row", tooltip="Make the card a row of a plan"),
    ]

    def __init__(self, name: str) -> None:
        """Read by column."""
        super().__init__(name)
        self.reading = BY_COLUMN
        self._ranked: list[int] = []
        """The cards by votes as they were when that was asked for: a vote moves no row away from
        under a mark."""

    # --- what is shown ---

    @property
    def view(self) -> BoardView:
        """The board of this seat."""
        return self.page.kept("board", lambda: wash.board(self.page.eye)) or CLOSED

    @property
    def writes(self) -> bool:
        """Whether something can be put on the board here and now."""
        return self.view.writes and self.page.live

    @property
    def card(self) -> CardView | None:
        """The marked card; none on an empty board."""
        return next((card for card in self.view.cards if card.number == self.marked), None)

    def _groups(self) -> tuple[Group, ...]:
        """The cards as they are read here; for who only reads, votes rank them at once."""
        groups = wash.groups(self.view, self.reading)
        if self.reading != BY_VOTES or not self.writes:
            return groups
        place = {number: at for at, number in enumerate(self._ranked)}
        cards = sorted(self.view.cards, key=lambda card: place.get(card.number, 10**6))
        return (replace(groups[0], cards=tuple(cards)),)

    def draw(self) -> None:
        """The board round the marked card."""
        page, width, groups = self.page, self.area.width, self._groups()
        self.take([card.number for group in groups for card in group.cards])
        keymap = page.keymap
        keys = {name: keymap.shown(PUTS.get(name, f"put-{name}")) for name in COLUMNS}
        note = _(READ[self.reading], key=keymap.shown("order"))
        if self.writes:
            note += _("   {left} of your votes left", left=self.view.left)
        head = [paint.label(width, _("THE BOARD"), page.ink, note)]
        head += page.by_size([], [paint.blank(width)])
        room = self.area.height - len(head)
        if self.reading == BY_COLUMN and page.form != SMALL:
            drawing = Drawing(self.marked or 0, width, page.ink, page.glyphs, keys)
            self.show(drawing.grid(groups, room, page.by_size(3, 3, 6)), head)
            return
        bar = 2 if len(self.keys) + len(groups) > room else 0
        drawing = Drawing(self.marked or 0, width - bar, page.ink, page.glyphs, keys)
        rows = drawing.listed(groups, self.reading)
        if not self.keys:
            head += rows[0]
        self.show_items(lambda number, _marked: rows[number], head)

    # --- the mark ---

    def go_to(self, card: int) -> None:
        """Mark a card, be it new on the board."""
        self.take([card.number for card in self.view.cards])
        self.mark(card)

    def action_go_to(self, card: int) -> None:
        """Mark the card that was clicked."""
        self.go_to(card)
        self.page.paint()

    def action_across(self, by: int) -> None:
        """Mark the first card of the next column, or seat, that has one."""
        columns = [group for group in self._groups() if group.cards]
        at = next((n for n, group in enumerate(columns) if self.card in group.cards), None)
        if at is not None:
            self.action_go_to(columns[(at + by) % len(columns)].cards[0].number)

    def action_order(self) -> None:
        """Read the board otherwise; the mark stays on its card."""
        self.reading = READINGS[(READINGS.index(self.reading) + 1) % len(READINGS)]
        (ranked,) = wash.groups(self.view, BY_VOTES)
        self._ranked = [card.number for card in ranked.cards]
        self.page.paint()

    # --- what becomes of the marked card ---

    def action_vote(self) -> None:
        """Give the marked card a vote, or take it back."""
        if self.card is None:
            self.page.show_notice(_("There is no card to vote for."))
        elif self.card.struck:
            self.page.show_notice(_("Card {card} was struck.", card=self.card.number))
        else:
            self.page.request(Vote(self.card.number, given=not self.card.mine))

    def action_strike(self) -> None:
        """Take one's own card off the board, after a question."""
        card = self._own_card()
        if card is not None:
            done = _("Card {card} is struck; the record has it.", card=card.number)
            strike = partial(self.page.request, Strike(card.entry), done)
            words = _("Strike your card {card}? Its votes go back.", card=card.number)
            self.page.confirm(words, _("Strike"), strike)

    def action_correct(self) -> None:
        """Have other words on one's own card."""
        card = self._own_card()
        if card is None:
            return

        def correct(words: str) -> bool:
            done = _("Card {card} is corrected; the record has both.", card=card.number)
            same = words in ("", card.text)
            return same or self.page.request(Strike(card.entry, words), done)

        what = _("Card {card}, corrected", card=card.number)
        self.page.prompt_text(what, correct, card.text)

    def _own_card(self) -> CardView | None:
        """The marked card where it is this seat's to change; else it is said why it is not."""
        card = self.card
        if card is None:
            self.page.bar(_("The board is empty."))
        elif not card.own:
            self.page.bar(_("Only {seat} can strike or correct this card.", seat=card.seat))
        elif card.struck:
            self.page.bar(_("It is struck already."))
        else:
            return card
        return None

    def action_plan_row(self) -> None:
        """Make the marked card a row of the improvement plan."""
        if self.card is None:
            self.page.show_notice(_("There is no card to plan for."))
        elif self.card.struck:
            self.page.show_notice(_("Card {card} was struck.", card=self.card.number))
        else:
            self.page.shell.open(PlanForm(self.card.number, self._planned))

    def _planned(self, card: int) -> None:
        words = _(
            "Card {card} is a row of the improvement plan; {key} shows it.",
            card=card,
            key=self.page.key("whole-plan"),
        )
        self.page.show_notice(words)

    def about(self, width: int, height: int) -> list[Text]:
        """The marked card in full."""
        page, card, key = self.page, self.card, self.page.key("plan-row")
        ink = page.ink
        if card is None:
            put_up = _(
                "The board is empty. {plus} and {minus} and the digits put up a card.",
                plus=page.key("plus"),
                minus=page.key("minus"),
            )
            wait = _("The board is empty. Cards appear here as they are put up.")
            words = put_up if self.writes else wait
            return [paint.blank(width), paint.line(width, [(words, ink.muted)])]
        does = _("{key} change its row", key=key) if card.planned else _("{key} plan it", key=key)
        own = ""
        if self.writes and card.own and not card.struck:
            keys = {name: page.key(name) for name in ("correct", "strike")}
            own = _("{correct} correct, {strike} strike", **keys)
        drawing = Drawing(card.number, width, ink, page.glyphs)
        plans = does if self.view.plans and not card.struck else ""
        head = page.headed(drawing.card_head(card, "   ".join(filter(None, (own, plans)))))
        last = []
        for row in wash.plan(page.eye):
            if row.card == card.number:
                made = row.made
                facts = {"action": made.action, "owner": made.owner, "due": made.due}
                words = _("plan: {action} ({owner}, by {due})", **facts)
                last.append(paint.line(width, [(words, ink.cool)]))
        most = height - len(head) - len(last)
        tone = f"{ink.muted} strike" if card.struck else ink.text
        return [*head, *paint.block(width, card.text, tone, most=most), *last]
