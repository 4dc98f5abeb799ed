"""Which conditions can hold at all: thresholds, levels and releases weighed against each other."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import combinations

from ttx.exercise.bounds import Span
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
from ttx.exercise.model.exercise import Exercise
from ttx.exercise.problems import KeyPath, in_points
from ttx.i18n import _

MOST = 300
"""Ways in which a condition can hold that are followed; one of more counts as possible."""
TIMINGS = ("on_time", "late", "far_too_late")
Subject = tuple[str, str]
"""What a simple condition asks about: `of`, `lever`, `inject` or `responded`, and the id."""
Way = Mapping[Subject, frozenset[int]]
"""One way in which a condition holds: the values that each subject may have then."""


class TooMany(Exception):
    """A condition holds in more ways than are followed."""


@dataclass(frozen=True)
class Known:
    """What can be when a condition is asked."""

    exercise: Exercise
    span: Callable[[str], Span]
    """The least and the most of a track or derived value, in hundredths."""
    levels: Mapping[str, frozenset[int]]
    """By lever, the levels it can stand at, counted from 0."""
    timings: Mapping[str, frozenset[int]]
    """By inject, how it can have come out by then: 0 not yet, then 1 to 3 as in `TIMINGS`."""
    answers: Mapping[str, frozenset[str]]
    """By adversary, how it can have answered in the turns that were reckoned by then."""


@dataclass
class Question:
    """Conditions of one exercise that are weighed against each other."""

    known: Known
    marks: dict[str, set[int]] = field(default_factory=dict)
    """By track or derived value, every number that a condition compares it with."""

    @classmethod
    def about(cls, known: Known, *asked: Condition) -> Question:
        """A question in which these conditions may be asked together."""
        question = cls(known)
        for named in asked:
            for part in simple(named):
                if isinstance(part, Threshold):
                    limits = (part.at_least, part.at_most, part.below)
                    marks = question.marks.setdefault(part.of, set())
                    marks |= {limit for limit in limits if limit is not None}
        return question

    def can(self, *asked: tuple[Condition, bool]) -> bool:
        """Whether all of them can come out as given at once; True where that is not followed."""
        try:
            ways: list[Way] = [{}]
            for condition, wanted in asked:
                ways = _both(ways, self.ways(condition, wanted=wanted))
        except TooMany:
            return True
        return bool(ways)

    def ways(self, condition: Condition, *, wanted: bool = True) -> list[Way]:
        """Every way in which a condition holds, or fails where it is not wanted; or TooMany."""
        match condition:
            case Not():
                return self.ways(condition.not_, wanted=not wanted)
            case All() | AnyOf():
                parts = condition.all if isinstance(condition, All) else condition.any
                each = [self.ways(part, wanted=wanted) for part in parts]
                if isinstance(condition, All) == wanted:
                    together: list[Way] = [{}]
                    for ways in each:
                        together = _both(together, ways)
                    return together
                return _few([way for ways in each for way in ways])
            case _:
                subject, held = self._held(condition)
                values = self._values(subject)
                if isinstance(condition, Responded) and not self.answered(condition):
                    values = frozenset({0})
                left = frozenset(value for value in values if held(value) == wanted)
                return [{subject: left}] if left else []

    def answered(self, condition: Responded) -> bool:
        """Whether the adversary can have answered so by then."""
        return not self.known.answers[condition.responded].isdisjoint(condition.with_)

    def _values(self, subject: Subject) -> frozenset[int]:
        """What a subject can be; of a number, one value for each answer that may be given."""
        kind, name = subject
        if kind == "lever":
            return self.known.levels[name]
        if kind == "inject":
            return self.known.timings[name]
        if kind == "responded":
            return frozenset({0, 1})
        low, high = self.known.span(name)
        near = {mark + step for mark in self.marks.get(name, ()) for step in (-1, 0, 1)}
        return frozenset({low, high} | {value for value in near if low <= value <= high})

    def _held(
        self, condition: Threshold | LeverAt | Fired | CameOut | Responded
    ) -> tuple[Subject, Callable[[int], bool]]:
        match condition:
            case Threshold(of=name, at_least=least, at_most=most, below=below):

                def within(value: int) -> bool:
                    return (
                        (least is None or value >= least)
                        and (most is None or value <= most)
                        and (below is None or value < below)
                    )

                return ("of", name), within
            case LeverAt():
                rows = {
                    level.id: row
                    for row, level in enumerate(self.known.exercise.levers[condition.lever].levels)
                }
                at, least, most = (
                    None if name is None else rows[name]
                    for name in (condition.level, condition.at_least, condition.at_most)
                )

                def stands(value: int) -> bool:
                    return (
                        (at is None or value == at)
                        and (least is None or value >= least)
                        and (most is None or value <= most)
                    )

                return ("lever", condition.lever), stands
            case Fired():
                return ("inject", condition.fired), bool
            case CameOut():
                codes = {TIMINGS.index(timing) + 1 for timing in condition.timing}
                return ("inject", condition.outcome), codes.__contains__
            case Responded():
                return ("responded", written(condition)), bool


def _both(first: list[Way], second: list[Way]) -> list[Way]:
    """The ways in which both hold."""
    if len(first) * len(second) > 4 * MOST:
        raise TooMany
    ways: list[Way] = []
    for a in first:
        for b in second:
            way = dict(a)
            for subject, values in b.items():
                way[subject] = way.get(subject, values) & values
            if all(way.values()):
                ways.append(way)
        _few(ways)
    return ways


def _few(ways: list[Way]) -> list[Way]:
    if len(ways) > MOST:
        raise TooMany
    return ways


def simple(condition: Condition) -> Iterator[Threshold | LeverAt | Fired | CameOut | Responded]:
    """The conditions in a condition that hold no others."""
    match condition:
        case All():
            for part in condition.all:
                yield from simple(part)
        case AnyOf():
            for part in condition.any:
                yield from simple(part)
        case Not():
            yield from simple(condition.not_)
        case _:
            yield condition


def entries(condition: Condition, path: KeyPath) -> Iterator[tuple[KeyPath, Condition]]:
    """Every entry of an `any` in a condition, with its place."""
    match condition:
        case All():
            for at, part in enumerate(condition.all):
                yield from entries(part, (*path, "all", at))
        case AnyOf():
            for at, part in enumerate(condition.any):
                yield (*path, "any", at), part
                yield from entries(part, (*path, "any", at))
        case _:
            return


def reason(question: Question, condition: Condition) -> str:
    """Why a condition that can never hold cannot, in words."""
    if isinstance(condition, AnyOf):
        return "; ".join(dict.fromkeys(reason(question, part) for part in condition.any))
    if not isinstance(condition, All):
        return _alone(question, condition)
    for part in condition.all:
        if not question.can((part, True)):
            return reason(question, part)
    for left, other in combinations(condition.all, 2):
        if not question.can((left, True), (other, True)):
            return _(
                "'{left}' and '{other}' exclude each other",
                left=written(left),
                other=written(other),
            )
    return _("its parts exclude each other")


def _alone(question: Question, condition: Condition) -> str:
    known = question.known
    match condition:
        case Not():
            return _("'{condition}' always holds", condition=written(condition.not_))
        case Threshold(of=name):
            low, high = known.span(name)
            if low < high:
                span = {"low": in_points(low), "high": in_points(high)}
                return _("'{name}' is {low} to {high}", name=name, **span)
            return _("'{name}' never moves from {value}", name=name, value=in_points(low))
        case LeverAt(lever=name):
            levels = known.exercise.levers[name].levels
            reached = ", ".join(levels[row].id for row in sorted(known.levels[name]))
            return _(
                "of '{name}' only {reached} is ever reached, or no level is asked for",
                name=name,
                reached=reached,
            )
        case Fired(fired=name) | CameOut(outcome=name):
            if known.timings[name] == {0}:
                return _("inject '{name}' cannot have been released by then", name=name)
            return _("inject '{name}' never comes out so", name=name)
        case Responded(responded=name):
            if not known.answers[name]:
                return _("no turn has been reckoned by then")
            return _(
                "'{name}' can never pay for {answers}",
                name=name,
                answers=_(" or ").join(condition.with_),
            )
        case _:
            return _("its parts exclude each other")


def written(condition: Condition) -> str:
    """A condition much as its author wrote it."""
    match condition:
        case All():
            return " and ".join(_inside(part, AnyOf) for part in condition.all)
        case AnyOf():
            return " or ".join(map(written, condition.any))
        case Not():
            return f"not {_inside(condition.not_, All, AnyOf)}"
        case Threshold():
            limits = (
                ("at_least", condition.at_least),
                ("at_most", condition.at_most),
                ("below", condition.below),
            )
            limits_words = " and ".join(
                f"{key} {in_points(to)}" for key, to in limits if to is not None
            )
            return f"{condition.of} {limits_words}"
        case LeverAt():
            keys = ("level", "at_least", "at_most")
            asked = [(key, getattr(condition, key)) for key in keys]
            limits_words = " and ".join(
                f"{key} {level}" for key, level in asked if level is not None
            )
            return f"{condition.lever} {limits_words}"
        case Fired():
            return f"fired {condition.fired}"
        case CameOut():
            return f"outcome {condition.outcome} {' or '.join(condition.timing)}"
        case Responded():
            under = f" aim {' or '.join(condition.aim)}" if condition.aim else ""
            answers = " or ".join(condition.with_)
            return f"responded {condition.responded} {answers}{under} within {condition.within}"


def _inside(condition: Condition, *bracketed: type[All | AnyOf]) -> str:
    """A condition inside another one, in brackets where it is of these kinds."""
    return f"({written(condition)})" if isinstance(condition, bracketed) else written(condition)
