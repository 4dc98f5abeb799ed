"""The way to the hot wash."""

from __future__ import annotations

from kit.hosted import CHIEF, ask

from ttx.session import phases
from ttx.session.play_commands import End
from ttx.session.side_commands import (
    Plan,
)
from ttx.session.table import Table
from ttx.session.timeline import Timeline
from ttx.session.view.record import RecordView

PLAN = Plan(1, "planning", "Write the release rules down", "planning", "USFJ J3", "", "2027-03-31")


def readers(table: Table, eye: str) -> str:
    """What an eye can read of the record as it stands, in lines."""
    timeline = Timeline(table.game.run, table.entries)
    view = RecordView(timeline, eye)
    return "\n".join(view.line(n, timeline.last).what for n in view.seen(timeline.last))


def to_wash(table: Table) -> None:
    ask(table, CHIEF, End("time is up"))
    assert phases.HOTWASH == table.game.phase
