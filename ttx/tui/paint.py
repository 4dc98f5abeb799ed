"""Rows of text at exact widths: the few strokes that every screen is painted with."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from string import Formatter
from typing import TYPE_CHECKING

from rich.cells import cell_len, set_cell_size
from rich.text import Text

from ttx import shown
from ttx.tui import cuts
from ttx.tui.theme import CONTRAST, Glyphs, Ink, glyphs

if TYPE_CHECKING:
    from ttx.session.view.badge import Badge

Seg = tuple[str, str]
"""Words and their style, such as `bold #ffffff`."""
Area = tuple[int, int, int, int]
"""A place in cells: from the left, from the top, width, height."""
ROWS = 4096
"""Rows that are kept, of all apps together."""
clean = shown.clean
"""Typed or authored text as it may be painted: one line, nothing that steers a terminal."""
cut = cuts.cut
cell = cuts.cell


def line(width: int, left: Sequence[Seg] = (), right: Sequence[Seg] = (), fill: str = "") -> Text:
    """One row of exactly `width` cells; the left side is cut before it meets the right one.

    Each row is made once, for all who are shown it; what comes is a copy.
    """
    wholes = tuple(cuts.whole_of(words) for words, _ in (*left, *right))
    return _line(width, tuple(left), tuple(right), fill, glyphs().cut, wholes).copy()


@lru_cache(ROWS)
def _line(
    width: int,
    left: tuple[Seg, ...],
    right: tuple[Seg, ...],
    fill: str,
    sign: str,
    wholes: tuple[str, ...],
) -> Text:
    shortened = [
        whole for whole, (words, _) in zip(wholes, (*left, *right), strict=True) if whole != words
    ]
    left, right = _harmless(left), _harmless(right)
    ends = _cells(right)
    if ends > width:
        left, right, ends = (*left, *right), (), 0
    room = max(width - ends - (1 if right else 0), 0)
    row = Text(no_wrap=True, end="")
    used = 0
    fits = _cells(left) <= room or _read(left) <= room
    for at, (words, style) in enumerate(left):
        size = cell_len(words)
        if not fits and used + size > room - len(sign):
            rest = "".join(later for later, _ in left[at:])
            part = cuts.shortened(rest, room - used, sign)
            row.append(part, _on(style, fill))
            used += cell_len(part)
            shortened = [clean("".join(wholes[: len(left)])).strip()]
            break
        shown_words = words if used + size <= room else set_cell_size(words, room - used)
        row.append(shown_words, _on(style, fill))
        used += cell_len(shown_words)
    row.append(" " * max(width - ends - used, 0), fill and f"on {fill}")
    for words, style in right:
        row.append(words, _on(style, fill))
    cuts.remember(row, shortened)
    return row


def _cells(segs: Sequence[Seg]) -> int:
    return sum(cell_len(words) for words, _ in segs)


def _read(segs: Sequence[Seg]) -> int:
    """Cells up to the end of what there is to read: where blanks alone go over, nothing is cut."""
    return cell_len("".join(words for words, _ in segs).rstrip())


def _harmless(segs: Sequence[Seg]) -> tuple[Seg, ...]:
    return tuple((clean(words), style) for words, style in segs)


def _on(style: str, fill: str) -> str:
    return f"{style} on {fill}" if fill and " on " not in f" {style}" else style


def wrap(words: str, width: int) -> list[str]:
    """A paragraph in lines of at most that many cells, at most 72."""
    return broken(words, max(min(width, 72), 8))


def broken(words: str, width: int) -> list[str]:
    """Words in lines of at most that many cells, broken between words, or inside one too long.

    Where there is no room at all a line has one letter.
    """
    width, lines = max(width, 1), list[str]()
    for word in clean(words).split(" "):
        if lines and cell_len(lines[-1]) + 1 + cell_len(word) <= width:
            lines[-1] += f" {word}"
            continue
        rest = word
        while cell_len(rest) > width:
            part = set_cell_size(rest, width).rstrip() or rest[:1]
            lines.append(part)
            rest = rest[len(part) :]
        lines.append(rest)
    return lines or [""]


def fitted(words: str, width: int, most: int) -> list[str]:
    """Words in at most that many lines, the last one cut where they need more."""
    lines = broken(words, width)
    if len(lines) <= most:
        return lines
    last = cut(" ".join(lines[most - 1 :]), width, glyphs())
    return [cuts.Cut(part, clean(words)) for part in (*lines[: most - 1], last)]


def block(
    width: int,
    words: str,
    style: str,
    within: int = 110,
    most: int = 0,
    head: Seg = ("", ""),
    right: Sequence[Seg] = (),
) -> list[Text]:
    """Words as rows, in `within` cells of them; in at most that many, where `most` says so.

    They stand behind a `head` where there is one, with further rows set in by as much; `right` ends
    the first of them.
    """
    taken, ends = cell_len(head[0]), _cells(right) + 1 if right else 0
    room = min(width - taken - ends, within)
    first, *more = fitted(words, room, most) if most else broken(words, room)
    pad = (" " * taken, "")
    rows = [line(width, [head, (first, style)], right)]
    return rows + [line(width, [pad, (part, style)]) for part in more]


def blank(width: int) -> Text:
    """An empty row."""
    return Text(" " * width, end="", no_wrap=True)


def label(
    width: int, words: str, ink: Ink, note: str = "", extra: Iterable[Seg] = (), tone: str = ""
) -> Text:
    """A region label on the left with one short note on the right, muted unless `tone` says so."""
    left = [(words, f"bold {ink.muted}"), *extra]
    fits = cell_len(note) + sum(cell_len(part) for part, _ in left) + 2 <= width
    return line(width, left, [(note, tone or ink.muted)] if note and fits else ())


def titled(width: int, words: str, ink: Ink, note: str = "", tone: str = "") -> list[Text]:
    """A region label with the rule under it."""
    return [label(width, words, ink, note, tone=tone), rule(width, ink, glyphs())]


def rule(width: int, ink: Ink, signs: Glyphs) -> Text:
    """The thin rule under a label, always a whole row."""
    return Text(signs.rule * width, ink.rule, end="", no_wrap=True)


def shown_safely(row: Text) -> Text:
    """A row without anything that steers a terminal, whoever wrote it."""
    if not row.plain.isprintable():
        row.plain = "".join(sign if sign.isprintable() else " " for sign in row.plain)
    return row


def styled(words: str, tone: str, **values: Seg) -> list[Seg]:
    """A sentence in a tone; `{name}` in it stands for the value of that name in its own style."""
    segs: list[Seg] = []
    for before, name, _spec, _conversion in Formatter().parse(words):
        segs.append((before, tone))
        if name in values:
            segs.append(values[name])
    return segs


def clock(seconds: int) -> str:
    """`07:42`."""
    return f"{seconds // 60:02d}:{seconds % 60:02d}"


def laid_out(parts: Iterable[tuple[Area, Sequence[Text]]], height: int) -> list[Text]:
    """The rows of several places as those of one, where none of them lies over another."""
    beside: list[list[tuple[int, Text]]] = [[] for _row in range(height)]
    for (x, y, _wide, tall), rows in parts:
        for at, row in enumerate(rows[:tall]):
            if y + at < height:
                beside[y + at].append((x, row))
    made = []
    for pieces in beside:
        whole = Text(no_wrap=True, end="")
        for x, row in sorted(pieces, key=lambda piece: piece[0]):
            whole.append(" " * (x - cell_len(whole.plain)))
            whole.append_text(row)
        made.append(whole)
    return made


def badge(letter: str, colour: str, ink: Ink) -> Seg:
    """Space, letter, space on the actor's colour."""
    return f" {letter} ", f"bold {ink.onactor} on {colour}"


def of_actor(actor: Badge, ink: Ink) -> str:
    """The colour of an actor; the high contrast theme has its own."""
    return actor.contrast if ink is CONTRAST else actor.colour


def button(key: str, words: str, ink: Ink, *, default: bool = False, does: str = "") -> list[Seg]:
    """Key and word on raised ground, the default on its own; a click on it `does` an action."""
    act = f" @{does}" if does else ""
    if default:
        return [(f" {key} {words} ", f"bold {ink.oncool} on {ink.coolbg}{act}")]
    return [
        (f" {key} ", f"bold {ink.cool} on {ink.raised}{act}"),
        (f"{words} ", f"{ink.text} on {ink.raised}{act}"),
    ]


def pressed(row: Text, does: str) -> Text:
    """A row whose words do an action when they are clicked; its empty cells do nothing."""
    for words in re.finditer(r"\S+(?: \S+)*", row.plain):
        row.stylize(f"@{does}", *words.span())
    return row


def direction_colour(word: str, ink: Ink) -> str:
    """Blue for better, orange for worse, grey for what stays."""
    return {"better": ink.cool, "worse": ink.heat}.get(word, ink.muted)
