"""The MSEL on the Control screen: the marked row, what is shown of it, and what is done to it."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import ClassVar

from rich.text import Text
from textual.binding import Binding, BindingType

from ttx.session import gates, phases
from ttx.session.command import Command
from ttx.session.control_commands import Defer, Release, Skip, Steer
from ttx.session.view.inject import whole
from ttx.session.view.msel import (
    EVERYTHING,
    NEXT,
    RELEASED,
    STATUSES,
    TO_COME,
    Filter,
    MselRow,
    chosen,
    filters,
    msel,
)
from ttx.session.view.time_plan import PlanView, time_plan
from ttx.tui import paint
from ttx.tui.page import SMALL
from ttx.tui.region import Box
from ttx.tui.screens.inject_sheets import columns, contingency, whole_inject
from ttx.tui.screens.play import PlayPage
from ttx.tui.widgets import msel as widget

TURN = re.compile(r"^\s*(?:turn\s*|t)?(\d+)\b[\s,:;.-]*(.*)$", re.IGNORECASE | re.DOTALL)
"""A turn and a reason, as they are typed to defer."""


class MselPage(PlayPage):
    """A page with the MSEL, one row of it marked."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("j,down", "step(1)", "down", id="down", tooltip="Next inject"),
        Binding("k,up", "step(-1)", "up", id="up", tooltip="Inject before"),
        Binding("g,home", "edge(0)", "first", id="first", tooltip="First inject"),
        Binding("G,end", "edge(1)", "last", id="last", tooltip="Last inject"),
        Binding("slash", "find", "search", id="find", tooltip="Search all text of the MSEL"),
        Binding("f", "filter", "filter", id="filter", tooltip="Next filter; Esc shows all"),
        Binding("enter", "open", "open", id="open", tooltip="The marked inject whole"),
        Binding("m", "columns", "columns", id="columns", tooltip="All columns of its row"),
        Binding("r", "release", "release", id="release", tooltip="Release the marked inject"),
        Binding("d", "defer", "defer", id="defer", tooltip="Defer it to a later turn"),
        Binding("s", "skip", "skip", id="skip", tooltip="Leave it out of this run"),
        Binding("a", "ad_hoc", "ad-hoc", id="ad-hoc", tooltip="Write an inject on the spot"),
        Binding(
            "c", "steer", "contingency", id="steer", tooltip="The contingency of the open inject"
        ),
    ]

    def __init__(self) -> None:
        """All rows; what is next is marked."""
        super().__init__()
        self.marked: tuple[str, bool] | None = None
        """Inject, and whether its contingency; None where the mark follows the run."""
        self.by: Filter = EVERYTHING
        self.searched = ""
        self._top = 0

    # --- what is shown ---

    def rows_of_msel(self) -> tuple[MselRow, ...]:
        """All rows."""
        return self.kept("msel", lambda: msel(self.eye, self.table.elapsed))

    def shown_rows(self) -> tuple[MselRow, ...]:
        """Those that pass the filter and the search."""
        return chosen(self.rows_of_msel(), self.by, self.searched)

    def time_plan(self) -> PlanView:
        """The time plan, made anew each minute."""
        elapsed = self.table.elapsed
        return self.kept(
            f"plan {elapsed // 60}",
            lambda: time_plan(self.eye, elapsed),
        )

    def marked_row(self) -> MselRow | None:
        """The marked row of those shown."""
        rows = self.shown_rows()
        for row in rows:
            if (row.inject, row.contingency) == self.marked:
                return row
        slot = gates.open_slot(self.game)
        fits = [row for row in rows if not row.contingency and slot in (None, row.slot)]
        for status in (NEXT, RELEASED, *TO_COME):
            for row in fits:
                if row.status == status:
                    return row
        return rows[0] if rows else None

    def draw_msel(self, box: Box) -> None:
        """The rows round the marked one."""
        ink, rows = self.ink, self.shown_rows()
        found: list[Text] = []
        if self.form != SMALL:
            found += [
                paint.label(box.width, "MSEL", ink, self._counted(), self._narrowed()),
                paint.rule(box.width, ink, self.glyphs),
            ]
        found.append(widget.head(box.width, self.form, ink))
        room = box.height - len(found)
        marked = self.marked_row()
        at = rows.index(marked) if marked is not None else 0
        self._top = max(min(self._top, at), at - room + 1, 0)
        self._top = max(min(self._top, len(rows) - room), 0)
        if self.marked is None and marked is not None:  # what comes after it is of interest
            self._top = max(min(at - 2, len(rows) - room), 0)
        for row in rows[self._top : self._top + room]:
            found.append(
                widget.row(row, box.width, self.form, ink, self.glyphs, marked=row is marked)
            )
        if not rows:
            found.append(paint.line(box.width, [(self._nothing(), ink.muted)]))
        self.put("msel", found)

    def row_at(self, row: int) -> MselRow | None:
        """The inject in a row of the region."""
        head = 1 if self.form == SMALL else 3
        rows, at = self.shown_rows(), self._top + row - head
        return rows[at] if row >= head and at < len(rows) else None

    def _counted(self) -> str:
        every = self.rows_of_msel()
        counts = [
            (one, sum(row.status == one and not row.contingency for row in every))
            for one in STATUSES
        ]
        words = ", ".join(f"{count} {one}" for one, count in counts if count)
        return f"{sum(count for _, count in counts)}: {words}"

    def _narrowed(self) -> list[tuple[str, str]]:
        said = [self.by.label] if self.by.by else []
        said += [f"'{paint.clean(self.searched)}'"] if self.searched else []
        return [(f"  {', '.join(said)}", f"bold {self.ink.cool}")] if said else []

    def _nothing(self) -> str:
        return "No inject has all of that. Esc shows all of them." if self.searched else "None."

    # --- the mark ---

    def action_step(self, by: int) -> None:
        """Mark the next or the former row."""
        rows, marked = self.shown_rows(), self.marked_row()
        if marked is not None:
            self._mark(rows[max(min(rows.index(marked) + by, len(rows) - 1), 0)])

    def action_edge(self, end: int) -> None:
        """Mark the first or the last row."""
        rows = self.shown_rows()
        if rows:
            self._mark(rows[-1 if end else 0])

    def _mark(self, row: MselRow) -> None:
        self.marked = row.inject, row.contingency
        self.paint()

    def action_filter(self) -> None:
        """Show the next part of the MSEL."""
        every = filters(self.eye, self.rows_of_msel())
        at = every.index(self.by) if self.by in every else 0
        self.by = every[(at + 1) % len(every)]
        self.show_notice(f"Filter: {self.by.label}." if self.by.by else "All injects.")

    def action_find(self) -> None:
        """Ask for words to search."""
        self.prompt_text("Search the MSEL", self._found, self.searched, does="searches")

    def _found(self, words: str) -> None:
        self.searched = words
        if words and not self.shown_rows():
            self.show_notice(self._nothing())

    def action_give_up(self) -> None:
        """Show all rows again; the mark follows the run again after that."""
        if self.by.by or self.searched:
            self.by, self.searched = EVERYTHING, ""
            self.paint()
        else:
            self.marked = None
            super().action_give_up()
            self.paint()

    # --- one inject ---

    def action_open(self) -> None:
        """The marked inject whole."""
        row = self.marked_row()
        if row is not None:
            view = whole(self.eye, row.inject)
            self.shell.open(whole_inject(view, row.number))

    def action_columns(self) -> None:
        """All columns of the marked row."""
        row = self.marked_row()
        if row is not None:
            times = {one.number: one for one in self.time_plan().injects}
            self.shell.open(columns(row, times.get(row.number)))

    def action_release(self) -> None:
        """Put the marked inject into the open slot; a reason where its conditions do not hold."""
        row = self.marked_row()
        if row is None:
            return
        if row.contingency:
            self.action_steer()
            return
        slot = gates.open_slot(self.game)
        following = next((one for one in self.rows_of_msel() if one.status == NEXT), None)
        fits = slot == row.slot and row.status != RELEASED and row.actual is None
        if fits and row.lacks:
            self._ask_why(
                f"Why release '{row.title}'? Its conditions do not hold: {row.lacks}.",
                lambda why: Release(row.inject, why),
                "releases",
            )
        elif fits and following is not None and following.inject != row.inject:
            sentence = f"Release '{row.title}' instead of '{following.title}'?"
            self.confirm(sentence, "Release", lambda: self._released(row.inject))
        else:
            self._released(row.inject)

    def _released(self, inject: str) -> None:
        if self.request(Release(inject)):
            self.marked = None
            self.paint()

    def action_skip(self) -> None:
        """Leave the marked inject out of this run, with a reason."""
        row = self.marked_row()
        if row is not None and not row.contingency:
            self._ask_why(f"Why skip '{row.title}'?", lambda why: Skip(row.inject, why), "skips")

    def action_defer(self) -> None:
        """Put the marked inject off to a turn, with a reason."""
        row, game = self.marked_row(), self.game
        if row is None or row.contingency:
            return
        count = game.run.exercise.turns.count
        first = min(len(game.turns) + 1, count)

        def put_off(words: str) -> Command:
            found = TURN.match(words)
            turn, why = (int(found[1]), found[2]) if found else (0, words)
            return Defer(row.inject, turn, why)

        what = f"Defer '{row.title}'. Turn ({first} to {count}), then why"
        self._ask_why(what, put_off, "defers", f"{first} ")

    def _ask_why(
        self, what: str, make: Callable[[str], Command], does: str, start: str = ""
    ) -> None:
        """Ask for words and make a request of them; what was typed outlives a refusal."""

        def done(words: str) -> None:
            if not words:
                return
            if self.request(make(words)):
                self.marked = None if does == "releases" else self.marked
                self.paint()
                return
            refusal, self.notice = self.notice, ""
            self.prompt_text(refusal, done, words, does)

        self.prompt_text(what, done, start, does)

    def action_ad_hoc(self) -> None:
        """Write an inject on the spot, on a page of its own."""
        from ttx.tui.screens.adhoc import AdHocScreen

        def added(inject: str) -> None:
            self.by, self.searched, self.marked = EVERYTHING, "", (inject, False)
            self.show_notice("It is on the list, and may be released into its slot.")

        self.shell.open(AdHocScreen(added))

    def action_steer(self) -> None:
        """Show the contingency of the inject under deliberation, and ask."""
        game = self.game
        ready = game.phase == phases.DELIBERATION and game.slot is not None
        if not ready or game.inject is None or (game.slot is not None and game.slot.steered):
            self.request(Steer())
            return
        view = whole(self.eye, game.inject.id)
        number = game.number

        def put() -> None:
            if self.game.number != number:
                self.show_notice("The table has moved on; look again.")
            elif self.request(Steer()):
                self.show_notice("The contingency is on the table.")

        self.shell.open(contingency(view, number, put))
