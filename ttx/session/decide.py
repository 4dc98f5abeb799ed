"""What a seat may ask for, and the facts that follow; all else is refused in a sentence."""

from __future__ import annotations

from dataclasses import dataclass, replace

from ttx.adjudicator.tables import RESPONSES, Tables
from ttx.exercise.model import text
from ttx.i18n import SOURCE
from ttx.session import needs, phases, responses
from ttx.session.answer import Answer
from ttx.session.automation import made, released
from ttx.session.command import Command, IllegalDecision, readable, written
from ttx.session.control_commands import AT_A_STANDSTILL, Control
from ttx.session.directing import controlled
from ttx.session.event_codec import Event
from ttx.session.events import (
    EVERYBODY,
    Answered,
    AnswersClosed,
    Closed,
    Committed,
    Ended,
    LeversLeft,
    Messaged,
    MoveAsked,
    MoveRefused,
    Paused,
    Readied,
    ResponsesClosed,
    Resumed,
    Started,
    Told,
    Undone,
)
from ttx.session.game import Game, openings
from ttx.session.gates import Gate, gate, open_slot, passed, unheard
from ttx.session.notebook_events import Noted
from ttx.session.run import OBSERVER, Run
from ttx.session.side_commands import Aside, noted


@dataclass(frozen=True, slots=True)
class Start(Command):
    """STARTEX; where somebody facilitates, a player's word that it has read its briefing."""


@dataclass(frozen=True, slots=True)
class Move(Command):
    """Move a lever to a level, by ids."""

    lever: str
    level: str


@dataclass(frozen=True, slots=True)
class Grant(Command):
    """Agree to a move that another cell asked for, or refuse it."""

    lever: str
    agreed: bool


@dataclass(frozen=True, slots=True)
class LeaveLevers(Command):
    """Be done with the levers of this turn."""


@dataclass(frozen=True, slots=True)
class Give(Command):
    """An answer to the inject on the table."""

    answer: Answer


@dataclass(frozen=True, slots=True)
class Submit(Give):
    """The lead's answer for its cell."""


@dataclass(frozen=True, slots=True)
class Commit(Give):
    """A seat's own answer, before its cell's lead submits."""


@dataclass(frozen=True, slots=True)
class Respond(Command):
    """How an adversary of the seat's own responds to the turn: sealed, and it may be changed."""

    adversary: str
    response: str


@dataclass(frozen=True, slots=True)
class Continue(Command):
    """Go on past a ruling, a reckoning or the hot wash.

    From the facilitator, who holds the pace, it opens whatever gate the run stands at.
    """


TO_ALL = EVERYBODY
"""Whom a message is for that every seat reads."""


@dataclass(frozen=True, slots=True)
class Message(Command):
    """The facilitator's word to a seat, or to all."""

    to: str
    text: str


@dataclass(frozen=True, slots=True)
class Pause(Command):
    """Let the time stand still, or run again."""


@dataclass(frozen=True, slots=True)
class Undo(Command):
    """Take back what was decided since the levers or the question last opened."""

    to: int = 0
    """The entry that opened what is gone back to; 0 for the last one."""


@dataclass(frozen=True, slots=True)
class End(Command):
    """ENDEX before the last turn."""

    reason: str = "ended by the table"


RECORD_CLOSED = "The run is closed; a fork plays it another way."
"""To whatever is asked once the record has its seal."""


def decide(game: Game, seat: str, command: Command, language: str = "en") -> list[Event]:
    """The facts that a seat's request brings about; IllegalDecision where it is refused."""
    run = game.run
    known = {one.id for one in run.exercise.seat}
    if seat not in known:
        raise IllegalDecision(f"There is no seat '{seat}' at this table.")
    if game.phase == phases.CLOSED:
        raise IllegalDecision(RECORD_CLOSED)
    if isinstance(command, Aside):
        return [noted(game, seat, command)]
    if isinstance(command, AT_A_STANDSTILL):
        return controlled(game, seat, command)
    at_any_time = _at_any_time(game, seat, command)
    if at_any_time is not None:
        return [at_any_time]
    if game.paused and seat == run.facilitator:
        raise IllegalDecision("Paused. Time stands still; resume first.")
    if game.paused:
        who = " by the facilitator" if run.facilitator else ""
        raise IllegalDecision(f"Paused{who}. Time stands still; go on first.")
    if isinstance(command, Control):
        return controlled(game, seat, command)
    if seat == run.facilitator:
        return _facilitate(game, command)
    if isinstance(command, Start) and run.facilitator:
        return _ready(game, seat)
    return _played(game, seat, command, language)


