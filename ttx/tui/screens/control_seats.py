"""The seats as the facilitator has them: who is here, a word to one, and its invitation."""

from __future__ import annotations

from collections.abc import Callable

from rich.text import Text

from ttx.exercise.model import text
from ttx.i18n import _
from ttx.session.attendance import TAKEN, Invites, Place
from ttx.session.play_commands import TO_ALL, Message
from ttx.session.view.pace import named
from ttx.tui import paint
from ttx.tui.page import SMALL
from ttx.tui.screens.play import PlayPage
from ttx.tui.screens.sheet import Sheet
from ttx.tui.widgets import seats

REFRESH = 5.0
"""Seconds after which times and lags of the seats are shown anew."""
BESIDE = "w write   i invitation   r new code   x revoke"
BESIDE_ALONE = "w write"


class SeatsPage(PlayPage):
    """A page with a row for each invited seat, one of them marked."""

    def __init__(self) -> None:
        """The first seat is marked."""
        super().__init__()
        self.marked = 0
        self.first_shown = 0
        """The first seat that is shown where not all are."""

    def on_mount(self) -> None:
        """Let times and lags show; the page itself paints."""
        self.every(REFRESH, self.refresh_seats)

    @property
    def invites(self) -> Invites | None:
        """What can be done about invitations, where anything can."""
        return self.context.invites

    def seat_places(self) -> list[Place]:
        """All invited seats."""
        found = self.context.attendance
        return found.places() if found is not None else []

    def refresh_seats(self) -> None:
        """Paint who is here anew; only where somebody looks at it."""
        if self.app.screen is self and self.fits and "seats" in self.places:
            self.draw_seats()

    def draw_seats(self) -> None:
        """Paint who is here, and the rows round the marked one where not all fit."""
        box = self.places["seats"]
        ink, every = self.ink, self.seat_places()
        here = f"WHO IS HERE  {sum(one.on for one in every)} of {len(every)}"
        beside = BESIDE if self.invites is not None else BESIDE_ALONE
        rows = [paint.label(box.width, here, ink, beside)]
        if self.form != SMALL:
            rows.append(paint.rule(box.width, ink, self.glyphs))
        rows.append(seats.control_head(box.width, ink, invited=self.invites is not None))
        longer = box.width >= seats.WIDE
        room = box.height - len(rows)
        self.marked = min(self.marked, max(len(every) - 1, 0))
        self.first_shown = max(min(self.first_shown, self.marked), self.marked - room + 1, 0)
        for at, one in list(enumerate(every))[self.first_shown : self.first_shown + room]:
            full = self.game.run.seat(one.seat).name if longer else ""
            names = (*self._names(one), text(full, self.language))
            rows.append(
                seats.control_row(one, names, box.width, ink, self.glyphs, marked=at == self.marked)
            )
        if not every:
            rows.append(paint.line(box.width, [("Nobody is invited.", ink.muted)]))
        self.put("seats", rows)

    def _names(self, place: Place) -> tuple[str, str, str]:
        """What stands in a seat's row: its name, its cell, its invitation."""
        invitation = self.invites.state(place.seat) if self.invites is not None else ""
        return *named(self.eye, place.seat), invitation

    def mark_row(self, row: int) -> None:
        """Mark the seat in a row of the region."""
        head = 2 if self.form == SMALL else 3
        at = self.first_shown + row - head
        if row >= head and at < len(self.seat_places()):
            self.marked = at
            self.refresh_seats()

    # --- the marked seat ---

    def marked_place(self) -> Place | None:
        """The seat whose row is marked."""
        every = self.seat_places()
        return every[self.marked] if self.marked < len(every) else None

    def action_step(self, by: int) -> None:
        """Mark the next or the former seat."""
        every = self.seat_places()
        if every:
            self.marked = (self.marked + by) % len(every)
            self.refresh_seats()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Invitations have keys only where there are any."""
        if action in ("line", "reissue", "revoke") and self.invites is None:
            return False
        return super().check_action(action, parameters)

    def action_write_to(self) -> None:
        """A message to the marked seat."""
        place = self.marked_place()
        if place is not None:
            self._write(place.seat, self._names(place)[0])

    def action_write_all(self) -> None:
        """A message to all."""
        self._write(TO_ALL, "all")

    def _write(self, to: str, name: str) -> None:
        def send(words: str) -> None:
            if words and self.request(Message(to, words)):
                self.show_notice(f"Sent to {name}.")

        self.prompt_text(f"Message to {name}", send, does="sends")

    def action_line(self) -> None:
        """The line of the marked seat, to be sent to the person."""
        self._about_seat(lambda invites, seat: invites.line(seat))

    def action_reissue(self) -> None:
        """A new code, after a question."""
        self._asked_about(
            "A new code for {}? The one before is void.",
            "New code",
            lambda: self._about_seat(lambda invites, seat: invites.reissue(seat)),
        )

    def action_revoke(self) -> None:
        """Nobody comes to the marked seat any more, after a question."""
        self._asked_about(
            "Revoke the invitation of {}?",
            "Revoke, and send away",
            lambda: self._about_seat(lambda invites, seat: invites.revoke(seat)),
        )

    @property
    def _taken(self) -> bool:
        """Whether codes are the other screen's to give; at the host they are always to be had."""
        return self.context.taken_over and not self.context.at_host

    def _asked_about(self, sentence: str, word: str, then: Callable[[], None]) -> None:
        place = self.marked_place()
        if place is None or self.invites is None:
            return
        if self._taken:
            self.show_notice(_(TAKEN))
        elif place.seat == self.seat and not self.context.at_host:
            self.show_notice("That is your own seat; you would lock yourself out.")
        else:
            self.confirm(sentence.format(self._names(place)[0]), word, then)

    def _about_seat(self, do: Callable[[Invites, str], str | None]) -> None:
        """Do something about the marked seat's invitation, and show the line that comes of it."""
        place = self.marked_place()
        if place is None or self.invites is None:
            return
        if self._taken:
            self.show_notice(_(TAKEN))
            return
        try:
            line = do(self.invites, place.seat)
        except Exception as error:  # noqa: BLE001  # whoever keeps the codes refuses in a sentence
            self.show_notice(str(error))
            return
        if line is None:
            self.paint()
        else:
            self._show_line(self._names(place)[0], line)

    def _show_line(self, name: str, line: str) -> None:
        told = "Send this to the person, by a way that only they read. The code works once."

        def rows(sheet: Sheet, width: int) -> list[Text]:
            ink = sheet.ink
            # Never broken between words: it is copied, and pasted into a shell.
            parts = [part for one in line.splitlines() for part in paint.broken(one, width)]
            found = [paint.line(width, [(part, f"bold {ink.strong}")]) for part in parts]
            found.append(paint.blank(width))
            return found + [paint.line(width, [(p, ink.muted)]) for p in paint.wrap(told, width)]

        self.shell.open(Sheet(f"Invitation of {name}", rows))
