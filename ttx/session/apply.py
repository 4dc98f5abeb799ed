"""What each fact of a record changes of a game: folded from stored facts, never computed anew."""

from __future__ import annotations

from dataclasses import replace

from ttx.adjudicator import rulings, succession
from ttx.adjudicator.facts import Moving, Opening
from ttx.adjudicator.tables import Tables
from ttx.i18n import _
from ttx.session import control_events, events, hands, phases
from ttx.session.event_codec import Event
from ttx.session.excursions import adjusted
from ttx.session.game import (
    LEVERS_SET,
    RESPONSES_CHOSEN,
    ChallengeRecord,
    Game,
    Known,
    PhaseDuration,
    Sending,
    Sent,
    SlotRecord,
    TurnRecord,
    openings,
)
from ttx.session.improvise import taken_in
from ttx.session.kinds import declared
from ttx.session.notebook import Stamp
from ttx.session.notebook_events import Page
from ttx.session.rights import able
from ttx.session.run import Run
from ttx.session.scripts import with_robot
from ttx.session.sent import addressees

Changes = dict[str, object]
"""New values of fields by name."""


def beginning(run: Run) -> Game:
    """The game before its first entry."""
    return Game(run, rulings.start(run.tables, run.seed))


def apply(game: Game, entry: events.Entry) -> Game:
    """The game after one more entry.

    Raises:
        ValueError: It cannot follow.
    """
    event = entry.event
    kind = declared(event)
    phase = phases.after(game.phase, kind.name)
    if phase is None:
        raise ValueError(
            _("{kind} cannot follow in the phase {phase}", kind=kind.name, phase=game.phase)
        )
    number = game.entries + 1
    durations = (
        *game.durations,
        PhaseDuration(len(game.turns), game.number, game.phase, entry.elapsed),
    )
    if isinstance(event, events.Undone):
        back = replace(_undone(game, event.back_to, number), durations=durations)
        return _with_sent(game, entry, back)
    changes: Changes = {"entries": number, "elapsed": entry.elapsed}
    if not kind.aside and not isinstance(event, events.Forked):
        changes |= {"opened": 0, "opening": game if game.opened else game.opening}
    if phase != game.phase:
        changes |= {"phase": phase, "elapsed": 0, "durations": durations, "boxed": None}
    if isinstance(event, control_events.TimeBoxed):
        changes["boxed"] = entry.elapsed + 60 * event.minutes if event.minutes else None
    if isinstance(event, control_events.Delivered):
        changes["delivered"] = (*game.delivered, _sending(game, entry, event))
    if isinstance(event, Page):
        changes["notebook"] = game.notebook.with_page(_stamp(game, entry, number), event)
    after = replace(game, **(changes | _changes(game, entry.by, event, number)))  # type: ignore[arg-type]  # the names are those of Game
    return _with_sent(game, entry, after)


def _sending(game: Game, entry: events.Entry, event: control_events.Delivered) -> Sending:
    played = (past.seconds for past in game.durations if past.phase not in phases.OUTSIDE_PLAY)
    now = sum(played) + entry.elapsed
    return Sending(game.entries + 1, len(game.turns), game.number, now, entry.by, event)


def _with_sent(before: Game, entry: events.Entry, after: Game) -> Game:
    """The game after an entry, with who is told of it."""
    addressed = addressees(before, entry)
    if not addressed.to:
        return after
    stamp = _stamp(after, entry, after.entries)
    return replace(after, sent=(*before.sent, Sent(stamp, entry.event, *addressed)))


def _stamp(game: Game, entry: events.Entry, number: int) -> Stamp:
    slot = game.slot
    return Stamp(
        n=number,
        turn=len(game.turns),
        number=game.number,
        inject=slot.released.inject if slot is not None else "",
        day=slot.released.day if slot is not None else "",
        hour=slot.released.hour if slot is not None else 0,
        phase=game.phase,
        by=entry.by,
        at=entry.at,
    )


