"""An exercise with some of its numbers set otherwise for one run, and how the two differ."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from ttx.exercise.model import Exercise, Influence, Track, text
from ttx.session.command import ended
from ttx.session.controlled import START, STRENGTH, Adjusted
from ttx.session.needs import points

if TYPE_CHECKING:
    from ttx.session.game import Game

WORD = "EXCURSION"
"""Stands in the status line of every screen of such a run."""
SAYS = "This run is an excursion: numbers of the exercise were set otherwise before STARTEX."


def with_parts(exercise: Exercise, **parts: object) -> Exercise:
    """The exercise with other lists of parts; nothing is validated again."""
    said: dict[str, Any] = {name: getattr(exercise, name) for name in Exercise.model_fields}
    return Exercise.model_construct(exercise.model_fields_set, **(said | parts))


def adjusted(exercise: Exercise, fact: Adjusted) -> Exercise:
    """The exercise as it is played once a number was set otherwise.

    A start keeps the clock's anchor and the value the track drifts back to, as they were. KeyError
    where there is no such track or influence.
    """
    if fact.what == START:
        if fact.part not in exercise.tracks:
            raise KeyError(fact.part)
        return with_parts(
            exercise,
            track=[
                _started(one, fact.value) if one.id == fact.part else one for one in exercise.track
            ],
        )
    if fact.part not in {one.id for one in exercise.influence}:
        raise KeyError(fact.part)
    return with_parts(
        exercise,
        influence=[
            one.model_copy(update={"strength": fact.value}) if one.id == fact.part else one
            for one in exercise.influence
        ],
    )


def _started(track: Track, value: int) -> Track:
    was = track.start
    kept = {
        "anchor": was if track.anchor is None else track.anchor,
        "rest": was if track.rest is None else track.rest,
    }
    return track.model_copy(update={"start": value, **kept})


def differing(exercise: Exercise, facts: Sequence[Adjusted]) -> tuple[Adjusted, ...]:
    """The last word on each number, where it is not what the author of the exercise wrote."""
    last = {(one.what, one.part): one for one in facts}
    return tuple(one for one in last.values() if _written(exercise, one) != one.value)


def _written(exercise: Exercise, fact: Adjusted) -> int:
    """The number of an adjustment as the author wrote it."""
    if fact.what == START:
        return exercise.tracks[fact.part].start
    return next(one.strength for one in exercise.influence if one.id == fact.part)


def sentences(game: Game, language: str = "en") -> tuple[str, ...]:
    """What makes a run an excursion, a sentence each; nothing where it is none."""
    if game.written is None or not game.excursion:
        return ()
    found = []
    for one in game.excursion:
        what = told(game.written, one, language)
        found.append(f"{what[:1].upper()}{what[1:]}, because: {ended(one.reason)}")
    return tuple(found)


def in_short(game: Game, language: str = "en") -> str:
    """All of it in one line, for lists and heads; empty where the run is no excursion."""
    if game.written is None or not game.excursion:
        return ""
    return "; ".join(told(game.written, one, language) for one in game.excursion)


def told(exercise: Exercise, fact: Adjusted, language: str = "en") -> str:
    """An adjustment in words, against the exercise as its author wrote it."""
    if fact.what == STRENGTH:
        link = next(one for one in exercise.influence if one.id == fact.part)
        named = _link(exercise, link, language)
        if not fact.value:
            return f"{named} switched off"
        return f"{named} at {fact.value} per 256 instead of {link.strength}"
    track = exercise.tracks[fact.part]
    name = text(track.name, language)
    return f"{name} starts at {points(fact.value)} instead of {points(track.start)}"


def _link(exercise: Exercise, link: Influence, language: str) -> str:
    ends = [text(exercise.names[one], language) for one in (link.from_, link.to)]
    return f"influence {link.id} ({ends[0]} on {ends[1]})"