def _played(game: Game, seat: str, command: Command, language: str) -> list[Event]:
    """The same of a seat that plays, while time runs."""
    run = game.run
    if isinstance(command, Respond):
        return [responses.decided(game, seat, command.adversary, command.response)]
    if not may_go_on(run, seat):
        raise IllegalDecision("Nobody at this table answers for that cell.")
    match command:
        case Start():
            _expect(game, phases.BRIEFING, "The exercise has already started.")
            return [Started()]
        case Move():
            return _move(game, seat, command, language)
        case Grant():
            return _grant(game, seat, command, language)
        case LeaveLevers():
            _expect(game, phases.LEVERS, "The levers are closed.")
            _lead(game, seat, "The lead says when the cell is done with its levers.")
            return [LeversLeft(cell) for cell in run.speaks_for(seat) if cell not in game.left]
        case Submit() | Commit():
            return _give(game, seat, command, language)
        case Continue():
            return [_gone_on(game, seat)]
    raise IllegalDecision("This cannot be asked for here.")


def may_go_on(run: Run, seat: str) -> bool:
    """Whether a seat goes on where nobody facilitates: that of an allied cell that people hold.

    Where robots hold all of those, that of a Red cell.
    """
    return run.seat(seat).cell in (run.people or run.red_people)


def _gone_on(game: Game, seat: str) -> Event:
    """Past what was shown, where nobody holds the pace."""
    if game.run.facilitator:
        raise IllegalDecision("The facilitator goes on from here.")
    if game.run.people:
        _lead(game, seat, "The lead of a cell goes on from here.")
    if game.phase == phases.HOTWASH:
        return Closed()
    if game.phase not in (phases.REVIEW, phases.RECKONING):
        raise IllegalDecision("There is nothing to go on from here.")
    return Told()


def _ready(game: Game, seat: str) -> list[Event]:
    _expect(game, phases.BRIEFING, "The exercise has already started.")
    if seat in game.ready:
        raise IllegalDecision("You are ready; STARTEX is the facilitator's.")
    return [Readied()]


def _lead(game: Game, seat: str, sentence: str) -> None:
    if not game.run.seat(seat).lead:
        raise IllegalDecision(sentence)


def _facilitate(game: Game, command: Command) -> list[Event]:
    """The gate that the run stands at, opened by who holds the pace."""
    if not isinstance(command, Start | Continue):
        raise IllegalDecision("The facilitator answers for no cell.")
    run, slot, at = game.run, open_slot(game), gate(game)
    match at:
        case None:
            raise IllegalDecision("There is nothing to go on from here.")
        case Gate.SLOT if slot is not None:
            return [released(game, slot)[1]]
        case Gate.HEARING:
            waits = unheard(game)
            assert waits is not None
            name = run.seat(waits.seat).short
            raise IllegalDecision(f"The challenge of {name} waits to be heard.")
        case Gate.LEVERS:
            return [LeversLeft(cell) for cell in run.people if cell not in game.left]
        case Gate.WEIGHING:
            raise IllegalDecision("A written-in action waits to be weighed.")
        case Gate.ANSWERS:
            assert game.slot is not None
            answers = game.slot.answers
            return [AnswersClosed(tuple(cell for cell in run.people if cell not in answers))]
        case Gate.RESPONSES:
            return [ResponsesClosed(tuple(responses.missing(game)))]
    return [passed(at, facilitated=True)]


def _at_any_time(game: Game, seat: str, command: Command) -> Event | None:
    """The fact of a request that needs no turn to speak, also while time stands still."""
    holds = game.run.facilitator
    aside = isinstance(command, Pause | End | Message | Undo)
    if aside and seat == OBSERVER:
        raise IllegalDecision("An observer reads, and writes nothing.")
    if isinstance(command, Pause | End | Message) and holds and seat != holds:
        raise IllegalDecision("That is the facilitator's.")
    match command:
        case Message():
            return _message(game, command)
        case Pause():
            if game.phase in phases.PLAY_IS_OVER:
                raise IllegalDecision("The exercise has ended; there is nothing to pause.")
            return Resumed() if game.paused else Paused()
        case End():
            if game.phase in phases.PLAY_IS_OVER:
                raise IllegalDecision("The exercise has already ended.")
            return Ended(command.reason)
        case Undo():
            return _undo(game, seat, command)
    return None


def _message(game: Game, command: Message) -> Messaged:
    if not game.run.facilitator:
        raise IllegalDecision("Nobody facilitates at this table.")
    if command.to != EVERYBODY and command.to not in {one.id for one in game.run.exercise.seat}:
        raise IllegalDecision(f"There is no seat '{command.to}' to write to.")
    return Messaged(command.to, written(command.text, "The message is empty."))


def _undo(game: Game, seat: str, command: Undo) -> Undone:
    """By the facilitator's authority; where nobody facilitates, by that of whoever plays."""
    holds = game.run.facilitator
    if holds and seat != holds:
        raise IllegalDecision("Only the facilitator takes something back.")
    if not holds and not may_go_on(game.run, seat):
        raise IllegalDecision("Nobody at this table answers for that cell.")
    found = next((o for o in openings(game) if command.to in (0, o.opened)), None)
    if found is None:
        raise IllegalDecision(
            f"Nothing in force opened at entry {command.to}."
            if command.to
            else "Nothing was decided yet that could be taken back."
        )
    return Undone(found.opened)


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
    return Noted(f"An answer that came too late: {title}{why}")


