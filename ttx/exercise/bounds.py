"""Whether the numbers of an exercise stay within their scales, and within 32-bit arithmetic."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator, Mapping

from ttx.exercise.loops import derived_inputs, settled
from ttx.exercise.model.adversaries import Adversary, Logit, Purse
from ttx.exercise.model.clock import Product, Profile, Wait
from ttx.exercise.model.exercise import Exercise
from ttx.exercise.model.injects import Inject, InjectSlot, Lean, Option, Weight
from ttx.exercise.model.levers import Budget, Income, Level
from ttx.exercise.model.part import Part
from ttx.exercise.model.scores import (
    SPENT,
    Blend,
    ByLevel,
    Derived,
    Fading,
    Scarcer,
    Shortfall,
    Sum,
)
from ttx.exercise.model.times import Turns
from ttx.exercise.model.tracks import Track, Weather
from ttx.exercise.parts import Parts
from ttx.exercise.problems import Finding, KeyPath, in_points, shown
from ttx.i18n import _

FULL = 10000
"""100.00 points in hundredths."""
LARGEST = 2**31 - 1
"""What the adjudicator's whole numbers hold."""
Span = tuple[int, int]
"""The least and the most that a value can be."""

_AMOUNT = (-1_000_000, 1_000_000)
_RATE = (-100_000, 100_000)
LIMITS: dict[type[Part], dict[str, Span]] = {
    Exercise: {"minutes": (1, 100_000), "time_plan": (0, 100_000)},
    Turns: {"moves": (0, 100)},
    InjectSlot: {"policy": (0, 64 * 65536), "crisis": (0, 64 * 65536)},
    Budget: {"start": _AMOUNT, "cap": _AMOUNT, "floor": _AMOUNT, "lowering": (0, 1_000_000)},
    Income: {"base": _AMOUNT, "rate": _RATE, "per": (1, FULL)},
    Level: {"upkeep": _AMOUNT, "price": (0, 1_000_000)},
    Sum: {"divisor": (1, 1_000_000)},
    Blend: {"weights": (0, 100)},
    Product: {"weight": _RATE},
    Profile: {"minutes": (0, 9000)},  # a jittered stage is base × 512 × 447, the widest product
    Wait: {"quarters": (0, 8)},
    Lean: {"quarters": (0, 8)},
    Option: {
        "quarters": (0, 8),
        "provocation": (-1000, 1000),
        "denies": (0, 1000),
        "budgets": _AMOUNT,
    },
    Weight: {"base": _AMOUNT, "times": _RATE},
    Inject: {"window": (1, 1_000_000), "opening": (0, 1000)},
    Logit: {"bias": _RATE},
    Adversary: {"provocation": (-1000, 1000)},
    Purse: {"price": (0, 1000)},
    Track: {"start": (0, FULL), "rest": (0, FULL), "range": (0, FULL)},
    Weather: {"size": (0, FULL)},
}
"""What a field may hold, where the model leaves it open; of a list or table, each of its values."""
IN_POINTS = {(Income, "per"), *((Track, key) for key in LIMITS[Track]), (Weather, "size")}
"""Those of them that are written in points, and held in hundredths."""


def span_of(part: type[Part], key: str) -> Span:
    """The least and the most that a whole number of a part may be; of points, in hundredths."""
    if key in LIMITS.get(part, {}):
        return LIMITS[part][key]
    least, most = -FULL, FULL
    for bound in part.model_fields[key].metadata:
        least, most = getattr(bound, "ge", least), getattr(bound, "le", most)
    return least, most


def out_of_bounds(exercise: Exercise, parts: Parts) -> Iterator[Finding]:
    """Every number outside its limits, and every sum that can outgrow the arithmetic."""
    for placed in parts:
        part = placed.part
        for key, span in LIMITS.get(type(part), {}).items():
            unit_words = in_points if (type(part), key) in IN_POINTS else _whole
            yield from _outside((*placed.path, key), getattr(part, key), span, unit_words)
    yield from _years(exercise)
    yield from _ranges(exercise)
    yield from _budgets(exercise)
    yield from _clock(exercise)
    if settled(derived_inputs(exercise)):
        yield from _derived(exercise)


def _whole(value: int) -> str:
    return shown(value)


def _outside(
    path: KeyPath, value: object, span: Span, in_words: Callable[[int], str]
) -> Iterator[Finding]:
    if isinstance(value, list | tuple):
        for at, entry in enumerate(value):
            yield from _outside((*path, at), entry, span, in_words)
    elif isinstance(value, dict):
        for name, entry in value.items():
            yield from _outside((*path, name), entry, span, in_words)
    elif isinstance(value, int) and not span[0] <= value <= span[1]:
        label = (
            _("entry {number} of {key}", number=path[-1] + 1, key=path[-2])
            if isinstance(path[-1], int)
            else path[-1]
        )
        least, most = map(in_words, span)
        yield Finding(
            path,
            _(
                "{label} must be between {least} and {most}, not {value}",
                label=label,
                least=least,
                most=most,
                value=in_words(value),
            ),
        )


def _years(exercise: Exercise) -> Iterator[Finding]:
    """A calendar of four digits holds every turn and the day after the last."""
    turns = exercise.turns
    if turns.days is not None:
        if turns.start.year + (turns.days * turns.count) // 365 >= datetime.MAXYEAR:
            text = _(
                "{count} turns of {days} days go past the year {maxyear}: begin earlier",
                count=turns.count,
                days=turns.days,
                maxyear=datetime.MAXYEAR,
            )
            yield Finding(("turns", "days"), text)
        return
    last = turns.start.year + (turns.start.month - 1 + turns.months * turns.count) // 12
    if last > datetime.MAXYEAR:
        text = _(
            "{count} turns of {months} months go past the year {maxyear}: write fewer months",
            count=turns.count,
            months=shown(turns.months),
            maxyear=datetime.MAXYEAR,
        )
        yield Finding(("turns", "months"), text)


