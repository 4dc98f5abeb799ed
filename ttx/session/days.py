"""The scenario day on which news comes to the table."""

from __future__ import annotations

import datetime

from ttx.adjudicator import rulings
from ttx.exercise.model.injects import InjectSlot, SlotName
from ttx.session.game import Game

SATURDAY = 5
"""The first day of a week on which offices send nothing; Monday is 0."""


def day_of(game: Game, slot: SlotName, inject: str) -> datetime.date:
    """The day of an inject that is put into a slot in the turn under way.

    A day that the inject names, where it lies in this turn; else the dice give one: to the crisis
    slot a day of the turn, to the policy slot half of it. Where news of the policy slot came on a
    day that it names, the crisis of that turn has the same draw over the days that are left.
    Where the exercise asks for working days, policy news comes on the last one by then, or on the
    first of the turn.
    """
    run, turn = game.run, game.position.turn
    first = run.first_day(turn)
    days = (run.first_day(turn + 1) - first).days
    if named := _named(game, inject):
        return named
    drawn = rulings.day_of(run.seed, turn, days)
    if slot == "policy":
        return _worked(run.exercise.slots, first, drawn // 2, days)
    before = max(((policy_day - first).days + 1 for policy_day in _policy_days(game)), default=0)
    return first + datetime.timedelta(before + drawn * (days - before) // days)


def _named(game: Game, inject: str) -> datetime.date | None:
    """The day that an inject names, if it lies in the turn under way."""
    run, turn = game.run, game.position.turn
    day = run.exercise.injects[inject].day
    inside = day is not None and run.first_day(turn) <= day < run.first_day(turn + 1)
    return day if inside else None


def _policy_days(game: Game) -> list[datetime.date]:
    """The days named by the policy news of this turn."""
    assert game.turn is not None
    came = [slot.released for slot in game.turn.slots if slot.released.slot == "policy"]
    named = [_named(game, release.inject) for release in came]
    return [day for day in named if day is not None]


def _worked(slots: InjectSlot, first: datetime.date, drawn: int, days: int) -> datetime.date:
    """The last working day by the drawn one, else the first after it; the drawn one without any."""
    order = [*range(drawn, -1, -1), *range(drawn + 1, days)]
    dates = [first + datetime.timedelta(day) for day in order]
    if not slots.working_days:
        return dates[0]
    worked = (date for date in dates if date.weekday() < SATURDAY and date not in slots.days_off)
    return next(worked, dates[0])
