"""What the rows of an MSEL come to for an exercise: texts changed, injects added and taken out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from ttx.exercise.model.exercise import Exercise
from ttx.exercise.msel import cells
from ttx.exercise.msel.dealing import capacity
from ttx.exercise.msel.fresh import (
    OPTIONS,
    Fresh,
    FreshContextual,
)
from ttx.exercise.msel.header import rows_named
from ttx.exercise.msel.sheets.sheet import Sheet
from ttx.exercise.problems import KeyPath, Problem
from ttx.i18n import ngettext


def stubs(exercise: Exercise, wanted: Plan) -> list[str]:
    """What is new, in one sentence, and before that how much of the list can come in a run."""
    if not wanted.added:
        return []
    told = [capacity(exercise, wanted.added, {*wanted.taken_out})]
    bare = [part.row for part in wanted.added if OPTIONS in part.unwritten]
    if bare:
        told.append(
            ngettext(
                "{rows} is new: {n} inject without effects (a stub). Still to write: options with "
                "their benefits and costs, outcomes; the comment on top of its file says what "
                "else.",
                "{rows} are new: {n} injects without effects (stubs). Still to write: options with "
                "their benefits and costs, outcomes; the comment on top of each file says what "
                "else.",
                len(bare),
                rows=rows_named(bare, first=True),
                n=len(bare),
            )
        )
    whole = [part.row for part in wanted.added if OPTIONS not in part.unwritten]
    if whole:
        told.append(
            ngettext(
                "{rows} is new: {n} inject with its options.",
                "{rows} are new: {n} injects with their options.",
                len(whole),
                rows=rows_named(whole, first=True),
                n=len(whole),
            )
        )
    return [words for words in told if words]


@dataclass
class Plan:
    """Everything that is to be done, or everything that is wrong."""

    problems: list[Problem] = field(default_factory=list)
    changes: dict[int, list[tuple[KeyPath, cells.Value]]] = field(default_factory=dict)
    """For injects by their place in the exercise: paths inside, and what they are to hold."""
    added: list[Fresh] = field(default_factory=list)
    told: list[FreshContextual] = field(default_factory=list)
    """Rows that ask nothing."""
    taken_out: list[int] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    """What the author has to know, a sentence each."""
    cells: dict[KeyPath, tuple[Sheet, int, int | None]] = field(default_factory=dict)
    """Sheet, row and column of what was read, by the path of what it becomes, with ids in it."""
    rewritten: dict[KeyPath, tuple[Mapping[str, Any], Mapping[str, Any]]] = field(
        default_factory=dict
    )
    """What other sheets change: tables by their path, as they are and as they are to be."""
    dropped: list[KeyPath] = field(default_factory=list)
    """Tables that other sheets take out, by their path."""
    written: list[tuple[str, str]] = field(default_factory=list)
    """New files of other sheets: name and text."""
