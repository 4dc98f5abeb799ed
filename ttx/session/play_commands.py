"""What a seat may ask for in play: moves, answers, going on, pausing, taking back, the end."""

from __future__ import annotations

from dataclasses import dataclass

from ttx.session import events
from ttx.session.answer import Answer
from ttx.session.command import Command


@dataclass(frozen=True, slots=True)
class Start(Command):
    """STARTEX; where somebody facilitates, a player's word that it has read its briefing."""


@dataclass(frozen=True, slots=True)
class Move(Command):
    """Move a lever to a level, by ids."""

    lever: str
    level: str


@dataclass(frozen=True, slots=True)
class Grant(Command):
    """Agree to a move that another cell asked for, or refuse it."""

    lever: str
    agreed: bool


@dataclass(frozen=True, slots=True)
class LeaveLevers(Command):
    """Be done with the levers of this turn."""


@dataclass(frozen=True, slots=True)
class Give(Command):
    """An answer to the inject on the table."""

    answer: Answer


@dataclass(frozen=True, slots=True)
class Submit(Give):
    """The lead's answer for its cell."""


@dataclass(frozen=True, slots=True)
class Commit(Give):
    """A seat's own answer, before its cell's lead submits."""


@dataclass(frozen=True, slots=True)
class Respond(Command):
    """How an adversary of the seat's own responds to the turn: sealed, and it may be changed."""

    adversary: str
    response: str


@dataclass(frozen=True, slots=True)
class Continue(Command):
    """Go on past a ruling, a reckoning or the hot wash.

    From the facilitator, who holds the pace, it opens whatever gate the run stands at.
    """


TO_ALL = events.EVERYBODY
"""Whom a message is for that every seat reads."""


@dataclass(frozen=True, slots=True)
class Message(Command):
    """The facilitator's word to a seat, or to all."""

    to: str
    text: str


@dataclass(frozen=True, slots=True)
class Pause(Command):
    """Let the time stand still, or run again."""


@dataclass(frozen=True, slots=True)
class Undo(Command):
    """Take back what was decided since the levers or the question last opened."""

    to: int = 0
    """The entry that opened what is gone back to; 0 for the last one."""


@dataclass(frozen=True, slots=True)
class End(Command):
    """ENDEX before the last turn."""

    reason: str = ""
    """Why; empty says by whom."""
