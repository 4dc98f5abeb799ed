"""When somebody of the cells at the table last put something into the record, in this phase."""

from __future__ import annotations

from collections.abc import Sequence

from ttx.session.events import Entry, Released, Resumed, Undone
from ttx.session.game import Game
from ttx.session.notebook_events import Acknowledged, Probed, RoomAsked


def last_word(game: Game, entries: Sequence[Entry]) -> int:
    """Seconds in the phase at the last entry of a seat that plays; 0 where there was none.

    What the white cell writes is no talk at the table, but for its questions to the room; and
    neither is that something was read. After a pause the table is given time as after a word.
    """
    white = {cell.id for cell in game.run.exercise.cell if cell.side == "white"}
    players = {seat.id for seat in game.run.exercise.seat if seat.cell not in white}
    for entry in reversed(entries):
        if entry.phase != game.phase or isinstance(entry.event, Released | Undone):
            return 0
        asks = isinstance(entry.event, Probed | RoomAsked | Resumed)
        if asks or (entry.by in players and not isinstance(entry.event, Acknowledged)):
            return entry.elapsed
    return 0
