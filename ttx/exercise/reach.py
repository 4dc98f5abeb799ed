"""What an exercise can come to at the most: money, points, levels, releases, sizes of tracks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from ttx.exercise.bounds import FULL, Spans
from ttx.exercise.conditions import Known, Question
from ttx.exercise.model.adversaries import Adversary
from ttx.exercise.model.conditions import Condition
from ttx.exercise.model.exercise import Exercise
from ttx.exercise.model.injects import Inject
from ttx.exercise.model.levers import Budget, LeverEffect
from ttx.exercise.model.tracks import Effect, Weather
from ttx.exercise.parts import Parts

Levels = Mapping[str, frozenset[int]]


@dataclass(frozen=True)
class Reach:
    """What can come of a sound exercise, whoever plays it and whatever the dice show."""

    exercise: Exercise
    spans: Spans
    levels: Levels
    """By lever, the levels that it can stand at."""
    timings: Mapping[str, frozenset[int]]
    """By inject, how it can come out in the end: 0 not released, then the three timings."""

    def at_answer(self, inject: Inject) -> Known:
        """What can be when an inject is a candidate, and when it is answered."""
        seen = {other.id: _first(other, inject) for other in self._injects}
        return self._known(self.levels, seen, reckoned=inject.turns[1] > 1)

    def at_levers(self, levels: Levels | None = None) -> Known:
        """What can be while levers are moved, and when the posture is read."""
        last = self.exercise.turns.count
        seen = {inject.id: inject.turns[0] < last for inject in self._injects}
        return self._known(self.levels if levels is None else levels, seen, reckoned=last > 1)

    def in_turn_1(self, inject: Inject) -> Known:
        """What can be when an inject of turn 1 is a candidate."""
        crisis = inject.slot == "crisis"
        early = {o.id: crisis and o.slot == "policy" and o.turns[0] <= 1 for o in self._injects}
        return self._known(self.levels, early, reckoned=False)

    def at_end(self) -> Known:
        """What can be when the last turn has been reckoned."""
        return self._known(
            self.levels, {inject.id: True for inject in self._injects}, reckoned=True
        )

    def at_start(self) -> Known:
        """What is before turn 1; what the clock or a sum makes of it is left open."""
        ex = self.exercise
        starts = {track.id: track.start for track in ex.track if track.value is None}
        levels = {lever.id: frozenset({_start(ex, lever.id)}) for lever in ex.lever}
        known = self._known(levels, {inject.id: False for inject in self._injects}, reckoned=False)
        return replace(known, span=Spans(ex, still=starts).of)

    @property
    def _injects(self) -> list[Inject]:
        return self.exercise.inject

    def _known(self, levels: Levels, seen: Mapping[str, bool], *, reckoned: bool) -> Known:
        never = frozenset({0})
        timings = {name: self.timings[name] if may else never for name, may in seen.items()}
        answers = {
            adversary.id: answers_of(adversary, self.exercise) if reckoned else frozenset[str]()
            for adversary in self.exercise.adversary
        }
        return Known(self.exercise, self.spans.of, levels, timings, answers)


def _first(inject: Inject, other: Inject) -> bool:
    """Whether an inject can have been released before another one comes."""
    if inject.id == other.id:
        return inject.again is not None and inject.turns[0] + inject.again <= inject.turns[1]
    same = inject.slot == "policy" and other.slot == "crisis"
    return inject.turns[0] < other.turns[1] or (same and inject.turns[0] <= other.turns[1])


def reach(exercise: Exercise, parts: Parts) -> Reach:
    """What can come of an exercise in which every id is known and no value leads to itself."""
    spans = Spans(exercise, still=still(exercise, parts))
    known = Reach(
        exercise,
        spans,
        {lever.id: frozenset({_start(exercise, lever.id)}) for lever in exercise.lever},
        {inject.id: frozenset({0}) for inject in exercise.inject},
    )
    while (further := _further(known)) != known:
        known = further
    return known


def _start(exercise: Exercise, lever: str) -> int:
    part = exercise.levers[lever]
    return [level.id for level in part.levels].index(part.start)


def still(exercise: Exercise, parts: Parts) -> dict[str, int]:
    """The tracks that nothing moves, with the number they keep."""
    moved = {link.to for link in exercise.influence}
    for placed in parts:
        if isinstance(placed.part, Effect | LeverEffect | Weather):
            moved.add(placed.part.track)
    return {
        track.id: track.start
        for track in exercise.track
        if track.id not in moved
        and track.value is None
        and (track.rate == 0 or track.rest in (None, track.start))
    }


def _further(before: Reach) -> Reach:
    """What can be once all that can be so far has come."""
    exercise = before.exercise
    levels = {}
    for lever in exercise.lever:
        ids = [level.id for level in lever.levels]
        start = _start(exercise, lever.id)
        entered = [
            row for row in range(start + 1, len(lever.levels)) if enterable(before, lever.id, row)
        ]
        put = {
            ids.index(option.sets[lever.id])
            for inject in exercise.inject
            for option in inject.option
            if lever.id in option.sets
        }
        levels[lever.id] = frozenset(put) | frozenset(range(max([start, *entered]) + 1)) - {
            row
            for row in range(start + 1, max(entered, default=0))
            if not _passable(before, lever.id, row)
        }
    timings = {}
    for inject in exercise.inject:
        slots = exercise.slots
        bar = getattr(slots, inject.slot) or (inject.slot == "crisis" and slots.fill)
        comes = bar > 0 and _can(before.at_answer(inject), inject.when)
        ends = {1, 2, 3} if inject.slot == "crisis" else {1}
        timings[inject.id] = frozenset({0} | (ends if comes else set()))
    return Reach(exercise, before.spans, levels, timings)


def _passable(known: Reach, lever: str, row: int) -> bool:
    """A level below one that can be entered is entered by a move down, where that can be paid."""
    return enterable(known, lever, row) or all(
        budget.kind == "money" or budget.lowering <= most(budget, known.exercise)
        for budget in known.exercise.budget
    )


def enterable(known: Reach, lever: str, row: int) -> bool:
    """Whether a level can be entered by a move up: its price paid, and what it needs met."""
    level = known.exercise.levers[lever].levels[row]
    paid = not unpayable(known.exercise, lever, row)
    return paid and _can(known.at_levers(), level.needs)


def unpayable(exercise: Exercise, lever: str, row: int) -> list[str]:
    """The budgets of points that never hold the price of a level."""
    price = exercise.levers[lever].levels[row].price
    return [
        budget.id for budget in exercise.budget if price.get(budget.id, 0) > most(budget, exercise)
    ]


def _can(known: Known, condition: Condition | None) -> bool:
    return condition is None or Question.about(known, condition).can((condition, True))


def income(budget: Budget) -> int:
    """The most that a budget receives in a turn."""
    part = budget.income
    best = max(0, part.rate * FULL // part.per) if part.by else 0
    return part.base + best


def most(budget: Budget, exercise: Exercise) -> int:
    """The most that a budget of points can hold while levers are moved, or money before upkeep."""
    turns = exercise.turns.count
    gained = budget.start + max(income(budget), turns * income(budget))
    for inject in exercise.inject:
        best = max([0, *(option.budgets.get(budget.id, 0) for option in inject.option)])
        gained += best * (1 if inject.again is None else turns)
    if budget.kind == "points":
        return min(gained, budget.cap)
    return min(gained, max(budget.cap, budget.start) + income(budget))


def chips(adversary: Adversary, exercise: Exercise) -> int | None:
    """The most chips that an adversary can hold when it answers; None without a purse."""
    purse = adversary.purse
    if purse is None:
        return None
    return min(purse.cap, purse.start + exercise.turns.count * purse.income)


def answers_of(adversary: Adversary, exercise: Exercise) -> frozenset[str]:
    """The answers that an adversary can ever pay for; restraint is free."""
    most_chips = chips(adversary, exercise)
    price = adversary.purse.price if adversary.purse else {}
    dear = {
        name
        for name in ("probe", "escalate")
        if most_chips is not None and price.get(name, 0) > most_chips
    }
    return frozenset({"restraint", "probe", "escalate"} - dear)
