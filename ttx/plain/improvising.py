"""An inject written on the spot in plain lines, one field after the other."""

from __future__ import annotations

import re
from collections.abc import Generator
from typing import TypeAlias

from ttx.exercise.model.part import text
from ttx.i18n import _
from ttx.plain.conversation import (
    Asked,
    Conversation,
    Words,
    one_of,
    sure,
    whole_number,
    words_for,
)
from ttx.plain.sitting import Sitting
from ttx.session.control_commands import Improvise
from ttx.session.improvise import (
    ContextualForm,
    InjectForm,
    NotFit,
    OptionForm,
    contextual_source,
    source,
)
from ttx.session.run import RELEASES
from ttx.session.view.tracks import tracks

POLICY, CRISIS, NONE = "policy", "crisis", "none"
POINTS = re.compile(r"[+-]?\d{1,3}(\.\d{1,2})?")
MOST_OPTIONS = 4
LEAST_OPTIONS = 2
Options: TypeAlias = Generator[Asked, str, tuple[OptionForm, ...]]


def write(at: Sitting, typed: str) -> Conversation:
    """Write an inject, and put it on the list."""
    if RELEASES not in at.eye.rights:
        at.tell(_("Your seat has no right to write injects."))
        return
    here = _("some words")
    title = typed or (yield from words_for(_("title"), here))
    kind = yield from words_for(_("kind of event"), _("such as air, sea, politics"))
    slots = {POLICY: POLICY, CRISIS: CRISIS, NONE: NONE}
    slot = yield from one_of(_("slot"), slots, _("policy, crisis, or none: it asks nothing"))
    sender = yield from words_for(_("from"), here)
    to = yield from words_for(_("to"), here)
    via = yield from words_for(_("by"), _("such as telephone, e-mail, broadcast"))
    message = yield from words_for(_("the message"), here)
    facts = (title, kind, sender, to, via, message)
    try:
        if slot == NONE:
            readers = yield from _readers(at)
            turn = max(len(at.game.turns), 1)
            form = ContextualForm(*facts, readers=readers, turn=turn)
            toml = contextual_source(at.game.run.exercise, form)
        else:
            toml = source(at.game.run.exercise, (yield from _asking(at, facts, slot)))
    except NotFit as error:
        at.tell(*error.sentences)
        return
    if (yield from sure(_("Put it on the list?"), _("puts it there"))):
        at.request(Improvise(toml), _("It is on the list; release and its number put it out."))
    else:
        at.tell(_("Nothing was written."))


def _readers(at: Sitting) -> Generator[Asked, str, tuple[str, ...]]:
    """Cells and seats that read it; none for everybody."""
    names = at.eye.names
    known = {seat.casefold(): seat for seat in names.seats}
    known |= {short.casefold(): seat for seat, short in names.seats.items()}
    known |= {cell.casefold(): cell for cell in names.cells}
    known |= {name.casefold(): cell for cell, name in names.cells.items()}
    here = _("cells or seats with commas between, of {names}", names=", ".join(known.values()))
    while True:
        typed = yield from words_for(_("who reads it"), here, needed=False)
        wanted = [part.strip().casefold() for part in typed.split(",") if part.strip()]
        if all(part in known for part in wanted):
            return tuple(dict.fromkeys(known[part] for part in wanted))


def _asking(
    at: Sitting, facts: tuple[str, str, str, str, str, str], slot: str
) -> Generator[Asked, str, InjectForm]:
    """The rest of one that asks: its question, who answers, the options."""
    exercise, names = at.game.run.exercise, at.eye.names
    question = yield from words_for(_("the question it asks"), _("some words"))
    actor = yield from _named(_("who acts"), {part.id: text(part.name) for part in exercise.actor})
    allied = {part.id: names.cells[part.id] for part in at.game.run.allied}
    lead = yield from _named(_("whose answer is carried out"), allied)
    profile, window = "", 0
    if slot == CRISIS:
        profile = yield from _named(
            _("which clock"), {name: name for name in exercise.clock.profiles}
        )
        minutes = ""
        while whole_number(minutes) is None:
            minutes = yield from words_for(_("the window"), _("a number of minutes"))
        window = int(minutes)
    options = yield from _options(at)
    expected = yield from words_for(_("the action you expect"), _("some words"), needed=False)
    instead = yield from words_for(
        _("what comes where it is not taken"), _("some words"), needed=False
    )
    title, kind, sender, to, via, message = facts
    return InjectForm(
        title=title,
        actor=actor,
        kind=kind,
        slot=slot,
        sender=sender,
        to=to,
        via=via,
        message=message,
        question=question,
        lead=lead,
        options=options,
        profile=profile,
        window=window,
        expected=expected,
        contingency=instead,
    )


def _named(prompt: str, known: dict[str, str]) -> Words:
    """One of some parts, by name or id."""
    choices = {name: key for key, name in known.items()} | {key: key for key in known}
    chosen = yield from one_of(prompt, choices, ", ".join(known.values()))
    return chosen


def _options(at: Sitting) -> Options:
    """Two options at least; Enter for the title of a further one ends them."""
    options: list[OptionForm] = []
    while len(options) < MOST_OPTIONS:
        number, needed = len(options) + 1, len(options) < LEAST_OPTIONS
        prompt = _("option {number}", number=number)
        title = yield from words_for(prompt, _("what the table can do"), needed=needed)
        if not title:
            break
        lean = yield from _named(_("its lean"), at.eye.names.leans)
        effects = yield from _effects(at, _("what it brings"))
        costs = yield from _effects(at, _("what it costs"))
        options.append(OptionForm(title, lean, effects, costs))
    return tuple(options)


def _effects(at: Sitting, prompt: str) -> Words:
    """Tracks by name with points, as the form of an inject has them."""
    views = tracks(at.eye)
    known = {name.casefold(): v.id for v in views for name in (v.short, v.name, v.id)}
    names = ", ".join(view.name for view in views)
    here = _(
        "tracks with points and commas between, such as {first} +2; of {names}",
        first=views[0].name,
        names=names,
    )
    while True:
        typed = yield from words_for(prompt, here, needed=False)
        effects = [_effect(known, part) for part in typed.split(",") if part.strip()]
        if all(effects):
            return ", ".join(effects)


def _effect(known: dict[str, str], typed: str) -> str:
    """One track with its points; empty where it is none."""
    name, _space, points = typed.strip().rpartition(" ")
    track = known.get(name.strip().casefold(), "")
    return f"{track} {points}" if track and POINTS.fullmatch(points) else ""
