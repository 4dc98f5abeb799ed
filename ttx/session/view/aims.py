"""What an adversary is after, what it can pay and what it has done, for who may know it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from ttx.exercise.model.adversaries import Adversary
from ttx.exercise.model.conditions import (
    All,
    AnyOf,
    CameOut,
    Condition,
    LeverAt,
    Not,
    Responded,
    Threshold,
)
from ttx.exercise.model.part import text
from ttx.exercise.moves import name_of
from ttx.i18n import N_, _, ngettext
from ttx.session import needs
from ttx.session.game import Game
from ttx.session.needs import points
from ttx.session.view.badge import Badge, badge
from ttx.session.view.eye import Eye

HOLDS, NOT_YET, HIDDEN = N_("holds"), N_("not yet"), N_("not open")
RISING = (NOT_YET, HIDDEN, HOLDS)
"""All parts together hold as the lowest of them does, any of them as the highest."""
REACHED = {
    NOT_YET: N_("Not reached as things stand."),
    HIDDEN: N_("What you may know of it holds; the rest is not open to you."),
    HOLDS: N_("Reached, if the run ended now."),
}


@dataclass(frozen=True, slots=True)
class Asked:
    """One part of what has to be so at the end for an aim to be reached."""

    words: str
    """What is asked, with what it stands at where the seat may know that."""
    state: str
    """`holds`, `not yet`, or `not open` where the seat may not know."""


@dataclass(frozen=True, slots=True)
class PastMove:
    """What the adversary did in a turn that is reckoned."""

    turn: int
    response: str
    did: str


@dataclass(frozen=True, slots=True)
class AimView:
    """One adversary as its own seat and the white cell have it before them."""

    id: str
    badge: Badge
    name: str
    object: str
    """What it is to be deterred from; empty where the exercise does not say."""
    aim: str
    """Its aim in this run; empty where the exercise gives it none."""
    about: str
    asked: tuple[Asked, ...]
    reached: str
    """Whether the aim holds now, as far as the seat may know, in one sentence; empty without."""
    chips: int | None
    """In its purse; None where it can pay for anything."""
    income: int
    """Chips that each opening of a turn brings."""
    cap: int
    """The most the purse keeps."""
    past: tuple[PastMove, ...]
    """The last turn first."""


def aims(eye: Eye) -> tuple[AimView, ...]:
    """The adversaries whose aim and purse are open to a seat, in the order of the exercise."""
    known = eye.visibility.aims
    return tuple(_view(eye, part) for part in eye.exercise.adversary if part.id in known)


def own_aims(eye: Eye) -> tuple[AimView, ...]:
    """The same for a seat that plays adversaries, and for no other."""
    plays = eye.run.adversaries_of(eye.seat) if eye.side == "red" else ()
    return tuple(view for view in aims(eye) if view.id in plays)


def did_in_words(game: Game, adversary: str, response: str) -> str:
    """A response as news has it: the move by its name."""
    row = game.run.tables.adversary[adversary]
    part = game.run.exercise.adversary[row]
    return text(name_of(part, game.position.aims[row], response))


def _view(eye: Eye, part: Adversary) -> AimView:
    row, position = eye.run.tables.adversary[part.id], eye.game.position
    at = position.aims[row]
    aim = part.aim[at] if at >= 0 else None
    asked = _parts(eye, aim.reached) if aim is not None and aim.reached is not None else ()
    return AimView(
        id=part.id,
        badge=badge(eye.exercise, part.actor),
        name=eye.text(part.name),
        object=eye.text(part.object),
        aim=eye.text(aim.name) if aim is not None else "",
        about=eye.text(aim.about) if aim is not None else "",
        asked=asked,
        reached=_(REACHED[_lowest(part.state for part in asked)]) if asked else "",
        chips=position.purse[row] if part.purse is not None else None,
        income=part.purse.income if part.purse is not None else 0,
        cap=part.purse.cap if part.purse is not None else 0,
        past=tuple(_past(eye.game, part.id)),
    )


def _past(game: Game, adversary: str) -> Iterator[PastMove]:
    for turn in reversed(game.turns):
        if turn.reckoned is not None and turn.confirmed:
            fact = turn.reckoned.reckoning
            did = fact.did[adversary]
            yield PastMove(fact.turn, did, did_in_words(game, adversary, did))


# --- whether it is reached ---


def _parts(eye: Eye, condition: Condition) -> tuple[Asked, ...]:
    """The parts that all have to hold, each by itself."""
    parts = condition.all if isinstance(condition, All) else [condition]
    return tuple(Asked(_asked(eye, part), _state(eye, part)) for part in parts)


def _asked(eye: Eye, condition: Condition) -> str:
    """What is asked, with where a number that the seat may know stands."""
    asked = _words(eye, condition)
    if isinstance(condition, Threshold) and _open(eye, condition):
        at = needs.stands_at(eye.run.tables, eye.game.position, condition.of) // 100 * 100
        return _("{asked}, now {value}", asked=asked, value=points(at))
    return asked


def _words(eye: Eye, condition: Condition) -> str:
    """What is asked; of a number with the side it may lie on, since that is what is played for."""
    match condition:
        case AnyOf():
            return _(" or ").join(_words(eye, part) for part in condition.any)
        case All():
            return _(" and ").join(_words(eye, part) for part in condition.all)
        case Responded():
            return _lately(eye, condition, ACTS)
        case Not(not_=Responded() as did):
            return _("no {acts}", acts=_lately(eye, did, BARE_ACTS))
        case Threshold(of=of, at_least=least, at_most=most, below=below):
            bounds = (
                (N_("at least {value}"), least),
                (N_("at most {value}"), most),
                (N_("below {value}"), below),
            )
            sides = [_(side, value=points(at)) for side, at in bounds if at is not None]
            return f"{eye.names.values[of]} {_(' and ').join(sides)}"
    return needs.asks(eye.run.tables, eye.game.position, condition)


ACTS = {
    "restraint": N_("a restrained turn"),
    "probe": N_("a probe"),
    "escalate": N_("an escalation"),
}
BARE_ACTS = {
    "restraint": N_("restrained turn"),
    "probe": N_("probe"),
    "escalate": N_("escalation"),
}
"""The responses that are asked for, as nouns."""


def _lately(eye: Eye, condition: Responded, nouns: dict[str, str]) -> str:
    return ngettext(
        "{acts} by {name} in the last turn",
        "{acts} by {name} in the last {count} turns",
        condition.within,
        acts=_(" or ").join(_(nouns[part]) for part in condition.with_),
        name=eye.names.adversaries[condition.responded],
    )


def _state(eye: Eye, condition: Condition) -> str:
    match condition:
        case All():
            return _lowest(_state(eye, part) for part in condition.all)
        case AnyOf():
            return max((_state(eye, part) for part in condition.any), key=RISING.index)
        case Not():
            within = _state(eye, condition.not_)
            return {HOLDS: NOT_YET, NOT_YET: HOLDS}.get(within, within)
    if not _open(eye, condition):
        return HIDDEN
    return HOLDS if needs.met(eye.run.tables, eye.game.position, condition) else NOT_YET


def _open(eye: Eye, condition: Condition) -> bool:
    """Whether the seat may know what one plain condition asks for."""
    sees = eye.visibility
    match condition:
        case Threshold():
            return sees.scores or condition.of in sees.tracks
        case LeverAt():
            return sees.levers or condition.lever in sees.announced
        case CameOut():
            return sees.scores
    return True


def _lowest(states: Iterable[str]) -> str:
    return min(states, key=RISING.index)
