"""From a rehearsal to the session that it rehearsed."""

from __future__ import annotations

from pathlib import Path

from ttx import files
from ttx.commands import pasted
from ttx.exercise.model.exercise import Exercise
from ttx.i18n import _
from ttx.session.fold import fold
from ttx.session.hands import controllers_added
from ttx.session.opening import carried, draw_seed, hosted, new_path, run_in
from ttx.session.particulars import Stated
from ttx.session.record import Record
from ttx.session.run import PERSON
from ttx.session.save_header import SaveError
from ttx.session.table import Table


def session_after(
    record: Record,
    seed: int | None = None,
    path: Path | None = None,
    *,
    exercise: Exercise | None = None,
    rehearsal: bool = False,
    stated: Stated | None = None,
) -> Table:
    """The session that was rehearsed: the same cells for people, on dice of its own.

    It plays the `exercise`, or the one that the rehearsal carries; a further `rehearsal` may
    follow one as well. What was stated of the session is taken over, unless something else is
    `stated`.

    Raises:
        SaveError: What is given is the record of no rehearsal, or the new one cannot be written.
    """
    if not record.header.rehearsal:
        raise SaveError(
            _(
                "{file} is the record of no rehearsal, so its seats are its own; begin with: "
                "{command}",
                file=files.legible(record.path.name),
                command=pasted("ttx", "host", record.header.id),
            )
        )
    part = exercise or carried(record)
    held = run_in(record, part)
    sides = {cell.id for cell in (*held.allied, *held.red)}
    robots = {c: who for c, who in held.players.items() if c in sides and who != PERSON}
    if stated is None:
        stated = fold(run_in(record, carried(record)), record.entries).notebook.stated
    dice = draw_seed(part) if seed is None else seed
    save = path or new_path(part, dice, rehearsal=rehearsal)
    return hosted(
        part,
        robots,
        dice,
        save,
        red=bool(held.red_people),
        controllers=controllers_added(entry.event for entry in record.entries),
        rehearsal=rehearsal,
        stated=stated,
    )
