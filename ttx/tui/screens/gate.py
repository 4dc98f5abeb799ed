"""The gate under what is read: whose hand opens it, in which words, and who rules otherwise."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from rich.text import Text
from textual.binding import Binding

from ttx.i18n import N_, _
from ttx.session.control_commands import Challenge
from ttx.session.decide import may_go_on
from ttx.session.game import Game
from ttx.session.gates import Gate, challenges, gate, unheard, waits_for_weight
from ttx.session.phases import ADJUDICATION, RECKONING, REVIEW
from ttx.session.play_commands import Continue
from ttx.session.rights import opens as opens_gate
from ttx.session.run import RULINGS
from ttx.session.view.amending import amends
from ttx.session.view.contested import Right, right
from ttx.session.view.control import control
from ttx.session.view.visibility import decides
from ttx.tui import flow, paint
from ttx.tui.cuts import belong
from ttx.tui.page import SMALL
from ttx.tui.paint import Seg
from ttx.tui.screens.play import PlayPage, PlayRegion
from ttx.tui.screens.sheet import prose

PASSES = {
    Gate.RULING: N_("confirm"),
    Gate.RECKONING: N_("confirm"),
    Gate.WEIGHING: N_("weigh it"),
    Gate.HEARING: N_("hear it"),
}
"""What passing a gate is where it is more than to go on, for the footer."""
NAMED = 5
"""Keys that a footer has room for beside undo or the map, help and leaving."""


def opens(page: PlayPage) -> bool:
    """Whether its seat goes on from here: the facilitator's, or else that of any who play."""
    run = page.game.run
    if run.facilitator:
        return opens_gate(gate(page.game)) in page.eye.rights and not page.context.replaying
    return decides(run, page.seat) or may_go_on(run, page.seat)


