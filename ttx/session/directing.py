"""The facts that follow from a request of exercise control, or why there are none."""

from __future__ import annotations

from dataclasses import replace

from ttx.adjudicator import amending
from ttx.exercise.model.part import text
from ttx.exercise.parameters import now, parameters, within
from ttx.exercise.problems import did_you_mean
from ttx.i18n import _
from ttx.session import contextual, control_commands, control_events, hands, phases, scripts
from ttx.session.automation import next_inject, release_of
from ttx.session.command import IllegalDecision, readable, written
from ttx.session.event_codec import Event
from ttx.session.events import Released
from ttx.session.excursions import adjustment, number_of
from ttx.session.game import Game
from ttx.session.gates import open_slot
from ttx.session.improvise import faults
from ttx.session.judging import challenged, heard_out, must_play, ruled_otherwise, weighed
from ttx.session.needs import met
from ttx.session.rights import require
from ttx.session.run import (
    PACE,
    PERSON,
    RELEASES,
    RULE,
    RULINGS,
    SEATS,
    allied_robots,
    red_robots,
)

RIGHT = {
    control_commands.Release: RELEASES,
    control_commands.Defer: RELEASES,
    control_commands.Skip: RELEASES,
    control_commands.Improvise: RELEASES,
    control_commands.Deliver: RELEASES,
    control_commands.Steer: RELEASES,
    control_commands.Weigh: RULINGS,
    control_commands.Amend: RULINGS,
    control_commands.Hear: RULINGS,
    control_commands.HandOver: SEATS,
}
"""Which right a request takes; the pace where none is said."""


def controlled(game: Game, seat: str, command: control_commands.Control) -> list[Event]:
    """The facts of such a request.

    Raises:
        IllegalDecision: It is refused.
    """
    if isinstance(command, control_commands.Challenge):
        return [challenged(game, seat, command)]
    if isinstance(command, hands.Command):
        return [hands.changed_hands(game, seat, command)]
    if isinstance(command, control_commands.Adjust) and not game.run.facilitator:
        must_play(game, seat)
    else:
        require(game.run, seat, RIGHT.get(type(command), PACE))
    match command:
        case control_commands.Release():
            return [_released(game, command)]
        case control_commands.Defer() | control_commands.Skip():
            return [_set_aside(game, command)]
        case control_commands.Improvise():
            _before_the_end(game)
            wrong = faults(game.run.exercise, readable(command.source), command.part)
            if wrong:
                raise IllegalDecision(" ".join(wrong[:3]))
            return [control_events.Improvised(command.source, command.part)]
        case control_commands.Deliver():
            return [*contextual.sent_out(game, command.contextual)]
        case control_commands.Steer():
            return [_steered(game)]
        case control_commands.Adjust():
            return [_adjusted(game, command)]
        case control_commands.Weigh():
            return [weighed(game, command)]
        case control_commands.Amend():
            return ruled_otherwise(game, command)
        case control_commands.Hear():
            return heard_out(game, command)
        case control_commands.HandOver():
            return [_handed(game, command)]
    raise IllegalDecision(_("This cannot be asked for here."))


def _before_the_end(game: Game) -> None:
    if game.phase in phases.PLAY_IS_OVER:
        raise IllegalDecision(_("The exercise has ended."))


# --- injects ---


def _title(game: Game, inject: str) -> str:
    if inject not in game.run.exercise.injects:
        raise IllegalDecision(_("There is no inject '{inject}'.", inject=inject))
    return text(game.run.exercise.injects[inject].title)


def _not_yet(game: Game, inject: str) -> str:
    title = _title(game, inject)
    if inject in game.gone:
        again = game.run.exercise.injects[inject].again
        if again is None:
            raise IllegalDecision(_("'{title}' was released already.", title=title))
        raise IllegalDecision(
            _(
                "'{title}' was released already; it comes again {turns} turns after that.",
                title=title,
                turns=again,
            )
        )
    return title


def _released(game: Game, command: control_commands.Release) -> Released:
    slot = open_slot(game)
    if slot is None:
        raise IllegalDecision(
            _("No slot is open: an inject is released before a question is asked.")
        )
    title = _not_yet(game, command.inject)
    part = game.run.exercise.injects[command.inject]
    if part.slot != slot:
        raise IllegalDecision(
            _(
                "'{title}' is for the {slot} slot, and the {slot_2} slot is "
                "open; release it there, or defer it.",
                title=title,
                slot=part.slot,
                slot_2=slot,
            )
        )
    reason = readable(command.reason.strip())
    if not met(game.run.tables, game.position, part.when) and not reason:
        raise IllegalDecision(
            _("The conditions of '{title}' do not hold; give a reason.", title=title)
        )
    due = next_inject(game, slot) or ""
    instead = due if due != command.inject else ""
    return replace(release_of(game, slot, command.inject), instead_of=instead, reason=reason)


def _set_aside(game: Game, command: control_commands.Defer | control_commands.Skip) -> Event:
    _before_the_end(game)
    title = _not_yet(game, command.inject)
    reason = written(command.reason, _("Why is '{title}' left out? Give a reason.", title=title))
    if isinstance(command, control_commands.Skip):
        if command.inject in {skipped.inject for skipped in game.skipped}:
            raise IllegalDecision(
                _("'{title}' is skipped already; defer brings it back.", title=title)
            )
        return control_events.Skipped(command.inject, reason)
    turn, count = len(game.turns), game.run.exercise.turns.count
    if not turn < command.until <= count:
        if turn >= count:
            raise IllegalDecision(_("This is the last turn; nothing can be deferred past it."))
        raise IllegalDecision(
            _(
                "Defer '{title}' to one of turns {turn} to {count}.",
                title=title,
                turn=turn + 1,
                count=count,
            )
        )
    return control_events.Deferred(command.inject, command.until, reason)


