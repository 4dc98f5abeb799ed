"""The verbs; the only module that prints.

What a verb needs is imported when it runs, so that checking an exercise never loads a screen, and
Home paints before the arithmetic is loaded.
"""

from __future__ import annotations

import json
import os
import signal
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

import ttx
from ttx import files, process
from ttx.commands import pasted
from ttx.shown import clean

if TYPE_CHECKING:
    from ttx.session.record import Record
    from ttx.session.table import Table
    from ttx.session.viewing import Viewing
    from ttx.tui.app import TtxApp

LOOPBACK, PORT = "127.0.0.1", 2222
"""Where a host listens unasked."""

app = typer.Typer(
    add_completion=False,
    no_args_is_help=False,
    pretty_exceptions_enable=False,
    help="Facilitated tabletop exercises in a terminal.",
)


msel = typer.Typer(
    no_args_is_help=False,
    pretty_exceptions_enable=False,
    help="The MSEL of an exercise as CSV, out and in.",
)
app.add_typer(msel, name="msel")


def notice(words: str) -> None:
    """A line for the person, beside the results; lost where standard error takes nothing."""
    try:
        if not process.stuck(sys.stderr):
            print(clean(words), file=sys.stderr, flush=True)
    except OSError:
        process.drop(sys.stderr)


def fail(words: str, code: int = 2) -> NoReturn:
    """One sentence, and out."""
    notice(words)
    raise typer.Exit(code)


def say(line: str) -> None:
    """A line of the result, there as soon as it is said; Unsaid where output takes nothing."""
    with process.output():
        print(clean(line))


def hand_over(*lines: str) -> None:
    """What a program reads: exactly so to a file or a pipe, and clean where a terminal shows it.

    Unsaid as for `say`.
    """
    if sys.stdout.isatty():
        for line in lines:
            say(line)
        return
    said = "".join(f"{one}\n" for one in lines).encode("utf-8", "surrogateescape")
    with process.output() as stream:
        stream.flush()
        stream.buffer.write(said)


def _screens() -> bool:
    """Whether screens can be shown here; where only the terminal is to blame that is said.

    ValueError where the environment asks for a theme or for signs that there are not.
    """
    if not process.at_terminal():
        return False
    if why := process.unfit():
        notice(why)
        return False
    from ttx.tui.theme import misnamed

    if wrong := misnamed(os.environ):
        raise ValueError(wrong)
    return True


@app.callback(invoke_without_command=True)
def home(
    context: typer.Context,
    version: Annotated[bool, typer.Option("--version", help="Print the version.")] = False,
) -> None:
    """Without a verb: the home screen."""
    if version:
        say(f"ttx {ttx.__version__}")
        raise typer.Exit
    if context.invoked_subcommand is not None:
        return
    if not _screens():
        fail("Home needs a terminal; `ttx play accelerate --plain` plays in plain lines.")
    from ttx.tui.app import TtxApp as Screens

    _run(Screens())


def _run(screens: TtxApp) -> None:
    """Run the screens, and say how they ended."""
    screens.sit()
    after(screens)


def after(screens: TtxApp) -> None:
    """Let go of the run that screens were left at, and say how to go on; Exit where they failed."""
    if screens.table is not None:
        screens.table.leave()
    if screens.wrong:
        notice(f"Something went wrong on a screen ({screens.wrong}).")
    _go_on(screens.table)
    if screens.ended_by:
        raise process.Ended(screens.ended_by)
    if screens.wrong:
        raise typer.Exit(1)


def _go_on(table: Table | None) -> None:
    """Say where a run at this keyboard is kept, and how to go on with it."""
    if table is not None:
        _kept(table, "ttx", "resume")


def _kept(table: Table, *command: str, options: Sequence[str] = ()) -> None:
    """Say where a run that was left is kept, and how to go on with it; exit 1 where it is not.

    The save follows the words of `command`, and `options` follow the save.
    """
    if table.lost:
        fail(table.lost, 1)
    if table.moved:
        notice(table.moved)
    if table.path is not None and table.save is not None and not table.closed:
        notice(f"Saved. Go on with: {pasted(*command, table.path, *options)}")


