"""Each kind of entry in a line of the record."""

from __future__ import annotations

from collections.abc import Callable
from string import Formatter
from typing import Any

from ttx.exercise.model.part import text
from ttx.i18n import N_, _
from ttx.session import control_events as control
from ttx.session import events as play
from ttx.session import notebook_events as notes
from ttx.session.control_commands import STRENGTHS
from ttx.session.event_codec import Event
from ttx.session.events import EVERYBODY, Entry
from ttx.session.improvise import title_of
from ttx.session.kinds import KINDS
from ttx.session.phases import RECKONING
from ttx.session.scripts import robot
from ttx.session.view import (
    hands_text,
    notebook_text,
    particulars_text,
    play_text,
    staging_text,
    words,
)
from ttx.session.view.aims import did_in_words
from ttx.session.view.amended import HOW, outcome
from ttx.session.view.answers import option_title
from ttx.session.view.excursion import adjustment
from ttx.session.view.notebook_text import COLUMN, RATED
from ttx.session.view.reader import Line, Reader
from ttx.session.view.table import opened
from ttx.session.view.words import because


def _delivered(line: Line[control.Delivered]) -> str:
    """What went out, to whom, with its words: they are those of its author."""
    part = line.now.run.exercise.contextuals[line.event.contextual]
    to = line.event.readers
    values = {
        "title": text(part.title, line.names.language),
        "words": " ".join(text(paragraph, line.names.language) for paragraph in part.message.text),
    }
    if EVERYBODY in to:
        return _("to all, '{title}': {words}", **values)
    seats = words.listed([line.seat(seat) for seat in to])
    return _("to {seats}, '{title}': {words}", seats=seats, **values)


def _adjusted(line: Line[control.Adjusted]) -> str:
    """The other side does not read before the hot wash which of the numbers was changed."""
    if line.reader.side == "red" and not line.wash:
        return _("excursion: a number of the exercise was set otherwise")
    what = adjustment(line.before, line.event)
    return because(_("excursion: {what}", what=what), line.event.reason)


def _amended(line: Line[control.Amended]) -> str:
    """A ruling that was made otherwise, with what came of it where that was told anew."""
    event, number = line.event, line.number
    if event.how == control.BY_HAND:
        clause = _("ruled on {number} by hand", number=number)
    else:
        clause = _("{how} the ruling on {number}", how=_(HOW[event.how]), number=number)
    if event.told:
        clause = _("{clause}; what came of it: {told}", clause=clause, told=event.told)
    return because(clause, event.reason)


def _weighed_like(line: Line[control.Weighed]) -> str:
    assert line.now.inject is not None
    return option_title(line.now.inject, line.event.option)


Fills = Callable[[Line[Any]], object]
"""What stands in one place of a sentence."""

OF_EVENTS: dict[str, Fills] = {
    "title": lambda line: line.names.injects[line.event.inject],
    "lever": lambda line: line.names.levers[line.event.lever],
    "level": lambda line: line.names.level(line.event.lever, line.event.level),
    "cell": lambda line: line.names.cells[line.event.cell],
    "seat": lambda line: line.seat(line.event.seat),
    "objective": lambda line: line.names.objectives[line.event.objective],
    "rating": lambda line: f"{line.event.rating}, {_(RATED[line.event.rating])}",
    "column": lambda line: _(COLUMN[line.event.column]),
    "how": lambda line: _(HOW[line.event.how]),
}
"""By the name of the place, where a fact has an id or a letter under it, or beside it."""


def _says(sentence: str, *, reason: str = "", **fills: Fills) -> Callable[[Line[Any]], str]:
    """What tells an entry in one sentence.

    A place in it is filled as said here, else as OF_EVENTS has it, else with the fact's own value.
    The sentence ends with the reason that the fact has under the name of `reason`.
    """
    places = [place for _text, place, _spec, _shown in Formatter().parse(sentence) if place]
    known = OF_EVENTS | fills

    def tells(line: Line[Any]) -> str:
        event = line.event
        values = {at: known[at](line) if at in known else getattr(event, at) for at in places}
        clause = _(sentence, **values)
        return because(clause, getattr(event, reason)) if reason else clause

    return tells


def _one_of(of: str, sentences: dict[object, str]) -> Callable[[Line[Any]], str]:
    """What tells an entry in the one of these sentences that goes with a value of the fact."""
    tells = {value: _says(sentence) for value, sentence in sentences.items()}
    return lambda line: tells[getattr(line.event, of)](line)


