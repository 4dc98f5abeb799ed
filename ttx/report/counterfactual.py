"""A run again on the same dice without one of its decisions: which one moved most.

Each world of one batch leaves out one decision: a lever move is not made, or an answer's effects do
not happen. Everything else is as recorded, injects included, so nothing is a forecast.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ttx.adjudicator.answering import as_ruled, rule_on
from ttx.adjudicator.arithmetic import RESPONSES, TIMINGS
from ttx.adjudicator.opening import may_move, move_lever, open_turn
from ttx.adjudicator.reckoning import reckon
from ttx.adjudicator.tables import Tables
from ttx.adjudicator.worlds import Worlds
from ttx.exercise.model.exercise import Exercise
from ttx.exercise.model.injects import SlotName
from ttx.session.game import Game, TurnRecord


@dataclass(frozen=True, slots=True)
class Decision:
    """A decision of the table, and the scores that the same dice give without it."""

    turn: int
    lever: str
    """The lever moved, or empty."""
    level: str
    inject: str
    """The inject answered, or empty."""
    option: str
    differences: tuple[int, ...]
    """Each score at the end as recorded, less the same without this decision (hundredths)."""

    @property
    def size(self) -> int:
        """The sum of all differences, whatever their sign."""
        return sum(abs(difference) for difference in self.differences)


def decisions(game: Game) -> list[tuple[int, str, str, str, str]]:
    """Turn, lever and level or inject and option, of every decision in order."""
    taken = []
    for turn in game.turns:
        if turn.end is None:
            continue
        for _rest, move in turn.moves:
            taken.append((turn.opened.turn, move.lever, move.level, "", ""))
        for slot in turn.slots:
            fact = slot.ruling
            if fact is not None:
                taken.append((turn.opened.turn, "", "", fact.inject, fact.option))
    return taken


def _ruled_on(turn: TurnRecord, exercise: Exercise) -> list[int | None]:
    """What a person ruled each adversary to do at the end of a turn; None where none did."""
    if turn.recast is None:
        return []
    did = turn.recast.reckoning.did
    return [RESPONSES.index(did[adversary.id]) for adversary in exercise.adversary]


def without_each(game: Game) -> list[Decision]:
    """Every decision with what the end would have been without it, largest first."""
    made = decisions(game)
    if not made:
        return []
    run, tables = game.run, game.run.tables
    count = len(made) + 1
    batch = Worlds(tables, run.seed, np.zeros(count, np.uint64))
    arange = np.arange(count)
    number = 0
    for turn in game.turns:
        if turn.end is None:
            break
        open_turn(batch)
        for _rest, move in turn.moves:
            number += 1
            lever = tables.lever[move.lever]
            level = Tables.level(run.exercise.levers[move.lever], move.level)
            move_lever(batch, lever, level, may_move(batch, lever, level) & (arange != number))
        batch.posture = batch.read_posture()
        names: tuple[SlotName, SlotName] = ("policy", "crisis")
        for slot_name in names:
            slot = next((s for s in turn.slots if s.released.slot == slot_name), None)
            if slot is None or slot.ruled is None:
                continue
            number += 1
            fact = slot.ruling or slot.ruled.ruling
            row = tables.inject[fact.inject]
            options = [o.id for o in tables.injects[row].option]
            option = int(tables.first_option[row]) + options.index(fact.option)
            if slot.amended is not None:
                late = TIMINGS.index(fact.timing)
                as_ruled(batch, row, option, late, fact.quarters, fact.effects, arange != number)
                continue
            weighed = slot.weighed
            rule_on(
                batch,
                slot_name,
                np.where(arange == number, -1, row).astype(np.int32),
                np.full(count, option, np.int32),
                np.full(count, int(slot.ruled.discord), np.int32),
                None if weighed is None else np.full(count, weighed.quarters, np.int32),
            )
        reckon(batch, _ruled_on(turn, run.exercise))
    ends = batch.scores()
    decision = [
        Decision(*facts, tuple(int(v) for v in ends[:, 0] - ends[:, at + 1]))
        for at, facts in enumerate(made)
    ]
    return sorted(decision, key=lambda without: -without.size)
