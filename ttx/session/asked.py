"""The request of a seat that a fact of a record would have come from, to be made again.

What people said cannot be worked out anew, but whether the table would have taken it from that seat
at that moment can: the rules that took it are asked again with the same words.
"""

from __future__ import annotations

from ttx.session import control_commands, decide, side_commands
from ttx.session.command import Command
from ttx.session.control_events import (
    Adjusted,
    Challenged,
    ChallengeHeard,
    Deferred,
    Improvised,
    Scripted,
    SeatHandedOver,
    Skipped,
    Steered,
    Weighed,
)
from ttx.session.event_codec import Event
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
from ttx.session.game import Game
from ttx.session.notebook_events import (
    Allowed,
    CardAdded,
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
        case Answered():
            return decide.Submit(event.answer)
        case Committed():
            return decide.Commit(event.answer)
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
            return control_commands.Release(event.inject, event.reason)
        case Deferred():
            return control_commands.Defer(event.inject, event.until, event.reason)
        case Skipped():
            return control_commands.Skip(event.inject, event.reason)
        case Improvised():
            return control_commands.Improvise(event.source)
        case Steered():
            return control_commands.Steer()
        case Adjusted():
            return control_commands.Adjust(event.what, event.part, event.value, event.reason)
        case Scripted():
            return control_commands.Script(event.source)
        case Weighed():
            return control_commands.Weigh(event.option, event.quarters, event.reason)
        case Challenged():
            return control_commands.Challenge(event.reason)
        case ChallengeHeard():
            return control_commands.Hear(event.outcome, event.reason)
        case SeatHandedOver():
            return control_commands.HandOver(event.seat, event.player)
    return None


def _beside(event: Event) -> Command | None:
    match event:
        case Noted():
            return side_commands.Note(event.text, event.sort)
        case Inquired():
            return side_commands.Inquire(event.question)
        case Replied():
            return side_commands.Reply(event.number, event.text)
        case Probed():
            return side_commands.Probe(event.number)
        case Allowed():
            return side_commands.Allow(event.sees)
        case ForecastSet():
            return side_commands.ShareForecast(event.shared)
        case Observed():
            return side_commands.Observe(event.sort, event.text, event.objective, event.seat)
        case Rated():
            return side_commands.Rate(event.objective, event.rating, event.why)
        case Settled():
            return side_commands.Settle(event.objective, event.rating, event.why)
        case CardAdded():
            return side_commands.PutUp(event.column, event.text)
        case Voted():
            return side_commands.Vote(event.card, event.given)
        case Planned():
            said = (event.card, event.capability, event.action, event.element, event.owner)
            return side_commands.Plan(*said, starts=event.starts, due=event.due)
    return None
