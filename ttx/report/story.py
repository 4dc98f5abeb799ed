"""A run in words, one thing that happens at a time, as parts of a document."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from ttx.exercise import zones
from ttx.exercise.model.part import text
from ttx.i18n import _
from ttx.report.document import Document, Entry, Facts, Mark, Paragraph, Part, Space
from ttx.report.review import Review
from ttx.session.game import Game
from ttx.session.view import words
from ttx.session.view.badge import Badge
from ttx.session.view.briefing import BriefingView
from ttx.session.view.excursion import SAYS
from ttx.session.view.message import MessageView
from ttx.session.view.reckoning import ReckoningView
from ttx.session.view.response import ResponseRow
from ttx.session.view.ruling import RulingView

RULED = 4
"""Characters by which a ruling is set in under what it is about."""


def set_in(parts: Iterable[Part], by: int) -> Entry:
    """Parts by so many characters from the edge."""
    return Entry((), tuple(parts), under=by)


def mark(badge: Badge) -> Mark:
    """Whom something is about, as documents mark it."""
    return Mark(badge.letter, badge.colour)


def excursion(sentences: Sequence[str]) -> tuple[Part, ...]:
    """That a run is an excursion, and the sentences that say by what; nothing without any."""
    return (*map(Paragraph, (_(SAYS), *sentences)), Space()) if sentences else ()


def briefing(view: BriefingView) -> Document:
    """The briefing on one page."""
    paragraphs = (*view.situation, _("The question: {question}", question=view.question))
    apart = (part for paragraph in paragraphs for part in (Paragraph(paragraph), Space()))
    return Document(view.title, parts=(*apart, Facts(view.at_the_table), Space()))


def message(view: MessageView) -> Entry:
    """An inject with its question."""
    urgent = f"  {view.precedence}" if view.precedence else ""
    title = f"{view.number} {view.title} - {view.badge.actor}, {view.kind}{urgent}"
    paragraphs = [_("{when}; from {sender}", when=view.when, sender=view.sender), *view.text]
    if view.since:
        paragraphs.append(_("THEN {since}", since=view.since))
    if view.clock is not None:
        clock = view.clock
        paragraphs.append(
            _("Clock: {sentence}: {verdict}.", sentence=clock.sentence, verdict=clock.verdict)
        )
    if view.question:
        paragraphs.append(_("QUESTION {question}", question=view.question))
    return Entry((title,), tuple(map(Paragraph, paragraphs)), mark=mark(view.badge), hang=4)


def turn_title(turn: int, when: str) -> Entry:
    """That a turn begins."""
    return Entry((_("TURN {turn}  {when}", turn=turn, when=when),))


def told(game: Game, view: Review) -> Iterator[Part]:
    """A run that robots have played, from its first turn to its last."""
    for turn in view.rows:
        yield turn_title(turn.turn, turn.when)
        parts: list[Part] = []
        if turn.moves:
            parts.append(Paragraph(_("levers: {moves}", moves="; ".join(turn.moves))))
        parts += [
            Paragraph(_("The {slot} slot stayed empty.", slot=words.slot(slot)))
            for slot in turn.empty
        ]
        parts += [inject(game, ruling) for ruling in turn.rulings]
        yield set_in(parts, 2)
        if turn.reckoning is not None:
            yield from reckoning(turn.reckoning)


def inject(game: Game, view: RulingView) -> Entry:
    """The message of an inject that was ruled on, from the record, and its ruling."""
    turn, _dot, place = view.number.partition(".")
    slot = game.turns[int(turn) - 1].slots[int(place) - 1]
    exercise, released = game.run.exercise, slot.released
    message = exercise.injects[released.inject]
    title = f"{view.number} {view.title} - {view.badge.actor}; {view.when}"
    filled = [
        zones.filled(exercise, text(part), released.day, released.hour)
        for part in message.message.text
    ]
    filled.append(_("QUESTION {question}", question=text(message.question)))
    parts = (*map(Paragraph, filled), *ruling(view))
    return Entry((title,), parts, mark=mark(view.badge), hang=4, under=2)


def ruling(view: RulingView) -> Iterator[Part]:
    """A ruling: what came of it, why, and what would have turned it."""
    for cell, title in view.answers:
        yield Entry((_("{cell} answered: {title}", cell=cell, title=title),), hang=2)
    for minority in view.minority:
        yield Paragraph(_("minority view: {told}", told=minority))
    came = " ".join(filter(None, (view.verdict, view.sentence, view.again)))
    sentence = _("RULING {number} {came}", number=view.number, came=came)
    yield Entry((sentence,), tuple(_why(view)), under=2)


def _why(view: RulingView) -> Iterator[Part]:
    yield from map(Paragraph, view.ruled)
    if view.clock is not None:
        steps = (f"{step.short} {words.hours_short(step.minutes)}" for step in view.clock.steps)
        yield Paragraph("  ".join(steps))
        slowest, posture = view.slowest, view.posture
        yield Paragraph(
            _("slowest: {slowest}; posture: {posture}", slowest=slowest, posture=posture)
        )
    for effect in view.effects:
        later = _("in {delay} turn(s)", delay=effect.delay) if effect.delay else ""
        cells = (effect.name, words.exact(effect.by), effect.arithmetic, later)
        yield Entry(cells, columns=(16, 7), numbers=(1,), hang=26)
    yield from (Paragraph(push.sentence) for push in view.pushes)
    yield Paragraph(" ".join(view.margin))


def reckoning(view: ReckoningView) -> tuple[Part, ...]:
    """The end of a turn."""
    parts: list[Part] = [*map(Paragraph, view.ruled)]
    if not view.scores:
        parts.append(Paragraph(view.headline))
    parts += map(_answer, view.responses)
    for score in view.scores:
        change = f"{words.moved_points(score.change)} {score.word.word}"
        cells = (score.name, words.exact(score.now)[1:], change)
        parts.append(Entry(cells, columns=(34, 6), numbers=(1,), hang=4))
    if view.against:
        parts.append(Paragraph(view.against))
    head = _("RECKONING T{turn} {how}", turn=view.turn, how=view.how.upper()).rstrip()
    return Entry((head,), tuple(parts)), Space()


def _answer(row: ResponseRow) -> Entry:
    """How one adversary responded, with its odds and its draw."""
    notes = [row.did]
    if row.model:
        notes.append(_(", by the model {model}", model=row.model))
    if row.rule:
        notes.append(_("; by the rule: {rule}", rule=row.rule))
    if row.short:
        notes.append(f", {row.short}")
    effects = ", ".join(f"{name} {by}" for name, by, _word in row.effects)
    odds = _("odds {odds}", odds=f"{row.odds:>6}")
    draw = _("draw {draw}", draw=f"{row.draw:>6}")
    cells = (row.name, odds, draw, f"{''.join(notes)} ({effects})")
    return Entry(cells, mark=mark(row.badge), columns=(16, 12, 12), hang=4)
