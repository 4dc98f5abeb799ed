"""Where exercises are kept, and what stands on their covers; light enough for the first screen."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import ttx
from ttx import i18n
from ttx.exercise.length import length
from ttx.exercise.problems import ExerciseError, Problem, meant, shown
from ttx.exercise.source import SourceError, as_given, read_file, toml_files
from ttx.i18n import _

_FORMAT = re.compile(r"^format[ \t]*=", re.MULTILINE)
_INJECT = re.compile(r"^[ \t]*\[\[[ \t]*inject[ \t]*\]\]", re.MULTILINE)
_SEAT = re.compile(r"^[ \t]*\[\[[ \t]*seat[ \t]*\]\]", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Head:
    """What is shown of an exercise before it is opened."""

    id: str
    title: str
    summary: str
    minutes: int
    seats: int
    languages: tuple[str, ...]
    about: tuple[str, ...] = ()
    """Three short paragraphs."""
    together: int = 0
    """Minutes with people and a facilitator; 0 where no plan for that is in the same file."""


def exercise_folders() -> Iterator[Path]:
    """The folders in which exercises are looked for by name, the first of a name counts."""
    package = Path(ttx.__file__).parent
    yield package.parent / "exercises"
    yield Path("exercises")
    yield package / "_exercises"
    from platformdirs import user_data_path

    yield user_data_path("ttx") / "exercises"


def available() -> list[tuple[str, Path]]:
    """Names and places of all exercises that can be found by name, folder by folder."""
    places: dict[str, Path] = {}
    for folder in exercise_folders():
        try:
            entries = sorted(folder.iterdir())
        except OSError:
            continue
        for entry in entries:
            name = entry.stem if entry.suffix == ".toml" else entry.name
            if name not in places and not name.startswith(".") and _is_exercise(entry):
                places[name] = entry
    return list(places.items())


def find(name: str) -> Path:
    """The exercise of that name, or at that path; ExerciseError where there is neither."""
    known = dict(available())
    if name in known:
        return known[name]
    path = Path(name).expanduser()
    if name and os.path.exists(path):  # noqa: PTH110  # a name too long for any is nobody's
        return path
    if "/" in name or "\\" in name or name.endswith(".toml"):
        raise ExerciseError(
            [Problem("", None, _("there is no folder or file {name}", name=shown(name)))]
        )
    there = _("there are {known}", known=", ".join(known)) if known else _("there are none")
    near = meant(name, known)
    names = f"{near}; {there}" if near else f" ({there})"
    raise ExerciseError(
        [Problem("", None, _("there is no exercise {name}{names}", name=shown(name), names=names))]
    )


def head(path: Path) -> Head:
    """The cover of the exercise in a folder or file, in the language in force where it has it.

    Reads the file that holds `format`; ExerciseError where there is none, or it cannot be read.
    """
    try:
        files = toml_files(path)
        files.sort(key=lambda file: file.name != "exercise.toml")
        for file in files:
            if _FORMAT.search(_text(file)):
                data = read_file(file).data
                if "format" in data:
                    return _cover(data, files)
    except SourceError as error:
        raise ExerciseError([error.problem]) from error
    raise ExerciseError(
        [Problem(as_given(path), None, _("no file in it says which format it has"))]
    )


def _is_exercise(entry: Path) -> bool:
    try:
        return entry.suffix == ".toml" if entry.is_file() else any(entry.glob("*.toml"))
    except OSError:
        return False


def _text(file: Path) -> str:
    try:
        return file.read_text("utf-8", errors="replace") if file.is_file() else ""
    except OSError:
        return ""


def _cover(data: dict[str, Any], files: list[Path]) -> Head:
    seats = data.get("seat")
    minutes = data.get("minutes")
    languages = data.get("languages")
    about = data.get("about")
    return Head(
        id=_shown_text(data.get("id")),
        title=_shown_text(data.get("title")),
        summary=_shown_text(data.get("summary")),
        minutes=minutes if isinstance(minutes, int) else 0,
        seats=len(seats)
        if isinstance(seats, list)
        else sum(len(_SEAT.findall(_text(file))) for file in files),
        languages=tuple(map(str, languages)) if isinstance(languages, list) else ("en",),
        about=tuple(_shown_text(part) for part in about) if isinstance(about, list) else (),
        together=_together(data, files),
    )


def _together(data: dict[str, Any], files: list[Path]) -> int:
    """How long it takes with people; 0 where that cannot be told from the cover."""
    plan, turns = data.get("time_plan"), data.get("turns")
    count = turns.get("count") if isinstance(turns, dict) else None
    if not isinstance(plan, dict) or not isinstance(count, int):
        return 0
    injects = sum(len(_INJECT.findall(_text(file))) for file in files)
    minutes = {str(phase): part for phase, part in plan.items() if isinstance(part, int)}
    takes = length(minutes, count, injects)
    return takes.usual if takes is not None else 0


def _shown_text(value: object) -> str:
    """A text in the language in force, or in the first it has; empty where it is no text."""
    if isinstance(value, dict):
        value = value.get(i18n.language()) or next(iter(value.values()), "")
    return value if isinstance(value, str) else ""
