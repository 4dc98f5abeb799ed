"""What an answer to the news of a slot comes to, by the model or as a person ruled."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ttx.adjudicator import clock, dice
from ttx.adjudicator.arithmetic import Int32, Rows
from ttx.adjudicator.conditions import Mask
from ttx.adjudicator.ended import still
from ttx.adjudicator.worlds import Worlds
from ttx.exercise.model.injects import SlotName

SHARE = np.array([4, 2, 0], np.int32)
"""Quarters of a benefit that an answer on time, late and far too late brings."""
HARM = np.array([0, 4, 6], np.int32)
"""Quarters of the late row that it costs."""


@dataclass(frozen=True)
class Effected:
    """What an answer does to some tracks after one delay; kind is benefit, cost or late."""

    kind: str
    delay: int
    tracks: Rows
    by: Int32
    """int32[those tracks, n], in hundredths."""


@dataclass(frozen=True)
class Answered:
    """The ruling of one slot in every world; arrays int32[n], inject -1 where the slot is empty."""

    inject: Int32
    option: Int32
    """Row of the option among all options."""
    timing: Int32
    hour: Int32
    reading: clock.Reading
    effects: tuple[Effected, ...]

    def effect(self, kind: str, delay: int, track: int) -> Int32:
        """What one kind of effect does to a track row after a delay, int32[n]."""
        for effect in self.effects:
            if effect.kind == kind and effect.delay == delay and track in effect.tracks:
                by: Int32 = effect.by[list(effect.tracks).index(track)]
                return by
        return np.zeros_like(self.inject)


@still
def rule_on(
    worlds: Worlds,
    slot: SlotName,
    inject: Int32,
    option: Int32,
    discord: Int32 | None = None,
    carries: Int32 | None = None,
) -> Answered:
    """Rule on a slot and apply what the ruling does.

    inject int32[n] (-1 empty), option int32[n] (row among all options), discord int32[n];
    carries int32[n], in quarters, where a person weighed it instead of lean and posture.
    """
    tables = worlds.tables
    live = inject >= 0
    row, choice = np.maximum(inject, 0).astype(np.intp), np.maximum(option, 0).astype(np.intp)
    hour = worlds.hour(slot)
    apart = np.zeros(worlds.n, np.int32) if discord is None else discord
    if slot == "crisis":
        stages = len(tables.exercise.clock.stages)
        luck = worlds.dice.bytes_of(worlds.turn, dice.JITTER, stages).astype(np.int32)
        reading = clock.read(
            tables,
            worlds.tracks,
            worlds.levels,
            tables.clock.profile_of.take(row),
            hour,
            clock.jitters(tables, luck),
            apart,
        )
        window = tables.clock.windows.take(row)
        for (at,), by in tables.clock.cells("windows"):
            window += by * (row == at)
        timing = clock.verdict(reading.total, window)
        share, apart = SHARE.take(timing), np.zeros_like(apart)
    else:
        nothing = np.zeros((len(tables.clock.stages), worlds.n), np.int32)
        reading = clock.Reading(nothing, nothing[0], tables.clock.legs)
        timing, share = np.zeros(worlds.n, np.int32), np.full(worlds.n, 4, np.int32)
    if carries is None:
        carries = tables.answering.quarters[choice, worlds.posture]
        cells = tables.answering.cells("quarters")
        made = set(np.unique(choice).tolist()) if cells else set()
        for (at, posture), by in cells:
            if at in made:
                carries += by * ((choice == at) & (worlds.posture == posture))
    quarters = np.maximum(carries - apart, 0)
    on = live.astype(np.int32)
    effects: list[Effected] = []
    benefits, costs, late = tables.answering.effects_of[slot]
    for kind, choices, pick, times, shift in (
        ("benefit", benefits, choice, share * quarters * on, 4),
        ("cost", costs, choice, on, 0),
        ("late", late, row, HARM.take(timing) * on, 2),
    ):
        for choice_effects in choices:
            by = choice_effects.picked(pick)
            by *= times
            by >>= shift
            effects.append(Effected(kind, choice_effects.delay, choice_effects.tracks, by))
    for done in effects:
        if not done.delay:
            worlds.add(f"{slot}:{done.kind}", done.tracks, done.by)
        elif np.count_nonzero(done.by):
            worlds.due(worlds.turn + done.delay)[done.tracks] += done.by
    worlds.clamp()
    worlds.provocation += on * _pushed(worlds, row, choice, timing, share * quarters)
    _besides(worlds, choice, live)
    here = inject[live], np.flatnonzero(live)
    worlds.fired[here], worlds.last[here] = timing[live] + 1, worlds.turn
    return Answered(inject, option, timing, hour, reading, tuple(effects))


@still
def as_ruled(
    worlds: Worlds,
    inject: int,
    option: int,
    timing: int,
    quarters: int,
    effects: Iterable[tuple[str, str, int, int, int]],
    where: Mask,
) -> None:
    """Apply a ruling that a person made, in the worlds given.

    `quarters` say how far the option carried. Effects are kind, track, size, what is left of it
    (hundredths) and delay in turns, as a record keeps them.
    """
    tables = worlds.tables
    on = where.astype(np.int32)
    for kind, track, _, by, delay in effects:
        row = tables.track[track]
        if delay:
            worlds.due(worlds.turn + delay)[row] += by * on
        else:
            worlds.tracks[row] += by * on
            worlds.book(f"ruled:{kind}", by * on, row)
    worlds.clamp()
    put, made, late = (np.full(worlds.n, row, np.int32) for row in (inject, option, timing))
    pushed = _pushed(worlds, put, made, late, SHARE[timing] * np.int32(quarters))
    worlds.provocation = worlds.provocation + on * pushed
    _besides(worlds, np.full(worlds.n, option, np.intp), where)
    worlds.fired[inject, where], worlds.last[inject, where] = timing + 1, worlds.turn


def _pushed(
    worlds: Worlds,
    inject: Int32 | Rows,
    option: Int32 | Rows,
    timing: Int32,
    carried: Int32 | np.int32,
) -> Int32:
    """What answers push the adversaries by, int32[adversaries, n] in quarters of a point.

    Provocation in full, less what an answer in time denies as far as it was carried (quarters
    of timing × quarters of posture), and what lateness opens (docs/model.md, section 7.8).
    """
    provoked, denied, opened = (
        _read(worlds, name, pick)
        for name, pick in (("provocation", option), ("denies", option), ("opening", inject))
    )
    denied *= carried
    denied >>= 2
    opened *= HARM.take(timing)
    provoked <<= 2
    provoked -= denied
    provoked += opened
    return provoked


def _read(worlds: Worlds, name: str, pick: Int32 | Rows) -> Int32:
    """What each world's choice has in a table of [choices, adversaries], turned round."""
    points_of: Int32 = getattr(worlds.tables.answering, name).T.take(pick, axis=1)
    for (at, adversary), points in worlds.tables.answering.cells(name):
        points_of[adversary] += points * (pick == at)
    return points_of


def _besides(worlds: Worlds, choice: NDArray[np.intp], where: Mask) -> None:
    """What answers do beside the tracks: budgets they give or take, levers they set."""
    tables = worlds.tables
    for option, row, by in tables.answering.given:
        took = where & (choice == option)
        worlds.budgets[row] += by * took
        budget = tables.exercise.budget[row]
        if budget.kind == "points":
            kept = np.clip(worlds.budgets[row], 0, budget.cap)
            worlds.budgets[row] = np.where(took, kept, worlds.budgets[row])
    for option, lever, level in tables.answering.set_by:
        took = where & (choice == option)
        up = took & (worlds.levels[lever] < level)
        worlds.promise(lever, level, up)
        worlds.levels[lever] = np.where(took, level, worlds.levels[lever])