@app.command()
def play(
    exercise: Annotated[str, typer.Argument(help="A name that is found, or a path.")],
    seed: Annotated[int | None, typer.Option(min=0, help="The dice; drawn where left out.")] = None,
    robots: Annotated[
        str, typer.Option(help="A robot for every cell, or CELL=NAME,CELL=NAME.")
    ] = "",
    seat: Annotated[str, typer.Option(help="The seat at this keyboard.")] = "",
    apart: Annotated[
        bool,
        typer.Option("--apart", help="Each cell answers for itself, in turns at it."),
    ] = False,
    save: Annotated[Path | None, typer.Option(help="Where the record goes.")] = None,
    plain: Annotated[bool, typer.Option("--plain", help="Plain lines, no screens.")] = False,
) -> None:
    """Play an exercise: alone, with robots in other cells, or robots alone."""
    from ttx.exercise.load import load
    from ttx.exercise.shelf import find
    from ttx.session.opening import begin, draw_seed, new_path, seating

    plain = plain or not _screens()
    part = load(find(exercise))
    everybody = robots
    if not everybody and not sys.stdin.isatty():
        default = next(c.robot for c in part.cell if c.side == "allied")
        everybody = default or part.robot[0].id
        notice(f"Input is no terminal, so robots play every seat: {everybody}.")
    seats = seating(part, everybody, seat, together=not apart)
    dice = draw_seed(part) if seed is None else seed
    path = save or new_path(part, dice)
    try:
        table = begin(part, seats, dice, path)
    except process.Ended:  # robots were playing
        if path.is_file():
            notice(f"Saved. Go on with: {pasted('ttx', 'resume', path)}")
        raise
    notice(f"Seed {dice}. The record goes to {files.legible(path)}.")
    _at_table(table, seats.seat, plain=plain)


@app.command()
def resume(
    save: Annotated[Path, typer.Argument(help="A save of a run.")],
    plain: Annotated[bool, typer.Option("--plain", help="Plain lines, no screens.")] = False,
) -> None:
    """Go on with a saved run where it stopped, or read its review where it is closed."""
    from ttx.session.opening import asked_again, look_at
    from ttx.session.opening import resume as resumed
    from ttx.session.record import read

    record = read(save)
    phase = record.entries[-1].phase if record.entries else ""
    plain = plain or not _screens()
    if record.read_only and phase not in ("hotwash", "closed"):
        if plain:
            _remarks(record, record.remark)
        _replay(look_at(record), "", plain=plain)
        return
    over = record.read_only or phase == "closed"
    table = look_at(record) if over else resumed(record)
    record = table.found or record
    if plain:
        _remarks(record, record.on_resuming)
        if not over:
            _open_to_others(save)
        differences = asked_again(record)
        for difference in differences[:3]:
            notice(difference)
        if differences[3:]:
            notice(f"And {len(differences) - 3} more: {pasted('ttx', 'verify', save)}")
    if over and plain:
        from ttx.plain import tell_review

        tell_review(table, say)
        notice(f"From its first turn it is told by: {pasted('ttx', 'replay', save, '--plain')}")
        return
    _at_table(table, table.game.run.first_seat, plain=plain, record=record)


def _open_to_others(save: Path) -> None:
    """Name what of a run that is played on is not its owner's alone; it stays as it is."""
    from ttx.session.shelves import with_companions

    told = files.open_to_others(with_companions(save))
    if told:
        notice(told)


def _remarks(record: Record, said: str) -> None:
    """What is to be said of a record, where no screen says it."""
    from ttx.session.opening import changed_since

    for remark in (said, changed_since(record)):
        if remark:
            notice(remark)


