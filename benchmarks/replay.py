"""Any moment of a long record on the Replay screen, against one repaint of that screen."""

from __future__ import annotations

import statistics
import time
from collections.abc import Mapping

import numpy as np

from benchmarks.measure import Contender, Figures, Row, Section, timed
from benchmarks.painted import Painted
from benchmarks.run import SEED
from ttx.session.viewing import Viewing

SCRUBS = 12
"""Moments that are gone to in a round."""

SECTION = Section(
    "replay, against one repaint of the Replay screen (processor time)",
    [
        Row("one repaint of Replay, 120 by 40, 1,000 entries", "", "repaint 1000", ""),
        Row("scrub, 1,000 entries: the head alone", "repaint", "to 1000", "repaint 1000"),
        Row(
            "scrub, 1,000 entries: head, views and rows",
            "repaint of that moment",
            "rows 1000",
            "repaint 1000",
            hope=1,
            gate=1,
        ),
        Row(
            "scrub, 1,000 entries: all of it, to the frame",
            "repaint of that moment",
            "scrub 1000",
            "repaint 1000",
            hope=1,
            gate=2,
        ),
        Row(
            "scrub, 10,000 entries: head, views and rows",
            "repaint of that moment",
            "rows 10000",
            "repaint 10000",
            hope=1,
            gate=1,
        ),
        Row(
            "scrub, 10,000 entries: all of it, to the frame",
            "repaint of that moment",
            "scrub 10000",
            "repaint 10000",
            hope=1,
            gate=2,
        ),
        Row("scrub, 10,000 entries: the same", "1,000 entries", "scrub 10000", "scrub 1000"),
        Row("repaint of Replay, 10,000 entries", "1,000 entries", "repaint 10000", "repaint 1000"),
    ],
)


class Scrubbed:
    """A record on Replay whose head goes to one moment after another."""

    def __init__(self, viewing: Viewing, screen: Painted) -> None:
        """The record and its screen."""
        self.viewing, self.screen = viewing, screen
        self.luck = np.random.default_rng(SEED)
        self.filled = 0.0

    def head(self) -> float:
        """Seconds to put the head somewhere."""
        found = self.luck.integers(self.viewing.timeline.last, size=10_000).tolist()

        def all_of_them() -> None:
            for n in found:
                self.viewing.to(n)

        return timed(all_of_them) / len(found)

    def scrub(self) -> tuple[float, float, float]:
        """Seconds until another moment is painted, until its rows are made, and to repaint it."""
        painted = self.screen.frame(self._elsewhere)
        return painted, self.filled, self.screen.repaint(1)

    def _elsewhere(self) -> None:
        last = self.viewing.timeline.last
        n = (self.viewing.head + int(self.luck.integers(1, last + 1))) % (last + 1)
        began = time.process_time()
        self.viewing.to(n)
        self.screen.page.paint()
        self.filled = time.process_time() - began


def contenders(records: Mapping[int, Scrubbed]) -> list[Contender]:
    """Each record scrubbed, by the number of its entries, in turn."""

    def scrubs() -> Figures:
        found: dict[str, list[float]] = {}
        for _ in range(SCRUBS):
            for count, one in records.items():
                for name, seconds in zip(("scrub", "rows", "repaint"), one.scrub(), strict=True):
                    found.setdefault(f"{name} {count}", []).append(seconds)
        return {name: statistics.median(seconds) for name, seconds in found.items()}

    return [
        lambda: {f"to {count}": one.head() for count, one in records.items()},
        scrubs,
    ]
