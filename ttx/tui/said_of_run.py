"""What a screen says of the run itself among what others sent: each until it is no longer so."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from ttx.tui.told import Item

TIME, RUN = -1, -2
"""That the time of the phase is nearly up, and where the run stands behind an open page.

They stand for an entry, of which there is none.
"""
_AT_ONCE = {TIME: 0, 0: 1, RUN: 2}
"""The order of what came with one entry: time has gone by since it, and the run went on by it."""


@dataclass
class _Said:
    words: str
    since: int
    """How many entries the record had when it became so."""
    read: bool = False


class SaidOfRun:
    """What is so of the run, and which of it the seat has put away."""

    def __init__(self) -> None:
        """Nothing is said."""
        self._said: dict[int, _Said] = {}

    def among(
        self, sent: Sequence[Item], so: Mapping[int, str], entries: int
    ) -> tuple[tuple[Item, ...], list[int]]:
        """All of it with what was sent, the last first, and which of it is new.

        What came later stands before what was so already: on a short page one alone has room.
        """
        new = []
        for which, words in so.items():
            said = self._said.get(which)
            if words and (said is None or said.words != words):
                self._said[which] = _Said(words, entries)
                new.append(which)
        self._said = {which: said for which, said in self._said.items() if so.get(which)}
        rows = [(-item.entry, _AT_ONCE[0], item) for item in sent]
        rows += [
            (-said.since, _AT_ONCE[which], Item(which, said.words))
            for which, said in self._said.items()
            if not said.read
        ]
        rows.sort(key=lambda row: row[:2])
        return tuple(item for _n, _order, item in rows), new

    def put_away(self, read: Iterable[int]) -> None:
        """The seat has read these."""
        for which in read:
            if which in self._said:
                self._said[which].read = True
