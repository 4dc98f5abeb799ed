"""A session's particulars and targets in words: for covers, forms, lines and the record."""

from __future__ import annotations

from collections.abc import Iterator

from ttx.exercise.model.exercise import Exercise
from ttx.exercise.model.part import text
from ttx.i18n import N_, _, ngettext
from ttx.session.particulars import (
    CONTROLLERS,
    EVALUATORS,
    OBSERVERS,
    PLAYERS,
    ROLES,
    Organisation,
    Particulars,
    Targets,
)
from ttx.session.stating import may_read_targets
from ttx.session.view.eye import Eye
from ttx.session.view.words import day_text

NAME, SPONSOR, CONTACT, DATE, UNTIL = "name", "sponsor", "contact", "date", "until"
PLACE, ZONE, AREAS, ORGANISATIONS = "place", "zone", "areas", "organisations"
LABELS = {
    NAME: N_("Exercise name"),
    SPONSOR: N_("Sponsor"),
    CONTACT: N_("Point of contact"),
    DATE: N_("First day"),
    UNTIL: N_("Last day"),
    PLACE: N_("Place"),
    ZONE: N_("Time zone"),
    AREAS: N_("Mission areas"),
    ORGANISATIONS: N_("Organisation"),
}
"""What each field is called; translated where it is shown."""
ABOUT = {
    NAME: N_("what it is called here, where not by its own title"),
    SPONSOR: N_("who has the exercise held"),
    CONTACT: N_("an office, and how it is reached"),
    DATE: N_("a date such as 2026-03-12"),
    UNTIL: N_("a date, where there is more than one day"),
    PLACE: N_("where it is held"),
    ZONE: N_("such as Asia/Tokyo; times are told by its clock"),
    AREAS: N_("such as Response; Recovery"),
    ORGANISATIONS: N_("such as Ministry of Health: 3 players, 1 observer"),
}
"""What belongs in each field."""
SEPARATOR = "; "
"""Between mission areas."""


def of_role(role: str, count: int) -> str:
    """So many of a role: `3 players`."""
    match role:
        case value if value == PLAYERS:
            return ngettext("{count} player", "{count} players", count)
        case value if value == OBSERVERS:
            return ngettext("{count} observer", "{count} observers", count)
        case value if value == EVALUATORS:
            return ngettext("{count} evaluator", "{count} evaluators", count)
        case value if value == CONTROLLERS:
            return ngettext("{count} controller", "{count} controllers", count)
    raise ValueError(f"nobody is counted as {role}")


def organisation_text(organisation: Organisation) -> str:
    """An organisation as it is written in a field: `Ministry of Health: 3 players, 1 observer`."""
    counts = zip(ROLES, organisation.counts, strict=True)
    told = ", ".join(of_role(role, count) for role, count in counts if count)
    if not told and ":" in organisation.name:  # else what follows it would be read as counts
        told = of_role(PLAYERS, 0)
    return f"{organisation.name}: {told}" if told else organisation.name


def field_texts(particulars: Particulars) -> Iterator[tuple[str, str]]:
    """Each field with what stands in it, as it is written; an organisation a field of its own."""
    for name in (NAME, SPONSOR, CONTACT, DATE, UNTIL, PLACE, ZONE):
        yield name, getattr(particulars, name)
    yield AREAS, SEPARATOR.join(particulars.areas)
    for organisation in particulars.organisations:
        yield ORGANISATIONS, organisation_text(organisation)


def dates_text(particulars: Particulars) -> str:
    """The days of a session: `Thu 12 Mar 2026`, or from the first to the last."""
    first, last = particulars.date, particulars.until
    if not first or last in ("", first):
        return day_text(first or last) if first or last else ""
    return _("{first} to {last}", first=day_text(first), last=day_text(last))


