"""The form of an inject written on the spot: its fields in order, and what is wrong in each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from ttx.exercise.model import Exercise, text
from ttx.session.improvise import InjectForm, NotFit, OptionForm, effects_faults, source

WORDS, ONE_OF, SOME_OF, EFFECTS = "words", "one of", "some of", "effects"
MOST_OPTIONS = 4
CRISIS = "crisis"


@dataclass(frozen=True, slots=True)
class Field:
    """One field."""

    name: str
    label: str
    sort: str = WORDS
    choices: tuple[tuple[str, str], ...] = ()
    """Ids and names, of a field that is chosen."""
    empty: str = ""
    """What is wrong where nothing is written; empty where nothing need be."""
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Checked:
    """What was found when the whole form was read."""

    source: str
    """The inject in TOML; empty where it does not fit."""
    wrong: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Sentences by field; those of no field under an empty name."""


def fields(exercise: Exercise, typed: Mapping[str, str], language: str) -> list[Field]:
    """The fields, those of a crisis where it is one, and a spare option under those written."""
    leans = tuple((one.id, text(one.name, language)) for one in exercise.lean)
    allied = tuple(
        (one.id, text(one.name, language)) for one in exercise.cell if one.side == "allied"
    )
    actors = tuple((one.id, text(one.name, language)) for one in exercise.actor)
    aims = tuple((one.id, text(one.text, language)) for one in exercise.objective)
    profiles = tuple((one, one) for one in exercise.clock.profiles)
    found = [
        Field("title", "title", empty="Give it a title."),
        Field("actor", "actor", ONE_OF, actors),
        Field("kind", "kind", empty="Say what kind of event it is.", hint="air, sea, politics"),
        Field("slot", "slot", ONE_OF, (("policy", "policy"), (CRISIS, CRISIS))),
    ]
    if typed.get("slot") == CRISIS:
        found += [
            Field("profile", "profile", ONE_OF, profiles, hint="Which clock it runs on"),
            Field("window", "window", empty="Give the window in minutes.", hint="minutes"),
        ]
    found += [
        Field("lead", "lead", ONE_OF, allied, hint="The cell whose answer is carried out"),
        Field("sender", "from", empty="Say who it is from."),
        Field("to", "to", empty="Say whom it goes to."),
        Field("via", "by", empty="Say how it comes.", hint="telephone, e-mail, broadcast"),
        Field("message", "message", empty="Write the message."),
        Field("question", "question", empty="Write the question it asks."),
    ]
    for at in range(1, MOST_OPTIONS + 1):
        name = f"option_{at}"
        needed = at <= 2
        if not needed and not (typed.get(f"option_{at - 1} title") or _any(typed, name)):
            break
        told = f"Give option {at} a title; two are needed." if needed else ""
        found.append(Field(f"{name} title", f"option {at}", empty=told))
        if not needed and not _any(typed, name):
            break
        found += [
            Field(f"{name} lean", "  lean", ONE_OF, leans),
            Field(f"{name} effects", "  effects", EFFECTS),
            Field(f"{name} costs", "  costs", EFFECTS),
        ]
    return [
        *found,
        Field("expected", "expected", hint="The action you expect; may stay empty"),
        Field("contingency", "if not", hint="What comes where it is not taken; may stay empty"),
        Field("objectives", "objectives", SOME_OF, aims),
    ]


def _any(typed: Mapping[str, str], name: str) -> bool:
    return any(typed.get(f"{name} {part}") for part in ("title", "effects", "costs"))


def started(exercise: Exercise, typed: dict[str, str], language: str) -> None:
    """Have every field that is chosen begin with its first choice."""
    for _ in range(2):  # a crisis has more of them
        for one in fields(exercise, typed, language):
            if one.sort == ONE_OF and one.choices:
                typed.setdefault(one.name, one.choices[0][0])


def while_typed(exercise: Exercise, part: Field, said: str) -> tuple[str, ...]:
    """What is wrong in one field, as far as it shows without the others."""
    if part.sort == EFFECTS:
        return tuple(effects_faults(exercise, said))
    if not said.strip():
        return (part.empty,) if part.empty else ()
    if part.name == "window" and not (said.strip().isdecimal() and int(said) > 0):
        return (f"'{said.strip()}' is no number of minutes.",)
    return ()


def checked(exercise: Exercise, typed: Mapping[str, str], language: str) -> Checked:
    """The whole form read as an inject of the exercise."""
    wrong: dict[str, tuple[str, ...]] = {}
    for part in fields(exercise, typed, language):
        found = while_typed(exercise, part, typed.get(part.name, ""))
        if found:
            wrong[part.name] = found
    try:
        said = source(exercise, _read(typed))
    except NotFit as error:
        told = set(wrong)  # in the form's own words; the checker's are for authors
        for name, sentence in error.wrong:
            if name not in told:
                wrong[name] = (*wrong.get(name, ()), sentence)
        said = ""
    return Checked("" if wrong else said, wrong)


def _read(typed: Mapping[str, str]) -> InjectForm:
    """What is typed, as the form of an inject."""

    def said(name: str) -> str:
        return typed.get(name, "").strip()

    options = [
        OptionForm(
            said(f"option_{at} title"),
            said(f"option_{at} lean"),
            said(f"option_{at} effects"),
            said(f"option_{at} costs"),
        )
        for at in range(1, MOST_OPTIONS + 1)
        if at <= 2 or _any(typed, f"option_{at}")
    ]
    window = said("window")
    crisis = said("slot") == CRISIS
    return InjectForm(
        title=said("title"),
        actor=said("actor"),
        kind=said("kind"),
        slot=said("slot"),
        sender=said("sender"),
        to=said("to"),
        via=said("via"),
        message=said("message"),
        question=said("question"),
        lead=said("lead"),
        options=tuple(options),
        profile=said("profile") if crisis else "",
        window=int(window) if crisis and window.isdecimal() else 0,
        expected=said("expected"),
        contingency=said("contingency"),
        objectives=tuple(one for one in said("objectives").split(",") if one),
    )
