"""The scores of two runs side by side: levels, the difference as a bar, its inputs, courses."""

from __future__ import annotations

from collections.abc import Sequence

from rich.cells import cell_len
from rich.text import Text

from ttx.analysis.score_differences import AtEnd, ScoreDifference, Verdict
from ttx.i18n import _
from ttx.session.view import words
from ttx.tui import paint
from ttx.tui.braille import PanelColours, Reference, panel
from ttx.tui.paint import Seg
from ttx.tui.region import Box
from ttx.tui.theme import Glyphs, Ink
from ttx.tui.widgets.compare import WIDE, fit, hue, say

SCALE = 1000
"""Hundredths at either end of the scale of differences."""
REACH = 20
"""The most cells on either side of its middle."""
LEVELS = (30, 70)
"""The scale of the panels in points, widened for all at once."""


def better(verdict: Verdict, ink: Ink) -> str:
    """The colour of a verdict: blue for A, white for B."""
    return {Verdict.A_BETTER: ink.cool, Verdict.B_BETTER: ink.strong}.get(verdict, ink.muted)


def score_heads(width: int, turn: int, ink: Ink) -> Text:
    """The label of the scores with the heads of their columns."""
    name, reach = _score_columns(width)
    label = _("SCORES AT THE END OF T{turn}", turn=turn)
    heads = f"{'A':>{name - len(label) + 8}}{'B':>8}{'A-B':>8}"
    cells: list[Seg] = [(label, f"bold {ink.muted}"), (f"{heads}{'':<22}", ink.muted)]
    if reach:
        cells.append((f"{'-10':<{reach}}0{'+10':>{reach}}", ink.faint))
    return paint.line(width, cells)


