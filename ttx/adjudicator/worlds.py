"""Possible courses of a game, step by step: one implementation for live play and many runs.

State is int32[row, world] in hundredths. Every change of a track is a rounded term of its own;
with a ledger the terms are kept, and they add up to the change exactly. Order of a turn: open,
moves, policy slot, crisis slot, reckon (rule model, section 1).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from ttx.adjudicator import clock, dice, scores
from ttx.adjudicator.ended import still
from ttx.adjudicator.position import Position
from ttx.adjudicator.tables import FULL, Int32, Links, Tables, logistic
from ttx.exercise.model import All, AnyOf, CameOut, Condition, Fired, LeverAt, Not, Threshold
from ttx.exercise.parameters import parameter, placed, within

Mask = NDArray[np.bool_]
SlotName = Literal["policy", "crisis"]


@dataclass(frozen=True)
class Kept:
    """One term of the ledger: why, which track row (all where None), how much (hundredths)."""

    cause: str
    row: int | None
    by: Int32


@dataclass(frozen=True)
class Answered:
    """The ruling of one slot in every world; arrays int32[n], inject -1 where the slot is empty."""

    inject: Int32
    option: Int32
    """Row of the option among all options."""
    timing: Int32
    hour: Int32
    reading: clock.Reading
    benefit: Int32
    """int32[delay, tracks, n], as cost and late."""
    cost: Int32
    late: Int32


@dataclass(frozen=True)
class Reckoned:
    """How the adversaries answered in every world; arrays [adversaries, n]."""

    perceived: Int32
    """Deterrence as perceived, hundredths."""
    z: Int32
    draw: NDArray[np.int64]
    z2: Int32
    draw2: NDArray[np.int64]
    response: Int32
    """0 restraint, 1 probe, 2 escalate."""


class Worlds:
    """A batch of n worlds of one exercise and seed. A world that has ended stands still."""

    def __init__(
        self,
        tables: Tables,
        seed: int,
        worlds: NDArray[np.uint64],
        *,
        keep: bool = False,
        settings: Mapping[str, Int32] | None = None,
    ) -> None:
        """All worlds at the start.

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
        self.turn = 0
        self.levels = _spread(tables.level_start, n)
        self.promised = _spread(tables.promised_start, n)
        self.tracks = clock.index(tables, _spread(tables.start, n), self.levels)
        starts = [part.start for part in tables.exercise.budget]
        self.budgets = _spread(Tables.column(starts), n)
        self.spent = np.zeros(n, np.int32)
        self.fired = np.zeros((len(tables.injects), n), np.int32)
        self.pending: dict[int, Int32] = {}
        self.shots = [self._shot()]
        self.past_levels = [self.levels.copy()]
        self.provocation = np.zeros((len(tables.exercise.adversary), n), np.int32)
        self.posture = np.zeros(n, np.int32)
        self.ended = np.zeros(n, bool)

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
        batch = cls(tables, seed, worlds, keep=keep)

        def spread(values: tuple[int, ...]) -> Int32:
            return _spread(Tables.column(values), batch.n)

        batch.turn = position.turn
        batch.tracks, batch.levels = spread(position.tracks), spread(position.levels)
        batch.promised, batch.budgets = spread(position.promised), spread(position.budgets)
        batch.spent = np.full(batch.n, position.spent, np.int32)
        batch.fired[: len(position.fired)] = spread(position.fired)  # others were added since
        for turn, change in position.due:
            rows = batch.pending.setdefault(turn, np.zeros_like(batch.tracks))
            rows[tables.track[change.track]] += change.by
        batch.shots = [spread(shot) for shot in position.shots]
        batch.past_levels = [spread(levels) for levels in position.past_levels]
        batch.provocation = spread(position.provocation)
        if position.posture < 0:
            batch.posture = batch.read_posture()
        else:
            batch.posture = np.full(batch.n, position.posture, np.int32)
        return batch

    # --- state ---

    def leaves(self) -> dict[str, Int32]:
        """The inputs of all derived values now."""
        return scores.leaves(self.tables, self.tracks, self.levels, self.promised, self.spent)

    def _shot(self) -> Int32:
        inputs = self.leaves()
        extra = [scores.value(self.tables, inputs, name) for name in self.tables.sources]
        return np.vstack([self.tracks, *[row.reshape(1, -1) for row in extra]])

    def _keep(self, cause: str, by: Int32, row: int | None = None) -> None:
        if self.ledger is not None:
            self.ledger.append(Kept(cause, row, by))

    def _clamp(self) -> None:
        """Keep tracks in 0 to 100; a clamp that bites is a term of its own, named limit."""
        kept = np.clip(self.tracks, 0, FULL)
        if self.ledger is not None and (kept != self.tracks).any():
            self._keep("limit", kept - self.tracks)
        self.tracks = kept

    def holds(self, condition: Condition | None) -> Mask:
        """Where a condition holds now, bool[n]."""
        match condition:
            case None:
                return np.ones(self.n, bool)
            case All():
                return np.asarray(np.stack([self.holds(one) for one in condition.all]).all(axis=0))
            case AnyOf():
                return np.asarray(np.stack([self.holds(one) for one in condition.any]).any(axis=0))
            case Not():
                return ~self.holds(condition.not_)
            case Threshold():
                row = self.tables.track.get(condition.of)
                now = (
                    self.tracks[row]
                    if row is not None
                    else scores.value(self.tables, self.leaves(), condition.of)
                )
                met = np.ones(self.n, bool)
                if condition.at_least is not None:
                    met &= now >= condition.at_least
                if condition.at_most is not None:
                    met &= now <= condition.at_most
                if condition.below is not None:
                    met &= now < condition.below
                return met
            case LeverAt():
                lever = self.tables.exercise.levers[condition.lever]
                now = self.levels[self.tables.lever[condition.lever]]
                met = np.ones(self.n, bool)
                if condition.level is not None:
                    met &= now == Tables.level(lever, condition.level)
                if condition.at_least is not None:
                    met &= now >= Tables.level(lever, condition.at_least)
                if condition.at_most is not None:
                    met &= now <= Tables.level(lever, condition.at_most)
                return met
            case Fired():
                return np.asarray(self.fired[self.tables.inject[condition.fired]] > 0)
            case CameOut():
                timing = self.fired[self.tables.inject[condition.outcome]]
                codes = [("on_time", "late", "far_too_late").index(t) + 1 for t in condition.timing]
                return np.isin(timing, codes)

    # --- 1 and 2: opening ---

    @still
    def open(self) -> None:
        """Open the next turn: effects land, the calendar and luck move tracks, budgets are paid."""
        tables = self.tables
        self.turn += 1
        landing = self.pending.pop(self.turn, None)
        if landing is not None:
            self.tracks = self.tracks + landing
            self._keep("landed", landing)
        for cause, effects in tables.calendar.get(self.turn, []):
            self.tracks = self.tracks + effects
            self._keep(cause, np.broadcast_to(effects, self.tracks.shape))
        self._clamp()
        for slot, part in enumerate(tables.exercise.weather):
            luck = self.dice.triangular(self.turn, dice.WEATHER + slot)
            term = ((luck * part.size) >> 8).astype(np.int32)
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
        if up.any():
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
        if steps.any():
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
        found = np.full(self.n, -1, np.int32)
        rest = 0
        for row, part in enumerate(self.tables.exercise.posture):
            if part.when is None:
                rest = row
            else:
                found = np.where((found < 0) & self.holds(part.when), row, found)
        found = np.where(found < 0, rest, found)
        return np.where(self.ended, self.posture, found).astype(np.int32)

    def candidates(self, slot: SlotName) -> Int32:
        """The rank q of every inject for a slot, int32[injects, n]; the lowest is proposed."""
        tables = self.tables
        never = np.iinfo(np.int32).max
        inputs = self.leaves()
        ranks = np.full((len(tables.injects), self.n), never, np.int32)
        for row, inject in enumerate(tables.injects):
            if inject.slot != slot or not inject.turns[0] <= self.turn <= inject.turns[1]:
                continue
            free = (self.fired[row] == 0) & self.holds(inject.when)
            if not free.any():
                continue
            weight = np.full(self.n, inject.weight.base, np.int64)
            if inject.weight.of:
                source = scores.value(tables, inputs, inject.weight.of)
                weight += inject.weight.times * source // FULL
            roll = self.dice.high(self.turn, inject.number - 1) >> 16
            rank = roll * 64 // np.maximum(1, weight)
            ranks[row] = np.where(free, rank, never)
        return ranks

    def propose(self, slot: SlotName, without: Sequence[int] = ()) -> Int32:
        """The inject that the dice propose for a slot, int32[n]; -1 leaves the slot empty.

        Rows in `without` are passed over, and the next lowest takes their place.
        """
        if not self.tables.injects:
            return np.full(self.n, -1, np.int32)
        ranks = self.candidates(slot)
        ranks[list(without)] = np.iinfo(np.int32).max
        row = ranks.argmin(axis=0)
        lowest = ranks[row, np.arange(self.n)]
        bar = getattr(self.tables.exercise.slots, slot)
        return np.where((lowest < bar) & ~self.ended, row, -1).astype(np.int32)

    def open_options(self, inject: int) -> Mask:
        """Where each option of an inject is open, bool[options of the inject, n]."""
        options = self.tables.injects[inject].option
        return np.stack([self.holds(option.needs) for option in options])

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
        row, choice = np.maximum(inject, 0), np.maximum(option, 0)
        hour = self.hour(slot)
        apart = np.zeros(self.n, np.int32) if discord is None else discord
        if slot == "crisis":
            stages = len(tables.exercise.clock.stages)
            luck = self.dice.bytes_of(self.turn, dice.JITTER, stages).astype(np.int32)
            reading = clock.read(
                tables,
                self.tracks,
                self.levels,
                tables.profile_of[row],
                hour,
                clock.jitters(tables, luck),
                apart,
            )
            window = tables.windows[row]
            for (at,), by in tables.cells("windows"):
                window += by * (row == at)
            timing = clock.verdict(reading.total, window)
            share, apart = np.array([4, 2, 0], np.int32)[timing], np.zeros_like(apart)
        else:
            nothing = np.zeros((len(tables.stages), self.n), np.int32)
            reading = clock.Reading(nothing, nothing[0], nothing[0])
            timing, share = np.zeros(self.n, np.int32), np.full(self.n, 4, np.int32)
        if carries is None:
            carries = tables.quarters[choice, self.posture]
            for (at, posture), by in tables.cells("quarters"):
                carries += by * ((choice == at) & (self.posture == posture))
        quarters = np.maximum(carries - apart, 0)
        on = live.astype(np.int32)
        benefit = _picked(tables, "benefits", choice) * (share * quarters * on) >> 4
        cost = _picked(tables, "costs", choice) * on
        harm = np.array([0, 4, 6], np.int32)[timing] * on
        late = (_picked(tables, "lateness", row) * harm // 4)[None]
        for cause, effects in (("benefit", benefit), ("cost", cost), ("late", late)):
            self.tracks = self.tracks + effects[0]
            self._keep(f"{slot}:{cause}", effects[0])
            for delay in range(1, effects.shape[0]):
                if effects[delay].any():
                    later = self.pending.get(self.turn + delay, 0)
                    self.pending[self.turn + delay] = later + effects[delay]
        self._clamp()
        provoked = tables.provocation[choice].T
        for (at, adversary), points in tables.cells("provocation"):
            provoked[adversary] += points * (choice == at)
        self.provocation = self.provocation + provoked * on
        every = np.arange(self.n)[live]
        self.fired[inject[live], every] = timing[live] + 1
        return Answered(inject, option, timing, hour, reading, benefit, cost, late)

    @still
    def as_ruled(
        self,
        inject: int,
        option: int,
        timing: int,
        effects: Iterable[tuple[str, str, int, int, int]],
        where: Mask,
    ) -> None:
        """Apply a ruling that a person made, in the worlds given.

        Effects are kind, track, size, what is left of it (hundredths) and delay in turns, as a
        record keeps them.
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
        provoked = _spread(tables.provocation[option].reshape(-1, 1), self.n)
        for (at, adversary), points in tables.cells("provocation"):
            if at == option:
                provoked[adversary] += points
        self.provocation = self.provocation + provoked * on
        self.fired[inject, where] = timing + 1

    # --- 4 to 8: reckoning ---

    @still
    def reckon(self, ruled: Sequence[int | None] = ()) -> Reckoned:
        """Adversaries answer, influences work, upkeep is paid: the turn is over.

        `ruled` is what each adversary does in all worlds where a person ruled on that: 0 restraint,
        1 probe, 2 escalate; None leaves it to odds and draw.
        """
        tables = self.tables
        self._index()
        answer = self._adversaries()
        for row, response in enumerate(ruled):
            if response is not None:
                answer.response[row] = response
        for row, adversary in enumerate(tables.exercise.adversary):
            term = tables.responses[row][answer.response[row]].T
            for (at, track), by in tables.cells(f"responses {row}"):
                term[track] += by * (answer.response[row] == at)
            self.tracks = self.tracks + term
            self._keep(f"adversary:{adversary.id}", term)
        self._clamp()
        ends = self.holds(tables.exercise.turns.ends_when)
        if tables.exercise.turns.ends_when is None:
            ends = np.zeros(self.n, bool)
        self.shots.append(self._shot())
        self.past_levels.append(self.levels.copy())
        for cause, target, term in self._influences():
            if target is None:
                self.tracks = self.tracks + term
            else:
                self.tracks[target] += term
            self._keep(cause, term, target)
        self._clamp()
        self._upkeep()
        self._clamp()
        self._index()
        self.ended |= ends
        return answer

    def _index(self) -> None:
        before = self.tracks
        self.tracks = clock.index(self.tables, before, self.levels)
        if self.ledger is not None:
            for row, _ in self.tables.indices:
                self._keep("clock", self.tracks[row] - before[row], row)

    def _adversaries(self) -> Reckoned:
        tables, inputs = self.tables, self.leaves()
        for score in tables.exercise.score:
            inputs[score.of] = scores.value(tables, inputs, score.of)
        odds = logistic()
        perceived, zs, draws, seconds, draws2, responses = [], [], [], [], [], []
        for row, adversary in enumerate(tables.exercise.adversary):
            push = adversary.provocation * self.provocation[row]
            steps = []
            for logit in (adversary.act, adversary.escalate):
                z = push + logit.bias
                for term in logit.terms:
                    z = z + term.weight * scores.value(tables, inputs, term.of) // FULL
                steps.append(np.asarray(z, np.int32))
            first = self.dice.high(self.turn, dice.ACT + row)
            second = self.dice.high(self.turn, dice.ESCALATE + row)
            acts = first < odds[np.clip(steps[0], -512, 511) + 512]
            escalates = second < odds[np.clip(steps[1], -512, 511) + 512]
            score = next(s for s in tables.exercise.score if s.id == adversary.score)
            perceived.append(scores.value(tables, inputs, score.of))
            zs.append(steps[0])
            seconds.append(steps[1])
            draws.append(first)
            draws2.append(second)
            responses.append(np.where(acts, np.where(escalates, 2, 1), 0).astype(np.int32))
        if not zs:
            none = np.zeros((0, self.n), np.int32)
            return Reckoned(none, none, none.astype(np.int64), none, none.astype(np.int64), none)
        return Reckoned(
            np.stack(perceived),
            np.stack(zs),
            np.stack(draws),
            np.stack(seconds),
            np.stack(draws2),
            np.stack(responses),
        )

    def _back(self, turns: int) -> Int32:
        return self.shots[max(0, len(self.shots) - 1 - turns)]

    def _influences(self) -> Iterator[tuple[str, int | None, Int32]]:
        """All terms of step 7, computed from snapshots and present values before any is added."""
        tables = self.tables
        found: list[tuple[str, int | None, Int32]] = [
            ("rest", None, (tables.rest - self.tracks) * tables.rate >> 4)
        ]
        names = [*tables.track, *tables.sources]
        for delay, links in tables.links("level").items():
            rows = [names.index(name) for name in links.source]
            origin = self.shots[0][rows].copy()
            for at, name in enumerate(links.source):
                if name in tables.track:
                    origin[at] = tables.rest[tables.track[name], 0]
            terms = (self._back(delay)[rows] - origin) * links.weight >> 12
            found.extend(self._linked(links, terms))
        for delay, links in tables.links("change").items():
            rows = [names.index(name) for name in links.source]
            terms = (self._back(delay)[rows] - self._back(delay + 1)[rows]) * links.weight >> 8
            found.extend(self._linked(links, terms))
        for group in tables.lever_rows:
            levels = self.past_levels[max(0, self.turn - group.delay)][group.lever]
            shift = np.take_along_axis(group.values, levels, axis=1)
            for (at, level), by in group.cells:
                shift[at] += by * (levels[at] == level)
            terms = shift * group.rate >> 4
            found.extend(
                (cause, int(track), terms[at])
                for at, (cause, track) in enumerate(zip(group.causes, group.track, strict=True))
            )
        yield from found

    def _linked(self, links: Links, terms: Int32) -> Iterator[tuple[str, int | None, Int32]]:
        for at, (cause, target) in enumerate(zip(links.ids, links.target, strict=True)):
            term, gate = terms[at], links.while_[at]
            if gate is not None:
                term = term * (self.levels[gate[0]] == gate[1])
            yield cause, int(target), term

    def _upkeep(self) -> None:
        tables = self.tables
        for row, budget in enumerate(tables.exercise.budget):
            if budget.kind != "money":
                continue
            upkeep = np.take_along_axis(tables.upkeep, self.levels, axis=1).sum(
                axis=0, dtype=np.int32
            )
            for (lever, level), by in tables.cells("upkeep"):
                upkeep += by * (self.levels[lever] == level)
            self.budgets[row] -= upkeep
            self.spent = self.spent + upkeep
            short = (self.budgets[row] < 0).astype(np.int32)
            for effect in budget.overdraft:
                track = tables.track[effect.track]
                self.tracks[track] += effect.by * short
                self._keep("overdraft", effect.by * short, track)
            self.budgets[row] = np.clip(self.budgets[row], budget.floor, budget.cap)
        for row, fading in enumerate(tables.fading):
            target = tables.by_level_now(fading.id, self.levels[tables.lever[fading.lever]])
            over = np.maximum(self.promised[row] - target, 0)
            self.promised[row] = target + over - (over >> 2)

    def scores(self) -> Int32:
        """The profile now, int32[scores, n] in hundredths."""
        return scores.scores(self.tables, self.leaves())


def differing(tables: Tables, settings: Mapping[str, Int32], n: int) -> Tables:
    """The tables of an exercise some of whose numbers differ from world to world."""
    for name, row in settings.items():
        one = parameter(tables.exercise, name)
        if row.shape != (n,) or row.dtype != np.int32:
            raise ValueError(
                f"{name} needs int32[{n}], one for each world, not {row.dtype}{list(row.shape)}"
            )
        if n:
            within(one, int(row.min()), int(row.max()))
    return Tables(placed(tables.exercise, settings))


def _spread(column: Int32, n: int) -> Int32:
    """A column that is the same in n worlds, or already has one value for each, int32[rows, n]."""
    return np.array(np.broadcast_to(column, (len(column), n)))


def _picked(tables: Tables, name: str, pick: Int32) -> Int32:
    """What a table of effects holds for the option or inject that each world picks."""
    table: Int32 = getattr(tables, name)
    found = table.take(pick, axis=-1)
    for (*where, at), by in tables.cells(name):
        found[tuple(where)] += by * (pick == at)
    return found
