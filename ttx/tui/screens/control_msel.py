"""The MSEL on the Control screen: its rows, the marked one, and what is done to that inject."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import ClassVar

from rich.text import Text
from textual.binding import Binding, BindingType

from ttx.i18n import N_, _
from ttx.session import gates, phases
from ttx.session.command import Command
from ttx.session.control_commands import Defer, Deliver, Release, Skip, Steer
from ttx.session.view.contextual import goes_to, shown
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
)
from ttx.session.view.msel_contextual import may_go, whole_msel
from ttx.session.view.time_plan import time_plan
from ttx.tui import paint
from ttx.tui.page import SMALL
from ttx.tui.parts.list import ListRegion
from ttx.tui.screens.inject_sheets import Contingency, columns, whole_contextual, whole_inject
from ttx.tui.screens.play import PlayRegion
from ttx.tui.widgets import msel as widget

Key = tuple[str, bool]
"""An inject, and whether it is its contingency."""
TURN = re.compile(r"^\s*(?:turn\s*|t)?(\d+)\b[\s,:;.-]*(.*)$", re.IGNORECASE | re.DOTALL)
"""A turn and a reason, as they are typed to defer."""
LET_LIE = N_("A contextual inject waits for nobody: send it when you like, or let it lie.")
FIRST_OF_INTEREST = (NEXT, RELEASED, *TO_COME)
"""The statuses that the mark looks for, while it follows the run."""


class MselList(ListRegion[Key], PlayRegion):
    """All injects of the run; the mark follows what is next until it is moved."""

    BINDINGS: ClassVar[list[BindingType]] = [
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

    def __init__(self, name: str) -> None:
        """All rows; what is next is marked."""
        super().__init__(name)
        self.by: Filter = EVERYTHING
        self.searched = ""
        self._held: Key | None = None
        """What was marked by hand; None where the mark follows the run."""
        self._passing: dict[Key, MselRow] = {}
        """The rows that pass the filter and the search, as they were drawn."""

    # --- what is shown ---

    @property
    def row_marked(self) -> MselRow | None:
        """The marked row of those shown."""
        return self._passing[self.marked] if self.marked is not None else None

    @property
    def by_hand(self) -> bool:
        """Whether somebody has marked it, or looked for it: the mark does not follow the run."""
        narrow = bool(self.by.by or self.searched)
        return narrow or (self._held is not None and self._held == self.marked)

    def _every(self) -> tuple[MselRow, ...]:
        page = self.page
        return page.kept("msel", lambda: whole_msel(page.eye, page.table.elapsed))

    def draw(self) -> None:
        """The rows round the marked one."""
        page, width = self.page, self.area.width
        ink, signs, form = page.ink, page.glyphs, page.form
        rows = chosen(self._every(), self.by, self.searched)
        self._passing = {(row.inject, row.contingency): row for row in rows}
        self.take([*self._passing])
        if self._held in self._passing:
            self.mark(self._held)
        elif rows:
            self.mark(self._next(rows))
        if self._held is None:
            self.top = max(self.at - 2, 0)  # what comes after it is of interest
        number = widget.number_width(self._every(), form)
        head = [widget.table(width, form, signs, head=True, number=number).head(ink)]
        if form != SMALL:
            label = paint.label(width, _("MSEL"), ink, self._counted(), self._narrowed())
            head = [label, paint.rule(width, ink, signs), *head]
        if not rows:
            head.append(paint.line(width, [(self._nothing(), ink.muted)]))
        table = widget.table(width, form, signs, number=number)

        def draw(key: Key, marked: bool) -> Sequence[Text]:  # noqa: FBT001  # as a list asks for it
            return [widget.row(self._passing[key], table, form, ink, marked=marked)]

        self.show_items(draw, head)

    def _next(self, rows: Sequence[MselRow]) -> Key:
        """The row that is of most interest as the run stands."""
        slot = gates.open_slot(self.page.game)
        fits = [
            row
            for row in rows
            if not (row.contingency or row.contextual)
            and slot in (None, row.slot)
            and row.status in FIRST_OF_INTEREST
        ]
        row = min(fits, key=lambda row: FIRST_OF_INTEREST.index(row.status), default=rows[0])
        return row.inject, row.contingency

    def _counted(self) -> str:
        injects = [row.status for row in self._every() if not row.contingency]
        counts = [(injects.count(status), status) for status in STATUSES]
        words = ", ".join(f"{count} {_(status)}" for count, status in counts if count)
        return f"{len(injects)}: {words}"

    def _narrowed(self) -> list[tuple[str, str]]:
        parts = [self.by.label] if self.by.by else []
        if self.searched:
            parts.append(f"'{paint.clean(self.searched)}'")
        return [(f"  {', '.join(parts)}", f"bold {self.page.ink.cool}")] if parts else []

    def _nothing(self) -> str:
        if not self.searched:
            return _("None.")
        key = self.page.key("give-up")
        return _("No inject has all of that. {key} shows all of them.", key=key)

    # --- the mark ---

    def _move(self, at: int) -> None:
        super()._move(at)
        self._held = self.marked

    def follow(self) -> None:
        """Have the mark follow the run again."""
        self._held = None
        self.page.paint()

    def widen(self) -> bool:
        """Show all rows again; whether they were not all shown."""
        narrow = bool(self.by.by or self.searched)
        self.by, self.searched = EVERYTHING, ""
        return narrow

    def action_filter(self) -> None:
        """Show the next part of the MSEL."""
        parts = filters(self.page.eye, self._every())
        at = parts.index(self.by) if self.by in parts else 0
        self.by = parts[(at + 1) % len(parts)]
        words = _("Filter: {part}.", part=self.by.label) if self.by.by else _("All injects.")
        self.page.show_notice(words)

    def action_find(self) -> None:
        """Ask for words to search."""

        def search(words: str) -> None:
            self.searched = words
            if words and not chosen(self._every(), self.by, words):
                self.page.show_notice(self._nothing())

        what, does = _("Search the MSEL"), _("searches")
        self.page.prompt_text(what, search, self.searched, does, looks_up=True)

    # --- one inject ---

    def action_open(self) -> None:
        """The marked inject whole."""
        row, page = self.row_marked, self.page
        if row is not None and row.contextual:
            part = page.game.run.exercise.contextuals[row.inject]
            page.shell.open(whole_contextual(shown(page.eye, part)))
        elif row is not None:
            self.page.shell.open(whole_inject(whole(self.page.eye, row.inject), row.headed))

    def action_columns(self) -> None:
        """All columns of the marked row."""
        row, page = self.row_marked, self.page
        if row is not None:
            injects = time_plan(page.eye, page.table.elapsed).injects
            times = {inject.number: inject for inject in injects}
            page.shell.open(columns(row, times.get(row.played), page.eye.names.objectives))

    def action_release(self) -> None:
        """Put the marked inject into the open slot; a reason where its conditions do not hold."""
        row = self.row_marked
        if row is None:
            return
        if row.contingency:
            self.action_steer()
            return
        if row.contextual:
            self._send(row)
            return
        slot = gates.open_slot(self.page.game)
        following = next((other for other in self._every() if other.status == NEXT), None)
        fits = slot == row.slot and row.status != RELEASED and row.actual is None
        if fits and row.lacks:
            what = _(
                "Why release '{title}'? Its conditions do not hold: {lacks}.",
                title=row.title,
                lacks=row.lacks,
            )
            self._ask_why(
                what, lambda why: Release(row.inject, why), _("releases"), then=self.follow
            )
        elif fits and following is not None and following.inject != row.inject:
            sentence = _(
                "Release '{title}' instead of '{following}'?",
                title=row.title,
                following=following.title,
            )
            self.page.confirm(sentence, _("Release"), lambda: self._release(row.inject))
        else:
            self._release(row.inject)

    def _send(self, row: MselRow) -> None:
        """Send a contextual inject, after a question that says who reads it, and what goes too."""
        page = self.page
        goes = goes_to(page.eye, page.game.run.exercise.contextuals[row.inject])

        def send() -> None:
            page.request(Deliver(row.inject), _("Sent: {what}.", what=goes))

        if may_go(row) and page.game.turns:
            page.confirm(_("Send {what}?", what=goes), _("Send"), send)
        else:
            send()

    def _release(self, inject: str) -> None:
        if self.page.request(Release(inject)):
            self.follow()

    def action_skip(self) -> None:
        """Leave the marked inject out of this run, with a reason."""
        row = self.row_marked
        if row is not None and row.contextual:
            self.page.show_notice(_(LET_LIE))
        elif row is not None and not row.contingency:
            what = _("Why skip '{title}'?", title=row.title)
            self._ask_why(what, lambda why: Skip(row.inject, why), _("skips"))

    def action_defer(self) -> None:
        """Put the marked inject off to a turn, with a reason."""
        row, game = self.row_marked, self.page.game
        if row is not None and row.contextual:
            self.page.show_notice(_(LET_LIE))
            return
        if row is None or row.contingency:
            return
        count = game.run.exercise.turns.count
        first = min(len(game.turns) + 1, count)

        def to_turn(words: str) -> bool:
            typed = TURN.match(words)
            turn = int(typed[1]) if typed else 0
            if not first <= turn <= count:
                self.page.show_notice(_("Give a turn from {first} to {last}.", **turns))
                return False
            what = _("Why defer '{title}' to turn {turn}?", title=row.title, turn=turn)
            start = typed[2] if typed else ""
            self._ask_why(what, lambda why: Defer(row.inject, turn, why), _("defers"), start)
            return True

        turns = {"first": first, "last": count}
        if len(game.turns) >= count or game.phase in phases.PLAY_IS_OVER:
            self.page.request(Defer(row.inject, count, "-"))  # it is refused, and says why
            return
        what = _("Defer '{title}' to which turn, {first} to {last}?", title=row.title, **turns)
        self.page.prompt_text(what, to_turn, does=_("goes on"))

    def _ask_why(
        self,
        what: str,
        make: Callable[[str], Command],
        does: str,
        start: str = "",
        then: Callable[[], None] | None = None,
    ) -> None:
        """Ask for a reason in words and make a request of it; what was typed outlives a refusal."""
        page = self.page

        def done(words: str) -> bool:
            if words and not any(sign.isalpha() for sign in words):
                page.show_notice(_("Give the reason in words."))
                return False
            if words and not page.request(make(words)):
                return False
            if words:
                (then or page.paint)()
            return True

        page.prompt_text(what, done, start, does)

    def action_ad_hoc(self) -> None:
        """Write an inject on the spot, on a page of its own."""

        def added(inject: str) -> None:
            self.widen()
            self._held = inject, False
            if inject in self.page.game.run.exercise.contextuals:
                self.page.show_notice(_("It is on the list, and may be sent at any time."))
            else:
                self.page.show_notice(_("It is on the list, and may be released into its slot."))

        self.page.shell.go("adhoc", added)

    def action_steer(self) -> None:
        """Show the contingency of the inject under deliberation, and ask."""
        page, game = self.page, self.page.game
        ready = game.phase == phases.DELIBERATION and game.slot is not None
        if not ready or game.inject is None or (game.slot is not None and game.slot.steered):
            page.request(Steer())
            return
        number = game.number

        def put() -> None:
            if page.game.number != number:
                page.show_notice(_("The table has moved on; look again."))
            else:
                page.request(Steer(), _("The contingency is on the table."))

        page.shell.open(Contingency(whole(page.eye, game.inject.id), number, put))
