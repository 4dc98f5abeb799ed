"""The crisis clock as lanes of steps on one scale, from minutes by stage."""

from __future__ import annotations

from dataclasses import dataclass

from ttx.adjudicator.facts import Ruling
from ttx.adjudicator.margin import Estimate
from ttx.adjudicator.tables import Tables
from ttx.exercise.model.clock import Stage, Wait
from ttx.exercise.model.part import text
from ttx.i18n import N_, _
from ttx.session.view import words

LIKELIHOODS = (
    (95, N_("in time")),
    (65, N_("probably in time")),
    (36, N_("may go either way")),
    (6, N_("probably late")),
    (0, N_("late")),
)
"""From so many in 100 on, an answer is called so."""
HOURS, MINUTES = N_("{count} h"), N_("{count} min")


@dataclass(frozen=True, slots=True)
class Step:
    """One stage on the scale, in minutes from onset."""

    name: str
    short: str
    lane: int
    """0 above, 1 the middle, 2 below."""
    begins: int
    minutes: int
    on_path: bool
    slowest: bool
    spare: int
    """Minutes it can wait, for a stage beside a longer one."""


@dataclass(frozen=True, slots=True)
class ClockView:
    """A clock against its window, in minutes."""

    steps: tuple[Step, ...]
    total: int
    window: int
    verdict: str
    """How it stands, in words: `late by 2 h 50`, `22 to 27 h: probably late`."""
    bad: bool
    """Whether the words are about lateness."""
    sentence: str


def steps_of(tables: Tables, minutes: dict[str, int], critical: str) -> tuple[Step, ...]:
    """The stages laid out: parallel ones above and below the middle lane."""
    clock = tables.exercise.clock
    parts: list[Stage | Wait] = [*clock.stages, *([clock.wait] if clock.wait else [])]
    stages = {part.id: part for part in parts}
    steps: list[Step] = []
    at = 0
    for leg in tables.clock.legs:
        ids = [tables.clock.stages[row] for row in leg.stages]
        longest = max(minutes[stage] for stage in ids)
        path = next(stage for stage in ids if minutes[stage] == longest)
        for place, stage in enumerate(ids):
            steps.append(
                Step(
                    text(stages[stage].name),
                    stages[stage].short,
                    lane=1 if len(ids) == 1 else (0, 2, 1)[place % 3],
                    begins=at,
                    minutes=minutes[stage],
                    on_path=stage == path,
                    slowest=stage == critical,
                    spare=0 if stage == path else longest - minutes[stage],
                )
            )
        at += longest
    return tuple(steps)


def estimated(tables: Tables, estimate: Estimate) -> ClockView:
    """The staff's estimate before the answer: a range and a word."""
    return ClockView(
        steps_of(tables, estimate.minutes, estimate.critical),
        estimate.total,
        estimate.window,
        next(_(word) for least, word in LIKELIHOODS if estimate.in_time >= least),
        estimate.in_time < 50,
        _(
            "the staff expects {span} against {window}",
            span=_span(estimate.low, estimate.high),
            window=words.hours(estimate.window),
        ),
    )


def _span(low: int, high: int) -> str:
    """`22 to 27 h`, `50 min to 4 h`, `3 h`: from three hours on in whole hours."""
    (first, first_unit), (last, last_unit) = _rounded(low), _rounded(high)
    end = _(last_unit, count=last)
    if (first, first_unit) == (last, last_unit):
        return end
    start = str(first) if first_unit == last_unit else _(first_unit, count=first)
    return _("{start} to {end}", start=start, end=end)


def _rounded(minutes: int) -> tuple[int, str]:
    return ((minutes + 30) // 60, HOURS) if minutes >= 180 else (minutes, MINUTES)


def ruled(tables: Tables, ruling: Ruling) -> ClockView:
    """The true minutes, once the ruling stands."""
    total, window = words.hours(ruling.total), words.hours(ruling.window)
    return ClockView(
        steps_of(tables, ruling.minutes, ruling.critical),
        ruling.total,
        ruling.window,
        _verdict(ruling),
        ruling.timing != "on_time",
        _("the answer took {total}, the window was {window}", total=total, window=window),
    )


def _verdict(ruling: Ruling) -> str:
    over = ruling.total - ruling.window
    by = words.hours(over)
    match ruling.timing:
        case "on_time" if not over:
            return _("in time, to the minute")
        case "on_time":
            return _("in time, {time} to spare", time=by)
        case "late":
            return _("late by {time}", time=by)
    return _("far too late, by {time}", time=by)