def _steered(game: Game) -> control_events.Steered:
    if game.phase != phases.DELIBERATION or game.slot is None or game.inject is None:
        raise IllegalDecision(_("A contingency belongs to an inject under deliberation."))
    if not text(game.inject.if_not):
        raise IllegalDecision(_("No contingency was written for this inject."))
    if game.slot.steered:
        raise IllegalDecision(_("Its contingency was put to the table already."))
    return control_events.Steered(game.inject.id)


# --- excursions ---


def _adjusted(game: Game, command: control_commands.Adjust) -> control_events.Adjusted:
    if game.phase != phases.BRIEFING:
        raise IllegalDecision(_("An excursion is set up before STARTEX."))
    exercise = game.run.exercise
    reason = written(command.reason, _("What is the excursion for? Give a reason."))
    known, name = parameters(game.written or exercise), number_of(command)
    if command.what == control_events.START:
        track = exercise.tracks.get(command.part)
        if track is None:
            raise IllegalDecision(_("There is no track '{track}'.", track=command.part))
        if track.value is not None:
            raise IllegalDecision(
                _("{track} is worked out from the clock; it has no start.", track=command.part)
            )
        if not 0 <= command.value <= amending.FULL:
            raise IllegalDecision(_("A track is between 0 and 100 points."))
    elif command.what == control_events.STRENGTH:
        if name not in known:
            raise IllegalDecision(_("There is no influence '{influence}'.", influence=command.part))
        if not -256 <= command.value <= 256:
            raise IllegalDecision(_("A strength is between -256 and 256, per 256."))
    elif command.what == control_events.NUMBER:
        if name not in known or adjustment(name, 0, reason).what != control_events.NUMBER:
            raise IllegalDecision(
                _(
                    "There is no number '{name}'{near}.",
                    name=name,
                    near=did_you_mean(name, known),
                )
            )
        try:
            within(known[name], command.value, command.value)
        except ValueError as error:
            raise IllegalDecision(f"{error}.") from None
    else:
        raise IllegalDecision(_("An excursion sets a start, a strength or another number."))
    if now(exercise, known[name]) == command.value:
        raise IllegalDecision(_("That is what it is already."))
    return control_events.Adjusted(command.what, command.part, command.value, reason)


def set_up(
    game: Game, command: control_commands.Adjust | control_commands.Script
) -> control_events.Adjusted | control_events.Scripted:
    """What a run that robots play alone is given before STARTEX; no seat asks for it.

    Raises:
        IllegalDecision: It is refused.
    """
    if game.run.people or game.run.facilitator:
        raise IllegalDecision(_("Who sits at this table sets it up."))
    if isinstance(command, control_commands.Adjust):
        return _adjusted(game, command)
    if game.phase != phases.BRIEFING:
        raise IllegalDecision(_("A robot is written before STARTEX."))
    wrong = scripts.faults(game.run.exercise, readable(command.source))
    if wrong:
        raise IllegalDecision(" ".join(wrong[:3]))
    return control_events.Scripted(command.source)


# --- who sits where ---


def _handed(game: Game, command: control_commands.HandOver) -> control_events.SeatHandedOver:
    run = game.run
    _before_the_end(game)
    seats = {part.id: part for part in run.exercise.seat}
    if command.seat not in seats:
        raise IllegalDecision(_("There is no seat '{seat}'.", seat=command.seat))
    seat = seats[command.seat]
    if seat.cell in {cell.id for cell in run.red}:
        return _handed_red(game, command)
    if seat.cell not in {cell.id for cell in run.allied}:
        raise IllegalDecision(_("Only seats of the cells that play change hands."))
    holds = run.players.get(seat.cell, PERSON)
    if command.player == PERSON and holds == PERSON:
        return control_events.SeatHandedOver(command.seat, PERSON)
    if not run.is_lead(seat.id):
        raise IllegalDecision(
            _(
                "A robot plays a whole cell; name its lead, {lead}.",
                lead=run.lead(seat.cell).short,
            )
        )
    known_robots = allied_robots(run.exercise)
    if command.player != PERSON and command.player not in known_robots:
        known = ", ".join(known_robots)
        raise IllegalDecision(
            _(
                "There is no robot '{robot}'; choose from {known}.",
                robot=command.player,
                known=known,
            )
        )
    if command.player == holds:
        raise IllegalDecision(_("The robot {robot} plays that cell already.", robot=holds))
    return control_events.SeatHandedOver(command.seat, command.player)


def _handed_red(game: Game, command: control_commands.HandOver) -> control_events.SeatHandedOver:
    """A cell of the adversaries, to people, to one of its robots, or back to the rule."""
    run = game.run
    holds = run.players.get(run.seat(command.seat).cell, RULE)
    players = (PERSON, RULE, *red_robots(run.exercise))
    if command.player not in players:
        known = ", ".join(players[1:])
        raise IllegalDecision(
            _(
                "No '{player}' plays adversaries; choose from {known}.",
                player=command.player,
                known=known,
            )
        )
    if command.player == holds != PERSON:
        if holds == RULE:
            raise IllegalDecision(_("The rule plays that cell already."))
        raise IllegalDecision(_("{robot} plays that cell already.", robot=holds))
    return control_events.SeatHandedOver(command.seat, command.player)
