"""The session in plain lines: for whom, when and where it is, and the sponsor's targets."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from ttx.exercise.model.part import text
from ttx.i18n import _
from ttx.plain.sitting import Sitting
from ttx.report.covers import in_columns
from ttx.session.command import IllegalDecision
from ttx.session.particulars import Particulars, Stated, Targets
from ttx.session.particulars_words import (
    aims_of,
    organisation_of,
    particulars_of,
    targets_of,
)
from ttx.session.stating import may_read_targets, requests, states_now
from ttx.session.view.particulars import (
    LABELS,
    ORGANISATIONS,
    cover,
    field_texts,
    target_texts,
)

TAKEN_OFF = "-"
"""Typed in place of a value: nothing is to stand there."""
_TYPED = "organisation"
"""The word for an organisation; there are several."""


def states(at: Sitting) -> bool:
    """Whether the seat says for whom, when and where the session is."""
    return states_now(at.game, at.seat)


def session(at: Sitting, typed: str = "") -> None:
    """What was stated; or with a field and words behind it, those are to stand there."""
    name, _space, words = typed.partition(" ")
    if not name:
        _told(at)
        return
    field, stated = name.casefold(), at.game.notebook.stated
    if field not in (*LABELS, _TYPED) or not words.strip():
        fields = ", ".join([*(field for field in LABELS if field != ORGANISATIONS), _TYPED])
        at.tell(
            _(
                "Name a field and what stands there, such as: session place Osaka. The fields are "
                "{fields}; {sign} alone takes off what stands there.",
                fields=fields,
                sign=TAKEN_OFF,
            )
        )
        return
    try:
        if field in (ORGANISATIONS, _TYPED):
            particulars = _with_organisation(stated.particulars, words.strip())
        else:
            particulars = _with_field(stated.particulars, field, words.strip())
    except IllegalDecision as refusal:
        at.tell(str(refusal))
        return
    _set(at, Stated(particulars, stated.targets))


def target(at: Sitting, typed: str) -> None:
    """Set what the sponsor would have reached; alone, tell what is set."""
    name, _space, words = typed.rpartition(" ")
    exercise, stated = at.game.run.exercise, at.game.notebook.stated
    if not name:
        at.tell(
            _(
                "Name a score or an objective and what is to be reached, such as: target {first} "
                "60; for an objective P, S or M; {sign} takes it off. There are {known}.",
                first=text(exercise.score[0].name) if exercise.score else "1",
                sign=TAKEN_OFF,
                known=", ".join(aims_of(exercise)),
            )
        )
        return
    try:
        off = words == TAKEN_OFF
        aim = _taken_off(at, name) if off else targets_of(exercise, [(name, words)])
    except IllegalDecision as refusal:
        at.tell(str(refusal))
        return
    scores, objectives = dict(stated.targets.scores), dict(stated.targets.objectives)
    if off:
        scores = {key: value for key, value in scores.items() if key not in aim.scores}
        objectives = {key: value for key, value in objectives.items() if key not in aim.objectives}
    else:
        scores, objectives = scores | aim.scores, objectives | aim.objectives
    _set(at, Stated(stated.particulars, Targets(scores, objectives)))


def _taken_off(at: Sitting, name: str) -> Targets:
    """A target of that name, whatever it is: a score takes points, an objective a letter."""
    exercise = at.game.run.exercise
    try:
        return targets_of(exercise, [(name, "0")])
    except IllegalDecision:
        return targets_of(exercise, [(name, "P")])


def _told(at: Sitting) -> None:
    """What stands there, and how it is changed."""
    stated = at.game.notebook.stated
    rows = cover(stated.particulars)
    if rows:
        at.head(_("THIS SESSION"), *in_columns(rows))
    else:
        at.tell(_("Nothing was stated of this session yet."))
    if may_read_targets(at.game, at.seat):
        aims = tuple(target_texts(at.game.run.exercise, stated.targets))
        if aims:
            at.listed(_("TARGETS OF THE SPONSOR"), (f"{wanted}: {of}" for of, wanted in aims))
    if states(at):
        at.tell(_("session FIELD WORDS says what stands there, target NAME VALUE sets a target."))


def _with_field(particulars: Particulars, field: str, words: str) -> Particulars:
    """With something else in one field."""
    values: Iterable[tuple[str, str]] = field_texts(particulars)
    told = "" if words == TAKEN_OFF else words
    rest = [(name, before) for name, before in values if name != field]
    return particulars_of([*rest, (field, told)])


def _with_organisation(particulars: Particulars, words: str) -> Particulars:
    """With an organisation, in the place of the one of that name; or without it."""
    name, colon, behind = words.rpartition(":")
    off = bool(colon) and behind.strip() == TAKEN_OFF
    new = organisation_of(name if off else words)
    known = [part.name.casefold() for part in particulars.organisations]
    if off and new.name.casefold() not in known:
        raise IllegalDecision(_("No organisation is called {name}.", name=new.name))
    parts = [*particulars.organisations]
    if new.name.casefold() in known:
        place = known.index(new.name.casefold())
        parts[place : place + 1] = [] if off else [new]
    else:
        parts.append(new)
    return replace(particulars, organisations=tuple(parts))


def _set(at: Sitting, wanted: Stated) -> None:
    """Ask for it, and say what stands now."""
    asked = requests(at.game, wanted)
    if not asked:
        at.tell(_("That is what stands there already."))
    for command in asked:
        at.request(command, _("It is in the record, and on the cover of papers made from now on."))
