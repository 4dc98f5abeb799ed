"""The verbs of remote play: host and join."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ttx import files, process
from ttx.cli.app import app
from ttx.cli.given import exercise_at, open_to_others, remark_on, stated_in
from ttx.cli.screens import kept, possible
from ttx.cli.spoken import fail, notice, say
from ttx.commands import pasted
from ttx.i18n import _

if TYPE_CHECKING:
    from ttx.remote.host import Desk
    from ttx.session.record import Record
    from ttx.session.table import Table

LOOPBACK, PORT = "127.0.0.1", 2222
"""Where a host listens unasked."""


@app.command()
def host(
    exercise: Annotated[str, typer.Argument(help=_("A name that is found, or a path."))] = "",
    resume: Annotated[
        Path | None,
        typer.Option(help=_("Go on with a hosted run: the same codes, keys and seats.")),
    ] = None,
    rehearsal: Annotated[
        bool,
        typer.Option(
            "--rehearsal", help=_("Rehearse a session: marked everywhere, and kept apart.")
        ),
    ] = False,
    after: Annotated[
        Path | None,
        typer.Option(help=_("The session itself after a rehearsal: the same seats and codes.")),
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
    controllers: Annotated[
        int, typer.Option(min=0, help=_("Seats at the desk beside those of the exercise."))
    ] = 0,
    save: Annotated[Path | None, typer.Option(help=_("Where the record goes."))] = None,
    session: Annotated[
        Path | None,
        typer.Option(help=_("A file that says for whom, when and where it is; see ttx session.")),
    ] = None,
    bind: Annotated[
        str,
        typer.Option(help=_("The address to listen at; others than this machine's let others in.")),
    ] = LOOPBACK,
    port: Annotated[int, typer.Option(min=1, max=65535, help=_("The port to listen at."))] = PORT,
    headless: Annotated[
        bool, typer.Option("--headless", help=_("No screen here; the facilitator joins over SSH."))
    ] = False,
    plain: Annotated[
        bool, typer.Option("--plain", help=_("The desk here in plain lines, no screens."))
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
    from ttx.remote.moving import is_packed
    from ttx.remote.reach import bindable
    from ttx.remote.unix_socket import bound
    from ttx.session import opening, seating
    from ttx.session.record import read

    if bool(exercise or after) == (resume is not None):
        fail(_("Name an exercise to host, or a hosted run to go on with: ttx host --resume SAVE."))
    kept_at = save if resume is not None and not is_packed(resume) else None
    if resume is not None and (
        seed is not None or robots or red or controllers or kept_at or rehearsal
    ):
        fail(
            _("A run that goes on has its dice, robots, seats and record; name none with --resume.")
        )
    if after is not None and (robots or red or controllers):
        fail(
            _(
                "After a rehearsal the same people sit down; name no --robots, --red or "
                "--controllers."
            )
        )
    desk = _desk(plain=plain, headless=headless)
    addresses = bindable(bind, port)
    local = bound(socket) if socket else None
    if save is not None:
        _not_given_out(save)
    if resume is not None:
        table = _gone_on(resume, save, session)
    elif after is not None:
        table = _after(read(after), exercise, seed, save, session, rehearsal=rehearsal)
    else:
        part = exercise_at(exercise)
        stated = stated_in(session, part)
        wanted = seating.seating(part, robots).robots if robots else {}
        dice = opening.draw_seed(part) if seed is None else seed
        path = save or opening.new_path(part, dice, rehearsal=rehearsal)
        table = opening.hosted(
            part,
            wanted,
            dice,
            path,
            red=red,
            controllers=controllers,
            rehearsal=rehearsal,
            stated=stated,
        )
    assert table.path is not None
    notice(
        _(
            "Seed {seed}. The record goes to {path}.",
            seed=table.game.run.seed,
            path=files.legible(table.path),
        )
    )
    try:
        ways = Ways(addresses, port, post_quantum, local, copy)
        asyncio.run(hosted(table, ways, after, desk=desk, say=say, notice=notice))
    finally:
        table.leave()
        again = ["--bind", bind] if bind != LOOPBACK else []
        again += ["--port", str(port)] if port != PORT else []
        again += ["--headless"] if headless else []
        again += ["--plain"] if plain else []
        again += ["--post-quantum"] if post_quantum else []
        again += [] if copy else ["--no-copy"]
        again += ["--socket", str(socket)] if socket else []
        _left(table, again)


def _stated(table: Table, session: Path | None) -> None:
    """Have a file say of a session that goes on what is not in its record yet."""
    from ttx.session.opening import state

    stated = stated_in(session, table.game.run.exercise)
    if stated is not None:
        try:
            state(table, table.game.run.facilitator, stated)
        except ValueError:
            table.leave()
            raise


def _left(table: Table, options: list[str]) -> None:
    """Say how to go on with what was hosted with these options."""
    kept(table, "ttx", "host", "--resume", options=options)
    if table.game.run.rehearsal and table.path is not None:
        command = pasted("ttx", "host", "--after", table.path, *options)
        notice(_("The session, with the same codes and keys: {command}", command=command))


def _after(
    record: Record,
    exercise: str,
    seed: int | None,
    save: Path | None,
    session: Path | None,
    *,
    rehearsal: bool,
) -> Table:
    """The session that was rehearsed, of the exercise that is named or the one it carries."""
    from ttx.session.opening import carried
    from ttx.session.rehearsed import session_after

    part = exercise_at(exercise) if exercise else None
    stated = stated_in(session, part or carried(record))
    return session_after(record, seed, save, exercise=part, rehearsal=rehearsal, stated=stated)


def _gone_on(save: Path, to: Path | None, session: Path | None) -> Table:
    """A hosted run to go on with, once what is to be said of it was said.

    `to` is where one that is packed is put; it goes where runs go otherwise. What the file
    `session` says of it is entered.
    """
    from ttx.remote import moving
    from ttx.session.opening import resume_hosted
    from ttx.session.record import read
    from ttx.session.save_paths import saves_folder

    if moving.is_packed(save):
        packed, save = save, to or moving.unpacked(save, saves_folder())
        moving.unpack(packed, save)
        notice(_("Unpacked to {path}, with its seats and host key.", path=files.legible(save)))
    record = read(save)
    table = resume_hosted(record)
    record = table.found or record
    remark_on(record, record.on_resuming)
    open_to_others(save)
    _stated(table, session)
    return table


def _not_given_out(save: Path) -> None:
    """Exit where the seats beside a save that is to be made are those of another run."""
    from ttx.remote.invitations import beside

    if os.path.lexists(beside(save)):
        fail(
            _(
                "{path} holds the invitations of another run; move it "
                "away, or name another --save.",
                path=files.legible(beside(save)),
            )
        )


@app.command()
def pack(
    save: Annotated[Path, typer.Argument(help=_("A hosted run that nobody hosts now."))],
    out: Annotated[Path | None, typer.Option(help=_("The file to make."))] = None,
) -> None:
    """Pack a hosted run for another machine: record, seats with codes and keys, and host key."""
    from ttx.remote import moving

    if out is not None:
        files.named_for(out, _("A packed run"), (moving.ENDING,))
    packed = moving.pack(save, out)
    notice(
        _(
            "Packed into {path}. It opens every seat, so carry it as you would the codes. On the "
            "other machine: {command}. Do not host this one here any more: from now on there "
            "would be two records.",
            path=files.legible(packed),
            command=pasted("ttx", "host", "--resume", packed.name),
        )
    )


def _desk(*, plain: bool, headless: bool) -> Desk:
    """What of the desk is shown at this terminal."""
    if plain:
        return "lines"
    if headless:
        return "nowhere"
    return "screens" if possible() else "lines" if process.at_terminal() else "nowhere"


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
