"""The request of a seat that a fact of a record would have come from, to be made again.

What people said cannot be worked out anew, but whether the table would have taken it from that seat
at that moment can: the rules that took it are asked again with the same words.
"""

from __future__ import annotations

from ttx.session import (
    control_commands,
    control_events,
    events,
    feedback,
    notebook_events,
    play_commands,
    side_commands,
    staging,
    stating,
    striking,
    telling,
)
from ttx.session.command import Command
from ttx.session.event_codec import Event
from ttx.session.game import Game
from ttx.session.rights import able


def request_of(game: Game, by: str, event: Event) -> Command | None:
    """What a seat would have asked for at this moment; None for what no request brings about.

    Of a challenge that was not upheld the request holds what was ruled instead, which is a fact of
    its own: those are for `audit` to look at.
    """
    if by in able(game.run):
        entered = _entered(game, event)
        if entered is not None:
            return entered
    match event:
        case events.Readied() | events.Started():
            return play_commands.Start()
        case events.Moved():
            waits = any(request.lever == event.lever for _, request in game.asked)
            granted = waits and by not in {seat for seat, _ in game.asked}
            if granted:
                return play_commands.Grant(event.lever, agreed=True)
            return play_commands.Move(event.lever, event.level)
        case events.MoveAsked():
            return play_commands.Move(event.lever, event.level)
        case events.MoveRefused():
            return play_commands.Grant(event.lever, agreed=False)
        case events.LeversLeft():
            return play_commands.LeaveLevers()
        case events.Answered():
            return play_commands.Submit(event.answer)
        case events.Committed():
            return play_commands.Commit(event.answer)
        case events.Chosen():
            return play_commands.Respond(event.adversary, event.response)
        case (
            events.Emptied()
            | events.AnswersClosed()
            | events.ResponsesClosed()
            | events.Confirmed()
            | events.Told()
            | events.Closed()
        ):
            return play_commands.Continue()
        case events.Messaged():
            return play_commands.Message(event.to, event.text)
        case events.Paused() | events.Resumed():
            return play_commands.Pause()
        case events.Undone():
            return play_commands.Undo(event.back_to)
        case events.Ended():
            return play_commands.End(event.reason)
    return _controlled(event) or _beside(event)


def _entered(game: Game, event: Event) -> Command | None:
    """What the desk would have entered for a cell, or gone on with."""
    match event:
        case events.LeversLeft():
            if not event.entered:
                return play_commands.Continue()
            return control_commands.Enter(event.cell, play_commands.LeaveLevers())
        case events.Answered():
            return control_commands.Enter(event.cell, play_commands.Submit(event.answer))
        case events.Chosen():
            run = game.run
            chooser = run.choosers.get(event.adversary, "")
            cell = next((s.cell for s in run.exercise.seat if s.id == chooser), "")
            asks = play_commands.Respond(event.adversary, event.response)
            return control_commands.Enter(cell, asks)
        case events.Moved() | events.MoveAsked() | events.MoveRefused():
            return _moved(game, event)
    return None


def _moved(
    game: Game, event: events.Moved | events.MoveAsked | events.MoveRefused
) -> control_commands.Enter:
    """The same of a move, or of the consent to one; the fact does not say for which cell."""
    run = game.run
    grants = {budget.granted_by for budget in run.exercise.budget}
    granters = [cell for cell in run.people if cell in grants]
    asks: Command
    if any(request.lever == event.lever for _, request in game.asked):
        asks = play_commands.Grant(event.lever, agreed=isinstance(event, events.Moved))
        return control_commands.Enter(next(iter(granters), ""), asks)
    asks = play_commands.Move(event.lever, event.level)
    part = run.exercise.levers.get(event.lever)
    holders = [cell for cell in (part.cells if part is not None else ()) if cell in run.people]
    asking = isinstance(event, events.MoveAsked)
    holders.sort(key=lambda cell: (cell in game.left, (cell in granters) == asking))
    return control_commands.Enter(next(iter(holders), ""), asks)


