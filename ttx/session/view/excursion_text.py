"""What makes a run an excursion, in words."""

from __future__ import annotations

from ttx.exercise.model import Exercise, Influence, text
from ttx.exercise.parameters import parameters, written
from ttx.session.command import ended
from ttx.session.control_events import NUMBER, STRENGTH, Adjusted
from ttx.session.game import Game
from ttx.session.needs import points

WORD = "EXCURSION"
"""Stands in the status line of every screen of such a run."""
MOST_TOLD = 12
"""Numbers set otherwise that are told one by one; a row of a study may have hundreds."""
SAYS = "This run is an excursion: numbers of the exercise were set otherwise before STARTEX."


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
