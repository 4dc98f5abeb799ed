"""Who is at the table: each seat's screen, since when, and how well it keeps up.

Nothing of it is in the record: a seat is held by whoever was invited to it, whether connected or
not.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from typing import Protocol

from ttx.i18n import N_

Changed = Callable[[], None]
TAKEN = N_("You are signed in somewhere else; this screen is now read-only.")
HERE, IDLE, AWAY, NEVER = N_("here"), N_("idle"), N_("away"), N_("never came")
"""How present a seat is: somebody sits there, pressed no key for a while, left, or never sat."""
IDLE_AFTER = 180
"""Seconds without a key after which whoever sits there counts as idle."""


class Sitting(Protocol):
    """The screen that somebody sits at."""

    @property
    def size(self) -> tuple[int, int]:
        """Columns and rows."""

    @property
    def lag(self) -> int | None:
        """Milliseconds to the terminal and back; None where nobody can tell."""

    @property
    def behind(self) -> bool:
        """Whether it does not take what it is sent."""

    def demote(self) -> None:
        """Be told that the seat is taken elsewhere; the screen may only read from here on."""

    def restore(self) -> bool:
        """Be told that the other screen is gone, and sit again; False where that may not be."""


class Invites(Protocol):
    """What the host can do about a seat's invitation."""

    def line(self, seat: str) -> str:
        """What to send to the person: the command and the code, where it is still known."""

    def state(self, seat: str) -> str:
        """`code given out`, `key bound`, `revoked`: in a few words."""

    def reissue(self, seat: str) -> str:
        """A new line to send; the code before it is void."""

    def revoke(self, seat: str) -> None:
        """Nobody comes to the seat any more, and whoever sits there is sent away."""


@dataclass(frozen=True, slots=True)
class Place:
    """One seat as the host sees it."""

    seat: str
    on: bool
    since: float | None
    """Seconds since it sat down, or since it dropped; None where nobody ever came."""
    lag: int | None
    behind: bool
    size: tuple[int, int]
    """Columns and rows; 0 by 0 where nobody sits."""
    still: float
    """Seconds since whoever sits there last pressed a key or sat down; 0 where nobody sits."""

    @property
    def presence(self) -> str:
        """One of HERE, IDLE, AWAY and NEVER."""
        if self.on:
            return IDLE if self.still >= IDLE_AFTER else HERE
        return NEVER if self.since is None else AWAY


class Attendance:
    """The seats that are invited, and who sits there now."""

    def __init__(self, seats: Sequence[str], clock: Callable[[], float] = time.monotonic) -> None:
        """Ids of the invited seats, in the order of the exercise; nobody has come yet."""
        self.seats = tuple(seats)
        self._clock = clock
        self._here: dict[str, Sitting] = {}
        self._demoted: dict[str, list[Sitting]] = {}
        """Screens that only read since their seat was taken elsewhere, the last one at the end."""
        self._since: dict[str, float] = {}
        self._active_at: dict[str, float] = {}
        self._touched_at: dict[str, float] = {}
        self._painted: dict[str, set[int]] = {}
        self._told: list[Changed] = []

    def connect(self, seat: str, screen: Sitting) -> None:
        """Take a seat; whoever sat there before is told, and only reads until this one is gone."""
        before = self._here.get(seat)
        self._here[seat], self._since[seat] = screen, self._clock()
        if before is not None and before is not screen:
            self._demoted.setdefault(seat, []).append(before)
            before.demote()
        self._changed()

    def disconnect(self, seat: str, screen: Sitting) -> None:
        """Drop from a seat; it is kept, or goes back to the screen that it was taken from."""
        demoted = self._demoted.get(seat, [])
        if screen in demoted:
            demoted.remove(screen)
        if self._here.get(seat) is not screen:
            return
        del self._here[seat]
        self._since[seat] = self._clock()
        while demoted:
            before = demoted.pop()
            if before.restore():
                self._here[seat] = before
                break
        self._changed()

    def came_before(self, seat: str) -> bool:
        """Whether somebody has sat there."""
        return seat in self._since

    def place(self, seat: str) -> Place:
        """One seat."""
        from ttx.session.run import PROJECTOR

        screen = self._here.get(seat)
        since = self._since.get(seat)
        seconds = None if since is None else self._clock() - since
        when = [at[seat] for at in (self._active_at, self._touched_at) if seat in at]
        idle = self._clock() - max(when) if when else None
        if seat == PROJECTOR:  # nobody sits there who could stir
            idle = 0.0
        return Place(
            seat,
            screen is not None,
            seconds,
            screen.lag if screen is not None else None,
            screen is not None and screen.behind,
            screen.size if screen is not None else (0, 0),
            min(s for s in (seconds, idle) if s is not None) if screen is not None else 0.0,
        )

    def places(self) -> list[Place]:
        """All invited seats."""
        return [self.place(seat) for seat in self.seats]

    def record_activity(self, seat: str) -> None:
        """Somebody at a seat wrote something, or changed what lies before it unsent."""
        self._active_at[seat] = self._clock()

    def record_touch(self, seat: str) -> None:
        """Somebody at a seat pressed a key, or a button of the mouse: they are at their screen.

        That is no talk: it breaks no silence at the table.
        """
        self._touched_at[seat] = self._clock()

    def idle_seconds(self, seat: str = "") -> float | None:
        """Seconds since a seat, or any of them, last stirred; None where none ever did.

        A seat stirs where its draft changes (an answer marked, a level picked, confidence, an
        expectation, a reason) and with each letter in a place to write. Reading, paging and
        talking in the room are not seen. What is typed is not kept, only that it was.
        """
        when = [
            self._active_at[name]
            for name in ([seat] if seat else self._active_at)
            if name in self._active_at
        ]
        return self._clock() - max(when) if when else None

    def record_painted(self, seat: str, entries: Collection[int]) -> None:
        """What was sent to a seat is on its screen; whoever watches is told of what is new there.

        That it was painted does not say that anybody was looking.
        """
        known = self._painted.setdefault(seat, set())
        new = set(entries) - known
        if new:
            known |= new
            self._changed()

    def painted(self, seat: str) -> frozenset[int]:
        """The entries that were painted at a seat since this table was opened."""
        return frozenset(self._painted.get(seat, ()))

    def here(self) -> int:
        """How many sit."""
        return len(self._here)

    def subscribe(self, changed: Changed) -> Callable[[], None]:
        """Be told when somebody comes or goes; returns the way out."""
        self._told.append(changed)
        return lambda: self._told.remove(changed)

    def _changed(self) -> None:
        for changed in list(self._told):
            changed()
