"""What an answer denies an adversary, provokes it by, or opens to it by being late, in words."""

from __future__ import annotations

from typing import NamedTuple

from ttx.adjudicator.facts import Ruling
from ttx.adjudicator.succession import Push, pushed
from ttx.adjudicator.tables import Tables
from ttx.exercise.model.exercise import Exercise
from ttx.exercise.model.injects import Option
from ttx.exercise.model.part import text
from ttx.i18n import N_, _
from ttx.session.game import TurnRecord
from ttx.session.view.words import listed

SENTENCES = {
    "on_time": N_("It {clauses}: {steps} steps of its odds this turn."),
    "late": N_("Late, it {clauses}: {steps} steps of its odds this turn."),
    "far_too_late": N_("Far too late, it {clauses}: {steps} steps of its odds this turn."),
}


class PushView(NamedTuple):
    """What a ruling pushes one adversary by."""

    sentence: str
    """`Far too late, it opened 3 for China: +60 steps of its odds this turn.`"""
    brief: str
    """`China +60 steps: opened 3`"""


def parts_of(push: Push) -> str:
    """The parts that are there: `provoked 1, denied 1.5`; empty where nothing is."""
    clauses = []
    if push.provoked > 0:
        clauses.append(_("provoked {points}", points=points(push.provoked)))
    if push.provoked < 0:
        clauses.append(_("calmed {points}", points=points(-push.provoked)))
    if push.denied:
        clauses.append(_("denied {points}", points=points(push.denied)))
    if push.opened:
        clauses.append(_("opened {points}", points=points(push.opened)))
    return ", ".join(clauses)


def denied(exercise: Exercise, option: Option) -> list[str]:
    """Names of those whom an option would deny something if it carries."""
    return [text(part.name) for part in exercise.adversary if option.denies.get(part.id)]


def pushes(tables: Tables, fact: Ruling) -> tuple[PushView, ...]:
    """What a ruling pushes each adversary by, in words; nothing where it pushes nobody."""
    inject = tables.exercise.injects[fact.inject]
    option = next(part for part in inject.option if part.id == fact.option)
    views = []
    for push, part in zip(pushed(tables, fact), tables.exercise.adversary, strict=True):
        name = text(part.name)
        clauses = _clauses(push, name, option.denies.get(part.id, 0))
        if clauses:
            steps = f"{(part.provocation * push.total) >> 2:+d}"
            parts = parts_of(push) or _("denied nothing")
            sentence = SENTENCES[fact.timing if push.opened else "on_time"]
            views.append(
                PushView(
                    _(sentence, clauses=listed(clauses), steps=steps),
                    _("{name} {steps} steps: {parts}", name=name, steps=steps, parts=parts),
                )
            )
    return tuple(views)


def _clauses(push: Push, name: str, could: int) -> list[str]:
    """What one adversary met, named once: `provoked China by 1`, `denied it 1.5 of 3`."""
    clauses: list[str] = []

    def who() -> str:
        return _("it") if clauses else name

    if push.provoked > 0:
        clauses.append(_("provoked {who} by {points}", who=who(), points=points(push.provoked)))
    if push.provoked < 0:
        clauses.append(_("calmed {who} by {points}", who=who(), points=points(-push.provoked)))
    if 0 < push.denied < 4 * could:
        clauses.append(
            _("denied {who} {points} of {most}", who=who(), points=points(push.denied), most=could)
        )
    elif push.denied:
        clauses.append(_("denied {who} {points}", who=who(), points=points(push.denied)))
    elif could:
        clauses.append(_("denied {who} nothing of {most}", who=who(), most=could))
    if push.opened:
        clauses.append(_("opened {points} for {who}", points=points(push.opened), who=who()))
    return clauses


def of_turn(tables: Tables, turn: TurnRecord, row: int) -> Push:
    """What the answers of a turn pushed the adversary of that row by, all rulings together."""
    rulings = [slot.ruling for slot in turn.slots if slot.ruling is not None]
    mine = [pushed(tables, ruling)[row] for ruling in rulings]
    return Push(
        tables.exercise.adversary[row].id,
        sum(push.provoked for push in mine),
        sum(push.denied for push in mine),
        sum(push.opened for push in mine),
    )


def points(quarters: int) -> str:
    """Quarters of a point as points: `1`, `-0.75`."""
    sign, whole = "-" if quarters < 0 else "", abs(quarters)
    return f"{sign}{whole // 4}" + ("", ".25", ".5", ".75")[whole % 4]
