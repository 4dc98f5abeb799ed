"""The crisis clock as lanes of steps on one scale, from minutes by stage."""

from __future__ import annotations

from dataclasses import dataclass

from ttx.adjudicator.margin import Estimate
from ttx.adjudicator.rulings import Ruling
from ttx.adjudicator.tables import Tables
from ttx.exercise.model import text
from ttx.session.view import words


@dataclass(frozen=True, slots=True)
class Step:
    """One stage on the scale, in minutes from onset."""

    id: str
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
    estimated: bool


def steps_of(
    tables: Tables, minutes: dict[str, int], critical: str, language: str = ""
) -> tuple[Step, ...]:
    """The stages laid out: parallel ones above and below the middle lane."""
    clock = tables.exercise.clock
    names = {s.id: (text(s.name, language), s.short) for s in clock.stages}
    if clock.wait:
        names[clock.wait.id] = (text(clock.wait.name, language), clock.wait.short)
    found: list[Step] = []
    at = 0
    for leg in tables.legs:
        ids = [tables.stages[row] for row in leg.stages]
        longest = max(minutes[one] for one in ids)
        taken = False
        for place, one in enumerate(ids):
            on_path = minutes[one] == longest and not taken
            taken = taken or on_path
            found.append(
                Step(
                    one,
                    *names[one],
                    lane=1 if len(ids) == 1 else (0, 2, 1)[place % 3],
                    begins=at,
                    minutes=minutes[one],
                    on_path=on_path,
                    slowest=one == critical,
                    spare=0 if on_path else longest - minutes[one],
                )
            )
        at += longest
    return tuple(found)


def estimated(tables: Tables, estimate: Estimate, language: str = "") -> ClockView:
    """The staff's estimate before the answer: a range and a word."""
    word = _likelihood(estimate.in_time)
    low, high = _rounded(estimate.low), _rounded(estimate.high)
    window = words.hours(estimate.window)
    same_unit = low.rpartition(" ")[2] == high.rpartition(" ")[2]
    start = low.rpartition(" ")[0] if same_unit else low
    reach = high if low == high else f"{start} to {high}"
    return ClockView(
        steps_of(tables, estimate.minutes, estimate.critical, language),
        estimate.total,
        estimate.window,
        word,
        estimate.in_time < 50,
        f"the staff expects {reach} against {window}",
        estimated=True,
    )


def _rounded(minutes: int) -> str:
    return f"{(minutes + 30) // 60} h" if minutes >= 180 else f"{minutes} min"


def _likelihood(in_time: int) -> str:
    for least, word in (
        (95, "in time"),
        (65, "probably in time"),
        (36, "may go either way"),
        (6, "probably late"),
    ):
        if in_time >= least:
            return word
    return "late"


def ruled(tables: Tables, ruling: Ruling, language: str = "") -> ClockView:
    """The true minutes, once the ruling stands."""
    over = ruling.total - ruling.window
    if ruling.timing == "on_time":
        verdict = f"in time, {words.hours(-over)} to spare" if over else "in time, to the minute"
    else:
        verdict = f"{words.verdict(ruling.timing)}, by {words.hours(over)}"
        verdict = verdict.replace("late, by", "late by") if ruling.timing == "late" else verdict
    return ClockView(
        steps_of(tables, ruling.minutes, ruling.critical, language),
        ruling.total,
        ruling.window,
        verdict,
        ruling.timing != "on_time",
        f"the answer took {words.hours(ruling.total)}, the window was {words.hours(ruling.window)}",
        estimated=False,
    )
