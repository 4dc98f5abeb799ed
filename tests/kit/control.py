"""The white cell at a ruling or a slot."""

from __future__ import annotations

from kit.hosted import CHIEF, ask, option, to

from ttx.session import phases
from ttx.session.answer import Answer
from ttx.session.audit import differences
from ttx.session.automation import next_inject
from ttx.session.fold import fold
from ttx.session.forks import in_force
from ttx.session.gates import open_slot
from ttx.session.opening import look_at
from ttx.session.play_commands import Continue, Submit
from ttx.session.record import read
from ttx.session.run import Run
from ttx.session.table import Table


def due(table: Table) -> str:
    slot = open_slot(table.game)
    assert slot is not None
    found = next_inject(table.game, slot)
    assert found is not None
    return found


def to_slot(table: Table, kind: str) -> str:
    """Up to an open slot of that kind with an inject next; its id."""
    while True:
        if table.game.phase in (phases.INJECT, phases.OUTCOME):
            slot = open_slot(table.game)
            if slot == kind and next_inject(table.game, slot):
                return due(table)
            ask(table, CHIEF, Continue())
        else:
            to(table, phases.INJECT if table.game.phase != phases.INJECT else phases.OUTCOME)


def answered(table: Table, at: int = 0) -> None:
    """Both leads take the same open option."""
    choice = option(table, at)
    ask(table, "usfj", Submit(Answer(choice)))
    ask(table, "kantei", Submit(Answer(choice)))


def to_ruling(table: Table, kind: str = "crisis") -> None:
    to_slot(table, kind)
    ask(table, CHIEF, Continue())
    answered(table)
    assert phases.ADJUDICATION == table.game.phase


def sound(table: Table) -> None:
    """The record comes back as it was played, and the model agrees with every fact in it."""
    path = table.path
    assert path is not None
    record = read(path)
    assert table.entries == record.entries
    game = look_at(record).game
    assert table.game == game
    assert [] == differences(fold_run(table), record.entries)
    assert fold(fold_run(table), in_force(record.entries)).position == game.position


def fold_run(table: Table) -> Run:
    """The run on the exercise as the save carries it."""
    assert table.path is not None
    return look_at(read(table.path)).timeline.run
