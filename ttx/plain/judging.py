"""Rulings of a person in plain lines: otherwise than proposed, own actions weighed, challenges."""

from __future__ import annotations

from collections.abc import Generator, Iterator
from dataclasses import replace
from typing import TypeAlias

from ttx.i18n import _
from ttx.plain.conversation import (
    Asked,
    Conversation,
    one_of,
    sure,
    whole_number,
    words_for,
)
from ttx.plain.sitting import Sitting
from ttx.report.document import Entry, Paragraph, Part
from ttx.session import phases
from ttx.session.command import IllegalDecision
from ttx.session.control_commands import Amend, Hear, Override, Weigh
from ttx.session.control_events import MODIFIED, OVERTURNED, UPHELD
from ttx.session.view import amending as views
from ttx.session.view import words
from ttx.session.view.contested import waiting
from ttx.session.view.tracks import tracks
from ttx.session.view.weighing import Likeness, weigh_view

TOLD = "told"
"""The word before what came of an answer."""
Ruled: TypeAlias = Generator[Asked, str, tuple[Override, bool] | None]
"""Questions that come to what shall stand instead, and whether it goes beyond a modification."""


def modify(at: Sitting, _typed: str = "") -> Conversation:
    """Rule otherwise than the model, within the band; what goes beyond it is asked about."""
    yield from _amend(at, overrule=False)


def overrule(at: Sitting, _typed: str = "") -> Conversation:
    """Rule otherwise than the model, as far as one likes."""
    yield from _amend(at, overrule=True)


def _amend(at: Sitting, *, overrule: bool) -> Conversation:
    turn = at.game.turn
    ruling = at.game.phase == phases.ADJUDICATION
    reckons = at.game.phase == phases.RECKONING and turn is not None and not turn.confirmed
    if not (ruling or reckons):
        at.tell(_("Nothing is proposed now that could be ruled otherwise."))
        return
    made = yield from _override(at, overrule=overrule)
    if made is None:
        return
    instead, beyond = made
    what = _("why do you overrule it") if beyond else _("why do you modify it")
    why = yield from words_for(what, _("your reason; everybody reads it"))
    question = _("Rule so, and confirm it?")
    if (yield from sure(question, _("rules"))):
        at.request(Amend(instead, why, overrule=beyond), _("Ruled and confirmed."))
    else:
        at.tell(_("Nothing was ruled."))


def _override(at: Sitting, *, overrule: bool) -> Ruled:
    """What shall stand instead, and whether it goes beyond a modification; None where nothing."""
    ruling = at.game.phase in (phases.ADJUDICATION, phases.REVIEW)
    instead = views.standing(at.game) if ruling else Override()
    known = _known_of_ruling(at, instead) if ruling else _known_of_reckoning(at)
    at.show(*(_told_ruling(at, instead) if ruling else _told_reckoning(at, instead)))
    here = _("{what}; done rules so; Enter leaves it as it is", what=known)
    while True:
        typed = yield Asked(_("what do you rule otherwise"), here)
        if not typed:
            at.tell(_("Nothing was ruled otherwise."))
            return None
        if typed.casefold() != "done":
            changed = _changed(at, instead, typed, ruling=ruling)
            if changed is None:
                continue
            try:
                shown = (_told_ruling if ruling else _told_reckoning)(at, changed)
            except IllegalDecision as refusal:
                at.tell(str(refusal))
                continue
            instead = changed
            at.show(*shown)
            continue
        view = (views.amend_view if ruling else views.recast_view)(at.eye, instead)
        if view.same:
            at.tell(_("That is what stands already; rule something otherwise first."))
            continue
        if view.beyond and not overrule:
            question = _("Beyond a modification: {why} Overrule it?", why=" ".join(view.beyond))
            if not (yield from sure(question, _("overrules it"))):
                continue
            return instead, True
        return instead, overrule


def _known_of_ruling(at: Sitting, instead: Override) -> str:
    view = views.amend_view(at.eye, instead)
    effect = _(
        "an effect by its number with its points, such as 1 +2.5; a track by its name with points; "
        "told and words say what came of it"
    )
    if not view.timings:
        return effect
    names = ", ".join(timing.word for timing in view.timings)
    return _("a timing ({names}), or {effect}", names=names, effect=effect)


def _known_of_reckoning(at: Sitting) -> str:
    view = views.recast_view(at.eye, Override())
    names = ", ".join(row.name for row in view.responses)
    kinds = ", ".join(words.response(kind) for kind in words.RESPONSES)
    return _("an adversary ({names}) with one of {kinds}", names=names, kinds=kinds)


def _told_ruling(at: Sitting, instead: Override) -> Iterator[Part]:
    view = views.amend_view(at.eye, instead)
    if view.clock:
        yield Paragraph(view.clock)
    chosen = next((timing for timing in view.timings if timing.chosen), None)
    if chosen is not None:
        yield Paragraph(_("Timing as ruled: {timing}.", timing=chosen.word))
    for number, effect in enumerate(view.effects, start=1):
        line = _(
            "{number}. {name}: the model {model}, band {band}, yours {yours}",
            number=number,
            name=effect.name,
            model=words.exact(effect.model),
            band=effect.band,
            yours=words.exact(effect.yours),
        )
        beyond = "" if effect.within else _(" (beyond the band)")
        yield Entry((f"{line}{beyond}.",), hang=3)
    for track, by in instead.added.items():
        name = at.eye.names.values[track]
        yield Entry((_("Added: {name} {points}.", name=name, points=words.exact(by)),))
    if instead.told:
        yield Paragraph(_("What came of it: {words}", words=instead.told))
    yield from map(Paragraph, (*view.clamped, *view.beyond))


