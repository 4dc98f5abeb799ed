"""One world ruled on, step by step: what each step did, as facts that a record can keep."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from typing import NamedTuple

import numpy as np

from ttx.adjudicator import dice, purses, scores
from ttx.adjudicator.answering import HARM, SHARE, rule_on
from ttx.adjudicator.opening import move_lever, open_turn
from ttx.adjudicator.position import Change, Due, Position
from ttx.adjudicator.proposing import propose
from ttx.adjudicator.reckoning import reckon
from ttx.adjudicator.tables import RESPONSES, TIMINGS, Int32, Tables, logistic
from ttx.adjudicator.worlds import Worlds
from ttx.exercise.model.injects import SlotName
from ttx.exercise.model.tracks import Effect

LIVE = np.zeros(1, np.uint64)
"""Live play is world 0 of its seed."""


class Effected(NamedTuple):
    """One effect of an answer: its size, and what timing and posture left of it (hundredths)."""

    kind: str
    """benefit, cost or late"""
    track: str
    size: int
    by: int
    delay: int


class Paid(NamedTuple):
    """What an answer gave a budget, in whole units: as the option says it, and what came of it."""

    budget: str
    size: int
    by: int


class Put(NamedTuple):
    """A lever that an answer put at a level."""

    lever: str
    level: str


@dataclass(frozen=True, slots=True)
class Opening:
    """What happened at the opening of a turn."""

    turn: int
    changes: tuple[Change, ...]
    budgets: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Moving:
    """What a lever move did at once."""

    lever: str
    level: int
    changes: tuple[Change, ...]
    budgets: tuple[int, ...]
    promised: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Ruling:
    """The ruling of one inject; minutes by stage are empty where it has no clock."""

    slot: SlotName
    inject: str
    option: str
    posture: str
    quarters: int
    """How far the option carried, 4 in full."""
    timing: str
    hour: int
    minutes: dict[str, int]
    total: int
    window: int
    critical: str
    effects: tuple[Effected, ...]
    limits: tuple[Change, ...]
    budgets: tuple[Paid, ...] = ()
    """What it gave budgets, or took from them."""
    sets: tuple[Put, ...] = ()
    """Levers that it put at another level."""

    def at_once(self) -> list[Change]:
        """The changes of tracks now, the clamp among them."""
        now = [
            Change(f"{self.inject}:{e.kind}", e.track, e.by) for e in self.effects if not e.delay
        ]
        return [change for change in now if change.by] + list(self.limits)

    def later(self, turn: int) -> list[Due]:
        """The changes of tracks that land in later turns."""
        return [
            Due(turn + e.delay, Change(f"{self.inject}:{e.kind}", e.track, e.by))
            for e in self.effects
            if e.delay and e.by
        ]


@dataclass(frozen=True, slots=True)
class Response:
    """How one adversary answered; odds and draws are 32-bit integers, steps 1/64 logit."""

    adversary: str
    perceived: int
    z: int
    odds: int
    draw: int
    z2: int
    odds2: int
    draw2: int
    response: str

    @property
    def wanted(self) -> str:
        """What odds and draws alone make of it, before a purse was asked or a person chose."""
        if self.draw >= self.odds:
            return RESPONSES[0]
        return RESPONSES[2 if self.draw2 < self.odds2 else 1]


@dataclass(frozen=True, slots=True)
class Reckoning:
    """The end of a turn."""

    turn: int
    responses: tuple[Response, ...]
    changes: tuple[Change, ...]
    sources: tuple[int, ...]
    """Derived values that influences read, at the snapshot."""
    shot: tuple[int, ...]
    """Tracks at the snapshot."""
    budgets: tuple[int, ...]
    spent: int
    promised: tuple[int, ...]
    scores: tuple[int, ...]
    digest: str
    ended: bool

    @property
    def did(self) -> dict[str, str]:
        """How each adversary responded, by its id."""
        return {fact.adversary: fact.response for fact in self.responses}


def start(tables: Tables, seed: int = 0) -> Position:
    """The position before turn 1; of the seed it has the aims alone."""
    batch = Worlds(tables, seed, LIVE)
    return Position(
        turn=0,
        tracks=_column(batch.tracks),
        levels=_column(batch.levels),
        promised=_column(batch.promised),
        budgets=_column(batch.budgets),
        spent=0,
        fired=_column(batch.fired),
        due=(),
        shots=(_column(batch.shots[0]),),
        past_levels=(_column(batch.levels),),
        provocation=_column(batch.provocation),
        aims=_column(batch.aims),
        purse=_column(batch.purse),
    )


def _column(rows: Int32) -> tuple[int, ...]:
    return tuple(int(v) for v in rows[:, 0])


def batch_at(tables: Tables, position: Position, seed: int) -> Worlds:
    """The live world at a position, keeping its terms."""
    return Worlds.at(tables, position, seed, LIVE, keep=True)


def _kept(batch: Worlds, leave_out: str = "") -> tuple[Change, ...]:
    names = [part.id for part in batch.tables.exercise.track]
    changes: list[Change] = []
    for cause, row, by in ((k.cause, k.row, k.by) for k in batch.ledger or []):
        if cause == leave_out:
            continue
        if row is not None:
            changes.append(Change(cause, names[row], int(by.reshape(-1)[0])))
        else:
            changes.extend(Change(cause, names[at], int(v)) for at, v in enumerate(by[:, 0]))
    merged: dict[tuple[str, str], int] = {}
    for cause, track, by_ in changes:
        if cause == "limit":  # its place is the same for all tracks: where it first bit any
            for name in names:
                merged.setdefault((cause, name), 0)
        merged[cause, track] = merged.get((cause, track), 0) + by_
    return _in_order(
        batch.tables, [Change(cause, track, by) for (cause, track), by in merged.items() if by]
    )


def _in_order(tables: Tables, changes: list[Change]) -> tuple[Change, ...]:
    return tuple(sorted(changes, key=lambda change: tables.track[change.track]))


def opening(tables: Tables, position: Position, seed: int) -> Opening:
    """The next turn opened."""
    batch = batch_at(tables, position, seed)
    open_turn(batch)
    landed = [due.change for due in position.due if due.turn == batch.turn]
    changes = _in_order(tables, [*landed, *_kept(batch, leave_out="landed")])
    return Opening(batch.turn, changes, _column(batch.budgets))


def opened(tables: Tables, position: Position, fact: Opening) -> Position:
    """The position after an opening."""
    after = position.changed(tables, list(fact.changes))
    chips = np.array(position.purse, np.int32).reshape(-1, 1)
    purses.fill(tables, chips)
    return replace(
        after,
        turn=fact.turn,
        purse=_column(chips),
        budgets=fact.budgets,
        due=tuple(due for due in position.due if due.turn != fact.turn),
        provocation=tuple(0 for _ in position.provocation),
        posture=-1,
    )


def posture(tables: Tables, position: Position) -> str:
    """The id of the posture at a position, as it is read when the levers close."""
    row = int(batch_at(tables, position, 0).posture[0])
    return tables.exercise.posture[row].id


def closed(tables: Tables, position: Position, posture_id: str) -> Position:
    """The position once the levers are closed in that posture."""
    ids = [part.id for part in tables.exercise.posture]
    return replace(position, posture=ids.index(posture_id))


def moving(tables: Tables, position: Position, lever: str, level: int) -> Moving:
    """A lever moved; the move must be allowed."""
    batch = batch_at(tables, position, 0)
    row = tables.lever[lever]
    move_lever(batch, row, level, np.ones(1, bool))
    return Moving(lever, level, _kept(batch), _column(batch.budgets), _column(batch.promised))


def moved(tables: Tables, position: Position, fact: Moving) -> Position:
    """The position after a move."""
    levels = list(position.levels)
    levels[tables.lever[fact.lever]] = fact.level
    after = position.changed(tables, list(fact.changes))
    return replace(after, levels=tuple(levels), budgets=fact.budgets, promised=fact.promised)


def proposal(
    tables: Tables,
    position: Position,
    seed: int,
    slot: SlotName,
    *,
    without: Collection[str] = (),
) -> str | None:
    """The id of the inject that the dice propose for a slot, if any; `without` never is."""
    never = [tables.inject[name] for name in without]
    row = int(propose(batch_at(tables, position, seed), slot, never)[0])
    return tables.injects[row].id if row >= 0 else None


def hour_of(tables: Tables, position: Position, seed: int, slot: SlotName) -> int:
    """The local hour of onset in a slot of the turn under way."""
    return int(batch_at(tables, position, seed).hour(slot)[0])


def day_of(seed: int, turn: int, days: int) -> int:
    """The day of the turn's crisis, from 0, in a turn of that many days."""
    return int(dice.Dice(seed, LIVE).below(turn, dice.DAY, days)[0])


