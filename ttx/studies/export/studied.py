"""The tables of a study: what was asked, the worlds, and what became of every row of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import numpy as np

from ttx.adjudicator import dice
from ttx.adjudicator.arithmetic import RESPONSES, TIMINGS
from ttx.analysis.course import Course
from ttx.exercise.model.adversaries import Adversary
from ttx.exercise.model.exercise import Exercise
from ttx.exercise.model.part import text
from ttx.exercise.parameters import parameters
from ttx.studies.export.columns import POINTS, Column, Link, Row, Table, Value
from ttx.studies.plan import Task
from ttx.studies.study import Study

ROW = Column("row", "whole", "The row of the study: policy * worlds + world, both from 0.")
WORLD = Column("world", "whole", "The world, from 0: one set of dice, the same for every policy.")
POLICY = Column("policy", "id", "The policy.")
SLOTS = ("policy", "crisis")
HELD = ("points", "money")
OF_ROW = Link(("row",), "outcomes", ("row",))
OF_POLICY = Link(("policy",), "policies", ("policy",))
OF_WORLD = Link(("world",), "settings", ("world",))


def tables_of(study: Study) -> tuple[Table[Study], ...]:
    """All tables of a study, in the order in which they are read."""
    exercise = study.plan.exercise
    return (
        STUDY,
        POLICIES,
        PLAYERS,
        SCORE_NAMES,
        PARAMETERS,
        _settings_of(study),
        _outcomes_of(exercise),
        _turns_of(exercise),
    )


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


def _study(study: Study) -> Iterator[Row]:
    plan = study.plan
    yield (
        plan.id,
        plan.kind,
        plan.exercise.id,
        text(plan.exercise.title),
        plan.digest,
        str(plan.seed),
        plan.worlds,
        len(plan.policies),
        plan.exercise.turns.count,
        plan.baseline,
        plan.sows,
        study.version,
        study.digest,
    )


STUDY = Table[Study](
    "study",
    "Study",
    "What was asked.",
    ("study",),
    (
        Column("study", "id", "What the study is known by: a digest over all that it asks."),
        Column("kind", "id", "What sort of study it is."),
        Column("exercise", "id", "The id of the exercise."),
        Column("title", "text", "Its title."),
        Column("digest", "id", "What the exercise is known by."),
        Column("seed", "id", "The dice. A whole number, and nothing to calculate with."),
        Column("worlds", "whole", "Worlds of each policy.", "worlds"),
        Column("policies", "whole", "Policies in each world.", "policies"),
        Column("turns", "whole", "Turns of the exercise.", "turns"),
        Column("baseline", "id", "The policy that others are held against.", empty=True),
        Column("sows", "text", "How states of the world were drawn.", empty=True),
        Column("ttx", "id", "The version of ttx that began it."),
        Column("results", "id", "The digest of its results, whoever worked them out."),
    ),
    _study,
)


def _policies(study: Study) -> Iterator[Row]:
    for place, policy in enumerate(study.plan.policies):
        yield policy.id, place, policy.id == study.plan.baseline


POLICIES = Table[Study](
    "policies",
    "Policies",
    "A way of playing that was tried in every world.",
    ("policy",),
    (
        POLICY,
        Column("place", "whole", "Its place in the study, from 0."),
        Column("baseline", "yes", "Whether others are held against it."),
    ),
    _policies,
)


def _players(study: Study) -> Iterator[Row]:
    for policy in study.plan.policies:
        for cell, robot in policy.robots:
            wishes = "; ".join(f"T{wish.turn} {wish.lever} {wish.level}" for wish in robot.wishes)
            yield policy.id, cell, robot.id, robot.rule, wishes


PLAYERS = Table[Study](
    "players",
    "Players",
    "The robot that plays a cell in a policy.",
    ("policy", "cell"),
    (
        POLICY,
        Column("cell", "id", "The cell."),
        Column("robot", "id", "The robot, whose wishes may have been changed."),
        Column("rule", "id", "How it answers injects."),
        Column("wishes", "text", "From which turn it wants which level of a lever.", empty=True),
    ),
    _players,
    (OF_POLICY,),
)


def _score_names(study: Study) -> Iterator[Row]:
    for part in study.plan.exercise.score:
        yield part.id, text(part.name), part.better, text(part.caution)


SCORE_NAMES = Table[Study](
    "score_names",
    "Names of scores",
    "A score of the exercise.",
    ("score",),
    (
        Column("score", "id", "The score."),
        Column("name", "text", "Its name."),
        Column("better", "id", "Which way is better.", among=("higher", "lower")),
        Column("caution", "text", "What to beware of in it.", empty=True),
    ),
    _score_names,
)


def _parameters(study: Study) -> Iterator[Row]:
    plan = study.plan
    for name, part in parameters(plan.exercise).items():
        if name not in plan.fixed and name not in study.settings:
            continue
        drawn = plan.ranges.get(name)
        exact = 1 if part.unit == POINTS else 100
        yield (
            name,
            part.name,
            part.unit,
            exact * part.value,
            exact * plan.fixed[name] if name in plan.fixed else None,
            exact * drawn[0] if drawn else None,
            exact * drawn[1] if drawn else None,
        )


_OWN = "that of the number"
PARAMETERS = Table[Study](
    "parameters",
    "Parameters",
    "A number of the exercise that is not as its author wrote it, in all worlds or in some.",
    ("parameter",),
    (
        Column("parameter", "id", "The number; a column of `settings` where worlds differ in it."),
        Column("name", "text", "Its name."),
        Column("unit", "id", "What it is counted in."),
        Column("value", "points", "As the exercise has it.", _OWN),
        Column("set", "points", "What it was set to in every world.", _OWN, empty=True),
        Column("low", "points", "The least it was drawn from.", _OWN, empty=True),
        Column("high", "points", "The most it was drawn from.", _OWN, empty=True),
    ),
    _parameters,
)


def _settings_of(study: Study) -> Table[Study]:
    known = parameters(study.plan.exercise)
    drawn = [
        Column(
            name,
            "points" if known[name].unit == POINTS else "whole",
            f"{known[name].name}, as this world has it.",
            known[name].unit,
        )
        for name in study.settings
    ]
    dice_of = Column("dice", "whole", "The world of the seed whose dice it has.")
    seed = Column("seed", "id", "The seed that gives a single run these dice.")
    return Table(
        "settings",
        "Settings",
        "A world: its dice, and the numbers that it has otherwise.",
        ("world",),
        (WORLD, dice_of, seed, *drawn),
        _settings,
    )


def _settings(study: Study) -> Iterator[Row]:
    plan = study.plan
    drawn = [values.tolist() for values in study.settings.values()]
    for world in range(plan.worlds):
        own = plan.dice(world)
        seed = str(dice.seed_of(plan.seed, own))
        yield (world, own, seed, *(values[world] for values in drawn))


def _outcomes_of(exercise: Exercise) -> Table[Study]:
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


def _turns_of(exercise: Exercise) -> Table[Study]:
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
