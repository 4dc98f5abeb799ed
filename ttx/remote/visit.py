"""One guest at the table: the lobby, the seat's screens, and what is left when they drop."""

from __future__ import annotations

import logging
import socket
import struct
from typing import TYPE_CHECKING, Any, Protocol

from ttx.remote.app import SeatApp, sit
from ttx.remote.door import CHANGED, NO_ROOM
from ttx.remote.invitations import InvitationError
from ttx.remote.ssh_status import reply
from ttx.remote.wire import Terminal, Wire
from ttx.session import phases
from ttx.session.run import PROJECTOR
from ttx.session.view.eye import Eye
from ttx.session.view.notices import handed_to
from ttx.tui.page import Page

if TYPE_CHECKING:
    from ttx.remote.hosting import Hosting

log = logging.getLogger("ttx.remote")

BACK = "Back. Nothing was lost."
BACK_BUT = "Back. What was open to write in is not kept; all else is as you left it."
ANEW = "The host was started anew. What was sent is here; what was only marked or typed is gone."
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


class VisitApp(SeatApp):
    """A seat's screens that know whether somebody came back."""

    def __init__(
        self, visit: Visit, wire: Wire, terminal: Terminal, *, back: bool, words: str
    ) -> None:
        """At the hosting's table, the lobby first; who is `back` goes in and is told `words`."""
        hosting = visit.hosting
        run = hosting.table.game.run
        super().__init__(
            hosting.table,
            visit.seat,
            wire=wire,
            terminal=terminal,
            attendance=hosting.attendance,
            invites=hosting if visit.seat == run.facilitator else None,
            state=hosting.state_of(visit.seat),
            lobby=True,
        )
        self.visit, self.back, self.words = visit, back, words
        self.way_back = self.context.state.return_code
        self.unsent = False
        """Whether something was open to write in when these screens ended."""

    def on_mount(self) -> None:
        """Somebody who was here before does not wait in the lobby."""
        if self.back:
            self.call_after_refresh(self._come_back)

    def _come_back(self) -> None:
        if self.shell.in_lobby:
            self.shell.enter()
            self.shell.say_on_top(self.words)

    def has_seen(self) -> None:
        """Now there is something to come back with."""
        super().has_seen()
        self.visit.has_seen()

    def exit(self, *args: Any, **how: Any) -> None:  # noqa: ANN401  # Textual's own
        """End; what is open now does not come back."""
        if not self._exit:
            self.unsent = any(isinstance(one, Page) and one.unsent for one in self.screen_stack)
        super().exit(*args, **how)


class Visit:
    """What happens on the channel of somebody who was let in."""

    def __init__(self, hosting: Hosting, guest: Guest) -> None:
        """A guest of the table."""
        self.hosting, self.guest = hosting, guest
        self.app: SeatApp | None = None
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
        """The seat's screens, until they are left or the connection drops."""
        hosting, state = self.hosting, self.hosting.state_of(self.seat)
        if refusal := self._promise():
            wire.hang_up(refusal)
            return 1
        state.return_code = self.guest.return_code
        back = self._comes_back() and not state.return_code
        words = self._words_for_who_is_back() if back else ""
        self._wire, self._size = wire, size
        self.app = app = VisitApp(self, wire, terminal, back=back, words=words)
        began = app.theme, app.signs.plain
        with hosting.visited(self):
            try:
                return await sit(app, wire, size)
            finally:
                if not app.context.taken_over:
                    state.unsent = app.unsent
                if app.theme != began[0] and not app.context.taken_over:
                    state.theme = app.theme
                if app.signs.plain != began[1] and not app.context.taken_over:
                    state.plain = app.signs.plain

    def _comes_back(self) -> bool:
        """Whether somebody was at the table before, so that they need no lobby."""
        game = self.hosting.table.game
        begun = game.phase != phases.BRIEFING
        same = handed_to(Eye(game, self.seat)) <= self.hosting.state_of(self.seat).caught_up
        known = self.guest.came == "key" and self.hosting.resumed
        return begun and same and (known or self.hosting.attendance.came_before(self.seat))

    def _words_for_who_is_back(self) -> str:
        """What is still there; at the room's screen there is nobody to whom it would matter."""
        if self.seat == PROJECTOR:
            return ""
        if not self.hosting.attendance.came_before(self.seat):
            return ANEW
        return BACK_BUT if self.hosting.state_of(self.seat).unsent else BACK

    # --- what to come back with ---

    def _promise(self) -> str:
        """Have the way back kept before it is shown; a sentence where it is not to be had."""
        fresh, came_by = self.guest.return_code, self.opened
        if not fresh:
            return ""
        try:
            self.opened = self.hosting.invitations.promise(self.seat, came_by, fresh)
        except InvitationError as error:
            log.error("Nobody can be let in: %s", error)  # noqa: TRY400  # a trace would show the code
            return NO_ROOM
        if not self.opened:
            return CHANGED
        for other in self.hosting.visits(self.seat):
            if other.opened == came_by:  # it showed them that code: they are one and the same
                other.opened = self.opened
        return ""

    def has_seen(self) -> None:
        """The way back was on the screen: what they came with is spent."""
        try:
            self.hosting.invitations.seen(self.seat, self.opened)
        except InvitationError as error:
            log.error("A code is not spent: %s", error)  # noqa: TRY400  # ditto

    @property
    def _still_invited(self) -> bool:
        """Whether what they came by still opens the seat."""
        if self.opened:
            return self.hosting.invitations.admits(self.seat, self.opened)
        return self.hosting.state(self.seat) != "revoked"

    def tell(self, words: str) -> tuple[list[str], int]:
        """Plain lines, where there is no terminal."""
        return reply(self.hosting.table, self.hosting.attendance, self.seat, words)

    def send_away(self, words: str, status: int = 1) -> None:
        """Close the screens with a sentence."""
        self._sent_away = True
        if self._wire is not None:
            self._wire.hang_up(words, status)
        if self.app is not None:
            self.app.exit(return_code=status)

    # --- what the facilitator reads of it ---

    @property
    def size(self) -> tuple[int, int]:
        """Columns and rows of the terminal."""
        return (0, 0) if self.app is None else (self.app.size.width, self.app.size.height)

    @property
    def lag(self) -> int | None:
        """Milliseconds to the client and back, as the system measures it; Linux alone tells."""
        one = self.guest.connection.get_extra_info("socket")
        option = getattr(socket, "TCP_INFO", None)
        if one is None or option is None:
            return None
        try:
            known = one.getsockopt(socket.IPPROTO_TCP, option, RTT_AT + 4)
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
        return self.app is not None and self.app.context.taken_over

    def demote(self) -> None:
        """The seat was taken elsewhere: from here on the screen only reads, if it may do that."""
        if not self._still_invited:
            self.send_away(CHANGED)
        elif self.app is not None:
            self.app.demote()

    def restore(self) -> bool:
        """The other screen is gone; who may no longer come to the seat is sent away."""
        if self._sent_away or self.app is None:
            return False
        if not self._still_invited:
            self.send_away(CHANGED)
            return False
        return self.app.restore()
