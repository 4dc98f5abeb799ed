"""Every part of an exercise, with the keys that lead to it, and the exercise with others."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from ttx.exercise.model.exercise import Exercise
from ttx.exercise.model.part import Part
from ttx.exercise.problems import KeyPath


@dataclass(frozen=True, slots=True)
class Placed:
    """A part of an exercise, with the keys that lead to it and the part it stands in."""

    path: KeyPath
    part: Part
    inside: Part | None


Parts = Sequence[Placed]


def parts(exercise: Exercise) -> Parts:
    """All parts of an exercise, itself first, outer ones before inner ones."""
    return list(_parts(exercise, (), None))


def with_parts(exercise: Exercise, **parts: object) -> Exercise:
    """The exercise with other parts at these keys; nothing is validated again."""
    fields: dict[str, Any] = {name: getattr(exercise, name) for name in Exercise.model_fields}
    return Exercise.model_construct(exercise.model_fields_set | parts.keys(), **(fields | parts))


def _parts(value: object, path: KeyPath, inside: Part | None) -> Iterator[Placed]:
    if isinstance(value, Part):
        yield Placed(path, value, inside)
        for name, about in type(value).model_fields.items():
            held = getattr(value, name)
            if isinstance(held, Part | list | tuple | dict):
                yield from _parts(held, (*path, about.alias or name), value)
    elif isinstance(value, list | tuple):
        for entry, part in enumerate(value):
            if isinstance(part, Part):
                yield from _parts(part, (*path, entry), inside)
    elif isinstance(value, dict):
        for key, part in value.items():
            yield from _parts(part, (*path, key), inside)
