"""P1 and P2: whether how fast, and who sits in Tokyo, are questions inside several plans."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import permutations

import numpy as np

from ttx.adjudicator.arithmetic import Int32
from ttx.exercise.parameters import parameters
from ttx.studies import sows

from .rows import Row
from .runs import Floats, Ground, worlds_of

PLANS = ("phased", "staff_first", "accelerated", "memo")
PACES = ("hold", "phased", "accelerated", "crash")
STAFFS = {
    "none": "+standing_staff=none",
    "liaison": "+standing_staff=liaison",
    "cell": "+standing_staff=cell",
    "full": "+standing_staff=full@3",
    "hawaii": "+standing_staff=none+hawaii_rules=written_rules",
}
STAFF_NAMES = {
    "none": "no staff",
    "liaison": "a liaison",
    "cell": "a cell",
    "full": "a full staff",
    "hawaii": "Hawaii by written rules",
}
CLEAR = 0.5
SAID = {"declared": "those declared", "all": "all, half of the value where none is declared"}
DRAWS, IN_EACH = 256, 48
"""Joint draws of all ranges, and the worlds in which each is played."""
MOMENTS = {"way": "on the way", "end": "at the end"}


def distinct(ground: Ground) -> list[str]:
    """The plans that differ in more than pace."""
    found: dict[str, str] = {}
    for plan in PLANS:
        if plan in ground.names:
            wishes = [one for one in ground.robot(plan).wishes if one.lever != "pace"]
            found.setdefault(repr(wishes), plan)
    return list(found.values())


def paces(ground: Ground, plan: str) -> Floats:
    """Means by pace, moment and score, float[paces, 2, scores]."""
    return np.stack([ground.run(f"{plan}+pace={pace}").means for pace in PACES])


def pace(ground: Ground) -> Iterator[Row]:
    """P1 but for the draws."""
    china = ground.scores.index("china")
    count = len(ground.scores)
    for plan in distinct(ground):
        means, name = paces(ground, plan), ground.told(plan)
        for at, (moment, said) in enumerate(MOMENTS.items()):
            ahead = {
                (one, other): int((means[i, at] > means[j, at]).sum())
                for (i, one), (j, other) in permutations(enumerate(PACES), 2)
            }
            best = max(ahead, key=lambda pair: ahead[pair])
            yield Row(
                f"P1.ahead.{plan}.{moment}",
                f"scores on which one pace is ahead of another, at the most, inside {name}, {said}",
                ahead[best],
                at_most=count - 2,
                note=f"{best[0]} over {best[1]}",
            )
        apart = means[2, 1] - means[1, 1]
        for side, value in (("accelerated", apart), ("phased", -apart)):
            yield Row(
                f"P1.half.{plan}.{side}",
                f"scores on which {side} is ahead by half a point at the end, inside {name}",
                int((value >= CLEAR).sum()),
                at_least=2,
                note=", ".join(f"{ground.short(row)} {by:+.2f}" for row, by in enumerate(value)),
            )
        yield Row(
            f"P1.china.{plan}",
            f"accelerated less phased on China at the end, inside {name}",
            float(apart[china]),
            unit=" points",
        )


def draws(ground: Ground, words: str = "declared") -> Iterator[Row]:
    """The chance that accelerated is better on China, over joint draws of all ranges."""
    china = ground.scores.index("china")
    ranges = sows.ranges_of(ground.exercise, words, lambda _: "")
    drawn = sows.drawn(ranges, ground.seeds[0], DRAWS)
    settings = {name: np.repeat(row, IN_EACH).astype(np.int32) for name, row in drawn.items()}
    each = -(-IN_EACH // len(ground.seeds))
    worlds = np.tile(worlds_of(ground.seeds, each)[:IN_EACH], DRAWS)
    for plan in distinct(ground):
        ends = [
            ground.play(f"{plan}+pace={one}", worlds=worlds, settings=settings).scores[-1, china]
            for one in ("phased", "accelerated")
        ]
        apart = (ends[1] - ends[0]).reshape(DRAWS, IN_EACH).mean(axis=1)
        yield Row(
            f"P1.chance.{words}.{plan}",
            f"chance that accelerated is better on China at the end, over joint draws of "
            f"{len(ranges)} ranges ({SAID[words]}), inside {ground.told(plan)}",
            float((apart > 0).mean()),
            at_least=0.3,
            at_most=0.7,
            note="hangs most on: " + "; ".join(_decide(ground, drawn, apart)),
        )


def _decide(ground: Ground, drawn: Mapping[str, Int32], apart: Floats) -> Sequence[str]:
    """The numbers whose draws go most with the answer, by their correlation."""
    known = parameters(ground.exercise)
    found = {
        name: float(np.corrcoef(row, apart)[0, 1]) for name, row in drawn.items() if np.ptp(row)
    }
    first = sorted(found, key=lambda name: -abs(found[name]))[:5]
    return [f"{known[name].name} ({found[name]:+.2f})" for name in first]


def staff(ground: Ground) -> Iterator[Row]:
    """P2, inside the plan of the first doctrine."""
    plan = ground.doctrines[0]
    means = {name: ground.run(plan + changes).means for name, changes in STAFFS.items()}
    every = np.stack([means[name] for name in STAFFS])
    for at, name in enumerate(STAFFS):
        best = every.argmax(axis=0) == at
        where = [
            f"{ground.short(column)} {said}"
            for row, said in enumerate(MOMENTS.values())
            for column in range(len(ground.scores))
            if best[row, column]
        ]
        yield Row(
            f"P2.best.{name}",
            f"of 14 scores and moments, those on which {STAFF_NAMES[name]} is the best staff",
            int(best.sum()),
            at_least=0 if name == "liaison" else 1,
            note=", ".join(where),
        )
    beaten = [
        f"{one} by {other}"
        for one, other in permutations(STAFFS, 2)
        if (means[other] >= means[one] - 0.03).all() and (means[other] > means[one] + 0.03).any()
    ]
    yield Row(
        "P2.dominated",
        "staffs that another dominates",
        len(beaten),
        at_most=0,
        note=", ".join(beaten),
    )
