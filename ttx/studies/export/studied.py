"""The tables of what a study asked: its policies, its parameters, and its worlds."""

from __future__ import annotations

from collections.abc import Iterator

from ttx.adjudicator import dice
from ttx.exercise.model.part import text
from ttx.exercise.parameters import parameters
from ttx.studies.export.columns import POINTS, Column, Link, Row, Table
from ttx.studies.study import Study

WORLD = Column("world", "whole", "The world, from 0: one set of dice, the same for every policy.")
POLICY = Column("policy", "id", "The policy.")
OF_POLICY = Link(("policy",), "policies", ("policy",))
OF_WORLD = Link(("world",), "settings", ("world",))


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


def settings_of(study: Study) -> Table[Study]:
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