@app.command()
def replay(
    save: Annotated[Path, typer.Argument(help="A save of a run; one in play is watched.")],
    seat: Annotated[
        str, typer.Option(help="The seat through whose eye it is seen; all of it where left out.")
    ] = "",
    turn: Annotated[
        int | None, typer.Option(min=1, help="Begin at this turn; with --plain, tell it alone.")
    ] = None,
    plain: Annotated[bool, typer.Option("--plain", help="The story in plain lines.")] = False,
    cast: Annotated[
        Path | None, typer.Option(help="Write an asciicast of what the seat saw to this file.")
    ] = None,
) -> None:
    """Look at any moment of a saved run again, or watch one in play."""
    from ttx.session.opening import look_at
    from ttx.session.record import read

    record = read(save)
    viewing = look_at(record)
    plain = plain or not _screens()
    if plain or cast is not None:
        _remarks(record, record.remark)
    if cast is not None:
        from ttx.tui.cast import write

        write(viewing, viewing.eye(seat), cast, turn)
        notice(f"Written to {cast}; `{pasted('asciinema', 'play', cast)}` plays it.")
        return
    _replay(viewing, seat, turn, plain=plain)


def _replay(viewing: Viewing, seat: str, turn: int | None = None, *, plain: bool) -> None:
    from ttx.session.forks import opening_of

    eye = viewing.eye(seat)
    if turn is not None:
        viewing.to(opening_of(viewing.entries, turn))
    elif not viewing.live:
        viewing.to(0)
    if plain:
        from ttx.report.retold import retold

        viewing.to(viewing.reel.last)
        for line in retold(viewing.reel, eye, turn, viewing.sealed):
            say(line)
        return
    from ttx.tui.app import TtxApp as Screens

    _run(Screens(viewing, eye, record=viewing.record))


@app.command()
def fork(
    save: Annotated[Path, typer.Argument(help="The save to go on from; it stays as it is.")],
    turn: Annotated[int, typer.Option(min=1, help="The turn at whose opening the fork begins.")],
    robots: Annotated[
        str, typer.Option(help="Who plays on, as for play; the same as before where left out.")
    ] = "",
    out: Annotated[Path | None, typer.Option(help="Where the new save goes.")] = None,
) -> None:
    """Make a new save that goes on from a turn of another, on the same dice."""
    from ttx.session import marks
    from ttx.session.forks import opening_of
    from ttx.session.glance import SaveError
    from ttx.session.opening import fork as forked
    from ttx.session.record import read

    record = read(save)
    made, cut = forked(record, opening_of(record.entries, turn), robots, out)
    try:
        marks.add(save, marks.Mark(cut, files.legible(made.name), "fork"))
    except SaveError as error:
        notice(str(error))
    hand_over(str(made))
    notice(f"Forked at the opening of turn {turn}. Play on with: {pasted('ttx', 'resume', made)}")


@app.command()
def compare(
    first: Annotated[Path, typer.Argument(metavar="A", help="A save.")],
    second: Annotated[Path, typer.Argument(metavar="B", help="Another save, such as its fork.")],
    plain: Annotated[bool, typer.Option("--plain", help="Plain lines, no screens.")] = False,
) -> None:
    """Lay two runs side by side, turn by turn."""
    from ttx.analysis.compare import compare as compared
    from ttx.analysis.sides import side
    from ttx.analysis.told import lines
    from ttx.session.opening import look_at
    from ttx.session.record import read

    sides = []
    for path in (first, second):
        record = read(path)
        if record.remark:
            notice(f"{path.name}: {record.remark}")
        sides.append(side(record, look_at(record).game))
    if plain or not _screens():
        for line in lines(compared(sides[0], sides[1])):
            say(line)
        return
    from ttx.tui.app import TtxApp as Screens
    from ttx.tui.screens.compare import CompareScreen

    _run(Screens(first=CompareScreen(sides[0], sides[1])))


@app.command()
def verify(save: Annotated[Path, typer.Argument(help="A save of a run.")]) -> None:
    """Check a save from its first byte to its last, and print its seal."""
    from ttx.session.verify import verify as checks

    if not os.path.isfile(save):  # noqa: PTH113  # where the name is too long for any, it is none
        kind = "is a folder" if os.path.isdir(save) else "is no file"  # noqa: PTH112  # the same
        there = os.path.lexists(save)
        shown = files.legible(save)
        fail(f"{shown} {kind}." if there else f"There is no save at {shown}.")
    holds = True
    for one in checks(save):
        word = {True: "yes", False: "NO", None: ""}[one.holds]
        say(f"{word:<4}{one.what:<10}{one.found}")
        holds = holds and one.holds is not False
    if not holds:
        raise typer.Exit(1)


