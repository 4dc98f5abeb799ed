"""The answers of an exercise as tables: what each option does, to whom, and how far it carries."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property

import numpy as np

from ttx.adjudicator.arithmetic import Int32, Rows
from ttx.adjudicator.cells import Celled, Effects, Number
from ttx.adjudicator.numbering import Numbering


class AnswerTables(Celled):
    """The tables of one exercise's answers, worked out as they are asked for."""

    def __init__(self, numbering: Numbering) -> None:
        super().__init__()
        self._numbering = numbering

    @cached_property
    def effects_of(self) -> dict[str, tuple[tuple[Effects, ...], ...]]:
        """By slot, what answers to its injects do: benefits and costs (choices are options).

        And what an answer too late does at once (choices are injects).
        """
        track = self._numbering.track
        by_slot: dict[str, tuple[tuple[Effects, ...], ...]] = {}
        for slot in ("policy", "crisis"):
            options = [
                option if self._numbering.injects[row].slot == slot else None
                for row, option in self._numbering.options
            ]
            injects = [
                inject if inject.slot == slot else None for inject in self._numbering.injects
            ]
            late = self.effects(
                f"late {slot}", [inject.late if inject else [] for inject in injects], track
            )
            by_slot[slot] = (
                self.effects(
                    f"benefits {slot}",
                    [option.benefits if option else [] for option in options],
                    track,
                ),
                self.effects(
                    f"costs {slot}", [option.costs if option else [] for option in options], track
                ),
                tuple(effects for effects in late if not effects.delay),
            )
        return by_slot

    @cached_property
    def gates(self) -> list[tuple[int, int]]:
        """The options that are not always open: row of the inject, row among all options."""
        return [
            (row, at)
            for at, (row, option) in enumerate(self._numbering.options)
            if option.needs is not None
        ]

    @cached_property
    def gate_of(self) -> Rows:
        """intp[options]: 1 + the row among the gates; 0 where an option is always open."""
        rows = np.zeros(len(self._numbering.options), np.intp)
        rows[[at for _, at in self.gates]] = np.arange(1, len(self.gates) + 1)
        return rows

    @cached_property
    def given(self) -> list[tuple[int, int, int]]:
        """Option row, budget row and whole units, for every budget that an option touches."""
        return [
            (row, self._numbering.budget[name], by)
            for row, (_, option) in enumerate(self._numbering.options)
            for name, by in option.budgets.items()
        ]

    @cached_property
    def set_by(self) -> list[tuple[int, int, int]]:
        """Option row, lever row and level, for every lever that an option sets."""
        return [
            (row, self._numbering.lever[name], self._numbering.level_of(name, level))
            for row, (_, option) in enumerate(self._numbering.options)
            for name, level in option.sets.items()
        ]

    @cached_property
    def provocation(self) -> Int32:
        """int32[options, adversaries], in points of provocation."""
        return self._by_adversary(
            "provocation", [option.provocation for _, option in self._numbering.options]
        )

    @cached_property
    def denies(self) -> Int32:
        """int32[options, adversaries]: points that an answer closes, before timing and posture."""
        return self._by_adversary(
            "denies", [option.denies for _, option in self._numbering.options]
        )

    @cached_property
    def opening(self) -> Int32:
        """int32[injects, adversaries]: points that a late answer opens."""
        return self._by_adversary("opening", [inject.opening for inject in self._numbering.injects])

    def _by_adversary(self, name: str, choices: Sequence[Mapping[str, Number]]) -> Int32:
        return self.table(
            name,
            (len(choices), len(self._numbering.adversary)),
            (
                ((at, self._numbering.adversary[adversary]), points)
                for at, choice in enumerate(choices)
                for adversary, points in choice.items()
                if adversary in self._numbering.adversary
            ),
        )

    @cached_property
    def quarters(self) -> Int32:
        """int32[options, postures]: how far an option carries, 4 in full."""
        leans = {lean.id: lean.quarters for lean in self._numbering.exercise.lean}
        return self.table(
            "quarters",
            (len(self._numbering.options), len(self._numbering.exercise.posture)),
            (
                ((at, posture), quarters)
                for at, (_, option) in enumerate(self._numbering.options)
                for posture, quarters in enumerate(option.quarters or leans[option.lean])
            ),
        )