def _expect(game: Game, phase: str, sentence: str) -> None:
    if game.phase != phase:
        raise IllegalDecision(sentence)


def _level(game: Game, lever: str, level: str) -> int:
    part = game.run.exercise.levers.get(lever)
    if part is None:
        raise IllegalDecision(f"There is no lever '{lever}' in this exercise.")
    if level not in [one.id for one in part.levels]:
        raise IllegalDecision(f"The lever {lever} has no level '{level}'.")
    return Tables.level(part, level)


def _move(game: Game, seat: str, command: Move, language: str) -> list[Event]:
    _expect(game, phases.LEVERS, "Levers are moved at the opening of a turn.")
    run = game.run
    level = _level(game, command.lever, command.level)
    part = run.exercise.levers[command.lever]
    cells = run.speaks_for(seat)
    if not set(cells) & set(part.cells):
        holder = next(c for c in run.exercise.cell if c.id == part.cells[0])
        raise IllegalDecision(f"Closed: {command.lever} is held by {text(holder.name, language)}.")
    if set(cells) <= set(game.left):
        raise IllegalDecision("Your cell is done with its levers for this turn.")
    first = run.exercise.turns.first_levers
    if len(game.turns) == 1 and first and command.lever not in first:
        raise IllegalDecision(f"Closed: turn 1 opens only {' and '.join(first)}.")
    reason = needs.why_not(run.tables, game.position, command.lever, level, language)
    if reason:
        raise IllegalDecision(reason)
    if command.lever in [one.lever for _, one in game.asked]:
        raise IllegalDecision(f"A move of {command.lever} already waits for consent.")
    rises = level > game.position.levels[run.tables.lever[command.lever]]
    for budget in run.exercise.budget:
        granter = budget.granted_by
        costs = rises and part.levels[level].price.get(budget.id, 0) > 0
        if costs and granter in run.people and granter not in cells:
            return [MoveAsked(command.lever, command.level)]
    return [made(game, command.lever, level)]


def _grant(game: Game, seat: str, command: Grant, language: str) -> list[Event]:
    _expect(game, phases.LEVERS, "The levers are closed; the request has lapsed.")
    asked = next((one for _, one in game.asked if one.lever == command.lever), None)
    if asked is None:
        raise IllegalDecision(f"Nobody asked for a move of {command.lever}.")
    granters = {b.granted_by for b in game.run.exercise.budget if b.granted_by}
    if not granters & set(game.run.speaks_for(seat)):
        raise IllegalDecision("The request is for another cell's lead.")
    _lead(game, seat, "The request is for the lead of your cell.")
    if not command.agreed:
        return [MoveRefused(asked.lever, asked.level)]
    level = _level(game, asked.lever, asked.level)
    reason = needs.why_not(game.run.tables, game.position, asked.lever, level, language)
    if reason:
        raise IllegalDecision(reason)
    return [made(game, asked.lever, level)]


def _give(game: Game, seat: str, command: Submit | Commit, language: str) -> list[Event]:
    _expect(game, phases.DELIBERATION, "No inject waits for an answer.")
    assert game.slot is not None
    assert game.inject is not None
    submits = isinstance(command, Submit)
    if submits:
        _lead(game, seat, "The lead submits for the cell.")
    answer = command.answer
    option = next((part for part in game.inject.option if part.id == answer.option), None)
    own = readable(answer.written.strip())
    if own and not game.run.facilitator:
        raise IllegalDecision("Nobody facilitates here, so nobody could weigh an action of yours.")
    if own and answer.option:
        raise IllegalDecision("Take an option, or write an action of your own; not both.")
    if option is None and not own:
        raise IllegalDecision(f"The inject has no option '{answer.option}'.")
    if option is not None and option.needs is not None:
        lacks = needs.missing(game.run.tables, game.position, option.needs, language)
        if lacks:
            raise IllegalDecision(f"Closed: needs {lacks}.")
    if not 0 <= answer.confidence <= 100:
        raise IllegalDecision("Confidence is between 0 and 100.")
    known = {part.id for part in game.run.exercise.adversary}
    for name, response in answer.expects.items():
        if name not in known or response not in RESPONSES:
            raise IllegalDecision(f"Nobody can expect '{response}' of '{name}'.")
    cells = [c for c in game.run.speaks_for(seat) if c not in game.slot.answers]
    if not cells:
        raise IllegalDecision("Your cell has already answered.")
    cells = cells if submits else [game.run.seat(seat).cell]
    given = replace(
        answer,
        rationale=readable(answer.rationale),
        written=own,
        pro=readable(answer.pro.strip()) if own else "",
        contra=readable(answer.contra.strip()) if own else "",
    )
    return [Answered(cell, given) if submits else Committed(cell, given) for cell in cells]
