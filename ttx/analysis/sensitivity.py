"""What an answer hangs on: one number at a time, all at once, and with rules switched off.

Whoever plays the settings is handed in, so that the same steps run here or in many processes: each
step asks for settings that follow from what the steps before came to.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from ttx.adjudicator.arithmetic import Int32
from ttx.analysis.tally import MOMENTS, Tally
from ttx.analysis.tipping import Tipping, tipping
from ttx.analysis.tornado import Row, by_width, ends, halfway
from ttx.exercise.model.evidence import Switch
from ttx.exercise.model.exercise import Exercise
from ttx.exercise.parameters import Parameter, parameters, switched

Float = NDArray[np.float64]
Ask = Callable[[str, Sequence[str], Int32], Tally]
"""Plays settings int32[settings, parameters] of the parameters named; the step is named first."""


@dataclass(frozen=True, slots=True)
class Indices:
    """Indices of Sobol of each number for one outcome, all float64[numbers].

    The total index is the share of the outcome's variance that would be left if all other numbers
    were known; an interval is half as wide as the 95 % bootstrap interval.
    """

    samples: int
    first: Float
    first_interval: Float
    total: Float
    total_interval: Float


@dataclass(frozen=True, slots=True)
class Design:
    """All numbers of a range at once."""

    ids: tuple[str, ...]
    settings: Int32
    """int32[settings, numbers], in blocks of numbers + 2."""
    counted: Tally
    free: NDArray[np.intp]
    """Rows of the settings that were drawn independently of each other."""
    indices: Mapping[str, tuple[Indices, ...]] = field(default_factory=dict)
    """By moment, for the score asked for: on a quarter, a half and all of the samples."""

    @property
    def drawn(self) -> Tally:
        """The tally of the settings drawn independently."""
        counted = self.counted
        return Tally(counted.worlds, counted.turns, counted.signs, counted.counts[self.free])


@dataclass(frozen=True, slots=True)
class Sensitivity:
    """The answer to a question of two policies, and what it hangs on. + is better for B."""

    exercise: Exercise
    question: tuple[str, str]
    """A and B."""
    seed: int
    score: int
    """The row of the score that tipping values and indices are of."""
    base: Tally
    """One setting: the exercise's own numbers."""
    rows: tuple[Row, ...]
    """Of every number with a range, declared or by default; the widest bar first."""
    switches: tuple[Switch, ...]
    switched: Tally
    """A setting for each switch; and a last one for all together, where there are two or more."""
    design: Design | None

    @property
    def numbers(self) -> dict[str, Parameter]:
        """The numbers of the exercise, by id."""
        return parameters(self.exercise)

    @property
    def worlds(self) -> int:
        """How many worlds each setting was played in."""
        return self.base.worlds


def base(ask: Ask) -> Tally:
    """The exercise as it stands: one setting."""
    return ask("base", (), np.zeros((1, 0), np.int32))


def one_at_a_time(exercise: Exercise, now: Tally, score: int, ask: Ask) -> tuple[Row, ...]:
    """Every number at the ends of its range, and where it flips the preferred policy.

    A number that moves nothing at either end is not played in between.
    """
    known = parameters(exercise)
    ids = [name for name, part in known.items() if part.low < part.high]
    played: dict[str, dict[int, NDArray[np.int64]]] = {
        name: {known[name].value: now.apart[0]} for name in ids
    }

    def play(step: str, asked: Sequence[tuple[str, int]]) -> None:
        tally = _alone(step, asked, known, ask)
        for (name, value), apart in zip(asked, tally.apart, strict=True):
            played[name][value] = apart

    def span(name: str) -> tuple[int, int, int]:
        part = known[name]
        return part.value, part.low, part.high

    play("ends", [(name, value) for name in ids for value in ends(*span(name))])
    moves = [
        name
        for name in ids
        if any((apart != now.apart[0]).any() for apart in played[name].values())
    ]
    play("halfway", [(name, value) for name in moves for value in halfway(*span(name))])
    in_range = {name: sorted(played[name]) for name in ids}
    tips = {
        moment: _tips(moment, row, score, ids, known, played, play)
        for row, moment in enumerate(MOMENTS)
    }
    rows = []
    for at, name in enumerate(ids):
        values = tuple(value for value in in_range[name] if value != known[name].value)
        apart = [played[name][value] for value in values]
        rows.append(
            Row(
                name,
                known[name].value,
                values,
                np.array(apart, np.int64).reshape(len(values), *now.apart.shape[1:]),
                {moment: tips[moment][at] for moment in MOMENTS},
            )
        )
    return tuple(by_width(rows, now.apart[0], MOMENTS.index("end"), score))


def _alone(
    step: str, asked: Sequence[tuple[str, int]], known: Mapping[str, Parameter], ask: Ask
) -> Tally:
    """Settings that differ from the exercise in one number each."""
    ids = list(dict.fromkeys(name for name, _ in asked))
    column = {name: at for at, name in enumerate(ids)}
    settings = np.tile(np.array([known[name].value for name in ids], np.int32), (len(asked), 1))
    for row, (name, value) in enumerate(asked):
        settings[row, column[name]] = value
    return ask(step, ids, settings)


def _tips(
    moment: str,
    row: int,
    score: int,
    ids: Sequence[str],
    known: Mapping[str, Parameter],
    played: dict[str, dict[int, NDArray[np.int64]]],
    play: Callable[[str, Sequence[tuple[str, int]]], None],
) -> list[Tipping]:
    rounds = 0

    def sums(name: str) -> dict[int, int]:
        return {value: int(apart[row, score]) for value, apart in played[name].items()}

    def answer(asked: Sequence[tuple[int, int]]) -> list[int]:
        nonlocal rounds
        rounds += 1
        new = [(ids[at], value) for at, value in asked if value not in played[ids[at]]]
        if new:
            play(f"tipping {moment} {rounds}", new)
        return [int(played[ids[at]][value][row, score]) for at, value in asked]

    return tipping([known[name].value for name in ids], [sums(name) for name in ids], answer)


def with_switches(exercise: Exercise, now: Tally, ask: Ask) -> Tally:
    """Each switch of the exercise alone, and all together where there are two or more."""
    switches = exercise.switch
    if not switches:
        return now.at(slice(0, 0))
    known = parameters(exercise)
    sets = [switched(exercise, switch) for switch in switches]
    if len(sets) > 1:
        sets.append({name: value for chosen in sets for name, value in chosen.items()})
    ids = list(dict.fromkeys(name for chosen in sets for name in chosen))
    settings = np.array(
        [[chosen.get(name, known[name].value) for name in ids] for chosen in sets], np.int32
    )
    return ask("switches", ids, settings)
