"""A table whose clock moves when it is told to."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache

import pytest
from kit.hosted import CHIEF, ask
from kit.tables import exercise

from ttx.exercise.load import from_data
from ttx.exercise.model.exercise import Exercise
from ttx.session import phases
from ttx.session.answer import Answer
from ttx.session.automation import draft
from ttx.session.game import PhaseDuration
from ttx.session.play_commands import Continue, Submit
from ttx.session.table import Table
from ttx.session.view.eye import Eye
from ttx.session.view.msel import msel
from ttx.session.view.time_plan import (
    PlanView,
    time_plan,
)


@dataclass
class Clock:
    """The clock of a table, which moves when it is told to."""

    now: float = 1000.0

    def monotonic(self) -> float:
        return self.now


@contextmanager
def fake_clock() -> Iterator[Clock]:
    clock = Clock()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("ttx.session.table.time", clock)
        yield clock


def plan(table: Table) -> PlanView:
    return time_plan(Eye(table.game, CHIEF), table.elapsed)


def on(table: Table) -> None:
    """One step further: an answer of the next lead, or the facilitator's hand."""
    game = table.game
    if game.phase != phases.DELIBERATION:
        ask(table, CHIEF, Continue())
        return
    assert game.slot is not None
    cell = next(one for one in game.run.people if one not in game.slot.answers)
    ask(table, game.run.lead(cell).id, Submit(Answer(draft(game, game.run.exercise.robot[0].id))))


@cache
def tutorial(**plan_: int) -> Exercise:
    said = exercise("tutorial").as_toml()
    return from_data({**said, "time_plan": plan_})


WHOLE = {"briefing": 2, "levers": 3, "deliberation": 5, "adjudication": 1, "review": 2}


def told(table: Table) -> tuple[tuple[PhaseDuration, ...], PlanView, list[object]]:
    """All that a pause must not move."""
    game = table.game
    rows: list[object] = [
        (row.number, row.inject, row.planned, row.actual, row.status, row.until)
        for row in msel(Eye(game, CHIEF), table.elapsed)
    ]
    return game.durations, plan(table), rows
