"""What a visit comes to: the table, who sits at it, and what each seat has left behind."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from typing import Protocol

from ttx.i18n import N_
from ttx.plain.sitting import Kept
from ttx.remote.invitations import Invitations
from ttx.session.attendance import Attendance, Invites, Sitting
from ttx.session.rights import able
from ttx.session.table import Table
from ttx.tui.seat_state import SeatState

ELSEWHERE = N_("You are signed in somewhere else.")


class Visitor(Sitting, Protocol):
    """Somebody who sits at the table."""

    opened: str
    """What opened the seat, as `Invitations.admits` knows it; nothing where no code was."""

    @property
    def seat(self) -> str:
        """The seat they came for."""

    @property
    def demoted(self) -> bool:
        """Whether the seat was taken elsewhere since."""

    def send_away(self, sentence: str, status: int = 1) -> None:
        """Close the screens with a sentence, marked by `N_`, in the visitor's language."""


class Venue:
    """One hosted table as a visit sees it."""

    def __init__(
        self, table: Table, invitations: Invitations, *, resumed: bool, copies: bool
    ) -> None:
        """A table at which nobody sits yet."""
        self.table, self.invitations = table, invitations
        self.attendance = Attendance(invitations.seats)
        self.resumed = resumed
        """Whether another process hosted this run before, and drafts were lost with it."""
        self.copies = copies
        """Whether screens may copy what is selected to the terminal they are shown at."""
        self._states = {seat: SeatState() for seat in invitations.seats}
        self._lines = {seat: Kept() for seat in invitations.seats}
        self._visitors: list[Visitor] = []

    def state_of(self, seat: str) -> SeatState:
        """What a seat left behind."""
        return self._states[seat]

    def lines_of(self, seat: str) -> Kept:
        """What it left behind in plain lines."""
        return self._lines[seat]

    def invites_for(self, seat: str, invites: Invites) -> Invites | None:
        """What can be done about seats, for those that may be given the right to it."""
        return invites if seat in able(self.table.game.run) else None

    @contextlib.contextmanager
    def visited(self, visitor: Visitor) -> Iterator[None]:
        """Have a visitor sit; those whom the seat was taken from before make room."""
        for other in self.visitors(visitor.seat):
            if other.demoted:
                other.send_away(ELSEWHERE)
        self._visitors.append(visitor)
        self.attendance.connect(visitor.seat, visitor)
        try:
            yield
        finally:
            self._visitors.remove(visitor)
            self.attendance.disconnect(visitor.seat, visitor)

    def visitors(self, seat: str) -> list[Visitor]:
        """Who sits there, and whom it was taken from."""
        return [visitor for visitor in self._visitors if visitor.seat == seat]

    def send_all_away(self, sentence: str) -> None:
        """The host closes; the seats are kept for when it is resumed."""
        for visitor in list(self._visitors):
            visitor.send_away(sentence, 0)
