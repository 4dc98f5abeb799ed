"""An inject that is there, as a row of a list changes it: its texts, its turns, its time."""

from __future__ import annotations

from ttx.exercise.model.injects import Inject
from ttx.exercise.msel import cells, remarks
from ttx.exercise.msel.header import Row
from ttx.exercise.msel.languages import (
    kept_in_number,
    left_as_they_are,
    of_list,
    to_look_at,
)
from ttx.exercise.msel.values import Said
from ttx.exercise.msel.walk import Walk
from ttx.exercise.problems import KeyPath
from ttx.i18n import _


def changed(walk: Walk, row: Row, inject: Inject) -> None:
    """Add to the plan of a walk what a row says otherwise than the inject that it is about."""
    before = cells.cells(walk.exercise, inject)
    at_inject = walk.exercise.inject.index(inject)
    named = []
    for header in row.second:
        walk.alike.add(remarks.SECOND, row.number, header)
    said = walk.values.of(row, before, known=True)
    if row.times:
        said += _times(walk, row, inject)
    for key, at, value in said:
        if key == "slot" or (key == "window" and inject.slot == "policy"):
            words = _(
                "inject '{inject}' is {slot}; change that in its TOML",
                inject=inject.id,
                slot=inject.slot,
            )
            walk.wrong.add(row.number, words, at)
            continue
        if key == "objectives" and value == [*inject.objectives]:
            continue  # told by their sentences
        path = cells.path_of(key)
        if key == "text" and isinstance(value, list):
            _paragraphs(walk, row, at, inject, [str(paragraph) for paragraph in value])
        else:
            _change(walk, at_inject, _in_language(walk, path, inject), value)
        named.append(walk.sheet.header[at])
    if named:
        walk.plan.remarks.append(
            _(
                "Row {row} changes inject '{inject}': {named}. Its options "
                "and outcomes stay as they are; see that they still fit.",
                row=row.number,
                inject=inject.id,
                named=", ".join(dict.fromkeys(named)),
            )
        )
    paths = (path for path, _value in walk.plan.changes.get(at_inject, []))
    if left := left_as_they_are(
        (_at_path(inject, path) for path in paths), cells.first_language(walk.exercise)
    ):
        walk.plan.remarks.append(to_look_at(inject.id, left))


def _times(walk: Walk, row: Row, inject: Inject) -> list[Said]:
    """Turns and planned time, where a row says others."""
    when, found = walk.whens[row.number], list[Said]()
    at = next(at for at, key in walk.columns.keys.items() if key == row.times[0][0])
    try:
        planned = walk.values.planned(row, known=True)
    except cells.Unreadable as error:
        places = {key: at for at, key in walk.columns.keys.items()}
        walk.wrong.add(row.number, str(error), places.get("planned", at))
        return found
    if planned and planned != inject.planned:
        found.append(("planned", at, planned))
    if when.turns is not None:
        try:
            turns = cells.turns(walk.exercise, *when.turns)
        except cells.Unreadable as error:
            walk.wrong.add(row.number, str(error), at)
            return found
    elif row.number in walk.turns and planned != inject.planned:
        turns = [walk.turns[row.number]] * 2
    elif when or planned == inject.planned:
        return found
    else:
        words = _("must be a turn, a day, a date or a time, such as T2, D+1 or 09:15")
        walk.wrong.add(row.number, words, at)
        return found
    if turns != [*inject.turns]:
        found.append(("turns", at, turns))
    return found


def _change(walk: Walk, inject: int, path: KeyPath, value: cells.Value) -> None:
    walk.plan.changes.setdefault(inject, []).append((path, value))


def _paragraphs(walk: Walk, row: Row, at: int, inject: Inject, wanted: list[str]) -> None:
    """A paragraph for a paragraph; another number of them only in one language."""
    here, old = walk.exercise.inject.index(inject), inject.message.text
    try:
        kept_in_number(old, len(wanted))
    except cells.Unreadable as error:
        walk.wrong.add(row.number, str(error), at)
        return
    if len(wanted) != len(old):
        _change(walk, here, ("message", "text"), wanted)
        return
    for place, paragraph in enumerate(wanted):
        _change(walk, here, _in_language(walk, ("message", "text", place), inject), paragraph)


def _in_language(walk: Walk, path: KeyPath, inject: Inject) -> KeyPath:
    """The path to a text in the exercise's first language, where it is told in several."""
    told = _at_path(inject, path)
    return (
        (*path, of_list(told, cells.first_language(walk.exercise)))
        if isinstance(told, dict)
        else path
    )


def _at_path(inject: Inject, path: KeyPath) -> object:
    """What an inject holds at a path; of a text in several languages all of them."""
    value: object = inject
    for step in path:
        if isinstance(value, dict):
            return value
        value = value[int(step)] if isinstance(value, list) else getattr(value, str(step))
    return value
