"""Contextual injects of a run: which go out now by themselves, and what goes out at the desk."""

from __future__ import annotations

from collections.abc import Collection

from ttx.exercise.contextuals import readers
from ttx.exercise.model.injects import Contextual
from ttx.exercise.model.part import text
from ttx.i18n import _
from ttx.session import phases
from ttx.session.command import IllegalDecision
from ttx.session.control_events import Delivered
from ttx.session.events import EVERYBODY
from ttx.session.game import Game
from ttx.session.run import PROJECTOR, Run


def delivery(game: Game, part: Contextual) -> Delivered:
    """How one of them goes out."""
    return Delivered(part.id, readers(game.run.exercise, part) or (EVERYBODY,))


def reads(run: Run, seat: str, to: Collection[str]) -> bool:
    """Whether a seat reads what went out to some; where one person plays all, for all of theirs."""
    if EVERYBODY in to or seat in to:
        return True
    if run.facilitator or not run.together or seat == PROJECTOR:
        return False
    own = set(run.speaks_for(seat))
    return any(part.id in to and part.cell in own for part in run.exercise.seat)


def due(game: Game) -> Delivered | None:
    """The next one that goes out by itself; None where none does.

    What belongs to an inject goes out with that. All else waits for the desk, and where nobody
    facilitates for its turn.
    """
    turn = game.turn
    if turn is None or game.phase in phases.PLAY_IS_OVER:
        return None
    released = {slot.released.inject for past in game.turns for slot in past.slots}
    gone = {sending.event.contextual for sending in game.delivered}
    for part in game.run.exercise.contextual:
        if part.id in gone:
            continue
        waits = bool(game.run.facilitator) or turn.opened.turn < part.turn
        if part.inject in released if part.inject is not None else not waits:
            return delivery(game, part)
    return None


def sent_out(game: Game, name: str) -> list[Delivered]:
    """One of them as the desk sends it, then those that go out together with it.

    Raises:
        IllegalDecision: It went out already, or play has not begun or is over.
    """
    exercise = game.run.exercise
    part = exercise.contextuals.get(name)
    if part is None:
        raise IllegalDecision(_("There is no contextual inject '{name}'.", name=name))
    if game.phase in phases.PLAY_IS_OVER:
        raise IllegalDecision(_("The exercise has ended."))
    if game.turn is None:
        raise IllegalDecision(_("Nothing goes out before STARTEX."))
    gone = {sending.event.contextual for sending in game.delivered}
    if name in gone:
        raise IllegalDecision(_("'{title}' went out already.", title=text(part.title)))
    return [delivery(game, one) for one in (part, *beside(game, part))]


def beside(game: Game, part: Contextual) -> list[Contextual]:
    """The others that go out together with one of them, as far as they have not yet."""
    gone = {part.id, *(sending.event.contextual for sending in game.delivered)}
    return [
        other
        for other in game.run.exercise.contextual
        if part.together and other.together == part.together and other.id not in gone
    ]
