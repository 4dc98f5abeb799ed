"""The verbs that play: Home, play, resume."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

import ttx
from ttx import files, process
from ttx.cli.app import app
from ttx.cli.given import exercise_at, open_to_others, remark_on, stated_in
from ttx.cli.language import OPTION, speak
from ttx.cli.records import replayed
from ttx.cli.screens import go_on, possible, run
from ttx.cli.spoken import asked, columns, fail, notice, say
from ttx.commands import pasted
from ttx.i18n import _

if TYPE_CHECKING:
    from ttx.session.record import Record
    from ttx.session.table import Table


@app.callback(invoke_without_command=True)
def home(
    context: typer.Context,
    version: Annotated[bool, typer.Option("--version", help=_("Print the version."))] = False,
    language: Annotated[
        str,
        typer.Option(
            metavar="CODE",
            help=_("The language of ttx itself, two letters; TTX_LANGUAGE says it for good."),
        ),
    ] = "",
) -> None:
    """Without a verb: the home screen."""
    if language:  # where nobody has taken it out before
        speak(language, OPTION)
    if version:
        say(f"ttx {ttx.__version__}")
        raise typer.Exit
    if context.invoked_subcommand is not None:
        return
    if not possible():
        fail(_("Home needs a terminal; `ttx play accelerate --plain` plays in plain lines."))
    from ttx.tui.app import TtxApp as Screens

    run(Screens())


@app.command()
def play(
    exercise: Annotated[str, typer.Argument(help=_("A name that is found, or a path."))],
    seed: Annotated[
        int | None, typer.Option(min=0, help=_("The dice; drawn where left out."))
    ] = None,
    robots: Annotated[
        str, typer.Option(help=_("A robot for every allied cell, or CELL=NAME,CELL=NAME."))
    ] = "",
    seat: Annotated[str, typer.Option(help=_("The seat at this keyboard."))] = "",
    red: Annotated[
        bool, typer.Option("--red", help=_("Also choose how the adversaries respond."))
    ] = False,
    apart: Annotated[
        bool,
        typer.Option("--apart", help=_("Each cell answers for itself, in turns at it.")),
    ] = False,
    save: Annotated[Path | None, typer.Option(help=_("Where the record goes."))] = None,
    session: Annotated[
        Path | None,
        typer.Option(help=_("A file that says for whom, when and where it is; see ttx session.")),
    ] = None,
    plain: Annotated[bool, typer.Option("--plain", help=_("Plain lines, no screens."))] = False,
) -> None:
    """Play an exercise: alone, with robots in other cells, or robots alone."""
    from ttx.session.opening import begin, draw_seed, new_path
    from ttx.session.seating import seating

    plain = plain or not possible()
    part = exercise_at(exercise)
    stated = stated_in(session, part)
    everybody = robots
    if not everybody and not sys.stdin.isatty():
        default = next(c.robot for c in part.cell if c.side == "allied")
        everybody = default or part.robot[0].id
        notice(
            _("Input is no terminal, so robots play every seat: {everybody}.", everybody=everybody)
        )
    seats = seating(part, everybody, seat, together=not apart, red=red)
    dice = draw_seed(part) if seed is None else seed
    path = save or new_path(part, dice)
    try:
        table = begin(part, seats, dice, path, stated)
    except process.Ended:  # robots were playing
        if path.is_file():
            notice(_("Saved. Go on with: {command}", command=pasted("ttx", "resume", path)))
        raise
    notice(_("Seed {dice}. The record goes to {path}.", dice=dice, path=files.legible(path)))
    _at_table(table, seats.seat, plain=plain)


@app.command()
def resume(
    save: Annotated[Path, typer.Argument(help=_("A save of a run."))],
    plain: Annotated[bool, typer.Option("--plain", help=_("Plain lines, no screens."))] = False,
    session: Annotated[
        Path | None,
        typer.Option(help=_("A file that corrects for whom, when and where it is.")),
    ] = None,
) -> None:
    """Go on with a saved run where it stopped, or read its review where it is closed."""
    from ttx.session.opening import asked_again, look_at
    from ttx.session.record import read

    record = read(save)
    phase = record.entries[-1].phase if record.entries else ""
    over = record.read_only or phase == "closed"
    if over and session is not None:
        fail(
            _(
                "Nothing is added to this record any more; another cover is printed by: {command}",
                command=pasted("ttx", "report", save, "--session", session),
            )
        )
    plain = plain or not possible()
    if record.read_only and phase not in ("hotwash", "closed"):
        if plain:
            remark_on(record, record.remark)
        replayed(look_at(record), "", plain=plain)
        return
    table = look_at(record) if over else _resumed(record, session)
    record = table.found or record
    if plain:
        remark_on(record, record.on_resuming)
        if not over:
            open_to_others(save)
        differences = asked_again(record)
        for difference in differences[:3]:
            notice(difference)
        if differences[3:]:
            notice(
                _(
                    "And {count} more: {command}",
                    count=len(differences) - 3,
                    command=pasted("ttx", "verify", save),
                )
            )
    if over and plain:
        from ttx.plain import tell_review

        tell_review(table, say, columns())
        notice(
            _(
                "From its first turn it is told by: {command}",
                command=pasted("ttx", "replay", save, "--plain"),
            )
        )
        return
    _at_table(table, table.game.run.first_seat, plain=plain, record=record)


def _resumed(record: Record, session: Path | None) -> Table:
    """A run to go on with, once the file `session` has said of it what is not in its record."""
    from ttx.session.opening import carried, resume, state

    stated = stated_in(session, carried(record)) if session is not None else None
    table = resume(record)
    if stated is not None:
        try:
            state(table, table.game.run.first_seat, stated)
        except ValueError:
            table.leave()
            raise
    return table


def _at_table(table: Table, seat: str, *, plain: bool, record: Record | None = None) -> None:
    from ttx.plain import Left, Plain, tell

    people = table.game.run.people
    try:
        if not people and table.closed:
            if plain:
                tell(table, say, columns())
                return
            seat = table.game.run.lead(table.game.run.allied[0].id).id
        if not plain:
            from ttx.tui.app import TtxApp as Screens

            run(Screens(table, seat, record=record, review=True))
            return
        try:
            Plain(table, seat, say, asked, columns()).play()
            if table.path is not None:
                report = pasted("ttx", "report", table.path)
                notice(_("The after-action review is written by: {command}", command=report))
        except Left:
            pass
        finally:
            table.leave()
            go_on(table)
    finally:
        table.leave()
