"""What a condition asks, in words that a person can act on."""

from __future__ import annotations

from collections.abc import Callable

from ttx.exercise.model.conditions import (
    All,
    AnyOf,
    CameOut,
    Condition,
    Fired,
    LeverAt,
    Not,
    Responded,
    Threshold,
)
from ttx.exercise.model.exercise import Exercise
from ttx.exercise.model.part import text
from ttx.exercise.problems import in_points
from ttx.i18n import N_, _, ngettext

DID = {"restraint": N_("held back"), "probe": N_("probed"), "escalate": N_("escalated")}
DOES = {"restraint": N_("hold back"), "probe": N_("probe"), "escalate": N_("escalate")}
CAME_OUT = {
    "on_time": N_("on time"),
    "late": N_("late"),
    "far_too_late": N_("far too late"),
}


def asks(exercise: Exercise, condition: Condition, news: Callable[[str], str]) -> str:
    """The condition in words: `USFJ authority 30`; `news` names an inject by its id."""
    match condition:
        case All():
            parts = [asks(exercise, part, news) for part in condition.all]
            either = [isinstance(part, AnyOf) and len(parts) > 1 for part in condition.all]
            return _(" and ").join(
                f"({part})" if alternatives else part
                for part, alternatives in zip(parts, either, strict=True)
            )
        case AnyOf():
            return _(" or ").join(asks(exercise, part, news) for part in condition.any)
        case Not(not_=Responded() as answered):
            return _answered(exercise, answered, so=False)
        case Not():
            return _("not {condition}", condition=asks(exercise, condition.not_, news))
        case Threshold():
            name = text(exercise.names[condition.of])
            parts = []
            if condition.at_least is not None:
                parts.append(in_points(condition.at_least))
            if condition.at_most is not None:
                parts.append(_("at most {points}", points=in_points(condition.at_most)))
            if condition.below is not None:
                parts.append(_("below {points}", points=in_points(condition.below)))
            return f"{name} {_(' and ').join(parts)}"
        case LeverAt():
            lever = exercise.levers[condition.lever]
            of = text(lever.name)
            names = {level.id: text(level.name) for level in lever.levels}
            wanted = condition.level or condition.at_least or condition.at_most or ""
            if condition.at_most and not condition.level:
                return _("{lever} at {level} or less", lever=of, level=names[wanted])
            if condition.at_least:
                return _("{lever} at {level} or more", lever=of, level=names[wanted])
            return _("{lever} at {level}", lever=of, level=names[wanted])
        case Fired():
            return _("{news} released", news=news(condition.fired))
        case CameOut():
            timings = _(" or ").join(_(CAME_OUT[timing]) for timing in condition.timing)
            return f"{news(condition.outcome)} {timings}"
        case Responded():
            return _answered(exercise, condition, so=True)


def _answered(exercise: Exercise, condition: Responded, *, so: bool) -> str:
    """What an adversary did, or did not do: `China escalated in the last 2 turns`."""
    adversary = next(a for a in exercise.adversary if a.id == condition.responded)
    name = text(adversary.name)
    does = _(" or ").join(_(DID[answer] if so else DOES[answer]) for answer in condition.with_)
    if so:
        return ngettext(
            "{name} {does} in the last turn",
            "{name} {does} in the last {count} turns",
            condition.within,
            name=name,
            does=does,
        )
    return ngettext(
        "{name} did not {does} in the last turn",
        "{name} did not {does} in the last {count} turns",
        condition.within,
        name=name,
        does=does,
    )