def total_text(particulars: Particulars) -> str:
    """How many take part, by what they do; empty where nobody was counted."""
    sums = [sum(counts) for counts in zip(*(o.counts for o in particulars.organisations))]  # noqa: B905  # all have as many
    told = ", ".join(of_role(role, n) for role, n in zip(ROLES, sums, strict=False) if n)
    return _("in all {counts}", counts=told) if told else ""


def cover(particulars: Particulars, *, anonymous: bool = False) -> tuple[tuple[str, str], ...]:
    """What of it is there as rows of a cover; not for attribution, without the point of contact."""
    organisations = [organisation_text(part) for part in particulars.organisations]
    total = total_text(particulars) if len(organisations) > 1 else ""
    rows = (
        (_(LABELS[NAME]), particulars.name),
        (_(LABELS[SPONSOR]), particulars.sponsor),
        (_(LABELS[CONTACT]), "" if anonymous else particulars.contact),
        (_("Date"), dates_text(particulars)),
        (_(LABELS[PLACE]), particulars.place),
        (_(LABELS[ZONE]), particulars.zone),
        (_(LABELS[AREAS]), ", ".join(particulars.areas)),
        (
            _("Participating organisations"),
            "\n".join([*organisations, *([total] if total else [])]),
        ),
    )
    return tuple(row for row in rows if row[1])


def changes(before: Particulars, after: Particulars, *, anonymous: bool = False) -> Iterator[str]:
    """What a correction changed, a clause for each field.

    Not for attribution, of the point of contact only that it was changed.
    """
    old, new = dict(_joined(before)), dict(_joined(after))
    for name, label in LABELS.items():
        was, now, field = old[name], new[name], _(label)
        if was == now:
            continue
        if anonymous and name == CONTACT:
            yield _("{field} was changed", field=field)
        elif not was:
            yield _("{field} was set to '{now}'", field=field, now=now)
        elif not now:
            yield _("{field} was taken off ('{was}')", field=field, was=was)
        else:
            yield _("{field} is '{now}', where it was '{was}'", field=field, now=now, was=was)


def _joined(particulars: Particulars) -> Iterator[tuple[str, str]]:
    """Each field once; organisations in one."""
    together = [organisation_text(part) for part in particulars.organisations]
    yield from ((name, told) for name, told in field_texts(particulars) if name != ORGANISATIONS)
    yield ORGANISATIONS, SEPARATOR.join(together)


def anything_stated(eye: Eye) -> bool:
    """Whether anything is stated that this seat may read: what a cover has, or a target."""
    return eye.game.notebook.particulars != Particulars() or bool(open_targets(eye))


def covered(eye: Eye) -> tuple[tuple[str, str], ...]:
    """What stands on a cover by now."""
    return cover(eye.game.notebook.particulars)


# --- targets ---


def score_target(exercise: Exercise, score: str, value: int) -> str:
    """A target of a score in words: `at least 60`, or `at most 30` where lower is better."""
    better = next((part.better for part in exercise.score if part.id == score), "higher")
    points = f"{value / 100:g}"
    if better == "lower":
        return _("at most {points}", points=points)
    return _("at least {points}", points=points)


def target_texts(exercise: Exercise, targets: Targets) -> Iterator[tuple[str, str]]:
    """Each target: what it is of, and what is to be reached, in words."""
    names = {score.id: text(score.name) for score in exercise.score}
    objectives = {objective.id: text(objective.text) for objective in exercise.objective}
    for score, value in targets.scores.items():
        yield names.get(score, score), score_target(exercise, score, value)
    for objective, rating in targets.objectives.items():
        told = _("rated {rating} or better", rating=rating)
        yield objectives.get(objective, objective), told


def open_targets(eye: Eye) -> tuple[tuple[str, str], ...]:
    """The sponsor's targets, each with what it is of; none where the seat may not read them yet."""
    if not may_read_targets(eye.game, eye.seat):
        return ()
    return tuple(target_texts(eye.exercise, eye.game.notebook.stated.targets))
