"""The script of an exercise in words: what its guide, its MSEL and its evaluation guide share."""

from __future__ import annotations

from dataclasses import dataclass

from ttx.exercise.asks import asks
from ttx.exercise.digest import digest
from ttx.exercise.model import Condition, Effect, Exercise, Inject, text
from ttx.exercise.problems import in_points
from ttx.session.view import words


@dataclass(frozen=True, slots=True)
class ScriptLine:
    """One inject as a controller reads it."""

    number: str
    turns: str
    kind: str
    title: str
    sender: str
    to: str
    channel: str
    serves: tuple[str, ...]
    """The ids of its objectives."""
    expected: str
    contingency: str


def script(exercise: Exercise, language: str = "en") -> tuple[ScriptLine, ...]:
    """All injects in the order in which they can come first, and then by number."""
    ordered = sorted(exercise.inject, key=lambda one: (one.turns[0], one.number))
    return tuple(_line(one, language) for one in ordered)


def _line(inject: Inject, language: str) -> ScriptLine:
    return ScriptLine(
        number=f"{inject.number:02d}",
        turns=turns_of(inject),
        kind=f"{inject.slot}, {text(inject.kind, language)}",
        title=text(inject.title, language),
        sender=text(inject.message.sender, language),
        to=text(inject.message.to, language),
        channel=text(inject.message.via, language),
        serves=tuple(inject.objectives),
        expected=text(inject.expected_action, language),
        contingency=text(inject.if_not, language),
    )


def turns_of(inject: Inject) -> str:
    """The turns in which it can come: `T1-T10`, `T2 on 26 Mar 2025`, `T3, again after 3 turns`."""
    first, last = inject.turns
    span = f"T{first}" if first == last else f"T{first}-T{last}"
    if inject.day is not None:
        span += f" on {inject.day.day} {words.MONTHS[inject.day.month - 1]} {inject.day.year}"
    return span if inject.again is None else f"{span}, again after {_turns(inject.again)}"


def _turns(count: int) -> str:
    return f"{count} turn{'s' if count > 1 else ''}"


def month(exercise: Exercise, turn: int) -> str:
    """The month in which a turn begins: `Dec 2024`."""
    day = exercise.turns.first_day(turn)
    return f"{words.MONTHS[day.month - 1]} {day.year}"


def quarter(exercise: Exercise, turn: int) -> str:
    """The months of a turn: `Dec 2024 to Feb 2025`."""
    last = exercise.turns.first_day(turn + 1)
    before = (last.year, last.month - 1) if last.month > 1 else (last.year - 1, 12)
    end = f"{words.MONTHS[before[1] - 1]} {before[0]}"
    begins = month(exercise, turn)
    return begins if begins == end else f"{begins} to {end}"


def condition(exercise: Exercise, asked: Condition | None, language: str) -> str:
    """What a condition asks, with injects by number and title; empty where there is none."""
    if asked is None:
        return ""

    def news(name: str) -> str:
        inject = exercise.injects[name]
        return f"{inject.number:02d} '{text(inject.title, language)}'"

    return asks(exercise, asked, news)


def effects(exercise: Exercise, given: list[Effect], language: str) -> str:
    """Changes of tracks: `trust +6, permits +6 in 1 turn`; `none` where there are none."""
    told = []
    for effect in given:
        name = text(exercise.tracks[effect.track].name, language)
        later = f" in {effect.delay} turn{'s' if effect.delay > 1 else ''}" if effect.delay else ""
        sign = "+" if effect.by > 0 else ""
        told.append(f"{name} {sign}{in_points(effect.by)}{later}")
    return ", ".join(told) or "none"


def edition(exercise: Exercise) -> str:
    """Which exercise a document was made from, for papers that lie side by side."""
    return f"Made from {exercise.id}, digest {digest(exercise)}"
