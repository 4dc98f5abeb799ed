"""A page that the run goes on from: whose hand opens it, and in which words."""

from __future__ import annotations

from ttx.session.decide import Continue
from ttx.session.view.control import control
from ttx.session.view.pace import PaceView, pace
from ttx.session.view.sight import decides
from ttx.tui import paint
from ttx.tui.page import SMALL
from ttx.tui.paint import Seg
from ttx.tui.screens.play import PlayPage

OPEN = "Nobody facilitates: the gates open by themselves, and the record says so."
OPEN_SMALL = "Nobody facilitates; the record says so."
CONFIRMED = "Confirmed by the facilitator."
THEIRS = "The facilitator goes on from here."


class GatePage(PlayPage):
    """What everybody reads until somebody goes on."""

    @property
    def pace(self) -> PaceView:
        """Who holds the pace, seen from this seat."""
        return self.kept("pace", lambda: pace(self.game, self.seat))

    @property
    def opens(self) -> bool:
        """Whether this seat goes on from here: the facilitator's, or else that of any who play."""
        if self.pace.held:
            return self.pace.chief and not self.ttx.replaying
        return decides(self.game.run, self.seat)

    def word(self, alone: str) -> str:
        """What Enter does, for a button; `alone` where nobody facilitates, empty while paused."""
        if not self.pace.held:
            return alone
        return control(self.game, self.seat, self.language).does

    def passing(self) -> list[tuple[str, str]]:
        """Enter for the footer, where this seat goes on."""
        word = self.word("Go on") if self.opens else ""
        return [("Enter", "confirm" if word.startswith("Confirm") else "go on")] if word else []

    def taking_back(self) -> list[tuple[str, str]]:
        """Undo for the footer, where it is this seat's; else the map."""
        return [("u", "undo")] if self.opens else [("M", "map")]

    def gate(self, alone: str, gap: int = 3) -> list[Seg]:
        """The button, and `gap` cells beside it whose gate it is."""
        ink, small = self.ink, self.form == SMALL
        if not self.pace.held:
            note = OPEN_SMALL if small else OPEN
            told = "The allied cells go on from here."
        else:
            note = "Nobody else sees it yet." if self.pace.proposed else CONFIRMED
            told = THEIRS if self.pace.proposed else f"{CONFIRMED} {THEIRS}"
        if not self.opens:
            return [(told, ink.muted)]
        word = self.word(alone)
        if not word:
            return [("Paused: space goes on.", ink.muted)]
        return [*paint.button("Enter", word, ink, default=True), (" " * gap + note, ink.muted)]

    def action_pass_on(self) -> None:
        """Go on, or confirm; a seat that does not is told who does."""
        self.request(Continue())
