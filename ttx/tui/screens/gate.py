"""A page that the run goes on from: whose hand opens it, and in which words."""

from __future__ import annotations

from collections.abc import Sequence

from rich.text import Text

from ttx.i18n import N_, _
from ttx.session import phases
from ttx.session.control_commands import Challenge
from ttx.session.decide import may_go_on
from ttx.session.game import Game
from ttx.session.gates import Gate, gate, unheard, waits_for_weight
from ttx.session.play_commands import Continue
from ttx.session.view.contested import Right, right
from ttx.session.view.control import control
from ttx.session.view.pace import PaceView, pace
from ttx.session.view.visibility import decides
from ttx.session.viewing import Viewing
from ttx.tui import paint
from ttx.tui.page import SMALL, Page
from ttx.tui.paint import Seg
from ttx.tui.region import Region
from ttx.tui.screens.play import PlayPage
from ttx.tui.screens.sheet import Sheet

OPEN = N_("Nobody facilitates: the gates open by themselves, and the record says so.")
OPEN_SMALL = N_("Nobody facilitates; the record says so.")
CONFIRMED = N_("Confirmed by the facilitator.")
THEIRS = N_("The facilitator goes on from here.")
STANDING = ("S", "standing")
PASSES = {
    Gate.RULING: "confirm",
    Gate.RECKONING: "confirm",
    Gate.WEIGHING: N_("weigh it"),
    Gate.HEARING: N_("hear it"),
}
"""What Enter does at a gate where it does more than go on, for the footer."""


class GatePage(PlayPage):
    """What everybody reads until somebody goes on."""

    def __init__(self) -> None:
        """A page without a button yet."""
        super().__init__()
        self._passes = ""
        """What stands on the button."""

    @property
    def pace(self) -> PaceView:
        """Who holds the pace, seen from this seat."""
        return self.kept("pace", lambda: pace(self.eye))

    @property
    def opens(self) -> bool:
        """Whether this seat goes on from here: the facilitator's, or else that of any who play."""
        if self.pace.held:
            return self.pace.chief and not self.context.replaying
        run = self.game.run
        return decides(run, self.seat) or may_go_on(run, self.seat)

    def word(self, alone: str) -> str:
        """What Enter does, for a button; `alone` where nobody facilitates, empty while paused."""
        if not self.pace.held:
            return alone
        return control(self.eye).does

    def passing(self) -> list[tuple[str, str]]:
        """Enter for the footer, where this seat goes on."""
        if not (self.opens and self.word(_("Go on"))):
            return []
        at = gate(self.game)
        return [("Enter", _(PASSES[at]) if at in PASSES else _("go on"))]

    def taking_back(self) -> list[tuple[str, str]]:
        """Undo for the footer, where it is this seat's; else the map."""
        return [("u", _("undo"))] if self.opens else [("M", _("map"))]

    def gate(self, alone: str, gap: int = 3) -> list[Seg]:
        """The button, and `gap` cells beside it whose gate it is."""
        ink, small = self.ink, self.form == SMALL
        if not self.pace.held:
            note = _(OPEN_SMALL) if small else _(OPEN)
            told = _("The allied cells go on from here.")
        else:
            note = _("Nobody else sees it yet.") if self.pace.proposed else _(CONFIRMED)
            told = _(THEIRS) if self.pace.proposed else f"{_(CONFIRMED)} {_(THEIRS)}"
        if not self.opens:
            return [(told, ink.muted)]
        word = self.word(alone)
        if not word:
            return [(_("Paused: space goes on."), ink.muted)]
        waits = unheard(self.game)
        if waits is not None and self.pace.held:
            note = _(
                "{short} challenges it; no gate opens before.",
                short=self.game.run.seat(waits.seat).short,
            )
        self._passes = word
        return [*paint.button("Enter", word, ink, default=True), (" " * gap + note, ink.muted)]

    def on_gate(self, event: Region.Clicked) -> bool:
        """Whether a click is on the button, where there is one."""
        return self.opens and self.on_button(event, "Enter", self._passes)

    def action_pass_on(self) -> None:
        """Go on, or confirm; a seat that does not is told who does."""
        waits = what_waits(self.game) if self.opens and self.pace.held else None
        if waits is not None and not self.game.paused:
            self.shell.open(waits)
        else:
            self.request(Continue())


