"""Hands at the table and at the desk: who leads a cell, who may do what, and who has the pace."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from ttx.exercise.model.people import Seat
from ttx.exercise.parts import with_parts
from ttx.i18n import _
from ttx.session import control_commands, phases
from ttx.session.command import IllegalDecision
from ttx.session.control_events import ControllersAdded, PacePassed, Promoted, RightsGiven
from ttx.session.event_codec import Event
from ttx.session.game import Game
from ttx.session.rights import able, at_the_desk, may, require
from ttx.session.run import ALL_RIGHTS, PACE, PERSON, SEATS, Run

MOST_CONTROLLERS = 6
"""Seats that may be added to the desk of one run."""
CONTROLLER = "controller"
"""What the id of an added seat begins with."""
Command = (
    control_commands.Promote
    | control_commands.GiveRights
    | control_commands.PassPace
    | control_commands.AddControllers
)
Fact = Promoted | RightsGiven | PacePassed | ControllersAdded


# --- what may be asked for ---


def changed_hands(game: Game, seat: str, command: Command) -> Event:
    """The fact of such a request of a seat.

    Raises:
        IllegalDecision: It is refused.
    """
    match command:
        case control_commands.PassPace():
            return _passed(game.run, seat, command.seat)
        case control_commands.Promote():
            require(game.run, seat, SEATS)
            return _promoted(game, command.seat)
        case control_commands.GiveRights():
            require(game.run, seat, SEATS)
            return _given(game.run, command)
        case control_commands.AddControllers():
            require(game.run, seat, SEATS)
            return _added(game.run, command.count)


def _promoted(game: Game, seat: str) -> Promoted:
    run = game.run
    if game.phase in phases.PLAY_IS_OVER:
        raise IllegalDecision(_("The exercise has ended."))
    part = next((part for part in run.exercise.seat if part.id == seat), None)
    if part is None:
        raise IllegalDecision(_("There is no seat '{seat}'.", seat=seat))
    playing = {cell.id for cell in (*run.allied, *run.red)}
    if part.cell not in playing:
        raise IllegalDecision(_("Only a cell that plays has a lead; the pace is passed instead."))
    if run.players.get(part.cell, PERSON) != PERSON:
        raise IllegalDecision(_("Nobody leads a cell that no person plays."))
    if run.is_lead(seat):
        raise IllegalDecision(_("{seat} leads its cell already.", seat=part.short))
    return Promoted(seat)


def _of_control(run: Run, seat: str) -> Seat:
    if seat not in able(run):
        raise IllegalDecision(
            _("The desk is for seats of exercise control: {seats}.", seats=", ".join(able(run)))
        )
    return run.seat(seat)


def _given(run: Run, command: control_commands.GiveRights) -> RightsGiven:
    part = _of_control(run, command.seat)
    unknown = [right for right in command.rights if right not in ALL_RIGHTS or right == PACE]
    if unknown:
        known = ", ".join(right for right in ALL_RIGHTS if right != PACE)
        raise IllegalDecision(
            _("There is no right '{right}'; choose from {known}.", right=unknown[0], known=known)
        )
    if command.seat == run.facilitator:
        raise IllegalDecision(_("{seat} holds the pace, and with it every right.", seat=part.short))
    given = tuple(right for right in ALL_RIGHTS if right in command.rights)
    if given == tuple(right for right in ALL_RIGHTS if may(run, command.seat, right)):
        raise IllegalDecision(_("Those are the rights of {seat} already.", seat=part.short))
    return RightsGiven(command.seat, given)


def _passed(run: Run, seat: str, to: str) -> PacePassed:
    """By its holder, or for oneself: whether the holder is gone is for the desk to see."""
    part = _of_control(run, to)
    if not run.facilitator:
        raise IllegalDecision(_("Nobody facilitates at this table."))
    if to == run.facilitator:
        raise IllegalDecision(_("{seat} holds the pace already.", seat=part.short))
    takes = seat == to and at_the_desk(run, seat)
    if not takes:
        require(run, seat, PACE)
    return PacePassed(to)


def _added(run: Run, count: int) -> ControllersAdded:
    room = MOST_CONTROLLERS - len(run.controllers)
    if not 1 <= count <= room:
        raise IllegalDecision(
            _("A desk takes up to {most} controllers more.", most=room)
            if room
            else _("The desk has as many controllers as it takes.")
        )
    return ControllersAdded(count)


def controllers_added(facts: Iterable[Event]) -> int:
    """How many controllers were added by these facts."""
    return sum(fact.count for fact in facts if isinstance(fact, ControllersAdded))


# --- what it changes ---


def after(run: Run, event: Fact) -> Run:
    """The run once hands have changed."""
    match event:
        case Promoted():
            return replace(run, leads={**run.leads, run.seat(event.seat).cell: event.seat})
        case RightsGiven():
            return replace(run, rights={**run.rights, event.seat: frozenset(event.rights)})
        case PacePassed():
            return replace(run, pace=event.seat)
        case ControllersAdded():
            return _with_controllers(run, event.count)


def _with_controllers(run: Run, count: int) -> Run:
    """The run with more seats at its desk, called by their numbers."""
    cell = next(cell.id for cell in run.exercise.cell if cell.side == "white")
    known = {seat.id for seat in run.exercise.seat}
    last = len(run.controllers)
    free = (n for n in range(last + 1, last + count + len(known) + 1))
    numbers = [n for n in free if f"{CONTROLLER}_{n}" not in known][:count]
    seats = [
        Seat.model_construct(
            id=f"{CONTROLLER}_{n}",
            cell=cell,
            name=_("Controller {number}", number=n),
            short=_("Controller {number}", number=n),
            you_are=_("You are a second pair of hands at the desk: you do what you were given."),
        )
        for n in numbers
    ]
    return replace(
        run,
        exercise=with_parts(run.exercise, seat=[*run.exercise.seat, *seats]),
        controllers=(*run.controllers, *(seat.id for seat in seats)),
    )
