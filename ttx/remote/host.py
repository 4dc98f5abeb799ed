"""A table with its door open: from the first invitation to the last screen that closes."""

from __future__ import annotations

import asyncio
import logging
import os
import signal
import socket
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from ttx import files
from ttx.remote import hostkey, local, private
from ttx.remote.app import incident
from ttx.remote.filters import nowhere, suit
from ttx.remote.hosting import Hosting, invited
from ttx.remote.invitations import InvitationError, Invitations, beside
from ttx.remote.limits import Limits
from ttx.remote.quiet import collect_a_little
from ttx.remote.reach import Reach, reached, where
from ttx.remote.server import Listening, listen
from ttx.remote.wire import ASKED, Terminal
from ttx.session.glance import SaveError
from ttx.session.references import play_ahead
from ttx.session.shelves import companion
from ttx.session.table import Table
from ttx.shown import clean
from ttx.tui.app import TtxApp

READY = "Ready."
FAREWELL = "The host has closed the table. Your seat is kept for when it goes on."
UNKEPT = "The host has closed the table, and its record could not be kept. Ask the host."
ENDED = "The host has closed the table. The exercise has ended."
PATIENCE = 2.0
"""Seconds that screens have to give their terminals back when the host closes."""

Say = Callable[[str], None]


class HostApp(TtxApp):
    """The facilitator's own screen, at the host's terminal."""

    def __init__(self, hosting: Hosting) -> None:
        """At the hosting's table."""
        facilitator = hosting.table.game.run.facilitator
        super().__init__(
            hosting.table,
            facilitator,
            attendance=hosting.attendance,
            invites=hosting,
            desk=hosting.desk(facilitator),
        )
        self.at_host = True
        known = {name: os.environ[name] for name in ASKED if name in os.environ}
        suit(self, Terminal(os.environ.get("TERM", ""), known))
        private.silence(self, nowhere())

    # As a seat of the table, to whom the other seats may be shown.

    lag = 0
    behind = False

    @property
    def leaving_words(self) -> str:
        """What leaving means here."""
        return "Stop hosting? All screens close; the run is saved, with every seat."

    def on_mount(self) -> None:
        """Hold the facilitator's seat."""
        assert self.attendance is not None
        self.attendance.sit(self.seat, self)

    def _handle_exception(self, error: Exception) -> None:
        self.wrong = f"incident {incident(error)}"
        self.exit(return_code=1)


def seats_of(table: Table) -> tuple[Invitations, dict[str, str]]:
    """The invitations beside a save, and the codes of those that had to be made."""
    assert table.path is not None
    path = beside(table.path)
    codes = {} if path.exists() else Invitations.create(path, invited(table.game.run))
    return Invitations.open(path), codes


class _Line(logging.Formatter):
    """A line of the log that can be looked at on a terminal, whatever somebody sent."""

    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802  # logging's name
        return clean(super().formatMessage(record))


def log_of(save: Path) -> Path:
    """Where who came and went is kept, beside a save."""
    return companion(save, ".host.log")


