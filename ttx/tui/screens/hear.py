"""A challenge heard: what was ruled stands, is modified or overturned, with a reason."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import ClassVar

from rich.text import Text

from ttx.i18n import N_, _
from ttx.session import phases
from ttx.session.control_commands import Hear
from ttx.session.control_events import MODIFIED, OVERTURNED, UPHELD
from ttx.session.run import RULINGS
from ttx.session.view.amending import amends
from ttx.session.view.contested import Contested, waiting
from ttx.tui import paint
from ttx.tui.parts.fields import Choice, Field, Option, Shape
from ttx.tui.parts.layout import Cell, boxes, column
from ttx.tui.region import Box
from ttx.tui.screens.amend import AmendScreen
from ttx.tui.screens.by_hand import ByHandScreen
from ttx.tui.screens.form import FormPage

OUTCOME = "outcome"
"""The field."""
OUTCOMES = {
    UPHELD: (N_("Let it stand"), N_("it stands"), N_("nothing of what was ruled changes")),
    MODIFIED: (
        N_("Modify"),
        N_("modified"),
        N_("a change within the band; the next page makes it"),
    ),
    OVERTURNED: (
        N_("Overturn"),
        N_("overturned"),
        N_("a change beyond it; the next page makes it"),
    ),
}
"""What a facilitator can decide: what Enter does then, its word, and what it means."""


class HearScreen(FormPage):
    """Who challenged what and why, and the three ways to decide on it."""

    REGIONS: ClassVar[tuple[str, ...]] = ("head", "rows", "gate")
    gone = N_("No challenge waits to be heard. {key} closes this page.")
    name_of_page: ClassVar[str] = N_("challenge")
    asks_before_leaving: ClassVar[bool] = False

    def begin(self) -> None:
        """About the one that waits, and not the one after it."""
        self._contested = self.view

    @property
    def outcome(self) -> str:
        """What is marked; that what was ruled stands, to begin with."""
        return self.values.get(OUTCOME, UPHELD)

    @property
    def view(self) -> Contested | None:
        """The challenge; None once it waits no more."""
        return self.kept("waiting", lambda: waiting(self.eye))

    @property
    def alive(self) -> bool:
        """Whether it still waits."""
        return self.context.may(RULINGS) and self.view is not None and self.view == self._contested

    def foot(self) -> Sequence[tuple[str, str]]:
        """Digits choose."""
        return [("carry-out", _("decide")), ("1-3", _("choose")), ("give-up", _("close"))]

    def plan(self) -> dict[str, Box]:
        """The challenge, the outcomes, the button."""
        air, rest = self.by_size(0, 1), self.body.height - 19
        form = column(Cell("head", 10), 1, Cell("rows", 6), rest - air, Cell("gate", 1), 1)
        return boxes(column(air, form), self.body)

    def head(self, width: int) -> Sequence[Text]:
        """Who challenges what, and why."""
        view, ink = self.view, self.ink
        if view is None:
            return []
        facts = {"seat": view.seat, "number": view.number, "title": view.title}
        title = _("{seat} challenges {number} {title}", **facts)
        return [
            paint.line(width, [(title, f"bold {ink.strong}")]),
            paint.rule(width, ink, self.glyphs),
            *paint.block(width, view.reason, ink.text, within=72),
        ]

    def declared(self) -> Sequence[Field]:
        """The outcomes."""
        options = tuple(
            Option(name, _(word), _(means)) for name, (_does, word, means) in OUTCOMES.items()
        )
        return [
            Choice(
                name=OUTCOME,
                label=_("YOU DECIDE"),
                options=options,
                value=self.outcome,
                shape=Shape.LISTED,
                ruled=True,
                unknown=_("1 lets it stand, 2 modifies it, 3 overturns it."),
            )
        ]

    def draw_others(self) -> None:
        """The button."""
        note = _("then what you say to the seat; everybody reads it")
        if self.outcome != UPHELD:
            note = _("the next page changes what was ruled, and asks for your reason")
        self.put_button(_(OUTCOMES[self.outcome][0]), note)

    def carry_out(self) -> None:
        """Why; a ruling that changes is changed on a page of its own first."""
        if self.outcome != UPHELD:
            review, heard = self.game.phase == phases.REVIEW, self.outcome
            if review and not amends(self.game):
                self.app.switch_screen(ByHandScreen(heard))
            else:
                self.app.switch_screen(AmendScreen(reckoning=not review, heard=heard))
        elif self.view is not None:
            what = _("It stands: what do you say to {seat}?", seat=self.view.seat)
            self.decide(what, partial(Hear, UPHELD), _("rules"))
