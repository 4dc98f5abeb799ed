"""One hosted run: its table, the seats that are invited to it, and a visit for each who comes."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator

from ttx.exercise.model import Cell
from ttx.remote.door import Guest
from ttx.remote.invitations import Invitations
from ttx.remote.reach import Reach
from ttx.remote.session import ChannelSession
from ttx.remote.visit import Visit
from ttx.session.attendance import Attendance
from ttx.session.run import PERSON, PROJECTOR, WATCHED, Run
from ttx.session.table import Table
from ttx.tui.seat_state import SeatState


def invited(run: Run) -> list[str]:
    """Ids of the seats that people take at a hosted table, in the order of the exercise."""
    held = {c.id for c in run.exercise.cell if _seated(run, c)}
    return [*(seat.id for seat in run.exercise.seat if seat.cell in held), PROJECTOR]


def _seated(run: Run, cell: Cell) -> bool:
    return run.players.get(cell.id) in (PERSON, WATCHED)


class Hosting:
    """The game's side of the door, and what the facilitator can do about seats."""

    def __init__(self, table: Table, invitations: Invitations, codes: dict[str, str]) -> None:
        """A table with its invitations; `codes` are those that were just made, by seat."""
        self.table, self.invitations = table, invitations
        self.attendance = Attendance(invitations.seats)
        self.reach = Reach("127.0.0.1", 0)
        self._codes = dict(codes)
        self.resumed = not codes
        """Whether another process hosted this run before, and drafts were lost with it."""
        self._states = {seat: SeatState() for seat in invitations.seats}
        self._visits: list[Visit] = []

    # --- the door asks ---

    def greet(self, guest: Guest) -> ChannelSession:
        """A visit for a guest."""
        return ChannelSession(Visit(self, guest))

    # --- visits ---

    def state_of(self, seat: str) -> SeatState:
        """What a seat left behind."""
        return self._states[seat]

    @contextlib.contextmanager
    def visited(self, visit: Visit) -> Iterator[None]:
        """Have a visitor sit; those whom the seat was taken from before make room."""
        for other in [one for one in self.visits(visit.seat) if one.demoted]:
            other.send_away("You are signed in somewhere else.")
        self._visits.append(visit)
        self.attendance.connect(visit.seat, visit)
        try:
            yield
        finally:
            self._visits.remove(visit)
            self.attendance.disconnect(visit.seat, visit)

    def visits(self, seat: str) -> list[Visit]:
        """Who sits there, and whom it was taken from."""
        return [one for one in self._visits if one.seat == seat]

    def send_all_away(self, words: str) -> None:
        """The host closes; the seats are kept for when it is resumed."""
        for visit in list(self._visits):
            visit.send_away(words, 0)

    # --- the facilitator asks ---

    def line(self, seat: str) -> str:
        """What to send to the person, with the code where it was made here and is not spent."""
        code = self._codes.get(seat, "")
        if code and not self.invitations.match(seat, code):
            code = ""
        what = f"   code {code}" if code else f"   ({self.invitations.state(seat).words})"
        return f"{self.reach.command(seat)}{what}"

    def state(self, seat: str) -> str:
        """How the invitation of a seat stands, in a few words."""
        return self.invitations.state(seat).words

    def reissue(self, seat: str) -> str:
        """A new code for a seat, as a line to send."""
        self._codes[seat] = self.invitations.reissue(seat)
        return self.line(seat)

    def revoke(self, seat: str) -> None:
        """Take a seat back: its code and keys are void, and whoever sits there is sent away."""
        self.invitations.revoke(seat)
        for visit in self.visits(seat):
            visit.send_away("The host has taken this seat back.")
