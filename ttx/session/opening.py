"""From a name to a table: which dice, where the record goes, and what a save leads to."""

from __future__ import annotations

import datetime
import os
import secrets
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from ttx import __version__, files
from ttx.commands import pasted
from ttx.exercise.exercise_paths import available
from ttx.exercise.load import digest, from_data, load
from ttx.exercise.model.exercise import Exercise
from ttx.exercise.model.robots import Robot
from ttx.exercise.parameters import parameter
from ttx.exercise.problems import ExerciseError
from ttx.i18n import _
from ttx.session import automation, references, scripts, stating
from ttx.session.apply import apply, beginning
from ttx.session.audit import differences
from ttx.session.control_commands import AddControllers, Adjust, Script
from ttx.session.directing import set_up
from ttx.session.event_codec import Event
from ttx.session.events import Entry
from ttx.session.excursions import adjustment
from ttx.session.fold import fold
from ttx.session.forks import copied, cut_at
from ttx.session.hands import MOST_CONTROLLERS
from ttx.session.particulars import Stated
from ttx.session.record import Record
from ttx.session.run import PERSON, RULE, WATCHED, Run
from ttx.session.save import Save
from ttx.session.save_header import FORMAT, SUFFIX, SaveError
from ttx.session.save_paths import examples_folder, free_path, rehearsals_folder, saves_folder
from ttx.session.seating import NotSeated, Seating, players, seating
from ttx.session.table import Table, run_of
from ttx.session.viewing import Viewing

TRIES = 200
"""Seeds tried before an exercise is taken to open without a crisis."""


def draw_seed(exercise: Exercise) -> int:
    """A seed whose first turn has a crisis, where the exercise can have one there."""
    run = Run(exercise, 0, players(exercise, {}))
    for _try in range(TRIES):
        seed = secrets.randbelow(100_000)
        if references.first_crisis_in_turn_one(run.tables, seed):
            return seed
    return secrets.randbelow(100_000)


def new_path(exercise: Exercise, seed: int, *, rehearsal: bool = False) -> Path:
    """A name that is not taken, from the exercise, the seed and the day."""
    day = datetime.datetime.now().astimezone().strftime("%Y%m%d-%H%M")
    folder = _made(rehearsals_folder()) if rehearsal else _runs()
    return free_path(folder, f"{exercise.id}-{day}-seed{seed}")


def _runs() -> Path:
    return _made(saves_folder())


def _made(folder: Path) -> Path:
    """A folder for runs, made for its owner alone where there is nothing yet; SaveError."""
    try:
        files.make_folder(folder)
    except OSError as error:
        raise SaveError(files.sentence(folder, error)) from None
    return folder


def hosted(
    exercise: Exercise,
    robots: dict[str, str],
    seed: int | None,
    path: Path,
    *,
    red: bool = False,
    controllers: int = 0,
    rehearsal: bool = False,
    stated: Stated | None = None,
) -> Table:
    """A new run for people at screens of their own, each cell for itself, with a facilitator.

    `red` seats people in the cells of the adversaries for which `robots` names nobody; they choose
    how those respond. The desk gets `controllers` more seats, which have no rights yet. A
    `rehearsal` is marked as one for good. What is `stated` of the session is among its first
    entries.

    Raises:
        NotSeated: The exercise has nobody to facilitate it, or the desk takes fewer controllers.
        IllegalDecision: Of what is stated something cannot be.
    """
    sides = {cell.id: cell.side for cell in exercise.cell}
    held = [cell for cell, side in sides.items() if side == "red" and red and cell not in robots]
    seats = players(exercise, robots, held)
    seats |= {cell: PERSON for cell, side in sides.items() if side == "white"}
    dice = draw_seed(exercise) if seed is None else seed
    run = Run(exercise, dice, seats, together=False, rehearsal=rehearsal)
    if not run.facilitator:
        raise NotSeated(
            _(
                "{exercise} has no lead of a white cell, so nobody can facilitate it.",
                exercise=exercise.id,
            )
        )
    if not 0 <= controllers <= MOST_CONTROLLERS:
        raise NotSeated(_("A desk takes up to {most} controllers more.", most=MOST_CONTROLLERS))
    if stated is not None:
        could_state(run, run.facilitator, stated)
    table = Table.begin(run, digest(exercise), exercise.as_toml(), path)
    if controllers:
        table.submit(run.facilitator, AddControllers(controllers), table.game.entries)
    if stated is not None:
        state(table, run.facilitator, stated)
    return table


def begin(
    exercise: Exercise,
    seats: Seating,
    seed: int | None,
    path: Path | None,
    stated: Stated | None = None,
) -> Table:
    """A new run, written to `path`; what is `stated` of the session is its first entries.

    Raises:
        IllegalDecision: Of what is stated something cannot be.
    """
    chosen = draw_seed(exercise) if seed is None else seed
    held = players(exercise, seats.robots, seats.red)
    run = Run(exercise, chosen, held, seats.together)
    first: list[Event] = []
    if stated is not None:
        first = could_state(run, "" if run.alone else run.first_seat, stated)
    alone = first if run.alone else []
    table = Table.begin(run, digest(exercise), exercise.as_toml(), path, alone)
    if stated is not None and not run.alone:
        state(table, run.first_seat, stated)
    return table


def could_state(run: Run, seat: str, stated: Stated) -> list[Event]:
    """The facts that would say it at the beginning of a run, before there is a file of it.

    Without a seat, nobody says it, as where robots play alone.

    Raises:
        IllegalDecision: Something of it cannot be.
    """
    game = beginning(run)
    asked = stating.requests(game, stated)
    if not seat:
        return [stating.set_up(game, command) for command in asked]
    return [stating.stated(game, seat, command) for command in asked]


