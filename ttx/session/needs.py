"""What a condition asks and what a move costs, in words a person can act on."""

from __future__ import annotations

from ttx.adjudicator.arithmetic import RESPONSES
from ttx.adjudicator.because import value_of
from ttx.adjudicator.position import Position
from ttx.adjudicator.rulings import score_inputs_at
from ttx.adjudicator.tables import Tables
from ttx.exercise.asks import asks as asks_of
from ttx.exercise.model.conditions import (
    All,
    AnyOf,
    CameOut,
    Condition,
    Fired,
    LeverAt,
    Not,
    Responded,
    Threshold,
)
from ttx.exercise.model.levers import Lever
from ttx.exercise.model.part import text
from ttx.i18n import _


def points(value: int) -> str:
    """Hundredths as points, without decimals where there are none: 3000 is `30`, 150 is `1.5`."""
    whole, rest = divmod(abs(value), 100)
    sign = "-" if value < 0 else ""
    return f"{sign}{whole}" if not rest else f"{sign}{whole}.{rest:02d}".rstrip("0")


def met(tables: Tables, position: Position, condition: Condition | None) -> bool:
    """Whether a condition holds at a position."""
    match condition:
        case None:
            return True
        case All():
            return all(met(tables, position, part) for part in condition.all)
        case AnyOf():
            return any(met(tables, position, part) for part in condition.any)
        case Not():
            return not met(tables, position, condition.not_)
        case Threshold():
            now = stands_at(tables, position, condition.of)
            return (
                (condition.at_least is None or now >= condition.at_least)
                and (condition.at_most is None or now <= condition.at_most)
                and (condition.below is None or now < condition.below)
            )
        case LeverAt():
            lever = tables.exercise.levers[condition.lever]
            level = position.levels[tables.lever[condition.lever]]
            return (
                (condition.level is None or level == Tables.level(lever, condition.level))
                and (condition.at_least is None or level >= Tables.level(lever, condition.at_least))
                and (condition.at_most is None or level <= Tables.level(lever, condition.at_most))
            )
        case Fired():
            return position.fired[tables.inject[condition.fired]] > 0
        case CameOut():
            codes = ("", "on_time", "late", "far_too_late")
            return codes[position.fired[tables.inject[condition.outcome]]] in condition.timing
        case Responded():
            row = tables.adversary[condition.responded]
            aims = [aim.id for aim in tables.exercise.adversary[row].aim]
            if condition.aim and aims[position.aims[row]] not in condition.aim:
                return False
            asked = position.past_responses[-condition.within :]
            return any(RESPONSES[past[row]] in condition.with_ for past in asked)


def stands_at(tables: Tables, position: Position, name: str) -> int:
    """A track or derived value at a position, in hundredths."""
    if name in tables.track:
        return position.tracks[tables.track[name]]
    return value_of(tables, score_inputs_at(tables, position), name)


def asks(tables: Tables, position: Position, condition: Condition) -> str:
    """The condition in words: `USFJ authority 30`."""
    return asks_of(
        tables.exercise,
        condition,
        lambda inject: _news(tables, position, inject),
    )


def _news(tables: Tables, position: Position, inject: str) -> str:
    """An inject by its title once it was ruled on; before that nobody learns which one it is."""
    if position.fired[tables.inject[inject]] <= 0:
        return _("other news")
    return f"'{text(tables.exercise.injects[inject].title)}'"


def missing(tables: Tables, position: Position, condition: Condition) -> str:
    """What is not met, with what it stands at: `USFJ authority 30, now 15`; empty where it is."""
    if met(tables, position, condition):
        return ""
    match condition:
        case All():
            parts = [missing(tables, position, part) for part in condition.all]
            return _(" and ").join(part for part in parts if part)
        case Threshold():
            now = points(stands_at(tables, position, condition.of) // 100 * 100)
            return _("{asks}, now {now}", asks=asks(tables, position, condition), now=now)
        case LeverAt():
            lever = tables.exercise.levers[condition.lever]
            now = text(lever.levels[position.levels[tables.lever[condition.lever]]].name)
            return _("{asks}, now {now}", asks=asks(tables, position, condition), now=now)
        case _:
            return asks(tables, position, condition)


def why_not(tables: Tables, position: Position, lever: str, level: int) -> str:
    """Why a lever cannot be moved to a level now, in one sentence; empty where it can."""
    part = tables.exercise.levers[lever]
    now = position.levels[tables.lever[lever]]
    if now == level:
        return _(
            "Closed: {lever} already stands at {name}.",
            lever=text(part.name),
            name=text(part.levels[level].name),
        )
    lacks = []
    for row, budget in enumerate(tables.exercise.budget):
        have = position.budgets[row]
        name = text(budget.name)
        if budget.kind == "money":
            if level > now and have < 0:
                lacks.append(_debt(part, now, level, name, have))
            continue
        price = part.levels[level].price.get(budget.id, 0) if level > now else budget.lowering
        if have < price:
            lacks.append(_("{name} {price}, now {have}", name=name, price=price, have=have))
    needs = part.levels[level].needs
    if level > now and needs is not None:
        lacks += [missing(tables, position, needs)]
    lacks = [lack for lack in lacks if lack]
    return _("Closed: needs {lacks}.", lacks=_(" and ").join(lacks)) if lacks else ""


def _debt(part: Lever, now: int, level: int, name: str, have: int) -> str:
    """What a raise lacks below zero; one that costs no more than before says that it lacks it too.

    The model asks for money before any raise, and not for what the raise costs.
    """
    costs = part.levels[level].upkeep - part.levels[now].upkeep
    if costs > 0:
        return _("{name} at 0 or more, now {have}", name=name, have=have)
    if costs == 0:
        return _(
            "{name} at 0 or more, as any raise does, also one that is free; now {have}",
            name=name,
            have=have,
        )
    return _(
        "{name} at 0 or more, as any raise does, also one that brings some; now {have}",
        name=name,
        have=have,
    )
