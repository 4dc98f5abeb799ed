"""A turn opens: what is due lands, dates and luck move tracks, budgets are paid, levers move."""

from __future__ import annotations

import numpy as np

from ttx.adjudicator import dice, purses
from ttx.adjudicator.conditions import Mask
from ttx.adjudicator.ended import still
from ttx.adjudicator.worlds import Worlds


@still
def open_turn(worlds: Worlds) -> None:
    """Open the next turn: effects land, the calendar and luck move tracks, budgets are paid."""
    tables = worlds.tables
    worlds.turn += 1
    landing = worlds.pending.pop(worlds.turn, None)
    if landing is not None:
        worlds.tracks += landing
        worlds.book("landed", landing)
    for cause, effects in tables.calendar.get(worlds.turn, []):
        for row, by in effects.items():
            worlds.tracks[row] += by
            worlds.book(cause, np.broadcast_to(by, worlds.n), row)
    worlds.clamp()
    weather = tables.exercise.weather
    luck = worlds.dice.triangular(worlds.turn, dice.WEATHER, len(weather))
    for part, rolled in zip(weather, luck, strict=True):
        term = ((rolled * part.size) >> 8).astype(np.int32)
        row = tables.track[part.track]
        worlds.tracks[row] += term
        worlds.book("weather", term, row)
    worlds.clamp()
    for row, budget in enumerate(tables.exercise.budget):
        income = np.full(worlds.n, budget.income.base, np.int32)
        if budget.income.by:
            source = worlds.tracks[tables.track[budget.income.by]]
            income += budget.income.rate * source // budget.income.per
        worlds.budgets[row] += income
        if budget.kind == "points":
            worlds.budgets[row] = np.minimum(worlds.budgets[row], budget.cap)
    purses.fill(tables, worlds.purse)
    worlds.provocation[:] = 0


def may_move(worlds: Worlds, lever: int, level: int) -> Mask:
    """Where a lever may be moved to a level now, bool[n]."""
    part = worlds.tables.exercise.lever[lever]
    now = worlds.levels[lever]
    up, down = now < level, now > level
    for row, budget in enumerate(worlds.tables.exercise.budget):
        have = worlds.budgets[row]
        if budget.kind == "money":
            up &= have >= 0
        else:
            up &= have >= part.levels[level].price.get(budget.id, 0)
            down &= have >= budget.lowering
    if np.count_nonzero(up):
        up &= worlds.holds(part.levels[level].needs)
    return np.asarray((up | down) & ~worlds.ended)


@still
def move_lever(worlds: Worlds, lever: int, level: int, where: Mask) -> None:
    """Move a lever in the worlds given, which must be among those where it may be moved."""
    tables = worlds.tables
    part = tables.exercise.lever[lever]
    now = worlds.levels[lever]
    up, down = where & (now < level), where & (now > level)
    for row, budget in enumerate(tables.exercise.budget):
        if budget.kind == "points":
            price = part.levels[level].price.get(budget.id, 0)
            worlds.budgets[row] -= price * up + budget.lowering * down
    steps = np.where(down, now - level, 0).astype(np.int32)
    if np.count_nonzero(steps):
        for effect in part.lowered:
            term = effect.by * steps
            row = tables.track[effect.track]
            worlds.tracks[row] += term
            worlds.book(f"lever:{part.id}", term, row)
        worlds.clamp()
    worlds.levels[lever] = np.where(where, level, now)
    worlds.promise(lever, level, up)
