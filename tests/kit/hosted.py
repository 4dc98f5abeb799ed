"""A facilitated run, and what its seats ask for."""

from __future__ import annotations

from pathlib import Path

import pytest
from kit.tables import exercise

from ttx.session import phases
from ttx.session.answer import Answer
from ttx.session.automation import draft
from ttx.session.command import Command, IllegalDecision
from ttx.session.opening import hosted
from ttx.session.play_commands import (
    Continue,
    Submit,
)
from ttx.session.table import Table
from ttx.session.view import message as messages
from ttx.session.view.eye import Eye

CHIEF = "facilitator"


LEADS = {"us": "usfj", "japan": "kantei"}


def host(path: Path, robots: dict[str, str] | None = None, seed: int = 7) -> Table:
    return hosted(exercise("accelerate"), robots or {}, seed, path / "run.ttx.toml")


def ask(table: Table, seat: str, *commands: Command) -> None:
    for command in commands:
        table.submit(seat, command, table.game.entries)


def refused(table: Table, seat: str, command: Command) -> str:
    before = table.entries[:]
    with pytest.raises(IllegalDecision) as error:
        table.submit(seat, command, table.game.entries)
    assert before == table.entries
    return str(error.value)


def to(table: Table, phase: str) -> None:
    """Up to the next moment of that phase, by the facilitator's hand and the leads' drafts."""
    while True:
        game = table.game
        if game.phase == phases.DELIBERATION:
            assert game.slot is not None
            for cell in game.run.people:
                if phase == phases.DELIBERATION:
                    break
                if cell not in game.slot.answers:
                    ask(table, LEADS[cell], Submit(Answer(draft(game, "phased"))))
        else:
            ask(table, CHIEF, Continue())
        if table.game.phase == phase:
            return


def option(table: Table, at: int) -> str:
    view = messages.message(Eye(table.game, "usfj"))
    assert view is not None
    return [one.id for one in view.options if not one.closed][at]
