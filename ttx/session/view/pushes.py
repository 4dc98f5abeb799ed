"""What an answer denies an adversary, provokes it by, or opens to it by being late, in words."""

from __future__ import annotations

from typing import NamedTuple

from ttx.adjudicator.rulings import Push, Ruling, pushed
from ttx.adjudicator.tables import Tables
from ttx.exercise.model import Exercise, Option, text
from ttx.session.game import TurnRecord


class Parts(NamedTuple):
    """The three parts of a push, in quarters of a point; a provocation below 0 calms."""

    provoked: int
    denied: int
    opened: int

    @property
    def told(self) -> str:
        """Those that are there: `provoked 1, denied 1.5`; empty where nothing is."""
        first = "provoked" if self.provoked > 0 else "calmed"
        parts = ((first, abs(self.provoked)), ("denied", self.denied), ("opened", self.opened))
        return ", ".join(f"{word} {points(by)}" for word, by in parts if by)


class Told(NamedTuple):
    """What a ruling pushes one adversary by."""

    sentence: str
    """`Far too late, it opened 3 for China: +60 steps of its odds this turn.`"""
    brief: str
    """`China +60 steps: opened 3`"""


def announced(exercise: Exercise, option: Option, language: str = "") -> str:
    """Whom an option would deny something: `denies China and Russia if it carries`."""
    names = [text(one.name, language) for one in exercise.adversary if option.denies.get(one.id)]
    return f"denies {' and '.join(names)} if it carries" if names else ""


def told(tables: Tables, fact: Ruling, language: str = "") -> tuple[Told, ...]:
    """What a ruling pushes each adversary by, in words; nothing where it pushes nobody."""
    inject = tables.exercise.injects[fact.inject]
    option = next(one for one in inject.option if one.id == fact.option)
    late = {"late": "Late, it", "far_too_late": "Far too late, it"}
    found = []
    for one, part in zip(pushed(tables, fact), tables.exercise.adversary, strict=True):
        name = text(part.name, language)
        clauses = _clauses(one, name, option.denies.get(part.id, 0))
        if clauses:
            lead = late[fact.timing] if one.opened else "It"
            steps = (part.provocation * one.total) >> 2
            said = " and ".join(filter(None, (", ".join(clauses[:-1]), clauses[-1])))
            parts = Parts(one.provoked, one.denied, one.opened).told or "denied nothing"
            found.append(
                Told(
                    f"{lead} {said}: {steps:+d} steps of its odds this turn.",
                    f"{name} {steps:+d} steps: {parts}",
                )
            )
    return tuple(found)


def _clauses(one: Push, name: str, could: int) -> list[str]:
    """What one adversary met, named once: `provoked China by 1`, `denied it 1.5 of 3`."""
    found: list[str] = []

    def who() -> str:
        return "it" if found else name

    if one.provoked:
        word = "provoked" if one.provoked > 0 else "calmed"
        found.append(f"{word} {who()} by {points(abs(one.provoked))}")
    if one.denied:
        part = f" of {could}" if one.denied < 4 * could else ""
        found.append(f"denied {who()} {points(one.denied)}{part}")
    elif could:
        found.append(f"denied {who()} nothing of {could}")
    if one.opened:
        found.append(f"opened {points(one.opened)} for {who()}")
    return found


def of_turn(tables: Tables, turn: TurnRecord, row: int) -> Parts:
    """What the answers of a turn pushed the adversary of that row by, all rulings together."""
    rulings = [slot.ruling for slot in turn.slots if slot.ruling is not None]
    mine = [pushed(tables, one)[row] for one in rulings]
    return Parts(
        sum(one.provoked for one in mine),
        sum(one.denied for one in mine),
        sum(one.opened for one in mine),
    )


def points(quarters: int) -> str:
    """Quarters of a point as points: `1`, `-0.75`."""
    sign, whole = "-" if quarters < 0 else "", abs(quarters)
    return f"{sign}{whole // 4}" + ("", ".25", ".5", ".75")[whole % 4]
