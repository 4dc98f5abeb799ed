"""The crisis clock of an exercise as tables: its stages in order, minutes, weights and windows."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from ttx.adjudicator.arithmetic import Int32, Rows
from ttx.adjudicator.cells import Celled, column
from ttx.adjudicator.numbering import Numbering
from ttx.exercise.model.tracks import ClockIndex


@dataclass(frozen=True)
class Pulls:
    """The terms by which tracks shorten or stretch one stage of the clock."""

    stage: int
    """Its row."""
    track: Rows
    anchor: Int32
    """int32[terms, 1], hundredths"""
    weight: Int32
    """int32[terms, 1]"""


@dataclass(frozen=True)
class Leg:
    """A step of the clock: one stage, or several side by side of which the longest counts."""

    stages: tuple[int, ...]


class ClockTables(Celled):
    """The tables of one exercise's crisis clock, worked out as they are asked for."""

    def __init__(self, numbering: Numbering) -> None:
        super().__init__()
        self._numbering, self._clock = numbering, numbering.exercise.clock

    @cached_property
    def anchor(self) -> Int32:
        """int32[tracks, 1]: where each track leaves the base minutes as they are, hundredths."""
        return column(
            [
                part.start if part.anchor is None else part.anchor
                for part in self._numbering.exercise.track
            ]
        )

    @cached_property
    def stages(self) -> list[str]:
        """Ids of all stages in order, the wait among them."""
        order: list[str] = []
        wait = self._clock.wait
        for stage in self._clock.stages:
            order.append(stage.id)
            if wait and wait.after == stage.id:
                order.append(wait.id)
        return order

    @cached_property
    def legs(self) -> tuple[Leg, ...]:
        """The chain, with the stages that run side by side in one leg."""
        beside = {s.id: s.beside for s in self._clock.stages if s.beside}
        legs: dict[str, list[int]] = {}
        for row, name in enumerate(self.stages):
            legs.setdefault(beside.get(name, name), []).append(row)
        return tuple(Leg(tuple(rows)) for rows in legs.values())

    @cached_property
    def stage_rows(self) -> list[int]:
        """Rows of the stages without the wait."""
        return [self.stages.index(stage.id) for stage in self._clock.stages]

    @cached_property
    def jitter(self) -> tuple[Int32, Int32]:
        """The least factor of each stage without the wait, and how far luck goes beyond it."""
        wide = [stage.jitter == "wide" for stage in self._clock.stages]
        return column([128 if w else 208 for w in wide]), column([320 if w else 96 for w in wide])

    @cached_property
    def pulls(self) -> list[Pulls]:
        """The weights of each stage that has some."""
        pulls = []
        for row, stage in zip(self.stage_rows, self._clock.stages, strict=True):
            tracks = np.array([self._numbering.track[term.of] for term in stage.weights], np.intp)
            weights = column([term.weight for term in stage.weights])
            if len(tracks):
                pulls.append(Pulls(row, tracks, self.anchor[tracks], weights))
        return pulls

    @cached_property
    def profiles(self) -> dict[str, int]:
        """Row of each clock profile."""
        return {name: row for row, name in enumerate(self._clock.profiles)}

    @cached_property
    def minutes(self) -> Int32:
        """int32[profiles, stages]: base minutes; the column of the wait holds its sixteenths."""
        wait = self._clock.wait
        return self.table(
            "minutes",
            (len(self.profiles), len(self.stages)),
            (
                (
                    (row, at),
                    profile.wait if wait and name == wait.id else profile.minutes.get(name, 0),
                )
                for row, profile in enumerate(self._clock.profiles.values())
                for at, name in enumerate(self.stages)
            ),
        )

    @cached_property
    def deputy(self) -> Int32:
        """int32[4]: quarters of the wait that are left at each level of the deputy's lever."""
        wait = self._clock.wait
        quarters = (wait.quarters + [4] * 4)[:4] if wait else []
        return self.table("deputy", (4,), (((at,), left) for at, left in enumerate(quarters)))

    @cached_property
    def profile_of(self) -> Int32:
        """int32[injects]: the clock profile of each inject; 0 for a policy inject."""
        rows = [self.profiles[i.profile] if i.profile else 0 for i in self._numbering.injects]
        return np.array(rows, np.int32)

    @cached_property
    def windows(self) -> Int32:
        """int32[injects], minutes; 0 for a policy inject."""
        return self.table(
            "windows",
            (len(self._numbering.injects),),
            (
                ((row,), inject.window)
                for row, inject in enumerate(self._numbering.injects)
                if inject.window is not None
            ),
        )

    @cached_property
    def indices(self) -> list[tuple[int, ClockIndex]]:
        """The tracks that are computed from the clock."""
        return [
            (row, t.value)
            for row, t in enumerate(self._numbering.exercise.track)
            if t.value is not None
        ]
