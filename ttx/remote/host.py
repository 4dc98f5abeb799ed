"""A table with its door open: from the first invitation to the last screen that closes."""

from __future__ import annotations

import asyncio
import logging
import socket
import sys
from collections.abc import Sequence
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from ttx.i18n import N_, _
from ttx.process import Ended, told
from ttx.remote import hostkey, local
from ttx.remote.host_log import log_of, log_to
from ttx.remote.host_terminal import End, Say, facilitated, in_lines
from ttx.remote.hosting import Hosting, seats_of
from ttx.remote.idle_gc import collect_a_little
from ttx.remote.invitations import InvitationError, Invitations, beside
from ttx.remote.limits import Limits
from ttx.remote.reach import Reach, reached, where
from ttx.remote.server import Listening, listen
from ttx.session.references import play_ahead
from ttx.session.save_header import SaveError
from ttx.session.table import Table

READY = N_("Ready.")
FAREWELL = N_("The host has closed the table. Your seat is kept for when it goes on.")
UNKEPT = N_("The host has closed the table, and its record could not be kept. Ask the host.")
ENDED = N_("The host has closed the table. The exercise has ended.")
PATIENCE = 2.0
"""Seconds that screens have to give their terminals back when the host closes."""
Desk = Literal["screens", "lines", "nowhere"]
"""What the host's own terminal shows of the desk."""


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
            await in_lines(hosting, end, notice)
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
            await facilitated(hosting, end, say, ready)
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
