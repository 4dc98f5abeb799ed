"""The Hot wash: the board that everybody writes on, and the questions that get it going."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import ClassVar, cast

from rich.text import Text
from textual.binding import Binding, BindingType

from ttx.i18n import N_, _
from ttx.session.feedback import CloseForm
from ttx.session.notebook_events import COLUMNS, DELTA, PLUS
from ttx.session.side_commands import PutUp
from ttx.session.view.asking import Ask, asks
from ttx.session.view.feedback import closing, form, results
from ttx.session.view.notebook_text import COLUMN
from ttx.tui import paint
from ttx.tui.parts.layout import Cell, boxes, column
from ttx.tui.region import Box, Region
from ttx.tui.screens.feedback import FeedbackForm, results_sheet
from ttx.tui.screens.gate import opens
from ttx.tui.screens.hotwash_board import BoardRegion
from ttx.tui.screens.hotwash_plan import plan_sheet
from ttx.tui.screens.play import PlayPage

OPENING = N_("What would you keep, what would you change, and what did you see?")
QUESTION = 4
"""Rows of the question with its label."""


class HotWashScreen(PlayPage):
    """Six columns of cards with votes; the top ones become rows of the improvement plan."""

    REGIONS: ClassVar[tuple[str, ...]] = ("asking", "board", "card")
    PARTS: ClassVar[Mapping[str, type[Region]]] = {"board": BoardRegion}
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("plus", f"put_up('{PLUS}')", "plus", id="plus", tooltip="A plus: to keep"),
        Binding("minus", f"put_up('{DELTA}')", "delta", id="minus", tooltip="A delta: to change"),
        *(
            Binding(str(at), f"put_up('{name}')", name, id=f"put-{name}", tooltip=COLUMN[name])
            for at, name in enumerate(COLUMNS[:4], start=1)
        ),
        Binding("i", "whole_plan", "plan", id="whole-plan", tooltip="The improvement plan"),
        Binding(
            "f", "feedback", "form", id="feedback", tooltip="The feedback form, or its results"
        ),
        Binding("F", "close_form", "close form", id="close-form", tooltip="Close it for good"),
        Binding("Z", "in_full", "in full", id="in-full", tooltip="What is cut here, in full"),
        Binding("enter", "ask_next(1)", "ask", id="ask", tooltip="The next question to ask"),
        Binding("b", "ask_next(-1)", "ask", id="ask-back", tooltip="The question before"),
    ]
    name_of_page: ClassVar[str] = N_("hot wash")

    def __init__(self) -> None:
        """An empty board."""
        super().__init__()
        self.board = cast("BoardRegion", self.regions["board"])

    # --- what is shown ---

    @property
    def asking(self) -> bool:
        """Whether the questions are this seat's to ask: the facilitator's, or anybody's alone."""
        return opens(self) and self.live

    def _asks(self) -> tuple[Ask, ...]:
        return self.kept("asks", lambda: asks(self.eye))

    def foot(self) -> Sequence[tuple[str, str]]:
        """Writing and voting, where this seat does; the other keys stand on the board."""
        writes = self.board.writes
        keys = [("plus minus", _("plus, delta"))] if writes else []
        keys.append(("down up", _("card")))
        if writes:
            keys.append(("vote", _("vote")))
        form_keys = ("feedback", _("form"))
        if self._closes and self.context.hosted:
            form_keys = ("feedback close-form", _("form, close it"))
        return [*keys, ("whole-plan", _("plan")), form_keys, ("go-hotwash", _("review"))]

    @property
    def _closes(self) -> bool:
        """Whether the feedback form is this seat's to close, and open."""
        view = form(self.eye)
        return self.live and view is not None and view.closes

    def plan(self) -> dict[str, Box]:
        """The question above, the board, and the marked card in full below."""
        asking, board = Cell("asking", QUESTION), Cell("board")
        small = column(asking, board, Cell("card", 4))
        large = column(1, asking, 1, board, 1, Cell("card", 6))
        return boxes(self.by_size(small, large), self.body)

    def draw(self) -> None:
        """Fill the regions."""
        self.put("asking", self._question(self.places["asking"].width))
        self.board.draw()
        card = self.places["card"]
        self.put("card", self.board.about(card.width, card.height))

    def _question(self, width: int) -> list[Text]:
        """What is asked, for whoever asks it; a click on it asks the next."""
        ink, does = self.ink, ""
        label, note = _("HOT WASH"), _("no fault, no rank: what helps next time")
        sentence = _(OPENING)
        if self.asking:
            questions, does = self._asks(), " @ask_next(1)"
            at = self.context.state.asked % max(len(questions), 1)
            asked = questions[at] if questions else Ask(_("to the room"), sentence)
            label, sentence = _("ASK: {kind}", kind=asked.kind.upper()), asked.sentence
            note = _(
                "{at} of {count}   {on} next   {back} back",
                at=at + 1,
                count=len(questions),
                on=self.key("ask"),
                back=self.key("ask-back"),
            )
            note = note if questions else ""
        right = [(note, ink.muted + does)]
        rows = self.headed(paint.line(width, [(label, f"bold {ink.muted}{does}")], right))
        most = QUESTION - len(rows)
        return rows + paint.block(width, sentence, f"bold {ink.strong}{does}", 130, most)

    # --- what can be done ---

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Only who may write has keys for it, and only who asks steps through the questions."""
        match action:
            case "put_up" | "vote" | "plan_row" | "strike" | "correct" if not self.board.writes:
                return False
            case "plan_row" if not self.board.view.plans:
                return False
            case "ask_next" if not self.asking:
                return False
            case "close_form" if not self._closes:
                return False
        return super().check_action(action, parameters)

    def action_put_up(self, column: str) -> None:
        """Write a card for a column."""

        def written(words: str) -> bool:
            done = not words or self.request(PutUp(column, words))
            if words and done:
                self.board.go_to(len(self.game.notebook.cards))
            return done

        name = _(COLUMN[column])
        self.prompt_text(name[0].upper() + name[1:], written, does=_("puts it up"))

    def action_ask_next(self, by: int) -> None:
        """The next question, or the one before; after the last the first."""
        self.context.state.asked = (self.context.state.asked + by) % max(len(self._asks()), 1)
        self.paint()

    def action_feedback(self) -> None:
        """The form of this seat while it can be handed in, or lies there unsent; then the results.

        What was set in it and not handed in before it was closed can be read there.
        """
        view, found = form(self.eye), results(self.eye)
        unsent = bool(self.context.state.feedback)
        if self.live and view is not None and (view.open or unsent):
            self.shell.open(FeedbackForm(self._handed_in))
        elif found is not None:
            self.shell.open(results_sheet(self))
        elif view is not None and not view.open:
            self.show_notice(_("The feedback form is closed; the report tells what all said."))
        else:
            self.show_notice(_("The feedback form is for the seats of a run, at its hot wash."))

    def _handed_in(self) -> None:
        words = _(
            "Your form is handed in; {key} changes it until it is closed.", key=self.key("feedback")
        )
        self.show_notice(words)

    def action_close_form(self) -> None:
        """Close it, after a question: it does not open again."""
        sentence = closing(self.eye, self.context.seats_here)
        done = _("Closed; {key} tells what all said.", key=self.key("feedback"))
        self.confirm(sentence, _("Close it"), partial(self.request, CloseForm(), done))

    def action_whole_plan(self) -> None:
        """The improvement plan as a page."""
        self.shell.open(plan_sheet(self))
