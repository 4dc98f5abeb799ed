"""The inject on the table as a seat sees it: the message, its options, and answers open to it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from ttx.adjudicator.margin import estimate
from ttx.adjudicator.tables import Tables
from ttx.exercise import zones
from ttx.exercise.model import Effect, Exercise, Inject, Option, text
from ttx.exercise.model import Text as WrittenText
from ttx.session import automation, needs, phases
from ttx.session.answer import Answer
from ttx.session.game import SlotRecord
from ttx.session.run import PERSON
from ttx.session.view import besides, clock, pushes, words
from ttx.session.view.answers import differs, title
from ttx.session.view.badge import Badge, badge
from ttx.session.view.eye import Eye


@dataclass(frozen=True, slots=True)
class Weighed:
    """A change of a track, budget or lever as an option announces it."""

    name: str
    by: str
    word: str
    track: bool = True


@dataclass(frozen=True, slots=True)
class OptionView:
    """One answer, open or closed."""

    key: str
    id: str
    title: str
    about: str
    lean: str
    gains: tuple[Weighed, ...]
    costs: tuple[Weighed, ...]
    carries: str
    denies: str
    """Whom it would deny something: `denies China if it carries`; empty where nobody."""
    needs: str
    met: str
    closed: str
    """Why it cannot be chosen; empty where it can."""
    draft: bool
    """Whether the lead's robot would take it."""


@dataclass(frozen=True, slots=True)
class AnswerView:
    """The answer of a cell, and what was given beside it as far as that is open to the seat."""

    cell: str
    own: bool
    """Whether the seat speaks for this cell."""
    key: str
    title: str
    confidence: int
    """0 to 100; 0 where it was not given or is not open."""
    expects: tuple[tuple[str, str], ...]
    """Adversary and the response expected of it."""
    rationale: str
    pro: str
    """Why an action in own words would work."""
    contra: str
    """Why it might not."""


@dataclass(frozen=True, slots=True)
class CommitmentView:
    """What one seat would answer, of its own."""

    seat: str
    own: bool
    """Whether it is that of the seat that reads."""
    key: str
    title: str
    confidence: int
    expects: tuple[tuple[str, str], ...]
    rationale: str
    pro: str
    contra: str
    differs: bool
    """Whether its cell answered otherwise."""


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
    commitments: tuple[CommitmentView, ...]
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

    title: str
    sender: str
    text: tuple[str, ...]
    question: str
    """Empty for a seat that is not asked."""


def message(eye: Eye) -> MessageView | None:
    """The inject under way, if one is."""
    game = eye.game
    record, inject = game.slot, game.inject
    if record is None or inject is None or game.turn is None:
        return None
    sees = eye.visibility
    cells = {c.id: eye.text(c.name) for c in eye.exercise.cell}
    cell = eye.run.speaks_for(eye.seat)[0]
    own = record.answers.get(cell) if cell in sees.answers else None
    released = record.released
    asked = sees.levers
    told = _teller(eye.exercise, record, eye.language)
    return MessageView(
        id=inject.id,
        number=f"{game.turn.opened.turn}.{len(game.turn.slots)}",
        actor=inject.actor,
        badge=badge(eye.exercise, inject.actor, eye.language),
        title=eye.text(inject.title),
        kind=eye.text(inject.kind),
        precedence=eye.text(inject.message.precedence),
        sender=eye.text(inject.message.sender),
        to=eye.text(inject.message.to),
        via=eye.text(inject.message.via),
        when=words.moment(eye.exercise, released.day, released.hour),
        text=tuple(map(told, inject.message.text)),
        since=told(inject.if_not) if record.steered else "",
        question=told(inject.question) if asked else "",
        options=_options(eye, inject, record) if asked else (),
        lead=cells[inject.lead] if asked else "",
        answered=own.option if own else "",
        own_action=own.written if own else "",
        robot=own is None and cell in record.answers and cell in record.by_robots,
        answers=_answers(eye, inject, record),
        waiting=tuple(cells[c] for c in eye.run.people if c not in record.answers) if asked else (),
        commitments=_commitments(eye, inject, record) if asked else (),
        committed=_committed(eye, record) if asked else (0, 0),
        clock=_clock(eye, inject, record),
    )


def news(eye: Eye, inject_id: str) -> NewsView | None:
    """An inject that was released in this run, as it last came; None for any other."""
    came = [s for turn in eye.game.turns for s in turn.slots if s.released.inject == inject_id]
    if not came:
        return None
    record = came[-1]
    inject = eye.exercise.injects[inject_id]
    told = _teller(eye.exercise, record, eye.language)
    since = told(inject.if_not) if record.steered else ""
    return NewsView(
        title=eye.text(inject.title),
        sender=eye.text(inject.message.sender),
        text=(*map(told, inject.message.text), *([since] if since else [])),
        question=told(inject.question) if eye.visibility.levers else "",
    )


def _teller(
    exercise: Exercise, record: SlotRecord, language: str = ""
) -> Callable[[WrittenText], str]:
    """What puts a text of an inject into words, its places for times filled."""
    released = record.released

    def told(part: WrittenText) -> str:
        return zones.filled(exercise, text(part, language), released.day, released.hour)

    return told


