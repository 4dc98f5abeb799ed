"""The position that a step of one world leads to, from its fact alone."""

from __future__ import annotations

from dataclasses import replace
from typing import NamedTuple

import numpy as np

from ttx.adjudicator import purses
from ttx.adjudicator.answering import HARM, SHARE
from ttx.adjudicator.arithmetic import RESPONSES, TIMINGS
from ttx.adjudicator.facts import Moving, Opening, Reckoning, Ruling
from ttx.adjudicator.position import Position, only_world
from ttx.adjudicator.tables import Tables


def opened(tables: Tables, position: Position, fact: Opening) -> Position:
    """The position after an opening."""
    after = position.changed(tables, list(fact.changes))
    chips = np.array(position.purse, np.int32).reshape(-1, 1)
    purses.fill(tables, chips)
    return replace(
        after,
        turn=fact.turn,
        purse=only_world(chips),
        budgets=fact.budgets,
        due=tuple(due for due in position.due if due.turn != fact.turn),
        provocation=tuple(0 for _ in position.provocation),
        posture=-1,
    )


def closed(tables: Tables, position: Position, posture_id: str) -> Position:
    """The position once the levers are closed in that posture."""
    ids = [part.id for part in tables.exercise.posture]
    return replace(position, posture=ids.index(posture_id))


def moved(tables: Tables, position: Position, fact: Moving) -> Position:
    """The position after a move."""
    levels = list(position.levels)
    levels[tables.lever[fact.lever]] = fact.level
    after = position.changed(tables, list(fact.changes))
    return replace(after, levels=tuple(levels), budgets=fact.budgets, promised=fact.promised)


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


def reckoned(tables: Tables, position: Position, fact: Reckoning) -> Position:
    """The position after a confirmed reckoning."""
    after = position.changed(tables, list(fact.changes))
    answers = tuple(RESPONSES.index(response.response) for response in fact.responses)
    chips = np.array(position.purse, np.int32).reshape(-1, 1)
    for row, part in enumerate(tables.exercise.adversary):
        purses.pay(part.purse, chips[row], np.array([answers[row]], np.int32))
    return replace(
        after,
        purse=only_world(chips),
        past_responses=(*position.past_responses, answers),
        budgets=fact.budgets,
        spent=fact.spent,
        promised=fact.promised,
        shots=(*position.shots, (*fact.shot, *fact.sources)),
        past_levels=(*position.past_levels, position.levels),
    )
