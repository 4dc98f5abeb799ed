"""The script of an exercise in words: what its guide, its MSEL and its evaluation guide share."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from ttx.exercise.asks import asks
from ttx.exercise.contextuals import readers
from ttx.exercise.digest import digest
from ttx.exercise.model.conditions import Condition
from ttx.exercise.model.exercise import Exercise
from ttx.exercise.model.injects import Contextual, Inject
from ttx.exercise.model.part import text
from ttx.exercise.model.tracks import Effect
from ttx.exercise.problems import in_points
from ttx.exercise.zones import ahead
from ttx.i18n import _, ngettext
from ttx.session.view import words
from ttx.session.view.contextual import number_of


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
    controller: str = ""
    """The office that is to put it, as the list names it."""
    planned: str = ""
    """When the list that it came from plans it, as that says so."""


def script(exercise: Exercise) -> tuple[ScriptLine, ...]:
    """All injects in the order in which they can come first, and then by number."""
    return tuple(line_of(exercise, inject) for inject in in_order(exercise))


def in_order(exercise: Exercise) -> list[Inject]:
    """All injects in the order of the MSEL."""
    return sorted(exercise.inject, key=lambda inject: (inject.turns[0], inject.number))


def line_of(exercise: Exercise, inject: Inject) -> ScriptLine:
    """One inject as it stands on the MSEL."""
    return ScriptLine(
        number=inject.on_list,
        turns=turns_of(inject),
        planned=inject.planned,
        controller=inject.controller,
        kind=f"{words.slot(inject.slot)}, {text(inject.kind)}",
        title=text(inject.title),
        sender=text(inject.message.sender),
        to=text(inject.message.to),
        channel=text(inject.message.via),
        serves=tuple(inject.objectives),
        expected=ahead(exercise, text(inject.expected_action)),
        contingency=ahead(exercise, text(inject.if_not)),
    )


def contextual_script(exercise: Exercise) -> tuple[tuple[ScriptLine, Contextual], ...]:
    """The contextual injects in the order of their turns, each with its line."""
    ordered = sorted(exercise.contextual, key=lambda part: part.turn)
    return tuple((_contextual(exercise, part), part) for part in ordered)


def _contextual(exercise: Exercise, part: Contextual) -> ScriptLine:
    seats = {seat.id: text(seat.name) for seat in exercise.seat}
    to = "; ".join(seats[seat] for seat in readers(exercise, part)) or _("all")
    when = f"T{part.turn}"
    if part.inject is not None:
        inject = exercise.injects[part.inject]
        when = _("with {number} {title}", number=inject.on_list, title=text(inject.title))
    if part.together:
        when = _("{when}, together: {word}", when=when, word=part.together)
    return ScriptLine(
        number=number_of(exercise, part),
        planned=part.planned,
        controller=part.controller,
        turns=when,
        kind=_("contextual, {kind}", kind=text(part.kind)),
        title=text(part.title),
        sender=text(part.message.sender),
        to=_("{to}; read by: {seats}", to=text(part.message.to), seats=to),
        channel=text(part.message.via),
        serves=tuple(part.objectives),
        expected=text(part.expected),
        contingency="",
    )


def turns_of(inject: Inject) -> str:
    """The turns in which it can come: `T1-T10`, `T2 on 26 Mar 2025`, `T3, again after 3 turns`."""
    first, last = inject.turns
    span = f"T{first}" if first == last else _("T{first}-T{last}", first=first, last=last)
    if inject.day is not None:
        day = f"{inject.day.day} {words.month(inject.day)}"
        span = _("{span} on {day}", span=span, day=day)
    return (
        span
        if inject.again is None
        else _("{span}, again after {turns}", span=span, turns=_turns(inject.again))
    )


def _turns(count: int) -> str:
    return ngettext("{count} turn", "{count} turns", count)


def begins(exercise: Exercise, turn: int) -> str:
    """When a turn begins in the scenario: `Dec 2024`, or its day where turns count days."""
    return words.scenario_day(exercise.turns, exercise.turns.first_day(turn))


def span(exercise: Exercise, first: int, last: int = 0) -> str:
    """When a turn is in the scenario, or all up to another: `Dec 2024 to Feb 2025`."""
    turns = exercise.turns
    day_before = turns.first_day((last or first) + 1) - timedelta(days=1)
    return words.scenario_span(turns, turns.first_day(first), day_before)


def condition(exercise: Exercise, asked: Condition | None) -> str:
    """What a condition asks, with injects by number and title; empty where there is none."""
    if asked is None:
        return ""

    def news(name: str) -> str:
        inject = exercise.injects[name]
        return f"{inject.on_list} '{text(inject.title)}'"

    return asks(exercise, asked, news)


def effects(exercise: Exercise, given: list[Effect]) -> str:
    """Changes of tracks: `trust +6, permits +6 in 1 turn`; `none` where there are none."""
    clauses = []
    for effect in given:
        name = text(exercise.tracks[effect.track].called)
        later = (
            ngettext(" in {count} turn", " in {count} turns", effect.delay) if effect.delay else ""
        )
        sign = "+" if effect.by > 0 else ""
        clauses.append(f"{name} {sign}{in_points(effect.by)}{later}")
    return ", ".join(clauses) or _("none")


def edition(exercise: Exercise) -> str:
    """Which exercise a document was made from, for papers that lie side by side."""
    return _("Made from {exercise}, digest {digest}", exercise=exercise.id, digest=digest(exercise))
