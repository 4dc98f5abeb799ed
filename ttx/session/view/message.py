"""The inject on the table as a seat sees it: the message, its options, and answers open to it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import partial

from ttx.adjudicator.margin import estimate
from ttx.exercise.model.injects import Inject, Option
from ttx.exercise.model.tracks import Effect
from ttx.i18n import _
from ttx.session import automation, needs, phases
from ttx.session.answer import Answer
from ttx.session.game import SlotRecord
from ttx.session.run import PERSON
from ttx.session.view import besides, clock, pushes, words
from ttx.session.view.answers import apart, place, title, whose
from ttx.session.view.badge import Badge, badge
from ttx.session.view.eye import Eye


@dataclass(frozen=True, slots=True)
class Weighed:
    """A change of a track, budget or lever as an option announces it."""

    name: str
    by: str
    word: words.Direction
    track: bool = True


@dataclass(frozen=True, slots=True)
class OptionView:
    """One answer, open or closed."""

    key: str
    id: str
    title: str
    about: str
    gains: tuple[Weighed, ...]
    costs: tuple[Weighed, ...]
    carries: str
    denies: tuple[str, ...]
    """Names of those whom it would deny something if it carries."""
    needs: str
    """What it asks for, in words; empty where nothing."""
    lacks: str
    """What of that is not there, with what there is; empty where it can be chosen."""
    draft: bool
    """Whether the lead's robot would take it."""

    @property
    def closed(self) -> str:
        """Why it cannot be chosen, in a sentence; empty where it can."""
        return _("Closed: needs {lacks}.", lacks=self.lacks) if self.lacks else ""

    @property
    def denial(self) -> str:
        """`denies China and Russia if it carries`; empty where it denies nobody anything."""
        names = words.listed(self.denies)
        return _("denies {names} if it carries", names=names) if names else ""

    @property
    def denial_brief(self) -> str:
        """The same beside what already says how far the option carries."""
        names = words.listed(self.denies)
        return _("denies {names}", names=names) if names else ""


@dataclass(frozen=True, slots=True)
class AnswerView:
    """What a cell answered or a seat would, and what was given beside it as far as that is open."""

    who: str
    """The name of the cell; of the seat, in short."""
    own: bool
    """Whether the seat that reads is that seat, or speaks for that cell."""
    key: str
    """The digit of the option; empty where the action was written in."""
    title: str
    confidence: int = 0
    """0 to 100; 0 where it was not given or is not open."""
    expects: tuple[tuple[str, str], ...] = ()
    """Adversary and the response expected of it."""
    rationale: str = ""
    pro: str = ""
    """Why an action in own words would work."""
    contra: str = ""
    """Why it might not."""
    differs: bool = False
    """Of a seat: whether its cell answered otherwise."""


@dataclass(frozen=True, slots=True)
class MessageView:
    """The inject on the table.

    A seat that is not to see the alliance deliberate reads the message, and finds the rest empty:
    the question, the options, the answers, who leads, who is awaited, and the clock.
    """

    id: str
    number: str
    """Turn and place in it: `4.1`."""
    actor: str
    """Whom it comes from, by id."""
    badge: Badge
    title: str
    kind: str
    precedence: str
    sender: str
    to: str
    via: str
    when: str
    text: tuple[str, ...]
    since: str
    """What control has put to the table beside it, the contingency; empty where nothing was."""
    question: str
    options: tuple[OptionView, ...]
    lead: str
    answered: str
    """The option this seat's cell has sealed, if any."""
    own_action: str
    """The action in own words that it has sealed instead."""
    robot: bool
    """Whether a robot gave its cell's answer; what that is opens with the ruling."""
    answers: tuple[AnswerView, ...]
    waiting: tuple[str, ...]
    """Names of the people's cells that have not answered."""
    commitments: tuple[AnswerView, ...]
    """Those that are open to the seat: its own at once."""
    committed: tuple[int, int]
    """How many seats of its cell have committed, of how many; 0 of 0 where none need to."""
    clock: clock.ClockView | None

    @property
    def sealed(self) -> bool:
        """Whether the seat's cell has answered."""
        return bool(self.answered or self.own_action or self.robot)


@dataclass(frozen=True, slots=True)
class NewsView:
    """An inject of this run as it is read again, from the map."""

    sender: str
    text: tuple[str, ...]
    question: str
    """Empty for a seat that is not asked."""


def message(eye: Eye) -> MessageView | None:
    """The inject under way, if one is."""
    record, inject = eye.game.slot, eye.game.inject
    if record is None or inject is None:
        return None
    cells, asked = eye.names.cells, eye.visibility.levers
    cell = eye.run.speaks_for(eye.seat)[0]
    own = record.answers.get(cell) if cell in eye.visibility.answers else None
    released, timed = record.released, partial(eye.timed, released=record.released)
    return MessageView(
        id=inject.id,
        number=eye.game.number,
        actor=inject.actor,
        badge=badge(eye.exercise, inject.actor),
        title=eye.names.injects[inject.id],
        kind=eye.text(inject.kind),
        precedence=eye.text(inject.message.precedence),
        sender=eye.text(inject.message.sender),
        to=eye.text(inject.message.to),
        via=eye.text(inject.message.via),
        when=words.moment(eye.exercise, released.day, released.hour),
        text=tuple(map(timed, inject.message.text)),
        since=timed(inject.if_not) if record.steered else "",
        question=timed(inject.question) if asked else "",
        options=tuple(_options(eye, inject, record)) if asked else (),
        lead=cells[inject.lead] if asked else "",
        answered=own.option if own else "",
        own_action=own.written if own else "",
        robot=own is None and cell in record.answers and cell in record.by_robots,
        answers=tuple(_answers(eye, inject, record)),
        waiting=tuple(cells[late] for late in eye.run.people if late not in record.answers)
        if asked
        else (),
        commitments=tuple(_commitments(eye, inject, record)) if asked else (),
        committed=_committed(eye, record) if asked else (0, 0),
        clock=_clock(eye, inject, record),
    )


