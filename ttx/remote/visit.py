"""One guest at the table: the lobby, the seat's screens, and what is left when they drop."""

from __future__ import annotations

import socket
import struct
from copy import deepcopy
from typing import TYPE_CHECKING, Any, Protocol

from ttx.remote.app import SeatApp, sit
from ttx.remote.told import told
from ttx.remote.wire import Terminal, Wire
from ttx.session import phases
from ttx.session.view.notices import handed_to

if TYPE_CHECKING:
    from ttx.remote.hosting import Hosting

BACK = "Back. Nothing was lost."
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
    def return_code(self) -> str:
        """What to come back with, where they need it: for them alone."""

    @property
    def connection(self) -> Connection:
        """What they came over."""


class VisitApp(SeatApp):
    """A seat's screens that know whether somebody came back."""

    def __init__(self, visit: Visit, wire: Wire, terminal: Terminal, *, back: bool) -> None:
        """At the hosting's table, the lobby first."""
        hosting = visit.hosting
        run = hosting.table.game.run
        super().__init__(
            hosting.table,
            visit.seat,
            wire=wire,
            terminal=terminal,
            attendance=hosting.attendance,
            invites=hosting if visit.seat == run.facilitator else None,
            desk=hosting.desk(visit.seat),
            lobby=True,
        )
        self.back = back

    def on_mount(self) -> None:
        """Somebody who was here before does not wait in the lobby."""
        if self.back:
            self.call_after_refresh(self._come_back)

    def _come_back(self) -> None:
        if self.lobby:
            self.enter()
            self.say_on_top(BACK)


class Visit:
    """What happens on the channel of somebody who was let in."""

    def __init__(self, hosting: Hosting, guest: Guest) -> None:
        """A guest of the table."""
        self.hosting, self.guest = hosting, guest
        self.app: SeatApp | None = None
        self._wire: Wire | None = None

    @property
    def seat(self) -> str:
        """The seat they came for."""
        return self.guest.seat

    # --- on the channel ---

    async def play(self, wire: Wire, terminal: Terminal, size: tuple[int, int]) -> int:
        """The seat's screens, until they are left or the connection drops."""
        hosting, desk = self.hosting, self.hosting.desk(self.seat)
        game = hosting.table.game
        begun = game.phase != phases.BRIEFING
        same = handed_to(game, self.seat) <= desk.caught_up  # else it is somebody else's now
        back = (
            begun
            and same
            and (self.guest.came == "key" or hosting.attendance.came_before(self.seat))
        )
        desk.return_code = self.guest.return_code
        self._wire, self._size = wire, size
        self.app = app = VisitApp(self, wire, terminal, back=back and not desk.return_code)
        began = app.theme, app.signs.plain
        with hosting.visited(self):
            try:
                return await sit(app, wire, size)
            finally:
                if app.theme != began[0] and not app.deposed:
                    desk.theme = app.theme
                if app.signs.plain != began[1] and not app.deposed:
                    desk.plain = app.signs.plain

    def tell(self, words: str) -> tuple[list[str], int]:
        """Plain lines, where there is no terminal."""
        return told(self.hosting.table, self.hosting.attendance, self.seat, words)

    def send_away(self, words: str, status: int = 1) -> None:
        """Close the screens with a sentence."""
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
    def deposed(self) -> bool:
        """Whether the seat was taken elsewhere."""
        return self.app is not None and self.app.deposed

    def depose(self) -> None:
        """The seat was taken elsewhere: from here on the screen only reads.

        What is typed at it is not to move what lies before the other one.
        """
        if self.app is not None:
            self.app.desk = deepcopy(self.app.desk)
            self.app.depose()
