"""A live run as another seat has it before it: it follows the run, and nothing is decided here."""

from __future__ import annotations

from pathlib import Path

from ttx.i18n import N_, _
from ttx.session.command import Command, IllegalDecision
from ttx.session.table import Table

REFUSED = N_("This is a look at another seat's screen; nothing is decided here.")


class Preview(Table):
    """A table that shows what a live one does, and refuses every request.

    It holds what is on the record. What a seat has marked or typed and not sent yet is on its own
    desk, and is not shown.
    """

    def __init__(self, live: Table) -> None:
        """The run as it stands now."""
        super().__init__(live.game, None, live.entries)
        self.live = live
        self._let_go = live.subscribe(self._grown)

    def _grown(self, entries: int) -> None:
        self.game = self.live.game
        for subscriber in list(self._subscribers):
            subscriber(entries)

    @property
    def path(self) -> Path | None:
        """Where the record is kept."""
        return self.live.path

    @property
    def seal(self) -> str:
        """The last hash of the record."""
        return self.live.seal

    @property
    def elapsed(self) -> int:
        """Seconds in the phase, pauses left out."""
        return self.live.elapsed

    def submit(self, seat: str, command: Command, seen: int) -> None:
        """Refuse, whatever is asked for.

        Raises:
            IllegalDecision: Always.
        """
        raise IllegalDecision(_(REFUSED))

    def leave(self) -> None:
        """Follow the run no more; it goes on."""
        self._let_go()
