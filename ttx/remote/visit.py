"""One guest at the table: the lobby, the seat's screens, and what is left when they drop."""

from __future__ import annotations

import logging
import socket
import struct
from typing import Any, Protocol

from ttx import i18n
from ttx.i18n import N_, _
from ttx.remote.app import sit
from ttx.remote.door import CHANGED, NO_ROOM
from ttx.remote.invitations import InvitationError, State
from ttx.remote.plain_seat import PlainSeat
from ttx.remote.ssh_status import reply
from ttx.remote.venue import Venue
from ttx.remote.visit_app import VisitApp, language_of
from ttx.remote.wire import Terminal, Wire, clamp
from ttx.session import phases
from ttx.session.attendance import Invites
from ttx.session.run import PROJECTOR
from ttx.session.view.eye import Eye
from ttx.session.view.notices import handed_to

log = logging.getLogger("ttx.remote")

BACK = N_("Back. Nothing was lost.")
BACK_BUT = N_("Back. What was open to write in is not kept; all else is as you left it.")
ANEW = N_(
    "The host was started anew. What was sent is here; what was only marked or typed is gone."
)
BEHIND = 64 * 1024
"""Bytes that a client has not taken, from which on the facilitator is told that it is slow."""
RTT_AT = 68
"""Where Linux keeps the smoothed round trip in `struct tcp_info`, in microseconds."""


class Connection(Protocol):
    """What somebody came over, as far as it is asked how slow it is."""

    def get_extra_info(self, name: str, default: Any = None) -> Any:  # noqa: ANN401  # asyncio's
        """What is known of it by that name."""


class Guest(Protocol):
    """Somebody who was let in, whichever way they came."""

    @property
    def seat(self) -> str:
        """The seat they came for."""

    @property
    def came(self) -> str:
        """By what: `code`, `key`, or another way."""

    @property
    def opened(self) -> str:
        """What opened the seat, as `Invitations.admits` knows it; nothing where no code was."""

    @property
    def return_code(self) -> str:
        """What to come back with, where they need it: for them alone, once it is promised."""

    @property
    def connection(self) -> Connection:
        """What they came over."""


