"""A table with its door open: from the first invitation to the last screen that closes."""

from __future__ import annotations

import asyncio
import logging
import os
import signal
import socket
import sys
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from ttx.process import Ended, hung_up, told
from ttx.remote import hostkey, local, private
from ttx.remote.app import incident
from ttx.remote.filters import nowhere, suit
from ttx.remote.hosting import Hosting, Reach, invited
from ttx.remote.invitations import Invitations, beside
from ttx.remote.limits import Limits
from ttx.remote.quiet import collect_when_quiet
from ttx.remote.server import Listening, listen
from ttx.remote.wire import ASKED, Terminal
from ttx.session.references import play_ahead
from ttx.session.table import Table
from ttx.tui.app import TtxApp

LOOPBACK = ("127.0.0.1", "::1", "localhost")
ANYWHERE = ("0.0.0.0", "::")  # noqa: S104  # named to be recognised; nothing binds to it unasked
READY = "Ready."
FAILED = (
    "Something went wrong on your own screen ({}, in the log beside the save). The table goes on, "
    "and nobody else has noticed. Enter opens your screen anew; ctrl+c closes the table."
)
FAREWELL = "The host has closed the table. Your seat is kept for when it goes on."
PATIENCE = 2.0
"""Seconds that screens have to give their terminals back when the host closes."""

Say = Callable[[str], None]


class HostApp(TtxApp):
    """The facilitator's own screen, at the host's terminal."""

    leaving_words = "Stop hosting? All screens close; the run is saved, with every seat."

    def __init__(self, hosting: Hosting) -> None:
        """At the hosting's table."""
        facilitator = hosting.table.game.run.facilitator
        super().__init__(hosting.table, facilitator, attendance=hosting.attendance, invites=hosting)
        known = {name: os.environ[name] for name in ASKED if name in os.environ}
        suit(self, Terminal(os.environ.get("TERM", ""), known))
        private.silence(self, nowhere())

    # As a seat of the table, to whom the other seats may be shown.

    lag = 0
    behind = False

    def on_mount(self) -> None:
        """Hold the facilitator's seat."""
        assert self.attendance is not None
        self.attendance.sit(self.seat, self)

    def kept(self, error: Exception) -> str:
        """Write it to the log of the host, where all incidents of the table are."""
        return f"incident {incident(error)}"

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


def bindable(address: str, port: int) -> None:
    """ValueError, with a sentence, where nothing can listen there."""
    try:
        found = socket.getaddrinfo(address, port, type=socket.SOCK_STREAM)
        with socket.socket(found[0][0]) as one:
            one.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            one.bind(found[0][4])
    except OSError as error:
        why = (error.strerror or str(error)).lower()
        raise ValueError(
            f"Nothing can listen at {address} port {port}: {why}. "
            "Choose another with --port or --bind."
        ) from None


def reached_at(address: str) -> str:
    """What people give to ssh: this machine's own address where it listens on all of them."""
    if address not in ANYWHERE:
        return address
    with suppress(OSError), socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as one:
        one.connect(("192.0.2.1", 9))  # sends nothing; only asks which way it would go
        return str(one.getsockname()[0])
    return socket.gethostname()


def seats_of(table: Table) -> tuple[Invitations, dict[str, str]]:
    """The invitations beside a save, and the codes of those that had to be made."""
    assert table.path is not None
    path = beside(table.path)
    codes = {} if path.exists() else Invitations.create(path, invited(table.game.run))
    return Invitations.open(path), codes


def log_to(path: Path) -> None:
    """Keep a log beside the save, which only its owner reads."""
    os.close(os.open(path, os.O_CREAT | os.O_WRONLY, 0o600))
    keep = logging.FileHandler(path, encoding="utf-8")
    keep.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(message)s"))
    log = logging.getLogger("ttx.remote")
    log.addHandler(keep)
    log.setLevel(logging.INFO)
    log.propagate = False


