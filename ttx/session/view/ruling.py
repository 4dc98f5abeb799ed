"""A ruling as a seat sees it: what came of an answer, why, and what would have turned it."""

from __future__ import annotations

from dataclasses import dataclass, replace

from ttx.adjudicator.margin import Margin, StageFlip, TrackFlip, margin
from ttx.adjudicator.position import Position
from ttx.adjudicator.rulings import Effected, Ruling
from ttx.adjudicator.tables import TIMINGS, Tables
from ttx.exercise import zones
from ttx.exercise.model import Exercise, text
from ttx.session.game import SlotRecord
from ttx.session.needs import met
from ttx.session.view import besides, clock, pushes, words
from ttx.session.view.amended import of_slot, paired
from ttx.session.view.answers import differs, ruled_on, title
from ttx.session.view.badge import Badge, badge
from ttx.session.view.eye import Eye

AGAIN = "Answered again, with knowledge of a ruling that was taken back."
TIMING_SHARES = {"on_time": "4/4", "late": "2/4", "far_too_late": "0/4"}


@dataclass(frozen=True, slots=True)
class EffectRow:
    """One effect of an answer with its arithmetic."""

    kind: str
    name: str
    arithmetic: str
    """`gain +8 x 2/4 x 4/4`, `cost -1.5 in full`, `late +6 x 6/4`; `model +4.00, ruled` where a
    person ruled otherwise."""
    by: int
    delay: int
    word: str
    basis: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class BeforeAfter:
    """A track before and after the ruling, in hundredths."""

    name: str
    before: int
    after: int
    word: str


@dataclass(frozen=True, slots=True)
class Other:
    """Another option of the same inject, at the same time and posture."""

    title: str
    carried: str
    closed: bool
    effects: tuple[tuple[str, str, str], ...]
    """Track, change, direction; the late row is the same for all."""


@dataclass(frozen=True, slots=True)
class Minority:
    """A seat that had committed to another answer than its cell's."""

    seat: str
    cell: str
    title: str
    confidence: int
    """0 to 100; 0 where it was not given."""
    rationale: str

    @property
    def told(self) -> str:
        """In one line: `OSD would have answered Wait (60% sure), because ...`."""
        sure = f" ({self.confidence}% sure)" if self.confidence else ""
        why = f", because: {self.rationale}" if self.rationale else ""
        return f"{self.seat} would have answered {self.title}{sure}{why}"


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
    minority: tuple[Minority, ...]
    """Seats that would have answered otherwise than their cell did, where that is open."""
    discord: bool
    again: str
    """That an earlier ruling on it was taken back and is known, in a sentence; else empty."""
    posture: str
    carried: str
    when: str
    clock: clock.ClockView | None
    slowest: str
    effects: tuple[EffectRow, ...]
    pushes: tuple[pushes.Told, ...]
    """What it denied adversaries, provoked them by or opened to them."""
    changes: tuple[BeforeAfter, ...]
    margin: tuple[str, ...]
    """How near, then at most two changes that would have turned it, each a sentence."""
    margin_rest: tuple[str, ...]
    others: tuple[Other, ...]
    how: str
    """`modified` or `overruled` where the facilitator ruled otherwise than the model; else empty.
    The verdict begins with it, for ever."""
    ruled: tuple[str, ...]
    """What people made of it, a sentence each: how an action was weighed, what was ruled instead of
    what and why, who challenged it and what came of that."""

    @property
    def headed(self) -> str:
        """Its number with what stands in the title for ever: `4.1 overruled`."""
        return f"{self.number} {self.how}".rstrip()


def ruling(eye: Eye, at: int | None = None) -> RulingView | None:
    """The ruling of the inject under way, or of slot `at` of this turn.

    None before the seat may know it, and always for a seat that sees no scores: `no_ruling` says
    which.
    """
    turn, sees = eye.game.turn, eye.visibility
    if turn is None or not turn.slots or not sees.scores:
        return None
    place = len(turn.slots) - 1 if at is None else at
    record = turn.slots[place]
    if record.ruled is None or not (record.confirmed or sees.proposed):
        return None
    number = f"{turn.opened.turn}.{place + 1}"
    return ruling_of(eye, record, number)


def no_ruling(eye: Eye) -> str:
    """Why a seat is shown no ruling of the inject under way, in one sentence."""
    record = eye.game.slot
    if record is None:
        return "No inject has been released in this turn."
    if not eye.visibility.scores:
        if record.ruled is None:
            return "The allied cells have not answered yet."
        return "The allied cells answered; the ruling is not open to this seat."
    return (
        "The ruling is not confirmed yet." if record.ruled else "No answer has been ruled on yet."
    )


