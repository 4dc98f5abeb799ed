"""A page that the run goes on from: whose hand opens it, and in which words."""

from __future__ import annotations

from collections.abc import Sequence

from rich.text import Text

from ttx.i18n import N_, _
from ttx.session.control_commands import Challenge
from ttx.session.decide import may_go_on
from ttx.session.game import Game
from ttx.session.gates import Gate, gate, unheard, waits_for_weight
from ttx.session.phases import RECKONING
from ttx.session.play_commands import Continue
from ttx.session.view.contested import Right, right
from ttx.session.view.control import control
from ttx.session.view.pace import PaceView, pace
from ttx.session.view.visibility import decides
from ttx.tui import paint
from ttx.tui.page import SMALL
from ttx.tui.paint import Seg
from ttx.tui.screens.play import PlayPage
from ttx.tui.screens.sheet import prose

PASSES = {
    Gate.RULING: N_("confirm"),
    Gate.RECKONING: N_("confirm"),
    Gate.WEIGHING: N_("weigh it"),
    Gate.HEARING: N_("hear it"),
}
"""What passing a gate is where it is more than to go on, for the footer."""


class GatePage(PlayPage):
    """What everybody reads until somebody goes on."""

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
        """What passing does, for a button; `alone` where nobody facilitates, empty while paused."""
        return control(self.eye).does if self.pace.held else alone

    def passing(self) -> list[tuple[str, str]]:
        """The key that passes for the footer, where this seat goes on."""
        if not (self.opens and self.word(_("Go on"))):
            return []
        at = gate(self.game)
        return [("pass", _(PASSES[at]) if at in PASSES else _("go on"))]

    def taking_back(self) -> list[tuple[str, str]]:
        """Undo for the footer, where it is this seat's; else the map."""
        return [("undo", _("undo"))] if self.opens else [("go-theatre", _("map"))]

    def gate(self, alone: str, gap: int = 3) -> list[Seg]:
        """The button, and `gap` cells beside it whose gate it is."""
        ink, muted = self.ink, self.ink.muted
        if not self.opens:
            return [(self._whose(), muted)]
        word = self.word(alone)
        if not word:
            return [(_("Paused: {key} goes on.", key=self.key("pause")), muted)]
        button = paint.button(self.key("pass"), word, ink, default=True, does="pass_on")
        return [*button, (" " * gap, ""), (self._note(), muted)]

    def _whose(self) -> str:
        """Who goes on from here, for whoever does not."""
        if not self.pace.held:
            return _("The allied cells go on from here.")
        if self.pace.proposed:
            return _("The facilitator goes on from here.")
        return _("Confirmed by the facilitator. The facilitator goes on from here.")

    def _note(self) -> str:
        """What whoever goes on should know."""
        if not self.pace.held:
            return self.by_size(
                _("Nobody facilitates; the record says so."),
                _("Nobody facilitates: the gates open by themselves, and the record says so."),
            )
        waits = unheard(self.game)
        if waits is not None:
            name = self.game.run.seat(waits.seat).short
            return _("{seat} challenges it; no gate opens before.", seat=name)
        if self.pace.proposed:
            return _("Nobody else sees it yet.")
        return _("Confirmed by the facilitator.")

    def action_pass_on(self) -> None:
        """Go on, or confirm; a seat that does not is told who does."""
        waits = what_waits(self.game) if self.opens and self.pace.held else ""
        if waits and not self.game.paused:
            self.shell.go(waits)
        else:
            self.request(Continue())


class JudgedPage(GatePage):
    """A gate at which something was ruled: it can be ruled otherwise, and be challenged."""

    @property
    def _reads(self) -> bool:
        return self.recorded or self.context.taken_over

    @property
    def rules(self) -> bool:
        """Whether this seat may rule otherwise."""
        return self.context.facilitates and not self._reads

    @property
    def right(self) -> Right:
        """What is left of this seat's one challenge a turn."""
        return self.kept("right", lambda: right(self.eye))

    def judging(self) -> list[tuple[str, str]]:
        """The keys that rule otherwise, challenge, and hear, for the footer."""
        if self.rules:
            ruling = [("modify", _("modify")), ("overrule", _("overrule"))]
            return ruling if self.pace.proposed else []
        word = self.right.word
        return [("challenge", word)] if word and not self.recorded else []

    def eight(self, keys: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
        """Those keys, the standing where there is room, and undo or the map.

        With help and leaving they are eight at the most; a small terminal has room for fewer.
        """
        if self.form == SMALL:
            return [*keys] if len(keys) > 4 else [*keys, *self.taking_back()]
        return [*[*keys, standing()][:5], *self.taking_back()]

    def ruled_rows(self, sentences: Sequence[str], width: int, room: int) -> list[Text]:
        """What people made of it, as far as there is room; all of it is behind a key."""
        ink = self.ink
        lines = [line for words in sentences for line in paint.broken(words, width)]
        if len(lines) <= room:
            return [paint.line(width, [(line, ink.heat)]) for line in lines]
        more = "   " + _("{key} shows all of it", key=self.key("as-ruled"))
        last = paint.cut(lines[max(room - 1, 0)], width - len(more), self.glyphs)
        rows = [paint.line(width, [(line, ink.heat)]) for line in lines[: room - 1]]
        return [*rows, paint.line(width, [(last, ink.heat), (more, ink.muted)])][:room]

    def show_ruled(self, title: str, sentences: Sequence[str]) -> None:
        """All that people made of it, on a page of its own."""
        if sentences:
            note = _("the model's value, then the facilitator's, and why")
            self.shell.open(prose(title, sentences, note))
        else:
            words = _("What the model proposed stands, and nobody challenged it.")
            self.show_notice(words)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Keys that rule belong to who facilitates, those that challenge to the players."""
        if action in ("modify", "overrule") and not self.rules:
            return False
        if action == "challenge" and not (self.rules or (self.right.given and not self._reads)):
            return False
        return super().check_action(action, parameters)

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
            reckoning = self.game.phase == RECKONING
            self.shell.go("amend", reckoning=reckoning, overrule=overrule)
        else:
            words = _(
                "It is confirmed: hear a challenge with {challenge}, or take it back with {undo}.",
                challenge=self.key("challenge"),
                undo=self.key("undo"),
            )
            self.show_notice(words)

    def action_challenge(self) -> None:
        """Challenge what stands; of the facilitator: hear the challenge that waits."""
        if self.rules and unheard(self.game) is not None:
            self.action_pass_on()
        elif self.rules:
            self.show_notice(_("No challenge waits to be heard."))
        elif not self.right.now:
            words = _("A ruling is challenged once it stands, while the table reads it.")
            self.show_notice(words)
        elif self.right.used:
            self.show_notice(_("Your seat has challenged once in this turn."))
        else:
            what = _("Why do you challenge it? Once a turn")
            self.prompt_text(what, self._challenged, does=_("challenges"))

    def _challenged(self, reason: str) -> None:
        if reason and self.request(Challenge(reason)):
            words = _("Challenged. The facilitator hears it before the table goes on.")
            self.show_notice(words)


def standing() -> tuple[str, str]:
    """The way to the standing, for the footer."""
    return "go-standing", _("standing")


def what_waits(game: Game) -> str:
    """The page for what waits before the gate can open, by its name; empty where nothing does."""
    if waits_for_weight(game):
        return "weigh"
    return "hear" if unheard(game) is not None else ""
