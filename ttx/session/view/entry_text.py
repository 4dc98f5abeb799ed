"""Each kind of entry in a line of the record, and the words of the notebook."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ttx.exercise.model import text
from ttx.i18n import N_, _
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
from ttx.session.view.amended import HOW
from ttx.session.view.answers import option_title
from ttx.session.view.excursion import adjustment
from ttx.session.view.played import Line
from ttx.session.view.reader import Reader
from ttx.session.view.words import because

RATED = {
    "P": N_("performed without challenges"),
    "S": N_("performed with some challenges"),
    "M": N_("performed with major challenges"),
    "U": N_("unable to be performed"),
    "N": N_("not observed"),
}
"""Ratings in the doctrine's words (HSEEP 2020, exercise evaluation guides)."""
COLUMN = {
    "planned": N_("what was planned"),
    "happened": N_("what happened"),
    "why": N_("why"),
    "next": N_("what next"),
    "plus": N_("plus"),
    "delta": N_("delta"),
}


def _adjusted(line: Line[control.Adjusted]) -> str:
    """The other side does not read before the hot wash which of the numbers was changed."""
    if line.reader.side == "red" and not line.wash:
        return _("excursion: a number of the exercise was set otherwise")
    what = adjustment(line.before, line.event)
    return because(_("excursion: {what}", what=what), line.event.reason)


def _improvised(line: Line[control.Improvised]) -> str:
    inject = read(line.before.run.exercise, line.event.source)
    return _("wrote an inject: '{title}'", title=text(inject.title))


def _weighed(line: Line[control.Weighed]) -> str:
    event, inject = line.event, line.now.inject
    assert inject is not None
    said = _(
        "weighed the written-in action as {strength}, like '{option}'",
        strength=_(STRENGTHS[event.quarters]),
        option=option_title(inject, event.option),
    )
    return because(said, event.reason)


def _deferred(line: Line[control.Deferred]) -> str:
    title, turn = line.title(line.event.inject), line.event.until
    said = _("deferred '{title}' to turn {turn}", title=title, turn=turn)
    return because(said, line.event.reason)


def _skipped(line: Line[control.Skipped]) -> str:
    said = _("skipped '{title}'", title=line.title(line.event.inject))
    return because(said, line.event.reason)


def _steered(line: Line[control.Steered]) -> str:
    title = line.title(line.event.inject)
    return _("put the contingency of '{title}' to the table", title=title)


def _amended(line: Line[control.Amended]) -> str:
    how = _(HOW[line.event.how])
    said = _("{how} the ruling on {number}", how=how, number=line.number)
    return because(said, line.event.reason)


def _recast(line: Line[control.ReckoningAmended]) -> str:
    how, turn = _(HOW[line.event.how]), line.event.reckoning.turn
    said = _("{how} the reckoning of turn {turn}", how=how, turn=turn)
    return because(said, line.event.reason)


def _heard(line: Line[control.ChallengeHeard]) -> str:
    outcome = _(HOW[line.event.outcome])
    said = _("heard the challenge of {seat}: {outcome}", seat=_seat(line), outcome=outcome)
    return because(said, line.event.reason)


def _handed(line: Line[control.SeatHandedOver]) -> str:
    seat, player = _seat(line), line.event.player
    if player == PERSON:
        return _("handed {seat} over to a person", seat=seat)
    if player == RULE:
        return _("handed {seat} and its cell to the rule", seat=seat)
    return _("handed {seat} and its cell to the robot {player}", seat=seat, player=player)


def _seat(line: Line[control.ChallengeHeard | control.SeatHandedOver]) -> str:
    return line.names.seats.get(line.event.seat, line.event.seat)


def _messaged(line: Line[play.Messaged]) -> str:
    to, words = line.event.to, line.event.text
    if to == EVERYBODY:
        return _("to all: {words}", words=words)
    return _("to {seat}: {words}", seat=line.names.seats.get(to, to), words=words)


def _noted(line: Line[notes.Noted]) -> str:
    return f"{_(line.event.sort) if line.event.sort else _('note')}: {line.event.text}"


def _inquired(line: Line[notes.Inquired]) -> str:
    number = len(line.now.notebook.inquiries)
    return _("asked control ({number}): {question}", number=number, question=line.event.question)


def _replied(line: Line[notes.Replied]) -> str:
    number, words = line.event.number, line.event.text
    return _("control answered {number}: {words}", number=number, words=words)


def _probed(line: Line[notes.Probed]) -> str:
    asked = line.now.run.exercise.injects[line.event.inject].probing[line.event.number - 1]
    return _("asked the room: {question}", question=text(asked.ask))


def _allowed(line: Line[notes.Allowed]) -> str:
    if line.event.sees == notes.ALL_IS_SHOWN:
        return _("let observers see all")
    return _("let observers see what the room sees")


