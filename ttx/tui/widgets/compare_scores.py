"""The scores of two runs side by side: levels, the difference as a bar, its inputs, courses."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from rich.cells import cell_len
from rich.text import Text

from ttx.analysis.score_differences import AtEnd, Input, ScoreDifference, Verdict
from ttx.i18n import _
from ttx.report.document import Entry, Paragraph, Part, Space, Tone
from ttx.session.view import words
from ttx.tui import paint
from ttx.tui.braille import Reference, panel
from ttx.tui.paint import Seg
from ttx.tui.parts.table import Column, Table
from ttx.tui.theme import Glyphs, Ink
from ttx.tui.widgets.compare import WIDE, hue

SCALE = 1000
"""Hundredths at either end of the scale of differences."""
REACH = 20
"""The most cells on either side of its middle."""
FIGURES = 46
"""Cells between the names of scores and that scale."""
LEVELS = (30, 70)
"""The scale of the panels in points, widened for all at once."""
PANELS, PANEL_ROWS, APART = 12, 12, 3
"""The most panels beside each other, the rows of each, and the cells between two."""


@dataclass(frozen=True)
class Scores:
    """The scores at the end of a turn as they are drawn."""

    end: AtEnd
    ink: Ink
    signs: Glyphs
    brief: bool
    """Whether there is room for a few rows only."""

    def rows(self, width: int) -> list[Text]:
        """Each score of both, the difference in words and as a bar, and the reference clocks."""
        ink, name = self.ink, 36 if width >= WIDE else 31
        room = width - name - FIGURES
        reach = min((room - 1) // 2, REACH) if room >= 17 else 0
        level = Column("", 8, "right", gap=0)
        columns = [Column("", name), level, level, Column("", 10, "right", gap=2), Column("", 20)]
        table = Table(columns, width, self.signs)
        label = _("SCORES AT THE END OF T{turn}", turn=self.end.turn)
        heads = [(which, ink.muted) for which in ("A", "B", "A-B", "")]
        scale = [(f"{'-10':<{reach}}0{'+10':>{reach}}", ink.faint)] if reach else []
        scores = enumerate(self.end.differences, start=1)
        return [
            table.row([(label, f"bold {ink.muted}"), *heads, *scale]),
            *([] if self.brief else [paint.rule(width, ink, self.signs)]),
            *(self._score(number, gap, table, name - 3, reach) for number, gap in scores),
            table.row(self._clocks()),
        ]

    def _score(
        self, number: int, gap: ScoreDifference, table: Table, room: int, reach: int
    ) -> Text:
        """One score; a click on it opens its terms."""
        ink, tone = self.ink, _better(gap.verdict, self.ink)
        weight = "bold " if gap.verdict.clear else ""
        names = [f"{gap.name}, {gap.caution}" if gap.caution else gap.name, gap.name]
        name = next((name for name in names if cell_len(name) <= room), gap.short)
        apart = "" if gap.apart is None else words.exact(gap.apart)
        row = table.row(
            [
                (f"{number} {name}", f"{weight}{ink.text}"),
                (f"{gap.a / 100:.2f}", ink.text),
                (f"{gap.b / 100:.2f}", ink.text),
                (apart, f"bold {tone}" if gap.verdict.clear else ink.text),
                (gap.verdict.words, f"{weight}{tone}"),
                *self._bar(gap.apart or 0, reach, tone),
            ]
        )
        row.stylize(f"bold {ink.cool}", 0, len(str(number)))
        return paint.pressed(row, f"terms({number})")

    def _bar(self, apart: int, reach: int, tone: str) -> list[Seg]:
        """A difference as a bar left (B is higher) or right (A is higher) of the middle."""
        if not reach:
            return []
        bar = self.signs.bar * min((abs(apart) * reach + SCALE // 2) // SCALE, reach)
        if abs(apart) > SCALE:
            bar = f"<{bar[1:]}" if apart < 0 else f"{bar[:-1]}>"
        left, right = (bar, "") if apart < 0 else ("", bar)
        return [(f"{left:>{reach}}", tone), ("|", self.ink.rule), (f"{right:<{reach}}", tone)]

    def _clocks(self) -> list[Seg]:
        """The reference clock of both, where there is one."""
        if self.end.minutes is None:
            return []
        a, b = self.end.minutes
        sign, word, faster = "", _("as fast"), Verdict.UNCLEAR
        if a < b:
            sign, word, faster = "-", _("A faster"), Verdict.A_BETTER
        elif a > b:
            sign, word, faster = "+", _("B faster"), Verdict.B_BETTER
        clocks = (words.hours(a), words.hours(b), sign + words.hours(a - b))
        cells = [(clock, self.ink.text) for clock in (f"  {_('Reference clock')}", *clocks)]
        return [*cells, (word, _better(faster, self.ink))]

    def carried(self, width: int, height: int) -> list[Text]:
        """What speaks for each side: the fullest telling that leaves room for the other side."""
        ink, label = self.ink, _("WHAT CARRIED IT, UP TO T{turn}", turn=self.end.turn)
        title = paint.titled(width, label, ink, self.end.weighed, f"bold {ink.strong}")
        rows = title[: 1 if self.brief else 2]
        each = (height - len(rows)) // 2
        for which, tellings in zip("AB", self.end.carried, strict=True):
            lead = _("For {which}:", which=which)
            broken = [paint.broken(f"{lead} {telling}", width) for telling in tellings]
            first, *rest = next((lines for lines in broken if len(lines) <= each), broken[-1])
            segs = [(lead, f"bold {hue(which, ink)}"), (first[len(lead) :], ink.text)]
            rows.append(paint.line(width, segs))
            rows += [paint.line(width, [(line, ink.text)]) for line in rest]
        return rows


def _better(verdict: Verdict, ink: Ink) -> str:
    """The colour of a verdict: blue for A, white for B."""
    return {Verdict.A_BETTER: ink.cool, Verdict.B_BETTER: ink.strong}.get(verdict, ink.muted)


# --- one score opened ---


def terms(gap: ScoreDifference, causes: Mapping[str, tuple[tuple[str, int], ...]]) -> list[Part]:
    """A score in its inputs: B, A, and the part of the difference booked to each; they add up."""
    note = _(
        "From the lower score to the higher one, inputs are replaced one at "
        "a time in a fixed order, and each difference is booked to its "
        "input; the parts add up exactly, and the order is a convention. "
        "Under each input: what moved it more in A than in B."
    )
    return [
        _columns(("", "B", "A", "A-B", _("booked")), ("muted",)),
        *(_input(term, gap.better, causes.get(term.id, ())[:3]) for term in gap.inputs),
        Space(),
        _columns((_("A less B"), "", "", "", words.exact(gap.apart or 0)), ("strong",)),
        Paragraph(note, tone="muted"),
    ]


def _input(term: Input, better: str, causes: Sequence[tuple[str, int]]) -> Entry:
    """One input, as blue as A where it speaks for it, and under it what moved it."""
    tone: Tone = "good" if (term.by > 0) == (better == "higher") else "strong"
    if term.money:
        figures = (f"{term.b:,}", f"{term.a:,}", f"{term.a - term.b:+,}")
    else:
        apart = words.exact(term.a - term.b)
        figures = (f"{term.b / 100:.2f}", f"{term.a / 100:.2f}", apart)
    moved = ", ".join(f"{cause} {words.exact(by)}" for cause, by in causes)
    return _columns(
        (term.name, *figures, words.exact(term.by)),
        ("bold", "muted", "muted", "muted", tone if term.by else "muted"),
        (Paragraph(moved, tone="muted"),) if moved else (),
    )


def _columns(
    cells: tuple[str, ...], tones: tuple[Tone, ...], below: tuple[Part, ...] = ()
) -> Entry:
    return Entry(cells, below, tones, columns=(36, 7, 7, 7, 8), numbers=(1, 2, 3, 4))


# --- courses ---


def panels(ends: Sequence[AtEnd], turns: int, width: int, ink: Ink, signs: Glyphs) -> list[Text]:
    """Every score of both over the turns, all on one scale: A thick, B dashed with its letter.

    A click on the name of a score opens its terms.
    """
    gaps = ends[0].differences[:PANELS] if ends else ()
    across = (width + APART) // max(len(gaps), 1) - APART
    levels = [level / 100 for end in ends for gap in end.differences for level in (gap.a, gap.b)]
    made = []
    for at, gap in enumerate(gaps):
        name = [(f"{at + 1} {gap.short}", f"bold {ink.text} @terms({at + 1})")]
        rows = panel(
            [end.differences[at].a / 100 for end in ends],
            [Reference("B", [end.differences[at].b / 100 for end in ends], "dashed")],
            width=across,
            height=PANEL_ROWS - 1,
            low=min([LEVELS[0], *levels]),
            high=max([LEVELS[1], *levels]),
            turns=max(turns, len(ends)),
            ink=replace(ink, strong=hue("A", ink), ref=hue("B", ink)),
            foot=("T1", f"T{len(ends)}", f"T{turns}"),
            signs=signs,
        )
        title = paint.line(across, name, [(gap.caution, ink.muted)])
        made.append(((at * (across + APART), 0, across, PANEL_ROWS), [title, *rows]))
    return paint.laid_out(made, PANEL_ROWS)
