"""An exercise made ready for arithmetic: ids become row numbers, rules become int32 tables."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from ttx.adjudicator.answer_tables import AnswerTables
from ttx.adjudicator.arithmetic import RESPONSES, Int32, Rows
from ttx.adjudicator.cells import Cell, Celled, Effects, Number, column
from ttx.adjudicator.clock_tables import ClockTables
from ttx.adjudicator.numbering import Numbering
from ttx.exercise.model.exercise import Exercise
from ttx.exercise.model.injects import Inject
from ttx.exercise.model.scores import SPENT, Blend, ByLevel, Fading, Sum


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


class Tables(Numbering, Celled):
    """The rule tables of one exercise; arrays are int32, values in hundredths unless said."""

    def __init__(self, exercise: Exercise) -> None:
        Numbering.__init__(self, exercise)
        Celled.__init__(self)
        numbering = Numbering(exercise)  # not `self`: no circle keeps tables that nobody holds
        self.clock = ClockTables(numbering)
        self.answering = AnswerTables(numbering)
        self.rest = column(
            [part.start if part.rest is None else part.rest for part in exercise.track]
        )
        self.start = column([part.start for part in exercise.track])
        self.rate = column([part.rate for part in exercise.track])
        self.level_start = column([self.level(part, part.start) for part in exercise.lever])
        self.upkeep = self.table(
            "upkeep",
            (len(exercise.lever), 4),
            [
                ((row, at), level.upkeep)
                for row, lever in enumerate(exercise.lever)
                for at, level in enumerate(lever.levels)
            ],
        )

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
        return [*self.track, *inner, SPENT]

    @cached_property
    def by_level(self) -> dict[str, Int32]:
        """Values of derived values by lever level, int32[4]."""
        return {
            part.id: self.table(
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
        return column(rows)

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
                    weight=column([i.strength * rate for i, rate in zip(rows, rates, strict=True)]),
                    while_=tuple(
                        (self.lever[i.while_.lever], self.level_of(i.while_.lever, i.while_.level))
                        if i.while_
                        else None
                        for i in rows
                    ),
                )
        return links

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
                values=self.table(
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

    @cached_property
    def responses(self) -> list[tuple[Effects, ...]]:
        """What each adversary's answers do at once.

        The choices are restraint, probe and escalation without an aim, then the same under each
        of its aims: response + 3 × (1 + row of the aim).
        """
        return [
            self.effects(
                f"responses {row}",
                [part.responses.get(way, []) for way in RESPONSES]
                + [
                    aim.responses.get(way, part.responses.get(way, []))
                    for aim in part.aim
                    for way in RESPONSES
                ],
                self.track,
            )
            for row, part in enumerate(self.exercise.adversary)
        ]

    def dated(self, inject: Inject, turn: int) -> bool:
        """Whether an inject names a day that lies in a turn."""
        turns = self.exercise.turns
        day = inject.day
        return day is not None and turns.first_day(turn) <= day < turns.first_day(turn + 1)
