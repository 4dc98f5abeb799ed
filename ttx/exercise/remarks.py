"""What is worth a second look in an exercise, though it can be played: warnings, not mistakes."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ttx.exercise.injects import strings
from ttx.exercise.model import (
    ByLevel,
    Effect,
    Exercise,
    Fading,
    LeverAt,
    LeverEffect,
    Message,
    Part,
    Weather,
    While,
)
from ttx.exercise.parts import Parts
from ttx.exercise.problems import Finding, KeyPath

MESSAGE_WORDS = 70
_CLOCK_TIME = re.compile(r"\d+:\d+")
_SPACED = {"ja", "th", "zh"}
"""Languages that do not part words with spaces, and are not counted."""


def remarks(exercise: Exercise, every: Parts) -> Iterator[Finding]:
    """Every warning."""
    for path, text in (
        *_injects(exercise),
        *_tracks(exercise, every),
        *_levers(exercise, every),
        *_evidence(exercise, every),
        *_names(exercise),
    ):
        yield Finding(path, text, warning=True)


Remark = tuple[KeyPath, str]


def _injects(exercise: Exercise) -> Iterator[Remark]:
    for at, inject in enumerate(exercise.inject):
        for language, words in _lengths(inject.message).items():
            if words > MESSAGE_WORDS and language not in _SPACED:
                text = f"text has {words} words, {MESSAGE_WORDS} are meant to be the most"
                yield ("inject", at, "message", "text"), text
        for path, text in strings(inject, ("inject", at)):
            found = _CLOCK_TIME.search(text)
            if found:
                yield path, f"{found[0]} looks like a fixed time: write {{onset+2h}} or the like"


def _lengths(message: Message) -> dict[str, int]:
    """Words of the paragraphs together, by language."""
    words: dict[str, int] = {}
    for paragraph in message.text:
        given = {"": paragraph} if isinstance(paragraph, str) else paragraph
        for language, text in given.items():
            words[language] = words.get(language, 0) + len(text.split())
    return words


def _tracks(exercise: Exercise, every: Parts) -> Iterator[Remark]:
    moved = {link.to for link in exercise.influence}
    for placed in every:
        if isinstance(placed.part, Effect | LeverEffect | Weather):
            moved.add(placed.part.track)
    still = {track.id for track in exercise.track if track.rate == 0}
    for at, track in enumerate(exercise.track):
        if track.id not in moved and track.value is None:
            yield ("track", at), "nothing moves it"
    for at, link in enumerate(exercise.influence):
        if link.kind == "level" and link.to in still:
            yield ("influence", at), f"it does nothing: the rate of track '{link.to}' is 0"
    for at, lever in enumerate(exercise.lever):
        for entry, effect in enumerate(lever.effects):
            if effect.kind == "target" and effect.track in still:
                path = ("lever", at, "effects", entry)
                yield path, f"it does nothing: the rate of track '{effect.track}' is 0"


def _levers(exercise: Exercise, every: Parts) -> Iterator[Remark]:
    read = {part.lever for part in exercise.derived if isinstance(part, ByLevel | Fading)}
    read |= {p.part.lever for p in every if isinstance(p.part, LeverAt | While)}
    wait = exercise.clock.wait
    read |= {wait.deputy} if wait and wait.deputy else set()
    wished = {wish.lever for robot in exercise.robot for wish in robot.wishes}
    any_lever = any(robot.rule == "random" for robot in exercise.robot)
    paid = any(budget.kind == "money" for budget in exercise.budget)
    for at, lever in enumerate(exercise.lever):
        if lever.id not in read and not lever.effects and not lever.lowered:
            yield ("lever", at), "moving it does nothing"
        if lever.id not in wished and not any_lever:
            yield ("lever", at), "no robot moves it"
        if any(level.upkeep for level in lever.levels) and not paid:
            yield ("lever", at), "its upkeep is never paid: no budget is money"


def _evidence(exercise: Exercise, every: Parts) -> Iterator[Remark]:
    """Evidence that neither a basis nor the source of other evidence names."""
    cited = {name for placed in every for name in _basis(placed.part)}
    for evidence in exercise.evidence:
        cited |= set(re.findall(r"[\w-]+", evidence.source))
    idle = [evidence.id for evidence in exercise.evidence if evidence.id not in cited]
    if idle:
        more = f" and {len(idle) - 12} more" if len(idle) > 12 else ""
        yield ("evidence",), f"evidence that nothing cites: {', '.join(idle[:12])}{more}"


def _basis(part: Part) -> list[str]:
    basis: list[str] = getattr(part, "basis", [])
    return basis


def _names(exercise: Exercise) -> Iterator[Remark]:
    shorts: list[tuple[KeyPath, str, int]] = [
        *((("seat", at, "short"), seat.short, 12) for at, seat in enumerate(exercise.seat)),
        *((("track", at, "short"), track.short, 14) for at, track in enumerate(exercise.track)),
        *(
            (("clock", "stages", at, "short"), stage.short, 8)
            for at, stage in enumerate(exercise.clock.stages)
        ),
    ]
    for path, short, most in shorts:
        if len(short) > most:
            yield path, f"short has {len(short)} characters, {most} are shown"