@app.command()
def report(
    save: Annotated[Path, typer.Argument(help="A save of a run; it need not be closed.")],
    form: Annotated[
        str, typer.Option("--format", help="html or md; html where the file's name says nothing.")
    ] = "",
    out: Annotated[
        Path | None,
        typer.Option(help="Where it goes, - for standard output; beside the save if left out."),
    ] = None,
    anonymous: Annotated[
        bool,
        typer.Option("--anonymous", help="Not for attribution: seats by their cell alone."),
    ] = False,
) -> None:
    """Write the after-action review with improvement plan of a saved run.

    Without --out it goes beside the save, and where output is no terminal it is the output.
    """
    from ttx.report.aar.overview import missing
    from ttx.report.filed import account_of, file, form_of, page
    from ttx.session.record import read

    kind = form_of(out, form)
    record = read(save)
    _remarks(record, record.remark)
    account = account_of(record, anonymous=anonymous)
    lacks = missing(account)
    if lacks:
        notice(f"A draft, for the white cell alone. {' '.join(lacks)}")
    if str(out) == "-" or (out is None and not sys.stdout.isatty()):
        hand_over(*page(account, kind).removesuffix("\n").split("\n"))
        return
    hand_over(str(file(account, save, kind, out)))


@app.command()
def host(
    exercise: Annotated[str, typer.Argument(help="A name that is found, or a path.")] = "",
    resume: Annotated[
        Path | None, typer.Option(help="Go on with a hosted run: the same codes, keys and seats.")
    ] = None,
    seed: Annotated[int | None, typer.Option(min=0, help="The dice; drawn where left out.")] = None,
    robots: Annotated[str, typer.Option(help="Robots for empty cells: CELL=NAME,CELL=NAME.")] = "",
    red: Annotated[
        bool, typer.Option("--red", help="Seat people with the adversaries, who see what those do.")
    ] = False,
    save: Annotated[Path | None, typer.Option(help="Where the record goes.")] = None,
    bind: Annotated[
        str,
        typer.Option(help="The address to listen at; others than this machine's let others in."),
    ] = LOOPBACK,
    port: Annotated[int, typer.Option(min=1, max=65535, help="The port to listen at.")] = PORT,
    headless: Annotated[
        bool, typer.Option("--headless", help="No screen here; the facilitator joins over SSH.")
    ] = False,
    post_quantum: Annotated[
        bool,
        typer.Option("--post-quantum", help="Let in only clients as new as OpenSSH 9.9."),
    ] = False,
    socket: Annotated[
        Path | None, typer.Option(help="Also let `ttx join` in through this socket, without codes.")
    ] = None,
) -> None:
    """Host a run for people at screens of their own, who join with nothing but ssh."""
    import asyncio

    from ttx.exercise.load import load
    from ttx.exercise.shelf import find
    from ttx.remote.host import Ways
    from ttx.remote.host import host as hosted
    from ttx.remote.invitations import beside
    from ttx.remote.owned import bound
    from ttx.remote.reach import bindable
    from ttx.session import opening
    from ttx.session.record import read

    if bool(exercise) == (resume is not None):
        fail("Name an exercise to host, or a hosted run to go on with: ttx host --resume SAVE.")
    if resume is not None and (seed is not None or robots or red or save):
        fail("A run that goes on has its dice, robots, seats and record; name none with --resume.")
    screens = not headless and _screens()
    addresses = bindable(bind, port)
    local = bound(socket) if socket else None
    if resume is not None:
        record, path = read(resume), resume
        table = opening.resume_hosted(record)
        record = table.found or record
        _remarks(record, record.on_resuming)
        _open_to_others(resume)
    else:
        part = load(find(exercise))
        wanted = opening.seating(part, robots).robots if robots else {}
        dice = opening.draw_seed(part) if seed is None else seed
        path = save or opening.new_path(part, dice)
        if os.path.lexists(beside(path)):
            fail(
                f"{files.legible(beside(path))} holds the invitations of another run; "
                "move it away, or name another --save."
            )
        table = opening.hosted(part, wanted, dice, path, red=red)
    notice(f"Seed {table.game.run.seed}. The record goes to {files.legible(path)}.")
    try:
        ways = Ways(addresses, port, post_quantum, local)
        asyncio.run(hosted(table, ways, headless=not screens, say=say, notice=notice))
    finally:
        table.leave()
        again = ["--bind", bind] if bind != LOOPBACK else []
        again += ["--port", str(port)] if port != PORT else []
        again += ["--headless"] if headless else []
        again += ["--post-quantum"] if post_quantum else []
        again += ["--socket", str(socket)] if socket else []
        _kept(table, "ttx", "host", "--resume", options=again)


