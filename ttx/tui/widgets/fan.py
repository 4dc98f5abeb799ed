"""Rows of a forecast: what can be done next, and how each score would go on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rich.text import Text

from ttx.analysis.forecast import MEDIAN, Against
from ttx.analysis.onward import Candidate
from ttx.i18n import N_, _
from ttx.session.view import words
from ttx.session.view.words import CLEAR
from ttx.tui import paint
from ttx.tui.braille import Band, Reference, panel, trend
from ttx.tui.paint import Seg
from ttx.tui.theme import Glyphs, Ink

TREND = 11
UNKNOWN = N_("Where this run lies among the robots' runs is known once a turn is reckoned.")
REACH = 6
"""Half the height of a panel at least, in points."""


@dataclass(frozen=True, slots=True)
class Choice:
    """A row of what can be done next."""

    candidate: Candidate
    title: str
    closed: str = ""
    """Why it cannot be had; empty where it can."""


@dataclass(frozen=True, slots=True)
class Ahead:
    """How one score would go on under a candidate; hundredths."""

    name: str
    caution: str
    better: str
    course: tuple[int, ...]
    """This run so far, from the start."""
    bands: tuple[tuple[int, ...], ...]
    """For each turn to come the values of PARTS."""
    stands: tuple[int, ...]
    """The median of each turn to come as things stand; empty where that is the candidate."""
    against: Against | None
    waits: bool
    """Whether what it is laid against is not known yet, so that nothing can be said of that."""
    among: tuple[tuple[str, int], ...]
    """Of 100 runs of each reference robot, how many this run is higher than now."""

    @property
    def now(self) -> int:
        """Where it stands."""
        return self.course[-1]

    @property
    def ends(self) -> tuple[int, int]:
        """The lowest and the highest value of anything that is drawn."""
        every = [*self.course, *(v for band in self.bands for v in band), *self.stands]
        return min(every), max(every)


def reach(every: Sequence[Ahead]) -> int:
    """Half the height of all panels, in points: enough for the one that moves most."""
    tallest = max((high - low for low, high in (one.ends for one in every)), default=0)
    return max(REACH, tallest // 200 + 1)


def choice_rows(
    choices: Sequence[Choice], marked: int, width: int, ink: Ink, signs: Glyphs
) -> list[Text]:
    """What can be done next, the marked one raised; 0 is as things stand."""
    rows = []
    for at, one in enumerate(choices):
        here = at == marked
        head: list[Seg] = [
            (f"{signs.marked if here else ' '} ", f"bold {ink.strong}"),
            (f"{at} ", f"bold {ink.cool}"),
            (one.title, f"bold {ink.strong}" if here else ink.muted if one.closed else ink.text),
        ]
        tail = [(f"  {one.closed}", ink.heat if here else ink.muted)] if one.closed else []
        rows.append(paint.line(width, [*head, *tail], fill=ink.raised if here else ""))
    return rows


def moved(one: Ahead, ink: Ink) -> list[Seg]:
    """What a candidate does to the score at the end; as things stand what comes since now."""
    if one.waits:
        return [("", ""), ("", "")]
    gap = one.against.median if one.against is not None else one.bands[-1][MEDIAN] - one.now
    word = words.direction(gap, one.better, same=CLEAR)
    return [
        (words.moved_points(gap), f"bold {ink.strong}"),
        (f" {word}", paint.direction_colour(word, ink)),
    ]


def fan_panel(
    one: Ahead, width: int, height: int, turns: int, within: int, ink: Ink, signs: Glyphs
) -> list[Text]:
    """One score: its name, what it comes to, its course and fan, figures at the end."""
    head = moved(one, ink)
    caution = f"  {one.caution}" if one.caution else ""
    fits = sum(len(words_) for words_, _ in head) + len(caution) <= width
    rows = [
        paint.line(width, [(paint.cut(one.name, width, signs), f"bold {ink.strong}")]),
        paint.line(width, [*head, (caution if fits else "", ink.muted)]),
    ]
    past, middle = len(one.course) - 1, sum(one.ends) // 200
    references = []
    if one.stands:
        ahead = [None] * past + [v / 100 for v in (one.now, *one.stands)]
        references = [Reference("S", ahead, "dashed")]
    rows += panel(
        [v / 100 for v in one.course],
        references,
        width=width,
        height=max(height - 4, 4),
        low=middle - within,
        high=middle + within,
        turns=turns + 1,
        ink=ink,
        fan=_bands(one, past, 0),
        core=_bands(one, past, 1),
        foot=("T0", f"T{past}", f"T{turns}"),
        signs=signs,
    )
    end = [v / 100 for v in one.bands[-1]]
    rows.append(
        paint.line(
            width,
            [
                (f"{end[MEDIAN]:.1f}", f"bold {ink.strong}"),
                (f" {end[0]:.1f}-{end[-1]:.1f}", ink.text),
                (f" {end[1]:.1f}-{end[-2]:.1f}", ink.muted),
            ],
        )
    )
    rows.append(paint.line(width, [(_last(one), ink.muted)]))
    return rows


def _bands(one: Ahead, past: int, inset: int) -> list[Band | None]:
    """The fan or its core, from the turn after now."""
    every = [(one_[inset], one_[MEDIAN], one_[-1 - inset]) for one_ in one.bands]
    return [None] * (past + 1) + [(low / 100, mid / 100, top / 100) for low, mid, top in every]


def _last(one: Ahead) -> str:
    """How often a candidate matters; as things stand where this run lies among the robots'."""
    if one.against is not None:
        return _(
            "{better} better, {worse} worse", better=one.against.better, worse=one.against.worse
        )
    if one.waits:
        return ""
    told = ", ".join(f"{share} {name[:1].upper()}" for name, share in one.among)
    return _("over {told} of 100", told=told) if told else ""


