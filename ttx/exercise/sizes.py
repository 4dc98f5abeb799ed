"""Numbers of a sound exercise that decide everything, or nothing: windows, upkeep, odds, turns."""

from __future__ import annotations

from collections.abc import Iterator

from ttx.exercise.bounds import FULL
from ttx.exercise.minutes import at_start, minutes
from ttx.exercise.model.adversaries import Adversary, Logit
from ttx.exercise.model.exercise import Exercise
from ttx.exercise.model.injects import Inject, Option
from ttx.exercise.problems import KeyPath, in_points, shown
from ttx.exercise.reach import Reach, most
from ttx.i18n import _

Remark = tuple[KeyPath, str]
_SURE = 448
"""Steps beyond which no draw but one in a thousand says otherwise: seven logits."""
_MONTHS = 60
"""Above five years a turn, delays and rates in turns say little."""
_APART = 50
"""Half a point, in hundredths: what is clearly another value."""


def sizes(exercise: Exercise, reach: Reach) -> Iterator[Remark]:
    """Every remark on a size."""
    yield from _windows(exercise, reach)
    yield from _indices(exercise)
    yield from _upkeep(exercise)
    yield from _adversaries(exercise, reach)
    months = exercise.turns.months
    if months > _MONTHS:
        text = _(
            "a turn of {months} months is very long: delays and rates count in turns",
            months=shown(months),
        )
        yield ("turns", "months"), text


def _windows(exercise: Exercise, reach: Reach) -> Iterator[Remark]:
    profiles = exercise.clock.profiles
    spans = {name: minutes(exercise, part, reach.spans.of) for name, part in profiles.items()}
    for at, inject in enumerate(exercise.inject):
        if inject.window is None or inject.profile is None:
            continue
        path, span, window = ("inject", at, "window"), spans[inject.profile], inject.window
        if window < span.least:
            text = _(
                "nobody can be in time: the fastest answer of profile "
                "'{profile}' takes {least} minutes, the window is {window}",
                profile=inject.profile,
                least=span.least,
                window=window,
            )
            yield path, text
        elif window >= span.most:
            text = _(
                "nobody can be late: the slowest answer of profile "
                "'{profile}' takes {most} minutes, the window is {window}",
                profile=inject.profile,
                most=span.most,
                window=window,
            )
            yield path, text


def _indices(exercise: Exercise) -> Iterator[Remark]:
    for at, track in enumerate(exercise.track):
        if track.value is None:
            continue
        worked_out = at_start(exercise, track.value)
        if abs(worked_out - track.start) >= _APART:
            text = _(
                "start {start} is never used: the clock reads {reads} at the start; write that, or "
                "mend 'times' and 'over'",
                start=in_points(track.start),
                reads=in_points(worked_out),
            )
            yield ("track", at, "start"), text


def _upkeep(exercise: Exercise) -> Iterator[Remark]:
    money = next((budget for budget in exercise.budget if budget.kind == "money"), None)
    if money is None:
        return
    have = most(money, exercise)
    for at, lever in enumerate(exercise.lever):
        for row, level in enumerate(lever.levels):
            if level.upkeep > have:
                text = _(
                    "upkeep {upkeep} is more than '{money}' ever holds "
                    "before it is paid ({have}): one turn of it is an "
                    "overdraft",
                    upkeep=level.upkeep,
                    money=money.id,
                    have=have,
                )
                yield ("lever", at, "levels", row, "upkeep"), text


def _adversaries(exercise: Exercise, reach: Reach) -> Iterator[Remark]:
    for at, adversary in enumerate(exercise.adversary):
        for key, always, never in (
            ("act", _("it acts in every turn"), _("it never acts")),
            ("escalate", _("every act of it is an escalation"), _("it never escalates")),
        ):
            low, high = _steps(exercise, adversary, getattr(adversary, key), reach)
            of_aims = [getattr(aim, key) for aim in adversary.aim] or [0]
            low, high = low + min(of_aims), high + max(of_aims)
            if low >= _SURE or high <= -_SURE:
                says = always if low >= _SURE else never
                text = _(
                    "{says}: its steps go from {low} to {high}, and 64 are one logit",
                    says=says,
                    low=low,
                    high=high,
                )
                yield ("adversary", at, key, "bias"), text


def _steps(exercise: Exercise, adversary: Adversary, logit: Logit, reach: Reach) -> tuple[int, int]:
    """The least and most steps that bias, terms and the turn's answers add up to."""
    low = high = logit.bias
    for term in logit.terms:
        ends = [term.weight * end // FULL for end in reach.spans.of(term.of)]
        low, high = low + min(ends), high + max(ends)
    for slot in ("policy", "crisis"):
        pushes = [
            adversary.provocation * push >> 2
            for inject in exercise.inject
            if inject.slot == slot
            for option in inject.option
            for push in _pushes(exercise, adversary.id, inject, option)
        ]
        low, high = low + min([0, *pushes]), high + max([0, *pushes])
    return low, high


def _pushes(exercise: Exercise, adversary: str, inject: Inject, option: Option) -> tuple[int, int]:
    """What an answer pushes an adversary by at the least and most, in quarters of a point."""
    lean = next((part.quarters for part in exercise.lean if part.id == option.lean), [])
    carried = 4 * max(option.quarters or lean, default=0)
    provoked = 4 * option.provocation.get(adversary, 0)
    denied = option.denies.get(adversary, 0) * carried >> 2
    return provoked - denied, provoked + 6 * inject.opening.get(adversary, 0)
