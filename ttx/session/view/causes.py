"""A cause as a reader knows it, and the evidence it rests on."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from ttx.exercise.model.adversaries import Adversary
from ttx.exercise.model.exercise import Exercise
from ttx.exercise.model.injects import Inject
from ttx.exercise.model.levers import Lever
from ttx.exercise.model.part import text
from ttx.exercise.model.tracks import CalendarRow, Influence
from ttx.i18n import N_, _

CAUSES = {
    "rest": N_("drift back to rest"),
    "limit": N_("limit of the scale"),
    "weather": N_("what nobody controls"),
    "overdraft": N_("money below zero"),
    "clock": N_("the crisis clock"),
    "landed": N_("effects on their way"),
}
"""Terms that are no part of an exercise."""
OF_AN_ANSWER = {
    "benefit": N_("benefit"),
    "cost": N_("cost"),
    "late": N_("late"),
    "hand": N_("ruled by hand"),
}
"""What an answer to an inject brings."""
GRADES = {"H": N_("high"), "M": N_("medium"), "L": N_("low"), "U": N_("unsourced")}
"""How good evidence is."""
Source = Influence | Lever | CalendarRow | Adversary | Inject


def _source(exercise: Exercise, cause: str) -> Source | None:
    """The part of an exercise that a term comes from: `link:36a`, `lever:guard`."""
    kind, _sign, name = cause.partition(":")
    parts: dict[str, Sequence[Source]] = {
        "link": exercise.influence,
        "lever": exercise.lever,
        "calendar": exercise.calendar,
        "adversary": exercise.adversary,
    }
    if kind not in parts:
        return exercise.injects.get(kind)
    return next((part for part in parts[kind] if part.id == name), None)


def cause_name(exercise: Exercise, cause: str) -> str:
    """The name of a term, with no id in it: `link:36a` becomes `influence of expectation gap`."""
    kind, _sign, rest = cause.partition(":")
    match _source(exercise, cause):
        case Influence() as link:
            return _("influence of {name}", name=text(exercise.names[link.from_]))
        case Lever() as lever:
            return _("lever {name}", name=text(lever.name))
        case Inject() as inject:
            title = text(inject.title)
            return f"{title}: {_(OF_AN_ANSWER.get(rest, rest))}" if rest else title
        case None:
            return _(CAUSES[kind]) if kind in CAUSES else cause
        case part:
            return text(part.name)


def cause_basis(exercise: Exercise, cause: str) -> list[str]:
    """The evidence ids behind a term; `design` where it has none of its own."""
    source = _source(exercise, cause)
    return list(source.basis) if source is not None and source.basis else ["design"]


def evidence_lines(exercise: Exercise, ids: Iterable[str]) -> list[str]:
    """Each id with its claim, source, date and grade."""
    known = {part.id: part for part in exercise.evidence}
    lines = []
    for name in dict.fromkeys(ids):
        part = known.get(name)
        if part is None:
            lines.append(_("{id}  no evidence of that id", id=name))
            continue
        line = _(
            "{id}  {claim} [{source}, {date}; confidence {grade}]",
            id=name,
            claim=text(part.claim),
            source=part.source,
            date=part.date,
            grade=_(GRADES[part.confidence]),
        )
        lines.append(f"{line} {text(part.note)}" if part.note else line)
    return lines
