"""The facts that follow from a request of exercise control, or why there are none."""

from __future__ import annotations

from dataclasses import replace

from ttx.adjudicator import amending
from ttx.exercise.model import text
from ttx.exercise.parameters import now, parameters, within
from ttx.exercise.problems import did_you_mean
from ttx.session import phases, scripts
from ttx.session.automation import next_inject, release_of
from ttx.session.command import IllegalDecision, readable, written
from ttx.session.control_commands import (
    Adjust,
    Amend,
    Challenge,
    Control,
    Defer,
    HandOver,
    Hear,
    Improvise,
    Release,
    Script,
    Skip,
    Steer,
    Weigh,
)
from ttx.session.control_events import (
    NUMBER,
    START,
    STRENGTH,
    Adjusted,
    Deferred,
    Improvised,
    Scripted,
    SeatHandedOver,
    Skipped,
    Steered,
)
from ttx.session.event_codec import Event
from ttx.session.events import Released
from ttx.session.excursions import adjustment, number_of
from ttx.session.game import Game
from ttx.session.gates import open_slot
from ttx.session.improvise import faults
from ttx.session.judging import challenged, heard_out, must_play, ruled_otherwise, weighed
from ttx.session.needs import met
from ttx.session.run import PERSON, RULE, allied_robots, red_robots


def controlled(game: Game, seat: str, command: Control) -> list[Event]:
    """The facts of such a request; IllegalDecision where it is refused."""
    if isinstance(command, Challenge):
        return [challenged(game, seat, command)]
    if isinstance(command, Adjust) and not game.run.facilitator:
        must_play(game, seat)
    elif not game.run.facilitator:
        raise IllegalDecision("Nobody facilitates at this table.")
    elif seat != game.run.facilitator:
        raise IllegalDecision("That is the facilitator's.")
    match command:
        case Release():
            return [_released(game, command)]
        case Defer() | Skip():
            return [_set_aside(game, command)]
        case Improvise():
            _before_the_end(game)
            wrong = faults(game.run.exercise, readable(command.source))
            if wrong:
                raise IllegalDecision(" ".join(wrong[:3]))
            return [Improvised(command.source)]
        case Steer():
            return [_steered(game)]
        case Adjust():
            return [_adjusted(game, command)]
        case Weigh():
            return [weighed(game, command)]
        case Amend():
            return ruled_otherwise(game, command)
        case Hear():
            return heard_out(game, command)
        case HandOver():
            return [_handed(game, command)]
    raise IllegalDecision("This cannot be asked for here.")


def _before_the_end(game: Game) -> None:
    if game.phase in phases.PLAY_IS_OVER:
        raise IllegalDecision("The exercise has ended.")


# --- injects ---


def _title(game: Game, inject: str) -> str:
    if inject not in game.run.exercise.injects:
        raise IllegalDecision(f"There is no inject '{inject}'.")
    return text(game.run.exercise.injects[inject].title)


def _not_yet(game: Game, inject: str) -> str:
    title = _title(game, inject)
    if inject in game.gone:
        again = game.run.exercise.injects[inject].again
        when = "" if again is None else f"; it comes again {again} turns after that"
        raise IllegalDecision(f"'{title}' was released already{when}.")
    return title


def _released(game: Game, command: Release) -> Released:
    slot = open_slot(game)
    if slot is None:
        raise IllegalDecision("No slot is open: an inject is released before a question is asked.")
    title = _not_yet(game, command.inject)
    part = game.run.exercise.injects[command.inject]
    if part.slot != slot:
        raise IllegalDecision(
            f"'{title}' is for the {part.slot} slot, and the {slot} slot is open; "
            "release it there, or defer it."
        )
    reason = readable(command.reason.strip())
    if not met(game.run.tables, game.position, part.when) and not reason:
        raise IllegalDecision(f"The conditions of '{title}' do not hold; give a reason.")
    due = next_inject(game, slot) or ""
    instead = due if due != command.inject else ""
    return replace(release_of(game, slot, command.inject), instead_of=instead, reason=reason)


def _set_aside(game: Game, command: Defer | Skip) -> Event:
    _before_the_end(game)
    title = _not_yet(game, command.inject)
    reason = written(command.reason, f"Why is '{title}' left out? Give a reason.")
    if isinstance(command, Skip):
        if command.inject in {one.inject for one in game.skipped}:
            raise IllegalDecision(f"'{title}' is skipped already; defer brings it back.")
        return Skipped(command.inject, reason)
    turn, count = len(game.turns), game.run.exercise.turns.count
    if not turn < command.until <= count:
        if turn >= count:
            raise IllegalDecision("This is the last turn; nothing can be deferred past it.")
        raise IllegalDecision(f"Defer '{title}' to one of turns {turn + 1} to {count}.")
    return Deferred(command.inject, command.until, reason)