def ruling_of(eye: Eye, record: SlotRecord, number: str) -> RulingView:
    """The ruling of one slot of the record, for an eye that may: the review's sees all."""
    assert record.ruled is not None
    run, exercise, tables = eye.run, eye.exercise, eye.run.tables
    model, fact = record.ruled.ruling, record.ruling or record.ruled.ruling
    inject = exercise.injects[fact.inject]
    option = next(o for o in inject.option if o.id == fact.option)
    given = record.answers.get(record.ruled.lead)
    done = given.written if given is not None and given.written else eye.text(option.done)
    outcome = getattr(inject.outcome, fact.timing).get(fact.posture, "")
    cells = {c.id: eye.text(c.name) for c in exercise.cell}
    lead = record.ruled.lead
    order = sorted(record.answers.items(), key=lambda pair: pair[0] != lead)
    view = clock.ruled(tables, fact, eye.language) if fact.minutes else None
    posture = next(p for p in exercise.posture if p.id == fact.posture)
    near: tuple[str, ...] = ("No clock ran: an answer to this question is always on time.",)
    rest: tuple[str, ...] = ()
    how = record.amended.how if record.amended is not None else ""
    if view is not None:
        found = margin(tables, record.before, run.seed, model, discord=record.ruled.discord)
        near, rest = _margin_words(exercise, model.timing, found, eye.language)
        if how:
            near = (f"By the model {near[0][:1].lower()}{near[0][1:]}", *near[1:])
        if fact.timing != model.timing:
            was = clock.ruled(tables, model, eye.language).verdict
            told = f"{words.verdict(fact.timing)} as ruled; by the model {was}"
            view = replace(view, verdict=told)
    verdict = view.verdict if view else "decided"
    verdict = f"{how}: {verdict}" if how else verdict
    return RulingView(
        number=number,
        badge=badge(exercise, inject.actor, eye.language),
        title=eye.text(inject.title),
        verdict=f"{verdict[0].upper()}{verdict[1:]}.",
        good=fact.timing == "on_time",
        sentence=zones.filled(
            exercise,
            " ".join(
                part
                for part in (
                    f"{done.rstrip('.')}.",
                    eye.text(outcome),
                    besides.told(exercise, fact, eye.language),
                )
                if part
            ),
            record.released.day,
            record.released.hour,
        ),
        answers=tuple(
            (cells[cell], ruled_on(inject, record, answer, eye.language)) for cell, answer in order
        ),
        minority=_minority(eye, record),
        discord=record.ruled.discord,
        again=AGAIN if (int(number.partition(".")[0]), fact.inject) in eye.game.known else "",
        posture=eye.text(posture.name),
        carried=words.carries(fact.quarters),
        when=words.moment(exercise, record.released.day, fact.hour),
        clock=view,
        slowest=next((s.name for s in view.steps if s.slowest), "") if view else "",
        effects=_effects(exercise, record),
        pushes=pushes.told(tables, fact, eye.language),
        changes=changes_of(tables, record.before, fact),
        margin=near,
        margin_rest=rest,
        others=_others(tables, record, eye.language),
        how=how,
        ruled=of_slot(run, record, eye.language),
    )


def _minority(eye: Eye, record: SlotRecord) -> tuple[Minority, ...]:
    inject = eye.exercise.injects[record.released.inject]
    committed = [(eye.run.seat(who), answer) for who, answer in record.commitments.items()]
    return tuple(
        Minority(
            seat.short,
            eye.names.cells[seat.cell],
            title(inject, answer, eye.language),
            answer.confidence,
            answer.rationale,
        )
        for seat, answer in committed
        if seat.cell in eye.visibility.commitments
        and seat.cell in record.answers
        and differs(record.answers[seat.cell], answer)
    )


def arithmetic(ruling: Ruling, effect: Effected) -> str:
    """What an effect is made of: `gain +5 x 2/4 x 4/4`, `cost -2 in full`, `late -3 x 4/4`."""
    size = words.by_points(effect.size)
    if effect.kind == "benefit":
        return f"gain {size} x {TIMING_SHARES[ruling.timing]} x {ruling.quarters}/4"
    if effect.kind == "cost":
        return f"cost {size} in full"
    return f"late {size} x {'6/4' if ruling.timing == 'far_too_late' else '4/4'}"


