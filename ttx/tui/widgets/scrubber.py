"""The scrubber of a replay: turns, injects, rulings and marks over one line with the head on it."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Sequence

from rich.text import Text

from ttx.session.control_events import OVERRULED, Amended
from ttx.session.events import Released, Ruled, TurnOpened
from ttx.session.marks import Mark
from ttx.session.timeline import Timeline, carried
from ttx.session.view.badge import Badge
from ttx.tui import paint
from ttx.tui.paint import Seg
from ttx.tui.theme import Glyphs, Ink

LABEL = 9
"""Cells left of the lanes, for their names."""
TONES = {"y": "cool", "p": "text", "n": "heat", "o": "heat"}


def column(n: int, last: int, width: int) -> int:
    """The cell of entry n (0 to last) in a lane that many cells wide."""
    return n * (width - 1) // max(last, 1)


def entry_at(cell: int, last: int, width: int) -> int:
    """The entry whose cell was clicked."""
    cell = max(0, min(cell, width - 1))
    return -(-cell * last // max(width - 1, 1))


def turns(timeline: Timeline, head: int, width: int, ink: Ink) -> Text:
    """`T1   T2   T3`, the present one strong; a turn that was taken back is left out."""
    now = timeline.games[head].turn
    words: list[tuple[int, str, str]] = []
    for n in timeline.stops["turn"]:
        if n in timeline.struck:
            continue
        turn = timeline.opens(n)
        here = now is not None and turn == now.opened.turn
        words.append(
            (
                column(n, timeline.last, width),
                f"T{turn}",
                f"bold {ink.strong}" if here else ink.muted,
            )
        )
    return _lane("", words, width, ink)


def injects(timeline: Timeline, badges: dict[int, Badge], head: int, width: int, ink: Ink) -> Text:
    """The letter of each inject; those ahead of the head without colour."""
    words = [
        (
            cell,
            badges[n].letter,
            f"bold {ink.onactor} on {badges[n].colour}" if n <= head else ink.muted,
        )
        for cell, n in _first(timeline.stops["inject"], lambda _: True, timeline.last, width)
    ]
    return _lane("injects", words, width, ink)


def rulings(timeline: Timeline, opens: Sequence[int], head: int, width: int, ink: Ink) -> Text:
    """`y` carried in full, `p` in part, `n` not, `o` overruled, where the eye may read it."""

    def read(n: int) -> bool:
        return opens[n - 1] <= max(head, timeline.next("ruling", n))

    words = []
    for cell, n in _first(timeline.ruled, read, timeline.last, width):
        event = timeline.entries[n - 1].event
        assert isinstance(event, Ruled)
        over = _overruled(timeline, n)
        letter = "o" if over and read(over) else carried(event)
        tone = getattr(ink, TONES[letter]) if n <= head else ink.muted
        words.append((cell, letter, f"bold {tone}"))
    return _lane("rulings", words, width, ink)


def _overruled(timeline: Timeline, n: int) -> int:
    """The entry that overruled the ruling proposed by entry n; 0 where none did."""
    found = 0
    for entry in timeline.entries[n:]:
        if isinstance(entry.event, Ruled | Released | TurnOpened):
            break
        if isinstance(entry.event, Amended):
            found = entry.n if entry.event.how == OVERRULED else 0
    return found


def marks(found: Iterable[Mark], timeline: Timeline, width: int, ink: Ink) -> Text:
    """`m` for a bookmark, `F` for a fork."""
    words = [
        (
            column(one.n, timeline.last, width),
            "F" if one.kind == "fork" else "m",
            f"bold {ink.strong}",
        )
        for one in found
        if one.n <= timeline.last
    ]
    return _lane("marks", words, width, ink)


def line(timeline: Timeline, head: int, width: int, ink: Ink, glyphs: Glyphs) -> Text:
    """The line itself, as far as the head in blue."""
    at = column(head, timeline.last, width)
    signs = ("=", "#", "-") if glyphs.plain else ("━", "█", "─")
    return paint.line(
        LABEL + width,
        [
            (" " * LABEL, ""),
            (signs[0] * at, ink.cool),
            (signs[1], f"bold {ink.strong}"),
            (signs[2] * (width - at - 1), ink.rule),
        ],
    )


def under(words: str, timeline: Timeline, head: int, width: int, ink: Ink) -> Text:
    """What stands under the head, as near to it as it fits."""
    start = column(head, timeline.last, width) - len(words) // 2
    pad = LABEL + max(0, min(start, width - len(words)))
    return paint.line(LABEL + width, [(" " * pad, ""), (words, f"bold {ink.strong}")])


def _first(
    numbers: Sequence[int], shown: Callable[[int], bool], last: int, width: int
) -> Iterator[tuple[int, int]]:
    """Each cell for some of these rising entries, and the first shown of them: one letter fits.

    The others are passed over, so that a long record costs no more than a short one.
    """
    at = 0
    while at < len(numbers):
        n = numbers[at]
        at += 1
        if shown(n):
            cell = column(n, last, width)
            yield cell, n
            at = bisect_left(numbers, entry_at(cell + 1, last, width), at)


def _lane(name: str, words: list[tuple[int, str, str]], width: int, ink: Ink) -> Text:
    """A lane with words at their cells; a word that would cover another is left out."""
    cells: list[Seg] = [(f"{name:<{LABEL}}", ink.muted)]
    at = 0
    for start, word, style in sorted(words, key=lambda one: one[0]):
        first = min(start, width - len(word))
        if first < at or (at and first == at and len(word) > 1):
            continue
        cells += [(" " * (first - at), ""), (word, style)]
        at = first + len(word)
    return paint.line(LABEL + width, cells)
