"""What is worth a second look in an exercise, though it can be played: warnings, not mistakes."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ttx.exercise.ambitions import ambitions
from ttx.exercise.answers import answers
from ttx.exercise.futile import futile
from ttx.exercise.injects import strings
from ttx.exercise.model.conditions import LeverAt
from ttx.exercise.model.exercise import Exercise
from ttx.exercise.model.injects import Message
from ttx.exercise.model.levers import Lever, LeverEffect
from ttx.exercise.model.part import Part, Text
from ttx.exercise.model.scores import ByLevel, Fading
from ttx.exercise.model.tracks import Effect, Weather, While
from ttx.exercise.parts import Parts
from ttx.exercise.problems import Finding, KeyPath, shown
from ttx.exercise.reach import reach
from ttx.exercise.sizes import sizes
from ttx.i18n import _

MESSAGE_WORDS = 70
_OF_THE_LIST = ("label", "planned", "controller", "notes")
"""Fields that players do not read, and that say what a list says."""
_CLOCK_TIME = re.compile(
    r"\d+:\d+"
    r"|\b0\d[0-5]\d\b"  # 0300; a number that may be a year counts with its unit only
    r"|\b(?:[01]\d|2[0-3])[0-5]\d ?(?:hours|hrs|hr|h|Z|JST|local)\b"
    r"|\b\d{6}[A-Z](?: ?[A-Z]{3})?(?: ?\d\d)?\b"  # a date-time group, 070300ZNOV26
)
_PRECEDENCES = ("FLASH", "IMMEDIATE", "PRIORITY", "ROUTINE")
"""From the most urgent on, as in military messages."""
_SPACED = {"ja", "th", "zh"}
"""Languages that do not part words with spaces, and are not counted."""


def remarks(exercise: Exercise, parts: Parts) -> Iterator[Finding]:
    """Every warning."""
    for path, text in (
        *_injects(exercise),
        *_tracks(exercise, parts),
        *_levers(exercise, parts),
        *_evidence(exercise, parts),
        *_names(exercise),
    ):
        yield Finding(path, text, warning=True)


def second_looks(exercise: Exercise, parts: Parts) -> Iterator[Finding]:
    """Every warning that takes an exercise without a mistake to be worked out."""
    within_reach = reach(exercise, parts)
    for path, text in (
        *futile(exercise, within_reach),
        *sizes(exercise, within_reach),
        *ambitions(exercise, within_reach),
        *answers(exercise),
    ):
        yield Finding(path, text, warning=True)


Remark = tuple[KeyPath, str]


def _injects(exercise: Exercise) -> Iterator[Remark]:
    for at, inject in enumerate(exercise.inject):
        for language, words in _lengths(inject.message).items():
            if words > MESSAGE_WORDS and language not in _SPACED:
                text = _(
                    "text has {words} words, {message_words} are meant to be the most",
                    words=words,
                    message_words=MESSAGE_WORDS,
                )
                yield ("inject", at, "message", "text"), text
        precedence = _plain(inject.message.precedence)
        if precedence and precedence not in _PRECEDENCES:
            text = _(
                "precedence {precedence} is none of {precedences}",
                precedence=shown(precedence),
                precedences=", ".join(_PRECEDENCES),
            )
            yield ("inject", at, "message", "precedence"), text
        for path, text in strings(inject, ("inject", at)):
            match = _CLOCK_TIME.search(text)
            if match and path[-1] not in _OF_THE_LIST:
                yield (
                    path,
                    _(
                        "{match} looks like a fixed time: write {{onset+2h}} or the like",
                        match=match[0],
                    ),
                )


def _plain(precedence: Text) -> str:
    """The precedence as it is compared; empty where it is given in other languages only."""
    if isinstance(precedence, str):
        return precedence
    return precedence.get("en", "")


def _lengths(message: Message) -> dict[str, int]:
    """Words of the paragraphs together, by language."""
    words: dict[str, int] = {}
    for paragraph in message.text:
        given = {"": paragraph} if isinstance(paragraph, str) else paragraph
        for language, text in given.items():
            words[language] = words.get(language, 0) + len(text.split())
    return words


def _tracks(exercise: Exercise, parts: Parts) -> Iterator[Remark]:
    moved = {link.to for link in exercise.influence}
    for placed in parts:
        if isinstance(placed.part, Effect | LeverEffect | Weather):
            moved.add(placed.part.track)
    still = {track.id for track in exercise.track if track.rate == 0}
    for at, track in enumerate(exercise.track):
        if track.id not in moved and track.value is None:
            yield ("track", at), _("nothing moves it")
    for at, link in enumerate(exercise.influence):
        if link.kind == "level" and link.to in still:
            yield ("influence", at), _("it does nothing: the rate of track '{to}' is 0", to=link.to)
    for at, lever in enumerate(exercise.lever):
        for entry, effect in enumerate(lever.effects):
            if effect.kind == "target" and effect.track in still:
                path = ("lever", at, "effects", entry)
                yield (
                    path,
                    _("it does nothing: the rate of track '{track}' is 0", track=effect.track),
                )
            elif len(set(effect.values)) == 1:
                values: KeyPath = ("lever", at, "effects", entry, "values")
                yield (
                    values,
                    _("they are the same for every level: moving the lever changes nothing"),
                )


def _levers(exercise: Exercise, parts: Parts) -> Iterator[Remark]:
    read = {
        part.lever
        for part in exercise.derived
        if isinstance(part, ByLevel | Fading) and len(set(part.values)) > 1
    }
    read |= {p.part.lever for p in parts if isinstance(p.part, LeverAt | While)}
    wait = exercise.clock.wait
    read |= {wait.deputy} if wait and wait.deputy else set()
    wished = {wish.lever for robot in exercise.robot for wish in robot.wishes}
    any_lever = any(robot.rule == "random" for robot in exercise.robot)
    paid = any(budget.kind == "money" for budget in exercise.budget)
    for at, lever in enumerate(exercise.lever):
        if lever.id not in read and not _acts(lever):
            yield ("lever", at), _("moving it does nothing: no level differs in what it does")
        if lever.id not in wished and not any_lever:
            yield ("lever", at), _("no robot moves it")
        if any(level.upkeep for level in lever.levels) and not paid:
            yield ("lever", at), _("its upkeep is never paid: no budget is money")


def _acts(lever: Lever) -> bool:
    """Whether the levels of a lever differ in what they do to tracks."""
    steps = any(effect.by for effect in lever.lowered)
    return steps or any(len(set(effect.values)) > 1 for effect in lever.effects)


def _evidence(exercise: Exercise, parts: Parts) -> Iterator[Remark]:
    """Evidence that neither a basis nor the source of other evidence names."""
    cited = {name for placed in parts for name in _basis(placed.part)}
    for evidence in exercise.evidence:
        cited |= set(re.findall(r"[\w-]+", evidence.source))
    idle = [evidence.id for evidence in exercise.evidence if evidence.id not in cited]
    if idle:
        names, more = ", ".join(idle[:12]), len(idle) - 12
        if more > 0:
            text = _(
                "evidence that nothing cites: {names} and {count} more", names=names, count=more
            )
        else:
            text = _("evidence that nothing cites: {names}", names=names)
        yield ("evidence",), text


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
            yield (
                path,
                _("short has {short} characters, {most} are shown", short=len(short), most=most),
            )