def where(reach: Reach, address: str, fingerprint: str) -> list[str]:
    """Where the table is to be found, and what that means."""
    if address in LOOPBACK:
        means = "Only people on this machine can come; --bind 0.0.0.0 lets others in."
    else:
        means = "Whoever reaches this machine meets the door; a code or a bound key opens it."
    return [
        f"Listening on {address} port {reach.port}. {means}",
        f"Host key {fingerprint}: what ssh shows the first time somebody connects.",
    ]


@dataclass(frozen=True, slots=True)
class Ways:
    """The ways in: where the door is, and how old a client may be."""

    address: str
    port: int
    post_quantum: bool = False
    """Whether a key exchange that a quantum computer could break is refused."""
    local: socket.socket | None = None
    """What `ttx join` comes through, from `owned.bound`, if anything."""


async def host(table: Table, ways: Ways, *, headless: bool, say: Say, notice: Say) -> None:
    """Host a table until its facilitator leaves, or until the process is told to end.

    `say` prints what is to be passed on, `notice` what is for the host alone. Where it is not
    `headless`, the facilitator's screen covers the invitations once Enter was pressed. `Ended`,
    once every terminal was given back, where a signal closed the table or its terminal went.
    """
    end = End()
    with told(end.hear):
        await _open(table, ways, end, headless=headless, say=say, notice=notice)
    if end.number:
        raise Ended(end.number)


async def _open(
    table: Table, ways: Ways, end: End, *, headless: bool, say: Say, notice: Say
) -> None:
    play_ahead(table.game.run.tables, table.game.run.seed)
    invitations, codes = seats_of(table)
    hosting = Hosting(table, invitations, codes)
    assert table.path is not None
    log_to(table.path.with_name(f"{beside(table.path).name.removesuffix('.seats.toml')}.host.log"))
    listening = await listen(
        ways.address,
        ways.port,
        hostkey.load(),
        Limits(),
        invitations,
        hosting,
        post_quantum=ways.post_quantum,
    )
    hosting.reach, side = Reach(reached_at(ways.address), listening.port), None
    quiet = asyncio.get_running_loop().create_task(collect_when_quiet())
    try:
        for line in where(hosting.reach, ways.address, listening.fingerprint):
            notice(line)
        if ways.local is not None:
            side = await local.listen(ways.local, hosting, listening.house)
            notice(f"Also at {side.path}, by ttx join: whoever runs it as you takes any seat.")
        for seat in invitations.seats:
            say(f"  {seat:<12} {hosting.line(seat)}")
        if headless:
            notice(f"{READY} The facilitator joins like everybody else; ctrl+c closes the table.")
            await end.heard.wait()
        else:
            # On the terminal itself, wherever notices go: without it nobody knows of Enter.
            say(f"{READY} Pass the lines on; Enter opens your own screen.")
            await _facilitated(hosting, end, say)
    finally:
        quiet.cancel()
        await _close(hosting, listening, side)


async def _facilitated(hosting: Hosting, end: End, say: Say) -> None:
    """The facilitator's screen, until it is left; where it fails the table goes on without it."""
    while await _entered(end):
        app = await _facilitate(hosting, end)
        if app.ended_by or not app.return_code:
            return
        say(FAILED.format(app.wrong))


async def _entered(end: End) -> bool:
    """Wait for Enter while people may already come; False where the end comes first."""
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
    loop.add_reader(fd, look)
    try:
        await asyncio.wait((pressed, ended), return_when=asyncio.FIRST_COMPLETED)
    finally:
        loop.remove_reader(fd)
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
        app.let_go()
        hosting.attendance.rise(app.own_seat, app)
    if app.ended_by:
        end.hear(app.ended_by)
    return app


async def _close(hosting: Hosting, listening: Listening, side: local.SideDoor | None) -> None:
    """Give every terminal back, then the port and the socket."""
    hosting.send_all_away(FAREWELL)
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
