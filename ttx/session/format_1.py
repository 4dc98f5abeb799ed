"""What saves of format 1 say beside what is still written: whom each entry was for."""

from __future__ import annotations

from ttx.session.control_events import Deferred, Improvised, Skipped
from ttx.session.event_codec import Event
from ttx.session.events import EVERYBODY, Given, Messaged
from ttx.session.notebook_events import Allowed, Inquired, Observed, Rated, Replied
from ttx.session.run import Run


def format_1_audience(event: Event, by: str, run: Run) -> str:
    """The cell or the seat that a save of format 1 names under `to`, or `all`.

    It was written and read by nobody: who may read an entry is in the rows of `kinds`. Empty, which
    no save says, where it would be the author's cell and the author has none.
    """
    match event:
        case Given() | Replied():
            return event.cell
        case Messaged():
            return event.to
        case Inquired() | Observed() | Rated() | Deferred() | Skipped() | Improvised() | Allowed():
            return next((seat.cell for seat in run.exercise.seat if seat.id == by), "")
    return EVERYBODY