def state(table: Table, seat: str, stated: Stated) -> None:
    """Have a seat say of the session what does not stand in the record yet.

    Raises:
        IllegalDecision: Something of it cannot be, or it is not for that seat to say.
    """
    for command in stating.requests(table.game, stated):
        table.submit(seat, command, table.game.entries)


def opened_row(
    exercise: Exercise,
    players_: Mapping[str, Robot],
    settings: Mapping[str, int],
    seed: int,
    path: Path | None,
    reason: str,
) -> Table:
    """A run that robots play to its end, as a row of a study has it; world 0 of the seed.

    `players_` are robots by allied cell, also such as the exercise does not have; `settings` are
    numbers by parameter id, in the engine's units, and `reason` says why they are not what the
    author wrote. The run is an excursion where one is not.

    Raises:
        ValueError: There is no such number, it cannot be that, or a cell has no robot.
        SaveError: It cannot be written.
    """
    names, written = scripts.named(exercise, players_)
    run = Run(exercise, seed, players(exercise, names))
    if run.people:
        raise ValueError(_("No robot plays the cell {cells}.", cells=_(" and ").join(run.people)))
    requests: list[Adjust | Script] = [
        adjustment(name, value, reason)
        for name, value in settings.items()
        if parameter(exercise, name).value != value
    ]
    requests += [Script(scripts.source(player)) for player in written]
    game = beginning(run)
    first: list[Event] = []
    for request in requests:
        fact = set_up(game, request)
        game = apply(game, Entry(game.entries + 1, fact, automation.NOBODY))
        first.append(fact)
    return Table.begin(run, digest(exercise), exercise.as_toml(), path, first)


def fork(record: Record, head: int, robots: str = "", path: Path | None = None) -> tuple[Path, int]:
    """A new save that goes on from an entry of another; where it is, and the entry of the cut.

    Seats stay as they were, but in a run that robots played alone people now sit down, unless
    `robots` says who plays. NoCut, NotSeated or SaveError where it cannot be made.
    """
    exercise = carried(record)
    run = run_in(record, exercise)
    at = fold(run, record.entries[:head])
    cut = cut_at(at)
    sides = {cell.id: cell.side for cell in exercise.cell if cell.side != "white"}
    wanted = {c: who for c, who in run.players.items() if c in sides and who != PERSON}
    if not (run.people or run.red_people):
        wanted = {c: who for c, who in wanted.items() if sides[c] == "red"}
    if robots:
        wanted = seating(exercise, robots).robots
    wanted = {c: RULE if who == WATCHED else who for c, who in wanted.items()}
    seats = players(exercise, wanted, [c for c in run.red_people if c not in wanted])
    stem, name = record.path.name.removesuffix(SUFFIX), files.legible(record.path.name)
    turn = at.turn.opened.turn if at.turn else 0
    out = path or free_path(made_beside(record.path), stem, f"-fork-T{turn}")
    header = replace(record.header, players=seats, format=FORMAT, version=__version__)
    by = replace(run, players=seats).first_seat
    entries = copied(record.entries, name, record.hashes[cut - 1], cut, by)
    Save.whole(out, header, record.exercise, entries)
    return out, cut


def made_beside(save: Path) -> Path:
    """Where what is made from a save goes: beside it, but never among the recorded examples."""
    folder = save.parent
    own = os.access(folder, os.W_OK) and folder.resolve() != examples_folder().resolve()
    return folder if own else _runs()


def changed_since(record: Record) -> str:
    """A sentence where the exercise beside the program is not the one in a save; else empty."""
    try:
        known = dict(available()).get(record.header.id)
        if known is None or digest(load(known)) == record.header.digest:
            return ""
    except ExerciseError:
        pass
    return _(
        "The exercise '{exercise}' that ttx has here is another edition than the one that this "
        "save carries and plays.",
        exercise=record.header.id,
    )


def resume(record: Record) -> Table:
    """A saved run on the exercise that it carries.

    Raises:
        SaveError: It was hosted.
    """
    exercise = carried(record)
    if run_in(record, exercise).facilitator:
        raise SaveError(
            _(
                "{file} is a hosted run, and its gates wait for a "
                "facilitator; go on with: {command}",
                file=files.legible(record.path.name),
                command=pasted("ttx", "host", "--resume", record.path),
            )
        )
    return Table.resume(record, exercise)


def resume_hosted(record: Record) -> Table:
    """A hosted run on the exercise that it carries.

    Raises:
        SaveError: Nobody facilitates it.
    """
    exercise = carried(record)
    if not run_in(record, exercise).facilitator:
        raise SaveError(
            _(
                "{file} was not hosted; go on at one keyboard with: {command}",
                file=files.legible(record.path.name),
                command=pasted("ttx", "resume", record.path),
            )
        )
    return Table.resume(record, exercise)


def look_at(record: Record) -> Viewing:
    """A saved run to be read, replayed or watched, at its end; it writes nothing."""
    return Viewing(record, run_in(record, carried(record)))


def asked_again(record: Record) -> list[str]:
    """What the rules would say otherwise than a record, a sentence each."""
    return differences(run_in(record, carried(record)), record.entries)


def carried(record: Record) -> Exercise:
    """The exercise inside a save."""
    return from_data(record.exercise, record.path.name, record.header.digest)


def run_in(record: Record, exercise: Exercise) -> Run:
    """The run that a save is of, with an exercise."""
    return run_of(record.header, exercise)