def ruling(
    tables: Tables,
    position: Position,
    seed: int,
    inject: str,
    option: str,
    *,
    discord: bool = False,
    quarters: int | None = None,
) -> Ruling:
    """An inject ruled on, before anybody confirms it.

    `quarters` says how far it carries where a person weighed that, instead of lean and posture.
    """
    row = tables.inject[inject]
    part = tables.injects[row]
    at = int(tables.first_option[row]) + [o.id for o in part.option].index(option)
    batch = batch_at(tables, position, seed)
    row_of_posture = int(batch.posture[0])
    carries = int(tables.quarters[at, row_of_posture]) if quarters is None else quarters
    answer = rule_on(
        batch,
        part.slot,
        np.array([row], np.int32),
        np.array([at], np.int32),
        np.array([int(discord)], np.int32),
        None if quarters is None else np.array([quarters], np.int32),
    )
    timing = int(answer.timing[0])
    if part.slot == "policy":
        carries = max(carries - discord, 0)
    chosen = tables.options[at][1]

    def rows(kind: str, effects: list[Effect]) -> list[Effected]:
        return [
            Effected(kind, e.track, e.by, int(now[0]), e.delay)
            for e in effects
            for now in (answer.effect(kind, e.delay, tables.track[e.track]),)
        ]

    effects = rows("benefit", chosen.benefits) + rows("cost", chosen.costs)
    if timing:
        effects += rows("late", part.late)
    has_clock = part.slot == "crisis"
    return Ruling(
        slot=part.slot,
        inject=inject,
        option=option,
        posture=tables.exercise.posture[row_of_posture].id,
        quarters=carries,
        timing=TIMINGS[timing],
        hour=int(answer.hour[0]),
        minutes={
            name: int(answer.reading.minutes[at_, 0]) for at_, name in enumerate(tables.stages)
        }
        if has_clock
        else {},
        total=int(answer.reading.total[0]),
        window=part.window or 0,
        critical=tables.stages[int(answer.reading.critical[0])] if has_clock else "",
        effects=tuple(effects),
        limits=tuple(change for change in _kept(batch) if change.cause == "limit"),
        budgets=tuple(
            Paid(name, size, int(batch.budgets[at_, 0]) - position.budgets[at_])
            for name, size in chosen.budgets.items()
            for at_ in [tables.budget[name]]
        ),
        sets=tuple(
            Put(name, level)
            for name, level in chosen.sets.items()
            if position.levels[tables.lever[name]] != tables.level_of(name, level)
        ),
    )


