"""What is next, on the Control screen: the marked inject or what is proposed, and the gate."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from rich.text import Text
from textual.binding import Binding
from textual.message import Message

from ttx.i18n import N_, _
from ttx.session import gates, phases
from ttx.session.play_commands import Continue
from ttx.session.run import RELEASES
from ttx.session.view.control import ControlView, control
from ttx.session.view.msel import (
    COMPLETE,
    DEFERRED,
    DUE,
    NEXT,
    RELEASED,
    SKIPPED,
    TO_COME,
    MselRow,
)
from ttx.session.view.msel_contextual import may_go
from ttx.session.view.reckoning import reckoning
from ttx.session.view.ruling import ruling
from ttx.tui import paint
from ttx.tui.cuts import Cut
from ttx.tui.page import SMALL
from ttx.tui.paint import Seg
from ttx.tui.screens.gate import what_waits
from ttx.tui.screens.play import PlayRegion
from ttx.tui.widgets.msel import titled

SLOTS = {"policy": N_("policy slot"), "crisis": N_("crisis slot")}
NAME = 10
"""Cells of the words before what is said of an inject."""
WIDEST = 100
DEFAULTS = ("next", "pause")
"""Bindings whose button is the default one."""


class NextRegion(PlayRegion):
    """The gate the run stands at, with what it opens to; the page binds its keys."""

    KEYS: ClassVar[list[Binding]] = [
        Binding(
            "right_square_bracket", "next.next", "next", id="next", tooltip="Open the next gate"
        ),
        Binding(
            "R", "next.whole", "ruling", id="whole-ruling", tooltip="The ruling or the reckoning"
        ),
    ]

    class Opened(Message):
        """The gate was opened."""

    def __init__(self, name: str) -> None:
        """No inject is marked by hand, and answers are hidden."""
        super().__init__(name)
        self._answers = False
        self._by_hand: MselRow | None = None

    @property
    def view(self) -> ControlView:
        """Where the run stands and what comes next."""
        return self.page.kept("view", lambda: control(self.page.eye))

    # --- what is shown ---

    def draw(self, row: MselRow | None, *, answers: bool, by_hand: bool) -> None:
        """What is proposed, where something is; else the marked inject, and what can be done.

        What was answered is shown where `answers` are; the row was marked `by_hand`, or else it is
        what the run goes on with.
        """
        self._answers, self._by_hand = answers, row if by_hand else None
        rows = self._proposed() if self.view.proposed else self._marked(row)
        room = self.area.height - 1
        rows = rows[:room] + [paint.blank(self.area.width)] * (room - len(rows))
        self.page.put(self.called, [*rows, self._buttons()])

    def _marked(self, row: MselRow | None) -> list[Text]:
        page, width, ink = self.page, self.area.width, self.page.ink
        small = page.form == SMALL
        if row is None:
            rows = [paint.label(width, _("NEXT"), ink)]
        else:
            labels = {NEXT: _("NEXT"), RELEASED: _("ON THE TABLE")}
            label = (labels.get(row.status, _("MARKED")), f"bold {ink.muted}")
            title = (f"  {row.headed}  {titled(row)}", f"bold {ink.strong}")
            aside = _(SLOTS[row.slot]) if row.slot else _("asks nothing")
            aside += f"   {_('can go')}" if row.can_go else ""
            rows = [paint.line(width, [label, title], [(aside, ink.muted)])]
        if not small:
            rows.append(paint.rule(width, ink, page.glyphs))
        parts = self._about(row) if row is not None else []
        if small and len(parts) > 2:  # what is expected, and the last: what it waits for, or why
            parts = [parts[0], parts[-1]]
        return rows + [line for part in parts for line in self._part(*part, 1 if small else 2)]

    def _part(self, name: str, words: str, tone: str, most: int) -> list[Text]:
        """What is said of an inject under its name, in that many lines at most."""
        width, ink = self.area.width, self.page.ink
        room = min(width - NAME, WIDEST)
        lines = paint.fitted(words, room, most)
        heads = [name, *[""] * (len(lines) - 1)]
        return [
            paint.line(width, [(f"{head:<{NAME}}", ink.muted), (line, tone)])
            for head, line in zip(heads, lines, strict=True)
        ]

    def _about(self, row: MselRow) -> list[tuple[str, str, str]]:
        """What is expected, what if not, and whether its conditions hold."""
        ink = self.page.ink
        expected = [(_("expected"), row.expected), (_("if not"), row.otherwise)]
        parts = [(name, words, ink.text) for name, words in expected if words]
        if row.status in (DEFERRED, DUE):
            words = _("to turn {turn}: {reason}", turn=row.until, reason=row.reason)
            parts.append((_("deferred"), words, ink.heat))
        elif row.status in (SKIPPED, RELEASED, COMPLETE):
            if row.reason:
                parts.append((_(row.status), row.reason, ink.muted))
        elif row.contextual:
            words = _("goes out at any time; meant for: {when}", when=row.scenario)
            parts += [(_("read by"), row.to, ink.text), (_("ready"), words, ink.text)]
        elif row.lacks:
            parts.append((_("ready"), _("not yet: {lacks}", lacks=row.lacks), ink.heat))
        else:
            words = _("its conditions hold, {when}", when=row.scenario)
            if row.ad_hoc:
                words = _("its conditions hold")
            parts.append((_("ready"), words, ink.text))
        return parts

    def _proposed(self) -> list[Text]:
        """What the gate would confirm."""
        page, width, ink = self.page, self.area.width, self.page.ink
        rows = [paint.label(width, _("PROPOSED"), ink, _("nobody else sees it yet"))]
        if page.form != SMALL:
            rows.append(paint.rule(width, ink, page.glyphs))
        view = self.view
        hidden = view.hidden != view.proposed and not self._answers
        said = list(view.hidden if hidden else view.proposed)
        if hidden:
            key = page.key("curtain")
            said.append(_("What was answered, and what came of it, is hidden; {key}.", key=key))
        lines = [line for words in said for line in paint.broken(words, width)]
        room = self.area.height - len(rows) - 1
        if len(lines) > room:
            rest = " ".join(lines[room - 1 :])
            more = Cut(_("and more behind {key}", key=page.key("whole-ruling")), rest)
            lines = [*lines[: room - 1], more]
        return rows + [paint.line(width, [(line, ink.text)]) for line in lines]

    def _buttons(self) -> Text:
        """The buttons that can do something now, the gate's last and default."""
        page, view = self.page, self.view
        keymap, ink = page.keymap, page.ink
        buttons = [] if view.proposed else self._deeds()
        holds = page.context.facilitates
        if page.game.paused and holds:
            buttons.append(("pause", _("Resume")))
        elif view.does:
            buttons.append(("next", view.does))
        cells: list[Seg] = []
        for name, word in buttons:
            key, default, action = (
                keymap.shown(name),
                name in DEFAULTS,
                keymap.bindings[name].action,
            )
            does = action if default else f"msel.{action}"
            cells += [*paint.button(key, word, ink, default=default, does=does), ("  ", "")]
        if view.proposed:
            words = _(
                "{whole} shows it whole; {undo} takes back what led to it",
                whole=keymap.shown("whole-ruling"),
                undo=keymap.shown("undo"),
            )
            cells.append((words, ink.muted))
        elif not (holds or view.does):
            name = page.game.run.seat(page.game.run.facilitator).short
            cells.append((_("{name} holds the pace", name=name), ink.muted))
        return paint.line(self.area.width, cells)

    def _deeds(self) -> list[tuple[str, str]]:
        """What can be done to the marked inject, by the binding that does it."""
        game = self.page.game
        if game.phase in phases.PLAY_IS_OVER or not self.page.context.may(RELEASES):
            return []
        other = self._other
        if other is not None and other.contextual:
            send = [("release", _("Send {number}", number=other.number))] if may_go(other) else []
            return [*send, ("ad-hoc", _("Ad-hoc"))]
        deeds = [("defer", _("Defer")), ("skip", _("Skip")), ("ad-hoc", _("Ad-hoc"))]
        if gates.open_slot(game) is not None and other is not None:
            deeds.insert(0, ("release", _("Release {number}", number=other.number)))
        if game.phase == phases.DELIBERATION and game.slot is not None and not game.slot.steered:
            deeds.append(("steer", _("Contingency")))
        return deeds

    # --- the gate ---

    @property
    def _other(self) -> MselRow | None:
        """The inject that was marked by hand, where the gate would not release that one."""
        marked = self._by_hand
        if marked is None or marked.contingency or marked.inject == self.view.following:
            return None
        return marked

    def _asks(self) -> str:
        """What is asked first: whom the gate cuts off, or that it passes by what is marked."""
        view, other = self.view, self._other
        waits = gates.open_slot(self.page.game) is not None and other is not None
        waits = waits and other is not None and not other.contextual
        if view.asks or not waits or other is None or other.status not in TO_COME:
            return view.asks
        named = {"number": other.number, "title": other.title, "key": self.page.key("release")}
        if not view.following:
            return _(
                "Leave the slot empty? {number} {title} is marked; {key} releases that.", **named
            )
        title = self.page.eye.names.injects[view.following]
        return _(
            "Release {next}? {number} {title} is marked; {key} releases that.",
            next=title,
            **named,
        )

    def _gate(self) -> Sequence[object]:
        """What tells one gate from the next; a question asked at one must not open another."""
        game = self.page.game
        slots = len(game.turn.slots) if game.turn is not None else 0
        return game.phase, len(game.turns), slots, self.view.does, self.view.following, self._asks()

    def action_next(self) -> None:
        """Open the gate; ask first where that cuts somebody off."""
        view, at, page = self.view, self._gate(), self.page
        waits = what_waits(page.game)
        if waits and view.does:
            page.shell.go(waits)
        elif not (asks := self._asks()):
            self._open()
        else:
            slot = gates.open_slot(page.game) is not None
            fits = slot or len(asks) + len(view.does) + 22 <= page.app.size.width
            page.confirm(asks, view.does if fits else _("Close"), lambda: self._open(at))

    def _open(self, at: Sequence[object] | None = None) -> None:
        if at not in (None, self._gate()):
            self.page.show_notice(_("The table has moved on; look again."))
        elif self.page.request(Continue()):
            self.post_message(self.Opened())

    def action_whole(self) -> None:
        """What is proposed, or was ruled last, on a page of its own."""
        page = self.page
        if reckoning(page.eye) is not None:
            page.shell.go("reckoning")
        elif ruling(page.eye) is not None:
            page.shell.go("ruling")
        else:
            page.show_notice(_("Nothing has been ruled on in this turn."))