class Visit:
    """What happens on the channel of somebody who was let in."""

    def __init__(self, venue: Venue, guest: Guest, invites: Invites) -> None:
        """A guest of the table; `invites` is what the facilitator can do about seats."""
        self.guest = guest
        self._venue = venue
        self._state = venue.state_of(guest.seat)
        self._invites = venue.invites_for(guest.seat, invites)
        self.app: VisitApp | None = None
        self.lines: PlainSeat | None = None
        self._left_size = (0, 0)
        self._wire: Wire | None = None
        self.opened = guest.opened
        """What opened the seat, and from the promise of a code on that one."""
        self._sent_away = False

    @property
    def seat(self) -> str:
        """The seat they came for."""
        return self.guest.seat

    # --- on the channel ---

    async def play(self, wire: Wire, terminal: Terminal, size: tuple[int, int]) -> int:
        """The seat's screens or lines, until they are left or the connection drops."""
        return await self._sit(wire, terminal, size, lines=self._state.lines)

    async def talk(self, wire: Wire, terminal: Terminal, size: tuple[int, int]) -> int:
        """The same in plain lines first, or only, where the terminal shows no screens."""
        return await self._sit(wire, terminal, size, lines=True)

    async def _sit(
        self, wire: Wire, terminal: Terminal, size: tuple[int, int], *, lines: bool
    ) -> int:
        if refusal := self._promise():
            wire.hang_up(_(refusal))
            return 1
        state = self._state
        state.return_code = self.guest.return_code
        came_before = self._venue.attendance.came_before(self.seat)
        back = self._comes_back() and not state.return_code
        at_seat = came_before and not self._new_here() if lines else back or self._lost_a_draft()
        words = self._words_for_who_is_back() if at_seat else ""
        if not came_before:
            self._venue.lines_of(self.seat).heard = self._venue.table.game.entries
        self._wire = wire
        with self._venue.visited(self):
            while True:
                if lines:
                    if await self._in_lines(wire, terminal, size, words) == "left":
                        return 0
                else:
                    status = await self._on_screens(wire, terminal, clamp(*size), words, back=back)
                    if not state.lines or wire.ended:
                        return status
                lines = state.lines = not lines
                size, back, words = self._left_size, True, ""

    async def _in_lines(
        self, wire: Wire, terminal: Terminal, size: tuple[int, int], words: str
    ) -> str:
        """The seat in plain lines; `screens` where those are asked for instead."""
        venue, kept = self._venue, self._venue.lines_of(self.seat)
        language, not_had = language_of(self._state, terminal)
        self.lines = PlainSeat(
            venue.table,
            self.seat,
            wire,
            keys=terminal.term is not None,
            width=size[0] if terminal.term is not None else 0,
            language=language,
            attendance=venue.attendance,
            invites=self._invites,
            kept=kept,
            screens=terminal.fit,
            code=self._state.return_code,
            seen=self.has_seen,
        )
        try:
            first = _(words) if words else ""
            return await self.lines.run(" ".join(filter(None, (not_had, first))))
        finally:
            self._left_size, self.lines = self.lines.size, None

    async def _on_screens(
        self, wire: Wire, terminal: Terminal, size: tuple[int, int], words: str, *, back: bool
    ) -> int:
        """The seat's screens."""
        state = self._state
        self.app = app = VisitApp(
            self._venue,
            self.seat,
            wire,
            terminal,
            invites=self._invites,
            back=back,
            words=words,
            seen=self.has_seen,
        )
        try:
            return await sit(app, wire, size)
        finally:
            if not app.context.taken_over:
                app.leave_behind(state)
            self._left_size = (app.size.width, app.size.height)
            if state.lines:
                self.app = None

    def _comes_back(self) -> bool:
        """Whether somebody was at the table before, so that they need no lobby."""
        game = self._venue.table.game
        begun = game.phase != phases.BRIEFING
        same = handed_to(Eye(game, self.seat)) <= self._state.caught_up
        known = self.guest.came == "key" and self._venue.resumed
        came_before = self._venue.attendance.came_before(self.seat) and not self._new_here()
        return begun and same and (known or came_before)

    def _new_here(self) -> bool:
        """Whether a code bound their key just now: whoever sat there before was somebody else.

        Who shows no key comes with a code each time, so that of them nobody can tell.
        """
        return self.guest.came == "code" and not self.guest.return_code

    def _lost_a_draft(self) -> bool:
        """Whether a host that was started anew may have lost what lay before this seat.

        Who comes with a code goes through the lobby, and is told there.
        """
        begun = self._venue.table.game.phase != phases.BRIEFING
        return begun and self._venue.resumed and not self._venue.attendance.came_before(self.seat)

    def _words_for_who_is_back(self) -> str:
        """What is still there; at the room's screen there is nobody to whom it would matter."""
        if self.seat == PROJECTOR:
            return ""
        if not self._venue.attendance.came_before(self.seat):
            return ANEW
        return BACK_BUT if self._state.unsent else BACK

    # --- what to come back with ---

    def _promise(self) -> str:
        """Have the way back kept before it is shown; a sentence where it is not to be had."""
        fresh, came_by = self.guest.return_code, self.opened
        if not fresh:
            return ""
        try:
            self.opened = self._venue.invitations.promise(self.seat, came_by, fresh)
        except InvitationError as error:
            log.error("Nobody can be let in: %s", error)  # noqa: TRY400  # a trace would show the code
            return NO_ROOM
        if not self.opened:
            return CHANGED
        for other in self._venue.visitors(self.seat):
            if other.opened == came_by:  # it showed them that code: they are one and the same
                other.opened = self.opened
        return ""

    def has_seen(self) -> None:
        """The way back was on the screen: what they came with is spent."""
        try:
            self._venue.invitations.seen(self.seat, self.opened)
        except InvitationError as error:
            log.error("A code is not spent: %s", error)  # noqa: TRY400  # ditto

    @property
    def _still_invited(self) -> bool:
        """Whether what they came by still opens the seat."""
        if self.opened:
            return self._venue.invitations.admits(self.seat, self.opened)
        return self._venue.invitations.state(self.seat).state is not State.REVOKED

    def tell(self, words: str) -> tuple[list[str], int]:
        """The lines that answer a word."""
        return reply(self._venue.table, self._venue.attendance, self.seat, words)

    def send_away(self, sentence: str, status: int = 1) -> None:
        """Close the screens with a sentence, in the language that they are read in."""
        self._sent_away = True
        if self._wire is not None:
            if self.lines is not None:
                self._wire.write(b"\r\n")  # the prompt stands in the line
            with i18n.reading(self.language):
                self._wire.hang_up(_(sentence), status)
        if self.app is not None:
            self.app.exit(return_code=status)
        if self.lines is not None:
            self.lines.leave()

    @property
    def language(self) -> str:
        """The language of the screens or lines; the host's where there are none."""
        if self.lines is not None:
            return self.lines.reader.language
        return i18n.language() if self.app is None else self.app.context.reader.language

    # --- what the facilitator reads of it ---

    @property
    def size(self) -> tuple[int, int]:
        """Columns and rows of the terminal."""
        if self.lines is not None:
            return self.lines.size
        return (0, 0) if self.app is None else (self.app.size.width, self.app.size.height)

    @property
    def lag(self) -> int | None:
        """Milliseconds to the client and back, as the system measures it; Linux alone tells."""
        connected = self.guest.connection.get_extra_info("socket")
        option = getattr(socket, "TCP_INFO", None)
        if connected is None or option is None:
            return None
        try:
            known = connected.getsockopt(socket.IPPROTO_TCP, option, RTT_AT + 4)
            return int(struct.unpack_from("=I", known, RTT_AT)[0]) // 1000
        except (OSError, struct.error):
            return None

    @property
    def behind(self) -> bool:
        """Whether the client does not take what it is sent."""
        return self._wire is not None and self._wire.held > BEHIND

    @property
    def demoted(self) -> bool:
        """Whether the seat was taken elsewhere."""
        if self.lines is not None:
            return self.lines.taken
        return self.app is not None and self.app.context.taken_over

    def demote(self) -> None:
        """The seat was taken elsewhere: from here on the screen only reads, if it may do that."""
        if not self._still_invited:
            self.send_away(CHANGED)
        elif self.lines is not None:
            self.lines.demote()
        elif self.app is not None:
            self.app.demote()

    def restore(self) -> bool:
        """The other screen is gone; who may no longer come to the seat is sent away."""
        if self._sent_away or (self.app is None and self.lines is None):
            return False
        if not self._still_invited:
            self.send_away(CHANGED)
            return False
        if self.lines is not None:
            self.lines.restore()
            return True
        return self.app is not None and self.app.restore()