class Push(NamedTuple):
    """What an answer pushes one adversary by, in quarters of a point: its three parts."""

    adversary: str
    provoked: int
    denied: int
    """What the answer closed; it is taken off."""
    opened: int
    """What lateness opened."""

    @property
    def total(self) -> int:
        """All three together."""
        return self.provoked - self.denied + self.opened


def pushed(tables: Tables, fact: Ruling) -> tuple[Push, ...]:
    """What a ruling pushes each adversary by (docs/model.md, section 7.8)."""
    part = tables.injects[tables.inject[fact.inject]]
    option = next(o for o in part.option if o.id == fact.option)
    timing = TIMINGS.index(fact.timing)
    carried = int(SHARE[timing]) * fact.quarters
    return tuple(
        Push(
            adversary.id,
            4 * option.provocation.get(adversary.id, 0),
            option.denies.get(adversary.id, 0) * carried >> 2,
            part.opening.get(adversary.id, 0) * int(HARM[timing]),
        )
        for adversary in tables.exercise.adversary
    )


def ruled(tables: Tables, position: Position, fact: Ruling) -> Position:
    """The position after a confirmed ruling."""
    row = tables.inject[fact.inject]
    fired = [*position.fired, *(0 for _ in tables.injects[len(position.fired) :])]
    last = [*position.last, *(0 for _ in tables.injects[len(position.last) :])]
    fired[row], last[row] = TIMINGS.index(fact.timing) + 1, position.turn
    push = tuple(
        quarters + of.total
        for quarters, of in zip(position.provocation, pushed(tables, fact), strict=True)
    )
    after = position.changed(tables, fact.at_once())
    budgets, levels, promised = [*position.budgets], [*position.levels], [*position.promised]
    for name, _, by in fact.budgets:
        budgets[tables.budget[name]] += by
    for name, level_id in fact.sets:
        level = tables.level_of(name, level_id)
        if level > levels[tables.lever[name]]:
            for at, fading in enumerate(tables.fading):
                if fading.lever == name:
                    promised[at] = max(promised[at], fading.values[level])
        levels[tables.lever[name]] = level
    return replace(
        after,
        budgets=tuple(budgets),
        levels=tuple(levels),
        promised=tuple(promised),
        fired=tuple(fired),
        last=tuple(last),
        provocation=push,
        due=(*position.due, *fact.later(position.turn)),
    )


