"""The tables of what became of every row of a study: at the end, and turn by turn."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import numpy as np

from ttx.adjudicator.arithmetic import RESPONSES, TIMINGS
from ttx.analysis.course import Course
from ttx.exercise.model.adversaries import Adversary
from ttx.exercise.model.exercise import Exercise
from ttx.exercise.model.part import text
from ttx.studies.export.columns import Column, Link, Row, Table, Value
from ttx.studies.export.studied import OF_POLICY, OF_WORLD, POLICY, WORLD
from ttx.studies.plan import Task
from ttx.studies.study import Study

ROW = Column("row", "whole", "The row of the study: policy * worlds + world, both from 0.")
SLOTS = ("policy", "crisis")
OF_ROW = Link(("row",), "outcomes", ("row",))


def blocks(study: Study) -> Iterator[tuple[Task, Course]]:
    """Every block with its results, in the order of rows; StudyError where one is missing."""
    for task in sorted(
        study.plan.tasks(), key=lambda block_task: (block_task.policy, block_task.first)
    ):
        yield task, study.block(task)


def first_row(study: Study, task: Task) -> int:
    """The number of the first row of a block."""
    return task.policy * study.plan.worlds + task.first


def on_the_way(course: Course) -> np.ndarray[Any, Any]:
    """The mean of each score over the turns, rounded down, int64[scores, n] in hundredths."""
    return np.asarray(course.on_the_way() // course.scores.shape[0])


def outcomes_of(exercise: Exercise) -> Table[Study]:
    scores = [(score.id, text(score.name)) for score in exercise.score]
    return Table(
        "outcomes",
        "Outcomes",
        "A row of the study: a policy in a world, and what became of it. Structured judgement, "
        "not prediction.",
        ("row",),
        (
            ROW,
            POLICY,
            WORLD,
            *(
                Column(f"end.{id_}", "points", f"{name}, at the end of the last turn.", "points")
                for id_, name in scores
            ),
            *(
                Column(
                    f"way.{id_}",
                    "points",
                    f"{name}, on the way: its mean over the turns, rounded down.",
                    "points",
                )
                for id_, name in scores
            ),
            Column("spent", "whole", "Money spent on upkeep.", "money"),
            Column(
                "ended",
                "whole",
                "The turn after which it ended early; 0 where it did not.",
                "turns",
            ),
            *_aims_of(exercise),
        ),
        _outcomes,
        (OF_POLICY, OF_WORLD),
    )


def _aims_of(exercise: Exercise) -> Iterator[Column]:
    """Two columns for each adversary that has aims."""
    for adversary in exercise.adversary:
        if adversary.aim:
            name, aims = text(adversary.name), tuple(aim.id for aim in adversary.aim)
            yield Column(
                f"aim.{adversary.id}", "id", f"What {name} was secretly after.", "", False, aims
            )
            about = f"Whether {name} had reached that at the end; empty where its aim says no end."
            yield Column(f"reached.{adversary.id}", "yes", about, empty=True)


def _aimed(exercise: Exercise, course: Course) -> Iterator[Sequence[Value]]:
    """The values of those columns."""
    for row, adversary in enumerate(exercise.adversary):
        if adversary.aim:
            yield named([aim.id for aim in adversary.aim], course.aims[row])
            yield [None if met < 0 else bool(met) for met in course.reached[row]]


def _outcomes(study: Study) -> Iterator[Row]:
    exercise = study.plan.exercise
    for task, course in blocks(study):
        first = first_row(study, task)
        columns: list[Sequence[Value]] = [
            range(first, first + task.count),
            [study.plan.policies[task.policy].id] * task.count,
            range(task.first, task.first + task.count),
            *(row.tolist() for row in course.at_the_end()),
            *(row.tolist() for row in on_the_way(course)),
            course.spent[-1].tolist(),
            course.ended.tolist(),
            *_aimed(exercise, course),
        ]
        yield from zip(*columns, strict=True)


def turns_of(exercise: Exercise) -> Table[Study]:
    postures = tuple(posture.id for posture in exercise.posture)
    columns = [
        ROW,
        Column("turn", "whole", "The turn, from 1."),
        *(_shown("score", score.id, text(score.name)) for score in exercise.score),
        *(_shown("track", track.id, text(track.called)) for track in exercise.track),
    ]
    for lever in exercise.lever:
        levels = tuple(level.id for level in lever.levels)
        columns.append(Column(f"lever.{lever.id}", "id", f"{text(lever.name)}.", "", False, levels))
    for budget in exercise.budget:
        about = f"{text(budget.name)}, what is left."
        columns.append(Column(f"budget.{budget.id}", "whole", about, "whole units"))
    columns.append(Column("spent", "whole", "Money spent on upkeep until then.", "money"))
    columns.append(Column("posture", "id", "The posture.", "", False, postures))
    for adversary in exercise.adversary:
        about = f"What {text(adversary.name)} did; empty once the world has ended."
        columns.append(Column(f"response.{adversary.id}", "id", about, "", True, RESPONSES))
    for adversary in _with_purse(exercise).values():
        about = f"What {text(adversary.name)} wanted before its purse was asked; empty likewise."
        columns.append(Column(f"wanted.{adversary.id}", "id", about, "", True, RESPONSES))
        about = f"What is left in the purse of {text(adversary.name)}."
        columns.append(Column(f"purse.{adversary.id}", "whole", about, "chips"))
    for slot in SLOTS:
        columns += [
            Column(f"inject.{slot}", "id", f"The inject of the {slot} slot.", empty=True),
            Column(f"option.{slot}", "id", "The option that was taken.", empty=True),
            Column(f"timing.{slot}", "id", "When it came.", "", True, tuple(TIMINGS)),
        ]
    return Table(
        "turns",
        "Turns",
        "A row of the study at the end of a turn; a world that has ended stands still.",
        ("row", "turn"),
        tuple(columns),
        _turns,
        (OF_ROW,),
    )


def _with_purse(exercise: Exercise) -> dict[int, Adversary]:
    """The adversaries that have a purse, by row."""
    return {
        row: adversary
        for row, adversary in enumerate(exercise.adversary)
        if adversary.purse is not None
    }


def _shown(what: str, name: str, words: str) -> Column:
    return Column(f"{what}.{name}", "points", f"{words}.", "points")


def _turns(study: Study) -> Iterator[Row]:
    exercise = study.plan.exercise
    levels = [[level.id for level in lever.levels] for lever in exercise.lever]
    postures = [posture.id for posture in exercise.posture]
    injects = [
        *(inject.id for inject in sorted(exercise.inject, key=lambda inject: inject.number)),
        "",
    ]
    options = _options(exercise)
    for task, course in blocks(study):
        first = first_row(study, task)
        for turn in range(course.scores.shape[0]):
            columns: list[Sequence[Value]] = [
                range(first, first + task.count),
                [turn + 1] * task.count,
                *(score.tolist() for score in course.scores[turn]),
                *(track.tolist() for track in course.tracks[turn]),
                *(
                    named(names, level)
                    for names, level in zip(levels, course.levels[turn], strict=True)
                ),
                *(budget.tolist() for budget in course.budgets[turn]),
                course.spent[turn].tolist(),
                named(postures, course.posture[turn]),
                *(named([*RESPONSES, ""], response) for response in course.response[turn]),
            ]
            for row in _with_purse(exercise):
                columns += [
                    named([*RESPONSES, ""], course.wanted[turn, row]),
                    course.purse[turn, row].tolist(),
                ]
            for slot in range(len(SLOTS)):
                columns += [
                    named(injects, course.inject[turn, slot]),
                    named(options, course.option[turn, slot]),
                    named([*TIMINGS, ""], course.timing[turn, slot]),
                ]
            yield from zip(*columns, strict=True)


def _options(exercise: Exercise) -> list[str]:
    """The id of each row of options, and last nothing, for a slot that stayed empty."""
    from ttx.adjudicator.tables import Tables

    return [*(option.id for _, option in Tables(exercise).options), ""]


def named(names: Sequence[str], rows: Iterable[Any]) -> list[Value]:
    """The names of some rows; the last name is that of -1."""
    return [names[int(row)] for row in rows]
