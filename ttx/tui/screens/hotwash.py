"""The Hot wash: the board that everybody writes on, and the questions that get it going."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import ClassVar

from rich.text import Text
from textual.binding import Binding, BindingType

from ttx.i18n import N_, _
from ttx.session.notebook_events import COLUMNS, DELTA, PLUS
from ttx.session.side_commands import PutUp, Vote
from ttx.session.view import wash
from ttx.session.view.asking import Ask, asks
from ttx.session.view.entry_text import COLUMN
from ttx.session.view.wash import (
    BY_COLUMN,
    BY_VOTES,
    READINGS,
    BoardView,
    CardView,
    Group,
    groups,
)
from ttx.tui import paint
from ttx.tui.page import LARGE, SMALL
from ttx.tui.region import Box, Region
from ttx.tui.screens.gate import opens
from ttx.tui.screens.hotwash_plan import PlanForm, plan_sheet
from ttx.tui.screens.play import PlayPage
from ttx.tui.widgets import board as cards

TOLD = N_("What would you keep, what would you change, and what did you see?")
ASIDE = ("put", "vote")
"""What only a seat that writes may do."""


class HotWashScreen(PlayPage):
    """Six columns of cards with votes; the top ones become rows of the improvement plan."""

    REGIONS: ClassVar[tuple[str, ...]] = ("asking", "board", "card")
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("plus", f"put('{PLUS}')", "plus", id="plus", tooltip="A plus: what to keep"),
        Binding("minus", f"put('{DELTA}')", "delta", id="delta", tooltip="A delta: what to change"),
        *(
            Binding(str(at), f"put('{name}')", name, id=f"put-{name}", tooltip=COLUMN[name])
            for at, name in enumerate(COLUMNS[:4], start=1)
        ),
        Binding("j,down", "step(1)", "down", id="down", tooltip="Next card"),
        Binding("k,up", "step(-1)", "up", id="up", tooltip="Card before"),
        Binding("g,home", "edge(0)", "first", id="first", tooltip="First card"),
        Binding("G,end", "edge(-1)", "last", id="last", tooltip="Last card"),
        Binding("l,right", "across(1)", "right", id="right", tooltip="Next column"),
        Binding("h,left", "across(-1)", "left", id="left", tooltip="Column before"),
        Binding("v", "vote", "vote", id="vote", tooltip="Give the marked card a vote, or take it"),
        Binding("o", "order", "order", id="order", tooltip="By column, by votes, by seat"),
        Binding("p", "plan_row", "plan it", id="plan-row", tooltip="Make the card a row of a plan"),
        Binding("i", "whole_plan", "plan", id="whole-plan", tooltip="The improvement plan"),
        Binding("enter", "ask_next(1)", "ask", id="ask", tooltip="The next question to ask"),
        Binding("b", "ask_next(-1)", "ask", id="ask-back", tooltip="The question before"),
    ]
    name_of_page: ClassVar[str] = N_("hot wash")

    def __init__(self) -> None:
        """By column, nothing marked yet."""
        super().__init__()
        self.marked = 0
        """The number of a card."""
        self.reading = BY_COLUMN
        self._ranked: list[int] = []
        """The cards by votes as they were when that was asked for: a vote moves no row away from
        under a mark."""
        self._kept_words: dict[str, str] = {}
        """What was refused, by column; it is there when the key is pressed again."""

    # --- what is shown ---

    @property
    def view(self) -> BoardView:
        """The board of this seat; empty before the hot wash."""
        found = self.kept("board", lambda: wash.board(self.eye))
        return found or BoardView((), writes=False, left=0, plans=False)

    @property
    def writes(self) -> bool:
        """Whether something can be put on the board here and now."""
        return self.view.writes and self.live

    @property
    def asking(self) -> bool:
        """Whether the questions are this seat's to ask: the facilitator's, or anybody's alone."""
        return opens(self) and self.live

    def _asks(self) -> tuple[Ask, ...]:
        return self.kept("asks", lambda: asks(self.eye))

    def _groups(self) -> tuple[Group, ...]:
        """The cards as they are read here; for who only reads, votes rank them at once."""
        found = groups(self.view, self.reading)
        if self.reading != BY_VOTES or not self.writes:
            return found
        places = {number: at for at, number in enumerate(self._ranked)}
        cards = sorted(self.view.cards, key=lambda one: places.get(one.number, one.number + 10**6))
        return (replace(found[0], cards=tuple(cards)),)

    def _order(self) -> list[CardView]:
        return [card for group in self._groups() for card in group.cards]

    def _card(self) -> CardView | None:
        """The marked card, or the first; none on an empty board."""
        order = self._order()
        found = [one for one in order if one.number == self.marked]
        return found[0] if found else order[0] if order else None

    def foot(self) -> Sequence[tuple[str, str]]:
        """Writing and voting, where this seat does; the other keys stand on the board."""
        keys = [("+", _("plus")), ("-", _("delta"))] if self.writes else []
        keys.append(("j k", _("card")))
        if self.writes:
            keys.append(("v", _("vote")))
        keys += [("i", _("plan")), ("W", _("review"))]
        return keys

    def plan(self) -> dict[str, Box]:
        """The question above, the board, and the marked card in full below."""
        x, y, width, height = self.body
        if self.form == SMALL:
            return {
                "asking": Box(x, y, width, 4),
                "board": Box(x, y + 4, width, height - 8),
                "card": Box(x, y + height - 4, width, 4),
            }
        return {
            "asking": Box(x, y + 1, width, 4),
            "board": Box(x, y + 6, width, height - 13),
            "card": Box(x, y + height - 6, width, 6),
        }

    def draw(self) -> None:
        """Fill the regions."""
        places = self.places
        self.put("asking", self._question_rows(places["asking"].width))
        box = places["board"]
        ink, view = self.ink, self.view
        left = _("   {left} of your votes left", left=view.left) if self.writes else ""
        top = [
            paint.label(
                box.width,
                _("THE BOARD"),
                ink,
                _("o by {reading}{left}", reading=self.reading, left=left),
            )
        ]
        if self.form != SMALL:
            top.append(paint.blank(box.width))
        room = box.height - len(top)
        found, card = self._groups(), self._card()
        number = card.number if card is not None else 0
        if self.reading == BY_COLUMN and self.form != SMALL:
            beside = 6 if self.form == LARGE else 3
            rows = cards.grid(found, box.width, room, beside, number, ink, self.glyphs)
        else:
            rows = cards.listed(found, self.reading, box.width, room, number, ink, self.glyphs)
        self.put("board", [*top, *rows])
        self.put("card", self._card_rows(card, places["card"]))

    def _question_rows(self, width: int) -> list[Text]:
        ink, small = self.ink, self.form == SMALL
        room = min(width, 130)
        if not self.asking:
            rows = [
                paint.label(width, _("HOT WASH"), ink, _("no fault, no rank: what helps next time"))
            ]
            if not small:
                rows.append(paint.rule(width, ink, self.glyphs))
            return [*rows, paint.line(width, [(_(TOLD), f"bold {ink.strong}")])]
        every = self._asks()
        at = self.context.state.asked % len(every) if every else 0
        note = (
            _("{at} of {every}   Enter next   b back", at=at + 1, every=len(every)) if every else ""
        )
        words = every[at] if every else Ask(_("to the room"), _(TOLD))
        rows = [paint.label(width, _("ASK: {kind}", kind=words.kind.upper()), ink, note)]
        if not small:
            rows.append(paint.rule(width, ink, self.glyphs))
        told = paint.broken(words.sentence, room)
        fits = 4 - len(rows)
        if len(told) > fits:
            told = [*told[: fits - 1], paint.cut(" ".join(told[fits - 1 :]), room, self.glyphs)]
        return rows + [paint.line(width, [(one, f"bold {ink.strong}")]) for one in told]

    def _card_rows(self, card: CardView | None, box: Box) -> list[Text]:
        ink, width = self.ink, box.width
        if card is None:
            words = _("The board is empty. ") + (
                _("+ and - and the digits put up a card.")
                if self.writes
                else _("Cards appear here as they are put up.")
            )
            return [paint.blank(width), paint.line(width, [(words, ink.muted)])]
        note = cards.votes(card) or _("no vote")
        if self.view.plans:
            note += _("   p plan it") if not card.planned else _("   p change its row")
        who = f"{card.seat}, {card.cell}" if card.cell else card.seat
        rows = [
            paint.label(
                width,
                _(
                    "CARD {number}  {column}",
                    number=card.number,
                    column=_(COLUMN[card.column]).upper(),
                ),
                ink,
                note,
                [(f"   {who}", ink.muted)],
            ),
        ]
        if self.form != SMALL:
            rows.append(paint.rule(width, ink, self.glyphs))
        row = next((one for one in wash.plan(self.eye) if one.card == card.number), None)
        last = (
            [
                _(
                    "plan: {action} ({owner}, by {due})",
                    action=row.action,
                    owner=row.owner,
                    due=row.due,
                )
            ]
            if row is not None
            else []
        )
        room = box.height - len(rows) - len(last)
        told = paint.broken(card.text, min(width, 110))
        if len(told) > room:
            told = [*told[: room - 1], paint.cut(" ".join(told[room - 1 :]), width, self.glyphs)]
        rows += [paint.line(width, [(one, ink.text)]) for one in told]
        return rows + [paint.line(width, [(one, ink.cool)]) for one in last]

    # --- what can be done ---

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Only who may write has keys for it, and only who asks steps through the questions."""
        if action in ASIDE and not self.writes:
            return False
        if action == "plan_row" and not (self.writes and self.view.plans):
            return False
        if action == "ask_next" and not self.asking:
            return False
        return super().check_action(action, parameters)

    def action_put(self, column: str) -> None:
        """Write a card for a column."""

        def done(words: str) -> None:
            if not words:
                self._kept_words.pop(column, None)
            elif self.request(PutUp(column, words)):
                self._kept_words.pop(column, None)
                self.marked = len(self.game.notebook.cards)
            else:
                self._kept_words[column] = words

        name = COLUMN[column]
        self.prompt_text(
            name[0].upper() + name[1:], done, self._kept_words.get(column, ""), _("puts it up")
        )

    def action_step(self, by: int) -> None:
        """Mark the next card, or the one before."""
        order, card = self._order(), self._card()
        if card is not None:
            at = [one.number for one in order].index(card.number)
            self.marked = order[(at + by) % len(order)].number
            self.paint()

    def action_edge(self, at: int) -> None:
        """Mark the first card, or the last."""
        order = self._order()
        if order:
            self.marked = order[at].number
            self.paint()

    def action_across(self, by: int) -> None:
        """Mark the first card of the next column, or seat, that has one."""
        found = [group.cards for group in self._groups() if group.cards]
        card = self._card()
        if card is None:
            return
        at = next(n for n, own in enumerate(found) if card in own)
        self.marked = found[(at + by) % len(found)][0].number
        self.paint()

    def action_order(self) -> None:
        """Read the board otherwise; the mark stays on its card."""
        card = self._card()
        self.marked = card.number if card is not None else 0
        self.reading = READINGS[(READINGS.index(self.reading) + 1) % len(READINGS)]
        (ranked,) = groups(self.view, BY_VOTES)
        self._ranked = [one.number for one in ranked.cards]
        self.paint()

    def action_vote(self) -> None:
        """Give the marked card a vote, or take it back."""
        card = self._card()
        if card is None:
            self.show_notice(_("There is no card to vote for."))
        else:
            self.marked = card.number
            self.request(Vote(card.number, given=not card.mine))

    def action_ask_next(self, by: int) -> None:
        """The next question, or the one before; after the last the first."""
        self.context.state.asked = (self.context.state.asked + by) % max(len(self._asks()), 1)
        self.paint()

    def action_plan_row(self) -> None:
        """Make the marked card a row of the improvement plan."""
        card = self._card()
        if card is None:
            self.show_notice(_("There is no card to plan for."))
        else:
            self.marked = card.number
            self.shell.open(PlanForm(card.number))

    def action_whole_plan(self) -> None:
        """The improvement plan as a page."""
        self.shell.open(plan_sheet(self))

    # --- mouse ---

    def action_mark(self, card: int) -> None:
        """Mark the card that was clicked."""
        self.marked = card
        self.paint()

    def on_region_clicked(self, event: Region.Clicked) -> None:
        """A click on the question asks the next."""
        if event.region == "asking" and self.asking:
            self.action_ask_next(1)

    def on_region_scrolled(self, message: Region.Scrolled) -> None:
        """The wheel moves the mark."""
        self.action_step(message.by)
