"""Possible courses of a game, step by step: one implementation for live play and many runs.

State is int32[row, world] in hundredths. Every change of a track is a rounded term of its own;
with a ledger the terms are kept, and they add up to the change exactly. Order of a turn: open,
moves, policy slot, crisis slot, reckon (docs/model.md, section 3).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import repeat
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from ttx.adjudicator import clock, dice, purses, scores
from ttx.adjudicator.conditions import Mask, Moment
from ttx.adjudicator.ended import Kept, still
from ttx.adjudicator.position import Position
from ttx.adjudicator.tables import (
    FULL,
    RESPONSES,
    Int32,
    Links,
    Rows,
    Tables,
    bounded,
    logistic,
)
from ttx.exercise.model.conditions import Condition
from ttx.exercise.parameters import parameter, placed, within

SlotName = Literal["policy", "crisis"]
Terms = tuple[Iterable[str], Iterable[int], Iterable[Int32]]
"""Causes, track rows, and what each adds there, int32[n]."""
_NEVER = 2**30
_MANY = 200
"""So many injects and their ranks still fit into 32 bits together."""
"""Added to the rank of an inject that cannot come up: more than any rank with its row."""
SHARE = np.array([4, 2, 0], np.int32)
"""Quarters of a benefit that an answer on time, late and far too late brings."""
HARM = np.array([0, 4, 6], np.int32)
"""Quarters of the late row that it costs."""


@dataclass(frozen=True)
class Effected:
    """What an answer does to some tracks after one delay; kind is benefit, cost or late."""

    kind: str
    delay: int
    tracks: Rows
    by: Int32
    """int32[those tracks, n], in hundredths."""


@dataclass(frozen=True)
class Answered:
    """The ruling of one slot in every world; arrays int32[n], inject -1 where the slot is empty."""

    inject: Int32
    option: Int32
    """Row of the option among all options."""
    timing: Int32
    hour: Int32
    reading: clock.Reading
    effects: tuple[Effected, ...]

    def effect(self, kind: str, delay: int, track: int) -> Int32:
        """What one kind of effect does to a track row after a delay, int32[n]."""
        for effect in self.effects:
            if effect.kind == kind and effect.delay == delay and track in effect.tracks:
                by: Int32 = effect.by[list(effect.tracks).index(track)]
                return by
        return np.zeros_like(self.inject)


@dataclass(frozen=True)
class Reckoned:
    """How the adversaries answered in every world; arrays [adversaries, n]."""

    perceived: Int32
    """Deterrence as perceived, hundredths."""
    z: Int32
    draw: NDArray[np.int64]
    z2: Int32
    draw2: NDArray[np.int64]
    wanted: Int32
    """0 restraint, 1 probe, 2 escalate: by odds and draw, or as it was ruled."""
    response: Int32
    """The same once the purse was asked."""


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
        self.budgets = _spread(Tables.column(starts), n)
        self.spent = np.zeros(n, np.int32)
        self.shots = [self._shot()]
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
            rows = self.pending.setdefault(turn, np.zeros_like(self.tracks))
            rows[self.tables.track[change.track]] += change.by
        self.shots = [spread(shot) for shot in position.shots]
        self.past_levels = [spread(levels) for levels in position.past_levels]
        self.provocation = spread(position.provocation)
        self.purse = spread(position.purse or (0,) * len(self.tables.exercise.adversary))
        self.past_responses = [spread(responses) for responses in position.past_responses]
        if position.posture < 0:
            self.posture = self.read_posture()
        else:
            self.posture = np.full(self.n, position.posture, np.int32)

    # --- state ---

    def values(self) -> scores.Values:
        """Tracks and derived values now, good until anything moves."""
        return scores.Values(self.tables, self.tracks, self.levels, self.promised, self.spent)

    def score_inputs(self) -> dict[str, Int32]:
        """The inputs of all derived values now."""
        return scores.score_inputs(self.tables, self.tracks, self.levels, self.promised, self.spent)

    def _shot(self) -> Int32:
        values = self.values()
        return np.vstack([self.tracks, *[values.of(name) for name in self.tables.sources]])

    def _keep(self, cause: str, by: Int32, row: int | None = None) -> None:
        if self.ledger is not None:
            self.ledger.append(Kept(cause, row, by))

    def _add(self, cause: str, rows: Rows, terms: Int32) -> None:
        """Add terms, int32[those rows, n], each to its track; no row is named twice."""
        self.tracks[rows] += terms
        if self.ledger is not None:
            self.ledger += map(Kept, repeat(cause), rows.tolist(), terms)

    def _clamp(self) -> None:
        """Keep tracks in 0 to 100; a clamp that bites is a term of its own, named limit."""
        tracks = self.tracks
        bites = tracks.view(np.uint32).max(axis=1, initial=0) > FULL  # what is below 0 is large too
        if not np.count_nonzero(bites):
            return
        for row in np.flatnonzero(bites).tolist():
            before = tracks[row].copy()
            self._keep("limit", bounded(tracks[row]) - before, row)

    def moment(self) -> Moment:
        """What conditions ask about now."""
        return Moment(
            self.tables, self.values(), self.levels, self.fired, self.aims, self.past_responses
        )

    def holds(self, condition: Condition | None) -> Mask:
        """Where a condition holds now, bool[n]."""
        return self.moment().holds(condition)

    # --- 1 and 2: opening ---

    @still
    def open(self) -> None:
        """Open the next turn: effects land, the calendar and luck move tracks, budgets are paid."""
        tables = self.tables
        self.turn += 1
        landing = self.pending.pop(self.turn, None)
        if landing is not None:
            self.tracks += landing
            self._keep("landed", landing)
        for cause, effects in tables.calendar.get(self.turn, []):
            for row, by in effects.items():
                self.tracks[row] += by
                self._keep(cause, np.broadcast_to(by, self.n), row)
        self._clamp()
        weather = tables.exercise.weather
        luck = self.dice.triangular(self.turn, dice.WEATHER, len(weather))
        for part, rolled in zip(weather, luck, strict=True):
            term = ((rolled * part.size) >> 8).astype(np.int32)
            row = tables.track[part.track]
            self.tracks[row] += term
            self._keep("weather", term, row)
        self._clamp()
        for row, budget in enumerate(tables.exercise.budget):
            income = np.full(self.n, budget.income.base, np.int32)
            if budget.income.by:
                source = self.tracks[tables.track[budget.income.by]]
                income += budget.income.rate * source // budget.income.per
            self.budgets[row] += income
            if budget.kind == "points":
                self.budgets[row] = np.minimum(self.budgets[row], budget.cap)
        purses.fill(tables, self.purse)
        self.provocation[:] = 0

    def may_move(self, lever: int, level: int) -> Mask:
        """Where a lever may be moved to a level now, bool[n]."""
        part = self.tables.exercise.lever[lever]
        now = self.levels[lever]
        up, down = now < level, now > level
        for row, budget in enumerate(self.tables.exercise.budget):
            have = self.budgets[row]
            if budget.kind == "money":
                up &= have >= 0
            else:
                up &= have >= part.levels[level].price.get(budget.id, 0)
                down &= have >= budget.lowering
        if np.count_nonzero(up):
            up &= self.holds(part.levels[level].needs)
        return np.asarray((up | down) & ~self.ended)

    @still
    def move(self, lever: int, level: int, where: Mask) -> None:
        """Move a lever in the worlds given, which must be among those where it may be moved."""
        tables = self.tables
        part = tables.exercise.lever[lever]
        now = self.levels[lever]
        up, down = where & (now < level), where & (now > level)
        for row, budget in enumerate(tables.exercise.budget):
            if budget.kind == "points":
                price = part.levels[level].price.get(budget.id, 0)
                self.budgets[row] -= price * up + budget.lowering * down
        steps = np.where(down, now - level, 0).astype(np.int32)
        if np.count_nonzero(steps):
            for effect in part.lowered:
                term = effect.by * steps
                row = tables.track[effect.track]
                self.tracks[row] += term
                self._keep(f"lever:{part.id}", term, row)
            self._clamp()
        self.levels[lever] = np.where(where, level, now)
        for row, fading in enumerate(tables.fading):
            if fading.lever == part.id:
                raised = np.maximum(self.promised[row], fading.values[level])
                self.promised[row] = np.where(up, raised, self.promised[row])

    # --- 3: the slots ---

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

    def propose(self, slot: SlotName, without: Sequence[int] = ()) -> Int32:
        """The inject that the dice propose for a slot, int32[n]; -1 leaves the slot empty.

        The lowest rank is proposed, and of equal ranks the lowest row; what is dated in this turn
        has a rank below all that are rolled. Rows in `without` are passed
        over, and the next lowest takes their place. Where the exercise fills its turns, a crisis
        needs no rank below the bar in a turn without a policy inject.
        """
        injects, moment = self.tables.injects, self.moment()
        few = len(injects) <= _MANY
        never = np.int32(_NEVER) if few else np.int64(_NEVER**2)
        lowest: NDArray[Any] = np.full(self.n, never)
        """Rank and row in one number, so that the least of all is both."""
        for row, inject in enumerate(injects):
            if inject.slot != slot or not inject.turns[0] <= self.turn <= inject.turns[1]:
                continue
            free = self.fired[row] == 0
            if inject.again is not None:
                free |= self.turn - self.last[row] >= inject.again
            if inject.when is not None:
                free &= moment.holds(inject.when)
            if row in without or not np.count_nonzero(free):
                continue
            weight: Int32 | int = inject.weight.base
            if inject.weight.of:
                source = moment.values.of(inject.weight.of)
                weight = weight + inject.weight.times * source // FULL
            rolled = self.dice.top(self.turn, dice.inject_slot(inject.number)) << 6
            rank: NDArray[Any] = rolled if few else rolled.astype(np.int64)
            rank //= max(weight, 1) if isinstance(weight, int) else np.maximum(weight, 1)
            if self.tables.dated(inject, self.turn):
                rank[:] = -1
            rank *= len(injects)
            rank += row
            rank += ~free * never
            np.minimum(lowest, rank, out=lowest)
        bar = getattr(self.tables.exercise.slots, slot)
        rank = lowest // max(len(injects), 1)
        proposed: Int32 = (lowest - rank * len(injects)).astype(np.int32, copy=False)
        if slot == "crisis" and self.tables.exercise.slots.fill:
            rank[self._quiet() & (lowest < never)] = -1
        proposed[(rank >= bar) | self.ended] = -1
        return proposed

    def _quiet(self) -> Mask:
        """Where this turn has brought no policy inject, bool[n]."""
        rows = [at for at, part in enumerate(self.tables.injects) if part.slot == "policy"]
        return np.asarray(~(self.last[rows] == self.turn).any(axis=0))

    def open_options(self, inject: int) -> Mask:
        """Where each option of an inject is open, bool[options of the inject, n]."""
        moment = self.moment()
        return np.stack(
            [moment.holds(option.needs) for option in self.tables.injects[inject].option]
        )

    def open_gates(self, inject: Int32) -> Mask:
        """Where options are open that are not always so, bool[1 + gates, n].

        The first row stands for every option without a gate. A gate of an inject that is put in no
        world is not looked at, and told as open.
        """
        tables, moment = self.tables, self.moment()
        is_open = np.ones((1 + len(tables.gates), self.n), bool)
        put = np.bincount(inject[inject >= 0], minlength=len(tables.injects)).tolist()
        for at, (row, option) in enumerate(tables.gates):
            if put[row]:
                is_open[1 + at] = moment.holds(tables.options[option][1].needs)
        return is_open

    def hour(self, slot: SlotName) -> Int32:
        """The local hour of onset, int32[n]; ten for the policy slot."""
        if slot == "policy":
            return np.full(self.n, 10, np.int32)
        return self.dice.below(self.turn, dice.HOUR, 24).astype(np.int32)

    @still
    def answer(
        self,
        slot: SlotName,
        inject: Int32,
        option: Int32,
        discord: Int32 | None = None,
        carries: Int32 | None = None,
    ) -> Answered:
        """Rule on a slot and apply what the ruling does.

        inject int32[n] (-1 empty), option int32[n] (row among all options), discord int32[n];
        carries int32[n], in quarters, where a person weighed it instead of lean and posture.
        """
        tables = self.tables
        live = inject >= 0
        row, choice = np.maximum(inject, 0).astype(np.intp), np.maximum(option, 0).astype(np.intp)
        hour = self.hour(slot)
        apart = np.zeros(self.n, np.int32) if discord is None else discord
        if slot == "crisis":
            stages = len(tables.exercise.clock.stages)
            luck = self.dice.bytes_of(self.turn, dice.JITTER, stages).astype(np.int32)
            reading = clock.read(
                tables,
                self.tracks,
                self.levels,
                tables.profile_of.take(row),
                hour,
                clock.jitters(tables, luck),
                apart,
            )
            window = tables.windows.take(row)
            for (at,), by in tables.cells("windows"):
                window += by * (row == at)
            timing = clock.verdict(reading.total, window)
            share, apart = SHARE.take(timing), np.zeros_like(apart)
        else:
            nothing = np.zeros((len(tables.stages), self.n), np.int32)
            reading = clock.Reading(nothing, nothing[0], tables.legs)
            timing, share = np.zeros(self.n, np.int32), np.full(self.n, 4, np.int32)
        if carries is None:
            carries = tables.quarters[choice, self.posture]
            cells = tables.cells("quarters")
            made = set(np.unique(choice).tolist()) if cells else set()
            for (at, posture), by in cells:
                if at in made:
                    carries += by * ((choice == at) & (self.posture == posture))
        quarters = np.maximum(carries - apart, 0)
        on = live.astype(np.int32)
        effects: list[Effected] = []
        benefits, costs, late = tables.answers[slot]
        for kind, choices, pick, times, shift in (
            ("benefit", benefits, choice, share * quarters * on, 4),
            ("cost", costs, choice, on, 0),
            ("late", late, row, HARM.take(timing) * on, 2),
        ):
            for choice_effects in choices:
                by = choice_effects.picked(pick)
                by *= times
                by >>= shift
                effects.append(Effected(kind, choice_effects.delay, choice_effects.tracks, by))
        for done in effects:
            if not done.delay:
                self._add(f"{slot}:{done.kind}", done.tracks, done.by)
            elif np.count_nonzero(done.by):
                due = self.turn + done.delay
                if due not in self.pending:
                    self.pending[due] = np.zeros_like(self.tracks)
                self.pending[due][done.tracks] += done.by
        self._clamp()
        self.provocation += on * self._pushed(row, choice, timing, share * quarters)
        self._besides(choice, live)
        here = inject[live], np.flatnonzero(live)
        self.fired[here], self.last[here] = timing[live] + 1, self.turn
        return Answered(inject, option, timing, hour, reading, tuple(effects))

    @still
    def as_ruled(
        self,
        inject: int,
        option: int,
        timing: int,
        quarters: int,
        effects: Iterable[tuple[str, str, int, int, int]],
        where: Mask,
    ) -> None:
        """Apply a ruling that a person made, in the worlds given.

        `quarters` say how far the option carried. Effects are kind, track, size, what is left of it
        (hundredths) and delay in turns, as a record keeps them.
        """
        tables = self.tables
        on = where.astype(np.int32)
        for kind, track, _, by, delay in effects:
            row = tables.track[track]
            if delay:
                later = self.pending.setdefault(self.turn + delay, np.zeros_like(self.tracks))
                later[row] += by * on
            else:
                self.tracks[row] += by * on
                self._keep(f"ruled:{kind}", by * on, row)
        self._clamp()
        put, made, late = (np.full(self.n, row, np.int32) for row in (inject, option, timing))
        pushed = self._pushed(put, made, late, SHARE[timing] * np.int32(quarters))
        self.provocation = self.provocation + on * pushed
        self._besides(np.full(self.n, option, np.intp), where)
        self.fired[inject, where], self.last[inject, where] = timing + 1, self.turn

    def _pushed(
        self, inject: Int32 | Rows, option: Int32 | Rows, timing: Int32, carried: Int32 | np.int32
    ) -> Int32:
        """What answers push the adversaries by, int32[adversaries, n] in quarters of a point.

        Provocation in full, less what an answer in time denies as far as it was carried (quarters
        of timing × quarters of posture), and what lateness opens (docs/model.md, section 7.8).
        """
        provoked, denied, opened = (
            self._read(name, pick)
            for name, pick in (("provocation", option), ("denies", option), ("opening", inject))
        )
        denied *= carried
        denied >>= 2
        opened *= HARM.take(timing)
        provoked <<= 2
        provoked -= denied
        provoked += opened
        return provoked

    def _read(self, name: str, pick: Int32 | Rows) -> Int32:
        """What each world's choice has in a table of [choices, adversaries], turned round."""
        points_of: Int32 = getattr(self.tables, name).T.take(pick, axis=1)
        for (at, adversary), points in self.tables.cells(name):
            points_of[adversary] += points * (pick == at)
        return points_of

    def _besides(self, choice: NDArray[np.intp], where: Mask) -> None:
        """What answers do beside the tracks: budgets they give or take, levers they set."""
        tables = self.tables
        for option, row, by in tables.given:
            took = where & (choice == option)
            self.budgets[row] += by * took
            budget = tables.exercise.budget[row]
            if budget.kind == "points":
                kept = np.clip(self.budgets[row], 0, budget.cap)
                self.budgets[row] = np.where(took, kept, self.budgets[row])
        for option, lever, level in tables.set_by:
            took = where & (choice == option)
            up = took & (self.levels[lever] < level)
            for row, fading in enumerate(tables.fading):
                if tables.lever[fading.lever] == lever:
                    raised = np.maximum(self.promised[row], fading.values[level])
                    self.promised[row] = np.where(up, raised, self.promised[row])
            self.levels[lever] = np.where(took, level, self.levels[lever])

    # --- 4 to 8: reckoning ---

    @still
    def reckon(self, ruled: Sequence[int | Int32 | None] = ()) -> Reckoned:
        """Adversaries answer, influences work, upkeep is paid: the turn is over.

        `ruled` is what each adversary wants in all worlds, or int32[n], where somebody chose or
        ruled on that: 0 restraint, 1 probe, 2 escalate; None leaves it to odds and draw. The purse
        is asked all the same.
        """
        tables = self.tables
        self._index()
        answer = self._adversaries()
        for row, response in enumerate(ruled):
            if response is not None:
                answer.wanted[row] = response
        for row, adversary in enumerate(tables.exercise.adversary):
            chips = self.purse[row]
            answer.response[row] = purses.affordable(adversary.purse, chips, answer.wanted[row])
            purses.pay(adversary.purse, chips, answer.response[row])
            move = answer.response[row] + len(RESPONSES) * (1 + self.aims[row])
            for does in tables.responses[row]:
                terms = does.picked(move)
                self._add(f"adversary:{adversary.id}", does.tracks, terms)
        self._clamp()
        ends_when = tables.exercise.turns.ends_when
        ends = np.zeros(self.n, bool) if ends_when is None else self.holds(ends_when)
        self.shots.append(self._shot())
        self.past_levels.append(self.levels.copy())
        self.past_responses.append(answer.response.copy())
        tracks = [*self.tracks]
        for causes, targets, sizes in self._influences():
            for cause, target, term in zip(causes, targets, sizes, strict=True):
                tracks[target] += term
                if self.ledger is not None:
                    self.ledger.append(Kept(cause, target, term))
        self._clamp()
        self._upkeep()
        self._clamp()
        self._index()
        self.ended |= ends
        return answer

    def _index(self) -> None:
        for row, change in clock.index(self.tables, self.tracks, self.levels):
            self._keep("clock", change, row)

    def _adversaries(self) -> Reckoned:
        tables, values = self.tables, self.values()
        odds, count = logistic(), len(self.tables.exercise.adversary)
        perceived, z, z2, wanted = np.empty((4, count, self.n), np.int32)
        draws, draws2 = np.empty((2, count, self.n), np.int64)
        for row, adversary in enumerate(tables.exercise.adversary):
            push = (adversary.provocation * self.provocation[row]) >> 2
            for logit, of_aims, steps in (
                (adversary.act, [aim.act for aim in adversary.aim], z),
                (adversary.escalate, [aim.escalate for aim in adversary.aim], z2),
            ):
                terms = (term.weight * values.of(term.of) // FULL for term in logit.terms)
                steps[row] = sum(terms, push + logit.bias)
                for at, more in enumerate(of_aims):
                    steps[row] += more * (self.aims[row] == at)
            draws[row] = self.dice.high(self.turn, dice.ACT + row)
            draws2[row] = self.dice.high(self.turn, dice.ESCALATE + row)
            perceived[row] = values.of(tables.perceived[row])
        acts = draws < odds.take(_steps(z))
        escalates = draws2 < odds.take(_steps(z2))
        np.add(acts, acts & escalates, out=wanted, dtype=np.int32)
        return Reckoned(perceived, z, draws, z2, draws2, wanted, wanted.copy())

    def _back(self, turns: int) -> Int32:
        return self.shots[max(0, len(self.shots) - 1 - turns)]

    def _influences(self) -> list[Terms]:
        """All terms of step 7, computed from snapshots and present values before any is added."""
        tables = self.tables
        rest = tables.rest - self.tracks
        rest *= tables.rate
        rest >>= 4
        terms_of_all: list[Terms] = [(repeat("rest", len(rest)), range(len(rest)), rest)]
        for delay, links in tables.links("level").items():
            terms = self._back(delay).take(links.source, axis=0)
            terms -= self._origins.take(links.source, axis=0)
            terms_of_all.append(self._linked(links, terms, 12))
        for delay, links in tables.links("change").items():
            terms = self._back(delay).take(links.source, axis=0)
            terms -= self._back(delay + 1).take(links.source, axis=0)
            terms_of_all.append(self._linked(links, terms, 8))
        for group in tables.lever_rows:
            levels = self._held(max(0, self.turn - group.delay))
            rows = zip(group.values, group.lever, strict=True)
            shifts = [self._at_level(values, levels[lever]) for values, lever in rows]
            for (at, level), by in group.cells:
                shifts[at] = shifts[at] + by * (levels[group.lever[at]] == level)
            terms_of_all.append((group.causes, group.track, shifts))
        return terms_of_all

    def _held(self, turn: int) -> list[int | Rows]:
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

    def _at_level(self, values: Int32, level: int | Rows) -> Int32:
        """What stands at a level, int32[n]; not to be written to."""
        if not isinstance(level, int):
            return values.take(level)
        value = int(values[level])
        if value not in self._alike:
            self._alike[value] = np.full(self.n, value, np.int32)
        return self._alike[value]

    @cached_property
    def _origins(self) -> Int32:
        """What sources of links are held against: tracks their rest, derived values their start."""
        tables = self.tables
        rest = np.broadcast_to(tables.rest, self.tracks.shape)
        return np.vstack([rest, self.shots[0][len(tables.track) :]])

    def _linked(self, links: Links, terms: Int32, per: int) -> Terms:
        terms *= links.weight
        terms >>= per
        for at, gate in enumerate(links.while_):
            if gate is not None:
                terms[at] *= self.levels[gate[0]] == gate[1]
        return links.ids, links.target, terms

    def _upkeep(self) -> None:
        tables = self.tables
        for row, budget in enumerate(tables.exercise.budget):
            if budget.kind != "money":
                continue
            upkeep = np.zeros(self.n, np.int32)
            for costs, level in zip(tables.upkeep, self._held(self.turn), strict=True):
                upkeep += costs[level]
            for (lever, level), by in tables.cells("upkeep"):
                upkeep += by * (self.levels[lever] == level)
            self.budgets[row] -= upkeep
            self.spent = self.spent + upkeep
            short = (self.budgets[row] < 0).astype(np.int32)
            for effect in budget.overdraft:
                track = tables.track[effect.track]
                self.tracks[track] += effect.by * short
                self._keep("overdraft", effect.by * short, track)
            paid = np.maximum(self.budgets[row], budget.floor)
            np.minimum(paid, budget.cap, out=self.budgets[row])
        for row, fading in enumerate(tables.fading):
            target = tables.by_level_now(fading.id, self.levels[tables.lever[fading.lever]])
            over = np.maximum(self.promised[row] - target, 0)
            self.promised[row] = target + over - (over >> 2)

    def scores(self) -> Int32:
        """The profile now, int32[scores, n] in hundredths."""
        values = self.values()
        return np.stack([values.of(part.of) for part in self.tables.exercise.score])


def _steps(z: Int32) -> Int32:
    """The row in the table of odds, from steps of 1/64 logit."""
    rows = np.maximum(z, -512)
    np.minimum(rows, 511, out=rows)
    rows += 512
    return rows


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
