"""A record told again moment by moment through one eye, as parts of a document."""

from __future__ import annotations

from collections.abc import Iterator

from ttx.i18n import _, ngettext
from ttx.report import story
from ttx.report.document import Entry, Paragraph, Part, Space, Verbatim
from ttx.report.review import review
from ttx.report.review_text import review_of
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
from ttx.session.run import REHEARSED
from ttx.session.timeline import Timeline
from ttx.session.view import reckoning, ruling, words
from ttx.session.view.answers import whose
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
) -> Iterator[Part]:
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
                yield Paragraph(_("--- taken back later, from here ---"))
            elif not isinstance(entry.event, Undone):
                yield Paragraph(_("--- what follows stands ---"))
        if isinstance(entry.event, Started) and turn is None:
            eye = Eye(timeline.games[n], sitting(timeline.run, viewpoint))
            if timeline.run.rehearsal:
                yield from (Paragraph(_(REHEARSED)), Space())
            yield from story.excursion(told_to(eye))
            yield from story.briefing(briefing(eye)).whole
        yield from _parts(record, n)
        if isinstance(entry.event, Ended) and turn is None:
            yield from review_of(review(timeline.games[n], "")).whole
    hidden = sum(record.hidden(timeline.last).values())
    if hidden and timeline.game.phase == phases.CLOSED:
        told = ngettext(
            "{count} entry was never open to this seat.",
            "{count} entries were never open to this seat.",
            hidden,
        )
        yield Paragraph(told)
    if sealed and turn is None:
        yield Verbatim(sealed)


def _parts(record: RecordView, n: int) -> Iterator[Part]:
    """An entry as the eye could read it when it came."""
    timeline = record.timeline
    entry, game = timeline.entries[n - 1], timeline.games[n]
    eye = Eye(game, sitting(timeline.run, record.viewpoint))
    match entry.event:
        case Started():
            yield Paragraph(_("STARTEX"))
        case TurnOpened():
            first = timeline.run.first_day(entry.turn)
            yield story.turn_title(entry.turn, words.scenario_day(game.run.exercise.turns, first))
        case Released():
            view = message(eye)
            if view is not None:
                yield story.message(view)
        case Confirmed(what="ruling"):
            ruled = ruling.ruling(eye)
            if ruled is not None:
                yield story.set_in(story.ruling(ruled), story.RULED)
        case Confirmed():
            reckoned = reckoning.reckoning(eye)
            if reckoned is not None:
                yield from story.reckoning(reckoned)
        case Answered() as answer if game.phase == phases.DELIBERATION:
            cell, what = eye.names.cells[answer.cell], record.line(n, n).what
            if game.slot is not None and answer.cell in game.slot.by_robots:
                cell = whose(game.slot, answer.cell, cell)
            sealed = Paragraph(_("{cell} {what} (sealed)", cell=cell, what=what))
            yield story.set_in([sealed], 4)
        case Undone():
            line = record.line(n, n)
            yield Entry((f"--- {line.who} {line.what} ---",), hang=4)
        case event if declared(event).line:
            line = record.line(n, n)
            yield story.set_in([Paragraph(f"{line.who}: {line.what}")], 2)
