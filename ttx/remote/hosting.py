"""One hosted run: its table, the seats that are invited to it, and a visit for each who comes."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from ttx.exercise.model.people import Cell
from ttx.i18n import N_, _
from ttx.remote import hostkey
from ttx.remote.door import Guest
from ttx.remote.invitations import Invitations, beside
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


class Seats(NamedTuple):
    """The seats that are given out for a table."""

    invitations: Invitations
    codes: dict[str, str]
    """Those that were made just now, by seat; nobody was told them before."""
    fresh: bool
    """Whether the table opens for the first time."""


def seats_of(table: Table, after: Path | None = None) -> Seats:
    """The invitations beside a save, made where there are none.

    A session `after` a rehearsal, named by its save, has the codes, keys and host key of that.

    Raises:
        InvitationError: they cannot be read or written.
        HostKeyError: the key cannot be copied.
    """
    assert table.path is not None
    path, seats = beside(table.path), invited(table.game.run)
    if path.exists():
        return Seats(Invitations.open(path), {}, fresh=False)
    if after is None:
        codes = Invitations.create(path, seats)
    else:
        codes = Invitations.carry_over(beside(after), path, seats)
        hostkey.carry_over(hostkey.of(after), table.path)
    return Seats(Invitations.open(path), codes, fresh=True)


def _seated(run: Run, cell: Cell) -> bool:
    return run.players.get(cell.id) in (PERSON, WATCHED)


class Hosting:
    """The game's side of the door, and what the facilitator can do about seats."""

    def __init__(self, table: Table, seats: Seats, *, copies: bool = True) -> None:
        """A table with the seats that are given out for it."""
        self.table, self.invitations = table, seats.invitations
        self.venue = Venue(table, seats.invitations, resumed=not seats.fresh, copies=copies)
        self.attendance = self.venue.attendance
        self.reach = Reach("127.0.0.1", 0)
        self._codes = dict(seats.codes)

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
