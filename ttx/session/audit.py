"""The model asked again: where it would now say something else than the record."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from ttx.adjudicator import rulings
from ttx.adjudicator.tables import Tables
from ttx.session import conduct
from ttx.session.decide import made
from ttx.session.events import (
    Emptied,
    Entry,
    Event,
    LeversClosed,
    Moved,
    Reckoned,
    Released,
    Ruled,
    TurnOpened,
)
from ttx.session.game import Game, Run, apply, beginning


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
            return conduct.released(game, "policy" if event.slot == "policy" else "crisis")[1]
        case Ruled():
            said = event.ruling
            fact = rulings.ruling(
                run.tables,
                game.position,
                run.seed,
                said.inject,
                said.option,
                discord=event.discord,
            )
            return Ruled(fact, event.lead, event.discord)
        case Reckoned():
            return conduct.reckoned(game)
    return None


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
        case Reckoned():
            what = f"reckon turn {event.reckoning.turn} differently"
        case _:
            what = "say something else"
    return f"this model would {what}; the record stands."
