"""What an adversary is after, what it can pay and what it has done, for who may know it."""

from __future__ import annotations

from dataclasses import dataclass

from ttx.exercise.model import (
    Adversary,
    All,
    AnyOf,
    CameOut,
    Condition,
    LeverAt,
    Not,
    Responded,
    Threshold,
    text,
)
from ttx.exercise.moves import name_of
from ttx.session import needs
from ttx.session.game import Game
from ttx.session.view import words
from ttx.session.view.badge import Badge, badge
from ttx.session.view.eye import Eye
from ttx.session.view.visibility import Visibility, side_of

HOLDS, NOT_YET, HIDDEN = "holds", "not yet", "not open"


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
    sees = eye.visibility
    every = eye.exercise.adversary
    return tuple(_view(eye, part) for part in every if part.id in sees.aims)


def own_aims(eye: Eye) -> tuple[AimView, ...]:
    """The same for a seat that plays adversaries, and for no other."""
    plays = eye.run.adversaries_of(eye.seat) if side_of(eye.run, eye.seat) == "red" else ()
    return tuple(one for one in aims(eye) if one.id in plays)


def did_in_words(game: Game, adversary: str, response: str, language: str = "") -> str:
    """A response as news has it: the move by its name."""
    row = game.run.tables.adversary[adversary]
    part = game.run.exercise.adversary[row]
    return text(name_of(part, game.position.aims[row], response), language)


def _view(eye: Eye, part: Adversary) -> AimView:
    row = eye.run.tables.adversary[part.id]
    at = eye.game.position.aims[row]
    aim = part.aim[at] if at >= 0 else None
    asked = () if aim is None or aim.reached is None else _parts(eye, aim.reached)
    return AimView(
        id=part.id,
        badge=badge(eye.exercise, part.actor, eye.language),
        name=eye.text(part.name),
        object=eye.text(part.object),
        aim="" if aim is None else eye.text(aim.name),
        about="" if aim is None else eye.text(aim.about),
        asked=asked,
        reached=_reached(asked),
        chips=None if part.purse is None else eye.game.position.purse[row],
        income=0 if part.purse is None else part.purse.income,
        cap=0 if part.purse is None else part.purse.cap,
        past=_past(eye, part.id),
    )


def _past(eye: Eye, adversary: str) -> tuple[PastMove, ...]:
    found = []
    for turn in reversed(eye.game.turns):
        if turn.reckoned is None or not turn.confirmed:
            continue
        fact = turn.reckoned.reckoning
        did = next(one.response for one in fact.responses if one.adversary == adversary)
        found.append(PastMove(fact.turn, did, did_in_words(eye.game, adversary, did, eye.language)))
    return tuple(found)


# --- whether it is reached ---


def _parts(eye: Eye, condition: Condition) -> tuple[Asked, ...]:
    """The parts that all have to hold, each by itself."""
    parts = condition.all if isinstance(condition, All) else [condition]
    return tuple(_asked(eye, one) for one in parts)


def _asked(eye: Eye, condition: Condition) -> Asked:
    tables, position = eye.run.tables, eye.game.position
    told = _words(eye, condition)
    if isinstance(condition, Threshold) and _open(condition, eye.visibility):
        told += (
            f", now {words.points(needs.stands_at(tables, position, condition.of) // 100 * 100)}"
        )
    return Asked(told, _state(eye, condition))


def _words(eye: Eye, condition: Condition) -> str:
    """What is asked; of a number with the side it may lie on, since that is what is played for."""
    match condition:
        case AnyOf():
            return " or ".join(_words(eye, one) for one in condition.any)
        case All():
            return " and ".join(_words(eye, one) for one in condition.all)
        case Responded():
            return f"{_acts(condition, 'an', 'a')} {_lately(eye, condition)}"
        case Not(not_=Responded() as did):
            return f"no {_acts(did)} {_lately(eye, did)}"
        case Threshold(of=of, at_least=least, at_most=most, below=below):
            bounds = (("at least", least), ("at most", most), ("below", below))
            told = " and ".join(
                f"{side} {words.points(at)}" for side, at in bounds if at is not None
            )
            return f"{eye.text(eye.exercise.names[of])} {told}"
    return needs.asks(eye.run.tables, eye.game.position, condition, eye.language)


def _acts(condition: Responded, *articles: str) -> str:
    """The responses that are asked for, as nouns: `an escalation or a probe`."""
    vowel, other = (f"{articles[0]} ", f"{articles[1]} ") if articles else ("", "")
    nouns = {
        "restraint": f"{other}restrained turn",
        "probe": f"{other}probe",
        "escalate": f"{vowel}escalation",
    }
    return " or ".join(nouns[one] for one in condition.with_)


def _lately(eye: Eye, condition: Responded) -> str:
    every = eye.exercise.adversary
    who = next(eye.text(one.name) for one in every if one.id == condition.responded)
    when = "turn" if condition.within == 1 else f"{condition.within} turns"
    return f"by {who} in the last {when}"


def _state(eye: Eye, condition: Condition) -> str:
    match condition:
        case All():
            states = [_state(eye, one) for one in condition.all]
            return NOT_YET if NOT_YET in states else HIDDEN if HIDDEN in states else HOLDS
        case AnyOf():
            states = [_state(eye, one) for one in condition.any]
            return HOLDS if HOLDS in states else HIDDEN if HIDDEN in states else NOT_YET
        case Not():
            within = _state(eye, condition.not_)
            return {HOLDS: NOT_YET, NOT_YET: HOLDS}.get(within, within)
    if not _open(condition, eye.visibility):
        return HIDDEN
    return HOLDS if needs.met(eye.run.tables, eye.game.position, condition) else NOT_YET


def _open(condition: Condition, sees: Visibility) -> bool:
    """Whether the seat may know what one plain condition asks for."""
    match condition:
        case Threshold():
            return sees.scores or condition.of in sees.tracks
        case LeverAt():
            return sees.levers or condition.lever in sees.announced
        case CameOut():
            return sees.scores
    return True


def _reached(asked: tuple[Asked, ...]) -> str:
    states = [one.state for one in asked]
    if not states:
        return ""
    if NOT_YET in states:
        return "Not reached as things stand."
    if HIDDEN in states:
        return "What you may know of it holds; the rest is not open to you."
    return "Reached, if the run ended now."
