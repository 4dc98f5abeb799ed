"""An exercise with some of its numbers set otherwise for one run, and how the two differ."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from ttx.exercise.model import Exercise, Influence, text
from ttx.exercise.parameters import parameters, placed, within, written
from ttx.session.command import ended
from ttx.session.control_commands import Adjust
from ttx.session.control_events import NUMBER, START, STRENGTH, Adjusted
from ttx.session.needs import points

if TYPE_CHECKING:
    from ttx.session.game import Game

WORD = "EXCURSION"
"""Stands in the status line of every screen of such a run."""
MOST_TOLD = 12
"""Numbers set otherwise that are told one by one; a row of a study may have hundreds."""
SAYS = "This run is an excursion: numbers of the exercise were set otherwise before STARTEX."


def adjusted(exercise: Exercise, fact: Adjusted, written: Exercise) -> Exercise:
    """The exercise as it is played once a number was set otherwise.

    `written` is the exercise as its author wrote it, in which every number has the same place.
    KeyError where it has no such number, ValueError where it cannot be that.
    """
    known, name = parameters(written), number_of(fact)
    within(known[name], fact.value, fact.value)
    return placed(exercise, {name: fact.value}, known)


def number_of(fact: Adjusted | Adjust) -> str:
    """The id of the number that is set otherwise."""
    return fact.part if fact.what == NUMBER else f"{fact.what}.{fact.part}"


def adjustment(name: str, value: int, reason: str) -> Adjust:
    """The request that sets a number otherwise, by its id."""
    kind, _, part = name.partition(".")
    what = (kind, part) if kind in (START, STRENGTH) else (NUMBER, name)
    return Adjust(*what, value, reason)


def differing(exercise: Exercise, facts: Sequence[Adjusted]) -> tuple[Adjusted, ...]:
    """The last word on each number, where it is not what the author of the exercise wrote."""
    known = parameters(exercise)
    last = {number_of(one): one for one in facts}
    return tuple(one for name, one in last.items() if known[name].value != one.value)


def sentences(game: Game, language: str = "en") -> tuple[str, ...]:
    """What makes a run an excursion, a sentence each; nothing where it is none."""
    if game.written is None or not game.excursion:
        return ()
    found = []
    for one in _first(game):
        what = told(game.written, one, language)
        found.append(f"{what[:1].upper()}{what[1:]}, because: {ended(one.reason)}")
    more = len(game.excursion) - len(found)
    return (*found, *([f"{more} more numbers were set otherwise."] if more else []))


def in_short(game: Game, language: str = "en") -> str:
    """All of it in one line, for lists and heads; empty where the run is no excursion."""
    if game.written is None or not game.excursion:
        return ""
    found = [told(game.written, one, language) for one in _first(game)]
    more = len(game.excursion) - len(found)
    return "; ".join([*found, *([f"and {more} more numbers set otherwise"] if more else [])])


def _first(game: Game) -> tuple[Adjusted, ...]:
    """All that was set otherwise, or the first few of more than anybody reads."""
    return game.excursion if len(game.excursion) <= MOST_TOLD else game.excursion[: MOST_TOLD - 1]


def told(exercise: Exercise, fact: Adjusted, language: str = "en") -> str:
    """An adjustment in words, against the exercise as its author wrote it."""
    if fact.what == STRENGTH:
        link = next(one for one in exercise.influence if one.id == fact.part)
        named = _link(exercise, link, language)
        if not fact.value:
            return f"{named} switched off"
        return f"{named} at {fact.value} per 256 instead of {link.strength}"
    if fact.what == NUMBER:
        one = parameters(exercise)[fact.part]
        value, was = written(one, fact.value), written(one, one.value)
        return f"{one.name} ({fact.part}) at {value} {one.unit} instead of {was}"
    track = exercise.tracks[fact.part]
    name = text(track.name, language)
    return f"{name} starts at {points(fact.value)} instead of {points(track.start)}"


def _link(exercise: Exercise, link: Influence, language: str) -> str:
    ends = [text(exercise.names[one], language) for one in (link.from_, link.to)]
    return f"influence {link.id} ({ends[0]} on {ends[1]})"
