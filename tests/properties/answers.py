"""P4 and P6: whether answers matter, and whether any option is a gift or a trap."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import permutations

import numpy as np

from ttx.adjudicator.arithmetic import Int32
from ttx.adjudicator.worlds import Worlds
from ttx.exercise.model.injects import SlotName
from ttx.exercise.model.part import text
from ttx.exercise.parameters import parameters

from .rows import Row
from .runs import ESCALATE, Floats, Ground, Run, answering, by_rank
from .runs import Answers as Answering

PLANS = ("phased", "hawaii", "accelerated")
CASES = 300
"""Worlds in which each option of an inject is tried inside a plan, at the most."""
LEAST = 50
TOLERANCE, CLEAR = 0.03, 0.5
STANDS_FOR = {
    "phased": ("china", "cohesion", "cost"),
    "accelerated": ("china", "operational"),
    "staff_first": ("china", "operational"),
    "hawaii": ("russia", "dprk"),
    "cautious": ("escalation", "cohesion"),
    "halt": ("escalation", "cost"),
}


class Tried:
    """Every open option of every inject that comes up in a plan, each in the same worlds."""

    def __init__(self, ground: Ground, plan: str) -> None:
        own, first = ground.run(plan), ground.tables.first_option
        worlds, injects, options = [], [], []
        for row, inject in enumerate(ground.tables.injects):
            here = own.inject == row
            always = (own.open | ~here[:, :, None]).all(axis=(0, 1))[: len(inject.option)]
            is_open = always & here.any(axis=(0, 1))
            fires = np.flatnonzero(is_open.sum(axis=0) > 1)
            fires = np.random.default_rng(row).permutation(fires)[:CASES]
            for option in range(len(inject.option)):
                cases = fires[is_open[option, fires]]
                worlds.append(cases)
                injects.append(np.full(len(cases), row))
                options.append(np.full(len(cases), first[row] + option))
        self.first = first
        self.world = np.concatenate(worlds)
        self.option = np.concatenate(options).astype(np.int32)
        self.inject = np.concatenate(injects).astype(np.int32)
        player = ground.robot(plan)
        found = []
        for start in range(0, len(self.world), 8192):
            part = slice(start, start + 8192)
            run = ground.play(
                plan,
                _forced(answering(player), self.inject[part], self.option[part]),
                worlds=ground.every[self.world[part]],
            )
            found.append(run.horizons)
        self.came_to: Floats = np.concatenate(found, axis=-1)

    def apart(self, one: int, other: int) -> Floats | None:
        """Option `other` less option `one` where both were open, float[2, scores]."""
        mine, theirs = (np.flatnonzero(self.option == at) for at in (one, other))
        _, left, right = np.intersect1d(self.world[mine], self.world[theirs], return_indices=True)
        if len(left) < LEAST:
            return None
        return np.asarray(
            (self.came_to[:, :, theirs[right]] - self.came_to[:, :, mine[left]]).mean(axis=-1)
        )

    def worth(self, options: int) -> Floats:
        """What each option is worth against the mean of its inject, float[options, 2, scores]."""
        found = np.zeros((options, *self.came_to.shape[:2]))
        for row in range(len(self.first) - 1):
            here = self.inject == row
            if not here.any():
                continue
            world, place = np.unique(self.world[here], return_inverse=True)
            sums = np.zeros((len(world), *self.came_to.shape[:2]))
            np.add.at(sums, place, np.moveaxis(self.came_to[:, :, here], -1, 0))
            count = np.bincount(place)
            own = (
                np.moveaxis(self.came_to[:, :, here], -1, 0) - (sums / count[:, None, None])[place]
            )
            for option in range(self.first[row], self.first[row + 1]):
                mine = self.option[here] == option
                if mine.any():
                    found[option] = own[mine].mean(axis=0)
        return found


def _forced(own: Answering, inject: Int32, option: Int32) -> Answering:
    """A way of answering, but for one option to one inject of each column, int32[n]."""

    def answers(batch: Worlds, slot: SlotName, given: Int32) -> Int32:
        return np.where(given == inject, option, own(batch, slot, given))

    return answers


def answers(ground: Ground, tried: dict[str, Tried]) -> Iterator[Row]:
    """P4 but for late answers."""
    random = answering(next(one for one in ground.exercise.robot if one.rule == "random"))
    china = ground.scores.index("china")
    options = len(ground.tables.options)
    weights = np.where(np.arange(len(ground.scores)) == china, 2.0, 1.0)
    for plan in ground.doctrines:
        chance = ground.play(plan, random)
        worth = tried[plan].worth(options)[:, 1] @ weights
        best = ground.play(plan, by_rank(ground.tables, worth)).means[1] - chance.means[1]
        name = ground.told(plan)
        yield Row(
            f"P4.china.{plan}",
            f"one set of good answers less random ones, on China at the end, {name}",
            float(best[china]),
            at_least=1.0,
            unit=" points",
            note=_by_score(ground, best),
        )
        yield Row(
            f"P4.others.{plan}",
            f"other scores that the same answers move by 2.0, {name}",
            int((np.delete(best, china) >= 2.0).sum()),
            at_least=2,
        )
        own = ground.run(plan).means - chance.means
        stands = {one: own[1, ground.scores.index(one)] for one in STANDS_FOR[plan]}
        yield Row(
            f"P4.own.{plan}",
            f"its own answers less random ones at the end, on what {name} stands for",
            float(max(stands.values())),
            at_least=1.0,
            unit=" points",
            note=", ".join(
                f"{ground.short(ground.scores.index(one))} {by:+.2f}" for one, by in stands.items()
            ),
        )
    wide = [_widest(ground, tried, row) for row in range(len(ground.tables.injects))]
    flat = [text(ground.tables.injects[row].title) for row, by in enumerate(wide) if by < CLEAR]
    yield Row(
        "P4.injects",
        "injects with two options half a point apart on some score",
        sum(by >= CLEAR for by in wide),
        at_least=np.ceil(22 / 28 * len(wide)),
        note=f"of {len(wide)}" + (f"; not {', '.join(flat)}" if flat else ""),
    )


def _by_score(ground: Ground, values: Floats) -> str:
    return ", ".join(f"{ground.short(row)} {by:+.2f}" for row, by in enumerate(values))


def _widest(ground: Ground, tried: dict[str, Tried], row: int) -> float:
    first = ground.tables.first_option
    found = [0.0]
    for one in tried.values():
        for a in range(first[row], first[row + 1]):
            for b in range(first[row], a):
                apart = one.apart(a, b)
                if apart is not None:
                    found.append(float(np.abs(apart).max()))
    return max(found)


def late(ground: Ground) -> Row:
    """P4: the first late answer of a game against the same answer in time."""
    known = parameters(ground.exercise)
    slow = {
        name: np.full(len(ground.every), one.span[1], np.int32)
        for name, one in known.items()
        if name.startswith("window.")
    }
    changed = acts = escalates = games = 0
    for plan in ground.doctrines:
        base, quick = ground.run(plan), ground.play(plan, settings=slow)
        tardy = base.timing[:, 1] > 0
        has = tardy.any(axis=0)
        turn = tardy.argmax(axis=0)
        column = np.flatnonzero(has)
        one, other = (run.response[turn[column], :, column] for run in (base, quick))
        changed += int((one != other).any(axis=1).sum())
        acts += int((one > 0).sum()) - int((other > 0).sum())
        escalates += int((one == ESCALATE).sum()) - int((other == ESCALATE).sum())
        games += len(column)
    return Row(
        "P4.late",
        "first late answers of a game after which an adversary answers otherwise",
        100 * changed / games,
        at_least=10,
        unit=" %",
        note=f"in a hundred such turns {100 * acts / games:+.0f} acts and "
        f"{100 * escalates / games:+.0f} escalations",
    )


def options(ground: Ground, tried: dict[str, Tried]) -> Iterator[Row]:
    """P6."""
    first, injects = ground.tables.first_option, ground.tables.injects
    beaten: dict[str, list[str]] = {}
    for plan in PLANS:
        if plan not in tried:
            continue
        for row, inject in enumerate(injects):
            for a, b in permutations(range(len(inject.option)), 2):
                apart = tried[plan].apart(first[row] + a, first[row] + b)
                if apart is not None and apart.min() >= -TOLERANCE and apart.max() > TOLERANCE:
                    name = f"{inject.number:02d} {inject.option[a].id}"
                    beaten.setdefault(name, []).append(
                        f"{inject.option[b].id} in {plan} ({apart.max():.2f})"
                    )
    twice = {
        n: by
        for n, by in beaten.items()
        if len({one.rsplit(" in ")[1].split()[0] for one in by}) > 1
    }
    once = {n: by for n, by in beaten.items() if n not in twice}
    yield Row(
        "P6.dominated",
        "options dominated on all scores in two of three plans",
        len(twice),
        at_most=0,
        note="; ".join(f"{n} by {', '.join(by)}" for n, by in twice.items()),
    )
    yield Row(
        "P6.dominated_once",
        "options dominated in one plan alone",
        len(once),
        note="; ".join(f"{n} by {', '.join(by)}" for n, by in once.items()),
    )
    runs = [ground.run(name) for name in ground.doctrines]
    closed = []
    for row, inject in enumerate(injects):
        for at, option in enumerate(inject.option):
            share = max(_open(run, row, at) for run in runs)
            if share < 0.1:
                closed.append(f"{inject.number:02d} {option.id} {100 * share:.0f} %")
    yield Row(
        "P6.closed",
        "options open in under a tenth of the releases of every doctrine",
        len(closed),
        at_most=0,
        note=", ".join(closed),
    )
    seldom = []
    for row, inject in enumerate(injects):
        if inject.weight.base >= 100_000 and inject.turns[0] == inject.turns[1]:
            continue
        came = sum(int((run.inject == row).any(axis=(0, 1)).sum()) for run in runs)
        could = sum(_can(ground, run, row) for run in runs)
        share = 100 * came / could if could else 0.0
        if not 5 <= share <= 80:
            seldom.append(f"{inject.number:02d} {inject.id} {share:.0f} %")
    yield Row(
        "P6.seldom",
        "injects outside 5 to 80 % of the games where their conditions can hold",
        len(seldom),
        at_most=0,
        note=", ".join(seldom),
    )


def _open(run: Run, row: int, at: int) -> float:
    here = run.inject == row
    count = int(here.sum())
    return float((run.open[:, :, at] & here).sum() / count) if count else 0.0


def _can(ground: Ground, run: Run, row: int) -> int:
    """Games of a doctrine in which an inject can come: none where its condition never holds.

    An escalation of an adversary with a given aim can become news in all games with that aim.
    """
    could = run.could[:, row].any(axis=0)
    if could.mean() < 0.01:
        return 0
    possible = np.ones(run.aims.shape[1], bool)
    for who in range(len(run.aims)):
        mine = np.isin(run.aims[who], np.unique(run.aims[who][could]))
        if np.unique(run.aims[who][could]).size < len(ground.exercise.adversary[who].aim):
            possible &= mine
    return int(possible.sum())


__all__ = ["PLANS", "Tried", "answers", "late", "options"]
