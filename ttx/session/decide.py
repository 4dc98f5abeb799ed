"""What a seat may ask for, and the facts that follow; all else is refused in a sentence."""

from __future__ import annotations

from dataclasses import replace

from ttx.adjudicator.arithmetic import RESPONSES
from ttx.adjudicator.tables import Tables
from ttx.exercise.model.part import text
from ttx.i18n import N_, SOURCE, _
from ttx.session import events, needs, phases, responses
from ttx.session.asides import OBSERVER_READS, noted
from ttx.session.automation import made, released
from ttx.session.command import Command, IllegalDecision, readable, written
from ttx.session.control_commands import AT_A_STANDSTILL, Control, Enter
from ttx.session.directing import controlled
from ttx.session.event_codec import Event
from ttx.session.feedback import CloseForm, HandIn, fed_back
from ttx.session.game import Game, openings
from ttx.session.gates import Gate, gate, open_slot, passed, unheard
from ttx.session.notebook_events import Noted
from ttx.session.play_commands import (
    Commit,
    Continue,
    End,
    Give,
    Grant,
    LeaveLevers,
    Message,
    Move,
    Pause,
    Respond,
    Start,
    Submit,
    Undo,
)
from ttx.session.rights import at_the_desk, opens, require
from ttx.session.run import MESSAGES, OBSERVER, PACE, PROJECTOR, SEATS, Run
from ttx.session.side_commands import Aside
from ttx.session.staging import Staged, staged
from ttx.session.stating import Stating, stated
from ttx.session.striking import Strike, struck
from ttx.session.telling import Telling, told

ENDED_BY_DESK, ENDED_BY_TABLE = N_("ended by exercise control"), N_("ended by the table")
"""Why a run ended where no reason was given; as saves have it, and translated where it is shown."""
RECORD_CLOSED = N_("The run is closed; a fork plays it another way.")
"""To whatever is asked once the record has its seal."""


def decide(game: Game, seat: str, command: Command) -> list[Event]:
    """The facts that a seat's request brings about.

    Raises:
        IllegalDecision: It is refused.
    """
    run = game.run
    known = {part.id for part in run.exercise.seat}
    if seat not in known:
        raise IllegalDecision(_("There is no seat '{seat}' at this table.", seat=seat))
    if game.phase == phases.CLOSED:
        raise IllegalDecision(_(RECORD_CLOSED))
    if isinstance(command, Staged):
        return [staged(game, seat, command)]
    if isinstance(command, Telling):
        return [told(game, seat, command)]
    if isinstance(command, Stating):
        return [stated(game, seat, command)]
    if isinstance(command, Strike):
        return [struck(game, seat, command)]
    if isinstance(command, HandIn | CloseForm):
        return [fed_back(game, seat, command)]
    if isinstance(command, Aside):
        return [noted(game, seat, command)]
    if isinstance(command, AT_A_STANDSTILL):
        return controlled(game, seat, command)
    at_any_time = _at_any_time(game, seat, command)
    if at_any_time is not None:
        return [at_any_time]
    if game.paused and at_the_desk(run, seat):
        raise IllegalDecision(_("Paused. Time stands still; resume first."))
    if game.paused:
        if run.facilitator:
            raise IllegalDecision(_("Paused by the facilitator. Time stands still; go on first."))
        raise IllegalDecision(_("Paused. Time stands still; go on first."))
    if isinstance(command, Enter):
        return _entered(game, seat, command)
    if isinstance(command, Control):
        return controlled(game, seat, command)
    if at_the_desk(run, seat):
        return _facilitate(game, seat, command)
    if isinstance(command, Start) and run.facilitator:
        return _ready(game, seat)
    return _played(game, seat, command)


