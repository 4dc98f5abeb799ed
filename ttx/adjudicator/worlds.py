"""Possible courses of a game as a batch: where every world stands, and what it came from.

State is int32[row, world] in hundredths. Every change of a track is a rounded term of its own;
with a ledger the terms are kept, and they add up to the change exactly. A turn goes on in rooms of
its own, for live play and many runs alike: `opening`, `proposing` and `answering` for the policy
slot and then for the crisis slot, `reckoning` (docs/model.md, section 3).
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from itertools import repeat

import numpy as np
from numpy.typing import NDArray

from ttx.adjudicator import clock, dice, purses, scores
from ttx.adjudicator.arithmetic import FULL, Int32, Rows, bounded
from ttx.adjudicator.cells import column
from ttx.adjudicator.conditions import Mask, Moment
from ttx.adjudicator.ended import Kept
from ttx.adjudicator.position import Position
from ttx.adjudicator.tables import Tables
from ttx.exercise.model.conditions import Condition
from ttx.exercise.model.injects import SlotName
from ttx.exercise.parameters import parameter, placed, within


class Worlds:
    """A batch of n worlds of one exercise and seed. A world that has ended stands still.

    Its arrays change where they stand: who keeps one beyond a step copies it.
    """

    def __init__(
        self,
        tables: Tables,
        seed: int,
        worlds: NDArray[np.uint64],
        *,
        keep: bool = False,
        settings: Mapping[str, Int32] | None = None,
        position: Position | None = None,
    ) -> None:
        """All worlds at the start, or at the position.

        `keep` keeps the terms of every change in `ledger`. `settings` are numbers of the exercise
        by parameter id, int32[n] in the engine's units, one for each world: it goes as with the
        exercise that has them. ValueError in a sentence where one cannot be so.
        """
        n = len(worlds)
        if settings:
            tables = differing(tables, settings, n)
        self.tables, self.n = tables, n
        self.dice = dice.Dice(seed, worlds)
        self.ledger: list[Kept] | None = [] if keep else None
        self.fired = np.zeros((len(tables.injects), n), np.int32)
        self.last = np.zeros((len(tables.injects), n), np.int32)
        """The turn in which each inject last came up; 0 before that."""
        self.pending: dict[int, Int32] = {}
        self._levels_held: dict[int, list[int | Rows]] = {}
        self._alike: dict[int, Int32] = {}
        self.posture = np.zeros(n, np.int32)
        self.ended = np.zeros(n, bool)
        self.aims = purses.drawn(tables, self.dice)
        """int32[adversaries, n]: the row of each adversary's aim; -1 where it has none."""
        if position is None:
            self._begin()
        else:
            self._stand_at(position)

    @classmethod
    def at(
        cls,
        tables: Tables,
        position: Position,
        seed: int,
        worlds: NDArray[np.uint64],
        *,
        keep: bool = False,
    ) -> Worlds:
        """A batch in which every world stands at the position."""
        return cls(tables, seed, worlds, keep=keep, position=position)

    def _begin(self) -> None:
        tables, n = self.tables, self.n
        self.turn = 0
        self.levels = _spread(tables.level_start, n)
        self.promised = _spread(tables.promised_start, n)
        self.tracks = _spread(tables.start, n)
        clock.index(tables, self.tracks, self.levels)
        starts = [part.start for part in tables.exercise.budget]
        self.budgets = _spread(column(starts), n)
        self.spent = np.zeros(n, np.int32)
        self.shots = [self.shot()]
        self.past_levels = [self.levels.copy()]
        self.provocation = np.zeros((len(tables.exercise.adversary), n), np.int32)
        """Quarters of a point by which the answers of this turn push each adversary."""
        self.purse = _spread(purses.starts(tables), n)
        """Chips of each adversary; 0 where it has no purse."""
        self.past_responses: list[Int32] = []
        """What the adversaries answered in each turn that was reckoned, int32[adversaries, n]."""

    def _stand_at(self, position: Position) -> None:
        def spread(values: tuple[int, ...]) -> Int32:
            return np.repeat(np.array(values, np.int32).reshape(-1, 1), self.n, axis=1)

        self.turn = position.turn
        self.tracks, self.levels = spread(position.tracks), spread(position.levels)
        self.promised, self.budgets = spread(position.promised), spread(position.budgets)
        self.spent = np.full(self.n, position.spent, np.int32)
        self.fired[: len(position.fired)] = spread(position.fired)  # others were added since
        self.last[: len(position.last)] = spread(position.last)
        for turn, change in position.due:
            self.due(turn)[self.tables.track[change.track]] += change.by
        self.shots = [spread(shot) for shot in position.shots]
        self.past_levels = [spread(levels) for levels in position.past_levels]
        self.provocation = spread(position.provocation)
        self.purse = spread(position.purse or (0,) * len(self.tables.exercise.adversary))
        self.past_responses = [spread(responses) for responses in position.past_responses]
        if position.posture < 0:
            self.posture = self.read_posture()
        else:
            self.posture = np.full(self.n, position.posture, np.int32)

    def values(self) -> scores.Values:
        """Tracks and derived values now, good until anything moves."""
        return scores.Values(self.tables, self.tracks, self.levels, self.promised, self.spent)

    def score_inputs(self) -> dict[str, Int32]:
        """The inputs of all derived values now."""
        return scores.score_inputs(self.tables, self.tracks, self.levels, self.promised, self.spent)

    def shot(self) -> Int32:
        """Tracks now, and below them the derived values that links come from, int32[sources, n]."""
        values = self.values()
        return np.vstack([self.tracks, *[values.of(name) for name in self.tables.sources]])

    def book(self, cause: str, by: Int32, row: int | None = None) -> None:
        """Keep a term that was added: to one track row, or int32[tracks, n] to all of them."""
        if self.ledger is not None:
            self.ledger.append(Kept(cause, row, by))

    def add(self, cause: str, rows: Rows, terms: Int32) -> None:
        """Add terms, int32[those rows, n], each to its track; no row is named twice."""
        self.tracks[rows] += terms
        if self.ledger is not None:
            self.ledger += map(Kept, repeat(cause), rows.tolist(), terms)

    def due(self, turn: int) -> Int32:
        """What lands when a turn opens, int32[tracks, n], to be added to."""
        if turn not in self.pending:
            self.pending[turn] = np.zeros_like(self.tracks)
        return self.pending[turn]

    def promise(self, lever: int, level: int, up: Mask) -> None:
        """Raise what a lever promises, where it goes up to a level: at once, and never down."""
        for row, fading in enumerate(self.tables.fading):
            if self.tables.lever[fading.lever] == lever:
                raised = np.maximum(self.promised[row], fading.values[level])
                self.promised[row] = np.where(up, raised, self.promised[row])

    def clamp(self) -> None:
        """Keep tracks in 0 to 100; a clamp that bites is a term of its own, named limit."""
        tracks = self.tracks
        bites = tracks.view(np.uint32).max(axis=1, initial=0) > FULL  # what is below 0 is large too
        if not np.count_nonzero(bites):
            return
        for row in np.flatnonzero(bites).tolist():
            before = tracks[row].copy()
            self.book("limit", bounded(tracks[row]) - before, row)

    def moment(self) -> Moment:
        """What conditions ask about now."""
        return Moment(
            self.tables, self.values(), self.levels, self.fired, self.aims, self.past_responses
        )

    def holds(self, condition: Condition | None) -> Mask:
        """Where a condition holds now, bool[n]."""
        return self.moment().holds(condition)

    def read_posture(self) -> Int32:
        """How the alliance is set up, int32[n]: the row of the first posture that holds.

        Of a world that has ended it is what it was.
        """
        rows, moment = np.full(self.n, -1, np.int32), self.moment()
        rest = 0
        for row, part in enumerate(self.tables.exercise.posture):
            if part.when is None:
                rest = row
            else:
                rows[(rows < 0) & moment.holds(part.when)] = row
        rows[rows < 0] = rest
        return np.where(self.ended, self.posture, rows)

    def hour(self, slot: SlotName) -> Int32:
        """The local hour of onset, int32[n]; ten for the policy slot."""
        if slot == "policy":
            return np.full(self.n, 10, np.int32)
        return self.dice.below(self.turn, dice.HOUR, 24).astype(np.int32)

    def back(self, turns: int) -> Int32:
        """The sources of links so many reckonings ago, the first ones where there were fewer."""
        return self.shots[max(0, len(self.shots) - 1 - turns)]

    def held(self, turn: int) -> list[int | Rows]:
        """The levels held in a turn that is reckoned, by lever: one that all worlds share, or rows.

        Most levers stand alike in all worlds of a batch, and there is nothing to gather then.
        """
        held = self._levels_held.get(turn)
        if held is None:
            levels = self.past_levels[turn]
            low, high = levels.min(axis=1, initial=9), levels.max(axis=1, initial=-1)
            held = self._levels_held[turn] = [
                least if least == most else row.astype(np.intp)
                for row, least, most in zip(levels, low.tolist(), high.tolist(), strict=True)
            ]
        return held

    def at_level(self, values: Int32, level: int | Rows) -> Int32:
        """What stands at a level, int32[n]; not to be written to."""
        if not isinstance(level, int):
            return values.take(level)
        value = int(values[level])
        if value not in self._alike:
            self._alike[value] = np.full(self.n, value, np.int32)
        return self._alike[value]

    @cached_property
    def origins(self) -> Int32:
        """What sources of links are held against: tracks their rest, derived values their start."""
        tables = self.tables
        rest = np.broadcast_to(tables.rest, self.tracks.shape)
        return np.vstack([rest, self.shots[0][len(tables.track) :]])

    def scores(self) -> Int32:
        """The profile now, int32[scores, n] in hundredths."""
        values = self.values()
        return np.stack([values.of(part.of) for part in self.tables.exercise.score])


def differing(tables: Tables, settings: Mapping[str, Int32], n: int) -> Tables:
    """The tables of an exercise some of whose numbers differ from world to world.

    Raises:
        ValueError: A number is none of the exercise's, out of bounds, or not int32[n].
    """
    for name, row in settings.items():
        number = parameter(tables.exercise, name)
        if row.shape != (n,) or row.dtype != np.int32:
            raise ValueError(
                f"{name} needs int32[{n}], one for each world, not {row.dtype}{list(row.shape)}"
            )
        if n:
            within(number, int(row.min()), int(row.max()))
    return Tables(placed(tables.exercise, settings))


def _spread(column: Int32, n: int) -> Int32:
    """A column that is the same in n worlds, or already has one value for each, int32[rows, n]."""
    return np.repeat(column, n, axis=1) if column.shape[1] == 1 else column.copy()