def _controlled(event: Event) -> Command | None:
    match event:
        case events.Released():
            return control_commands.Release(event.inject, event.reason)
        case control_events.Deferred():
            return control_commands.Defer(event.inject, event.until, event.reason)
        case control_events.Skipped():
            return control_commands.Skip(event.inject, event.reason)
        case control_events.Improvised():
            return control_commands.Improvise(event.source, event.part)
        case control_events.Delivered():
            return control_commands.Deliver(event.contextual)
        case control_events.Steered():
            return control_commands.Steer()
        case control_events.Adjusted():
            return control_commands.Adjust(event.what, event.part, event.value, event.reason)
        case control_events.Scripted():
            return control_commands.Script(event.source)
        case control_events.Weighed():
            return control_commands.Weigh(event.option, event.quarters, event.reason)
        case control_events.Challenged():
            return control_commands.Challenge(event.reason)
        case control_events.ChallengeHeard():
            return control_commands.Hear(event.outcome, event.reason)
    return _of_the_desk(event)


def _of_the_desk(event: Event) -> Command | None:
    """What sets who sits where and may do what, and what everybody sees."""
    match event:
        case control_events.SeatHandedOver():
            return control_commands.HandOver(event.seat, event.player)
        case control_events.RoomSet():
            return staging.ShowRoom(event.shows, event.inject, event.words)
        case control_events.TimeBoxed():
            return staging.SetTime(event.minutes)
        case control_events.Promoted():
            return control_commands.Promote(event.seat)
        case control_events.RightsGiven():
            return control_commands.GiveRights(event.seat, event.rights)
        case control_events.PacePassed():
            return control_commands.PassPace(event.seat)
        case control_events.ControllersAdded():
            return control_commands.AddControllers(event.count)
    return None


def _beside(event: Event) -> Command | None:
    match event:
        case notebook_events.Noted():
            return side_commands.Note(event.text, event.sort)
        case notebook_events.Struck():
            return striking.Strike(event.entry, event.instead)
        case notebook_events.Inquired():
            return side_commands.Inquire(event.question)
        case notebook_events.Replied():
            return side_commands.Reply(event.number, event.text)
        case notebook_events.Probed():
            return side_commands.Probe(event.number)
        case notebook_events.RoomAsked():
            return telling.AskRoom(event.question)
        case notebook_events.Acknowledged():
            return telling.Acknowledge(event.entries)
        case notebook_events.Allowed():
            return side_commands.Allow(event.sees)
        case notebook_events.ParticularsSet():
            return stating.StateParticulars(event.particulars)
        case notebook_events.TargetsSet():
            return stating.StateTargets(event.targets)
        case notebook_events.ForecastSet():
            return side_commands.ShareForecast(event.shared)
    return _evaluated(event)


def _evaluated(event: Event) -> Command | None:
    """What evaluators would have asked for, and the board with its plan."""
    match event:
        case notebook_events.Observed():
            return side_commands.Observe(event.sort, event.text, event.objective, event.seat)
        case notebook_events.Assigned():
            return side_commands.Assign(event.seat, event.cell)
        case notebook_events.Analysed():
            return side_commands.Analyse(event.entry, event.analysis, event.reference)
        case notebook_events.Rated():
            return side_commands.Rate(event.objective, event.rating, event.why)
        case notebook_events.Settled():
            return side_commands.Settle(event.objective, event.rating, event.why)
        case notebook_events.CardAdded():
            return side_commands.PutUp(event.column, event.text)
        case notebook_events.Voted():
            return side_commands.Vote(event.card, event.given)
        case notebook_events.Planned():
            planned = (event.card, event.capability, event.action, event.element, event.owner)
            rest = (event.starts, event.due, event.contact, event.observation)
            return side_commands.Plan(*planned, *rest)
        case notebook_events.FedBack():
            return feedback.HandIn(event.marks, event.answers)
        case notebook_events.FormClosed():
            return feedback.CloseForm()
    return None