def _steered(game: Game) -> Steered:
    if game.phase != phases.DELIBERATION or game.slot is None or game.inject is None:
        raise IllegalDecision("A contingency belongs to an inject under deliberation.")
    if not text(game.inject.if_not):
        raise IllegalDecision("No contingency was written for this inject.")
    if game.slot.steered:
        raise IllegalDecision("Its contingency was put to the table already.")
    return Steered(game.inject.id)


# --- excursions ---


def _adjusted(game: Game, command: Adjust) -> Adjusted:
    if game.phase != phases.BRIEFING:
        raise IllegalDecision("An excursion is set up before STARTEX.")
    exercise = game.run.exercise
    reason = written(command.reason, "What is the excursion for? Give a reason.")
    known, name = parameters(game.written or exercise), number_of(command)
    if command.what == START:
        track = exercise.tracks.get(command.part)
        if track is None:
            raise IllegalDecision(f"There is no track '{command.part}'.")
        if track.value is not None:
            raise IllegalDecision(f"{command.part} is worked out from the clock; it has no start.")
        if not 0 <= command.value <= amending.FULL:
            raise IllegalDecision("A track is between 0 and 100 points.")
    elif command.what == STRENGTH:
        if name not in known:
            raise IllegalDecision(f"There is no influence '{command.part}'.")
        if not -256 <= command.value <= 256:
            raise IllegalDecision("A strength is between -256 and 256, per 256.")
    elif command.what == NUMBER:
        if name not in known or adjustment(name, 0, reason).what != NUMBER:
            raise IllegalDecision(f"There is no number '{name}'{did_you_mean(name, known)}.")
        try:
            within(known[name], command.value, command.value)
        except ValueError as error:
            raise IllegalDecision(f"{error}.") from None
    else:
        raise IllegalDecision("An excursion sets a start, a strength or another number.")
    if now(exercise, known[name]) == command.value:
        raise IllegalDecision("That is what it is already.")
    return Adjusted(command.what, command.part, command.value, reason)


def set_up(game: Game, command: Adjust | Script) -> Adjusted | Scripted:
    """What a run that robots play alone is given before STARTEX; no seat asks for it.

    IllegalDecision where it is refused.
    """
    if game.run.people or game.run.facilitator:
        raise IllegalDecision("Who sits at this table sets it up.")
    if isinstance(command, Adjust):
        return _adjusted(game, command)
    if game.phase != phases.BRIEFING:
        raise IllegalDecision("A robot is written before STARTEX.")
    wrong = scripts.faults(game.run.exercise, readable(command.source))
    if wrong:
        raise IllegalDecision(" ".join(wrong[:3]))
    return Scripted(command.source)


# --- who sits where ---


def _handed(game: Game, command: HandOver) -> SeatHandedOver:
    run = game.run
    _before_the_end(game)
    seats = {one.id: one for one in run.exercise.seat}
    if command.seat not in seats:
        raise IllegalDecision(f"There is no seat '{command.seat}'.")
    seat = seats[command.seat]
    if seat.cell in {cell.id for cell in run.red}:
        return _handed_red(game, command)
    if seat.cell not in {cell.id for cell in run.allied}:
        raise IllegalDecision("Only seats of the cells that play change hands.")
    holds = run.players.get(seat.cell, PERSON)
    if command.player == PERSON and holds == PERSON:
        return SeatHandedOver(command.seat, PERSON)
    if not seat.lead:
        raise IllegalDecision(
            f"A robot plays a whole cell; name its lead, {run.lead(seat.cell).short}."
        )
    every = allied_robots(run.exercise)
    if command.player != PERSON and command.player not in every:
        known = ", ".join(every)
        raise IllegalDecision(f"There is no robot '{command.player}'; choose from {known}.")
    if command.player == holds:
        raise IllegalDecision(f"The robot {holds} plays that cell already.")
    return SeatHandedOver(command.seat, command.player)


def _handed_red(game: Game, command: HandOver) -> SeatHandedOver:
    """A cell of the adversaries, to people, to one of its robots, or back to the rule."""
    run = game.run
    holds = run.players.get(run.seat(command.seat).cell, RULE)
    every = (PERSON, RULE, *red_robots(run.exercise))
    if command.player not in every:
        known = ", ".join(every[1:])
        raise IllegalDecision(f"No '{command.player}' plays adversaries; choose from {known}.")
    if command.player == holds != PERSON:
        raise IllegalDecision(f"{'The rule' if holds == RULE else holds} plays that cell already.")
    return SeatHandedOver(command.seat, command.player)
