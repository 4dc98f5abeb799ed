"""What a notebook imports: exercises, policies and batches, with labels for the rows of arrays.

    from ttx import labels, load, play

    exercise = load("accelerate")
    phased = play(exercise, "phased", worlds=2000, seed=1)
    faster = play(exercise, "phased+pace=accelerated", worlds=2000, seed=1)
    china = labels(exercise).scores.index("china")
    apart = (faster.at_the_end() - phased.at_the_end())[china] / 100

Both policies met the same luck in every world, so that differences are taken world by world. Values
are whole numbers in hundredths of a point until somebody divides them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from ttx.adjudicator.arithmetic import Int32
from ttx.adjudicator.tables import Tables
from ttx.analysis import course, policies
from ttx.analysis.course import Course
from ttx.analysis.policies import Policy
from ttx.exercise import load as reading
from ttx.exercise.exercise_paths import find
from ttx.exercise.model.exercise import Exercise
from ttx.i18n import _


@dataclass(frozen=True, slots=True)
class Labels:
    """The ids of an exercise's parts in the order in which arrays have them."""

    scores: tuple[str, ...]
    tracks: tuple[str, ...]
    levers: tuple[str, ...]
    levels: dict[str, tuple[str, ...]]
    """By lever."""
    budgets: tuple[str, ...]
    adversaries: tuple[str, ...]
    injects: tuple[str, ...]
    options: tuple[tuple[str, str], ...]
    """Inject and option of each row of `Course.option`."""
    postures: tuple[str, ...]
    robots: tuple[str, ...]
    better: tuple[int, ...]
    """By score: 1 where higher is better, -1 where lower is."""


def load(exercise: str | Path) -> Exercise:
    """An exercise by its name, or by the path of its folder; ExerciseError where it has mistakes.

    The text of an ExerciseError names every mistake with its file and line.
    """
    return reading.load(find(str(exercise)))


def labels(exercise: Exercise) -> Labels:
    """What the rows of arrays stand for."""
    tables = Tables(exercise)
    return Labels(
        scores=tuple(score.id for score in exercise.score),
        tracks=tuple(track.id for track in exercise.track),
        levers=tuple(lever.id for lever in exercise.lever),
        levels={lever.id: tuple(level.id for level in lever.levels) for lever in exercise.lever},
        budgets=tuple(budget.id for budget in exercise.budget),
        adversaries=tuple(adversary.id for adversary in exercise.adversary),
        injects=tuple(inject.id for inject in tables.injects),
        options=tuple((tables.injects[row].id, option.id) for row, option in tables.options),
        postures=tuple(posture.id for posture in exercise.posture),
        robots=tuple(robot.id for robot in exercise.robot),
        better=tuple(1 if score.better == "higher" else -1 for score in exercise.score),
    )


def policy(exercise: Exercise, words: str) -> Policy:
    """The policy that words ask for; ValueError in a sentence where they ask for none, or several.

    A robot, `cell=robot,cell=robot`, or a file that ends in .toml, each with `+lever=level@turn`
    behind it as often as one likes.
    """
    made = policies.policies(exercise, [words], lambda path: Path(path).read_text("utf-8"))
    if len(made) > 1:
        raise ValueError(
            _("'{words}' asks for {made} policies; name one.", words=words, made=len(made))
        )
    return made[0]


def play(
    exercise: Exercise,
    plays: str | Policy,
    *,
    seed: int = 1,
    worlds: int | range = 2000,
    settings: Mapping[str, int | Int32] | None = None,
    turns: int | None = None,
) -> Course:
    """Play a policy in many worlds of one seed.

    `worlds` is how many, from world 0, or which. `settings` are numbers of the exercise set
    otherwise, by the id of the parameter: one for all worlds, or int32[worlds]; in hundredths,
    minutes or per 256, as `parameters` says. `turns` are the first few instead of all. ValueError
    in a sentence where there is no such policy or parameter, no world or turn to play, or a number
    that is not whole.
    """
    asked = np.asarray(range(worlds) if isinstance(worlds, int) else worlds)
    if not asked.size or asked.min() < 0 or seed < 0:
        raise ValueError(_("play takes a world at least, and neither worlds nor seeds below 0."))
    count = exercise.turns.count
    if turns is not None and not 1 <= turns <= count:
        raise ValueError(
            _(
                "'{exercise}' has turns 1 to {count}, so its first {turns} are none.",
                exercise=exercise.id,
                count=count,
                turns=turns,
            )
        )
    which = asked.astype(np.uint64)
    spread = {name: _spread(name, value, which.shape) for name, value in (settings or {}).items()}
    plan = policy(exercise, plays) if isinstance(plays, str) else plays
    return course.play(Tables(exercise), plan, seed, which, spread, turns)


def _spread(name: str, value: int | Int32, worlds: tuple[int, ...]) -> Int32:
    """A number for every world; ValueError where it is not whole, since nothing is cut off it."""
    given = np.asarray(value)
    if given.dtype.kind not in "iu" or given.shape not in ((), worlds):
        raise ValueError(
            _(
                "{name} takes a whole number, or one for each world, in the engine's units.",
                name=name,
            )
        )
    bounds = np.iinfo(np.int32)
    if ((given < bounds.min) | (given > bounds.max)).any():
        raise ValueError(
            _("{name} takes a whole number of at most {max}.", name=name, max=bounds.max)
        )
    return np.broadcast_to(given.astype(np.int32), worlds).copy()
