"""Contested rulings: the challenge that waits to be heard, and who may still challenge."""

from __future__ import annotations

from dataclasses import dataclass

from ttx.i18n import _
from ttx.session import phases
from ttx.session.gates import unheard
from ttx.session.view.eye import Eye


@dataclass(frozen=True, slots=True)
class Contested:
    """A challenge that waits to be heard."""

    number: str
    """Of the ruling, such as `4.1`; of a reckoning its turn, `T4`."""
    title: str
    """The title of the inject, or `reckoning`."""
    seat: str
    """Who challenged, in short."""
    reason: str


def waiting(eye: Eye) -> Contested | None:
    """The challenge of what the table reads now; None where none waits."""
    challenge, turn, slot = unheard(eye.game), eye.game.turn, eye.game.slot
    if challenge is None or turn is None:
        return None
    number, title = f"T{turn.opened.turn}", _("reckoning")
    if slot is not None and challenge in slot.challenges:
        number, title = eye.game.number, eye.names.injects[slot.released.inject]
    return Contested(number, title, eye.names.seats[challenge.seat], challenge.reason)


@dataclass(frozen=True, slots=True)
class Right:
    """What a seat can still do about what the table reads."""

    given: bool
    """Whether it is one of the seats that challenge, at a table where somebody hears them."""
    used: bool
    """Whether it has challenged in this turn."""
    now: bool
    """Whether there is a ruling to challenge now."""

    @property
    def word(self) -> str:
        """For the footer, beside the key; empty where the key is not this seat's."""
        if not (self.given and self.now):
            return ""
        return _("challenged") if self.used else _("challenge")


def right(eye: Eye) -> Right:
    """What is left of a seat's one challenge a turn."""
    phase, turn = eye.game.phase, eye.game.turn
    given = bool(eye.run.facilitator) and eye.plays and eye.visibility.scores
    if turn is None:
        return Right(given, used=False, now=False)
    made = [*turn.challenges, *(of_slot for slot in turn.slots for of_slot in slot.challenges)]
    stands = phase == phases.REVIEW or (phase == phases.RECKONING and turn.confirmed)
    return Right(given, used=eye.seat in [challenge.seat for challenge in made], now=stands)
