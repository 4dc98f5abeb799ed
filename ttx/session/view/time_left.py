"""The time of the phase under way, as everybody at the table reads it."""

from __future__ import annotations

from dataclasses import dataclass

from ttx.i18n import _
from ttx.session import phases
from ttx.session.game import Game
from ttx.session.view.table import PHASES

LAST = 60
"""Seconds before the time is up at which it is said that it will be."""


@dataclass(frozen=True, slots=True)
class TimeLeft:
    """How long a phase has gone on, and how long it may."""

    elapsed: int
    """Seconds, pauses left out."""
    ends: int | None
    """Seconds into the phase at which its time is up; None where it has none."""
    boxed: bool
    """Whether the desk set that, and not the time plan of the exercise."""
    word: str
    """A sentence shortly before a time that the desk gave is up, and from then on; else empty."""

    @property
    def left(self) -> int:
        """Seconds left; 0 once the time is up, or where there is none."""
        return max((self.ends or 0) - self.elapsed, 0)

    @property
    def up(self) -> bool:
        """Whether there was a time, and it is up."""
        return self.ends is not None and self.elapsed >= self.ends

    @property
    def late(self) -> bool:
        """Whether it is up, or will be within a minute."""
        return self.ends is not None and self.ends - self.elapsed <= LAST


def time_left(game: Game, elapsed: int) -> TimeLeft:
    """The time of the phase, so many seconds into it.

    The plan counts where somebody facilitates; it is minutes of facilitated play.
    """
    if game.boxed is not None and game.phase != phases.CLOSED:
        return TimeLeft(elapsed, game.boxed, boxed=True, word=_word(game, game.boxed - elapsed))
    minutes = game.run.exercise.time_plan.get(game.phase, 0) if game.run.facilitator else 0
    return TimeLeft(elapsed, 60 * minutes or None, boxed=False, word="")


def _word(game: Game, left: int) -> str:
    phase = _(PHASES[game.phase])
    if left <= 0:
        return _("Time is up for this phase: {phase}.", phase=phase)
    if left <= LAST:
        return _("Less than a minute is left for this phase: {phase}.", phase=phase)
    return ""
