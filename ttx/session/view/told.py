"""What exercise control did and what was written beside the play, each in a line of the record."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ttx.exercise.model import text
from ttx.session.control import STRENGTHS
from ttx.session.controlled import (
    Adjusted,
    Amended,
    Challenged,
    Deferred,
    Handed,
    Heard,
    Improvised,
    Recast,
    Skipped,
    Steered,
    Weighed,
)
from ttx.session.excursions import told as excursion
from ttx.session.improvise import read
from ttx.session.noted import (
    ALL_IS_SHOWN,
    Allowed,
    Carded,
    Inquired,
    Observed,
    Planned,
    Probed,
    Rated,
    Replied,
    Settled,
    Voted,
)
from ttx.session.run import PERSON

if TYPE_CHECKING:
    from ttx.session.events import Entry
    from ttx.session.view.record import RecordView

RATED = {
    "P": "performed without challenges",
    "S": "performed with some challenges",
    "M": "performed with major challenges",
    "U": "unable to be performed",
    "N": "not observed",
}
"""Ratings in the doctrine's words (HSEEP 2020, exercise evaluation guides)."""
COLUMN = {
    "planned": "what was planned",
    "happened": "what happened",
    "why": "why",
    "next": "what next",
    "plus": "plus",
    "delta": "delta",
}


def told_of_control(view: RecordView, entry: Entry, *, wash: bool) -> str:
    """A fact of exercise control; empty where it is none.

    The other side does not read before the hot wash which of the alliance's numbers was changed.
    """
    event, language = entry.event, view.language
    exercise = view.reel.moments[entry.n].run.exercise

    def news(inject: str) -> str:
        return f"'{text(exercise.injects[inject].title, language)}'"

    match event:
        case Deferred():
            return f"deferred {news(event.inject)} to turn {event.until}, because: {event.reason}"
        case Skipped():
            return f"skipped {news(event.inject)}, because: {event.reason}"
        case Improvised():
            before = view.reel.moments[entry.n - 1].run.exercise
            return f"wrote an inject: '{text(read(before, event.source).title, language)}'"
        case Steered():
            return f"put the contingency of {news(event.inject)} to the table"
        case Adjusted() if view.side == "red" and not wash:
            return "excursion: a number of the exercise was set otherwise"
        case Adjusted():
            before = view.reel.moments[entry.n - 1].run.exercise
            return f"excursion: {excursion(before, event, language)}, because: {event.reason}"
        case Weighed():
            inject = view.reel.moments[entry.n].inject
            assert inject is not None
            option = next(o for o in inject.option if o.id == event.option)
            said = f"{STRENGTHS[event.quarters]}, like '{text(option.title, language)}'"
            return f"weighed the written-in action as {said}, because: {event.reason}"
        case Amended():
            number = view.reel.number(entry.n)
            return f"{event.how} the ruling on {number}, because: {event.reason}"
        case Recast():
            turn = event.reckoning.turn
            return f"{event.how} the reckoning of turn {turn}, because: {event.reason}"
        case Challenged():
            return f"challenged what was ruled, because: {event.reason}"
        case Heard():
            who = view.seats.get(event.seat, event.seat)
            return f"heard the challenge of {who}: {event.outcome}, because: {event.reason}"
        case Handed():
            who = view.seats.get(event.seat, event.seat)
            if event.player == PERSON:
                return f"handed {who} over to a person"
            return f"handed {who} and its cell to the robot {event.player}"
    return ""


def told_of_the_notebook(view: RecordView, entry: Entry) -> str:
    """A page of the notebook; empty where it is none."""
    event, language = entry.event, view.language
    game = view.reel.moments[entry.n]
    exercise = game.run.exercise
    objectives = {one.id: text(one.text, language) for one in exercise.objective}
    match event:
        case Inquired():
            return f"asked control ({len(game.notebook.inquiries)}): {event.question}"
        case Replied():
            return f"control answered {event.number}: {event.text}"
        case Probed():
            ask = exercise.injects[event.inject].probing[event.number - 1].ask
            return f"asked the room: {text(ask, language)}"
        case Allowed():
            every = event.sees == ALL_IS_SHOWN
            return f"let observers see {'all' if every else 'what the room sees'}"
        case Observed():
            about = f" on '{objectives[event.objective]}'" if event.objective else ""
            named = {"improvement": "area for improvement"}.get(event.sort, event.sort)
            return f"observed, {named}{about}: {event.text}"
        case Rated() | Settled():
            verb = "rated" if isinstance(event, Rated) else "settled"
            rating = f"{event.rating}, {RATED[event.rating]}"
            return f"{verb} '{objectives[event.objective]}' {rating}, because: {event.why}"
        case Carded():
            return f"card {len(game.notebook.cards)}, {COLUMN[event.column]}: {event.text}"
        case Voted():
            return f"{'voted for' if event.given else 'took a vote from'} card {event.card}"
        case Planned():
            return f"planned for card {event.card}: {event.action} ({event.owner}, by {event.due})"
    return ""
