"""Whether a fact speaks of what its run has: cells, seats, options and all else that has a name.

A record may hold anything, and a page that looks a name up would find nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from dataclasses import fields

from ttx.adjudicator.arithmetic import RESPONSES, TIMINGS
from ttx.exercise.feedback import NOT_SEEN, SCALE, questions, statements
from ttx.i18n import _
from ttx.session import notebook_events
from ttx.session.control_commands import STRENGTHS
from ttx.session.control_events import (
    CONTEXTUAL,
    INJECT,
    MODIFIED,
    NUMBER,
    OVERTURNED,
    ROOM_SHOWS,
    START,
    STRENGTH,
    UPHELD,
    Adjusted,
    Amended,
    Delivered,
    Improvised,
    ReckoningAmended,
    RightsGiven,
    RoomSet,
    Weighed,
)
from ttx.session.event_codec import Event
from ttx.session.events import EVERYBODY, Confirmed, Entry, Given, Reckoned, ResponsesClosed, Ruled
from ttx.session.game import Game
from ttx.session.run import ALL_RIGHTS, PERSON, PROJECTOR, ROBOT, RULE
from ttx.session.striking import authors

AUTHORS = ("dice", "model", "nobody")
Known = Callable[[Game], Collection[object]]


def _injects(game: Game) -> Collection[str]:
    return game.run.exercise.injects.keys()


def _seats(game: Game) -> set[str]:
    return {seat.id for seat in game.run.exercise.seat}


def _robots(game: Game) -> set[str]:
    return {robot.id for robot in game.run.exercise.robot}


def _adversaries(game: Game) -> set[str]:
    return {adversary.id for adversary in game.run.exercise.adversary}


def _observations(game: Game) -> set[int]:
    return {stamp.n for stamp, _page in game.notebook.of(notebook_events.Observed)}


def _or_none(known: Known) -> Known:
    return lambda game: {"", *known(game)}


BY_FIELD: dict[str, Known] = {
    "cell": lambda game: {cell.id for cell in game.run.exercise.cell},
    "lead": lambda game: {cell.id for cell in game.run.exercise.cell},
    "seat": _or_none(_seats),
    "to": lambda game: {EVERYBODY, PROJECTOR, *_seats(game)},
    "reader": lambda game: {EVERYBODY, *_seats(game)},
    "contextual": lambda game: game.run.exercise.contextuals.keys(),
    "lever": lambda game: game.run.exercise.levers.keys(),
    "posture": lambda game: {posture.id for posture in game.run.exercise.posture},
    "inject": _injects,
    "instead_of": _or_none(_injects),
    "slot": lambda _: ("policy", "crisis"),
    "option": lambda game: {"", *(o.id for o in (game.inject.option if game.inject else ()))},
    "objective": lambda game: {"", *(objective.id for objective in game.run.exercise.objective)},
    "capability": lambda game: {capability.id for capability in game.run.exercise.capability},
    "statement": lambda game: {part.id for part in statements(game.run.exercise)},
    "mark": lambda _: (NOT_SEEN, *SCALE),
    "right": lambda _: ALL_RIGHTS,
    "player": lambda game: {PERSON, RULE, *_robots(game)},
    "outcome": lambda _: (UPHELD, MODIFIED, OVERTURNED),
    "sees": lambda _: (notebook_events.ALL_IS_SHOWN, notebook_events.AS_THE_ROOM),
    "rating": lambda _: notebook_events.RATINGS,
    "column": lambda _: notebook_events.COLUMNS,
    "element": lambda _: notebook_events.ELEMENTS,
    "card": lambda game: range(1, len(game.notebook.cards) + 1),
    "timing": lambda _: TIMINGS,
    "response": lambda _: RESPONSES,
    "adversary": _adversaries,
    "track": lambda game: game.run.exercise.tracks.keys(),
    "setting": lambda game: {
        (lever.id, level.id) for lever in game.run.exercise.lever for level in lever.levels
    },
    "budget": lambda game: {budget.id for budget in game.run.exercise.budget},
}
"""What a field of that name may say, at the moment before the fact."""
BY_KIND: dict[tuple[type, str], Known] = {
    (notebook_events.Noted, "sort"): lambda _: ("", *notebook_events.SORTS),
    (notebook_events.Observed, "sort"): lambda _: (
        notebook_events.STRENGTH,
        notebook_events.IMPROVEMENT,
        notebook_events.NEUTRAL,
    ),
    (notebook_events.Struck, "entry"): authors,
    (notebook_events.FedBack, "question"): lambda game: {
        part.id for part in questions(game.run.exercise)
    },
    (notebook_events.Assigned, "cell"): lambda game: {
        "",
        *(cell.id for cell in game.run.exercise.cell),
    },
    (notebook_events.Analysed, "entry"): _observations,
    (notebook_events.Planned, "card"): lambda game: range(len(game.notebook.cards) + 1),
    (notebook_events.Planned, "observation"): lambda game: {0, *_observations(game)},
    (RoomSet, "shows"): lambda _: ROOM_SHOWS,
    (RoomSet, "inject"): _or_none(_injects),
    (Confirmed, "what"): lambda _: ("ruling", "reckoning"),
    (Adjusted, "what"): lambda _: (START, STRENGTH, NUMBER),
    (Improvised, "part"): lambda _: (INJECT, CONTEXTUAL),
    (Weighed, "quarters"): lambda _: range(len(STRENGTHS)),
    (notebook_events.Replied, "number"): lambda game: range(1, len(game.notebook.inquiries) + 1),
    (notebook_events.Probed, "number"): lambda game: range(
        1, len(game.inject.probing if game.inject else ()) + 1
    ),
}
"""The same where it hangs on the kind as well."""
LISTED: dict[type[Event], tuple[str, str]] = {
    Delivered: ("readers", "reader"),
    ResponsesClosed: ("adversaries", "adversary"),
    RightsGiven: ("rights", "right"),
}
"""Facts of which a field lists several of a kind: the field, and what each of them is."""


def unknown(game: Game, entry: Entry) -> str:
    """The first thing a fact speaks of that its run does not have, in words; empty where none.

    `game` is the run before the entry.
    """
    by = entry.by
    robot = by.startswith(ROBOT) and by.removeprefix(ROBOT) in _robots(game)
    if not (robot or by in AUTHORS or by in _seats(game)):
        return _("nobody here is called '{by}'", by=by)
    event = entry.event
    for part, value in _said(event):
        known = BY_KIND.get((type(event), part)) or BY_FIELD.get(part)
        if known is not None and value not in known(game):
            return _("this run has no {part} '{value}'", part=part, value=value)
    lever, level = getattr(event, "lever", ""), getattr(event, "level", "")
    if lever and level not in {row.id for row in game.run.exercise.levers[lever].levels}:
        return _("the lever {lever} has no level '{level}'", lever=lever, level=level)
    return ""


def _said(event: Event) -> Iterator[tuple[str, object]]:
    """Fields with what they say, those of a ruling or a reckoning among them."""
    several, one = LISTED.get(type(event), ("", ""))
    for part in fields(event):
        if part.name == several:
            yield from ((one, value) for value in getattr(event, several))
        else:
            yield part.name, getattr(event, part.name)
    match event:
        case notebook_events.FedBack():
            yield from (("statement", name) for name in event.marks)
            yield from (("mark", mark) for mark in event.marks.values())
            yield from (("question", name) for name in event.answers)
        case Given():
            yield "option", event.answer.option
            for adversary, response in event.answer.expects.items():
                yield from (("adversary", adversary), ("response", response))
        case Ruled() | Amended():
            for part in fields(event.ruling):
                yield part.name, getattr(event.ruling, part.name)
            for effect in event.ruling.effects:
                yield "track", effect.track
            for budget, _, _ in event.ruling.budgets:
                yield "budget", budget
            for setting in event.ruling.sets:
                yield "setting", setting
        case Reckoned() | ReckoningAmended():
            for adversary, response in getattr(event, "model_would", {}).items():
                yield from (("adversary", adversary), ("response", response))
            for answer in event.reckoning.responses:
                yield from (("adversary", answer.adversary), ("response", answer.response))
