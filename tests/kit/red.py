"""A hosted run with people who play adversaries."""

from __future__ import annotations

from pathlib import Path

from armed import armed

from ttx.adjudicator import rulings
from ttx.session import phases
from ttx.session.command import Command
from ttx.session.opening import hosted
from ttx.session.play_commands import Continue
from ttx.session.run import Run
from ttx.session.table import Table

CHIEF, RED, LEAD = "facilitator", "coast_guard", "relief"


def ask(table: Table, seat: str, *commands: Command) -> None:
    for command in commands:
        table.submit(seat, command, table.game.entries)


def to(table: Table, phase: str) -> None:
    while table.game.phase != phase:
        ask(table, CHIEF, Continue())


def hosting(path: Path, *, aim: str = "stay") -> Table:
    """At the adversary's choice in turn 1, with that aim drawn."""
    names = [one.id for one in armed().adversary[0].aim]
    run = Run(armed(), 0, {})
    seed = next(s for s in range(99) if names[rulings.start(run.tables, s).aims[0]] == aim)
    table = hosted(armed(), {}, seed, path / "run.ttx.toml", red=True)
    to(table, phases.RESPONSE)
    return table
