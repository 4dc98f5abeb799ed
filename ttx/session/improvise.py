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
from ttx.exercise.model import Exercise, Inject
from ttx.exercise.problems import did_you_mean, sentence
from ttx.exercise.wording import findings
from ttx.session.excursions import with_parts

FIRST_NUMBER = 100
"""Of an inject that the dice know nothing of."""
NEVER = (0, 0)
"""The turns in which the dice may propose it."""
TOLD = "What came of it is the facilitator's to tell."
WORD = re.compile(r"^([A-Za-z0-9_-]+)\s*([+-]?\d+(?:[.,]\d+)?)$")


class NotFit(ValueError):
    """An inject that does not fit the exercise; a sentence for each thing that is wrong."""

    def __init__(self, sentences: Sequence[str]) -> None:
        """At least one sentence."""
        super().__init__(" ".join(sentences))
        self.sentences = tuple(sentences)


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


def source(exercise: Exercise, form: InjectForm) -> str:
    """The inject as its author would write it, in TOML; NotFit with all that is wrong."""
    wrong: list[str] = []
    options = [
        {
            "id": f"option_{at}",
            "lean": one.lean,
            "title": one.title,
            "about": one.title,
            "done": one.title,
            "benefits": _effects(exercise, one.effects, f"option {at}", wrong),
            "costs": _effects(exercise, one.costs, f"the costs of option {at}", wrong),
        }
        for at, one in enumerate(form.options, start=1)
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
        "expected_action": form.expected or TOLD,
        "if_not": form.contingency or TOLD,
        "objectives": list(form.objectives),
        "basis": ["design"],
        "message": {
            "sender": form.sender,
            "to": form.to,
            "via": form.via,
            "text": [form.message],
        },
        "outcome": {one: {part.id: TOLD for part in exercise.posture} for one in timings},
        "option": options,
    }
    if crisis:
        table |= {"profile": form.profile, "window": form.window}
    import tomli_w  # the last thing that play needs

    said = tomli_w.dumps(table)
    wrong += faults(exercise, said)
    if wrong:
        raise NotFit(list(dict.fromkeys(wrong)))
    return said


def faults(exercise: Exercise, said: str) -> list[str]:
    """What keeps an inject in TOML from fitting an exercise, a sentence each."""
    try:
        table = tomllib.loads(said, parse_float=Decimal)
    except tomllib.TOMLDecodeError as error:
        return [f"This is no TOML: {error}."]
    if table.get("id") in exercise.injects:
        return [f"The id '{table['id']}' is taken by another inject; choose another title."]
    data = exercise.as_toml() | {"inject": [table]}
    try:
        found = check(Exercise.model_validate(data))
    except ValidationError as error:
        found = findings(error, data)
    return [
        sentence(one, data) for one in found if not one.warning and one.path[:2] == ("inject", 0)
    ]


def read(exercise: Exercise, said: str) -> Inject:
    """The inject as the exercise takes it in, after all others and never proposed by the dice.

    ValueError and its kin where the text is none.
    """
    part = Inject.model_validate(tomllib.loads(said, parse_float=Decimal))
    taken = [one.number for one in exercise.inject if one.number >= FIRST_NUMBER]
    number = max(taken, default=FIRST_NUMBER - 1) + 1
    return part.model_copy(update={"number": number, "turns": NEVER})


def taken_in(exercise: Exercise, said: str) -> Exercise:
    """The exercise with an inject that was written on the spot."""
    return with_parts(exercise, inject=[*exercise.inject, read(exercise, said)])


def improvised(inject: Inject) -> bool:
    """Whether an inject was written on the spot."""
    return inject.number >= FIRST_NUMBER


def _effects(
    exercise: Exercise, typed: str, where: str, wrong: list[str]
) -> list[dict[str, object]]:
    found: list[dict[str, object]] = []
    for part in (one.strip() for one in re.split(r"[;,](?!\d)", typed)):
        if not part:
            continue
        read_ = WORD.match(part)
        if read_ is None:
            wrong.append(
                f"'{part}' in {where} is no effect; write a track and points, such as us_signal +4."
            )
            continue
        name, by = read_.groups()
        if name not in exercise.tracks:
            near = did_you_mean(name, exercise.tracks)
            wrong.append(f"The track '{name}' in {where} is unknown{near}.")
            continue
        try:
            found.append({"track": name, "by": Decimal(by.replace(",", "."))})
        except InvalidOperation:
            wrong.append(f"'{by}' in {where} is no number of points.")
    return found


def _free_id(exercise: Exercise, title: str) -> str:
    stem = re.sub(r"[^a-z0-9]+", "_", title.lower()).strip("_") or "inject"
    names = [f"ad_hoc_{stem}", *(f"ad_hoc_{stem}_{n}" for n in range(2, 100))]
    return next(one for one in names if one not in exercise.injects)
