"""What is next, on the Control screen: the marked inject or what is proposed, and the gate."""

from __future__ import annotations

from typing import ClassVar

from rich.cells import cell_len
from rich.text import Text
from textual.binding import Binding, BindingType

from ttx.session import gates, phases
from ttx.session.play_commands import Continue
from ttx.session.view.control import ControlView, control
from ttx.session.view.msel import COMPLETE, DEFERRED, DUE, NEXT, RELEASED, SKIPPED, MselRow
from ttx.session.view.reckoning import reckoning
from ttx.session.view.ruling import ruling
from ttx.tui import paint
from ttx.tui.page import SMALL
from ttx.tui.paint import Seg
from ttx.tui.region import Box
from ttx.tui.screens.control_talk import TalkPage
from ttx.tui.screens.gate import what_waits
from ttx.tui.widgets.msel import titled

NOT_TO_COME = (RELEASED, COMPLETE)


class NextPage(TalkPage):
    """A page with the gate the run stands at, and what control can do there."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("right_square_bracket", "next", "next", id="next", tooltip="Open the next gate"),
        Binding("R", "whole", "ruling", id="whole-ruling", tooltip="The ruling or the reckoning"),
    ]

    def __init__(self) -> None:
        """No buttons yet."""
        super().__init__()
        self._keys_at: list[tuple[int, int, str]] = []
        """Columns of the buttons, and the action of each."""

    def view_of_gate(self) -> ControlView:
        """Where the run stands and what comes next."""
        return self.kept("view", lambda: control(self.eye))

    # --- what is next ---

    def next_rows(self, box: Box) -> list[Text]:
        """What is proposed, where something is; else the marked inject, and what can be done."""
        view, small, width = self.view_of_gate(), self.form == SMALL, box.width
        if view.proposed:
            return self._proposed(view, box)
        row, ink = self.marked_row(), self.ink
        rows: list[Text] = []
        if row is None:
            rows.append(paint.label(width, "NEXT", ink, ""))
        else:
            label = {NEXT: "NEXT", RELEASED: "ON THE TABLE"}.get(row.status, "MARKED")
            title = (f"  {row.number}  {paint.clean(titled(row))}", f"bold {ink.strong}")
            aside = [f"{row.slot} slot", *(["can go"] if row.can_go else [])]
            rows.append(
                paint.line(
                    width, [(label, f"bold {ink.muted}"), title], [("   ".join(aside), ink.muted)]
                )
            )
        if not small:
            rows.append(paint.rule(width, ink, self.glyphs))
        lines = 1 if small else 2
        parts = self._about(row) if row is not None else []
        if small and len(parts) > 2:  # what is expected, and the last: what it waits for, or why
            parts = [parts[0], parts[-1]]
        for name, said, tone in parts:
            wide = min(width - 10, 100)
            told = paint.broken(said, wide)
            shown = told[:lines]
            if len(told) > lines:
                shown[-1] = paint.cut(f"{shown[-1]} {told[lines]}", wide, self.glyphs)
            for at, one in enumerate(shown):
                head = f"{name if not at else '':<10}"
                rows.append(paint.line(width, [(head, ink.muted), (one, tone)]))
        room = box.height - 1
        rows = rows[:room] + [paint.blank(width)] * (room - len(rows))
        return [*rows, self._buttons_row(width)]

    def _about(self, row: MselRow) -> list[tuple[str, str, str]]:
        """What is expected, what if not, and whether its conditions hold."""
        ink = self.ink
        found = [("expected", row.expected, ink.text), ("if not", row.otherwise, ink.text)]
        found = [one for one in found if one[1]]
        if row.status in (DEFERRED, DUE):
            found.append(("deferred", f"to turn {row.until}: {row.reason}", ink.heat))
        elif row.status in (SKIPPED, *NOT_TO_COME):
            if row.reason:
                found.append((row.status, row.reason, ink.muted))
        elif row.lacks:
            found.append(("ready", f"not yet: {row.lacks}", ink.heat))
        else:
            when = f", {row.scenario}" if not row.ad_hoc else ""
            found.append(("ready", f"its conditions hold{when}", ink.text))
        return found

    def _buttons_row(self, width: int, told: str = "") -> Text:
        """The buttons that can do something now, the gate's last and default."""
        game, view, ink = self.game, self.view_of_gate(), self.ink
        keys: list[tuple[str, str, str]] = []
        if game.phase not in phases.PLAY_IS_OVER and not told:
            if gates.open_slot(game) is not None:
                keys.append(("r", "Release", "release"))
            keys += [("d", "Defer", "defer"), ("s", "Skip", "skip"), ("a", "Ad-hoc", "ad_hoc")]
            slot = game.slot
            if game.phase == phases.DELIBERATION and slot is not None and not slot.steered:
                keys.append(("c", "Contingency", "steer"))
        if game.paused:
            keys.append(("space", "Resume", "pause"))
        elif view.does:
            keys.append(("]", view.does, "next"))
        cells: list[Seg] = []
        self._keys_at, at = [], 0
        for key, word, action in keys:
            last = action in ("next", "pause")
            part = paint.button(key, word, ink, default=last)
            size = sum(cell_len(one) for one, _ in part)
            self._keys_at.append((at, at + size, action))
            cells += [*part, ("  ", "")]
            at += size + 2
        return paint.line(width, [*cells, (told, ink.muted)])

    def _proposed(self, view: ControlView, box: Box) -> list[Text]:
        """What the gate would confirm."""
        ink, width = self.ink, box.width
        rows = [paint.label(width, "PROPOSED", ink, "nobody else sees it yet")]
        if self.form != SMALL:
            rows.append(paint.rule(width, ink, self.glyphs))
        told = [line for one in view.proposed for line in paint.broken(one, width)]
        room = box.height - len(rows) - 1
        if len(told) > room:
            told = [*told[: room - 1], "and more behind R"]
        rows += [paint.line(width, [(one, ink.text)]) for one in told]
        rows += [paint.blank(width)] * (box.height - 1 - len(rows))
        return [*rows, self._buttons_row(width, "R shows it whole; u takes back what led to it")]

    def press_button(self, column: int) -> None:
        """What a click on the row of buttons does."""
        for first, last, action in self._keys_at:
            if first <= column < last:
                getattr(self, f"action_{action}")()
                return

    # --- the gate ---

    def _gate(self) -> tuple[object, ...]:
        """What tells one gate from the next; a question asked at one must not open another."""
        game = self.game
        slots = len(game.turn.slots) if game.turn is not None else 0
        return game.phase, len(game.turns), slots, self.view_of_gate().does

    def action_next(self) -> None:
        """Open the gate; ask first where that cuts somebody off."""
        view, at = self.view_of_gate(), self._gate()
        waits = what_waits(self.game)
        if waits is not None and view.does:
            self.shell.open(waits)
        elif not view.asks:
            self._opens()
        else:
            fits = len(view.asks) + len(view.does) + 22 <= self.app.size.width
            word = view.does if fits else view.does.split(" ")[0]
            self.confirm(view.asks, word, lambda: self._opens_still(at))

    def _opens_still(self, at: tuple[object, ...]) -> None:
        if at == self._gate():
            self._opens()
        else:
            self.show_notice("The table has moved on; look again.")

    def _opens(self) -> None:
        if self.request(Continue()):
            self.marked = None
            self.paint()

    def action_end(self) -> None:
        """ENDEX, after a question that says for how many."""
        here = self.context.attendance.here() if self.context.attendance is not None else 0
        seats_ = f"{here} seat{'' if here == 1 else 's'}"
        self.confirm(f"End the exercise for {seats_} and go to the review?", "End", self._end)

    def action_whole(self) -> None:
        """What is proposed, or was ruled last, on a page of its own."""
        from ttx.tui.screens.reckoning import ReckoningScreen
        from ttx.tui.screens.ruling import RulingScreen

        if reckoning(self.eye) is not None:
            self.shell.open(ReckoningScreen())
        elif ruling(self.eye) is not None:
            self.shell.open(RulingScreen())
        else:
            self.show_notice("Nothing has been ruled on in this turn.")
