"""Rows of a forecast: what can be done next, and how each score would go on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain

from rich.text import Text

from ttx.analysis.forecast import MEDIAN, WORLDS, Against, Fan
from ttx.i18n import N_, _
from ttx.session.view import words
from ttx.session.view.standing import ScoreView
from ttx.session.view.words import CLEAR
from ttx.tui import paint
from ttx.tui.braille import Band, Reference, panel, trend
from ttx.tui.paint import Seg
from ttx.tui.parts.table import Column, Table
from ttx.tui.theme import Glyphs, Ink
from ttx.tui.widgets.panels import titled

TREND = 11
UNKNOWN = N_("Where this run lies among the robots' runs is known once a turn is reckoned.")
REACH = 6
"""Half the height of a panel at least, in points."""


@dataclass(frozen=True, slots=True)
class Choice:
    """A row of what can be done next."""

    title: str
    closed: str
    """Why it cannot be had; empty where it can."""


@dataclass(frozen=True, slots=True)
class Ahead:
    """How one score would go on under a candidate; hundredths."""

    score: ScoreView
    """This run so far, from the start."""
    bands: Sequence[Sequence[int]]
    """For each turn to come the values of PARTS."""
    stands: Sequence[int]
    """The median of each turn to come as things stand; empty where that is the candidate."""
    against: Against | None
    waits: bool
    """Whether what it is laid against is not known yet, so that nothing can be said of that."""
    among: Sequence[tuple[str, int]]
    """Of 100 runs of each reference robot, how many this run is higher than now."""

    @property
    def ends(self) -> tuple[int, int]:
        """The lowest and the highest value of anything that is drawn."""
        values = [*self.score.course, *chain.from_iterable(self.bands), *self.stands]
        return min(values), max(values)


def reach(scores: Sequence[Ahead]) -> int:
    """Half the height of all panels, in points: enough for the one that moves most."""
    spans = [high - low for low, high in (ahead.ends for ahead in scores)]
    return max(REACH, max(spans, default=0) // 200 + 1)


def known(fan: Fan | None) -> str:
    """In how many worlds a candidate was looked at."""
    count = fan.n if fan is not None else 0
    if count < WORLDS:
        return _("fan: {known:,} of {worlds:,}", known=count, worlds=WORLDS)
    return _("{worlds:,} worlds", worlds=WORLDS)


def choice_row(
    number: int, choice: Choice, width: int, ink: Ink, signs: Glyphs, *, marked: bool
) -> Text:
    """What can be done next, the marked one raised; 0 is as things stand."""
    title = f"bold {ink.strong}" if marked else ink.muted if choice.closed else ink.text
    segs = [
        (f"{signs.marked if marked else ' '} ", f"bold {ink.strong}"),
        (f"{number} ", f"bold {ink.cool}"),
        (choice.title, title),
        (f"  {choice.closed}" if choice.closed else "", ink.heat if marked else ink.muted),
    ]
    return paint.line(width, segs, fill=ink.raised if marked else "")


def fan_panel(
    ahead: Ahead, width: int, height: int, turns: int, within: int, ink: Ink, signs: Glyphs
) -> list[Text]:
    """One score: its name, what it comes to, its course and fan, figures at the end."""
    score = ahead.score
    past, middle = len(score.course) - 1, sum(ahead.ends) // 200
    references = []
    if ahead.stands:
        stands = [None] * past + [value / 100 for value in (score.now, *ahead.stands)]
        references = [Reference("S", stands, "dashed")]
    course = panel(
        [value / 100 for value in score.course],
        references,
        width=width,
        height=max(height - 4, 4),
        low=middle - within,
        high=middle + within,
        turns=turns + 1,
        ink=ink,
        fan=_bands(ahead, 0),
        core=_bands(ahead, 1),
        foot=("T0", f"T{past}", f"T{turns}"),
        signs=signs,
    )
    low, lower, median, higher, high = (f"{value / 100:.1f}" for value in ahead.bands[-1])
    figures = [(median, f"bold {ink.strong}"), (f" {low}-{high}", ink.text)]
    figures.append((f" {lower}-{higher}", ink.muted))
    return [
        *titled(score, _moved(ahead, ink), width, ink, signs),
        *course,
        paint.line(width, figures),
        paint.line(width, [(_last(ahead), ink.muted)]),
    ]


def _moved(ahead: Ahead, ink: Ink) -> list[Seg]:
    """What a candidate does to the score at the end; as things stand what comes since now."""
    if ahead.waits:
        return [("", ""), ("", "")]
    gap = ahead.bands[-1][MEDIAN] - ahead.score.now
    if ahead.against is not None:
        gap = ahead.against.median
    word = words.direction(gap, ahead.score.better, same=CLEAR)
    tone = paint.direction_colour(word, ink)
    return [(words.moved_points(gap), f"bold {ink.strong}"), (f" {word}", tone)]


def _bands(ahead: Ahead, inset: int) -> list[Band | None]:
    """The fan or its core, from the turn after now."""
    return [None] * len(ahead.score.course) + [
        (band[inset] / 100, band[MEDIAN] / 100, band[-1 - inset] / 100) for band in ahead.bands
    ]


def _last(ahead: Ahead) -> str:
    """How often a candidate matters; as things stand where this run lies among the robots'."""
    gap = ahead.against
    if gap is not None:
        return _("{better} better, {worse} worse", better=gap.better, worse=gap.worse)
    shares = ", ".join(f"{share} {name[:1].upper()}" for name, share in ahead.among)
    return _("over {shares} of 100", shares=shares) if shares and not ahead.waits else ""