def _changes(game: Game, by: str, event: Event, number: int) -> Changes:
    """What an event changes of the game, beside its phase and what all events change."""
    match event:
        case events.Paused() | events.Resumed():
            return {"paused": isinstance(event, events.Paused)}
        case events.Messaged():
            return {"messages": (*game.messages, (number, event.to, event.text))}
        case events.Readied():
            return {"ready": (*game.ready, by)}
        case events.Forked():
            return {"forked": event}
        case (
            events.TurnOpened()
            | events.Moved()
            | events.MoveAsked()
            | events.MoveRefused()
            | events.MoveLapsed()
            | events.LeversLeft()
        ):
            return _in_levers(game, by, event, number)
        case events.LeversClosed():
            after = succession.closed(game.run.tables, game.position, event.posture)
            return {"position": after, "asked": ()}
        case events.Released():
            slots = (*game.turns[-1].slots, SlotRecord(event, game.position, len(game.set_aside)))
            return _turn(game, slots=slots) | {"opened": number}
        case events.Emptied():
            return _turn(game, empty=(*game.turns[-1].empty, event.slot))
        case events.Answered():
            slot = game.turns[-1].slots[-1]
            concurs = by.startswith("robot:") and bool(game.run.people)
            robots = (*slot.by_robots, *([event.cell] if concurs else []))
            answers = {**slot.answers, event.cell: event.answer}
            entered = {**slot.entered, event.cell: by} if by in able(game.run) else slot.entered
            return _slot(game, answers=answers, by_robots=robots, entered=entered)
        case events.Committed():
            commitments = game.turns[-1].slots[-1].commitments
            return _slot(game, commitments={**commitments, by: event.answer})
        case events.AnswersClosed():
            return _slot(game, closed=event.cells)
        case events.Ruled():
            return _slot(game, ruled=event)
        case events.ResponsesOpened() | events.Chosen() | events.ResponsesClosed():
            return _in_responses(game, by, event, number)
        case events.Reckoned():
            return _turn(game, before=game.position, proposed=event)
        case events.Confirmed():
            return _confirmed(game)
        case events.Ended():
            return {"ended": event.reason, "paused": False}
        case Page() | events.Started() | events.Told() | events.Closed():
            return {}
    return _controlled(game, by, event)


def _controlled(game: Game, by: str, event: Event) -> Changes:
    """What exercise control changes of the game; ValueError where nothing is said of that."""
    match event:
        case control_events.Deferred() | control_events.Skipped():
            return {"set_aside": (*game.set_aside, event)}
        case control_events.Improvised():
            exercise = taken_in(game.run.exercise, event.source, event.part)
            return {"run": replace(game.run, exercise=exercise)}
        case control_events.Delivered():
            return {}
        case control_events.Adjusted():
            written = game.written or game.run.exercise
            run = replace(game.run, exercise=adjusted(game.run.exercise, event, written))
            return {
                "run": run,
                "position": rulings.start(run.tables, run.seed),
                "adjusted": (*game.adjusted, event),
                "written": written,
            }
        case control_events.Scripted():
            exercise = with_robot(game.run.exercise, event.source)
            return {"run": replace(game.run, exercise=exercise)}
        case control_events.SeatHandedOver():
            players = {**game.run.players, game.run.seat(event.seat).cell: event.player}
            handed = (*game.handed, (game.entries + 1, event.seat, event.player))
            return {"run": replace(game.run, players=players), "handed": handed}
        case (
            control_events.Promoted()
            | control_events.RightsGiven()
            | control_events.PacePassed()
            | control_events.ControllersAdded()
        ):
            return {"run": hands.after(game.run, event)}
        case control_events.RoomSet():
            follows = event.shows == control_events.FOLLOWS
            held = game if event.shows == control_events.HELD else None
            return {"room": None if follows else event, "held": held}
        case control_events.TimeBoxed():
            return {}
        case control_events.Steered():
            return _slot(game, steered=True)
        case control_events.Weighed():
            return _slot(game, weighed=event)
        case control_events.Amended():
            return _amended(game, by, event)
        case control_events.ReckoningAmended():
            return _recast(game, by, event)
        case control_events.Challenged() | control_events.ChallengeHeard():
            return _challenged(game, by, event)
    raise ValueError(f"no rule says what {declared(event).name} changes")


def _amended(game: Game, by: str, event: control_events.Amended) -> Changes:
    """Before the gate it is proposed instead; after it what the ruling did is done otherwise."""
    slot = game.turns[-1].slots[-1]
    changes = _slot(game, amendments=(*slot.amendments, (by, event)))
    if slot.confirmed:
        changes["position"] = succession.ruled(game.run.tables, slot.before, event.ruling)
    return changes


def _recast(game: Game, by: str, event: control_events.ReckoningAmended) -> Changes:
    turn = game.turns[-1]
    recasts = (*turn.recasts, (by, event))
    if not turn.confirmed:
        return _turn(game, recasts=recasts)
    assert turn.before is not None
    after = succession.reckoned(game.run.tables, turn.before, event.reckoning)
    return _turn(game, recasts=recasts, end=after) | {"position": after}


def _challenged(
    game: Game, by: str, event: control_events.Challenged | control_events.ChallengeHeard
) -> Changes:
    turn = game.turns[-1]
    of_turn = turn.proposed is not None
    known = turn.challenges if of_turn else turn.slots[-1].challenges
    if isinstance(event, control_events.Challenged):
        known = (*known, ChallengeRecord(by, event.reason))
    else:
        known = tuple(
            replace(challenge, heard=event, heard_by=by)
            if challenge.seat == event.seat and challenge.heard is None
            else challenge
            for challenge in known
        )
    return _turn(game, challenges=known) if of_turn else _slot(game, challenges=known)


