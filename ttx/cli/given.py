"""What a verb is given to read, an exercise or a save, and what is to be said of it first."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from ttx import files
from ttx.cli.spoken import fail, notice
from ttx.i18n import N_, _

if TYPE_CHECKING:
    from ttx.exercise.model.exercise import Exercise
    from ttx.session.particulars import Stated
    from ttx.session.record import Record
    from ttx.session.viewing import Viewing

ANONYMOUS = N_("Not for attribution: seats by their cell alone.")
"""What `--anonymous` does, wherever a verb has it."""
FORM = N_("html, md or docx; html where the file's name says nothing.")
"""What `--format` of a document is, wherever a verb has it."""
REDACT = N_(
    "With --anonymous, a name to mask wherever somebody typed it; @FILE has one a line. "
    "Can be given again."
)
"""What `--redact` does, wherever a verb has it."""


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


def names_of(redact: list[str] | None, *, anonymous: bool) -> list[str]:
    """The names that are to be masked; fails where a file of them cannot be read, or in vain."""
    if redact and not anonymous:
        fail(_("--redact masks names in what is not for attribution; say --anonymous with it."))
    from ttx.session.unattributed import names_in

    try:
        return names_in(redact or (), lambda path: files.contents(Path(path)).decode("utf-8-sig"))
    except OSError as error:
        fail(files.sentence(Path(error.filename or ""), error))
    except UnicodeDecodeError:
        fail(_("A file of names is UTF-8 text, one a line; save it anew as that."))


def looked_at(record: Record, redact: list[str] | None, *, anonymous: bool) -> Viewing:
    """A save as it is looked at, or one in which nobody is named.

    Raises:
        SaveError: it does not follow its exercise.
    """
    names = names_of(redact, anonymous=anonymous)
    if not anonymous:
        from ttx.session.opening import look_at

        return look_at(record)
    from ttx.session.unattributed import unattributed

    return unattributed(record, names)


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
