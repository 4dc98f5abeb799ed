"""A row of a study, opened as a run."""

from __future__ import annotations

from pathlib import Path

from ttx.session.opening import look_at
from ttx.session.record import read
from ttx.session.verify import verify
from ttx.studies.rows import open_row
from ttx.studies.study import Study


def opens(study: Study, number: int, folder: Path) -> None:
    """A row is written as a save, and is held against the row and against the rules."""
    plan, out = study.plan, folder / f"{number}.ttx.toml"
    policy, world = plan.row(number)
    open_row(study, number, out)

    record = read(out)
    turns = look_at(record).game.turns
    scored = [list(turn.reckoned.reckoning.scores) for turn in turns if turn.reckoned]
    course = study.course(policy.id)

    assert plan.exercise.turns.count == len(scored)
    assert course.scores[:, :, world].tolist() == scored
    assert [] == [one.found for one in verify(out) if one.holds is False]
