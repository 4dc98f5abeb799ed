"""An exercise made ready for arithmetic: ids become row numbers, rules become int32 tables."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property, lru_cache

import numpy as np
from numpy.typing import NDArray

from ttx.exercise.model import (
    Blend,
    ByLevel,
    ClockIndex,
    Effect,
    Exercise,
    Fading,
    Inject,
    Lever,
    Option,
    Sum,
)

Int32 = NDArray[np.int32]
FULL = 10000
"""100.00 points in hundredths."""
TIMINGS = ("on_time", "late", "far_too_late")


@dataclass(frozen=True)
class Links:
    """The influences of one kind and delay: rows for source and target, weights, conditions."""

    ids: tuple[str, ...]
    source: tuple[str, ...]
    target: Int32
    weight: Int32
    """Strength per 256; for level links times the rate of the target in sixteenths."""
    while_: tuple[tuple[int, int] | None, ...]
    """Lever row and level that must be in force."""


@dataclass(frozen=True)
class LeverRows:
    """The effects of all levers with one delay."""

    delay: int
    causes: tuple[str, ...]
    lever: Int32
    track: Int32
    values: Int32
    """int32[rows, 4] in hundredths; for target effects still to be taken at the rate."""
    rate: Int32
    """Sixteenths; 16 for flows, which come in full."""


@dataclass(frozen=True)
class Leg:
    """A step of the clock: one stage, or several side by side of which the longest counts."""

    stages: tuple[int, ...]


@dataclass(eq=False)
class Tables:
    """The rule tables of one exercise; arrays are int32, values in hundredths unless said."""

    exercise: Exercise
    track: dict[str, int] = field(init=False)
    lever: dict[str, int] = field(init=False)
    budget: dict[str, int] = field(init=False)
    inject: dict[str, int] = field(init=False)
    """Row of an inject; rows go by number."""

    def __post_init__(self) -> None:
        ex = self.exercise
        self.track = {part.id: row for row, part in enumerate(ex.track)}
        self.lever = {part.id: row for row, part in enumerate(ex.lever)}
        self.budget = {part.id: row for row, part in enumerate(ex.budget)}
        self.injects: list[Inject] = sorted(ex.inject, key=lambda part: part.number)
        self.inject = {part.id: row for row, part in enumerate(self.injects)}
        self.options: list[tuple[int, Option]] = [
            (row, option) for row, part in enumerate(self.injects) for option in part.option
        ]
        self.first_option = np.cumsum([0] + [len(part.option) for part in self.injects])
        self.rest = self.column(
            [part.start if part.rest is None else part.rest for part in ex.track]
        )
        self.start = self.column([part.start for part in ex.track])
        self.anchor = self.column(
            [part.start if part.anchor is None else part.anchor for part in ex.track]
        )
        self.rate = self.column([part.rate for part in ex.track])
        self.level_start = self.column([self.level(part, part.start) for part in ex.lever])
        self.upkeep = np.zeros((len(ex.lever), 4), np.int32)
        for row, lever in enumerate(ex.lever):
            self.upkeep[row, : len(lever.levels)] = [level.upkeep for level in lever.levels]

    @staticmethod
    def column(values: list[int]) -> Int32:
        """int32[rows, 1], to be set beside worlds."""
        return np.array(values, np.int32).reshape(-1, 1)

    @staticmethod
    def level(lever: Lever, name: str) -> int:
        """The number of a level, from 0."""
        return next(row for row, level in enumerate(lever.levels) if level.id == name)

    def effects(self, effects: list[Effect]) -> Int32:
        """Effects without delay as a column, int32[tracks, 1]."""
        column = np.zeros((len(self.track), 1), np.int32)
        for effect in effects:
            column[self.track[effect.track], 0] += effect.by
        return column

    # --- derived values ---

    @cached_property
    def fading(self) -> list[Fading]:
        """The promises, in order; each is a row of the state."""
        return [part for part in self.exercise.derived if isinstance(part, Fading)]

    @cached_property
    def derived(self) -> dict[str, object]:
        """Derived values by id, in the order of the file."""
        return {part.id: part for part in self.exercise.derived}

    @cached_property
    def leaves(self) -> list[str]:
        """What score terms are booked to: tracks, inner derived values, then spent."""
        inner = [p.id for p in self.exercise.derived if not isinstance(p, Sum | Blend)]
        return [*self.track, *inner, "spent"]

    @cached_property
    def by_level(self) -> dict[str, Int32]:
        """Values of derived values by lever level, int32[4]."""
        tables = {}
        for part in self.exercise.derived:
            if isinstance(part, ByLevel | Fading):
                tables[part.id] = np.array((part.values + [0] * 4)[:4], np.int32)
        return tables

    @cached_property
    def promised_start(self) -> Int32:
        """Start values of the promises, int32[promises, 1]."""
        rows = [
            part.values[int(self.level_start[self.lever[part.lever], 0])] for part in self.fading
        ]
        return self.column(rows)

    def inputs_of(self, name: str) -> list[str]:
        """The leaves that a derived value is made of, in the order of booking."""
        part = self.derived.get(name)
        if isinstance(part, Sum):
            found = {leaf for term in part.terms for leaf in self.inputs_of(term.of)}
        elif isinstance(part, Blend):
            found = {leaf for one in (*part.parts, part.motive) for leaf in self.inputs_of(one)}
        else:
            found = {name}
        return [leaf for leaf in self.leaves if leaf in found]

    # --- influences, levers, calendar ---

    def links(self, kind: str) -> dict[int, Links]:
        """The influences of a kind, by delay in turns."""
        return self._links[kind]

    @cached_property
    def _links(self) -> dict[str, dict[int, Links]]:
        found: dict[str, dict[int, Links]] = {"level": {}, "change": {}}
        for kind, by_delay in found.items():
            for delay in sorted({i.delay for i in self.exercise.influence if i.kind == kind}):
                rows = [i for i in self.exercise.influence if i.kind == kind and i.delay == delay]
                target = [self.track[i.to] for i in rows]
                rates = [int(self.rate[t, 0]) if kind == "level" else 1 for t in target]
                by_delay[delay] = Links(
                    ids=tuple(f"link:{i.id}" for i in rows),
                    source=tuple(i.from_ for i in rows),
                    target=np.array(target, np.int32),
                    weight=self.column(
                        [i.strength * rate for i, rate in zip(rows, rates, strict=True)]
                    ),
                    while_=tuple(
                        (self.lever[i.while_.lever], self._level_of(i.while_.lever, i.while_.level))
                        if i.while_
                        else None
                        for i in rows
                    ),
                )
        return found

    def _level_of(self, lever: str, level: str) -> int:
        return self.level(self.exercise.levers[lever], level)

    @cached_property
    def sources(self) -> list[str]:
        """Derived values that influences read; they are kept in every snapshot after the tracks."""
        named = {i.from_ for i in self.exercise.influence} - set(self.track)
        return [name for name in self.derived if name in named]

    @cached_property
    def lever_rows(self) -> list[LeverRows]:
        """Lever effects grouped by delay."""
        groups: dict[int, list[tuple[int, int, list[int], int]]] = {}
        for row, lever in enumerate(self.exercise.lever):
            for effect in lever.effects:
                track = self.track[effect.track]
                rate = 16 if effect.kind == "flow" else int(self.rate[track, 0])
                values = (effect.values + [0] * 4)[:4]
                groups.setdefault(effect.delay, []).append((row, track, values, rate))
        return [
            LeverRows(
                delay=delay,
                causes=tuple(f"lever:{self.exercise.lever[row].id}" for row, *_ in rows),
                lever=np.array([row for row, *_ in rows], np.int32),
                track=np.array([track for _, track, *_ in rows], np.int32),
                values=np.array([values for _, _, values, _ in rows], np.int32),
                rate=self.column([rate for *_, rate in rows]),
            )
            for delay, rows in sorted(groups.items())
        ]

    @cached_property
    def calendar(self) -> dict[int, list[tuple[str, Int32]]]:
        """By turn: cause and int32[tracks, 1] of each calendar row that falls due."""
        due: dict[int, list[tuple[str, Int32]]] = {}
        for row in self.exercise.calendar:
            for entry in row.entries:
                for turn in entry.turns:
                    due.setdefault(turn, []).append(
                        (f"calendar:{row.id}", self.effects(entry.effects))
                    )
        return due

    # --- injects ---

    @cached_property
    def reach(self) -> int:
        """The longest delay of an option's effect, in turns."""
        delays = [e.delay for _, o in self.options for e in (*o.benefits, *o.costs)]
        return max(delays, default=0)

    def _dense(self, rows: list[list[Effect]]) -> Int32:
        table = np.zeros((self.reach + 1, len(self.track), len(rows)), np.int32)
        for row, effects in enumerate(rows):
            for effect in effects:
                table[effect.delay, self.track[effect.track], row] += effect.by
        return table

    @cached_property
    def benefits(self) -> Int32:
        """int32[delay, tracks, options]."""
        return self._dense([option.benefits for _, option in self.options])

    @cached_property
    def costs(self) -> Int32:
        """int32[delay, tracks, options]."""
        return self._dense([option.costs for _, option in self.options])

    @cached_property
    def lateness(self) -> Int32:
        """int32[tracks, injects]: the late row of each inject."""
        return np.ascontiguousarray(self._dense([inject.late for inject in self.injects])[0])

    @cached_property
    def provocation(self) -> Int32:
        """int32[options, adversaries], in points of provocation."""
        ids = [part.id for part in self.exercise.adversary]
        rows = [[option.provocation.get(name, 0) for name in ids] for _, option in self.options]
        return np.array(rows, np.int32).reshape(len(self.options), len(ids))

    @cached_property
    def quarters(self) -> Int32:
        """int32[options, postures]: how far an option carries, 4 in full."""
        leans = {lean.id: lean.quarters for lean in self.exercise.lean}
        return np.array([o.quarters or leans[o.lean] for _, o in self.options], np.int32)

    @cached_property
    def windows(self) -> Int32:
        """int32[injects], minutes; 0 for a policy inject."""
        return np.array([inject.window or 0 for inject in self.injects], np.int32)

    # --- the clock ---

    @cached_property
    def stages(self) -> list[str]:
        """Ids of all stages in order, the wait among them."""
        order: list[str] = []
        wait = self.exercise.clock.wait
        for stage in self.exercise.clock.stages:
            order.append(stage.id)
            if wait and wait.after == stage.id:
                order.append(wait.id)
        return order

    @cached_property
    def legs(self) -> list[Leg]:
        """The chain, with the stages that run side by side in one leg."""
        beside = {s.id: s.beside for s in self.exercise.clock.stages if s.beside}
        legs: dict[str, list[int]] = {}
        for row, name in enumerate(self.stages):
            legs.setdefault(beside.get(name, name), []).append(row)
        return [Leg(tuple(rows)) for rows in legs.values()]

    @cached_property
    def profiles(self) -> dict[str, int]:
        """Row of each clock profile."""
        return {name: row for row, name in enumerate(self.exercise.clock.profiles)}

    @cached_property
    def minutes(self) -> Int32:
        """int32[profiles, stages]: base minutes; the column of the wait holds its sixteenths."""
        wait = self.exercise.clock.wait
        rows = [
            [
                profile.wait if wait and name == wait.id else profile.minutes.get(name, 0)
                for name in self.stages
            ]
            for profile in self.exercise.clock.profiles.values()
        ]
        return np.array(rows, np.int32).reshape(len(rows), len(self.stages))

    @cached_property
    def profile_of(self) -> Int32:
        """int32[injects]: the clock profile of each inject; 0 for a policy inject."""
        rows = [self.profiles[i.profile] if i.profile else 0 for i in self.injects]
        return np.array(rows, np.int32)

    @cached_property
    def indices(self) -> list[tuple[int, ClockIndex]]:
        """The tracks that are computed from the clock."""
        return [(row, t.value) for row, t in enumerate(self.exercise.track) if t.value is not None]


@lru_cache(maxsize=1)
def logistic() -> NDArray[np.int64]:
    """floor(2^32 / (1 + exp(-(i - 512) / 64))) for i = 0 … 1023; 64 steps are one logit."""
    from decimal import Decimal, localcontext  # a tenth of a second that only a reckoning needs

    with localcontext() as context:
        context.prec = 50
        rows = [int(2**32 / (1 + (Decimal(512 - i) / 64).exp())) for i in range(1024)]
    return np.array(rows, np.int64)


@lru_cache(maxsize=1)
def log2_table() -> NDArray[np.int64]:
    """round-half-even(65536 × log2 y) for y = 1 … 10000; -1048576 for 0."""
    from decimal import ROUND_HALF_EVEN, Decimal, localcontext

    with localcontext() as context:
        context.prec = 30
        unit = 65536 / Decimal(2).ln()
        rows = [
            int((Decimal(y).ln() * unit).to_integral_value(ROUND_HALF_EVEN))
            for y in range(1, FULL + 1)
        ]
    return np.array([-1048576, *rows], np.int64)
