"""What a seat is asked as the run stands: one step, until the run stands elsewhere."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import dataclass, field

from ttx.plain.conversation import Asked, Conversation
from ttx.session.game import Game


def nothing(_typed: str) -> bool:
    """No line is kept from the words that work everywhere."""
    return False


@dataclass(frozen=True, slots=True)
class Step:
    """What lies before a seat; it is another one as soon as its `key` is."""

    key: Hashable
    asked: Asked
    tell: Callable[[], None] = field(compare=False)
    """Says what there is to read."""
    take: Callable[[str], Conversation | None] = field(compare=False)
    """Takes a line that is none of the words, and may ask more."""
    claims: Callable[[str], bool] = field(default=nothing, compare=False)
    """Whether a line is meant for this step, although its first word works everywhere."""
    waits: bool = False
    """Whether it waits for others, so that nothing is typed at it but words."""


def place(game: Game) -> tuple[Hashable, ...]:
    """Where a run stands, as far as a seat is asked anew when it changes."""
    slots = len(game.turn.slots) + len(game.turn.empty) if game.turn is not None else 0
    settled = game.turn is not None and game.turn.confirmed
    return game.phase, len(game.turns), slots, settled, len(game.undone)
