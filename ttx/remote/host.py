"""A table with its door open: from the first invitation to the last screen that closes."""

from __future__ import annotations

import asyncio
import logging
import os
import signal
import socket
import sys
from collections.abc import Callable, Sequence
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, TextIO

from ttx import files
from ttx.i18n import N_, _
from ttx.process import Ended, hung_up, told
from ttx.remote import hostkey, local, private
from ttx.remote.app import incident, said_of
from ttx.remote.console import ConsoleSeat
from ttx.remote.filters import nowhere, suit
from ttx.remote.hosting import Hosting, seats_of
from ttx.remote.idle_gc import collect_a_little
from ttx.remote.invitations import InvitationError, Invitations, beside
from ttx.remote.limits import Limits
from ttx.remote.reach import Reach, reached, where
from ttx.remote.server import Listening, listen
from ttx.remote.wire import ASKED, Terminal
from ttx.session.references import play_ahead
from ttx.session.save_header import SaveError
from ttx.session.save_paths import companion
from ttx.session.table import Table
from ttx.shown import clean
from ttx.tui.app import OFF, TtxApp

READY = N_("Ready.")
FAREWELL = N_("The host has closed the table. Your seat is kept for when it goes on.")
UNKEPT = N_("The host has closed the table, and its record could not be kept. Ask the host.")
ENDED = N_("The host has closed the table. The exercise has ended.")
PATIENCE = 2.0
"""Seconds that screens have to give their terminals back when the host closes."""

Say = Callable[[str], None]
Desk = Literal["screens", "lines", "nowhere"]
"""What the host's own terminal shows of the desk."""


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


class _Line(logging.Formatter):
    """A line of the log that can be looked at on a terminal, whatever somebody sent."""

    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802  # logging's name
        return clean(super().formatMessage(record))


class _Log(logging.StreamHandler[TextIO]):
    """A log whose file is closed with it."""

    def close(self) -> None:
        super().close()
        self.stream.close()


def log_of(save: Path) -> Path:
    """Where who came and went is kept, beside a save."""
    return companion(save, ".host.log")


def log_to(path: Path) -> None:
    """Keep a log, which only its owner reads.

    Raises:
        SaveError: there is no file to keep it in.
    """
    try:
        file = os.fdopen(files.append_to(path), "a", encoding="utf-8")
    except OSError as error:
        raise SaveError(files.sentence(path, error)) from None
    keep = _Log(file)
    keep.setFormatter(_Line("%(asctime)s %(levelname)s %(message)s"))
    log = logging.getLogger("ttx.remote")
    log.addHandler(keep)
    log.setLevel(logging.INFO)
    log.propagate = False


def about_key(key: str, invitations: Invitations, reach: Reach, *, made: bool) -> str:
    """What is to be said of a host key before it stops anybody; nothing where it stops nobody.

    `key` is its fingerprint, `made` whether there was none before this start.
    """
    if strange := invitations.strange_to(key):
        return _(
            "This is not the host key that {seats} met last: their ssh "
            "will stop at it. Have them run this once, and compare the "
            "fingerprint: {command}",
            seats=", ".join(strange),
            command=reach.forget,
        )
    if made:
        return _(
            "The host key was made just now; it is kept at {path}. "
            "Whose ssh knows another one at this address is stopped, until "
            "they run: {command}",
            path=hostkey.default_path(),
            command=reach.forget,
        )
    return ""


@dataclass(frozen=True, slots=True)
class Ways:
    """The ways in: where the door is, and how old a client may be."""

    addresses: Sequence[str]
    """From `bindable`."""
    port: int
    post_quantum: bool = False
    """Whether a key exchange that a quantum computer could break is refused."""
    local: socket.socket | None = None
    """What `ttx join` comes through, from `unix_socket.bound`, if anything."""
    copies: bool = True
    """Whether screens far away may copy what is selected to their terminals."""


async def host(
    table: Table,
    ways: Ways,
    after: Path | None = None,
    *,
    desk: Desk,
    say: Say,
    notice: Say,
) -> None:
    """Host a table until its facilitator leaves, or until the process is told to end.

    `after` is the save of a rehearsal whose codes and keys open the seats. `say` prints what is to
    be passed on, `notice` what is for the host alone. `desk` says what of it is here; its
    screens cover the invitations once Enter was pressed. `Ended`, once every terminal was given
    back, where a signal closed the table or its terminal went.
    """
    end = End()
    with told(end.hear):
        await _open(table, ways, after, end, desk=desk, say=say, notice=notice)
    if end.number:
        raise Ended(end.number)