def _played(game: Game, seat: str, command: Command) -> list[Event]:
    """The same of a seat that plays, while time runs."""
    run = game.run
    if isinstance(command, Respond):
        return [responses.decided(game, seat, command.adversary, command.response)]
    if not may_go_on(run, seat):
        raise IllegalDecision(_("Nobody at this table answers for that cell."))
    match command:
        case Start():
            _expect(game, phases.BRIEFING, _("The exercise has already started."))
            return [events.Started()]
        case Move():
            return _move(game, seat, command)
        case Grant():
            return _grant(game, seat, command)
        case LeaveLevers():
            _expect(game, phases.LEVERS, _("The levers are closed."))
            _lead(game, seat, _("The lead says when the cell is done with its levers."))
            return [
                events.LeversLeft(cell) for cell in run.speaks_for(seat) if cell not in game.left
            ]
        case Submit() | Commit():
            return _give(game, seat, command)
        case Continue():
            return [_gone_on(game, seat)]
    raise IllegalDecision(_("This cannot be asked for here."))


def _entered(game: Game, seat: str, command: Enter) -> list[Event]:
    """What the desk enters for a cell: the facts of what its lead would have asked for."""
    run, asks = game.run, command.asks
    require(run, seat, SEATS)
    if not isinstance(asks, Move | Grant | LeaveLevers | Submit | Respond):
        raise IllegalDecision(_("This cannot be entered for a cell."))
    if command.cell not in (*run.people, *run.red_people):
        raise IllegalDecision(
            _("Only for a cell that people play can something be entered at the desk.")
        )
    stands_for = run.lead(command.cell).id if command.cell in run.people else ""
    if isinstance(asks, Respond):
        stands_for = run.choosers.get(asks.adversary, "")
    if stands_for not in {s.id for s in run.exercise.seat if s.cell == command.cell}:
        raise IllegalDecision(_("That is not for this cell to decide."))
    if isinstance(asks, LeaveLevers):
        _played(game, stands_for, asks)  # refused where its lead would be
        return [events.LeversLeft(command.cell, entered=True)]
    return _played(game, stands_for, asks)


def may_go_on(run: Run, seat: str) -> bool:
    """Whether a seat goes on where nobody facilitates: that of an allied cell that people hold.

    Where robots hold all of those, that of a Red cell.
    """
    return run.seat(seat).cell in (run.people or run.red_people)


def _gone_on(game: Game, seat: str) -> Event:
    """Past what was shown, where nobody holds the pace."""
    if game.run.facilitator:
        raise IllegalDecision(_("The facilitator goes on from here."))
    if game.run.people:
        _lead(game, seat, _("The lead of a cell goes on from here."))
    if game.phase == phases.HOTWASH:
        return events.Closed()
    if game.phase not in (phases.REVIEW, phases.RECKONING):
        raise IllegalDecision(_("There is nothing to go on from here."))
    return events.Told()


def _ready(game: Game, seat: str) -> list[Event]:
    _expect(game, phases.BRIEFING, _("The exercise has already started."))
    if seat in game.ready:
        raise IllegalDecision(_("You are ready; STARTEX is the facilitator's."))
    return [events.Readied()]


def _lead(game: Game, seat: str, sentence: str) -> None:
    if not game.run.is_lead(seat):
        raise IllegalDecision(sentence)


def _facilitate(game: Game, seat: str, command: Command) -> list[Event]:
    """The gate that the run stands at, opened by who holds the pace, or has the right to it."""
    if not isinstance(command, Start | Continue):
        raise IllegalDecision(_("The facilitator answers for no cell."))
    run, slot, at = game.run, open_slot(game), gate(game)
    require(run, seat, opens(at))
    match at:
        case None:
            raise IllegalDecision(_("There is nothing to go on from here."))
        case Gate.SLOT if slot is not None:
            return [released(game, slot)[1]]
        case Gate.HEARING:
            waits = unheard(game)
            assert waits is not None
            name = run.seat(waits.seat).short
            raise IllegalDecision(_("The challenge of {name} waits to be heard.", name=name))
        case Gate.LEVERS:
            return [events.LeversLeft(cell) for cell in run.people if cell not in game.left]
        case Gate.WEIGHING:
            raise IllegalDecision(_("A written-in action waits to be weighed."))
        case Gate.ANSWERS:
            assert game.slot is not None
            answers = game.slot.answers
            return [events.AnswersClosed(tuple(cell for cell in run.people if cell not in answers))]
        case Gate.RESPONSES:
            return [events.ResponsesClosed(tuple(responses.missing(game)))]
    return [passed(at, facilitated=True)]


