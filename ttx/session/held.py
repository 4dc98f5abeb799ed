"""A run as the room's screen shows it while that is held: it stands still, and nothing is asked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ttx.i18n import _
from ttx.session.command import Command, IllegalDecision
from ttx.session.preview import REFUSED
from ttx.session.table import Table

if TYPE_CHECKING:
    from ttx.session.game import Game


class Held(Table):
    """A table whose game is that of the moment at which it was held."""

    def __init__(self, live: Table, game: Game) -> None:
        """The run as it stood then; `live` is where it goes on."""
        super().__init__(game, None, live.entries[: game.entries])
        self.live = live

    @property
    def elapsed(self) -> int:
        """Seconds in the phase at that moment."""
        return self.game.elapsed

    def submit(self, seat: str, command: Command, seen: int) -> None:
        """Refuse, whatever is asked for.

        Raises:
            IllegalDecision: Always.
        """
        raise IllegalDecision(_(REFUSED))


def live_of(table: Table) -> Table:
    """The table at which the run goes on."""
    return table.live if isinstance(table, Held) else table


def shown_to_room(table: Table) -> Table:
    """The table that the room's screen shows: the live one, or the run as it is held."""
    live = live_of(table)
    held = live.game.held
    if held is None:
        return live
    if isinstance(table, Held) and table.game is held:
        return table
    return Held(live, held)
