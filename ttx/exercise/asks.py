"""What a condition asks, in words that a person can act on."""

from __future__ import annotations

from collections.abc import Callable

from ttx.exercise.model import (
    All,
    AnyOf,
    CameOut,
    Condition,
    Exercise,
    Fired,
    LeverAt,
    Not,
    Responded,
    Threshold,
    text,
)
from ttx.exercise.problems import in_points

DID = {"restraint": "held back", "probe": "probed", "escalate": "escalated"}
DOES = {"restraint": "hold back", "probe": "probe", "escalate": "escalate"}


def asks(
    exercise: Exercise, condition: Condition, language: str, news: Callable[[str], str]
) -> str:
    """The condition in words: `USFJ authority 30`; `news` names an inject by its id."""
    match condition:
        case All():
            parts = [asks(exercise, part, language, news) for part in condition.all]
            either = [isinstance(part, AnyOf) and len(parts) > 1 for part in condition.all]
            return " and ".join(
                f"({part})" if alternatives else part
                for part, alternatives in zip(parts, either, strict=True)
            )
        case AnyOf():
            return " or ".join(asks(exercise, part, language, news) for part in condition.any)
        case Not(not_=Responded() as answered):
            return _answered(exercise, answered, language, so=False)
        case Not():
            return f"not {asks(exercise, condition.not_, language, news)}"
        case Threshold():
            name = text(exercise.names[condition.of], language)
            parts = []
            if condition.at_least is not None:
                parts.append(in_points(condition.at_least))
            if condition.at_most is not None:
                parts.append(f"at most {in_points(condition.at_most)}")
            if condition.below is not None:
                parts.append(f"below {in_points(condition.below)}")
            return f"{name} {' and '.join(parts)}"
        case LeverAt():
            lever = exercise.levers[condition.lever]
            names = {level.id: text(level.name, language) for level in lever.levels}
            wanted = condition.level or condition.at_least or condition.at_most or ""
            if condition.at_most and not condition.level:
                return f"{condition.lever} at {names[wanted]} or less"
            more = " or more" if condition.at_least else ""
            return f"{condition.lever} at {names[wanted]}{more}"
        case Fired():
            return f"{news(condition.fired)} released"
        case CameOut():
            timings = " or ".join(condition.timing).replace("_", " ")
            return f"{news(condition.outcome)} {timings}"
        case Responded():
            return _answered(exercise, condition, language, so=True)


def _answered(exercise: Exercise, condition: Responded, language: str, *, so: bool) -> str:
    """What an adversary did, or did not do: `China escalated in the last 2 turns`."""
    adversary = next(a for a in exercise.adversary if a.id == condition.responded)
    does = " or ".join(DID[answer] if so else DOES[answer] for answer in condition.with_)
    since = "the last turn" if condition.within == 1 else f"the last {condition.within} turns"
    return f"{text(adversary.name, language)} {'' if so else 'did not '}{does} in {since}"
