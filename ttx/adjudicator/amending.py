"""A ruling with another timing or other effects: what stands where a person rules otherwise."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from ttx.adjudicator.arithmetic import RESPONSES, TIMINGS
from ttx.adjudicator.facts import Effected, Reckoning, Ruling
from ttx.adjudicator.position import Change, Position
from ttx.adjudicator.tables import Tables

SHARES = (4, 2, 0)
"""What each timing leaves of a benefit, in quarters."""
HARMS = (0, 4, 6)
"""What each timing takes of the late row, in quarters."""
FULL = 10000
HAND = "hand"
"""The kind of an effect that a person gave a ruling and no option has."""


def retimed(tables: Tables, position: Position, fact: Ruling, timing: str) -> Ruling:
    """A ruling as it would stand with another timing, by the model's own arithmetic.

    `position` is where the run stood before it. A ruling without a clock has no timing to change:
    ValueError.
    """
    if not fact.minutes:
        raise ValueError("a ruling without a clock has no timing to change")
    code = TIMINGS.index(timing)
    part = tables.injects[tables.inject[fact.inject]]
    effects = [
        replace_by(effect, effect.size * SHARES[code] * fact.quarters >> 4)
        if effect.kind == "benefit"
        else effect
        for effect in fact.effects
        if effect.kind != "late"
    ]
    if code:
        effects += [
            Effected("late", e.track, e.by, e.by * HARMS[code] // 4, e.delay) for e in part.late
        ]
    return limited(tables, position, replace(fact, timing=timing, effects=tuple(effects)))


def with_effects(tables: Tables, position: Position, fact: Ruling, by: Mapping[int, int]) -> Ruling:
    """A ruling with other sizes of some of its effects, by their place, in hundredths."""
    effects = tuple(
        replace_by(effect, by.get(at, effect.by)) for at, effect in enumerate(fact.effects)
    )
    return limited(tables, position, replace(fact, effects=effects))


def by_hand(tables: Tables, position: Position, fact: Ruling, by: Mapping[str, int]) -> Ruling:
    """A ruling with effects of a person's own besides, at once: hundredths by track."""
    own = tuple(Effected(HAND, track, size, size, 0) for track, size in by.items() if size)
    return limited(tables, position, replace(fact, effects=(*fact.effects, *own)))


def replace_by(effect: Effected, by: int) -> Effected:
    """An effect that comes to another number of hundredths."""
    return effect._replace(by=by)


def limited(tables: Tables, position: Position, fact: Ruling) -> Ruling:
    """The ruling with the clamp its effects now meet: no track leaves 0 to 100."""
    sums: dict[str, int] = {}
    for effect in fact.effects:
        if not effect.delay:
            sums[effect.track] = sums.get(effect.track, 0) + effect.by
    limits = []
    for track in sorted(sums, key=lambda name: tables.track[name]):
        after = position.tracks[tables.track[track]] + sums[track]
        kept = min(max(after, 0), FULL)
        if kept != after:
            limits.append(Change("limit", track, kept - after))
    return replace(fact, limits=tuple(limits))


def within_band(tables: Tables, position: Position, model: Ruling, amended: Ruling) -> bool:
    """Whether a change is a modification: one step of timing, each effect within 0 to 3/2.

    Effects are held against what the model gives for the timing that was chosen; those that it does
    not have are none.
    """
    steps = abs(TIMINGS.index(model.timing) - TIMINGS.index(amended.timing))
    if steps > 1:
        return False
    base = retimed(tables, position, model, amended.timing) if steps else model
    own = any(effect.kind == HAND for effect in amended.effects)
    pairs = zip(base.effects, amended.effects, strict=False)
    return not own and all(_in_band(old.by, new.by) for old, new in pairs)


def band(model: int) -> tuple[int, int]:
    """What an effect may be modified to, in hundredths: between 0 and 3/2 of the model's."""
    most = 3 * abs(model) // 2
    return (0, most) if model > 0 else (-most, 0)


def _in_band(model: int, ruled: int) -> bool:
    low, high = band(model)
    return low <= ruled <= high


def step(model: Reckoning, recast: Reckoning) -> int:
    """How far the furthest adversary's response is from the model's, in steps."""
    was = {response.adversary: RESPONSES.index(response.response) for response in model.responses}
    return max(
        (
            abs(RESPONSES.index(response.response) - was[response.adversary])
            for response in recast.responses
        ),
        default=0,
    )
