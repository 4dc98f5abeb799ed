"""A session's particulars and targets read from the words that somebody typed into fields."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from ttx.exercise.model.exercise import Exercise
from ttx.exercise.model.part import text
from ttx.i18n import _
from ttx.session.asides import dated
from ttx.session.command import IllegalDecision
from ttx.session.local_time import zone_of
from ttx.session.particulars import (
    CONTROLLERS,
    ROLES,
    Organisation,
    Particulars,
    Targets,
)
from ttx.session.stating import REACHED
from ttx.session.view.particulars import (
    AREAS,
    CONTACT,
    DATE,
    LABELS,
    NAME,
    ORGANISATIONS,
    PLACE,
    SPONSOR,
    UNTIL,
    ZONE,
    of_role,
)

_COUNT = re.compile(r"(\d{1,4})\s*(\D+)|(\D+?)[\s:=]*(\d{1,4})")
_SPLIT = re.compile(r"[;,\n、]")
_POINTS = re.compile(r"(\d{1,3})(?:[.,](\d{1,2}))?")
_OTHERWISE = {"facilitator": CONTROLLERS, "facilitators": CONTROLLERS, "control": CONTROLLERS}
"""What people in a role are also called."""


def particulars_of(values: Iterable[tuple[str, str]]) -> Particulars:
    """What fields say, each with what stands in it; an organisation in a field of its own.

    Raises:
        IllegalDecision: Something of it cannot be read, with the field and what belongs there.
    """
    texts: dict[str, str] = {}
    organisations: list[Organisation] = []
    for name, words in values:
        told = words.strip()
        if not told:
            continue
        if name == ORGANISATIONS:
            organisations += map(organisation_of, filter(str.strip, re.split(r"[;\n]", told)))
        elif name in texts:
            raise IllegalDecision(_("{field} stands there twice.", field=_(LABELS[name])))
        else:
            texts[name] = told
    zone = texts.get(ZONE, "")
    if zone and zone_of(zone) is None:
        raise IllegalDecision(
            _("There is no time zone '{zone}'; write it as Asia/Tokyo.", zone=zone[:40])
        )
    date, until = (dated(texts[name]) if name in texts else "" for name in (DATE, UNTIL))
    return Particulars(
        name=texts.get(NAME, ""),
        sponsor=texts.get(SPONSOR, ""),
        contact=texts.get(CONTACT, ""),
        date=date,
        until=until,
        place=texts.get(PLACE, ""),
        zone=zone,
        areas=tuple(filter(None, map(str.strip, _SPLIT.split(texts.get(AREAS, ""))))),
        organisations=tuple(organisations),
    )


def organisation_of(words: str) -> Organisation:
    """An organisation as a field has it: `Ministry of Health: 3 players, 1 observer`.

    Raises:
        IllegalDecision: What stands behind its name is not how many do what.
    """
    name, colon, behind = words.strip().rpartition(":")
    if not colon or not any(sign.isdecimal() for sign in behind):
        return Organisation(words.strip())
    counts = dict.fromkeys(ROLES, 0)
    known = {**_OTHERWISE, **dict(_roles())}
    for part in filter(str.strip, behind.split(",")):
        match = _COUNT.fullmatch(part.strip())
        count, role = (match[1] or match[4], match[2] or match[3]) if match else ("", "")
        found = known.get(role.strip().casefold()) if count else None
        if found is None:
            raise IllegalDecision(
                _(
                    "'{part}' of {organisation} is not how many do what; write players, observers, "
                    "evaluators or controllers, such as: 3 players, 1 observer.",
                    part=part.strip()[:40],
                    organisation=name.strip(),
                )
            )
        counts[found] += int(count)
    return Organisation(name.strip(), **counts)


def _roles() -> Iterator[tuple[str, str]]:
    """What each role is called where one or several have it, in the words of who types."""
    for role in ROLES:
        yield role, role
        yield role.removesuffix("s"), role
        for count in (1, 2):
            told = of_role(role, count).replace(str(count), "").strip()
            yield told.casefold(), role


def targets_of(exercise: Exercise, values: Iterable[tuple[str, str]]) -> Targets:
    """Targets by what they are for (a score or an objective, by id or name) and how much.

    Raises:
        IllegalDecision: One is for nothing that the exercise has, or cannot be read.
    """
    scores = {name: score.id for score in exercise.score for name in _called(score.id, score.name)}
    objectives = {
        name: objective.id
        for at, objective in enumerate(exercise.objective, start=1)
        for name in (
            *_called(objective.id, objective.text),
            _("objective {number}", number=at).casefold(),
            str(at),
        )
    }
    found, rated = dict[str, int](), dict[str, str]()
    for name, words in values:
        key, told = " ".join(name.split()).casefold(), words.strip()
        if not told:
            continue
        if key in scores:
            found[scores[key]] = points_of(told, name)
        elif key in objectives:
            rated[objectives[key]] = rating_of(told, name)
        else:
            raise IllegalDecision(
                _(
                    "There is no score or objective '{name}'; choose from {known}.",
                    name=name.strip()[:60],
                    known=", ".join(aims_of(exercise)),
                )
            )
    return Targets(found, rated)


def aims_of(exercise: Exercise) -> list[str]:
    """What a target can be set for, as a person names it: scores by name, objectives by number."""
    scores = [text(score.name) for score in exercise.score]
    numbers = range(1, len(exercise.objective) + 1)
    return scores + [_("objective {number}", number=number) for number in numbers]


def _called(name: str, words: str | dict[str, str]) -> tuple[str, ...]:
    return (name.casefold(), " ".join(text(words).split()).casefold())


def points_of(words: str, name: str) -> int:
    """A target of a score in hundredths; `at least` and the like may stand in front of it.

    Raises:
        IllegalDecision: It is none.
    """
    number = re.sub(r"^[^\d-]*", "", words.strip())
    match = _POINTS.fullmatch(number)
    value = int(match[1]) * 100 + int(f"{match[2] or '0':0<2}") if match else -1
    if not 0 <= value <= 10_000:
        raise IllegalDecision(
            _(
                "'{words}' is no target for {name}; write points between 0 and 100.",
                words=words[:40],
                name=name,
            )
        )
    return value


def rating_of(words: str, name: str) -> str:
    """A target of an objective: P, S or M, alone or in `rated S or better`.

    Raises:
        IllegalDecision: It is none.
    """
    letters: list[str] = [word for word in re.findall(r"\w+", words.upper()) if word in REACHED]
    if len(letters) != 1:
        raise IllegalDecision(
            _(
                "'{words}' is no target for {name}; write P, S or M.",
                words=words[:40],
                name=name[:60],
            )
        )
    return letters[0]
