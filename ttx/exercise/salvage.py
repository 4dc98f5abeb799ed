"""What can still be checked of an exercise in which some parts do not have the right shape."""

from __future__ import annotations

import copy
from typing import Any

from pydantic import ValidationError

from ttx.exercise.model.exercise import Exercise
from ttx.exercise.parts import parts
from ttx.exercise.problems import Finding, below
from ttx.exercise.references import Names, unknown_names
from ttx.exercise.wording import findings, unknown_keys


def still_unknown(error: ValidationError, data: dict[str, Any]) -> list[Finding]:
    """Unknown ids in the parts that pydantic has nothing against.

    Keys without meaning are left out, and so are broken parts; their ids still count as known.
    Nothing is said where what is left is no exercise.
    """
    sound = copy.deepcopy(data)
    meaningless = unknown_keys(error, data)
    for path in meaningless:
        holder: object = sound
        for step in path[:-1]:
            holder = below(holder, step)
        if isinstance(holder, dict):
            holder.pop(path[-1], None)
    broken = {
        finding.path[:2] for finding in findings(error, data) if finding.path not in meaningless
    }
    kept: dict[str | int, list[int]] = {}
    for name, entries in sound.items():
        if isinstance(entries, list):
            kept[name] = [at for at in range(len(entries)) if (name, at) not in broken]
            sound[name] = [entries[at] for at in kept[name]]
    try:
        exercise = Exercise.model_validate(sound)
    except ValidationError:
        return []
    unknown = []
    for finding in unknown_names(parts(exercise), Names.given_in(data)):
        key, at, *rest = finding.path
        step = kept[key][at] if isinstance(at, int) else at
        unknown.append(Finding((key, step, *rest), finding.text))
    return unknown
