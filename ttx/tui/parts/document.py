"""A document in rows at exact widths: titles as labels, tones as colours, marks as badges."""

from __future__ import annotations

from collections.abc import Iterable

from rich.cells import cell_len
from rich.text import Text

from ttx.report.document import Part
from ttx.report.layout import Layout, Line, Run
from ttx.tui import paint
from ttx.tui.theme import Ink, glyphs

MEASURE = 110
"""Cells of a line of prose at most: a longer one is hard to follow."""
NAME = 12
"""Cells of the name of a fact."""
FIRST = 34
"""Cells of the names in a table at most."""


def rows(parts: Iterable[Part], width: int, ink: Ink, *, tight: bool = False) -> list[Text]:
    """Parts of a document in rows of exactly `width` cells; where it is tight, without empty ones.

    A title is a label with its note on the right; one of level 1 has a rule under it.
    """
    layout = Layout(min(width, MEASURE), _broken, cell_len, set_in=0, name=NAME, first=FIRST)
    return [_row(line, width, ink) for line in layout.lines(parts) if line.runs or not tight]


def _row(line: Line, width: int, ink: Ink) -> Text:
    if line.rule:
        return paint.rule(width, ink, glyphs())
    if line.title:
        return paint.label(width, line.text.upper(), ink, line.note)
    return paint.line(width, [_styled(run, ink) for run in line.runs])


def _styled(run: Run, ink: Ink) -> paint.Seg:
    if run.colour:
        return paint.badge(run.text[1:-1], run.colour, ink)
    tones = {
        "text": ink.text,
        "bold": f"bold {ink.text}",
        "strong": f"bold {ink.strong}",
        "muted": ink.muted,
        "good": ink.cool,
        "bad": ink.heat,
    }
    return run.text, tones[run.tone]


def _broken(text: str, width: int, hang: int) -> list[str]:
    """Words in rows by what they take up on a screen, the first one wider than the rest."""
    first, *rest = paint.broken(text, width)
    if hang and rest:
        rest = paint.broken(text[len(first) :].lstrip(" "), width - hang)
    return [line for line in (first, *rest) if line]