def _effects(exercise: Exercise, record: SlotRecord) -> tuple[EffectRow, ...]:
    fact = record.ruling
    assert fact is not None
    assert record.ruled is not None
    found = []
    for effect, model in paired(record.ruled.ruling, fact):
        track = exercise.tracks[effect.track]
        how = arithmetic(fact, effect)
        if effect.by != model:
            how = f"model {words.exact(model)}, ruled"
        found.append(
            EffectRow(
                effect.kind,
                track.short,
                how,
                effect.by,
                effect.delay,
                words.direction(effect.by, track.better, same=1),
                tuple(exercise.injects[fact.inject].basis),
            )
        )
    return tuple(found)


def _others(tables: Tables, record: SlotRecord, language: str = "") -> tuple[Other, ...]:
    """What each other option would have met; the clock does not depend on the option."""
    fact = record.ruling
    assert fact is not None
    postures = [part.id for part in tables.exercise.posture]
    inject = tables.exercise.injects[fact.inject]
    first = int(tables.first_option[tables.inject[inject.id]])
    share = {"on_time": 4, "late": 2, "far_too_late": 0}[fact.timing]
    found = []
    for at, option in enumerate(inject.option):
        if option.id == fact.option:
            continue
        quarters = int(tables.quarters[first + at, postures.index(fact.posture)])
        changes = [(e.track, e.by * share * quarters // 16) for e in option.benefits]
        changes += [(e.track, e.by) for e in option.costs]
        found.append(
            Other(
                text(option.title, language),
                words.carries(quarters),
                not met(tables, record.before, option.needs),
                tuple(
                    (
                        tables.exercise.tracks[track].short,
                        words.by_points(by),
                        words.direction(by, tables.exercise.tracks[track].better, same=1),
                    )
                    for track, by in changes
                ),
            )
        )
    return tuple(found)


def changes_of(tables: Tables, position: Position, fact: Ruling) -> tuple[BeforeAfter, ...]:
    """What a ruling moves at once, largest first; `position` is where the run stood before it."""
    moved: dict[str, int] = {}
    for change in fact.at_once():
        moved[change.track] = moved.get(change.track, 0) + change.by
    found = []
    for name, by in moved.items():
        track = tables.exercise.tracks[name]
        before = position.tracks[tables.track[name]]
        word = words.direction(by, track.better, same=1)
        found.append(BeforeAfter(track.short, before, before + by, word))
    return tuple(sorted(found, key=lambda one: -abs(one.after - one.before)))


def _margin_words(
    exercise: Exercise, timing: str, found: Margin, language: str = ""
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    over = found.over
    near = (
        f"Missed by {words.hours(over)}."
        if over > 0
        else f"Made with {words.hours(-over)} to spare."
    )

    def track(flip: TrackFlip) -> str:
        name = text(exercise.tracks[flip.track].name, language)
        return (
            f"{name} at {words.points(flip.at)} instead of {words.points(flip.now)}"
            f"{_what(flip.timing, timing)}"
        )

    def stage(flips: list[StageFlip]) -> str:
        names = {s.id: text(s.name, language) for s in exercise.clock.stages}
        if exercise.clock.wait:
            names[exercise.clock.wait.id] = text(exercise.clock.wait.name, language)
        first = flips[0]
        more = "less" if first.minutes < 0 else "more"
        where = f"in '{names[first.stage]}'"
        if len(flips) > 3:
            where = f"in any one of {len(flips)} stages of the path"
        elif len(flips) > 1:
            where = "in " + " or ".join(f"'{names[flip.stage]}'" for flip in flips)
        return f"{words.hours(first.minutes)} {more} {where}{_what(first.timing, timing)}"

    def earlier(flip: TrackFlip | StageFlip) -> bool:
        """A missed answer asks first what would have helped."""
        return TIMINGS.index(flip.timing) < TIMINGS.index(timing)

    tracks = [f"{track(f)}." for f in sorted(found.tracks, key=lambda f: not earlier(f))]
    stages = [
        f"{stage(group)}."
        for group in _grouped(tuple(sorted(found.stages, key=lambda f: not earlier(f))))
    ]
    shown = tracks[:1] + stages[:1]
    if not shown:
        shown = ["No single track or stage could have turned it."]
    return (near, *shown), tuple(tracks[1:] + stages[1:])


def _grouped(flips: tuple[StageFlip, ...]) -> list[list[StageFlip]]:
    """Flips of the same minutes and timing together, smallest first."""
    groups: dict[tuple[int, str], list[StageFlip]] = {}
    for flip in flips:
        groups.setdefault((flip.minutes, flip.timing), []).append(flip)
    return list(groups.values())


def _what(timing: str, was: str) -> str:
    """What the flip would have brought, where it is not plainly in time or late."""
    if TIMINGS.index(timing) == 0:
        return " would have been in time"
    if timing == "late" and was == "far_too_late":
        return " would have made it only late"
    return f" would have made it {words.verdict(timing)}"
