"""The crisis clock: three lanes of steps on one scale, with the window hatched where it is over."""

from __future__ import annotations

from itertools import groupby

from rich.text import Text

from ttx.i18n import _
from ttx.session.view.clock import ClockView, Step
from ttx.session.view.words import hours, hours_short
from ttx.tui import paint
from ttx.tui.paint import Seg
from ttx.tui.parts.table import Column, Table
from ttx.tui.theme import Glyphs, Ink

Cells = list[tuple[str, str]]
LOW, RULED, TALL = 4, 6, 9
"""Rows of the least of it, of all with a rule, and where lanes have two rows."""


def heading(view: ClockView, width: int, ink: Ink) -> Text:
    """The clock as a sentence."""
    tone = ink.heat if view.bad else ink.cool
    left: list[Seg] = [
        (_title(view, width), f"bold {ink.muted}"),
        (f"   {view.verdict}", f"bold {tone}"),
        (f"   {view.sentence}", ink.text),
    ]
    if width > 100:
        return paint.line(width, left, [(_("CAPITALS = critical path"), ink.muted)])
    slowest = next((s.short for s in view.steps if s.slowest), "")
    left = [*left[:2], (f"  {view.sentence}", ink.text)]
    right = _("slowest: {slowest}", slowest=slowest)
    if sum(len(words) for words, _ in left) + len(right) + 1 > width:
        right = ""  # the sentence is worth more, and the lanes mark the slowest in colour
    return paint.line(width, left, [(right, ink.heat)] if right else [])


def panel(view: ClockView, width: int, height: int, ink: Ink, glyphs: Glyphs) -> list[Text]:
    """The clock in so many rows: heading and lanes, then the hours, a rule, lanes of two rows."""
    rows = [heading(view, width, ink)]
    if height >= RULED:
        rows.append(paint.rule(width, ink, glyphs))
    for lane in lanes(view, width, ink, glyphs):
        rows += [lane, under(lane)] if height >= TALL else [lane]
    return [*rows, scale(view, width, ink)][:height]


def _title(view: ClockView, width: int) -> str:
    if not view.window:
        return _("THE CLOCK AS YOU ARE SET UP")
    return _("CRISIS CLOCK") if width > 100 else _("CLOCK")


def lanes(view: ClockView, width: int, ink: Ink, glyphs: Glyphs) -> list[Text]:
    """The three lanes, exactly `width` cells each."""
    span = max(view.total, view.window) * 105 // 100 + 1
    closes = min(view.window * width // span, width) if view.window else width
    hatch = (glyphs.hatch, ink.rule)
    grid: list[Cells] = [
        [(" ", "") if column < closes else hatch for column in range(width)] for _ in range(3)
    ]
    for step in view.steps:
        first = step.begins * width // span
        last = max((step.begins + step.minutes) * width // span, first + (step.minutes > 0))
        _draw(grid[step.lane], step, first, last, ink)
        if step.spare and last + 1 < width:
            words = _("  {hours} to spare", hours=hours(step.spare))
            for at, sign in enumerate(words):
                if last + at < width and grid[step.lane][last + at][0] in (" ", glyphs.hatch):
                    grid[step.lane][last + at] = (sign, ink.muted)
    return [_row(cells) for cells in grid]


def _draw(cells: Cells, step: Step, first: int, last: int, ink: Ink) -> None:
    room = last - first - (1 if last - first > 2 else 0)
    if step.slowest:
        style = f"bold {ink.onheat} on {ink.heatbg}"
    elif step.on_path:
        style = f"bold {ink.onpath} on {ink.path}"
    else:
        style = f"{ink.text} on {ink.raised}"
    name = step.short if step.on_path else step.short.capitalize()
    long = step.name.upper() if step.on_path else step.name
    short_time = hours_short(step.minutes)
    words = ""
    for label in (f"{long} {short_time}", f"{name} {short_time}", name):
        if len(label) + 2 <= room:
            words = label
            break
    shown = f" {words}".ljust(room) if words else " " * room
    for at in range(room):
        if 0 <= first + at < len(cells):
            cells[first + at] = (shown[at], style)


def _row(cells: Cells) -> Text:
    row = Text(end="", no_wrap=True)
    for style, run in groupby(cells, lambda cell: cell[1]):
        row.append("".join(sign for sign, _ in run), style)
    return row


def under(lane: Text) -> Text:
    """A second row under a lane: its grounds without its words."""
    row = lane.copy()
    row.plain = "".join(sign if sign in "░#" else " " for sign in lane.plain)
    return row


def scale(view: ClockView, width: int, ink: Ink) -> Text:
    """Hours under the lanes, and where the window closes."""
    span = max(view.total, view.window) * 105 // 100 + 1
    closes = min(view.window * width // span, width - 1)
    words = _("{unit} window closes", unit=hours(view.window)) if view.window else ""
    start = min(closes, width - len(words)) if words else width
    step = next(
        s for s in (10, 15, 30, 60, 120, 180, 240, 360, 480, 720) if s * width // span >= 12
    )
    cells = [" "] * width
    minute = 0
    while minute * width // span < start - 6:
        mark = hours(minute) if minute else (_("0 min") if step < 60 else "0 h")
        for at, sign in enumerate(mark):
            if minute * width // span + at < start - 1:
                cells[minute * width // span + at] = sign
        minute += step
    row = Text("".join(cells[:start]), ink.faint, end="", no_wrap=True)
    row.append(words, f"bold {ink.heat}")
    row.append(" " * max(width - start - len(words), 0))
    return row


def table(view: ClockView, width: int, ink: Ink, glyphs: Glyphs) -> list[Text]:
    """The chain as a table, for the page behind a key."""
    columns = [Column(_("stage"), 34), Column(_("begins"), 10, "right", gap=0)]
    columns += [Column(_("takes"), 13, "right", gap=3), Column("", gap=0)]
    chain = Table(columns, width, glyphs)
    rows = [chain.head(ink)]
    for step in view.steps:
        tone = f"bold {ink.heat}" if step.slowest else ink.text if step.on_path else ink.muted
        word = _("slowest") if step.slowest else _("on the path")
        if not (step.slowest or step.on_path):
            word = _("{hours} to spare", hours=hours(step.spare))
        name = step.name.upper() if step.on_path else step.name
        times = hours_short(step.begins), hours_short(step.minutes)
        rows += chain.rows([(words, tone) for words in (name, *times, word)])
    rows.append(paint.blank(width))
    for name, minutes in ((_("in all"), view.total), (_("window"), view.window)):
        cells = (name, "", hours_short(minutes))
        rows.append(chain.row([(words, f"bold {ink.strong}") for words in cells]))
    return rows