class JudgedPage(GatePage):
    """A gate at which something was ruled: it can be ruled otherwise, and be challenged."""

    @property
    def rules(self) -> bool:
        """Whether this seat may rule otherwise."""
        read = isinstance(self.context.table, Viewing) or self.context.taken_over
        return self.context.facilitates and not read

    @property
    def right(self) -> Right:
        """What is left of this seat's one challenge a turn."""
        return self.kept("right", lambda: right(self.eye))

    def judging(self) -> list[tuple[str, str]]:
        """The keys that rule otherwise, challenge, and hear, for the footer."""
        if self.rules:
            return [("m", _("modify")), ("o", _("overrule"))] if self.pace.proposed else []
        word = self.right.word
        return [("c", word)] if word and not isinstance(self.context.table, Viewing) else []

    def eight(self, keys: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
        """Those keys, the standing where there is room, and undo or the map.

        With help and leaving they are eight at the most; a small terminal has room for fewer.
        """
        if self.form == SMALL:
            return [*keys] if len(keys) > 4 else [*keys, *self.taking_back()]
        return [*[*keys, STANDING][:5], *self.taking_back()]

    def ruled_rows(self, told: Sequence[str], width: int, room: int) -> list[Text]:
        """What people made of it, as far as there is room; all of it is behind w."""
        ink = self.ink
        lines = [line for one in told for line in paint.broken(one, width)]
        if len(lines) > room:
            more = _("   w shows all of it")
            last = paint.cut(lines[max(room - 1, 0)], width - len(more), self.glyphs)
            rows = [paint.line(width, [(one, ink.heat)]) for one in lines[: room - 1]]
            return [*rows, paint.line(width, [(last, ink.heat), (more, ink.muted)])][:room]
        return [paint.line(width, [(one, ink.heat)]) for one in lines]

    def show_ruled(self, title: str, told: Sequence[str]) -> None:
        """All that people made of it, on a page of its own."""
        if not told:
            self.show_notice(_("What the model proposed stands, and nobody challenged it."))
            return

        def rows(sheet: Sheet, width: int) -> list[Text]:
            found: list[Text] = []
            for one in told:
                found += [paint.line(width, [(p, sheet.ink.text)]) for p in paint.wrap(one, width)]
                found.append(paint.blank(width))
            return found

        self.shell.open(Sheet(title, rows, _("the model's value, then the facilitator's, and why")))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Keys that rule belong to who facilitates, those that challenge to the players."""
        if action in ("modify", "overrule") and not self.rules:
            return False
        if action == "challenge" and not (self.rules or (self.right.given and not self._reads)):
            return False
        return super().check_action(action, parameters)

    @property
    def _reads(self) -> bool:
        return isinstance(self.context.table, Viewing) or self.context.taken_over

    def action_modify(self) -> None:
        """Rule otherwise within the band."""
        self._amend(overrule=False)

    def action_overrule(self) -> None:
        """Rule otherwise, whatever the band."""
        self._amend(overrule=True)

    def _amend(self, *, overrule: bool) -> None:
        if self.game.paused:
            self.show_notice(_("Paused. Time stands still; resume first."))
        elif self.pace.proposed:
            from ttx.tui.screens.amend import AmendScreen

            reckoning = self.game.phase == phases.RECKONING
            self.shell.open(AmendScreen(reckoning=reckoning, overrule=overrule))
        else:
            self.show_notice(_("It is confirmed: hear a challenge with c, or take it back with u."))

    def action_challenge(self) -> None:
        """Challenge what stands; of the facilitator: hear the challenge that waits."""
        if self.rules:
            if unheard(self.game) is None:
                self.show_notice(_("No challenge waits to be heard."))
            else:
                self.action_pass_on()
        elif not self.right.now:
            self.show_notice(_("A ruling is challenged once it stands, while the table reads it."))
        elif self.right.used:
            self.show_notice(_("Your seat has challenged once in this turn."))
        else:
            self.prompt_text(
                _("Why do you challenge it? Once a turn"), self._challenged, does=_("challenges")
            )

    def _challenged(self, reason: str) -> None:
        if reason and self.request(Challenge(reason)):
            self.show_notice(_("Challenged. The facilitator hears it before the table goes on."))


def what_waits(game: Game) -> Page | None:
    """The page for what waits before the gate can open; None where nothing does."""
    if waits_for_weight(game):
        from ttx.tui.screens.weigh import WeighScreen

        return WeighScreen()
    if unheard(game) is not None:
        from ttx.tui.screens.hear import HearScreen

        return HearScreen()
    return None
