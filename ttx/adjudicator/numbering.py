"""The ids of an exercise as row numbers: where each part stands in arrays and tables."""

from __future__ import annotations

from functools import cached_property

import numpy as np

from ttx.exercise.model.exercise import Exercise
from ttx.exercise.model.injects import Inject, Option
from ttx.exercise.model.levers import Lever


class Numbering:
    """Row numbers of the parts of one exercise: by their order there, of injects by number."""

    def __init__(self, exercise: Exercise) -> None:
        self.exercise = exercise
        self.track = {part.id: row for row, part in enumerate(exercise.track)}
        self.lever = {part.id: row for row, part in enumerate(exercise.lever)}
        self.budget = {part.id: row for row, part in enumerate(exercise.budget)}
        self.adversary = {part.id: row for row, part in enumerate(exercise.adversary)}
        self.injects: list[Inject] = sorted(exercise.inject, key=lambda part: part.number)
        self.inject = {part.id: row for row, part in enumerate(self.injects)}
        self.options: list[tuple[int, Option]] = [
            (row, option) for row, part in enumerate(self.injects) for option in part.option
        ]
        """Of each option of all injects, the row of its inject, and the option."""
        self.first_option = np.cumsum([0] + [len(part.option) for part in self.injects])

    @staticmethod
    def level(lever: Lever, name: str) -> int:
        """The number of a level, from 0."""
        return next(row for row, level in enumerate(lever.levels) if level.id == name)

    def level_of(self, lever: str, level: str) -> int:
        """The number of a level of a lever, from 0."""
        return self.level(self.exercise.levers[lever], level)

    @cached_property
    def level_rows(self) -> dict[str, dict[str, int]]:
        """The number of each level, by lever and level."""
        return {
            lever.id: {level.id: row for row, level in enumerate(lever.levels)}
            for lever in self.exercise.lever
        }
