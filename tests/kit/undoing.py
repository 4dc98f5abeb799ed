"""Runs in which much is taken back."""

from __future__ import annotations

import numpy as np
from kit.tables import seated, someone

from ttx.session import phases
from ttx.session.answer import Answer
from ttx.session.game import openings
from ttx.session.play_commands import Submit, Undo
from ttx.session.table import Table
from ttx.session.view.eye import Eye
from ttx.session.view.message import message

SEAT = "relief"


def undo(table: Table, to: int = 0) -> None:
    table.submit(SEAT, Undo(to), table.game.entries)


def answer(table: Table, at: int = 0) -> str:
    """The open option at that place, submitted."""
    view = message(Eye(table.game, SEAT))
    assert view is not None
    option = [one for one in view.options if not one.closed][at]
    table.submit(SEAT, Submit(Answer(option.id)), table.game.entries)
    return option.id


def wandering(how: str, seed: int, turns: int = 80) -> Table:
    """A run in which somebody takes things back now and then."""
    table = seated("tutorial", how, seed)
    luck = np.random.default_rng(seed)
    for _ in range(turns):
        if table.closed:
            break
        seat, command = someone(table, luck)
        back = [one.opened for one in openings(table.game)]
        if back and luck.random() < 0.2 and table.game.phase != phases.CLOSED:
            command = Undo(int(luck.choice(back)))
        table.submit(seat, command, table.game.entries)
    return table
