"""The game that entries lead to: whatever a record holds, and what a table is about to write."""

from __future__ import annotations

from collections.abc import Iterable

from ttx.i18n import _
from ttx.session.apply import apply, beginning
from ttx.session.bounds import misshapen
from ttx.session.events import Entry
from ttx.session.game import Game
from ttx.session.kinds import declared
from ttx.session.names import unknown
from ttx.session.run import Run


def fold(run: Run, entries: Iterable[Entry]) -> Game:
    """The game that these entries lead to; ValueError as for `followed`."""
    game = beginning(run)
    for entry in entries:
        game = followed(game, entry)
    return game


def followed(game: Game, entry: Entry) -> Game:
    """The game after an entry that was read, or is about to be written.

    A table asks before it writes: a run is not lost to a fact that no reader would take.

    Raises:
        ValueError: It cannot follow, whatever it holds.
    """
    try:
        after = apply(game, entry)
        lacks = unknown(game, entry) or misshapen(game, entry)
    except ValueError:
        raise
    except Exception as error:  # a record may hold anything
        name = declared(entry.event).name
        raise ValueError(
            _("{kind} cannot follow in the phase {phase}", kind=name, phase=game.phase)
        ) from error
    if lacks:
        raise ValueError(_("entry {number} cannot follow, {why}", number=entry.n, why=lacks))
    return after
