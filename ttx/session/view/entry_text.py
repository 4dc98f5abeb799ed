"""Each kind of entry in a line of the record, and the words of the notebook."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from ttx.exercise.model import text
from ttx.session import control_events as control
from ttx.session import events as play
from ttx.session import notebook_events as notes
from ttx.session.control_commands import STRENGTHS
from ttx.session.event_codec import Event
from ttx.session.events import EVERYBODY, Entry
from ttx.session.improvise import read
from ttx.session.kinds import KINDS
from ttx.session.run import PERSON, RULE
from ttx.session.scripts import robot
from ttx.session.view import played
from ttx.session.view.excursion import told as excursion
from ttx.session.view.played import Line
from ttx.session.view.reader import Reader

E = TypeVar("E", bound=Event)

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


def _adjusted(line: Line[control.Adjusted]) -> str:
    """The other side does not read before the hot wash which of the numbers was changed."""
    if line.reader.side == "red" and not line.wash:
        return "excursion: a number of the exercise was set otherwise"
    what = excursion(line.before.run.exercise, line.event, line.language)
    return f"excursion: {what}, because: {line.event.reason}"


def _improvised(line: Line[control.Improvised]) -> str:
    inject = read(line.before.run.exercise, line.event.source)
    return f"wrote an inject: '{text(inject.title, line.language)}'"


def _weighed(line: Line[control.Weighed]) -> str:
    event, inject = line.event, line.now.inject
    assert inject is not None
    option = next(text(o.title, line.language) for o in inject.option if o.id == event.option)
    said = f"{STRENGTHS[event.quarters]}, like '{option}'"
    return f"weighed the written-in action as {said}, because: {event.reason}"


def _heard(line: Line[control.ChallengeHeard]) -> str:
    event = line.event
    return f"heard the challenge of {_seat(line)}: {event.outcome}, because: {event.reason}"


def _handed(line: Line[control.SeatHandedOver]) -> str:
    if line.event.player == PERSON:
        return f"handed {_seat(line)} over to a person"
    to = "the rule" if line.event.player == RULE else f"the robot {line.event.player}"
    return f"handed {_seat(line)} and its cell to {to}"


def _seat(line: Line[control.ChallengeHeard | control.SeatHandedOver]) -> str:
    return line.reader.seats.get(line.event.seat, line.event.seat)


def _messaged(line: Line[play.Messaged]) -> str:
    to = line.event.to
    named = "all" if to == EVERYBODY else line.reader.seats.get(to, to)
    return f"to {named}: {line.event.text}"


def _probed(line: Line[notes.Probed]) -> str:
    asked = line.now.run.exercise.injects[line.event.inject].probing[line.event.number - 1]
    return f"asked the room: {text(asked.ask, line.language)}"


def _observed(line: Line[notes.Observed]) -> str:
    event = line.event
    about = f" on '{_objective(line)}'" if event.objective else ""
    named = {"improvement": "area for improvement"}.get(event.sort, event.sort)
    return f"observed, {named}{about}: {event.text}"


def _rated(line: Line[notes.Rated | notes.Settled], verb: str) -> str:
    event = line.event
    rating = f"{event.rating}, {RATED[event.rating]}"
    return f"{verb} '{_objective(line)}' {rating}, because: {event.why}"


def _objective(line: Line[notes.Observed | notes.Rated | notes.Settled]) -> str:
    every = {one.id: one.text for one in line.now.run.exercise.objective}
    return text(every[line.event.objective], line.language)


def _carded(line: Line[notes.CardAdded]) -> str:
    number = len(line.now.notebook.cards)
    return f"card {number}, {COLUMN[line.event.column]}: {line.event.text}"


def _planned(line: Line[notes.Planned]) -> str:
    event = line.event
    return f"planned for card {event.card}: {event.action} ({event.owner}, by {event.due})"


@dataclass(frozen=True, slots=True)
class _Told(Generic[E]):
    """How the entries of one kind are told."""

    fact: type[E]
    words: Callable[[Line[E]], str]


_ROWS: tuple[_Told[Any], ...] = (
    _Told(play.Readied, lambda _: "had read the briefing"),
    _Told(play.Started, lambda _: "STARTEX"),
    _Told(play.TurnOpened, lambda line: f"turn {line.event.turn} opened"),
    _Told(play.Moved, played.moved),
    _Told(play.MoveAsked, lambda line: played.asked(line, "asked for")),
    _Told(play.MoveRefused, lambda line: played.asked(line, "refused")),
    _Told(play.MoveLapsed, lambda line: played.asked(line, "nobody answered the request for")),
    _Told(
        play.LeversLeft,
        lambda line: f"{line.reader.cells[line.event.cell]} is done with its levers",
    ),
    _Told(play.LeversClosed, played.levers_closed),
    _Told(play.Released, played.released),
    _Told(play.Emptied, lambda line: f"the {line.event.slot} slot stayed empty"),
    _Told(play.Committed, played.committed),
    _Told(play.Answered, played.answered),
    _Told(play.AnswersClosed, played.answers_closed),
    _Told(play.Ruled, played.ruled),
    _Told(play.ResponsesOpened, lambda _: "the adversaries were asked how they respond"),
    _Told(play.Chosen, played.chosen),
    _Told(play.ResponsesClosed, played.responses_closed),
    _Told(play.Reckoned, played.reckoned),
    _Told(play.Confirmed, played.confirmed),
    _Told(play.Told, lambda _: "read on"),
    _Told(
        control.Deferred,
        lambda line: (
            f"deferred '{line.title(line.event.inject)}' to turn {line.event.until}, "
            f"because: {line.event.reason}"
        ),
    ),
    _Told(
        control.Skipped,
        lambda line: f"skipped '{line.title(line.event.inject)}', because: {line.event.reason}",
    ),
    _Told(control.Improvised, _improvised),
    _Told(
        control.Steered,
        lambda line: f"put the contingency of '{line.title(line.event.inject)}' to the table",
    ),
    _Told(control.Adjusted, _adjusted),
    _Told(
        control.Scripted, lambda line: f"wrote a robot for this run: {robot(line.event.source).id}"
    ),
    _Told(control.Weighed, _weighed),
    _Told(
        control.Amended,
        lambda line: f"{line.event.how} the ruling on {line.number}, because: {line.event.reason}",
    ),
    _Told(
        control.ReckoningAmended,
        lambda line: (
            f"{line.event.how} the reckoning of turn {line.event.reckoning.turn}, "
            f"because: {line.event.reason}"
        ),
    ),
    _Told(
        control.Challenged,
        lambda line: f"challenged what was ruled, because: {line.event.reason}",
    ),
    _Told(control.ChallengeHeard, _heard),
    _Told(control.SeatHandedOver, _handed),
    _Told(notes.Noted, lambda line: f"{line.event.sort or 'note'}: {line.event.text}"),
    _Told(
        notes.Inquired,
        lambda line: f"asked control ({len(line.now.notebook.inquiries)}): {line.event.question}",
    ),
    _Told(notes.Replied, lambda line: f"control answered {line.event.number}: {line.event.text}"),
    _Told(notes.Probed, _probed),
    _Told(
        notes.Allowed,
        lambda line: (
            f"let observers see "
            f"{'all' if line.event.sees == notes.ALL_IS_SHOWN else 'what the room sees'}"
        ),
    ),
    _Told(
        notes.ForecastSet,
        lambda line: (
            "shared the forecast with the other seats"
            if line.event.shared
            else "took the forecast from the other seats"
        ),
    ),
    _Told(notes.Observed, _observed),
    _Told(notes.Rated, lambda line: _rated(line, "rated")),
    _Told(notes.Settled, lambda line: _rated(line, "settled")),
    _Told(notes.CardAdded, _carded),
    _Told(
        notes.Voted,
        lambda line: (
            f"{'voted for' if line.event.given else 'took a vote from'} card {line.event.card}"
        ),
    ),
    _Told(notes.Planned, _planned),
    _Told(play.Messaged, _messaged),
    _Told(play.Paused, lambda _: "paused the exercise"),
    _Told(play.Resumed, lambda _: "went on"),
    _Told(play.Undone, played.undone),
    _Told(play.Forked, lambda line: f"forked from {line.event.parent} at entry {line.event.cut}"),
    _Told(play.Ended, lambda line: f"ENDEX, {line.event.reason}"),
    _Told(play.Closed, lambda _: "the hot wash was over"),
)
_WORDS = {one.fact: one.words for one in _ROWS}
_lacking = {kind.name for kind in KINDS.values() if kind.fact not in _WORDS}
if _lacking:
    raise TypeError(f"nothing tells an entry of the kind {', '.join(sorted(_lacking))}")


def told(reader: Reader, entry: Entry, *, wash: bool) -> str:
    """What happened, in a line for a reader who may read the entry."""
    words = _WORDS.get(type(entry.event))
    if words is None:
        return "something that this version has no words for"
    return words(Line(reader, entry, entry.event, wash))
