"""A ruling as a seat sees it: what came of an answer, why, and what would have turned it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace

from ttx.adjudicator.amending import HAND
from ttx.adjudicator.facts import Effected, Ruling
from ttx.adjudicator.margin import margin
from ttx.adjudicator.position import Position
from ttx.adjudicator.tables import Tables
from ttx.exercise import zones
from ttx.exercise.model.exercise import Exercise
from ttx.i18n import N_, _
from ttx.session.game import SlotRecord
from ttx.session.needs import met
from ttx.session.view import besides, clock, pushes, turning, words
from ttx.session.view.amended import HOW, of_slot, paired
from ttx.session.view.answers import apart, ruled_on, title, whose
from ttx.session.view.badge import Badge, badge
from ttx.session.view.eye import Eye

AGAIN = N_("Answered again, with knowledge of a ruling that was taken back.")
TIMING_SHARES = {"on_time": 4, "late": 2, "far_too_late": 0}
"""Quarters of its gain that an answer brings."""
LATE_SHARES = {"on_time": 4, "late": 4, "far_too_late": 6}
"""Quarters of what lateness costs."""


@dataclass(frozen=True, slots=True)
class EffectRow:
    """One effect of an answer with its arithmetic."""

    name: str
    arithmetic: str
    """`gain +8 x 2/4 x 4/4`, `cost -1.5 in full`, `late +6 x 6/4`; `model +4.00, ruled` where a
    person ruled otherwise."""
    by: int
    delay: int
    word: words.Direction


@dataclass(frozen=True, slots=True)
class BeforeAfter:
    """A track before and after the ruling, in hundredths."""

    name: str
    before: int
    after: int
    word: words.Direction

    @property
    def by(self) -> int:
        """What it changes by, in hundredths."""
        return self.after - self.before


@dataclass(frozen=True, slots=True)
class Other:
    """Another option of the same inject, at the same time and posture."""

    title: str
    carried: str
    closed: bool
    effects: tuple[words.Shift, ...]
    """The late row is the same for all."""


@dataclass(frozen=True, slots=True)
class RulingView:
    """The ruling of one inject."""

    number: str
    badge: Badge
    title: str
    verdict: str
    """The first words of the sentence: `Late by 1 h 08.`"""
    good: bool
    sentence: str
    """What came of it."""
    answers: tuple[tuple[str, str], ...]
    """Cell and the title of its option, the lead first."""
    minority: tuple[str, ...]
    """Where that is open, who would have answered otherwise than its cell did, a sentence without
    its end each: `OSD would have answered Wait (60% sure), because: ...`."""
    discord: bool
    again: str
    """That an earlier ruling on it was taken back and is known, in a sentence; else empty."""
    posture: str
    carried: str
    when: str
    clock: clock.ClockView | None
    slowest: str
    effects: tuple[EffectRow, ...]
    basis: tuple[str, ...]
    """Ids of the evidence that the inject rests on."""
    pushes: tuple[pushes.PushView, ...]
    """What it denied adversaries, provoked them by or opened to them."""
    changes: tuple[BeforeAfter, ...]
    margin: tuple[str, ...]
    """How near, then at most two changes that would have turned it, each a sentence."""
    margin_rest: tuple[str, ...]
    others: tuple[Other, ...]
    how: str
    """`modified`, `overruled` or `ruled by hand` where the facilitator ruled otherwise than the
    model; else empty.
    The verdict begins with it, for ever."""
    ruled: tuple[str, ...]
    """What people made of it, a sentence each: how an action was weighed, what was ruled instead of
    what and why, who challenged it and what came of that."""

    @property
    def headed(self) -> str:
        """Its number with what stands in the title for ever: `4.1 overruled`."""
        return f"{self.number} {self.how}".rstrip()


def ruling(eye: Eye) -> RulingView | None:
    """The ruling of the inject under way.

    None before the seat may know it, and always for a seat that sees no scores: `no_ruling` says
    which.
    """
    record, sees = eye.game.slot, eye.visibility
    if record is None or record.ruled is None or not sees.scores:
        return None
    return ruling_of(eye, record, eye.game.number) if record.confirmed or sees.proposed else None


def no_ruling(eye: Eye) -> str:
    """Why a seat is shown no ruling of the inject under way, in one sentence."""
    record = eye.game.slot
    if record is None:
        return _("No inject has been released in this turn.")
    if not eye.visibility.scores:
        if record.ruled is None:
            return _("The allied cells have not answered yet.")
        return _("The allied cells answered; the ruling is not open to this seat.")
    if record.ruled is None:
        return _("No answer has been ruled on yet.")
    return _("The ruling is not confirmed yet.")


def ruling_of(eye: Eye, record: SlotRecord, number: str) -> RulingView:
    """The ruling of one slot of the record, for an eye that may: the review's sees all."""
    assert record.ruled is not None
    exercise, tables = eye.exercise, eye.run.tables
    model, fact = record.ruled.ruling, record.ruling or record.ruled.ruling
    inject, released = exercise.injects[fact.inject], record.released
    lead = record.ruled.lead
    order = sorted(record.answers.items(), key=lambda answer: answer[0] != lead)
    view = clock.ruled(tables, fact) if fact.minutes else None
    near: tuple[str, ...] = (_("No clock ran: an answer to this question is always on time."),)
    rest: tuple[str, ...] = ()
    how = _(HOW[record.amended.how]) if record.amended is not None else ""
    verdict = _("decided")
    if view is not None:
        distance = margin(tables, record.before, eye.run.seed, model, discord=record.ruled.discord)
        near, rest = turning.turning(eye, model.timing, distance)
        near = (turning.near(distance, by_model=bool(how)), *near)
        if fact.timing != model.timing:
            verdict = _(
                "{verdict} as ruled; by the model {was}",
                verdict=words.verdict(fact.timing),
                was=clock.ruled(tables, model).verdict,
            )
            view = replace(view, verdict=verdict)
        verdict = view.verdict
    if how:
        verdict = _("{how}: {verdict}", how=how, verdict=verdict)
    return RulingView(
        number=number,
        badge=badge(exercise, inject.actor),
        title=eye.names.injects[inject.id],
        verdict=f"{words.capital(verdict)}.",
        good=fact.timing == "on_time",
        sentence=zones.filled(exercise, _came_of(eye, record, fact), released.day, released.hour),
        answers=tuple(
            (whose(record, cell, eye.names.cells[cell]), ruled_on(inject, record, answer))
            for cell, answer in order
        ),
        minority=tuple(_minority(eye, record)),
        discord=record.ruled.discord,
        again=_(AGAIN) if (int(number.partition(".")[0]), fact.inject) in eye.game.known else "",
        posture=eye.names.postures[fact.posture],
        carried=words.carries(fact.quarters),
        when=words.moment(exercise, released.day, fact.hour),
        clock=view,
        slowest=next((step.name for step in view.steps if step.slowest), "") if view else "",
        effects=tuple(_effects(exercise, record)),
        basis=tuple(inject.basis),
        pushes=pushes.pushes(tables, fact),
        changes=changes_of(tables, record.before, fact),
        margin=near,
        margin_rest=rest,
        others=tuple(_others(eye, record, fact)),
        how=how,
        ruled=of_slot(eye.run, record),
    )


