"""Whether every id that an exercise uses is one that it has."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from ttx.exercise.model.adversaries import Adversary, Logit
from ttx.exercise.model.clock import Clock, Present, Product, Profile, Stage, Wait
from ttx.exercise.model.conditions import CameOut, Fired, LeverAt, Responded, Threshold
from ttx.exercise.model.evaluation import Objective, Review
from ttx.exercise.model.exercise import Exercise
from ttx.exercise.model.injects import Contextual, Inject, Option, Outcome, Posture, Probe, Weight
from ttx.exercise.model.levers import Budget, Income, Level, Lever, LeverEffect
from ttx.exercise.model.map import Map
from ttx.exercise.model.part import Part
from ttx.exercise.model.people import Cell, Seat
from ttx.exercise.model.robots import Robot, Wish
from ttx.exercise.model.scores import (
    SPENT,
    Blend,
    ByLevel,
    Fading,
    Scarcer,
    Score,
    Shortfall,
    Sum,
    Term,
)
from ttx.exercise.model.times import Turns
from ttx.exercise.model.tracks import ClockIndex, Effect, Influence, Weather, While
from ttx.exercise.parts import Parts, Placed
from ttx.exercise.problems import Finding, KeyPath, below, did_you_mean, shown
from ttx.i18n import N_, _

PHASES = (
    "briefing",
    "levers",
    "inject",
    "deliberation",
    "adjudication",
    "review",
    "outcome",
    "response",
    "reckoning",
    "hotwash",
)
"""The phases that a time plan may give minutes to."""
QUIET = "quiet"
"""The key of a time plan that is no phase: minutes without a word before a question is offered."""
DESIGN = "design"
"""The basis of a number that has nothing behind it but judgement."""

_USES: dict[type[Part], dict[str, str]] = {
    Cell: {"actor": "actor", "robot": "robot"},
    Seat: {"cell": "cell"},
    ClockIndex: {"profile": "profile"},
    Scarcer: {"of": "track or derived value"},
    Shortfall: {"of": "track or derived value", "delivered": "track or derived value"},
    ByLevel: {"lever": "lever"},
    Fading: {"lever": "lever"},
    Blend: {"parts": "track or derived value", "motive": "track or derived value"},
    Score: {"of": "track or derived value"},
    Influence: {"from_": "track or derived value", "to": "track"},
    While: {"lever": "lever"},
    Effect: {"track": "track"},
    LeverEffect: {"track": "track"},
    Weather: {"track": "track"},
    Income: {"by": "track"},
    Budget: {"granted_by": "cell"},
    Level: {"price": "budget"},
    Lever: {"cells": "cell"},
    Product: {"of": "track"},
    Stage: {"beside": "stage"},
    Present: {"of": "track"},
    Wait: {"deputy": "lever", "after": "stage"},
    Clock: {"margin": "track"},
    Posture: {"prefers": "lean"},
    Option: {
        "lean": "lean",
        "budgets": "budget",
        "sets": "lever",
        "provocation": "adversary",
        "denies": "adversary",
    },
    Weight: {"of": "track or derived value"},
    Outcome: {"on_time": "posture", "late": "posture", "far_too_late": "posture"},
    Probe: {"to": "seat or cell"},
    Inject: {
        "actor": "actor",
        "profile": "profile",
        "lead": "cell",
        "place": "place",
        "objectives": "objective",
        "opening": "adversary",
    },
    Contextual: {"readers": "seat or cell", "inject": "inject", "objectives": "objective"},
    Adversary: {"actor": "actor", "motive": "track", "score": "score"},
    Wish: {"lever": "lever"},
    Robot: {"order": "lean"},
    Objective: {"capability": "capability"},
    Review: {"levers": "lever", "references": "robot"},
    Turns: {"first_levers": "lever"},
    Map: {"distances": "place"},
    Threshold: {"of": "track or derived value"},
    LeverAt: {"lever": "lever"},
    Fired: {"fired": "inject"},
    CameOut: {"outcome": "inject"},
    Responded: {"responded": "adversary"},
    Profile: {"minutes": "stage"},
    Exercise: {"time_plan": "phase"},
}
"""Which fields hold ids, and of what; of a table, its keys."""
_TERMS: dict[type[object], str] = {
    Sum: "track, derived value or spent",
    Stage: "track",
    Logit: "track or derived value",
}
"""What a term may weigh, by the part it stands in."""
_NOUNS = {
    "actor": N_("actor"),
    "adversary": N_("adversary"),
    "aim": N_("aim"),
    "budget": N_("budget"),
    "capability": N_("capability"),
    "cell": N_("cell"),
    "evidence": N_("evidence"),
    "inject": N_("inject"),
    "lean": N_("lean"),
    "lever": N_("lever"),
    "objective": N_("objective"),
    "phase": N_("phase"),
    "place": N_("place"),
    "posture": N_("posture"),
    "profile": N_("profile"),
    "robot": N_("robot"),
    "score": N_("score"),
    "seat or cell": N_("seat or cell"),
    "stage": N_("stage"),
    "track": N_("track"),
    "track or derived value": N_("track or derived value"),
    "track, derived value or spent": N_("track, derived value or spent"),
}
"""What a reader calls what an id is of."""


@dataclass(frozen=True)
class Names:
    """All ids of an exercise, by what they are ids of."""

    of: Mapping[str, list[str]]
    levels: Mapping[str, list[str]] = field(default_factory=dict)
    """Level ids by lever."""
    aims: Mapping[str, list[str]] = field(default_factory=dict)
    """Aim ids by adversary."""

    @classmethod
    def given_in(cls, data: Mapping[str, object]) -> Names:
        """The ids in the keys and values that an author wrote, sound or not."""
        of = {
            kind: _ids(data.get(kind))
            for kind in (
                *("actor", "cell", "seat", "capability", "objective", "track", "derived"),
                *("score", "budget", "lever", "posture", "lean", "inject", "adversary"),
                *("robot", "evidence"),
            )
        }
        clock = data.get("clock")
        of["profile"] = _keys(below(clock, "profiles"))
        of["stage"] = _ids(below(clock, "stages"))
        of["place"] = _keys(below(data.get("map"), "place"))
        of["phase"] = [*PHASES, QUIET]
        of["seat or cell"] = [*of["seat"], *of["cell"]]
        of["track or derived value"] = [*of["track"], *of["derived"]]
        of["track, derived value or spent"] = [*of["track or derived value"], SPENT]
        levels = _inside(data.get("lever"), "levels")
        return cls(of, levels, _inside(data.get("adversary"), "aim"))

    @classmethod
    def in_exercise(cls, exercise: Exercise) -> Names:
        """The ids of a sound exercise."""
        return cls.given_in(
            exercise.model_dump(by_alias=True, exclude={"map": {"land", "borders"}})
        )


def _ids(parts: object) -> list[str]:
    named = [below(part, "id") for part in parts] if isinstance(parts, list) else []
    return [name for name in named if isinstance(name, str)]


def _inside(parts: object, key: str) -> dict[str, list[str]]:
    """By part, the ids of the parts that it holds under a key."""
    listed = parts if isinstance(parts, list) else []
    return {str(below(part, "id")): _ids(below(part, key)) for part in listed}


def _keys(table: object) -> list[str]:
    return [key for key in table if isinstance(key, str)] if isinstance(table, dict) else []


def unknown_names(parts: Parts, names: Names) -> Iterator[Finding]:
    """Every use of an id that is not among the names."""
    for placed in parts:
        yield from _unknown_in(placed, names)
        yield from _unknown_levels(placed, names)
        yield from _unknown_aims(placed, names)


def _unknown_in(placed: Placed, names: Names) -> Iterator[Finding]:
    part = placed.part
    uses = _USES.get(type(part), {})
    if isinstance(part, Term):
        uses = {"of": _TERMS[type(placed.inside)]}
    for name, kind in uses.items():
        key = type(part).model_fields[name].alias or name
        for path, used in _used(getattr(part, name), (*placed.path, key)):
            if used not in names.of[kind]:
                yield unknown(path, kind, used, names.of[kind])
    for path, used in _used(getattr(part, "basis", None), (*placed.path, "basis")):
        if used not in names.of["evidence"] and used != DESIGN:
            yield unknown(path, "evidence", used, names.of["evidence"])


def _used(value: object, path: KeyPath) -> Iterator[tuple[KeyPath, str]]:
    """The ids that a field holds: one, a list of them, or the keys of a table."""
    match value:
        case str():
            yield path, value
        case dict():
            yield from (((*path, key), key) for key in value)
        case list() | tuple():
            yield from (((*path, entry), part) for entry, part in enumerate(value))


def unknown(path: KeyPath, kind: str, name: str, names: list[str]) -> Finding:
    """What is said of an id that the exercise does not have."""
    return Finding(
        path,
        _(
            "{kind} {name} is unknown{hint}",
            kind=_(_NOUNS[kind]),
            name=shown(name),
            hint=did_you_mean(name, names),
        ),
    )


def _unknown_levels(placed: Placed, names: Names) -> Iterator[Finding]:
    part = placed.part
    if isinstance(part, Option):
        for lever, level in part.sets.items():
            yield from _unknown_level((*placed.path, "sets", lever), lever, level, names)
        return
    asked: dict[str, str | None]
    match part:
        case LeverAt(lever=lever):
            asked = {"level": part.level, "at_least": part.at_least, "at_most": part.at_most}
        case While(lever=lever, level=level) | Wish(lever=lever, level=level):
            asked = {"level": level}
        case Lever(id=lever, start=level):
            asked = {"start": level}
        case _:
            return
    for key, name in asked.items():
        if name is not None:
            yield from _unknown_level((*placed.path, key), lever, name, names)


def _unknown_level(path: KeyPath, lever: str, name: str, names: Names) -> Iterator[Finding]:
    levels = names.levels.get(lever)
    if levels is not None and name not in levels:
        near = did_you_mean(name, levels)
        text = _(
            "level {name} of lever '{lever}' is unknown{hint}",
            name=shown(name),
            lever=lever,
            hint=near,
        )
        yield Finding(path, text)


def _unknown_aims(placed: Placed, names: Names) -> Iterator[Finding]:
    part = placed.part
    if not isinstance(part, Responded) or part.responded not in names.aims:
        return
    aims = names.aims[part.responded]
    for at, name in enumerate(part.aim):
        if name not in aims:
            text = _(
                "aim {name} of adversary '{adversary}' is unknown",
                name=shown(name),
                adversary=part.responded,
            )
            yield Finding((*placed.path, "aim", at), f"{text}{did_you_mean(name, aims)}")
