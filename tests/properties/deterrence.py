"""P3, P8 and P10: what adversaries do, what it comes to, and what it costs them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations

import numpy as np

from ttx.adjudicator.conditions import Mask
from ttx.exercise.model.part import text

from .rows import Row
from .runs import ESCALATE, PROBE, RESTRAINT, Floats, Ground, Run

MANNERS = {"always escalates": ESCALATE, "always probes": PROBE, "always holds back": RESTRAINT}


def deterrence(ground: Ground) -> Iterator[Row]:
    """P3."""
    for row in range(len(ground.adversaries)):
        yield _escalations(ground, row)
    yield from _foretold(ground)
    yield from _moved(ground)
    for row in range(len(ground.adversaries)):
        yield _recorded(ground, row)


def _escalations(ground: Ground, row: int) -> Row:
    who, name = ground.adversaries[row]
    count = {
        robot: float((ground.run(robot).response[:, row] == ESCALATE).sum(axis=0).mean())
        for robot in ground.names
    }
    most, least = (by(count, key=lambda one: count[one]) for by in (max, min))
    doctrines = ", ".join(f"{ground.told(one)} {count[one]:.2f}" for one in ground.doctrines)
    return Row(
        f"P3.escalations.{who}",
        f"{name}: escalations apart between the named robots, as a share of the most",
        100 * (1 - count[least] / count[most]) if count[most] else 0.0,
        at_least=30 if who == "china" else None,
        unit=" %",
        note=f"{ground.told(most)} {count[most]:.2f} a game, {ground.told(least)} "
        f"{count[least]:.2f}; doctrines: {doctrines}",
    )


def _foretold(ground: Ground) -> Iterator[Row]:
    runs = [ground.run(one) for one in ground.doctrines]
    for row, (who, name) in enumerate(ground.adversaries):
        yield Row(
            f"P3.foretells.{who}",
            f"{name}: area under the curve of its score for an escalation in the next turn",
            _area(runs, row, ground.score(row)),
            at_least=0.62,
        )


def _area(runs: Sequence[Run], row: int, score: int) -> float:
    """How often a turn before an escalation has the lower score of two turns drawn at random."""
    before = np.concatenate([run.scores[:-1, score].ravel() for run in runs])
    after = np.concatenate([run.response[1:, row].ravel() for run in runs])
    yes, no = np.sort(before[after == ESCALATE]), before[(after >= 0) & (after < ESCALATE)]
    below = np.searchsorted(yes, no, side="left")
    ties = np.searchsorted(yes, no, side="right") - below
    return float((below + ties / 2).sum() / (len(yes) * len(no)))


def _moved(ground: Ground) -> Iterator[Row]:
    """In how many turns two doctrines meet another answer on the same dice, in the mean of pairs.

    Only turns count before either run has ended.
    """
    pairs = [*combinations([ground.run(one) for one in ground.doctrines], 2)]
    shares = np.zeros(1 + len(ground.adversaries))
    for one, other in pairs:
        both = (one.response >= 0) & (other.response >= 0)
        differs = (one.response != other.response) & both
        turns = both[:, 0].sum()
        shares += [differs.any(axis=1).sum() / turns, *(differs.sum(axis=(0, 2)) / turns)]
    shares *= 100 / len(pairs)
    yield Row(
        "P3.differs.any",
        "turns in which doctrine alone changes some adversary's answer",
        float(shares[0]),
        at_least=25,
        unit=" %",
        note="mean of all pairs of the six doctrines",
    )
    for row, (who, name) in enumerate(ground.adversaries):
        yield Row(
            f"P3.differs.{who}",
            f"turns in which doctrine alone changes the answer of {name}",
            float(shares[1 + row]),
            at_least=10,
            unit=" %",
        )


def _recorded(ground: Ground, row: int) -> Row:
    who, name = ground.adversaries[row]
    pressed, calm = (
        _ruled(ground, ground.doctrines[0], manner, row).scores[:, ground.score(row)].mean(axis=-1)
        for manner in (ESCALATE, RESTRAINT)
    )
    return Row(
        f"P3.record.{who}",
        f"{name}: its score at the end where it always held back, less where it always escalated",
        float(calm[-1] - pressed[-1]),
        at_least=0.5,
        unit=" points",
        note=f"escalating {pressed[0]:.1f} in T1 and {pressed[-1]:.1f} at the end, holding back "
        f"{calm[0]:.1f} and {calm[-1]:.1f}",
    )


def _ruled(ground: Ground, plan: str, manner: int, only: int | None = None) -> Run:
    """Runs of a plan in which one adversary, or each, always wants the same."""
    every = range(len(ground.adversaries))
    return ground.play(plan, ruled=[manner if only in (None, at) else None for at in every])


# --- Red as an actor ------------------------------------------------------------------------------


def red(ground: Ground) -> Iterator[Row]:
    """P8."""
    by_rule = [ground.run(one) for one in ground.doctrines]
    for row, (who, name) in enumerate(ground.adversaries):
        rule = _share(by_rule, row)
        yield Row(
            f"P8.aim.{who}",
            f"{name}: games in which it reaches its aim by the rule",
            100 * rule,
            at_least=3,
            at_most=60,
            unit=" %",
        )
        for said, manner in MANNERS.items():
            runs = [_ruled(ground, plan, manner, row) for plan in ground.doctrines]
            aims = [
                f"{text(aim.name)} {100 * _share(runs, row, at):.0f} %, "
                f"by the rule {100 * _share(by_rule, row, at):.0f} %"
                for at, aim in enumerate(ground.exercise.adversary[row].aim)
            ]
            yield Row(
                f"P8.{said.replace(' ', '_')}.{who}",
                f"{name}, where it {said}: games in which it reaches its aim, less by the rule",
                100 * (_share(runs, row) - rule),
                at_most=0,
                unit=" %",
                note="; ".join(aims),
            )
            if manner == ESCALATE:
                done = [(run.response[:, row] == ESCALATE).sum(axis=0).max() for run in runs]
                yield Row(
                    f"P8.dry.{who}",
                    f"{name}: escalations that its purse pays for in a game, at the most",
                    float(max(done)),
                    at_least=2,
                    at_most=5,
                )
    for said, manner in MANNERS.items():
        runs = [_ruled(ground, plan, manner) for plan in ground.doctrines]
        apart = [_share(runs, row) - _share(by_rule, row) for row in range(len(ground.adversaries))]
        yield Row(
            f"P8.{said.replace(' ', '_')}.all",
            f"All three, where each {said}: games in which the most fortunate reaches its aim, "
            "less by the rule",
            100 * max(apart),
            at_most=0,
            unit=" %",
        )
    yield from _news(ground, by_rule)


def _share(runs: Sequence[Run], row: int, aim: int | None = None) -> float:
    """In what share of games an adversary reaches its aim, or the one named where it drew that."""
    shares = []
    for run in runs:
        drew = np.ones(run.aims.shape[1], bool) if aim is None else run.aims[row] == aim
        shares.append(run.reached[row, drew].mean())
    return float(np.mean(shares))


def _news(ground: Ground, runs: Sequence[Run]) -> Iterator[Row]:
    """How many escalations are told by an inject that hangs on them, within two turns."""
    for row, (who, name) in enumerate(ground.adversaries):
        told = [
            at
            for at, inject in enumerate(ground.tables.injects)
            if getattr(inject.when, "responded", "") == who
        ]
        came = asked = 0
        for run in runs:
            news: Mask = np.asarray(np.isin(run.inject, told).any(axis=1))
            escalated = run.response[:, row] == ESCALATE
            soon = news[1:] | np.concatenate([news[2:], np.zeros_like(news[:1])])
            asked += int(escalated[:-1].sum())
            came += int((escalated[:-1] & soon).sum())
        yield Row(
            f"P8.news.{who}",
            f"{name}: escalations that come as news within two turns",
            100 * came / asked,
            at_least=75,
            unit=" %",
        )


def ladder(ground: Ground) -> Iterator[Row]:
    """P10."""
    yield Row(
        "P10.reckless",
        "games of reckless play that end on the ladder",
        100 * float(ground.run("reckless").ended.mean()),
        at_least=0.5,
        at_most=5,
        unit=" %",
    )
    ends: dict[str, Floats] = {one: ground.run(one).ended.mean() for one in ground.doctrines}
    worst = max(ends, key=lambda one: float(ends[one]))
    yield Row(
        "P10.doctrines",
        "games of a doctrine that end on the ladder, at the most",
        100 * float(ends[worst]),
        at_most=0.5,
        unit=" %",
        note=ground.told(worst),
    )