def _ranges(exercise: Exercise) -> Iterator[Finding]:
    """A range goes up, and holds the value that it is the range of."""
    ranged: list[tuple[KeyPath, str, int, Span, Callable[[int], str]]] = [
        *(
            (("track", at), "start", track.start, track.range, in_points)
            for at, track in enumerate(exercise.track)
        ),
        *(
            (("influence", at), "strength", link.strength, link.range, _whole)
            for at, link in enumerate(exercise.influence)
        ),
    ]
    for path, key, value, (low, high), in_words in ranged:
        span = _("{low} to {high}", low=in_words(low), high=in_words(high))
        if low > high:
            yield Finding(
                (*path, "range"),
                _("range goes from the lower to the higher, not {span}", span=span),
            )
        elif not low <= value <= high:
            yield Finding(
                (*path, key),
                _(
                    "{key} {value} is outside its range {span}",
                    key=key,
                    value=in_words(value),
                    span=span,
                ),
            )


def _budgets(exercise: Exercise) -> Iterator[Finding]:
    for at, budget in enumerate(exercise.budget):
        if not budget.floor <= budget.start <= budget.cap:
            start, floor, cap = map(shown, (budget.start, budget.floor, budget.cap))
            text = _(
                "start {start} is outside {floor} (floor) to {cap} (cap)",
                start=start,
                floor=floor,
                cap=cap,
            )
            yield Finding(("budget", at, "start"), text)


# --- the clock ----------------------------------------------------------------------------------


def _clock(exercise: Exercise) -> Iterator[Finding]:
    for at, stage in enumerate(exercise.clock.stages):
        pull = sum(abs(term.weight) for term in stage.weights)
        pull += abs(stage.product.weight) if stage.product else 0
        if pull * FULL > LARGEST:
            text = _(
                "weights add up to {pull}, at most {largest} can be reckoned with",
                pull=shown(pull),
                largest=LARGEST // FULL,
            )
            yield Finding(("clock", "stages", at, "weights"), text)
    for at, track in enumerate(exercise.track):
        index = track.value
        profile = exercise.clock.profiles.get(index.profile) if index else None
        if index and profile:
            longest = 2 * sum(profile.minutes.values()) + 24 * 60 * 8
            if longest * index.times > LARGEST:
                text = _(
                    "times is at most {largest} for profile '{profile}'",
                    largest=LARGEST // longest,
                    profile=index.profile,
                )
                yield Finding(("track", at, "value", "times"), text)
            if index.over > LARGEST:
                yield Finding(
                    ("track", at, "value", "over"), _("over is at most {largest}", largest=LARGEST)
                )


# --- derived values -----------------------------------------------------------------------------


def _derived(exercise: Exercise) -> Iterator[Finding]:
    spans = Spans(exercise)
    for at, value in enumerate(exercise.derived):
        if isinstance(value, Sum):
            reach = abs(value.constant)
            for term in value.terms:
                low, high = spans.of(term.of)
                if term.inverted:
                    low, high = FULL - high, FULL - low
                reach += abs(term.weight) * max(abs(low), abs(high))
            if reach > LARGEST:
                text = _(
                    "the terms can add up to {sum}, past what can be reckoned with",
                    sum=in_points(reach),
                )
                yield Finding(("derived", at, "terms"), text)
        elif isinstance(value, Blend):
            if sum(value.weights) != 100:
                text = _(
                    "weights must add up to 100, not {weights}", weights=shown(sum(value.weights))
                )
                yield Finding(("derived", at, "weights"), text)
            for key, name in (*(("parts", part) for part in value.parts), ("motive", value.motive)):
                low, high = spans.of(name)
                if low < 0 or high > FULL:
                    text = _(
                        "'{name}' can be {low} to {high}, not 0 to 100",
                        name=name,
                        low=in_points(low),
                        high=in_points(high),
                    )
                    yield Finding(("derived", at, key), text)


class Spans:
    """What each value can be, worked out from what it is made of."""

    def __init__(self, exercise: Exercise, still: Mapping[str, int] | None = None) -> None:
        """`still` are tracks that keep a number, in hundredths; all others go from 0 to 100."""
        self.derived = {value.id: value for value in exercise.derived}
        upkeep = [[level.upkeep for level in lever.levels] for lever in exercise.lever]
        turns = exercise.turns.count
        least, most = turns * sum(map(min, upkeep)), turns * sum(map(max, upkeep))
        self.known: dict[str, Span] = {SPENT: (min(least, 0), max(most, 0))}
        self.known |= {name: (value, value) for name, value in (still or {}).items()}

    def of(self, name: str) -> Span:
        """The span of a track or derived value; of a name that is unknown, that of a track."""
        if name not in self.known:
            value = self.derived.get(name)
            self.known[name] = (0, FULL) if value is None else self._span(value)
        return self.known[name]

    def _span(self, value: Derived) -> Span:
        match value:
            case Scarcer():
                (a, b), (c, d) = map(self.of, value.of)
                return min(a, c), max(b, d)
            case Shortfall():
                low, high = self.of(value.of)
                met = [self.of(name) for name in value.delivered]
                least = sum(min(span_low, low) for span_low, _ in met) // len(met)
                most = sum(min(span_high, high) for _, span_high in met) // len(met)
                return low - max(most, low), high - least
            case ByLevel() | Fading():
                return min(value.values, default=0), max(value.values, default=0)
            case _:
                return 0, FULL
