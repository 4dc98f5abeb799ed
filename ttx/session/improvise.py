"""An inject written on the spot: from the fields of a form to a part of the exercise."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from pydantic import ValidationError

from ttx.exercise.check import check
from ttx.exercise.model.exercise import Exercise
from ttx.exercise.model.injects import Contextual, Inject
from ttx.exercise.model.part import INJECT_SLOTS, text
from ttx.exercise.parts import with_parts
from ttx.exercise.problems import KeyPath, did_you_mean, sentence
from ttx.exercise.wording import findings
from ttx.i18n import _
from ttx.session.control_events import CONTEXTUAL, INJECT

FIRST_NUMBER = 100
"""Of an inject that the dice know nothing of."""
BEYOND_ALL = INJECT_SLOTS + 1
"""The same in an exercise whose own numbers go that far."""
NEVER = (0, 0)
"""The turns in which the dice may propose it."""
TOLD = "What came of it is the facilitator's to tell."
"""In the record, so in English."""
FIELDS = {
    "id": "title",
    "title": "title",
    "actor": "actor",
    "kind": "kind",
    "slot": "slot",
    "profile": "profile",
    "window": "window",
    "lead": "lead",
    "question": "question",
    "sender": "sender",
    "to": "to",
    "via": "via",
    "expected_action": "expected",
    "if_not": "contingency",
    "objectives": "objectives",
    "expected": "expected",
    "readers": "readers",
    "lean": "lean",
    "benefits": "effects",
    "costs": "costs",
}
"""Which field of the form holds a key of the inject."""
AD_HOC = "ad_hoc_"
"""What the id of everything begins with that was written on the spot."""
WORD = re.compile(r"^([A-Za-z0-9_-]+)\s*([+-]?\d+(?:[.,]\d+)?)$")


class NotFit(ValueError):
    """An inject that does not fit the exercise; a sentence for each thing that is wrong."""

    def __init__(self, wrong: Sequence[tuple[str, str]]) -> None:
        """At least one field and sentence."""
        self.wrong = tuple(dict.fromkeys(wrong))
        """Fields of the form, and what is wrong there; an option's are `option_1 effects`."""
        self.sentences = tuple(dict.fromkeys(words for _, words in wrong))
        super().__init__(" ".join(self.sentences))


@dataclass(frozen=True, slots=True)
class OptionForm:
    """One answer, as it is typed."""

    title: str
    lean: str
    effects: str = ""
    """Benefits in points: `us_signal +4, temperature -2`."""
    costs: str = ""
    """In the same form."""


@dataclass(frozen=True, slots=True)
class InjectForm:
    """What is typed for an inject, in the order of the form."""

    title: str
    actor: str
    kind: str
    slot: str
    """policy or crisis"""
    sender: str
    to: str
    via: str
    message: str
    question: str
    lead: str
    options: tuple[OptionForm, ...]
    profile: str = ""
    """The clock's profile, of a crisis."""
    window: int = 0
    """Minutes, of a crisis."""
    expected: str = ""
    contingency: str = ""
    objectives: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ContextualForm:
    """What is typed for a contextual inject, in the order of the form."""

    title: str
    kind: str
    sender: str
    to: str
    via: str
    message: str
    expected: str = ""
    turn: int = 1
    """The one under way."""
    readers: tuple[str, ...] = ()
    """Cells and seats; none for everybody."""
    objectives: tuple[str, ...] = ()


def contextual_source(exercise: Exercise, form: ContextualForm) -> str:
    """The contextual inject as its author would write it, in TOML; NotFit with what is wrong."""
    table: dict[str, Any] = {
        "id": _free_id(exercise, form.title),
        "title": form.title,
        "kind": form.kind,
        "turn": form.turn,
        "readers": list(form.readers),
        "expected": form.expected,
        "objectives": list(form.objectives),
        "message": {
            "sender": form.sender,
            "to": form.to,
            "via": form.via,
            "text": [form.message],
        },
    }
    import tomli_w  # the last thing that play needs

    written = tomli_w.dumps(table)
    wrong = [(_field(path), fault) for path, fault in _placed(exercise, written, CONTEXTUAL)]
    if wrong:
        raise NotFit(wrong)
    return written


def source(exercise: Exercise, form: InjectForm) -> str:
    """The inject as its author would write it, in TOML; NotFit with all that is wrong."""
    wrong: list[tuple[str, str]] = []
    options = [
        {
            "id": f"option_{at}",
            "lean": option.lean,
            "title": option.title,
            "about": option.title,
            "done": option.title,
            "benefits": _effects(exercise, option.effects, at, "effects", wrong),
            "costs": _effects(exercise, option.costs, at, "costs", wrong),
        }
        for at, option in enumerate(form.options, start=1)
    ]
    crisis = form.slot == "crisis"
    timings = ("on_time", "late", "far_too_late") if crisis else ("on_time",)
    table: dict[str, Any] = {
        "number": 1,
        "id": _free_id(exercise, form.title),
        "title": form.title,
        "actor": form.actor,
        "kind": form.kind,
        "slot": form.slot,
        "turns": [1, 1],
        "weight": {"base": 0},
        "lead": form.lead,
        "question": form.question,
        "expected_action": form.expected,
        "if_not": form.contingency,
        "objectives": list(form.objectives),
        "basis": ["design"],
        "message": {
            "sender": form.sender,
            "to": form.to,
            "via": form.via,
            "text": [form.message],
        },
        "outcome": {timing: {part.id: TOLD for part in exercise.posture} for timing in timings},
        "option": options,
    }
    if crisis:
        table |= {"profile": form.profile, "window": form.window}
    import tomli_w  # the last thing that play needs

    written = tomli_w.dumps(table)
    wrong += [(_field(path), fault) for path, fault in _placed(exercise, written)]
    if wrong:
        raise NotFit(wrong)
    return written


