"""Writes an MSEL to a file, and an exercise with an MSEL put into it to a folder of its own."""

from __future__ import annotations

import errno
import os
import re
import shutil
import tempfile
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from ttx import files
from ttx.commands import pasted
from ttx.exercise.load import faults, load, proofread
from ttx.exercise.model.exercise import Exercise
from ttx.exercise.msel.answers import Answers, remember, remembered
from ttx.exercise.msel.cells import cells
from ttx.exercise.msel.fresh import Fresh, FreshContextual
from ttx.exercise.msel.ground_sheet import HEADERS
from ttx.exercise.msel.origin import told
from ttx.exercise.msel.own_msel import as_listed
from ttx.exercise.msel.own_sheets import own_sheets
from ttx.exercise.msel.patch import Patch
from ttx.exercise.msel.plan import Plan, stubs
from ttx.exercise.msel.reading import plan
from ttx.exercise.msel.revise import join
from ttx.exercise.msel.rewrite import rewrite
from ttx.exercise.msel.sheets.columns import PLACED
from ttx.exercise.msel.sheets.sheet import Sheet, as_csv, read_sheet
from ttx.exercise.msel.whole_workbook import workbook
from ttx.exercise.problems import ExerciseError, KeyPath, Problem
from ttx.exercise.source import File, Source, as_given, toml_files
from ttx.i18n import _, ngettext

