"""Shards of a study put together in one folder, block by block; the shards stay as they are."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from ttx import files
from ttx.i18n import _
from ttx.studies import parts
from ttx.studies.plan import StudyError, Task
from ttx.studies.study import Study, begin, going_on, open_study


def merge(folders: Sequence[Path], out: Path) -> Study:
    """The study of some shards, in any order; what is missing is still missing afterwards.

    StudyError where they are not of one study, where two hold a block otherwise, or where one is
    damaged; nothing is then written.
    """
    shards = [open_study(folder) for folder in folders]
    for shard in shards:
        shard.has_rows()
    first = shards[0]
    for other in shards[1:]:
        _same(first, other)
    shards_of: dict[Task, Study] = {}
    for shard in shards:
        for task in shard.plan.tasks():
            if shard.holds(task):
                _agree(shards_of.setdefault(task, shard), shard, task)
    made = begin(out, first.plan, first.settings, command=first.command)
    going_on(made)
    with made.held():
        for task, shard in shards_of.items():
            if made.holds(task):
                _agree(made, shard, task)
        for task, shard in shards_of.items():
            if not made.holds(task):
                made.keep(task, _read(shard, task))
    return made


def _read(study: Study, task: Task) -> bytes:
    try:
        return study.bytes_of(task)
    except parts.Damaged as error:
        raise StudyError(
            _(
                "{path} is damaged, {error}; {how_to_go_on}",
                path=files.legible(study.path(task)),
                error=error,
                how_to_go_on=study.how_to_go_on,
            )
        ) from None


def _agree(first: Study, other: Study, task: Task) -> None:
    """StudyError where two results of a block are not the same bit for bit, or one is damaged."""
    known = {parts.checksum(parts.unpack(_read(study, task))[0]) for study in (first, other)}
    if len(known) > 1:
        raise StudyError(
            _(
                "{path} and {other} are the same block with other "
                "results; one of them was not played by the rules.",
                path=files.legible(first.path(task)),
                other=files.legible(other.path(task)),
            )
        )


def _same(first: Study, other: Study) -> None:
    """StudyError where two folders are not of one study."""
    names = [files.legible(study.folder) for study in (first, other)]
    if first.plan.digest != other.plan.digest:
        exercises = [f"{s.plan.exercise.id} {s.plan.digest[:8]}" for s in (first, other)]
        raise StudyError(
            _(
                "{first} and {other} are studies of different exercises "
                "({exercises}) and cannot be merged.",
                first=names[0],
                other=names[1],
                exercises=_(" and ").join(exercises),
            )
        )
    if first.plan.id != other.plan.id:
        raise StudyError(
            _(
                "{first} and {other} are not shards of one study (they ask "
                "other things of {exercise}) and cannot be merged.",
                first=names[0],
                other=names[1],
                exercise=first.plan.exercise.id,
            )
        )
    if first.version != other.version:
        raise StudyError(
            _(
                "{first} was played by ttx {version} and {other} by "
                "{other_version}; make them with one version.",
                first=names[0],
                version=first.version,
                other=names[1],
                other_version=other.version,
            )
        )


def absent(study: Study, shards: Sequence[Study]) -> str:
    """What is missing of a merged study, as a sentence; empty where it is whole."""
    missing = study.missing()
    if not missing:
        return ""
    tasks = study.plan.tasks()
    values = {"missing": len(missing), "tasks": len(tasks), "go_on": study.how_to_go_on}
    counts = {int(shard.shard.partition("/")[2]) for shard in shards if shard.shard}
    if len(counts) == 1:
        count = counts.pop()
        rows = sorted({tasks.index(task) % count + 1 for task in missing})
        return _(
            "{missing} of {tasks} blocks are missing, those of shard {rows}; merge these too, or "
            "{go_on}",
            **values,
            rows=", ".join(f"{row}/{count}" for row in rows),
        )
    return _("{missing} of {tasks} blocks are missing; merge these too, or {go_on}", **values)
