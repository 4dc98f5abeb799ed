"""The seats as the facilitator has them: who is here, a word to one, and its invitation."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import ClassVar

from rich.text import Text
from textual.binding import Binding, BindingType

from ttx.i18n import _
from ttx.session.attendance import TAKEN, Invites, Place
from ttx.session.play_commands import TO_ALL, Message
from ttx.session.run import SEATS
from ttx.session.view.pace import named
from ttx.session.view.seats import placed
from ttx.tui import paint
from ttx.tui.page import SMALL
from ttx.tui.parts.list import ListRegion
from ttx.tui.screens.play import PlayRegion
from ttx.tui.screens.sheet import Sheet
from ttx.tui.widgets import seats


class SeatsList(ListRegion[str], PlayRegion):
    """A row for each invited seat, one of them marked."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("w", "write_to", "write", id="write-to", tooltip="A message to the marked seat"),
        Binding("a", "write_all", "to all", id="write-all", tooltip="A message to all seats"),
        Binding("i", "line", "invitation", id="line", tooltip="What to send to the marked seat"),
        Binding("r", "reissue", "new code", id="reissue", tooltip="A new code for the marked seat"),
        Binding("x", "revoke", "revoke", id="revoke", tooltip="Take the marked seat's invitation"),
    ]

    @property
    def invites(self) -> Invites | None:
        """What can be done about invitations, where this seat can do anything."""
        context = self.page.context
        return context.invites if context.at_host or context.may(SEATS) else None

    def _places(self) -> list[Place]:
        attendance = self.page.context.attendance
        return attendance.places() if attendance is not None else []

    # --- what is shown ---

    def draw(self) -> None:
        """Who is here, the marked one in sight."""
        page, width = self.page, self.area.width
        ink, places = page.ink, {place.seat: place for place in self._places()}
        table = seats.control_table(width, page.glyphs)
        here = sum(place.on for place in places.values())
        label = _("WHO IS HERE  {here} of {count}", here=here, count=len(places))
        head = [paint.label(width, label, ink, self._beside())]
        if page.form != SMALL:
            head.append(paint.rule(width, ink, page.glyphs))
        head.append(seats.control_head(table, ink, invited=self.invites is not None))
        if not places:
            head.append(paint.line(width, [(_("Nobody is invited."), ink.muted)]))

        def draw(seat: str, marked: bool) -> Sequence[Text]:  # noqa: FBT001  # as a list asks for it
            full = page.eye.text(page.game.run.seat(seat).name)
            invitation = self.invites.state(seat) if self.invites is not None else ""
            of_seat = placed if table.width >= seats.ROOMY else named
            names = (*of_seat(page.eye, seat), invitation)
            return [seats.control_row(places[seat], names, full, table, ink, marked=marked)]

        self.take([*places])
        self.show_items(draw, head)

    def _beside(self) -> str:
        """What can be done with the marked seat."""
        deeds = [("write-to", _("write")), ("write-all", _("to all"))]
        if self.invites is not None:
            deeds += [("line", _("invitation")), ("reissue", _("new code"))]
            deeds.append(("revoke", _("revoke")))
        keymap = self.page.keymap
        return "   ".join(f"{keymap.shown(name)} {word}" for name, word in deeds)

    # --- the marked seat ---

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Invitations have keys only where there are any."""
        if action in ("line", "reissue", "revoke") and self.invites is None:
            return False
        return super().check_action(action, parameters)

    def _short(self, seat: str) -> str:
        return named(self.page.eye, seat)[0]

    def action_write_to(self) -> None:
        """A message to the marked seat."""
        if self.marked is not None:
            self._write(self.marked, self._short(self.marked))

    def action_write_all(self) -> None:
        """A message to all."""
        self._write(TO_ALL, _("all"))

    def _write(self, to: str, name: str) -> None:
        what, done = _("Message to {name}", name=name), _("Sent to {name}.", name=name)
        self.page.prompt_command(what, lambda text: Message(to, text), done, _("sends"))

    def action_line(self) -> None:
        """The line of the marked seat, to be sent to the person."""
        self.about_seat(lambda invites, seat: invites.line(seat))

    def action_reissue(self) -> None:
        """A new code, after a question."""
        if self._may_change():
            name = self._short(self.marked or "")
            sentence = _("A new code for {name}? The one before is void.", name=name)
            self.page.confirm(
                sentence,
                _("New code"),
                lambda: self.about_seat(lambda invites, seat: invites.reissue(seat)),
            )

    def action_revoke(self) -> None:
        """Nobody comes to the marked seat any more, after a question."""
        if self._may_change():
            name = self._short(self.marked or "")
            self.page.confirm(
                _("Revoke the invitation of {name}?", name=name),
                _("Revoke, and send away"),
                lambda: self.about_seat(lambda invites, seat: invites.revoke(seat)),
            )

    @property
    def _taken(self) -> bool:
        """Whether codes are the other screen's to give; at the host they are always to be had."""
        return self.page.context.taken_over and not self.page.context.at_host

    def _may_change(self) -> bool:
        """Whether the marked seat's invitation may be changed here; why not is said."""
        page = self.page
        if self.marked is None:
            return False
        if self._taken:
            page.show_notice(_(TAKEN))
            return False
        if self.marked == page.seat and not page.context.at_host:
            page.show_notice(_("That is your own seat; you would lock yourself out."))
            return False
        return True

    def about_seat(self, do: Callable[[Invites, str], str | None]) -> None:
        """Do something about the marked seat's invitation, and show the line that comes of it."""
        page, seat = self.page, self.marked
        if seat is None or self.invites is None:
            return
        if self._taken:
            page.show_notice(_(TAKEN))
            return
        try:
            line = do(self.invites, seat)
        except Exception as error:  # noqa: BLE001  # whoever keeps the codes refuses in a sentence
            page.show_notice(str(error))
            return
        if line is None:
            page.paint()
        else:
            page.shell.open(_invitation(self._short(seat), line))


def _invitation(name: str, line: str) -> Sheet:
    """The line to send to whoever takes a seat."""

    def rows(sheet: Sheet, width: int) -> list[Text]:
        ink = sheet.ink
        # Never broken between words: it is copied, and pasted into a shell.
        parts = [part for words in line.splitlines() for part in paint.broken(words, width)]
        lines = [paint.line(width, [(part, f"bold {ink.strong}")]) for part in parts]
        hint = _("Send this to the person, by a way that only they read. The code works once.")
        hints = [paint.line(width, [(part, ink.muted)]) for part in paint.wrap(hint, width)]
        return [*lines, paint.blank(width), *hints]

    return Sheet(_("Invitation of {name}", name=name), rows)
