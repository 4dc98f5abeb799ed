"""A record with every moment of it, and where its turns, injects and rulings stand."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable

from ttx.session.apply import beginning
from ttx.session.events import Confirmed, Entry, Released, Ruled, TurnOpened, Undone
from ttx.session.fold import followed
from ttx.session.game import Game
from ttx.session.kinds import declared
from ttx.session.phases import REVIEW
from ttx.session.run import Run

KINDS = ("turn", "inject", "ruling")
"""What can be jumped to, besides an entry."""


class Timeline:
    """The positions in time of a record: `games[n]` is the game after its first n entries."""

    def __init__(self, run: Run, entries: Iterable[Entry] = ()) -> None:
        """The timeline of these entries.

        Raises:
            ValueError: One of them cannot follow.
        """
        self.run = run
        self.entries: list[Entry] = []
        self.games: list[Game] = [beginning(run)]
        self.stops: dict[str, list[int]] = {kind: [] for kind in KINDS}
        """Entry numbers, rising: turns opened, injects released, rulings and reckonings shown."""
        self.ruled: list[int] = []
        """Entry numbers, rising: what came of the answers."""
        self.struck: dict[int, int] = {}
        """Entries that were taken back, each with the number of the one that did it."""
        self._standing: list[int] = []
        """Entries that an undo would take back, if it went back far enough."""
        self.extend(entries)

    @property
    def last(self) -> int:
        """The number of the last entry."""
        return len(self.entries)

    @property
    def game(self) -> Game:
        """Where the whole record leads to."""
        return self.games[-1]

    def extend(self, entries: Iterable[Entry]) -> None:
        """Take in entries that follow."""
        for entry in entries:
            self.games.append(followed(self.games[-1], entry))
            self.entries.append(entry)
            match entry.event:
                case TurnOpened():
                    self.stops["turn"].append(entry.n)
                case Released():
                    self.stops["inject"].append(entry.n)
                case Ruled():
                    self.ruled.append(entry.n)
                case Confirmed():
                    self.stops["ruling"].append(entry.n)
                case Undone():
                    at = bisect_right(self._standing, entry.event.back_to)
                    self.struck.update(dict.fromkeys(self._standing[at:], entry.n))
                    del self._standing[at:]
            if not declared(entry.event).aside and not isinstance(entry.event, Undone):
                self._standing.append(entry.n)

    def next(self, kind: str, head: int) -> int:
        """The first stop of that kind after the head; the last entry where there is none."""
        stops = self.stops[kind]
        at = bisect_right(stops, head)
        return stops[at] if at < len(stops) else self.last

    def before(self, kind: str, head: int) -> int:
        """The last stop of that kind before the head; the beginning where there is none."""
        stops = self.stops[kind]
        at = bisect_left(stops, head)
        return stops[at - 1] if at else 0

    def turn(self, number: int) -> int | None:
        """The entry that opened a turn, the one in force where it was opened again."""
        opened = [n for n in self.stops["turn"] if self.opens(n) == number]
        standing = [n for n in opened if n not in self.struck]
        at = standing or opened
        return at[-1] if at else None

    def opens(self, number: int) -> int:
        """The turn that a stop of kind `turn` opened."""
        event = self.entries[number - 1].event
        assert isinstance(event, TurnOpened)
        return event.turn

    def inject(self, number: str) -> int | None:
        """The entry that last released inject `4.1`: turn, and place in it."""
        return next((n for n in reversed(self.stops["inject"]) if self.number(n) == number), None)

    def ruling(self, number: str) -> int | None:
        """The entry from which the last ruling on inject `4.1` can be read."""
        rulings = (n for n in reversed(self.stops["ruling"]) if self.games[n].phase == REVIEW)
        return next((n for n in rulings if self.number(n) == number), None)

    def number(self, n: int) -> str:
        """The inject on the table after n entries, such as `4.1`; empty where there is none."""
        turn = self.games[n].turn
        return f"{turn.opened.turn}.{len(turn.slots)}" if turn and turn.slots else ""


def carried(event: Ruled) -> str:
    """What came of an answer: `y` in full, `p` in part, `n` nothing."""
    fact = event.ruling
    share = {"on_time": 4, "late": 2, "far_too_late": 0}[fact.timing] * fact.quarters
    return "y" if share == 16 else "p" if share else "n"