def _at_any_time(game: Game, seat: str, command: Command) -> Event | None:
    """The fact of a request that needs no turn to speak, also while time stands still."""
    aside = isinstance(command, Pause | End | Message | Undo)
    if aside and seat == OBSERVER:
        raise IllegalDecision(_(OBSERVER_READS))
    if isinstance(command, Pause | End | Message) and game.run.facilitator:
        require(game.run, seat, MESSAGES if isinstance(command, Message) else PACE)
    match command:
        case Message():
            return _message(game, command)
        case Pause():
            if game.phase in phases.PLAY_IS_OVER:
                raise IllegalDecision(_("The exercise has ended; there is nothing to pause."))
            return events.Resumed() if game.paused else events.Paused()
        case End():
            if game.phase in phases.PLAY_IS_OVER:
                raise IllegalDecision(_("The exercise has already ended."))
            by = ENDED_BY_DESK if game.run.facilitator else ENDED_BY_TABLE
            return events.Ended(command.reason or by)
        case Undo():
            return _undo(game, seat, command)
    return None


def _message(game: Game, command: Message) -> events.Messaged:
    if not game.run.facilitator:
        raise IllegalDecision(_("Nobody facilitates at this table."))
    seats = {PROJECTOR, *(seat.id for seat in game.run.exercise.seat)}
    if command.to != events.EVERYBODY and command.to not in seats:
        raise IllegalDecision(_("There is no seat '{seat}' to write to.", seat=command.to))
    return events.Messaged(command.to, written(command.text, _("The message is empty.")))


def _undo(game: Game, seat: str, command: Undo) -> events.Undone:
    """By the facilitator's authority; where nobody facilitates, by that of whoever plays."""
    holds = game.run.facilitator
    if holds and not at_the_desk(game.run, seat):
        raise IllegalDecision(_("Only the facilitator takes something back."))
    if holds:
        require(game.run, seat, PACE)
    if not holds and not may_go_on(game.run, seat):
        raise IllegalDecision(_("Nobody at this table answers for that cell."))
    opening = next((o for o in openings(game) if command.to in (0, o.opened)), None)
    if opening is None:
        raise IllegalDecision(
            _("Nothing in force opened at entry {entry}.", entry=command.to)
            if command.to
            else _("Nothing was decided yet that could be taken back.")
        )
    return events.Undone(opening.opened)


def too_late(game: Game, seat: str, command: Command) -> Noted | None:
    """An answer that came after the facilitator had closed the deliberation, kept as a note."""
    slot, inject = game.slot, game.inject
    if game.phase == phases.CLOSED:
        return None
    if not isinstance(command, Give) or slot is None or inject is None or slot.closed is None:
        return None
    if game.phase == phases.DELIBERATION or game.run.seat(seat).cell not in slot.closed:
        return None
    answer = command.answer
    option = next((part for part in inject.option if part.id == answer.option), None)
    title = text(option.title, SOURCE) if option is not None else readable(answer.written.strip())
    if not title:
        return None
    why = f": {readable(answer.rationale)}" if answer.rationale else ""
    return Noted(f"An answer that came too late: {title}{why}")  # in the record, so in English


def _expect(game: Game, phase: str, sentence: str) -> None:
    if game.phase != phase:
        raise IllegalDecision(sentence)


def _level(game: Game, lever: str, level: str) -> int:
    part = game.run.exercise.levers.get(lever)
    if part is None:
        raise IllegalDecision(_("There is no lever '{lever}' in this exercise.", lever=lever))
    if level not in [row.id for row in part.levels]:
        raise IllegalDecision(
            _("The lever {lever} has no level '{level}'.", lever=lever, level=level)
        )
    return Tables.level(part, level)


