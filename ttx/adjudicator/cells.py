"""Tables in which a number may differ from world to world, and what choices do by such tables."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from ttx.adjudicator.arithmetic import Int32, Rows
from ttx.exercise.model.tracks import Effect

Number = int | Int32
"""A number of the exercise: one for all worlds, or int32[n] where a batch has one for each."""
Cell = tuple[tuple[int, ...], Int32]
"""Where in a table a number stands that differs by world, and what it is there, int32[n]."""


@dataclass(frozen=True)
class Effects:
    """What a choice does to some tracks after one delay; the other tracks it leaves alone."""

    delay: int
    tracks: Rows
    by: Int32
    """int32[those tracks, choices], in hundredths."""

    cells: tuple[Cell, ...]
    """What has to be added where it differs by world: row and choice, then int32[n]."""

    def picked(self, pick: Int32 | Rows) -> Int32:
        """What each world's choice does, int32[those tracks, n]; pick is int32[n]."""
        moved = self.by.take(pick, axis=1)
        if self.cells:
            made = set(np.unique(pick).tolist())
            for (at, choice), by in self.cells:
                if choice in made:
                    moved[at] += by * (pick == choice)
        return moved


def column(values: Sequence[Number]) -> Int32:
    """int32[rows, 1], to be set beside worlds; int32[rows, n] where one differs by world."""
    if any(isinstance(value, np.ndarray) for value in values):
        return np.stack(np.broadcast_arrays(*values)).astype(np.int32)
    return np.array(values, np.int32).reshape(-1, 1)


class Celled:
    """Tables of numbers; those that differ from world to world are kept apart, to be added."""

    def __init__(self) -> None:
        self._cells: dict[str, list[Cell]] = {}

    def table(
        self, name: str, shape: tuple[int, ...], numbers: Iterable[tuple[tuple[int, ...], Number]]
    ) -> Int32:
        """A table with each number added where it stands; those that differ by world stay out."""
        table = np.zeros(shape, np.int32)
        apart = self._cells[name] = []
        for at, number in numbers:
            if isinstance(number, np.ndarray):
                apart.append((at, number))
            else:
                table[at] += number
        return table

    def cells(self, name: str) -> list[Cell]:
        """What has to be added to what is read of a table, where it differs by world."""
        getattr(self, name.partition(" ")[0])
        return self._cells[name]

    def effects(
        self, name: str, choices: Sequence[Iterable[Effect]], track: Mapping[str, int]
    ) -> tuple[Effects, ...]:
        """By delay, what each choice does to track rows; a delay without effects is left out."""
        delays = max((effect.delay for effects in choices for effect in effects), default=0)
        dense = self.table(
            name,
            (delays + 1, len(track), len(choices)),
            (
                ((effect.delay, track[effect.track], pick), effect.by)
                for pick, effects in enumerate(choices)
                for effect in effects
            ),
        )
        by_delay = []
        for delay, table in enumerate(dense):
            apart = [(row, pick, by) for (of, row, pick), by in self._cells[name] if of == delay]
            touched = table.any(axis=1)
            touched[[row for row, *_ in apart]] = True
            tracks = np.flatnonzero(touched)
            place = {int(row): at for at, row in enumerate(tracks)}
            cells = tuple(((place[row], pick), by) for row, pick, by in apart)
            if len(tracks):
                by_delay.append(Effects(delay, tracks, table[tracks], cells))
        return tuple(by_delay)
