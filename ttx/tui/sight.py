"""What of a run had been seen when a key was pressed: an act is meant for that, and for no more."""

from __future__ import annotations

import math
import time
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from textual import events

if TYPE_CHECKING:
    from ttx.session.table import Table

REACTION = 0.3
"""Seconds that somebody needs at least to see a change, and not to press the key all the same."""
HELD = 0.7
"""Seconds within which the same key again may be the one that is held: it repeats by itself."""


class Sight:
    """What the screens of one seat showed, and since when."""

    def __init__(self) -> None:
        """Nothing was shown yet."""
        self._shown: deque[tuple[float, int]] = deque(maxlen=32)
        """Moments by the clock of the keys, and the last entry that was shown from then on."""
        self._place: tuple[object, ...] = ()
        self._meant = math.inf
        self._key, self._pressed = "", -math.inf
        self._as_of: int | None = None

    def show(self, table: Table, seat: str) -> None:
        """All entries so far are on the screens from now on.

        What a seat asked for itself it has seen, as long as that led nowhere else.
        """
        game, shown = table.game, self._shown
        slot = game.slot.released.inject if game.slot is not None else ""
        place = (game.phase, slot, len(game.turns), game.paused)
        last = shown[-1][1] if shown else 0
        own = all(entry.by == seat for entry in table.entries[last : game.entries])
        if shown and own and place == self._place:
            shown[-1] = (shown[-1][0], game.entries)
        else:
            shown.append((time.monotonic(), game.entries))
        self._place = place

    def press(self, event: events.Event) -> None:
        """A key was pressed, or the mouse; what comes of it is meant for what had been seen."""
        key = event.key if isinstance(event, events.Key) else ""
        held = key != "" and key == self._key and event.time - self._pressed < HELD
        if not held:  # else it is meant for what was there when it went down
            self._meant = event.time - REACTION
        self._key, self._pressed = key, event.time

    @property
    def seen(self) -> int:
        """The last entry that whoever pressed the last key had seen."""
        if self._as_of is not None:
            return self._as_of
        return max((entries for since, entries in self._shown if since <= self._meant), default=0)

    @contextmanager
    def as_of(self, seen: int) -> Iterator[None]:
        """Carry out what was asked for when no more than that had been seen."""
        self._as_of = seen
        try:
            yield
        finally:
            self._as_of = None
