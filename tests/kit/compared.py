"""Runs to lay side by side."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any

from kit.tables import exercise, leads, offers, robots_alone

from ttx.analysis.compared_runs import ComparedRun
from ttx.exercise.load import digest, from_data
from ttx.exercise.model.exercise import Exercise
from ttx.session import phases
from ttx.session.answer import Answer
from ttx.session.opening import begin
from ttx.session.play_commands import LeaveLevers, Submit
from ttx.session.seating import Seating
from ttx.session.table import Table


def of(table: Table, name: str = "run", seal: str = "") -> ComparedRun:
    """A run that was never written, as a side; its entries hash to their numbers."""
    count = len(table.entries)
    hashes = tuple(f"{name}{n}" for n in range(1, count + 1))
    return ComparedRun(
        name, table.game, seal or [name, *hashes][-1], hashes, digest(table.game.run.exercise)
    )


@cache
def alone(robot: str, seed: int = 1, name: str = "accelerate") -> ComparedRun:
    """A run that one robot plays."""
    return of(robots_alone(name, robot, seed), f"{robot}-{seed}-{name}-")


def of_first(robot: str) -> ComparedRun:
    """The same in the flagship's first edition, whose words and numbers stay what they are."""
    return alone(robot, name="accelerate_1")


def finish(table: Table, choose: Callable[[Table], str | None] = lambda _: None) -> Table:
    """To the end without moves; `choose` says an answer, the first open one is taken else."""
    while table.game.phase != phases.CLOSED:
        for seat in leads(table.game.run):
            asks = offers(table.game, seat)
            if not asks:
                continue
            leave = next((one for one in asks if isinstance(one, LeaveLevers)), asks[0])
            wanted = choose(table) if table.game.phase == phases.DELIBERATION else None
            table.submit(seat, Submit(Answer(wanted)) if wanted else leave, table.game.entries)
            break
    return table


def changed(change: Callable[[dict[str, Any]], None], name: str = "tutorial") -> Exercise:
    data: dict[str, Any] = exercise(name).as_toml()
    change(data)
    return from_data(data)


def on(part: Exercise, seed: int = 1) -> ComparedRun:
    """A run of an exercise that robots play without moves."""
    robots = {cell.id: "keep" for cell in part.cell if cell.side == "allied"}
    return of(begin(part, Seating(robots, ""), seed, None), "changed")
