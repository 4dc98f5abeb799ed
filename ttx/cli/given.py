"""What a verb is given to read, an exercise or a save, and what is to be said of it first."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from ttx import files
from ttx.cli.spoken import notice

if TYPE_CHECKING:
    from ttx.exercise.model import Exercise
    from ttx.session.particulars import Stated
    from ttx.session.record import Record


def exercise_at(name: str) -> Exercise:
    """The exercise of that name, or at that path.

    Raises:
        ExerciseError: there is none, or it has mistakes.
    """
    from ttx.exercise.exercise_paths import find
    from ttx.exercise.load import load

    return load(find(name))


def record_at(save: Path) -> Record:
    """What is in a save, once what is to be said of it was said.

    Raises:
        SaveError: it cannot be read.
    """
    from ttx.session.record import read

    record = read(save)
    remark_on(record, record.remark)
    return record


def stated_in(path: Path | None, exercise: Exercise) -> Stated | None:
    """What a file says of the session of an exercise; None where none is named.

    Raises:
        ExerciseError: It says nothing that can be taken.
    """
    if path is None:
        return None
    from ttx.session.session_file import read_session

    return read_session(path, exercise, notice)


def remark_on(record: Record, remark: str) -> None:
    """Say that and how the exercise differs from the record's, where no screen says it."""
    from ttx.session.opening import changed_since

    for sentence in (remark, changed_since(record)):
        if sentence:
            notice(sentence)


def open_to_others(save: Path) -> None:
    """Name what of a run that is played on is not its owner's alone; it stays as it is."""
    from ttx.session.save_paths import with_companions

    if sentence := files.open_to_others(with_companions(save)):
        notice(sentence)