async def _open(
    table: Table,
    ways: Ways,
    after: Path | None,
    end: End,
    *,
    desk: Desk,
    say: Say,
    notice: Say,
) -> None:
    play_ahead(table.game.run.tables, table.game.run.seed)
    seats = seats_of(table, after)
    hosting = Hosting(table, seats, copies=ways.copies)
    with ExitStack() as untold:
        if seats.fresh:
            untold.callback(seats.invitations.withdraw)
        await _host(hosting, ways, end, untold, desk=desk, say=say, notice=notice)


async def _host(
    hosting: Hosting,
    ways: Ways,
    end: End,
    untold: ExitStack,
    *,
    desk: Desk,
    say: Say,
    notice: Say,
) -> None:
    """Open the door; `untold` is what is done with codes that could not be given out."""
    table, invitations = hosting.table, hosting.invitations
    assert table.path is not None
    log_to(log_of(table.path))
    own = hostkey.of(table.path)
    go_along = table.subscribe(lambda _: _follow(table, invitations, own))
    made = not own.exists()
    listening = await listen(
        ways.addresses,
        ways.port,
        hostkey.load(own),
        Limits(),
        invitations,
        hosting,
        post_quantum=ways.post_quantum,
    )
    (hosting.reach, lines), listener = reached(ways.addresses, listening.port), None
    quiet = asyncio.get_running_loop().create_task(collect_a_little())
    try:
        key = listening.fingerprint
        lines = [*where(ways.addresses, listening.port, key), *lines]
        lines.append(about_key(key, invitations, hosting.reach, made=made))
        for line in filter(None, lines):
            notice(line)
        if ways.local is not None:
            listener = await local.listen(ways.local, hosting, listening.state)
            notice(
                _(
                    "Also at {path}, by ttx join: whoever runs it as you takes any seat.",
                    path=listener.path,
                )
            )
        for seat in invitations.seats:
            say(f"  {seat:<12} {hosting.line(seat)}")
        untold.pop_all()
        if desk == "lines":
            notice(_("{ready} The desk is here, in plain lines.", ready=_(READY)))
            await _in_lines(hosting, end, notice)
        elif desk == "nowhere":
            notice(
                _(
                    "{ready} The facilitator joins like everybody else; ctrl+c closes the table.",
                    ready=_(READY),
                )
            )
            await end.heard.wait()
        else:
            # On the terminal itself, wherever notices go: without it nobody knows of Enter.
            ready = _("{ready} Pass the lines on; Enter opens your own screen.", ready=_(READY))
            await _facilitated(hosting, end, say, ready)
    finally:
        quiet.cancel()
        go_along()
        table.keep()
        _follow(table, invitations, own)
        await _close(hosting, listening, listener)


def _follow(table: Table, invitations: Invitations, key: Path) -> None:
    """Keep what belongs to the save beside it, also where the run had to go on in another one."""
    assert table.path is not None
    path = beside(table.path)
    if invitations.path == path:
        return
    log = logging.getLogger("ttx.remote")
    try:
        hostkey.carry_over(key, table.path)
        invitations.go_to(path)
        log_to(log_of(table.path))
    except (InvitationError, hostkey.HostKeyError, SaveError) as error:
        log.warning("%s", error)
    log.warning("%s", table.moved)


async def _in_lines(hosting: Hosting, end: End, notice: Say) -> None:
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


async def _facilitated(hosting: Hosting, end: End, say: Say, words: str) -> None:
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


async def _close(
    hosting: Hosting, listening: Listening, listener: local.LocalListener | None
) -> None:
    """Give every terminal back, then the port and the socket."""
    closed = ENDED if hosting.table.closed else FAREWELL
    hosting.venue.send_all_away(UNKEPT if hosting.table.lost else closed)
    gone = asyncio.Event()
    let_go = hosting.attendance.subscribe(lambda: None if hosting.attendance.here() else gone.set())
    with suppress(TimeoutError):
        async with asyncio.timeout(PATIENCE):
            if hosting.attendance.here():
                await gone.wait()
            # A client that is told of the end of its connection forgets what it has not shown yet,
            # and what gives its terminal back may be among that: so it is left to go by itself.
            seated = [door for door in listening.state.doors if door.guest is not None]
            for door in seated:
                await door.connection.wait_closed()
    let_go()
    if listener is not None:
        await listener.close()
    await listening.close()
    sys.stdout, sys.stderr = sys.__stdout__, sys.__stderr__