def news(eye: Eye, inject_id: str) -> NewsView | None:
    """An inject that was released in this run, as it last came; None for any other."""
    came = [played for played in eye.played() if played.inject.id == inject_id]
    if not came:
        return None
    record, inject = came[-1].slot, came[-1].inject
    timed = partial(eye.timed, released=record.released)
    texts = [*inject.message.text, *([inject.if_not] if record.steered else [])]
    return NewsView(
        sender=eye.text(inject.message.sender),
        text=tuple(part for part in map(timed, texts) if part),
        question=timed(inject.question) if eye.visibility.levers else "",
    )


def _clock(eye: Eye, inject: Inject, record: SlotRecord) -> clock.ClockView | None:
    """The staff's estimate, then the true minutes once the ruling is open to the seat."""
    if inject.slot != "crisis" or not eye.visibility.levers:
        return None
    tables = eye.run.tables
    if record.ruling is not None and (record.confirmed or eye.visibility.proposed):
        return clock.ruled(tables, record.ruling)
    guess = estimate(tables, record.before, inject.id, record.released.hour)
    return clock.estimated(tables, guess)


def _answers(eye: Eye, inject: Inject, record: SlotRecord) -> Iterator[AnswerView]:
    """The answers given so far, of the cells whose answer is open to the seat."""
    own = eye.run.speaks_for(eye.seat)
    for cell, answer in record.answers.items():
        if cell in eye.visibility.answers:
            whole = cell in eye.visibility.rationale
            name = whose(record, cell, eye.names.cells[cell])
            yield _answer(eye, inject, name, answer, own=cell in own, whole=whole)


def _commitments(eye: Eye, inject: Inject, record: SlotRecord) -> Iterator[AnswerView]:
    """What seats would answer: this one, and those of cells that it may read."""
    for who, given in record.commitments.items():
        cell = eye.run.seat(who).cell
        if who == eye.seat or cell in eye.visibility.commitments:
            otherwise = cell in eye.visibility.answers and apart(record, cell, given)
            name, own = eye.names.seats[who], who == eye.seat
            view = _answer(eye, inject, name, given, own=own, whole=True)
            yield replace(view, differs=otherwise)


def _answer(
    eye: Eye, inject: Inject, who: str, given: Answer, *, own: bool, whole: bool
) -> AnswerView:
    view = AnswerView(who, own, place(inject, given), title(inject, given))
    if not whole:
        return view
    names = eye.names.adversaries
    return replace(
        view,
        confidence=given.confidence,
        expects=tuple(
            (names[adversary], words.response(does)) for adversary, does in given.expects.items()
        ),
        rationale=given.rationale,
        pro=given.pro,
        contra=given.contra,
    )


def _committed(eye: Eye, record: SlotRecord) -> tuple[int, int]:
    """The lead counts as well: it commits by submitting."""
    cell = eye.run.seat(eye.seat).cell
    if not eye.run.facilitator or cell not in eye.run.people:
        return 0, 0
    mates = {seat.id for seat in eye.exercise.seat if seat.cell == cell}
    given = mates.intersection(record.commitments)
    if cell in record.answers:
        given.add(eye.run.lead(cell).id)
    return len(given), len(mates)


def _options(eye: Eye, inject: Inject, record: SlotRecord) -> Iterator[OptionView]:
    lead_player = eye.run.players.get(inject.lead, PERSON)
    draft = ""
    if lead_player != PERSON and eye.run.people and eye.game.phase == phases.DELIBERATION:
        draft = automation.draft(eye.game, lead_player)
    tables = eye.run.tables
    first = int(tables.first_option[tables.inject[inject.id]])
    for row, option in enumerate(inject.option):
        quarters = int(tables.answering.quarters[first + row, record.before.posture])
        yield _option(eye, record, option, row, quarters, draft=option.id == draft)


def _option(
    eye: Eye, record: SlotRecord, option: Option, row: int, quarters: int, *, draft: bool
) -> OptionView:
    benefits = _weighed(eye, option.benefits)
    harms = tuple(change for change in benefits if change.word == words.Direction.WORSE)
    beside = [Weighed(*change, track=False) for change in besides.announced(eye.exercise, option)]
    helps = tuple(change for change in beside if change.word == words.Direction.BETTER)
    asked, position = option.needs, (eye.run.tables, record.before)
    return OptionView(
        key=str(row + 1),
        id=option.id,
        title=eye.text(option.title),
        about=eye.timed(option.about, record.released),
        gains=(*(change for change in benefits if change not in harms), *helps),
        costs=(
            *_weighed(eye, option.costs),
            *harms,
            *(change for change in beside if change not in helps),
        ),
        carries=words.carries(quarters),
        denies=tuple(pushes.denied(eye.exercise, option)),
        needs=needs.asks(*position, asked) if asked is not None else "",
        lacks=needs.missing(*position, asked) if asked is not None else "",
        draft=draft,
    )


def _weighed(eye: Eye, effects: Iterable[Effect]) -> tuple[Weighed, ...]:
    tracks = eye.exercise.tracks
    shifts = (words.shift(tracks[part.track], part.by, words.SAME) for part in effects)
    return tuple(Weighed(*shift) for shift in shifts)
