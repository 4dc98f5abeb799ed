"""Rows that are new: each becomes an inject with a number of the dice, or a contextual one."""

from __future__ import annotations

from collections.abc import Sequence

from ttx.exercise.model.part import INJECT_SLOTS
from ttx.exercise.msel import cells, remarks
from ttx.exercise.msel.dealing import dealt
from ttx.exercise.msel.fresh import (
    contextual,
    fresh,
    id_of,
    in_brackets,
    is_id,
)
from ttx.exercise.msel.header import Row
from ttx.exercise.msel.walk import Walk
from ttx.i18n import _


def added(walk: Walk, waiting: Sequence[Row], asking_nothing: Sequence[Row]) -> None:
    """Give each new row a number of the dice and an id, and make it an inject."""
    gone = set(walk.plan.taken_out)
    staying = [inject for at, inject in enumerate(walk.exercise.inject) if at not in gone]
    taken = {inject.number for inject in staying}
    ids = {*walk.exercise.injects, *walk.exercise.contextuals}
    own = _own_numbers(waiting, taken)
    free = iter([n for n in range(1, INJECT_SLOTS + 1) if n not in taken | {*own.values()}])
    slots = dealt(
        [row.number for row in waiting],
        {row.number: _turn(walk, row) for row in waiting},
        {row.number: row.of("slot") for row in waiting},
    )
    for row in waiting:
        number = own.get(row.number) or next(free, None)
        if number is None:
            words = _(
                "the dice hold {inject_slots} injects and no number is free; leave one out "
                "with status Omitted",
                inject_slots=INJECT_SLOTS,
            )
            walk.wrong.add(row.number, words)
            continue
        given, kept = _given(walk, row, number)
        given.setdefault("slot", slots[row.number])
        if "window" in given and given["slot"] != "crisis":
            kept += ((walk.sheet.header[row.places["window"]], row.of("window")),)
            walk.alike.add(remarks.WINDOW, row.number, row.of("window"))
            del given["window"]
        name = row.of("id")
        made = name if is_id(name) and name not in ids else id_of(str(given["title"]), ids)
        ids.add(made)
        walk.plan.added.append(
            fresh(walk.exercise, number, made, row.number, given, kept, in_order=walk.in_order)
        )
    for row in asking_nothing:
        _tell(walk, row, ids)


def _own_numbers(waiting: Sequence[Row], taken: set[int]) -> dict[int, int]:
    """Numbers that new rows can have as they ask for them: free, and asked for once."""
    own = dict[int, int]()
    for row in waiting:
        number = cells.number(row.of("number")) if row.of("number") else None
        if number is not None and number not in taken and number not in own.values():
            own[row.number] = number
    return own


def _turn(walk: Walk, row: Row) -> int | None:
    when = walk.whens[row.number]
    if when.turns is not None and when.turns[0] == when.turns[1]:
        return when.turns[0]
    return walk.turns.get(row.number)


def _given(
    walk: Walk, row: Row, number: int | None
) -> tuple[dict[str, cells.Value], tuple[tuple[str, str], ...]]:
    """What a new row gives, and what is kept of it as a comment."""
    given = {key: value for key, _at, value in walk.values.of(row, {}, known=False)}
    kept = [*row.kept, *walk.values.refused(row)]
    if planned := walk.values.planned(row, known=False):
        given["planned"] = in_brackets(planned)
    asked = row.of("number") or ("" if is_id(row.of("id")) else row.of("id"))
    if asked and (number is None or cells.number(asked) != number):
        _label(walk, row, asked, given, kept)
    when = walk.whens[row.number]
    count = walk.exercise.turns.count
    if when.turns is not None:
        if 1 <= when.turns[0] <= when.turns[1] <= count:
            given["turns"] = [*when.turns]
        else:
            walk.alike.add(remarks.BEYOND, row.number, row.times[0][1])
    elif row.number in walk.turns:
        given["turns"] = [walk.turns[row.number]] * 2
    if not row.times and not walk.in_order:
        walk.alike.add(remarks.UNTIMED, row.number)
    if row.of("status") and cells.status(row.of("status")) is cells.Status.UNKNOWN:
        kept.append((walk.sheet.header[row.places["status"]], row.of("status")))
    return given, tuple(kept)


def _label(
    walk: Walk, row: Row, asked: str, given: dict[str, cells.Value], kept: list[tuple[str, str]]
) -> None:
    if len(asked) <= cells.LONGEST_LABEL:
        given["label"] = in_brackets(asked)
        walk.alike.add(remarks.LABEL, row.number, asked)
    else:
        at = row.places.get("number", row.places.get("id", 0))
        kept.append((walk.sheet.header[at], asked))
        walk.alike.add(remarks.LONG, row.number, asked)


def _tell(walk: Walk, row: Row, ids: set[str]) -> None:
    """Make a row that asks nothing a contextual inject."""
    given, kept = _given(walk, row, None)
    given.pop("slot", None)
    name = id_of(str(given["title"]), ids)
    ids.add(name)
    turns = given.get("turns")
    turn = turns[0] if isinstance(turns, list) and isinstance(turns[0], int) else 1
    control = cells.word(row.of("kind")) not in cells.FOR_ALL
    readers = [cell.id for cell in walk.exercise.cell if cell.side == "white"]
    walk.plan.told.append(
        contextual(name, row.number, turn, given, kept, readers if control else [])
    )
