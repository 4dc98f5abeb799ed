"""Whether the injects of an exercise can be asked, answered and told."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Iterator

from ttx.exercise.model.exercise import Exercise
from ttx.exercise.model.injects import Inject
from ttx.exercise.model.part import Part
from ttx.exercise.model.tracks import Effect
from ttx.exercise.problems import Finding, KeyPath
from ttx.exercise.zones import fits, in_words
from ttx.i18n import _

_TIMINGS = ("on_time", "late", "far_too_late")
_TIMED = (
    *(("message", "text"), ("question",), ("expected_action",), ("if_not",), ("directions",)),
    *(("option", "about"), ("option", "done"), ("probing", "ask"), ("outcome",)),
)
"""The texts of an inject in which places for times are filled in."""
_BRACES = re.compile(r"\{[^{}]*\}|[{}]")


def inject_faults(exercise: Exercise) -> Iterator[Finding]:
    """What would keep an inject from being asked, answered or told."""
    for at, inject in enumerate(exercise.inject):
        path: KeyPath = ("inject", at)
        yield from _by_slot(path, inject)
        yield from _told(path, inject, exercise)
        yield from _dated(path, inject, exercise)
        if not any(option.needs is None for option in inject.option):
            yield Finding(
                path, _("one option must have no 'needs', so that there is always an answer")
            )
        yield from _same_track((*path, "late"), inject.late)
        for entry, option in enumerate(inject.option):
            for key, effects in (("benefits", option.benefits), ("costs", option.costs)):
                yield from _same_track((*path, "option", entry, key), effects)
        for where, text in strings(inject, path):
            for brace in _BRACES.findall(text):
                if fits(exercise, brace):
                    if not timed(where):
                        yield Finding(
                            where,
                            _(
                                "{brace} has no time here, it is read before the dice give one; "
                                "write it in the text, the question or what an option is about",
                                brace=brace,
                            ),
                        )
                else:
                    allowed = _("{in_words}, with +2h or the like", in_words=in_words(exercise))
                    yield Finding(
                        where,
                        _(
                            "{brace} is no placeholder: write {allowed}",
                            brace=brace,
                            allowed=allowed,
                        ),
                    )


def timed(path: KeyPath) -> bool:
    """Whether places for times are filled in a text of an inject, by its path in the exercise.

    What is read in lists before the inject comes, such as a title, has no time yet.
    """
    keys = [key for key in path if isinstance(key, str)][1:]
    return any(keys[: len(named)] == [*named] for named in _TIMED)


def _by_slot(path: KeyPath, inject: Inject) -> Iterator[Finding]:
    """A crisis has a clock, a policy inject has none."""
    if inject.slot == "crisis":
        for key in ("profile", "window"):
            if getattr(inject, key) is None:
                yield Finding(
                    (*path, key), _("key '{key}' is missing: a crisis inject has a clock", key=key)
                )
    else:
        for key in ("profile", "window", "late", "opening"):
            if getattr(inject, key):
                yield Finding(
                    (*path, key), _("{key} belongs to a crisis inject, this one is policy", key=key)
                )


def _told(path: KeyPath, inject: Inject, exercise: Exercise) -> Iterator[Finding]:
    """Each timing that can come has a sentence for each posture."""
    for timing in _TIMINGS:
        outcome = getattr(inject.outcome, timing)
        if inject.slot == "policy" and timing != "on_time":
            if outcome:
                text = _("{timing} cannot come: a policy inject is always on time", timing=timing)
                yield Finding((*path, "outcome", timing), text)
            continue
        missing = [posture.id for posture in exercise.posture if posture.id not in outcome]
        if missing:
            text = _(
                "{timing} needs a sentence for posture {missing}",
                timing=timing,
                missing=", ".join(missing),
            )
            yield Finding((*path, "outcome", timing), text)


def _dated(path: KeyPath, inject: Inject, exercise: Exercise) -> Iterator[Finding]:
    """A day that an inject names lies in a turn in which it can come."""
    first, last = inject.turns
    begins, ends = exercise.turns.first_day(first), exercise.turns.first_day(last + 1)
    if inject.day is not None and not begins <= inject.day < ends:
        over = ends - datetime.timedelta(days=1)
        text = _(
            "{day} is no day of its turns, which go from {begins} to {over}",
            day=inject.day,
            begins=begins,
            over=over,
        )
        yield Finding((*path, "day"), text)


def _same_track(path: KeyPath, effects: Iterable[Effect]) -> Iterator[Finding]:
    """Each term is rounded on its own, so two on one track would not be the sum of the two."""
    seen = set()
    for entry, effect in enumerate(effects):
        if (effect.track, effect.delay) in seen:
            text = _(
                "track '{track}' is already in {path} with this delay: add them up",
                track=effect.track,
                path=path[-1],
            )
            yield Finding((*path, entry, "track"), text)
        seen.add((effect.track, effect.delay))


def strings(value: object, path: KeyPath) -> Iterator[tuple[KeyPath, str]]:
    """Every string of an inject; ids among them do no harm."""
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, Part):
        for name, about in type(value).model_fields.items():
            yield from strings(getattr(value, name), (*path, about.alias or name))
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield from strings(inner, (*path, key))
    elif isinstance(value, list | tuple):
        for entry, part in enumerate(value):
            yield from strings(part, (*path, entry))
