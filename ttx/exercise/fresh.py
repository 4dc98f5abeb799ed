"""A new exercise: the template's files in a folder of their own, under a name and a title."""

from __future__ import annotations

import json
import os
import re
import shutil
import tempfile
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

from ttx import files
from ttx.exercise.exercise_paths import available
from ttx.exercise.load import load
from ttx.exercise.model.exercise import Exercise
from ttx.exercise.problems import ExerciseError
from ttx.exercise.source import as_given, toml_files
from ttx.i18n import _

TEMPLATE = Path(__file__).parent / "template"
"""The one place where its texts and numbers stand: an exercise like any other."""
TEMPLATES = {"": TEMPLATE, "list": Path(__file__).parent / "template_of_a_list"}
"""What a new exercise is made from: the small one that plays, or what a list is put into."""
SCHEMA = "schema.json"
"""What the first line of each file names for editors."""
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]*")
_ID, _TITLE = 'id = "template"', 'title = "Template"'


def new(folder: Path, title: str = "") -> Exercise:
    """Make an exercise in a folder that is not there yet; its id is the folder's name.

    The title is the name in words where none is given. ValueError where the name can be none or is
    another exercise's, NotWritten where the folder is there or cannot be made; then nothing is
    left behind.
    """
    return made(folder, title, TEMPLATE)


def made(
    folder: Path, title: str, template: Path, fill: Callable[[Path], None] | None = None
) -> Exercise:
    """The same from one template, with what `fill` does to it before it is checked and named.

    Raises:
        ValueError: The name can be none, or is another exercise's.
        NotWritten: The folder is there or cannot be made; then nothing is left behind.
        ExerciseError: What `fill` has made of it is no exercise.
    """
    name = folder.name
    if not _NAME.fullmatch(name):
        raise ValueError(
            _(
                "{name} cannot be the id of an exercise: letters, digits, _ and -, the first a "
                "letter or a digit.",
                name=files.legible(name) or _("An empty name"),
            )
        )
    title = title.strip() or name.replace("_", " ").replace("-", " ").strip().capitalize()
    if not title.isprintable():
        raise ValueError(_("A title is one line of text."))
    if os.path.lexists(folder):
        raise files.NotWritten(files.sentence(folder, FileExistsError()))
    if name in dict(available()):
        raise ValueError(
            _("There is an exercise '{name}' already; choose another name.", name=name)
        )
    made_for_it: list[Path] = []
    workshop: Path | None = None
    try:
        made_for_it = files.make_folder(folder.parent)
        workshop = Path(tempfile.mkdtemp(prefix=".ttx-", dir=folder.parent))
        inside = workshop / name
        _fill(inside, name, title, template)
        if fill is not None:
            fill(inside)
        exercise = _checked(inside, folder)
        inside.rename(folder)
    except OSError as error:
        raise files.NotWritten(files.sentence(folder, error)) from error
    finally:
        if workshop is not None:
            shutil.rmtree(workshop, ignore_errors=True)
        for made_folder in reversed(made_for_it):
            with suppress(OSError):  # the new folder is in it
                made_folder.rmdir()
    return exercise


def _checked(inside: Path, folder: Path) -> Exercise:
    """The exercise as it was made; what is wrong with it is told under the name it was to have."""
    try:
        return load(inside)
    except ExerciseError as error:
        old, new = as_given(inside), as_given(folder)
        raise ExerciseError(
            [replace(part, file=part.file.replace(old, new, 1)) for part in error.problems]
        ) from error


def _fill(made: Path, name: str, title: str, template: Path) -> None:
    for source in toml_files(template):
        text = source.read_text("utf-8")
        place = made / source.relative_to(template)
        files.make_folder(place.parent)
        if _ID in text:
            text = text.replace(_ID, f'id = "{name}"', 1)
            text = text.replace(_TITLE, f"title = {json.dumps(title, ensure_ascii=False)}", 1)
        files.write(place, text.encode())
    schema = json.dumps(for_editors(), indent=2, ensure_ascii=False)
    files.write(made / SCHEMA, f"{schema}\n".encode())


def for_editors() -> dict[str, Any]:
    """The JSON Schema of one file of an exercise: no key is needed, since another may hold it."""
    schema = Exercise.model_json_schema(by_alias=True)
    schema.pop("required", None)
    return schema
