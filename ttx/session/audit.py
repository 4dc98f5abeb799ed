"""The model asked again: where it would now say something else than the record."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from ttx.adjudicator import amending, rulings
from ttx.adjudicator.margin import reference_minutes
from ttx.adjudicator.tables import TIMINGS, Tables
from ttx.adjudicator.worlds import SlotName
from ttx.session import conduct
from ttx.session.conduct import made
from ttx.session.control import STRENGTHS
from ttx.session.controlled import MODIFIED, OVERRULED, Amended, Recast, Weighed
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
from ttx.session.kinds import declared
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
        again = _again(game, entry) if declared(entry.event).asked else None
        if again is not None:
            same = again == entry.event
            yield Asked(entry, "" if same else f"Entry {entry.n}: {_sentence(entry.event)}")
        game = apply(game, entry)


def differences(run: Run, entries: Iterable[Entry]) -> list[str]:
    """What the model would now say otherwise, a sentence each."""
    return [one.differs for one in audit(run, entries) if one.differs]


def _again(game: Game, entry: Entry) -> Event | None:
    """What the model says in place of a fact that it is asked for; None where it cannot be asked.

    TypeError where the row of a kind says that the model is asked, and nothing here does.
    """
    run, event = game.run, entry.event
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
            if isinstance(event, Released) and entry.by != conduct.DICE:
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
        case Weighed():
            return _weighed(game, event)
        case Amended():
            return _amended(game, event)
        case Recast():
            return _recast(game, event)
    raise TypeError(f"nothing asks the model again for what {declared(event).name} says")


def _amended(game: Game, event: Amended) -> Event | None:
    """A person's ruling with the model's arithmetic.

    A person says the timing, what an effect comes to, and why. All else is the model's: the inject
    and its option, the minutes, which effects there are, the clamp that they meet, and whether it
    is called modified or overruled.
    """
    slot, tables = game.slot, game.run.tables
    if slot is None or slot.ruled is None:
        return None
    model, said = slot.ruled.ruling, event.ruling
    fact = model
    if said.timing != model.timing and model.minutes and said.timing in TIMINGS:
        fact = amending.retimed(tables, slot.before, model, said.timing)
    sizes = {at: one.by for at, one in enumerate(said.effects[: len(fact.effects)])}
    fact = amending.with_effects(tables, slot.before, fact, sizes)
    within = amending.within_band(tables, slot.before, model, fact)
    return replace(event, how=_how(event.how, within=within), ruling=fact)


def _how(said: str, *, within: bool) -> str:
    """What a change is called: only one within the band is a modification."""
    return said if said == MODIFIED and within else OVERRULED


def _recast(game: Game, event: Recast) -> Event | None:
    """A reckoning with a person's responses and the model's arithmetic."""
    turn, run = game.turn, game.run
    if turn is None or turn.before is None or turn.proposed is None:
        return None
    said = event.reckoning.responses
    did = {one.adversary: one.response for one in said if one.response in rulings.RESPONSES}
    fact = rulings.reckoning(run.tables, turn.before, run.seed, responses=did)
    after = rulings.reckoned(run.tables, turn.before, fact)
    minutes = reference_minutes(run.tables, after.tracks, after.levels)
    within = amending.step(turn.proposed.reckoning, fact) <= 1
    return replace(event, how=_how(event.how, within=within), reckoning=fact, minutes=minutes)


def _weighed(game: Game, event: Weighed) -> Event | None:
    """The same where a written-in action of that cell waited, and it was weighed by the scale."""
    inject, lead = game.inject, conduct.waits_for_weight(game)
    known = inject is not None and event.option in {one.id for one in inject.option}
    scaled = 0 <= event.quarters < len(STRENGTHS)
    return event if known and scaled and lead == event.cell else replace(event, cell=lead or "-")


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
        case Weighed():
            what = f"not take this as a weighing of what the cell {event.cell} wrote in"
        case Amended():
            what = (
                f"call, add up or clamp the amended ruling on '{event.ruling.inject}' differently"
            )
        case Recast():
            what = f"call or reckon turn {event.reckoning.turn} with these responses differently"
        case Reckoned():
            what = f"reckon turn {event.reckoning.turn} differently"
        case _:
            what = "say something else"
    return f"this model would {what}; the record stands."
