"""Options in play: which are never open, which nobody takes, which are worse whatever one wants."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import numpy as np

from ttx.adjudicator.tables import Tables
from ttx.analysis.rehearsal.plays import Floats, Played, blocks, forced, lasting, wishing
from ttx.analysis.rehearsal.symptom import (
    CLEAR,
    ENOUGH,
    TOLERANCE,
    Symptom,
    named,
    per_cent,
    signs,
)
from ttx.exercise.model.exercise import Exercise
from ttx.exercise.model.injects import Inject
from ttx.exercise.model.robots import Robot
from ttx.exercise.problems import KeyPath
from ttx.i18n import _

LEAST = 50
"""Fewer worlds in common than this decide nothing about two options."""
AGREE = 2
"""Plans that must agree before an option is called dominated."""
MANY_ROBOTS = 4
"""Robots that must have met an inject before it counts for how many an option stays closed."""


def option_symptoms(
    tables: Tables, plays: Mapping[str, Played], plans: list[Robot], seed: int, pairs: int
) -> Iterator[Symptom]:
    """What shows of options: in the runs of all robots, and forced in `pairs` worlds of each plan.

    A forced run is the plan's own run up to the inject: the same world, in which it fires.
    """
    outcomes = [Forced(tables, plays[plan.id], plan, seed, pairs) for plan in plans]
    random = {robot.id for robot in tables.exercise.robot if robot.rule == "random"}
    at = {inject.id: row for row, inject in enumerate(tables.exercise.inject)}
    ways = _ways(tables.exercise, plays)
    many = len(tables.exercise.score) >= ENOUGH
    for row, inject in enumerate(tables.injects):
        path = ("inject", at[inject.id])
        yield from _taken(tables, row, inject, path, plays, random, ways)
        for option in range(len(inject.option) if many else 0):
            yield from _dominated(inject, option, (*path, "option", option), row, outcomes, plans)
        yield from _flat(tables, row, path, outcomes)


def _ways(exercise: Exercise, plays: Mapping[str, Played]) -> int:
    """How many orders of preference the robots answer by: one for each rule and posture met.

    Robots with fewer of them than an inject has options leave some untaken whatever it says.
    """
    ways = {
        (robot.rule, tuple(robot.order), int(posture))
        for robot in exercise.robot
        if robot.id in plays and robot.rule != "random"
        for posture in np.unique(plays[robot.id].posture)
    }
    return len(ways)


# --- open, and taken ------------------------------------------------------------------------------


def _taken(
    tables: Tables,
    row: int,
    inject: Inject,
    path: KeyPath,
    plays: Mapping[str, Played],
    random: set[str],
    ways: int,
) -> Iterator[Symptom]:
    count = len(inject.option)
    released, opened, by = 0, np.zeros(count, int), np.zeros(count, int)
    closed_for = np.zeros(count, int)
    met_by = 0
    for name, played in plays.items():
        here = played.inject == row
        cases = int(here.sum())
        mine = np.array([int((played.open[:, :, o] & here).sum()) for o in range(count)])
        released, opened = released + cases, opened + mine
        if name not in random:
            first = int(tables.first_option[row])
            by += [int(((played.option == first + o) & here).sum()) for o in range(count)]
            met_by += cases > 0
            closed_for += (mine == 0) & (cases > 0)
    for option in range(count):
        place = (*path, "option", option)
        if released and not opened[option]:
            text = _(
                "is never open: its needs were met in none of {released:,} releases",
                released=released,
            )
            yield Symptom("option_closed", place, 0, text)
        elif met_by and count <= ways and by[option] == 0:
            text = _(
                "no robot ever takes it, though it was open in {per_cent} of {released:,} releases",
                per_cent=per_cent(opened[option] / released),
                released=released,
            )
            yield Symptom("option_untaken", place, 100 * opened[option] / released, text)
        elif met_by >= MANY_ROBOTS and 2 * closed_for[option] > met_by:
            text = _(
                "is never open for {closed_for} of the {met_by} robots that met it",
                closed_for=closed_for[option],
                met_by=met_by,
            )
            yield Symptom("option_mostly_closed", place, int(closed_for[option]), text)


# --- worse, whatever one wants --------------------------------------------------------------------


class Forced:
    """One plan's worlds with every open option of every inject that fires in them.

    What the plan took itself is its own run; each other option is played once more, the same world
    and the same plan but for that answer. Where an inject comes again, it is answered so each time.
    """

    def __init__(self, tables: Tables, played: Played, plan: Robot, seed: int, pairs: int) -> None:
        worlds, injects, options, own = [], [], [], []
        for row, inject in enumerate(tables.injects):
            here = played.inject == row
            always = (played.open | ~here[:, :, None]).all(axis=(0, 1))[: len(inject.option)]
            is_open = always & here.any(axis=(0, 1))
            took = np.where(here, played.option, -1).max(axis=(0, 1))
            again = np.where(here, played.option, took).min(axis=(0, 1)) != took
            fires = np.flatnonzero(is_open.sum(axis=0) > 1)[:pairs]
            for option in range(len(inject.option)):
                cases = fires[is_open[option, fires]]
                worlds.append(cases)
                injects.append(np.full(len(cases), row))
                options.append(np.full(len(cases), tables.first_option[row] + option))
                own.append((took[cases] == options[-1]) & ~again[cases])
        self.first = tables.first_option
        self.world = np.concatenate(worlds)
        self.option = np.concatenate(options).astype(np.int32)
        inject_of = np.concatenate(injects).astype(np.int32)
        self.came_to: Floats = played.horizons()[:, :, self.world]
        """float[2, scores, cases] in hundredths, turned so that more is better."""
        other = np.flatnonzero(~np.concatenate(own))
        for part in blocks(len(other)):
            cases = other[part]
            self.came_to[:, :, cases] = lasting(
                tables,
                seed,
                self.world[cases].astype(np.uint64),
                wishing(tables, plan),
                forced(plan, inject_of[cases], self.option[cases]),
            ).horizons()
        self.came_to *= signs(tables.exercise)

    def means(self, row: int, first: int, other: int) -> Floats | None:
        """Option `other` less option `one` of an inject, float[2, scores] in hundredths.

        Positive is better; on the way and at the end. None where too few worlds have both open.
        """
        mine = np.flatnonzero(self.option == self.first[row] + first)
        theirs = np.flatnonzero(self.option == self.first[row] + other)
        both = np.intersect1d(self.world[mine], self.world[theirs])
        if len(both) < LEAST:
            return None
        mine = mine[np.isin(self.world[mine], both)]
        theirs = theirs[np.isin(self.world[theirs], both)]
        return np.asarray((self.came_to[:, :, theirs] - self.came_to[:, :, mine]).mean(axis=-1))


def _dominated(
    inject: Inject,
    option: int,
    path: KeyPath,
    row: int,
    outcomes: list[Forced],
    plans: list[Robot],
) -> Iterator[Symptom]:
    beaten: list[tuple[str, str, float]] = []
    for plan, outcome in zip(plans, outcomes, strict=True):
        for other, better in enumerate(inject.option):
            means = None if other == option else outcome.means(row, option, other)
            if means is not None and means.min() >= -TOLERANCE and means.max() > TOLERANCE:
                beaten.append((plan.id, better.id, float(means.max())))
                break
    if len(beaten) < AGREE:
        return
    by = named(list(dict.fromkeys(f"'{better}'" for _, better, _ in beaten)))
    most = max(gain for *_, gain in beaten) / 100
    text = _(
        "is dominated by {by}: better on one score by up to {most:.1f} and "
        "worse on none, with {plans}",
        by=by,
        most=most,
        plans=named([plan for plan, *_ in beaten]),
    )
    yield Symptom("option_dominated", path, most, text)


def _flat(tables: Tables, row: int, path: KeyPath, outcomes: list[Forced]) -> Iterator[Symptom]:
    """An inject whose answers make no clear difference to any score."""
    count = len(tables.injects[row].option)
    pairs = [(first, other) for first in range(count) for other in range(first)]
    widest: list[float] = []
    compared: set[int] = set()
    for outcome in outcomes:
        gaps = {pair: outcome.means(row, *pair) for pair in pairs}
        known = {pair: float(np.abs(gap).max()) for pair, gap in gaps.items() if gap is not None}
        compared |= {option for pair in known for option in pair}
        if known:
            widest.append(max(known.values()))
    if len(widest) >= AGREE and len(compared) == count and max(widest) < CLEAR:
        text = _(
            "no answer to it moves any score by half a point, on the way or "
            "at the end; {widest:.1f} is the most",
            widest=max(widest) / 100,
        )
        yield Symptom("inject_flat", path, max(widest) / 100, text)
