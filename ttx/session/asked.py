"""The request of a seat that a fact of a record would have come from, to be made again.

What people said cannot be worked out anew, but whether the table would have taken it from that seat
at that moment can: the rules that took it are asked again with the same words.
"""

from __future__ import annotations

from ttx.session import asides, control, decide
from ttx.session.command import Command
from ttx.session.controlled import (
    Adjusted,
    Challenged,
    Deferred,
    Handed,
    Heard,
    Improvised,
    Scripted,
    Skipped,
    Steered,
    Weighed,
)
from ttx.session.events import (
    Answered,
    AnswersClosed,
    Chosen,
    Closed,
    Committed,
    Confirmed,
    Emptied,
    Ended,
    LeversLeft,
    Messaged,
    MoveAsked,
    Moved,
    MoveRefused,
    Paused,
    Readied,
    Released,
    ResponsesClosed,
    Resumed,
    Started,
    Told,
    Undone,
)
from ttx.session.facts import Event
from ttx.session.game import Game
from ttx.session.noted import (
    Allowed,
    Carded,
    ForecastSet,
    Inquired,
    Noted,
    Observed,
    Planned,
    Probed,
    Rated,
    Replied,
    Settled,
    Voted,
)


def request_of(game: Game, by: str, event: Event) -> Command | None:
    """What a seat would have asked for at this moment; None for what no request brings about.

    Of a challenge that was not upheld the request holds what was ruled instead, which is a fact of
    its own: those are for `audit` to look at.
    """
    match event:
        case Readied() | Started():
            return decide.Start()
        case Moved():
            waits = any(one.lever == event.lever for _, one in game.asked)
            granted = waits and by not in {seat for seat, _ in game.asked}
            if granted:
                return decide.Grant(event.lever, agreed=True)
            return decide.Move(event.lever, event.level)
        case MoveAsked():
            return decide.Move(event.lever, event.level)
        case MoveRefused():
            return decide.Grant(event.lever, agreed=False)
        case LeversLeft():
            return decide.Continue() if by == game.run.facilitator else decide.LeaveLevers()
        case Answered() | Committed():
            made = decide.Submit if isinstance(event, Answered) else decide.Commit
            said = (event.option, event.confidence, event.expects, event.rationale)
            return made(*said, event.written, event.pro, event.contra)
        case Chosen():
            return decide.Respond(event.adversary, event.response)
        case Emptied() | AnswersClosed() | ResponsesClosed() | Confirmed() | Told() | Closed():
            return decide.Continue()
        case Messaged():
            return decide.Message(event.to, event.text)
        case Paused() | Resumed():
            return decide.Pause()
        case Undone():
            return decide.Undo(event.back_to)
        case Ended():
            return decide.End(event.reason)
    return _controlled(event) or _beside(event)


def _controlled(event: Event) -> Command | None:
    match event:
        case Released():
            return control.Release(event.inject, event.reason)
        case Deferred():
            return control.Defer(event.inject, event.until, event.reason)
        case Skipped():
            return control.Skip(event.inject, event.reason)
        case Improvised():
            return control.Improvise(event.source)
        case Steered():
            return control.Steer()
        case Adjusted():
            return control.Adjust(event.what, event.part, event.value, event.reason)
        case Scripted():
            return control.Script(event.source)
        case Weighed():
            return control.Weigh(event.option, event.quarters, event.reason)
        case Challenged():
            return control.Challenge(event.reason)
        case Heard():
            return control.Hear(event.outcome, event.reason)
        case Handed():
            return control.HandOver(event.seat, event.player)
    return None


def _beside(event: Event) -> Command | None:
    match event:
        case Noted():
            return asides.Note(event.text, event.sort)
        case Inquired():
            return asides.Inquire(event.question)
        case Replied():
            return asides.Reply(event.number, event.text)
        case Probed():
            return asides.Probe(event.number)
        case Allowed():
            return asides.Allow(event.sees)
        case ForecastSet():
            return asides.ShareForecast(event.shared)
        case Observed():
            return asides.Observe(event.sort, event.text, event.objective, event.seat)
        case Rated():
            return asides.Rate(event.objective, event.rating, event.why)
        case Settled():
            return asides.Settle(event.objective, event.rating, event.why)
        case Carded():
            return asides.PutUp(event.column, event.text)
        case Voted():
            return asides.Vote(event.card, event.given)
        case Planned():
            said = (event.card, event.capability, event.action, event.element, event.owner)
            return asides.Plan(*said, starts=event.starts, due=event.due)
    return None