def _told_reckoning(at: Sitting, instead: Override) -> Iterator[Part]:
    view = views.recast_view(at.eye, instead)
    for row in view.responses:
        line = _(
            "{name}: odds {odds}, draw {draw}; the model {model}, yours {yours}.",
            name=row.name,
            odds=row.odds,
            draw=row.draw,
            model=words.response(row.model),
            yours=words.response(row.yours),
        )
        yield Entry((line,), hang=2)
    yield from map(Paragraph, view.beyond)


def _changed(at: Sitting, instead: Override, typed: str, *, ruling: bool) -> Override | None:
    """What shall stand with one thing more ruled otherwise; None where it cannot be read."""
    if not ruling:
        name, _space, response = typed.rpartition(" ")
        names = {called.casefold(): key for key, called in at.eye.names.adversaries.items()}
        names |= {key.casefold(): key for key in at.eye.names.adversaries}
        kinds = {words.response(kind).casefold(): kind for kind in words.RESPONSES}
        who, kind = names.get(name.strip().casefold()), kinds.get(response.casefold())
        if who is None or kind is None:
            return None
        return replace(instead, responses={**instead.responses, who: kind})
    timings = {words.verdict(name).casefold(): name for name in words.TIMINGS}
    if typed.casefold() in timings:
        return replace(instead, timing=timings[typed.casefold()], effects={})
    first, _space, rest = typed.partition(" ")
    if first.casefold() == TOLD and rest:
        return replace(instead, told=rest.strip())
    name, _space, size = typed.rpartition(" ")
    by = _hundredths(size)
    if by is None:
        return None
    number = whole_number(name)
    if number is not None:
        return replace(instead, effects={**instead.effects, number - 1: by}) if number else None
    track = _track(at, name.strip())
    return replace(instead, added={**instead.added, track: by}) if track else None


def _track(at: Sitting, name: str) -> str:
    """A track by its name, whole or in short; empty where there is none."""
    small = name.casefold()
    return next(
        (v.id for v in tracks(at.eye) if small in (v.id, v.name.casefold(), v.short.casefold())), ""
    )


def _hundredths(typed: str) -> int | None:
    """Points as they are typed, such as `+2.5` or `-4`, in hundredths; None where they are none."""
    sign = -1 if typed.startswith(("-", "\N{MINUS SIGN}")) else 1
    whole, dot, part = typed.lstrip("+-\N{MINUS SIGN}").replace(",", ".").partition(".")
    known = whole.isascii() and whole.isdecimal() and (not dot or part.isdecimal())
    if not known or len(part) > 2 or len(whole) > 3:
        return None
    return sign * (int(whole) * 100 + int(f"{part or '0':0<2}"))


# --- own actions ---


def weigh(at: Sitting, _typed: str = "") -> Conversation:
    """Weigh the leading cell's action in its own words: like which option, how strong, why."""
    view = weigh_view(at.eye)
    if view is None:
        at.tell(_("No written-in action waits to be weighed."))
        return
    title = _("{cell} answered {number} in its own words", cell=view.cell, number=view.number)
    said = [Paragraph(view.written)]
    said += [Paragraph(_("For: {why}", why=view.pro))] if view.pro else []
    said += [Paragraph(_("Against: {why}", why=view.contra))] if view.contra else []
    at.head(title, *said)
    options = {str(number): part for number, part in enumerate(view.options, start=1)}
    at.show(*(Entry((_likeness(number, part),), hang=3) for number, part in options.items()))
    here = _("the number of an option")
    ids = {number: part.id for number, part in options.items()}
    option = yield from one_of(_("which option is it like"), ids, here)
    strengths = {str(quarters): str(quarters) for quarters in range(len(view.strengths))}
    named = ", ".join(f"{quarters} {name}" for quarters, name in enumerate(view.strengths))
    quarters = int((yield from one_of(_("how strong is it"), strengths, named)))
    why = yield from words_for(_("why"), _("your reason; everybody reads it"))
    if (yield from sure(_("Weigh it as {word}?", word=view.strengths[quarters]), _("weighs it"))):
        at.request(Weigh(option, quarters, why), _("Weighed; the model rules with that."))
    else:
        at.tell(_("Nothing was weighed."))


def _likeness(number: str, part: Likeness) -> str:
    changes = ", ".join(f"{name} {by}" for name, by, _word in (*part.benefits, *part.costs))
    return f"{number}. {part.title}: {changes}"


# --- challenges ---


def hear(at: Sitting, _typed: str = "") -> Conversation:
    """Decide on the challenge that waits."""
    view = waiting(at.eye)
    if view is None:
        at.tell(_("No challenge waits to be heard."))
        return
    at.tell(
        _(
            "{seat} challenges {number} {title}: {why}",
            seat=view.seat,
            number=view.number,
            title=view.title,
            why=view.reason,
        )
    )
    outcomes = {"1": UPHELD, "2": MODIFIED, "3": OVERTURNED}
    here = _("1 the ruling stands, 2 it is modified, 3 it is overturned")
    outcome = yield from one_of(_("how do you decide"), outcomes, here)
    instead = Override()
    if outcome != UPHELD:
        made = yield from _override(at, overrule=outcome == OVERTURNED)
        if made is None:
            return
        instead, beyond = made
        outcome = OVERTURNED if beyond else MODIFIED
    why = yield from words_for(_("what do you say to {seat}", seat=view.seat), _("your reason"))
    if (yield from sure(_("Decide so?"), _("decides"))):
        at.request(Hear(outcome, why, instead), _("Heard."))
    else:
        at.tell(_("Nothing was decided."))