WARNINGS = 5
"""Warnings that are told; `ttx check` tells all."""
_FOLDER = "injects"
"""Where new injects go, each in a file of its own."""


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import came to."""

    exercise: Exercise
    remarks: tuple[str, ...]
    """What its author has to know or do, a sentence each."""


def exported(exercise: Exercise) -> bytes:
    """The MSEL of an exercise as CSV, a row for each inject by number."""
    injects = sorted(exercise.inject, key=lambda inject: inject.number)
    rows = [tuple(placed.header for placed in PLACED)]
    rows += [tuple(cells(exercise, inject).values()) for inject in injects]
    return as_csv(rows)


def export(exercise: Exercise, path: Path) -> None:
    """Write it to a file that is not there yet, as a workbook where it is named one.

    Raises:
        NotWritten: The file is there, has another ending, or the disk refuses.
        Missing: A workbook is asked for, and what writes one is not installed.
        Unwritable: Something in it cannot stand in a workbook.
    """
    files.named_for(path, _("An MSEL"), (".xlsx", ".csv"))
    made = workbook(exercise) if path.suffix.lower() == ".xlsx" else exported(exercise)
    files.write(path, made)


def import_(table: Path, exercise: Path, out: Path, answers: Answers | None = None) -> Imported:
    """Copy an exercise to a folder that is not there yet, with the rows of a table put into it.

    What `answers` say of the list is kept in the copy, beside what its exercise kept already.
    ExerciseError with all that is wrong with the table, the exercise or what they make together,
    ValueError where the folder cannot be made; then nothing is left behind.

    Raises:
        NotWritten: The disk refuses the copy; then nothing is left behind.
    """
    if os.path.lexists(out):
        raise ValueError(
            _(
                "{out} is there already, and nothing is written over it; name "
                "another folder with --out.",
                out=out,
            )
        )
    files.named_as_folder(out, _("An exercise"))
    part = load(exercise)
    if exercise.is_dir() and out.resolve().is_relative_to(exercise.resolve()):
        raise ValueError(
            _("{out} lies inside the exercise it is made from; name another --out.", out=out)
        )
    said = remembered(exercise).with_(answers or Answers())
    sheet, wanted = _planned(part, table, said)
    if wanted.problems:
        raise ExerciseError(wanted.problems)
    made_for_it: list[Path] = []
    try:
        made_for_it = files.make_folder(out.parent)
        workshop = Path(tempfile.mkdtemp(prefix=".ttx-", dir=out.parent))
    except OSError as error:
        raise files.NotWritten(files.sentence(out, error)) from error
    try:
        made = workshop / out.name
        _copy(exercise, made)
        _patch(made, wanted)
        write_new(made, wanted, table.name)
        remember(made, said)
        proof = proofread(made)
        if proof.exercise is None:
            source, findings = faults(made)
            raise ExerciseError(  # noqa: TRY301  # the folder is taken away below
                told(source, findings, wanted.cells, (made, exercise))
            )
        had = {warning.text for warning in proofread(exercise).warnings}
        files_of_new = {as_given(made / _FOLDER / part.file) for part in (*wanted.added,)}
        warned = [warning for warning in proof.warnings if warning.text not in had]
        new = [warning for warning in warned if warning.file not in files_of_new]
        warnings = [
            _("warning: {problem}", problem=_from(one, made, out)) for one in new[:WARNINGS]
        ]
        left = len(warned) - len(new[:WARNINGS])
        if left:
            warnings.append(
                ngettext(
                    "{command} has {n} remark more, on what is still to write among others.",
                    "{command} has {n} remarks more, on what is still to write among others.",
                    left,
                    command=pasted("ttx", "check", out),
                    n=left,
                )
            )
        _keep_private(made)
        made.rename(out)
    except ExerciseError as error:
        raise ExerciseError([_from(problem, made, out) for problem in error.problems]) from error
    except OSError as error:
        raise files.NotWritten(files.sentence(out, _first(error))) from error
    finally:
        shutil.rmtree(workshop, ignore_errors=True)
        for folder in reversed(made_for_it):
            with suppress(OSError):  # the new folder is in it
                folder.rmdir()
    return Imported(
        proof.exercise, (*sheet.remarks, *stubs(part, wanted), *wanted.remarks, *warnings)
    )


def _planned(exercise: Exercise, table: Path, said: Answers) -> tuple[Sheet, Plan]:
    """The list, and what it comes to; of a workbook that ttx has written, what all of it does."""
    own = own_sheets(table, said.sheet)
    if own is None:
        sheet = read_sheet(table, said.known, said.sheet or None, said.encoding or None)
        return sheet, plan(exercise, sheet, said)
    sheet = as_listed(exercise, own)
    wanted = plan(exercise, sheet, said)
    join(exercise, own, wanted)
    if ground := [name for name in HEADERS if name in own and own[name].rows]:
        wanted.remarks.append(
            _(
                "What stands on {sheets} is for ttx new --from and changes nothing here.",
                sheets=", ".join(ground),
            )
        )
    return sheet, wanted


def _copy(exercise: Path, made: Path) -> None:
    """The folder as it is, or the one file in a folder; what begins with a dot stays behind."""
    if exercise.is_dir():
        hidden = shutil.ignore_patterns(".*")
        shutil.copytree(exercise, made, ignore=hidden, copy_function=shutil.copyfile)
    else:
        made.mkdir()
        shutil.copyfile(exercise, made / exercise.name)


def _first(error: OSError) -> OSError:
    """The error itself, or the first of those that a copy of many files collects."""
    if isinstance(error, shutil.Error) and isinstance(error.args[0], list):
        number = re.match(r"\[Errno (\d+)\]", str(error.args[0][0][2]))
        code = int(number[1]) if number else errno.EIO
        return OSError(code, os.strerror(code))
    return error


def _keep_private(made: Path) -> None:
    """A folder and all in it for its owner alone, as whoever writes it would have it."""
    for folder, _folders, names in os.walk(made):
        Path(folder).chmod(files.OWN_FOLDER)
        for name in names:
            (Path(folder) / name).chmod(files.OWN)


def _patch(made: Path, wanted: Plan) -> None:
    """Change and take out what is there, in the files where it stands."""
    source = Source.read(made)
    paths = dict(zip((file.name for file in source.files), toml_files(made), strict=True))
    patches: dict[str, Patch] = {}

    def patch_of(place: KeyPath) -> tuple[File, KeyPath, Patch]:
        file, path = source.home(place)
        assert file is not None
        return file, path, patches.setdefault(file.name, Patch(file.text))

    for table in wanted.dropped:
        _file, path, patch = patch_of(table)
        patch.take_out(path)
    for table, (old, new) in wanted.rewritten.items():
        _file, path, patch = patch_of(table)
        rewrite(patch, path, old, new)
    for inject in {*wanted.changes, *wanted.taken_out}:
        file, path, patch = patch_of(("inject", inject))
        if inject in wanted.taken_out:
            if not any(table == path for _, _, table in patch.places.headers):
                words = _("injects that stand in one line cannot be taken out: write [[inject]]")
                raise ExerciseError([Problem(file.name, file.line(path), words)])
            patch.take_out(path)
            continue
        for inside, value in wanted.changes[inject]:
            patch.put((*path, *inside), value)
    for name, patch in patches.items():
        paths[name].write_text(patch.done(), "utf-8", newline="")


def write_new(made: Path, wanted: Plan, table: str) -> None:
    """Write what is new to the folder of an exercise, each in a file of its own."""
    new: list[Fresh | FreshContextual] = [*wanted.added, *wanted.told]
    for added in new:
        folder = made / _FOLDER
        folder.mkdir(exist_ok=True)
        with (folder / added.file).open("x", encoding="utf-8", newline="\n") as file:
            file.write(added.toml(table))
    for name, text in wanted.written:
        folder = made / _FOLDER
        folder.mkdir(exist_ok=True)
        with (folder / name).open("x", encoding="utf-8", newline="\n") as file:
            file.write(text)


def _from(problem: Problem, made: Path, out: Path) -> Problem:
    """The problem under the name that the folder was to have."""
    name = problem.file.replace(as_given(made), as_given(out), 1)
    return Problem(name, problem.line, problem.text)
