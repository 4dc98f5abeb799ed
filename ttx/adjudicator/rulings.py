"""One world ruled on, step by step: the facts that follow from a position and its dice."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Mapping

import numpy as np

from ttx.adjudicator import dice, scores
from ttx.adjudicator.answering import rule_on
from ttx.adjudicator.arithmetic import RESPONSES, TIMINGS, Int32, logistic
from ttx.adjudicator.cells import column
from ttx.adjudicator.facts import Effected, Moving, Opening, Paid, Put, Reckoning, Response, Ruling
from ttx.adjudicator.opening import move_lever, open_turn
from ttx.adjudicator.position import Change, Position, only_world
from ttx.adjudicator.proposing import propose
from ttx.adjudicator.reckoning import reckon
from ttx.adjudicator.tables import Tables
from ttx.adjudicator.worlds import Worlds
from ttx.exercise.model.injects import SlotName
from ttx.exercise.model.tracks import Effect

LIVE = np.zeros(1, np.uint64)
"""Live play is world 0 of its seed."""


def start(tables: Tables, seed: int = 0) -> Position:
    """The position before turn 1; of the seed it has the aims alone."""
    batch = Worlds(tables, seed, LIVE)
    return Position(
        turn=0,
        tracks=only_world(batch.tracks),
        levels=only_world(batch.levels),
        promised=only_world(batch.promised),
        budgets=only_world(batch.budgets),
        spent=0,
        fired=only_world(batch.fired),
        due=(),
        shots=(only_world(batch.shots[0]),),
        past_levels=(only_world(batch.levels),),
        provocation=only_world(batch.provocation),
        aims=only_world(batch.aims),
        purse=only_world(batch.purse),
    )


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
    return Opening(batch.turn, changes, only_world(batch.budgets))


def posture(tables: Tables, position: Position) -> str:
    """The id of the posture at a position, as it is read when the levers close."""
    row = int(batch_at(tables, position, 0).posture[0])
    return tables.exercise.posture[row].id


def moving(tables: Tables, position: Position, lever: str, level: int) -> Moving:
    """A lever moved; the move must be allowed."""
    batch = batch_at(tables, position, 0)
    row = tables.lever[lever]
    move_lever(batch, row, level, np.ones(1, bool))
    return Moving(lever, level, _kept(batch), only_world(batch.budgets), only_world(batch.promised))


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
    carries = int(tables.answering.quarters[at, row_of_posture]) if quarters is None else quarters
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
            name: int(answer.reading.minutes[at_, 0])
            for at_, name in enumerate(tables.clock.stages)
        }
        if has_clock
        else {},
        total=int(answer.reading.total[0]),
        window=part.window or 0,
        critical=tables.clock.stages[int(answer.reading.critical[0])] if has_clock else "",
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
    shot = only_world(batch.shots[-1])
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
        budgets=only_world(batch.budgets),
        spent=int(batch.spent[0]),
        promised=only_world(batch.promised),
        scores=only_world(batch.scores()),
        digest=hashlib.blake2b(state.astype("<i4").tobytes(), digest_size=8).hexdigest(),
        ended=bool(batch.ended[0]),
    )


def score_inputs_at(tables: Tables, position: Position) -> dict[str, int]:
    """The inputs of all derived values at a position."""

    def rows(values: tuple[int, ...]) -> Int32:
        return column(list(values))

    inputs = scores.score_inputs(
        tables,
        rows(position.tracks),
        rows(position.levels),
        rows(position.promised),
        np.array([position.spent], np.int32),
    )
    return {name: int(value[0]) for name, value in inputs.items()}
