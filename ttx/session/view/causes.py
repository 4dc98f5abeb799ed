"""A cause as a reader knows it, and the evidence it rests on."""

from __future__ import annotations

from ttx.exercise.model import Exercise, text


def cause_name(exercise: Exercise, cause: str, language: str = "") -> str:
    """The name of a term, with no id in it: `link:36a` becomes `influence of expectation gap`."""
    kind, _, rest = cause.partition(":")
    names = exercise.names
    plain = {
        "rest": "drift back to rest",
        "limit": "limit of the scale",
        "weather": "what nobody controls",
        "overdraft": "money below zero",
        "clock": "the crisis clock",
        "landed": "effects on their way",
    }
    if kind == "link":
        link = next((i for i in exercise.influence if i.id == rest), None)
        return f"influence of {text(names[link.from_], language)}" if link else cause
    if kind == "lever":
        lever = exercise.levers.get(rest)
        return f"lever {text(lever.name, language)}" if lever else cause
    if kind == "calendar":
        row = next((c for c in exercise.calendar if c.id == rest), None)
        return text(row.name, language) if row else cause
    if kind == "adversary":
        one = next((a for a in exercise.adversary if a.id == rest), None)
        return text(one.name, language) if one else cause
    if kind in exercise.injects:
        title = text(exercise.injects[kind].title, language)
        return f"{title}: {rest}" if rest else title
    return plain.get(kind, cause)


def cause_basis(exercise: Exercise, cause: str) -> list[str]:
    """The evidence ids behind a term; `design` where it has none of its own."""
    kind, _, rest = cause.partition(":")
    found: list[str] = []
    if kind == "link":
        found = next((i.basis for i in exercise.influence if i.id == rest), [])
    elif kind == "lever":
        found = exercise.levers[rest].basis if rest in exercise.levers else []
    elif kind == "calendar":
        found = next((c.basis for c in exercise.calendar if c.id == rest), [])
    elif kind == "adversary":
        found = next((a.basis for a in exercise.adversary if a.id == rest), [])
    elif kind in exercise.injects:
        found = exercise.injects[kind].basis
    return list(found) or ["design"]


def evidence_lines(exercise: Exercise, ids: list[str], language: str = "") -> list[str]:
    """Each id with its claim, source, date and grade."""
    known = {e.id: e for e in exercise.evidence}
    grades = {"H": "high", "M": "medium", "L": "low", "U": "unsourced"}
    found = []
    for one in dict.fromkeys(ids):
        part = known.get(one)
        if part is None:
            found.append(f"{one}  no evidence of that id")
            continue
        note = f" {text(part.note, language)}" if part.note else ""
        claim = text(part.claim, language)
        found.append(
            f"{one}  {claim} [{part.source}, {part.date}; "
            f"confidence {grades[part.confidence]}]{note}"
        )
    return found