def _score_columns(width: int) -> tuple[int, int]:
    """Cells for number and name, and on either side of the middle of the scale."""
    name = 36 if width >= WIDE else 31
    room = width - name - 24 - 22
    return name, min((room - 1) // 2, REACH) if room >= 17 else 0


def score_row(gap: ScoreDifference, number: int, width: int, ink: Ink, signs: Glyphs) -> Text:
    """A score of both sides, the difference in words, and as a bar from the middle."""
    name, reach = _score_columns(width)
    clear = gap.verdict.clear
    weight = "bold " if clear else ""
    whole = f"{gap.name}, {gap.caution}" if gap.caution else gap.name
    told = next((one for one in (whole, gap.name) if cell_len(one) < name - 2), gap.short)
    apart = "" if gap.apart is None else words.exact(gap.apart)
    tone = better(gap.verdict, ink)
    cells: list[Seg] = [
        (f"{number} ", f"bold {ink.cool}"),
        (fit(told, name - 2), f"{weight}{ink.text}"),
        (f"{gap.a / 100:>8.2f}{gap.b / 100:>8.2f}", ink.text),
        (f"{apart:>8}  ", f"bold {tone}" if clear else ink.text),
        (f"{gap.verdict.words:<20}", f"{weight}{tone}"),
    ]
    return paint.line(width, [*cells, *_bar(gap.apart or 0, reach, tone, ink, signs)])


def _bar(apart: int, reach: int, tone: str, ink: Ink, signs: Glyphs) -> list[Seg]:
    """A difference as a bar left (B is higher) or right (A is higher) of the middle."""
    if not reach:
        return []
    length = min((abs(apart) * reach + SCALE // 2) // SCALE, reach)
    bar = signs.bar * length
    if abs(apart) > SCALE:
        bar = f"<{bar[1:]}" if apart < 0 else f"{bar[:-1]}>"
    if apart < 0:
        return [(f"{bar:>{reach}}", tone), ("|", ink.rule), (" " * reach, "")]
    return [(" " * reach, ""), ("|", ink.rule), (f"{bar:<{reach}}", tone)]


def clock_row(end: AtEnd, width: int, ink: Ink) -> Text:
    """The reference clock of both, where there is one."""
    if end.minutes is None:
        return paint.blank(width)
    a, b = end.minutes
    name, _rest = _score_columns(width)
    sign = "+" if a > b else "-" if a < b else ""
    word = _("as fast") if a == b else _("A faster") if a < b else _("B faster")
    faster = Verdict.A_BETTER if a < b else Verdict.B_BETTER if b < a else Verdict.UNCLEAR
    tone = better(faster, ink)
    return paint.line(
        width,
        [
            (fit(_("  Reference clock"), name), ink.text),
            (f"{words.hours(a):>8}{words.hours(b):>8}", ink.text),
            (f"{sign + words.hours(a - b):>8}  ", ink.text),
            (word, tone),
        ],
    )


def carried(end: AtEnd, width: int, each: int, ink: Ink) -> list[Text]:
    """What speaks for each side: the fullest telling that takes at most `each` rows."""
    found = []
    for which, tellings in zip("AB", end.carried, strict=True):
        lead = _("For {which}:", which=which)
        fitting = (paint.broken(f"{lead} {told}", width) for told in tellings)
        whole = list(fitting)
        first, *rest = next((rows for rows in whole if len(rows) <= each), whole[-1])
        found.append(
            paint.line(
                width,
                [(lead, f"bold {hue(which, ink)}"), (first[len(lead) :], ink.text)],
            )
        )
        found += [paint.line(width, [(one, ink.text)]) for one in rest]
    return found


# One score opened, and its course


def inputs(
    gap: ScoreDifference, causes: dict[str, tuple[tuple[str, int], ...]], width: int, ink: Ink
) -> list[Text]:
    """A score in its inputs: B, A, and the part of the difference booked to each; they add up."""
    name, apart = 36, gap.apart or 0
    found = [
        paint.line(width, [(f"{'':<{name}}{'B':>9}{'A':>9}{'A-B':>9}{'booked':>10}", ink.muted)])
    ]
    for one in gap.inputs:
        found.append(
            paint.line(
                width,
                [
                    (fit(one.name, name), f"bold {ink.text}"),
                    (_values(one.a, one.b, money=one.money), ink.muted),
                    (f"{words.exact(one.by):>10}", f"bold {_tone(gap, one.by, ink)}"),
                ],
            )
        )
        told = ", ".join(f"{cause} {words.exact(by)}" for cause, by in causes.get(one.id, ())[:3])
        found += say(told, width - 4, ink.muted, 4) if told else []
    total = f"{'A less B':<{name + 27}}{words.exact(apart):>10}"
    found += [paint.blank(width), paint.line(width, [(total, f"bold {ink.strong}")])]
    note = _(
        "From the lower score to the higher one, inputs are replaced one at "
        "a time in a fixed order, and each difference is booked to its "
        "input; the parts add up exactly, and the order is a convention. "
        "Under each input: what moved it more in A than in B."
    )
    return [*found, *say(note, width, ink.muted)]


def _values(a: int, b: int, *, money: bool) -> str:
    if money:
        return f"{b:>9,}{a:>9,}{a - b:>+9,}"
    return f"{b / 100:>9.2f}{a / 100:>9.2f}{words.exact(a - b):>9}"


def _tone(gap: ScoreDifference, by: int, ink: Ink) -> str:
    """Blue where an input speaks for A, white where it speaks for B."""
    if not by:
        return ink.muted
    return hue("A" if (by > 0) == (gap.better == "higher") else "B", ink)


def course(
    ends: Sequence[AtEnd], at: int, turns: int, box: Box, ink: Ink, signs: Glyphs
) -> list[Text]:
    """A score of both over the turns, all on one scale: A thick, B dashed with its letter."""
    every = [value / 100 for end in ends for gap in end.differences for value in (gap.a, gap.b)]
    gap = ends[0].differences[at]
    rows = panel(
        [end.differences[at].a / 100 for end in ends],
        [Reference("B", [end.differences[at].b / 100 for end in ends], "dashed")],
        width=box.width,
        height=box.height - 1,
        low=min([LEVELS[0], *every]),
        high=max([LEVELS[1], *every]),
        turns=max(turns, len(ends)),
        colours=PanelColours(
            run=ink.cool,
            reference=ink.strong,
            likely=ink.cool,
            fan=ink.fan,
            text=ink.text,
            faint=ink.faint,
        ),
        foot=("T1", f"T{len(ends)}", f"T{turns}"),
        glyphs="ascii" if signs.plain else "braille",
    )
    name = [(f"{at + 1} {gap.short}", f"bold {ink.text}")]
    return [paint.line(box.width, name, [(gap.caution, ink.muted)]), *rows]
