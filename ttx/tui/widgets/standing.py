"""Rows of the standing: a panel for each score, all on one scale, or a row where room is short."""

from __future__ import annotations

from dataclasses import dataclass

from rich.text import Text

from ttx.i18n import _
from ttx.session.view import words
from ttx.session.view.standing import ScoreView, StandingView
from ttx.tui import paint
from ttx.tui.braille import Reference, panel, trend
from ttx.tui.paint import Seg
from ttx.tui.theme import Glyphs, Ink, glyphs
from ttx.tui.widgets.panels import titled

REACH = 8
"""Half the width of the scale of differences, in points."""
LEVELS = (30, 70)
"""What the scale of levels shows at least."""
TREND = 8
"""Cells of a course in a row."""
NAME = 25


@dataclass(frozen=True)
class Drawing:
    """A profile as it is drawn: as levels, or as differences from the first reference run."""

    view: StandingView
    levels: bool
    ink: Ink
    signs: Glyphs

    @property
    def references(self) -> list[str]:
        """Names of the reference runs."""
        return (
            [name for name, _course in self.view.scores[0].references] if self.view.scores else []
        )

    # --- one score ---

    def _heading(self, score: ScoreView) -> list[Seg]:
        """Its value, and how that compares."""
        if self.levels or not score.references:
            value, way = f"{score.now // 100}", score.word
            word = f"{words.moved_points(score.change)} {way.word}"
        else:
            value, way, word = (
                words.moved_points(score.against),
                score.against_way,
                score.against_word,
            )
        tone = paint.direction_colour(way, self.ink)
        return [(value, f"bold {self.ink.strong}"), (f"  {word}", tone)]

    def panel(self, score: ScoreView, width: int, height: int, does: str) -> list[Text]:
        """A score with its course; a click on its name does an action."""
        ink, view = self.ink, self.view
        run, references, low, high = self._series(score)
        digits: list[Seg] = []
        for reference, course in score.references:
            digits += [
                (f"{reference[0].upper()} ", f"bold {ink.ref}"),
                (f"{course[-1] / 100:.1f}  ", ink.text),
            ]
        digits += [(_("now "), ink.muted), (f"{score.now / 100:.1f}", ink.text)]
        return [
            *titled(score, self._heading(score), width, ink, self.signs, does),
            *panel(
                run,
                references,
                width=width,
                height=max(height - 3, 5),
                low=low,
                high=high,
                turns=view.turns + 1,
                ink=ink,
                foot=("T0", f"T{view.turn}", f"T{view.turns}"),
                signs=self.signs,
            ),
            paint.line(width, digits),
        ]

    def row(self, score: ScoreView, number: int, width: int, *, marked: bool) -> list[Text]:
        """A score in one row, and an empty one."""
        ink = self.ink
        run, _references, low, high = self._series(score)
        line = trend(run, TREND, low, high, self.signs)
        levels = "".join(f"{course[-1] / 100:>7.1f}" for _name, course in score.references)
        name = paint.cell(score.name, NAME, self.signs)
        sign = self.signs.marked if marked else " "
        left = [
            (f"{number}", f"bold {ink.cool}"),
            (sign, ink.cool),
            (name, ink.text),
            (" ", ""),
        ]
        right = [(line, ink.strong), (levels, ink.muted)]
        return [
            paint.line(width, [*left, *self._heading(score)], right),
            paint.blank(width),
        ]

    def head(self, width: int) -> list[Text]:
        """What the columns of those rows are."""
        names, ink = self.references, self.ink
        what = (
            _("value and change")
            if self.levels or not names
            else _("this run less {name}", name=names[0])
        )
        heads = "".join(f"{name[0].upper():>7}" for name in names)
        left = [(f"  {'':<{NAME + 1}}", ""), (what, ink.muted)]
        right = [(f"{_('trend'):<{TREND}}{heads}", ink.muted)]
        return [paint.line(width, left, right), paint.rule(width, ink, self.signs)]

    def key(self, width: int) -> list[Text]:
        """How to read the panels, and what moved most."""
        ink, names = self.ink, self.references
        what = ""
        if self.levels:
            what = _("levels, 0 to 100")
        elif names:
            what = _("differences from {name}", name=names[0])
        rows = [
            paint.line(width, [(_("HOW TO READ"), f"bold {ink.muted}")]),
            paint.blank(width),
            paint.line(width, [(what, ink.text)]),
            paint.line(width, [(_("thick  "), f"bold {ink.strong}"), (_("this run"), ink.text)]),
        ]
        for at, name in enumerate(names):
            stroke = _("dotted ") if at else _("dashed ")
            left = [(stroke, ink.ref), (_("{name}, same dice", name=name), ink.text)]
            rows.append(paint.line(width, left, [(name[0].upper(), f"bold {ink.ref}")]))
        rows += [
            paint.blank(width),
            paint.line(width, [(_("THIS TURN MOVED MOST"), f"bold {ink.muted}")]),
        ]
        for name, by, way in self.view.moved_most:
            tone = paint.direction_colour(way, ink)
            rows.append(paint.line(width, [(f"{name} {by} {way.word}", tone)]))
        if not self.view.moved_most:
            rows.append(paint.line(width, [(_("No turn has been reckoned yet."), ink.muted)]))
        return rows

    # --- the scale ---

    def _series(self, score: ScoreView) -> tuple[list[float | None], list[Reference], float, float]:
        """This run and the references on one scale, the same for every score."""
        base = self._base(score)
        run: list[float | None] = [*self._over(score.course, base)]
        references = [
            Reference(name[0].upper(), self._over(course, base), "dotted" if at else "dashed")
            for at, (name, course) in enumerate(score.references)
        ]
        if self.levels:
            values = [value / 100 for other in self.view.scores for value in other.course]
            return run, references, min([LEVELS[0], *values]), max([LEVELS[1], *values])
        widest = max(
            (abs(gap) for other in self.view.scores for gap in self._gaps(other)), default=0.0
        )
        reach = REACH if widest <= REACH else (int(widest) // 4 + 1) * 4
        return run, references, -reach, reach

    def _base(self, score: ScoreView) -> tuple[int, ...]:
        if self.levels:
            return (0,) * len(score.course)
        return score.references[0][1] if score.references else score.course

    @staticmethod
    def _over(course: tuple[int, ...], base: tuple[int, ...]) -> list[float]:
        return [(own - other) / 100 for own, other in zip(course, base, strict=True)]

    def _gaps(self, score: ScoreView) -> list[float]:
        base = self._base(score)
        courses = (score.course, *(course for _name, course in score.references))
        return [gap for course in courses for gap in self._over(course, base)]


def term_rows(score: ScoreView, width: int, ink: Ink) -> list[Text]:
    """The terms of a score, each with what moved it, and their sum."""
    rows: list[Text] = []
    if not score.terms:
        rows.append(paint.line(width, [(_("No turn has been reckoned yet."), ink.muted)]))
    for term in score.terms:
        good = (term.by > 0) == (score.better == "higher")
        tone = ink.muted if not term.by else ink.cool if good else ink.heat
        if term.money:
            values = f"{term.before:>8,}{term.after:>8,}  "
        else:
            values = f"{term.before / 100:>8.2f}{term.after / 100:>8.2f}  "
        *above, last = paint.broken(term.name, 35)
        rows += [paint.line(width, [(line, f"bold {ink.text}")]) for line in above]
        name = (paint.cell(last, 36, glyphs()), f"bold {ink.text}")
        by = (f"{words.exact(term.by):>8}", f"bold {tone}")
        rows.append(paint.line(width, [name, (values, ink.muted), by]))
        causes = ", ".join(f"{cause} {words.exact(moved)}" for cause, moved in term.causes[:4])
        if causes:
            lines = paint.wrap(causes, width - 4)
            rows += [paint.line(width, [(f"    {line}", ink.muted)]) for line in lines]
    total = words.exact(sum(term.by for term in score.terms))
    label = f"{_('change over the turn'):<54}"
    rows += [paint.blank(width), paint.line(width, [(f"{label}{total:>8}", f"bold {ink.strong}")])]
    note = _(
        "Inputs are replaced one at a time in a fixed order, and each difference is booked to its"
        " input; the parts add up exactly, and the order is a convention."
    )
    return rows + [paint.line(width, [(line, ink.muted)]) for line in paint.wrap(note, width)]