class GateRegion(PlayRegion):
    """The button that goes on, with what the facilitator and the players do before; `gate`."""

    KEYS: ClassVar[list[Binding]] = [
        Binding(
            "m",
            "gate.amend(False)",
            "modify",
            id="modify",
            tooltip="Modify it, within the band",
        ),
        Binding(
            "o",
            "gate.amend(True)",
            "overrule",
            id="overrule",
            tooltip="Overrule it",
        ),
        Binding("h", "gate.by_hand", "by hand", id="by-hand", tooltip="Rule it by hand, in words"),
        Binding(
            "c", "gate.challenge", "challenge", id="challenge", tooltip="Challenge it, or hear it"
        ),
        Binding(
            "right_square_bracket",
            "gate.pass_next",
            "go on",
            id="pass-next",
            tooltip="Go on, as on Control",
        ),
        Binding("w", "ruled", "as ruled", id="as-ruled", tooltip="What was ruled otherwise, why"),
    ]

    @property
    def opens(self) -> bool:
        """Whether this seat goes on from here: never from a page of what is past."""
        return not self.past and opens(self.page)

    @property
    def past(self) -> bool:
        """Whether the run stands elsewhere, so that to go on would open quite another gate."""
        return self.page.game.phase not in (ADJUDICATION, REVIEW, RECKONING)

    @property
    def right(self) -> Right:
        """What is left of this seat's one challenge a turn."""
        return self.page.kept("right", lambda: right(self.page.eye))

    @property
    def rules(self) -> bool:
        """Whether this seat may rule otherwise."""
        page = self.page
        return page.context.may(RULINGS) and not (page.recorded or page.context.taken_over)

    # --- the footer ---

    def foot(
        self, also: Sequence[tuple[str, str]], *, standing: bool = False
    ) -> list[tuple[str, str]]:
        """Keys that go on, rule otherwise and challenge, those `also` there, and undo or the map.

        Where there is room, the `standing` is named; on a small terminal only if asked for.
        """
        keys = [*self._passing(), *self._judging(), *also]
        board = ("go-standing", _("standing"))
        last = ("undo", _("undo")) if self.opens else ("go-theatre", _("map"))
        if self.page.form != SMALL:
            return [*[*keys, board][:NAMED], last]
        if standing and len(keys) < NAMED:
            keys.append(board)
        return [*keys, last] if len(keys) < NAMED else keys

    def _passing(self) -> list[tuple[str, str]]:
        if not (self.opens and self._word(_("Go on"))):
            return []
        at = gate(self.page.game)
        return [("pass", _(PASSES[at]) if at in PASSES else _("go on"))]

    def _judging(self) -> list[tuple[str, str]]:
        if self.rules:
            ruling = [("modify", _("modify")), ("overrule", _("overrule"))]
            if self.page.game.phase == ADJUDICATION:
                ruling.append(("by-hand", _("by hand")))
            return ruling if self.page.pace.proposed else []
        word = self.right.word
        return [("challenge", word)] if word and not self.page.recorded else []

    # --- what it shows ---

    def draw(self, alone: str, head: Sequence[Text] = (), gap: int = 3) -> None:
        """The button, called `alone` where nobody facilitates, and `gap` cells beside it a note."""
        page, muted = self.page, self.page.ink.muted
        word = self._word(alone) if self.opens else ""
        cells: list[Seg] = [(self._whose(), muted)]
        if word:
            button = paint.button(
                page.key("pass"), word, page.ink, default=True, does="gate.pass_on"
            )
            cells = [*button, (" " * gap, ""), (self._note(), muted)]
        elif self.opens:
            cells = [(_("Paused: {key} goes on.", key=page.key("pause")), muted)]
        most = max(self.area.height - len(head), 1)
        page.put(self.called, [*head, *flow.flowed(self.area.width, cells, gap, most)])

    def _word(self, alone: str) -> str:
        """What passing does; empty while paused."""
        return control(self.page.eye).does if self.page.pace.held else alone

    def _whose(self) -> str:
        """Who goes on from here, for whoever does not."""
        if self.past:
            return _("This is past; the run stands elsewhere.")
        if not self.page.pace.held:
            return _("The allied cells go on from here.")
        if self.page.pace.proposed:
            return _("The facilitator goes on from here.")
        return _("Confirmed by the facilitator. The facilitator goes on from here.")

    def _note(self) -> str:
        """What whoever goes on should know."""
        page = self.page
        if not page.pace.held:
            return page.by_size(
                _("Nobody facilitates; the record says so."),
                _("Nobody facilitates: the gates open by themselves, and the record says so."),
            )
        waits = unheard(page.game)
        if waits is not None:
            name = page.game.run.seat(waits.seat).short
            return _("{seat} challenges it; no gate opens before.", seat=name)
        if page.pace.proposed:
            return _("Nobody else sees it yet.")
        return _("Confirmed by the facilitator.")

    def ruled_rows(self, sentences: Sequence[str], width: int, room: int) -> list[Text]:
        """What people made of it, as far as there is room; all of it is behind a key."""
        page, ink = self.page, self.page.ink
        rows = [row for words in sentences for row in paint.block(width, words, ink.heat, width)]
        if len(rows) <= room:
            return rows
        more = "   " + _("{key} shows all of it", key=page.key("as-ruled"))
        words = paint.cut(rows[max(room - 1, 0)].plain.rstrip(), width - len(more), page.glyphs)
        last = paint.line(width, [(words, ink.heat), (more, ink.muted)])
        shown = [*rows[: room - 1], last][:room]
        belong(shown, " ".join(sentences))
        return shown

    def show_ruled(self, title: str, sentences: Sequence[str]) -> None:
        """All that people made of it, on a page of its own."""
        if sentences:
            note = _("the model's value, then the facilitator's, and why")
            self.page.shell.open(prose(title, sentences, note))
        else:
            words = _("What the model proposed stands, and nobody challenged it.")
            self.page.show_notice(words)

    # --- keys ---

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Keys that rule belong to who facilitates, those that challenge to the players."""
        page, may = self.page, True
        if action in ("amend", "by_hand"):
            may = self.rules
        elif action == "pass_next":
            may = page.pace.held and not page.recorded
        elif action == "challenge" and not self.rules:
            may = self.right.given and not (page.recorded or page.context.taken_over)
        return may and super().check_action(action, parameters)

    def action_pass_on(self) -> None:
        """Go on, or confirm; a seat that does not is told who does."""
        page = self.page
        if self.past:
            page.show_notice(self._whose())
            return
        waits = what_waits(page.game) if self.opens and page.pace.held else ""
        if waits and not page.game.paused:
            page.shell.go(waits)
        else:
            page.request(Continue())

    def action_pass_next(self) -> None:
        """The same by the key that opens gates on Control; others are told who goes on."""
        if self.opens:
            self.action_pass_on()
        else:
            self.page.show_notice(self._whose())

    def action_amend(self, overrule: bool) -> None:  # noqa: FBT001  # as the binding has it
        """Rule otherwise, within the band or whatever the band."""
        page = self.page
        if self._may_rule():
            reckoning = page.game.phase == RECKONING
            if reckoning or amends(page.game):
                page.shell.go("amend", reckoning=reckoning, overrule=overrule)
            else:
                page.shell.go("by hand")

    def action_by_hand(self) -> None:
        """Rule in words, with effects that no option has."""
        page = self.page
        if page.game.phase == RECKONING:
            key = page.key("modify")
            page.show_notice(
                _("A reckoning is modified: {key} says what adversaries did.", key=key)
            )
        elif self._may_rule():
            page.shell.go("by hand")

    def _may_rule(self) -> bool:
        """Whether something is proposed that can be ruled otherwise; else it is said why not."""
        page = self.page
        if page.game.paused:
            page.bar(_("Paused. Time stands still; resume first."))
        elif not page.pace.proposed:
            words = _(
                "It is confirmed: hear a challenge with {challenge}, or take it back with {undo}.",
                challenge=page.key("challenge"),
                undo=page.key("undo"),
            )
            page.bar(words)
        else:
            return True
        return False

    def action_challenge(self) -> None:
        """Challenge what stands; of the facilitator: hear the challenge that waits."""
        page = self.page
        if self.rules and unheard(page.game) is not None:
            self.action_pass_on()
        elif self.rules:
            page.show_notice(_("No challenge waits to be heard."))
        elif not self.right.now:
            page.bar(_("A ruling is challenged once it stands, while the table reads it."))
        elif self.right.used:
            page.bar(_("Your seat has challenged once in this turn."))
        else:
            what = _("Why do you challenge it? Once a turn")
            done = _("Challenged. The facilitator hears it before the table goes on.")
            page.prompt_command(what, Challenge, done, _("challenges"), self._unheard)

    def _unheard(self) -> bool:
        """Whether this seat's challenge still waits."""
        made, seat = challenges(self.page.game), self.page.seat
        return any(challenge.seat == seat and challenge.heard is None for challenge in made)


def what_waits(game: Game) -> str:
    """The page for what waits before the gate can open, by its name; empty where nothing does."""
    if waits_for_weight(game):
        return "weigh"
    return "hear" if unheard(game) is not None else ""
