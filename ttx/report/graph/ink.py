"""Shapes and words as SVG text: whole numbers and escaped words, so that it stays the same."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from html import escape
from unicodedata import east_asian_width

from ttx.shown import clean

PAPER, WORDS, QUIET, RULE = "#ffffff", "#1f2933", "#5f6c7b", "#d5dae1"
MORE, LESS = "#1d5fa8", "#b4470f"
"""Lines that raise and lines that lower; apart in lightness too, for eyes that see no red."""

Point = tuple[int, int]


def _plain(words: str) -> str:
    """An author's words as words: one line, nothing that steers, nothing that is read as a mark."""
    return escape(clean(words))


def width(words: str, size: int) -> int:
    """About how wide words are in a sans serif of that size, in pixels."""
    wide = sum(1 if east_asian_width(word) in "WF" else 0.56 for word in words)
    return round(wide * size)


def cut(words: str, size: int, room: int) -> str:
    """The words, with an ellipsis where they are wider than the room."""
    if width(words, size) <= room:
        return words
    while words and width(words + "…", size) > room:
        words = words[:-1]
    return words.rstrip() + "…"


def wrapped(words: str, size: int, room: int) -> list[str]:
    """The words in lines that fit the room."""
    return textwrap.wrap(words, max(8, round(room / (0.56 * size))))


def said(
    at: Point,
    words: str,
    size: int = 12,
    *,
    colour: str = WORDS,
    bold: bool = False,
    anchor: str = "start",
    halo: bool = False,
) -> str:
    """Words at a point of their base line."""
    more = ' font-weight="600"' if bold else ""
    more += f' text-anchor="{anchor}"' if anchor != "start" else ""
    more += f' paint-order="stroke" stroke="{PAPER}" stroke-width="3"' if halo else ""
    x, y = at
    return f'<text x="{x}" y="{y}" font-size="{size}" fill="{colour}"{more}>{_plain(words)}</text>'


def box(at: Point, size: Point, fill: str, *, edge: str = "none", tip: str = "") -> str:
    """A rectangle with round corners; `tip` shows where a pointer rests on it."""
    (x, y), (w, h) = at, size
    start = f'<rect x="{x}" y="{y}" width="{w}" height="{h}" rx="4" fill="{fill}" stroke="{edge}"'
    return f"{start}><title>{_plain(tip)}</title></rect>" if tip else f"{start}/>"


def line(start: Point, end: Point, colour: str = RULE) -> str:
    """A straight hair line."""
    return f'<path d="M{start[0]} {start[1]}L{end[0]} {end[1]}" stroke="{colour}" fill="none"/>'


def arrow(
    path: str, colour: str, *, thick: str = "1.5", dashed: bool = False, tip: str = ""
) -> str:
    """A path that ends in a head of its colour."""
    more = ' stroke-dasharray="5 4"' if dashed else ""
    head = {MORE: "more", LESS: "less"}.get(colour, "plain")
    start = (
        f'<path d="{path}" stroke="{colour}" stroke-width="{thick}" fill="none"'
        f' marker-end="url(#{head})"{more}'
    )
    return f"{start}><title>{_plain(tip)}</title></path>" if tip else f"{start}/>"


def sheet(title: str, size: Point, marks: Sequence[str]) -> str:
    """A whole picture on white paper."""
    w, h = size
    heads = "".join(
        f'<marker id="{name}" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7"'
        f' markerUnits="userSpaceOnUse" orient="auto"><path d="M0 0L8 4L0 8z" fill="{colour}"/>'
        "</marker>"
        for name, colour in (("more", MORE), ("less", LESS), ("plain", QUIET))
    )
    frame = f'width="{w}" height="{h}"'
    root = (
        f'<svg xmlns="http://www.w3.org/2000/svg" {frame} viewBox="0 0 {w} {h}"'
        ' font-family="system-ui, sans-serif" role="img">'
    )
    return "\n".join(
        [
            root,
            f"<title>{_plain(title)}</title>",
            f"<defs>{heads}</defs>",
            f'<rect {frame} fill="{PAPER}"/>',
            *marks,
            "</svg>",
            "",
        ]
    )
