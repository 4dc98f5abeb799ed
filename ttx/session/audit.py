"""The model asked again: where it would now say something else than the record."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from ttx.adjudicator import amending, rulings
from ttx.adjudicator.margin import reference_minutes
from ttx.adjudicator.tables import Tables
from ttx.adjudicator.worlds import SlotName
from ttx.session import conduct
from ttx.session.conduct import made
from ttx.session.controlled import Amended, Recast
from ttx.session.events import (
    Emptied,
    Entry,
    LeversClosed,
    Moved,
    Reckoned,
    Released,
    Ruled,
    TurnOpened,
)
from ttx.session.facts import Event
from ttx.session.game import Game, apply, beginning
from ttx.session.run import Run


@dataclass(frozen=True, slots=True)
class Asked:
    """A fact of the record that the model was asked for again."""

    entry: Entry
    differs: str = ""
    """What differs, in one sentence; empty where it is the same."""


def audit(run: Run, entries: Iterable[Entry]) -> Iterator[Asked]:
    """Every fact that is the model's or the dice's, in order, with what differs.

    Facts that were taken back are asked for too. What was said stays said: a difference is shown,
    and changes nothing.
    """
    game = beginning(run)
    for entry in entries:
        again = _again(game, entry.event)
        if again is not None:
            same = again == entry.event
            yield Asked(entry, "" if same else f"Entry {entry.n}: {_sentence(entry.event)}")
        game = apply(game, entry)


def differences(run: Run, entries: Iterable[Entry]) -> list[str]:
    """What the model would now say otherwise, a sentence each."""
    return [one.differs for one in audit(run, entries) if one.differs]


def _again(game: Game, event: Event) -> Event | None:
    """What the model says in place of an event; None where that is for people or robots to say."""
    run = game.run
    match event:
        case TurnOpened():
            return conduct.opened(game)
        case Moved():
            level = Tables.level(run.exercise.levers[event.lever], event.level)
            return made(game, event.lever, level)
        case LeversClosed():
            return LeversClosed(rulings.posture(run.tables, game.position))
        case Released() | Emptied():
            slot: SlotName = "policy" if event.slot == "policy" else "crisis"
            if isinstance(event, Released) and (event.instead_of or event.reason):
                due = conduct.next_inject(game, slot) or ""
                instead = due if due != event.inject else ""
                fact = conduct.release_of(game, slot, event.inject)
                return replace(fact, instead_of=instead, reason=event.reason)
            return conduct.released(game, slot)[1]
        case Ruled():
            said, slot_ = event.ruling, game.slot
            weighed = slot_.weighed if slot_ is not None else None
            ruled = rulings.ruling(
                run.tables,
                game.position,
                run.seed,
                said.inject,
                said.option,
                discord=event.discord,
                quarters=None if weighed is None else weighed.quarters,
            )
            return Ruled(ruled, event.lead, event.discord)
        case Reckoned():
            return conduct.reckoned(game)
        case Amended():
            return _amended(game, event)
        case Recast():
            return _recast(game, event)
    return None


def _amended(game: Game, event: Amended) -> Event | None:
    """A person's ruling with the model's arithmetic: the clamp that its effects meet."""
    if game.slot is None:
        return None
    fact = amending.limited(game.run.tables, game.slot.before, event.ruling)
    return replace(event, ruling=fact)


def _recast(game: Game, event: Recast) -> Event | None:
    """A reckoning with a person's responses and the model's arithmetic."""
    turn, run = game.turn, game.run
    if turn is None or turn.before is None:
        return None
    did = {one.adversary: one.response for one in event.reckoning.responses}
    fact = rulings.reckoning(run.tables, turn.before, run.seed, responses=did)
    after = rulings.reckoned(run.tables, turn.before, fact)
    minutes = reference_minutes(run.tables, after.tracks, after.levels)
    return replace(event, reckoning=fact, minutes=minutes)


def _sentence(event: Event) -> str:
    match event:
        case TurnOpened():
            what = f"open turn {event.turn} differently"
        case Moved():
            what = f"book the move of {event.lever} differently"
        case LeversClosed():
            what = "read another posture"
        case Released() | Emptied():
            what = f"put something else into the {event.slot} slot"
        case Ruled():
            what = f"rule differently on '{event.ruling.inject}'"
        case Amended():
            what = f"clamp the ruling on '{event.ruling.inject}' differently"
        case Recast():
            what = f"reckon turn {event.reckoning.turn} with these responses differently"
        case Reckoned():
            what = f"reckon turn {event.reckoning.turn} differently"
        case _:
            what = "say something else"
    return f"this model would {what}; the record stands."
