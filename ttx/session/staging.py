"""What the desk sets for everybody: what the room's screen shows, and how long a phase takes.

Neither decides anything, so both are never stale and go on while time stands still.
"""

from __future__ import annotations

from dataclasses import dataclass

from ttx.i18n import _
from ttx.session import phases
from ttx.session.command import IllegalDecision, readable, written
from ttx.session.control_events import (
    BREAK,
    HELD,
    INJECT,
    MAP,
    MESSAGE,
    STANDING,
    RoomSet,
    TimeBoxed,
)
from ttx.session.event_codec import Event
from ttx.session.game import Game
from ttx.session.rights import require
from ttx.session.run import MESSAGES, PACE
from ttx.session.side_commands import Aside

LONGEST_BOX = 240
"""Minutes."""


@dataclass(frozen=True, slots=True)
class Staged(Aside):
    """A request of the desk that everybody sees the effect of."""


@dataclass(frozen=True, slots=True)
class ShowRoom(Staged):
    """Put something on the room's screen, hold what it shows, or let it follow the run again."""

    shows: str
    """One of `control_events.ROOM_SHOWS`."""
    inject: str = ""
    words: str = ""
    """Of a message or a break."""


@dataclass(frozen=True, slots=True)
class SetTime(Staged):
    """Give the phase so many minutes from now; 0 takes that away."""

    minutes: int


def staged(game: Game, seat: str, command: Staged) -> Event:
    """The fact of such a request.

    Raises:
        IllegalDecision: It is refused.
    """
    match command:
        case ShowRoom():
            require(game.run, seat, MESSAGES)
            return _shown(game, command)
        case SetTime():
            require(game.run, seat, PACE)
            return _boxed(game, command)
    raise IllegalDecision(_("This cannot be asked for here."))


def _shown(game: Game, command: ShowRoom) -> RoomSet:
    match command.shows:
        case shows if shows == INJECT:
            if command.inject not in released(game):
                raise IllegalDecision(_("Only an inject that was released can be put there."))
            return RoomSet(INJECT, inject=command.inject)
        case shows if shows == MAP:
            if game.run.exercise.map is None:
                raise IllegalDecision(_("This exercise has no map."))
        case shows if shows == STANDING:
            if game.run.red_seated:
                raise IllegalDecision(
                    _("Adversaries sit in the room; the standing is not for them.")
                )
        case shows if shows == MESSAGE:
            words = written(command.words, _("The message is empty."))
            return RoomSet(MESSAGE, words=words)
        case shows if shows == BREAK:
            return RoomSet(BREAK, words=readable(command.words.strip()))
        case shows if shows == HELD:
            if game.held is not None:
                raise IllegalDecision(_("The room's screen is held already."))
        case _:
            if game.room is None:
                raise IllegalDecision(_("The room's screen follows the run already."))
            return RoomSet()
    return RoomSet(command.shows)


def released(game: Game) -> list[str]:
    """The injects that were put to the table and stand, by id, the last one first."""
    slots = [slot.released.inject for turn in game.turns for slot in turn.slots]
    return slots[::-1]


def _boxed(game: Game, command: SetTime) -> TimeBoxed:
    if game.phase == phases.CLOSED:
        raise IllegalDecision(_("The run is closed."))
    if not 0 <= command.minutes <= LONGEST_BOX:
        raise IllegalDecision(
            _("Give whole minutes, 1 to {most}; 0 takes them away.", most=LONGEST_BOX)
        )
    if command.minutes == 0 and game.boxed is None:
        raise IllegalDecision(_("No time was set for this phase."))
    return TimeBoxed(command.minutes)
