"""The verbs that look at saved runs: replay, fork, compare, verify, report."""

from __future__ import annotations

import os
import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ttx import files
from ttx.cli.app import app
from ttx.cli.given import (
    ANONYMOUS,
    FORM,
    REDACT,
    looked_at,
    names_of,
    record_at,
    remark_on,
    stated_in,
)
from ttx.cli.screens import possible, run
from ttx.cli.spoken import fail, hand_over, notice, pour, say
from ttx.commands import pasted
from ttx.i18n import _

if TYPE_CHECKING:
    from ttx.session.viewing import Viewing


@app.command()
def replay(
    save: Annotated[Path, typer.Argument(help=_("A save of a run; one in play is watched."))],
    seat: Annotated[
        str,
        typer.Option(help=_("The seat through whose eye it is seen; all of it where left out.")),
    ] = "",
    turn: Annotated[
        int | None, typer.Option(min=1, help=_("Begin at this turn; with --plain, tell it alone."))
    ] = None,
    plain: Annotated[bool, typer.Option("--plain", help=_("The story in plain lines."))] = False,
    cast: Annotated[
        Path | None, typer.Option(help=_("Write an asciicast of what the seat saw to this file."))
    ] = None,
    anonymous: Annotated[bool, typer.Option("--anonymous", help=_(ANONYMOUS))] = False,
    redact: Annotated[
        list[str] | None, typer.Option("--redact", metavar="NAME", help=_(REDACT))
    ] = None,
) -> None:
    """Look at any moment of a saved run again, or watch one in play."""
    from ttx.session.record import read

    plain = plain or not possible()
    if anonymous and not plain and cast is None:
        fail(_("Screens are for who was there; say --plain or --cast with --anonymous."))
    record = read(save)
    viewing = looked_at(record, redact, anonymous=anonymous)
    if plain or cast is not None:
        remark_on(record, record.remark)
    if cast is not None:
        from ttx.tui.cast import write

        write(viewing, viewing.eye(seat), cast, turn)
        notice(
            _(
                "Written to {cast}; `{command}` plays it.",
                cast=cast,
                command=pasted("asciinema", "play", cast),
            )
        )
        return
    replayed(viewing, seat, turn, plain=plain)


def replayed(viewing: Viewing, seat: str, turn: int | None = None, *, plain: bool) -> None:
    from ttx.session.forks import opening_of

    eye = viewing.eye(seat)
    if turn is not None:
        viewing.to(opening_of(viewing.entries, turn))
    elif not viewing.live:
        viewing.to(0)
    if plain:
        from ttx.report.lines import lines_of
        from ttx.report.retold import retold

        viewing.to(viewing.timeline.last)
        for line in lines_of(retold(viewing.timeline, eye, turn, viewing.sealed)):
            say(line)
        return
    from ttx.tui.app import TtxApp as Screens

    run(Screens(viewing, eye, record=viewing.record))


@app.command()
def fork(
    save: Annotated[Path, typer.Argument(help=_("The save to go on from; it stays as it is."))],
    turn: Annotated[int, typer.Option(min=1, help=_("The turn at whose opening the fork begins."))],
    robots: Annotated[
        str, typer.Option(help=_("Who plays on, as for play; the same as before where left out."))
    ] = "",
    out: Annotated[Path | None, typer.Option(help=_("Where the new save goes."))] = None,
) -> None:
    """Make a new save that goes on from a turn of another, on the same dice."""
    from ttx.session import marks
    from ttx.session.forks import opening_of
    from ttx.session.opening import fork as forked
    from ttx.session.record import read
    from ttx.session.save_header import SaveError

    record = read(save)
    made, cut = forked(record, opening_of(record.entries, turn), robots, out)
    try:
        marks.add(save, marks.Mark(cut, files.legible(made.name), "fork"))
    except SaveError as error:
        notice(str(error))
    hand_over(str(made))
    notice(
        _(
            "Forked at the opening of turn {turn}. Play on with: {command}",
            turn=turn,
            command=pasted("ttx", "resume", made),
        )
    )