def _undone(game: Game, back_to: int, number: int) -> Game:
    back = next((opening for opening in openings(game) if opening.opened == back_to), None)
    if back is None:
        raise ValueError(_("nothing opened at entry {entry}", entry=back_to))
    return replace(
        back,
        entries=number,
        elapsed=0,
        run=game.run,
        paused=game.paused,
        notebook=game.notebook,
        set_aside=game.set_aside,
        handed=game.handed,
        room=game.room,
        held=game.held,
        boxed=None,
        ready=game.ready,
        messages=game.messages,
        delivered=game.delivered,
        sent=game.sent,
        undone=(*game.undone, (back_to, number)),
        known=game.known | _seen(game, back),
    )


def _seen(game: Game, back: Game) -> set[Known]:
    """What the table saw after `found`: rulings, and the news that came after its levers."""
    last = back.turns[-1]
    stand = {slot.released.inject for slot in last.slots if slot.ruled is not None}
    seen: set[Known] = set()
    for turn in game.turns[len(back.turns) - 1 :]:
        number = turn.opened.turn
        here = number == last.opened.turn
        ruled = {slot.released.inject for slot in turn.slots if slot.ruled is not None}
        seen |= {(number, inject) for inject in ruled - (stand if here else set())}
        if turn.slots and not (here and back.phase != phases.LEVERS):
            seen.add((number, LEVERS_SET))
        if turn.chosen and turn.proposed is not None:
            seen.add((number, RESPONSES_CHOSEN))
    return seen


def _turn(game: Game, **changes: object) -> Changes:
    last = replace(game.turns[-1], **changes)  # type: ignore[arg-type]  # the names are those of TurnRecord
    return {"turns": (*game.turns[:-1], last)}


def _slot(game: Game, **changes: object) -> Changes:
    slots = game.turns[-1].slots
    last = replace(slots[-1], **changes)  # type: ignore[arg-type]  # the names are those of SlotRecord
    return _turn(game, slots=(*slots[:-1], last))


def _in_levers(
    game: Game,
    by: str,
    event: events.TurnOpened
    | events.Moved
    | events.MoveAsked
    | events.MoveRefused
    | events.MoveLapsed
    | events.LeversLeft,
    number: int,
) -> Changes:
    tables = game.run.tables
    match event:
        case events.TurnOpened():
            fact = Opening(event.turn, event.changes, event.budgets)
            return {
                "position": succession.opened(tables, game.position, fact),
                "turns": (*game.turns, TurnRecord(event, game.position)),
                "left": (),
                "asked": (),
                "opened": number,
            }
        case events.Moved():
            level = Tables.level(game.run.exercise.levers[event.lever], event.level)
            move = Moving(event.lever, level, event.changes, event.budgets, event.promised)
            after = succession.moved(tables, game.position, move)
            moves = (*game.turns[-1].moves, (by, event))
            return _turn(game, moves=moves) | {"position": after} | _without(game, event.lever)
        case events.MoveAsked():
            return {"asked": (*game.asked, (by, event))}
        case events.MoveRefused() | events.MoveLapsed():
            return _without(game, event.lever)
        case events.LeversLeft():
            return {"left": (*game.left, event.cell)}


def _in_responses(
    game: Game,
    by: str,
    event: events.ResponsesOpened | events.Chosen | events.ResponsesClosed,
    number: int,
) -> Changes:
    turn = game.turns[-1]
    match event:
        case events.ResponsesOpened():
            return _turn(game, asked=True) | {"opened": number}
        case events.Chosen():
            chosen = {**turn.chosen, event.adversary: event}
            return _turn(game, chosen=chosen, chosen_by={**turn.chosen_by, event.adversary: by})
        case events.ResponsesClosed():
            return _turn(game, shut=True)


def _without(game: Game, lever: str) -> Changes:
    return {"asked": tuple(asked for asked in game.asked if asked[1].lever != lever)}


def _confirmed(game: Game) -> Changes:
    tables, last = game.run.tables, game.turns[-1]
    if last.reckoned is not None:
        after = succession.reckoned(tables, game.position, last.reckoned.reckoning)
        return _turn(game, confirmed=True, end=after) | {"position": after}
    slot = last.slots[-1]
    if slot.ruling is None:
        raise ValueError(_("nothing waits to be confirmed"))
    after = succession.ruled(tables, game.position, slot.ruling)
    return _slot(game, confirmed=True) | {"position": after}
