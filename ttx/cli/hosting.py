"""The verbs of remote play: host and join."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated

import typer

from ttx import files, process
from ttx.cli.app import app
from ttx.cli.given import exercise_at, open_to_others, remark_on
from ttx.cli.screens import kept, possible
from ttx.cli.spoken import fail, notice, say
from ttx.i18n import _

LOOPBACK, PORT = "127.0.0.1", 2222
"""Where a host listens unasked."""


@app.command()
def host(
    exercise: Annotated[str, typer.Argument(help=_("A name that is found, or a path."))] = "",
    resume: Annotated[
        Path | None,
        typer.Option(help=_("Go on with a hosted run: the same codes, keys and seats.")),
    ] = None,
    seed: Annotated[
        int | None, typer.Option(min=0, help=_("The dice; drawn where left out."))
    ] = None,
    robots: Annotated[
        str, typer.Option(help=_("Robots for empty cells: CELL=NAME,CELL=NAME."))
    ] = "",
    red: Annotated[
        bool,
        typer.Option("--red", help=_("Seat people with the adversaries, who choose for them.")),
    ] = False,
    save: Annotated[Path | None, typer.Option(help=_("Where the record goes."))] = None,
    bind: Annotated[
        str,
        typer.Option(help=_("The address to listen at; others than this machine's let others in.")),
    ] = LOOPBACK,
    port: Annotated[int, typer.Option(min=1, max=65535, help=_("The port to listen at."))] = PORT,
    headless: Annotated[
        bool, typer.Option("--headless", help=_("No screen here; the facilitator joins over SSH."))
    ] = False,
    post_quantum: Annotated[
        bool,
        typer.Option("--post-quantum", help=_("Let in only clients as new as OpenSSH 9.9.")),
    ] = False,
    copy: Annotated[
        bool,
        typer.Option("--copy/--no-copy", help=_("Let screens copy what is selected there.")),
    ] = True,
    socket: Annotated[
        Path | None,
        typer.Option(help=_("Also let `ttx join` in through this socket, without codes.")),
    ] = None,
) -> None:
    """Host a run for people at screens of their own, who join with nothing but ssh."""
    import asyncio

    from ttx.remote.host import Ways
    from ttx.remote.host import host as hosted
    from ttx.remote.invitations import beside
    from ttx.remote.reach import bindable
    from ttx.remote.unix_socket import bound
    from ttx.session import opening
    from ttx.session.record import read

    if bool(exercise) == (resume is not None):
        fail(_("Name an exercise to host, or a hosted run to go on with: ttx host --resume SAVE."))
    if resume is not None and (seed is not None or robots or red or save):
        fail(
            _("A run that goes on has its dice, robots, seats and record; name none with --resume.")
        )
    screens = not headless and possible()
    addresses = bindable(bind, port)
    local = bound(socket) if socket else None
    if resume is not None:
        record, path = read(resume), resume
        table = opening.resume_hosted(record)
        record = table.found or record
        remark_on(record, record.on_resuming)
        open_to_others(resume)
    else:
        part = exercise_at(exercise)
        wanted = opening.seating(part, robots).robots if robots else {}
        dice = opening.draw_seed(part) if seed is None else seed
        path = save or opening.new_path(part, dice)
        if os.path.lexists(beside(path)):
            fail(
                _(
                    "{path} holds the invitations of another run; move it "
                    "away, or name another --save.",
                    path=files.legible(beside(path)),
                )
            )
        table = opening.hosted(part, wanted, dice, path, red=red)
    notice(
        _(
            "Seed {seed}. The record goes to {path}.",
            seed=table.game.run.seed,
            path=files.legible(path),
        )
    )
    try:
        ways = Ways(addresses, port, post_quantum, local, copy)
        asyncio.run(hosted(table, ways, headless=not screens, say=say, notice=notice))
    finally:
        table.leave()
        again = ["--bind", bind] if bind != LOOPBACK else []
        again += ["--port", str(port)] if port != PORT else []
        again += ["--headless"] if headless else []
        again += ["--post-quantum"] if post_quantum else []
        again += [] if copy else ["--no-copy"]
        again += ["--socket", str(socket)] if socket else []
        kept(table, "ttx", "host", "--resume", options=again)


@app.command()
def join(
    socket: Annotated[
        Path, typer.Option(help=_("The socket of ttx host --socket on this machine."))
    ],
    seat: Annotated[str, typer.Option(help=_("The seat to take; no code is asked for."))],
) -> None:
    """Bring this terminal to a host on this machine; for the system's sshd to run.

    In authorized_keys, restrict,pty,command="ttx join --socket PATH --seat SEAT" binds a key to a
    seat. Nothing else guards it: whoever can run a command as the host's user can take any seat.
    """
    from ttx.remote.join import join as joined

    try:
        status, words = joined(socket, seat)
    except process.Ended:
        notice(_("Your seat is kept; the same command brings you back."))
        raise
    if words:
        notice(words)
    raise typer.Exit(status)