@app.command()
def join(
    socket: Annotated[Path, typer.Option(help="The socket of ttx host --socket on this machine.")],
    seat: Annotated[str, typer.Option(help="The seat to take; no code is asked for.")],
) -> None:
    """Bring this terminal to a host on this machine; for the system's sshd to run.

    In authorized_keys, restrict,pty,command="ttx join --socket PATH --seat SEAT" binds a key to a
    seat. Nothing else guards it: whoever can run a command as the host's user can take any seat.
    """
    from ttx.remote.join import join as joined

    try:
        status, words = joined(socket, seat)
    except process.Ended:
        notice("Your seat is kept; the same command brings you back.")
        raise
    if words:
        notice(words)
    raise typer.Exit(status)


def _at_table(table: Table, seat: str, *, plain: bool, record: Record | None = None) -> None:
    from ttx.plain import Left, Plain, tell

    people = table.game.run.people
    try:
        if not people and table.closed:
            if plain:
                tell(table, say)
                return
            seat = table.game.run.lead(table.game.run.allied[0].id).id
        if not plain:
            from ttx.tui.app import TtxApp as Screens

            _run(Screens(table, seat, record=record, review=True))
            return
        try:
            Plain(table, seat, say, _asked).play()
        except Left:
            pass
        finally:
            table.leave()
            _go_on(table)
    finally:
        table.leave()


def _asked(prompt: str) -> str:
    """Ask on the terminal; on standard error where the output goes elsewhere."""
    stream = sys.stdout if sys.stdout.isatty() else sys.stderr
    try:
        print(clean(prompt), end="", flush=True, file=stream)
        line = sys.stdin.readline()
    except OSError:  # the terminal is gone
        line = ""
    except process.Ended:
        notice("")  # the echo of the key stands behind the prompt
        raise
    if not line:
        notice("")  # nor is a line ended where nothing more comes
        raise EOFError
    return line.rstrip("\n")


@app.command()
def check(path: Annotated[str, typer.Argument(help="An exercise: a name or a path.")]) -> None:
    """Check an exercise and say all that is wrong with it, each with its place."""
    from ttx.exercise.load import proofread
    from ttx.exercise.shelf import find

    proof = proofread(find(path))
    for problem in proof.problems:
        say(str(problem))
    for problem in proof.warnings:
        say(f"warning: {problem}")
    if proof.exercise is None:
        raise typer.Exit(1)
    count = len(proof.exercise.inject)
    say(f"{path}: no mistakes; {count} injects, {len(proof.exercise.track)} tracks.")


@app.command()
def docs(
    exercise: Annotated[str, typer.Argument(help="A name that is found, or a path.")],
    out: Annotated[
        Path | None, typer.Option(help="The folder they go to; ID-docs here where left out.")
    ] = None,
) -> None:
    """Write the papers of an exercise: manual, guide, MSEL, evaluation guide, feedback form."""
    from ttx.exercise.load import load
    from ttx.exercise.shelf import find
    from ttx.report.documents import FOR_PLAYERS
    from ttx.report.papers import write

    part = load(find(exercise))
    for path in write(part, out or Path(f"{part.id}-docs")):
        hand_over(str(path))
    notice(f"For players: {' and '.join(FOR_PLAYERS)}. Keep the others from them.")


