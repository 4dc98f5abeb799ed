"""Who plays: every cell with its lead, what only allied cells hold, and robots where they fit."""

from __future__ import annotations

from collections.abc import Iterator
from typing import get_args

from ttx.exercise.model.conditions import ResponseName
from ttx.exercise.model.exercise import Exercise
from ttx.exercise.problems import Finding, KeyPath
from ttx.i18n import N_, _

_RESPONSES = get_args(ResponseName)


def people(exercise: Exercise) -> Iterator[Finding]:
    """What is wrong with who leads, who holds what, and what robots stand for."""
    sides = {cell.id: cell.side for cell in exercise.cell}
    for at, cell in enumerate(exercise.cell):
        leads = [seat.id for seat in exercise.seat if seat.cell == cell.id and seat.lead]
        if cell.side == "allied" and len(leads) != 1:
            leaders = f"{len(leads)} ({', '.join(leads)})" if leads else _("none")
            yield Finding(
                ("cell", at),
                _("an allied cell needs exactly one lead, not {leaders}", leaders=leaders),
            )
    yield from _robots(exercise)
    holders: list[tuple[KeyPath, str | None, str]] = [
        *(
            (("inject", at, "lead"), inject.lead, N_("only an allied cell leads an inject"))
            for at, inject in enumerate(exercise.inject)
        ),
        *(
            (("lever", at, "cells", entry), cell, N_("only an allied cell moves a lever"))
            for at, lever in enumerate(exercise.lever)
            for entry, cell in enumerate(lever.cells)
        ),
        *(
            (
                ("budget", at, "granted_by"),
                budget.granted_by,
                N_("only an allied cell grants a budget"),
            )
            for at, budget in enumerate(exercise.budget)
        ),
    ]
    for path, name, rule in holders:
        if name is not None and sides.get(name, "allied") != "allied":
            text = _("cell '{name}' is {side}; {rule}", name=name, side=sides[name], rule=_(rule))
            yield Finding(path, text)


def _robots(exercise: Exercise) -> Iterator[Finding]:
    """A robot that plays an adversary sits in its cell, and one that answers injects elsewhere."""
    red = {robot.id: robot.rule in _RESPONSES for robot in exercise.robot}
    asked: list[tuple[KeyPath, str | None, bool]] = [
        *(
            (("cell", at, "robot"), cell.robot, cell.side == "red")
            for at, cell in enumerate(exercise.cell)
        ),
        *(
            (("review", "references", at), name, False)
            for at, name in enumerate(exercise.review.references)
        ),
    ]
    for path, name, wanted in asked:
        if name is not None and red.get(name, wanted) != wanted:
            does = _("plays an adversary") if red[name] else _("answers injects")
            where = _("a red cell") if wanted else _("an allied one")
            yield Finding(
                path,
                _(
                    "robot '{name}' {does}: it cannot stand for {where}",
                    name=name,
                    does=does,
                    where=where,
                ),
            )
