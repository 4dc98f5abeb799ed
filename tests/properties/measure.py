"""All properties in their order, each measured once and only where it is asked for."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from .answers import PLANS, Tried, answers, late, options
from .climb import climbs
from .deterrence import deterrence, ladder, red
from .evening import evening, favourites
from .levels import levels
from .pace import draws, pace, staff
from .rows import Row
from .runs import Ground


def measured(ground: Ground, wanted: Collection[str]) -> Iterator[Row]:
    """The rows of the properties wanted, such as P1; `climb` for the climbs over all levers."""
    if "P1" in wanted:
        yield from pace(ground)
        yield from draws(ground, "declared")
        yield from draws(ground, "all")
    if "P2" in wanted:
        yield from staff(ground)
    if "P3" in wanted:
        yield from deterrence(ground)
    tried: dict[str, Tried] = {}
    if "P4" in wanted:
        tried = {plan: Tried(ground, plan) for plan in {*PLANS, *ground.doctrines}}
        yield from answers(ground, tried)
        yield late(ground)
    if "P5" in wanted:
        yield from levels(ground)
    if "P6" in wanted:
        yield from options(ground, tried or {plan: Tried(ground, plan) for plan in PLANS})
    if "P7" in wanted:
        yield from evening(ground)
    if "P8" in wanted:
        yield from red(ground)
    if "P9" in wanted:
        yield from favourites(ground)
    if "P10" in wanted:
        yield from ladder(ground)
    if "climb" in wanted:
        yield from climbs(ground)