@msel.command("export")
def msel_export(
    exercise: Annotated[str, typer.Argument(help="A name that is found, or a path.")],
    out: Annotated[
        Path | None, typer.Option(help="The file it goes to; standard output where left out.")
    ] = None,
) -> None:
    """Write the MSEL of an exercise as CSV that spreadsheets open right."""
    from ttx.exercise.load import load
    from ttx.exercise.msel.files import export, exported
    from ttx.exercise.shelf import find

    part = load(find(exercise))
    if out is None:
        hand_over(*exported(part).decode().removesuffix("\n").split("\n"))
        return
    export(part, out)
    notice(f"Written to {out}. It holds what players may not see.")


@msel.command("import")
def msel_import(
    table: Annotated[Path, typer.Argument(metavar="FILE", help="An MSEL as CSV.")],
    exercise: Annotated[str, typer.Option(help="The exercise it is put into; it stays as it is.")],
    out: Annotated[
        Path | None, typer.Option(help="The new folder; named after FILE, here, where left out.")
    ] = None,
) -> None:
    """Copy an exercise to a new folder, with the rows of an MSEL put into it."""
    from ttx.exercise.load import digest
    from ttx.exercise.msel.files import import_
    from ttx.exercise.shelf import find

    folder = out or Path(table.stem)
    made = import_(table, find(exercise), folder)
    for remark in made.remarks:
        notice(remark)
    say(f"{folder}: {len(made.exercise.inject)} injects, digest {digest(made.exercise)}.")
    notice(f"Look it over with: {pasted('ttx', 'check', folder)}")


@app.command()
def schema() -> None:
    """Print the JSON Schema of an exercise, for editors."""
    from ttx.exercise.model import Exercise

    made = Exercise.model_json_schema(by_alias=True)
    hand_over(*json.dumps(made, indent=2, ensure_ascii=False).split("\n"))


def main() -> None:
    """Run a verb; every mistake is one sentence, and no traceback reaches a person."""
    try:
        code = _verb()
    except SystemExit:
        raise
    except BaseException as error:  # noqa: BLE001  # the last door: a sentence, never a traceback
        raise SystemExit(told(error)) from None
    raise SystemExit(code if isinstance(code, int) else 0)


def _verb() -> object:
    """The verb that was asked for; Unsaid also where output does not take what typer prints."""
    try:
        return app(standalone_mode=False)
    except OSError:
        with process.output():
            pass  # it still holds what it did not take
        raise


def told(error: BaseException) -> int:
    """Say what ended a verb, and return the exit code."""
    from ttx.exercise.problems import ExerciseError
    from ttx.session.glance import SaveError

    if isinstance(error, process.Ended):
        return error.status
    if isinstance(error, KeyboardInterrupt | EOFError):
        return 130
    if isinstance(error, process.Unsaid):
        if error.reader_left:
            return 128 + signal.SIGPIPE
        notice(f"Standard output takes nothing more: {error}.")
        return 1
    code, words = getattr(error, "exit_code", None), getattr(error, "format_message", None)
    if words is not None:
        notice(f"{str(words()).rstrip('.')}. `ttx --help` lists the verbs.")
        return 2
    if code is not None:
        return int(code)
    if type(error).__name__ == "Abort":
        return 130
    if isinstance(error, ExerciseError):
        for problem in error.problems:
            notice(str(problem))
        return 2
    sentence = isinstance(error, OSError) and error.errno is None  # such as a port just taken
    if sentence or isinstance(error, SaveError | ValueError):
        notice(str(error))
        return 2
    from ttx import incidents

    notice(
        f"Something went wrong ({incidents.keep(error)}). The record is safe; "
        "please report it with the command you gave."
    )
    return 2


if __name__ == "__main__":
    main()