def _forecast(line: Line[notes.ForecastSet]) -> str:
    if line.event.shared:
        return _("shared the forecast with the other seats")
    return _("took the forecast from the other seats")


def _observed(line: Line[notes.Observed]) -> str:
    event = line.event
    sort = _("area for improvement") if event.sort == notes.IMPROVEMENT else _(event.sort)
    if not event.objective:
        return _("observed, {sort}: {text}", sort=sort, text=event.text)
    objective = _objective(line)
    return _(
        "observed, {sort} on '{objective}': {text}", sort=sort, objective=objective, text=event.text
    )


def _rated(line: Line[notes.Rated]) -> str:
    said = _("rated '{objective}' {rating}", objective=_objective(line), rating=_rating(line))
    return because(said, line.event.why)


def _settled(line: Line[notes.Settled]) -> str:
    said = _("settled '{objective}' {rating}", objective=_objective(line), rating=_rating(line))
    return because(said, line.event.why)


def _rating(line: Line[notes.Rated | notes.Settled]) -> str:
    return f"{line.event.rating}, {_(RATED[line.event.rating])}"


def _objective(line: Line[notes.Observed | notes.Rated | notes.Settled]) -> str:
    return line.names.objectives[line.event.objective]


def _carded(line: Line[notes.CardAdded]) -> str:
    number, column = len(line.now.notebook.cards), _(COLUMN[line.event.column])
    return _("card {number}, {column}: {text}", number=number, column=column, text=line.event.text)


def _voted(line: Line[notes.Voted]) -> str:
    if line.event.given:
        return _("voted for card {number}", number=line.event.card)
    return _("took a vote from card {number}", number=line.event.card)


def _planned(line: Line[notes.Planned]) -> str:
    event = line.event
    return _(
        "planned for card {number}: {action} ({owner}, by {due})",
        number=event.card,
        action=event.action,
        owner=event.owner,
        due=event.due,
    )


_WORDS: dict[type[Event], Callable[[Line[Any]], str]] = {
    play.Readied: lambda _line: _("had read the briefing"),
    play.Started: lambda _line: _("STARTEX"),
    play.TurnOpened: lambda line: _("turn {turn} opened", turn=line.event.turn),
    play.Moved: played.moved,
    play.MoveAsked: played.asked,
    play.MoveRefused: played.refused,
    play.MoveLapsed: played.lapsed,
    play.LeversLeft: played.levers_left,
    play.LeversClosed: played.levers_closed,
    play.Released: played.released,
    play.Emptied: played.emptied,
    play.Committed: played.committed,
    play.Answered: played.answered,
    play.AnswersClosed: played.answers_closed,
    play.Ruled: played.ruled,
    play.ResponsesOpened: lambda _line: _("the adversaries were asked how they respond"),
    play.Chosen: played.chosen,
    play.ResponsesClosed: played.responses_closed,
    play.Reckoned: played.reckoned,
    play.Confirmed: played.confirmed,
    play.Told: lambda _line: _("read on"),
    control.Deferred: _deferred,
    control.Skipped: _skipped,
    control.Improvised: _improvised,
    control.Steered: _steered,
    control.Adjusted: _adjusted,
    control.Scripted: lambda line: _(
        "wrote a robot for this run: {name}", name=robot(line.event.source).id
    ),
    control.Weighed: _weighed,
    control.Amended: _amended,
    control.ReckoningAmended: _recast,
    control.Challenged: lambda line: because(_("challenged what was ruled"), line.event.reason),
    control.ChallengeHeard: _heard,
    control.SeatHandedOver: _handed,
    notes.Noted: _noted,
    notes.Inquired: _inquired,
    notes.Replied: _replied,
    notes.Probed: _probed,
    notes.Allowed: _allowed,
    notes.ForecastSet: _forecast,
    notes.Observed: _observed,
    notes.Rated: _rated,
    notes.Settled: _settled,
    notes.CardAdded: _carded,
    notes.Voted: _voted,
    notes.Planned: _planned,
    play.Messaged: _messaged,
    play.Paused: lambda _line: _("paused the exercise"),
    play.Resumed: lambda _line: _("went on"),
    play.Undone: played.undone,
    play.Forked: lambda line: _(
        "forked from {parent} at entry {number}", parent=line.event.parent, number=line.event.cut
    ),
    play.Ended: lambda line: _("ENDEX, {reason}", reason=line.event.reason),
    play.Closed: lambda _line: _("the hot wash was over"),
}
_lacking = {kind.name for kind in KINDS.values() if kind.fact not in _WORDS}
if _lacking:
    raise TypeError(f"nothing tells an entry of the kind {', '.join(sorted(_lacking))}")


def entry_text(reader: Reader, entry: Entry, *, wash: bool) -> str:
    """What happened, in a line for a reader who may read the entry."""
    words = _WORDS.get(type(entry.event))
    if words is None:
        return _("something that this version has no words for")
    return words(Line(reader, entry, entry.event, wash))
