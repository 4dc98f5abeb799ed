"""The least, the most and the starting minutes of a clock profile, in whole numbers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from ttx.exercise.bounds import FULL, Span
from ttx.exercise.model.clock import Profile, Stage, Wait
from ttx.exercise.model.exercise import Exercise
from ttx.exercise.model.tracks import ClockIndex

_EVEN, _NARROW, _WIDE = 256, (208, 303), (128, 447)
"""Luck of a stage per 256: none, and the least and most of both kinds."""


@dataclass(frozen=True)
class Minutes:
    """What the way of one profile takes."""

    least: int
    most: int


def minutes(exercise: Exercise, profile: Profile, span: Callable[[str], Span]) -> Minutes:
    """No answer is faster than the least or slower than the most, whatever tracks and dice do."""
    legs: dict[str, list[Span]] = {}
    for stage in exercise.clock.stages:
        base = profile.minutes[stage.id]
        slow, fast = _factors(exercise, stage, span)
        low, high = _WIDE if stage.jitter == "wide" else _NARROW
        least, most = base * fast * low >> 16, base * slow * high >> 16
        if stage.discord:
            most += most >> 1
        legs.setdefault(stage.beside or stage.id, []).append((least, most))
    return Minutes(
        sum(max(least for least, _ in leg) for leg in legs.values()),
        sum(max(most for _, most in leg) for leg in legs.values())
        + _longest_wait(exercise, profile, span),
    )


def _factors(exercise: Exercise, stage: Stage, span: Callable[[str], Span]) -> Span:
    """The slowest and the fastest factor of a stage, per 256."""
    weakest, strongest = 0, 0
    for term in stage.weights:
        anchor = _anchor(exercise, term.of)
        pulls = [term.weight * (end - anchor) for end in span(term.of)]
        weakest, strongest = weakest + min(pulls), strongest + max(pulls)
    if stage.product:
        (a, b), (c, d) = map(span, stage.product.of)
        first, second = (_anchor(exercise, name) for name in stage.product.of)
        base = first * second // FULL
        pulls = [stage.product.weight * (end - base) for end in (a * c // FULL, b * d // FULL)]
        weakest, strongest = weakest + min(pulls), strongest + max(pulls)
    return _within(_EVEN - weakest // FULL), _within(_EVEN - strongest // FULL)


def _within(factor: int) -> int:
    return min(max(factor, 64), 512)


def _anchor(exercise: Exercise, track: str) -> int:
    part = exercise.tracks[track]
    return part.start if part.anchor is None else part.anchor


def _longest_wait(exercise: Exercise, profile: Profile, span: Callable[[str], Span]) -> int:
    wait = exercise.clock.wait
    if wait is None:
        return 0
    until = max(_until(wait, hour) for hour in range(24))
    here = min(span(present.of)[0] + present.plus for present in wait.present)
    left = (until >> 1) * profile.wait // 16 * (FULL - min(here, FULL)) // FULL
    return left * max([*wait.quarters, 4]) // 4


def _until(wait: Wait, hour: int) -> int:
    """Minutes from an hour until both offices share one."""
    opened, still = hour >= wait.opens, hour < wait.closes
    shared = opened and still if wait.opens < wait.closes else opened or still
    return 0 if shared else (24 + wait.opens - hour) % 24 * 60


def at_start(exercise: Exercise, index: ClockIndex) -> int:
    """What a track that is read off the clock is worked out to be at the start, in hundredths."""
    profile = exercise.clock.profiles[index.profile]
    starts = {track.id: track.start for track in exercise.track}
    legs: dict[str, list[int]] = {}
    for stage in exercise.clock.stages:
        slow, _ = _factors(exercise, stage, lambda name: (starts[name], starts[name]))
        taken = profile.minutes[stage.id] * slow * _EVEN >> 16
        legs.setdefault(stage.beside or stage.id, []).append(taken)
    wait = exercise.clock.wait
    if wait:
        legs[wait.id] = [_wait_at_start(exercise, profile, index.hour, starts)]
    total = sum(max(leg) for leg in legs.values())
    return min(max(total * index.times // index.over, 0), FULL)


def _wait_at_start(exercise: Exercise, profile: Profile, hour: int, starts: dict[str, int]) -> int:
    wait = exercise.clock.wait
    assert wait is not None
    until = _until(wait, hour)
    left = (until >> 1) * profile.wait >> 4
    here = min(starts[present.of] + present.plus for present in wait.present)
    left = left * (FULL - min(here, FULL)) // FULL
    if wait.deputy:
        lever = exercise.levers[wait.deputy]
        row = [level.id for level in lever.levels].index(lever.start)
        left = left * wait.quarters[row] >> 2
    return left