def faults(exercise: Exercise, written: str, part: str = INJECT) -> list[str]:
    """What keeps an inject in TOML from fitting an exercise, a sentence each."""
    return [fault for _, fault in _placed(exercise, written, part)]


def _placed(exercise: Exercise, written: str, part: str = INJECT) -> list[tuple[KeyPath, str]]:
    """The same, each with the keys that lead to it in the inject."""
    try:
        table = tomllib.loads(written, parse_float=Decimal)
    except tomllib.TOMLDecodeError as error:
        return [((), _("This is no TOML: {error}.", error=error))]
    if table.get("id") in {*exercise.injects, *exercise.contextuals}:
        taken = _("The id '{id}' is taken by another inject; choose another title.", id=table["id"])
        return [(("id",), taken)]
    # Ranges and switches are of numbers of other injects, which would be looked for in vain.
    data = exercise.as_toml() | {"range": [], "switch": []}
    data |= {"inject": [table], "contextual": []} if part == INJECT else {part: [table]}
    try:
        problems = check(Exercise.model_validate(data))
    except ValidationError as error:
        problems = findings(error, data)
    return [
        (problem.path[2:], sentence(problem, data))
        for problem in problems
        if not problem.warning and problem.path[:2] == (part, 0)
    ]


def _field(path: KeyPath) -> str:
    """The field of the form that holds a key of the inject; empty where none does."""
    match path:
        case ("message", "text", *_):
            return "message"
        case ("message", str(key), *_) | (str(key),) if key in FIELDS:
            return FIELDS[key]
        case ("option", int(at), str(key), *_) if key in FIELDS:
            return f"option_{at + 1} {FIELDS[key]}"
        case (str(key), *_) if key in FIELDS:
            return FIELDS[key]
    return ""


def read_contextual(written: str) -> Contextual:
    """A contextual inject as the exercise takes it in; ValueError and its kin as for `read`."""
    return Contextual.model_validate(tomllib.loads(written))


def title_of(written: str, part: str) -> str:
    """The title of what was written on the spot."""
    kind = Contextual if part == CONTEXTUAL else Inject
    return text(kind.model_validate(tomllib.loads(written, parse_float=Decimal)).title)


def read(exercise: Exercise, written: str) -> Inject:
    """The inject as the exercise takes it in, after all others and never proposed by the dice.

    ValueError and its kin where the text is none.
    """
    part = Inject.model_validate(tomllib.loads(written, parse_float=Decimal))
    taken = [inject.number for inject in exercise.inject if improvised(inject)]
    number = max(taken, default=_first_number(exercise) - 1) + 1
    return part.model_copy(update={"number": number, "turns": NEVER})


def taken_in(exercise: Exercise, written: str, part: str = INJECT) -> Exercise:
    """The exercise with an inject that was written on the spot."""
    if part == CONTEXTUAL:
        return with_parts(exercise, contextual=[*exercise.contextual, read_contextual(written)])
    return with_parts(exercise, inject=[*exercise.inject, read(exercise, written)])


def improvised(inject: Inject) -> bool:
    """Whether an inject was written on the spot."""
    return inject.turns == NEVER


def _first_number(exercise: Exercise) -> int:
    """The number of the first inject on the spot: above all that the author gave."""
    least = FIRST_NUMBER
    return least if all(part.number < least for part in exercise.inject) else BEYOND_ALL


def spot_number(inject: Inject) -> int:
    """Which of those that were written on the spot an inject is, from 1."""
    return inject.number - (BEYOND_ALL if inject.number >= BEYOND_ALL else FIRST_NUMBER) + 1


def _effects(
    exercise: Exercise, typed: str, at: int, field: str, wrong: list[tuple[str, str]]
) -> list[dict[str, object]]:
    """Effects of an option, counted from 1."""
    option, place = _("option {number}", number=at), f"option_{at} {field}"
    where = _("the costs of {option}", option=option) if field == "costs" else option
    effects: list[dict[str, object]] = []
    for part in (word.strip() for word in re.split(r"[;,](?!\d)", typed)):
        if not part:
            continue
        read_ = WORD.match(part)
        if read_ is None:
            hint = _("write a track and points, such as us_signal +4.")
            wrong.append(
                (
                    place,
                    _(
                        "'{effect}' in {where} is no effect; {hint}",
                        effect=part,
                        where=where,
                        hint=hint,
                    ),
                )
            )
            continue
        name, by = read_.groups()
        if name not in exercise.tracks:
            near = did_you_mean(name, exercise.tracks)
            wrong.append(
                (
                    place,
                    _(
                        "The track '{track}' in {where} is unknown{near}.",
                        track=name,
                        where=where,
                        near=near,
                    ),
                )
            )
            continue
        try:
            effects.append({"track": name, "by": Decimal(by.replace(",", "."))})
        except InvalidOperation:
            wrong.append(
                (place, _("'{points}' in {where} is no number of points.", points=by, where=where))
            )
    return effects


def _free_id(exercise: Exercise, title: str) -> str:
    stem = re.sub(r"[^a-z0-9]+", "_", title.lower()).strip("_") or "inject"
    names = [f"{AD_HOC}{stem}", *(f"{AD_HOC}{stem}_{n}" for n in range(2, 100))]
    taken = {*exercise.injects, *exercise.contextuals}
    return next(name for name in names if name not in taken)