def _clock(eye: Eye, inject: Inject, record: SlotRecord) -> clock.ClockView | None:
    """The staff's estimate, then the true minutes once the ruling is open to the seat."""
    if inject.slot != "crisis" or not eye.visibility.levers:
        return None
    tables = eye.run.tables
    if record.ruling is not None and (record.confirmed or eye.visibility.proposed):
        return clock.ruled(tables, record.ruling, eye.language)
    guess = estimate(tables, record.before, inject.id, record.released.hour)
    return clock.estimated(tables, guess, eye.language)


def _answers(eye: Eye, inject: Inject, record: SlotRecord) -> tuple[AnswerView, ...]:
    """The answers given so far, of the cells whose answer is open to the seat."""
    exercise, own = eye.exercise, eye.run.speaks_for(eye.seat)
    cells = {c.id: eye.text(c.name) for c in exercise.cell}
    found = []
    for cell, answer in record.answers.items():
        if cell not in eye.visibility.answers:
            continue
        why = cell in eye.visibility.rationale
        found.append(
            AnswerView(
                cells[cell],
                cell in own,
                *_key(inject, answer, eye.language),
                confidence=answer.confidence if why else 0,
                expects=_expected(exercise, answer, eye.language) if why else (),
                rationale=answer.rationale if why else "",
                pro=answer.pro if why else "",
                contra=answer.contra if why else "",
            )
        )
    return tuple(found)


def _commitments(eye: Eye, inject: Inject, record: SlotRecord) -> tuple[CommitmentView, ...]:
    found = []
    for who, one in record.commitments.items():
        cell = eye.run.seat(who).cell
        if who == eye.seat or cell in eye.visibility.commitments:
            answer = record.answers.get(cell) if cell in eye.visibility.answers else None
            found.append(
                CommitmentView(
                    eye.run.seat(who).short,
                    who == eye.seat,
                    *_key(inject, one, eye.language),
                    confidence=one.confidence,
                    expects=_expected(eye.exercise, one, eye.language),
                    rationale=one.rationale,
                    pro=one.pro,
                    contra=one.contra,
                    differs=answer is not None and differs(answer, one),
                )
            )
    return tuple(found)


def _key(inject: Inject, given: Answer, language: str = "") -> tuple[str, str]:
    """The digit of an option and its title; `w` and the words where it was written in."""
    ids = [one.id for one in inject.option]
    place = "w" if given.written else str(ids.index(given.option) + 1)
    return place, title(inject, given, language)


def _expected(exercise: Exercise, given: Answer, language: str = "") -> tuple[tuple[str, str], ...]:
    """Adversaries by name, and the response expected of each."""
    names = {a.id: text(a.name, language) for a in exercise.adversary}
    return tuple((names[name], what) for name, what in given.expects.items())


def _committed(eye: Eye, record: SlotRecord) -> tuple[int, int]:
    """The lead counts as well: it commits by submitting."""
    cell = eye.run.seat(eye.seat).cell
    if not eye.run.facilitator or cell not in eye.run.people:
        return 0, 0
    given = {who for who in record.commitments if eye.run.seat(who).cell == cell}
    if cell in record.answers:
        given.add(eye.run.lead(cell).id)
    return len(given), sum(one.cell == cell for one in eye.exercise.seat)


def _options(eye: Eye, inject: Inject, record: SlotRecord) -> tuple[OptionView, ...]:
    lead_player = eye.run.players.get(inject.lead, PERSON)
    draft = ""
    if lead_player != PERSON and eye.run.people and eye.game.phase == phases.DELIBERATION:
        draft = automation.draft(eye.game, lead_player)
    return tuple(
        _option(eye.run.tables, record, row, option, eye.language, draft=option.id == draft)
        for row, option in enumerate(inject.option)
    )


def _option(
    tables: Tables, record: SlotRecord, row: int, option: Option, language: str = "", *, draft: bool
) -> OptionView:
    position, released = record.before, record.released
    at = next(n for n, (_, one) in enumerate(tables.options) if one is option)
    quarters = int(tables.quarters[at, position.posture])
    lean = next(part for part in tables.exercise.lean if part.id == option.lean)
    benefits = _weighed(tables, option.benefits)
    harms = tuple(one for one in benefits if one.word == "worse")
    other = [
        Weighed(*one, track=False) for one in besides.announced(tables.exercise, option, language)
    ]
    asks = met = closed = ""
    if option.needs is not None:
        asks = needs.asks(tables, position, option.needs, language)
        lacks = needs.missing(tables, position, option.needs, language)
        if lacks:
            closed = f"Closed: needs {lacks}."
        else:
            met = "met"
    return OptionView(
        key=str(row + 1),
        id=option.id,
        title=text(option.title, language),
        about=zones.filled(
            tables.exercise, text(option.about, language), released.day, released.hour
        ),
        lean=text(lean.name, language),
        gains=(
            *(one for one in benefits if one not in harms),
            *(one for one in other if one.word == "better"),
        ),
        costs=(*_weighed(tables, option.costs), *harms, *(o for o in other if o.word != "better")),
        carries=words.carries(quarters),
        denies=pushes.announced(tables.exercise, option, language),
        needs=asks,
        met=met,
        closed=closed,
        draft=draft,
    )


def _weighed(tables: Tables, effects: list[Effect]) -> tuple[Weighed, ...]:
    found = []
    for effect in effects:
        track = tables.exercise.tracks[effect.track]
        found.append(
            Weighed(
                track.short, words.by_points(effect.by), words.direction(effect.by, track.better)
            )
        )
    return tuple(found)