def reckoning(
    tables: Tables,
    position: Position,
    seed: int,
    *,
    responses: Mapping[str, str] | None = None,
) -> Reckoning:
    """The end of the turn, before anybody confirms it.

    `responses` says what adversaries do where a person ruled on that, instead of odds and draw.
    """
    batch = batch_at(tables, position, seed)
    ruled_on = responses or {}
    names = [ruled_on.get(part.id) for part in tables.exercise.adversary]
    answer = reckon(
        batch, [None if response is None else RESPONSES.index(response) for response in names]
    )
    odds = logistic()
    count = len(tables.track)
    shot = _column(batch.shots[-1])
    state = np.concatenate([batch.tracks[:, 0], batch.budgets[:, 0], batch.levels[:, 0]])
    return Reckoning(
        turn=position.turn,
        responses=tuple(
            Response(
                adversary=part.id,
                perceived=int(answer.perceived[row, 0]),
                z=int(answer.z[row, 0]),
                odds=int(odds[np.clip(answer.z[row, 0], -512, 511) + 512]),
                draw=int(answer.draw[row, 0]),
                z2=int(answer.z2[row, 0]),
                odds2=int(odds[np.clip(answer.z2[row, 0], -512, 511) + 512]),
                draw2=int(answer.draw2[row, 0]),
                response=RESPONSES[int(answer.response[row, 0])],
            )
            for row, part in enumerate(tables.exercise.adversary)
        ),
        changes=_kept(batch),
        sources=shot[count:],
        shot=shot[:count],
        budgets=_column(batch.budgets),
        spent=int(batch.spent[0]),
        promised=_column(batch.promised),
        scores=_column(batch.scores()),
        digest=hashlib.blake2b(state.astype("<i4").tobytes(), digest_size=8).hexdigest(),
        ended=bool(batch.ended[0]),
    )


def reckoned(tables: Tables, position: Position, fact: Reckoning) -> Position:
    """The position after a confirmed reckoning."""
    after = position.changed(tables, list(fact.changes))
    answers = tuple(RESPONSES.index(response.response) for response in fact.responses)
    chips = np.array(position.purse, np.int32).reshape(-1, 1)
    for row, part in enumerate(tables.exercise.adversary):
        purses.pay(part.purse, chips[row], np.array([answers[row]], np.int32))
    return replace(
        after,
        purse=_column(chips),
        past_responses=(*position.past_responses, answers),
        budgets=fact.budgets,
        spent=fact.spent,
        promised=fact.promised,
        shots=(*position.shots, (*fact.shot, *fact.sources)),
        past_levels=(*position.past_levels, position.levels),
    )


def score_inputs_at(tables: Tables, position: Position) -> dict[str, int]:
    """The inputs of all derived values at a position."""

    def rows(values: tuple[int, ...]) -> Int32:
        return Tables.column(list(values))

    inputs = scores.score_inputs(
        tables,
        rows(position.tracks),
        rows(position.levels),
        rows(position.promised),
        np.array([position.spent], np.int32),
    )
    return {name: int(value[0]) for name, value in inputs.items()}
