"""The seats on the Control screen: who is in, who is missing, and what they answered."""

from __future__ import annotations

from typing import ClassVar

from rich.cells import cell_len
from rich.text import Text
from textual.binding import Binding

from ttx.i18n import N_, _
from ttx.session import phases
from ttx.session.attendance import AWAY, HERE, IDLE, NEVER, Place
from ttx.session.play_commands import TO_ALL, Message
from ttx.session.view.pace import named
from ttx.session.view.submissions import IN, MISSING, NOT_YET, ROBOT, SeatRow, submissions
from ttx.tui import paint
from ttx.tui.page import SMALL
from ttx.tui.paint import Seg
from ttx.tui.parts.fields import Option
from ttx.tui.parts.table import Column, Table
from ttx.tui.screens.play import PlayRegion
from ttx.tui.widgets.seats import since, too_small

AWAITED = (MISSING, NOT_YET)
GONE = {AWAY: N_("away: {seats}"), NEVER: N_("never came: {seats}")}
"""Ways not to be there, each with the words for all seats of which it is so."""


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
        Binding(
            "w", "submissions.write", "write", id="write", tooltip="A message to a seat or to all"
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

    # --- a message ---

    def action_write(self) -> None:
        """Choose to whom, and write a message."""
        eye, attendance = self.page.eye, self.page.context.attendance
        seats = attendance.seats if attendance is not None else tuple(eye.names.seats)
        options = [Option(TO_ALL, _("Everybody"), _("all seats and the room's screen"))]
        for seat in seats:
            if seat != self.page.seat:
                name, cell = named(eye, seat)
                options.append(Option(seat, name, f"{cell:<8}{eye.text(eye.run.seat(seat).name)}"))
        self.page.shell.go("choice", _("Message to"), options, self._write)

    def _write(self, to: str) -> None:
        """Write to a seat, or to all."""
        name = _("all") if to == TO_ALL else named(self.page.eye, to)[0]
        what, done = _("Message to {name}", name=name), _("Sent to {name}.", name=name)
        self.page.prompt_command(what, lambda text: Message(to, text), done, _("sends"))

    # --- what is shown ---

    def draw(self) -> None:
        """Who is in and who is missing."""
        page, width, ink = self.page, self.area.width, self.page.ink
        if page.form == SMALL:
            left = self._missing()
            away = self._absent(width - 1 - sum(cell_len(words) for words, _style in left))
            rows = [paint.line(width, self._in()), paint.line(width, left, away)]
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
        here, gone = self._presence(seat), self._is_gone(seat)
        right = [(here, ink.heat if gone else ink.text if missing else ink.muted)]
        if seat.state == ROBOT:
            right = [(seat.robot, ink.muted)]
        elif seat.state == IN and (seat.entered or seat.at is not None):
            came = _("entered here") if seat.entered else paint.clock(seat.at or 0)
            right = [(came, ink.text)]
            if gone:
                right.insert(0, (f"{here}  ", ink.heat))
            if self.answers_shown and seat.answer:
                sure = f"{seat.confidence}%" if seat.confidence else ""
                right = [(f"{seat.answer} {sure:>4}  ", ink.text), right[0 if gone else -1]]
        return table.row([name, state], right=right)

    def _place(self, seat: SeatRow) -> Place | None:
        """Who sits at a person's seat; None where nobody is invited to it."""
        attendance = self.page.context.attendance
        if attendance is None or seat.state == ROBOT or seat.seat not in attendance.seats:
            return None
        return attendance.place(seat.seat)

    def _is_gone(self, seat: SeatRow) -> bool:
        """Whether nobody sits at a seat that somebody was invited to, or who does sees no page."""
        place = self._place(seat)
        return place is not None and (place.presence in GONE or too_small(place))

    def _presence(self, seat: SeatRow) -> str:
        """Whether somebody sits there; where it is awaited, when it typed last or how long not."""
        page, place = self.page, self._place(seat)
        if place is not None and place.presence in GONE:
            away = place.presence == AWAY and seat.state != IN
            return _("away {time}", time=since(place)) if away else _(place.presence)
        if place is not None and too_small(place):
            return _("window too small")
        if seat.state in AWAITED and page.game.phase != phases.BRIEFING:
            return self._does(seat)
        if place is None:
            return ""
        if place.presence == IDLE:
            return _("idle {time}", time=paint.clock(int(place.still)))
        return _(HERE)

    def _does(self, seat: SeatRow) -> str:
        """When somebody who is awaited typed last, or how long nothing came."""
        page, attendance = self.page, self.page.context.attendance
        idle = attendance.idle_seconds(seat.seat) if attendance is not None else None
        elapsed = page.table.elapsed
        if idle is not None and idle <= elapsed:
            return _("typed {time} ago", time=paint.clock(int(idle)))
        return _("idle {time}", time=paint.clock(elapsed))

    def _absent(self, room: int) -> list[Seg]:
        """Who has left and who never came, beside those that are missing.

        Only how many, where their names need more than so many cells.
        """
        known = [(s.name, self._place(s)) for s in self.seats if s.state != MISSING]
        parts = [
            (presence, [name for name, place in known if place and place.presence == presence])
            for presence in GONE
        ]
        named = [_(GONE[kind], seats=", ".join(names)) for kind, names in parts if names]
        counted = [_(GONE[kind], seats=len(names)) for kind, names in parts if names]
        words = "   ".join(named)
        if cell_len(words) > room:
            words = "   ".join(counted)
        return [(words, f"bold {self.page.ink.heat}")] if words else []

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
                    (f"{self._presence(seat)}   ", ink.muted),
                ]
        others = ", ".join(seat.name for seat in self.seats if seat.state == NOT_YET)
        if others:
            cells.append((_("not yet: {seats}", seats=others), ink.muted))
        return cells or [(_("Nobody is missing."), ink.muted)]