def _came_of(eye: Eye, record: SlotRecord, fact: Ruling) -> str:
    """What was done, what that led to, and what it did beside the tracks."""
    assert record.ruled is not None
    inject = eye.exercise.injects[fact.inject]
    given = record.answers.get(record.ruled.lead)
    option = next(part for part in inject.option if part.id == fact.option)
    done = given.written if given is not None and given.written else eye.text(option.done)
    parts = (
        f"{done.rstrip('.')}.",
        record.told or eye.text(getattr(inject.outcome, fact.timing).get(fact.posture, "")),
        besides.sentence(eye.exercise, fact),
    )
    return " ".join(part for part in parts if part)


def _minority(eye: Eye, record: SlotRecord) -> Iterator[str]:
    inject = eye.exercise.injects[record.released.inject]
    for seat, own in record.commitments.items():
        cell = eye.run.seat(seat).cell
        if cell not in eye.visibility.commitments or not apart(record, cell, own):
            continue
        who, what, sure = eye.names.seats[seat], title(inject, own), own.confidence
        clause = _("{seat} would have answered {title}", seat=who, title=what)
        if sure:
            clause = _("{clause} ({percent}% sure)", clause=clause, percent=sure)
        yield words.because(clause, own.rationale) if own.rationale else clause


def arithmetic(ruling: Ruling, effect: Effected) -> str:
    """What an effect is made of: `gain +5 x 2/4 x 4/4`, `cost -2 in full`, `late -3 x 4/4`."""
    size = words.by_points(effect.size)
    if effect.kind == "benefit":
        share = TIMING_SHARES[ruling.timing]
        return _(
            "gain {size} x {share}/4 x {quarters}/4",
            size=size,
            share=share,
            quarters=ruling.quarters,
        )
    if effect.kind == "cost":
        return _("cost {size} in full", size=size)
    if effect.kind == HAND:
        return _("ruled by hand")
    return _("late {size} x {share}/4", size=size, share=LATE_SHARES[ruling.timing])


def _effects(exercise: Exercise, record: SlotRecord) -> Iterator[EffectRow]:
    fact = record.ruling
    assert fact is not None
    assert record.ruled is not None
    for effect, model in paired(record.ruled.ruling, fact):
        track = exercise.tracks[effect.track]
        how = arithmetic(fact, effect)
        if effect.by != model and effect.kind != HAND:
            how = _("model {value}, ruled", value=words.exact(model))
        word = words.direction(effect.by, track.better, same=1)
        yield EffectRow(track.short, how, effect.by, effect.delay, word)


def _others(eye: Eye, record: SlotRecord, fact: Ruling) -> Iterator[Other]:
    """What each other option would have met; the clock does not depend on the option."""
    tables, tracks = eye.run.tables, eye.exercise.tracks
    inject = eye.exercise.injects[fact.inject]
    first = int(tables.first_option[tables.inject[inject.id]])
    posture = [part.id for part in eye.exercise.posture].index(fact.posture)
    for at, option in enumerate(inject.option):
        if option.id == fact.option:
            continue
        quarters = int(tables.answering.quarters[first + at, posture])
        share = TIMING_SHARES[fact.timing] * quarters
        changes = [(part.track, part.by * share // 16) for part in option.benefits]
        changes += [(part.track, part.by) for part in option.costs]
        yield Other(
            eye.text(option.title),
            words.carries(quarters),
            not met(tables, record.before, option.needs),
            tuple(words.shift(tracks[track], by) for track, by in changes),
        )


def changes_of(tables: Tables, position: Position, fact: Ruling) -> tuple[BeforeAfter, ...]:
    """What a ruling moves at once, largest first; `position` is where the run stood before it."""
    moved: Counter[str] = Counter()
    for change in fact.at_once():
        moved[change.track] += change.by
    rows = []
    for name, by in moved.items():
        track = tables.exercise.tracks[name]
        before = position.tracks[tables.track[name]]
        word = words.direction(by, track.better, same=1)
        rows.append(BeforeAfter(track.short, before, before + by, word))
    return tuple(sorted(rows, key=lambda row: -abs(row.by)))
