"""The Table: what do we answer? And at the opening of a turn: what do we hold and move?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import ClassVar, cast

from rich.text import Text
from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from ttx.i18n import _
from ttx.session.view import levers as lever_views
from ttx.session.view import posture
from ttx.session.view.aims import own_aims
from ttx.session.view.money import sentences
from ttx.session.view.moves import move
from ttx.session.view.standing import no_forecast
from ttx.session.view.table import meanwhile
from ttx.session.view.tracks import tracks as track_views
from ttx.tui import paint
from ttx.tui.parts.list import ListRegion
from ttx.tui.region import Box, Region
from ttx.tui.screens import in_full, sheets, table_places
from ttx.tui.screens.play import PlayPage
from ttx.tui.screens.table_hand import Hand
from ttx.tui.screens.table_levers import LeverList
from ttx.tui.screens.table_options import LOW, OptionList
from ttx.tui.screens.table_panels import (
    PANELS,
    has_news,
    question_rows,
    rows_of_message,
    standing_clock,
)
from ttx.tui.seat_state import Draft

MARKS = ("choose", "level", "lever", "sideways", "step")
"""Actions that mark an option, a lever or a level."""
OF_MESSAGE = ("text", "question", "options")
"""Regions that show what the whole message has as well."""
ALWAYS = ("text", "question", "options", "list", "clock", "held", "tracks", "beside")
"""Regions of all states: what they show depends on what the seat has before it."""


class TableScreen(PlayPage):
    """The message, the question, the options, levers, tracks and the clock on one screen."""

    PAUSES: ClassVar[bool] = True
    REGIONS: ClassVar[tuple[str, ...]] = (*ALWAYS, "map", "since")
    PARTS: ClassVar[Mapping[str, type[Region]]] = {"options": OptionList, "list": LeverList}
    WHOLE: ClassVar[tuple[str, ...]] = ("text",)
    BINDINGS: ClassVar[list[BindingType]] = [
        *(
            Binding(str(n), f"choose({n})", "choose", id=f"choose-{n}", tooltip="Choose this one")
            for n in range(1, 10)
        ),
        Binding("enter", "carry_out", "commit", id="commit", tooltip="Carry out what is marked"),
        *LeverList.KEYS,
        Binding("p", "lever(0)", "pace", id="lever-1", tooltip="The first lever of the question"),
        Binding("s", "lever(1)", "staff", id="lever-2", tooltip="The second lever"),
        Binding("v", "all_levers", "all levers", id="all-levers", tooltip="All levers"),
        Binding("i", "whole", "inject", id="whole-inject", tooltip="The whole message"),
        Binding("t", "all_tracks", "tracks", id="all-tracks", tooltip="All tracks"),
        Binding("o", "chain", "clock", id="clock-table", tooltip="The clock as a table"),
        *OptionList.KEYS,
        Binding("a", "ask_control", "ask control", id="ask-control", tooltip="Ask control (RFI)"),
        Binding("f", "go('forecast')", "forecast", id="go-forecast", tooltip="Where robots go"),
        *LeverList.GRANTS,
    ]

    def __init__(self) -> None:
        """Nothing marked, nothing chosen."""
        super().__init__()
        self.hand = Hand(self)
        self.options = cast("OptionList", self.regions["options"])
        self.levers = cast("LeverList", self.regions["list"])
        self.options.hand = self.levers.hand = self.hand

    @property
    def draft(self) -> Draft:
        """What is marked and written."""
        return self.hand.draft

    @property
    def _others_decide(self) -> bool:
        """Whether others decide, and the seat has nothing before it."""
        return bool(self.seen(meanwhile))

    # --- what is shown ---

    def compose(self) -> ComposeResult:
        """All that it may show is there from the start: what is mounted later costs more."""
        yield from super().compose()
        always = (*ALWAYS, "sent")
        yield from (self.regions[name] for name in always if not self.regions[name].box)

    def foot(self) -> Sequence[tuple[str, str]]:
        """The keys that matter now."""
        hand, inject, tracks = self.hand, ("whole-inject", _("inject")), ("all-tracks", _("tracks"))
        ahead = (
            ("go-theatre", _("map")) if no_forecast(self.eye) else ("go-forecast", _("forecast"))
        )
        away = self.by_size([], [("go-standing", _("standing")), ahead])
        if self._others_decide:
            news = [inject] if has_news(hand) else []
            own = [("aims", _("aim"))] if self.seen(own_aims) else []
            return [*news, *own, tracks, *away]
        if not hand.answering:
            return [*self.levers.foot(), tracks, *away]
        if not hand.may_answer:
            words = _("inject") if hand.cell.decides else _("inject and answers")
            return [("down up", _("option")), ("whole-inject", words), tracks, *away]
        count = len(hand.view.options) if hand.view is not None else 0
        give = ("commit", _("submit") if hand.held and hand.cell.leads else _("commit"))
        keys = [(f"choose-1..choose-{count}", _("choose")), give, inject]
        why = ("rationale", _("rationale"))
        if not hand.held:
            last = self.by_size([tracks, why], [("all-tracks", _("all tracks"))])
            return [*keys, *last, *away]
        asks = [("ask-control", _("ask control")), ("go-standing", _("standing"))]
        return [*keys, ("write-in", _("write in")), *self.by_size([why], asks)]

    def plan(self) -> dict[str, Box]:
        """The arrangement for levers, for an inject, or while others decide."""
        hand, body, form = self.hand, self.body, self.form
        hand.begin()
        if self._others_decide:
            known = len(self.seen(lever_views.announced)) or len(self.seen(lever_views.budgets)[:1])
            aim = bool(self.seen(own_aims))
            return table_places.watch(body, form, message=has_news(hand), known=known, aim=aim)
        if not hand.answering:
            has_clock = standing_clock(hand) is not None
            return table_places.moves(body, form, self.levers.rows_needed, has_clock=has_clock)
        held = hand.held and hand.cell.decides
        return table_places.answer(body, form, self._needs(), held=held)

    def _needs(self) -> table_places.Needs:
        """Rows that the message and what belongs to it take."""
        hand, width = self.hand, table_places.width_of_answer(self.body, self.form)
        return table_places.Needs(
            message=rows_of_message(hand, width),
            closest=rows_of_message(hand, width, close=True),
            question=len(question_rows(hand, width)) + 1,
            options=self.options.rows_needed(width),
            fewest=self.options.rows_needed(width, LOW),
        )

    def draw(self) -> None:
        """Fill what the plan holds."""
        if "options" in self.places:
            self.options.draw()
        if "list" in self.places:
            self.levers.draw()
        for name, box in self.places.items():
            if name in PANELS:
                self.put(name, PANELS[name](self.hand, box))

    # --- keys ---

    def at_another_step(self, name: str) -> bool:
        """Levers are moved at the opening of a turn, an answer is given while it is asked for."""
        hand, others = self.hand, self._others_decide
        match name:
            case "lever-1" | "lever-2" | "left" | "right":
                return others or hand.answering
            case "agree" | "refuse":
                return others or hand.answering or hand.asked is None
            case "more" | "less" | "expect" | "rationale" | "write-in":
                return not hand.may_answer
            case "whole-inject":
                return not has_news(hand)
            case "clock-table":
                return hand.view is None or hand.view.clock is None or not hand.answering
            case "commit":
                return others or (hand.answering and not hand.may_answer)
        return name.startswith("choose-") and self._chooses_nothing(name)

    def _chooses_nothing(self, name: str) -> bool:
        """Whether a digit marks nothing now: no level, and no option."""
        hand, digit = self.hand, int(name.removeprefix("choose-"))
        if self._others_decide or not hand.answering:
            return self._others_decide
        count = len(hand.view.options) if hand.view is not None else 0
        return not hand.may_answer or digit > count

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """In a preview nothing is marked either: it would not be the seat's own mark."""
        if self.context.previewing and action in MARKS:
            return False
        if action == "write_in" and not (self.hand.held and self.hand.cell.decides):
            return False
        return super().check_action(action, parameters)

    def action_choose(self, number: int) -> None:
        """Choose an option, or a level of the marked lever."""
        if not self._others_decide:
            self._list.choose(number)

    def action_carry_out(self) -> None:
        """Submit the answer, make the move, or go on to the news."""
        self._list.give()

    def action_give_up(self) -> None:
        """Unmark what is marked and not given; else close what lies over the run."""
        if self.context.previewing or not self._list.unmark():
            super().action_give_up()

    @property
    def _list(self) -> OptionList | LeverList:
        """What the seat chooses from now."""
        return self.options if self.hand.answering else self.levers

    def action_lever(self, at: int) -> None:
        """Mark one of the levers of the question."""
        if self.hand.answering:
            self.show_notice(_("Levers are moved at the opening of a turn."))
        else:
            self.levers.mark_of_question(at)

    def on_list_region_chosen(self, event: ListRegion.Chosen) -> None:
        """A second click on an option carries it out."""
        if event.region == "options":
            self.options.choose_again()

    # --- pages behind a key ---

    def action_whole(self) -> None:
        """The whole message with its options, and below it whatever else is cut here."""
        view = self.hand.view
        if view is None or not has_news(self.hand):
            self.action_in_full()
            return

        def others(width: int) -> list[Text]:
            said = self.seen(posture.sentence), self.seen(posture.carries)
            room, ink = min(width, sheets.MEASURE), self.ink
            set_up = [row for words in said if words for row in paint.block(room, words, ink.muted)]
            return [*set_up, *in_full.rows(self, width, leave_out=OF_MESSAGE)]

        self.shell.open(sheets.whole_message(view, lambda: self.hand.view, others))

    def action_all_tracks(self) -> None:
        """All tracks with what they mean."""
        self.shell.open(sheets.all_tracks(self.seen(track_views)))

    def action_all_levers(self) -> None:
        """All levers with their levels, or what is known of them."""
        known = self.seen(lever_views.announced)
        if known:
            self.shell.open(sheets.all_announced(known))
            return
        head = (*self.seen(sentences), self.seen(posture.sentence), self.seen(posture.carries))
        eye = self.eye

        def comes_to(lever: str, level: str) -> str:
            return move(eye, lever, level).sentence

        everything = self.seen(lever_views.levers)
        self.shell.open(sheets.all_levers(everything, head, comes_to))

    def action_chain(self) -> None:
        """The clock as a table."""
        view = self.hand.view
        if view is not None and view.clock is not None and self.hand.answering:
            self.shell.open(sheets.chain(view.clock))
