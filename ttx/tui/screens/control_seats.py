"""The seats on the Control screen: who is in, who is missing, and what they answered."""

from __future__ import annotations

from typing import ClassVar

from rich.text import Text
from textual.binding import Binding

from ttx.i18n import _
from ttx.session import phases
from ttx.session.view.submissions import IN, MISSING, NOT_YET, ROBOT, SeatRow, submissions
from ttx.tui import paint
from ttx.tui.page import SMALL
from ttx.tui.paint import Seg
from ttx.tui.parts.table import Column, Table
from ttx.tui.screens.play import PlayRegion

AWAITED = (MISSING, NOT_YET)


class SeatsRegion(PlayRegion):
    """A row for each seat; its answer only where the curtain is open."""

    KEYS: ClassVar[list[Binding]] = [
        Binding(
            "z",
            "submissions.curtain",
            "curtain",
            id="curtain",
            tooltip="Show or hide the answers",
        ),
    ]

    def __init__(self, name: str) -> None:
        """The curtain is closed: this screen may be on the projector."""
        super().__init__(name)
        self.answers_shown = False

    @property
    def seats(self) -> tuple[SeatRow, ...]:
        """The seats of the cells that answer, and the robots of others."""
        page = self.page
        return page.kept("seats", lambda: submissions(page.eye, page.table.entries))

    def count(self, *states: str) -> int:
        """How many are in one of some states."""
        return sum(seat.state in states for seat in self.seats)

    def action_curtain(self) -> None:
        """Show the answers, or hide them."""
        self.answers_shown = not self.answers_shown
        self.page.paint()

    # --- what is shown ---

    def draw(self) -> None:
        """Who is in and who is missing."""
        page, width, ink = self.page, self.area.width, self.page.ink
        if page.form == SMALL:
            rows = [paint.line(width, self._in()), paint.line(width, self._missing())]
            page.put(self.called, rows)
            return
        asked, note = self.count(IN, *AWAITED), ""
        if asked:
            curtain = _("hides") if self.answers_shown else _("answers")
            note = _("{count} of {asked} in", count=self.count(IN), asked=asked)
            note = f"{note}   {page.key('curtain')} {curtain}"
        label = paint.label(width, _("SUBMISSIONS"), ink, note)
        table = Table([Column("", 13), Column("", 8, gap=0)], width, page.glyphs)
        rows = [self._row(seat, table) for seat in self.seats]
        page.put(self.called, [label, paint.rule(width, ink, page.glyphs), *rows])

    def _row(self, seat: SeatRow, table: Table) -> Text:
        ink, missing = self.page.ink, seat.state == MISSING
        name = (seat.name, f"bold {ink.strong}" if missing else ink.text)
        tones = {IN: f"bold {ink.cool}", MISSING: f"bold {ink.heat}"}
        state = (_(seat.state), tones.get(seat.state, ink.muted))
        right = [(self._does(seat), ink.text if missing else ink.muted)]
        if seat.state == ROBOT:
            right = [(seat.robot, ink.muted)]
        elif seat.at is not None and seat.state == IN:
            right = [(paint.clock(seat.at), ink.text)]
            if self.answers_shown and seat.answer:
                sure = f"{seat.confidence}%" if seat.confidence else ""
                right.insert(0, (f"{seat.answer} {sure:>4}  ", ink.text))
        return table.row([name, state], right=right)

    def _does(self, seat: SeatRow) -> str:
        """What a seat is at that is awaited: when it typed last, or how long it is idle."""
        page, attendance = self.page, self.page.context.attendance
        if seat.state not in AWAITED or page.game.phase == phases.BRIEFING:
            return ""
        idle = attendance.idle_seconds(seat.seat) if attendance is not None else None
        elapsed = page.table.elapsed
        if idle is not None and idle <= elapsed:
            return _("typed {time} ago", time=paint.clock(int(idle)))
        return _("idle {time}", time=paint.clock(elapsed))

    def _in(self) -> list[Seg]:
        """Who is in, in one row."""
        ink = self.page.ink
        cells = [(_("IN"), f"bold {ink.muted}"), ("  ", "")]
        for seat in self.seats:
            if seat.state == IN:
                answer = f" {seat.answer}" if self.answers_shown and seat.answer else ""
                cells.append((f"{seat.name}{answer}   ", ink.text))
            elif seat.state == ROBOT:
                cells.append((_("{seat} robot", seat=seat.name) + "   ", ink.muted))
        return cells

    def _missing(self) -> list[Seg]:
        """Who is missing and what they are at, in one row; then who has not committed yet."""
        ink, cells = self.page.ink, list[Seg]()
        for seat in self.seats:
            if seat.state == MISSING:
                cells = cells or [(_("MISSING"), f"bold {ink.heat}"), ("  ", "")]
                cells += [
                    (f"{seat.name} ", f"bold {ink.strong}"),
                    (f"{self._does(seat)}   ", ink.muted),
                ]
        others = ", ".join(seat.name for seat in self.seats if seat.state == NOT_YET)
        if others:
            cells.append((_("not yet: {seats}", seats=others), ink.muted))
        return cells or [(_("Nobody is missing."), ink.muted)]
