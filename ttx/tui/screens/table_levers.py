"""The levers on the Table, at the opening of a turn: which is marked, its levels, and moving it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from rich.text import Text
from textual.binding import Binding

from ttx.i18n import _
from ttx.session.command import ended
from ttx.session.play_commands import Grant, LeaveLevers, Move
from ttx.session.view.moves import move
from ttx.session.view.posture import turned_now
from ttx.session.view.table import status
from ttx.tui import paint
from ttx.tui.page import SMALL
from ttx.tui.parts.list import ListRegion
from ttx.tui.screens.play import PlayRegion
from ttx.tui.screens.table_hand import Hand
from ttx.tui.screens.table_words import beside_levers, who_closes
from ttx.tui.widgets import levers

FEW = 4
"""So many levers stand in one column also on a small terminal."""


class LeverList(ListRegion[str], PlayRegion):
    """The levers that the turn opens; the levels of the marked one stand below it."""

    KEYS: ClassVar[list[Binding]] = [
        Binding("l,right", "list.sideways(1)", "right", id="right", tooltip="Next level"),
        Binding("h,left", "list.sideways(-1)", "left", id="left", tooltip="Level before"),
    ]
    GRANTS: ClassVar[list[Binding]] = [
        Binding("y", "list.grant(True)", "agree", id="agree", tooltip="Agree to what is asked"),
        Binding("x", "list.grant(False)", "refuse", id="refuse", tooltip="Refuse what is asked"),
    ]
    hand: Hand
    _unobtainable: str = ""
    """Why the level that was last asked for cannot be had; until something else is marked."""

    # --- what is shown ---

    @property
    def _half(self) -> int:
        """How many stand in the left column of two; 0 where there is one."""
        count = len(self.hand.levers)
        return (count + 1) // 2 if self.page.form == SMALL and count > FEW else 0

    @property
    def rows_needed(self) -> int:
        """Rows of label, rule and levers, and an empty one where there is room for it."""
        return 2 + self._half if self._half else 3 + len(self.hand.levers)

    def foot(self) -> list[tuple[str, str]]:
        """What the keys do to the levers now."""
        hand, keys = self.hand, [("down up", _("lever"))]
        if not hand.cell.decides or hand.done:
            return [*keys, ("all-levers", _("all levers"))]
        count = len(hand.lever.levels) if hand.lever is not None else 4
        keys.append((f"choose-1..choose-{count}", _("level")))
        if hand.draft.picked is not None:
            return [*keys, ("commit", _("move"))]
        if not hand.held:
            return [*keys, ("commit", _("on to the news"))]
        return [*keys, ("commit", _("done with levers"))] if hand.cell.leads else keys

    def draw(self) -> None:
        """A lever a row, in two columns where they are many and the terminal is small."""
        page, draft = self.page, self.hand.draft
        parts = {lever.id: lever for lever in self.hand.levers}
        if not parts:
            return
        ink, signs, width, half = page.ink, page.glyphs, self.area.width, self._half
        self.take([*parts])
        if draft.lever not in parts:
            draft.lever = self.keys[0]
        self.mark(draft.lever)

        column = levers.name_column(self.hand.levers)

        def row(name: str, across: int) -> Text:
            return levers.list_row(
                parts[name], across, ink, signs, marked=name == draft.lever, column=column
            )

        def draw(name: str, _marked: bool) -> Sequence[Text]:  # noqa: FBT001  # as a list asks for it
            at = self.keys.index(name)
            if not half:
                return [row(name, width)]
            beside = [
                row(other, width - width // 2) for other in self.keys[at + half : at + half + 1]
            ]
            return [Text("", end="").join([row(name, width // 2), *beside])] if at < half else []

        turn = page.seen(status).turn
        label = paint.label(
            width, _("LEVERS, TURN {turn}", turn=turn), ink, beside_levers(self.hand)
        )
        self.show_items(draw, [label, paint.rule(width, ink, signs)])

    # --- the mark ---

    def item_at(self, row: int, column: int) -> int | None:
        """In two columns the right one has the second half."""
        at = super().item_at(row, column)
        right = self._half if column >= self.area.width // 2 else 0
        return at + right if at is not None and at + right < len(self.keys) else None

    def _move(self, at: int) -> None:
        if not self.page.context.previewing:
            self._mark(self.keys[at])

    def _mark(self, lever: str) -> None:
        """Mark another lever; a level that was marked and not moved is said."""
        draft, page = self.hand.draft, self.page
        self._unobtainable = ""
        left, before = draft.picked is not None and lever != draft.lever, draft.lever
        draft.picked, draft.lever = None, lever
        page.context.record_activity()
        if left:
            enter = page.key("commit")
            words = _(
                "{before} was not moved: {enter} moves the level that is marked.",
                before=page.eye.names.levers[before],
                enter=enter,
            )
            page.show_notice(words)
        else:
            page.paint()

    def mark_of_question(self, at: int) -> None:
        """Mark one of the levers of the exercise's question, if it is among them."""
        names = self.page.game.run.exercise.review.levers
        if at < len(names) and names[at] in self.keys:
            self._mark(names[at])

    # --- levels ---

    def choose(self, number: int) -> None:
        """Mark a level of the marked lever; why it cannot be had is said."""
        lever, draft, page = self.hand.lever, self.hand.draft, self.page
        if lever is None or not 1 <= number <= len(lever.levels):
            return
        if not lever.mine:
            words = _(
                "Closed: {lever} is held by {held_by}.", lever=lever.name, held_by=lever.held_by
            )
            self._unobtainable = words
            page.show_notice(words)
            return
        level = lever.levels[number - 1]
        closed = level.closed
        if level.held:
            closed = _("{lever} already stands at {part}.", lever=lever.name, part=level.name)
        draft.picked = None if closed else number - 1
        self._unobtainable = closed
        page.context.record_activity()
        if closed:
            page.show_notice(closed)
        else:
            page.show_notice(move(page.eye, lever.id, level.id).sentence)

    def action_sideways(self, by: int) -> None:
        """Mark the next or the former level."""
        lever, picked = self.hand.lever, self.hand.draft.picked
        if lever is not None and not self.hand.answering:
            if picked is None:
                picked = next(at for at, level in enumerate(lever.levels) if level.held)
            self.choose(picked + by + 1)

    def action_level(self, number: int) -> None:
        """A click on a level marks it; a second one moves the lever there."""
        if self.hand.draft.picked == number - 1:
            self.give()
        else:
            self.choose(number)

    # --- what is given ---

    def give(self) -> None:
        """Make the move that is marked; where none is, be done with the levers."""
        hand, page, draft, lever = self.hand, self.page, self.hand.draft, self.hand.lever
        if draft.picked is not None and lever is not None:
            level, draft.picked = lever.levels[draft.picked], None
            if page.request(Move(lever.id, level.id)):
                waits = self._waits(lever.id)
                words = self._moved(lever.name, level.name)
                page.show_notice(words, lambda: self._waits(lever.id) == waits)
        elif self._unobtainable:
            words = _(
                "{why} Nothing is marked: choose another level, or {key} and then {enter}.",
                why=ended(self._unobtainable),
                key=page.key("give-up"),
                enter=page.key("commit"),
            )
            page.show_notice(words)
        elif hand.held and (hand.done or not (hand.cell.decides and hand.cell.leads)):
            page.show_state(lambda: who_closes(hand))
        else:
            self._leave()

    def unmark(self) -> bool:
        """Mark no level any more; whether one was marked, or asked for and closed."""
        had = self.hand.draft.picked is not None or bool(self._unobtainable)
        self.hand.draft.picked, self._unobtainable = None, ""
        if had:
            self.page.paint()
        return had

    def _waits(self, lever: str) -> bool:
        """Whether a move of a lever waits for another cell's consent."""
        return any(part.asked for part in self.hand.levers if part.id == lever)

    def _moved(self, lever: str, level: str) -> str:
        waits = self.hand.lever is not None and self.hand.lever.asked
        if waits:
            return _(
                "{lever} at {level} costs consent: the other cell's lead is asked.",
                lever=lever,
                level=level,
            )
        return _("{lever} now stands at {level}.", lever=lever, level=level)

    def _leave(self) -> None:
        """Be done; where a request would lapse by that, only after a question."""
        waits = [lever.name for lever in self.hand.levers if lever.asked]

        def leave() -> None:
            if self.page.request(LeaveLevers()) and not self.hand.held:
                self.page.show_notice(turned_now(self.page.eye))

        if not waits:
            leave()
            return
        listed = _(" and ").join(waits)
        sentence = _("The request for {waits} still waits, and may lapse. Be done?", waits=listed)
        self.page.confirm(sentence, _("Done"), leave)

    def action_grant(self, agreed: bool) -> None:  # noqa: FBT001  # a key binding passes it so
        """Agree to a move that another cell asked for, or refuse it."""
        asked = self.hand.asked
        if asked is not None and not self.hand.answering:
            self.page.request(Grant(asked.lever, agreed))
