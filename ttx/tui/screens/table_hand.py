"""What a seat has in hand at the Table: its draft, and whether it may give anything now."""

from __future__ import annotations

from dataclasses import replace

from ttx.session import phases
from ttx.session.answer import Answer
from ttx.session.view.levers import LeverView, RequestView, requests
from ttx.session.view.levers import levers as lever_views
from ttx.session.view.message import MessageView, message
from ttx.session.view.money import MoneyView, money
from ttx.session.view.pace import OwnCell, own_cell, pace
from ttx.session.view.table import status
from ttx.tui.screens.play import PlayPage
from ttx.tui.seat_state import Draft


class Hand:
    """A seat's side of the Table; alone it answers at once, with a facilitator it commits first."""

    def __init__(self, page: PlayPage) -> None:
        """Nothing marked, nothing written."""
        self.page = page
        self._own = Draft()

    @property
    def draft(self) -> Draft:
        """What is marked and written; at a hosted table it outlives the connection."""
        context = self.page.context
        return context.state.draft if context.hosted else self._own

    @property
    def view(self) -> MessageView | None:
        """The inject on the table."""
        return self.page.seen(message)

    @property
    def cell(self) -> OwnCell:
        """The seat's own cell."""
        return self.page.seen(own_cell)

    @property
    def held(self) -> bool:
        """Whether somebody facilitates: then seats commit, leads submit, and the run waits."""
        return self.page.seen(pace).held

    # --- the answer ---

    @property
    def answering(self) -> bool:
        """Whether an inject waits on the table, as against levers."""
        return self.page.game.phase != phases.LEVERS

    @property
    def may_answer(self) -> bool:
        """Whether the seat may yet give something for the inject on the table."""
        if not (self.answering and self.cell.decides):
            return False
        sealed = self.view is not None and self.view.sealed
        return not self.held or (self.page.game.phase == phases.DELIBERATION and not sealed)

    def begin(self) -> None:
        """A new inject, turn or seat finds nothing marked, or what was committed to before."""
        page, draft = self.page, self.draft
        view = self.view if self.answering else None
        key = f"{page.seat}:{page.seen(status).turn}:{view.id if view else ''}"
        if key == draft.of:
            return
        draft.of, draft.marked, draft.picked, draft.touched = key, 0, None, False
        draft.own, draft.answer = False, Answer()
        if view is None:
            return
        draft.marked = next((at for at, option in enumerate(view.options) if not option.closed), 0)
        given, names = self.cell.given, [option.id for option in view.options]
        if given is not None and (given.written or given.option in names):
            draft.own, draft.touched = bool(given.written), True
            draft.answer = replace(given, option="", expects=dict(given.expects))
            draft.marked = draft.marked if draft.own else names.index(given.option)

    # --- the levers ---

    @property
    def levers(self) -> tuple[LeverView, ...]:
        """Those that this turn opens."""
        return tuple(lever for lever in self.page.seen(lever_views) if lever.open)

    @property
    def lever(self) -> LeverView | None:
        """The marked one."""
        marked = self.draft.lever
        return next((lever for lever in self.levers if lever.id == marked), None)

    @property
    def marked_level(self) -> str:
        """The name of the level that is marked and not yet taken; empty where none is."""
        lever, picked = self.lever, self.draft.picked
        return lever.levels[picked].name if lever is not None and picked is not None else ""

    @property
    def ahead(self) -> MoneyView | None:
        """What money comes to, with the level that is marked."""
        lever, picked = self.lever, self.draft.picked
        if lever is None or picked is None:
            return self.page.seen(money)
        return money(self.page.eye, lever.id, lever.levels[picked].id)

    @property
    def asked(self) -> RequestView | None:
        """A move that waits for this seat's consent."""
        return next(iter(self.page.seen(requests)), None)

    @property
    def grants(self) -> bool:
        """Whether the seat answers what another cell asks of its own."""
        return not self.held or self.cell.leads

    @property
    def done(self) -> bool:
        """Whether the cell is done with its levers and waits for others."""
        return self.held and self.cell.done