def _move(game: Game, seat: str, command: Move) -> list[Event]:
    _expect(game, phases.LEVERS, _("Levers are moved at the opening of a turn."))
    run = game.run
    level = _level(game, command.lever, command.level)
    part = run.exercise.levers[command.lever]
    cells = run.speaks_for(seat)
    if not set(cells) & set(part.cells):
        holder = next(c for c in run.exercise.cell if c.id == part.cells[0])
        raise IllegalDecision(
            _(
                "Closed: {lever} is held by {holder}.",
                lever=text(part.name),
                holder=text(holder.name),
            )
        )
    if set(cells) <= set(game.left):
        raise IllegalDecision(_("Your cell is done with its levers for this turn."))
    first = run.exercise.turns.first_levers
    if len(game.turns) == 1 and first and command.lever not in first:
        names = [text(run.exercise.levers[opens].name) for opens in first]
        raise IllegalDecision(
            _("Closed: turn 1 opens only {levers}.", levers=_(" and ").join(names))
        )
    reason = needs.why_not(run.tables, game.position, command.lever, level)
    if reason:
        raise IllegalDecision(reason)
    if command.lever in [request.lever for _seat, request in game.asked]:
        raise IllegalDecision(
            _("A move of {lever} already waits for consent.", lever=text(part.name))
        )
    rises = level > game.position.levels[run.tables.lever[command.lever]]
    for budget in run.exercise.budget:
        granter = budget.granted_by
        costs = rises and part.levels[level].price.get(budget.id, 0) > 0
        if costs and granter in run.people and granter not in cells:
            return [events.MoveAsked(command.lever, command.level)]
    return [made(game, command.lever, level)]


def _grant(game: Game, seat: str, command: Grant) -> list[Event]:
    _expect(game, phases.LEVERS, _("The levers are closed; the request has lapsed."))
    asked = next((request for _seat, request in game.asked if request.lever == command.lever), None)
    if asked is None:
        raise IllegalDecision(_("Nobody asked for a move of {lever}.", lever=command.lever))
    granters = {b.granted_by for b in game.run.exercise.budget if b.granted_by}
    if not granters & set(game.run.speaks_for(seat)):
        raise IllegalDecision(_("The request is for another cell's lead."))
    _lead(game, seat, _("The request is for the lead of your cell."))
    if not command.agreed:
        return [events.MoveRefused(asked.lever, asked.level)]
    level = _level(game, asked.lever, asked.level)
    reason = needs.why_not(game.run.tables, game.position, asked.lever, level)
    if reason:
        raise IllegalDecision(reason)
    return [made(game, asked.lever, level)]


def _give(game: Game, seat: str, command: Submit | Commit) -> list[Event]:
    _expect(game, phases.DELIBERATION, _("No inject waits for an answer."))
    assert game.slot is not None
    assert game.inject is not None
    submits = isinstance(command, Submit)
    if submits:
        _lead(game, seat, _("The lead submits for the cell."))
    answer = command.answer
    option = next((part for part in game.inject.option if part.id == answer.option), None)
    own = readable(answer.written.strip())
    if own and not game.run.facilitator:
        raise IllegalDecision(
            _("Nobody facilitates here, so nobody could weigh an action of yours.")
        )
    if own and answer.option:
        raise IllegalDecision(_("Take an option, or write an action of your own; not both."))
    if option is None and not own:
        raise IllegalDecision(_("The inject has no option '{option}'.", option=answer.option))
    if option is not None and option.needs is not None:
        lacks = needs.missing(game.run.tables, game.position, option.needs)
        if lacks:
            raise IllegalDecision(_("Closed: needs {lacks}.", lacks=lacks))
    if not 0 <= answer.confidence <= 100:
        raise IllegalDecision(_("Confidence is between 0 and 100."))
    known = {part.id for part in game.run.exercise.adversary}
    for name, response in answer.expects.items():
        if name not in known or response not in RESPONSES:
            raise IllegalDecision(
                _(
                    "Nobody can expect '{response}' of '{adversary}'.",
                    response=response,
                    adversary=name,
                )
            )
    cells = [c for c in game.run.speaks_for(seat) if c not in game.slot.answers]
    if not cells:
        raise IllegalDecision(_("Your cell has already answered."))
    cells = cells if submits else [game.run.seat(seat).cell]
    given = replace(
        answer,
        rationale=readable(answer.rationale),
        written=own,
        pro=readable(answer.pro.strip()) if own else "",
        contra=readable(answer.contra.strip()) if own else "",
    )
    return [
        events.Answered(cell, given) if submits else events.Committed(cell, given) for cell in cells
    ]