def log_to(path: Path) -> None:
    """Keep a log, which only its owner reads; SaveError where there is no file to keep it in."""
    try:
        file = os.fdopen(files.append_to(path), "a", encoding="utf-8")
    except OSError as error:
        raise SaveError(files.sentence(path, error)) from None
    keep = logging.StreamHandler(file)
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
        return (
            f"This is not the host key that {', '.join(strange)} met last: their ssh will stop at "
            f"it. Have them run this once, and compare the fingerprint: {reach.forget}"
        )
    if made:
        return (
            f"The host key was made just now; it is kept at {hostkey.default_path()}. Whose ssh "
            f"knows another one at this address is stopped, until they run: {reach.forget}"
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
    """What `ttx join` comes through, from `owned.bound`, if anything."""


async def host(table: Table, ways: Ways, *, headless: bool, say: Say, notice: Say) -> None:
    """Host a table until its facilitator leaves, or until the process is told to end.

    `say` prints what is to be passed on, `notice` what is for the host alone. Where it is not
    `headless`, the facilitator's screen covers the invitations once Enter was pressed.
    """
    play_ahead(table.game.run.tables, table.game.run.seed)
    invitations, codes = seats_of(table)
    hosting = Hosting(table, invitations, codes)
    assert table.path is not None
    log_to(log_of(table.path))
    go_along = table.subscribe(lambda _: _follow(table, invitations))
    made = not hostkey.default_path().exists()
    listening = await listen(
        ways.addresses,
        ways.port,
        hostkey.load(),
        Limits(),
        invitations,
        hosting,
        post_quantum=ways.post_quantum,
    )
    (hosting.reach, told), side = reached(ways.addresses, listening.port), None
    quiet = asyncio.get_running_loop().create_task(collect_a_little())
    try:
        key = listening.fingerprint
        told = [*where(ways.addresses, listening.port, key), *told]
        told.append(about_key(key, invitations, hosting.reach, made=made))
        for line in filter(None, told):
            notice(line)
        if ways.local is not None:
            side = await local.listen(ways.local, hosting, listening.house)
            notice(f"Also at {side.path}, by ttx join: whoever runs it as you takes any seat.")
        for seat in invitations.seats:
            say(f"  {seat:<12} {hosting.line(seat)}")
        if headless:
            notice(f"{READY} The facilitator joins like everybody else; ctrl+c closes the table.")
            await _told_to_end()
        else:
            await _enter(notice)
            await _facilitate(hosting)
    finally:
        quiet.cancel()
        go_along()
        table.keep()
        _follow(table, invitations)
        await _close(hosting, listening, side)


def _follow(table: Table, invitations: Invitations) -> None:
    """Keep the invitations beside the save, also where the run had to go on in another one."""
    assert table.path is not None
    path = beside(table.path)
    if invitations.path == path:
        return
    log = logging.getLogger("ttx.remote")
    try:
        invitations.go_to(path)
        log_to(log_of(table.path))
    except (InvitationError, SaveError) as error:
        log.warning("%s", error)
    log.warning("%s", table.moved)


async def _told_to_end() -> None:
    loop, over = asyncio.get_running_loop(), asyncio.Event()
    for one in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(one, over.set)
    await over.wait()


async def _enter(notice: Say) -> None:
    """Wait for Enter while people may already come."""
    notice(f"{READY} Pass the lines on; Enter opens your own screen.")
    loop, pressed = asyncio.get_running_loop(), asyncio.Event()
    loop.add_reader(sys.stdin.fileno(), pressed.set)
    try:
        await pressed.wait()
    finally:
        loop.remove_reader(sys.stdin.fileno())
    sys.stdin.readline()


async def _facilitate(hosting: Hosting) -> None:
    app = HostApp(hosting)
    factory = asyncio.get_running_loop().get_task_factory()
    try:
        await app.run_async()
    finally:
        asyncio.get_running_loop().set_task_factory(factory)
        app.let_go()
        hosting.attendance.rise(app.own_seat, app)
    if app.wrong:
        raise SaveError(f"Something went wrong on a screen ({app.wrong}). The record is safe.")


async def _close(hosting: Hosting, listening: Listening, side: local.SideDoor | None) -> None:
    """Give every terminal back, then the port and the socket."""
    closed = ENDED if hosting.table.closed else FAREWELL
    hosting.send_all_away(UNKEPT if hosting.table.lost else closed)
    gone = asyncio.Event()
    let_go = hosting.attendance.subscribe(lambda: None if hosting.attendance.here() else gone.set())
    with suppress(TimeoutError):
        async with asyncio.timeout(PATIENCE):
            if hosting.attendance.here():
                await gone.wait()
            # A client that is told of the end of its connection forgets what it has not shown yet,
            # and what gives its terminal back may be among that: so it is left to go by itself.
            for door in [one for one in listening.house.doors if one.guest is not None]:
                await door.connection.wait_closed()
    let_go()
    if side is not None:
        await side.close()
    await listening.close()
    sys.stdout, sys.stderr = sys.__stdout__, sys.__stderr__
