"""A record told again in plain lines, moment by moment, through one eye."""

from __future__ import annotations

from collections.abc import Iterator

from ttx.report import story
from ttx.report.review import review
from ttx.session import phases
from ttx.session.events import (
    Answered,
    Confirmed,
    Ended,
    Released,
    Started,
    TurnOpened,
    Undone,
)
from ttx.session.kinds import declared
from ttx.session.timeline import Timeline
from ttx.session.view import reckoning, ruling, words
from ttx.session.view.briefing import briefing
from ttx.session.view.excursion import told_to
from ttx.session.view.eye import Eye
from ttx.session.view.message import message
from ttx.session.view.record import RecordView, sitting


def retold(
    timeline: Timeline,
    viewpoint: str,
    turn: int | None = None,
    sealed: str = "",
    language: str = "en",
) -> Iterator[str]:
    """The story of a record from that viewpoint, or of one turn of it; each entry when it came.

    What one could read only later is told where it opened: an answer with its ruling. `sealed`
    is what the record calls its seal, and ends a whole story.
    """
    record = RecordView(timeline, viewpoint)
    struck = False
    for n in record.seen(0):
        entry = timeline.entries[n - 1]
        if turn is not None and entry.turn != turn:
            continue
        if struck != (n in timeline.struck):
            struck = not struck
            if struck:
                yield "--- taken back later, from here ---"
            elif not isinstance(entry.event, Undone):
                yield "--- what follows stands ---"
        if isinstance(entry.event, Started) and turn is None:
            eye = Eye(timeline.games[n], sitting(timeline.run, viewpoint), language)
            yield from story.excursion_lines(told_to(eye))
            yield from story.briefing_lines(briefing(eye))
        yield from _lines(record, n)
        if isinstance(entry.event, Ended) and turn is None:
            yield from story.review_lines(review(timeline.games[n], "", language))
    hidden = sum(record.hidden(timeline.last).values())
    if hidden and timeline.game.phase == phases.CLOSED:
        yield f"{hidden} entries were never open to this seat."
    if sealed and turn is None:
        yield sealed


def _lines(record: RecordView, n: int) -> Iterator[str]:
    """An entry as the eye could read it when it came."""
    timeline = record.timeline
    entry, game = timeline.entries[n - 1], timeline.games[n]
    eye = Eye(game, sitting(timeline.run, record.viewpoint))
    match entry.event:
        case Started():
            yield "STARTEX"
        case TurnOpened():
            first = timeline.run.first_day(entry.turn)
            yield f"TURN {entry.turn}  {words.MONTHS[first.month - 1]} {first.year}"
        case Released():
            view = message(eye)
            if view is not None:
                yield from story.message_lines(view)
        case Confirmed(what="ruling"):
            ruled = ruling.ruling(eye)
            if ruled is not None:
                yield from story.ruling_lines(ruled)
        case Confirmed():
            reckoned = reckoning.reckoning(eye)
            if reckoned is not None:
                yield from story.reckoning_lines(reckoned)
        case Answered() as answer if game.phase == phases.DELIBERATION:
            line = record.line(n, n)
            yield from story.wrapped(f"{eye.names.cells[answer.cell]} {line.what} (sealed)", 4)
        case Undone():
            line = record.line(n, n)
            yield from story.wrapped(f"--- {line.who} {line.what} ---", 0, 4)
        case event if declared(event).line:
            line = record.line(n, n)
            yield from story.wrapped(f"{line.who}: {line.what}", 2)