_WORDS: dict[type[Event], Callable[[Line[Any]], str]] = {
    play.Readied: _says(N_("had read the briefing")),
    play.Started: _says(N_("STARTEX")),
    play.TurnOpened: _says(N_("turn {turn} opened")),
    play.Moved: hands_text.entered(_says(N_("moved {lever} to {level}"))),
    play.MoveAsked: hands_text.entered(_says(N_("asked for {lever} at {level}"))),
    play.MoveRefused: hands_text.entered(_says(N_("refused {lever} at {level}"))),
    play.MoveLapsed: _says(N_("nobody answered the request for {lever} at {level}")),
    play.LeversLeft: hands_text.levers_left,
    play.LeversClosed: play_text.levers_closed,
    play.Released: play_text.released,
    play.Emptied: _one_of(
        "slot",
        {
            "policy": N_("the policy slot stayed empty"),
            "crisis": N_("the crisis slot stayed empty"),
        },
    ),
    play.Committed: play_text.committed,
    play.Answered: play_text.answered,
    play.AnswersClosed: play_text.answers_closed,
    play.Ruled: play_text.ruled,
    play.ResponsesOpened: _says(N_("the adversaries were asked how they respond")),
    play.Chosen: _says(
        N_("chose for {name}: {response}, {move}"),
        name=lambda line: line.names.adversaries[line.event.adversary],
        response=lambda line: words.response(line.event.response),
        move=lambda line: did_in_words(line.now, line.event.adversary, line.event.response),
    ),
    play.ResponsesClosed: play_text.responses_closed,
    play.Reckoned: play_text.reckoned,
    play.Confirmed: play_text.confirmed,
    play.Told: _says(N_("read on")),
    control.Deferred: _says(
        N_("deferred '{title}' to turn {turn}"), reason="reason", turn=lambda line: line.event.until
    ),
    control.Skipped: _says(N_("skipped '{title}'"), reason="reason"),
    control.Improvised: _says(
        N_("wrote an inject: '{title}'"),
        title=lambda line: title_of(line.event.source, line.event.part),
    ),
    control.Delivered: _delivered,
    control.Steered: _says(N_("put the contingency of '{title}' to the table")),
    control.Adjusted: _adjusted,
    control.Scripted: _says(
        N_("wrote a robot for this run: {name}"), name=lambda line: robot(line.event.source).id
    ),
    control.Weighed: _says(
        N_("weighed the written-in action as {strength}, like '{option}'"),
        reason="reason",
        strength=lambda line: _(STRENGTHS[line.event.quarters]),
        option=_weighed_like,
    ),
    control.Amended: _amended,
    control.ReckoningAmended: _says(
        N_("{how} the reckoning of turn {turn}"),
        reason="reason",
        turn=lambda line: line.event.reckoning.turn,
    ),
    control.Challenged: _says(N_("challenged what was ruled"), reason="reason"),
    control.ChallengeHeard: _says(
        N_("heard the challenge of {seat}: {outcome}"),
        reason="reason",
        outcome=lambda line: outcome(line.event, reckoning=line.now.phase == RECKONING),
    ),
    control.SeatHandedOver: hands_text.handed,
    control.RoomSet: staging_text.room_set,
    control.TimeBoxed: staging_text.time_boxed,
    control.Promoted: _says(
        N_("made {seat} the lead of {cell}"),
        cell=lambda line: line.names.cells[line.reader.cell_of(line.event.seat)],
    ),
    control.RightsGiven: hands_text.rights_given,
    control.PacePassed: hands_text.pace_passed,
    control.ControllersAdded: hands_text.controllers_added,
    notes.Noted: lambda line: (
        f"{_(line.event.sort) if line.event.sort else _('note')}: {line.event.text}"
    ),
    notes.Struck: notebook_text.struck,
    notes.Inquired: _says(
        N_("asked control ({number}): {question}"),
        number=lambda line: len(line.now.notebook.inquiries),
    ),
    notes.Replied: _says(
        N_("control answered {number}: {words}"), words=lambda line: line.event.text
    ),
    notes.Probed: _says(N_("asked the room: {question}"), question=notebook_text.asked_the_room),
    notes.RoomAsked: _says(N_("asked the room: {question}")),
    notes.Acknowledged: _says(
        N_("had read what was sent to it (entry {numbers})"),
        numbers=lambda line: ", ".join(map(str, line.event.entries)),
    ),
    notes.Allowed: _one_of(
        "sees",
        {
            notes.ALL_IS_SHOWN: N_("let observers see all"),
            notes.AS_THE_ROOM: N_("let observers see what the room sees"),
        },
    ),
    notes.ForecastSet: _one_of(
        "shared",
        {
            True: N_("shared the forecast with the other seats"),
            False: N_("took the forecast from the other seats"),
        },
    ),
    notes.ParticularsSet: particulars_text.particulars_set,
    notes.TargetsSet: particulars_text.targets_set,
    notes.Observed: notebook_text.observed,
    notes.Assigned: notebook_text.assigned,
    notes.Analysed: notebook_text.analysed,
    notes.Rated: _says(N_("rated '{objective}' {rating}"), reason="why"),
    notes.Settled: _says(N_("settled '{objective}' {rating}"), reason="why"),
    notes.CardAdded: _says(
        N_("card {number}, {column}: {text}"), number=lambda line: len(line.now.notebook.cards)
    ),
    notes.Voted: _one_of(
        "given",
        {True: N_("voted for card {card}"), False: N_("took a vote from card {card}")},
    ),
    notes.Planned: notebook_text.planned,
    notes.FedBack: lambda _line: _("handed in the feedback form"),
    notes.FormClosed: lambda _line: _("closed the feedback form"),
    play.Messaged: play_text.messaged,
    play.Paused: _says(N_("paused the exercise")),
    play.Resumed: _says(N_("went on")),
    play.Undone: _says(N_("went back to {opening}"), opening=lambda line: opened(line.now)),
    play.Forked: _says(
        N_("forked from {parent} at entry {number}"), number=lambda line: line.event.cut
    ),
    play.Ended: lambda line: _("ENDEX, {reason}", reason=_(line.event.reason)),
    play.Closed: _says(N_("the hot wash was over")),
}

_lacking = {kind.name for kind in KINDS.values() if kind.fact not in _WORDS}
if _lacking:
    raise TypeError(f"nothing tells an entry of the kind {', '.join(sorted(_lacking))}")


def entry_text(reader: Reader, entry: Entry, *, wash: bool) -> str:
    """What happened, in a line for a reader who may read the entry."""
    tells = _WORDS.get(type(entry.event))
    if tells is None:
        return _("something that this version has no words for")
    return tells(Line(reader, entry, entry.event, wash))
