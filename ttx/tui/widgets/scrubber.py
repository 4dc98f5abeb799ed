"""The scrubber of a replay: turns, injects, rulings and marks over one line with the head on it."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from rich.text import Text

from ttx.i18n import _
from ttx.session.control_events import OVERRULED, Amended
from ttx.session.events import Released, Ruled, TurnOpened
from ttx.session.game import Game
from ttx.session.marks import Mark
from ttx.session.timeline import Timeline, carried
from ttx.session.view import words
from ttx.session.view.badge import badge
from ttx.tui import paint
from ttx.tui.paint import Seg
from ttx.tui.theme import Glyphs, Ink

LABEL = 9
"""Cells left of the lanes, for their names."""
LETTERS = {"mark": "m", "fork": "F"}
TONES = {"y": "cool", "p": "text", "n": "heat", "o": "heat"}
Spot = tuple[int, str, str]
"""What is said of an entry in a lane: its number, the word, and how that looks."""


@dataclass(frozen=True)
class Lanes:
    """A record along a line with the head on it, each lane in so many cells behind its name."""

    timeline: Timeline
    head: int
    width: int
    ink: Ink
    signs: Glyphs

    def entry_at(self, cell: int) -> int:
        """The first entry in a cell of a lane."""
        cell = max(0, min(cell, self.width - 1))
        return -(-cell * self.timeline.last // max(self.width - 1, 1))

    def turns(self) -> Text:
        """`T1   T2   T3`, the present one strong; a turn that was taken back is left out."""
        timeline, ink = self.timeline, self.ink
        turn = timeline.games[self.head].turn
        styles = {turn.opened.turn: f"bold {ink.strong}"} if turn is not None else {}
        opened = [n for n in timeline.stops["turn"] if n not in timeline.struck]
        turns = [(n, timeline.opens(n)) for n in opened]
        return self._lane("", [(n, f"T{turn}", styles.get(turn, ink.muted)) for n, turn in turns])

    def injects(self) -> Text:
        """The letter of each inject; those ahead of the head without colour."""
        timeline, ink, spots = self.timeline, self.ink, list[Spot]()
        for n in self._first(timeline.stops["inject"], lambda _n: True):
            inject = timeline.games[n].inject
            assert inject is not None
            actor = badge(timeline.games[n].run.exercise, inject.actor)
            style = f"bold {ink.onactor} on {actor.colour}" if n <= self.head else ink.muted
            spots.append((n, actor.letter, style))
        return self._lane(_("injects"), spots)

    def rulings(self, opens: Sequence[int]) -> Text:
        """`y` carried in full, `p` in part, `n` not, `o` overruled, where the eye may read it.

        `opens` holds for each entry the number of the one from which it can be read.
        """
        timeline, spots = self.timeline, list[Spot]()

        def read(n: int) -> bool:
            return opens[n - 1] <= max(self.head, timeline.next("ruling", n))

        for n in self._first(timeline.ruled, read):
            event, over = timeline.entries[n - 1].event, _overruled(timeline, n)
            assert isinstance(event, Ruled)
            letter = "o" if over and read(over) else carried(event)
            tone = getattr(self.ink, TONES[letter]) if n <= self.head else self.ink.muted
            spots.append((n, letter, f"bold {tone}"))
        return self._lane(_("rulings"), spots)

    def marks(self, marks: Iterable[Mark]) -> Text:
        """`m` for a bookmark, `F` for a fork."""
        style, last = f"bold {self.ink.strong}", self.timeline.last
        spots = [(mark.n, LETTERS[mark.kind], style) for mark in marks if mark.n <= last]
        return self._lane(_("marks"), spots)

    def line(self) -> Text:
        """The line itself, as far as the head in blue."""
        at, ink = self._cell(self.head), self.ink
        past, here, ahead = ("=", "#", "-") if self.signs.plain else ("━", "█", "─")
        segs = [(past * at, ink.cool), (here, f"bold {ink.strong}")]
        segs.append((ahead * (self.width - at - 1), ink.rule))
        return paint.line(LABEL + self.width, [(" " * LABEL, ""), *segs])

    def under(self, words: str) -> Text:
        """What stands under the head, as near to it as it fits."""
        start = self._cell(self.head) - len(words) // 2
        pad = LABEL + max(0, min(start, self.width - len(words)))
        segs = [(" " * pad, ""), (words, f"bold {self.ink.strong}")]
        return paint.line(LABEL + self.width, segs)

    def _cell(self, n: int) -> int:
        """The cell of entry n; 0 is the beginning."""
        return n * (self.width - 1) // max(self.timeline.last, 1)

    def _first(self, numbers: Sequence[int], shown: Callable[[int], bool]) -> Iterator[int]:
        """Of these rising entries the first shown one of each cell: one letter fits.

        The others are passed over, so that a long record costs no more than a short one.
        """
        at = 0
        while at < len(numbers):
            n = numbers[at]
            at += 1
            if shown(n):
                yield n
                at = bisect_left(numbers, self.entry_at(self._cell(n) + 1), at)

    def _lane(self, name: str, spots: Iterable[Spot]) -> Text:
        """A lane with words at the cells of rising entries; one that would cover another is not."""
        segs: list[Seg] = [
            (paint.cell(name, LABEL - 1, self.signs), self.ink.muted),
            (" ", ""),
        ]
        at = 0
        for n, word, style in spots:
            first = min(self._cell(n), self.width - len(word))
            if first > at or (first == at and (not at or len(word) == 1)):
                segs += [(" " * (first - at), ""), (word, style)]
                at = first + len(word)
        return paint.line(LABEL + self.width, segs)


def when(game: Game) -> str:
    """The turn and the scenario's date at a moment."""
    turn, slot = len(game.turns), game.slot
    if not turn:
        return _("briefing")
    if slot is None:
        return f"T{turn} {words.scenario_day(game.run.exercise.turns, game.run.first_day(turn))}"
    day = words.day_text(slot.released.day).rsplit(" ", 1)[0]
    return f"T{turn} {day} {words.clock_time(slot.released.hour)}"


def _overruled(timeline: Timeline, n: int) -> int:
    """The entry that overruled the ruling proposed by entry n; 0 where none did."""
    overruled = 0
    for entry in timeline.entries[n:]:
        if isinstance(entry.event, Ruled | Released | TurnOpened):
            break
        if isinstance(entry.event, Amended):
            overruled = entry.n if entry.event.how == OVERRULED else 0
    return overruled
