"""Contested rulings: who challenged what and why, how it was heard, and who may still challenge."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ttx.i18n import _
from ttx.session import phases
from ttx.session.game import ChallengeRecord
from ttx.session.gates import unheard
from ttx.session.view.eye import Eye


@dataclass(frozen=True, slots=True)
class Contested:
    """One challenge of a ruling or of a reckoning."""

    number: str
    """Of the ruling, such as `4.1`; of a reckoning its turn, `T4`."""
    title: str
    """The title of the inject, or `reckoning`."""
    seat: str
    """Who challenged, in short."""
    seat_id: str
    reason: str
    outcome: str
    """`upheld`, `modified`, `overturned`; empty while it waits to be heard."""
    why: str
    """What the facilitator said; empty while it waits."""


def contested(eye: Eye) -> tuple[Contested, ...]:
    """Every challenge in force, in order; for whoever reads rulings, and for the review."""
    return tuple(_every(eye))


def _every(eye: Eye) -> Iterator[Contested]:
    for turn in eye.game.turns:
        for played in eye.played_in(turn):
            for challenge in played.slot.challenges:
                yield _made(eye, challenge, played.number, played.title)
        for challenge in turn.challenges:
            yield _made(eye, challenge, f"T{turn.opened.turn}", _("reckoning"))


def _made(eye: Eye, challenge: ChallengeRecord, number: str, title: str) -> Contested:
    heard = challenge.heard
    return Contested(
        number,
        title,
        eye.names.seats[challenge.seat],
        challenge.seat,
        challenge.reason,
        heard.outcome if heard is not None else "",
        heard.reason if heard is not None else "",
    )


def waiting(eye: Eye) -> Contested | None:
    """The challenge of what the table reads now that waits to be heard."""
    challenge = unheard(eye.game)
    if challenge is None:
        return None
    last_first = reversed(contested(eye))
    return next(view for view in last_first if view.seat_id == challenge.seat and not view.outcome)


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
