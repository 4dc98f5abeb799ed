"""Contested rulings: who challenged what and why, how it was heard, and who may still challenge."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ttx.session import phases
from ttx.session.game import ChallengeRecord, Game
from ttx.session.gates import unheard
from ttx.session.view.eye import Eye
from ttx.session.view.visibility import decides

WAITS = "waits to be heard"


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
    """`upheld`, `modified`, `overturned`, or that it waits to be heard."""
    why: str
    """What the facilitator said; empty while it waits."""

    @property
    def heard(self) -> bool:
        """Whether the facilitator has decided on it."""
        return self.outcome != WAITS

    @property
    def told(self) -> str:
        """In one line: `4.1 Half an hour of radar: OSD, because …; upheld, because …`."""
        why = f", because: {self.why}" if self.why else ""
        return (
            f"{self.number} {self.title}: challenged by {self.seat}, because: {self.reason}; "
            f"{self.outcome}{why}"
        )


def contested(eye: Eye) -> tuple[Contested, ...]:
    """Every challenge in force, in order; for whoever reads rulings, and for the review."""
    return tuple(_every(eye))


def _every(eye: Eye) -> Iterator[Contested]:
    game = eye.game
    exercise = eye.exercise
    for turn in game.turns:
        number = turn.opened.turn
        for at, slot in enumerate(turn.slots, start=1):
            title = eye.text(exercise.injects[slot.released.inject].title)
            for one in slot.challenges:
                yield _made(game, one, f"{number}.{at}", title)
        for one in turn.challenges:
            yield _made(game, one, f"T{number}", "reckoning")


def _made(game: Game, one: ChallengeRecord, number: str, title: str) -> Contested:
    heard = one.heard
    return Contested(
        number,
        title,
        game.run.seat(one.seat).short,
        one.seat,
        one.reason,
        WAITS if heard is None else heard.outcome,
        "" if heard is None else heard.reason,
    )


def waiting(eye: Eye) -> Contested | None:
    """The challenge of what the table reads now that waits to be heard."""
    one = unheard(eye.game)
    if one is None:
        return None
    return next(
        found for found in reversed(contested(eye)) if found.seat_id == one.seat and not found.heard
    )


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
        return "challenged" if self.used else "challenge"


def right(eye: Eye) -> Right:
    """What is left of a seat's one challenge a turn."""
    game = eye.game
    run, turn = eye.run, game.turn
    given = (
        bool(run.facilitator)
        and decides(run, eye.seat)
        and run.seat(eye.seat).cell in run.people
        and eye.visibility.scores
    )
    if turn is None:
        return Right(given, used=False, now=False)
    every = [one for slot in turn.slots for one in slot.challenges] + [*turn.challenges]
    stands = game.phase == phases.REVIEW or (game.phase == phases.RECKONING and turn.confirmed)
    return Right(given, used=eye.seat in [one.seat for one in every], now=stands)
