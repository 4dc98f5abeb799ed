"""A turn ends: adversaries answer, influences work, upkeep is paid."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import repeat

import numpy as np
from numpy.typing import NDArray

from ttx.adjudicator import clock, dice, purses
from ttx.adjudicator.arithmetic import FULL, RESPONSES, Int32, logistic
from ttx.adjudicator.ended import Kept, still
from ttx.adjudicator.tables import Links
from ttx.adjudicator.worlds import Worlds

Terms = tuple[Iterable[str], Iterable[int], Iterable[Int32]]
"""Causes, track rows, and what each adds there, int32[n]."""


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


@still
def reckon(worlds: Worlds, ruled: Sequence[int | Int32 | None] = ()) -> Reckoned:
    """Adversaries answer, influences work, upkeep is paid: the turn is over.

    `ruled` is what each adversary wants in all worlds, or int32[n], where somebody chose or
    ruled on that: 0 restraint, 1 probe, 2 escalate; None leaves it to odds and draw. The purse
    is asked all the same.
    """
    tables = worlds.tables
    _index(worlds)
    answer = _adversaries(worlds)
    for row, response in enumerate(ruled):
        if response is not None:
            answer.wanted[row] = response
    for row, adversary in enumerate(tables.exercise.adversary):
        chips = worlds.purse[row]
        answer.response[row] = purses.affordable(adversary.purse, chips, answer.wanted[row])
        purses.pay(adversary.purse, chips, answer.response[row])
        move = answer.response[row] + len(RESPONSES) * (1 + worlds.aims[row])
        for does in tables.responses[row]:
            terms = does.picked(move)
            worlds.add(f"adversary:{adversary.id}", does.tracks, terms)
    worlds.clamp()
    ends_when = tables.exercise.turns.ends_when
    ends = np.zeros(worlds.n, bool) if ends_when is None else worlds.holds(ends_when)
    worlds.shots.append(worlds.shot())
    worlds.past_levels.append(worlds.levels.copy())
    worlds.past_responses.append(answer.response.copy())
    tracks = [*worlds.tracks]
    for causes, targets, sizes in _influences(worlds):
        for cause, target, term in zip(causes, targets, sizes, strict=True):
            tracks[target] += term
            if worlds.ledger is not None:
                worlds.ledger.append(Kept(cause, target, term))
    worlds.clamp()
    _upkeep(worlds)
    worlds.clamp()
    _index(worlds)
    worlds.ended |= ends
    return answer


def _index(worlds: Worlds) -> None:
    for row, change in clock.index(worlds.tables, worlds.tracks, worlds.levels):
        worlds.book("clock", change, row)


def _adversaries(worlds: Worlds) -> Reckoned:
    tables, values = worlds.tables, worlds.values()
    odds, count = logistic(), len(worlds.tables.exercise.adversary)
    perceived, z, z2, wanted = np.empty((4, count, worlds.n), np.int32)
    draws, draws2 = np.empty((2, count, worlds.n), np.int64)
    for row, adversary in enumerate(tables.exercise.adversary):
        push = (adversary.provocation * worlds.provocation[row]) >> 2
        for logit, of_aims, steps in (
            (adversary.act, [aim.act for aim in adversary.aim], z),
            (adversary.escalate, [aim.escalate for aim in adversary.aim], z2),
        ):
            terms = (term.weight * values.of(term.of) // FULL for term in logit.terms)
            steps[row] = sum(terms, push + logit.bias)
            for at, more in enumerate(of_aims):
                steps[row] += more * (worlds.aims[row] == at)
        draws[row] = worlds.dice.high(worlds.turn, dice.ACT + row)
        draws2[row] = worlds.dice.high(worlds.turn, dice.ESCALATE + row)
        perceived[row] = values.of(tables.perceived[row])
    acts = draws < odds.take(_steps(z))
    escalates = draws2 < odds.take(_steps(z2))
    np.add(acts, acts & escalates, out=wanted, dtype=np.int32)
    return Reckoned(perceived, z, draws, z2, draws2, wanted, wanted.copy())


def _influences(worlds: Worlds) -> list[Terms]:
    """All terms of step 7, computed from snapshots and present values before any is added."""
    tables = worlds.tables
    rest = tables.rest - worlds.tracks
    rest *= tables.rate
    rest >>= 4
    terms_of_all: list[Terms] = [(repeat("rest", len(rest)), range(len(rest)), rest)]
    for delay, links in tables.links("level").items():
        terms = worlds.back(delay).take(links.source, axis=0)
        terms -= worlds.origins.take(links.source, axis=0)
        terms_of_all.append(_linked(worlds, links, terms, 12))
    for delay, links in tables.links("change").items():
        terms = worlds.back(delay).take(links.source, axis=0)
        terms -= worlds.back(delay + 1).take(links.source, axis=0)
        terms_of_all.append(_linked(worlds, links, terms, 8))
    for group in tables.lever_rows:
        levels = worlds.held(max(0, worlds.turn - group.delay))
        rows = zip(group.values, group.lever, strict=True)
        shifts = [worlds.at_level(values, levels[lever]) for values, lever in rows]
        for (at, level), by in group.cells:
            shifts[at] = shifts[at] + by * (levels[group.lever[at]] == level)
        terms_of_all.append((group.causes, group.track, shifts))
    return terms_of_all


def _linked(worlds: Worlds, links: Links, terms: Int32, per: int) -> Terms:
    terms *= links.weight
    terms >>= per
    for at, gate in enumerate(links.while_):
        if gate is not None:
            terms[at] *= worlds.levels[gate[0]] == gate[1]
    return links.ids, links.target, terms


def _upkeep(worlds: Worlds) -> None:
    tables = worlds.tables
    for row, budget in enumerate(tables.exercise.budget):
        if budget.kind != "money":
            continue
        upkeep = np.zeros(worlds.n, np.int32)
        for costs, level in zip(tables.upkeep, worlds.held(worlds.turn), strict=True):
            upkeep += costs[level]
        for (lever, level), by in tables.cells("upkeep"):
            upkeep += by * (worlds.levels[lever] == level)
        worlds.budgets[row] -= upkeep
        worlds.spent = worlds.spent + upkeep
        short = (worlds.budgets[row] < 0).astype(np.int32)
        for effect in budget.overdraft:
            track = tables.track[effect.track]
            worlds.tracks[track] += effect.by * short
            worlds.book("overdraft", effect.by * short, track)
        paid = np.maximum(worlds.budgets[row], budget.floor)
        np.minimum(paid, budget.cap, out=worlds.budgets[row])
    for row, fading in enumerate(tables.fading):
        target = tables.by_level_now(fading.id, worlds.levels[tables.lever[fading.lever]])
        over = np.maximum(worlds.promised[row] - target, 0)
        worlds.promised[row] = target + over - (over >> 2)


def _steps(z: Int32) -> Int32:
    """The row in the table of odds, from steps of 1/64 logit."""
    rows = np.maximum(z, -512)
    np.minimum(rows, 511, out=rows)
    rows += 512
    return rows
