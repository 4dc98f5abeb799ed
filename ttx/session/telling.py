"""What may be asked for to tell others: a question to the room, and that something was read."""

from __future__ import annotations

from dataclasses import dataclass

from ttx.i18n import _
from ttx.session.command import IllegalDecision, written
from ttx.session.event_codec import Event
from ttx.session.game import Game
from ttx.session.notebook_events import Acknowledged, RoomAsked
from ttx.session.rights import require
from ttx.session.run import MESSAGES
from ttx.session.side_commands import Aside


@dataclass(frozen=True, slots=True)
class Telling(Aside):
    """A request that tells, and decides nothing."""


@dataclass(frozen=True, slots=True)
class AskRoom(Telling):
    """Put a question to the room in words of one's own, at any time."""

    question: str


@dataclass(frozen=True, slots=True)
class Acknowledge(Telling):
    """Say that what was sent to this seat is read, by the numbers of its entries."""

    entries: tuple[int, ...]


def told(game: Game, seat: str, command: Telling) -> Event:
    """The fact of such a request.

    Raises:
        IllegalDecision: It is refused.
    """
    match command:
        case AskRoom():
            require(game.run, seat, MESSAGES)
            return RoomAsked(written(command.question, _("The question is empty.")))
        case Acknowledge():
            return _acknowledged(game, seat, command)
    raise IllegalDecision(_("This cannot be asked for here."))


def _acknowledged(game: Game, seat: str, command: Acknowledge) -> Acknowledged:
    sent = {message.stamp.n for message in game.sent if seat in message.to}
    entries = tuple(sorted(set(command.entries)))
    if not entries or not sent.issuperset(entries):
        raise IllegalDecision(_("Nothing was sent to this seat that could be acknowledged so."))
    if game.notebook.acknowledged.get(seat, frozenset()).intersection(entries):
        raise IllegalDecision(_("That was acknowledged already."))
    return Acknowledged(entries)
