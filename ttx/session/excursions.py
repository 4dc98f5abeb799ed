"""An exercise with some of its numbers set otherwise for one run, and how the two differ."""

from __future__ import annotations

from typing import Any

from ttx.exercise.model import Exercise, Influence, Track, text
from ttx.session.controlled import START, STRENGTH, Adjusted
from ttx.session.needs import points


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
