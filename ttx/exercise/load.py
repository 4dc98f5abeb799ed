"""Reads an exercise and checks it whole: every mistake at once, each with its place."""

from __future__ import annotations

import contextlib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from ttx.exercise.check import check
from ttx.exercise.digest import digest, digest_of
from ttx.exercise.model.exercise import FORMAT, Exercise
from ttx.exercise.problems import ExerciseError, Finding, Problem, sentence, shown
from ttx.exercise.salvage import still_unknown
from ttx.exercise.source import Source
from ttx.exercise.wording import findings as in_words
from ttx.i18n import _

__all__ = ["Proof", "digest", "faults", "from_data", "load", "proofread"]


@dataclass(frozen=True)
class Proof:
    """What a careful reading of an exercise came to."""

    exercise: Exercise | None
    """None where there is a problem."""
    problems: list[Problem]
    warnings: list[Problem]
    """What is worth a second look, though it can be played."""


def load(path: Path) -> Exercise:
    """The exercise in a folder or file; ExerciseError with all that is wrong."""
    proof = proofread(path)
    if proof.exercise is None:
        raise ExerciseError(proof.problems)
    return proof.exercise


def proofread(path: Path) -> Proof:
    """Read the exercise in a folder or file, and say all there is to say about it."""
    source = Source.read(path)
    if source.problems:
        return Proof(None, [*source.unread, *sorted(source.problems, key=source.order)], [])
    exercise, findings = _validated(source.data)
    located = [(finding.warning, source.problem(finding)) for finding in findings]
    located.sort(key=lambda pair: source.order(pair[1]))
    problems = list(dict.fromkeys(problem for warning, problem in located if not warning))
    warnings = list(dict.fromkeys(problem for warning, problem in located if warning))
    if problems:  # what a file that was not read would have given may be what is missing
        return Proof(None, [*source.unread, *problems], warnings)
    return Proof(exercise, [], [*source.unread, *warnings])


def faults(path: Path) -> tuple[Source, list[Finding]]:
    """What is wrong with an exercise that was just written, by where it stands in its data.

    Raises:
        ExerciseError: Its files cannot be read.
    """
    source = Source.read(path)
    if source.problems:
        raise ExerciseError(source.problems)
    _exercise, findings = _validated(source.data)
    return source, [finding for finding in findings if not finding.warning]


def from_data(data: dict[str, Any], name: str = "", known: str = "") -> Exercise:
    """The exercise in keys and values already read, with floats as Decimal, such as a save's.

    Problems carry the name given, and no line. One whose digest is `known` was checked when it was
    first read, and is not checked again.

    Raises:
        ExerciseError: Something in it is wrong; it holds every such thing.
    """
    if known:
        with contextlib.suppress(ValidationError):
            if digest_of(data) == known:
                return Exercise.model_validate(data)
    exercise, findings = _validated(data, looks=False)
    faults = [finding for finding in findings if not finding.warning]
    problems = [Problem(name, None, sentence(finding, data)) for finding in faults]
    if exercise is None or problems:
        raise ExerciseError(dict.fromkeys(problems))
    return exercise


def _validated(
    data: dict[str, Any], *, looks: bool = True
) -> tuple[Exercise | None, list[Finding]]:
    if "exercise" in data:
        return None, [Finding(("exercise",), _("this is the save of a run, not an exercise"))]
    number = data.get("format", FORMAT)
    if isinstance(number, int) and number > FORMAT:
        text = _(
            "written for a newer ttx: format {number}, this one reads {format}",
            number=shown(number),
            format=FORMAT,
        )
        return None, [Finding(("format",), text)]
    try:
        exercise = Exercise.model_validate(data)
    except ValidationError as error:
        return None, [*in_words(error, data), *still_unknown(error, data)]
    return exercise, check(exercise, looks=looks)