@app.command()
def compare(
    first: Annotated[Path, typer.Argument(metavar="A", help=_("A save."))],
    second: Annotated[Path, typer.Argument(metavar="B", help=_("Another save, such as its fork."))],
    plain: Annotated[bool, typer.Option("--plain", help=_("Plain lines, no screens."))] = False,
    anonymous: Annotated[bool, typer.Option("--anonymous", help=_(ANONYMOUS))] = False,
    redact: Annotated[
        list[str] | None, typer.Option("--redact", metavar="NAME", help=_(REDACT))
    ] = None,
    form: Annotated[
        str,
        typer.Option("--format", help=_(FORM)),
    ] = "",
    out: Annotated[
        Path | None, typer.Option(help=_("Write it to this file; - for standard output."))
    ] = None,
) -> None:
    """Lay two runs side by side, turn by turn."""
    from ttx.analysis.compare import compare as compared
    from ttx.analysis.compared_runs import compared_run
    from ttx.report.compared import comparison, on_paper
    from ttx.report.lines import lines
    from ttx.session.record import read

    kind = ""
    if form or out is not None:
        from ttx.report.forms import form_of, made

        kind = form_of(out, form, _("A comparison"))
    sides = []
    for letter, path in zip("AB", (first, second), strict=True):
        record = read(path)
        if record.remark:
            notice(f"{path.name}: {record.remark}")
        side = compared_run(record, looked_at(record, redact, anonymous=anonymous).game)
        sides.append(replace(side, name=_("run {letter}", letter=letter)) if anonymous else side)
    if kind:
        markings = (side.game.run.banner for side in sides)
        written = made(on_paper(compared(sides[0], sides[1]), markings), kind)
        if out is None or str(out) == "-":
            pour(written, kind)
            return
        files.write(out, written)
        hand_over(str(out))
        return
    if plain or not possible():
        for line in lines(comparison(compared(sides[0], sides[1]))):
            say(line)
        return
    from ttx.tui.app import TtxApp as Screens
    from ttx.tui.screens.compare import CompareScreen

    run(Screens(initial_page=CompareScreen(sides[0], sides[1])))


@app.command()
def verify(save: Annotated[Path, typer.Argument(help=_("A save of a run."))]) -> None:
    """Check a save from its first byte to its last, and print its seal."""
    from ttx.session.verify import verify as checks

    if not os.path.isfile(save):  # noqa: PTH113  # where the name is too long for any, it is none
        shown = files.legible(save)
        if not os.path.lexists(save):
            fail(_("There is no save at {path}.", path=shown))
        if os.path.isdir(save):  # noqa: PTH112  # the same
            fail(_("{path} is a folder.", path=shown))
        fail(_("{path} is no file.", path=shown))
    holds = True
    for check in checks(save):
        word = {True: _("yes"), False: _("NO"), None: ""}[check.holds]
        say(f"{word:<4}{check.what:<10}{check.found}")
        holds = holds and check.holds is not False
    if not holds:
        raise typer.Exit(1)


@app.command()
def report(
    save: Annotated[Path, typer.Argument(help=_("A save of a run; it need not be closed."))],
    form: Annotated[
        str,
        typer.Option("--format", help=_(FORM)),
    ] = "",
    out: Annotated[
        Path | None,
        typer.Option(help=_("Where it goes, - for standard output; beside the save if left out.")),
    ] = None,
    anonymous: Annotated[bool, typer.Option("--anonymous", help=_(ANONYMOUS))] = False,
    redact: Annotated[
        list[str] | None, typer.Option("--redact", metavar="NAME", help=_(REDACT))
    ] = None,
    session: Annotated[
        Path | None,
        typer.Option(help=_("A file whose cover and targets stand in place of the record's.")),
    ] = None,
) -> None:
    """Write the after-action review with improvement plan of a saved run.

    Without --out it goes beside the save, and where output is no terminal it is the output.
    """
    from ttx.report.aar.overview import missing
    from ttx.report.filed import account_of, file, written
    from ttx.report.forms import form_of
    from ttx.session.opening import carried

    kind = form_of(out, form)
    names = names_of(redact, anonymous=anonymous)
    record = record_at(save)
    stated = stated_in(session, carried(record)) if session is not None else None
    account = account_of(record, anonymous=anonymous, names=names, stated=stated)
    lacks = missing(account)
    if lacks:
        notice(_("A draft, for the white cell alone. {lacks}", lacks=" ".join(lacks)))
    if str(out) == "-" or (out is None and not sys.stdout.isatty()):
        pour(written(account, kind), kind)
        return
    hand_over(str(file(account, save, kind, out)))