def score_rows(every: Sequence[Ahead], width: int, ink: Ink, signs: Glyphs) -> list[Text]:
    """One row a score, for a small terminal."""
    medians = [[band[MEDIAN] - one.now for band in one.bands] for one in every]
    within = max(REACH * 100, *(abs(v) for row in medians for v in row))
    change = _("against 0") if any(one.waits or one.against for one in every) else _("since now")
    head = f"{'now':>6}  {'median':<{TREND}}{'end':>6}{'90 of 100':>14}"
    rows = [
        paint.line(width, [(f"{'':<26}", ""), (head, ink.muted)], [(f"{change:<12}", ink.muted)]),
        paint.rule(width, ink, signs),
    ]
    for one, row in zip(every, medians, strict=True):
        line = trend([0.0, *row], TREND, -within, within, signs)
        end = one.bands[-1]
        value, (word, tone) = moved(one, ink)
        rows.append(
            paint.line(
                width,
                [
                    (f"{paint.cut(one.name, 25, signs):<26}", ink.text),
                    (f"{one.now / 100:>6.1f}  ", ink.muted),
                    (line, ink.cool),
                    (f"{end[MEDIAN] / 100:>6.1f}", f"bold {ink.strong}"),
                    (f"{f'{end[0] / 100:.1f}-{end[-1] / 100:.1f}':>14}", ink.text),
                ],
                [value, (f"{word:<7}", tone)],
            )
        )
    return rows


def among_rows(every: Sequence[Ahead], width: int, ink: Ink, signs: Glyphs) -> list[Text]:
    """Where this run lies among the robots' runs, one row a score, for a small terminal."""
    names = [name for name, _ in every[0].among] if every else []
    if not names:
        begun = any(len(one.course) > 1 for one in every)
        return [] if begun else [paint.line(width, [(_(UNKNOWN), ink.muted)])]
    head = "".join(f"{name:>16}" for name in names)
    told = _("higher than, of 100 runs on other dice")
    rows = [
        paint.line(width, [(told, ink.muted)], [(head, ink.muted)]),
        paint.rule(width, ink, signs),
    ]
    for one in every:
        shares = "".join(f"{share:>16}" for _, share in one.among)
        name = [(paint.cut(one.name, 34, signs), ink.text)]
        rows.append(paint.line(width, name, [(shares, f"bold {ink.strong}")]))
    return rows


def key_rows(
    width: int, count: int, among: Sequence[str], *, against: bool, ink: Ink
) -> list[Text]:
    """How to read a panel."""
    rows = [paint.line(width, [(_("HOW TO READ"), f"bold {ink.muted}")])]
    told: list[tuple[str, str, str]] = [
        ("thick", f"bold {ink.strong}", _("this run so far")),
        ("line", ink.cool, _("median to come")),
        ("dense", ink.fan, _("50 of 100 worlds")),
        ("dots", ink.fan, _("90 of 100 worlds")),
    ]
    if against:
        told.append(("dashed", ink.ref, _("S, as things stand")))
    for sign, style, what in told:
        head: list[Seg] = [(f"{sign:<7}", style)] if sign else []
        rows.append(paint.line(width, [*head, (what, ink.text)]))
    figures = _("Last: median at the end, 90 and 50 of 100 worlds. ")
    if against:
        figures += _("Change: less S at the end; of 100 worlds, clearly better or worse.")
    else:
        figures += _("Change: from now to the end.")
    if among and not against:
        names = ", ".join(f"{name[:1].upper()} {name}" for name in among)
        figures += _(
            " Over: of 100 runs ({names}), other dice, how many this run is higher than.",
            names=names,
        )
    rows += [paint.line(width, [(one, ink.muted)]) for one in paint.wrap(figures, width)]
    return rows[:count]
