"""An exercise made ready for arithmetic: ids become row numbers, rules become int32 tables."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache

import numpy as np
from numpy.typing import NDArray

from ttx.exercise.model.conditions import ResponseName
from ttx.exercise.model.exercise import Exercise
from ttx.exercise.model.injects import Inject, Option
from ttx.exercise.model.levers import Lever
from ttx.exercise.model.scores import Blend, ByLevel, Fading, Sum
from ttx.exercise.model.tracks import ClockIndex, Effect

Int32 = NDArray[np.int32]
FULL = 10000
"""100.00 points in hundredths."""
Number = int | Int32
"""A number of the exercise: one for all worlds, or int32[n] where a batch has one for each."""
Cell = tuple[tuple[int, ...], Int32]
"""Where in a table a number stands that differs by world, and what it is there, int32[n]."""
TIMINGS = ("on_time", "late", "far_too_late")
RESPONSES: tuple[ResponseName, ...] = ("restraint", "probe", "escalate")
Rows = NDArray[np.intp]
"""Row numbers, to gather by."""


def bounded(values: Int32) -> Int32:
    """Values kept in 0 to 100 points, where they stand."""
    np.maximum(values, 0, out=values)
    return np.minimum(values, FULL, out=values)


@dataclass(frozen=True)
class Links:
    """The influences of one kind and delay: rows for source and target, weights, conditions."""

    ids: tuple[str, ...]
    source: Rows
    """Rows of a snapshot: tracks, then the derived values that influences read."""
    target: tuple[int, ...]
    weight: Int32
    """Strength per 256; for level links times the rate of the target in sixteenths."""
    while_: tuple[tuple[int, int] | None, ...]
    """Lever row and level that must be in force."""


@dataclass(frozen=True)
class LeverRows:
    """The effects of all levers with one delay."""

    delay: int
    causes: tuple[str, ...]
    lever: tuple[int, ...]
    track: tuple[int, ...]
    values: Int32
    """int32[rows, 4] in hundredths by level; a target effect is taken at the rate of its track."""
    cells: list[Cell]
    """What has to be added to the values, where it differs by world."""


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
        self._cells: dict[str, list[Cell]] = {}
        self.upkeep = self._table(
            "upkeep",
            (len(ex.lever), 4),
            [
                ((row, at), level.upkeep)
                for row, lever in enumerate(ex.lever)
                for at, level in enumerate(lever.levels)
            ],
        )

    @staticmethod
    def column(values: Sequence[Number]) -> Int32:
        """int32[rows, 1], to be set beside worlds; int32[rows, n] where one differs by world."""
        if any(isinstance(value, np.ndarray) for value in values):
            return np.stack(np.broadcast_arrays(*values)).astype(np.int32)
        return np.array(values, np.int32).reshape(-1, 1)

    def _table(
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

    @staticmethod
    def level(lever: Lever, name: str) -> int:
        """The number of a level, from 0."""
        return next(row for row, level in enumerate(lever.levels) if level.id == name)

    @cached_property
    def level_rows(self) -> dict[str, dict[str, int]]:
        """The number of each level, by lever and level."""
        return {
            lever.id: {level.id: row for row, level in enumerate(lever.levels)}
            for lever in self.exercise.lever
        }

    # --- derived values ---

    @cached_property
    def fading(self) -> list[Fading]:
        """The promises, in order; each is a row of the state."""
        return [part for part in self.exercise.derived if isinstance(part, Fading)]

    @cached_property
    def promise(self) -> dict[str, int]:
        """Row of each promise."""
        return {part.id: row for row, part in enumerate(self.fading)}

    @cached_property
    def derived(self) -> dict[str, object]:
        """Derived values by id, in the order of the file."""
        return {part.id: part for part in self.exercise.derived}

    @cached_property
    def score_inputs(self) -> list[str]:
        """What score terms are booked to: tracks, inner derived values, then spent."""
        inner = [p.id for p in self.exercise.derived if not isinstance(p, Sum | Blend)]
        return [*self.track, *inner, "spent"]

    @cached_property
    def by_level(self) -> dict[str, Int32]:
        """Values of derived values by lever level, int32[4]."""
        return {
            part.id: self._table(
                f"by_level {part.id}", (4,), (((at,), by) for at, by in enumerate(part.values))
            )
            for part in self.exercise.derived
            if isinstance(part, ByLevel | Fading)
        }

    def by_level_now(self, name: str, level: Int32) -> Int32:
        """The value that a derived value has at the level of its lever, both int32[n]."""
        now = self.by_level[name].take(level)
        for (at,), by in self._cells[f"by_level {name}"]:
            now += by * (level == at)
        return now

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
            inputs = {leaf for term in part.terms for leaf in self.inputs_of(term.of)}
        elif isinstance(part, Blend):
            inputs = {
                leaf for part_of in (*part.parts, part.motive) for leaf in self.inputs_of(part_of)
            }
        else:
            inputs = {name}
        return [leaf for leaf in self.score_inputs if leaf in inputs]

    # --- influences, levers, calendar ---

    def links(self, kind: str) -> dict[int, Links]:
        """The influences of a kind, by delay in turns."""
        return self._links[kind]

    @cached_property
    def _links(self) -> dict[str, dict[int, Links]]:
        links: dict[str, dict[int, Links]] = {"level": {}, "change": {}}
        names = [*self.track, *self.sources]
        for kind, by_delay in links.items():
            for delay in sorted({i.delay for i in self.exercise.influence if i.kind == kind}):
                rows = [i for i in self.exercise.influence if i.kind == kind and i.delay == delay]
                target = [self.track[i.to] for i in rows]
                rates = [int(self.rate[t, 0]) if kind == "level" else 1 for t in target]
                by_delay[delay] = Links(
                    ids=tuple(f"link:{i.id}" for i in rows),
                    source=np.array([names.index(i.from_) for i in rows], np.intp),
                    target=tuple(target),
                    weight=self.column(
                        [i.strength * rate for i, rate in zip(rows, rates, strict=True)]
                    ),
                    while_=tuple(
                        (self.lever[i.while_.lever], self.level_of(i.while_.lever, i.while_.level))
                        if i.while_
                        else None
                        for i in rows
                    ),
                )
        return links

    def level_of(self, lever: str, level: str) -> int:
        """The number of a level of a lever, from 0."""
        return self.level(self.exercise.levers[lever], level)

    @cached_property
    def sources(self) -> list[str]:
        """Derived values that influences read; they are kept in every snapshot after the tracks."""
        named = {i.from_ for i in self.exercise.influence} - set(self.track)
        return [name for name in self.derived if name in named]

    @cached_property
    def lever_rows(self) -> list[LeverRows]:
        """Lever effects grouped by delay."""
        groups: dict[int, list[tuple[int, int, list[Number]]]] = {}
        for row, lever in enumerate(self.exercise.lever):
            for effect in lever.effects:
                track = self.track[effect.track]
                rate = 16 if effect.kind == "flow" else int(self.rate[track, 0])
                values: list[Number] = [by * rate >> 4 for by in effect.values]
                groups.setdefault(effect.delay, []).append((row, track, values))
        return [
            LeverRows(
                delay=delay,
                causes=tuple(f"lever:{self.exercise.lever[row].id}" for row, *_ in rows),
                lever=tuple(row for row, *_ in rows),
                track=tuple(track for _, track, _ in rows),
                values=self._table(
                    f"lever_rows {delay}",
                    (len(rows), 4),
                    (
                        ((row, at), by)
                        for row, (*_, values) in enumerate(rows)
                        for at, by in enumerate(values)
                    ),
                ),
                cells=self._cells[f"lever_rows {delay}"],
            )
            for delay, rows in sorted(groups.items())
        ]

    @cached_property
    def perceived(self) -> list[str]:
        """The derived value that each adversary takes for deterrence."""
        of = {score.id: score.of for score in self.exercise.score}
        return [of[adversary.score] for adversary in self.exercise.adversary]

    @cached_property
    def calendar(self) -> dict[int, list[tuple[str, dict[int, Number]]]]:
        """By turn: cause of each calendar row that falls due, and what it does by track row."""
        due: dict[int, list[tuple[str, dict[int, Number]]]] = {}
        for row in self.exercise.calendar:
            for entry in row.entries:
                does: dict[int, Number] = {}
                for effect in entry.effects:
                    track = self.track[effect.track]
                    does[track] = does.get(track, 0) + effect.by
                for turn in entry.turns:
                    due.setdefault(turn, []).append((f"calendar:{row.id}", does))
        return due

    # --- injects ---

    def _effects(self, name: str, choices: Sequence[Iterable[Effect]]) -> tuple[Effects, ...]:
        """By delay, what each of the choices does; a delay without effects is left out."""
        delays = max((effect.delay for effects in choices for effect in effects), default=0)
        dense = self._table(
            name,
            (delays + 1, len(self.track), len(choices)),
            (
                ((effect.delay, self.track[effect.track], pick), effect.by)
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

    @cached_property
    def answers(self) -> dict[str, tuple[tuple[Effects, ...], ...]]:
        """By slot, what answers to its injects do: benefits and costs (choices are options).

        And what an answer too late does at once (choices are injects).
        """
        by_slot: dict[str, tuple[tuple[Effects, ...], ...]] = {}
        for slot in ("policy", "crisis"):
            options = [
                option if self.injects[row].slot == slot else None for row, option in self.options
            ]
            injects = [inject if inject.slot == slot else None for inject in self.injects]
            late = self._effects(
                f"late {slot}", [inject.late if inject else [] for inject in injects]
            )
            by_slot[slot] = (
                self._effects(
                    f"benefits {slot}", [option.benefits if option else [] for option in options]
                ),
                self._effects(
                    f"costs {slot}", [option.costs if option else [] for option in options]
                ),
                tuple(effects for effects in late if not effects.delay),
            )
        return by_slot

    @cached_property
    def responses(self) -> list[tuple[Effects, ...]]:
        """What each adversary's answers do at once.

        The choices are restraint, probe and escalation without an aim, then the same under each
        of its aims: response + 3 × (1 + row of the aim).
        """
        return [
            self._effects(
                f"responses {row}",
                [part.responses.get(way, []) for way in RESPONSES]
                + [
                    aim.responses.get(way, part.responses.get(way, []))
                    for aim in part.aim
                    for way in RESPONSES
                ],
            )
            for row, part in enumerate(self.exercise.adversary)
        ]

    @cached_property
    def gates(self) -> list[tuple[int, int]]:
        """The options that are not always open: row of the inject, row among all options."""
        return [
            (row, at) for at, (row, option) in enumerate(self.options) if option.needs is not None
        ]

    @cached_property
    def gate_of(self) -> Rows:
        """intp[options]: 1 + the row among the gates; 0 where an option is always open."""
        rows = np.zeros(len(self.options), np.intp)
        rows[[at for _, at in self.gates]] = np.arange(1, len(self.gates) + 1)
        return rows

    @cached_property
    def given(self) -> list[tuple[int, int, int]]:
        """Option row, budget row and whole units, for every budget that an option touches."""
        return [
            (row, self.budget[name], by)
            for row, (_, option) in enumerate(self.options)
            for name, by in option.budgets.items()
        ]

    @cached_property
    def set_by(self) -> list[tuple[int, int, int]]:
        """Option row, lever row and level, for every lever that an option sets."""
        return [
            (row, self.lever[name], self.level_of(name, level))
            for row, (_, option) in enumerate(self.options)
            for name, level in option.sets.items()
        ]

    @cached_property
    def adversary(self) -> dict[str, int]:
        """Row of each adversary."""
        return {part.id: row for row, part in enumerate(self.exercise.adversary)}

    @cached_property
    def provocation(self) -> Int32:
        """int32[options, adversaries], in points of provocation."""
        return self._by_adversary("provocation", [option.provocation for _, option in self.options])

    @cached_property
    def denies(self) -> Int32:
        """int32[options, adversaries]: points that an answer closes, before timing and posture."""
        return self._by_adversary("denies", [option.denies for _, option in self.options])

    @cached_property
    def opening(self) -> Int32:
        """int32[injects, adversaries]: points that a late answer opens."""
        return self._by_adversary("opening", [inject.opening for inject in self.injects])

    def _by_adversary(self, name: str, choices: Sequence[Mapping[str, Number]]) -> Int32:
        return self._table(
            name,
            (len(choices), len(self.adversary)),
            (
                ((at, self.adversary[adversary]), points)
                for at, choice in enumerate(choices)
                for adversary, points in choice.items()
                if adversary in self.adversary
            ),
        )

    @cached_property
    def quarters(self) -> Int32:
        """int32[options, postures]: how far an option carries, 4 in full."""
        leans = {lean.id: lean.quarters for lean in self.exercise.lean}
        return self._table(
            "quarters",
            (len(self.options), len(self.exercise.posture)),
            (
                ((at, posture), quarters)
                for at, (_, option) in enumerate(self.options)
                for posture, quarters in enumerate(option.quarters or leans[option.lean])
            ),
        )

    def dated(self, inject: Inject, turn: int) -> bool:
        """Whether an inject names a day that lies in a turn."""
        turns = self.exercise.turns
        day = inject.day
        return day is not None and turns.first_day(turn) <= day < turns.first_day(turn + 1)

    @cached_property
    def windows(self) -> Int32:
        """int32[injects], minutes; 0 for a policy inject."""
        return self._table(
            "windows",
            (len(self.injects),),
            (
                ((row,), inject.window)
                for row, inject in enumerate(self.injects)
                if inject.window is not None
            ),
        )

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
    def legs(self) -> tuple[Leg, ...]:
        """The chain, with the stages that run side by side in one leg."""
        beside = {s.id: s.beside for s in self.exercise.clock.stages if s.beside}
        legs: dict[str, list[int]] = {}
        for row, name in enumerate(self.stages):
            legs.setdefault(beside.get(name, name), []).append(row)
        return tuple(Leg(tuple(rows)) for rows in legs.values())

    @cached_property
    def stage_rows(self) -> list[int]:
        """Rows of the stages without the wait."""
        return [self.stages.index(stage.id) for stage in self.exercise.clock.stages]

    @cached_property
    def jitter(self) -> tuple[Int32, Int32]:
        """The least factor of each stage without the wait, and how far luck goes beyond it."""
        wide = [stage.jitter == "wide" for stage in self.exercise.clock.stages]
        return self.column([128 if w else 208 for w in wide]), self.column(
            [320 if w else 96 for w in wide]
        )

    @cached_property
    def pulls(self) -> list[Pulls]:
        """The weights of each stage that has some."""
        pulls = []
        for row, stage in zip(self.stage_rows, self.exercise.clock.stages, strict=True):
            tracks = np.array([self.track[term.of] for term in stage.weights], np.intp)
            weights = self.column([term.weight for term in stage.weights])
            if len(tracks):
                pulls.append(Pulls(row, tracks, self.anchor[tracks], weights))
        return pulls

    @cached_property
    def profiles(self) -> dict[str, int]:
        """Row of each clock profile."""
        return {name: row for row, name in enumerate(self.exercise.clock.profiles)}

    @cached_property
    def minutes(self) -> Int32:
        """int32[profiles, stages]: base minutes; the column of the wait holds its sixteenths."""
        wait = self.exercise.clock.wait
        return self._table(
            "minutes",
            (len(self.profiles), len(self.stages)),
            (
                (
                    (row, at),
                    profile.wait if wait and name == wait.id else profile.minutes.get(name, 0),
                )
                for row, profile in enumerate(self.exercise.clock.profiles.values())
                for at, name in enumerate(self.stages)
            ),
        )

    @cached_property
    def deputy(self) -> Int32:
        """int32[4]: quarters of the wait that are left at each level of the deputy's lever."""
        wait = self.exercise.clock.wait
        quarters = (wait.quarters + [4] * 4)[:4] if wait else []
        return self._table("deputy", (4,), (((at,), left) for at, left in enumerate(quarters)))

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
def log2_table() -> Int32:
    """round-half-even(65536 × log2 y) for y = 1 … 10000; -1048576 for 0."""
    from decimal import ROUND_HALF_EVEN, Decimal, localcontext

    with localcontext() as context:
        context.prec = 30
        unit = 65536 / Decimal(2).ln()
        rows = [
            int((Decimal(y).ln() * unit).to_integral_value(ROUND_HALF_EVEN))
            for y in range(1, FULL + 1)
        ]
    return np.array([-1048576, *rows], np.int32)
