"""The desk at the host's own terminal: its screens once Enter was pressed, or plain lines."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from collections.abc import Callable
from contextlib import suppress

from ttx.i18n import _
from ttx.process import hung_up, told
from ttx.remote import private
from ttx.remote.app import incident, said_of
from ttx.remote.console import ConsoleSeat
from ttx.remote.filters import nowhere, suit
from ttx.remote.hosting import Hosting
from ttx.remote.wire import ASKED, Terminal
from ttx.tui.app import OFF, TtxApp

Say = Callable[[str], None]
"""Prints a line to whoever opened the table."""


class HostApp(TtxApp):
    """The facilitator's own screen, at the host's terminal."""

    def __init__(self, hosting: Hosting) -> None:
        """At the hosting's table."""
        facilitator = hosting.table.game.run.desk
        super().__init__(
            hosting.table,
            facilitator,
            attendance=hosting.attendance,
            invites=hosting,
            state=hosting.venue.state_of(facilitator),
        )
        self.context.at_host = True
        known = {name: os.environ[name] for name in ASKED if name in os.environ}
        suit(self, Terminal(os.environ.get("TERM", ""), known))
        private.silence(self, nowhere())

    # As a seat of the table, to whom the other seats may be shown.

    lag = 0
    behind = False

    def on_mount(self) -> None:
        """Hold the facilitator's seat."""
        assert self.context.attendance is not None
        self.context.attendance.connect(self.context.seat, self)

    def kept(self, error: Exception) -> str:
        """Write it to the log of the host, where all incidents of the table are."""
        return _("incident {number}", number=incident(error))

    def hear(self, number: int) -> None:
        """End the screens for a signal; any step of the main thread may have been interrupted."""
        self.ended_by = number
        asyncio.get_running_loop().call_soon_threadsafe(self.end_soon)


class End:
    """What tells a table to close: a signal, or the end of the terminal that it was opened at."""

    def __init__(self) -> None:
        """Nothing does yet."""
        self.number = 0
        """The signal, once there was one."""
        self.heard = asyncio.Event()
        self._loop = asyncio.get_running_loop()

    def hear(self, number: int) -> None:
        """Close; any step of the main thread may have been interrupted."""
        self.number = number
        self._loop.call_soon_threadsafe(self.heard.set)


async def in_lines(hosting: Hosting, end: End, notice: Say) -> None:
    """The desk in plain lines at the host's terminal, until it is left or the end comes."""
    ended = asyncio.create_task(end.heard.wait())
    try:
        while not end.number:
            desk = ConsoleSeat(hosting)
            sits = asyncio.create_task(desk.sit())
            await asyncio.wait((sits, ended), return_when=asyncio.FIRST_COMPLETED)
            desk.lines.leave()
            try:
                await sits
            except Exception as error:  # noqa: BLE001  # a defect at the desk, and not at the table
                notice(said_of(incident(error)))
            else:
                return
    finally:
        ended.cancel()


async def facilitated(hosting: Hosting, end: End, say: Say, words: str) -> None:
    """The facilitator's screen, until it is left; where it fails the table goes on without it."""
    while await _entered(end, say, words):
        app = await _facilitate(hosting, end)
        if app.ended_by or not app.return_code:
            return
        words = _(
            "Something went wrong on your own screen ({incident}, in the log beside the save). "
            "The table goes on, and nobody else has noticed. Enter opens your screen anew; ctrl+c "
            "closes the table.",
            incident=app.last_error,
        )


async def _entered(end: End, say: Say, words: str) -> bool:
    """Wait for Enter while people may already come; False where the end comes first.

    `words` ask for it, and are said once what they name is heard.
    """
    loop, fd = asyncio.get_running_loop(), sys.stdin.fileno()
    pressed: asyncio.Future[bool] = loop.create_future()

    def look() -> None:
        typed = b""
        with suppress(OSError):
            typed = os.read(fd, 4096)
        if typed and not pressed.done():
            pressed.set_result(True)
        elif not typed and hung_up(fd):
            loop.remove_reader(fd)
            end.hear(signal.SIGHUP)

    ended = loop.create_task(end.heard.wait())
    loop.add_signal_handler(signal.SIGTSTP, say, OFF)
    loop.add_reader(fd, look)
    say(words)
    try:
        await asyncio.wait((pressed, ended), return_when=asyncio.FIRST_COMPLETED)
    finally:
        loop.remove_reader(fd)
        loop.remove_signal_handler(signal.SIGTSTP)
        ended.cancel()
    return not end.number


async def _facilitate(hosting: Hosting, end: End) -> HostApp:
    """One screen of the facilitator's, to its end."""
    app = HostApp(hosting)
    loop = asyncio.get_running_loop()
    factory = loop.get_task_factory()
    screens = loop.create_task(app.run_async())
    try:
        with told(app.hear):
            await screens
    except Exception as error:  # noqa: BLE001  # one screen, whatever it is, and not the table
        app.went_wrong(error)
        app.exit(return_code=1)
    finally:
        loop.set_task_factory(factory)
        app.shell.let_go()
        hosting.attendance.disconnect(app.context.own_seat, app)
    if app.ended_by:
        end.hear(app.ended_by)
    return app
