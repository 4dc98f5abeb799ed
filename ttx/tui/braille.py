"""Draws lines, areas and words in braille dots, and from these the charts of the screens."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from rich.cells import cell_len, get_character_cell_size
from rich.text import Text

from ttx.tui.theme import FULL, Glyphs, Ink

Stroke = Literal["thick", "solid", "dashed", "dotted"]
Values = Sequence[float | None]
"""One value a turn, all in one unit; None where the turn has not been played."""
Band = tuple[float, float, float]
"""Low, likeliest and high value of one turn to come."""

BITS = ((1, 8), (2, 16), (4, 32), (64, 128))
"""What a dot adds to U+2800: four rows of two."""
_PATTERN: dict[Stroke, str] = {"thick": "#", "solid": "#", "dashed": "####...", "dotted": "#..."}


def steps(x0: int, y0: int, x1: int, y1: int) -> Iterator[tuple[int, int]]:
    """The dots of a straight line, both ends included."""
    right, down = abs(x1 - x0), -abs(y1 - y0)
    step_x, step_y = (1 if x0 < x1 else -1), (1 if y0 < y1 else -1)
    error = right + down
    while True:
        yield x0, y0
        if (x0, y0) == (x1, y1):
            return
        twice = 2 * error
        if twice >= down:
            error += down
            x0 += step_x
        if twice <= right:
            error += right
            y0 += step_y


class Canvas:
    """Cells of two by four dots, each with one ink, and characters that lie over them.

    Dots count from the top left; what falls outside is left out. Inks are names of colours that
    rich knows, such as `#5fafff`; styles of words may also say `bold` or `on #303030`.
    """

    def __init__(self, width: int, height: int) -> None:
        self.width, self.height = width, height
        self._dots = [bytearray(width) for _ in range(height)]
        self._inks = [[""] * width for _ in range(height)]
        self._words: list[dict[int, tuple[str, str]]] = [{} for _ in range(height)]

    def cell(self, column: int, row: int, dots: int, ink: str) -> None:
        """Give a cell these dots and no others."""
        self._dots[row][column] = dots
        self._inks[row][column] = ink

    def dot(self, x: int, y: int, ink: str) -> None:
        """Set one dot; its cell takes the ink."""
        if 0 <= x < 2 * self.width and 0 <= y < 4 * self.height:
            self._dots[y >> 2][x >> 1] |= BITS[y & 3][x & 1]
            self._inks[y >> 2][x >> 1] = ink

    def line(
        self,
        points: Sequence[tuple[int, int]],
        ink: str,
        stroke: Stroke = "solid",
        keep: frozenset[tuple[int, int]] = frozenset(),
    ) -> None:
        """Join the points, in dots; cells named in `keep` (column, row) stay as they are."""
        path = [*points[:1]]
        for (x0, y0), (x1, y1) in pairwise(points):
            path += [*steps(x0, y0, x1, y1)][1:]
        pattern = _PATTERN[stroke]
        for at, (x, y) in enumerate(path):
            if pattern[at % len(pattern)] == "#" and (x >> 1, y >> 2) not in keep:
                self.dot(x, y, ink)
                if stroke == "thick":
                    for other in ((x - 1, y), (x, y - 1), (x - 1, y - 1)):
                        self.dot(*other, ink)

    def inked(self) -> frozenset[tuple[int, int]]:
        """The cells (column, row) with a dot in them."""
        return frozenset(
            (column, row)
            for row, cells in enumerate(self._dots)
            for column, dots in enumerate(cells)
            if dots
        )

    def clear(self, column: int, row: int, width: int = 1) -> None:
        """Empty cells of one row, a character that is cut in two included."""
        if not 0 <= row < self.height:
            return
        words = self._words[row]
        for at in range(max(column, 0), min(column + width, self.width)):
            self._dots[row][at] = 0
            words.pop(at, None)
            if words.get(at + 1, (" ", ""))[0] == "":
                words[at + 1] = (" ", "")
            if get_character_cell_size(words.get(at - 1, (" ", ""))[0] or " ") > 1:
                words[at - 1] = (" ", "")

    def write(self, column: int, row: int, words: str, style: str) -> int:
        """Lay words over the cells and return the column after them; the edge cuts them."""
        for character in words:
            width = get_character_cell_size(character)
            if width == 0:
                continue
            if 0 <= row < self.height and 0 <= column <= self.width - width:
                self.clear(column, row, width)
                self._words[row][column] = (character, style)
                for rest in range(1, width):
                    self._words[row][column + rest] = ("", style)
            column += width
        return column

    def rows(self, base: str = "", signs: Glyphs = FULL) -> list[Text]:
        """The picture, each row exactly as wide as the canvas; `base` is the style under all."""
        return [self._row(row, base, signs) for row in range(self.height)]

    def _row(self, row: int, base: str, signs: Glyphs) -> Text:
        text = Text(style=base, no_wrap=True, overflow="crop", end="")
        words, inks = self._words[row], self._inks[row]
        run, ink = "", ""
        for column, dots in enumerate(self._dots[row]):
            if column in words:
                character, style = words[column]
            elif not dots:
                character, style = " ", ""
            elif signs.plain:
                character, style = "#" if dots.bit_count() >= 4 else ".", inks[column]
            else:
                character, style = chr(0x2800 + dots), inks[column]
            if style != ink:
                text.append(run, ink)
                run, ink = "", style
            run += character
        return text.append(run, ink)


STROKES = "_.-'"
"""The four steps of a trend where braille cannot be shown: low, and up from there."""


def trend(values: Values, width: int, low: float, high: float, signs: Glyphs = FULL) -> str:
    """The course of the values in one row of `width` cells, from the first value to the last.

    The scale runs from `low` to `high` in four steps; in the plain set each is a stroke.
    """
    if signs.plain:
        return _stepped(values, width, low, high, STROKES)
    levels = _levels(values, 2 * width, low, high, 3)
    bits = [0 if level is None else BITS[3 - level][at & 1] for at, level in enumerate(levels)]
    pairs = zip(bits[::2], bits[1::2], strict=True)
    return "".join(chr(0x2800 + left + right) if left + right else " " for left, right in pairs)


def _stepped(values: Values, width: int, low: float, high: float, steps: str) -> str:
    """The course as one sign of `steps` a cell, the first for the low end of the scale."""
    levels = _levels(values, width, low, high, len(steps) - 1)
    return "".join(" " if level is None else steps[level] for level in levels)


def _levels(values: Values, count: int, low: float, high: float, top: int) -> list[int | None]:
    known = values if len(values) > 1 else [*values, None]
    course = [_between(known, at * (len(known) - 1) / max(count - 1, 1)) for at in range(count)]
    return [None if value is None else _level(value, low, high, top) for value in course]


def _between(values: Values, place: float) -> float | None:
    """The value at a place between two turns; none where either of them has none."""
    before, share = values[int(place)], place % 1
    if before is None or share == 0:
        return before
    after = values[int(place) + 1]
    return None if after is None else before + share * (after - before)


def _level(value: float, low: float, high: float, top: int) -> int:
    """Where a value stands on a scale from 0 to `top`; beyond its ends it stays at the end."""
    share = 0.5 if high <= low else (value - low) / (high - low)
    return round(min(max(share, 0.0), 1.0) * top)


@dataclass(frozen=True, slots=True)
class Reference:
    """Another policy on the same dice."""

    letter: str
    values: Values
    stroke: Stroke


def panel(
    run: Values,
    references: Sequence[Reference] = (),
    *,
    width: int,
    height: int,
    low: float,
    high: float,
    turns: int,
    ink: Ink,
    fan: Sequence[Band | None] = (),
    core: Sequence[Band | None] = (),
    foot: tuple[str, str, str] | None = None,
    signs: Glyphs = FULL,
) -> list[Text]:
    """This run thick, references thin with their letters at their ends, all on one scale.

    `width` and `height` are in cells, axis numbers, letters and foot included; `turns` is the
    number of values the axis has room for; values beyond `low` and `high` stay at the edge. `fan`
    has an entry a turn, as the run has, and keeps clear of every line; `core` is the inner part of
    it, drawn denser. `foot` names the first turn, the one this run has reached, and the last.
    """
    run = run[:turns]
    plot = _Plot(Canvas(width, height), low, high, turns, height - (foot is not None), ink)
    last = max((turn for turn, value in enumerate(run) if value is not None), default=-1)
    course = {turn: band for turn, band in enumerate(fan[:turns]) if band and turn > last}
    if course and last >= 0 and (here := run[last]) is not None:
        course[last] = (here, here, here)
    inner = {turn: band for turn, band in enumerate(core[:turns]) if band and turn in course}
    if inner and last in course:
        inner[last] = course[last]
    if signs.plain:
        plot.digits(run, references, course)
    else:
        plot.lines(run, references, course, inner)
    if foot is not None:
        plot.foot(foot, last, signs)
    return plot.canvas.rows(ink.text, signs)


class _Plot:
    """A canvas with two axes: numbers left of it, room for letters right of it."""

    def __init__(
        self, canvas: Canvas, low: float, high: float, turns: int, rows: int, ink: Ink
    ) -> None:
        self.canvas, self.low, self.high, self.turns = canvas, low, high, turns
        self.rows, self.ink = max(rows, 1), ink
        scale = {0: high, (self.rows - 1) // 2: (low + high) / 2, self.rows - 1: low}
        sign = "+" if low < 0 else ""
        self.marks = {row: f"{value:{sign if value else ''}.0f}" for row, value in scale.items()}
        self.left = max(map(len, self.marks.values())) + 1
        self.width = max(canvas.width - self.left - 2, 1)

    def point(self, turn: int, value: float) -> tuple[int, int]:
        """The dot of a value, one off the left and upper edge so that a thick line fits."""
        x = round(turn * (2 * self.width - 2) / max(self.turns - 1, 1))
        level = _level(value, self.low, self.high, 4 * self.rows - 2)
        return 2 * self.left + 1 + x, 4 * self.rows - 1 - level

    def lines(
        self,
        run: Values,
        references: Sequence[Reference],
        course: dict[int, Band],
        inner: dict[int, Band],
    ) -> None:
        """Draw everything as dots, what matters most first, so that the rest keeps clear of it."""
        canvas, ink = self.canvas, self.ink
        for row, mark in self.marks.items():
            canvas.write(self.left - 1 - len(mark), row, mark, ink.faint)
        self._trace(run, ink.strong, "thick", frozenset())
        ours = canvas.inked()
        likely = [course[turn][1] if turn in course else None for turn in range(self.turns)]
        self._trace(likely, ink.cool, "solid", ours)
        above = canvas.inked()
        for reference in references:
            self._trace(reference.values, ink.ref, reference.stroke, above)
        clear = canvas.inked()
        self._area(course, clear, 4 if inner else 2)
        self._area(inner, clear, 2)
        self._letters(references, ours)

    def _trace(
        self, values: Values, ink: str, stroke: Stroke, keep: frozenset[tuple[int, int]]
    ) -> None:
        points: list[tuple[int, int]] = []
        for turn, value in enumerate([*values[: self.turns], None]):
            if value is not None:
                points.append(self.point(turn, value))
            else:
                self.canvas.line(points, ink, stroke, keep)
                points = []

    def _area(self, course: dict[int, Band], keep: frozenset[tuple[int, int]], apart: int) -> None:
        """Dots between low and high, one of `apart` in every row."""
        edges = [
            (*self.point(t, high), self.point(t, low)[1])
            for t, (low, _, high) in sorted(course.items())
        ]
        for (start, top, floor), (end, top_then, floor_then) in pairwise(edges):
            for x in range(start, end + 1):
                share = (x - start) / max(end - start, 1)
                first = round(top + share * (top_then - top))
                for y in range(first, round(floor + share * (floor_then - floor)) + 1):
                    dotted = (x + (y if apart == 2 else 2 * y)) % apart == 0
                    if dotted and (x >> 1, y >> 2) not in keep:
                        self.canvas.dot(x, y, self.ink.fan)

    def _letters(self, references: Sequence[Reference], keep: frozenset[tuple[int, int]]) -> None:
        ends = []
        for reference in references:
            values = enumerate(reference.values[: self.turns])
            if known := [(turn, value) for turn, value in values if value is not None]:
                x, y = self.point(*known[-1])
                ends.append((y, (x >> 1) + 2, reference.letter))
        taken = set(keep)
        for at, (y, column, letter) in enumerate(sorted(ends)):
            # The lower of two letters needs a row of its own, also when both lines end at the foot.
            row = min(y >> 2, max(self.rows - len(ends) + at, 0))
            near = sorted(range(self.rows), key=lambda other: (abs(other - row), -other))
            row = next((other for other in near if (column, other) not in taken), row)
            taken.add((column, row))
            self.canvas.write(column, row, letter, f"bold {self.ink.ref}")

    def digits(self, run: Values, references: Sequence[Reference], course: dict[int, Band]) -> None:
        """Write every line as a row of digits, 0 at the low end of the scale and 9 at the high."""
        ink = self.ink
        series = [(" ", run, f"bold {ink.strong}")]
        series += [(other.letter, other.values, ink.ref) for other in references]
        if course:
            for letter, part, tone in (("~", 1, ink.cool), ("^", 2, ink.fan), ("v", 0, ink.fan)):
                ahead = [course[at][part] if at in course else None for at in range(self.turns)]
                series.append((letter, ahead, tone))
        for row, (letter, values, tone) in enumerate(series[: self.rows]):
            padded = [*values, *[None] * self.turns][: self.turns]
            self.canvas.write(self.left - 2, row, letter, tone)
            words = _stepped(padded, self.width, self.low, self.high, "0123456789")
            self.canvas.write(self.left, row, words, tone)
        if len(series) < self.rows:
            note = f"0 is {self.marks[self.rows - 1]}, 9 is {self.marks[0]}"
            self.canvas.write(self.left, self.rows - 1, note, ink.faint)

    def foot(self, foot: tuple[str, str, str], last: int, signs: Glyphs) -> None:
        """Name the turns under the plot; the turn reached goes before the ends of the axis."""
        first, now, final = foot
        words = [
            (self.left, first, self.ink.faint),
            (self.left + self.width + 1 - cell_len(final), final, self.ink.faint),
        ]
        if last >= 0:
            at = self.point(last, self.low)[0] >> 1
            fits = at + 2 + cell_len(now) <= self.canvas.width
            start = at if fits else at - 1 - cell_len(now)
            pointed = f"{signs.better} {now}" if fits else f"{now} {signs.better}"
            words.insert(0, (start, pointed, self.ink.text))
        taken: set[int] = set()
        for column, text, tone in words:
            cells = range(column, column + cell_len(text))
            if column >= 0 and taken.isdisjoint(range(column - 1, cells.stop + 1)):
                self.canvas.write(column, self.rows, text, tone)
                taken.update(cells)