def score_rows(scores: Sequence[Ahead], width: int, ink: Ink, signs: Glyphs) -> list[Text]:
    """One row a score, for a small terminal."""
    medians = [[band[MEDIAN] - ahead.score.now for band in ahead.bands] for ahead in scores]
    within = max(REACH * 100, *(abs(value) for course in medians for value in course))
    against = any(ahead.waits or ahead.against for ahead in scores)
    change = _("against 0") if against else _("since now")
    columns = [Column("", 26), Column(_("now"), 8, "right", gap=2)]
    columns += [Column(_("median"), TREND, gap=0), Column(_("end"), 6, "right", gap=0)]
    table = Table([*columns, Column(_("90 of 100"), 14, "right", gap=0)], width, signs)
    heads = [(column.head, ink.muted) for column in table.columns]
    rows = [
        table.row(heads, right=[(f"{change:<12}", ink.muted)]),
        paint.rule(width, ink, signs),
    ]
    for ahead, course in zip(scores, medians, strict=True):
        line = trend([0.0, *course], TREND, -within, within, signs)
        end = [f"{value / 100:.1f}" for value in ahead.bands[-1]]
        value, (word, tone) = _moved(ahead, ink)
        cells = [
            (ahead.score.name, ink.text),
            (f"{ahead.score.now / 100:.1f}", ink.muted),
            (line, ink.cool),
            (end[MEDIAN], f"bold {ink.strong}"),
            (f"{end[0]}-{end[-1]}", ink.text),
        ]
        rows.append(table.row(cells, right=[value, (f"{word:<7}", tone)]))
    return rows


def among_rows(scores: Sequence[Ahead], width: int, ink: Ink, signs: Glyphs) -> list[Text]:
    """Where this run lies among the robots' runs, one row a score, for a small terminal."""
    names = _robots(scores)
    if not names:
        begun = any(len(ahead.score.course) > 1 for ahead in scores)
        return [] if begun else [paint.line(width, [(_(UNKNOWN), ink.muted)])]
    head = "".join(f"{name:>16}" for name in names)
    higher = _("higher than, of 100 runs on other dice")
    rows = [
        paint.line(width, [(higher, ink.muted)], [(head, ink.muted)]),
        paint.rule(width, ink, signs),
    ]
    for ahead in scores:
        shares = "".join(f"{share:>16}" for _name, share in ahead.among)
        name = [(paint.cut(ahead.score.name, 34, signs), ink.text)]
        rows.append(paint.line(width, name, [(shares, f"bold {ink.strong}")]))
    return rows


def key_rows(scores: Sequence[Ahead], width: int, ink: Ink, *, against: bool) -> list[Text]:
    """How to read a panel; `against`, whether it is laid against how things stand."""
    strokes = [
        (_("thick"), f"bold {ink.strong}", _("this run so far")),
        (_("line"), ink.cool, _("median to come")),
        (_("dense"), ink.fan, _("50 of 100 worlds")),
        (_("dots"), ink.fan, _("90 of 100 worlds")),
    ]
    figures = _("Last: median at the end, 90 and 50 of 100 worlds. ")
    among = _robots(scores)
    if against:
        strokes.append((_("dashed"), ink.ref, _("S, as things stand")))
        figures += _("Change: less S at the end; of 100 worlds, clearly better or worse.")
    else:
        figures += _("Change: from now to the end.")
        names = ", ".join(f"{name[:1].upper()} {name}" for name in among)
        over = _(
            " Over: of 100 runs ({names}), other dice, how many this run is higher than.",
            names=names,
        )
        figures += over if among else ""
    return [
        paint.line(width, [(_("HOW TO READ"), f"bold {ink.muted}")]),
        *(
            paint.line(width, [(f"{stroke:<7}", style), (what, ink.text)])
            for stroke, style, what in strokes
        ),
        *paint.block(width, figures, ink.muted, within=72),
    ]


def _robots(scores: Sequence[Ahead]) -> list[str]:
    """The reference robots whose runs this one is laid among, once that is known."""
    return [name for name, _share in scores[0].among] if scores else []
