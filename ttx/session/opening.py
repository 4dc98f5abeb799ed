"""From a name to a table: who sits where, which dice, and where the record goes."""

from __future__ import annotations

import datetime
import secrets
from dataclasses import dataclass
from pathlib import Path

from ttx.exercise.load import digest, from_data
from ttx.exercise.model import Exercise
from ttx.session import references
from ttx.session.game import PERSON, Run
from ttx.session.glance import SUFFIX
from ttx.session.save import Record
from ttx.session.shelves import saves_folder
from ttx.session.table import Table

TRIES = 200
"""Seeds tried before an exercise is taken to open without a crisis."""
RULE = "rule"
"""How the model plays a red cell."""
NOBODY = "nobody"


class NotSeated(ValueError):
    """A wish for seats or robots that this exercise cannot fulfil; a sentence for a person."""


@dataclass(frozen=True)
class Seating:
    """Robots by allied cell, the seat at this keyboard, and whether cells answer as one."""

    robots: dict[str, str]
    seat: str
    together: bool = True


def seating(
    exercise: Exercise, robots: str = "", seat: str = "", *, together: bool = True
) -> Seating:
    """Seats from the words of the command line.

    `robots` is one name for every allied cell, or `cell=name,…`; the other allied cells are held by
    people. `seat` is a seat of a cell that people hold, its lead where it is left out.
    """
    names = {part.id for part in exercise.robot}
    allied = [cell.id for cell in exercise.cell if cell.side == "allied"]
    wanted: dict[str, str] = {}
    if robots and "=" not in robots:
        wanted = dict.fromkeys(allied, robots)
    elif robots:
        for part in robots.split(","):
            cell, _, name = part.partition("=")
            wanted[cell.strip()] = name.strip()
    for cell, name in wanted.items():
        if cell not in allied:
            raise NotSeated(f"There is no allied cell '{cell}'; choose from {', '.join(allied)}.")
        if name not in names:
            raise NotSeated(f"There is no robot '{name}'; choose from {', '.join(sorted(names))}.")
    people = [cell for cell in allied if cell not in wanted]
    seats = {part.id: part for part in exercise.seat}
    if seat:
        if seat not in seats:
            known = [part.id for part in exercise.seat if part.cell in people and part.lead]
            free = f"choose from {', '.join(known)}" if known else "robots hold every allied cell"
            raise NotSeated(f"There is no seat '{seat}'; {free}.")
        if seats[seat].cell not in people:
            raise NotSeated(f"The seat '{seat}' is in a cell that nobody at this keyboard holds.")
        if not seats[seat].lead:
            lead = next(s.id for s in exercise.seat if s.cell == seats[seat].cell and s.lead)
            raise NotSeated(f"At one keyboard the lead answers: sit as '{lead}'.")
    lead_of = {part.cell: part.id for part in exercise.seat if part.lead}
    return Seating(wanted, seat or lead_of[people[0] if people else allied[0]], together)


def players(exercise: Exercise, robots: dict[str, str]) -> dict[str, str]:
    """Who holds each cell."""
    found = {}
    for cell in exercise.cell:
        if cell.side == "allied":
            found[cell.id] = robots.get(cell.id, PERSON)
        else:
            found[cell.id] = RULE if cell.side == "red" else NOBODY
    return found


def draw_seed(exercise: Exercise) -> int:
    """A seed whose first turn has a crisis, where the exercise can have one there."""
    run = Run(exercise, 0, players(exercise, {}))
    for _ in range(TRIES):
        seed = secrets.randbelow(100_000)
        if references.first_crisis_in_turn_one(run.tables, seed):
            return seed
    return secrets.randbelow(100_000)


def new_path(exercise: Exercise, seed: int) -> Path:
    """A name that is not taken, from the exercise, the seed and the day."""
    folder = saves_folder()
    day = datetime.datetime.now().astimezone().strftime("%Y%m%d-%H%M")
    for number in range(1, 1000):
        suffix = "" if number == 1 else f"-{number}"
        path = folder / f"{exercise.id}-{day}-seed{seed}{suffix}{SUFFIX}"
        if not path.exists():
            return path
    return folder / f"{exercise.id}-{secrets.token_hex(6)}{SUFFIX}"


def begin(exercise: Exercise, seats: Seating, seed: int | None, path: Path | None) -> Table:
    """A new run, written to `path`."""
    chosen = draw_seed(exercise) if seed is None else seed
    run = Run(exercise, chosen, players(exercise, seats.robots), seats.together)
    return Table.begin(run, digest(exercise), exercise.as_toml(), path)


def resume(record: Record) -> Table:
    """A saved run on the exercise that it carries."""
    return Table.resume(record, from_data(record.exercise, record.path.name, record.header.digest))


def look_at(record: Record) -> Table:
    """A saved run to be read, not played on; it writes nothing."""
    return Table.look_at(record, from_data(record.exercise, record.path.name, record.header.digest))


def seat_of(run: Run) -> str:
    """The seat at the keyboard of a run: the lead of the first cell that people hold."""
    cell = run.people[0] if run.people else run.allied[0].id
    return run.lead(cell).id
