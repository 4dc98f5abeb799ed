"""One hosted run: its table, the seats that are invited to it, and a visit for each who comes."""

from __future__ import annotations

from ttx.exercise.model import Cell
from ttx.i18n import N_, _
from ttx.remote.door import Guest
from ttx.remote.invitations import Invitations
from ttx.remote.reach import Reach
from ttx.remote.session import ChannelSession
from ttx.remote.venue import Venue
from ttx.remote.visit import Guest as VisitGuest
from ttx.remote.visit import Visit
from ttx.session.run import PERSON, PROJECTOR, WATCHED, Run
from ttx.session.table import Table

TAKEN_BACK = N_("The host has taken this seat back.")


def invited(run: Run) -> list[str]:
    """Ids of the seats that people take at a hosted table, in the order of the exercise."""
    held = {c.id for c in run.exercise.cell if _seated(run, c)}
    return [*(seat.id for seat in run.exercise.seat if seat.cell in held), PROJECTOR]


def _seated(run: Run, cell: Cell) -> bool:
    return run.players.get(cell.id) in (PERSON, WATCHED)


class Hosting:
    """The game's side of the door, and what the facilitator can do about seats."""

    def __init__(
        self,
        table: Table,
        invitations: Invitations,
        codes: dict[str, str],
        *,
        copies: bool = True,
    ) -> None:
        """A table with its invitations; `codes` are those that were just made, by seat."""
        self.table, self.invitations = table, invitations
        self.venue = Venue(table, invitations, resumed=not codes, copies=copies)
        self.attendance = self.venue.attendance
        self.reach = Reach("127.0.0.1", 0)
        self._codes = dict(codes)

    # --- the door asks ---

    def greet(self, guest: Guest) -> ChannelSession:
        """A visit for a guest."""
        return ChannelSession(self.visit(guest))

    def visit(self, guest: VisitGuest) -> Visit:
        """What happens to somebody who was let in, whichever way they came."""
        return Visit(self.venue, guest, self)

    # --- the facilitator asks ---

    def line(self, seat: str) -> str:
        """What to send to the person, with the code where it was made here and is not spent."""
        code = self._codes.get(seat, "")
        if code and not self.invitations.match(seat, code):
            code = ""
        what = (
            _("   code {code}", code=code) if code else f"   ({self.invitations.state(seat).words})"
        )
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
        for visitor in self.venue.visitors(seat):
            visitor.send_away(TAKEN_BACK)
